/**
 * Verifies a whole store (R55): every history and its head, everyone's rights and their journals, the keys that these
 * are found by, the files of proof by their hashes, and the anchors of decisions. Reads alone, and goes on after each
 * finding.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { leadsToOldHead } from '../../domain/claims/history.ts';
import { STAFF_ROLES } from '../../domain/claims/permission.ts';
import type { ClaimId, Poe } from '../../domain/claims/values.ts';
import type { Journaled } from '../directory/journal.ts';
import { wholeJournal } from '../directory/journal.ts';
import type { JournaledKind } from '../directory/people.ts';
import { JOURNALED_KINDS, keysOfRights } from '../directory/people.ts';
import type { Authenticated, BrokenRights } from '../directory/rightsCheck.ts';
import { brokenJournal, brokenRights } from '../directory/rightsCheck.ts';
import type { AnchorProof, Anchors, ReadAnchor } from '../ports/anchors.ts';
import type { Find, Key } from '../ports/documents.ts';
import type { FileBytes } from '../ports/files.ts';
import type { World } from '../ports/world.ts';
import type { FileIntent } from '../proof/fileIntents.ts';
import { INTENT } from '../proof/fileIntents.ts';
import { partsOf, POE, poeKey } from '../proof/poeFiles.ts';
import { hasEnded } from '../proof/retention.ts';
import type { MissingHead } from '../records/anchoring.ts';
import { headName, missingHead } from '../records/anchoring.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM, foldEntries, keysOf, SCAN_KEY } from '../records/claimRecord.ts';
import type { HistoryProblem } from '../records/historyCheck.ts';
import { brokenHistory } from '../records/historyCheck.ts';
import { scanAll } from '../records/scanAll.ts';
import { isKnownSchema, isOfNewerVersion, schemaOf } from '../records/schemaVersion.ts';
import { lookForSealMark } from '../records/sealMark.ts';
import { isRecordedAsLost } from './restore.ts';

/** What is wrong in a store. `version` is that of the first entry of the claim that is not sound. */
export type StoreFinding =
  | {
      readonly kind: 'history';
      readonly claim: ClaimId;
      readonly problem: HistoryProblem | 'sealedOther';
      readonly version: number;
      readonly keyId?: string;
    }
  /** A person, an organisation or a channel; `entry` counts those of its journal from 1, the oldest. */
  | ({ readonly kind: 'rights'; readonly of: JournaledKind; readonly id: string } & BrokenRights)
  | {
      readonly kind: 'rightsKey';
      readonly of: JournaledKind;
      readonly id: string;
      readonly name: string;
      readonly is: 'missing' | 'foreign';
    }
  /** The mark that every document has a head is in one of its two places alone. */
  | { readonly kind: 'sealMark'; readonly missing: 'inDatabase' | 'amongFiles' }
  /** A newer version of the desk wrote it; this one cannot say. */
  | { readonly kind: 'newerVersion'; readonly claim: ClaimId }
  /** The claim is not found by a key that its body says, or is found by one that it does not say. */
  | { readonly kind: 'indexKey'; readonly claim: ClaimId; readonly name: string; readonly is: 'missing' | 'foreign' }
  | { readonly kind: 'file'; readonly claim: ClaimId; readonly key: string; readonly is: 'missing' | 'changed' }
  /** A file that no claim and no upload under way knows. */
  | { readonly kind: 'file'; readonly key: string; readonly is: 'foreign' }
  | ({ readonly kind: 'anchor'; readonly claim: ClaimId } & MissingHead)
  /** The claim's document says that this head was anchored, and the anchors do not have it. */
  | { readonly kind: 'anchor'; readonly claim: ClaimId; readonly lacks: 'anchor'; readonly version: number }
  /** An anchor that the desk did not sign as it is; `where` it is among the anchors. */
  | ({ readonly kind: 'anchorProof'; readonly claim: ClaimId } & Pick<ReadAnchor, 'where' | 'anchor'> & {
        readonly proof: Exclude<AnchorProof, 'signed' | 'beforeKeys'>;
      })
  /** Something among the anchors that cannot be read as one. */
  | { readonly kind: 'anchorDamaged'; readonly where: string };

