import { expect } from 'chai';
import { withHead } from '../../../src/desk/directory/rightsCheck.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import type { Key } from '../../../src/desk/ports/documents.ts';
import { headOf } from '../../../src/desk/records/historyCheck.ts';
import { isOfNewerVersion, schemaOf } from '../../../src/desk/records/schemaVersion.ts';
import { DAY, rechained } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import type { JournaledKind } from '../../../src/desk/directory/people.ts';
import { chatOf, openWorld, place, REVIEWS, TENANTS, WHO } from '../world.ts';

const POLICY = 'a clock that runs by a policy which this version does not know';
/** What a newer version may write over a claim of this one. */
const NEWER: Readonly<Record<string, (body: ClaimBody) => object>> = {
  'another schema': (body) => ({ ...body, schema: 99, state: 'folded differently' }),
  'an event that this version does not know': (body) => {
    const event = {
      type: 'ClaimMerged',
      at: 0,
      by: { side: 'review', id: 'desk', name: '' },
    } as unknown as Entry['event'];
    const entry = { version: body.entries.length + 1, recordedAt: 0, event, salts: {}, previous: '', hash: '' };
    return { ...body, entries: [...body.entries, entry] };
  },
  [POLICY]: (body) => ({
    ...body,
    entries: rechained(body.entries, (event) => {
      const { partnerResponse } = event.clocks ?? {};
      return partnerResponse
        ? { ...event, clocks: { ...event.clocks, partnerResponse: { ...partnerResponse, policy: '2031' } } }
        : event;
    }),
  }),
};

/** The claim as a newer version leaves it, found by the same keys; due, and waiting for a person. */
async function overwrite(world: DeskWorld, id: ClaimId, change: (body: ClaimBody) => object): Promise<string> {
  const { claim, body, etag } = await world.record(id);
  const { keys } = claimDocument(world.world, claim, body);
  const written = change(body) as ClaimBody;
  // A newer version authenticates what it writes as this one does.
  const changed = { ...written, head: headOf(world.world, id, written) };
  await world.documents.inner.replace(
    {
      kind: CLAIM,
      id,
      body: changed,
      keys: [...keys, { name: 'waitsFor', value: `person:${WHO.anna}` }] satisfies Key[],
    },
    etag,
  );
  return world.bytes(id);
}

async function newerIn(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (isOfNewerVersion(error)) return true;
    throw error;
  }
}

