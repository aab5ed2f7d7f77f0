/**
 * When no one of a side of a claim could act (R45), and when no consent counted (R5), judged from the journals of
 * rights.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Sides } from '../../domain/claims/parties.ts';
import type { Absence, AbsenceReason, Barred } from '../../domain/claims/standing.ts';
import type { OrganisationId } from '../../domain/claims/values.ts';
import type { Held, Journaled, RightValue } from './journal.ts';
import { timelineOf } from './journal.ts';
import type { People, Person } from './people.ts';

/** What the standing is read from. */
export type StandingSource = Pick<People, 'everOf' | 'journalOf' | 'organisationEver'>;

/**
 * Both sides between two instants. Absences are cut to them: `until` is missing where an absence lasts at `to`. A
 * partner's member counts with a role, whether they can be reached or not: only what the operator or the directory
 * takes away stops a clock against the partner. A customer's contact counts while enrolled and reachable. No consent
 * counts while the customer's organisation is not enrolled, or its tenant is the partner's or that of one of its
 * members; a contact who is a member of the partner is such a case.
 */
export async function sidesBetween(
  people: StandingSource,
  partner: OrganisationId,
  customerTenant: string,
  from: Instant,
  to: Instant,
): Promise<Sides> {
  const [everMembers, everContacts, partnerEnrolled, customerEnrolled] = await Promise.all([
    people.everOf('ofPartner', partner),
    people.everOf('ofCustomer', customerTenant),
    enrolmentOf(people, partner),
    enrolmentOf(people, `customer:${customerTenant}` as OrganisationId),
  ]);
  const [members, contacts] = await Promise.all([livesOf(people, everMembers), livesOf(people, everContacts)]);
  const acting = members.map((lived) => memberPresence(lived, partner));
  const reached = contacts.map((lived) => contactPresence(lived, customerTenant));
  const overlapping = members
    .filter(({ tenantId }) => tenantId === customerTenant)
    .map((lived) => membership(lived, partner));
  const isOwnTenant = partner === `partner:${customerTenant}`;
  return {
    standing: {
      partner: absences([partnerEnrolled ?? GONE], acting, from, to),
      customer: absences(customerEnrolled ? [customerEnrolled] : [], reached, from, to),
    },
    barred: [
      ...stretches(isOwnTenant ? [ALWAYS] : overlapping, 'sidesOverlap', from, to),
      ...(customerEnrolled ? [] : stretches([ALWAYS], 'customerNotEnrolled', from, to)),
    ],
  };
}

/** Whether a person could act, or why not; `removed` also before they were enrolled. */
type Presence = 'present' | AbsenceReason;
type PresenceTimeline = readonly Held<Presence>[];

/** An organisation that was never enrolled. */
const GONE: PresenceTimeline = [{ from: -Infinity, value: 'organisationGone' }];
const ALWAYS: PresenceTimeline = [{ from: -Infinity, value: 'present' }];

/** The rights of a person over time. */
interface Lived {
  readonly tenantId: string;
  readonly memberships: readonly Held<RightValue>[];
  readonly contactOf: readonly Held<RightValue>[];
  readonly reach: readonly Held<RightValue>[];
}

/** Since when an organisation is enrolled, and from when on it was gone; undefined where it never was. */
async function enrolmentOf(people: StandingSource, id: OrganisationId): Promise<PresenceTimeline | undefined> {
  const stored = await people.organisationEver(id);
  if (!stored) return undefined;
  const journal = await people.journalOf('organisation', id, stored);
  return timelineOf(journal, 'name', stored.gone ? null : stored.name).map(({ from, value }) => ({
    from,
    value: value === null ? 'organisationGone' : 'present',
  }));
}

async function livesOf(people: StandingSource, persons: readonly (Person & Journaled)[]): Promise<readonly Lived[]> {
  return Promise.all(
    persons.map(async (person) => {
      const journal = await people.journalOf('person', person.id, person);
      return {
        tenantId: person.tenantId,
        memberships: timelineOf(
          journal,
          'memberships',
          Object.fromEntries(person.memberships.map(({ organisation, roles }) => [organisation, roles])),
        ),
        contactOf: timelineOf(journal, 'contactOf', person.contactOf),
        reach: timelineOf(journal, 'reach', person.unreachable ?? (person.chat ? 'reachable' : null)),
      };
    }),
  );
}

function memberPresence({ memberships }: Lived, partner: OrganisationId): PresenceTimeline {
  return memberships.map(({ from, value }) => ({
    from,
    value: rolesIn(value, partner).length > 0 ? 'present' : 'removed',
  }));
}

/** When a person was a member of a partner, with a role or without. */
function membership({ memberships }: Lived, partner: OrganisationId): PresenceTimeline {
  return memberships.map(({ from, value }) => ({
    from,
    value: namesIn(value).includes(partner) ? 'present' : 'removed',
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

function namesIn(value: RightValue): readonly string[] {
  return value !== null && typeof value === 'object' && !isList(value) ? Object.keys(value) : [];
}

function listed(value: RightValue = null): readonly string[] {
  return value !== null && typeof value === 'object' && isList(value) ? value : [];
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** The stretches between the two instants in which no one was present, or their organisation was not enrolled. */
function absences(
  organisation: readonly PresenceTimeline[],
  persons: readonly PresenceTimeline[],
  from: Instant,
  to: Instant,
): readonly Absence[] {
  const found: Absence[] = [];
  let open: Absence | undefined;
  const isGone = (at: Instant): boolean => organisation.some((one) => valueAt(one, at) !== 'present');
  for (const at of [-Infinity, ...changesIn([...organisation, ...persons])]) {
    if (at > to) break;
    const isPresent = !isGone(at) && persons.some((presence) => valueAt(presence, at) === 'present');
    if (isPresent && open) found.push({ ...open, until: at });
    const reason = isGone(at) ? 'organisationGone' : lastReason(persons, at);
    open = isPresent ? undefined : (open ?? { from: at, reason });
  }
  return [...found, ...(open ? [open] : [])]
    .filter(({ until }) => until === undefined || until > from)
    .map((absence) => ({
      ...absence,
      from: Math.max(absence.from, from),
      // Before anyone was ever present: whether someone is enrolled by now.
      reason:
        absence.from === -Infinity && !isGone(from)
          ? takenBy(persons.map((one) => valueAt(one, from)))
          : absence.reason,
    }));
}

/** The stretches between the two instants in which one of these held. */
function stretches(
  timelines: readonly PresenceTimeline[],
  reason: Barred['reason'],
  from: Instant,
  to: Instant,
): readonly Barred[] {
  const found: Barred[] = [];
  let open: Barred | undefined;
  for (const at of [-Infinity, ...changesIn(timelines)]) {
    if (at > to) break;
    const holds = timelines.some((one) => valueAt(one, at) === 'present');
    if (!holds && open) found.push({ ...open, until: at });
    open = holds ? (open ?? { from: at, reason }) : undefined;
  }
  return [...found, ...(open ? [open] : [])].filter(({ until }) => until === undefined || until > from);
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
