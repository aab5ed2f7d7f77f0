import type { Instant } from '../../domain/calendar/calendar.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Notice } from '../../domain/claims/notices.ts';
import type { Address, PostedMessage } from '../ports/messenger.ts';

/** A notice on its way. */
export interface OutboxEntry extends Notice {
  readonly attempts: number;
  /** When it is tried next. Absent while its audience cannot be reached: something has to change first. */
  readonly nextAt?: Instant;
  /** What its audience waits for, to be found by when it changes (`person:…`, `contact:tenant/e-mail`, `channel:review`). */
  readonly waitsFor?: string;
  readonly reason?: string;
  /** Of a group, those who have it already. */
  readonly reached: readonly string[];
}

/** A notice that came to its end; the newest are kept. */
export interface FinishedNotice {
  readonly id: string;
  readonly at: Instant;
  readonly outcome: 'delivered' | 'unreachable' | 'dead';
  readonly reason?: string;
}

/** Where the claim's card lies for an audience. `place` is the chat or channel that was its home when it was posted. */
export interface Home extends PostedMessage {
  readonly place: string;
  /** How the place was reached last, and whose chat it is; absent on a card that has not been edited since earlier versions. */
  readonly address?: Address;
  readonly person?: PersonId;
}

export interface Lease {
  readonly by: string;
  readonly until: Instant;
}
