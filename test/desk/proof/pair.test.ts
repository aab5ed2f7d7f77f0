import { expect } from 'chai';
import type { Pair, PairFault, PairPorts } from '../../../src/desk/proof/pair.ts';
import { createPair } from '../../../src/desk/proof/pair.ts';
import type { Documents, NewDocument } from '../../../src/desk/ports/documents.ts';
import type { Files } from '../../../src/desk/ports/files.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { memoryDocuments } from '../../support/memoryDocuments.ts';
import { HOUR, MONDAY, sha256 } from '../../domain/claims/scenario.ts';
import { bytesOf, FilesFake } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { HISTORY_KEYS, openWorld } from '../world.ts';

const clock = { now: () => MONDAY };
let ids = 0;
const random = {
  randomId: () => {
    ids += 1;
    return `pair-${ids}`;
  },
  randomBytes: (length: number) => new Uint8Array(length),
};
const newFiles = (): FilesFake => new FilesFake(clock.now);
const pairOf = (documents: Documents, files: Files): Pair =>
  createPair({
    clock,
    random,
    documents,
    files,
    digest: { sha256, sign: sha256 },
    historyKeys: HISTORY_KEYS,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    meters: { ...silentMeters, paired: (is) => void gauge.push(is) },
  });
/** What the metric said. */
const gauge: boolean[] = [];
const reasonOf = async (pair: Pair): Promise<PairFault | 'paired'> => {
  const verdict = await pair.settle();
  return verdict.isPaired ? 'paired' : verdict.reason;
};

/** A database whose only claim names the file of the key that comes with it. */
async function withFile(): Promise<{ readonly world: DeskWorld; readonly key: string }> {
  const world = await openWorld();
  const id = await world.file();
  await world.prove(id);
  return { world, key: world.files.keys('poe/')[0] ?? expect.fail('there is no file') };
}

