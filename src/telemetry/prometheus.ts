/**
 * The metrics as Prometheus reads them, with those of the process. By prom-client: OpenTelemetry's exporter for
 * Prometheus has no process metrics, writes nothing for a metric without readings and takes twice as long to load.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MetricDefinition, MetricsBackend } from './metrics.ts';
import { BUCKETS, metricsOfKind } from './metrics.ts';

export interface Prometheus extends MetricsBackend {
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
  close(): void;
}

/** Has a registry of its own, so that several desks in one process are counted separately. */
export function openPrometheus(): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const options = ({ name, help, labels }: MetricDefinition) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  const counters = metricsOfKind('counter', (metric) => new Counter(options(metric)));
  const gauges = metricsOfKind('gauge', (metric) => new Gauge(options(metric)));
  const histograms = metricsOfKind(
    'histogram',
    (metric) => new Histogram({ ...options(metric), buckets: [...BUCKETS] }),
  );
  return {
    increment: (name, by, labels) => counters.get(name)?.inc({ ...labels }, by),
    set: (name, value) => gauges.get(name)?.set(value),
    observe: (name, seconds, labels) => histograms.get(name)?.observe({ ...labels }, seconds),
    text: () => registry.metrics(),
    close: () => {
      registry.clear();
    },
  };
}
