/**
 * The conditions in which worlds differ without an effect on claims: the number of instances, when they sweep, how long
 * calls take.
 */
import type { Chance } from '../../support/random.ts';
import type { PersonaName } from '../world/personas.ts';
import type { Script } from './script.ts';
import { timesIn } from './script.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Stop {
  readonly from: number;
  readonly to: number;
  /** No instance is up, not even one. */
  readonly all: boolean;
}

export interface Conditions {
  readonly instances: number;
  /** Between two sweeps of an instance; a local day has one at least (R45). */
  readonly rhythm: number;
  /** One instance sweeps, or all. */
  readonly sweepers: 'one' | 'all';
  /** Those who sweep do it at the same moment, each twice. */
  readonly together: boolean;
  /** When instances are stopped; milliseconds since the begin. */
  readonly stops: readonly Stop[];
  /** Of all ways to the store and to Teams. */
  readonly latency: number;
  /** How many weeks later everything happens. */
  readonly weeks: number;
  /** Who plays whose part, where it is another. */
  readonly parts: Readonly<Partial<Record<PersonaName, PersonaName>>>;
  /** What the names of forms begin with. */
  readonly forms: string;
}

/** The world in which a script is drawn. */
export const PLAIN: Conditions = {
  instances: 1,
  rhythm: MINUTE,
  sweepers: 'all',
  together: false,
  stops: [],
  latency: 0,
  weeks: 0,
  parts: {},
  forms: 'form',
};

const INSTANCES = [1, 2, 3, 5];
const RHYTHMS = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 20 * HOUR];
/** After a stop in the middle of the day there must be a sweep still. */
const RHYTHMS_WITH_STOPS = RHYTHMS.slice(0, 4);
const CLEAR = 5 * MINUTE;
const MAX_WEEKS = 120;

/** Some other world; the number leads through all rhythms and numbers of instances. */
export function drawConditions(number: number, script: Script, chance: Chance): Conditions {
  const stops = chance.happens(0.3);
  const rhythms = stops ? RHYTHMS_WITH_STOPS : RHYTHMS;
  const rhythm = rhythms[number % rhythms.length] ?? MINUTE;
  const together = chance.happens(0.25);
  return {
    ...PLAIN,
    rhythm,
    together,
    instances: chance.pick(INSTANCES),
    sweepers: chance.happens(0.5) ? 'one' : 'all',
    latency: 1 + number,
    stops: stops ? stopsIn(script, chance) : [],
  };
}

/** The same a number of weeks later. */
export function later(chance: Chance): Conditions {
  return { ...PLAIN, latency: 2_000, weeks: 1 + chance.below(MAX_WEEKS) };
}

/** Other people of the same rights, and other names of forms and so of claims. */
export function renamed(): Conditions {
  return {
    ...PLAIN,
    latency: 3_000,
    parts: { anna: 'boris', boris: 'anna', arun: 'rita', rita: 'arun' },
    forms: 'paper',
  };
}

/**
 * A few hours on some days: of all instances where no one asks anything in that time, else of all but one. The script
 * begins at a midnight.
 */
function stopsIn(script: Script, chance: Chance): readonly Stop[] {
  const times = timesIn(script);
  const stops: Stop[] = [];
  for (let day = 1; day * DAY < script.ends - DAY; day += 1 + chance.below(6)) {
    const from = day * DAY + (9 + chance.below(3)) * HOUR;
    const to = from + (1 + chance.below(4)) * HOUR + chance.below(HOUR);
    stops.push({ from, to, all: !times.some((at) => at > from - CLEAR && at < to + CLEAR) });
  }
  return stops;
}

/** The conditions in words, as a difference quotes them. */
export function told({ instances, rhythm, sweepers, together, stops, latency, weeks, parts }: Conditions): string {
  const facts = [
    `${instances} instance${instances === 1 ? '' : 's'}`,
    `${sweepers === 'one' && instances > 1 ? 'one sweeps' : 'a sweep'} each ${rhythm / MINUTE} min`,
    ...(together ? ['all at once twice'] : []),
    ...(stops.length > 0 ? [`${stops.length} stops`] : []),
    ...(weeks > 0 ? [`${weeks} weeks later`] : []),
    ...(Object.keys(parts).length > 0 ? ['others play the parts'] : []),
    `ways ${latency}`,
  ];
  return facts.join(', ');
}
