/** The only place where things are built and put together. Run as a program, it is the desk; the local Teams and the tests start it too. */
import { setTimeout as pause } from 'node:timers/promises';
import { openDoor, type DoorSurroundings } from './assembly/door.ts';
import { openStorage } from './assembly/storage.ts';
import { calendarOf } from './calendar/calendar.ts';
import type { BusinessCalendar } from './calendar/calendar.ts';
import { CATALOGUE } from './claims/catalogue.ts';
import type { Rules } from './claims/decision.ts';
import type { Policy } from './claims/policy.ts';
import { POLICIES, UnknownPolicy } from './claims/policy.ts';
import { steadyClock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { readConfig } from './config.ts';
import { scheduleRuns } from './cron/schedule.ts';
import { openDataFolder } from './dataFolder.ts';
import type { Desk } from './desk/desk.ts';
import { openDesk } from './desk/desk.ts';
import type { Clock, Ids, Log } from './desk/ports.ts';
import { importDirectoryFile } from './directoryFile.ts';
import { drain } from './drain.ts';
import { toldToEnd } from './endSignal.ts';
import { inspectFile } from './files/inspect.ts';
import { hmac, randomBytes, randomId, sha256 } from './ids.ts';
import { keptLinkKey } from './linkKey.ts';
import { inRequest, openLog } from './log.ts';
import { openMeters } from './meters/meters.ts';
import { openReadiness } from './readiness.ts';
import { startFault } from './startFault.ts';
import { measured } from './stores/measured.ts';
import { DeskAdapter } from './teams/adapter.ts';
import { fileFetcher } from './teams/attachments.ts';
import { openBot } from './teams/bot.ts';
import { openCardActions } from './teams/cardActions.ts';
import { openCards } from './teams/cards.ts';
import type { ConnectorParts } from './teams/connector.ts';
import { openConnector } from './teams/connector.ts';
import type { TurnClock } from './teams/conversation.ts';
import { openConversation } from './teams/conversation.ts';
import { openLimiter, systemTimer } from './teams/limiter.ts';
import { teamsMessenger } from './teams/messenger.ts';
import { openThreadReplies } from './teams/threadReplies.ts';
import { startWeb } from './web/server.ts';

/** What differs where the desk is tried out or tested. */
export interface Surroundings extends DoorSurroundings {
  readonly clock?: Clock;
  readonly log?: Log;
  /** How fast the desk may speak to Teams, where nobody has to be spared. */
  readonly sending?: Partial<Pick<ConnectorParts, 'limiter' | 'pause'>>;
  /** The word `time` of the local Teams. */
  readonly turnClock?: (desk: Desk, rules: Rules) => TurnClock;
}

export interface RunningDesk {
  readonly desk: Desk;
  readonly port: number;
  /** Answers what was begun, ends sweeps and deliveries under way, all within the time to drain, and lets go of everything. */
  stop(): Promise<void>;
}

const CARDS = new URL('../cards/', import.meta.url);
const CLEANING = '17 * * * *';
/** Letters of a request's id in the log. */
const REQUEST_ID = 10;
const until = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

/** Builds a desk and opens its doors. Throws where the configuration, the data folder or the directory file is not good. */
export async function startDesk(config: Config, surroundings: Surroundings = {}): Promise<RunningDesk> {
  const clock = surroundings.clock ?? systemClock;
  const log = surroundings.log ?? openLog({ level: config.logLevel, clock: systemClock });
  const meters = await openMeters({ log, ...(config.insights !== undefined && { insights: config.insights }) });
  const rules = rulesOf(config);
  if (!config.azure) openDataFolder(config.dataDir);
  const linkKey = config.linkKey ?? keptLinkKey(config.dataDir, randomId);
  const ids: Ids = { randomId, randomBytes, sha256, sign: (text) => hmac(linkKey, text) };
  const door = await openDoor(config.bot, surroundings, clock, log);
  const storage = await openStorage(config);
  const connector = openConnector(door, {
    limiter: openLimiter({ perSecond: config.sendsPerSecond, clock: steadyClock, timer: systemTimer }),
    clock: steadyClock,
    meters,
    timeoutMs: config.sendTimeoutMs,
    chance: () => (randomBytes(1)[0] ?? 0) / 256,
    pause: (ms) => pause(ms),
    timer: systemTimer,
    ...surroundings.sending,
  });
  const cards = openCards(CARDS, CATALOGUE);
  const messenger = teamsMessenger(connector, cards, rules);
  let publicUrl = config.publicUrl;
  const desk = openDesk({
    documents: measured(storage.documents, meters, () => steadyClock.now()),
    files: storage.files,
    inspect: inspectFile,
    messenger,
    clock,
    ids,
    rules,
    log,
    meters,
    pause: (ms) => pause(ms),
    settings: {
      operators: config.operators,
      defaultLanguage: config.defaultLanguage,
      linkMinutes: config.linkMinutes,
      maxPoeBytes: config.poe.maxBytes,
      get publicUrl() {
        return publicUrl;
      },
    },
  });
  if (config.directoryFile !== undefined)
    await desk.rouseAll(await importDirectoryFile(desk.people, config.directoryFile));
  const actions = openCardActions(desk, cards);
  const conversation = openConversation(desk, cards, actions, surroundings.turnClock?.(desk, rules));
  const threads = openThreadReplies(desk, cards);
  const adapter = new DeskAdapter({
    door,
    turn: openBot({ desk, cards, connector, actions, conversation, threads, fetchFile: fileFetcher(door), log }),
    clock: steadyClock,
    meters,
    log,
  });
  const web = await startWeb({
    host: config.host,
    port: config.port,
    doors: {
      turnAway: (authorization) => adapter.turnAway(authorization),
      messages: (activity, authorization) => adapter.handle(activity, authorization),
      uploads: desk.poe.uploads,
      downloads: desk.poe.downloads,
      log,
      meters,
      inRequest: (work) => inRequest(randomId().slice(0, REQUEST_ID), work),
      ready: openReadiness({ ...storage.ready, keys: () => door.ready() }, { log, steady: steadyClock, pause: until }),
      // A desk that strangers can reach shows its metrics to nobody without a key.
      ...((config.metricsKey !== undefined || !config.bot) && {
        metrics: { text: () => meters.text(), ...(config.metricsKey !== undefined && { key: config.metricsKey }) },
      }),
    },
    limits: { mostTurns: config.mostTurns, drainMs: config.drainMs },
  });
  if (config.port === 0) publicUrl = `http://${config.host}:${web.port}`;
  const sweeps = scheduleRuns('sweep', config.sweepSchedule, () => desk.sweep(), log);
  const cleaning = scheduleRuns('cleaning', CLEANING, () => desk.poe.clean(), log);
  log.info({ port: web.port, policy: config.policy }, 'The desk is open');
  return {
    desk,
    port: web.port,
    async stop() {
      await drain({ web, desk, schedules: [sweeps, cleaning], meters }, config.drainMs, log, until);
      storage.close();
      log.info({}, 'The desk is closed');
    },
  };
}

/** The programme's rules by configuration: the policy for clocks that start now, and every policy for those that run. */
function rulesOf(config: Config): Rules {
  const policyOf = (version: string): Policy => {
    const policy = POLICIES[version];
    if (!policy)
      throw new UnknownPolicy(
        `no policy has the version ${JSON.stringify(version)}; known are ${Object.keys(POLICIES).join(', ')}`,
      );
    return policy;
  };
  const calendars = new Map<string, BusinessCalendar>();
  return {
    catalogue: CATALOGUE,
    programme: {
      policy: { ...policyOf(config.policy), maxPoe: config.poe.maxFiles },
      policyOf,
      calendarOf(policy) {
        const known = calendars.get(policy.version) ?? calendarOf(policy.calendar, policy.zone);
        calendars.set(policy.version, known);
        return known;
      },
      zones: [...new Set(Object.values(POLICIES).map((policy) => policy.zone))],
    },
  };
}

/**
 * Runs until SIGTERM or SIGINT, then ends within the time to drain; a second one, a second later, ends it at once. A fault that nobody caught
 * ends it too, and is logged like any other: printed, it would show all that it holds.
 */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog({ level: config.logLevel, clock: systemClock });
  process.once('uncaughtException', (error) => {
    log.error({ error }, 'A fault that nobody caught ends the desk');
    process.exit(1);
  });
  const starting = startDesk(config, { log });
  const stop = (): void => {
    // A desk that is still being built has nothing in hand.
    const tooLong = setTimeout(() => process.exit(0), config.drainMs);
    starting
      .then((running) => {
        clearTimeout(tooLong);
        return running.stop();
      })
      .then(() => process.exit(0), fail);
  };
  void toldToEnd('SIGTERM', 'SIGINT').then(stop);
  await starting;
}

/** Says why, and ends the process, whatever it holds open. */
function fail(error: unknown): never {
  process.stderr.write(`${startFault(error)}\n`);
  process.exit(1);
}

if (import.meta.main) run().catch(fail);
