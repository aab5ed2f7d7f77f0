/**
 * A running desk with a clock that the test turns and a Teams that records: what people do is posted as raw activities
 * over HTTP, and what they see is read from the messages that were sent.
 */
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { adjustableClock } from '../../../src/runtime/clock.ts';
import type { AdjustableClock } from '../../../src/runtime/clock.ts';
import { readConfig } from '../../../src/config/config.ts';
import { createPeople } from '../../../src/desk/directory/people.ts';
import type { Log, Timer } from '../../../src/desk/ports/system.ts';
import { silentSecurityLog } from '../../../src/desk/ports/securityLog.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import { sha256 } from '../../../src/runtime/random.ts';
import type { Environment } from '../../../src/config/environment.ts';
import type { RunningDesk } from '../../../src/app/startDesk.ts';
import { startDesk } from '../../../src/app/startDesk.ts';
import type { Activity, Channel } from './activities.ts';
import { activitiesOf } from './activities.ts';
import { unlimitedSending } from './unlimitedSending.ts';
import { PERSONAS, DIRECTORY, OPERATORS } from './personas.ts';
import type { PersonaName } from './personas.ts';
import { startConnector } from './connector.ts';
import type { Backend } from './backend.ts';
import { createBackend } from './backend.ts';
import { createClaimReader } from './claimReader.ts';
import type { Json } from './shownCard.ts';
import type { User } from './user.ts';
import { TEAM, createUser } from './user.ts';

