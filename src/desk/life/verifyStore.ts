/**
 * Verifies a whole store (R55): every history and its head, the keys that claims are found by, the files of proof by
 * their hashes, and the anchors of decisions. Reads alone, and goes on after each finding.
 */
import { leadsToOldHead } from '../../domain/claims/history.ts';
import type { ClaimId, Poe, PoeId } from '../../domain/claims/values.ts';
import type { Anchors } from '../ports/anchors.ts';
import type { Key } from '../ports/documents.ts';
import type { FileBytes } from '../ports/files.ts';
import type { World } from '../ports/world.ts';
import { INTENT } from '../proof/fileIntents.ts';
import { partsOf, POE, poeKey } from '../proof/poeFiles.ts';
import { hasEnded } from '../proof/retention.ts';
import type { MissingHead } from '../records/anchoring.ts';
import { missingHead } from '../records/anchoring.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM, foldEntries, keysOf } from '../records/claimRecord.ts';
import type { HistoryProblem } from '../records/historyCheck.ts';
import { brokenHistory } from '../records/historyCheck.ts';
import { scanAll } from '../records/scanAll.ts';
import { isKnownSchema, isOfNewerVersion } from '../records/schemaVersion.ts';

/** What is wrong in a store. `version` is that of the first entry of the claim that is not sound. */
export type StoreFinding =
  | {
      readonly kind: 'history';
      readonly claim: ClaimId;
      readonly problem: HistoryProblem | 'sealedOther';
      readonly version: number;
      readonly keyId?: string;
    }
  /** A newer version of the desk wrote it; this one cannot say. */
  | { readonly kind: 'newerVersion'; readonly claim: ClaimId }
  /** The claim is not found by a key that its body says, or is found by one that it does not say. */
  | { readonly kind: 'indexKey'; readonly claim: ClaimId; readonly name: string; readonly is: 'missing' | 'foreign' }
  | { readonly kind: 'file'; readonly claim: ClaimId; readonly key: string; readonly is: 'missing' | 'changed' }
  /** A file that no claim and no upload under way knows. */
  | { readonly kind: 'file'; readonly key: string; readonly is: 'foreign' }
  | ({ readonly kind: 'anchor'; readonly claim: ClaimId } & MissingHead);

/** What was looked at, and what is wrong. */
export interface StoreReport {
  readonly claims: number;
  readonly files: number;
  readonly anchors: number;
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
 * reported by mistake.
 */
export async function verifyStore(ports: VerifyPorts): Promise<StoreReport> {
  const findings: StoreFinding[] = [];
  const heads = new Map<ClaimId, readonly string[]>();
  const index = new Map<string, Set<string>>();
  const known = new Set<string>();
  const sound = new Set<string>();
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
    for (const key of namedFiles(entries)) known.add(poeKey(id, key));
    if (broken) continue;
    sound.add(id);
    for (const key of keysOf(foldEntries(entries), stored.body)) {
      const place = `${key.name}\n${key.value}`;
      index.set(place, (index.get(place) ?? new Set()).add(id));
      if (!(await isFoundBy(ports, id, key)))
        findings.push({ kind: 'indexKey', claim: id, name: key.name, is: 'missing' });
    }
    for (const poe of foldEntries(entries).poe) {
      files += 1;
      const finding = await fileFinding(ports, id, poe);
      if (finding) findings.push(finding);
    }
  }
  findings.push(...(await foreignKeys(ports, index, sound)));
  findings.push(...(await foreignFiles(ports, known)));
  let anchors = 0;
  for await (const anchor of ports.anchors?.all() ?? []) {
    anchors += 1;
    const hashes = heads.get(anchor.claim);
    const missing = missingHead(anchor, hashes && { entries: hashes.map((hash) => ({ hash })) });
    if (missing) findings.push({ kind: 'anchor', claim: anchor.claim, ...missing });
  }
  return { claims: heads.size, files, anchors, findings };
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

/** Whether a find by this key, at its place in the order, leads to the claim. */
async function isFoundBy({ documents }: VerifyPorts, id: ClaimId, { name, value, sort = 0 }: Key): Promise<boolean> {
  let after = { sort: sort - 1, id: LAST_ID };
  for (;;) {
    const page = await documents.find({ kind: CLAIM, name, value, upTo: sort, after, limit: PAGE });
    if (page.documents.some((found) => found.id === id)) return true;
    if (!page.next) return false;
    after = page.next;
  }
}

/** Claims that are found by a key which their bodies do not say: in a list of another, or due for nothing. */
async function foreignKeys(
  { documents }: VerifyPorts,
  index: ReadonlyMap<string, ReadonlySet<string>>,
  sound: ReadonlySet<string>,
): Promise<readonly StoreFinding[]> {
  const findings: StoreFinding[] = [];
  const places = new Set([...index.keys(), ...['wake', 'queue', 'assessment'].map((name) => `${name}\n`)]);
  for (const place of places) {
    const [name = '', value = ''] = place.split('\n');
    let after: { sort: number; id: string } | undefined;
    do {
      const page = await documents.find({ kind: CLAIM, name, value, limit: PAGE, ...(after && { after }) });
      for (const { id } of page.documents)
        if (sound.has(id) && !index.get(place)?.has(id))
          findings.push({ kind: 'indexKey', claim: id as ClaimId, name, is: 'foreign' });
      after = page.next;
    } while (after);
  }
  return findings;
}

function namedFiles(entries: ClaimBody['entries']): readonly PoeId[] {
  return entries.flatMap((entry) => (entry?.event?.type === 'PoeAdded' ? [entry.event.poe.id] : []));
}

async function fileFinding(ports: VerifyPorts, claim: ClaimId, poe: Poe): Promise<StoreFinding | undefined> {
  const key = poeKey(claim, poe.id);
  const file = await ports.files.open(key);
  if (!file) return (await hasEnded(ports, poe.id)) ? undefined : { kind: 'file', claim, key, is: 'missing' };
  return (await ports.hashBytes(file.bytes)) === poe.sha256 ? undefined : { kind: 'file', claim, key, is: 'changed' };
}

async function foreignFiles(
  { documents, files }: VerifyPorts,
  known: ReadonlySet<string>,
): Promise<readonly StoreFinding[]> {
  const findings: StoreFinding[] = [];
  for await (const { key } of files.list(POE)) {
    if (known.has(key)) continue;
    const parts = partsOf(key);
    if (!parts || !(await documents.read(INTENT, parts.poe))) findings.push({ kind: 'file', key, is: 'foreign' });
  }
  return findings;
}
