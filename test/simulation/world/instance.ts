/**
 * One process of the desk in the simulated world: the product's own parts, wired as the program does, on a network, a
 * store and a clock that can fail.
 */
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import type { People } from '../../../src/desk/directory/people.ts';
import { createPeople } from '../../../src/desk/directory/people.ts';
import { findLosses, newerClaims, recordLosses } from '../../../src/desk/life/restore.ts';
import { resumeAllParked } from '../../../src/desk/life/resumeAll.ts';
import { beginStandstill, endStandstill, readStandstill } from '../../../src/desk/life/standstill.ts';
import { resumeParkedNotices } from '../../../src/desk/due/processClaim.ts';
import { createHmac, hash } from 'node:crypto';
import { createLogThrottle } from '../../../src/runtime/logThrottle.ts';
import { shutDown } from '../../../src/runtime/shutdown.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import type { Digest, Log, RandomSource } from '../../../src/desk/ports/system.ts';
import type { World } from '../../../src/desk/ports/world.ts';
import { AuthenticationError } from 'botframework-connector';
import type { Activity } from 'botbuilder';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { silentSecurityLog } from '../../../src/desk/ports/securityLog.ts';
import type { RawActivity } from '../../../src/teams/activity.ts';
import { readIncoming } from '../../../src/teams/activity.ts';
import { createBot } from '../../../src/teams/bot.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { createConnector } from '../../../src/teams/sending/connector.ts';
import type { ChannelAuthenticator } from '../../../src/teams/auth/authenticator.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import { createRateLimiter } from '../../../src/teams/sending/rateLimiter.ts';
import type { Timer } from '../../../src/teams/sending/timer.ts';
import { createTeamsMessenger } from '../../../src/teams/sending/messenger.ts';
import { ClockError } from '../../../src/stores/cosmos/clockCheck.ts';
import type { Chance } from '../../support/random.ts';
import type { Faults } from './faults.ts';
import { filesOf, lookInto, scannerOf, uploaded } from './simulatedFiles.ts';
import type { StoredFiles } from './simulatedFiles.ts';
import { handedText } from '../checkers/support/handedFiles.ts';
import { anchorsOf } from './simulatedAnchors.ts';
import { createInFlight } from './inFlight.ts';
import type { InFlight } from './inFlight.ts';
import { DoorRejection, SimulatedError } from './simulatedError.ts';
import { TENANTS } from './personas.ts';
import { APP_ID, SIMULATED_CLOUD } from './tokenIssuer.ts';
import type { SignedHeader, TokenIssuer } from './tokenIssuer.ts';
import { documentsOf } from './storeClient.ts';
import type { Connection, createTeams } from './teams.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { SimulatedStore } from './simulatedStore.ts';
import type { WorldSettings } from './worldSettings.ts';
import type { DoorAnswered, DoorReached, KeysFetched, SweepEnded } from '../checkers/observations.ts';
import { createLinkSealer } from '../../../src/runtime/linkSealer.ts';

type SayLine = (by: string, level: 'info' | 'warn' | 'error', sentence: string, fields: object) => void;

/** What all instances of a run share. */
export interface SharedWorld {
  readonly scheduler: Scheduler;
  readonly store: SimulatedStore;
  readonly storedFiles: StoredFiles;
  readonly teams: ReturnType<typeof createTeams>;
  readonly faults: Faults;
  readonly settings: WorldSettings;
  /** Outlives every restore of the store; unused where the world has no anchors. */
  readonly keptAnchors: string[];
  readonly cards: Cards;
  /** Random numbers for one purpose: the same name gives the same numbers. */
  readonly chanceFor: (name: string) => Chance;
  readonly issuer: TokenIssuer;
  readonly onReached: (reached: DoorReached) => void;
  readonly onJudged: (judged: DoorAnswered) => void;
  readonly onKeysFetched: (fetched: KeysFetched) => void;
  readonly onSwept: (swept: SweepEnded) => void;
  readonly onFileRemoved: (by: string, key: string, writtenAt: number) => void;
  /** Each line that the desk says, and each that its throttle lets into the operator's log of a run. */
  readonly heard: SayLine;
  readonly printed: SayLine;
}

