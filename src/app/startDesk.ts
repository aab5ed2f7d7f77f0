import { setTimeout as pause } from 'node:timers/promises';
import { createAuthentication } from './authentication.ts';
import type { AuthenticationOverrides } from './authentication.ts';
import type { Storage } from './storage.ts';
import { worldSettings } from './worldSettings.ts';
import { openStorage } from './storage.ts';
import type { Rules } from '../domain/claims/decision.ts';
import { steadyClock, steadyTimer, systemClock } from '../runtime/clock.ts';
import type { Config } from '../config/config.ts';
import { scheduleRuns } from '../runtime/schedule.ts';
import { prepareDataFolder } from '../runtime/dataFolder.ts';
import type { Desk } from '../desk/desk.ts';
import { createDesk } from '../desk/desk.ts';
import type { SecurityLog } from '../desk/ports/securityLog.ts';
import type { Clock, Log, Timer } from '../desk/ports/system.ts';
import type { World } from '../desk/ports/world.ts';
import { signedAnchors } from '../desk/records/signedAnchors.ts';
import { importDirectoryFile } from './directoryFile.ts';
import { shutDown } from '../runtime/shutdown.ts';
import { inspectFile } from '../files/inspection/inspect.ts';
import { hmac, randomBytes, randomId, sha256 } from '../runtime/random.ts';
import { createLinkSealer } from '../runtime/linkSealer.ts';
import { createHistoryKeys } from '../runtime/historyKeys.ts';
import { readOrCreateHistoryKey, readOrCreateSigningKey } from '../runtime/signingKey.ts';
import { createSigner, readOrCreateSigningKeys } from '../runtime/signer.ts';
import type { Signer } from '../desk/ports/signer.ts';
import type { HistoryKeys } from '../desk/ports/historyKeys.ts';
import { inRequest, createLog } from '../runtime/log.ts';
import type { OpenMeters } from '../telemetry/meters.ts';
import { createMeters } from '../telemetry/meters.ts';
import { createReadiness } from '../runtime/readiness.ts';
import { createSecurityLog } from '../runtime/securityLog.ts';
import { instrumentDocuments } from '../stores/instrumented.ts';
import { DeskAdapter } from '../teams/adapter.ts';
import type { ChannelAuthenticator } from '../teams/auth/authenticator.ts';
import { createFileFetcher } from '../teams/files/attachments.ts';
import { createBot } from '../teams/bot.ts';
import type { Cards } from '../teams/cards/cards.ts';
import { createCards } from '../teams/cards/cards.ts';
import type { DeliveryOptions } from '../teams/sending/delivery.ts';
import type { Connector } from '../teams/sending/connector.ts';
import { createConnector } from '../teams/sending/connector.ts';
import type { TimeTravel } from '../teams/handlers/textCommands.ts';
import { createRateLimiter } from '../teams/sending/rateLimiter.ts';
import { systemTimer } from '../teams/sending/timer.ts';
import { createTeamsMessenger } from '../teams/sending/messenger.ts';
import type { WebBackend } from '../web/ports.ts';
import { startWeb } from '../web/server.ts';
import { settlePair } from './pairing.ts';
import { rulesOf } from './programme.ts';

/** What differs where the desk is tried out or tested. */
export interface DeskOverrides extends AuthenticationOverrides {
  readonly clock?: Clock;
  /** By which uploads are judged to stall. */
  readonly timer?: Timer;
  readonly log?: Log;
  readonly securityLog?: SecurityLog;
  /** How fast the desk may call Teams, where no rate limit applies. */
  readonly sending?: Partial<Pick<DeliveryOptions, 'limiter' | 'pause'>>;
  /** The word `time` of the local Teams. */
  readonly timeTravel?: (desk: Desk, rules: Rules) => TimeTravel;
}

export interface RunningDesk {
  readonly desk: Desk;
  readonly port: number;
  /**
   * Answers what was begun, ends sweeps and deliveries under way, all within the time to drain, and lets go of
   * everything.
   */
  stop(): Promise<void>;
}

