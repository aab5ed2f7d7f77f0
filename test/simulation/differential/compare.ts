/** One seed: a script is written in one world and played in others, which must come to the same result. */
import { localDate, startOfDay } from '../../../src/domain/calendar/calendar.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { chanceOf } from '../../support/random.ts';
import type { PersonaName } from '../world/personas.ts';
import { drawConditions, later, PLAIN, renamed, told } from './conditions.ts';
import type { Conditions } from './conditions.ts';
import { write } from './scriptWriter.ts';
import type { Script } from './script.ts';
import { createScriptWorld } from './playScript.ts';
import type { Difference, Story } from './comparableHistory.ts';
import { differences, storyOf } from './comparableHistory.ts';
import { evenRules, ownRules } from './programmeRules.ts';

const DAY = 86_400_000;
const FIRST_START = Date.UTC(2026, 0, 5);
const STARTS = 730;
/** One in this many seeds is played where all weeks are alike. */
const EVEN = 4;
/** Whose chats may begin late: the customers', for whom a clock waits (R45). */
const LATE: readonly PersonaName[] = ['dana', 'nora'];

export interface CompareOptions {
  readonly seed: number;
  readonly claims: number;
  readonly days: number;
  /** In how many other worlds of other conditions the script is played. */
  readonly worlds: number;
}

/** The first difference between the world in which a script was written and another. */
export interface Found extends Difference {
  /** The two worlds, in words. */
  readonly plain: string;
  readonly conditions: string;
}

export interface Compared {
  readonly seed: number;
  /** One for each other world that came to something else. */
  readonly found: readonly Found[];
  readonly worlds: number;
  readonly actions: number;
  readonly refused: number;
  readonly entries: number;
  readonly steps: number;
  /** What kinds of events there were. */
  readonly events: Readonly<Record<string, number>>;
}

export async function compare({ seed, claims, days, worlds }: CompareOptions, cards: Cards): Promise<Compared> {
  const chance = chanceOf(seed * 7_919);
  const isEven = seed % EVEN === 0;
  const rules = isEven ? evenRules((zones) => chance.pick(zones)) : ownRules();
  const { zone } = rules.programme.policy;
  const start = startOfDay(localDate(FIRST_START + chance.below(STARTS) * DAY, zone), zone);
  const away = LATE.filter(() => chance.happens(0.3));

  async function written(): Promise<{ readonly script: Script; readonly story: Story }> {
    const world = createScriptWorld(seed, cards, rules, PLAIN, { start, away });
    await world.begin();
    const script = await write(world, seed, { claims, until: days * DAY, start, away });
    return { script, story: storyOf(world, script) };
  }
  async function played(script: Script, conditions: Conditions): Promise<Story> {
    const world = createScriptWorld(seed, cards, rules, conditions, script);
    await world.begin();
    const faults: unknown[] = [];
    for (const action of script.actions) world.perform(action).catch((fault: unknown) => faults.push(fault));
    await world.runTo(script.ends);
    if (faults.length > 0) throw faults[0];
    return storyOf(world, script);
  }

  const { script, story } = await written();
  const others: readonly Conditions[] = [
    ...Array.from({ length: worlds }, (_, index) => drawConditions(seed * worlds + index, script, chance)),
    ...(isEven ? [later(chance)] : []),
    ...(seed % EVEN === 1 ? [renamed()] : []),
  ];
  const found: Found[] = [];
  let { steps } = story;
  for (const conditions of others) {
    const other = await played(script, conditions);
    steps += other.steps;
    found.push(
      ...differences(story, other)
        .slice(0, 1)
        .map((first) => ({ ...first, plain: told(PLAIN), conditions: told(conditions) })),
    );
  }
  const lines = story.claims.flatMap(({ history, deliveries }) => [...history, ...deliveries]);
  const events: Record<string, number> = {};
  for (const line of lines) events[line.split(' ')[0] ?? ''] = (events[line.split(' ')[0] ?? ''] ?? 0) + 1;
  return {
    seed,
    found,
    worlds: others.length + 1,
    actions: script.actions.length,
    entries: lines.length,
    steps,
    events,
    refused: story.claims
      .flatMap(({ answers }) => answers)
      .filter((answer) => answer.includes('"refused"') || answer.includes('notFound')).length,
  };
}
