/**
 * One run: a world made from a seed, with its users and faults, for a number of days; then everything is mended, and
 * all work must come to its end.
 */
import { headsIn } from '../world/anchoredHeads.ts';
import { SIGNER } from '../../support/signer.ts';
import type { PersonId } from '../../../src/domain/claims/values.ts';
import { createHash } from 'node:crypto';
import { readIncoming } from '../../../src/teams/activity.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { activitiesOf, personalChat } from '../../acceptance/support/activities.ts';
import { chanceOf } from '../../support/random.ts';
import type { Chance } from '../../support/random.ts';
import { createActivityDelivery } from '../world/activityDelivery.ts';
import { PERSONAS, CHANNELS, ALL_PERSONAS, MPN, ORGANISATIONS, organisationId, partnerRow } from '../world/personas.ts';
import type { OrganisationName, PersonaName, Rights } from '../world/personas.ts';
import type { Users } from '../world/users.ts';
import { createUsers } from '../world/users.ts';
import type { FaultName, Faults } from '../world/faults.ts';
import { createFaults } from '../world/faults.ts';
import type { InstancePool } from '../world/instances.ts';
import { createInstancePool } from '../world/instances.ts';
import type { StoredFiles } from '../world/simulatedFiles.ts';
import type { DeskProcess, SharedWorld } from '../world/instance.ts';
import { startProcess } from '../world/instance.ts';
import { DOCUMENT_CHECKERS } from '../checkers/documentCheckers.ts';
import { createCoverage } from '../checkers/coverage.ts';
import { USER_CHECKERS } from '../checkers/userCheckers.ts';
import { createConversations } from '../world/conversations.ts';
import type { Conversations } from '../world/conversations.ts';
import { createRulebook } from '../world/rulebook.ts';
import { createTeams } from '../world/teams.ts';
import { createTokenIssuer, SERVICE } from '../world/tokenIssuer.ts';
import { createScheduler } from './scheduler.ts';
import { createTrace } from './trace.ts';
import { directory, createGroundTruth, isOfProgramme } from '../world/groundTruth.ts';
import { createSimulatedStore } from '../world/simulatedStore.ts';
import type { SimulatedStore } from '../world/simulatedStore.ts';
import type { WorldSettings } from '../world/worldSettings.ts';
import { drawSettings } from '../world/worldSettings.ts';
import { scheduleFaults } from '../world/faultSchedule.ts';
import type { Checker, CreateChecker, InstanceStopped, DocumentWritten } from '../checkers/observations.ts';
import { OPERATOR } from '../checkers/observations.ts';

export interface RunOptions {
  readonly seed: number;
  readonly claims: number;
  readonly days: number;
  readonly instances: number;
  /** Faults that do not strike. */
  readonly without?: ReadonlySet<string>;
  /** All checkers, where left out. */
  readonly checkers?: readonly CreateChecker[];
}

export interface Violation {
  readonly checker: string;
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
  readonly coverage: ReturnType<ReturnType<typeof createCoverage>['counts']>;
  readonly steps: number;
  readonly entries: number;
  readonly simulatedHours: number;
  readonly trace: readonly string[];
}

const CHECKERS: readonly CreateChecker[] = [...DOCUMENT_CHECKERS, ...USER_CHECKERS];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Runs begin within these two years, at any hour. */
const FIRST_START = Date.UTC(2026, 0, 5);
const STARTS = 730 * DAY;
const RHYTHMS = [60_000, 10 * 60_000, HOUR, 6 * HOUR];
const PACES = [200, 400, 800];
const MAX_VIOLATIONS = 5;
/** A press counts as one after a revocation where the person lost their rights this shortly before. */
const JUST_MS = 10_000;
const MAX_HOURS_TO_END = 200;
/** A fault may delay an instance for this long. */
const DISTURBANCE_MS = 180_000;
/** Faults that stop an instance in order and disturb nothing. */
const NOT_DISTURBING: ReadonlySet<FaultName> = new Set([
  'sigterm',
  'sigtermMidTurn',
  'sigtermMidSweep',
  'policyChange',
  'calendarEdit',
]);

