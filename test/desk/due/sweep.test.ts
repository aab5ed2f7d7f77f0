import { processDueClaim } from '../../../src/desk/due/processClaim.ts';
import { expect } from 'chai';
import fc from 'fast-check';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { firstBrokenEntry } from '../../../src/domain/claims/history.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import { SIDE_CHANGE } from '../../../src/desk/directory/sideChanges.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import { DAY, HOUR, MINUTE, MONDAY, pacific, rechained } from '../../domain/claims/scenario.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import type { DeskWorld } from '../world.ts';
import { MPN, openWorld, REVIEWS, TENANTS, WHO } from '../world.ts';

/** Many claims like this one, each with an id of its own. */
async function copies(world: DeskWorld, id: ClaimId, count: number): Promise<readonly ClaimId[]> {
  const { body } = await world.record(id);
  const ids = Array.from({ length: count }, (_, index) => `CPOR-${String(index).padStart(6, '0')}` as ClaimId);
  for (const copy of ids) {
    const entries = rechained(body.entries, (event) =>
      event.type === 'ClaimCreated' ? { ...event, id: copy } : event,
    );
    await world.documents.create(
      claimDocument(world.world, { ...(await world.claim(id)), id: copy }, { ...body, entries }),
    );
  }
  return ids;
}

const settledIn = async (world: DeskWorld, ids: readonly ClaimId[], status: string): Promise<number> => {
  let count = 0;
  for (const id of ids) if ((await world.claim(id)).status === status) count += 1;
  return count;
};

