/**
 * One instance of the desk after the outage: the product's own parts on the SQLite file, in virtual time, with its own
 * sweep schedule.
 */
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { createHash, createHmac } from 'node:crypto';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import { createDesk } from '../../../src/desk/desk.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import type { Files } from '../../../src/desk/ports/files.ts';
import type { Digest, Log } from '../../../src/desk/ports/system.ts';
import type { World } from '../../../src/desk/ports/world.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { silentSecurityLog } from '../../../src/desk/ports/securityLog.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import { createConnector } from '../../../src/teams/sending/connector.ts';
import type { ChannelAuthenticator } from '../../../src/teams/auth/authenticator.ts';
import { createRateLimiter } from '../../../src/teams/sending/rateLimiter.ts';
import type { Timer } from '../../../src/teams/sending/timer.ts';
import { createTeamsMessenger } from '../../../src/teams/sending/messenger.ts';
import type { Chance } from '../../support/random.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { SweepEnded } from '../checkers/observations.ts';
import type { RecordingTeams } from './teams.ts';
import { createLinkSealer } from '../../../src/runtime/linkSealer.ts';

export interface InstanceOptions {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly documents: Documents;
  readonly files: Files;
  readonly teams: RecordingTeams;
  readonly cards: Cards;
  readonly rules: Rules;
  readonly chance: Chance;
  readonly log: Log;
  readonly onSwept: (swept: SweepEnded) => void;
}

export interface Instance {
  readonly desk: Desk;
  /** Sweeps now and each minute from now on, never twice at once. */
  start(): void;
  isSweeping(): boolean;
}

const MINUTE_MS = 60_000;
const SEND_TIMEOUT_MS = 15_000;
/** What Teams allows a bot in a tenant. */
const SENDS_PER_SECOND = 30;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export const DIGEST: Digest = {
  sha256,
  sign: (text) => createHmac('sha256', 'the desk of the outage').update(text, 'utf8').digest('base64url'),
};

/** The keys of the whole outage: what was planted is authenticated with the same. */
export const HISTORY_KEYS = createHistoryKeys(['the history key of the outage alone']);

export function openInstance({
  name,
  scheduler,
  documents,
  files,
  teams,
  cards,
  rules,
  chance,
  log,
  onSwept,
}: InstanceOptions): Instance {
  const timer: Timer = (ms, call) => scheduler.after(ms, call);
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(ms, resolve);
    });
  const clock = { now: () => scheduler.now() };
  const randomBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => chance.below(256));
  const door: ChannelAuthenticator = {
    authentication: {
      createConnectorFactory: () => ({ create: () => Promise.resolve(teams.clientOf(name)) }),
    } as unknown as ChannelAuthenticator['authentication'],
    authenticate: () => Promise.reject(new Error('nothing comes through HTTP')),
    authorize: () => Promise.reject(new Error('nothing comes through HTTP')),
    mayServe: () => true,
    mayFetch: () => true,
    ready: () => Promise.resolve(true),
  };
  const connector = createConnector(door, {
    limiter: createRateLimiter({ perSecond: SENDS_PER_SECOND, clock, timer }),
    clock,
    meters: silentMeters,
    timeoutMs: SEND_TIMEOUT_MS,
    chance: () => chance.next(),
    pause,
    timer,
  });
  const world: World = {
    documents,
    files,
    messenger: createTeamsMessenger(connector, cards, rules),
    clock,
    rules,
    log,
    meters: silentMeters,
    securityLog: silentSecurityLog,
    pause,
    timer: { now: () => scheduler.now(), after: timer },
    inspect: () => Promise.reject(new Error('no file is looked into')),
    random: {
      randomId: () => Buffer.from(randomBytes(16)).toString('base64url'),
      randomBytes,
    },
    historyKeys: HISTORY_KEYS,
    digest: DIGEST,
    links: createLinkSealer('the desk of the outage'),
    settings: {
      operators: [],
      programmeTenants: [],
      separateDuties: false,
      defaultLanguage: 'en',
      linkMinutes: 60,
      maxPoeBytes: 10_000,
      poeKinds: POE_KINDS,
      uploads: { atOnce: 32, bytesAtOnce: 50_000_000, patienceMs: 20_000, bytesPerSecond: 8_000 },
      publicUrl: 'https://desk.example',
    },
  };
  const desk = createDesk(world);
  let isSweeping = false;

  async function sweep(): Promise<void> {
    if (isSweeping) return;
    isSweeping = true;
    const base = {
      by: name,
      from: scheduler.now(),
      off: 0,
      disturbed: false,
      hit: new Set<string>(),
      isStopped: false,
    };
    const swept = await desk.sweep().catch((fault: unknown) => ({ processed: 0, failed: 0, fault }));
    isSweeping = false;
    onSwept({ ...base, ...swept, at: scheduler.now() });
  }

  function eachMinute(): void {
    void sweep();
    scheduler.after(MINUTE_MS, eachMinute);
  }

  return { desk, start: eachMinute, isSweeping: () => isSweeping };
}
