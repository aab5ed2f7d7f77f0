/** A private Blob Storage: Azurite as a child process on a free port of the loopback, with everything in memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { randomBytes } from '../../src/runtime/random.ts';

export interface Azurite {
  /** `http://127.0.0.1:PORT/ACCOUNT`, as BLOB_ENDPOINT takes it. */
  readonly endpoint: string;
  readonly account: string;
  /** The account's key, another one for each Azurite. */
  readonly key: string;
  /** Ends the process, and everything that was kept with it. */
  close(): Promise<void>;
}

const PROGRAM = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
const ACCOUNT = 'deskfiles';
const OPTIONS = [
  '--inMemoryPersistence',
  '--skipApiVersionCheck',
  '--disableTelemetry',
  '--disableProductStyleUrl',
  '--silent',
  '--blobPort',
  '0',
];

/** Resolves when Azurite listens; fails with its last words where it ends before. It ends with this process, too. */
export async function startAzurite(): Promise<Azurite> {
  const key = Buffer.from(randomBytes(64)).toString('base64');
  const child = spawn(process.execPath, [PROGRAM, ...OPTIONS], {
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said = `${said}${piece.toString()}`.slice(-2_000)));
  const address = await addressIn(createInterface({ input: child.stdout }));
  if (address === undefined) throw new Error(`Azurite did not start: ${said}`);
  return {
    endpoint: `${address}/${ACCOUNT}`,
    account: ACCOUNT,
    key,
    async close() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}

/**
 * The address in the line that says so; undefined where the lines end without it. What comes after is read and dropped.
 */
async function addressIn(lines: ReturnType<typeof createInterface>): Promise<string | undefined> {
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const address = /successfully listens on (http:\/\/\S+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    lines.once('close', () => resolve(undefined));
  });
}