/** Monday 3 May 2021, 10:00 in Redmond. No holiday falls before Monday 31 May. */
export const MONDAY = Date.parse('2021-05-03T10:00:00-07:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The channel of the reviewers, and one of the partner's. */
export const REVIEWS: Channel = { team: TEAM, channel: '19:reviews@thread.tacv2' };
export const FABRIKAM: Channel = { team: TEAM, channel: '19:fabrikam@thread.tacv2' };

export interface Answered {
  readonly status: number;
  /** The body as it came, byte for byte. */
  readonly text: string;
  readonly body: Json;
}

export interface ScenarioOptions {
  /** By which uploads are judged to stall. */
  readonly timer?: Timer;
  readonly env?: Environment;
  /** `false`: no one is enrolled. */
  readonly directory?: object | false;
  /** `false`: no one has written yet, and no channel has a purpose. */
  readonly settled?: boolean;
}

/** What every process of the desk needs the same of. */
const KEYS = {
  LINK_KEY: 'a key of the acceptance tests that is long enough',
  HISTORY_KEYS: 'a key of histories of the acceptance tests that is long enough',
  SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
};

const DIRECTORY_SETTINGS = {
  operators: [],
  programmeTenants: [],
  separateDuties: false,
  defaultLanguage: 'en',
  linkMinutes: 30,
  maxPoeBytes: 1,
  poeKinds: POE_KINDS,
  uploads: { atOnce: 1, bytesAtOnce: 1, patienceMs: 1, bytesPerSecond: 1 },
  publicUrl: '',
} as const;

export type Scenario = Awaited<ReturnType<typeof startScenario>>;

/**
 * Starts a desk for one file of acceptance tests. Every persona has written to the bot, and the review channel has its
 * purpose.
 */
export async function startScenario(options: ScenarioOptions = {}) {
  const connector = await startConnector();
  const dataDir = await mkdtemp(join(tmpdir(), 'acceptance-'));
  const clock = adjustableClock(MONDAY);
  const faults: string[] = [];
  const backend = await createBackend(dataDir, clock);
  const storage = await backend.open();
  const desk = await start(dataDir, backend, clock, faultsInto(faults), options);
  const scenario = {
    ...createClaimReader(storage.documents, connector),
    desk,
    /** The settings that lead another process to the same store and files. */
    env: { ...backend.env, ...KEYS },
    /** The folder of what is kept on this machine. */
    dataDir,
    clock,
    connector,
    storage,
    /** The stored people and channels. */
    directory: createPeople({
      documents: storage.documents,
      settings: DIRECTORY_SETTINGS,
      clock,
      digest: { sha256, sign: sha256 },
      securityLog: silentSecurityLog,
      historyKeys: createHistoryKeys([KEYS.HISTORY_KEYS]),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      meters: silentMeters,
    }),
    faults,
    activities: activitiesOf(connector.url),

    /** Posts one activity to the bot's endpoint; the deliveries that it began may still be in flight. */
    post: (activity: Activity): Promise<Answered> => scenario.postTo(desk, JSON.stringify(activity)),
    postText: (text: string): Promise<Answered> => scenario.postTo(desk, text),
    /** Posts to one desk of several. Every body is signed where the desk wants signatures. */
    postTo: ({ port }: RunningDesk, text: string): Promise<Answered> =>
      post(port, text, backend.authorization(serviceUrlIn(text) ?? connector.url)),
    /** A second desk on the same folder, clock and Teams. */
    second: (): Promise<RunningDesk> => start(dataDir, backend, clock, faultsInto(faults), options),
    /** Waits until everything that is due now has been delivered. */
    idle: (): Promise<void> => desk.desk.idle(),
    /** Turns the clock and sweeps, as the minute's cron does. */
    async turn(ms: number): Promise<void> {
      clock.turn(ms);
      await desk.desk.sweep();
      await desk.desk.idle();
    },
    /** Turns the clock to an instant, and sweeps. */
    turnTo: (at: number): Promise<void> => scenario.turn(at - clock.now()),

    /** Asserts that no history is broken, and no error was logged. */
    async check(): Promise<void> {
      expect(faults).to.deep.equal([]);
      await scenario.historiesHold();
    },
    async stop(): Promise<void> {
      await desk.stop();
      storage.close();
      await backend.close();
      await connector.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  const people = Object.fromEntries(
    Object.entries(PERSONAS).map(([name, persona]) => [name, createUser(scenario, persona)]),
  ) as Record<PersonaName, User>;
  const settled = Object.assign(scenario, people);
  if (options.settled !== false) {
    for (const person of Object.values(people)) await person.install();
    await people.otto.mention(REVIEWS, 'use this channel for reviews');
  }
  return settled;
}

async function start(
  dataDir: string,
  backend: Backend,
  clock: AdjustableClock,
  log: Log,
  { env, directory = DIRECTORY, timer }: ScenarioOptions,
): Promise<RunningDesk> {
  const file = join(dataDir, 'directory.json');
  if (directory !== false) await writeFile(file, JSON.stringify(directory));
  const config = readConfig({
    ...backend.env,
    OPERATORS,
    SWEEP_SCHEDULE: '0 0 1 1 *',
    ...KEYS,
    ...(directory !== false && { DIRECTORY_FILE: file }),
    ...env,
  });
  return startDesk(
    { ...config, port: 0 },
    {
      ...backend.deskOverrides,
      clock,
      ...(timer && { timer }),
      log,
      securityLog: silentSecurityLog,
      sending: unlimitedSending,
    },
  );
}

/** Warnings are expected (an answer that could not be sent); an error never is. */
function faultsInto(faults: string[]): Log {
  return {
    info: () => undefined,
    warn: () => undefined,
    error: (fields, sentence) =>
      void faults.push(
        `${sentence} ${'error' in fields && fields.error instanceof Error ? String(fields.error.stack) : JSON.stringify(fields)}`,
      ),
  };
}

/** Posts a body to the bot's endpoint. */
export async function post(port: number, text: string, authorization?: string): Promise<Answered> {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body: text,
  });
  const answer = await response.text();
  return { status: response.status, text: answer, body: answer === '' ? {} : (JSON.parse(answer) as Json) };
}

/** The service that a body names as its sender, if it is JSON that does. */
function serviceUrlIn(text: string): string | undefined {
  try {
    const { serviceUrl } = JSON.parse(text) as { readonly serviceUrl?: unknown };
    return typeof serviceUrl === 'string' ? serviceUrl : undefined;
  } catch {
    return undefined;
  }
}
