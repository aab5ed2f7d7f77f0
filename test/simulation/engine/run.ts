/** One run: a world from a seed, its people and its weather, for so many days; then everything is mended and all must have come to its end. */
import { createHash } from 'node:crypto';
import { importDirectory } from '../../../src/desk/directory/importDirectory.ts';
import { readIncoming } from '../../../src/teams/activity.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { activitiesOf, personalChat } from '../../acceptance/activities.ts';
import { chanceOf } from '../../support/random.ts';
import type { Chance } from '../../support/random.ts';
import { openAsking } from '../world/activityDelivery.ts';
import { CAST, CHANNELS, EVERYBODY } from '../world/personas.ts';
import type { CastName, Rights } from '../world/personas.ts';
import type { Crowd } from '../world/users.ts';
import { openCrowd } from '../world/users.ts';
import type { FaultName, Faults } from '../world/faults.ts';
import { openFaults } from '../world/faults.ts';
import type { Fleet } from '../world/instances.ts';
import { openFleet } from '../world/instances.ts';
import type { Folder } from '../world/simulatedFiles.ts';
import type { Life, Surroundings } from '../world/instance.ts';
import { startLife } from '../world/instance.ts';
import { DOCUMENT_JUDGES } from '../checkers/documentCheckers.ts';
import { openCoverage } from '../checkers/coverage.ts';
import { PEOPLE_JUDGES } from '../checkers/userCheckers.ts';
import { openRooms } from '../world/conversations.ts';
import type { Rooms } from '../world/conversations.ts';
import { openRulebook } from '../world/rulebook.ts';
import { openTeams } from '../world/teams.ts';
import { openTimeline } from './scheduler.ts';
import { openTrace } from './trace.ts';
import { directory, openTruth } from '../world/groundTruth.ts';
import { openVault } from '../world/simulatedStore.ts';
import type { Vault } from '../world/simulatedStore.ts';
import { gather } from '../world/faultSchedule.ts';
import type { Judge, OpenJudge, Stopped, Wrote } from '../checkers/observations.ts';
import { OPERATOR } from '../checkers/observations.ts';

export interface RunOptions {
  readonly seed: number;
  readonly claims: number;
  readonly days: number;
  readonly instances: number;
  /** Faults that do not strike. */
  readonly without?: ReadonlySet<string>;
  /** All there are, where they are left out. */
  readonly judges?: readonly OpenJudge[];
}

export interface Violation {
  readonly judge: string;
  readonly what: string;
  /** True time. */
  readonly at: number;
}

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Of everything that happened, in its order. */
  readonly hash: string;
  readonly faults: Faults['counts'];
  readonly coverage: ReturnType<ReturnType<typeof openCoverage>['counts']>;
  readonly steps: number;
  readonly entries: number;
  readonly simulatedHours: number;
  readonly trace: readonly string[];
}

const JUDGES: readonly OpenJudge[] = [...DOCUMENT_JUDGES, ...PEOPLE_JUDGES];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Runs begin within these two years, at any hour. */
const FIRST_START = Date.UTC(2026, 0, 5);
const STARTS = 730 * DAY;
const RHYTHMS = [60_000, 10 * 60_000, HOUR, 6 * HOUR];
const PACES = [200, 400, 800];
const MOST_VIOLATIONS = 5;
/** Whoever lost their rights within this presses what they saw before. */
const JUST_MS = 10_000;
const MOST_HOURS_TO_END = 200;
/** What goes wrong may hold an instance up for so long. */
const HURTS_MS = 180_000;
/** What has an instance stop, and no more. */
const HOLDS_UP_NOTHING: ReadonlySet<FaultName> = new Set([
  'sigterm',
  'sigtermMidTurn',
  'sigtermMidSweep',
  'policyChange',
  'calendarEdit',
]);

