/** The program itself in a process of its own, started as an operator starts it. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { COMPILED } from '../../support/compileCache.ts';
import { freePort } from '../../support/freePort.ts';

export type LogLine = Readonly<Record<string, unknown>>;

export interface Program {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has logged so far. */
  readonly lines: readonly LogLine[];
  readonly exited: Promise<number | null>;
  /** Posts an activity: status and the connection header of the answer, or `broken off`. */
  post(activity: object | string): Promise<string>;
}

/** Starts it on a free port and an empty folder of its own; resolves when it is open. */
export async function startProgram(dataDir: string, env: Readonly<Record<string, string>>): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, [new URL('../../../src/main.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...COMPILED,
      DATA_DIR: dataDir,
      PORT: String(port),
      SENDS_PER_SECOND: '50',
      SEND_TIMEOUT_MS: '45000',
      SWEEP_SCHEDULE: '0 0 1 1 *',
      ...env,
    },
  });
  const lines: LogLine[] = [];
  const log = createInterface(child.stdout);
  const exited = Promise.all([once(child, 'exit'), once(log, 'close')]).then(([[code]]) => code as number | null);
  await new Promise<void>((resolve, reject) => {
    log.on('line', (text) => {
      const line = JSON.parse(text) as LogLine;
      lines.push(line);
      if (line['msg'] === 'Desk started') resolve();
    });
    void exited.then((code) => reject(new Error(`the program ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    child,
    url,
    lines,
    exited,
    post: (activity) =>
      fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      }).then(
        (response) => `${response.status} ${response.headers.get('connection') ?? ''}`,
        () => 'broken off',
      ),
  };
}
