import { expect } from 'chai';
import type { FileBytes, Files } from '../../src/desk/ports/files.ts';
import { describeFiles, filePromises } from '../contract/files.ts';
import { FilesFake } from '../desk/filesFake.ts';

const openFake = (): FilesFake => new FilesFake(() => 1_750_000_000_000);

describeFiles('The memory of the tests', async () => ({ files: openFake(), close: async () => undefined }));

/** File stores that break one promise each, and a sentence that must then fail. */
const broken: readonly {
  readonly fault: string;
  readonly sentence: RegExp;
  spoil(sound: FilesFake): Partial<Files>;
}[] = [
  {
    fault: 'put writes over what is there',
    sentence: /^are never overwritten/,
    spoil: (sound) => ({ put: (key, bytes) => putAnyway(sound, key, bytes) }),
  },
  {
    fault: 'put writes over what is there',
    sentence: /several blocks are never overwritten/,
    spoil: (sound) => ({ put: (key, bytes) => putAnyway(sound, key, bytes) }),
  },
  {
    fault: 'put writes over what is there',
    sentence: /are put once/,
    spoil: (sound) => ({ put: (key, bytes) => putAnyway(sound, key, bytes) }),
  },
  {
    fault: 'put writes over what is there',
    sentence: /handed over/,
    spoil: (sound) => ({ put: (key, bytes) => putAnyway(sound, key, bytes) }),
  },
  {
    fault: 'put keeps what came of a broken stream',
    sentence: /nothing behind/,
    spoil: (sound) => ({ put: (key, bytes) => putHalf(sound, key, bytes) }),
  },
  {
    fault: 'put makes the file before its bytes come',
    sentence: /nothing behind/,
    spoil: (sound) => ({ put: (key, bytes) => putEarly(sound, key, bytes) }),
  },
  {
    fault: 'a part ends one byte early',
    sentence: /in parts/,
    spoil: (sound) => ({
      async open(key) {
        const file = await sound.open(key);
        return file && { ...file, part: (start, end) => file.part(start, end - 1) };
      },
    }),
  },
  {
    fault: 'a prefix is taken for a folder',
    sentence: /listed by a prefix/,
    spoil: (sound) => ({ list: (prefix) => sound.list(prefix.replace(/[^/]+$/, '')) }),
  },
  {
    fault: 'a listing ends where a file came meanwhile',
    sentence: /from the beginning to the end/,
    spoil: (sound) => ({
      async *list(prefix) {
        const before = sound.kept.size;
        for await (const file of sound.list(prefix)) {
          if (sound.kept.size > before + 3) return;
          yield file;
        }
      },
    }),
  },
  {
    fault: 'a hand-over can be removed',
    sentence: /handed over/,
    spoil: (sound) => ({ remove: async (key) => void sound.kept.delete(key) }),
  },
];

describe('The promises of the file port can be broken', () => {
  for (const { fault, sentence, spoil } of broken) {
    it(`where ${fault}, it is seen: ${sentence.source}`, async () => {
      const promise =
        filePromises.find((candidate) => sentence.test(candidate.sentence)) ?? expect.fail('there is no such promise');
      const sound = openFake();
      const spoilt = {
        put: sound.put.bind(sound),
        open: sound.open.bind(sound),
        remove: sound.remove.bind(sound),
        list: sound.list.bind(sound),
        ...spoil(sound),
      };
      expect(
        await promise.show(spoilt).then(
          () => 'kept',
          () => 'broken',
        ),
      ).to.equal('broken');
    });
  }
});

async function putAnyway(sound: FilesFake, key: string, bytes: FileBytes): ReturnType<Files['put']> {
  const aside = openFake();
  const answer = await aside.put(key, bytes);
  for (const [written, file] of aside.kept) sound.kept.set(written, file);
  return answer;
}

async function putHalf(sound: FilesFake, key: string, bytes: FileBytes): ReturnType<Files['put']> {
  const errors: Error[] = [];
  const answer = await sound.put(key, untilItBreaks(bytes, errors));
  if (errors[0]) throw errors[0];
  return answer;
}

async function putEarly(sound: FilesFake, key: string, bytes: FileBytes): ReturnType<Files['put']> {
  if (sound.kept.has(key)) return 'exists';
  sound.kept.set(key, { bytes: Buffer.alloc(0), writtenAt: 0 });
  return putAnyway(sound, key, bytes);
}

async function* untilItBreaks(bytes: FileBytes, errors: Error[]): FileBytes {
  try {
    yield* bytes;
  } catch (error) {
    if (error instanceof Error) errors.push(error);
  }
}
