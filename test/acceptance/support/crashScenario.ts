/** A desk in a process that the test can kill at any message that it sends; its folder and its Teams stay. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { adjustableClock, systemClock } from '../../../src/runtime/clock.ts';
import { COMPILED } from '../../support/compileCache.ts';
import type { Activity } from './activities.ts';
import { activitiesOf } from './activities.ts';
import { PERSONAS, DIRECTORY, OPERATORS } from './personas.ts';
import type { PersonaName } from './personas.ts';
import type { Call } from './connector.ts';
import { startConnector } from './connector.ts';
import type { Storage } from '../../../src/app/storage.ts';
import type { Documents } from '../../../src/desk/ports/documents.ts';
import type { Backend } from './backend.ts';
import { createBackend } from './backend.ts';
import { createClaimReader } from './claimReader.ts';
import type { User } from './user.ts';
import { createUser } from './user.ts';
import { DAY, post, REVIEWS } from './scenario.ts';
import type { Answered } from './scenario.ts';

/** Longer than a dead desk's lease on a delivery. */
const LEASE_OVER = 300_000;
const FORENOON_UTC_HOUR = 18;
const LOOK_AGAIN_MS = 10;
const MOST_LOOKS = 800;

/**
 * When the process dies, relative to a message that it sends: `lost`, before Teams has it; `unanswered`, when Teams has
 * it and has not said so; `answered`, when Teams has said so.
 */
export type Moment = 'lost' | 'unanswered' | 'answered';

export type CrashScenario = Awaited<ReturnType<typeof startCrashScenario>>;

/** A desk that logs does so to `desk.log` in its data folder. */
export interface CrashOptions {
  readonly directory?: object;
  readonly isLogged?: boolean;
  /** More settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startCrashScenario(options: CrashOptions = {}) {
  const connector = await startConnector();
  const dataDir = await mkdtemp(join(tmpdir(), 'crash-'));
  const directory = join(dataDir, 'directory.json');
  await writeFile(directory, JSON.stringify(options.directory ?? DIRECTORY));
  const clock = adjustableClock(systemClock);
  let ahead = untilForenoon();
  clock.turn(ahead);
  const created = await createBackend(dataDir, clock);
  const backend = { ...created, env: { ...created.env, ...options.env } };
  const log = options.isLogged ? join(dataDir, 'desk.log') : undefined;
  let running = await launch(backend, directory, ahead, log);
  let storage = await backend.open();
  // Reads the store that is open now, also after another was put in its place.
  const documents: Documents = {
    create: (document) => storage.documents.create(document),
    replace: (document, etag) => storage.documents.replace(document, etag),
    read: (kind, id) => storage.documents.read(kind, id),
    find: (find) => storage.documents.find(find),
    scan: (scan) => storage.documents.scan(scan),
  };

  const scenario = {
    ...createClaimReader(documents, connector),
    connector,
    /** What the desk stores, as the test sees it, and the desk's clock. */
    get storage(): Storage {
      return { ...storage, documents };
    },
    clock,
    backend,
    dataDir,
    activities: activitiesOf(connector.url),
    port: (): number => running.port,
    post: (activity: Activity): Promise<Answered> =>
      post(running.port, JSON.stringify(activity), backend.authorization(connector.url)),

    /** Waits until nothing is left that can be delivered. */
    async idle(): Promise<void> {
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const busy = (await scenario.claims()).filter(
          ({ body }) => body.lease !== undefined || body.outbox.some((notice) => notice.nextAt !== undefined),
        );
        if (busy.length === 0) return;
        await pause(LOOK_AGAIN_MS);
      }
      throw new Error(`notices are left: ${JSON.stringify((await scenario.claims()).map(({ body }) => body.outbox))}`);
    },
    /** kill -9. */
    async kill(): Promise<void> {
      if (running.child.exitCode !== null || running.child.signalCode !== null) return;
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
    },
    /** Ends the desk as an operator does: what was begun is ended. */
    async end(): Promise<void> {
      running.child.kill('SIGTERM');
      await once(running.child, 'exit');
    },
    /** Kills the desk, and opens the store anew once another was put in its place. */
    async exchangeStore(exchange: () => Promise<void>): Promise<void> {
      await scenario.kill();
      storage.close();
      await exchange();
      storage = await backend.open();
    },
    /** Starts the desk again, some time later. */
    async restart(later = LEASE_OVER): Promise<void> {
      await scenario.kill();
      ahead += later;
      clock.turn(later);
      running = await launch(backend, directory, ahead, log);
    },
    /** Kills the process at the nth message from now on of those that match; resolves when it is dead. */
    killAt(nth: number, moment: Moment, match: (call: Call) => boolean = () => true): Promise<void> {
      let sent = 0;
      return new Promise((resolve) => {
        const stop = connector.onCall(async (call, when) => {
          if (when !== (moment === 'answered' ? 'after' : 'before') || !match(call)) return;
          sent += 1;
          if (sent !== nth) return;
          stop();
          if (moment === 'lost') connector.rule({ match: (one) => one.order === call.order, times: 1, reset: true });
          await scenario.kill();
          resolve();
        });
      });
    },
    async stop(): Promise<void> {
      await scenario.kill();
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
  for (const person of Object.values(people)) await person.install();
  await people.otto.mention(REVIEWS, 'use this channel for reviews');
  return settled;
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

/** Milliseconds until it is forenoon in the programme's zone, so that no restart of a test falls on another day. */
function untilForenoon(): number {
  const next = new Date();
  next.setUTCHours(FORENOON_UTC_HOUR, 0, 0, 0);
  return (next.getTime() - Date.now() + DAY) % DAY;
}

async function launch(backend: Backend, directory: string, ahead: number, log?: string): Promise<Running> {
  const child = spawn(process.execPath, [new URL('./crashDesk.ts', import.meta.url).pathname, String(ahead)], {
    stdio: ['ignore', 'pipe', log === undefined ? 'inherit' : 'pipe'],
    env: {
      ...COMPILED,
      ...backend.env,
      DIRECTORY_FILE: directory,
      OPERATORS,
      LOG_LEVEL: log === undefined ? 'silent' : 'debug',
      SWEEP_SCHEDULE: '0 0 1 1 *',
      SEND_TIMEOUT_MS: '5000',
    },
  });
  if (log !== undefined)
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(createWriteStream(log, { flags: 'a' }));
  if (!child.stdout) throw new Error('the desk has no output');
  for await (const [line] of on(createInterface(child.stdout), 'line') as AsyncIterable<[string]>) {
    const { port, msg } = JSON.parse(line) as { readonly port?: number; readonly msg?: string };
    if (port !== undefined && msg === undefined) return { child, port };
  }
  throw new Error('the desk did not start');
}
