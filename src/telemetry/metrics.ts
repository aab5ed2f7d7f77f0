/** Everything that is measured, by name: counters count up, gauges stand somewhere, histograms say how long things take. */

export interface Measure {
  /** As Prometheus wants it: what it is, and its unit or `total` at the end. */
  readonly name: string;
  readonly help: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
}

const measure = <Kind extends Measure['kind']>(
  kind: Kind,
  name: string,
  help: string,
  ...labels: readonly string[]
) => ({ kind, name, help, labels });

export const MEASURES = {
  turns: measure(
    'counter',
    'desk_turns_total',
    'Activities from Teams, by kind and by what came of them.',
    'kind',
    'outcome',
  ),
  turnSeconds: measure('histogram', 'desk_turn_seconds', 'Time to answer an activity.', 'kind'),
  turnsInFlight: measure(
    'gauge',
    'desk_turns_in_flight',
    'Activities in hand now, those included whose body is still on its way.',
  ),
  deliveries: measure(
    'counter',
    'desk_deliveries_total',
    'What became of messages to Teams, by outcome and reason.',
    'outcome',
    'reason',
  ),
  retries: measure('counter', 'desk_retries_total', 'Messages that were tried again, by reason.', 'reason'),
  conflicts: measure('counter', 'desk_conflicts_total', 'Writes that came too late and were decided anew.'),
  storeSeconds: measure(
    'histogram',
    'desk_store_seconds',
    'Time of a call of the store, by operation and outcome.',
    'operation',
    'outcome',
  ),
  sweeps: measure('counter', 'desk_sweeps_total', 'Sweeps that were finished.'),
  sweepFailures: measure('counter', 'desk_sweep_failures_total', 'Claims that a sweep could not wake.'),
  dueClaims: measure('gauge', 'desk_due_claims', 'Claims that the last sweep found due, or the one under way so far.'),
  oldestDue: measure('gauge', 'desk_due_oldest_seconds', 'How long the oldest of them was due.'),
  oldestNotice: measure(
    'gauge',
    'desk_outbox_oldest_seconds',
    'Age of the oldest notice that the last sweep found still to be brought.',
  ),
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureName = keyof typeof MEASURES;
type Of<Kind extends Measure['kind']> = {
  [Name in MeasureName]: (typeof MEASURES)[Name]['kind'] extends Kind ? Name : never;
}[MeasureName];
export type CounterName = Of<'counter'>;
export type GaugeName = Of<'gauge'>;
export type HistogramName = Of<'histogram'>;

export type Labels = Readonly<Record<string, string>>;

/** Where measurements go. One that fails says so by throwing; whoever measures lets nobody feel it. */
export interface Gauges {
  count(name: CounterName, by: number, labels: Labels): void;
  stand(name: GaugeName, value: number): void;
  time(name: HistogramName, seconds: number, labels: Labels): void;
}

/** The upper ends of the histograms' buckets, in seconds: from a read of the store to the end of a client's patience. */
export const BUCKETS: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
