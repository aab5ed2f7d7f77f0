import { setTimeout as pause } from 'node:timers/promises';
import { createAuthentication } from './authentication.ts';
import type { AuthenticationOverrides } from './authentication.ts';
import { openStorage } from './storage.ts';
import { CATALOGUE } from '../domain/claims/catalogue.ts';
import type { Rules } from '../domain/claims/decision.ts';
import { steadyClock, systemClock } from '../runtime/clock.ts';
import type { Config } from '../config/config.ts';
import { scheduleRuns } from '../runtime/schedule.ts';
import { openDataFolder } from '../runtime/dataFolder.ts';
import type { Desk } from '../desk/desk.ts';
import { createDesk } from '../desk/desk.ts';
import type { Clock, Ids, Log } from '../desk/ports/system.ts';
import { importDirectoryFile } from './directoryFile.ts';
import { shutDown } from '../runtime/shutdown.ts';
import { inspectFile } from '../files/inspection/inspect.ts';
import { hmac, randomBytes, randomId, sha256 } from '../runtime/random.ts';
import { createLinkSigner } from '../runtime/linkSigner.ts';
import { readOrCreateSigningKey } from '../runtime/signingKey.ts';
import { inRequest, createLog } from '../runtime/log.ts';
import { createMeters } from '../telemetry/meters.ts';
import { createReadiness } from '../runtime/readiness.ts';
import { instrumentDocuments } from '../stores/instrumented.ts';
import { DeskAdapter } from '../teams/adapter.ts';
import { createFileFetcher } from '../teams/files/attachments.ts';
import { createBot } from '../teams/bot.ts';
import { createCards } from '../teams/cards/cards.ts';
import type { DeliveryOptions } from '../teams/sending/delivery.ts';
import { createConnector } from '../teams/sending/connector.ts';
import type { TimeTravel } from '../teams/handlers/textCommands.ts';
import { createRateLimiter } from '../teams/sending/rateLimiter.ts';
import { systemTimer } from '../teams/sending/timer.ts';
import { createTeamsMessenger } from '../teams/sending/messenger.ts';
import { startWeb } from '../web/server.ts';
import { rulesOf } from './programme.ts';

/** What differs where the desk is tried out or tested. */
export interface DeskOverrides extends AuthenticationOverrides {
  readonly clock?: Clock;
  readonly log?: Log;
  /** How fast the desk may call Teams, where no rate limit applies. */
  readonly sending?: Partial<Pick<DeliveryOptions, 'limiter' | 'pause'>>;
  /** The word `time` of the local Teams. */
  readonly timeTravel?: (desk: Desk, rules: Rules) => TimeTravel;
}

export interface RunningDesk {
  readonly desk: Desk;
  readonly port: number;
  /** Answers what was begun, ends sweeps and deliveries under way, all within the time to drain, and lets go of everything. */
  stop(): Promise<void>;
}

const CARDS = new URL('../../cards/', import.meta.url);
const CLEANING = '17 * * * *';
/** Letters of a request's id in the log. */
const REQUEST_ID = 10;
const until = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

/** Builds a desk and starts its web server. Throws where the configuration, the data folder or the directory file is not good. */
export async function startDesk(config: Config, surroundings: DeskOverrides = {}): Promise<RunningDesk> {
  const clock = surroundings.clock ?? systemClock;
  const log = surroundings.log ?? createLog({ level: config.logLevel, clock: systemClock });
  const meters = await createMeters({ log, ...(config.insights !== undefined && { insights: config.insights }) });
  const rules = rulesOf(config);
  if (!config.azure) openDataFolder(config.dataDir);
  const linkKey = config.linkKey ?? readOrCreateSigningKey(config.dataDir, randomId);
  const ids: Ids = { randomId, randomBytes, sha256, sign: (text) => hmac(linkKey, text) };
  const door = await createAuthentication(config.bot, surroundings, clock, log);
  const storage = await openStorage(config);
  const connector = createConnector(door, {
    limiter: createRateLimiter({ perSecond: config.sendsPerSecond, clock: steadyClock, timer: systemTimer }),
    clock: steadyClock,
    meters,
    timeoutMs: config.sendTimeoutMs,
    chance: () => (randomBytes(1)[0] ?? 0) / 256,
    pause: (ms) => pause(ms),
    timer: systemTimer,
    ...surroundings.sending,
  });
  const cards = createCards(CARDS, CATALOGUE);
  const messenger = createTeamsMessenger(connector, cards, rules);
  let publicUrl = config.publicUrl;
  const desk = createDesk({
    documents: instrumentDocuments(storage.documents, meters, () => steadyClock.now()),
    files: storage.files,
    inspect: inspectFile,
    messenger,
    clock,
    ids,
    links: createLinkSigner(linkKey),
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
  if (config.directoryFile !== undefined) await importDirectoryFile(desk, config.directoryFile);
  const timeTravel = surroundings.timeTravel?.(desk, rules);
  const adapter = new DeskAdapter({
    door,
    turn: createBot({
      desk,
      cards,
      connector,
      fetchFile: createFileFetcher(door),
      log,
      ...(timeTravel && { timeTravel }),
    }),
    clock: steadyClock,
    meters,
    log,
  });
  const web = await startWeb({
    host: config.host,
    port: config.port,
    backend: {
      authenticate: (authorization) => adapter.authenticate(authorization),
      messages: (activity, admission) => adapter.handle(activity, admission),
      uploads: desk.poe.uploads,
      downloads: desk.poe.downloads,
      log,
      meters,
      inRequest: (work) => inRequest(randomId().slice(0, REQUEST_ID), work),
      ready: createReadiness(
        { ...storage.ready, keys: () => door.ready() },
        { log, steady: steadyClock, pause: until },
      ),
      // A desk that is reachable from outside shows its metrics only with a key.
      ...((config.metricsKey !== undefined || !config.bot) && {
        metrics: { text: () => meters.text(), ...(config.metricsKey !== undefined && { key: config.metricsKey }) },
      }),
    },
    limits: { maxConcurrentActivities: config.maxConcurrentActivities, drainMs: config.drainMs },
  });
  if (config.port === 0) publicUrl = `http://${config.host}:${web.port}`;
  const sweeps = scheduleRuns('sweep', config.sweepSchedule, () => desk.sweep(), log);
  const cleaning = scheduleRuns('cleaning', CLEANING, () => desk.poe.clean(), log);
  log.info({ port: web.port, policy: config.policy }, 'Desk started');
  return {
    desk,
    port: web.port,
    async stop() {
      await shutDown({ web, desk, schedules: [sweeps, cleaning], meters }, config.drainMs, log, until);
      storage.close();
      log.info({}, 'Desk stopped');
    },
  };
}
