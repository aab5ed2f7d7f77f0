import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { claimIn, drafted, NEW_CLAIM, submitted, underReview } from './support/filing.ts';
import { buttonOf, dataOf, noteColour, textOf, verbsOf } from './support/shownCard.ts';
import { answeredCard, inChannel } from './support/user.ts';
import { startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

const HEAD_START_MS = 15;

describe('acceptance: presses that come late, twice or at once (R57, R58)', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  it('two reviewers start the review at the same instant: one becomes the assignee, the other reads who was faster', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await submitted(scenario);
      const card = await scenario.home(id, 'review');
      const [byArun, byRita] = await Promise.all([
        scenario.post(scenario.arun.pressOn(card, 'start')),
        scenario.post(scenario.rita.pressOn(card, 'start')),
      ]);
      await scenario.idle();
      expect(await scenario.count(id, 'ReviewStarted')).to.equal(1);
      const winner = (await scenario.claim(id)).assignee?.name ?? '';
      const loser = winner === scenario.arun.name ? byRita : byArun;
      expect(loser.status).to.equal(200);
      expect(JSON.stringify(loser.body)).to.contain(winner);
    }
  });

  it('a lead reassigns from the card of the review channel: a press is answered with the names, the next takes effect (R17)', async () => {
    const id = await underReview(scenario);
    const asked = await scenario.lena.press(await scenario.home(id, 'review'), 'reassign');
    expect(textOf(asked.card)).to.contain(scenario.rita.name);
    expect((await scenario.claim(id)).assignee?.name).to.equal(scenario.arun.name);
    await scenario.lena.press(asked, 'reassign', { to: scenario.rita.id });
    expect((await scenario.claim(id)).assignee?.name).to.equal(scenario.rita.name);
    const refused = await scenario.arun.press(await scenario.home(id, 'review'), 'reassign');
    expect(verbsOf(refused.card)).to.not.include('reassign');
  });

  it('an assignee approves while a lead rejects: exactly one of it happens, and both are answered with what is', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const id = await underReview(scenario);
      const card = await scenario.home(id, 'review');
      const approval = (): Promise<unknown> => scenario.post(scenario.arun.pressOn(card, 'approve'));
      const rejection = (): Promise<unknown> =>
        scenario.post(scenario.lena.pressOn(card, 'reject', { reason: 'missingProducts', comment: 'Which ones?' }));
      // An approval reads more than a rejection: in even rounds it begins a little earlier, each time by more.
      const later = async (): Promise<unknown> => {
        await pause(round * HEAD_START_MS);
        return rejection();
      };
      await Promise.all(round % 2 === 0 ? [approval(), later()] : [rejection(), approval()]);
      await scenario.idle();
      const { status } = await scenario.claim(id);
      outcomes.add(status);
      expect((await scenario.count(id, 'ClaimApproved')) + (await scenario.count(id, 'ClaimRejected'))).to.equal(1);
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain(status);
    }
    expect([...outcomes].sort()).to.deep.equal(['Approved', 'Rejected']);
  });

  it('what was refused is answered as a warning, what was done in green, and so again if delivered twice (R32, R58)', async () => {
    const id = await underReview(scenario);
    const card = await scenario.home(id, 'review');
    expect(noteColour((await scenario.rita.press(card, 'approve')).card), 'refused').to.equal('attention');
    const approval = scenario.arun.pressOn(card, 'approve');
    for (const delivery of ['done', 'delivered again']) {
      expect(noteColour(answeredCard(card, await scenario.post(approval), approval).card), delivery).to.equal('good');
    }
    expect(await scenario.count(id, 'ClaimApproved')).to.equal(1);
  });

  it('a second instance that reads the same card is no way round it: twenty presses at once are one decision', async () => {
    const id = await underReview(scenario);
    const card = await scenario.home(id, 'review');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => scenario.post(scenario.arun.pressOn(card, 'approve'))),
    );
    await scenario.idle();
    expect(await scenario.count(id, 'ClaimApproved')).to.equal(1);
    expect(new Set(answers.map((answer) => answer.status))).to.deep.equal(new Set([200]));
  });

  it('two desks on the same folder are one: presses to both at once are decided once, and told once', async () => {
    const other = await scenario.second();
    try {
      for (let round = 0; round < 4; round += 1) {
        const id = await underReview(scenario);
        const [partner, review] = [await scenario.lines(id, 'partner'), await scenario.lines(id, 'review')];
        const press = scenario.arun.pressOn(await scenario.home(id, 'review'), 'approve');
        const both = [scenario.post(press), scenario.postTo(other, JSON.stringify({ ...press, id: 'f:other' }))];
        const answers = await Promise.all(both);
        await Promise.all([scenario.turn(0), other.desk.sweep().then(() => other.desk.idle())]);
        await scenario.turn(0);
        expect(answers.map((answer) => answer.status)).to.deep.equal([200, 200]);
        expect(await scenario.count(id, 'ClaimApproved')).to.equal(1);
        expect(await scenario.lines(id, 'partner')).to.have.lengthOf(partner.length + 1);
        expect(await scenario.lines(id, 'review')).to.have.lengthOf(review.length + 1);
      }
    } finally {
      await other.stop();
    }
  });

  it('a denial, a withdrawal and three sweeps at the very instant the consent is due are one outcome', async () => {
    for (let round = 0; round < 3; round += 1) {
      const id = await underReview(scenario);
      await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
      const due = dueOf((await scenario.claim(id)).clocks.consent) ?? 0;
      const [customer, partner] = [await scenario.home(id, 'customer'), await scenario.home(id, 'partner')];
      scenario.clock.turn(due - scenario.clock.now());
      await Promise.all([
        scenario.desk.desk.sweep(),
        scenario.post(scenario.dana.pressOn(customer, 'deny', { reason: '' })),
        scenario.desk.desk.sweep(),
        scenario.post(scenario.anna.pressOn(partner, 'withdraw', { reason: 'incorrectMpn', comment: '' })),
        scenario.desk.desk.sweep(),
      ]);
      await scenario.idle();
      expect(await scenario.count(id, 'ConsentPassed')).to.equal(1);
      expect(await scenario.count(id, 'ConsentDenied'), 'at the due instant is late (R42)').to.equal(0);
      expect(await scenario.count(id, 'RejectionRequested')).to.be.within(0, 1);
    }
  });

  describe('the same click, delivered three times', () => {
    const deliveries: readonly {
      readonly how: string;
      readonly again: (press: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
    }[] = [
      { how: 'with the same activity id', again: (press) => press },
      { how: 'with new activity ids', again: (press) => ({ ...press, id: `f:${String(press['id'])}-again` }) },
    ];
    for (const { how, again } of deliveries) {
      it(`${how}: the answers are the same bytes, one entry is written, and no one is told twice`, async () => {
        const id = await submitted(scenario);
        const card = await scenario.home(id, 'review');
        const press = scenario.rita.pressOn(card, 'start');
        const answers = [await scenario.post(press), await scenario.post(again(press))];
        await scenario.idle();
        const lines = await scenario.lines(id, 'partner');
        answers.push(await scenario.post(again(press)));
        await scenario.idle();
        expect(
          new Set(answers.map((answer) => answer.text)).size,
          answers.map((answer) => answer.text).join('\n'),
        ).to.equal(1);
        expect(await scenario.count(id, 'ReviewStarted')).to.equal(1);
        expect(await scenario.lines(id, 'partner')).to.deep.equal(lines);
      });
    }

    it('all three at the same instant are one comment', async () => {
      const id = await submitted(scenario);
      const press = scenario.anna.pressOn(await scenario.home(id, 'partner'), 'comment', { comment: 'Please hurry.' });
      const answers = await Promise.all([
        scenario.post(press),
        scenario.post({ ...press, id: 'f:2' }),
        scenario.post({ ...press, id: 'f:3' }),
      ]);
      await scenario.idle();
      expect(await scenario.count(id, 'CommentAdded')).to.equal(1);
      for (const answer of answers) expect(JSON.stringify(answer.body)).to.contain('Please hurry.');
    });

    it('a form of a new claim sent three times files one claim', async () => {
      const form = await scenario.anna.ask('new claim');
      const press = scenario.anna.pressOn(form, 'create', NEW_CLAIM);
      const [first, second, third] = await Promise.all([
        scenario.post(press),
        scenario.post({ ...press, id: 'f:4' }),
        scenario.post(press),
      ]);
      await scenario.idle();
      const ids = [first, second, third].map((answer) => claimIn(answeredCard(form, answer, press).card));
      expect(new Set(ids).size).to.equal(1);
      expect(await scenario.events(ids[0] as ClaimId)).to.deep.equal(['ClaimCreated']);
    });

    it('a comment with another text on the same card is another comment', async () => {
      const id = await submitted(scenario);
      const card = await scenario.home(id, 'partner');
      await scenario.anna.press(card, 'comment', { comment: 'One.' });
      await scenario.anna.press(card, 'comment', { comment: 'Two.' });
      expect(await scenario.count(id, 'CommentAdded')).to.equal(2);
    });
  });

  describe('a card that is older than what happened', () => {
    it("an approval pressed on a card older than the partner's withdrawal decides nothing, and says what happened", async () => {
      const id = await underReview(scenario);
      const old = await scenario.home(id, 'review');
      await scenario.anna.press(await scenario.home(id, 'partner'), 'withdraw', {
        reason: 'noLongerWorking',
        comment: '',
      });
      const answer = await scenario.arun.press(old, 'approve');
      expect((await scenario.claim(id)).status).to.equal('Rejected');
      expect(textOf(answer.card)).to.contain('Anna Ahlberg').and.to.contain('Rejected');
      expect(verbsOf(answer.card)).not.to.include('approve');
    });

    it("an approval pressed on a card older than a change of the partner's is asked again, with what changed and by whom", async () => {
      const id = await underReview(scenario);
      const old = await scenario.home(id, 'review');
      await scenario.boris.press(await scenario.anna.ask(`status ${id}`), 'comment', {
        comment: 'There is one thing more.',
      });
      const answer = await scenario.arun.press(old, 'approve');
      expect((await scenario.claim(id)).status).to.equal('UnderReview');
      expect(textOf(answer.card)).to.contain('Boris Blau').and.to.contain('There is one thing more.');
      await scenario.arun.press(answer, 'approve');
      expect((await scenario.claim(id)).status).to.equal('Approved');
    });

    it('a press on what a colleague has done already is answered with who did it and when, and its button is gone', async () => {
      const id = await submitted(scenario);
      const old = await scenario.home(id, 'review');
      await scenario.arun.press(old, 'start');
      const answer = await scenario.rita.press(old, 'start');
      expect(textOf(answer.card)).to.contain('Arun Ash').and.to.match(/2021/);
      expect(verbsOf(answer.card)).not.to.include('start').and.not.to.include('approve');
    });

    it('a version that no card ever had is taken for the card as it is, or for none', async () => {
      const id = await submitted(scenario);
      const card = await scenario.home(id, 'review');
      const data = dataOf(buttonOf(card.card, 'start'));
      for (const version of [0, -1, 1.5, '3', null, 1e9, { valueOf: 9 }]) {
        await scenario.post(
          scenario.activities.press(
            scenario.stefan.persona,
            { verb: 'start', data: { ...data, version } },
            { replyTo: card.messageId, ...inChannel(card.conversationId) },
          ),
        );
      }
      expect(await scenario.count(id, 'ReviewStarted')).to.equal(0);
    });
  });

  it('an edit of a field that another person changed meanwhile shows both values and asks (R57); other edits are taken', async () => {
    const id = claimIn((await drafted(scenario)).card);
    const old = await scenario.home(id, 'partner');
    await scenario.boris.press(await scenario.boris.ask(`status ${id}`), 'edit', {
      customerContactTitle: 'CTO',
      customerDomain: 'contoso.net',
    });
    const conflict = await scenario.anna.press(old, 'edit', {
      customerContactTitle: 'Head of IT',
      customerContactName: 'Dan Diaz',
    });
    expect(textOf(conflict.card)).to.contain('CTO').and.to.contain('Head of IT').and.to.contain('Boris Blau');
    expect((await scenario.claim(id)).fields).to.include({
      customerContactTitle: 'CTO',
      customerContactName: 'Dana Diaz',
      customerDomain: 'contoso.net',
    });
    await scenario.anna.press(conflict, 'edit');
    expect((await scenario.claim(id)).fields).to.include({
      customerContactTitle: 'Head of IT',
      customerContactName: 'Dan Diaz',
      customerDomain: 'contoso.net',
    });
    await scenario.anna.press(old, 'edit', { partnerContactName: 'Boris Blau' });
    expect((await scenario.claim(id)).fields).to.include({
      partnerContactName: 'Boris Blau',
      customerContactTitle: 'Head of IT',
    });
  });

  describe('a client that knows Action.Submit only', () => {
    it('in a chat the card is edited in place', async () => {
      const card = await drafted(scenario);
      const id = claimIn(card.card);
      const said = await scenario.anna.submit(await scenario.home(id, 'partner'), 'submit');
      expect((await scenario.claim(id)).status).to.equal('Submitted');
      expect(
        said.filter((message) => message.card),
        'no second card',
      ).to.deep.equal([]);
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Submitted');
    });

    it("in a channel the asker is answered in private, and the thread's card follows", async () => {
      const id = await submitted(scenario);
      const before = scenario.connector.messages(scenario.rita.chat).length;
      await scenario.rita.submit(await scenario.home(id, 'review'), 'start');
      expect((await scenario.claim(id)).assignee?.name).to.equal('Rita Roe');
      expect(scenario.connector.messages(scenario.rita.chat).length).to.equal(before + 1);
      expect(textOf((await scenario.home(id, 'review')).card)).to.contain('Rita Roe');
    });
  });
});
