import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { claimIn, DETAILS, NEW_CLAIM, newPdf, uploadThrough } from './support/filing.ts';
import { jsonIn } from './support/backend.ts';
import { buttonOf, textOf, verbsOf } from './support/shownCard.ts';
import { DAY, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';
import { readDocument } from '../support/linkBrowser.ts';

describe('acceptance: the happy life of a claim', () => {
  let scenario: Scenario;
  let id: ClaimId;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  it('a member files a draft by form (R10), and its card is in their chat', async () => {
    const { anna } = scenario;
    const form = await anna.ask('new claim');
    const draft = await anna.press(form, 'create', NEW_CLAIM);
    id = claimIn(draft.card);
    expect(textOf(draft.card)).to.contain('Editing').and.to.contain('Contoso');
    expect(await scenario.events(id)).to.deep.equal(['ClaimCreated']);
    expect((await scenario.home(id, 'partner')).messageId).to.equal(form.messageId);
    expect(verbsOf(draft.card)).to.include.members(['submit', 'edit', 'addPoe', 'discard', 'history']);
  });

  it('a draft that is not complete is not submitted, and the answer names what is missing (R15)', async () => {
    const refused = await scenario.anna.press(await scenario.home(id, 'partner'), 'submit');
    expect(textOf(refused.card)).to.match(/Customer domain/i);
    expect(await scenario.events(id)).to.deep.equal(['ClaimCreated']);
  });

  it('the form is filled in, a file goes through the upload page, and the draft is submitted (R11, R12, R15)', async () => {
    const { anna } = scenario;
    const edited = await anna.press(await scenario.home(id, 'partner'), 'edit', DETAILS);
    const offered = await anna.press(edited, 'addPoe');
    await uploadThrough(scenario, offered, { 'work order.pdf': newPdf(), 'отчёт.pdf': newPdf() });
    expect((await scenario.claim(id)).poe.map((poe) => poe.name)).to.deep.equal(['work order.pdf', 'отчёт.pdf']);
    expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('work order.pdf');
    const sent = await anna.press(await scenario.home(id, 'partner'), 'submit');
    expect(textOf(sent.card))
      .to.contain('Submitted')
      .and.to.match(/You submitted/);
    expect(verbsOf(sent.card)).not.to.include('submit');
  });

  it('the review channel gets one thread with the card on top (R47)', async () => {
    const card = await scenario.home(id, 'review');
    expect(card.conversationId).to.match(/^19:reviews@thread\.tacv2;messageid=\d+$/);
    expect(scenario.connector.messages(card.conversationId)).to.have.lengthOf(1);
    expect(textOf(card.card)).to.contain('Fabrikam').and.to.contain('Contoso').and.to.contain('work order.pdf');
    expect(verbsOf(card.card)).to.include('start').and.not.to.include('approve');
  });

  it('a reviewer starts the review and becomes its assignee (R16); both sides read so', async () => {
    const started = await scenario.arun.press(await scenario.home(id, 'review'), 'start');
    expect(verbsOf(started.card)).to.include.members(['approve', 'request', 'reject']).and.not.to.include('start');
    expect((await scenario.claim(id)).assignee?.name).to.equal('Arun Ash');
    expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Under review');
    expect((await scenario.lines(id, 'review')).at(-1)).to.contain('Arun Ash');
    expect(await scenario.lines(id, 'partner')).to.have.lengthOf(2);
  });

  it('the reviewer opens the documents by their links, which open once', async () => {
    const documents = await scenario.arun.press(await scenario.home(id, 'review'), 'documents');
    const links = JSON.stringify(documents.card).match(/http:\/\/127\.0\.0\.1:\d+\/poe-file\/[\w.~-]+/g) ?? [];
    expect(new Set(links).size).to.equal(2);
    const file = await readDocument(String(links[0]));
    expect(file.status).to.equal(200);
    expect(Buffer.from(await file.arrayBuffer()).toString('latin1')).to.match(/^%PDF/);
  });

  it('the approval opens the consent, tells the partner what it means (R48), and the customer what they may do (R50)', async () => {
    await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
    const toPartner = (await scenario.lines(id, 'partner')).at(-1);
    expect(toPartner)
      .to.match(/associated with the customer/)
      .and.to.match(/not.*earnings/);
    const toCustomer = await scenario.home(id, 'customer');
    expect(toCustomer.conversationId).to.equal(scenario.dana.chat);
    expect(textOf(toCustomer.card)).to.contain('Fabrikam');
    expect(verbsOf(toCustomer.card)).to.include('deny').and.not.to.include('documents');
    expect(await scenario.events(id)).to.deep.equal([
      'ClaimCreated',
      'FieldsEdited',
      'PoeAdded',
      'PoeAdded',
      'ClaimSubmitted',
      'ReviewStarted',
      'ClaimApproved',
      'NoticeDelivered',
    ]);
  });

  it('nothing fires before the consent period is over (R44), but the customer is reminded (R39)', async () => {
    const due = dueOf((await scenario.claim(id)).clocks.consent) ?? 0;
    expect(due).to.equal(Date.parse('2021-05-11T00:00:00-07:00'));
    await scenario.turnTo(due - 2 * DAY);
    expect(await scenario.count(id, 'ClockReminded')).to.equal(1);
    expect((await scenario.lines(id, 'customer')).at(-1)).to.contain('May');
    await scenario.turnTo(due - 1);
    expect(await scenario.count(id, 'ConsentPassed')).to.equal(0);
  });

  it('when no one denies, the consent passes by the clock and the hand-over is written once (R25, R53)', async () => {
    const due = dueOf((await scenario.claim(id)).clocks.consent) ?? 0;
    await scenario.turnTo(due);
    await Promise.all([scenario.desk.desk.sweep(), scenario.desk.desk.sweep(), scenario.turn(DAY)]);
    const claim = await scenario.claim(id);
    expect(await scenario.count(id, 'ConsentPassed')).to.equal(1);
    expect(claim.assessment?.record).to.deep.include({
      claimId: id,
      period: 1,
      mpnId: '1234567',
      consentPassedAt: due,
      products: ['d365-sales', 'power-bi'],
    });
    expect(await jsonIn(scenario.storage, `assessments/${id}-1.json`)).to.deep.equal(claim.assessment?.record);
  });

  it('the assessor reports the outcome, and everyone sees it beside the status (R53)', async () => {
    const { asif } = scenario;
    const queue = await asif.ask('queue');
    const shown = await asif.press(queue, 'show', {}, { claim: id });
    const data = buttonOf(shown.card, 'assess').data;
    for (const eligible of [undefined, '', 'maybe', true, 1, ['yes']]) {
      const answer = await scenario.post(
        scenario.activities.press(
          asif.persona,
          { verb: 'assess', data: { ...data, 'assess.eligible': eligible, 'assess.programme': 'OSU' } },
          { replyTo: shown.messageId },
        ),
      );
      expect(answer.text, 'neither yes nor no')
        .to.contain('Please fill in: Eligible for incentives?')
        .and.to.contain('OSU');
      expect(await scenario.count(id, 'AssessmentReported')).to.equal(0);
    }
    // Who may not report is not asked for what is missing.
    for (const eligible of ['', 'yes']) {
      const answer = await scenario.post(
        scenario.activities.press(
          scenario.arun.persona,
          { verb: 'assess', data: { ...data, 'assess.eligible': eligible, 'assess.programme': 'OSU' } },
          { replyTo: shown.messageId },
        ),
      );
      expect(answer.text, eligible).to.contain('Only an incentive assessor can report or correct the result.');
    }
    const reported = await asif.press(shown, 'assess', { eligible: 'yes', programme: 'OSU' });
    expect(textOf(reported.card)).to.contain('OSU');
    for (const home of ['partner', 'review']) {
      expect(textOf((await scenario.home(id, home)).card), home)
        .to.contain('OSU')
        .and.to.contain('Approved');
      expect((await scenario.lines(id, home)).at(-1), home).to.contain('OSU');
    }
    const unexplained = await asif.press(reported, 'assess', { eligible: 'no', programme: 'OSU', number: 'OSU-7' });
    expect(textOf(unexplained.card)).to.contain('To correct it, give a reason');
    await asif.press(unexplained, 'assess', {
      eligible: 'no',
      programme: 'OSU',
      number: 'OSU-7',
      reason: 'A mistake.',
    });
    expect((await scenario.lines(id, 'partner')).at(-1))
      .to.contain('It is now: not eligible, number OSU-7. Before: eligible.')
      .and.to.contain('A mistake.');
  });

  it('the history tells it all, oldest first, to the partner; to the customer only the consent (R55, R56)', async () => {
    const all = textOf((await scenario.anna.ask(`history ${id}`)).card);
    expect(all).to.contain('Anna Ahlberg').and.to.contain('Arun Ash').and.to.contain('OSU');
    const consent = textOf((await scenario.dana.ask(`history ${id}`)).card);
    expect(consent).not.to.contain('work order.pdf').and.not.to.contain('OSU');
  });

  it('all of it left one card in the thread, on top, and one line for each transition below', async () => {
    const card = await scenario.home(id, 'review');
    const [top, ...below] = scenario.connector.messages(card.conversationId);
    expect(top?.id).to.equal(card.messageId);
    expect(below.filter((message) => message.card)).to.deep.equal([]);
    const told = ['ReviewStarted', 'ClaimApproved', 'ConsentPassed', 'AssessmentReported', 'AssessmentCorrected'];
    expect(below).to.have.lengthOf(told.length);
  });
});
