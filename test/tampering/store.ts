/** The folder of a desk on one machine, as the desk itself made it: claims in every status, files, anchors, keys. */
import { join } from 'node:path';
import { openAnchorFile } from '../../src/files/local/anchorFile.ts';
import { openLocalFiles } from '../../src/files/local/localFiles.ts';
import { keysOf } from '../../src/desk/records/claimRecord.ts';
import { signedAnchors } from '../../src/desk/records/signedAnchors.ts';
import { markAllSealed } from '../../src/desk/records/sealMark.ts';
import type { ClaimBody } from '../../src/desk/records/claimRecord.ts';
import type { Key } from '../../src/desk/ports/documents.ts';
import type { Scanner } from '../../src/desk/ports/scanner.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { openSqlite } from '../../src/stores/sqlite/sqliteDocuments.ts';
import type { DeskWorld } from '../desk/world.ts';
import { HISTORY_KEY, openWorld, WHO } from '../desk/world.ts';
import { bytesOf } from '../desk/filesFake.ts';
import { SIGNER, SIGNING_SEED } from '../support/signer.ts';

/** A document as it was at some time. */
export interface Snapshot {
  readonly body: ClaimBody;
  readonly keys: readonly Key[];
}

/** A store that nothing was done to past the desk. */
export interface CleanStore {
  readonly folder: string;
  /**
   * A rejected claim in the middle of the store, to which something is to be done: with its anchors, its file, one that
   * was removed from the draft, and one that waits for its scan.
   */
  readonly victim: ClaimId;
  /** The victim before its last decision, as the desk wrote it then. */
  readonly older: Snapshot;
  /** Another claim of the same status. */
  readonly other: ClaimId;
}

/** Where things are in the folder of a store. */
export const databaseIn = (folder: string): string => join(folder, 'data', 'desk.sqlite');
export const filesIn = (folder: string): string => join(folder, 'data', 'files');
export const anchorsIn = (folder: string): string => join(folder, 'anchors.jsonl');

/** The settings of the desk of such a folder. */
export function settingsOf(folder: string): Readonly<Record<string, string>> {
  return {
    DATA_DIR: join(folder, 'data'),
    ANCHORS_FILE: anchorsIn(folder),
    HISTORY_KEYS: HISTORY_KEY,
    SIGNING_KEYS: `${SIGNING_SEED}@1970-01-01`,
  };
}

const JOURNEYS: readonly ((world: DeskWorld) => Promise<ClaimId>)[] = [
  (world) => world.rejected(),
  (world) => world.file(),
  (world) => world.submitted(),
  (world) => world.asked(),
  (world) => world.approved(),
  (world) => world.disputed(),
  (world) => world.underReview(),
  async (world) => {
    const id = await world.approved();
    await world.must('dana', id, { type: 'DenyConsent', reason: '' });
    return id;
  },
];

/** Has no result yet, whatever is asked. */
const SLOW_SCANNER: Scanner = {
  name: 'defender',
  isPrompt: false,
  recheckMs: 0,
  look: () => Promise.resolve({ kind: 'unknown', problem: 'pending' }),
  ready: () => Promise.resolve(true),
};

/** Lets a desk work in an empty folder, which has `data/`, until it has this many claims. */
export async function makeStore(folder: string, claims: number): Promise<CleanStore> {
  const documents = openSqlite(databaseIn(folder));
  try {
    const world = await openWorld({
      documents,
      files: await openLocalFiles(filesIn(folder)),
      anchors: signedAnchors(openAnchorFile(anchorsIn(folder)), { signer: SIGNER, clock: { now: () => 0 } }),
    });
    const middle = Math.floor(claims / 2);
    const made: ClaimId[] = [];
    const make = async (journey = made.length): Promise<ClaimId> => {
      const id = await (JOURNEYS[journey % JOURNEYS.length] ?? JOURNEYS[0])?.(world);
      if (id === undefined) throw new Error('there is no journey');
      made.push(id);
      return id;
    };
    const other = await make(0);
    while (made.length < middle) await make();
    const victim = await world.file();
    made.push(victim);
    await world.prove(victim, 'a draft of the proof');
    const [draft] = (await world.claim(victim)).poe;
    if (draft) await world.must('anna', victim, { type: 'RemovePoe', id: draft.id });
    await world.prove(victim);
    await world.must('anna', victim, { type: 'SubmitClaim' });
    await world.must('arun', victim, { type: 'StartReview' });
    const { claim, body } = await world.record(victim);
    const older = { body, keys: keysOf(claim, body) };
    await world.must('rolf', victim, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
    const scanning = world.another({ scanner: SLOW_SCANNER });
    await scanning.poe.takeFile(WHO.anna, victim, 'newer.pdf', bytesOf('newer proof'));
    scanning.close();
    while (made.length < claims) await make();
    await markAllSealed(world.world, world.clock.now());
    return { folder, victim, older, other };
  } finally {
    documents.close();
  }
}
