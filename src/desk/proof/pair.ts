/**
 * Which database and which files belong together: both carry the same random id. Where they do not, a file without a
 * claim says nothing, because its claim may be in another database. The desk then works, but removes nothing and is not
 * ready, until the settings are mended or an operator says that the two are meant to be together.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { DeskError } from '../../domain/deskError.ts';
import type { FileBytes } from '../ports/files.ts';
import type { NewDocument, StoredDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import type { ClaimPorts } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import type { FileIntent } from './fileIntents.ts';
import { INTENT } from './fileIntents.ts';
import { everAdded, partsOf, POE } from './poeFiles.ts';

/** What pairing needs of the outside. */
export type PairPorts = ClaimPorts & Pick<World, 'clock' | 'files' | 'random'>;

/** The kind and the id of the document, and the key of the file. */
const PAIR = 'pair';
const MAX_ID_BYTES = 200;
/** So many files are looked up, of a folder that was never marked, before it counts as foreign. */
const MAX_PROBES = 1_000;
const MAX_TRIES = 5;

/**
 * Why database and files do not belong together. `different`: each belongs to another. `databaseUnmarked`: the files
 * belong to a database, which is not this one: it is new, or was restored from the time before it was marked.
 * `filesUnmarked`: the database belongs to files, which are not these: they are new, or were emptied. `filesUnknown`:
 * neither was ever marked, and the database knows none of the files.
 */
export type PairFault = 'different' | 'databaseUnmarked' | 'filesUnmarked' | 'filesUnknown';
export type PairVerdict = { readonly isPaired: true } | { readonly isPaired: false; readonly reason: PairFault };

/** An operator said that database and files belong together, and what they carried before. */
export interface Adoption {
  readonly at: Instant;
  readonly by: string;
  /** The ids that were replaced; absent where there was none. */
  readonly database?: string;
  readonly files?: string;
}

/** The body of the document. */
interface PairBody {
  readonly schema: number;
  readonly pair: string;
  /** `marking`: the files may not carry the id yet, because the process died between the two writes. */
  readonly state: 'marking' | 'paired';
  readonly since: Instant;
  readonly adoptions: readonly Adoption[];
}

type StoredPair = StoredDocument<PairBody>;

/** Each try to mark database and files failed: others did so at the same time, or the place of the mark is taken. */
export class PairError extends DeskError<'pair.contention'> {
  constructor() {
    super(
      'pair.contention',
      `database and files could not be marked in ${MAX_TRIES} tries: others mark them at the same time, or among the ` +
        'files something that is no file has the name pair; take it away, and try again',
    );
  }
}

export interface Pair {
  /** Whether database and files belong together now. Reads both, writes nothing. */
  isPaired(): Promise<boolean>;
  /**
   * The same with the reason, and marks both where neither carries an id: where there are no files yet, or the database
   * knows at least one of them. Any number of processes may do so at once, and die at any step.
   */
  settle(): Promise<PairVerdict>;
  /**
   * Makes database and files belong together on an operator's word. Both get a new id, so that another database which
   * belonged to these files does no longer. Removes no file of proof; does nothing where they belong together already.
   */
  adopt(by: string): Promise<Adoption | 'paired'>;
}

