/** The files of a simulated run: a store that is slow, loses the way, or fails; and the look into a file. */
import { createHash } from 'node:crypto';
import type { FileBytes, Files, StoredFile } from '../../../src/desk/ports/files.ts';
import type { Inspection } from '../../../src/desk/ports/inspection.ts';
import type { Faults } from './faults.ts';
import { SimulatedFault } from './simulatedError.ts';
import type { Line } from './teams.ts';

interface File {
  readonly bytes: Uint8Array;
  readonly writtenAt: number;
}
export type Folder = Map<string, File>;

const SLOW_MS = 40_000;

/** The file port as one instance has it. */
export function filesOf(folder: Folder, line: Line, faults: Faults, now: () => number): Files {
  return {
    async put(key, bytes) {
      const all: Uint8Array[] = [];
      for await (const piece of bytes) all.push(piece);
      const whole = Buffer.concat(all);
      const slow = faults.strikes('fileSlow') ? { there: SLOW_MS } : {};
      const fails = faults.strikes('fileStoreFails');
      const dies = faults.strikes('crashInUpload');
      return line.call(() => {
        if (fails) throw new SimulatedFault('a file cannot be stored');
        if (folder.has(key)) return 'exists' as const;
        folder.set(key, { bytes: whole, writtenAt: now() });
        if (dies) line.die();
        return { size: whole.length, sha256: createHash('sha256').update(whole).digest('hex') };
      }, slow);
    },
    open: (key) =>
      line.call(() => {
        const file = faults.strikes('fileMissing') ? undefined : folder.get(key);
        return file && asStored(file);
      }),
    async remove(key) {
      const fails = faults.strikes('fileStoreFails');
      await line.call(() => {
        if (fails) throw new SimulatedFault('a file cannot be removed');
        folder.delete(key);
      });
    },
    async *list(prefix) {
      const found = await line.call(() =>
        [...folder].filter(([key]) => key.startsWith(prefix)).map(([key, { writtenAt }]) => ({ key, writtenAt })),
      );
      yield* found;
    },
  };
}

/** What a file is, told from its first letters, as the simulation's people write them. */
export function lookInto(folder: Folder, line: Line, faults: Faults): Inspection {
  return (_files, key) => {
    const fails = faults.strikes('fileLookFails');
    return line.call(() => {
      if (fails) throw new SimulatedFault('a file cannot be looked into');
      const text = Buffer.from(folder.get(key)?.bytes ?? []).toString('utf8');
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
  if (isCut) throw new SimulatedFault('the upload broke off');
  yield bytes.subarray(bytes.length >> 1);
}

function asStored({ bytes }: File): StoredFile {
  const pieces = async function* (start: number, end: number): FileBytes {
    yield bytes.subarray(start, end);
  };
  return { size: bytes.length, bytes: pieces(0, bytes.length), part: pieces };
}
