import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import type { Channel } from './support/activities.ts';
import { asked, underReview } from './support/filing.ts';
import { textOf, verbsOf } from './support/shownCard.ts';
import { inChannel } from './support/user.ts';
import { DAY, FABRIKAM, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: information is requested', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  async function threadOf(id: ClaimId, home: string): Promise<Channel> {
    const { in: channel } = inChannel((await scenario.home(id, home)).conversationId);
    if (!channel) throw new Error(`${home} of ${id} is no thread`);
    return channel;
  }

  describe('in the personal chat of the member who filed the claim', () => {
    let id: ClaimId;

    it('the partner is told the reasons, the comment and until when, and the clock runs from the delivery (R18, R38, R45)', async () => {
      id = await asked(scenario);
      const [line] = (await scenario.lines(id, 'partner')).slice(-1);
      expect(line)
        .to.contain('Which year is it from?')
        .and.to.match(/10\sMay\s2021/);
      const { partnerResponse, overallDecision } = (await scenario.claim(id)).clocks;
      expect(partnerResponse).to.include({ state: 'running', dueAt: Date.parse('2021-05-11T00:00:00-07:00') });
      expect(overallDecision?.state).to.equal('paused');
    });

    it('asked without a reason or without a comment, nothing is requested and what was typed stays (R18)', async () => {
      const other = await underReview(scenario);
      const review = await scenario.home(other, 'review');
      const refused = await scenario.arun.press(review, 'request', { reasons: '', comment: 'Please add the year.' });
      expect(textOf(refused.card)).to.contain('Please add the year.');
      const again = await scenario.arun.press(refused, 'request', { reasons: 'missingOrOldDates', comment: '  ' });
      expect(await scenario.count(other, 'InformationRequested')).to.equal(0);
      await scenario.arun.press(again, 'request', { reasons: 'missingOrOldDates,missingProducts', comment: 'Year?' });
      expect(await scenario.claim(other)).to.have.deep.nested.property('request.reasons', [
        'missingOrOldDates',
        'missingProducts',
      ]);
    });

    it('resubmitting before anything was added is refused, and says what to add (R19)', async () => {
      const refused = await scenario.anna.press(await scenario.home(id, 'partner'), 'resubmit');
      expect((await scenario.claim(id)).status).to.equal('PartnerActionRequired');
      expect(textOf(refused.card)).to.match(/add/i);
    });

    it('a sentence that is no command is offered as a comment, and a comment alone stops no clock (R33)', async () => {
      const offer = await scenario.anna.ask('It is from 2021, page two.');
      expect(verbsOf(offer.card)).to.include('commentOn');
      const taken = await scenario.anna.press(offer, 'commentOn', { claim: id });
      expect((await scenario.claim(id)).comments.map((comment) => comment.text)).to.deep.equal([
        'It is from 2021, page two.',
      ]);
      expect((await scenario.claim(id)).clocks.partnerResponse?.state).to.equal('running');
      expect(textOf(taken.card)).to.match(/Resubmit/);
      expect(verbsOf(taken.card)).to.include('resubmit');
      expect((await scenario.lines(id, 'review')).at(-1)).to.contain('It is from 2021, page two.');
    });

    it('a text too long for a comment is not lost with the refusal', async () => {
      const long = 'It is from 2021. '.repeat(300).trim();
      const offer = await scenario.anna.ask('Well: it is from 2021.');
      const refused = await scenario.anna.press(offer, 'commentOn', { claim: id, text: long });
      expect(textOf(refused.card)).to.contain('too long').and.to.contain(long);
      expect(verbsOf(refused.card)).to.include('comment');
    });

    it('the offer pressed again adds nothing', async () => {
      const before = await scenario.count(id, 'CommentAdded');
      const offer = await scenario.anna.ask('Once more: it is from 2021.');
      const press = scenario.anna.pressOn(offer, 'commentOn', { claim: id });
      const [first, second] = [await scenario.post(press), await scenario.post(press)];
      await scenario.idle();
      expect(second.text).to.equal(first.text);
      expect(await scenario.count(id, 'CommentAdded')).to.equal(before + 1);
    });

    it('resubmitted, it waits for the same reviewer, and the clocks go on (R19, R46)', async () => {
      const sent = await scenario.anna.press(await scenario.home(id, 'partner'), 'resubmit');
      expect(textOf(sent.card)).to.contain('Submitted');
      const claim = await scenario.claim(id);
      expect(claim.assignee?.name).to.equal('Arun Ash');
      expect(claim.clocks).to.have.all.keys('reviewStart', 'overallDecision');
      expect((await scenario.lines(id, 'review')).at(-1)).to.match(/resubmitted/i);
    });
  });

  describe('in the thread of the channel that the MPN id has', () => {
    let id: ClaimId;
    let thread: Channel;

    before(async () => {
      const [said] = await scenario.anna.mention(FABRIKAM, 'use this channel for 1234567');
      expect(said?.text).to.contain('1234567');
      id = await asked(scenario);
      thread = await threadOf(id, 'partner');
    });

    it('a reply in the thread is a comment, and its writer is told how to resubmit', async () => {
      const { heard } = await scenario.boris.reply(thread, 'The order is from May 2021.');
      const { comments } = await scenario.claim(id);
      expect(comments.map(({ text, by }) => [text, by.name, by.side])).to.deep.equal([
        ['The order is from May 2021.', 'Boris Blau', 'partner'],
      ]);
      expect(heard.map((message) => (message.card ? verbsOf(message.card) : []).includes('resubmit'))).to.deep.equal([
        true,
      ]);
    });

    it('an edited reply is an edited comment, a deleted one a deleted comment, an undeleted one is back', async () => {
      const { id: message } = await scenario.boris.reply(thread, 'And the invoice from Jun.');
      await scenario.boris.editMessage(thread, message, 'And the invoice from June.');
      expect((await scenario.claim(id)).comments.at(-1))
        .to.include({ text: 'And the invoice from June.' })
        .and.to.have.property('editedAt');
      await scenario.boris.deleteMessage(thread, message);
      expect((await scenario.claim(id)).comments.at(-1)).to.have.property('deletedAt');
      await scenario.boris.restoreMessage(thread, message, 'And the invoice from June.');
      expect((await scenario.claim(id)).comments.at(-1)).not.to.have.property('deletedAt');
      expect((await scenario.events(id)).slice(-4)).to.deep.equal([
        'CommentAdded',
        'CommentEdited',
        'CommentDeleted',
        'CommentEdited',
      ]);
      const told = textOf((await scenario.anna.ask(`history ${id}`)).card);
      expect(told).to.contain('invoice from Jun.').and.to.contain('invoice from June.');
    });

    it('no one edits or deletes the comment of another, and of a message that is no comment nothing is kept', async () => {
      const { id: message } = await scenario.boris.reply(thread, 'Mine.');
      const before = await scenario.events(id);
      await scenario.anna.editMessage(thread, message, 'Not mine.');
      await scenario.anna.deleteMessage(thread, message);
      await scenario.boris.editMessage(thread, '1799999999999', 'What was never said.');
      await scenario.boris.deleteMessage(await threadOf(id, 'review'), message);
      expect(await scenario.events(id)).to.deep.equal(before);
    });

    it('a member without a role, or a stranger, is told why their reply is no comment', async () => {
      const before = await scenario.events(id);
      const { heard } = await scenario.nikita.reply(thread, 'I know the year.');
      const { heard: toStranger } = await scenario.stefan.reply(thread, 'Me too.');
      expect(heard).to.have.lengthOf(1);
      expect(toStranger[0]?.text).to.contain('cannot find a claim');
      expect(await scenario.events(id)).to.deep.equal(before);
    });

    it("what the thread is shown then is the partner's card, not that of one person", async () => {
      const { heard } = await scenario.boris.reply(thread, 'And a second page.');
      const [shown] = heard;
      const card = shown?.card ?? {};
      expect(JSON.stringify(card)).not.to.contain('7654321').and.not.to.match(/\/poe/);
      expect(verbsOf(card)).to.deep.equal(verbsOf((await scenario.home(id, 'partner')).card));
    });

    it('someone of the partner who writes in the thread of the reviewers is shown no card there', async () => {
      const { heard } = await scenario.boris.reply(await threadOf(id, 'review'), 'From the other side.');
      expect(heard.filter((message) => message.card)).to.deep.equal([]);
      expect((await scenario.claim(id)).comments.at(-1)?.text).to.equal('From the other side.');
    });

    it('"comment" and one word, said to the bot, is a comment of that word', async () => {
      await scenario.boris.mention(thread, 'comment Thanks');
      expect((await scenario.claim(id)).comments.at(-1)?.text).to.equal('Thanks');
    });

    it('an edit of a comment that was made by command changes its text, and takes the command for none of it', async () => {
      const typed = scenario.activities.message(scenario.boris.persona, `comment ${id} Page too.`);
      await scenario.post(typed);
      await scenario.post(
        scenario.activities.edited(scenario.boris.persona, `comment ${id} Page two.`, { id: String(typed['id']) }),
      );
      await scenario.idle();
      expect((await scenario.claim(id)).comments.at(-1)).to.include({ text: 'Page two.' });
    });

    it('the same reply delivered twice is one comment', async () => {
      const reply = scenario.activities.message(scenario.boris.persona, 'Delivered twice.', {
        in: thread,
        mention: false,
      });
      await Promise.all([scenario.post(reply), scenario.post(reply), scenario.post(reply)]);
      await scenario.idle();
      expect(
        (await scenario.claim(id)).comments.filter((comment) => comment.text === 'Delivered twice.'),
      ).to.have.lengthOf(1);
    });

    it('in the thread the bot answers a command to it, with the claim of the thread put in', async () => {
      const [status] = await scenario.boris.mention(thread, 'status');
      expect(status?.card && textOf(status.card)).to.contain(id);
      const before = await scenario.count(id, 'ClaimResubmitted');
      const [resubmitted] = await scenario.boris.mention(thread, 'resubmit');
      expect(resubmitted).to.not.equal(undefined);
      expect(await scenario.count(id, 'ClaimResubmitted')).to.equal(before + 1);
    });

    it('a reviewer answers in the review thread, and the partner reads it in theirs', async () => {
      await scenario.arun.reply(await threadOf(id, 'review'), 'Thank you, I look at it today.');
      expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('Thank you, I look at it today.');
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Thank you, I look at it today.');
    });
  });

  describe('and no one answers', () => {
    it('without an answer the partner is reminded twice, then the claim is rejected by itself at the due instant (R23, R38)', async () => {
      const id = await asked(scenario);
      const due = dueOf((await scenario.claim(id)).clocks.partnerResponse) ?? 0;
      await scenario.turnTo(due - 1);
      expect((await scenario.events(id)).filter((type) => type === 'ClockReminded')).to.have.lengthOf(2);
      expect((await scenario.claim(id)).status).to.equal('PartnerActionRequired');
      const card = await scenario.home(id, 'partner');
      await scenario.boris.press(card, 'comment', { comment: 'We are on it.' });
      await scenario.turnTo(due + 3 * DAY);
      const claim = await scenario.claim(id);
      expect(claim).to.have.nested.property('rejection.reason', 'noPartnerResponse');
      expect(claim).to.have.nested.property('rejection.at', due);
      expect((await scenario.lines(id, 'partner')).at(-1)).to.match(/disput/i);
      expect(verbsOf((await scenario.home(id, 'partner')).card)).to.include('dispute');
    });

    it('a resubmission that comes a moment too late, before any sweep, finds the claim rejected (R44)', async () => {
      const id = await asked(scenario);
      const card = await scenario.home(id, 'partner');
      const answered = await scenario.boris.press(card, 'comment', { comment: 'Here it is.' });
      const due = dueOf((await scenario.claim(id)).clocks.partnerResponse) ?? 0;
      scenario.clock.turn(due - scenario.clock.now());
      const late = await scenario.boris.press(answered, 'resubmit');
      expect((await scenario.claim(id)).status).to.equal('Rejected');
      expect(await scenario.count(id, 'ClaimResubmitted')).to.equal(0);
      expect(textOf(late.card)).to.contain('Rejected');
      expect(verbsOf(late.card)).not.to.include('resubmit');
    });
  });
});
