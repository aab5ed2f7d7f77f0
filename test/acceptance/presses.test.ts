import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { claimIn, drafted, NEW_CLAIM, submitted, underReview } from './filing.ts';
import { buttonOf, dataOf, noteColour, textOf, verbsOf } from './shownCard.ts';
import { answeredCard, inChannel } from './visitor.ts';
import { startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: presses that come late, twice or at once (R57, R58)', () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  it('two reviewers start the review at the same instant: one becomes the assignee, the other reads who was faster', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await submitted(walk);
      const card = await walk.home(id, 'review');
      const [byArun, byRita] = await Promise.all([
        walk.post(walk.arun.pressOn(card, 'start')),
        walk.post(walk.rita.pressOn(card, 'start')),
      ]);
      await walk.idle();
      expect(await walk.count(id, 'ReviewStarted')).to.equal(1);
      const winner = (await walk.claim(id)).assignee?.name ?? '';
      const loser = winner === walk.arun.name ? byRita : byArun;
      expect(loser.status).to.equal(200);
      expect(JSON.stringify(loser.body)).to.contain(winner);
    }
  });

  it('a lead reassigns from the card of the review channel: the press is answered with the names, the next one takes effect (R17)', async () => {
    const id = await underReview(walk);
    const asked = await walk.lena.press(await walk.home(id, 'review'), 'reassign');
    expect(textOf(asked.card)).to.contain(walk.rita.name);
    expect((await walk.claim(id)).assignee?.name).to.equal(walk.arun.name);
    await walk.lena.press(asked, 'reassign', { to: walk.rita.id });
    expect((await walk.claim(id)).assignee?.name).to.equal(walk.rita.name);
    const refused = await walk.arun.press(await walk.home(id, 'review'), 'reassign');
    expect(verbsOf(refused.card)).to.not.include('reassign');
  });

  it('an assignee approves while a lead rejects: exactly one of it happens, and both are answered with what is', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const id = await underReview(walk);
      const card = await walk.home(id, 'review');
      const approval = (): Promise<unknown> => walk.post(walk.arun.pressOn(card, 'approve'));
      const rejection = (): Promise<unknown> =>
        walk.post(walk.lena.pressOn(card, 'reject', { reason: 'missingProducts', comment: 'Which ones?' }));
      await Promise.all(round % 2 === 0 ? [approval(), rejection()] : [rejection(), approval()]);
      await walk.idle();
      const { status } = await walk.claim(id);
      outcomes.add(status);
      expect((await walk.count(id, 'ClaimApproved')) + (await walk.count(id, 'ClaimRejected'))).to.equal(1);
      expect(textOf((await walk.home(id, 'partner')).card)).to.contain(status);
    }
    expect([...outcomes].sort()).to.deep.equal(['Approved', 'Rejected']);
  });

  it('what was refused is answered in the colour of a warning, what was done in green, and so again where it is delivered twice (R32, R58)', async () => {
    const id = await underReview(walk);
    const card = await walk.home(id, 'review');
    expect(noteColour((await walk.rita.press(card, 'approve')).card), 'refused').to.equal('attention');
    const approval = walk.arun.pressOn(card, 'approve');
    for (const delivery of ['done', 'delivered again']) {
      expect(noteColour(answeredCard(card, await walk.post(approval), approval).card), delivery).to.equal('good');
    }
    expect(await walk.count(id, 'ClaimApproved')).to.equal(1);
  });

  it('a second instance that reads the same card is no way round it: twenty presses at once are one decision', async () => {
    const id = await underReview(walk);
    const card = await walk.home(id, 'review');
    const answers = await Promise.all(Array.from({ length: 20 }, () => walk.post(walk.arun.pressOn(card, 'approve'))));
    await walk.idle();
    expect(await walk.count(id, 'ClaimApproved')).to.equal(1);
    expect(new Set(answers.map((answer) => answer.status))).to.deep.equal(new Set([200]));
  });

  it('two desks on the same folder are one: presses to both at once are decided once, and told once', async () => {
    const other = await walk.second();
    try {
      for (let round = 0; round < 4; round += 1) {
        const id = await underReview(walk);
        const [partner, review] = [await walk.lines(id, 'partner'), await walk.lines(id, 'review')];
        const press = walk.arun.pressOn(await walk.home(id, 'review'), 'approve');
        const both = [walk.post(press), walk.postTo(other, JSON.stringify({ ...press, id: 'f:other' }))];
        const answers = await Promise.all(both);
        await Promise.all([walk.turn(0), other.desk.sweep().then(() => other.desk.idle())]);
        await walk.turn(0);
        expect(answers.map((answer) => answer.status)).to.deep.equal([200, 200]);
        expect(await walk.count(id, 'ClaimApproved')).to.equal(1);
        expect(await walk.lines(id, 'partner')).to.have.lengthOf(partner.length + 1);
        expect(await walk.lines(id, 'review')).to.have.lengthOf(review.length + 1);
      }
    } finally {
      await other.stop();
    }
  });

  it('a denial, a withdrawal and three sweeps at the very instant the consent is due are one outcome', async () => {
    for (let round = 0; round < 3; round += 1) {
      const id = await underReview(walk);
      await walk.arun.press(await walk.home(id, 'review'), 'approve');
      const due = dueOf((await walk.claim(id)).clocks.consent) ?? 0;
      const [customer, partner] = [await walk.home(id, 'customer'), await walk.home(id, 'partner')];
      walk.clock.turn(due - walk.clock.now());
      await Promise.all([
        walk.desk.desk.sweep(),
        walk.post(walk.dana.pressOn(customer, 'deny', { reason: '' })),
        walk.desk.desk.sweep(),
        walk.post(walk.anna.pressOn(partner, 'withdraw', { reason: 'incorrectMpn', comment: '' })),
        walk.desk.desk.sweep(),
      ]);
      await walk.idle();
      expect(await walk.count(id, 'ConsentPassed')).to.equal(1);
      expect(await walk.count(id, 'ConsentDenied'), 'at the due instant is late (R42)').to.equal(0);
      expect(await walk.count(id, 'RejectionRequested')).to.be.within(0, 1);
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
      it(`${how}: the answers are the same bytes, one entry is written, and nobody is told twice`, async () => {
        const id = await submitted(walk);
        const card = await walk.home(id, 'review');
        const press = walk.rita.pressOn(card, 'start');
        const answers = [await walk.post(press), await walk.post(again(press))];
        await walk.idle();
        const lines = await walk.lines(id, 'partner');
        answers.push(await walk.post(again(press)));
        await walk.idle();
        expect(
          new Set(answers.map((answer) => answer.text)).size,
          answers.map((answer) => answer.text).join('\n'),
        ).to.equal(1);
        expect(await walk.count(id, 'ReviewStarted')).to.equal(1);
        expect(await walk.lines(id, 'partner')).to.deep.equal(lines);
      });
    }

    it('all three at the same instant are one comment', async () => {
      const id = await submitted(walk);
      const press = walk.anna.pressOn(await walk.home(id, 'partner'), 'comment', { comment: 'Please hurry.' });
      const answers = await Promise.all([
        walk.post(press),
        walk.post({ ...press, id: 'f:2' }),
        walk.post({ ...press, id: 'f:3' }),
      ]);
      await walk.idle();
      expect(await walk.count(id, 'CommentAdded')).to.equal(1);
      for (const answer of answers) expect(JSON.stringify(answer.body)).to.contain('Please hurry.');
    });

    it('a form of a new claim sent three times files one claim', async () => {
      const form = await walk.anna.ask('new claim');
      const press = walk.anna.pressOn(form, 'create', NEW_CLAIM);
      const [first, second, third] = await Promise.all([
        walk.post(press),
        walk.post({ ...press, id: 'f:4' }),
        walk.post(press),
      ]);
      await walk.idle();
      const ids = [first, second, third].map((answer) => claimIn(answeredCard(form, answer, press).card));
      expect(new Set(ids).size).to.equal(1);
      expect(await walk.events(ids[0] as ClaimId)).to.deep.equal(['ClaimCreated']);
    });

    it('a comment with another text on the same card is another comment', async () => {
      const id = await submitted(walk);
      const card = await walk.home(id, 'partner');
      await walk.anna.press(card, 'comment', { comment: 'One.' });
      await walk.anna.press(card, 'comment', { comment: 'Two.' });
      expect(await walk.count(id, 'CommentAdded')).to.equal(2);
    });
  });

  describe('a card that is older than what happened', () => {
    it("an approval pressed on a card older than the partner's withdrawal decides nothing, and says what happened", async () => {
      const id = await underReview(walk);
      const old = await walk.home(id, 'review');
      await walk.anna.press(await walk.home(id, 'partner'), 'withdraw', { reason: 'noLongerWorking', comment: '' });
      const answer = await walk.arun.press(old, 'approve');
      expect((await walk.claim(id)).status).to.equal('Rejected');
      expect(textOf(answer.card)).to.contain('Anna Ahlberg').and.to.contain('Rejected');
      expect(verbsOf(answer.card)).not.to.include('approve');
    });

    it("an approval pressed on a card older than a change of the partner's is asked again, with what changed and by whom", async () => {
      const id = await underReview(walk);
      const old = await walk.home(id, 'review');
      await walk.boris.press(await walk.anna.ask(`status ${id}`), 'comment', { comment: 'There is one thing more.' });
      const answer = await walk.arun.press(old, 'approve');
      expect((await walk.claim(id)).status).to.equal('UnderReview');
      expect(textOf(answer.card)).to.contain('Boris Blau').and.to.contain('There is one thing more.');
      await walk.arun.press(answer, 'approve');
      expect((await walk.claim(id)).status).to.equal('Approved');
    });

    it('a press on what a colleague has done already is answered with who did it and when, and its button is gone', async () => {
      const id = await submitted(walk);
      const old = await walk.home(id, 'review');
      await walk.arun.press(old, 'start');
      const answer = await walk.rita.press(old, 'start');
      expect(textOf(answer.card)).to.contain('Arun Ash').and.to.match(/2021/);
      expect(verbsOf(answer.card)).not.to.include('start').and.not.to.include('approve');
    });

    it('a version that no card ever had is taken for the card as it is, or for none', async () => {
      const id = await submitted(walk);
      const card = await walk.home(id, 'review');
      const data = dataOf(buttonOf(card.card, 'start'));
      for (const version of [0, -1, 1.5, '3', null, 1e9, { valueOf: 9 }]) {
        await walk.post(
          walk.activities.press(
            walk.stefan.persona,
            { verb: 'start', data: { ...data, version } },
            { replyTo: card.messageId, ...inChannel(card.conversationId) },
          ),
        );
      }
      expect(await walk.count(id, 'ReviewStarted')).to.equal(0);
    });
  });

  it('an edit of a field that somebody else changed meanwhile shows both values and asks (R57); edits of other fields are taken', async () => {
    const id = claimIn((await drafted(walk)).card);
    const old = await walk.home(id, 'partner');
    await walk.boris.press(await walk.boris.ask(`status ${id}`), 'edit', {
      customerContactTitle: 'CTO',
      customerDomain: 'contoso.net',
    });
    const conflict = await walk.anna.press(old, 'edit', {
      customerContactTitle: 'Head of IT',
      customerContactName: 'Dan Diaz',
    });
    expect(textOf(conflict.card)).to.contain('CTO').and.to.contain('Head of IT').and.to.contain('Boris Blau');
    expect((await walk.claim(id)).fields).to.include({
      customerContactTitle: 'CTO',
      customerContactName: 'Dana Diaz',
      customerDomain: 'contoso.net',
    });
    await walk.anna.press(conflict, 'edit');
    expect((await walk.claim(id)).fields).to.include({
      customerContactTitle: 'Head of IT',
      customerContactName: 'Dan Diaz',
      customerDomain: 'contoso.net',
    });
    await walk.anna.press(old, 'edit', { partnerContactName: 'Boris Blau' });
    expect((await walk.claim(id)).fields).to.include({
      partnerContactName: 'Boris Blau',
      customerContactTitle: 'Head of IT',
    });
  });

  describe('a client that knows Action.Submit only', () => {
    it('in a chat the card is edited in place', async () => {
      const card = await drafted(walk);
      const id = claimIn(card.card);
      const said = await walk.anna.submit(await walk.home(id, 'partner'), 'submit');
      expect((await walk.claim(id)).status).to.equal('Submitted');
      expect(
        said.filter((message) => message.card),
        'no second card',
      ).to.deep.equal([]);
      expect(textOf((await walk.home(id, 'partner')).card)).to.contain('Submitted');
    });

    it("in a channel the asker is answered in private, and the thread's card follows", async () => {
      const id = await submitted(walk);
      const before = walk.connector.messages(walk.rita.chat).length;
      await walk.rita.submit(await walk.home(id, 'review'), 'start');
      expect((await walk.claim(id)).assignee?.name).to.equal('Rita Roe');
      expect(walk.connector.messages(walk.rita.chat).length).to.equal(before + 1);
      expect(textOf((await walk.home(id, 'review')).card)).to.contain('Rita Roe');
    });
  });
});
