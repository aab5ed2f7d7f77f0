/** Makes a failing run smaller as long as it still fails: fewer claims, days, instances and faults. */
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { FAULT_NAMES } from '../world/faults.ts';
import { run } from './run.ts';
import type { RunOptions, RunResult, Violation } from './run.ts';
import { FAULT_MARK } from './trace.ts';

const DAY = 86_400_000;
const MAX_TRIES = 120;
/** Letters of the time at the beginning of a line. */
const STAMP = 24;

export interface Shrunk {
  readonly options: RunOptions;
  readonly result: RunResult;
}

/** The smallest that was found within a number of tries. It still fails the same checker by the same rule. */
export async function shrink(options: RunOptions, cards: Cards): Promise<Shrunk> {
  const first = await run(options, cards);
  const problems = new Set(first.violations.map(kindOf));
  let best: Shrunk = { options, result: first };
  let tries = 0;

  async function attempt(smaller: Partial<RunOptions>): Promise<boolean> {
    if (tries >= MAX_TRIES) return false;
    tries += 1;
    const tried = { ...best.options, ...smaller };
    const result = await run(tried, cards);
    if (!result.violations.some((violation) => problems.has(kindOf(violation)))) return false;
    best = { options: tried, result };
    return true;
  }

  async function withFewer(): Promise<void> {
    for (let instances = 1; instances < best.options.instances; instances += 1) if (await attempt({ instances })) break;
    for (let claims = 1; claims < best.options.claims; claims += 1) if (await attempt({ claims })) break;
    const last = best.result.violations[0]?.at;
    const lasted =
      last === undefined
        ? best.options.days
        : Math.ceil((last - Date.parse(best.result.trace[0]?.slice(0, STAMP) ?? '')) / DAY) + 1;
    if (lasted > 0 && lasted < best.options.days) await attempt({ days: lasted });
  }

  /** Whole groups first: most faults have nothing to do with it. */
  async function withoutFaults(): Promise<void> {
    const without = (names: readonly string[]): ReadonlySet<string> =>
      new Set([...(best.options.without ?? []), ...names]);
    for (let size = Math.ceil(faultsIn(best).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      const names = faultsIn(best);
      for (let at = 0; at < names.length; at += size) await attempt({ without: without(names.slice(at, at + size)) });
    }
  }

  for (let before: Shrunk | undefined; before !== best && tries < MAX_TRIES; ) {
    before = best;
    await withFewer();
    await withoutFaults();
  }
  return best;
}

/** What is wrong in one word: the checker and the rule, whatever claim and person it is. */
function kindOf({ checker, what }: Violation): string {
  return `${checker} ${what.match(/R\d+/g)?.join() ?? ''}`;
}

/** The faults that struck in it. */
function faultsIn({ result }: Shrunk): readonly string[] {
  return FAULT_NAMES.filter((name) => (result.faults[name] ?? 0) > 0);
}

/** How to see it again, and what it still takes. */
export function replayOf(shrunk: Shrunk): string {
  const left = faultsIn(shrunk);
  return `${commandOf(shrunk.options)}
  faults left, which need not be the cause: ${left.length > 0 ? left.join(', ') : 'none'}`;
}

/** What plays a world again. */
export function commandOf({
  seed,
  claims,
  days,
  instances,
  without = new Set(),
}: Omit<RunOptions, 'checkers'>): string {
  return (
    `npm run simulate -- --from ${seed} --seeds 1 --claims ${claims} --days ${days} --instances ` +
    `${instances}${without.size > 0 ? ` --without ${[...without].join(',')}` : ''}`
  );
}

const NAMED = /CPOR-[0-9A-Z]{6}|\b1:[0-9a-z]{10}\b|\b\d{13}\b/g;
/** A write that only takes or returns a lease. */
const LEASE_ONLY = /writes claim \S+(?: \| leased)?$/;

/**
 * The last lines of a trace, up to the violation, that tell of the claims and messages that it names, and of what went
 * wrong meanwhile.
 */
export function storyOf({ result }: Shrunk, most: number): readonly string[] {
  const [violation] = result.violations;
  if (!violation || most === 0) return [];
  const until = new Date(violation.at).toISOString();
  const trace = result.trace.filter((line) => line.slice(0, STAMP) <= until && !LEASE_ONLY.test(line));
  const names = [...new Set(result.violations.flatMap(({ what }) => what.match(NAMED) ?? []))];
  const isNamed = (line: string): boolean => names.some((name) => line.includes(name));
  const asked = new Set(trace.flatMap((line) => (isNamed(line) ? (/ #(\d+) /.exec(line)?.[1] ?? []) : [])));
  const begun = trace.findIndex(isNamed);
  const tells = (line: string, at: number): boolean =>
    names.length === 0 ||
    isNamed(line) ||
    asked.has(/ #(\d+) is answered/.exec(line)?.[1] ?? 'none') ||
    (at > begun && line.startsWith(FAULT_MARK, STAMP));
  return [...trace.filter(tells).slice(-most), `${until} >>> ${violation.checker}: ${violation.what}`];
}
