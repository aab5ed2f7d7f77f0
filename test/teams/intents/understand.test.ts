import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Intent } from '../../../src/teams/intents/intent.ts';
import { plainText } from '../../../src/teams/intents/plainText.ts';
import { understand } from '../../../src/teams/intents/understand.ts';

const ID = 'CPOR-7F3K9Q' as ClaimId;
const OTHER = 'CPOR-2B4D6H' as ClaimId;
const host = { playground: false };
const playground = { playground: true };

const list = (name: 'claims' | 'queue' | 'mine' | 'overdue'): Intent => ({ kind: 'list', name });
const act = (verb: Extract<Intent, { kind: 'act' }>['verb']): Intent => ({ kind: 'act', verb, claim: ID });
const status: Intent = { kind: 'status', claim: ID };
const history: Intent = { kind: 'history', claim: ID };
type NeedsClaim = Extract<Intent, { kind: 'needsClaim' }>;
const needs = (verb: NeedsClaim['verb'], word: string, part?: string): Intent => ({
  kind: 'needsClaim',
  verb,
  word,
  ...(part !== undefined && { part }),
});
const ofConsent = (word: string, consent: 'deny' | 'agree' | 'notMeant'): Intent => ({
  kind: 'needsClaim',
  verb: consent,
  word,
  consent,
});
const thanks: Intent = { kind: 'talk', what: 'thanks' };
const okay: Intent = { kind: 'talk', what: 'ok' };
const newClaim: Intent = { kind: 'newClaim' };
const help: Intent = { kind: 'help' };

type Table = readonly (readonly [sentence: string, intent: Intent])[];

const ENGLISH: Table = [
  ['help', help],
  ['/help', help],
  ['What can you do?', help],
  ['?', help],
  ['new claim', newClaim],
  ['file a claim', newClaim],
  ['I would like to file a new claim, please.', newClaim],
  ['Create a claim', newClaim],
  ['claims', list('claims')],
  ['show my claims', list('claims')],
  ['my CPOR claims', list('claims')],
  ['queue', list('queue')],
  ['the review queue', list('queue')],
  ['mine', list('mine')],
  ['assigned to me', list('mine')],
  ['overdue', list('overdue')],
  [`deny ${ID}`, act('deny')],
  [`We do not agree with claim ${ID}.`, act('deny')],
  ['No, we do not agree', ofConsent('deny', 'deny')],
  ['This is not our partner!', ofConsent('deny', 'deny')],
  [`I agree ${ID}`, act('agree')],
  ['We agree.', ofConsent('agree', 'agree')],
  ['That was not meant as a no', ofConsent('not meant as no', 'notMeant')],
  [`not meant as a no ${ID}`, act('notMeant')],
  ["what's overdue?", list('overdue')],
  ['status', { kind: 'status' }],
  ['what is the status of my claim?', { kind: 'status' }],
  ['status cpor-7f3k9q', status],
  ['CPOR-7F3K9Q', status],
  ['what about cpor-7f3k9q?', status],
  ['Has anybody looked at CPOR-7F3K9Q yet?', status],
  ['history CPOR-7F3K9Q', history],
  ['CPOR-7F3K9Q history', history],
  ['show me the history of claim CPOR-7F3K9Q', history],
  ['history', needs('history', 'history')],
  ['history 1234567', { kind: 'journal', name: '1234567' }],
  ['history CPOR-12', needs('history', 'history')],
  ['submit CPOR-7F3K9Q', act('submit')],
  ['please submit my claim CPOR 7F3K9Q!', act('submit')],
  ['submit', needs('submit', 'submit')],
  ['submit CPOR-12', needs('submit', 'submit')],
  ['submit CPOR-UUUUUU please', needs('submit', 'submit')],
  ['resubmit CPOR-7F3K9Q', act('resubmit')],
  ['re-submit CPOR-7F3K9Q', act('resubmit')],
  ['submit CPOR-7F3K9Q again', act('resubmit')],
  ['withdraw CPOR-7F3K9Q', act('withdraw')],
  ['CPOR-7F3K9Q withdraw', act('withdraw')],
  ['dispute CPOR-7F3K9Q', act('dispute')],
  ['follow CPOR-7F3K9Q', act('follow')],
  ['mute CPOR-7F3K9Q', act('mute')],
  ['stop following CPOR-7F3K9Q', act('mute')],
  ['comment CPOR-7F3K9Q The file is new.', { kind: 'comment', claim: ID, text: 'The file is new.' }],
  ['CPOR-7F3K9Q comment: as agreed', { kind: 'comment', claim: ID, text: 'as agreed' }],
  ['comment', needs('comment', 'comment')],
  ['enrol', { kind: 'enrol' }],
  ['enroll a partner', { kind: 'enrol', what: 'partner' }],
  ['register reviewer', { kind: 'enrol', what: 'staff' }],
  ['enrol partner member', { kind: 'enrol', what: 'member' }],
  ['enrol customer', { kind: 'enrol', what: 'customer' }],
  ['enrol customer contact', { kind: 'enrol', what: 'contact' }],
  ['enrol something', { kind: 'enrol' }],
  ['use this channel for reviews', { kind: 'useChannel', purpose: 'review' }],
  ['use this channel for 1234567', { kind: 'useChannel', purpose: 'mpn:1234567' }],
  ['use this channel for MPN id 1234567.', { kind: 'useChannel', purpose: 'mpn:1234567' }],
  ['use this channel for 12', { kind: 'badMpn', text: '12' }],
  ['use this channel for Lunch and tea', { kind: 'badMpn', text: 'Lunch and tea' }],
  ['use this channel for 31.12.2026', { kind: 'badMpn', text: '31.12.2026' }],
  ['use this channel', { kind: 'badMpn', text: '' }],
  ['language', { kind: 'language' }],
  ['language Turkish', { kind: 'language', language: 'tr' }],
  ['change the language to ru', { kind: 'language', language: 'ru' }],
  ['English', { kind: 'language', language: 'en' }],
  ['language klingon', { kind: 'language' }],
];