/** What was looked at, and what is wrong. */
export interface StoreReport {
  readonly claims: number;
  /** People, organisations and channels. */
  readonly rights: number;
  readonly files: number;
  readonly anchors: number;
  /** Those of the anchors that are of before the desk had a key to sign with. */
  readonly unsignedAnchors: number;
  readonly findings: readonly StoreFinding[];
}

/** What verifying a store needs of the outside. `anchors`: absent where none are configured. */
export type VerifyPorts = Pick<World, 'documents' | 'files' | 'digest' | 'historyKeys'> & {
  readonly anchors?: Pick<Anchors, 'all'>;
  /** SHA-256 of bytes as they come, hexadecimal. */
  readonly hashBytes: (bytes: FileBytes) => Promise<string>;
};

const PAGE = 100;
/** After every id of a claim. */
const LAST_ID = '~';

/**
 * Verifies everything. It takes as long as reading every claim and every file takes; what is written meanwhile may be
 * reported by mistake. What a restored claim records as lost is no finding any more.
 */
export async function verifyStore(ports: VerifyPorts): Promise<StoreReport> {
  const findings: StoreFinding[] = [];
  const heads = new Map<ClaimId, readonly string[]>();
  const told = new Map<string, { readonly claim: ClaimId; readonly version: number }>();
  const restored = new Map<ClaimId, Claim>();
  const places: Places = new Map();
  const known = new Set<string>();
  const sound = new Set<string>();
  const unsound = new Set<ClaimId>();
  const mark = await lookForSealMark(ports);
  if (mark.inDatabase !== mark.amongFiles)
    findings.push({ kind: 'sealMark', missing: mark.inDatabase ? 'amongFiles' : 'inDatabase' });
  let files = 0;
  for await (const stored of scanAll<ClaimBody>(ports.documents, CLAIM)) {
    const id = stored.id as ClaimId;
    const entries: ClaimBody['entries'] = Array.isArray(stored.body.entries) ? stored.body.entries : [];
    heads.set(
      id,
      entries.map((entry) => String(entry?.hash)),
    );
    const broken = historyFinding(ports, id, stored.body);
    if (broken) findings.push(broken);
    for (const { id: poe } of namedFiles(entries)) known.add(poeKey(id, poe));
    if (broken) {
      unsound.add(id);
      continue;
    }
    // An earlier version found claims by other keys; the next write gives them today's.
    const isOfThisVersion = stored.body.schema === schemaOf(CLAIM);
    if (isOfThisVersion) sound.add(id);
    for (const { version, hash } of anchoredHeads(stored.body))
      told.set(headName({ claim: id, version, hash }), { claim: id, version });
    const claim = foldEntries(entries);
    if (claim.lost.length > 0) restored.set(id, claim);
    if (isOfThisVersion) enter(places, id, keysOf(claim, stored.body));
    // Those that were removed from the draft too: they are kept until retention ends them (R13).
    for (const poe of namedFiles(entries)) {
      files += 1;
      const finding = await fileFinding(ports, id, poe);
      if (finding) findings.push(finding);
    }
  }
  for (const { id, name, is } of await comparePlaces(ports, CLAIM, places, sound))
    findings.push({ kind: 'indexKey', claim: id as ClaimId, name, is });
  let rights = 0;
  for (const kind of JOURNALED_KINDS) rights += await verifyRights(ports, kind, findings);
  findings.push(...(await foreignFiles(ports, { known, unsound })));
  const { anchors, unsignedAnchors } = await verifyAnchors(ports, { heads, told, restored }, findings);
  return { claims: heads.size, rights, files, anchors, unsignedAnchors, findings };
}

/** What the claims of the store say of their heads. */
interface Heads {
  readonly heads: ReadonlyMap<ClaimId, readonly string[]>;
  /** Those that are told to be anchored. */
  readonly told: Map<string, { readonly claim: ClaimId; readonly version: number }>;
  /** The claims that record what they lost. */
  readonly restored: ReadonlyMap<ClaimId, Claim>;
}

