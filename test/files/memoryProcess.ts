/**
 * A process of its own with a small heap: `node memoryProcess.ts`, with its store named by the environment. It stores a
 * large file, inspects it and reads it to the end. Prints as JSON the most memory that it used above its start, in
 * bytes.
 */
import type { FileBytes, Files } from '../../src/desk/ports/files.ts';
import { openBlobFiles } from '../../src/files/blob/blobFiles.ts';
import { inspectFile } from '../../src/files/inspection/inspect.ts';
import { openLocalFiles } from '../../src/files/local/localFiles.ts';
import { randomBytes, randomId } from '../../src/runtime/random.ts';
import { office, PDF_OBJECTS, pdfOf } from './samples.ts';

const MIB = 1024 * 1024;
const { FOLDER: folder, ENDPOINT: endpoint = '', KEY: key = '', KIND: kind = '', MIBS: mibs = '' } = process.env;

const files: Files =
  folder !== undefined
    ? await openLocalFiles(folder)
    : await openBlobFiles({
        endpoint,
        key,
        container: `large-${kind}`,
        assessments: 'large-assessments',
        ids: { randomId, randomBytes },
      });

/** A valid file with a large middle, generated as it is read. */
async function* large(): FileBytes {
  const filling = Buffer.alloc(64 * 1024, '0 obj 1 ');
  const [before, after] = kind === 'pdf' ? inStream() : atDirectory(await office('docx'));
  yield before;
  for (let sent = 0; sent < Number(mibs) * MIB; sent += filling.length) yield filling;
  yield after;
}

/** A PDF cut within a stream, which then has that much content. */
function inStream(): [Buffer, Buffer] {
  const length = Number(mibs) * MIB;
  const text = pdfOf([...PDF_OBJECTS, `<</Length ${length}>>stream\n\nendstream `]).toString('latin1');
  const later = text.replace(/(?<=startxref\n)\d+/, (offset) => String(Number(offset) + length));
  return cutAt(Buffer.from(later, 'latin1'), later.indexOf('stream\n') + 'stream\n'.length);
}

function cutAt(bytes: Buffer, at: number): [Buffer, Buffer] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

/** Cut before its directory, which then begins that much later. */
function atDirectory(archive: Buffer): [Buffer, Buffer] {
  const end = archive.length - 22;
  const directory = archive.readUInt32LE(end + 16);
  archive.writeUInt32LE(directory + Number(mibs) * MIB, end + 16);
  return cutAt(archive, directory);
}

function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const began = { held: held(), rss: process.memoryUsage().rss };
const most = { held: 0, rss: 0 };
const watch = setInterval(() => {
  most.held = Math.max(most.held, held() - began.held);
  most.rss = Math.max(most.rss, process.memoryUsage().rss - began.rss);
}, 2);

const stored = await files.put('poe/large', large());
const verdict = await inspectFile(files, 'poe/large', '');
let read = 0;
for await (const piece of (await files.open('poe/large'))?.bytes ?? []) read += piece.byteLength;
clearInterval(watch);
process.stdout.write(JSON.stringify({ size: stored === 'exists' ? 0 : stored.size, read, verdict, most }));
