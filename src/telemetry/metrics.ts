/**
 * Every metric of the desk. Names, labels and help texts are read by dashboards and alerts outside: they do not change.
 */

export interface MetricDefinition {
  /** By Prometheus' convention: ends with the unit or with `total`. */
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
}

const metric = <Kind extends MetricDefinition['kind']>(
  kind: Kind,
  name: string,
  help: string,
  ...labels: readonly string[]
) => ({ kind, name, help, labels });

export const METRICS = {
  turns: metric(
    'counter',
    'desk_turns_total',
    'Activities from Teams, by kind and by what came of them.',
    'kind',
    'outcome',
  ),
  turnSeconds: metric('histogram', 'desk_turn_seconds', 'Time to answer an activity.', 'kind'),
  turnsInFlight: metric(
    'gauge',
    'desk_turns_in_flight',
    'Activities in hand now, those included whose body is still on its way.',
  ),
  deliveries: metric(
    'counter',
    'desk_deliveries_total',
    'What became of messages to Teams, by outcome and reason.',
    'outcome',
    'reason',
  ),
  retries: metric('counter', 'desk_retries_total', 'Messages that were tried again, by reason.', 'reason'),
  conflicts: metric('counter', 'desk_conflicts_total', 'Writes that came too late and were decided anew.'),
  storeSeconds: metric(
    'histogram',
    'desk_store_seconds',
    'Time of a call of the store, by operation and outcome.',
    'operation',
    'outcome',
  ),
  sweeps: metric('counter', 'desk_sweeps_total', 'Sweeps that were finished.'),
  sweepFailures: metric('counter', 'desk_sweep_failures_total', 'Claims that a sweep could not wake.'),
  dueClaims: metric('gauge', 'desk_due_claims', 'Claims that the last sweep found due, or the one under way so far.'),
  oldestDue: metric('gauge', 'desk_due_oldest_seconds', 'How long the oldest of them was due.'),
  oldestNotice: metric(
    'gauge',
    'desk_outbox_oldest_seconds',
    'Age of the oldest notice that the last sweep found still to be brought.',
  ),
  deadNotices: metric('counter', 'desk_dead_notices_total', 'Notices that were given up for good.'),
  clockFaults: metric(
    'counter',
    'desk_clock_faults_total',
    "Calls of the store that were refused because its time and the machine's differ.",
  ),
  brokenHistories: metric(
    'counter',
    'desk_broken_histories_total',
    'Reads of a history whose chain does not hold; nothing is decided by it.',
  ),
  quarantinedFiles: metric(
    'gauge',
    'desk_quarantined_files',
    'Files that belong to no known claim and no intent, as the last cleaning found them.',
  ),
  uploadsInFlight: metric('gauge', 'desk_uploads_in_flight', 'Files that are being taken in now.'),
  uploadBytesInFlight: metric(
    'gauge',
    'desk_upload_bytes_in_flight',
    'Bytes that the files being taken in now may have together.',
  ),
  scansWaiting: metric(
    'gauge',
    'desk_scans_waiting',
    'Files that wait for their virus scan, as the last sweep found them.',
  ),
  scansOverdue: metric(
    'gauge',
    'desk_scans_overdue',
    'Files that have waited for their virus scan for more than an hour, as the last sweep found them.',
  ),
  scannerDown: metric('gauge', 'desk_scanner_down', '1 while files wait and the virus scanner does not answer.'),
  maliciousFiles: metric('counter', 'desk_malicious_files_total', 'Files in which a virus was found.'),
  pairMismatch: metric('gauge', 'desk_pair_mismatch', '1 while the store and the files do not belong together.'),
  standstill: metric('gauge', 'desk_standstill', '1 while the desk stands still: an older state was restored.'),
  notReady: metric('gauge', 'desk_not_ready', '1 while something that the desk needs does not answer.'),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;
type Of<Kind extends MetricDefinition['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
export type CounterName = Of<'counter'>;
export type GaugeName = Of<'gauge'>;
export type HistogramName = Of<'histogram'>;

export type Labels = Readonly<Record<string, string>>;

/** What stores or sends the readings. May throw; the caller of the port `Meters` never notices. */
export interface MetricsBackend {
  increment(name: CounterName, by: number, labels: Labels): void;
  set(name: GaugeName, value: number): void;
  observe(name: HistogramName, seconds: number, labels: Labels): void;
}

/** Makes an instrument for each metric of a kind, by the metric's key in `METRICS`. */
export function metricsOfKind<Instrument>(
  kind: MetricDefinition['kind'],
  make: (metric: MetricDefinition) => Instrument,
): ReadonlyMap<string, Instrument> {
  const ofKind = Object.entries(METRICS).filter(([, definition]) => definition.kind === kind);
  return new Map(ofKind.map(([key, definition]) => [key, make(definition)]));
}

/** The upper bounds of the histograms' buckets in seconds: from one read of the store to a client's time-out. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
