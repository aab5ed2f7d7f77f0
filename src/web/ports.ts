/** What the web server is given. It knows nothing about Teams, and nothing about how the desk works. */
import type { DownloadDesk, UploadDesk } from '../desk/ports/proof.ts';
import type { Meters } from '../desk/ports/metrics.ts';
import type { SigningKey } from '../desk/ports/signer.ts';
import type { Log } from '../desk/ports/system.ts';

/** An answer to the channel: an HTTP status, and a body that is sent as JSON if present. */
export interface MessageAnswer {
  readonly status: number;
  readonly body?: unknown;
}

// These two mirror those of `teams/auth`: the two rooms may not import each other.
/** What a request's header proves; handed on with its activity. */
export interface Admission {
  readonly proof: unknown;
}

/** Whether a request may send an activity; if not, the answer to it. */
export type Authentication =
  | { readonly kind: 'admitted'; readonly admission: Admission }
  | { readonly kind: 'rejected'; readonly response: MessageAnswer };

export interface Readiness {
  readonly store: boolean;
  readonly files: boolean;
  /** Store and files belong together. */
  readonly pair: boolean;
  /** The keys that the channel signs with. */
  readonly keys: boolean;
}

export interface MetricsSource {
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
  /** The bearer token that a request must carry; where absent, none is needed. */
  readonly key?: string;
}

/** What requests are handed to. */
export interface WebBackend {
  /** Verifies an Authorization header; called before the body is read. */
  authenticate(authorization: string | undefined): Promise<Authentication>;
  /** Processes one activity, a plain object with a `type`, of a request that was admitted. */
  messages(activity: Record<string, unknown>, admission: Admission): Promise<MessageAnswer>;
  readonly uploads: UploadDesk;
  readonly downloads: DownloadDesk;
  /** The public keys that exports are signed with, the newest first. */
  signingKeys(): readonly SigningKey[];
  /** Whether the services that the desk depends on answer now. */
  ready(): Promise<Readiness>;
  /** Absent where metrics are not exposed. */
  readonly metrics?: MetricsSource;
  readonly meters?: Pick<Meters, 'inFlight' | 'activity'>;
  readonly log: Log;
  /** Runs the work of one request, so that all its log lines carry the request's id. */
  inRequest?(work: () => Promise<void>): Promise<void>;
}

/** Calls `then` after `ms` milliseconds, unless the returned function is called first. */
export type After = (ms: number, then: () => void) => () => void;

/** Limits of the web server, in bytes and milliseconds. */
export interface WebLimits {
  /**
   * The largest activity. Teams sends far smaller ones, but a text of 1 MB should be answered by the desk, and JSON may
   * encode one character as six.
   */
  readonly activityBytes: number;
  /** How long an activity's body may take to arrive. */
  readonly activityMs: number;
  /**
   * How many activities may be in flight at once, those included whose body is still arriving; Teams is asked to retry
   * those above.
   */
  readonly maxConcurrentActivities: number;
  /** How much memory all their bodies together may take. Those of Teams have some kilobytes. */
  readonly bodiesBytes: number;
  /** After this time an incomplete body counts as slow: it is cancelled when another request needs its slot. */
  readonly slowBodyMs: number;
  /** How long any request may take to arrive, including an upload over a slow line. */
  readonly requestMs: number;
  /** How long a request's headers may take to arrive. */
  readonly headersMs: number;
  /** How long a connection may be silent in the middle of a request. */
  readonly silenceMs: number;
  /**
   * How long an idle connection is kept: longer than a load balancer keeps it, so that the server never closes it
   * first.
   */
  readonly keepAliveMs: number;
  /** How long closing waits for running requests. */
  readonly drainMs: number;
}

export const WEB_LIMITS: WebLimits = {
  activityBytes: 4 * 1024 * 1024,
  activityMs: 10_000,
  maxConcurrentActivities: 200,
  bodiesBytes: 64 * 1024 * 1024,
  slowBodyMs: 1_000,
  requestMs: 15 * 60_000,
  headersMs: 15_000,
  silenceMs: 60_000,
  keepAliveMs: 65_000,
  drainMs: 10_000,
};
