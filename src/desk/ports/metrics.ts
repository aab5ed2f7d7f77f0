import type { SendResult } from './messenger.ts';

/**
 * What is counted and timed while the desk runs. Labels are words from small fixed sets, never an id or a text of somebody's;
 * times are in seconds. Never throws.
 */
export interface Meters {
  /** So many turns are in hand now. */
  inFlight(turns: number): void;
  /** A turn was answered: the kind of activity, what came of it, and how long the answer took. */
  activity(kind: string, outcome: string, seconds: number): void;
  /** Teams was asked to take a message, and what it said; or it was not asked, because it is known that nobody is reached. */
  delivery(outcome: SendResult['kind'], reason?: string): void;
  /** One message was tried again. */
  retry(reason: string): void;
  /** A write came too late: somebody else had written the document. */
  conflict(): void;
  /** One call of the store. */
  store(operation: string, outcome: 'done' | 'conflict' | 'fault', seconds: number): void;
  /** What a sweep under way has found due so far, how long the oldest was due, and how old the oldest notice is: with much to do it takes long. */
  behind(due: number, oldestDueSeconds: number, oldestNoticeSeconds: number): void;
  /** What a sweep found due, how many claims of it could not be woken, how long the oldest was due, and how old the oldest notice was that it found still to be brought. */
  swept(due: number, failed: number, oldestDueSeconds: number, oldestNoticeSeconds: number): void;
}

/** Where nobody looks. */
export const silentMeters: Meters = {
  inFlight: () => undefined,
  activity: () => undefined,
  delivery: () => undefined,
  retry: () => undefined,
  conflict: () => undefined,
  store: () => undefined,
  behind: () => undefined,
  swept: () => undefined,
};
