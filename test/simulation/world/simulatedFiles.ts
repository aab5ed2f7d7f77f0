/** The file port of one instance and the inspection of files: a store that is slow, loses an upload, or fails. */
import { createHash } from 'node:crypto';
import type { FileBytes, Files, StoredFile } from '../../../src/desk/ports/files.ts';
import type { Inspection } from '../../../src/desk/ports/inspection.ts';
import type { ScanAnswer, Scanner } from '../../../src/desk/ports/scanner.ts';
import type { Faults } from './faults.ts';
import { SimulatedError } from './simulatedError.ts';
import type { Connection } from './teams.ts';

interface File {
  readonly bytes: Uint8Array;
  readonly writtenAt: number;
}
export type StoredFiles = Map<string, File>;

const SLOW_MS = 40_000;

export interface FilesOptions {
  readonly storedFiles: StoredFiles;
  readonly connection: Connection;
  readonly faults: Faults;
  readonly now: () => number;
  /** The cleaning finds every file: what it has once misjudged it would not look at again. */
  readonly isCleaning: () => boolean;
  readonly onRemoved: (key: string, writtenAt: number) => void;
}

/** The file port as one instance has it. */
export function filesOf({ storedFiles, connection, faults, now, isCleaning, onRemoved }: FilesOptions): Files {
  return {
    async put(key, bytes) {
      const all: Uint8Array[] = [];
      for await (const piece of bytes) all.push(piece);
      const whole = Buffer.concat(all);
      const slow = faults.strikes('fileSlow') ? { there: SLOW_MS } : {};
      const fails = faults.strikes('fileStoreFails');
      const dies = faults.strikes('crashInUpload');
      return connection.call(() => {
        if (fails) throw new SimulatedError('a file cannot be stored');
        if (storedFiles.has(key)) return 'exists' as const;
        storedFiles.set(key, { bytes: whole, writtenAt: now() });
        if (dies) connection.die();
        return { size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
      }, slow);
    },
    open: (key) =>
      connection.call(() => {
        const isDocument = key.startsWith('poe/') && !isCleaning();
        const file = isDocument && faults.strikes('fileMissing') ? undefined : storedFiles.get(key);
        return file && asStored(file);
      }),
    async remove(key) {
      const fails = faults.strikes('fileStoreFails');
      await connection.call(() => {
        if (fails) throw new SimulatedError('a file cannot be removed');
        const file = storedFiles.get(key);
        if (file && storedFiles.delete(key)) onRemoved(key, file.writtenAt);
      });
    },
    async *list(prefix) {
      const found = await connection.call(() =>
        [...storedFiles].filter(([key]) => key.startsWith(prefix)).map(([key, { writtenAt }]) => ({ key, writtenAt })),
      );
      yield* found;
    },
  };
}

/** The inspection of a file by its first letters, as the simulated users write them. */
export function lookInto(storedFiles: StoredFiles, connection: Connection, faults: Faults): Inspection {
  return (_files, key) => {
    const fails = faults.strikes('fileLookFails');
    return connection.call(() => {
      if (fails) throw new SimulatedError('a file cannot be looked into');
      const text = Buffer.from(storedFiles.get(key)?.bytes ?? []).toString('utf8');
      return text.startsWith('%PDF')
        ? ({ ok: true, kind: 'pdf' } as const)
        : ({ ok: false, problem: 'kindNotAccepted' } as const);
    });
  };
}

/** The bytes of a file as a browser sends them; one that is cut breaks off before its end. */
export async function* uploaded(text: string, isCut: boolean): FileBytes {
  const bytes = Buffer.from(text);
  yield bytes.subarray(0, bytes.length >> 1);
  if (isCut) throw new SimulatedError('the upload broke off');
  yield bytes.subarray(bytes.length >> 1);
}

function asStored({ bytes }: File): StoredFile {
  const pieces = async function* (start: number, end: number): FileBytes {
    yield bytes.subarray(start, end);
  };
  return { size: bytes.length, bytes: pieces(0, bytes.length), part: pieces };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** When a scanner knows what is in a file, whether that is bad, and from when on it says so; all by the file's key. */
export function truthOf(key: string): { readonly knownAfterMs: number; readonly badAfterMs: number } {
  const [lot = 0, wait = 0] = createHash('sha256').update(key).digest();
  return { knownAfterMs: wait * 10_000, badAfterMs: lot < 10 ? 0 : lot < 25 ? 2 * DAY : Infinity };
}

/** A scanner that looks through files by itself, takes its time, and learns of some threats days later. */
export function scannerOf({
  storedFiles,
  connection,
  faults,
  now,
}: Pick<FilesOptions, 'storedFiles' | 'connection' | 'faults' | 'now'>): Scanner {
  return {
    name: 'defender',
    isPrompt: false,
    recheckMs: 0,
    look(key) {
      const isDown = faults.strikes('scannerDown');
      const garbles = faults.strikes('scannerGarbles');
      return connection.call((): ScanAnswer => {
        const file = storedFiles.get(key);
        if (isDown) return { kind: 'unknown', problem: 'unreachable' };
        if (garbles) return { kind: 'unknown', problem: 'garbled' };
        if (!file) return { kind: 'unknown', problem: 'missing' };
        const { knownAfterMs, badAfterMs } = truthOf(key);
        const age = now() - file.writtenAt;
        if (age < knownAfterMs) return { kind: 'unknown', problem: 'pending' };
        return { kind: age >= badAfterMs ? 'malicious' : 'clean' };
      });
    },
    ready: () => Promise.resolve(true),
  };
}
