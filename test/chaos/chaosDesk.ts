/** The real process of a desk on one machine, with someone who presses buttons and a probe that asks how it is. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimIdsIn } from '../../src/domain/claims/claimId.ts';
import { steadyClock } from '../../src/runtime/clock.ts';
import { activitiesOf } from '../acceptance/support/activities.ts';
import { NEW_CLAIM } from '../acceptance/support/filing.ts';
import { DIRECTORY, OPERATORS, PERSONAS } from '../acceptance/support/personas.ts';
import { startConnector } from '../acceptance/support/connector.ts';
import { freePort } from '../support/freePort.ts';

export interface ChaosDeskOptions {
  readonly dataDir: string;
  /** A folder that no trouble strikes. */
  readonly aside: string;
  /** Where the log goes. */
  readonly stdout: 'pipe' | number;
  /** As whom it runs, where the trouble is one of rights. */
  readonly uid?: number;
}

/** What a press came to: the claim that was acknowledged, or that its maker was told of a fault, or heard nothing. */
export type Pressed = { readonly acknowledged: string } | 'told' | 'silent';

export type ChaosDesk = Awaited<ReturnType<typeof startChaosDesk>>;

const START_MS = 60_000;
const STOP_MS = 20_000;
const PROBE_MS = 20;
const PRESS_MS = 30_000;

export async function startChaosDesk({ dataDir, aside, stdout, uid }: ChaosDeskOptions) {
  const connector = await startConnector();
  const directory = join(aside, 'directory.json');
  await writeFile(directory, JSON.stringify(DIRECTORY));
  if (uid !== undefined) await chown(directory, uid, uid);
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [new URL('../../src/main.ts', import.meta.url).pathname], {
    stdio: ['ignore', stdout, 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      DATA_DIR: dataDir,
      DIRECTORY_FILE: directory,
      OPERATORS,
      PORT: new URL(url).port,
      SENDS_PER_SECOND: '50',
    },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let printed = '';
  child.stderr?.on('data', (text: Buffer) => {
    printed += text.toString();
  });
  child.stdout?.resume();
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const { press } = activitiesOf(connector.url);
  let presses = 0;
  let ending: Promise<void> | undefined;
  const desk = {
    child,

    /** Someone files a new claim. */
    async press(): Promise<Pressed> {
      presses += 1;
      const data = { verb: 'create', form: `chaos-${presses}`, ...NEW_CLAIM };
      try {
        const response = await fetch(`${url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(press(PERSONAS.anna, { verb: 'create', data }, { replyTo: `1${presses}` })),
          signal: AbortSignal.timeout(PRESS_MS),
        });
        const text = await response.text();
        const [claim] = claimIdsIn(text);
        return response.status === 200 && /"statusCode":200/.test(text) && claim ? { acknowledged: claim } : 'told';
      } catch {
        return 'silent';
      }
    },

    /** The status of a path. */
    status: (path: '/healthz' | '/readyz'): Promise<number | 'silent'> =>
      fetch(url + path, { signal: AbortSignal.timeout(PRESS_MS) }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 'silent' as const,
      ),

    /** Asks whether it lives, until the returned function is called, which answers the longest wait in ms. */
    probe(): () => Promise<number> {
      let slowest = 0;
      let isOver = false;
      const probing = (async () => {
        while (!isOver) {
          const from = steadyClock.now();
          const status = await desk.status('/healthz');
          slowest = Math.max(slowest, status === 200 ? steadyClock.now() - from : PRESS_MS);
          await pause(PROBE_MS);
        }
      })();
      return async () => {
        isOver = true;
        await probing;
        return slowest;
      };
    },

    /** Tells it to stop: the code it ends with, or `killed` where it does not end. */
    async stop(): Promise<number | 'killed' | null> {
      child.kill('SIGTERM');
      const code = await Promise.race([exited, pause(STOP_MS, 'killed' as const, { ref: false })]);
      await desk.end();
      return code;
    },

    /** Ends it, whatever it does; does nothing the second time. */
    end(): Promise<void> {
      ending ??= (async () => {
        if (!isOver(child)) child.kill('SIGKILL');
        await exited;
        await connector.close();
      })();
      return ending;
    },
  };
  for (const late = AbortSignal.timeout(START_MS); (await desk.status('/readyz')) !== 200; await pause(PROBE_MS))
    if (late.aborted || isOver(child)) {
      await desk.end();
      throw new Error(`The desk did not start: ${printed}`);
    }
  return desk;
}

function isOver(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
