/** The playground: a desk with an adjustable clock, and one Teams simulator for each persona. */
import { readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '../config/config.ts';
import { personId } from '../desk/directory/people.ts';
import type { PersonId } from '../domain/claims/values.ts';
import type { RunningDesk } from '../app/startDesk.ts';
import { startDesk } from '../app/startDesk.ts';
import { createSecurityLog } from '../runtime/securityLog.ts';
import { unlimited } from '../teams/sending/rateLimiter.ts';
import type { Persona } from './personas.ts';
import { directoryOf, PERSONAS, personaOf } from './personas.ts';
import { createSavedClock } from './savedClock.ts';
import { MARK, lockFolder } from './folderLock.ts';
import { PlaygroundError } from './playgroundError.ts';
import type { Simulator } from './simulator.ts';
import { startSimulator } from './simulator.ts';
import { channelPlace } from './simulatorConfig.ts';
import { createTimeTravel } from './timeTravel.ts';

/** Where the playground keeps its data, and which ports it uses. */
export interface PlaygroundOptions {
  /** Everything is kept here: claims, files, clock, configuration and logs. */
  readonly folder: string;
  /** Deletes what an earlier run left in the folder. */
  readonly fresh?: boolean;
  /** Uses any free ports instead of the usual ones. */
  readonly anyPorts?: boolean;
}

/** A running playground. */
export interface Playground {
  readonly url: string;
  readonly log: string;
  readonly desk: RunningDesk['desk'];
  readonly windows: readonly { readonly persona: Persona; readonly url: string }[];
  /** Settles with the name of the first persona whose simulator ended by itself. */
  readonly broken: Promise<string>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const DESK_PORT = 3978;
const FIRST_SIMULATOR_PORT = 56_150;
const KNOWN_MS = 15_000;
const RETRY_MS = 25;

/**
 * Starts the desk and all simulators; the desk then knows the chat of each persona before a page is open. On failure,
 * stops what was started.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const folder = resolve(options.folder);
  const { release } = await lockFolder(folder);
  try {
    if (options.fresh) await emptyFolder(folder);
    const playground = await open(folder, options);
    return { ...playground, stop: () => playground.stop().finally(release) };
  } catch (error) {
    await release();
    throw error;
  }
}

async function emptyFolder(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name !== MARK);
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function open(folder: string, options: PlaygroundOptions): Promise<Playground> {
  const log = join(folder, 'desk.log');
  const clock = createSavedClock(join(folder, 'clock.json'));
  const port = options.anyPorts ? 0 : await freePort(DESK_PORT);
  const destination = pino.destination({ dest: log, sync: true });
  const running = await startDesk(
    { ...readConfig({ DATA_DIR: folder }), host: HOST, port, publicUrl: `http://${HOST}:${port}` },
    {
      clock,
      log: pino({ level: 'info' }, destination),
      securityLog: createSecurityLog({ isSilent: false, destination }),
      timeTravel: (desk, rules) => createTimeTravel(clock, desk, rules),
      sending: { limiter: unlimited },
    },
  );
  const url = `http://${HOST}:${running.port}`;
  const started: Simulator[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((simulator) => simulator.stop()));
    await running.stop();
  };
  try {
    const starts = await Promise.allSettled(
      PERSONAS.map(async (persona, index) => {
        const simulator = await startSimulator(persona, {
          endpoint: `${url}/api/messages`,
          folder,
          port: options.anyPorts ? 0 : FIRST_SIMULATOR_PORT + index,
        });
        started.push(simulator);
      }),
    );
    for (const start of starts) if (start.status === 'rejected') throw start.reason;
    const windows = PERSONAS.flatMap((persona) => started.filter((simulator) => simulator.persona === persona));
    const reviews = windows.find(({ persona }) => persona.key === 'reviewer');
    if (reviews)
      await running.desk.importDirectory(directoryOf(channelPlace(personaOf('reviewer'), reviews.serviceUrl)));
    await Promise.all(windows.map((window) => waitUntilKnown(running.desk, window)));
    return {
      url,
      log,
      desk: running.desk,
      windows,
      stop,
      broken: Promise.race(windows.map(({ ended, persona }) => ended.then(() => persona.name))),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until the desk knows the chat of a persona. What it sends there is shown only while a page is open. */
async function waitUntilKnown(desk: RunningDesk['desk'], { persona, serviceUrl, showUp }: Simulator): Promise<void> {
  await showUp();
  for (let tries = KNOWN_MS / RETRY_MS; tries > 0; tries -= 1) {
    const choices = await desk.enrolmentChoices(idOf(personaOf('lead')));
    const person = choices?.people.find(({ id }) => id === idOf(persona));
    if (person?.chat?.serviceUrl === serviceUrl) return;
    await pause(RETRY_MS);
  }
  throw new PlaygroundError(
    'playground.notInstalled',
    `The desk has not heard of ${persona.name}; its log may say why.`,
  );
}

/** The port, if it is free; else 0, for any free one. */
function freePort(port: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0)).listen(port, HOST, () => probe.close(() => resolve(port)));
  });
}

function idOf({ company, objectId }: Persona): PersonId {
  return personId(company.tenantId, objectId);
}