const RUSSIAN: Table = [
  [`${ID}: мы не согласны`, act('deny')],
  ['Отказываемся', ofConsent('отказать в согласии', 'deny')],
  ['Согласны', ofConsent('согласиться', 'agree')],
  ['Это не был отказ', ofConsent('это не был отказ', 'notMeant')],
  ['справка', help],
  ['Помощь!', help],
  ['что ты умеешь?', help],
  ['новая заявка', newClaim],
  ['подать заявку', newClaim],
  ['Хочу создать новую заявку', newClaim],
  ['мои заявки', list('claims')],
  ['покажи все заявки', list('claims')],
  ['очередь', list('queue')],
  ['назначенные мне', list('mine')],
  ['просроченные', list('overdue')],
  ['просроченные заявки', list('overdue')],
  ['статус', { kind: 'status' }],
  ['что с моей заявкой?', { kind: 'status' }],
  ['что с заявкой CPOR-7F3K9Q?', status],
  ['статус cpor-7f3k9q', status],
  ['CPOR-7F3K9Q статус', status],
  ['журнал CPOR-7F3K9Q', history],
  ['История изменений заявки CPOR-7F3K9Q', history],
  ['история', needs('history', 'журнал')],
  ['отправить CPOR-7F3K9Q', act('submit')],
  ['Отправьте, пожалуйста, заявку CPOR-7F3K9Q', act('submit')],
  ['отправить', needs('submit', 'отправить')],
  ['отправить CPOR-7F3K9Q повторно', act('resubmit')],
  ['отправить ещё раз CPOR-7F3K9Q', act('resubmit')],
  ['отозвать CPOR-7F3K9Q', act('withdraw')],
  ['оспорить CPOR-7F3K9Q', act('dispute')],
  ['следить за CPOR-7F3K9Q', act('follow')],
  ['не следить за CPOR-7F3K9Q', act('mute')],
  ['комментарий к заявке CPOR-7F3K9Q: файл новый', { kind: 'comment', claim: ID, text: 'файл новый' }],
  ['комментарий', needs('comment', 'комментарий')],
  ['зарегистрировать', { kind: 'enrol' }],
  ['зарегистрировать партнёра', { kind: 'enrol', what: 'partner' }],
  ['зарегистрировать контактное лицо клиента', { kind: 'enrol', what: 'contact' }],
  ['использовать этот канал для рецензий', { kind: 'useChannel', purpose: 'review' }],
  ['Использовать этот канал для проверок', { kind: 'useChannel', purpose: 'review' }],
  ['используйте этот канал для 1234567', { kind: 'useChannel', purpose: 'mpn:1234567' }],
  ['использовать этот канал для обеда', { kind: 'badMpn', text: 'обеда' }],
  ['язык', { kind: 'language' }],
  ['язык русский', { kind: 'language', language: 'ru' }],
  ['по-английски', { kind: 'language', language: 'en' }],
  ['сменить язык на турецкий', { kind: 'language', language: 'tr' }],
];