export function createPair(ports: PairPorts): Pair {
  const { clock, documents, files, meters, random } = ports;
  async function readBoth(): Promise<{ readonly stored: StoredPair | undefined; readonly marker: string | undefined }> {
    const stored = await documents.read<PairBody>(PAIR, PAIR);
    if (stored) requireKnownSchema(PAIR, PAIR, stored.body);
    return { stored, marker: await readMarker(files) };
  }

  async function settle(): Promise<PairVerdict> {
    const verdict = await settled();
    meters.paired(verdict.isPaired);
    return verdict;
  }

  async function settled(): Promise<PairVerdict> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { stored, marker } = await readBoth();
      const verdict = verdictOf(stored, marker);
      if (verdict) {
        if (verdict.isPaired && stored?.body.state === 'marking') await finish(stored);
        return verdict;
      }
      if (!(await mayMark(ports))) return parted('filesUnknown');
      const written = stored ?? (await begin());
      if (written) await files.put(PAIR, bytesOf(written.body.pair));
    }
    throw new PairError();
  }

  /** The database first: files that carry an id which no database has would belong to none for ever. */
  async function begin(): Promise<Pick<StoredPair, 'body'> | undefined> {
    const body = bodyOf(random.randomId(), clock.now(), []);
    return (await documents.create(documentOf(body))) === 'exists' ? undefined : { body };
  }

  async function finish({ body, etag }: StoredPair): Promise<void> {
    await documents.replace(documentOf({ ...body, state: 'paired' }), etag);
  }

  async function adopt(by: string): Promise<Adoption | 'paired'> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { stored, marker } = await readBoth();
      if (verdictOf(stored, marker)?.isPaired) return 'paired';
      const adoption: Adoption = {
        at: clock.now(),
        by,
        ...(stored && { database: stored.body.pair }),
        ...(marker !== undefined && { files: marker }),
      };
      const body = bodyOf(random.randomId(), clock.now(), [...(stored?.body.adoptions ?? []), adoption]);
      const written = stored
        ? await documents.replace(documentOf(body), stored.etag)
        : await documents.create(documentOf(body));
      if (typeof written === 'string') continue;
      await files.remove(PAIR);
      await files.put(PAIR, bytesOf(body.pair));
      const now = await readBoth();
      if (now.stored?.body.pair !== body.pair || now.marker !== body.pair) continue;
      await finish(now.stored);
      return adoption;
    }
    throw new PairError();
  }

  return {
    async isPaired() {
      const { stored, marker } = await readBoth();
      const isPaired = verdictOf(stored, marker)?.isPaired ?? false;
      meters.paired(isPaired);
      return isPaired;
    },
    settle,
    adopt,
  };
}

/** What the two ids say; undefined where the files carry none, and the database none that they must carry. */
function verdictOf(stored: StoredPair | undefined, marker: string | undefined): PairVerdict | undefined {
  if (marker === undefined) return stored?.body.state === 'paired' ? parted('filesUnmarked') : undefined;
  if (!stored) return parted('databaseUnmarked');
  return stored.body.pair === marker ? { isPaired: true } : parted('different');
}

function parted(reason: PairFault): PairVerdict {
  return { isPaired: false, reason };
}

/** Whether files that carry no id may be marked: there are none, or a claim or an intent of the database names one. */
async function mayMark(ports: PairPorts): Promise<boolean> {
  const { documents, files } = ports;
  let probed = 0;
  for await (const { key } of files.list(POE)) {
    if (probed >= MAX_PROBES) return false;
    probed += 1;
    const parts = partsOf(key);
    if (!parts) continue;
    const record = await readClaim(ports, parts.claim).catch(() => undefined);
    if (record && everAdded(record.body, parts.poe)) return true;
    if ((await documents.read<FileIntent>(INTENT, parts.poe))?.body.key === key) return true;
  }
  return probed === 0;
}

/** The id that the files carry. Anything else at its place is an id that no database has. */
async function readMarker(files: World['files']): Promise<string | undefined> {
  const file = await files.open(PAIR);
  if (!file) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of file.part(0, Math.min(file.size, MAX_ID_BYTES))) pieces.push(piece);
  return new TextDecoder().decode(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
}

async function* bytesOf(text: string): FileBytes {
  yield new TextEncoder().encode(text);
}

function bodyOf(pair: string, since: Instant, adoptions: readonly Adoption[]): PairBody {
  return { schema: schemaOf(PAIR), pair, state: 'marking', since, adoptions };
}

function documentOf(body: PairBody): NewDocument<PairBody> {
  return { kind: PAIR, id: PAIR, body, keys: [] };
}
