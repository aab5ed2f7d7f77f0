/** What every file store promises, both a folder and Blob Storage. */
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { FileBytes, Files } from '../../src/desk/ports/files.ts';
import { FilesError } from '../../src/files/filesError.ts';

export interface OpenFiles {
  readonly files: Files;
  /** Lets go of the place and removes what it left. */
  close(): Promise<void>;
}

export interface FilePromise {
  readonly sentence: string;
  show(files: Files): Promise<void>;
}

/** Registers one test for each promise, each against an empty store. */
export function describeFiles(name: string, open: () => Promise<OpenFiles>): void {
  describe(`${name} keeps the promises of the file port: files`, () => {
    let place: OpenFiles;
    beforeEach(async () => {
      place = await open();
    });
    afterEach(() => place.close());

    for (const { sentence, show } of filePromises) it(sentence, () => show(place.files));
  });
}

const MIB = 1024 * 1024;
const BAD_KEYS = [
  '',
  '/',
  '.',
  '..',
  '../out',
  'a/../../out',
  '/etc/passwd',
  'a//b',
  'a/',
  'a\\b',
  'a\0b',
  'ключ',
  'a b',
  'x'.repeat(201),
  'x/'.repeat(600),
];

export const filePromises: readonly FilePromise[] = [
  {
    sentence: 'are read as they were put, with their size and SHA-256',
    async show(files) {
      const bytes = Buffer.from('proof of execution');
      expect(await files.put('poe/CPOR-7F3K9Q/01J', streamOf(bytes.subarray(0, 5), bytes.subarray(5)))).to.deep.equal({
        size: 18,
        sha256: sha256(bytes),
      });
      expect((await files.open('poe/CPOR-7F3K9Q/01J'))?.size).to.equal(18);
      expect(await textAt(files, 'poe/CPOR-7F3K9Q/01J')).to.equal('proof of execution');
    },
  },
  {
    sentence: 'may be empty, and may come in empty pieces',
    async show(files) {
      expect(await files.put('a', streamOf())).to.include({ size: 0 });
      expect(await files.put('b', streamOf(Buffer.alloc(0), Buffer.from('x'), Buffer.alloc(0)))).to.include({
        size: 1,
      });
      expect((await files.open('a'))?.size).to.equal(0);
      expect(await textAt(files, 'a')).to.equal('');
    },
  },
  {
    sentence: 'may be large, whatever pieces they come in',
    async show(files) {
      const bytes = counting(3 * MIB + 17);
      for (const [key, size] of [
        ['pieces', 70_001],
        ['blocks', MIB],
        ['whole', bytes.length],
      ] as const) {
        expect(await files.put(key, inPieces(bytes, size)), key).to.deep.equal({
          size: bytes.length,
          sha256: sha256(bytes),
        });
        expect(sha256(await bytesOf((await files.open(key))?.bytes)), key).to.equal(sha256(bytes));
      }
    },
  },
  {
    sentence: 'may end where a block ends',
    async show(files) {
      for (const size of [MIB, 2 * MIB]) {
        await files.put(`of${size}`, streamOf(counting(size)));
        expect(sha256(await bytesOf((await files.open(`of${size}`))?.bytes))).to.equal(sha256(counting(size)));
      }
    },
  },
  {
    sentence: 'are read in parts, from any byte to any other',
    async show(files) {
      const bytes = counting(2 * MIB + 5);
      await files.put('a', streamOf(bytes));
      const file = (await files.open('a')) ?? expect.fail('there is none');
      for (const [start, end] of [
        [0, 1],
        [0, 0],
        [7, 7],
        [MIB - 1, MIB + 1],
        [3, 2 * MIB + 4],
        [2 * MIB + 4, 2 * MIB + 5],
        [0, bytes.length],
      ] as const) {
        expect(sha256(await bytesOf(file.part(start, end))), `${start} to ${end}`).to.equal(
          sha256(bytes.subarray(start, end)),
        );
      }
    },
  },
  {
    sentence: 'are undefined where there is none: no file, a folder of files, below a file',
    async show(files) {
      await put(files, 'poe/one', '1');
      for (const key of ['none', 'poe', 'poe/two', 'poe/one/two', 'assessments/none'])
        expect(await files.open(key), key).to.be.undefined;
    },
  },
  {
    sentence: 'are never overwritten',
    async show(files) {
      await put(files, 'poe/one', 'first');
      expect(await put(files, 'poe/one', 'second')).to.equal('exists');
      expect(await textAt(files, 'poe/one')).to.equal('first');
    },
  },
  {
    sentence: 'of several blocks are never overwritten',
    async show(files) {
      await files.put('poe/one', streamOf(counting(2 * MIB)));
      expect(await files.put('poe/one', streamOf(Buffer.alloc(2 * MIB)))).to.equal('exists');
      expect(sha256(await bytesOf((await files.open('poe/one'))?.bytes))).to.equal(sha256(counting(2 * MIB)));
    },
  },
  {
    sentence: 'are put once where many put the same key at the same time, and are the file of one of them',
    async show(files) {
      for (const [key, size] of [
        ['small', 10],
        ['large', MIB + 10],
      ] as const) {
        const own = Array.from({ length: 6 }, (_, by) => Buffer.alloc(size, String(by)));
        const answers = await Promise.all(own.map((bytes) => files.put(key, inPieces(bytes, 300_000))));
        expect(
          answers.filter((answer) => answer !== 'exists'),
          key,
        ).to.have.lengthOf(1);
        const winner = own[answers.findIndex((answer) => answer !== 'exists')] ?? expect.fail('no one won');
        expect(sha256(await bytesOf((await files.open(key))?.bytes)), key).to.equal(sha256(winner));
      }
    },
  },
  {
    sentence: 'leave nothing behind where the stream breaks, and its error is passed on',
    async show(files) {
      for (const [key, size] of [
        ['poe/empty', 0],
        ['poe/small', 10],
        ['poe/large', 2 * MIB + 10],
      ] as const) {
        const broken = new Error('the line went dead');
        expect(await faultOf(files.put(key, breaking(Buffer.alloc(size), broken))), key).to.equal(broken);
        expect(await files.open(key), key).to.be.undefined;
        expect(await keys(files, ''), key).to.not.include(key);
        expect(await put(files, key, 'again'), key).to.include({ size: 5 });
      }
    },
  },
  {
    sentence: 'are removed, and removing what is not there is no fault',
    async show(files) {
      await put(files, 'poe/one', '1');
      await files.remove('poe/one');
      for (const key of ['poe/one', 'poe', 'none/at/all']) await files.remove(key);
      expect(await files.open('poe/one')).to.be.undefined;
      expect(await put(files, 'poe/one', '2')).to.include({ size: 1 });
    },
  },
  {
    sentence: 'are listed by a prefix, each with the time it was written',
    async show(files) {
      const all = ['assessments/1', 'exports/1', 'poe/A/1', 'poe/A/2', 'poe/AB/1', 'poe/B/1', 'top'];
      for (const key of all) await put(files, key, key);
      expect(await keys(files, '')).to.deep.equal(all);
      expect(await keys(files, 'poe/A/')).to.deep.equal(['poe/A/1', 'poe/A/2']);
      expect(await keys(files, 'poe/A')).to.deep.equal(['poe/A/1', 'poe/A/2', 'poe/AB/1']);
      for (const prefix of ['a', 'assessments', 'assessments/', 'assessments/1'])
        expect(await keys(files, prefix), prefix).to.deep.equal(['assessments/1']);
      for (const prefix of ['none/', 'assessments/2']) expect(await keys(files, prefix), prefix).to.deep.equal([]);
      for await (const { writtenAt } of files.list(''))
        expect(writtenAt).to.satisfy(Number.isSafeInteger).and.to.be.above(1_600_000_000_000);
    },
  },
  {
    sentence: 'are all listed that are there from the beginning to the end of it, whatever comes and goes meanwhile',
    async show(files) {
      const lasting = Array.from({ length: 12 }, (_, index) => `poe/C${String(index).padStart(2, '0')}/lasting`);
      for (const key of lasting) await put(files, key, key);
      const listed: string[] = [];
      for await (const { key } of files.list('poe/')) {
        await put(files, `${key.slice(0, key.lastIndexOf('/'))}/a${listed.length}`, 'comes');
        await files.remove(`poe/C00/a${listed.length - 1}`);
        if (key.endsWith('/lasting')) listed.push(key);
        if (listed.length > lasting.length) break;
      }
      expect(listed.sort()).to.deep.equal(lasting);
    },
  },
  {
    sentence: 'handed over for assessment are put once, and never removed (R53)',
    async show(files) {
      await put(files, 'assessments/one.json', '{}');
      expect(await put(files, 'assessments/one.json', '{"second":true}')).to.equal('exists');
      expect(await faultOf(files.remove('assessments/one.json')))
        .to.be.instanceOf(FilesError)
        .with.property('code', 'files.kept');
      expect(await textAt(files, 'assessments/one.json')).to.equal('{}');
    },
  },
  {
    sentence: 'have no key that could lead anywhere else',
    async show(files) {
      for (const key of BAD_KEYS) {
        for (const refused of [files.put(key, streamOf()), files.open(key), files.remove(key)]) {
          expect(await faultOf(refused), JSON.stringify(key.slice(0, 20)))
            .to.be.instanceOf(FilesError)
            .with.property('code', 'files.badKey');
        }
      }
    },
  },
  {
    sentence: 'have no prefix that could lead anywhere else',
    async show(files) {
      for (const prefix of ['../', 'a/../', '/', './'])
        expect(await faultOf(keys(files, prefix)), prefix).to.have.property('code', 'files.badKey');
    },
  },
];

/** Bytes of which no two blocks are alike. */
export function counting(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(at, at);
  return bytes;
}

export async function* streamOf(...pieces: readonly Uint8Array[]): FileBytes {
  yield* pieces;
}

export async function* inPieces(bytes: Buffer, size: number): FileBytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function* breaking(bytes: Buffer, error: Error): FileBytes {
  yield* inPieces(bytes, 300_000);
  throw error;
}

export async function put(files: Files, key: string, text: string): ReturnType<Files['put']> {
  return files.put(key, streamOf(Buffer.from(text)));
}

export async function bytesOf(bytes: FileBytes | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes ?? expect.fail('there is no such file')) pieces.push(piece);
  return Buffer.concat(pieces);
}

export async function textAt(files: Files, key: string): Promise<string> {
  return (await bytesOf((await files.open(key))?.bytes)).toString();
}

export async function keys(files: Files, prefix: string): Promise<string[]> {
  const listed: string[] = [];
  for await (const { key } of files.list(prefix)) listed.push(key);
  return listed.sort();
}

export async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not refused'),
    (error: unknown) => error,
  );
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
