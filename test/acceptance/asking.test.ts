import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { approved, submitted } from './filing.ts';
import { textOf, verbsOf } from './shownCard.ts';
import { DAY, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: asking in words', () => {
  let walk: Walk;
  let id: ClaimId;

  before(async () => {
    walk = await startWalk();
    id = await submitted(walk);
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  const STATUS_WORDS: readonly (readonly [
    language: string,
    status: string,
    sentences: (id: string) => readonly string[],
  ])[] = [
    [
      'English',
      'Submitted',
      (claim) => [
        `status ${claim}`,
        `what about ${claim.toLowerCase()}?`,
        `${claim} status`,
        `  STATUS   ${claim.replace('-', ' ')} `,
        `/status ${claim}`,
        claim.replace('-', '\u2013'),
      ],
    ],
    [
      'русский',
      'Отправлено',
      (claim) => [`статус ${claim}`, `что с заявкой ${claim.toLowerCase()}?`, `СТАТУС ${claim}`],
    ],
    [
      'Türkçe',
      'Gönderildi',
      (claim) => [`durum ${claim}`, `talebim ne durumda ${claim}?`, `DURUM ${claim.toLowerCase()}`],
    ],
  ];
  const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
    English: 'language english',
    русский: 'язык русский',
    Türkçe: 'dil türkçe',
  };

  for (const [language, status, sentences] of STATUS_WORDS) {
    it(`the status is told at any time in ${language}, with the id in any spelling (R52)`, async () => {
      await walk.anna.say(LANGUAGE_WORDS[language] ?? '');
      for (const sentence of sentences(id)) {
        const card = await walk.anna.ask(sentence);
        expect(textOf(card.card), sentence).to.contain(id).and.to.contain(status);
        expect(verbsOf(card.card), sentence).to.include('withdraw');
      }
    });
  }

  it('a letter that people mistake for a digit is read as the digit', async () => {
    await walk.anna.say('language english');
    const misread = id.slice(5).replaceAll('0', 'o').replaceAll('1', 'i');
    expect(textOf((await walk.anna.ask(`status CPOR-${misread}`)).card)).to.contain(id);
  });

  it('the language follows the client, until somebody chooses another, by word or by button', async () => {
    const russian = walk.activities.message({ ...walk.boris.persona, locale: 'ru-RU' }, `статус ${id}`);
    await walk.post(russian);
    expect(walk.said(walk.boris.chat).at(-1)).to.contain('Отправлено');
    const menu = await walk.boris.ask('language');
    const chosen = await walk.boris.press(menu, 'language', {}, { language: 'tr' });
    expect(textOf(chosen.card)).to.match(/Türkçe/);
    await walk.post({ ...russian, id: 'another' });
    expect(walk.said(walk.boris.chat).at(-1)).to.contain('Gönderildi');
    await walk.boris.say('language english');
    expect(textOf((await walk.boris.ask('claims')).card)).to.contain('Submitted');
  });

  describe('a claim of another organisation (R6)', () => {
    /** As the answer would be to any id: the id itself taken out. */
    const without = (claim: string, text: string): string => text.replaceAll(claim, '<id>');
    const MISSING = 'CPOR-ZZZZZ9';

    for (const sentence of ['status', 'history', 'submit', 'resubmit', 'withdraw', 'dispute', 'follow', 'mute']) {
      it(`"${sentence}" answers exactly as for a claim that is not there`, async () => {
        const [foreign, missing] = [
          await walk.tomas.ask(`${sentence} ${id}`),
          await walk.tomas.ask(`${sentence} ${MISSING}`),
        ];
        expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
        expect(JSON.stringify(foreign.card)).not.to.contain('Contoso');
      });
    }

    it('so does a comment, in a personal chat and in words', async () => {
      const [foreign, missing] = [
        await walk.tomas.ask(`comment ${id} Hello.`),
        await walk.tomas.ask(`comment ${MISSING} Hello.`),
      ];
      expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
    });

    it('so does every button that somebody can make up', async () => {
      const before = await walk.record(id);
      for (const verb of [
        'show',
        'documents',
        'history',
        'addPoe',
        'edit',
        'submit',
        'start',
        'approve',
        'reject',
        'withdraw',
        'deny',
        'dispute',
        'uphold',
        'overturn',
        'comment',
        'commentOn',
        'assess',
        'reassign',
        'request',
        'resubmit',
        'discard',
        'removePoe',
        'follow',
        'mute',
        'nonsense',
      ]) {
        const inputs = {
          comment: 'Hello.',
          reason: 'other',
          reasons: 'missingProducts',
          text: 'Hello.',
          to: walk.rita.id,
          eligible: 'yes',
          programme: 'OSU',
          customerName: 'Mine',
          poe: 'x',
        };
        const press = (claim: string): Promise<{ readonly text: string }> =>
          walk.post(
            walk.activities.press(
              walk.tomas.persona,
              { verb, data: { verb, claim, version: 3, ...inputs } },
              { replyTo: '1:x' },
            ),
          );
        const [foreign, missing] = [await press(id), await press(MISSING)];
        expect(without(id, foreign.text), verb).to.equal(without(MISSING, missing.text));
      }
      await walk.idle();
      expect(await walk.record(id)).to.deep.equal(before);
    });

    it('so does a file for it', async () => {
      const [foreign, missing] = [
        await walk.tomas.sendFile('x.pdf', `${walk.connector.url}nothing`, id),
        await walk.tomas.sendFile('x.pdf', `${walk.connector.url}nothing`, MISSING),
      ];
      expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
    });

    it('a customer sees nothing of it before it is approved, and the reviewers nothing of a draft', async () => {
      const [early, missing] = [await walk.dana.ask(`status ${id}`), await walk.dana.ask(`status ${MISSING}`)];
      expect(without(id, JSON.stringify(early.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
      const form = await walk.anna.ask('new claim');
      const draft = await walk.anna.press(form, 'create', {
        mpnId: '1234567',
        kind: 'microsoft365/usage',
        customerName: 'Secret',
      });
      const draftId = /CPOR-\w{6}/.exec(textOf(draft.card))?.[0] ?? '';
      const toReviewer = await walk.arun.ask(`status ${draftId}`);
      const toNobody = await walk.arun.ask(`status ${MISSING}`);
      expect(without(draftId, JSON.stringify(toReviewer.card))).to.equal(
        without(MISSING, JSON.stringify(toNobody.card)),
      );
    });
  });

  it("the lists: claims of one's own, the queue, mine and overdue; with nothing of others in them", async () => {
    const other = await approved(walk);
    expect(textOf((await walk.anna.ask('claims')).card))
      .to.contain(id)
      .and.to.contain(other);
    expect(textOf((await walk.tomas.ask('claims')).card)).not.to.contain('CPOR-');
    expect(textOf((await walk.dana.ask('claims')).card))
      .to.contain(other)
      .and.not.to.contain(id);
    expect(textOf((await walk.arun.ask('queue')).card))
      .to.contain(id)
      .and.not.to.contain(other);
    expect(textOf((await walk.anna.ask('queue')).card)).not.to.contain(id);
    expect(textOf((await walk.arun.ask('overdue')).card)).not.to.contain(id);
    await walk.turn(10 * DAY);
    const overdue = await walk.arun.ask('overdue');
    expect(textOf(overdue.card)).to.contain(id);
    const shown = await walk.arun.press(overdue, 'show', {}, { claim: id });
    await walk.arun.press(shown, 'start');
    expect(textOf((await walk.arun.ask('mine')).card)).to.contain(id);
  });

  it('who is nobody yet gets an answer that says how to be enrolled, with the ids that the operator needs', async () => {
    for (const sentence of ['new claim', 'claims', 'status', 'queue', 'enrol', 'hello there', 'submit', 'history']) {
      const [said] = await walk.stefan.say(sentence);
      expect(said?.card, sentence).to.be.an('object');
    }
    const welcome = walk.said(walk.stefan.chat)[0] ?? '';
    expect(welcome).to.contain(walk.stefan.objectId).and.to.contain(walk.stefan.tenantId);
  });

  for (const sentence of ['yes', 'ok', 'thanks', 'спасибо', 'tamam', '👍', '???', 'a'.repeat(9_000)]) {
    it(`"${sentence.slice(0, 12)}" is no command, and changes nothing`, async () => {
      const before = await walk.record(id);
      const [said] = await walk.tomas.say(sentence);
      expect(said?.card).to.be.an('object');
      expect(await walk.record(id)).to.deep.equal(before);
    });
  }

  it('help tells each of what they can write, in their language', async () => {
    const partner = textOf((await walk.anna.ask('help')).card);
    const reviewer = textOf((await walk.arun.ask('help')).card);
    expect(partner).not.to.equal(reviewer);
    await walk.anna.say('язык русский');
    expect(textOf((await walk.anna.ask('помощь')).card)).to.match(/[а-я]{4}/);
    await walk.anna.say('language english');
  });

  it('the word "time" turns no clock here', async () => {
    const before = walk.clock.now();
    await walk.anna.say('time +3bd');
    expect(walk.clock.now()).to.equal(before);
  });
});
