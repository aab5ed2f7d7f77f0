/**
 * The result of a script in a form that can be compared: independent of latencies, ids, and of when a notice was
 * delivered.
 */
import type { Json } from '../checkers/observations.ts';
import { PERSONAS } from '../world/personas.ts';
import type { PersonaName } from '../world/personas.ts';
import { canonical } from '../checkers/support/canonical.ts';
import type { Script } from './script.ts';
import type { Answer, ScriptWorld } from './playScript.ts';

/** Each a list of lines, in an order of its own. */
export interface Story {
  /** Of the world, before what is of the claims. */
  readonly steps: number;
  readonly claims: readonly Readonly<Record<Chapter, readonly string[]>>[];
}
export const CHAPTERS = ['history', 'deliveries', 'notices', 'answers', 'files'] as const;
export type Chapter = (typeof CHAPTERS)[number];

const DAY = 86_400_000;
/** What a user asked is taken within so long. */
const LONGEST_TAKING = 20_000;
/** Happen when a notice arrives or does not, not when a user or a clock does something (R45). */
const OF_DELIVERY: ReadonlySet<unknown> = new Set(['NoticeDelivered', 'NoticeUndeliverable', 'ClockSuspended']);
/** Whose notices end unread where a clock has gone on before the sweep came. */
const OF_CLOCKS: ReadonlySet<unknown> = new Set(['ClockReminded', 'ClockEscalated']);
/** Drawn by the instance that answered. */
const DRAWN: ReadonlySet<string> = new Set(['commentId', 'poeId']);
const TAKEN: ReadonlySet<string> = new Set(['at', 'startedAt', 'addedAt', 'approvedAt', 'consentPassedAt']);
const EXACT: ReadonlySet<string> = new Set(['dueAt', 'nextAt', 'reminders']);

interface Written {
  readonly version: number;
  readonly event: Json;
}

export function storyOf(world: ScriptWorld, script: Script): Story {
  const names = namesIn(world, script);
  return {
    steps: world.steps(),
    claims: Array.from({ length: script.claims }, (_, index) => claimOf(world, script, index + 1, names)),
  };
}

/** Everyone by the part they play, every claim by its number. */
function namesIn(world: ScriptWorld, { claims }: Script): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const part of Object.keys(PERSONAS) as PersonaName[]) {
    const { id, name } = world.personasAs(part);
    names.set(id, part).set(name, part).set(`person:${id}`, part);
  }
  for (let claim = 1; claim <= claims; claim += 1) names.set(world.ids.get(claim) ?? '', `claim ${claim}`);
  return names;
}