export async function run(
  { seed, claims, days, instances, without, judges: sitting = JUDGES }: RunOptions,
  cards: Cards,
): Promise<RunResult> {
  const chanceFor = (name: string): Chance =>
    chanceOf(createHash('sha256').update(`${seed}/${name}`).digest().readUInt32LE());
  const nature = chanceFor('nature');
  const start = FIRST_START + nature.below(STARTS);
  const until = start + days * DAY;
  const timeline = openTimeline(start);
  const trace = openTrace(timeline);
  const rulebook = openRulebook(() => timeline.now());
  let hurtAt = Number.NEGATIVE_INFINITY;
  const faults = openFaults(chanceFor, without, (name) => {
    trace.struck(name);
    if (!HOLDS_UP_NOTHING.has(name)) hurtAt = timeline.now();
  });
  const folder: Folder = new Map();
  const rooms = openRooms();
  const violations: Violation[] = [];
  let entries = 0;

  const { truth, heed, odd, oddForEver } = openTruth(
    () => timeline.now(),
    () => vault,
    folder,
    rulebook,
    () => fleet.alive(),
  );
  const judges: readonly Judge[] = sitting.map((open) => open(truth));
  const coverage = openCoverage(truth);
  /** A judge that breaks must not break the desk, and is a violation itself. */
  function judged(name: string, judge: () => readonly string[] | undefined): void {
    try {
      for (const what of judge() ?? []) violations.push({ judge: name, what, at: timeline.now() });
    } catch (error) {
      violations.push({
        judge: name,
        what: `the judge broke: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join('') : String(error)}`,
        at: timeline.now(),
      });
    }
  }

  let fleet: Fleet = undefined as never;
  let crowd: Crowd = undefined as never;
  const vault: Vault = openVault(
    () => timeline.now(),
    (wrote: Wrote) => {
      entries += trace.wrote(wrote);
      judged('rights', () => heed(wrote));
      for (const judge of judges) judged(judge.name, () => judge.wrote?.(wrote));
      coverage.wrote?.(wrote);
      if (wrote.kind === 'claim') fleet?.replan();
    },
  );
  const teams = openTeams({
    rooms,
    faults,
    now: () => timeline.now(),
    tell(taken) {
      trace.taken(taken);
      for (const judge of judges) judged(judge.name, () => judge.taken?.(taken));
      coverage.taken?.(taken);
      crowd?.noticed(taken);
    },
  });
  const around: Surroundings = {
    timeline,
    vault,
    folder,
    teams,
    faults,
    cards,
    chanceFor,
    tellSwept(swept) {
      trace.swept(swept);
      for (const judge of judges) judged(judge.name, () => judge.swept?.(swept));
    },
    heard(by, level, sentence, fields) {
      trace.heard(by, level, sentence, fields);
      for (const judge of judges)
        judged(judge.name, () => judge.logged?.({ at: timeline.now(), by, level, sentence, fields }));
    },
  };

  function tellStopped(told: Omit<Stopped, 'disturbed'>): void {
    const stopped: Stopped = { ...told, disturbed: hurtAt >= told.from - HURTS_MS };
    for (const judge of judges) judged(judge.name, () => judge.stopped?.(stopped));
  }

  const none = openFaults(chanceFor);
  none.end();
  fleet = openFleet({
    around,
    count: instances,
    rhythm: nature.pick(RHYTHMS),
    dueAt: () => earliest(vault),
    tellStopped,
  });
  let operators = 0;
  const startOperator = (): { readonly life: Life; readonly edition: number } => {
    operators += 1;
    return {
      life: startLife(
        { ...around, faults: none },
        `${OPERATOR}#${operators}`,
        { off: () => 0 },
        fleet.rules(),
        () => 0,
      ),
      edition: fleet.edition(),
    };
  };
  let lastOperator = startOperator();
  /** Teams may let the operator's process die as well as any other, and no command goes by rules that are no longer: the next is a new process. */
  function operator(): Life {
    if (!lastOperator.life.isAlive() || lastOperator.edition !== fleet.edition()) lastOperator = startOperator();
    return lastOperator.life;
  }
  await settledIn(timeline, enrolled(operator(), rooms, nature));

  const choosing = chanceFor('instances');
  const asking = openAsking({
    timeline,
    faults,
    chance: chanceFor('asking'),
    instance: (not) => fleet.instance(choosing, not),
    tellAsked(asked) {
      trace.asked(asked);
      for (const judge of judges) judged(judge.name, () => judge.asked?.(asked));
      coverage.asked?.(asked);
      const { person, at, press } = asked;
      if (press && !hasAny(truth.rightsOf(person, at)) && truth.everBetween(person, at - JUST_MS, at, hasAny))
        faults.met('pressAfterRevocation');
    },
    tellAnswered(plain) {
      // Instances of different rules speak of different zones.
      const answered = rulebook.policies(plain.at, plain.at).length > 1 ? { ...plain, disturbed: true } : plain;
      trace.answered(answered);
      for (const judge of judges) judged(judge.name, () => judge.answered?.(answered));
      judged(coverage.name, () => coverage.answered?.(answered));
    },
  });
  crowd = openCrowd({
    timeline,
    rooms,
    faults,
    asking,
    chanceFor,
    claims,
    until,
    dues: () => duesOf(vault),
    versionOf: (claim) => (vault.read('claim', claim)?.body['entries'] as readonly unknown[] | undefined)?.length ?? 1,
    poeOf: (claim) => poeOf(vault, claim),
    visiting: {
      instance: () => fleet.instance(choosing),
      tellFollowed(followed) {
        trace.followed(followed);
        for (const judge of judges) judged(judge.name, () => judge.followed?.(followed));
      },
      tellFetched(fetched) {
        trace.fetched(fetched);
        for (const judge of judges) judged(judge.name, () => judge.fetched?.(fetched));
      },
    },
  });
  const mend = gather({
    timeline,
    faults,
    chanceFor,
    fleet,
    rulebook,
    crowd,
    rooms,
    teams,
    vault,
    until,
    odd,
    oddForEver,
    setRights: async (name, has) => {
      const { staff, member, contact } = CAST[name].rights;
      const { tenantId } = CAST[name];
      const organisation = member && `partner:${CAST[name].tenantId}`;
      const { desk } = operator();
      await desk.people.alter(CAST[name].id as never, (person) => ({
        ...person,
        staff: has ? staff : [],
        memberships: has && member ? [{ organisation: organisation as never, roles: member.roles }] : [],
        contactOf: has && contact ? [tenantId] : [],
      }));
      if (has) await desk.resumeAll([`person:${CAST[name].id}`]);
    },
  });
  for (const by of EVERYBODY)
    if (by.tenantId === CAST.dana.tenantId && nature.happens(0.3))
      timeline.after(nature.below(days * DAY), () => crowd.arrive(by));
  crowd.begin(nature.pick(PACES));

  for (let day = start; day < until && violations.length === 0; day += DAY) {
    await timeline.runTo(Math.min(day + DAY, until));
    const turned = utcOffset(day + DAY) - utcOffset(day);
    if (turned !== 0) faults.met(turned > 0 ? 'summerTimeBegins' : 'summerTimeEnds');
  }
  if (violations.length === 0)
    await end().catch((error: unknown) => violations.push({ judge: 'end', what: String(error), at: timeline.now() }));

  /** Nothing fails any more and everybody comes: what still waits has no reason left to. */
  async function end(): Promise<void> {
    await settledIn(timeline, mend());
    for (const host of fleet.hosts) host.mend();
    for (const name of Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]) rooms.setOpen(CHANNELS[name].channel, true);
    await timeline.runTo(timeline.now() + HOUR);
    for (const name of Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]) crowd.chatter(name);
    for (const by of EVERYBODY) crowd.arrive(by);
    for (
      let hour = 0;
      hour < MOST_HOURS_TO_END && (hour < 30 || isDue(vault, timeline.now())) && violations.length === 0;
      hour += 1
    )
      await timeline.runTo(timeline.now() + HOUR);
    await settledIn(timeline, operator().desk.poe.clean());
    for (const judge of judges) judged(judge.name, () => judge.ended?.());
  }

  return {
    seed,
    violations: violations.slice(0, MOST_VIOLATIONS),
    hash: trace.hash(),
    faults: faults.counts,
    coverage: coverage.counts(),
    steps: timeline.steps(),
    entries,
    simulatedHours: (timeline.now() - start) / HOUR,
    trace: trace.lines(),
  };
}

