/** The desk's metrics: recorded for Prometheus, and sent to Azure Monitor where that is configured. */
import type { Meters } from '../desk/ports/metrics.ts';
import type { Log } from '../desk/ports/system.ts';
import { kindLabel, operationLabel, outcomeLabel, reasonLabel } from './labels.ts';
import type { MetricsBackend } from './metrics.ts';
import { openPrometheus } from './prometheus.ts';

export interface OpenMeters extends Meters {
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>;
  /** Stops measuring. Readings not yet sent to Azure Monitor are sent within `timeoutMs`, or lost. */
  close(timeoutMs: number): Promise<void>;
}

export interface MetersOptions {
  /** The connection string of an Application Insights resource. */
  readonly insights?: string;
  readonly log: Log;
}

/**
 * Throws where the connection string cannot be used. Azure's exporter is loaded only where it is configured: it is slow
 * to load.
 */
export async function createMeters({ insights, log }: MetersOptions): Promise<OpenMeters> {
  const prometheus = openPrometheus();
  const azure =
    insights === undefined ? undefined : await (await import('./azureMonitor.ts')).openAzureMonitor(insights, log);
  return {
    ...createMetersOn(azure ? [prometheus, azure] : [prometheus]),
    text: () => prometheus.text(),
    async close(timeoutMs) {
      prometheus.close();
      await azure?.close(timeoutMs);
    },
  };
}

/**
 * Meters that record every reading with each backend. A backend that throws loses the reading; the caller never
 * notices.
 */
export function createMetersOn(backends: readonly MetricsBackend[]): Meters {
  const record = (reading: (backend: MetricsBackend) => void): void => {
    for (const backend of backends) {
      try {
        reading(backend);
      } catch {
        // A reading is worth less than the work it is about.
      }
    }
  };
  const behind: Meters['behind'] = ({ dueClaims, oldestDueSeconds, oldestNoticeSeconds }) =>
    record((to) => {
      to.set('dueClaims', dueClaims);
      to.set('oldestDue', oldestDueSeconds);
      to.set('oldestNotice', oldestNoticeSeconds);
    });
  return {
    inFlight: (activities) => record((to) => to.set('turnsInFlight', activities)),
    activity: (kind, outcome, seconds) =>
      record((to) => {
        to.increment('turns', 1, { kind: kindLabel(kind), outcome: outcomeLabel(outcome) });
        // Rejected activities take almost no time: timing them would only make the desk look fast.
        if (outcome === 'answered' || outcome === 'failed')
          to.observe('turnSeconds', seconds, { kind: kindLabel(kind) });
      }),
    delivery: (outcome, reason) =>
      record((to) => to.increment('deliveries', 1, { outcome, reason: reasonLabel(reason) })),
    retry: (reason) => record((to) => to.increment('retries', 1, { reason: reasonLabel(reason) })),
    conflict: () => record((to) => to.increment('conflicts', 1, {})),
    store: (operation, outcome, seconds) =>
      record((to) => to.observe('storeSeconds', seconds, { operation: operationLabel(operation), outcome })),
    behind,
    swept(finished) {
      record((to) => {
        to.increment('sweeps', 1, {});
        to.increment('sweepFailures', finished.failedClaims, {});
      });
      behind(finished);
    },
    deadNotices: (notices) => record((to) => to.increment('deadNotices', notices, {})),
    clockFault: () => record((to) => to.increment('clockFaults', 1, {})),
    brokenHistory: () => record((to) => to.increment('brokenHistories', 1, {})),
    quarantined: (files) => record((to) => to.set('quarantinedFiles', files)),
    uploading: (files, bytes) =>
      record((to) => {
        to.set('uploadsInFlight', files);
        to.set('uploadBytesInFlight', bytes);
      }),
    scans: ({ waiting, overdue, isDown }) =>
      record((to) => {
        to.set('scansWaiting', waiting);
        to.set('scansOverdue', overdue);
        to.set('scannerDown', isDown ? 1 : 0);
      }),
    maliciousFile: () => record((to) => to.increment('maliciousFiles', 1, {})),
    paired: (isPair) => record((to) => to.set('pairMismatch', isPair ? 0 : 1)),
    standingStill: (isOn) => record((to) => to.set('standstill', isOn ? 1 : 0)),
    ready: (isReady) => record((to) => to.set('notReady', isReady ? 0 : 1)),
  };
}
