import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { leadsToOldHead } from '../../../src/domain/claims/history.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM } from '../../../src/desk/records/claimRecord.ts';
import { DAY, sha256 } from '../../domain/claims/scenario.ts';
import type { OldWorld, Written } from '../records/olderVersion.ts';
import { earlierVersions, openOldWorld } from '../records/olderVersion.ts';
import { TENANTS, WHO } from '../world.ts';

describe('The open claims of the version before, which still runs beside this one', () => {
  const [written] = earlierVersions();
  let world: OldWorld;
  beforeEach(async () => {
    world = await openOldWorld(from(written), 'memory');
    await world.desk.prepare();
  });
  afterEach(() => world.close());

  const named = (what: string): ClaimId => {
    const found = from(written).claims.find((one) => one.what === what);
    if (!found) throw new Error(`no claim is ${what}`);
    return found.id;
  };
  const stored = async (id: string) => world.documents.inner.read<ClaimBody>(CLAIM, id);
  const schemaOf = async (id: string) => (await stored(id))?.body.schema;
  const hasWake = (id: string): boolean =>
    from(written).documents.some((one) => one.id === id && one.keys.some(({ name }) => name === 'wake'));
  const isLeased = (id: string): boolean => id === named('a claim whose delivery was begun and never ended');

  it('are sealed at the start, so that the old process leaves them alone; the others wait for their next write', async () => {
    const before = new Map(
      await Promise.all(from(written).claims.map(async ({ id }) => [id, await stored(id)] as const)),
    );
    await world.desk.takeOver();
    let open = 0;
    for (const { id, what } of from(written).claims) {
      const now = await stored(id);
      const isOpen = hasWake(id) && !isLeased(id);
      expect(now?.body.schema, what).to.equal(isOpen ? 3 : 1);
      if (!isOpen) {
        expect(now, what).to.deep.equal(before.get(id));
        continue;
      }
      open += 1;
      expect(leadsToOldHead(now?.body.entries ?? [], sha256), what).to.equal(true);
      expect(now?.body.entries.at(-1)?.event.type, what).to.equal('HistorySealed');
    }
    expect(open).to.be.above(10);
    expect(world.messenger.sendings, 'and no one is told').to.deep.equal([]);
  });

  it('are sealed once, and once more at a start a day later', async () => {
    await world.desk.takeOver();
    const id = named('an open consent');
    const sealed = await stored(id);
    const asBefore = async () => {
      const document = from(written).documents.find((one) => one.kind === CLAIM && one.id === id);
      if (document) await world.documents.inner.replace(document, (await stored(id))?.etag ?? '');
    };
    await world.desk.takeOver();
    expect(await stored(id)).to.deep.equal(sealed);
    await asBefore();
    await world.desk.takeOver();
    expect(await schemaOf(id), 'too early').to.equal(1);
    world.clock.turn(DAY);
    await world.desk.takeOver();
    expect(await schemaOf(id)).to.equal(3);
    await asBefore();
    world.clock.turn(2 * DAY);
    await world.desk.takeOver();
    expect(await schemaOf(id), 'all is read no more').to.equal(1);
  });

  it('go back to waiting where the consent runs and R5 bars it', async () => {
    await world.people.alter(WHO.dana, (known) => ({
      ...known,
      memberships: [{ organisation: `partner:${TENANTS.fabrikam}`, roles: [] }] as never,
    }));
    const id = named('an open consent');
    expect((await world.claim(id)).clocks.consent?.state).to.equal('running');
    await world.desk.takeOver();
    expect((await world.claim(id)).clocks.consent?.state).to.equal('awaitingDelivery');
    expect((await world.record(id)).body.entries.at(-1)?.event).to.include({ type: 'ClockSuspended' });
  });

  it('are left to the old process while it delivers them: its message would go out twice', async () => {
    const id = named('a claim whose delivery was begun and never ended');
    await world.desk.takeOver();
    expect(await schemaOf(id)).to.equal(1);
  });

  it('that cannot be read stop none of the others, and one of a newer version is left alone', async () => {
    const [damaged, newer] = [named('an open consent'), named('a request for information')];
    for (const [id, change] of [
      [damaged, { entries: [{ nothing: true }] }],
      [newer, { schema: 99 }],
    ] as const) {
      const document = from(written).documents.find((one) => one.kind === CLAIM && one.id === id);
      if (!document) throw new Error(`no document ${id}`);
      const body = { ...document.body, ...change };
      await world.documents.inner.replace({ ...document, body }, (await stored(id))?.etag ?? '');
    }
    const untouched = [await stored(damaged), await stored(newer)];
    await world.desk.takeOver();
    expect([await stored(damaged), await stored(newer)]).to.deep.equal(untouched);
    expect(await schemaOf(named('a review with comments and readers who follow or mute it'))).to.equal(3);
    const errors = world.logged.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => fields)).to.have.length(1);
    expect(errors[0]?.fields).to.include({ claim: damaged });
  });
});

function from(written: Written | undefined): Written {
  if (!written) throw new Error('no earlier version is kept');
  return written;
}
