/** A folder for as long as something is done in it. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Makes a folder within another, and removes it when `act` is over, or when a signal ends this process before. */
export async function inOwnFolder<Came>(within: string, prefix: string, act: (folder: string) => Promise<Came>): Promise<Came> {
  const folder = await mkdtemp(join(within, prefix));
  function ended(signal: NodeJS.Signals): void {
    for (const one of SIGNALS) process.off(one, ended);
    rmSync(folder, { recursive: true, force: true });
    // Whoever else listens decides what becomes of the process; where nobody does, the signal ends it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }
  for (const signal of SIGNALS) process.on(signal, ended);
  try {
    return await act(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, ended);
    await rm(folder, { recursive: true, force: true });
  }
}
