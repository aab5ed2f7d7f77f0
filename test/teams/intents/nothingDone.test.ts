/** No sentence does anything by a no, a question, a report, or what will be done; nor by a mistyped one of these. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Language } from '../../../src/locales/say.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Intent } from '../../../src/teams/intents/intent.ts';
import { readWord } from '../../../src/teams/intents/spelling.ts';
import { fold } from '../../../src/teams/intents/tokens.ts';
import { understand } from '../../../src/teams/intents/understand.ts';

const ID = 'CPOR-7F3K9Q';

/** Commands that change a claim at once, or open the form of what cannot be undone. */
const ORDERS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'submit',
    'resubmit',
    'send again',
    'withdraw',
    'cancel',
    'take back',
    'dispute',
    'follow',
    'agree',
    'submit for review',
  ],
  ru: [
    'отправить',
    'отправьте',
    'отправляю',
    'отправить повторно',
    'отозвать',
    'отзовите',
    'оспорить',
    'следить за',
    'подайте',
  ],
  tr: ['gönder', 'gönderin', 'göndermek', 'yeniden gönder', 'geri çek', 'iptal', 'itiraz et', 'incelemeye gönder'],
};

/** Words by which a sentence is no order, whatever else it has. */
const MARKS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "don't",
    'dont',
    'do not',
    'never',
    'not',
    'no',
    'nobody should',
    'can’t',
    'should I',
    'shall we',
    'may I',
    'must we',
    'why',
    'when',
    'how do I',
    'whether to',
    'if',
    'unless',
    'will',
    "we'll",
    'going to',
    'tomorrow',
    'next week',
    'later',
    'yesterday',
    'he',
    'they',
    'Lena wants to',
    'we tried to',
    'I forgot to',
    'nearly',
    'instead of',
    'stop',
    'undo',
    'without',
  ],
  ru: [
    'не',
    'никогда не',
    'нельзя',
    'не надо',
    'незачем',
    'можно ли',
    'стоит ли',
    'зачем',
    'когда',
    'как',
    'если',
    'будем',
    'завтра',
    'позже',
    'вчера',
    'он',
    'они',
    'Лена хочет',
    'забыли',
    'пытались',
    'вместо того чтобы',
    'передумали',
    'разве',
    'может быть',
  ],
  tr: [
    'asla',
    'hiç',
    'değil',
    'yok',
    'mi',
    'mı',
    'neden',
    'niye',
    'ne zaman',
    'nasıl',
    'eğer',
    'yarın',
    'sonra',
    'dün',
    'o',
    'onlar',
    'Lena',
    'unuttuk',
    'vazgeçtik',
    'acaba',
    'belki',
    'yerine',
    'olmasın',
    'istemiyoruz',
    'hayır',
  ],
};

/** Forms of the commands' own words that are no orders. */
const OTHER_FORMS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'submitted',
    'submits',
    'withdrew',
    'withdrawn',
    'withdraws',
    'cancelled',
    'disputed',
    'disputes',
    'resubmitted',
    'followed',
  ],
  ru: [
    'отправил',
    'отправила',
    'отправили',
    'отправлю',
    'отправим',
    'отправит',
    'отправят',
    'отправлено',
    'отправлена',
    'отправляет',
    'отозвал',
    'отозвали',
    'отзовем',
    'отзовет',
    'отозвана',
    'оспорил',
    'оспорим',
    'оспорят',
    'подали',
    'подал',
  ],
  tr: [
    'gönderme',
    'göndermeyin',
    'göndermedik',
    'göndermez',
    'göndermeyiz',
    'gönderdi',
    'gönderdik',
    'gönderildi',
    'gönderilecek',
    'gönderecek',
    'göndereceğiz',
    'gönderir',
    'göndereyim',
    'gönderelim',
    'gönderse',
    'geri çekme',
    'geri çekmeyin',
    'geri çekildi',
    'geri çekecek',
    'itiraz etme',
    'itiraz ettik',
    'itiraz edecek',
    'iptal etme',
    'iptal edildi',
    'takip etti',
  ],
};

/** An objection and its opposite may have a no in them; and a no to following is the command to mute. */
const NOT_COUNTED: ReadonlySet<string> = new Set(['deny', 'notMeant', 'mute']);
const does = (intent: Intent): boolean => intent.kind === 'act' && !NOT_COUNTED.has(intent.verb);
const read = (sentence: string): Intent => understand(sentence, { playground: false });

/** The words of a sentence in some order, with the id among them. */
function shuffled(words: readonly string[]): fc.Arbitrary<string> {
  return fc.shuffledSubarray([...words, ID], { minLength: words.length + 1 }).map((some) => some.join(' '));
}

describe('Nothing is done', () => {
  for (const language of LANGUAGES) {
    it(`by an order in ${language} with a no, a question, a report or a future in it, in any order and language`, () => {
      const order = fc.constantFrom(...ORDERS[language]);
      const mark = fc.constantFrom(...LANGUAGES.flatMap((one) => MARKS[one]));
      const beside = fc.constantFrom('', 'please', 'пожалуйста', 'lütfen', 'the claim', 'заявку', 'talebi');
      fc.assert(
        fc.property(
          fc
            .tuple(order, mark, beside)
            .chain(([one, other, more]) => shuffled([one, other, more].filter((word) => word !== ''))),
          (sentence) => {
            const intent = read(sentence);
            expect(does(intent), `${sentence}: ${JSON.stringify(intent)}`).to.equal(false);
          },
        ),
        { numRuns: 700 },
      );
    });

    it(`by another form of a command's word in ${language}, mistyped or not`, () => {
      const form = fc.constantFrom(...OTHER_FORMS[language]);
      fc.assert(
        fc.property(form.chain(mistyped), (word) => {
          for (const sentence of [`${word} ${ID}`, `${ID} ${word}`, `please ${word} ${ID}`])
            expect(does(read(sentence)) && !isOrder(word), sentence).to.equal(false);
        }),
        { numRuns: 700 },
      );
    });

    it(`by an order in ${language} that is asked`, () => {
      for (const order of ORDERS[language])
        for (const sentence of [`${order} ${ID}?`, `${ID} ${order} ?`, `please ${order} ${ID}？`])
          expect(does(read(sentence)), sentence).to.equal(false);
    });
  }

  it('in a thread, where no id is needed', () => {
    for (const language of LANGUAGES)
      for (const order of ORDERS[language])
        for (const mark of MARKS[language])
          for (const sentence of [`${mark} ${order}`, `${order} ${mark}`])
            expect(does(understand(sentence, { playground: false, claim: ID as never })), sentence).to.equal(false);
  });
});

/** Whether a word, mistyped or not, is an order to the letter: "submits" without its last letter is. */
function isOrder(word: string): boolean {
  return word.split(' ').every((one) => readWord(fold(one))?.mended === false) && !OTHER.has(word);
}

const OTHER = new Set(Object.values(OTHER_FORMS).flat());

/** The word, or the word with one letter dropped, doubled, or swapped with the next. */
function mistyped(word: string): fc.Arbitrary<string> {
  return fc
    .record({ at: fc.nat({ max: word.length - 1 }), how: fc.constantFrom('as is', 'drop', 'double', 'swap') })
    .map(({ at, how }) => {
      const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
      if (how === 'drop') return before + after;
      if (how === 'double') return before + letter + letter + after;
      return how === 'swap' ? before + after.charAt(0) + letter + after.slice(1) : word;
    });
}