const TURKISH: Table = [
  [`${ID} için rıza vermiyoruz`, act('deny')],
  ['Kabul etmiyoruz', ofConsent('rızayı reddet', 'deny')],
  ['Kabul ediyoruz', ofConsent('rıza ver', 'agree')],
  ['Hayır demek istemedim', ofConsent('hayır demek istemedim', 'notMeant')],
  ['yardım', help],
  ['YARDIM', help],
  ['Neler yapabilirsin?', help],
  ['yeni talep', newClaim],
  ['Yeni bir talep oluşturmak istiyorum', newClaim],
  ['talep aç', newClaim],
  ['taleplerim', list('claims')],
  ['TALEPLERİM', list('claims')],
  ['kuyruk', list('queue')],
  ['bana atananlar', list('mine')],
  ['gecikenler', list('overdue')],
  ['GECİKENLER', list('overdue')],
  ['durum', { kind: 'status' }],
  ['DURUM', { kind: 'status' }],
  ['talebim ne durumda?', { kind: 'status' }],
  ['talebim ne durumda CPOR-7F3K9Q', status],
  ['CPOR-7F3K9Q durum', status],
  ["CPOR-7F3K9Q'nin durumu nedir?", status],
  ['geçmiş CPOR-7F3K9Q', history],
  ['CPOR-7F3K9Q’nin geçmişi', history],
  ['gecmis', needs('history', 'geçmiş')],
  ['gönder CPOR-7F3K9Q', act('submit')],
  ['CPOR-7F3K9Q gönder', act('submit')],
  ['gonder', needs('submit', 'gönder')],
  ['CPOR-7F3K9Q yeniden gönder', act('resubmit')],
  ['tekrar gönder CPOR-7F3K9Q', act('resubmit')],
  ['CPOR-7F3K9Q geri çek', act('withdraw')],
  ['itiraz et CPOR-7F3K9Q', act('dispute')],
  ['İTİRAZ ET CPOR-7F3K9Q', act('dispute')],
  ['ITIRAZ ET CPOR-7F3K9Q', act('dispute')],
  ['ıtıraz et CPOR-7F3K9Q', act('dispute')],
  ["CPOR-7F3K9Q'yu takip et", act('follow')],
  ['CPOR-7F3K9Q takip etme', act('mute')],
  ['CPOR-7F3K9Q talebine yorum ekle: dosya yeni', { kind: 'comment', claim: ID, text: 'dosya yeni' }],
  ['yorum CPOR-7F3K9Q dosya yeni', { kind: 'comment', claim: ID, text: 'dosya yeni' }],
  ['kaydet', { kind: 'enrol' }],
  ['iş ortağı kaydet', { kind: 'enrol', what: 'partner' }],
  ['müşteri kaydet', { kind: 'enrol', what: 'customer' }],
  ['üye kaydet', { kind: 'enrol', what: 'member' }],
  ['bu kanalı incelemeler için kullan', { kind: 'useChannel', purpose: 'review' }],
  ['Bu kanalı 1234567 için kullan', { kind: 'useChannel', purpose: 'mpn:1234567' }],
  ['bu kanalı yemek için kullan', { kind: 'badMpn', text: 'yemek' }],
  ['dil', { kind: 'language' }],
  ['dil Türkçe', { kind: 'language', language: 'tr' }],
  ['dili Rusça yap', { kind: 'language', language: 'ru' }],
  ['İNGİLİZCE', { kind: 'language', language: 'en' }],
];

const CLOCK: Table = [
  ['time', { kind: 'time' }],
  ['time +3bd', { kind: 'time', businessDays: 3 }],
  ['TIME +7D', { kind: 'time', days: 7 }],
  ['time + 2 h', { kind: 'time', hours: 2 }],
  ['время +3 рабочих дня', { kind: 'time', businessDays: 3 }],
  ['zaman +2 iş günü 5 saat', { kind: 'time', businessDays: 2, hours: 5 }],
  ['time +1d +2d', { kind: 'time', days: 3 }],
];

const TALK = [
  'нет времени',
  'en',
  'claim',
  'durum iyi',
  'We will submit it tomorrow',
  'the history of our company is long',
  'Мы отправим документы завтра',
  'yarın göndeririz',
  'do not use this channel for reviews',
  '',
  '   ',
  '...',
  '@',
];

