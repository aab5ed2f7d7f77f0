/** The metrics port: what the desk counts and times. */
import type { SendResult } from './messenger.ts';

/** How far behind the desk is, as a sweep found it. */
export interface SweepProgress {
  /** The number of claims that were due. */
  readonly dueClaims: number;
  /** How long the oldest of them had been due, in seconds; 0 when none is due. */
  readonly oldestDueSeconds: number;
  /** The age of the oldest undelivered notice, in seconds; 0 when there is none. */
  readonly oldestNoticeSeconds: number;
}

/** What a sweep found and could not do. */
export interface FinishedSweep extends SweepProgress {
  /** The number of claims that could not be processed. */
  readonly failedClaims: number;
}

/**
 * What the desk counts and times while it runs. Labels are words from small fixed sets, never an id or a text that a
 * user wrote; times are in seconds. Never throws. Implemented by Prometheus and Azure Monitor.
 */
export interface Meters {
  /** The number of activities being processed now, those included whose body is still arriving. */
  inFlight(activities: number): void;
  /** An activity was answered: its kind, the outcome, and how long the answer took. */
  activity(kind: string, outcome: string, seconds: number): void;
  /**
   * The result of sending a message to Teams, or of not sending it because the recipient is known to be unreachable.
   */
  delivery(outcome: SendResult['kind'], reason?: string): void;
  /** A message was sent again. */
  retry(reason: string): void;
  /** A conditional write failed: another writer changed the document first. */
  conflict(): void;
  /** A call of the document store. */
  store(operation: string, outcome: 'done' | 'conflict' | 'fault', seconds: number): void;
  /**
   * What a running sweep has found so far. A sweep with much to do takes long, and its backlog should show meanwhile.
   */
  behind(progress: SweepProgress): void;
  /** A sweep finished. */
  swept(sweep: FinishedSweep): void;
  /** Notices were given up for good: no one was told, and no one will be. Not those that a later event superseded. */
  deadNotices(notices: number): void;
  /** The store's time and the machine's differ too much, so a call was refused. */
  clockFault(): void;
  /** A history whose chain does not hold was read, and nothing was decided by it. */
  brokenHistory(): void;
  /** The number of files that belong to no known claim and to no intent: kept, for the operator to judge. */
  quarantined(files: number): void;
  /** The number of files that are being taken in by this process, and the bytes that they may have together. */
  uploading(files: number, bytes: number): void;
  /**
   * How many files wait for their virus scan, as a sweep found it, how many of them for too long, and whether their
   * scanner does not answer.
   */
  scans(found: { readonly waiting: number; readonly overdue: number; readonly isDown: boolean }): void;
  /** A virus was found in a file. */
  maliciousFile(): void;
  /** Whether the store and the files belong together, as their pair id says. */
  paired(isPair: boolean): void;
  /** Whether the desk stands still: an older state was restored, and no operator has confirmed it. */
  standingStill(isOn: boolean): void;
  /** Whether everything that the desk needs answered when last asked. */
  ready(isReady: boolean): void;
}

/** Records nothing. */
export const silentMeters: Meters = {
  inFlight: () => undefined,
  activity: () => undefined,
  delivery: () => undefined,
  retry: () => undefined,
  conflict: () => undefined,
  store: () => undefined,
  behind: () => undefined,
  swept: () => undefined,
  deadNotices: () => undefined,
  clockFault: () => undefined,
  brokenHistory: () => undefined,
  quarantined: () => undefined,
  uploading: () => undefined,
  scans: () => undefined,
  maliciousFile: () => undefined,
  paired: () => undefined,
  standingStill: () => undefined,
  ready: () => undefined,
};
