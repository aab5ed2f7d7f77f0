/** The measurements as Prometheus reads them, with those of the process itself. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Gauges, Measure } from './metrics.ts';
import { BUCKETS, MEASURES } from './metrics.ts';

export interface Prometheus extends Gauges {
  /** Everything measured so far, in Prometheus' text format. */
  text(): Promise<string>;
  close(): void;
}

/** A registry of its own: several desks in one process do not count for each other. */
export function openPrometheus(): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const facts = ({ name, help, labels }: Measure) => ({ name, help, labelNames: [...labels], registers: [registry] });
  const named = <Made>(kind: Measure['kind'], make: (measure: Measure) => Made): ReadonlyMap<string, Made> =>
    new Map(
      Object.entries(MEASURES)
        .filter(([, measure]) => measure.kind === kind)
        .map(([name, measure]) => [name, make(measure)]),
    );
  const counters = named('counter', (measure) => new Counter(facts(measure)));
  const gauges = named('gauge', (measure) => new Gauge(facts(measure)));
  const histograms = named('histogram', (measure) => new Histogram({ ...facts(measure), buckets: [...BUCKETS] }));
  return {
    count: (name, by, labels) => counters.get(name)?.inc({ ...labels }, by),
    stand: (name, value) => gauges.get(name)?.set(value),
    time: (name, seconds, labels) => histograms.get(name)?.observe({ ...labels }, seconds),
    text: () => registry.metrics(),
    close: () => {
      registry.clear();
    },
  };
}