const SMALL_TALK: Table = [
  ['yes', okay],
  ['no problem', okay],
  ['ok', okay],
  ['да', okay],
  ['evet', okay],
  ['tamam', okay],
  ['👍', okay],
  ['Thanks!', thanks],
  ['Thank you so much for your help', thanks],
  ['спасибо', thanks],
  ['Большое вам спасибо!', thanks],
  ['teşekkürler', thanks],
  ['hello', help],
  ['Hi there!', help],
  ['Добрый день', help],
  ['Selam', help],
];

describe('understand', () => {
  for (const [language, table] of Object.entries({ English: ENGLISH, Russian: RUSSIAN, Turkish: TURKISH })) {
    describe(`in ${language}`, () => {
      for (const [sentence, intent] of table) {
        it(`reads "${sentence}"`, () => {
          expect(understand(sentence, host)).to.deep.equal(intent);
        });
      }
    });
  }

  describe('in the playground', () => {
    for (const [sentence, intent] of CLOCK) {
      it(`reads "${sentence}"`, () => {
        expect(understand(sentence, playground)).to.deep.equal(intent);
      });

      it(`leaves "${sentence}" unknown elsewhere`, () => {
        expect(understand(sentence, host)).to.deep.equal({ kind: 'unknown', text: sentence });
      });
    }

    for (const sentence of ['time -3d', 'time +3', 'time +99999d', 'Zaman 5']) {
      it(`does not turn the clock by "${sentence}", but asks how far`, () => {
        expect(understand(sentence, playground)).to.deep.equal({ kind: 'time' });
      });
    }

    it('does not take "time is up" for a turn of the clock', () => {
      expect(understand('time is up', playground).kind).to.equal('unknown');
    });
  });

  for (const sentence of ['no', 'No.', 'нет', 'Hayır!'])
    it(`reads "${sentence}" as a no, which only a customer can mean (R60), and never as one in a thread or a question`, () => {
      expect(understand(sentence, host)).to.deep.equal({ kind: 'no', text: sentence });
      expect(understand(sentence, { ...host, claim: ID }).kind).to.equal('unknown');
      expect(understand(`${sentence}?`, host).kind).to.equal('unknown');
    });

  for (const [sentence, intent] of SMALL_TALK)
    it(`answers "${sentence}" as talk, and takes it for a comment only in a thread (R33)`, () => {
      expect(understand(sentence, host)).to.deep.equal(intent);
      expect(understand(sentence, { ...host, claim: ID })).to.deep.equal({ kind: 'unknown', text: sentence });
    });

  for (const sentence of TALK) {
    it(`knows no command in "${sentence}"`, () => {
      expect(understand(sentence, playground)).to.deep.equal({ kind: 'unknown', text: sentence.trim() });
    });
  }

  const THREAD: Table = [
    ['submit', act('submit')],
    ['submit?', status],
    ['withdraw ?', status],
    ['отозвать', act('withdraw')],
    ['отозвать?', status],
    ['gönder', act('submit')],
    ['gönder?', status],
    ['status', status],
    ['what is the status of my claim?', status],
    ['history', history],
    ['comment hello', { kind: 'comment', claim: ID, text: 'hello' }],
    ['comment: submit?', { kind: 'comment', claim: ID, text: 'submit?' }],
    ['comment', { kind: 'comment', claim: ID, text: '' }],
    ['CPOR-7F3K', status],
    [`submit ${OTHER}`, { kind: 'act', verb: 'submit', claim: OTHER }],
    [`submit ${OTHER}?`, { kind: 'status', claim: OTHER }],
    ['queue', list('queue')],
    ['hello there', { kind: 'unknown', text: 'hello there' }],
    ['Shall we submit it tomorrow?', { kind: 'unknown', text: 'Shall we submit it tomorrow?' }],
  ];

  describe("in a claim's thread", () => {
    for (const [sentence, intent] of THREAD) {
      it(`reads "${sentence}"`, () => {
        expect(understand(sentence, { ...host, claim: ID })).to.deep.equal(intent);
      });
    }
  });

  it('does nothing to a claim that someone only asks about', () => {
    expect(understand('we agree?', host)).to.deep.equal(needs('agree', 'agree'));
    expect(understand(`agree ${ID}?`, host)).to.deep.equal(status);
    expect(understand('withdraw CPOR-7F3K9Q?', host)).to.deep.equal(status);
    expect(understand('do not submit CPOR-7F3K9Q', host)).to.deep.equal(status);
  });

  it('does nothing to several claims at once', () => {
    expect(understand(`submit ${ID} and ${OTHER}`, host)).to.deep.equal(needs('submit', 'submit'));
    expect(understand(`${ID} ve ${OTHER} geri çek`, host)).to.deep.equal(needs('withdraw', 'geri çek'));
    expect(understand(`what about ${ID} and ${OTHER}`, host)).to.deep.equal(status);
  });

  it('lets an id rule out every command that takes none', () => {
    for (const sentence of ['help', 'new claim', 'queue', 'enrol partner', 'language', 'use this channel for'])
      expect(understand(`${sentence} ${ID}`, host), sentence).to.deep.equal(status);
  });

  it('asks for the id that is mistyped and alone', () => {
    expect(understand('CPOR-7F3K', host)).to.deep.equal(needs('status', 'status', '7F3K'));
  });

  it('keeps a comment as it was typed', () => {
    const text = 'First line,  two spaces\n\n  third – submit CPOR-2B4D6H? **no** &amp; <b>\ud83d\ude42 :)';
    expect(understand(`Comment ${ID.toLowerCase()}: ${text}`, host)).to.deep.equal({
      kind: 'comment',
      claim: ID,
      text,
    });
    expect(understand(`${ID} yorum ${text}`, host)).to.deep.equal({ kind: 'comment', claim: ID, text });
    for (const [typed, kept] of [
      [`comment ${ID}.NET 8 is used`, '.NET 8 is used'],
      [`comment ${ID}. NET 8`, 'NET 8'],
      [`comment ${ID}\n    indented\n      more`, '    indented\n      more'],
    ] as const)
      expect(understand(typed, host)).to.deep.equal({ kind: 'comment', claim: ID, text: kept });
    expect(understand(`comment ${ID} :)`, host)).to.deep.equal({ kind: 'comment', claim: ID, text: ':)' });
    expect(understand(`comment ${ID} comment on the form`, host)).to.deep.equal({
      kind: 'comment',
      claim: ID,
      text: 'comment on the form',
    });
  });

  it('takes a comment without a text for one that is yet to be written', () => {
    expect(understand(`comment ${ID}`, host)).to.deep.equal({ kind: 'comment', claim: ID, text: '' });
  });

  it('leaves the mention out of an unknown sentence', () => {
    expect(understand('<at>CPOR Claims Desk</at> page two', host)).to.deep.equal({
      kind: 'unknown',
      text: 'page two',
    });
    expect(understand('@CPOR Claims Desk: page two', host)).to.deep.equal({ kind: 'unknown', text: 'page two' });
  });

  it('does not take an id for a mention', () => {
    expect(understand(`@${ID}`, host)).to.deep.equal(status);
  });

  const COMMANDS = [...ENGLISH, ...RUSSIAN, ...TURKISH].filter(
    ([, { kind }]) => kind !== 'comment' && kind !== 'badMpn',
  );
  const command = fc.constantFrom(...COMMANDS);
  const cases: readonly ((text: string) => string)[] = [
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.toLocaleUpperCase('tr'),
    (text) => text.toLocaleLowerCase('tr'),
    (text) => text.normalize('NFD'),
    (text) => text.replace(/ (?!7F3K9Q)/g, ' \u00a0\t '),
  ];
  const before = fc.constantFrom(
    '',
    '  ',
    '/',
    '@desk ',
    '<at>CPOR Claims Desk</at> ',
    '<AT id="0">Desk</AT >, ',
    '@CPOR Claims Desk ',
    'CPOR Claims Desk, ',
  );
  const after = fc.constantFrom('', ' ', '.', '!', ' …', '\n');

  it('means the same in any case, with any spaces, marks, mention and punctuation', () => {
    fc.assert(
      fc.property(command, fc.constantFrom(...cases), before, after, ([sentence, intent], changed, start, end) => {
        expect(understand(start + changed(sentence) + end, host)).to.deep.equal(intent);
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps a name whose history is asked for as it was typed, in three languages', () => {
    const asked = (text: string): unknown => understand(text, host);
    expect(asked('history foo')).to.deep.equal({ kind: 'journal', name: 'foo' });
    expect(asked('History of Fabrikam Ltd')).to.deep.equal({ kind: 'journal', name: 'Fabrikam Ltd' });
    expect(asked('журнал Анна Иванова')).to.deep.equal({ kind: 'journal', name: 'Анна Иванова' });
    expect(asked('geçmiş Dana')).to.deep.equal({ kind: 'journal', name: 'Dana' });
    expect(asked('Fabrikam geçmişi')).to.deep.equal({ kind: 'journal', name: 'Fabrikam' });
    const claim = 'CPOR-7F3K9Q' as ClaimId;
    expect(understand('history looks odd', { ...host, claim })).to.deep.equal({
      kind: 'unknown',
      text: 'history looks odd',
    });
  });

  const talk = fc.string({ unit: 'grapheme', maxLength: 60 });
  const letters = fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
    minLength: 6,
    maxLength: 6,
  });

  it('finds the id in any sentence', () => {
    fc.assert(
      fc.property(talk, letters, talk, fc.boolean(), (start, six, end, lower) => {
        const id = `CPOR-${six}`;
        const intent = understand(`${start.replace(/cpor|@|<at/gi, '')} ${lower ? id.toLowerCase() : id} ${end}`, host);
        expect('claim' in intent ? intent.claim : intent).to.equal(id);
      }),
    );
  });

  it('never throws, and knows nothing that it was not told', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.string({ unit: fc.constantFrom('\ud800', '\udfff', '@', '<', '<at>', '/', ' ', '\u0307', 'cpor', '\0') }),
        ),
        (text) => {
          expect(understand(text, playground)).to.be.an('object');
          expect(plainText(text, text)).to.be.a('string');
        },
      ),
      { numRuns: 1000 },
    );
  });

  const million = 1_000_000;
  for (const [name, text] of Object.entries({
    letters: 'a'.repeat(million),
    spaces: ' '.repeat(million),
    ids: 'CPOR-7F3K9Q '.repeat(million / 12),
    'opening tags': '<at'.repeat(million / 3),
    mentions: '<at>'.repeat(million / 4),
    'at signs': '@ '.repeat(million / 2),
    addresses: '@a '.repeat(million / 3),
    'bound ids': 'cpor-'.repeat(million / 5),
    ampersands: '&#x'.repeat(million / 3),
    'lone surrogates': '\ud83d'.repeat(million),
    'wide letters': '\ufdfa'.repeat(million),
    words: 'comment '.repeat(million / 8),
    'tags with a long inside': `<a ${'x '.repeat(million / 2)}`,
  })) {
    it(`reads no more than a bound of a million ${name}`, () => {
      const intent = understand(text, playground);
      expect('text' in intent ? intent.text.length : 0).to.be.at.most(32_768);
      expect(plainText(text, '<at>Desk</at>').length).to.be.at.most(32_768);
    });
  }
});