describe('Database and files', () => {
  it('are marked where both are new, and belong together from then on', async () => {
    const [documents, files] = [memoryDocuments(), newFiles()];
    expect(await pairOf(documents, files).isPaired()).to.equal(false);
    expect(await reasonOf(pairOf(documents, files))).to.equal('paired');
    expect(await pairOf(documents, files).isPaired()).to.equal(true);
    const marker = files.kept.get('pair')?.bytes.toString();
    expect(await reasonOf(pairOf(documents, files)), 'again').to.equal('paired');
    expect(files.kept.get('pair')?.bytes.toString()).to.equal(marker);
  });

  it('of the version before are marked where the database knows at least one file', async () => {
    const { world, key } = await withFile();
    await world.files.put('poe/CPOR-000000/orphan', bytesOf('left'));
    expect([...world.files.keys('poe/')].at(0), 'also where it is not the first').to.equal(key);
    expect(await reasonOf(world.another().poe.pair)).to.equal('paired');
  });

  it('of the version before are not marked where the database knows none of the files', async () => {
    const { world } = await withFile();
    const other = await openWorld();
    await other.file();
    expect(await reasonOf(pairOf(other.documents, world.files))).to.equal('filesUnknown');
    expect(world.files.keys()).to.not.include('pair');
    expect(await other.documents.read('pair', 'pair')).to.equal(undefined);
  });

  const CASES: readonly (readonly [PairFault, string, (made: Made) => readonly [Documents, Files]])[] = [
    ['databaseUnmarked', 'the database is new or was moved away', ({ files }) => [memoryDocuments(), files]],
    ['filesUnmarked', 'the files were emptied or are elsewhere', ({ documents }) => [documents, newFiles()]],
    ['different', 'each belongs to another', ({ documents, others }) => [documents, others.files]],
  ];
  interface Made {
    readonly documents: Documents;
    readonly files: FilesFake;
    readonly others: { readonly documents: Documents; readonly files: FilesFake };
  }
  const made = async (): Promise<Made> => {
    const [documents, files] = [memoryDocuments(), newFiles()];
    const others = { documents: memoryDocuments(), files: newFiles() };
    await pairOf(documents, files).settle();
    await pairOf(others.documents, others.files).settle();
    return { documents, files, others };
  };
  for (const [reason, what, mix] of CASES) {
    it(`do not belong together where ${what}: nothing is written, and an operator can say that they do`, async () => {
      const all = await made();
      const [documents, files] = mix(all);
      const pair = pairOf(documents, files);
      for (let times = 0; times < 2; times += 1) expect(await reasonOf(pair)).to.equal(reason);
      expect(await pair.isPaired()).to.equal(false);
      expect(gauge.slice(-3)).to.deep.equal([false, false, false]);
      expect(await pair.adopt('otto')).to.deep.include({ at: MONDAY, by: 'otto' });
      expect(await reasonOf(pair)).to.equal('paired');
      expect(await pair.adopt('otto'), 'once').to.equal('paired');
      // The file store that was taken over belongs to its former database no more.
      if (reason === 'databaseUnmarked') expect(await reasonOf(pairOf(all.documents, files))).to.equal('different');
    });
  }

  it('keep what they carried before an adoption', async () => {
    const { documents, others } = await made();
    const before = (await documents.read<{ pair: string }>('pair', 'pair'))?.body.pair;
    const theirs = others.files.kept.get('pair')?.bytes.toString();
    await pairOf(documents, others.files).adopt('otto');
    expect((await documents.read<{ adoptions: unknown }>('pair', 'pair'))?.body.adoptions).to.deep.equal([
      { at: MONDAY, by: 'otto', database: before, files: theirs },
    ]);
  });

  it('are not judged by what is no mark', async () => {
    const [documents, files] = [memoryDocuments(), newFiles()];
    await files.put('pair', bytesOf(new Uint8Array(100_000).fill(255)));
    expect(await reasonOf(pairOf(documents, files))).to.equal('databaseUnmarked');
    await documents.create({ kind: 'pair', id: 'pair', keys: [], body: { schema: 99 } });
    const fault: unknown = await pairOf(documents, files)
      .settle()
      .catch((error: unknown) => error);
    expect(fault).to.have.property('code', 'document.unknownSchema');
  });

  describe('marked by several processes at once, which die at any write', () => {
    /** Ports whose n-th write never returns; it took effect where `when` is `after`. */
    function dying(ports: Pick<PairPorts, 'documents' | 'files'>, nth: number, when: 'before' | 'after') {
      let writes = 0;
      let die = (): void => undefined;
      const died = new Promise<'died'>((resolve) => {
        die = () => resolve('died');
      });
      const counted = async <Result>(write: () => Promise<Result>): Promise<Result> => {
        writes += 1;
        if (writes < nth) return write();
        if (writes === nth && when === 'after') await write();
        die();
        return new Promise<never>(() => undefined);
      };
      const { documents, files } = ports;
      return {
        died,
        documents: {
          ...documents,
          create: <Body>(document: NewDocument<Body>) => counted(() => documents.create(document)),
          replace: <Body>(document: NewDocument<Body>, etag: string) =>
            counted(() => documents.replace(document, etag)),
        },
        files: {
          open: (key) => files.open(key),
          list: (prefix) => files.list(prefix),
          put: (key, bytes) => counted(() => files.put(key, bytes)),
          remove: (key) => counted(() => files.remove(key)),
        } satisfies Files,
      };
    }

    for (const when of ['before', 'after'] as const) {
      it(`belong together in the end: ${when} a write`, async () => {
        for (let nth = 1; nth <= 3; nth += 1) {
          const [documents, files] = [memoryDocuments(), newFiles()];
          const { died, ...ports } = dying({ documents, files }, nth, when);
          expect(await Promise.race([pairOf(ports.documents, ports.files).settle(), died]), String(nth)).to.equal(
            'died',
          );
          expect(await reasonOf(pairOf(documents, files)), String(nth)).to.equal('paired');
        }
      });

      it(`are adopted in the end, or the adoption can be repeated: ${when} a write`, async () => {
        for (let nth = 1; nth <= 4; nth += 1) {
          const { documents, others } = await made();
          const { files } = others;
          await files.put('poe/CPOR-000000/proof', bytesOf('proof'));
          const { died, ...ports } = dying({ documents, files }, nth, when);
          expect(await Promise.race([pairOf(ports.documents, ports.files).adopt('otto'), died])).to.equal('died');
          await pairOf(documents, files).adopt('otto');
          expect(await reasonOf(pairOf(documents, files)), String(nth)).to.equal('paired');
          expect(await reasonOf(pairOf(others.documents, files)), String(nth)).to.equal('different');
          expect(files.keys('poe/')).to.have.length(1);
        }
      });
    }

    it('have one mark where ten begin at once', async () => {
      const [documents, files] = [memoryDocuments(), newFiles()];
      const all = await Promise.all(Array.from({ length: 10 }, () => reasonOf(pairOf(documents, files))));
      expect(new Set(all)).to.deep.equal(new Set(['paired']));
    });

    it('belong to one of two databases that take the same new folder at once', async () => {
      const files = newFiles();
      const both = await Promise.all([memoryDocuments(), memoryDocuments()].map((one) => reasonOf(pairOf(one, files))));
      expect(both.toSorted()).to.deep.equal(['different', 'paired']);
    });
  });

  it('that do not belong together are not cleaned, and the log says so', async () => {
    const { world } = await withFile();
    await world.desk.poe.clean();
    await world.files.put('poe/CPOR-000000/stray', bytesOf('left'));
    world.clock.turn(2 * HOUR);
    const foreign = world.another({ documents: memoryDocuments() });
    expect(await foreign.poe.clean()).to.deep.equal({ removed: 0, quarantined: 0 });
    expect(world.logged.at(-1)).to.deep.equal({
      level: 'error',
      sentence: 'Cleaned nothing: database and files do not belong together',
      fields: { reason: 'databaseUnmarked' },
    });
  });
});
