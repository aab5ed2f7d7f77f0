import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { approved, submitted } from './support/filing.ts';
import { textOf, verbsOf } from './support/shownCard.ts';
import { DAY, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: asking in words', () => {
  let scenario: Scenario;
  let id: ClaimId;

  before(async () => {
    scenario = await startScenario();
    id = await submitted(scenario);
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

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
      await scenario.anna.say(LANGUAGE_WORDS[language] ?? '');
      for (const sentence of sentences(id)) {
        const card = await scenario.anna.ask(sentence);
        expect(textOf(card.card), sentence).to.contain(id).and.to.contain(status);
        expect(verbsOf(card.card), sentence).to.include('withdraw');
      }
    });
  }

  it('a letter that people mistake for a digit is read as the digit', async () => {
    await scenario.anna.say('language english');
    const misread = id.slice(5).replaceAll('0', 'o').replaceAll('1', 'i');
    expect(textOf((await scenario.anna.ask(`status CPOR-${misread}`)).card)).to.contain(id);
  });

  it('the language follows the client, until someone chooses another, by word or by button', async () => {
    const russian = scenario.activities.message({ ...scenario.boris.persona, locale: 'ru-RU' }, `статус ${id}`);
    await scenario.post(russian);
    expect(scenario.said(scenario.boris.chat).at(-1)).to.contain('Отправлено');
    const menu = await scenario.boris.ask('language');
    const chosen = await scenario.boris.press(menu, 'language', {}, { language: 'tr' });
    expect(textOf(chosen.card)).to.match(/Türkçe/);
    await scenario.post({ ...russian, id: 'another' });
    expect(scenario.said(scenario.boris.chat).at(-1)).to.contain('Gönderildi');
    await scenario.boris.say('language english');
    expect(textOf((await scenario.boris.ask('claims')).card)).to.contain('Submitted');
  });

  describe('a claim of another organisation (R6)', () => {
    /** As the answer would be to any id: the id itself taken out. */
    const without = (claim: string, text: string): string => text.replaceAll(claim, '<id>');
    const MISSING = 'CPOR-ZZZZZ9';

    for (const sentence of ['status', 'history', 'submit', 'resubmit', 'withdraw', 'dispute', 'follow', 'mute']) {
      it(`"${sentence}" answers exactly as for a claim that is not there`, async () => {
        const [foreign, missing] = [
          await scenario.tomas.ask(`${sentence} ${id}`),
          await scenario.tomas.ask(`${sentence} ${MISSING}`),
        ];
        expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
        expect(JSON.stringify(foreign.card)).not.to.contain('Contoso');
      });
    }

    it('so does a comment, in a personal chat and in words', async () => {
      const [foreign, missing] = [
        await scenario.tomas.ask(`comment ${id} Hello.`),
        await scenario.tomas.ask(`comment ${MISSING} Hello.`),
      ];
      expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
    });

    it('so does every button that someone can make up', async () => {
      const before = await scenario.record(id);
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
        'fileFor',
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
          to: scenario.rita.id,
          eligible: 'yes',
          programme: 'OSU',
          customerName: 'Mine',
          poe: 'x',
        };
        const press = (claim: string): Promise<{ readonly text: string }> =>
          scenario.post(
            scenario.activities.press(
              scenario.tomas.persona,
              { verb, data: { verb, claim, version: 3, ...inputs } },
              { replyTo: '1:x' },
            ),
          );
        const [foreign, missing] = [await press(id), await press(MISSING)];
        expect(without(id, foreign.text), verb).to.equal(without(MISSING, missing.text));
      }
      await scenario.idle();
      expect(await scenario.record(id)).to.deep.equal(before);
    });

    it('so does a file for it', async () => {
      const [foreign, missing] = [
        await scenario.tomas.sendFile('x.pdf', `${scenario.connector.url}nothing`, id),
        await scenario.tomas.sendFile('x.pdf', `${scenario.connector.url}nothing`, MISSING),
      ];
      expect(without(id, JSON.stringify(foreign.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
    });

    it('a customer sees nothing of it before it is approved, and the reviewers nothing of a draft', async () => {
      const [early, missing] = [await scenario.dana.ask(`status ${id}`), await scenario.dana.ask(`status ${MISSING}`)];
      expect(without(id, JSON.stringify(early.card))).to.equal(without(MISSING, JSON.stringify(missing.card)));
      const form = await scenario.anna.ask('new claim');
      const draft = await scenario.anna.press(form, 'create', {
        mpnId: '1234567',
        kind: 'microsoft365/usage',
        customerName: 'Secret',
      });
      const draftId = /CPOR-\w{6}/.exec(textOf(draft.card))?.[0] ?? '';
      const toReviewer = await scenario.arun.ask(`status ${draftId}`);
      const toNobody = await scenario.arun.ask(`status ${MISSING}`);
      expect(without(draftId, JSON.stringify(toReviewer.card))).to.equal(
        without(MISSING, JSON.stringify(toNobody.card)),
      );
    });
  });

  it("the lists: claims of one's own, the queue, mine and overdue; with nothing of others in them", async () => {
    const other = await approved(scenario);
    expect(textOf((await scenario.anna.ask('claims')).card))
      .to.contain(id)
      .and.to.contain(other);
    expect(textOf((await scenario.tomas.ask('claims')).card)).not.to.contain('CPOR-');
    expect(textOf((await scenario.dana.ask('claims')).card))
      .to.contain(other)
      .and.not.to.contain(id);
    expect(textOf((await scenario.arun.ask('queue')).card))
      .to.contain(id)
      .and.not.to.contain(other);
    expect(textOf((await scenario.anna.ask('queue')).card)).not.to.contain(id);
    expect(textOf((await scenario.arun.ask('overdue')).card)).not.to.contain(id);
    await scenario.turn(10 * DAY);
    const overdue = await scenario.arun.ask('overdue');
    expect(textOf(overdue.card)).to.contain(id);
    const shown = await scenario.arun.press(overdue, 'show', {}, { claim: id });
    await scenario.arun.press(shown, 'start');
    expect(textOf((await scenario.arun.ask('mine')).card)).to.contain(id);
  });

  it('who is no one yet gets an answer that says how to be enrolled, with the ids that the operator needs', async () => {
    for (const sentence of ['new claim', 'claims', 'status', 'queue', 'enrol', 'hello there', 'submit', 'history']) {
      const [said] = await scenario.stefan.say(sentence);
      expect(said?.card, sentence).to.be.an('object');
    }
    const welcome = scenario.said(scenario.stefan.chat)[0] ?? '';
    expect(welcome).to.contain(scenario.stefan.objectId).and.to.contain(scenario.stefan.tenantId);
  });

  for (const sentence of ['yes', 'ok', 'thanks', 'спасибо', 'tamam', '👍', '???', 'a'.repeat(9_000)]) {
    it(`"${sentence.slice(0, 12)}" is no command, and changes nothing`, async () => {
      const before = await scenario.record(id);
      const [said] = await scenario.tomas.say(sentence);
      expect(said?.card).to.be.an('object');
      expect(await scenario.record(id)).to.deep.equal(before);
    });
  }

  it('help tells each of what they can write, in their language', async () => {
    const partner = textOf((await scenario.anna.ask('help')).card);
    const reviewer = textOf((await scenario.arun.ask('help')).card);
    expect(partner).not.to.equal(reviewer);
    await scenario.anna.say('язык русский');
    expect(textOf((await scenario.anna.ask('помощь')).card)).to.match(/[а-я]{4}/);
    await scenario.anna.say('language english');
  });

  it('the word "time" turns no clock here', async () => {
    const before = scenario.clock.now();
    await scenario.anna.say('time +3bd');
    expect(scenario.clock.now()).to.equal(before);
  });
});
