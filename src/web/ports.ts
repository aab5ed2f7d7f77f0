/** What the web room is handed. It knows nothing of Teams and nothing of how the desk works. */
import type { DownloadDesk, UploadDesk } from '../desk/ports/proof.ts';
import type { Meters } from '../desk/ports/metrics.ts';
import type { Log } from '../desk/ports/system.ts';

/** An answer to the channel: an HTTP status and a body that is sent as JSON, if there is one. */
export interface MessageAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Readiness {
  readonly store: boolean;
  readonly files: boolean;
  /** The keys that Teams signs with. */
  readonly keys: boolean;
}

export interface MetricsDoor {
  /** All that was measured, in Prometheus' text format. */
  text(): Promise<string>;
  /** What has to be shown as bearer token; absent: nothing. */
  readonly key?: string;
}

export interface WebDoors {
  /** The answer to whoever shows this Authorization header, where it is known before anything of theirs is read. */
  turnAway(authorization: string | undefined): Promise<MessageAnswer | undefined>;
  /** Takes one activity from the channel: a plain object with a `type`; whether it is genuine is for this door to find out. */
  messages(activity: Record<string, unknown>, authorization: string | undefined): Promise<MessageAnswer>;
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  /** Whether what the desk needs for its work answers just now. */
  ready(): Promise<Readiness>;
  /** What is told to who watches over the desk; absent: nobody is told. */
  readonly metrics?: MetricsDoor;
  readonly meters?: Pick<Meters, 'inFlight' | 'activity'>;
  readonly log: Log;
  /** Runs the work of one request, so that all that is logged by it can be told from the work of others. */
  inRequest?(work: () => Promise<void>): Promise<void>;
}

/** Calls `then` after `ms` milliseconds, unless the returned function is called before. */
export type After = (ms: number, then: () => void) => () => void;

/** How much and how long the web room puts up with. Bytes and milliseconds. */
export interface WebLimits {
  /**
   * The largest activity. Teams itself stays far below, but a text of 1 MB is to be answered by the desk, and JSON may
   * write one character as six.
   */
  readonly activityBytes: number;
  /** How long an activity's body may take to arrive. */
  readonly activityMs: number;
  /** How many activities may be in flight at once, those included whose body is still arriving; Teams is asked to retry those above. */
  readonly maxConcurrentActivities: number;
  /** How much the bodies of all of them may hold. Teams' own are of some kilobytes. */
  readonly bodiesBytes: number;
  /** After so long a body that is still on its way gives its place to others, where there is none left. */
  readonly patienceMs: number;
  /** How long any request may take to arrive, an upload over a slow line included. */
  readonly requestMs: number;
  /** How long a request's headers may take to arrive. */
  readonly headersMs: number;
  /** How long a connection may stay silent in the middle of a request. */
  readonly silenceMs: number;
  /** How long an idle connection is kept. Longer than a load balancer's, so that it is never the one surprised. */
  readonly keepAliveMs: number;
  /** How long closing waits for the requests under way. */
  readonly drainMs: number;
}

export const WEB_LIMITS: WebLimits = {
  activityBytes: 4 * 1024 * 1024,
  activityMs: 10_000,
  maxConcurrentActivities: 200,
  bodiesBytes: 64 * 1024 * 1024,
  patienceMs: 1_000,
  requestMs: 15 * 60_000,
  headersMs: 15_000,
  silenceMs: 60_000,
  keepAliveMs: 65_000,
  drainMs: 10_000,
};
