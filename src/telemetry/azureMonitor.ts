/**
 * The same metrics for Azure Monitor, through OpenTelemetry. Nothing here may harm the desk: readings that cannot be
 * sent are lost, nothing is written to disk, and only the endpoint of the connection string is called.
 */
import { AzureMonitorMetricExporter } from '@azure/monitor-opentelemetry-exporter';
import type { MeterProviderOptions } from '@opentelemetry/sdk-metrics';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import pTimeout from 'p-timeout';
import type { Log } from '../desk/ports/system.ts';
import { isLoopbackUrl } from '../shared/loopback.ts';
import type { MetricsBackend } from './metrics.ts';
import { BUCKETS, metricsOfKind } from './metrics.ts';

export interface AzureMonitor extends MetricsBackend {
  /** Sends the last readings and ends; after `timeoutMs` it ends without sending them. */
  close(timeoutMs: number): Promise<void>;
}

const EXPORT_MS = 60_000;
const EXPORT_TIMEOUT_MS = 20_000;
const SERVICE = 'cpor-claims-desk';

/** `connection` is the connection string of an Application Insights resource. */
export async function openAzureMonitor(connection: string, log: Log): Promise<AzureMonitor> {
  const exporter = exporterFor(connection, log);
  await disableRemoteConfiguration(log);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: EXPORT_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new MeterProvider({ readers: [reader], resource: RESOURCE });
  const meter = provider.getMeter(SERVICE);
  const unit = (name: string): { unit?: string } => (name.endsWith('_seconds') ? { unit: 's' } : {});
  const counters = metricsOfKind('counter', ({ name, help }) => meter.createCounter(name, { description: help }));
  const gauges = metricsOfKind('gauge', ({ name, help }) =>
    meter.createGauge(name, { description: help, ...unit(name) }),
  );
  const histograms = metricsOfKind('histogram', ({ name, help }) =>
    meter.createHistogram(name, {
      description: help,
      ...unit(name),
      advice: { explicitBucketBoundaries: [...BUCKETS] },
    }),
  );
  return {
    increment: (name, by, labels) => counters.get(name)?.add(by, { ...labels }),
    set: (name, value) => gauges.get(name)?.record(value),
    observe: (name, seconds, labels) => histograms.get(name)?.record(seconds, { ...labels }),
    async close(timeoutMs) {
      try {
        await pTimeout(provider.shutdown(), { milliseconds: timeoutMs, message: false });
      } catch {
        // The failed request is in the log already.
      }
    },
  };
}

function exporterFor(connectionString: string, log: Log): AzureMonitorMetricExporter {
  // Without this variable, which is the only switch, the SDK sends statistics about itself to Microsoft.
  process.env['APPLICATION_INSIGHTS_NO_STATSBEAT'] = 'true';
  const withoutTls = isWithoutTls(connectionString);
  return new AzureMonitorMetricExporter({
    connectionString,
    disableOfflineStorage: true,
    retryOptions: { maxRetries: 1 },
    allowInsecureConnection: withoutTls,
    additionalPolicies: [
      {
        position: 'perCall',
        policy: {
          name: 'logFailedExports',
          async sendRequest(request, next) {
            request.timeout = EXPORT_TIMEOUT_MS;
            // The exporter turns every endpoint into https.
            if (withoutTls) request.url = request.url.replace(/^https:/, 'http:');
            try {
              const response = await next(request);
              if (response.status >= 300) log.warn({ status: response.status }, 'Azure Monitor rejected the metrics');
              return response;
            } catch (error) {
              log.warn({ error }, 'Could not send the metrics to Azure Monitor');
              throw error;
            }
          },
        },
      },
    ],
  });
}

/** Metrics are sent without TLS only to this machine, where there is no certificate. */
function isWithoutTls(connectionString: string): boolean {
  const endpoint = /;\s*IngestionEndpoint=(http:[^;]*)/i.exec(`;${connectionString}`)?.[1];
  return endpoint !== undefined && isLoopbackUrl(endpoint);
}

/**
 * A few seconds after it is created, and then every hour, the exporter asks a service of Microsoft which of its
 * features are on. No option or variable turns that off, so the polling is stopped before its first request, in a
 * private file of the exporter.
 */
async function disableRemoteConfiguration(log: Log): Promise<void> {
  try {
    const privateFile = new URL(
      './_configuration/configurationManager.js',
      import.meta.resolve('@azure/monitor-opentelemetry-exporter'),
    );
    const { ConfigurationManager } = (await import(privateFile.href)) as {
      readonly ConfigurationManager: { getInstance(): { shutdown(): void } };
    };
    ConfigurationManager.getInstance().shutdown();
  } catch (error) {
    log.warn({ error }, 'Could not disable remote configuration of the Azure Monitor exporter');
  }
}

/** Azure Monitor shows the service's name as the role; the exporter adds the host's name as the instance. */
const ATTRIBUTES = { 'service.name': SERVICE };
const RESOURCE: NonNullable<MeterProviderOptions['resource']> = {
  attributes: ATTRIBUTES,
  merge: () => RESOURCE,
  getRawAttributes: () => Object.entries(ATTRIBUTES),
};
