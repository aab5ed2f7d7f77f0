/**
 * When no one of a side could act on a claim, as the journals of rights say (R45). The desk reads it from the directory
 * and gives it to the rules as a fact.
 */
import type { Instant } from '../calendar/calendar.ts';
import type { ClockName } from './policy.ts';

const ABSENCE_REASONS = ['removed', 'blocked', 'uninstalled', 'organisationGone'] as const;
/**
 * Why no one could act: the last one was taken away, blocked the bot, uninstalled it, or their organisation is gone.
 */
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

/** Whether a reason is one for which no one could act. */
export function isAbsence(reason: string): reason is AbsenceReason {
  return ABSENCE_REASONS.some((one) => one === reason);
}

/** Why no consent counts now, however it is given (R5): what has to change in the directory or in the claim. */
export type ConsentBar = 'sidesOverlap' | 'customerNotEnrolled' | 'contactUnknown' | 'contactOfPartner';

/** A stretch of time in which no one of a side could act. */
export interface Absence {
  /** The instant of the change that took the last one away. */
  readonly from: Instant;
  /** The instant of the change that gave one back; absent while it lasts. */
  readonly until?: Instant;
  /** What took the last one away. */
  readonly reason: AbsenceReason;
}

/** A stretch of time in which no consent counted, because of who stood on which side (R5). */
export interface Barred {
  /** The instant of the change since which it was so. */
  readonly from: Instant;
  /** The instant of the change that set it right; absent while it lasts. */
  readonly until?: Instant;
  readonly reason: ConsentBar;
}

/**
 * The absences of each side, the earliest first, without overlaps. For the partner they count what the operator or the
 * directory takes away; for the customer each removal, blocking and uninstalling (R45).
 */
export interface Standing {
  readonly partner: readonly Absence[];
  readonly customer: readonly Absence[];
}

/** The side against which a clock acts when it is due; undefined for a clock that only escalates (R23, R25, R29). */
export function sideOfClock(clock: ClockName): keyof Standing | undefined {
  switch (clock) {
    case 'partnerResponse':
    case 'disputeWindow':
      return 'partner';
    case 'consent':
      return 'customer';
    default:
      return undefined;
  }
}

/**
 * Why the claim waits after its clock was stopped, in the words in which a notice is undeliverable: the new notice then
 * meets the same obstacle, and is no news (R45).
 */
export function holdReasonOf(side: keyof Standing, reason: AbsenceReason): string {
  switch (reason) {
    case 'removed':
      return side === 'customer' ? 'contactUnknown' : 'noMember';
    case 'blocked':
      return 'blocked';
    case 'uninstalled':
      return 'notInstalled';
    case 'organisationGone':
      return side === 'customer' ? 'customerNotEnrolled' : 'noMember';
  }
}
