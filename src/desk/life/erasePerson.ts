/**
 * Erases a person on request: their names and words are gone from what the desk stores, and the histories still verify
 * (R55). Each claim is one write; after a crash the same erasure goes on where it was. The directory comes last, so
 * that until then the names are known by which claims are searched.
 */
import type { Audience, Notice } from '../../domain/claims/notices.ts';
import type { WordsErased } from '../../domain/claims/events.ts';
import { canonical, erasable, eraseWords } from '../../domain/claims/history.ts';
import { DESK, partyOf } from '../../domain/claims/permission.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { People, Person } from '../directory/people.ts';
import { unknownPerson } from '../directory/people.ts';
import { poeKey } from '../proof/poeFiles.ts';
import { endErasedFile } from '../proof/retention.ts';
import type { World } from '../ports/world.ts';
import { appendEvents } from '../records/appendEvents.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { foldEntries } from '../records/claimRecord.ts';
import type { OutboxEntry } from '../records/outboxEntry.ts';
import { isParked } from '../records/outboxEntry.ts';
import { withErasedPresses } from '../records/presses.ts';
import { scanAll } from '../records/scanAll.ts';
import { isKnownSchema } from '../records/schemaVersion.ts';
import type { AlterPorts } from './claimScan.ts';
import { alterClaim, scanClaims } from './claimScan.ts';
import { fullIdentity } from './exportPerson.ts';
import type { LegalHold } from './holds.ts';
import { forgetInHold, LEGAL_HOLD } from './holds.ts';
import type { Identity } from './identity.ts';
import { isCalled, isOperatorCalled, mentions } from './identity.ts';
import type { Obstacle } from './needs.ts';
import { obstaclesTo } from './needs.ts';
import type { Operator } from './operatorActs.ts';
import { forgetOperators } from './operatorActs.ts';
import { everyDocument, names } from './personalData.ts';
import { tracesIn } from './traces.ts';

/** What erasing needs of the outside. */
export type ErasePorts = AlterPorts & Pick<World, 'files'>;

/** What of a claim would be erased, or was. */
export interface ErasedClaim {
  readonly id: ClaimId;
  /** How many words. */
  readonly words: number;
  /** How many of them others wrote: texts with the person's full name or address in them. */
  readonly mentions: number;
}

/** A file of proof: which, and of which claim. */
export interface ProofFile {
  readonly claim: ClaimId;
  readonly poe: PoeId;
}

/** What erasing a person would do. Reads everything and writes nothing. */
export interface ErasurePlan {
  readonly person: PersonId;
  /** The names and addresses that are looked for, in small letters. */
  readonly searched: readonly string[];
  /** Why it is refused; empty where it is not. */
  readonly obstacles: readonly Obstacle[];
  readonly claims: readonly ErasedClaim[];
  /** Files that only they sent: removed. */
  readonly files: readonly ProofFile[];
  /** Files that others sent to claims that name the person as a contact: an operator has to look into them. */
  readonly filesToCheck: readonly ProofFile[];
}

/** What was erased, and what is left. */
export interface Erasure extends ErasurePlan {
  /** Documents that still have a full name or address: their kinds and ids. */
  readonly left: readonly { readonly kind: string; readonly id: string }[];
}

/** A person who writes to the desk while they are erased may leave new traces. */
const MAX_PASSES = 3;

/** What erasing this person would do. */
export async function planErasure(
  ports: Pick<World, 'documents' | 'files'>,
  people: People,
  person: Person,
): Promise<ErasurePlan> {
  return plan(ports, people, await fullIdentity(ports, person));
}

async function plan(
  ports: Pick<World, 'documents' | 'files'>,
  people: People,
  identity: Identity,
): Promise<ErasurePlan> {
  const claims: ErasedClaim[] = [];
  const files: ProofFile[] = [];
  const filesToCheck: ProofFile[] = [];
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read') continue;
    const { entries } = scanned.record.body;
    const traces = tracesIn(entries, identity);
    const namesContact = traces.some(({ kind }) => kind === 'contact' || kind === 'mention');
    for (const { event } of entries) {
      if (event.type !== 'PoeAdded') continue;
      const { id, by } = event.poe;
      const isOwn = by.id === identity.id;
      if ((isOwn || namesContact) && (await ports.files.open(poeKey(scanned.id, id))))
        (isOwn ? files : filesToCheck).push({ claim: scanned.id, poe: id });
    }
    if (traces.length === 0) continue;
    claims.push({
      id: scanned.id,
      words: traces.length,
      mentions: traces.filter(({ kind }) => kind === 'mention').length,
    });
  }
  return {
    person: identity.id,
    searched: [...identity.names, ...identity.emails],
    obstacles: await obstaclesTo(ports, people, identity),
    claims,
    files,
    filesToCheck,
  };
}

/**
 * Erases the person, unless something is in the way: then nothing is done, and the plan says what. Answers what was
 * erased and what is left. The store may keep old bytes until it is scrubbed; that is for the caller to do.
 */
export async function erasePerson(ports: ErasePorts, people: People, person: Person): Promise<ErasurePlan | Erasure> {
  const identity = await fullIdentity(ports, person);
  const planned = await plan(ports, people, identity);
  if (planned.obstacles.length > 0) return planned;
  await eraseFromClaims(ports, identity);
  for (const { claim, poe } of planned.files) await endErasedFile(ports, claim, poe);
  await forgetInHolds(ports, identity);
  await forgetOperators(ports, (by) => isOperatorCalled(identity, by));
  await forgetInMarks(ports, identity);
  if (await people.find(identity.id)) await people.alter(identity.id, forgotten);
  for (let pass = 1; pass < MAX_PASSES && (await eraseFromClaims(ports, identity)) > 0; pass += 1);
  return { ...planned, left: await leftovers(ports, identity) };
}