describe('A claim that a newer version of the desk has written', () => {
  for (const [how, change] of Object.entries(NEWER)) {
    describe(`with ${how}`, () => {
      let world: DeskWorld;
      let newer: ClaimId;
      let own: ClaimId;
      let before: string;

      beforeEach(async () => {
        world = await openWorld();
        [newer, own] = [await world.asked(), await world.asked()];
        before = await overwrite(world, newer, change);
        world.clock.turn(10 * DAY);
        world.logged.length = 0;
      });
      afterEach(async () => {
        expect((await world.bytes(newer)) === before, 'it is left alone').to.equal(true);
        expect(
          world.logged.filter(({ level }) => level === 'error'),
          'and nothing is wrong',
        ).to.deep.equal([]);
      });

      it('is passed over by a sweep, which wakes the others', async () => {
        expect(await world.sweep()).to.deep.equal({ processed: 1, failed: 0 });
        expect((await world.claim(own)).status).to.equal('Rejected');
        expect(world.logged.find(({ level }) => level === 'warn')?.fields).to.deep.equal({ claims: 1 });
      });

      it('is told apart from a fault when someone presses on it', async () => {
        const version = (await world.claim(own)).version;
        for (const work of [
          () => world.desk.execute(WHO.anna, newer, { type: 'ResubmitClaim' }, { kind: 'card', version: version }),
          () => world.desk.look(WHO.anna, newer),
          () => world.desk.history(WHO.anna, newer),
        ])
          expect(await newerIn(work)).to.equal(true);
      });

      it('is left out of the lists, and keeps nothing else out of them', async () => {
        for (const [name, list] of [
          ['anna', 'claims'],
          ['arun', 'queue'],
        ] as const) {
          const found = await world.desk.list(WHO[name], list, 10);
          expect(
            found?.views.map(({ claim }) => claim.id).filter((id) => id === newer),
            list,
          ).to.deep.equal([]);
          if (list === 'claims') expect(found?.views.map(({ claim }) => claim.id)).to.deep.equal([own]);
        }
      });

      // Such a claim can be read, and whatever needs no policy is done with it.
      if (how === POLICY) return;

      it('keeps its files when those that no claim knows are cleaned', async () => {
        await world.files.put(`poe/${newer}/of-the-newer-version`, bytesOf('proof'));
        world.clock.turn(2 * 3_600_000);
        await world.desk.poe.clean();
        expect(await world.files.open(`poe/${newer}/of-the-newer-version`)).to.not.equal(undefined);
      });

      it('takes no file', async () => {
        expect(await newerIn(() => world.desk.poe.takeFile(WHO.anna, newer, 'proof.pdf', bytesOf('more')))).to.equal(
          true,
        );
      });

      it('stops no one who comes back from being told of the others', async () => {
        const { body, claim, etag } = await world.record(own);
        const waiting = {
          ...body,
          outbox: [
            {
              id: '1:partner',
              audience: 'partner',
              version: 1,
              event: 'ClaimCreated',
              line: false,
              attempts: 1,
              waitsFor: `person:${WHO.anna}`,
              reason: 'neverWrote',
              reached: [],
            },
          ],
        } as const;
        await world.documents.inner.replace(claimDocument(world.world, claim, waiting), etag);
        await world.greet('anna');
        await world.desk.idle();
        expect(await world.outbox(own)).to.deep.equal([]);
      });
    });
  }

  it('is found by its thread all the same, so that what is said there is answered', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const thread = (await world.record(id)).body.homes['review']?.conversationId ?? '';
    await overwrite(world, id, (body) => ({ ...body, schema: 99 }));
    expect(await world.desk.claimByThread(thread)).to.equal(id);
  });
});

