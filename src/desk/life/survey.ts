/** What waits in the desk, and who and what cannot be reached: what an operator looks at first. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId } from '../../domain/claims/values.ts';
import { isEmail } from '../../domain/internetNames.ts';
import type { ShortTextProblem } from '../../domain/shortText.ts';
import { shortTextProblem } from '../../domain/shortText.ts';
import type { Channel, Organisation, People, Person } from '../directory/people.ts';
import type { UnreachableReason } from '../ports/messenger.ts';
import type { World } from '../ports/world.ts';
import { dueAt } from '../records/claimRecord.ts';
import { isParked } from '../records/outboxEntry.ts';
import { scanAll } from '../records/scanAll.ts';
import { isKnownSchema } from '../records/schemaVersion.ts';
import { scanClaims } from './claimScan.ts';
import { isLost } from './lostNotices.ts';

/** A purpose that a channel can have, and whether one has it and can be reached. */
export interface ChannelState {
  /** `review`, or `mpn:<id>`. */
  readonly purpose: string;
  readonly state: 'set' | 'unset' | 'unreachable';
  readonly reason?: UnreachableReason;
}

/** A person with a right who cannot be told anything. */
export interface UnreachablePerson {
  readonly id: PersonId;
  readonly name: string;
  /** What they are to the desk: roles, organisations, `contact`. */
  readonly as: readonly string[];
  readonly reason: UnreachableReason;
}

/** A person or organisation whose stored name or address would be refused today: an earlier version took it. */
export interface OldText {
  readonly id: string;
  readonly field: 'name' | 'email';
  readonly problem: ShortTextProblem | 'notAnEmail';
}

/** The state of the whole store at one instant. */
export interface Survey {
  readonly claims: { readonly read: number; readonly newer: number; readonly unreadable: readonly string[] };
  /** Claims for which something should have been done by now, and since when the oldest waits. */
  readonly due: { readonly claims: number; readonly since?: Instant };
  /** The claims of which a notice waits for a change, by the reason. */
  readonly parked: Readonly<Record<string, readonly ClaimId[]>>;
  /** How many files wait for their virus scan, and since when the oldest does. */
  readonly scans: { readonly waiting: number; readonly since?: Instant };
  /** How many notices were given up, see `lostNotices`. */
  readonly lost: number;
  readonly channels: readonly ChannelState[];
  readonly unreachable: readonly UnreachablePerson[];
  readonly oldTexts: readonly OldText[];
}

/** Reads every claim, person, organisation and channel. Writes nothing. */
export async function survey(ports: Pick<World, 'documents' | 'clock'>, people: People): Promise<Survey> {
  return { ...(await surveyClaims(ports)), ...(await surveyDirectory(ports, people)) };
}

async function surveyClaims(
  ports: Pick<World, 'documents' | 'clock'>,
): Promise<Pick<Survey, 'claims' | 'due' | 'parked' | 'scans' | 'lost'>> {
  const now = ports.clock.now();
  const unreadable: string[] = [];
  const parked: Record<string, ClaimId[]> = {};
  let read = 0;
  let newer = 0;
  let lost = 0;
  const due: Instant[] = [];
  const scans: Instant[] = [];
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind === 'newer') newer += 1;
    if (scanned.kind === 'unreadable') unreadable.push(scanned.id);
    if (scanned.kind !== 'read') continue;
    read += 1;
    const { claim, body } = scanned.record;
    const at = dueAt(claim, body);
    if (at !== undefined && at <= now) due.push(at);
    if (claim.status !== 'Discarded')
      scans.push(...claim.poe.flatMap(({ scan, addedAt }) => (scan === 'waiting' ? [addedAt] : [])));
    for (const reason of new Set(body.outbox.filter(isParked).map((notice) => notice.reason)))
      (parked[reason] ??= []).push(claim.id);
    lost += body.told.filter(isLost).length;
  }
  const oldestOf = (all: readonly Instant[]): { readonly since?: Instant } =>
    all.length > 0 ? { since: all.reduce((oldest, at) => Math.min(oldest, at)) } : {};
  return {
    claims: { read, newer, unreadable },
    due: { claims: due.length, ...oldestOf(due) },
    parked,
    scans: { waiting: scans.length, ...oldestOf(scans) },
    lost,
  };
}

async function surveyDirectory(
  { documents }: Pick<World, 'documents'>,
  people: People,
): Promise<Pick<Survey, 'channels' | 'unreachable' | 'oldTexts'>> {
  const purposes = ['review'];
  for (const { mpnIds } of await people.organisations('partner'))
    purposes.push(...mpnIds.map((mpnId) => `mpn:${mpnId}`));
  const channels: ChannelState[] = [];
  for (const purpose of purposes) channels.push(stateOf(purpose, await people.channel(purpose)));
  const unreachable: UnreachablePerson[] = [];
  const oldTexts: OldText[] = [];
  for await (const { body } of scanAll<Organisation & { readonly gone?: true }>(documents, 'organisation'))
    if (isKnownSchema('organisation', body) && !body.gone) oldTexts.push(...oldTextsOf(body));
  for await (const { body } of scanAll<Person>(documents, 'person')) {
    if (!isKnownSchema('person', body)) continue;
    oldTexts.push(...oldTextsOf(body));
    const as = await dutiesOf(people, body);
    const reason = body.unreachable ?? (body.chat ? undefined : 'neverWrote');
    if (as.length > 0 && reason) unreachable.push({ id: body.id, name: body.name, as, reason });
  }
  return { channels, unreachable, oldTexts };
}

function oldTextsOf({ id, name, email = '' }: { id: string; name: string; email?: string }): readonly OldText[] {
  const problem = shortTextProblem(name);
  return [
    ...(problem ? [{ id, field: 'name' as const, problem }] : []),
    ...(email !== '' && !isEmail(email) ? [{ id, field: 'email' as const, problem: 'notAnEmail' as const }] : []),
  ];
}

function stateOf(purpose: string, channel: Channel | undefined): ChannelState {
  if (!channel) return { purpose, state: 'unset' };
  return channel.unreachable
    ? { purpose, state: 'unreachable', reason: channel.unreachable }
    : { purpose, state: 'set' };
}

async function dutiesOf(people: People, person: Person): Promise<readonly string[]> {
  const organisations: (Organisation | undefined)[] = [];
  for (const { organisation } of person.memberships) organisations.push(await people.organisation(organisation));
  return [
    ...person.staff,
    ...organisations.flatMap((organisation) => (organisation ? [organisation.name] : [])),
    ...(person.contactOf.length > 0 ? ['contact'] : []),
  ];
}