export async function run(
  { seed, claims, days, instances: instanceCount, without, checkers: createCheckers = CHECKERS }: RunOptions,
  cards: Cards,
): Promise<RunResult> {
  const chanceFor = (name: string): Chance =>
    chanceOf(createHash('sha256').update(`${seed}/${name}`).digest().readUInt32LE());
  const nature = chanceFor('nature');
  const start = FIRST_START + nature.below(STARTS);
  const until = start + days * DAY;
  const scheduler = createScheduler(start);
  const trace = createTrace(scheduler);
  const rulebook = createRulebook(() => scheduler.now());
  let disturbedAt = Number.NEGATIVE_INFINITY;
  const faults = createFaults(chanceFor, without, (name) => {
    trace.struck(name);
    if (!NOT_DISTURBING.has(name)) disturbedAt = scheduler.now();
  });
  const settings = drawSettings(chanceFor('settings'));
  const storedFiles: StoredFiles = new Map();
  const keptAnchors: string[] = [];
  const conversations = createConversations();
  const violations: Violation[] = [];
  let entries = 0;

  const {
    groundTruth,
    recordRights,
    recordStandstill,
    markUncheckable,
    markUncheckableForever,
    markDamaged,
    markParted,
    markRestored,
    markRowGone,
  } = createGroundTruth(
    () => scheduler.now(),
    () => store,
    storedFiles,
    rulebook,
    () => instancePool.alive(),
    settings,
    headsIn(keptAnchors, SIGNER.keys()[0]?.publicKey ?? ''),
  );
  const checkers: readonly Checker[] = createCheckers.map((open) => open(groundTruth));
  const coverage = createCoverage(groundTruth);
  /** A checker that throws must not break the desk; it is reported as a violation. */
  function check(name: string, checker: () => readonly string[] | undefined): void {
    try {
      for (const what of checker() ?? []) violations.push({ checker: name, what, at: scheduler.now() });
    } catch (error) {
      violations.push({
        checker: name,
        what:
          'the checker failed: ' +
          `${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join('') : String(error)}`,
        at: scheduler.now(),
      });
    }
  }

  let instancePool: InstancePool = undefined as never;
  let users: Users = undefined as never;
  const store: SimulatedStore = createSimulatedStore(
    () => scheduler.now(),
    (wrote: DocumentWritten) => {
      entries += trace.wrote(wrote);
      check('rights', () => recordRights(wrote));
      recordStandstill(wrote);
      if (wrote.kind === 'standstill') instancePool?.sweepSoon();
      for (const checker of checkers) check(checker.name, () => checker.wrote?.(wrote));
      coverage.wrote?.(wrote);
      if (wrote.kind === 'claim') instancePool?.replan();
    },
  );
  const teams = createTeams({
    conversations,
    faults,
    now: () => scheduler.now(),
    tell(taken) {
      trace.taken(taken);
      for (const checker of checkers) check(checker.name, () => checker.taken?.(taken));
      coverage.taken?.(taken);
      users?.noticed(taken);
    },
  });
  const issuer = createTokenIssuer({ faults, now: () => scheduler.now(), chance: chanceFor('tokens') });
  const shared: SharedWorld = {
    scheduler,
    store,
    storedFiles,
    teams,
    issuer,
    faults,
    settings,
    keptAnchors,
    cards,
    chanceFor,
    onReached(reached) {
      for (const checker of checkers) check(checker.name, () => checker.reached?.(reached));
    },
    onJudged(judged) {
      for (const checker of checkers) check(checker.name, () => checker.judged?.(judged));
    },
    onKeysFetched(fetched) {
      trace.keysFetched(fetched);
      for (const checker of checkers) check(checker.name, () => checker.keysFetched?.(fetched));
    },
    onSwept(swept) {
      trace.swept(swept);
      for (const checker of checkers) check(checker.name, () => checker.swept?.(swept));
    },
    onFileRemoved(by, key, writtenAt) {
      for (const checker of checkers)
        check(checker.name, () => checker.removed?.({ at: scheduler.now(), by, key, writtenAt }));
    },
    heard(by, level, sentence, fields) {
      trace.heard(by, level, sentence, fields);
      for (const checker of checkers)
        check(checker.name, () => checker.logged?.({ at: scheduler.now(), by, level, sentence, fields }));
    },
    printed(by, level, sentence, fields) {
      for (const checker of checkers)
        check(checker.name, () => checker.printed?.({ at: scheduler.now(), by, level, sentence, fields }));
    },
  };

  function onStopped(told: Omit<InstanceStopped, 'disturbed'>): void {
    const stopped: InstanceStopped = { ...told, disturbed: disturbedAt >= told.from - DISTURBANCE_MS };
    for (const checker of checkers) check(checker.name, () => checker.stopped?.(stopped));
  }

  const none = createFaults(chanceFor);
  none.end();
  instancePool = createInstancePool({
    shared,
    count: instanceCount,
    rhythm: nature.pick(RHYTHMS),
    dueAt: () => (hasScansToAskFor(store) ? 0 : earliest(store)),
    onStopped,
  });
  let operators = 0;
  const startOperator = (): { readonly deskProcess: DeskProcess; readonly edition: number } => {
    operators += 1;
    return {
      deskProcess: startProcess(
        { ...shared, faults: none },
        `${OPERATOR}#${operators}`,
        { off: () => 0 },
        instancePool.rules(),
        () => 0,
      ),
      edition: instancePool.edition(),
    };
  };
  let lastOperator = startOperator();
  /**
   * Teams may let the operator's process die as well as any other, and no command goes by rules that are no longer: the
   * next is a new process.
   */
  function operator(): DeskProcess {
    if (!lastOperator.deskProcess.isAlive() || lastOperator.edition !== instancePool.edition())
      lastOperator = startOperator();
    return lastOperator.deskProcess;
  }
  await settledIn(scheduler, enrolled(operator(), conversations, nature, settings));

  const choosing = chanceFor('instances');
  const delivery = createActivityDelivery({
    scheduler,
    faults,
    issuer,
    chance: chanceFor('asking'),
    instance: (not) => instancePool.pick(choosing, not),
    onForged: trace.forged,
    onAsked(asked) {
      trace.asked(asked);
      for (const checker of checkers) check(checker.name, () => checker.asked?.(asked));
      coverage.asked?.(asked);
      const { person, at, press } = asked;
      if (
        press &&
        !hasAny(groundTruth.rightsOf(person, at)) &&
        groundTruth.everBetween(person, at - JUST_MS, at, hasAny)
      )
        faults.record('pressAfterRevocation');
    },
    onAnswered(plain) {
      // Instances of different rules speak of different zones.
      const answered = rulebook.policies(plain.at, plain.at).length > 1 ? { ...plain, disturbed: true } : plain;
      trace.answered(answered);
      for (const checker of checkers) check(checker.name, () => checker.answered?.(answered));
      check(coverage.name, () => coverage.answered?.(answered));
    },
  });
  users = createUsers({
    scheduler,
    conversations,
    faults,
    delivery,
    chanceFor,
    claims,
    until,
    dues: () => duesOf(store),
    versionOf: (claim) => (store.read('claim', claim)?.body['entries'] as readonly unknown[] | undefined)?.length ?? 1,
    poeOf: (claim) => poeOf(store, claim),
    visiting: {
      instance: () => instancePool.pick(choosing),
      onFollowed(followed) {
        trace.followed(followed);
        for (const checker of checkers) check(checker.name, () => checker.followed?.(followed));
      },
      onFetched(fetched) {
        trace.fetched(fetched);
        for (const checker of checkers) check(checker.name, () => checker.fetched?.(fetched));
      },
    },
  });
  const mend = scheduleFaults({
    scheduler,
    faults,
    chanceFor,
    instancePool,
    rulebook,
    users,
    conversations,
    teams,
    issuer,
    store,
    storedFiles,
    until,
    markUncheckable,
    markUncheckableForever,
    keptAnchors,
    hasAnchors: settings.hasAnchors,
    markRestored,
    markRowGone,
    goOn: (replay) => operator().goOn(replay),
    resumeAll: () => operator().resumeAll(),
    endOperator: () => lastOperator.deskProcess.die(),
    markDamaged,
    markParted,
    onPairAsked(asked) {
      for (const checker of checkers) check(checker.name, () => checker.pairAsked?.(asked));
    },
    adoptPair: async () => {
      await operator().desk.poe.pair.adopt('otto');
    },
    setGuest: async (name, of) => {
      const { people, resumeFor } = operator();
      const organisations = Object.keys(ORGANISATIONS) as OrganisationName[];
      await people.alter(PERSONAS[name].id as PersonId, (person) => ({
        ...person,
        memberships: of ? [{ organisation: organisationId(of) as never, roles: [] }] : [],
      }));
      if (!of) for (const one of organisations) await resumeFor(`members:${organisationId(one)}`);
    },
    // First from one, then to the other: an MPN id has one holder.
    moveMpn: async (to) => {
      const from = to === 'fabrikam' ? 'tailspin' : 'fabrikam';
      await operator().desk.importDirectory({ partners: [partnerRow(from, false)] });
      await operator().desk.importDirectory({ partners: [partnerRow(to, true)] });
    },
    empowerOperator: async (isEmpowered) => {
      const { id, rights } = PERSONAS.otto;
      await operator().people.alter(id as PersonId, (person) => ({
        ...person,
        staff: isEmpowered ? [...rights.staff, 'reviewer', 'lead'] : rights.staff,
        memberships: isEmpowered
          ? [{ organisation: organisationId('fabrikam') as never, roles: ['incentivesAdmin'] }]
          : [],
      }));
    },
    setRights: async (name, has) => {
      const { staff, member, contact } = PERSONAS[name].rights;
      const { tenantId } = PERSONAS[name];
      const organisation = member && `partner:${PERSONAS[name].tenantId}`;
      const { people, resumeFor } = operator();
      await people.alter(PERSONAS[name].id as never, (person) => ({
        ...person,
        staff: has ? staff : [],
        memberships: has && member ? [{ organisation: organisation as never, roles: member.roles }] : [],
        contactOf: has && contact ? [tenantId] : [],
      }));
      if (!has) return;
      await resumeFor(`person:${PERSONAS[name].id}`);
      if (organisation) await resumeFor(`members:${organisation}`);
      if (contact) await resumeFor(`contacts:${tenantId}`);
    },
  });
  for (const by of ALL_PERSONAS)
    if (by.tenantId === PERSONAS.dana.tenantId && nature.happens(0.3))
      scheduler.after(nature.below(days * DAY), () => users.arrive(by));
  users.begin(nature.pick(PACES));

  for (let day = start; day < until && violations.length === 0; day += DAY) {
    await scheduler.runTo(Math.min(day + DAY, until));
    const turned = utcOffset(day + DAY) - utcOffset(day);
    if (turned !== 0) faults.record(turned > 0 ? 'summerTimeBegins' : 'summerTimeEnds');
  }
  if (violations.length === 0)
    await end().catch((error: unknown) =>
      violations.push({ checker: 'end', what: String(error), at: scheduler.now() }),
    );

  /** Nothing fails any more and everyone can be reached: no notice has a reason left to wait. */
  async function end(): Promise<void> {
    await settledIn(scheduler, mend());
    for (const instance of instancePool.instances) instance.mend();
    for (const name of Object.keys(CHANNELS) as (keyof typeof CHANNELS)[])
      conversations.setOpen(CHANNELS[name].channel, true);
    await scheduler.runTo(scheduler.now() + HOUR);
    for (const name of Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]) users.chatter(name);
    for (const by of ALL_PERSONAS) users.arrive(by);
    for (
      let hour = 0;
      hour < MAX_HOURS_TO_END && (hour < 30 || isDue(store, scheduler.now())) && violations.length === 0;
      hour += 1
    )
      await scheduler.runTo(scheduler.now() + HOUR);
    await settledIn(scheduler, tellOperators());
    await settledIn(scheduler, operator().desk.poe.clean());
    for (const checker of checkers) check(checker.name, () => checker.ended?.());
  }

  /** What belongs to no claim is told by any sweep; what an instance found broken, by its own. */
  async function tellOperators(): Promise<void> {
    for (const instance of [...instancePool.instances, ...instancePool.instances])
      await instance.deskProcess()?.sweep();
  }

  return {
    seed,
    violations: violations.slice(0, MAX_VIOLATIONS),
    hash: trace.hash(),
    faults: faults.counts,
    coverage: coverage.counts(),
    steps: scheduler.steps(),
    entries,
    simulatedHours: (scheduler.now() - start) / HOUR,
    trace: trace.lines(),
  };
}

