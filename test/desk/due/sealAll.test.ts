import { expect } from 'chai';
import type { ClaimId, PersonId } from '../../../src/domain/claims/values.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM, readClaim } from '../../../src/desk/records/claimRecord.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import { scanAll } from '../../../src/desk/records/scanAll.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { codeOf } from '../../support/codeOf.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import type { OldWorld, Written } from '../records/olderVersion.ts';
import { HISTORY_KEY } from '../world.ts';
import { earlierVersions, openOldWorld } from '../records/olderVersion.ts';

describe('What earlier versions left without an authenticated head (R55)', () => {
  const [written] = earlierVersions();
  let world: OldWorld;
  beforeEach(async () => {
    world = await openOldWorld(from(written), 'memory');
    await world.desk.prepare();
    await world.desk.takeOver();
  });
  afterEach(() => world.close());

  const schemas = async (kind: string) => {
    const found = new Set<number>();
    for await (const { body } of scanAll<{ schema?: number }>(world.documents.inner, kind)) found.add(body.schema ?? 1);
    return [...found];
  };
  const mark = async () => [
    (await world.documents.inner.read('sealed', 'sealed')) !== undefined,
    (await world.world.files.open('sealed')) !== undefined,
  ];
  /** A claim as the version before wrote it, put back past the desk. */
  const putBack = async (): Promise<ClaimId> => {
    const document = from(written).documents.find((one) => one.kind === CLAIM && one.keys.length > 0);
    if (!document) throw new Error('there is a claim');
    const stored = await world.documents.inner.read<ClaimBody>(CLAIM, document.id);
    await world.documents.inner.replace(document, stored?.etag ?? '');
    return document.id as ClaimId;
  };

  it('is believed for a day, in which the version before may still write', async () => {
    await world.desk.checkUp();
    expect(await mark()).to.deep.equal([false, false]);
    expect(await schemas(CLAIM)).to.include(1);
    const id = await putBack();
    expect(await codeOf(() => world.record(id))).to.equal(undefined);
  });

  it('is sealed then, all of it, by a desk that runs on as by one that starts; and believed no more', async () => {
    world.clock.turn(DAY);
    await world.desk.checkUp();
    expect(await schemas(CLAIM)).to.deep.equal([3]);
    for (const kind of ['person', 'organisation', 'channel']) expect(await schemas(kind), kind).to.deep.equal([3]);
    expect(await mark()).to.deep.equal([true, true]);
    const id = await putBack();
    expect(await codeOf(() => world.record(id))).to.equal('claim.historyBroken');
    expect(world.logged.at(-1)?.fields).to.include({ claim: id, problem: 'unsealed' });
  });

  it('is not believed by one who takes the mark out of the database, and another start says so', async () => {
    world.clock.turn(DAY);
    await world.desk.checkUp();
    const id = await putBack();
    const stored = world.documents.inner;
    const without: Documents = {
      ...stored,
      read: async (kind, one) => (kind === 'sealed' ? undefined : stored.read(kind, one)),
      create: async (document) => (document.kind === 'sealed' ? 'exists' : stored.create(document)),
    };
    const historyKeys = createHistoryKeys([HISTORY_KEY]);
    const desk = world.another({ documents: without, historyKeys });
    world.logged.length = 0;
    await desk.prepare();
    expect(world.logged.map(({ sentence }) => sentence)).to.include(
      'Mark that all documents are sealed is missing in one of two places',
    );
    await desk.checkUp();
    expect(await codeOf(() => readClaim({ ...world.world, documents: without, historyKeys }, id))).to.equal(
      'claim.historyBroken',
    );
    expect(await schemas(CLAIM)).to.have.members([1, 3]);
  });

  it('is on hold in a database that was restored from before that, until the mark among the files is removed', async () => {
    world.clock.turn(DAY);
    await world.desk.checkUp();
    const restored = await openOldWorld(from(written), 'memory');
    const onIt = () => ({ documents: restored.documents.inner, historyKeys: createHistoryKeys([HISTORY_KEY]) });
    const id = from(written).documents.find(({ kind }) => kind === CLAIM)?.id as ClaimId;
    const person = from(written).documents.find(({ kind }) => kind === 'person')?.id as PersonId;
    const held = onIt();
    const desk = world.another(held);
    world.logged.length = 0;
    await desk.prepare();
    await desk.takeOver();
    expect(world.logged.map(({ sentence }) => sentence)).to.include(
      'Mark that all documents are sealed is missing in one of two places',
    );
    expect(await codeOf(() => readClaim({ ...world.world, ...held }, id))).to.equal('claim.historyBroken');
    expect(await codeOf(() => desk.member(person))).to.equal('rights.broken');
    await desk.checkUp();
    expect((await restored.documents.inner.read('sealed', 'sealed'))?.body, 'nothing is marked').to.equal(undefined);

    await world.world.files.remove('sealed');
    const freed = onIt();
    const again = world.another(freed);
    await again.prepare();
    await again.takeOver();
    expect(await codeOf(() => readClaim({ ...world.world, ...freed }, id))).to.equal(undefined);
    expect(await codeOf(() => again.member(person))).to.equal(undefined);
    world.clock.turn(DAY);
    await again.checkUp();
    expect((await restored.documents.inner.read('sealed', 'sealed'))?.body).to.not.equal(undefined);
    expect(await world.world.files.open('sealed')).to.not.equal(undefined);
    restored.close();
  });
});

function from(written: Written | undefined): Written {
  if (!written) throw new Error('no earlier version is kept');
  return written;
}