describe('The sweep (R44)', () => {
  it('wakes every claim that is due, over many pages', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 260);
    world.clock.turn(10 * DAY);
    const swept = await world.sweep();
    expect(swept).to.deep.equal({ processed: 261, failed: 0 });
    expect(await settledIn(world, ids, 'Rejected')).to.equal(260);
    expect(await world.sweep()).to.deep.equal({ processed: 0, failed: 0 });
  });

  it('goes on with the others when one claim cannot be read, and says which', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 120);
    await world.breakBody(ids[0] as ClaimId);
    const unknown = await world.record(ids[1] as ClaimId);
    await world.documents.replace(
      { ...claimDocument(world.world, unknown.claim, unknown.body), body: { ...unknown.body, schema: 99 } },
      unknown.etag,
    );
    world.clock.turn(10 * DAY);
    expect(await world.sweep()).to.deep.equal({ processed: 119, failed: 1 });
    expect(await settledIn(world, ids.slice(2), 'Rejected')).to.equal(118);
    const errors = world.logged.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => (fields as { claim: string }).claim)).to.deep.equal(ids.slice(0, 1));
    expect(world.logged.filter(({ level }) => level === 'warn').map(({ fields }) => fields)).to.deep.equal([
      { claims: 1 },
    ]);
    expect(
      await world.documents.read(CLAIM, ids[1] ?? ''),
      'a claim of a later version is left alone',
    ).to.have.nested.property('body.schema', 99);
  });

  it('does everything once when several sweep at once', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 30);
    world.clock.turn(10 * DAY);
    world.messenger.forget();
    await Promise.all([world.desk.sweep(), world.another().sweep(), world.another().sweep()]);
    for (const id of ids)
      expect(
        (await world.types(id)).filter((type) => type === 'PartnerDidNotRespond'),
        id,
      ).to.have.length(1);
    const lines = world.messenger.said(REVIEWS).filter((said) => said === 'reply PartnerDidNotRespond');
    expect(lines).to.have.length(31);
  });

  it('changes nothing when a claim is processed twice, or before its time', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const before = await world.bytes(id);
    await processDueClaim(world.world, world.people, { id, etag: '' });
    expect(await world.bytes(id)).to.equal(before);
    world.clock.turn(10 * DAY);
    await processDueClaim(world.world, world.people, { id, etag: '' });
    const after = await world.bytes(id);
    await processDueClaim(world.world, world.people, { id, etag: '' });
    expect(await world.bytes(id)).to.equal(after);
  });

  it('writes the keys of a claim anew that is found due and is not, and does not find it again', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const { claim, body, etag } = await world.record(id);
    const { keys, ...document } = claimDocument(world.world, claim, body);
    const due = keys.map((key) => (key.name === 'wake' ? { ...key, sort: 0 } : key));
    await world.documents.replace({ ...document, keys: due }, etag);
    const found = async (): Promise<readonly string[]> => {
      const upTo = world.clock.now();
      const { documents } = await world.documents.find({ kind: CLAIM, name: 'wake', value: '', upTo, limit: 10 });
      return documents.map((one) => one.id);
    };
    expect(await found()).to.deep.equal([id]);
    await world.desk.sweep();
    expect(await found()).to.deep.equal([]);
    expect((await world.record(id)).body).to.deep.equal(body);
    expect(world.logged.filter(({ level }) => level === 'warn').map(({ sentence }) => sentence)).to.deep.equal([
      'Claim was found due by wrong keys; they were written anew',
    ]);
    await world.pass(pacific('2021-05-11') - world.clock.now());
    expect((await world.claim(id)).status, 'as it is due').to.equal('Rejected');
  });

  it('fires at the due instant, not a millisecond before (R42)', async () => {
    const world = await openWorld();
    const id = await world.asked();
    await world.pass(pacific('2021-05-11') - world.clock.now() - 1);
    expect((await world.claim(id)).status).to.equal('PartnerActionRequired');
    await world.pass(1);
    expect((await world.claim(id)).status).to.equal('Rejected');
  });

  it('decides the oldest first, also after an import that changes the people of an organisation whose claims came later', async () => {
    const world = await openWorld();
    const older = await world.submitted({ mpnId: MPN.tailspin }, 'tomas');
    await world.must('arun', older, { type: 'StartReview' });
    await world.must('arun', older, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    world.clock.turn(DAY);
    const newer = [await world.asked(), await world.asked(), await world.asked()];
    world.clock.turn(10 * DAY);
    const decided: string[] = [];
    world.documents.afterWrite = ({ kind, id, body }) => {
      const { entries } = body as { readonly entries?: readonly { readonly event: { readonly type: string } }[] };
      if (kind === CLAIM && entries?.at(-1)?.event.type === 'PartnerDidNotRespond' && !decided.includes(id))
        decided.push(id);
    };
    const [tenantId, objectId] = WHO.boris.split('/');
    const boris = { tenantId, objectId, name: 'Boris', organisationTenantId: TENANTS.fabrikam, roles: ['globalAdmin'] };
    await world.desk.importDirectory({ members: [boris] });
    await world.desk.idle();
    expect(decided, 'the import decides nothing').to.deep.equal([]);
    await world.sweep();
    expect(decided[0]).to.equal(older);
    expect(decided.slice(1)).to.have.members(newer);
    world.clock.turn(MINUTE);
    await world.sweep();
    const left = await world.documents.find({ kind: SIDE_CHANGE, name: 'due', value: '', limit: 10 });
    expect(left.documents, 'and the change was looked at').to.deep.equal([]);
  });

  it('tells in the same sweep what looking at a change of people brought about', async () => {
    const world = await openWorld();
    const id = await world.approved();
    world.documents.beforeRead = (kind) => {
      if (kind === CLAIM) throw new Error('the process ends here');
    };
    for (const name of ['dana', 'emil'] as const) {
      const [tenantId, objectId] = WHO[name].split('/');
      const form = { tenantId, objectId, name, email: `${name}@contoso.com`, gone: true, stopsClocks: true };
      await world.desk.importDirectory({ contacts: [form] }).catch(() => undefined);
    }
    world.documents.beforeRead = () => undefined;
    world.messenger.forget();
    world.clock.turn(2 * MINUTE);
    await world.sweep();
    expect((await world.claim(id)).clocks.consent?.state).to.equal('awaitingDelivery');
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockSuspended');
  });

  it('finds nothing to do once all is told and no clock runs', async () => {
    const world = await openWorld();
    await world.asked();
    for (let month = 0; month < 4; month += 1) await world.pass(31 * DAY);
    world.messenger.forget();
    expect(await world.pass(1000 * DAY)).to.deep.equal({ processed: 0, failed: 0 });
    expect(world.messenger.sendings).to.deep.equal([]);
  });
});

