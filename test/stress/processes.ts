/**
 * Three desks on one store, each a process, killed and started again. Their clocks agree, and move forward when all are
 * restarted.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Chance } from '../support/random.ts';
import { COMPILED } from '../support/compileCache.ts';

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

export type Processes = Awaited<ReturnType<typeof startProcesses>>;

const PROGRAM = new URL('./stressDesk.ts', import.meta.url).pathname;

export async function startProcesses(count: number, env: Readonly<Record<string, string>>, chance: Chance) {
  const kills: number[] = [];
  let ahead = 0;
  let isOver = false;
  let running: readonly (Running | undefined)[] = await Promise.all(
    Array.from({ length: count }, () => launch(env, ahead)),
  );

  async function kill(index: number): Promise<void> {
    const one = running[index];
    running = running.map((other, at) => (at === index ? undefined : other));
    if (!one) return;
    kills.push(performance.now());
    one.child.kill('SIGKILL');
    if (one.child.exitCode === null && one.child.signalCode === null) await once(one.child, 'exit');
  }

  async function start(index: number): Promise<void> {
    if (isOver) return;
    const one = await launch(env, ahead);
    if (isOver) one.child.kill('SIGKILL');
    running = running.map((other, at) => (at === index ? one : other));
  }

  return {
    /** When each kill -9 was (`performance.now()`). */
    kills,
    /** How far the clocks of the desks are ahead of the machine's, in milliseconds. */
    ahead: (): number => ahead,
    /** The port of a desk that runs, of chance; another than `not`, if there is one. */
    port(not?: number): number | undefined {
      const ports = running.flatMap((one) => (one ? [one.port] : []));
      const others = ports.filter((port) => port !== not);
      return others.length > 0 ? chance.pick(others) : ports[0];
    },
    /** kill -9 for one of them, which comes back at the same time. */
    async killOne(): Promise<void> {
      const index = chance.below(count);
      await kill(index);
      await start(index);
    },
    /** kill -9 for all of them; they come back so much later. */
    async killAll(later: number): Promise<void> {
      await Promise.all(running.map((_, index) => kill(index)));
      ahead += later;
      await Promise.all(running.map((_, index) => start(index)));
    },
    async stop(): Promise<void> {
      isOver = true;
      await Promise.all(running.map((_, index) => kill(index)));
    },
  };
}

async function launch(env: Readonly<Record<string, string>>, ahead: number): Promise<Running> {
  const child = spawn(process.execPath, [PROGRAM, String(ahead)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...COMPILED, ...env },
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('a desk of the stress test did not start');
  });
  const port = await Promise.race([portSaid(child.stdout), ended]);
  ended.catch(() => undefined);
  return { child, port };
}

/** The port that a desk says. Its log goes the same way; all of it is read, so that the desk never waits for that. */
function portSaid(stdout: Readable): Promise<number> {
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const { port } = JSON.parse(line) as { readonly port?: number };
      if (port !== undefined) resolve(port);
    });
  });
}
