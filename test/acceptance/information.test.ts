import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import type { Channel } from './activities.ts';
import { asked, underReview } from './filing.ts';
import { textOf, verbsOf } from './shownCard.ts';
import { inChannel } from './visitor.ts';
import { DAY, FABRIKAM, startWalk } from './walk.ts';
import type { Walk } from './walk.ts';

describe('a walk: information is requested', () => {
  let walk: Walk;

  before(async () => {
    walk = await startWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.check());

  async function threadOf(id: ClaimId, home: string): Promise<Channel> {
    const { in: channel } = inChannel((await walk.home(id, home)).conversationId);
    if (!channel) throw new Error(`${home} of ${id} is no thread`);
    return channel;
  }

  describe('in the personal chat of the member who filed the claim', () => {
    let id: ClaimId;

    it('the partner is told the reasons, the comment and until when, and the clock runs from the delivery (R18, R38, R45)', async () => {
      id = await asked(walk);
      const [line] = (await walk.lines(id, 'partner')).slice(-1);
      expect(line)
        .to.contain('Which year is it from?')
        .and.to.match(/10\sMay\s2021/);
      const { partnerResponse, overallDecision } = (await walk.claim(id)).clocks;
      expect(partnerResponse).to.include({ state: 'running', dueAt: Date.parse('2021-05-11T00:00:00-07:00') });
      expect(overallDecision?.state).to.equal('paused');
    });

    it('asked without a reason or without a comment, nothing is requested and what was typed stays (R18)', async () => {
      const other = await underReview(walk);
      const review = await walk.home(other, 'review');
      const refused = await walk.arun.press(review, 'request', { reasons: '', comment: 'Please add the year.' });
      expect(textOf(refused.card)).to.contain('Please add the year.');
      const again = await walk.arun.press(refused, 'request', { reasons: 'missingOrOldDates', comment: '  ' });
      expect(await walk.count(other, 'InformationRequested')).to.equal(0);
      await walk.arun.press(again, 'request', { reasons: 'missingOrOldDates,missingProducts', comment: 'Year?' });
      expect(await walk.claim(other)).to.have.deep.nested.property('request.reasons', [
        'missingOrOldDates',
        'missingProducts',
      ]);
    });

    it('resubmitting before anything was added is refused, and says what to add (R19)', async () => {
      const refused = await walk.anna.press(await walk.home(id, 'partner'), 'resubmit');
      expect((await walk.claim(id)).status).to.equal('PartnerActionRequired');
      expect(textOf(refused.card)).to.match(/add/i);
    });

    it('a sentence that is no command is offered as a comment, and a comment alone stops no clock (R33)', async () => {
      const offer = await walk.anna.ask('It is from 2021, page two.');
      expect(verbsOf(offer.card)).to.include('commentOn');
      const taken = await walk.anna.press(offer, 'commentOn', { claim: id });
      expect((await walk.claim(id)).comments.map((comment) => comment.text)).to.deep.equal([
        'It is from 2021, page two.',
      ]);
      expect((await walk.claim(id)).clocks.partnerResponse?.state).to.equal('running');
      expect(textOf(taken.card)).to.match(/Resubmit/);
      expect(verbsOf(taken.card)).to.include('resubmit');
      expect((await walk.lines(id, 'review')).at(-1)).to.contain('It is from 2021, page two.');
    });

    it('a text too long for a comment is not lost with the refusal', async () => {
      const long = 'It is from 2021. '.repeat(300).trim();
      const offer = await walk.anna.ask('Well: it is from 2021.');
      const refused = await walk.anna.press(offer, 'commentOn', { claim: id, text: long });
      expect(textOf(refused.card)).to.contain('too long').and.to.contain(long);
      expect(verbsOf(refused.card)).to.include('comment');
    });

    it('the offer pressed again adds nothing', async () => {
      const before = await walk.count(id, 'CommentAdded');
      const offer = await walk.anna.ask('Once more: it is from 2021.');
      const press = walk.anna.pressOn(offer, 'commentOn', { claim: id });
      const [first, second] = [await walk.post(press), await walk.post(press)];
      await walk.idle();
      expect(second.text).to.equal(first.text);
      expect(await walk.count(id, 'CommentAdded')).to.equal(before + 1);
    });

    it('resubmitted, it waits for the same reviewer, and the clocks go on (R19, R46)', async () => {
      const sent = await walk.anna.press(await walk.home(id, 'partner'), 'resubmit');
      expect(textOf(sent.card)).to.contain('Submitted');
      const claim = await walk.claim(id);
      expect(claim.assignee?.name).to.equal('Arun Ash');
      expect(claim.clocks).to.have.all.keys('reviewStart', 'overallDecision');
      expect((await walk.lines(id, 'review')).at(-1)).to.match(/resubmitted/i);
    });
  });

  describe('in the thread of the channel that the MPN id has', () => {
    let id: ClaimId;
    let thread: Channel;

    before(async () => {
      const [said] = await walk.anna.mention(FABRIKAM, 'use this channel for 1234567');
      expect(said?.text).to.contain('1234567');
      id = await asked(walk);
      thread = await threadOf(id, 'partner');
    });

    it('a reply in the thread is a comment, and its writer is told how to resubmit', async () => {
      const { heard } = await walk.boris.reply(thread, 'The order is from May 2021.');
      const { comments } = await walk.claim(id);
      expect(comments.map(({ text, by }) => [text, by.name, by.side])).to.deep.equal([
        ['The order is from May 2021.', 'Boris Blau', 'partner'],
      ]);
      expect(heard.map((message) => (message.card ? verbsOf(message.card) : []).includes('resubmit'))).to.deep.equal([
        true,
      ]);
    });

    it('an edited reply is an edited comment, a deleted one a deleted comment, an undeleted one is back', async () => {
      const { id: message } = await walk.boris.reply(thread, 'And the invoice from Jun.');
      await walk.boris.editMessage(thread, message, 'And the invoice from June.');
      expect((await walk.claim(id)).comments.at(-1))
        .to.include({ text: 'And the invoice from June.' })
        .and.to.have.property('editedAt');
      await walk.boris.deleteMessage(thread, message);
      expect((await walk.claim(id)).comments.at(-1)).to.have.property('deletedAt');
      await walk.boris.restoreMessage(thread, message, 'And the invoice from June.');
      expect((await walk.claim(id)).comments.at(-1)).not.to.have.property('deletedAt');
      expect((await walk.events(id)).slice(-4)).to.deep.equal([
        'CommentAdded',
        'CommentEdited',
        'CommentDeleted',
        'CommentEdited',
      ]);
      const told = textOf((await walk.anna.ask(`history ${id}`)).card);
      expect(told).to.contain('invoice from Jun.').and.to.contain('invoice from June.');
    });

    it('nobody edits or deletes the comment of another, and of a message that is no comment nothing is kept', async () => {
      const { id: message } = await walk.boris.reply(thread, 'Mine.');
      const before = await walk.events(id);
      await walk.anna.editMessage(thread, message, 'Not mine.');
      await walk.anna.deleteMessage(thread, message);
      await walk.boris.editMessage(thread, '1799999999999', 'What was never said.');
      await walk.boris.deleteMessage(await threadOf(id, 'review'), message);
      expect(await walk.events(id)).to.deep.equal(before);
    });

    it('a member without a role, or a stranger, is told why their reply is no comment', async () => {
      const before = await walk.events(id);
      const { heard } = await walk.nikita.reply(thread, 'I know the year.');
      const { heard: toStranger } = await walk.stefan.reply(thread, 'Me too.');
      expect(heard).to.have.lengthOf(1);
      expect(toStranger[0]?.text).to.contain('no claim');
      expect(await walk.events(id)).to.deep.equal(before);
    });

    it("what the thread is shown then is the partner's card, not that of one person", async () => {
      const { heard } = await walk.boris.reply(thread, 'And a second page.');
      const [shown] = heard;
      const card = shown?.card ?? {};
      expect(JSON.stringify(card)).not.to.contain('7654321').and.not.to.match(/\/poe/);
      expect(verbsOf(card)).to.deep.equal(verbsOf((await walk.home(id, 'partner')).card));
    });

    it('somebody of the partner who writes in the thread of the reviewers is shown no card there', async () => {
      const { heard } = await walk.boris.reply(await threadOf(id, 'review'), 'From the other side.');
      expect(heard.filter((message) => message.card)).to.deep.equal([]);
      expect((await walk.claim(id)).comments.at(-1)?.text).to.equal('From the other side.');
    });

    it('"comment" and one word, said to the bot, is a comment of that word', async () => {
      await walk.boris.mention(thread, 'comment Thanks');
      expect((await walk.claim(id)).comments.at(-1)?.text).to.equal('Thanks');
    });

    it('an edit of a comment that was made by command changes its text, and takes the command for none of it', async () => {
      const typed = walk.activities.message(walk.boris.persona, `comment ${id} Page too.`);
      await walk.post(typed);
      await walk.post(
        walk.activities.edited(walk.boris.persona, `comment ${id} Page two.`, { id: String(typed['id']) }),
      );
      await walk.idle();
      expect((await walk.claim(id)).comments.at(-1)).to.include({ text: 'Page two.' });
    });

    it('the same reply delivered twice is one comment', async () => {
      const reply = walk.activities.message(walk.boris.persona, 'Delivered twice.', { in: thread, mention: false });
      await Promise.all([walk.post(reply), walk.post(reply), walk.post(reply)]);
      await walk.idle();
      expect((await walk.claim(id)).comments.filter((comment) => comment.text === 'Delivered twice.')).to.have.lengthOf(
        1,
      );
    });

    it('in the thread the bot answers a command to it, with the claim of the thread put in', async () => {
      const [status] = await walk.boris.mention(thread, 'status');
      expect(status?.card && textOf(status.card)).to.contain(id);
      const before = await walk.count(id, 'ClaimResubmitted');
      const [resubmitted] = await walk.boris.mention(thread, 'resubmit');
      expect(resubmitted).to.not.equal(undefined);
      expect(await walk.count(id, 'ClaimResubmitted')).to.equal(before + 1);
    });

    it('a reviewer answers in the review thread, and the partner reads it in theirs', async () => {
      await walk.arun.reply(await threadOf(id, 'review'), 'Thank you, I look at it today.');
      expect((await walk.lines(id, 'partner')).at(-1)).to.contain('Thank you, I look at it today.');
      expect(textOf((await walk.home(id, 'partner')).card)).to.contain('Thank you, I look at it today.');
    });
  });

  describe('and nobody answers', () => {
    it('without an answer the partner is reminded twice, then the claim is rejected by itself at the due instant (R23, R38)', async () => {
      const id = await asked(walk);
      const due = dueOf((await walk.claim(id)).clocks.partnerResponse) ?? 0;
      await walk.turnTo(due - 1);
      expect((await walk.events(id)).filter((type) => type === 'ClockReminded')).to.have.lengthOf(2);
      expect((await walk.claim(id)).status).to.equal('PartnerActionRequired');
      const card = await walk.home(id, 'partner');
      await walk.boris.press(card, 'comment', { comment: 'We are on it.' });
      await walk.turnTo(due + 3 * DAY);
      const claim = await walk.claim(id);
      expect(claim).to.have.nested.property('rejection.reason', 'noPartnerResponse');
      expect(claim).to.have.nested.property('rejection.at', due);
      expect((await walk.lines(id, 'partner')).at(-1)).to.match(/disput/i);
      expect(verbsOf((await walk.home(id, 'partner')).card)).to.include('dispute');
    });

    it('a resubmission that comes a moment too late, before any sweep, finds the claim rejected (R44)', async () => {
      const id = await asked(walk);
      const card = await walk.home(id, 'partner');
      const answered = await walk.boris.press(card, 'comment', { comment: 'Here it is.' });
      const due = dueOf((await walk.claim(id)).clocks.partnerResponse) ?? 0;
      walk.clock.turn(due - walk.clock.now());
      const late = await walk.boris.press(answered, 'resubmit');
      expect((await walk.claim(id)).status).to.equal('Rejected');
      expect(await walk.count(id, 'ClaimResubmitted')).to.equal(0);
      expect(textOf(late.card)).to.contain('Rejected');
      expect(verbsOf(late.card)).not.to.include('resubmit');
    });
  });
});
