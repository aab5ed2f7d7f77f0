/** Processes and folders that a test program must not leave behind, even when a signal ends it early. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export type Running = ChildProcessByStdio<null, Readable, Readable>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * What has just been ended may write for a moment still: so often a folder is tried again, each time a tenth of a
 * second later.
 */
const TRIES = 5;
/** A number of a process and that of the one that started it. */
const ROW = /^ *(\d+) +(\d+)$/gm;

const groups = new Set<Running>();
const folders = new Set<string>();

/** Runs this node in a process group of its own, which ends with it. */
export function startGroup(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Running {
  const running = spawn(process.execPath, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  groups.add(running);
  heed();
  const over = (): void => {
    if (running.pid !== undefined) end(-running.pid);
    groups.delete(running);
    heed();
  };
  return running.once('error', over).once('close', over);
}

/** Ends a program and whatever it started, at once; a browser too, which is started in a group of its own. */
export function endGroup({ pid }: Running): void {
  if (pid === undefined) return;
  const started = startedBy(pid);
  end(-pid);
  started.forEach(end);
}

/** The processes that one has started, and those that they have. Where the machine cannot tell, none are known. */
function startedBy(pid: number): readonly number[] {
  const rows = [...(spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout ?? '').matchAll(ROW)];
  const found = [pid];
  for (const parent of found)
    found.push(...rows.filter(([, , by]) => Number(by) === parent).map(([, one]) => Number(one)));
  return found.slice(1);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, and all of its group.
  }
}

/** Makes a folder within another, to be removed with `removeFolder`. */
export function makeFolder(within: string, prefix: string): string {
  const folder = mkdtempSync(join(within, prefix));
  folders.add(folder);
  heed();
  return folder;
}

/** One that cannot be removed is told, and keeps nothing else. */
export function removeFolder(folder: string): void {
  folders.delete(folder);
  heed();
  remove(folder);
}

/** Signals are listened to only while there is something to be left behind: else they end the process by themselves. */
function heed(): void {
  for (const signal of SIGNALS) {
    process.off(signal, interrupted);
    if (groups.size + folders.size > 0) process.on(signal, interrupted);
  }
}

/** The programs first: they write in the folders. */
function interrupted(signal: NodeJS.Signals): void {
  for (const one of SIGNALS) process.off(one, interrupted);
  for (const running of groups) endGroup(running);
  for (const folder of folders) remove(folder);
  // Another listener decides what becomes of the process; without one, the signal ends it.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

/** Removing ends early where something in the folder goes by itself meanwhile: then it is done once more. */
function remove(folder: string): void {
  try {
    for (let tries = 0; tries < TRIES && existsSync(folder); tries += 1)
      rmSync(folder, { recursive: true, force: true, maxRetries: TRIES });
  } catch (fault) {
    console.error(`could not remove ${folder}: ${String(fault)}`);
  }
}