const CARDS = new URL('../../cards/', import.meta.url);
const CLEANING = '17 * * * *';
const CHECK_UP = '43 4 * * *';
/** Letters of a request's id in the log. */
const REQUEST_ID = 10;
const until = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

/** What the parts of a running desk share. */
interface Foundation {
  readonly config: Config;
  readonly overrides: DeskOverrides;
  readonly log: Log;
  readonly securityLog: SecurityLog;
  readonly clock: Clock;
  readonly rules: Rules;
  readonly meters: OpenMeters;
  /** What links are signed with. */
  readonly linkKey: string;
  readonly historyKeys: HistoryKeys;
  readonly signer: Signer;
  readonly authenticator: ChannelAuthenticator;
  readonly storage: Storage;
  readonly cards: Cards;
}

/**
 * Builds a desk and starts its web server. Throws where the configuration, the data folder or the directory file is not
 * good.
 */
export async function startDesk(config: Config, overrides: DeskOverrides = {}): Promise<RunningDesk> {
  const foundation = await layFoundation(config, overrides);
  const { log, meters, storage } = foundation;
  const connector = connectorOf(foundation);
  const address = { publicUrl: config.publicUrl };
  const desk = createDesk(worldOf(foundation, connector, address));
  await desk.prepare();
  await settlePair(desk.poe.pair, config, log);
  if (config.directoryFile !== undefined) await importDirectoryFile(desk, config.directoryFile);
  const web = await startWeb({
    host: config.host,
    port: config.port,
    backend: backendOf(foundation, desk, adapterOf(foundation, connector, desk)),
    publicUrl: () => address.publicUrl,
    onlyLocal: !config.bot,
    hstsSeconds: config.hstsSeconds,
    limits: { maxConcurrentActivities: config.maxConcurrentActivities, drainMs: config.drainMs },
  });
  if (config.port === 0) address.publicUrl = `http://${config.host}:${web.port}`;
  const sweeps = scheduleRuns('sweep', config.sweepSchedule, () => desk.sweep(), log);
  const takingOver = desk.takeOver();
  const cleaning = scheduleRuns('cleaning', CLEANING, () => desk.poe.clean(), log);
  const checkUps = scheduleRuns('check-up', CHECK_UP, () => desk.checkUp(), log, 'due');
  if (!config.scanner) log.warn({}, 'Files are not scanned for viruses; MALWARE_SCAN says how they can be');
  else if (!(await storage.scanner?.ready()))
    log.error({ scanner: config.scanner.kind }, 'Virus scanner does not answer; new files wait until it does');
  log.info({ port: web.port, policy: config.policy }, 'Desk started');
  return {
    desk,
    port: web.port,
    async stop() {
      await shutDown(
        { web, desk, schedules: [sweeps, cleaning, checkUps, { stop: () => takingOver }], meters },
        config.drainMs,
        log,
        until,
      );
      storage.close();
      log.info({}, 'Desk stopped');
    },
  };
}

/** In this order: what is wrong with the settings or the data folder is told before anything is opened. */
async function layFoundation(config: Config, overrides: DeskOverrides): Promise<Foundation> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog({ level: config.logLevel });
  const securityLog = overrides.securityLog ?? createSecurityLog({ isSilent: config.logLevel === 'silent' });
  const meters = await createMeters({ log, ...(config.insights !== undefined && { insights: config.insights }) });
  const rules = rulesOf(config);
  if (!config.azure && !prepareDataFolder(config.dataDir))
    log.warn({}, 'Data folder can be entered by other users of this machine');
  const linkKey = config.linkKey ?? readOrCreateSigningKey(config.dataDir, randomId);
  const historyKeys = createHistoryKeys(config.historyKeys ?? [readOrCreateHistoryKey(config.dataDir, randomId)]);
  const signer = createSigner(
    config.signingKeys ??
      readOrCreateSigningKeys(config.dataDir, { randomId, randomBytes, now: () => systemClock.now() }),
  );
  const authenticator = await createAuthentication(config.bot, overrides, clock, log, securityLog);
  const storage = await openStorage(config);
  const cards = createCards(CARDS);
  return {
    config,
    overrides,
    log,
    securityLog,
    clock,
    rules,
    meters,
    linkKey,
    historyKeys,
    signer,
    authenticator,
    storage,
    cards,
  };
}

