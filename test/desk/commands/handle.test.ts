import { expect } from 'chai';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { CommandResult } from '../../../src/desk/commands/request.ts';
import { partiesOf } from '../../../src/desk/directory/sides.ts';
import { ContentionError, handle } from '../../../src/desk/commands/handle.ts';
import { firstBrokenEntry } from '../../../src/domain/claims/history.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, TENANTS, WHO } from '../world.ts';

const APPROVE = { type: 'ApproveClaim' } as const;
const REJECT = { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' } as const;

describe('Handling a command', () => {
  it('changes nothing when the command is refused, to the byte (R32)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const before = await world.bytes(id);
    for (const [name, request] of [
      ['rita', APPROVE],
      ['anna', { type: 'SubmitClaim' }],
      ['tomas', { type: 'AddComment', text: 'Hello' }],
      ['arun', { ...REJECT, comment: ' ' }],
    ] as const) {
      const { kind } = await world.press(name, id, request);
      expect(kind, name).to.equal(name === 'tomas' ? 'notFound' : 'refused');
    }
    expect(await world.bytes(id)).to.equal(before);
  });

  it('writes nothing at all for a stranger who asks (R6)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const before = world.documents.writes;
    expect((await world.press('stefan', id, APPROVE)).kind).to.equal('notFound');
    expect(await world.desk.look(WHO.stefan, id)).to.equal(undefined);
    expect(await world.desk.list(WHO.stefan, 'claims', 10)).to.equal(undefined);
    expect(world.documents.writes).to.equal(before);
  });

  it('reassigns to no one who is unknown, and remembers no such person (R17)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const pressed = await world.press('arun', id, { type: 'ReassignClaim', to: WHO.stefan });
    expect(pressed.kind === 'refused' && pressed.refusal.code).to.equal('notAReviewer');
    expect(await world.people.find(WHO.stefan)).to.equal(undefined);
  });

  it('says that a claim is not found where there is none', async () => {
    const world = await openWorld();
    expect((await world.press('anna', 'CPOR-000000' as ClaimId, { type: 'SubmitClaim' })).kind).to.equal('notFound');
  });

  it('fires what is due before it decides, and keeps it though the command is refused (R44)', async () => {
    const world = await openWorld();
    const id = await world.asked();
    world.clock.turn(30 * DAY);
    await world.press('anna', id, { type: 'AddComment', text: 'Here is the year.' });
    expect((await world.claim(id)).status).to.equal('Rejected');
    const resubmitted = await world.press('anna', id, { type: 'ResubmitClaim' });
    expect(resubmitted.kind === 'refused' && resubmitted.refusal).to.include({
      code: 'wrongStage',
      stage: 'Disputable',
    });
    expect(await world.types(id)).to.include.members(['ClockReminded', 'PartnerDidNotRespond']);
  });

  it('keeps what fell due when the very command that found it is refused (R44)', async () => {
    const world = await openWorld();
    const id = await world.asked();
    world.clock.turn(30 * DAY);
    expect((await world.press('anna', id, { type: 'ResubmitClaim' })).kind).to.equal('refused');
    expect((await world.types(id)).filter((type) => type === 'PartnerDidNotRespond')).to.have.length(1);
  });

  it('decides anew, with the roles and the time of the second try, when someone was faster', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    let first = true;
    world.documents.beforeWrite = async (document) => {
      if (document.kind !== 'claim' || !first) return;
      first = false;
      await world.enrol('staff', {
        tenantId: TENANTS.vendor,
        objectId: WHO.arun.split('/')[1],
        name: 'Arun',
        roles: [],
      });
      await world.desk.execute(WHO.anna, id, { type: 'AddComment', text: 'Wait!' }, { kind: 'none' });
    };
    expect((await world.press('arun', id, APPROVE)).kind).to.equal('notFound');
    expect((await world.claim(id)).status).to.equal('UnderReview');
  });

  it('gives up after 25 tries with a fault that has a code, and has changed nothing', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    let tries = 0;
    const before = await world.types(id);
    world.documents.beforeWrite = async (document) => {
      if (document.kind !== 'claim') return;
      tries += 1;
      const now = await world.documents.inner.read(document.kind, document.id);
      if (now) await world.documents.inner.replace({ ...document, body: now.body }, now.etag);
    };
    const error = await handle(world.world, world.people, id, async ({ claim }) => ({
      type: 'ApproveClaim',
      parties: await partiesOf(world.people, claim),
      by: await world.desk.member(WHO.arun),
      at: world.clock.now(),
    })).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ContentionError).and.to.have.property('code', 'claim.contention');
    expect(tries).to.equal(25);
    expect(await world.types(id)).to.deep.equal(before);
  });

  it('keeps a history whose chain holds', async () => {
    const world = await openWorld();
    const id = await world.disputed();
    expect(firstBrokenEntry((await world.record(id)).body.entries, (text) => world.world.digest.sha256(text))).to.equal(
      undefined,
    );
  });
});

