/**
 * The same measurements for Azure Monitor, through OpenTelemetry. Nothing here may harm the desk: what cannot be sent is
 * lost, nothing is kept on disk, and nobody but the endpoint of the connection string is called.
 */
import { AzureMonitorMetricExporter } from '@azure/monitor-opentelemetry-exporter';
import type { MeterProviderOptions } from '@opentelemetry/sdk-metrics';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Log } from '../desk/ports/system.ts';
import type { Gauges, Measure } from './metrics.ts';
import { BUCKETS, MEASURES } from './metrics.ts';

export interface AzureMonitor extends Gauges {
  /** Sends what was measured and ends; after so many milliseconds it ends without. */
  close(mostMs: number): Promise<void>;
}

const EXPORT_MS = 60_000;
const EXPORT_TIMEOUT_MS = 20_000;
const SERVICE = 'cpor-claims-desk';

/** `connection` is the connection string of an Application Insights resource. */
export async function openAzureMonitor(connection: string, log: Log): Promise<AzureMonitor> {
  const exporter = exporterFor(connection, log);
  await stopRemoteSettings(log);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: EXPORT_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new MeterProvider({ readers: [reader], resource: RESOURCE });
  const meter = provider.getMeter(SERVICE);
  const unit = (name: string): { unit?: string } => (name.endsWith('_seconds') ? { unit: 's' } : {});
  const named = <Made>(kind: Measure['kind'], make: (measure: Measure) => Made): ReadonlyMap<string, Made> =>
    new Map(
      Object.entries(MEASURES)
        .filter(([, measure]) => measure.kind === kind)
        .map(([name, measure]) => [name, make(measure)]),
    );
  const counters = named('counter', ({ name, help }) => meter.createCounter(name, { description: help }));
  const gauges = named('gauge', ({ name, help }) => meter.createGauge(name, { description: help, ...unit(name) }));
  const histograms = named('histogram', ({ name, help }) =>
    meter.createHistogram(name, {
      description: help,
      ...unit(name),
      advice: { explicitBucketBoundaries: [...BUCKETS] },
    }),
  );
  return {
    count: (name, by, labels) => counters.get(name)?.add(by, { ...labels }),
    stand: (name, value) => gauges.get(name)?.record(value),
    time: (name, seconds, labels) => histograms.get(name)?.record(seconds, { ...labels }),
    close: (mostMs) => endWithin(mostMs, provider.shutdown()),
  };
}

function exporterFor(connectionString: string, log: Log): AzureMonitorMetricExporter {
  // The SDK sends statistics about itself to addresses of its own unless its environment says no, and it asks nowhere else.
  process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] = 'true';
  const inTheClear = isLoopback(connectionString);
  return new AzureMonitorMetricExporter({
    connectionString,
    disableOfflineStorage: true,
    retryOptions: { maxRetries: 1 },
    allowInsecureConnection: inTheClear,
    additionalPolicies: [
      {
        position: 'perCall',
        policy: {
          name: 'deskWatch',
          async sendRequest(request, next) {
            request.timeout = EXPORT_TIMEOUT_MS;
            // The exporter makes https of every endpoint.
            if (inTheClear) request.url = request.url.replace(/^https:/, 'http:');
            try {
              const response = await next(request);
              if (response.status >= 300)
                log.warn({ status: response.status }, 'Azure Monitor did not take the measurements');
              return response;
            } catch (error) {
              log.warn({ error }, 'The measurements could not be sent to Azure Monitor');
              throw error;
            }
          },
        },
      },
    ],
  });
}

/** Only on this machine, where no certificate can be had, do measurements go in the clear. */
function isLoopback(connectionString: string): boolean {
  return /;\s*IngestionEndpoint=http:\/\/(127\.0\.0\.1|localhost)[:/]/i.test(`;${connectionString}`);
}

/**
 * The exporter lets a service of its own maker switch its features, and offers no way to say no: it asks that service some seconds
 * after it was made, and each hour. The asking is ended before it begins, at the only place where that can be done.
 */
async function stopRemoteSettings(log: Log): Promise<void> {
  try {
    const inside = new URL(
      './_configuration/configurationManager.js',
      import.meta.resolve('@azure/monitor-opentelemetry-exporter'),
    );
    const { ConfigurationManager } = (await import(inside.href)) as {
      readonly ConfigurationManager: { getInstance(): { shutdown(): void } };
    };
    ConfigurationManager.getInstance().shutdown();
  } catch (error) {
    log.warn({ error }, 'The exporter to Azure Monitor asks its maker for settings; that could not be switched off');
  }
}

/** Who measures, as Azure Monitor shows it: the role. The instance is the host's name by itself. */
const ATTRIBUTES = { 'service.name': SERVICE };
const RESOURCE: NonNullable<MeterProviderOptions['resource']> = {
  attributes: ATTRIBUTES,
  merge: () => RESOURCE,
  getRawAttributes: () => Object.entries(ATTRIBUTES),
};

async function endWithin(mostMs: number, ending: Promise<void>): Promise<void> {
  let alarm: NodeJS.Timeout | undefined;
  const bound = new Promise<void>((resolve) => {
    alarm = setTimeout(resolve, mostMs);
  });
  await Promise.race([ending.catch(() => undefined), bound]);
  clearTimeout(alarm);
}
