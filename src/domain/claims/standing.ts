/**
 * When no one of a side could act on a claim, as the journals of rights say (R45). The desk reads it from the directory
 * and gives it to the rules as a fact.
 */
import type { Instant } from '../calendar/calendar.ts';

/** Why no one could act: the last one was taken away, blocked the bot, uninstalled it, or their organisation is gone. */
export type AbsenceReason = 'removed' | 'blocked' | 'uninstalled' | 'organisationGone';

/** A stretch of time in which no one of a side could act. */
export interface Absence {
  /** The instant of the change that took the last one away. */
  readonly from: Instant;
  /** The instant of the change that gave one back; absent while it lasts. */
  readonly until?: Instant;
  /** What took the last one away. */
  readonly reason: AbsenceReason;
}

/**
 * The absences of each side, the earliest first, without overlaps. For the partner they count what the operator or the
 * directory takes away; for the customer each removal, blocking and uninstalling (R45).
 */
export interface Standing {
  readonly partner: readonly Absence[];
  readonly customer: readonly Absence[];
}
