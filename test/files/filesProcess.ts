/**
 * Another process on the same folder: `node filesProcess.ts FOLDER KEY` puts one half of a file, and the other when its
 * input ends.
 */
import type { FileBytes } from '../../src/desk/ports/files.ts';
import { openLocalFiles } from '../../src/files/local/localFiles.ts';

const [, , folder = '', key = ''] = process.argv;

async function* halves(): FileBytes {
  yield Buffer.from('first ');
  process.stdout.write('half\n');
  for await (const _ of process.stdin);
  yield Buffer.from('second');
}

await (await openLocalFiles(folder)).put(key, halves());