describe('plainText', () => {
  const desk = '<at>CPOR Claims Desk</at>';

  for (const [typed, plain] of [
    ['<at>CPOR Claims Desk</at> help', 'help'],
    ['<AT id="0">cpor  claims&nbsp;desk</AT > help', 'help'],
    ['help <at>CPOR Claims Desk</at>\n', 'help'],
    ['<at>Anna</at> what about it', 'Anna what about it'],
    ['<p>one</p><p>two<br/>three</p>', 'one\ntwo\nthree'],
    ['<div class="a">a <b>bold</b> word</div>', 'a bold word'],
    ['a&nbsp;b\u00a0c', 'a b c'],
    ['&lt;b&gt; &amp;lt; &quot;x&quot; &#39;y&#x27; &apos;', "<b> &lt; \"x\" 'y' '"],
    ['&unknown; &#xd800; &#0; &#9999999; AT&T', '&unknown; &#xd800; &#0; &#9999999; AT&T'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<jane@contoso.com>', '<jane@contoso.com>'],
    ['one\r\ntwo', 'one\ntwo'],
    ['', ''],
  ] as const) {
    it(`makes ${JSON.stringify(plain)} of ${JSON.stringify(typed)}`, () => {
      expect(plainText(typed, desk)).to.equal(plain);
    });
  }

  it('takes the bot by its name as well as by its mention', () => {
    expect(plainText('<at>R&amp;D Desk</at> status', 'R&D Desk')).to.equal('status');
  });

  it('leaves every name where it does not know the bot', () => {
    expect(plainText('<at>Anna</at> hello')).to.equal('Anna hello');
  });

  it('cuts a long text without halving a letter', () => {
    expect(plainText(`a${'\ud83d\ude42'.repeat(20_000)}`).isWellFormed()).to.be.true;
  });
});
