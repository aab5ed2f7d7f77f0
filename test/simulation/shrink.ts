/** A seed that fails, made as small as it still fails: fewer claims, fewer days, fewer instances, fewer faults. */
import type { Cards } from '../../src/teams/cards.ts';
import { FAULT_NAMES } from './faults.ts';
import { run, type RunOptions, type RunResult } from './run.ts';

const DAY = 86_400_000;
const MOST_TRIES = 120;

export interface Shrunk {
  readonly options: RunOptions;
  readonly result: RunResult;
}

/** The smallest that was found within a number of tries. It fails before the same judge, be it in other words. */
export async function shrink(options: RunOptions, cards: Cards): Promise<Shrunk> {
  const first = await run(options, cards);
  const judges = new Set(first.violations.map(({ judge }) => judge));
  let best: Shrunk = { options, result: first };
  let tries = 0;

  async function attempt(smaller: Partial<RunOptions>): Promise<boolean> {
    if (tries >= MOST_TRIES) return false;
    tries += 1;
    const tried = { ...best.options, ...smaller };
    const result = await run(tried, cards);
    if (!result.violations.some(({ judge }) => judges.has(judge))) return false;
    best = { options: tried, result };
    return true;
  }

  for (let instances = 1; instances < best.options.instances; instances += 1) if (await attempt({ instances })) break;
  for (let claims = 1; claims < best.options.claims; claims += 1) if (await attempt({ claims })) break;
  // Whole groups first: most faults have nothing to do with it.
  const without = (names: readonly string[]): ReadonlySet<string> => new Set([...(best.options.without ?? []), ...names]);
  const met = (): readonly string[] => FAULT_NAMES.filter((name) => (best.result.faults[name] ?? 0) > 0);
  for (let size = Math.ceil(met().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const names = met();
    for (let at = 0; at < names.length; at += size) await attempt({ without: without(names.slice(at, at + size)) });
  }
  const last = best.result.violations[0]?.at;
  const lasted = last === undefined ? best.options.days : Math.ceil((last - Date.parse(best.result.trace[0]?.slice(0, 24) ?? '')) / DAY) + 1;
  if (lasted > 0 && lasted < best.options.days) await attempt({ days: lasted });
  return best;
}

/** The lines of a trace that tell of the claims that a violation names, the last of them. */
export function storyOf({ result }: Shrunk, most: number): readonly string[] {
  const names = new Set(result.violations.flatMap(({ what }) => what.match(/CPOR-[0-9A-Z]{6}/g) ?? []));
  const asked = new Set(result.trace.flatMap((line) => ([...names].some((name) => line.includes(name)) ? (/ #(\d+) /.exec(line)?.[1] ?? []) : [])));
  const tells = (line: string): boolean =>
    names.size === 0 || [...names].some((name) => line.includes(name)) || asked.has(/ #(\d+) is answered/.exec(line)?.[1] ?? 'none');
  return result.trace.filter(tells).slice(-most);
}
