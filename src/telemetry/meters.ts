/** The desk's meters: what it tells of itself goes to Prometheus, and to Azure Monitor where that is configured. */
import type { Log } from '../desk/ports/system.ts';
import type { Meters } from '../desk/ports/metrics.ts';
import type { Gauges } from './metrics.ts';
import { openPrometheus } from './prometheus.ts';
import { kindWord, operationWord, outcomeWord, reasonWord } from './labels.ts';

export interface OpenMeters extends Meters {
  /** Everything measured so far, in Prometheus' text format. */
  text(): Promise<string>;
  /** Ends the measuring; what Azure Monitor has not got yet is sent within so many milliseconds or not at all. */
  close(mostMs: number): Promise<void>;
}

export interface MetersOptions {
  /** The connection string of an Application Insights resource. */
  readonly insights?: string;
  readonly log: Log;
}

/** Throws where the connection string cannot be used. */
export async function createMeters({ insights, log }: MetersOptions): Promise<OpenMeters> {
  const prometheus = openPrometheus();
  const azure =
    insights === undefined ? undefined : await (await import('./azureMonitor.ts')).openAzureMonitor(insights, log);
  return {
    ...metersOn(azure ? [prometheus, azure] : [prometheus]),
    text: () => prometheus.text(),
    async close(mostMs) {
      prometheus.close();
      await azure?.close(mostMs);
    },
  };
}

/** Meters whose every reading goes to each of these. What one of them cannot take is lost; nobody feels it. */
export function metersOn(all: readonly Gauges[]): Meters {
  const tell = (say: (gauges: Gauges) => void): void => {
    for (const gauges of all) {
      try {
        say(gauges);
      } catch {
        // A reading is worth less than the work that it is about.
      }
    }
  };
  const behind: Meters['behind'] = (due, oldestDueSeconds, oldestNoticeSeconds) =>
    tell((to) => {
      to.stand('dueClaims', due);
      to.stand('oldestDue', oldestDueSeconds);
      to.stand('oldestNotice', oldestNoticeSeconds);
    });
  return {
    inFlight: (turns) => tell((to) => to.stand('turnsInFlight', turns)),
    activity: (kind, outcome, seconds) =>
      tell((to) => {
        to.count('turns', 1, { kind: kindWord(kind), outcome: outcomeWord(outcome) });
        // What was refused was soon done with: it would only make the desk look fast.
        if (outcome === 'answered' || outcome === 'failed') to.time('turnSeconds', seconds, { kind: kindWord(kind) });
      }),
    delivery: (outcome, reason) => tell((to) => to.count('deliveries', 1, { outcome, reason: reasonWord(reason) })),
    retry: (reason) => tell((to) => to.count('retries', 1, { reason: reasonWord(reason) })),
    conflict: () => tell((to) => to.count('conflicts', 1, {})),
    store: (operation, outcome, seconds) =>
      tell((to) => to.time('storeSeconds', seconds, { operation: operationWord(operation), outcome })),
    behind,
    swept(due, failed, oldestDueSeconds, oldestNoticeSeconds) {
      tell((to) => {
        to.count('sweeps', 1, {});
        to.count('sweepFailures', failed, {});
      });
      behind(due, oldestDueSeconds, oldestNoticeSeconds);
    },
  };
}
