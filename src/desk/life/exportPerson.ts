/** Everything that is stored of one person, machine-readable. Of others it has ids, and names in the person's words. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Status } from '../../domain/claims/claim.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { ClaimId, PersonId, Poe } from '../../domain/claims/values.ts';
import type { Person } from '../directory/people.ts';
import { poeKey } from '../proof/poeFiles.ts';
import type { World } from '../ports/world.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import type { DocumentKind } from '../records/schemaVersion.ts';
import { scanClaims } from './claimScan.ts';
import type { LegalHold } from './holds.ts';
import { readHold } from './holds.ts';
import type { Identity } from './identity.ts';
import { hasAddress, identityOf, isOperatorCalled } from './identity.ts';
import type { OperatorAct } from './operatorActs.ts';
import { operatorActs } from './operatorActs.ts';
import type { PersonalPart } from './personalData.ts';
import { everyDocument, partsAbout } from './personalData.ts';
import type { Trace } from './traces.ts';
import { learnNames, tracesIn } from './traces.ts';

/** What the person did to a claim, as it is in its history. */
export interface PersonalAct {
  readonly version: number;
  readonly recordedAt: Instant;
  readonly event: ClaimEvent;
}

/** What a claim has of the person. */
export interface PersonalClaim {
  readonly id: ClaimId;
  readonly status: Status;
  /** What the person is to the claim. */
  readonly as: readonly ('filer' | 'assignee' | 'customerContact' | 'partnerContact' | 'follower' | 'muted')[];
  readonly acts: readonly PersonalAct[];
  /** Their names and addresses where others gave them. */
  readonly named: readonly Omit<Trace, 'kind'>[];
  /** The files that they sent; the bytes are in the export of the claim. */
  readonly files: readonly (Poe & { readonly state: 'stored' | 'removed' })[];
  /** The messages in their chat that show the claim. */
  readonly messages: readonly { readonly conversationId: string; readonly messageId: string }[];
}

/** The export. Instants are milliseconds since 1970. */
export interface PersonExport {
  readonly format: 'cpor-person';
  readonly formatVersion: 1;
  readonly exportedAt: Instant;
  readonly id: PersonId;
  /** The names and addresses that were looked for, in small letters. */
  readonly searched: readonly string[];
  /** The entry of the directory, with its journal; absent for a person whom only claims name. */
  readonly directory?: Person;
  readonly claims: readonly PersonalClaim[];
  /** Claims that could not be searched: of a newer version, or damaged. */
  readonly unread: readonly ClaimId[];
  readonly hold?: LegalHold;
  /** What operators did about the person on the command line, and what the person did there. */
  readonly operatorActs: readonly OperatorAct[];
  /** Where all other documents have their id, full name or address: journals, reading logs, announcements, files. */
  readonly elsewhere: readonly ElsewhereNamed[];
}

/** A part of another document that has the person's id, full name or address. */
export interface ElsewhereNamed extends PersonalPart {
  readonly kind: DocumentKind;
  readonly id: string;
}

type ExportPorts = Pick<World, 'documents' | 'files' | 'clock'>;

/** Exports a person. Reads every claim, twice: the first time for the names that they go by. */
export async function exportPerson(ports: ExportPorts, person: Person): Promise<PersonExport> {
  const identity = await fullIdentity(ports, person);
  const claims: PersonalClaim[] = [];
  const unread: ClaimId[] = [];
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read') unread.push(scanned.id);
    else {
      const found = await personalClaim(ports, scanned.record, identity);
      if (found) claims.push(found);
    }
  }
  const stored = await ports.documents.read<Person>('person', person.id);
  const hold = await readHold(ports, { kind: 'person', id: person.id });
  return {
    format: 'cpor-person',
    formatVersion: 1,
    exportedAt: ports.clock.now(),
    id: person.id,
    searched: [...identity.names, ...identity.emails],
    ...(stored && { directory: stored.body }),
    claims,
    unread,
    ...(hold && { hold }),
    operatorActs: (await operatorActs(ports.documents)).filter(
      ({ about, by }) => about === person.id || isOperatorCalled(identity, by),
    ),
    elsewhere: await elsewhere(ports, identity),
  };
}

/** What is exported by itself, of which the rest of an export has everything. */
const BY_ITSELF: ReadonlySet<DocumentKind> = new Set(['claim', 'operatorAct']);

async function elsewhere(ports: ExportPorts, identity: Identity): Promise<readonly ElsewhereNamed[]> {
  const found: ElsewhereNamed[] = [];
  for await (const { kind, id, body } of everyDocument(ports)) {
    const isOwn = id === (kind === 'person' ? identity.id : `person:${identity.id}`);
    if (BY_ITSELF.has(kind) || (isOwn && (kind === 'person' || kind === 'legalHold'))) continue;
    found.push(...partsAbout(body, identity).map((part) => ({ kind, id, ...part })));
  }
  return found;
}

/** The person with every name that claims give them. */
export async function fullIdentity(ports: Pick<World, 'documents'>, person: Person): Promise<Identity> {
  let identity = identityOf(person);
  for await (const scanned of scanClaims(ports))
    if (scanned.kind === 'read') identity = learnNames(scanned.record.body.entries, identity);
  return identity;
}

async function personalClaim(
  { files }: ExportPorts,
  { claim, body }: ClaimRecord,
  identity: Identity,
): Promise<PersonalClaim | undefined> {
  const { id } = identity;
  const acts = body.entries.filter(({ event }) => event.by.id === id);
  const own = new Set(acts.map(({ version }) => version));
  const sent: PersonalClaim['files'][number][] = [];
  for (const { event } of acts)
    if (event.type === 'PoeAdded') {
      const stored = await files.open(poeKey(claim.id, event.poe.id));
      sent.push({ ...event.poe, state: stored ? 'stored' : 'removed' });
    }
  const found: PersonalClaim = {
    id: claim.id,
    status: claim.status,
    as: [
      ...(claim.filedBy.id === id ? ['filer' as const] : []),
      ...(claim.assignee?.id === id ? ['assignee' as const] : []),
      ...(hasAddress(identity, claim.fields.customerContactEmail) ? ['customerContact' as const] : []),
      ...(hasAddress(identity, claim.fields.partnerContactEmail) ? ['partnerContact' as const] : []),
      ...(claim.followers.includes(id) ? ['follower' as const] : []),
      ...(claim.muted.includes(id) ? ['muted' as const] : []),
    ],
    acts: acts.map(({ version, recordedAt, event }) => ({ version, recordedAt, event })),
    named: tracesIn(body.entries, identity)
      .filter(({ version }) => !own.has(version))
      .map(({ version, path, word }) => ({ version, path, word })),
    files: sent,
    messages: Object.values(body.homes)
      .filter(({ person }) => person === id)
      .map(({ conversationId, messageId }) => ({ conversationId, messageId })),
  };
  const { as, named, messages } = found;
  return as.length + acts.length + named.length + messages.length > 0 ? found : undefined;
}