/** Compares the anchors with the heads of the store, and with those that are told to be anchored. */
async function verifyAnchors(
  ports: VerifyPorts,
  { heads, told, restored }: Heads,
  findings: StoreFinding[],
): Promise<Pick<StoreReport, 'anchors' | 'unsignedAnchors'>> {
  if (!ports.anchors) return { anchors: 0, unsignedAnchors: 0 };
  let [anchors, unsignedAnchors] = [0, 0];
  for await (const found of ports.anchors.all()) {
    anchors += 1;
    if (found.kind === 'damaged') {
      findings.push({ kind: 'anchorDamaged', where: found.where });
      continue;
    }
    const { anchor, proof, where } = found;
    const { claim } = anchor;
    told.delete(headName(anchor));
    if (proof === 'beforeKeys') unsignedAnchors += 1;
    else if (proof !== 'signed') findings.push({ kind: 'anchorProof', claim, where, anchor, proof });
    const hashes = heads.get(claim);
    const missing = missingHead(anchor, hashes && { entries: hashes.map((one) => ({ hash: one })) });
    const ofRestored = restored.get(claim);
    if (missing && !(ofRestored && isRecordedAsLost(ofRestored, found)))
      findings.push({ kind: 'anchor', claim, ...missing });
  }
  for (const { claim, version } of told.values()) findings.push({ kind: 'anchor', claim, lacks: 'anchor', version });
  return { anchors, unsignedAnchors };
}

/** The heads of which the claim's document says that they were brought to the anchors. */
function anchoredHeads({ entries, told }: ClaimBody): readonly Pick<Entry, 'version' | 'hash'>[] {
  return told.flatMap(({ id, outcome }) => {
    const [version, audience] = id.split(':');
    const entry = audience === 'anchor' && outcome === 'delivered' ? entries[Number(version) - 1] : undefined;
    return entry ? [entry] : [];
  });
}

function historyFinding(ports: VerifyPorts, id: ClaimId, body: ClaimBody): StoreFinding | undefined {
  if (!isKnownSchema(CLAIM, body)) return { kind: 'newerVersion', claim: id };
  try {
    const broken = brokenHistory(ports, id, body);
    if (broken) return { kind: 'history', claim: id, ...broken };
    if (!leadsToOldHead(body.entries, (text) => ports.digest.sha256(text)))
      return { kind: 'history', claim: id, problem: 'sealedOther', version: 1 };
    foldEntries(body.entries);
    return undefined;
  } catch (error) {
    if (isOfNewerVersion(error)) return { kind: 'newerVersion', claim: id };
    return { kind: 'history', claim: id, problem: 'entry', version: 1 };
  }
}

/** A place that documents are found at: a key of some name and value. For each sort the ids that belong there. */
interface Place {
  readonly name: string;
  readonly value: string;
  readonly ids: Map<number, Set<string>>;
}

type Places = Map<string, Place>;

function placeOf(places: Places, { name, value }: Pick<Key, 'name' | 'value'>): Place {
  const id = `${name}\n${value}`;
  const place = places.get(id) ?? { name, value, ids: new Map<number, Set<string>>() };
  places.set(id, place);
  return place;
}

function enter(places: Places, id: string, keys: readonly Key[]): void {
  for (const key of keys) {
    const { ids } = placeOf(places, key);
    const { sort = 0 } = key;
    ids.set(sort, (ids.get(sort) ?? new Set()).add(id));
  }
}

/** Places where a document could be put although none is to be found there. */
const WATCHED: Readonly<Record<string, readonly Pick<Key, 'name' | 'value'>[]>> = {
  [CLAIM]: ['wake', 'queue', 'assessment', SCAN_KEY].map((name) => ({ name, value: '' })),
  person: STAFF_ROLES.map((value) => ({ name: 'staff', value })),
};

interface MisplacedKey {
  readonly id: string;
  readonly name: string;
  readonly is: 'missing' | 'foreign';
}

/**
 * Compares each place with the documents that say they are there: which of these a find does not lead to, at their
 * sort, and which others it leads to. Every place is read once as a whole and once for each sort, never once for each
 * document: a thousand may have the same sort. What is not sound says nothing.
 */
