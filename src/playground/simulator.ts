/** Runs Microsoft's Teams simulator (the Microsoft 365 Agents Playground), one process for each persona. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Persona } from './personas.ts';
import { PlaygroundError } from './playgroundError.ts';
import { chatOf, simulatorConfigOf } from './simulatorConfig.ts';

/** A running simulator. */
export interface Simulator {
  readonly persona: Persona;
  /** The address of its page. */
  readonly url: string;
  /** Where the desk reaches it. */
  readonly serviceUrl: string;
  /** Settles when the process has ended, for any reason. */
  readonly ended: Promise<void>;
  /**
   * Sends a typing activity from the persona's personal chat, so that the desk knows the chat before the page is open.
   * An installation would do too, but the desk would answer it with a welcome that no one sees.
   */
  showUp(this: void): Promise<void>;
  stop(): Promise<void>;
}

const PACKAGE = '@microsoft/m365agentsplayground';
const START_MS = 60_000;
const STOP_MS = 3_000;
const RETRY_MS = 50;
const PRELOAD = new URL('./simulatorPreload.ts', import.meta.url).href;

/** Starts a simulator on `port`, or on a free one where that is taken or 0. Its files go into `folder`. */
export async function startSimulator(
  persona: Persona,
  options: { readonly endpoint: string; readonly folder: string; readonly port: number },
): Promise<Simulator> {
  const program = programOf();
  const config = join(options.folder, `${persona.key}.yml`);
  const log = join(options.folder, `${persona.key}.log`);
  await writeFile(config, simulatorConfigOf(persona));
  const child = spawn(
    process.execPath,
    [
      '--import',
      PRELOAD,
      program,
      'start',
      '-e',
      options.endpoint,
      '-c',
      'msteams',
      '-p',
      String(options.port),
      '--disable-telemetry',
    ],
    {
      env: {
        ...process.env,
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
        M365_AGENTS_PLAYGROUND_LOGFILE: log,
        TEAMSAPPTESTER_BROWSER: 'none',
        // Otherwise it reports usage even with telemetry disabled.
        APPLICATION_INSIGHTS_NO_STATSBEAT: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const alarm = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(alarm);
  };
  const failed = new PlaygroundError(
    'playground.simulatorFailed',
    `The simulator of ${persona.name} did not start; ${log} says why.`,
  );
  try {
    const port = await portOf(child, ended, failed);
    const url = `http://localhost:${port}`;
    await waitUntilAnswering(`${url}/_debug/ping`, ended, failed);
    child.stdout?.resume();
    child.stderr?.resume();
    return {
      persona,
      url,
      serviceUrl: `${url}/_connector`,
      ended,
      stop,
      async showUp() {
        const activities = `${url}/_internal/v1/customActivities`;
        const activity: unknown = await (
          await request(`${activities}/template?conversationId=${encodeURIComponent(chatOf(persona))}`)
        ).json();
        await request(activities, { ...(activity as object), type: 'typing' });
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The path of the simulator's program, in its npm package. */
function programOf(): string {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(`${PACKAGE}/package.json`))), 'cli.js');
  } catch (error) {
    throw new PlaygroundError(
      'playground.simulatorMissing',
      `Microsoft's Teams simulator (${PACKAGE}) is not installed. ` +
        'Run "npm ci" without leaving out the development packages, then try again.',
      { cause: error },
    );
  }
}

/** The port that the simulator listens on, from its output: where the wanted one is taken, it uses another. */
function portOf(child: ReturnType<typeof spawn>, ended: Promise<void>, failed: PlaygroundError): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const alarm = setTimeout(() => reject(failed), START_MS);
    void ended.then(() => reject(failed));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const port = /Listening on (\d+)\n/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(alarm);
      resolve(Number(port));
    });
  });
}

async function waitUntilAnswering(url: string, ended: Promise<void>, failed: PlaygroundError): Promise<void> {
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  for (let tries = START_MS / RETRY_MS; tries > 0 && !hasEnded; tries -= 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(RETRY_MS);
  }
  throw failed;
}

async function request(url: string, body?: object): Promise<Response> {
  const answer = await fetch(
    url,
    body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (!answer.ok)
    throw new PlaygroundError('playground.simulatorFailed', `The simulator answered ${answer.status} to ${url}.`);
  return answer;
}