describe('A late sweep (R44)', () => {
  /**
   * What happened and when it counts from; deliveries are as late as the sweep, and so is what starts with them (R45).
   */
  async function story(
    gaps: readonly number[],
    stage: 'submitted' | 'underReview' | 'asked' | 'approved' | 'disputed',
  ): Promise<readonly string[]> {
    const world = await openWorld();
    const id = await world[stage]();
    for (const gap of gaps) await world.pass(gap);
    const { entries } = (await world.record(id)).body;
    expect(firstBrokenEntry(entries, (text) => world.world.digest.sha256(text))).to.equal(undefined);
    expect(
      entries.every(({ event, recordedAt }) => event.at <= recordedAt),
      'nothing happens before its time',
    ).to.equal(true);
    const own = entries.filter(
      ({ event }) =>
        event.type !== 'NoticeDelivered' &&
        !('clock' in event && event.clock === 'disputeWindow') &&
        event.type !== 'DisputeWindowClosed',
    );
    return own.map(
      ({ event }) =>
        `${new Date(event.at).toISOString()} ${event.type}${'clock' in event ? ` ${event.clock}` : ''}` +
        `${'level' in event ? ` ${event.level}` : ''}`,
    );
  }

  const stages = fc.constantFrom('submitted', 'underReview', 'asked', 'approved', 'disputed');

  it('comes to what a sweep every few minutes comes to, whenever it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        stages,
        fc.array(fc.integer({ min: MINUTE, max: 9 * DAY }), { minLength: 1, maxLength: 5 }),
        async (stage, gaps) => {
          const whole = gaps.reduce((sum, gap) => sum + gap, 0);
          const steps = Math.ceil(whole / (4 * HOUR));
          const even = Array.from({ length: steps }, (_, index) =>
            index === steps - 1 ? whole - (steps - 1) * 4 * HOUR : 4 * HOUR,
          );
          expect(await story(gaps, stage)).to.deep.equal(await story(even, stage));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('tells of all that fell due meanwhile once', async () => {
    const world = await openWorld();
    await world.submitted();
    world.messenger.forget();
    await world.pass(20 * DAY);
    const lines = world.messenger.said(REVIEWS).filter((said) => said.startsWith('reply'));
    expect(lines).to.deep.equal(['reply ClockEscalated', 'reply ClockEscalated']);
  });
});

describe('A claim that no one touches for a year (R43)', () => {
  it('has one reminder a business day and clock, and a document that stays small', async () => {
    const world = await openWorld({ start: MONDAY });
    const id = await world.submitted();
    for (let week = 0; week < 52; week += 1) await world.pass(7 * DAY);
    const { body, claim } = await world.record(id);
    const levels = body.entries.flatMap(({ event }) =>
      event.type === 'ClockEscalated' && event.clock === 'reviewStart' ? [event.level] : [],
    );
    expect(levels).to.deep.equal(levels.map((_, index) => index + 1));
    expect(levels.length).to.be.within(240, 260);
    expect(body.outbox).to.deep.equal([]);
    expect(body.told.length).to.be.at.most(100);
    const kib = Math.round(JSON.stringify(claimDocument(world.world, claim, body)).length / 1024);
    expect(kib, `the document has ${kib} KiB and ${body.entries.length} entries`).to.be.below(400);
  });
});

describe('Three desks that sweep the same backlog', () => {
  /** Chance that is the same in every run, and another for each desk. */
  function chanceOf(seed: number): (length: number) => Uint8Array {
    let state = seed;
    return (length) =>
      Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state >>> 24;
      });
  }

  /** The same documents, with what one desk asks of them counted. */
  function counted(documents: Documents) {
    const counts = { reads: 0, writes: 0, conflicts: 0 };
    const own: Documents = {
      find: (find) => documents.find(find),
      scan: (scan) => documents.scan(scan),
      create: (document) => documents.create(document),
      async read(kind, id) {
        if (kind === CLAIM) counts.reads += 1;
        return documents.read(kind, id);
      },
      async replace(document, etag) {
        const written = await documents.replace(document, etag);
        if (written === 'changed') counts.conflicts += 1;
        else counts.writes += 1;
        return written;
      },
    };
    return { own, counts };
  }

  const DUE = 240;

  /** A number of desks sweep a backlog at once: what each did of it, and what they asked of the documents together. */
  async function sweepTogether(seeds: readonly number[]) {
    const world = await openWorld();
    const first = await world.asked();
    const ids = [first, ...(await copies(world, first, DUE - 1))];
    world.clock.turn(10 * DAY);
    world.messenger.forget();
    const desks = seeds.map((seed) => {
      const { own, counts } = counted(world.documents);
      return {
        counts,
        desk: world.another({ documents: own, random: { ...world.world.random, randomBytes: chanceOf(seed) } }),
      };
    });
    const swept = await Promise.all(desks.map(({ desk }) => desk.sweep()));
    expect(await settledIn(world, ids, 'Rejected')).to.equal(DUE);
    expect(
      world.messenger.said(REVIEWS).filter((said) => said === 'reply PartnerDidNotRespond'),
      'each claim is told of once',
    ).to.have.length(DUE);
    const sum = (name: 'reads' | 'writes' | 'conflicts'): number =>
      desks.reduce((total, { counts }) => total + counts[name], 0);
    return {
      shares: swept.map(({ processed }) => processed),
      reads: sum('reads'),
      writes: sum('writes'),
      conflicts: sum('conflicts'),
    };
  }

  it("each do a fair share of it, tell nothing twice, and seldom get in each other's way", async () => {
    const alone = await sweepTogether([9]);
    const three = await sweepTogether([1, 2, 3]);
    const wasted = three.reads - alone.reads;
    console.log(
      `      ${DUE} due claims: one desk ${alone.reads} reads, ${alone.writes} writes; ` +
        `three desks did ${three.shares.join(', ')}, with ${wasted} reads more and ${three.conflicts} conflicts`,
    );
    expect(alone.conflicts).to.equal(0);
    expect(three.shares.reduce((total, share) => total + share, 0)).to.equal(DUE);
    for (const share of three.shares) expect(share).to.be.within(DUE / 6, DUE / 2);
    expect(three.writes, 'nothing is written more than once').to.equal(alone.writes);
    expect(three.conflicts, 'writes that came too late').to.be.below(DUE / 6);
    expect(
      wasted,
      'three looks at a claim that another decides, two where another tells of it, and a few more',
    ).to.be.below(5.5 * DUE);
  });

  it('serve first who came first: a page is done before the next is begun', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 250);
    world.clock.turn(10 * DAY);
    const order: string[] = [];
    world.documents.afterWrite = ({ id, body }) => {
      if (
        (body as { entries?: readonly { event: { type: string } }[] }).entries?.some(
          ({ event }) => event.type === 'PartnerDidNotRespond',
        ) &&
        !order.includes(id)
      )
        order.push(id);
    };
    const desks = [4, 5, 6].map((seed) =>
      world.another({ random: { ...world.world.random, randomBytes: chanceOf(seed) } }),
    );
    await Promise.all(desks.map((desk) => desk.sweep()));
    const places = order.filter((id) => ids.some((one) => one === id)).map((id) => ids.findIndex((one) => one === id));
    const late = places.map((place, index) => Math.abs(place - index));
    expect(Math.max(...late), 'within a page and what the workers have in flight').to.be.below(125);
    expect(places).to.not.deep.equal([...places].sort((one, other) => one - other));
  });

  it('decide all of it before any message has to wait: Teams takes few in a second', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 250);
    world.clock.turn(10 * DAY);
    let left: number | undefined;
    let sent = 0;
    world.messenger.before = async () => {
      sent += 1;
      if (sent === 1) left = 250 - (await settledIn(world, ids, 'Rejected'));
      return undefined;
    };
    await world.sweep();
    expect(left, 'claims that were not decided when something was sent first').to.equal(0);
  });

  it('decide within minutes what falls due while they tell of the rest', async () => {
    const world = await openWorld();
    const first = await world.asked();
    await world.pass(DAY);
    const late = await world.asked();
    const dueAt = dueOf((await world.claim(late)).clocks.partnerResponse) ?? 0;
    await copies(world, first, 150);
    world.clock.turn(dueAt - MINUTE - world.clock.now());
    let decidedAt = 0;
    world.documents.afterWrite = ({ id }) => {
      if (id === late && world.clock.now() >= dueAt) decidedAt ||= world.clock.now();
    };
    // Each message takes a second.
    world.messenger.before = () => {
      world.clock.turn(1_000);
      return undefined;
    };
    const began = world.clock.now();
    await world.desk.sweep();
    expect(world.clock.now() - began, 'how long the sweep took').to.be.above(10 * MINUTE);
    expect(decidedAt - dueAt).to.be.within(0, 3 * MINUTE);
    expect(await world.types(late)).to.include('PartnerDidNotRespond');
  });

  it('one claim that takes long keeps none of the others, on any page', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 250);
    world.clock.turn(10 * DAY);
    let slow: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      slow = resolve;
    });
    world.messenger.before = async ({ content }) => {
      if (content.kind === 'card' && content.claim.id === ids[0]) await waiting;
      return undefined;
    };
    const sweeping = world.desk.sweep();
    while ((await settledIn(world, ids, 'Rejected')) < 250) await new Promise(setImmediate);
    slow();
    expect(await sweeping).to.deep.equal({ processed: 251, failed: 0 });
  });

  it('a sweep that takes longer than a minute leaves what falls due meanwhile to the next one, and does nothing twice', async () => {
    const world = await openWorld();
    const early = await world.asked();
    await world.pass(DAY);
    const late = await world.asked();
    const dueAt = dueOf((await world.claim(late)).clocks.partnerResponse) ?? 0;
    const earlier = dueOf((await world.claim(early)).clocks.partnerResponse) ?? 0;
    await world.pass(earlier - world.clock.now() - 1);
    world.clock.turn(1);
    world.messenger.forget();
    world.messenger.before = () => {
      if (world.clock.now() < dueAt) world.clock.turn(dueAt - world.clock.now());
      return undefined;
    };
    await Promise.all([world.desk.sweep(), world.another().sweep()]);
    expect([(await world.claim(early)).status, (await world.claim(late)).status]).to.deep.equal([
      'Rejected',
      'PartnerActionRequired',
    ]);
    await world.sweep();
    expect([(await world.claim(early)).status, (await world.claim(late)).status]).to.deep.equal([
      'Rejected',
      'Rejected',
    ]);
    const lines = world.messenger.said(REVIEWS).filter((said) => said === 'reply PartnerDidNotRespond');
    expect(lines).to.have.length(2);
  });

  it('whose clocks are a minute apart tell nothing twice', async () => {
    const world = await openWorld();
    const ids = await copies(world, await world.asked(), 60);
    world.clock.turn(10 * DAY);
    world.messenger.forget();
    const apart = [-MINUTE, 0, MINUTE].map((ms, seed) =>
      world.another({
        clock: { now: () => world.clock.now() + ms },
        random: { ...world.world.random, randomBytes: chanceOf(seed + 7) },
      }),
    );
    await Promise.all(apart.map((desk) => desk.sweep()));
    for (const id of ids)
      expect(
        (await world.types(id)).filter((type) => type === 'PartnerDidNotRespond'),
        id,
      ).to.have.length(1);
    expect(world.messenger.said(REVIEWS).filter((said) => said === 'reply PartnerDidNotRespond')).to.have.length(61);
  });
});