/** What the directory keeps of an erased person, beside the id: by journal and lists clocks are judged. */
const KEPT: ReadonlySet<string> = new Set([
  'schema',
  'journal',
  'journalPages',
  'partnersEver',
  'customersEver',
  'operatorByConfiguration',
]);

/** The person with nothing but the id, and with no right. To whom they ever belonged stays. */
function forgotten(person: Person): Person {
  const kept = Object.fromEntries(Object.entries(person).filter(([name]) => KEPT.has(name)));
  return { ...kept, ...unknownPerson(person.id) };
}

/** Answers how many claims were written. */
async function eraseFromClaims(ports: ErasePorts, identity: Identity): Promise<number> {
  let written = 0;
  for await (const { id, kind } of scanClaims(ports)) {
    if (kind !== 'read') continue;
    let isWritten = false;
    await alterClaim(ports, id, (record) => {
      const erased = withoutWords(ports, record, identity);
      isWritten = erased !== undefined;
      return erased;
    });
    if (isWritten) written += 1;
  }
  return written;
}

/** The claim without the person's words, and with the event that says which; undefined where it has none of them. */
function withoutWords(
  ports: ErasePorts,
  { claim, body }: ClaimRecord,
  identity: Identity,
): Pick<ClaimRecord, 'claim' | 'body'> | undefined {
  const traces = new Set(tracesIn(body.entries, identity).map(({ version, path }) => `${version} ${path}`));
  const words = erasable(body.entries, ({ version }, path) => traces.has(`${version} ${path}`));
  const outbox = body.outbox.map((notice) => unaddressed(notice, identity));
  const isAddressed = outbox.some((notice, index) => notice !== body.outbox[index]);
  if (words.length === 0) return isAddressed ? { claim, body: { ...body, outbox } } : undefined;
  const at = ports.clock.now();
  const event: WordsErased = { type: 'WordsErased', at, by: partyOf(DESK, claim), words };
  const entries = eraseWords(body.entries, words, (text) => ports.digest.sha256(text));
  const erasedPresses = withErasedPresses(ports, body, words);
  const erased = appendEvents(
    ports,
    { ...body, outbox, entries, ...(erasedPresses.length > 0 && { erasedPresses }) },
    {
      events: [event],
      notices: editsOf(body, entries.length + 1, identity.id),
    },
  );
  return { claim: foldEntries(erased.entries), body: erased };
}

/** Every card that the claim has is sent again, but that in the person's own chat, which is no one's to write to. */
function editsOf({ homes }: ClaimBody, version: number, person: PersonId): readonly Notice[] {
  return Object.entries(homes)
    .filter(([home, { person: owner }]) => owner !== person && home !== `person:${person}`)
    .map(([home]) => {
      const audience = home as Audience;
      return { id: `${version}:${audience}`, audience, version, event: 'WordsErased', line: false };
    });
}

/** A notice that waits for a contact is found by their address: it waits for the person instead. */
function unaddressed(notice: OutboxEntry, identity: Identity): OutboxEntry {
  return isParked(notice) && notice.waitsFor.startsWith('contact:') && mentions(identity, afterTenant(notice.waitsFor))
    ? { ...notice, waitsFor: `person:${identity.id}` }
    : notice;
}

function afterTenant(waitsFor: string): string {
  return waitsFor.slice(waitsFor.indexOf('/') + 1);
}

async function forgetInHolds(ports: ErasePorts, identity: Identity): Promise<void> {
  const erased = {
    isAbout: (text: string) => text === identity.id || mentions(identity, text),
    isOperator: (by: Operator) => isOperatorCalled(identity, by),
  };
  for await (const { body } of scanAll<LegalHold>(ports.documents, LEGAL_HOLD))
    await forgetInHold(ports, body.on, erased);
}

/** Who let the desk go on after a restore, or made database and files a pair, stays in the marks of that. */
async function forgetInMarks({ documents }: ErasePorts, identity: Identity): Promise<void> {
  for (const kind of MARKS)
    for await (const { id, body, etag } of scanAll<object>(documents, kind)) {
      if (!isKnownSchema(kind, body)) continue;
      const erased = withoutNames(body, identity);
      // Where another writer was faster, the operator is told that the name is left.
      if (canonical(erased) !== canonical(body)) await documents.replace({ kind, id, body: erased, keys: [] }, etag);
    }
}

/** The kinds of documents that have no keys and say in places of their own which operator acted. */
const MARKS = ['standstill', 'pair'] as const;

/** The value with nothing in the place of each text that is one of the person's names or addresses. */
function withoutNames(value: unknown, identity: Identity): unknown {
  if (typeof value === 'string') return isCalled(identity, value) || mentions(identity, value) ? '' : value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutNames(one, identity));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutNames(one, identity)]));
}

/** All kinds are looked through, for what no one thought of. */
async function leftovers(ports: ErasePorts, identity: Identity): Promise<Erasure['left']> {
  const left: Erasure['left'][number][] = [];
  for await (const { kind, id, body } of everyDocument(ports)) if (names(body, identity)) left.push({ kind, id });
  return left;
}