/** A process from its start to its end. */
export interface DeskProcess {
  readonly name: string;
  readonly desk: Desk;
  /** What this process knows of people: to change rights behind the desk's back, as a directory would. */
  readonly people: People;
  /** Makes the notices due again that wait for a key. */
  resumeFor(key: string): Promise<void>;
  isAlive(): boolean;
  /**
   * Takes one activity with what Teams sends along; the promise stays pending if the process dies. Rejects with a
   * {@link DoorRejection} where the door does not let it in.
   */
  receive(activity: RawActivity, header: SignedHeader): Promise<unknown>;
  /** The time by its own clock. */
  clockNow(): number;
  sweep(): Promise<void>;
  /** What the program does before it serves. Throws where the store does not let it. */
  prepare(): Promise<void>;
  /** An operator lets the desk go on from an older state, and takes lost denials again or does not. */
  goOn(replay: boolean): Promise<void>;
  /** The cleaning of files, as the program runs it at its start and then by schedule. */
  /** The second half of going on: all notices that wait are tried again. */
  resumeAll(): Promise<void>;
  clean(): Promise<void>;
  die(): void;
  /** When it logged a fault last; true time. */
  lastFault(): number;
  /** Whether a sweep is under way. */
  isSweeping(): boolean;
  /** When the oldest of the sweeps began that are under way; true time. */
  sweepingSince(): number | undefined;
  /** Whether a turn is being answered. */
  isAnswering(): boolean;
  /** Told to stop, it ends what it has in flight, as the product does; answers whether it could within `mostMs`. */
  stop(mostMs: number): Promise<boolean>;
}

export interface ClockOf {
  /** How far an instance's clock is ahead of true time; milliseconds. */
  off(at: number): number;
}

const SEND_TIMEOUT_MS = 15_000;
const SENDS_PER_SECOND = 30;
/** Less than the longest upload is silent for, so that some stall. */
const PATIENCE_MS = 4 * 60_000;
const IN_FLIGHT_ARRIVES = 0.5;

/**
 * Starts a process. Results wait while it is stalled, until `stalledUntil`; `called` is called for each call to store,
 * files and Teams.
 */
