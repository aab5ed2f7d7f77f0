/**
 * Checks that what is due happens at its instant: nothing early, everything once, and before what follows it (R42–R45).
 */
import type { Checker, GroundTruth } from './observations.ts';
import { CLOCK_TOLERANCE_MS } from './observations.ts';
import type { Turn } from './support/claimWrites.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import { decidedFrom } from './support/decidedFrom.ts';
import { isOfTheDesk } from '../../domain/claims/model/law.ts';
import type { ClaimState } from './support/claimState.ts';
import { nextFiring } from './support/claimState.ts';
import type { ClockName, StoredClock, StoredEvent } from './support/storedClaim.ts';
import { clockLengthsOf } from './support/clockLengths.ts';

/** The longest that a write may be under way after it was decided. */
const LONGEST_WRITE_MS = 60_000;

const BY_THEMSELVES: Readonly<Record<string, ClockName>> = {
  PartnerDidNotRespond: 'partnerResponse',
  ConsentPassed: 'consent',
  ConsentNotGiven: 'consent',
  DisputeWindowClosed: 'disputeWindow',
};
/** What a user may do only as long as a clock has not run out (R24, R26, R19). */
const IN_TIME: Readonly<Record<string, ClockName>> = {
  ConsentDenied: 'consent',
  ConsentAgreed: 'consent',
  ObjectionRecorded: 'consent',
  DisputeOpened: 'disputeWindow',
  ClaimResubmitted: 'partnerResponse',
};

export function createDuesChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites(groundTruth, () => new Set<string>());
  return {
    name: 'dues',
    wrote: (wrote) =>
      claims.wrote(wrote, { before: (turn) => [...outOfOrder(turn), ...misfired(turn), ...mistimed(turn)] }),
  };
}

/** The clock decides, not the sweep: whatever fell due until then comes first (R44). */
function outOfOrder({ entry: { event }, claim }: Turn<unknown>): readonly string[] {
  const next = nextFiring(claim.clocks);
  if (!next) return [];
  const isFiring = firingOf(event, claim) !== undefined;
  // A clock whose consent would not count is stopped at its end, in place of firing (R5).
  const isStopped = event.type === 'ClockSuspended' && event.clock === next.clock;
  const isLate = isFiring || isStopped ? next.at < event.at : next.at <= event.at;
  return isLate
    ? [
        `${event.type} counts from ${iso(event.at)}, but ${next.clock} was due at ${iso(next.at)} and had not fired (R44)`,
      ]
    : [];
}

interface Firing {
  readonly name: ClockName;
  readonly clock: StoredClock | undefined;
  readonly at: number | undefined;
  /** What happens once only. */
  readonly once: string;
}

function firingOf(event: StoredEvent, claim: ClaimState): Firing | undefined {
  const name =
    BY_THEMSELVES[event.type] ??
    (event.type === 'ClockReminded' || event.type === 'ClockEscalated' ? event.clock : undefined);
  if (name === undefined) return undefined;
  const clock = claim.clocks.get(name);
  const cycle = `${name} of ${String(clock?.startedAt)}`;
  if (event.type === 'ClockReminded')
    return {
      name,
      clock,
      at: clock?.reminders[0],
      once: `reminder ${String(event.daysLeft)} before ${String(event.dueAt)} of ${cycle}`,
    };
  return {
    name,
    clock,
    at: clock?.nextAt,
    once: event.type === 'ClockEscalated' ? `level ${String(event.level)} of ${cycle}` : `end of ${cycle}`,
  };
}

function misfired({ wrote, entry: { event, recordedAt }, claim, own }: Turn<Set<string>>): readonly string[] {
  const firing = firingOf(event, claim);
  if (!firing) return [];
  const { name, clock, at, once } = firing;
  if (clock?.state !== 'running')
    return [
      `${event.type}, but ${name} does not run: ` +
        `${clock?.state === 'awaitingDelivery' ? 'its notice was not delivered (R45)' : 'there is nothing due (R44)'}`,
    ];
  const problems: string[] = [];
  if (event.at !== at)
    problems.push(`${event.type} of ${name} counts from ${iso(event.at)}, but was due at ${iso(at)} (R44)`);
  if (wrote.at < event.at - CLOCK_TOLERANCE_MS)
    problems.push(`${event.type} of ${name} was written ${event.at - wrote.at} ms early (R44)`);
  if (recordedAt < event.at)
    problems.push(
      `${event.type} of ${name} was written ${event.at - recordedAt} ms early by its writer's own clock (R44)`,
    );
  if (own.has(once)) problems.push(`${event.type}: ${once} for the second time (R43)`);
  own.add(once);
  const clockLength = clockLengthsOf(clock.policy)?.clocks[name];
  if (event.type === 'ClockEscalated') {
    if (event.level !== clock.level + 1 || event.dueAt !== clock.dueAt)
      problems.push(
        `${event.type} says level ${String(event.level)} of what was due at ${iso(event.dueAt)}, after level ${clock.level} (R43)`,
      );
    if (clockLength?.acts) problems.push(`${name} escalates instead of deciding (R43)`);
  } else if (event.type === 'ClockReminded') {
    const left = clockLength?.reminders.at(-clock.reminders.length);
    if (event.daysLeft !== left || event.dueAt !== clock.dueAt)
      problems.push(
        `${event.type} of ${name} says ${String(event.daysLeft)} days to ${iso(event.dueAt)} instead of ` +
          `${String(left)} to ${iso(clock.dueAt)} (R35–R41)`,
      );
  } else if (!clockLength?.acts) problems.push(`${name} decides instead of escalating (R43)`);
  return problems;
}

/** What is done at a moment counts from that moment, by true time. */
function mistimed({ wrote, entry: { event }, claim }: Turn<unknown>): readonly string[] {
  const problems: string[] = [];
  if (firingOf(event, claim)) return problems;
  if (event.at > wrote.at + CLOCK_TOLERANCE_MS)
    problems.push(`${event.type} counts from ${event.at - wrote.at} ms after it was written`);
  // A clock is stopped as of the change that took the last one away, however late that is found (R45).
  if (event.type === 'ClockSuspended') return problems;
  const from = decidedFrom(wrote);
  if (event.at < from - CLOCK_TOLERANCE_MS)
    problems.push(`${event.type} counts from ${from - event.at} ms before its writer had read the claim`);
  const name = isOfTheDesk(event.type) ? undefined : IN_TIME[event.type];
  const dueAt = name && claim.clocks.get(name)?.dueAt;
  if (dueAt !== undefined && wrote.at > dueAt + CLOCK_TOLERANCE_MS + LONGEST_WRITE_MS)
    problems.push(`${event.type} was taken ${wrote.at - dueAt} ms after its time was over (R42)`);
  return problems;
}

const iso = (at: number | undefined): string => (at === undefined ? 'never' : new Date(at).toISOString());
