/** What a machine does to a desk, and what has to hold meanwhile. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { errnoOf } from '../../src/shared/errno.ts';
import type { ChaosDesk } from './chaosDesk.ts';

const run = promisify(execFile);

/** The folders of one trial. */
export interface Place {
  readonly dataDir: string;
  readonly aside: string;
}

export interface Trouble {
  readonly name: string;
  /** Why it cannot be brought about here; undefined where it can. */
  readonly lacks?: (place: Place) => Promise<string | undefined>;
  readonly stdout?: () => 'pipe' | number;
  readonly uid?: () => number | undefined;
  begin(place: Place, desk: ChaosDesk): Promise<unknown>;
  /** Ends it; where it is left out it does not end. */
  end?(place: Place): Promise<unknown>;
  readonly clear?: (place: Place) => Promise<unknown>;
  /** Which presses are acknowledged meanwhile. Whatever is acknowledged must be kept. */
  readonly acknowledges: 'all' | 'none' | 'any';
  readonly isReady: boolean;
  /** Where the claims are afterwards; undefined where they are lost, as all that was acknowledged before. */
  readonly kept: (place: Place) => string | undefined;
}

const DATABASE = 'desk.sqlite';
const TMPFS = 'size=24m';
const inPlace = ({ dataDir }: Place): string => join(dataDir, DATABASE);
const inOld = ({ dataDir }: Place): string => join(`${dataDir}-old`, DATABASE);
const isRoot = (): boolean => process.getuid?.() === 0;
/** Whom root's own rights do not help. */
const NOBODY = 65_534;

let release: () => Promise<unknown> = async () => undefined;

/** Another process takes the lock of the database, until it is released. */
async function lock(place: Place): Promise<void> {
  const program = `
    import { DatabaseSync } from 'node:sqlite';
    const database = new DatabaseSync(${JSON.stringify(inPlace(place))}, { timeout: 5000 });
    database.exec('BEGIN IMMEDIATE');
    process.stdout.write('locked');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await once(child.stdout, 'data');
  release = async () => {
    child.kill('SIGKILL');
    await exited;
  };
}

/** Writes until there is no room. */
function fill(path: string): void {
  const fd = openSync(path, 'w');
  try {
    for (const size of [65_536, 512]) {
      try {
        for (;;) writeSync(fd, Buffer.alloc(size));
      } catch (error) {
        if (errnoOf(error) !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(fd);
  }
}

async function chmodAll(folder: string, mode: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), mode);
  await chmod(folder, mode);
}

const healthy = { isReady: true, acknowledges: 'all', kept: inPlace } as const;

export const TROUBLES: readonly Trouble[] = [
  {
    ...healthy,
    name: 'log pipe closed',
    async begin(_place, desk) {
      desk.child.stdout?.destroy();
    },
  },
  {
    ...healthy,
    name: 'log pipe unread',
    async begin(_place, desk) {
      desk.child.stdout?.pause();
    },
  },
  {
    ...healthy,
    name: 'log on a full disk',
    lacks: async () => (existsSync('/dev/full') ? undefined : 'there is no /dev/full'),
    stdout: () => openSync('/dev/full', 'w'),
    begin: async () => undefined,
  },
  {
    name: 'database locked',
    isReady: false,
    acknowledges: 'none',
    kept: inPlace,
    begin: lock,
    end: () => release(),
  },
  {
    name: 'data folder removed',
    isReady: false,
    acknowledges: 'none',
    kept: () => undefined,
    begin: ({ dataDir }) => rm(dataDir, { recursive: true }),
  },
  {
    name: 'data folder replaced by an empty one',
    isReady: false,
    acknowledges: 'none',
    kept: inOld,
    async begin({ dataDir }) {
      await rename(dataDir, `${dataDir}-old`);
      await mkdir(dataDir);
    },
  },
  {
    name: 'data folder replaced by a copy',
    isReady: false,
    acknowledges: 'none',
    kept: inOld,
    async begin({ dataDir }) {
      await rename(dataDir, `${dataDir}-old`);
      await cp(`${dataDir}-old`, dataDir, { recursive: true });
    },
  },
  {
    name: 'data folder moved away and back',
    isReady: false,
    acknowledges: 'none',
    kept: inPlace,
    begin: ({ dataDir }) => rename(dataDir, `${dataDir}-old`),
    end: ({ dataDir }) => rename(`${dataDir}-old`, dataDir),
  },
  {
    name: 'data folder read-only',
    isReady: false,
    acknowledges: 'any',
    kept: inPlace,
    uid: () => (isRoot() ? NOBODY : undefined),
    begin: ({ dataDir }) => chmodAll(dataDir, 0o500),
    end: ({ dataDir }) => chmodAll(dataDir, 0o700),
  },
  {
    name: 'disk full',
    isReady: false,
    acknowledges: 'any',
    kept: inPlace,
    async lacks({ dataDir }) {
      if (!isRoot()) return 'only root can mount a small disk';
      return run('mount', ['-t', 'tmpfs', '-o', TMPFS, 'tmpfs', dataDir]).then(
        () => undefined,
        (error: unknown) => `a small disk cannot be mounted: ${String(error).trim()}`,
      );
    },
    begin: async ({ dataDir }) => fill(join(dataDir, 'filling')),
    end: ({ dataDir }) => rm(join(dataDir, 'filling')),
    clear: ({ dataDir }) => run('umount', [dataDir]),
  },
];