describe('What a newer version added to what this one knows', () => {
  it('stays in a claim through everything that is done with it', async () => {
    const world = await openWorld();
    const id = await world.asked();
    await overwrite(world, id, (body) => ({
      ...body,
      overlaps: ['CPOR-7F3K9Q'],
      entries: rechained(body.entries, (event) => ({ ...event, tone: 'kind' }), { through: 'mobile' }),
      homes: Object.fromEntries(Object.entries(body.homes).map(([name, home]) => [name, { ...home, pinned: true }])),
    }));
    await world.must('anna', id, { type: 'AddComment', text: 'It is from 2021.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await world.pass(3 * DAY);
    const { body } = await world.record(id);
    expect(body).to.have.property('overlaps').that.deep.equals(['CPOR-7F3K9Q']);
    expect(body.entries[0]).to.include({ through: 'mobile' });
    expect(body.entries[0]?.event).to.include({ tone: 'kind' });
    expect(body.entries.length).to.equal(8);
    expect(body.outbox).to.deep.equal([]);
  });

  it('stays with a person, an organisation and a channel when this version writes them', async () => {
    const world = await openWorld();
    const ids = [
      ['person', WHO.anna],
      ['organisation', `partner:${TENANTS.fabrikam}`],
      ['channel', 'review'],
    ] as const;
    for (const [kind, id] of ids) {
      const stored = await world.documents.inner.read<object>(kind, id);
      if (!stored) throw new Error(`no ${kind} ${id}`);
      const keys =
        kind === 'channel'
          ? [{ name: 'conversation', value: REVIEWS }]
          : kind === 'organisation'
            ? [{ name: 'mpn', value: '1234567' }]
            : [];
      const body = withHead(world.world, kind, id, { ...stored.body, colour: 'green' });
      await world.documents.inner.replace({ kind, id, body, keys }, stored.etag);
    }
    world.clock.turn(2 * DAY);
    await world.greet('anna');
    await world.enrol('partner', { name: 'Fabrikam Ltd', tenantId: TENANTS.fabrikam, mpnIds: '1234567' });
    await world.desk.channelLost({ conversationId: REVIEWS, tenantId: TENANTS.vendor });
    await world.desk.channelSeen(place(REVIEWS));
    await world.desk.useChannel(WHO.ops, 'review', place('19:other@thread.tacv2'), 'tr');
    for (const [kind, id] of ids)
      expect((await world.documents.inner.read<object>(kind, id))?.body, kind).to.include({
        colour: 'green',
        schema: schemaOf(kind),
      });
    expect((await world.documents.inner.read<object>('channel', 'review'))?.body).to.not.have.property('unreachable');
  });
});

describe('A person, an organisation or a channel that a newer version of the desk has written', () => {
  async function overwritten(
    world: DeskWorld,
    kind: JournaledKind,
    id: string,
    keys: readonly Key[] = [],
  ): Promise<() => Promise<boolean>> {
    const stored = await world.documents.inner.read<object>(kind, id);
    if (!stored) throw new Error(`no ${kind} ${id}`);
    const written = await world.documents.inner.replace(
      { kind, id, body: { ...stored.body, schema: schemaOf(kind) + 1 }, keys },
      stored.etag,
    );
    return async () => written !== 'changed' && (await world.documents.inner.read(kind, id))?.etag === written.etag;
  }

  it('is left alone when they write, and when they are enrolled', async () => {
    const world = await openWorld();
    const isSame = await overwritten(world, 'person', WHO.anna);
    expect(await newerIn(() => world.greet('anna'))).to.equal(true);
    expect(
      await newerIn(() =>
        world.enrol('member', {
          person: WHO.anna,
          organisation: `partner:${TENANTS.fabrikam}`,
          roles: '',
        }),
      ),
    ).to.equal(true);
    expect(await isSame()).to.equal(true);
  });

  it('gets its notices later, from the newer version, and is not taken for unreachable (R45)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await overwritten(world, 'person', WHO.dana, [{ name: 'email', value: `${TENANTS.contoso}/dana@contoso.com` }]);
    await world.must('arun', id, { type: 'ApproveClaim' });
    expect((await world.claim(id)).hold).to.equal(undefined);
    const left = (await world.outbox(id)).filter(({ audience }) => audience === 'customer');
    expect(left.map(({ nextAt, waitsFor }) => [nextAt !== undefined, waitsFor])).to.deep.equal([[true, undefined]]);
    expect(world.messenger.said(REVIEWS), 'the others are told').to.include('reply ClaimApproved');
  });

  it('is not in the list that an operator chooses from, and the others are', async () => {
    const world = await openWorld();
    await overwritten(world, 'organisation', `partner:${TENANTS.tailspin}`, [{ name: 'kind', value: 'partner' }]);
    expect((await world.people.organisations('partner')).map(({ name }) => name)).to.deep.equal(['Fabrikam']);
    await overwritten(world, 'person', WHO.boris, [{ name: 'seen', value: '', sort: world.clock.now() + 1 }]);
    const seen = await world.people.lastSeen(50);
    expect(seen.length).to.be.above(5);
    expect(seen.map(({ id }) => id)).to.not.include(WHO.boris);
  });

  it('lets no one decide for an organisation that may be theirs (R5)', async () => {
    const world = await openWorld();
    await overwritten(world, 'organisation', `partner:${TENANTS.fabrikam}`, [
      { name: 'tenant', value: TENANTS.fabrikam },
    ]);
    expect(await newerIn(() => world.desk.member(WHO.anna))).to.equal(true);
  });

  it('of before there were schemas is read as one of the first, and written as one of today', async () => {
    const world = await openWorld();
    const stored = await world.documents.inner.read<{ schema?: number; head?: object }>('person', WHO.anna);
    const { schema: _, head: __, ...old } = stored?.body ?? {};
    await world.documents.inner.replace({ kind: 'person', id: WHO.anna, body: old, keys: [] }, stored?.etag ?? '');
    expect((await world.people.find(WHO.anna))?.chat?.conversationId).to.equal(chatOf('anna'));
    world.clock.turn(2 * DAY);
    await world.greet('anna');
    expect((await world.documents.inner.read<object>('person', WHO.anna))?.body).to.include({
      schema: schemaOf('person'),
    });
  });
});
