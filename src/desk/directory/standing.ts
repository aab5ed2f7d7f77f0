/** When no one of a side of a claim could act, judged from the journals of rights (R45). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Absence, AbsenceReason, Standing } from '../../domain/claims/standing.ts';
import type { OrganisationId } from '../../domain/claims/values.ts';
import type { Held, Journaled, RightValue } from './journal.ts';
import { timelineOf } from './journal.ts';
import type { People, Person } from './people.ts';

/** What the standing is read from. */
export type StandingSource = Pick<People, 'everOf' | 'journalOf' | 'organisation'>;

/**
 * The absences of both sides between two instants, each cut to them: `until` is absent where an absence lasts at `to`.
 * A partner's member counts with a role, whether they can be reached or not: only what the operator or the directory
 * takes away stops a clock against the partner. A customer's contact counts while enrolled and reachable.
 */
export async function standingOf(
  people: StandingSource,
  partner: OrganisationId,
  customerTenant: string,
  from: Instant,
  to: Instant,
): Promise<Standing> {
  const [everMembers, everContacts, organisation] = await Promise.all([
    people.everOf('ofPartner', partner),
    people.everOf('ofCustomer', customerTenant),
    people.organisation(partner),
  ]);
  const [members, contacts] = await Promise.all([
    presencesOf(people, everMembers, (person) => memberPresence(person, partner)),
    presencesOf(people, everContacts, (person) => contactPresence(person, customerTenant)),
  ]);
  return {
    partner: organisation ? absences(members, from, to) : [{ from, reason: 'organisationGone' }],
    customer: absences(contacts, from, to),
  };
}

/** Whether a person could act, or why not; `removed` also before they were enrolled. */
type Presence = 'present' | AbsenceReason;
type PresenceTimeline = readonly Held<Presence>[];

/** The rights of a person over time. */
interface Lived {
  readonly memberships: readonly Held<RightValue>[];
  readonly contactOf: readonly Held<RightValue>[];
  readonly reach: readonly Held<RightValue>[];
}

async function presencesOf(
  people: StandingSource,
  persons: readonly (Person & Journaled)[],
  presence: (lived: Lived) => PresenceTimeline,
): Promise<readonly PresenceTimeline[]> {
  return Promise.all(
    persons.map(async (person) => {
      const journal = await people.journalOf('person', person.id, person);
      return presence({
        memberships: timelineOf(
          journal,
          'memberships',
          Object.fromEntries(person.memberships.map(({ organisation, roles }) => [organisation, roles])),
        ),
        contactOf: timelineOf(journal, 'contactOf', person.contactOf),
        reach: timelineOf(journal, 'reach', person.unreachable ?? (person.chat ? 'reachable' : null)),
      });
    }),
  );
}

function memberPresence({ memberships }: Lived, partner: OrganisationId): PresenceTimeline {
  return memberships.map(({ from, value }) => ({
    from,
    value: rolesIn(value, partner).length > 0 ? 'present' : 'removed',
  }));
}

function contactPresence({ contactOf, reach }: Lived, tenant: string): PresenceTimeline {
  return changesIn([contactOf, reach]).map((from) => ({
    from,
    value: listed(valueAt(contactOf, from)).includes(tenant) ? reachedAs(reach, from) : 'removed',
  }));
}

function reachedAs(reach: readonly Held<RightValue>[], at: Instant): Presence {
  switch (valueAt(reach, at)) {
    case 'reachable':
      return 'present';
    case 'blocked':
    case 'disabledByAdmin':
      return 'blocked';
    default:
      return 'uninstalled';
  }
}

function rolesIn(value: RightValue, organisation: string): readonly string[] {
  return value !== null && typeof value === 'object' && !isList(value) ? (value[organisation] ?? []) : [];
}

function listed(value: RightValue = null): readonly string[] {
  return value !== null && typeof value === 'object' && isList(value) ? value : [];
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** The stretches between the two instants in which no one was present. */
function absences(presences: readonly PresenceTimeline[], from: Instant, to: Instant): readonly Absence[] {
  const found: Absence[] = [];
  let open: Absence | undefined;
  for (const at of [-Infinity, ...changesIn(presences)]) {
    if (at > to) break;
    const isPresent = presences.some((presence) => valueAt(presence, at) === 'present');
    if (isPresent && open) found.push({ ...open, until: at });
    open = isPresent ? undefined : (open ?? { from: at, reason: lastReason(presences, at) });
  }
  return [...found, ...(open ? [open] : [])]
    .filter(({ until }) => until === undefined || until > from)
    .map((absence) => ({
      ...absence,
      from: Math.max(absence.from, from),
      // Before anyone was ever present: whether someone is enrolled by now.
      reason: absence.from === -Infinity ? takenBy(presences.map((one) => valueAt(one, from))) : absence.reason,
    }));
}

/** What took away, at this instant, the last one who was present. */
function lastReason(presences: readonly PresenceTimeline[], at: Instant): AbsenceReason {
  return takenBy(presences.map((presence) => presence.find((held) => held.from === at)?.value));
}

function takenBy(values: readonly (Presence | undefined)[]): AbsenceReason {
  const absent = values.flatMap((value) => (value === undefined || value === 'present' ? [] : [value]));
  return absent.find((value) => value !== 'removed') ?? 'removed';
}

function valueAt<Value>(held: readonly Held<Value>[], at: Instant): Value | undefined {
  return held.findLast(({ from }) => from <= at)?.value;
}

function changesIn(timelines: readonly (readonly Held<unknown>[])[]): readonly Instant[] {
  return [...new Set(timelines.flatMap((held) => held.map(({ from }) => from)))].sort((one, other) => one - other);
}