describe('A press delivered again (R58)', () => {
  it('writes nothing and answers with what it did the first time', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const seen = (await world.claim(id)).version;
    const first = await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    const bytes = await world.bytes(id);
    const again = await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    expect(again.kind).to.equal('repeated');
    expect(again.kind === 'repeated' && again.entry).to.deep.equal(first.kind === 'done' && first.entry);
    expect(await world.bytes(id)).to.equal(bytes);
  });

  it('is known after the claim has moved on, and shows the claim as the clock has it by then (R44)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const seen = (await world.claim(id)).version;
    const first = await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    world.clock.turn(60 * DAY);
    const again = await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    expect(again.kind === 'repeated' && again.entry).to.deep.equal(first.kind === 'done' && first.entry);
    expect(again.kind === 'repeated' && again.view.stage).to.equal('ConsentPassed');
  });

  it('is another press with other inputs, at another version, or from another person', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const seen = (await world.claim(id)).version;
    const say = { type: 'AddComment', text: 'Same words' } as const;
    const kinds = [
      await world.press('anna', id, say, { kind: 'card', version: seen }),
      await world.press('anna', id, say, { kind: 'card', version: seen }),
      await world.press('anna', id, say, { kind: 'card', version: seen + 1 }),
      await world.press('anna', id, { ...say, text: 'Other words' }, { kind: 'card', version: seen }),
      await world.press('boris', id, say, { kind: 'card', version: seen }),
    ].map((pressed) => pressed.kind);
    expect(kinds).to.deep.equal(['done', 'repeated', 'done', 'done', 'done']);
  });

  it('is taken once by its message, whatever the version', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const say = { type: 'AddComment', text: 'From the thread', message: 'msg-1' } as const;
    expect((await world.press('anna', id, say, { kind: 'message', key: 'msg-1' })).kind).to.equal('done');
    expect((await world.press('anna', id, say, { kind: 'message', key: 'msg-1' })).kind).to.equal('repeated');
    expect((await world.claim(id)).comments).to.have.length(1);
  });

  it('is judged again when it was refused the first time', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    const seen = (await world.claim(id)).version;
    expect((await world.press('arun', id, APPROVE, { kind: 'card', version: seen })).kind).to.equal('refused');
    await world.must('arun', id, { type: 'StartReview' });
    const pressed = await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    expect(pressed.kind === 'refused' && pressed.refusal.code).to.equal('stale');
  });

  it('is known when its write was carried out though its answer was lost', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const seen = (await world.claim(id)).version;
    world.documents.afterWrite = () => {
      world.documents.afterWrite = () => undefined;
      throw new Error('timed out');
    };
    const error = await world
      .press('arun', id, APPROVE, { kind: 'card', version: seen })
      .catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(Error);
    expect((await world.press('arun', id, APPROVE, { kind: 'card', version: seen })).kind).to.equal('repeated');
    expect((await world.types(id)).filter((type) => type === 'ClaimApproved')).to.have.length(1);
  });

  it('tells nothing to someone who may not see the claim any more (R6)', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const seen = (await world.claim(id)).version;
    await world.press('arun', id, APPROVE, { kind: 'card', version: seen });
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.arun.split('/')[1],
      name: 'Arun',
      roles: [],
    });
    expect((await world.press('arun', id, APPROVE, { kind: 'card', version: seen })).kind).to.equal('notFound');
  });
});

