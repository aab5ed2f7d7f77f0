/** The figures of an outage as lines of text. */
import { KIND_NAMES, OUTAGE_MS, STARTED } from './dueClaims.ts';
import { overtaking } from './fairness.ts';
import type { Outage } from './outage.ts';

export function reportOf({ ledger, counts, messages, endedAt, seconds }: Outage): readonly string[] {
  const { decided, claims } = ledger;
  const sum = (name: keyof (typeof counts)[number]): number => counts.reduce((total, one) => total + one[name], 0);
  const due = [...claims.values()].filter(({ plan }) => plan.due).length;
  const calls = sum('reads') + sum('writes') + sum('finds') + sum('conflicts');
  const rivals = ledger.rivals();
  const inQueue = overtaking(decided.map(({ claim }) => claim.wake ?? 0));
  const shares = [...Map.groupBy(decided, ({ by }) => by)]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([by, all]) => `${by} ${all.length}`);
  return [
    `${due} claims due within ${OUTAGE_MS / 3_600_000} hours, and ${claims.size - due} more that wait for a ` +
      `notice no one got and are not due; ${counts.length} instances`,
    `decided: ${KIND_NAMES.map((kind) => `${kind} ${decided.filter((one) => one.kind === kind).length}`).join(', ')}`,
    `by: ${shares.join(', ')}`,
    `virtual time: last decision after ${minutes((decided.at(-1)?.at ?? STARTED) - STARTED)}, last message ` +
      `after ${minutes(messages.lastAt - STARTED)}, found with nothing due after ${minutes(endedAt - STARTED)}`,
    `messages: ${messages.messages}, ` +
      `${((messages.messages * 1_000) / Math.max(1, messages.lastAt - STARTED)).toFixed(1)} in a virtual second`,
    `real time: ${seconds.making.toFixed(1)} s to make the claims, ${seconds.running.toFixed(1)} s to decide ` +
      `and to tell, ${(due / seconds.running).toFixed(1)} claims/s`,
    `store: ${calls} calls (${sum('reads')} reads, ${sum('finds')} finds, ${sum('writes')} writes), ` +
      `${(calls / due).toFixed(1)} a claim; ${sum('conflicts')} writes of any kind came too late ` +
      `(${percent(sum('conflicts') / Math.max(1, sum('writes')))})`,
    `double work: ${percent(rivals.claims / due)} of the claims were decided in vain as well, by an instance ` +
      `that came too late (${rivals.times} times in all); ${percent(ledger.sharedWork())} were looked at by ` +
      'more than one',
    `largest overtaking: ${inQueue.places} claims that fell due later were decided before one, and one that ` +
      `fell due ${minutes(inQueue.ms)} later`,
  ];
}

function minutes(ms: number): string {
  return ms < 60_000
    ? `${(ms / 1_000).toFixed(1)} s`
    : ms < 7_200_000
      ? `${(ms / 60_000).toFixed(1)} min`
      : `${(ms / 3_600_000).toFixed(1)} h`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
