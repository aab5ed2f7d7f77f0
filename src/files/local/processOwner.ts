/** Which process owns a temporary file, among the processes that share a folder. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { errnoOf } from '../../shared/errno.ts';

/**
 * One run of one process. The process id alone is not enough: in a container every run has the same one. `boot` and
 * `start` are `0` where the system does not provide them.
 */
export interface Owner {
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  /** When the process started, in the system's ticks since its boot. */
  readonly start: string;
}

const NAME = /^([0-9a-f]{12})-([0-9a-f]{12}|0)-(\d+)-(\d+)-/;

/** This process. */
export async function thisOwner(): Promise<Owner> {
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id');
  return {
    host: short(hostname()),
    boot: boot === undefined ? '0' : short(boot),
    pid: process.pid,
    start: (await startOf(process.pid)) ?? '0',
  };
}

/** The prefix of the names of this owner's temporary folders. */
export function prefixOf({ host, boot, pid, start }: Owner): string {
  return `${host}-${boot}-${pid}-${start}-`;
}

/** The owner that a temporary folder was named after; undefined for any other name. */
export function ownerOf(name: string): Owner | undefined {
  const [, host, boot, pid, start] = NAME.exec(name) ?? [];
  return host && boot && pid && start ? { host, boot, pid: Number(pid), start } : undefined;
}

/** Whether the owner is still running: `unknown` on another host. */
export async function isAlive(owner: Owner, here: Owner): Promise<boolean | 'unknown'> {
  if (owner.host !== here.host) return 'unknown';
  if (owner.boot !== here.boot) return false;
  if (here.start === '0') return answersSignals(owner.pid);
  return (await startOf(owner.pid)) === owner.start;
}

/** The 20th field after the process's name, which is in brackets and may itself contain brackets and spaces. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readIfThere(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