async function comparePlaces(
  { documents }: VerifyPorts,
  kind: string,
  places: Places,
  sound: ReadonlySet<string>,
): Promise<readonly MisplacedKey[]> {
  const misplaced: MisplacedKey[] = [];
  for (const key of WATCHED[kind] ?? []) placeOf(places, key);
  for (const { name, value, ids } of places.values()) {
    const known = new Set<string>();
    for (const [sort, expected] of ids) {
      const found = await findAll(documents, { kind, name, value, upTo: sort, after: { sort: sort - 1, id: LAST_ID } });
      for (const id of expected) {
        known.add(id);
        if (!found.has(id)) misplaced.push({ id, name, is: 'missing' });
      }
    }
    for (const id of await findAll(documents, { kind, name, value }))
      if (sound.has(id) && !known.has(id)) misplaced.push({ id, name, is: 'foreign' });
  }
  return misplaced;
}

async function findAll(documents: VerifyPorts['documents'], find: Omit<Find, 'limit'>): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after = find.after, more = true; more; more = after !== undefined) {
    const page = await documents.find({ ...find, limit: PAGE, ...(after && { after }) });
    for (const { id } of page.documents) found.add(id);
    after = page.next;
  }
  return found;
}

/** Everyone of a kind, with their journals; adds what is wrong to `findings` and answers how many there are. */
async function verifyRights(ports: VerifyPorts, kind: JournaledKind, findings: StoreFinding[]): Promise<number> {
  const places: Places = new Map();
  const sound = new Set<string>();
  let count = 0;
  for await (const { id, body } of scanAll<Journaled & Authenticated>(ports.documents, kind)) {
    count += 1;
    const broken = isKnownSchema(kind, body)
      ? (brokenRights(ports, kind, id, body) ??
        brokenJournal(ports, await wholeJournal(ports.documents, kind, id, body)))
      : undefined;
    if (broken) findings.push({ kind: 'rights', of: kind, id, ...broken });
    if (broken || !isKnownSchema(kind, body)) continue;
    sound.add(id);
    enter(places, id, keysOfRights(kind, body));
  }
  for (const misplaced of await comparePlaces(ports, kind, places, sound))
    findings.push({ kind: 'rightsKey', of: kind, ...misplaced });
  return count;
}

/** Every file that was ever added to a claim. */
function namedFiles(entries: ClaimBody['entries']): readonly Poe[] {
  return entries.flatMap((entry) => (entry?.event?.type === 'PoeAdded' ? [entry.event.poe] : []));
}

async function fileFinding(ports: VerifyPorts, claim: ClaimId, poe: Poe): Promise<StoreFinding | undefined> {
  const key = poeKey(claim, poe.id);
  const file = await ports.files.open(key);
  if (!file) return (await hasEnded(ports, poe.id)) ? undefined : { kind: 'file', claim, key, is: 'missing' };
  return (await ports.hashBytes(file.bytes)) === poe.sha256 ? undefined : { kind: 'file', claim, key, is: 'changed' };
}

async function foreignFiles(
  { documents, files }: VerifyPorts,
  { known, unsound }: { readonly known: ReadonlySet<string>; readonly unsound: ReadonlySet<ClaimId> },
): Promise<readonly StoreFinding[]> {
  const findings: StoreFinding[] = [];
  for await (const { key } of files.list(POE)) {
    if (known.has(key)) continue;
    const parts = partsOf(key);
    // A claim that is not sound is reported itself: it may have named the file.
    if (parts && unsound.has(parts.claim)) continue;
    if (!parts || !(await isExplained(documents, parts))) findings.push({ kind: 'file', key, is: 'foreign' });
  }
  return findings;
}

/** Whether a file is on its way to its claim, or was added to it since the claims were read. */
async function isExplained(
  documents: VerifyPorts['documents'],
  { claim, poe }: NonNullable<ReturnType<typeof partsOf>>,
): Promise<boolean> {
  const intent = await documents.read<FileIntent>(INTENT, poe);
  if (!intent) return false;
  if (intent.body.state !== 'closed') return true;
  const stored = await documents.read<ClaimBody>(CLAIM, claim);
  return stored !== undefined && namedFiles(stored.body.entries).some(({ id }) => id === poe);
}