function hasAny({ staff, member, contact }: Rights): boolean {
  return staff.length > 0 || member !== undefined || contact === true;
}

/** Everyone enrolled, the channels with their purposes, most people with a chat. */
async function enrolled(
  { desk, people }: DeskProcess,
  conversations: Conversations,
  nature: Chance,
  settings: WorldSettings,
): Promise<void> {
  await desk.poe.pair.settle();
  await desk.importDirectory(directory(settings));
  // Staff of another tenant were enrolled before the setting was made.
  for (const { id, tenantId, rights } of ALL_PERSONAS)
    if (rights.staff.length > 0 && !isOfProgramme(tenantId, settings.programmeTenants))
      await people.alter(id as PersonId, (person) => ({ ...person, staff: rights.staff }));
  const activities = activitiesOf(SERVICE);
  for (const { channel, team, purpose, members } of Object.values(CHANNELS)) {
    const seen = readIncoming(
      activities.message(PERSONAS[members[0] as PersonaName], 'here', { in: { channel, team } }),
    );
    if (!('place' in seen)) continue;
    await desk.useChannel(PERSONAS.otto.id as PersonId, purpose, seen.place);
    if (purpose === CHANNELS.fabrikam.purpose)
      await desk.useChannel(PERSONAS.otto.id as PersonId, `mpn:${MPN.moving}`, seen.place);
  }
  for (const by of ALL_PERSONAS) {
    // Some have never heard of the bot.
    const share = by.tenantId === PERSONAS.dana.tenantId ? 0.3 : 0.04;
    if (nature.happens(share)) continue;
    conversations.setOpen(personalChat(by), true);
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

/** Runs the scheduler for as long as some work takes, which ends in a day. */
async function settledIn(scheduler: ReturnType<typeof createScheduler>, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  // Awaited below, when the scheduler has run this far.
  over.catch(() => undefined);
  for (const until = scheduler.now() + DAY; !isOver; ) {
    if (scheduler.now() > until) throw new Error('what the operator began had not ended after a day');
    await scheduler.runTo(scheduler.now() + 1_000);
  }
  await over;
}

const WALL = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', hour: 'numeric', hourCycle: 'h23' });
/** Hours that the wall clock of the programme's zone is ahead of UTC, of 24. */
function utcOffset(at: number): number {
  return (Number(WALL.format(at)) - new Date(at).getUTCHours() + 24) % 24;
}

/** The ids of all proofs that were ever added to a claim. */
function poeOf(store: SimulatedStore, claim: string): readonly string[] {
  const entries = (store.read('claim', claim)?.body['entries'] ?? []) as readonly {
    readonly event: { readonly poe?: { readonly id: string } };
  }[];
  return entries.flatMap(({ event }) => event.poe?.id ?? []);
}

/**
 * When something is due next, for each claim that has anything to come. What is due since 1970 was planted, and plans
 * no sweep.
 */
function duesOf(store: SimulatedStore): readonly { readonly claim: string; readonly at: number }[] {
  const dues: { claim: string; at: number }[] = [];
  for (const { id, keys } of store.all('claim')) {
    const at = keys.find(({ name }) => name === 'wake')?.sort;
    if (at !== undefined && at > 0) dues.push({ claim: id, at });
  }
  return dues;
}

function earliest(store: SimulatedStore): number | undefined {
  const dues = duesOf(store);
  return dues.length > 0 ? Math.min(...dues.map(({ at }) => at)) : undefined;
}

/** A sweep asks for the virus scans that have no result yet. */
function hasScansToAskFor(store: SimulatedStore): boolean {
  return [...store.all('claim')].some(({ keys }) => keys.some(({ name }) => name === 'scan'));
}

function isDue(store: SimulatedStore, now: number): boolean {
  const at = earliest(store);
  return at !== undefined && at <= now;
}