export function startProcess(
  shared: SharedWorld,
  name: string,
  clockOf: ClockOf,
  rules: Rules,
  stalledUntil: () => number,
  called: () => void = () => undefined,
): DeskProcess {
  const { scheduler, faults, storedFiles } = shared;
  const chance = shared.chanceFor(`life ${name}`);
  const bytes = shared.chanceFor(`ids ${name}`);
  let alive = true;
  const [turns, uploads, sweeps, cleanings] = [createInFlight(), createInFlight(), createInFlight(), createInFlight()];
  const begun = new Set<{ readonly at: number }>();
  let isStopped = false;
  /** When a claim, or the list of what is due, was hit by a fault last. */
  const hits = new Map<string, number>();
  let listHit = Number.NEGATIVE_INFINITY;
  let lastFault = Number.NEGATIVE_INFINITY;

  /** Calls after `ms`, if the process is alive then; a stall delays the call. */
  const later = (ms: number, call: () => void): (() => void) => {
    let callOff = (): void => undefined;
    const due = (): void => {
      if (!alive) return;
      const held = stalledUntil() - scheduler.now();
      if (held > 0) callOff = scheduler.after(held, due);
      else call();
    };
    callOff = scheduler.after(ms, due);
    return () => callOff();
  };
  const timer: Timer = (ms, call) => later(Math.min(ms, 10 ** 10), call);
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      later(ms, resolve);
    });
  /** Mostly quick, seldom slow. */
  const way = (): number => (chance.happens(0.03) ? 100 + chance.below(1_500) : 1 + chance.below(12));
  const die = (): void => {
    alive = false;
  };

  const connection: Connection = {
    name,
    die,
    call: (effect, { there = way(), back = way() } = {}) =>
      new Promise((resolve, reject) => {
        called();
        scheduler.after(there, () => {
          if (!alive && !chance.happens(IN_FLIGHT_ARRIVES)) return;
          let came: () => void;
          try {
            const result = effect();
            came = () => {
              resolve(result);
            };
          } catch (error) {
            came = () => {
              reject(error instanceof Error ? error : new SimulatedError(String(error)));
            };
          }
          later(back, came);
        });
      }),
  };

  const clock = { now: () => scheduler.now() + clockOf.off(scheduler.now()) };
  const random: RandomSource = {
    randomId: () => Buffer.from(Uint8Array.from({ length: 16 }, () => bytes.below(256))).toString('base64url'),
    randomBytes: (length) => Uint8Array.from({ length }, () => bytes.below(256)),
  };
  const digest: Digest = {
    sha256: (text) => hash('sha256', text, 'hex'),
    sign: (text) => createHmac('sha256', 'the desk of the simulation').update(text, 'utf8').digest('base64url'),
  };
  const historyKeys = createHistoryKeys(['the history key of the simulation alone']);
  /** Milliseconds of this process, as of the machine that it runs on. */
  const begunAt = scheduler.now();
  const steady = { now: () => scheduler.now() - begunAt };
  const printed = createLogThrottle(
    {
      info: (fields, sentence) => shared.printed(name, 'info', sentence, fields),
      warn: (fields, sentence) => shared.printed(name, 'warn', sentence, fields),
      error: (fields, sentence) => shared.printed(name, 'error', sentence, fields),
    },
    steady,
  );
  /** Told of each line before the throttle, which may keep it back. */
  const log: Log = {
    info(fields, sentence) {
      shared.heard(name, 'info', sentence, fields);
      printed.info(fields, sentence);
    },
    warn(fields, sentence) {
      shared.heard(name, 'warn', sentence, fields);
      printed.warn(fields, sentence);
    },
    error(fields, sentence) {
      lastFault = scheduler.now();
      shared.heard(name, 'error', sentence, fields);
      printed.error(fields, sentence);
    },
  };
  const documents: Documents = documentsOf({
    store: shared.store,
    connection,
    faults,
    clock,
    now: () => scheduler.now(),
    off: () => clockOf.off(scheduler.now()),
    isSweeping: () => !sweeps.isEmpty(),
    disturb: (claim) => {
      hits.set(claim, scheduler.now());
    },
    disturbList: () => {
      listHit = scheduler.now();
    },
  });
  const authenticator = createTokenAuthenticator({
    appId: APP_ID,
    tenants: Object.values(TENANTS),
    cloud: SIMULATED_CLOUD,
    clock,
    steady,
    log,
    token: () => Promise.reject(new Error('the simulated Teams takes messages without a token')),
    fetch: shared.issuer.fetchOf(connection, pause, (what) =>
      shared.onKeysFetched({ at: scheduler.now(), by: name, what }),
    ),
  });
  const door: ChannelAuthenticator = {
    ...authenticator,
    authentication: {
      createConnectorFactory: () => ({ create: () => Promise.resolve(shared.teams.clientOf(connection)) }),
    } as unknown as ChannelAuthenticator['authentication'],
  };
  const connector = createConnector(door, {
    limiter: createRateLimiter({ perSecond: SENDS_PER_SECOND, clock: steady, timer }),
    clock: steady,
    meters: silentMeters,
    timeoutMs: SEND_TIMEOUT_MS,
    chance: () => chance.next(),
    pause,
    timer,
  });
  const world: World = {
    documents,
    files: filesOf({
      storedFiles,
      connection,
      faults,
      now: () => scheduler.now(),
      isCleaning: () => !cleanings.isEmpty(),
      onRemoved: (key, writtenAt) => shared.onFileRemoved(name, key, writtenAt),
    }),
    ...(shared.settings.hasScanner && {
      scanner: scannerOf({ storedFiles, connection, faults, now: () => scheduler.now() }),
    }),
    inspect: lookInto(storedFiles, connection, faults),
    messenger: createTeamsMessenger(connector, shared.cards, rules),
    clock,
    random,
    digest,
    historyKeys,
    ...(shared.settings.hasAnchors && { anchors: anchorsOf(shared.keptAnchors, connection, faults, clock) }),
    links: createLinkSealer('the desk of the simulation'),
    rules,
    log,
    meters: silentMeters,
    securityLog: silentSecurityLog,
    pause,
    timer: { now: () => scheduler.now(), after: timer },
    settings: {
      operators: [],
      programmeTenants: shared.settings.programmeTenants,
      separateDuties: shared.settings.separateDuties,
      defaultLanguage: 'en',
      linkMinutes: 60,
      maxPoeBytes: 10_000,
      poeKinds: POE_KINDS,
      uploads: { atOnce: 32, bytesAtOnce: 50_000_000, patienceMs: PATIENCE_MS, bytesPerSecond: 8_000 },
      publicUrl: 'https://desk.example',
    },
  };
  const desk = withHeld(createDesk(world), uploads);
  const turn = createBot({
    desk,
    cards: shared.cards,
    connector,
    fetchFile: async ({ url }) => {
      await connection.call(() => undefined);
      return uploaded(handedText(url), faults.strikes('fileCut'));
    },
    log,
  });

  async function sweep(): Promise<void> {
    const from = scheduler.now();
    const mark = { at: from };
    begun.add(mark);
    const off = clockOf.off(from);
    const swept = await desk.sweep().catch((fault: unknown) => ({ processed: 0, failed: 0, fault }));
    begun.delete(mark);
    const hit = new Set([...hits].filter(([, at]) => at >= from).map(([claim]) => claim));
    shared.onSwept({
      by: name,
      from,
      off,
      at: scheduler.now(),
      ...swept,
      disturbed: listHit >= from,
      hit,
      isStopped,
    });
  }

  async function clean(): Promise<void> {
    try {
      await desk.poe.clean();
    } catch (error) {
      log.error({ error: excused(error) }, 'Scheduled run failed; the next run will retry');
    }
  }

  /** As the product's adapter does: the header alone first, then whether the activity fits it. */
  async function pass(activity: RawActivity, { authorization, token }: SignedHeader): Promise<void> {
    const instant = (): { readonly at: number; readonly off: number } => {
      const at = scheduler.now();
      return { at, off: clockOf.off(at) };
    };
    const reached: DoorReached = { by: name, token, ...instant() };
    shared.onReached(reached);
    const outcome = await door.authenticate(authorization).then((authenticated) =>
      authenticated.kind === 'rejected'
        ? authenticated.status
        : door.authorize(activity as unknown as Activity, authenticated.admission).then(
            () => 'admitted' as const,
            (error: unknown) => {
              if (error instanceof AuthenticationError) return error.statusCode as 401 | 403 | 503;
              throw error;
            },
          ),
    );
    shared.onJudged({ reached, outcome, ...instant() });
    if (outcome !== 'admitted') throw new DoorRejection(outcome);
  }

  async function receive(activity: RawActivity, header: SignedHeader): Promise<unknown> {
    await new Promise<void>((resolve) => {
      later(way(), resolve);
    });
    await pass(activity, header);
    const incoming = readIncoming(activity);
    if ('wrong' in incoming) throw new Error(`an activity of the simulation has a wrong ${incoming.wrong}`);
    try {
      return await turn(incoming);
    } catch (error) {
      throw excused(error);
    }
  }

  function stop(mostMs: number): Promise<boolean> {
    isStopped = true;
    const until = (ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        const callOff = later(ms, resolve);
        signal.addEventListener('abort', callOff);
      });
    const web = { drain: () => turns.empty(), close: () => uploads.empty(), breakOff: () => undefined };
    return shutDown(
      {
        web,
        desk,
        schedules: [{ stop: () => sweeps.empty() }, { stop: () => cleanings.empty() }],
        meters: { close: () => Promise.resolve() },
      },
      mostMs,
      log,
      until,
    );
  }

  const people = createPeople(world);
  return {
    name,
    desk,
    people,
    resumeFor: async (key) => {
      await resumeParkedNotices(world, key);
    },
    prepare: () => desk.prepare(),
    async goOn(replay) {
      const anchors = anchorsOf(shared.keptAnchors, connection, faults, clock);
      const [newer] = await newerClaims(world, anchors.all());
      if (newer !== undefined) throw new SimulatedError(`only a newer version can say what ${newer} lacks`);
      const losses = await findLosses(world, anchors.all());
      const mark = await readStandstill(world.documents);
      const decisions = losses.reduce((sum, { lost }) => sum + lost.length, 0);
      if (decisions > 0 && (!mark || mark.ended)) await beginStandstill(world, { claims: losses.length, decisions });
      const absent = await recordLosses(world, losses, { replay });
      await endStandstill(world, { user: 'otto' }, replay ? 'replayed' : 'confirmed', absent);
    },
    resumeAll: () => resumeAllParked(world),
    die,
    stop,
    sweep: () => sweeps.hold(sweep()),
    clean: () => cleanings.hold(clean()),
    receive: (activity, header) => turns.hold(receive(activity, header)),
    clockNow: () => clock.now(),
    isAlive: () => alive,
    lastFault: () => lastFault,
    isSweeping: () => !sweeps.isEmpty(),
    sweepingSince: () => [...begun][0]?.at,
    isAnswering: () => !turns.isEmpty(),
  };
}

/** A clock that is wrong is the simulation's doing. */
function excused(error: unknown): unknown {
  return error instanceof ClockError ? new SimulatedError(error.message) : error;
}

/** The desk, with its uploads counted as in flight. */
function withHeld(desk: Desk, inFlight: InFlight): Desk {
  const { uploads } = desk.poe;
  return {
    ...desk,
    poe: {
      ...desk.poe,
      uploads: { ...uploads, take: (link, name, bytes) => inFlight.hold(uploads.take(link, name, bytes)) },
    },
  };
}
