import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Notice } from '../../domain/claims/notices.ts';
import type { Address, PostedMessage } from '../ports/messenger.ts';

interface AnyEntry extends Notice {
  /** How often it was tried. */
  readonly attempts: number;
  /** The homes of those who have it already. */
  readonly reached: readonly string[];
}

/** A notice that is tried at an instant, for the first time or again. */
export interface Queued extends AnyEntry {
  readonly nextAt: Instant;
  /** Why it was not delivered at the last try. */
  readonly reason?: string;
  readonly waitsFor?: never;
}

/** A notice whose audience cannot be reached: something has to change first (R45). */
export interface Parked extends AnyEntry {
  /** What has to change, and what it is found by then (`person:…`, `contact:tenant/e-mail`, `channel:review`). */
  readonly waitsFor: string;
  readonly reason: string;
  readonly nextAt?: never;
}

/** A notice on its way. What is stored says which by the one of `nextAt` and `waitsFor` that it has. */
export type OutboxEntry = Queued | Parked;

/** Whether a notice waits for a change, rather than for an instant. */
export function isParked(entry: OutboxEntry): entry is Parked {
  return entry.waitsFor !== undefined;
}

/** A notice that is finished with; the newest are kept. */
export interface FinishedNotice {
  readonly id: string;
  readonly at: Instant;
  readonly outcome: 'delivered' | 'unreachable' | 'dead';
  readonly reason?: string;
}

/** Where the claim's card is for an audience. `place` is the chat or channel that was its home when it was posted. */
export interface Home extends PostedMessage {
  readonly place: string;
  /**
   * How the place was reached last, and whose chat it is; absent on a card that has not been edited since earlier
   * versions.
   */
  readonly address?: Address;
  readonly person?: PersonId;
}

/** The right to deliver a claim's notices, until an instant. */
export interface Lease {
  readonly by: string;
  readonly until: Instant;
}