function hasAny({ staff, member, contact }: Rights): boolean {
  return staff.length > 0 || member !== undefined || contact === true;
}

/** Everybody enrolled, the channels with their purposes, most people with a chat. */
async function enrolled({ desk }: Life, rooms: Rooms, nature: Chance): Promise<void> {
  await importDirectory(desk.people, directory());
  const activities = activitiesOf('https://teams.example/');
  for (const { channel, team, purpose, members } of Object.values(CHANNELS)) {
    const seen = readIncoming(activities.message(CAST[members[0] as CastName], 'here', { in: { channel, team } }));
    if ('place' in seen) await desk.useChannel(purpose, seen.place);
  }
  for (const by of EVERYBODY) {
    // Some have never heard of the bot.
    const share = by.tenantId === CAST.dana.tenantId ? 0.3 : 0.04;
    if (nature.happens(share)) continue;
    rooms.setOpen(personalChat(by), true);
    const seen = readIncoming(activities.installed(by));
    if ('place' in seen && seen.from.person)
      await desk.greet({
        id: seen.from.person,
        name: by.name,
        ...(seen.locale && { locale: seen.locale }),
        chat: seen.place,
      });
  }
}

/** Runs the timeline for as long as some work takes, which ends in a day. */
async function settledIn(timeline: ReturnType<typeof openTimeline>, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  // Told below, when the timeline has come so far.
  over.catch(() => undefined);
  for (const until = timeline.now() + DAY; !isOver; ) {
    if (timeline.now() > until) throw new Error('what the operator began had not ended after a day');
    await timeline.runTo(timeline.now() + 1_000);
  }
  await over;
}

const WALL = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', hour: 'numeric', hourCycle: 'h23' });
/** Hours that the wall clock of the programme's zone is ahead of UTC, of 24. */
function utcOffset(at: number): number {
  return (Number(WALL.format(at)) - new Date(at).getUTCHours() + 24) % 24;
}

/** The ids of all proofs that were ever added to a claim. */
function poeOf(vault: Vault, claim: string): readonly string[] {
  const entries = (vault.read('claim', claim)?.body['entries'] ?? []) as readonly {
    readonly event: { readonly poe?: { readonly id: string } };
  }[];
  return entries.flatMap(({ event }) => event.poe?.id ?? []);
}

/** When something is due next, for each claim that has anything to come. What is due since 1970 was planted, and calls nobody. */
function duesOf(vault: Vault): readonly { readonly claim: string; readonly at: number }[] {
  const dues: { claim: string; at: number }[] = [];
  for (const { id, keys } of vault.all('claim')) {
    const at = keys.find(({ name }) => name === 'wake')?.sort;
    if (at !== undefined && at > 0) dues.push({ claim: id, at });
  }
  return dues;
}

function earliest(vault: Vault): number | undefined {
  const dues = duesOf(vault);
  return dues.length > 0 ? Math.min(...dues.map(({ at }) => at)) : undefined;
}

function isDue(vault: Vault, now: number): boolean {
  const at = earliest(vault);
  return at !== undefined && at <= now;
}