describe('Two reviewers at the same instant (R57, R58)', () => {
  const actor = new AsyncLocalStorage<'arun' | 'lena'>();

  /**
   * Runs both presses; every read and write of the claim waits for its turn in `order`, and both run free after its
   * end.
   */
  async function inTurns(
    world: DeskWorld,
    order: readonly ('arun' | 'lena')[],
    presses: Record<'arun' | 'lena', () => Promise<CommandResult>>,
  ) {
    const waiting = new Map<string, () => void>();
    const finished = new Set<string>();
    let free = false;
    const gate = async (): Promise<void> => {
      const who = actor.getStore();
      if (!free && who) await new Promise<void>((resolve) => waiting.set(who, resolve));
    };
    world.documents.beforeRead = (kind) => (kind === 'claim' ? gate() : undefined);
    world.documents.beforeWrite = ({ kind }) => (kind === 'claim' ? gate() : undefined);
    const start = (who: 'arun' | 'lena') => actor.run(who, presses[who]).finally(() => finished.add(who));
    const both = [start('arun'), start('lena')] as const;
    const isStill = (who: string) => finished.has(who) || waiting.has(who);
    const still = async (who: string): Promise<void> => {
      while (!isStill(who)) await new Promise((resolve) => setImmediate(resolve));
    };
    await Promise.all([still('arun'), still('lena')]);
    for (const who of order) {
      const go = waiting.get(who);
      waiting.delete(who);
      go?.();
      await still(who);
    }
    free = true;
    for (const go of waiting.values()) go();
    const pressed = await Promise.all(both);
    world.documents.beforeRead = () => undefined;
    world.documents.beforeWrite = () => undefined;
    return pressed;
  }

  const orders = Array.from({ length: 32 }, (_, bits) =>
    Array.from({ length: 5 }, (_unused, index) => ((bits >> index) & 1 ? 'lena' : 'arun')),
  );

  for (const [arunAsks, lenaAsks] of [
    [APPROVE, REJECT],
    [APPROVE, APPROVE],
    [REJECT, APPROVE],
  ] as const) {
    it(`lets one decide and tells the other who did and when: ${arunAsks.type} against ${lenaAsks.type}, in every order`, async () => {
      const world = await openWorld();
      for (const order of orders) {
        const id = await world.underReview();
        const seen = (await world.claim(id)).version;
        const pressed = await inTurns(world, order, {
          arun: () => world.desk.execute(WHO.arun, id, arunAsks, { kind: 'card', version: seen }),
          lena: () => world.desk.execute(WHO.lena, id, lenaAsks, { kind: 'card', version: seen }),
        });
        await world.desk.idle();
        const label = order.join(' ');
        expect(
          pressed.filter(({ kind }) => kind === 'done'),
          label,
        ).to.have.length(1);
        const winner = pressed[0].kind === 'done' ? 'Arun' : 'Lena';
        const loser = pressed.find(({ kind }) => kind === 'refused');
        if (loser?.kind !== 'refused' || loser.refusal.code !== 'wrongStage')
          throw new Error(`${label}: ${JSON.stringify(loser)}`);
        expect(
          loser.refusal.changes.map(({ by, at }) => [by.name, at]),
          label,
        ).to.deep.equal([[winner, world.clock.now()]]);
        expect(loser.view.stage, label).to.equal(
          (await world.claim(id)).status === 'Approved' ? 'ConsentOpen' : 'Disputable',
        );
        expect(
          (await world.types(id)).filter((type) => type === 'ClaimApproved' || type === 'ClaimRejected'),
          label,
        ).to.have.length(1);
      }
    });
  }
});
