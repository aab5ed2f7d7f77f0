import { expect } from 'chai';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { DAY, MINUTE } from '../../domain/claims/scenario.ts';
import { chatOf, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const ANNA = chatOf('anna');
const DANA = chatOf('dana');
const LATER: SendResult = { kind: 'tryLater', reason: 'busy' };

describe('Telling what happened (R47)', () => {
  it('posts the card where it is not yet, and says nothing beside it', async () => {
    const world = await openWorld();
    await world.submitted();
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['post']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['post']);
  });

  it('edits the card in place afterwards and adds one line', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply ReviewStarted']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
    for (const [conversation] of world.messenger.conversations) {
      const shown = world.messenger.conversations.get(conversation) ?? [];
      expect(
        shown.flatMap(({ content }) => (content.kind === 'card' ? [content.claim.status] : [])),
        conversation,
      ).to.deep.equal(['UnderReview']);
    }
  });

  it('never shows a version that is not stored yet: the next may become something else, which no one saw on this card (R57)', async () => {
    const world = await openWorld();
    const ahead: string[] = [];
    world.messenger.before = async ({ content }) => {
      if (content.kind !== 'card') return undefined;
      const stored = (await world.record(content.claim.id)).claim.version;
      if (content.claim.version > stored) ahead.push(`${content.claim.version} of ${stored}`);
      return undefined;
    };
    await world.asked();
    await world.approved();
    await world.rejected();
    expect(ahead).to.deep.equal([]);
  });

  it('never posts a card for a mere edit', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    expect(world.messenger.sendings).to.deep.equal([]);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('has one thread for each claim in the review channel', async () => {
    const world = await openWorld();
    const ids = [await world.submitted(), await world.submitted()];
    const threads = [];
    for (const id of ids) threads.push((await world.record(id)).body.homes['review']?.conversationId);
    expect(new Set(threads).size).to.equal(2);
    expect(await world.desk.claimByThread(threads[1] ?? '')).to.equal(ids[1]);
  });

  it('tells each audience in the order in which things happened, also when the first waits for Teams', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.answers({ ...LATER, afterMs: 10 * MINUTE }, (to) => to === ANNA);
    await world.must('arun', id, { type: 'StartReview' });
    const tries = world.messenger.sendings.length;
    await world.must('arun', id, { type: 'AddComment', text: 'I begin.' });
    expect(
      world.messenger.sendings.slice(tries).some(({ to }) => to.conversationId === ANNA),
      'Teams asked not to be tried so soon',
    ).to.equal(false);
    world.messenger.works();
    world.messenger.forget();
    await world.pass(10 * MINUTE);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted', 'reply CommentAdded']);
  });

  it("leaves out the line about someone's own comment in their own chat, and adds it for the others", async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.forget();
    await world.must('anna', id, { type: 'AddComment', text: 'More to come.' });
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit']);
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['edit', 'reply CommentAdded']);
  });

  it('says nothing but what is urgent to someone who muted the claim', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('anna', id, { type: 'MuteClaim' });
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'edit', 'reply InformationRequested', 'edit']);
  });

  it("tells a follower in their own chat, and not twice where that is the claim's home", async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.must('boris', id, { type: 'FollowClaim' });
    await world.must('anna', id, { type: 'FollowClaim' });
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(chatOf('boris'))).to.deep.equal(['edit', 'reply ReviewStarted']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit', 'reply ReviewStarted']);
  });

  it("moves the claim's home to the channel that is set for its MPN id", async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place('19:fabrikam@thread.tacv2', TENANTS.fabrikam));
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said('19:fabrikam@thread.tacv2')).to.deep.equal(['post']);
    expect(world.messenger.said(ANNA)).to.deep.equal(['edit moved']);
    await world.must('arun', id, { type: 'AddComment', text: 'Hello' });
    expect(world.messenger.said('19:fabrikam@thread.tacv2')).to.deep.equal(['post', 'edit', 'reply CommentAdded']);
  });

  it('posts the card again when it is gone, in its home or under the thread of its lines', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    world.messenger.conversations.delete(ANNA);
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(ANNA)).to.deep.equal(['post']);
    world.messenger.before = ({ how, to }) =>
      how === 'reply' && to.conversationId === ANNA ? { kind: 'gone' } : undefined;
    await world.must('arun', id, { type: 'AddComment', text: 'Hello' });
    expect(world.messenger.said(ANNA)).to.deep.equal(['post', 'edit', 'post']);
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('tells nothing more to a filer who left the partner, but tells reviewers that no one is reached, until they are back (R6, R45)', async () => {
    const world = await openWorld({ silent: ['boris'] });
    const id = await world.underReview({ mpnId: MPN.fabrikamSecond });
    const [tenantId = '', objectId = ''] = WHO.anna.split('/');
    const form = {
      tenantId,
      objectId,
      name: 'Anna',
      organisation: `partner:${TENANTS.fabrikam}`,
      roles: ['incentivesAdmin'],
    };
    await world.enrol('member', { ...form, gone: true });
    world.messenger.forget();
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect(world.messenger.said(ANNA)).to.deep.equal([]);
    expect(world.messenger.said(REVIEWS)).to.include('reply NoticeUndeliverable');
    await world.pass(30 * DAY);
    expect((await world.claim(id)).status).to.equal('PartnerActionRequired');
    await world.enrol('member', form);
    await world.desk.idle();
    expect(world.messenger.said(ANNA)).to.include('reply InformationRequested');
    expect((await world.claim(id)).clocks.partnerResponse?.state).to.equal('running');
  });

  it('tells no one of another customer or partner (R6)', async () => {
    const world = await openWorld();
    await world.approved();
    const told = new Set(world.messenger.sendings.map(({ to }) => to.conversationId));
    expect([...told].sort()).to.deep.equal([REVIEWS, ANNA, DANA].sort());
  });
});