function claimOf(
  world: ScriptWorld,
  script: Script,
  number: number,
  names: ReadonlyMap<string, string>,
): Story['claims'][number] {
  const id = world.ids.get(number) ?? '';
  const body = world.store.read('claim', id)?.body ?? {};
  const entries = (body['entries'] ?? []) as readonly Written[];
  const actions = script.actions.filter(({ claim }) => claim === number);

  const exact = (at: number): string =>
    `day ${Math.floor((at - world.start) / DAY)} ${new Date((((at - world.start) % DAY) + DAY) % DAY).toISOString().slice(11, 23)}`;
  /** The action's own time for what came of it. */
  function taken(at: number): string {
    const action = actions.find((one) => at >= world.start + one.at && at - world.start - one.at < LONGEST_TAKING);
    return action ? `with ${action.name}` : exact(at);
  }
  function plain(value: unknown, key = ''): unknown {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (typeof value === 'number') return EXACT.has(key) ? exact(value) : TAKEN.has(key) ? taken(value) : value;
    if (Array.isArray(value)) return value.map((one) => plain(one, key));
    if (value === null || typeof value !== 'object') return value;
    const members = Object.entries(value).filter(([name]) => !DRAWN.has(name) && !(key === 'poe' && name === 'id'));
    return Object.fromEntries(members.map(([name, member]) => [name, plain(member, name)]));
  }
  /** What a clock did counts from when it was due, to the millisecond (R44). */
  function line({ event }: Written): string {
    const { type, at, by, ...facts } = event;
    const isDesk = (by as { readonly side?: unknown }).side === 'desk';
    const when = OF_DELIVERY.has(type) ? '' : ` ${isDesk ? exact(Number(at)) : taken(Number(at))}`;
    return `${String(type)}${when} ${canonical({ by: plain(by), ...(plain(facts) as object) })}`;
  }
  function label({ event: { type, at, clock, level } }: Written): string {
    return [type, OF_DELIVERY.has(type) ? '' : taken(Number(at)), clock, level]
      .filter((fact) => fact !== undefined && fact !== '')
      .join(' ');
  }

  function notices(): readonly string[] {
    const waiting = ((body['outbox'] ?? []) as readonly { readonly id: string; readonly reason?: string }[]).map(
      (notice) => [notice.id, `waits: ${notice.reason ?? ''}`] as const,
    );
    const all = new Map([...(world.told.get(id) ?? []), ...waiting]);
    return [...all]
      .map(([notice, end]) => {
        const [version = '', ...audience] = notice.split(':');
        const entry = entries[Number(version) - 1];
        const to = audience.join(':');
        const outcome = entry && OF_CLOCKS.has(entry.event['type']) && end === 'superseded' ? 'delivered' : end;
        return `${entry ? label(entry) : 'of nothing'} to ${names.get(to) ?? to}: ${outcome}`;
      })
      .sort();
  }
  function files(): readonly string[] {
    return [...world.storedFiles]
      .filter(([key]) => key.startsWith('assessments/') && key.includes(id))
      .map(
        ([key, { bytes }]) =>
          `${key.replaceAll(id, `claim ${number}`)} ${canonical(plain(JSON.parse(Buffer.from(bytes).toString('utf8'))))}`,
      )
      .sort();
  }
  function answered(answer: Answer | undefined): unknown {
    if (!answer) return 'nothing';
    const { kind } = answer;
    if (kind === 'file' || kind === 'arrived' || kind === 'notFound') return answer;
    const view = 'view' in answer && { stage: answer.view.stage, next: answer.view.next, actions: answer.view.actions };
    if (kind !== 'refused') return { kind, ...view, ...('entry' in answer && { did: answer.entry.event.type }) };
    const { changes: _, ...refusal } = { changes: undefined, ...answer.refusal };
    return { kind, ...view, refusal: plain(refusal) };
  }

  return {
    history: entries.filter(({ event }) => !OF_DELIVERY.has(event['type'])).map(line),
    deliveries: entries.filter(({ event }) => OF_DELIVERY.has(event['type'])).map(line),
    notices: notices(),
    answers: actions.map(
      ({ name, by, does }) =>
        `${name} ${by} ${does.kind === 'press' ? does.asked.type : does.kind}: ${canonical(answered(world.answers.get(name)))}`,
    ),
    files: files(),
  };
}

export interface Difference {
  readonly claim: number;
  readonly chapter: Chapter;
  /** The first line that is another, counted from 1. */
  readonly line: number;
  readonly one: string;
  readonly other: string;
}

/** The first difference of each chapter of each claim. */
export function differences(one: Story, other: Story): readonly Difference[] {
  return one.claims.flatMap((mine, index) =>
    CHAPTERS.flatMap((chapter) => {
      const theirs = other.claims[index]?.[chapter] ?? [];
      const length = Math.max(mine[chapter].length, theirs.length);
      const line = Array.from({ length }, (_, at) => at).find((at) => mine[chapter][at] !== theirs[at]);
      return line === undefined
        ? []
        : [
            {
              claim: index + 1,
              chapter,
              line: line + 1,
              one: mine[chapter][line] ?? 'nothing more',
              other: theirs[line] ?? 'nothing more',
            },
          ];
    }),
  );
}
