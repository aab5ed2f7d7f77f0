import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { approved, claimIn, drafted, submitted, underReview } from './support/filing.ts';
import { buttonOf, textOf, verbsOf } from './support/shownCard.ts';
import { DAY, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: what people type is meant, and what is not meant is not done', () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await startScenario();
  });
  afterEach(async () => {
    await scenario.check();
    await scenario.stop();
  });

  /** What the bot answers, as one text. */
  const answer = async (who: Scenario['anna'], text: string): Promise<string> =>
    (await who.say(text)).map(({ card, text: said }) => (card ? textOf(card) : (said ?? ''))).join('\n');

  it('a typed decision decides nothing: it shows the claim with the form open, or names the button', async () => {
    const id = await underReview(scenario);
    const before = await scenario.record(id);
    expect(await answer(scenario.arun, `approve ${id}`))
      .to.contain('Nothing is decided by typing')
      .and.to.contain('“Approve”');
    const rejecting = await scenario.arun.ask(`please reject ${id} because of missing dates`);
    expect(verbsOf(rejecting.card)).to.include('reject').and.not.to.include('approve');
    expect(verbsOf((await scenario.lena.ask(`assign ${id} to Rita`)).card)).to.include('reassign');
    expect(await answer(scenario.anna, `start review ${id}`))
      .to.contain(id)
      .and.not.to.contain('Nothing is decided');
    expect(await answer(scenario.arun, 'reject'))
      .to.contain('“Reject”')
      .and.to.contain('number');
    expect(await scenario.record(id)).to.deep.equal(before);
    await scenario.arun.press(rejecting, 'reject', { reason: 'insufficientPoe', comment: 'No dates.' });
    expect((await scenario.claim(id)).status).to.equal('Rejected');
  });

  it('a customer by name, or a part of an id, means the only claim of the asker that it fits', async () => {
    const id = await submitted(scenario, { claim: { customerName: 'Northwind Traders' } });
    expect(await answer(scenario.anna, 'what about Northwind?')).to.contain(id);
    expect(await answer(scenario.anna, 'history of Northwind Traders')).to.contain('Submitted');
    expect(await answer(scenario.anna, `status ${id.slice(0, -1)}`)).to.contain(id);
    expect(verbsOf((await scenario.anna.ask(`withdraw Northwind`)).card)).to.deep.equal(['withdraw', 'show']);
    expect(await answer(scenario.tomas, 'what about Northwind?')).not.to.contain(id);
    await scenario.anna.say(`follow ${id.slice(5)}`);
    const other = await submitted(scenario, { claim: { customerName: 'Northwind Wines' } });
    const both = await answer(scenario.anna, 'withdraw Northwind');
    expect(both).to.contain(id).and.to.contain(other).and.to.contain('several');
    expect((await scenario.claim(id)).status).to.equal('Submitted');
  });

  it('what is said of a claim beside its id is shown with the claim and offered as a comment, to the letter', async () => {
    const id = await submitted(scenario);
    const remark = `${id} page 3 shows the signature`;
    const [shown, offered] = await scenario.anna.say(remark);
    expect(textOf(shown?.card ?? {})).to.contain(id);
    const form = buttonOf(offered?.card ?? {}, 'commentOn').inputs.find((input) => input['id'] === 'text');
    expect(form?.['value']).to.equal(remark);
    expect((await scenario.claim(id)).comments).to.deep.equal([]);
    for (const question of [id, `what about ${id}?`, `status ${id} please`])
      expect(await scenario.anna.say(question), question).to.have.lengthOf(1);
    expect(await scenario.nikita.say(`${id} is wrong on page 3`)).to.have.lengthOf(1);
  });

  it('submits the draft that is meant, and none by a no, a question, or what will be done', async () => {
    const id = claimIn((await drafted(scenario, { claim: { customerName: 'Northwind Traders' } })).card);
    for (const sentence of [
      `don’t submit ${id} yet`,
      `should I submit ${id}?`,
      `we will submit ${id} tomorrow`,
      `не отправляйте ${id}`,
      `${id}’yu gönderme`,
      'do not submit Northwind',
      'should I submit Northwind?',
      `submit ${id} and ${id.replace(/.$/, 'X')}`,
    ]) {
      await scenario.anna.say(sentence);
      expect((await scenario.claim(id)).status, sentence).to.equal('Editing');
    }
    await scenario.anna.say(`Прошу отправить ${id} на рассмотрение, спасибо`);
    expect((await scenario.claim(id)).status).to.equal('Submitted');
  });

  it('a no without an id is recorded for each claim that awaits the consent, and holds each (R60)', async () => {
    const ids = [await approved(scenario), await approved(scenario)];
    const answers = await scenario.dana.say('Hayır, kabul etmiyoruz');
    expect(answers).to.have.lengthOf(2);
    for (const { card } of answers) expect(verbsOf(card ?? {})).to.include('deny');
    await scenario.turn(30 * DAY);
    for (const id of ids) {
      expect(await scenario.count(id, 'ObjectionRecorded')).to.equal(1);
      expect((await scenario.lines(id, 'review')).join()).to.contain('Hayır, kabul etmiyoruz');
      expect((await scenario.claim(id)).consent?.state).to.equal('open');
    }
  });

  for (const [kind, sentence] of [
    ['with its reasons', 'We do not consent, because Contoso left this partner in May.'],
    ['in the words of a reviewer', 'reject'],
    ['in the words of a partner', 'мы хотим оспорить'],
    ['in one word', 'ret'],
  ] as const)
    it(`a customer's no is not lost ${kind} (R60)`, async () => {
      const id = await approved(scenario);
      const shown = await scenario.dana.ask(sentence);
      expect(verbsOf(shown.card)).to.include('deny');
      expect(await scenario.count(id, 'ObjectionRecorded')).to.equal(1);
      await scenario.anna.say(sentence);
      expect(await scenario.count(id, 'ObjectionRecorded'), 'of anyone else').to.equal(1);
    });

  it('“What about my claim?” tells of all of them, what is due first before the others', async () => {
    const idle: ClaimId = claimIn((await drafted(scenario)).card);
    const due = await submitted(scenario);
    await scenario.anna.say(`comment ${idle} later`);
    for (const sentence of ['What’s happening with my claim?', 'что с моей заявкой?', 'başvurum ne durumda?']) {
      const text = await answer(scenario.anna, sentence);
      expect(text.indexOf(due), sentence).to.be.within(0, text.indexOf(idle));
    }
  });

  it('small talk is answered, and never offered as a comment', async () => {
    await submitted(scenario);
    for (const sentence of ['thanks a lot!', 'ok', '👍']) {
      const [said] = await scenario.anna.say(sentence);
      expect(verbsOf(said?.card ?? {}), sentence).to.deep.equal([]);
    }
    expect(await answer(scenario.anna, 'hi')).to.contain('new claim');
    expect(verbsOf((await scenario.anna.ask('The statement of work is on page two.')).card)).to.include('commentOn');
  });
});