function connectorOf({ config, overrides, meters, authenticator }: Foundation): Connector {
  return createConnector(authenticator, {
    limiter: createRateLimiter({ perSecond: config.sendsPerSecond, clock: steadyClock, timer: systemTimer }),
    clock: steadyClock,
    meters,
    timeoutMs: config.sendTimeoutMs,
    chance: () => (randomBytes(1)[0] ?? 0) / 256,
    pause: (ms) => pause(ms),
    timer: systemTimer,
    ...overrides.sending,
  });
}

/** `address` is read at each use: with port 0 the public URL is known only once the server listens. */
function worldOf(
  {
    config,
    overrides,
    clock,
    rules,
    log,
    securityLog,
    meters,
    linkKey,
    historyKeys,
    signer,
    storage,
    cards,
  }: Foundation,
  connector: Connector,
  address: { readonly publicUrl: string },
): World {
  return {
    documents: instrumentDocuments(storage.documents, meters, () => steadyClock.now()),
    files: storage.files,
    ...(storage.anchors && { anchors: signedAnchors(storage.anchors, { signer, clock }) }),
    ...(storage.scanner && { scanner: storage.scanner }),
    inspect: inspectFile,
    messenger: createTeamsMessenger(connector, cards, rules),
    clock,
    timer: overrides.timer ?? steadyTimer,
    random: { randomId, randomBytes },
    digest: { sha256, sign: (text) => hmac(linkKey, text) },
    historyKeys,
    links: createLinkSealer(linkKey),
    rules,
    log,
    securityLog,
    meters,
    pause: (ms) => pause(ms),
    settings: {
      ...worldSettings(config),
      get publicUrl() {
        return address.publicUrl;
      },
    },
  };
}

function adapterOf(
  { overrides, rules, meters, log, authenticator, cards }: Foundation,
  connector: Connector,
  desk: Desk,
): DeskAdapter {
  const timeTravel = overrides.timeTravel?.(desk, rules);
  const fetchFile = createFileFetcher(authenticator);
  return new DeskAdapter({
    authenticator: authenticator,
    handler: createBot({ desk, cards, connector, fetchFile, log, ...(timeTravel && { timeTravel }) }),
    clock: steadyClock,
    meters,
    log,
  });
}

function backendOf(
  { config, log, meters, storage, authenticator, signer }: Foundation,
  desk: Desk,
  adapter: DeskAdapter,
): WebBackend {
  const isReachableFromOutside = config.bot !== undefined;
  const key = config.metricsKey;
  const store = async (): Promise<unknown> => (await storage.ready.store()) !== false && !desk.isOutdated();
  return {
    authenticate: (authorization) => adapter.authenticate(authorization),
    messages: (activity, admission) => adapter.handle(activity, admission),
    uploads: desk.poe.uploads,
    downloads: desk.poe.downloads,
    signingKeys: () => signer.keys(),
    log,
    meters,
    inRequest: (work) => inRequest(randomId().slice(0, REQUEST_ID), work),
    ready: createReadiness(
      { ...storage.ready, store, pair: () => desk.poe.pair.isPaired(), keys: () => authenticator.ready() },
      { log, meters, steady: steadyClock, pause: until },
    ),
    // A desk that is reachable from outside shows its metrics only with a key.
    ...((key !== undefined || !isReachableFromOutside) && {
      metrics: { text: () => meters.text(), ...(key !== undefined && { key }) },
    }),
  };
}
