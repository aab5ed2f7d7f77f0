import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { Content, SendResult } from '../../../src/desk/ports/messenger.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, MPN, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const ANNA = chatOf('anna');
const FABRIKAM = '19:fabrikam@thread.tacv2';
const SECOND = '19:second@thread.tacv2';
const NEW_REVIEWS = '19:new-reviews@thread.tacv2';

/** Everything that was sent about a card that moved. */
function moves(world: DeskWorld) {
  return world.messenger.sendings.filter((sending) => sending.content.kind === 'moved');
}

async function homeOf(world: DeskWorld, id: ClaimId, home: string) {
  return (await world.record(id)).body.homes[home];
}

describe('A card that is elsewhere now (R47)', () => {
  let world: DeskWorld;
  let id: ClaimId;

  beforeEach(async () => {
    world = await openWorld();
    id = await world.submitted();
  });

  it('is led to from the old one, once the new one is known to the claim', async () => {
    const old = await homeOf(world, id, 'partner');
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
    let saved: unknown;
    world.messenger.before = async ({ content }) => {
      if (content.kind === 'moved') saved = (await homeOf(world, id, 'partner'))?.place;
      return undefined;
    };
    await world.must('arun', id, { type: 'StartReview' });
    const [moved, ...more] = moves(world);
    expect(more).to.deep.equal([]);
    expect(saved).to.equal(FABRIKAM);
    expect([moved?.how, moved?.to.conversationId, moved?.message?.messageId]).to.deep.equal([
      'edit',
      ANNA,
      old?.messageId,
    ]);
    const content = moved?.content as Extract<Content, { kind: 'moved' }>;
    const home = await homeOf(world, id, 'partner');
    expect(content.id).to.equal(id);
    expect([content.to?.address.conversationId, content.to?.message.messageId]).to.deep.equal([
      FABRIKAM,
      home?.messageId,
    ]);
  });

  it('is led to once: later notices leave the old place alone', async () => {
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
    await world.must('arun', id, { type: 'StartReview' });
    world.messenger.forget();
    await world.must('arun', id, { type: 'AddComment', text: 'Hello' });
    expect(world.messenger.said(ANNA)).to.deep.equal([]);
    expect(moves(world)).to.deep.equal([]);
  });

  it('is led to from the channel of another MPN id of the same partner', async () => {
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikamSecond}`, place(SECOND, TENANTS.fabrikam));
    await world.must('arun', id, { type: 'AddComment', text: 'Whose is it?' });
    world.messenger.forget();
    await world.must('anna', id, { type: 'EditFields', fields: { mpnId: MPN.fabrikamSecond } });
    await world.must('arun', id, { type: 'AddComment', text: 'Hello' });
    const [moved] = moves(world);
    expect([moved?.to.conversationId, (moved?.content as { to?: unknown }).to === undefined]).to.deep.equal([
      FABRIKAM,
      false,
    ]);
  });

  for (const [whose, alter] of [
    [
      'a channel that no one has set for anything any more',
      async () => {
        await world.desk.useChannel(WHO.ops, 'review', place(NEW_REVIEWS));
      },
    ],
    [
      "a channel that became a partner's",
      async () => {
        await world.desk.useChannel(WHO.ops, 'review', place(NEW_REVIEWS));
        await world.desk.useChannel(WHO.ops, `mpn:${MPN.tailspin}`, place(REVIEWS, TENANTS.tailspin));
      },
    ],
  ] as const) {
    it(`is not shown the way to from ${whose}: all that is said there is that the claim is no longer shown (R6)`, async () => {
      await alter();
      world.messenger.forget();
      await world.must('anna', id, { type: 'AddComment', text: 'Hello' });
      const [moved] = moves(world);
      expect([moved?.how, moved?.to.conversationId]).to.deep.equal(['edit', REVIEWS]);
      expect(moved?.content).to.deep.equal({ kind: 'moved', id });
    });
  }

  it('is not shown the way to from the chat of someone who is no member of the partner any more (R6)', async () => {
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
    await world.people.alter(WHO.anna, (person) => ({ ...person, memberships: [] }));
    await world.must('arun', id, { type: 'StartReview' });
    expect(moves(world).map(({ content }) => content)).to.deep.equal([{ kind: 'moved', id }]);
  });

  it('is led to by a line in the old thread where the message on its top is gone', async () => {
    const old = await homeOf(world, id, 'review');
    world.messenger.conversations.delete(old?.conversationId ?? '');
    world.messenger.forget();
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(REVIEWS)).to.deep.equal(['post', 'reply moved']);
    const [moved] = moves(world);
    expect(moved?.message?.conversationId).to.equal(old?.conversationId);
    expect((moved?.content as Extract<Content, { kind: 'moved' }>).to?.message.conversationId).to.equal(
      (await homeOf(world, id, 'review'))?.conversationId,
    );
  });

  it('is led to by nothing in a personal chat where the old one is gone: it is the next message there', async () => {
    world.messenger.conversations.delete(ANNA);
    await world.must('arun', id, { type: 'StartReview' });
    expect(moves(world)).to.deep.equal([]);
  });

  it('is not missed in a thread that others may read now and that is gone', async () => {
    await world.desk.useChannel(WHO.ops, 'review', place(NEW_REVIEWS));
    world.messenger.before = ({ content }) => (content.kind === 'moved' ? { kind: 'gone' } : undefined);
    await world.must('anna', id, { type: 'AddComment', text: 'Hello' });
    expect(moves(world).map(({ how }) => how)).to.deep.equal(['edit']);
  });

  const failures: readonly (readonly [string, () => SendResult])[] = [
    ['Teams is busy', () => ({ kind: 'tryLater', reason: 'http429' })],
    ['no one is there', () => ({ kind: 'unreachable', reason: 'notInstalled' })],
    ['it can never be delivered', () => ({ kind: 'dead', reason: 'http400' })],
    [
      'it cannot even be put into words',
      () => {
        throw new Error('no such template');
      },
    ],
  ];
  for (const [why, answer] of failures) {
    it(`holds up nothing and no one where it cannot be led to because ${why}: that is logged and forgotten`, async () => {
      await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
      world.messenger.before = ({ content }) => (content.kind === 'moved' ? answer() : undefined);
      await world.must('arun', id, { type: 'StartReview' });
      expect(await world.outbox(id)).to.deep.equal([]);
      expect((await world.people.find(WHO.anna))?.unreachable).to.equal(undefined);
      expect(world.logged.filter(({ level }) => level !== 'info')).to.deep.equal([]);
      expect(world.logged.map(({ sentence }) => sentence)).to.include(
        'Could not point the old card of a claim to the new one',
      );
      await world.pass(86_400_000);
      expect(moves(world)).to.have.length(1);
    });
  }

  it('of which earlier versions wrote down no address leaves the old one as it is', async () => {
    const { claim, body, etag } = await world.record(id);
    const { conversationId = '', messageId = '' } = body.homes['partner'] ?? {};
    await world.documents.inner.replace(
      claimDocument(world.world, claim, {
        ...body,
        homes: { ...body.homes, partner: { conversationId, messageId, place: ANNA } },
      }),
      etag,
    );
    await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(FABRIKAM, TENANTS.fabrikam));
    await world.must('arun', id, { type: 'StartReview' });
    expect(world.messenger.said(FABRIKAM)).to.deep.equal(['post']);
    expect(moves(world)).to.deep.equal([]);
  });

  it('keeps the newest address of its place with every edit', async () => {
    await world.desk.greet({
      id: WHO.anna,
      name: '',
      chat: { ...place(ANNA, TENANTS.fabrikam), serviceUrl: 'https://smba.example/amer/' },
    });
    await world.must('arun', id, { type: 'StartReview' });
    expect((await homeOf(world, id, 'partner'))?.address?.serviceUrl).to.equal('https://smba.example/amer/');
    expect((await homeOf(world, id, 'partner'))?.person).to.equal(WHO.anna);
  });
});
