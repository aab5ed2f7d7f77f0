/** Whether a PNG is whole: every part that a reader needs is there with its checksum, and so is every row of pixels. */
import { crc32, createInflate } from 'node:zlib';
import type { FileBytes } from '../../../desk/ports/files.ts';
import type { AcceptedFile, RejectedFile } from '../../../desk/ports/inspection.ts';
import { Pieces } from './pieces.ts';
import { brokenPicture, sizeProblem } from './size.ts';

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const CUT_OFF = brokenPicture('cutOff');
const BROKEN = brokenPicture('broken');
const PICTURE: AcceptedFile = { ok: true, kind: 'png' };
const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };
const HEADER_BYTES = 13;
/** Most writers cut the pixels into chunks of some thousand bytes. */
const MAX_CHUNKS = 100_000;
const MAX_CHUNK_BYTES = 2 ** 31 - 1;
/** The samples of a pixel by its colour type, and the bits that each may have. */
const COLOURS: ReadonlyMap<number, { readonly samples: number; readonly depths: readonly number[] }> = new Map([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);
const PALETTE = 3;
/** The seven passes of an interlaced picture: first column and row, and the steps between. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Says that a file that begins as a PNG is a picture, or why it is not accepted. Stops reading at its end. */
export async function inspectPng(bytes: FileBytes): Promise<AcceptedFile | RejectedFile> {
  const pieces = new Pieces(bytes);
  const pixels = new Pixels();
  try {
    return await inspectChunks(pieces, pixels);
  } finally {
    pixels.close();
    await pieces.close();
  }
}

async function inspectChunks(pieces: Pieces, pixels: Pixels): Promise<AcceptedFile | RejectedFile> {
  if (!(await pieces.advance(PNG_SIGNATURE.length))) return CUT_OFF;
  let header: Header | undefined;
  let hasPalette = false;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks += 1) {
    const head = await pieces.take(8);
    if (!head) return CUT_OFF;
    const length = head.readUInt32BE();
    const type = head.toString('latin1', 4);
    if (length > MAX_CHUNK_BYTES || !/^[A-Za-z]{4}$/.test(type)) return BROKEN;
    if ((type === 'IHDR') !== (header === undefined)) return BROKEN;
    const content = await readChunk(pieces, type, length, pixels);
    if (content === undefined || typeof content === 'string') return content === 'altered' ? BROKEN : CUT_OFF;
    if (type === 'IHDR') {
      header = headerOf(content);
      if (!header) return BROKEN;
      const problem = sizeProblem(header.width, header.height);
      if (problem) return problem;
      pixels.expect(bytesUnpacked(header));
    }
    hasPalette ||= type === 'PLTE';
    if (type !== 'IEND') continue;
    return header && (header.colour !== PALETTE || hasPalette) && (await pixels.areAllThere()) ? PICTURE : BROKEN;
  }
  return TOO_COMPLEX;
}

/** The content of a header; of any other chunk nothing is kept. Undefined where the file ends before the chunk does. */
async function readChunk(
  pieces: Pieces,
  type: string,
  length: number,
  pixels: Pixels,
): Promise<Buffer | 'altered' | undefined> {
  let sum = crc32(type);
  let left = length;
  const kept: Buffer[] = [];
  for await (const portion of pieces.portions(length)) {
    sum = crc32(portion, sum);
    left -= portion.length;
    if (type === 'IDAT') await pixels.add(portion);
    if (type === 'IHDR' && length === HEADER_BYTES) kept.push(portion);
  }
  const checksum = left === 0 ? await pieces.take(4) : undefined;
  if (!checksum) return undefined;
  // Readers pass over what they do not need where its checksum is wrong: the first letter is small.
  const isNeeded = /^[A-Z]/.test(type);
  return isNeeded && checksum.readUInt32BE() !== sum ? 'altered' : Buffer.concat(kept);
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly bitsPerPixel: number;
  readonly isInterlaced: boolean;
}

function headerOf(content: Buffer): Header | undefined {
  if (content.length !== HEADER_BYTES) return undefined;
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = content.subarray(8);
  const samples = COLOURS.get(colour);
  if (!samples?.depths.includes(depth) || compression !== 0 || filter !== 0 || interlace > 1) return undefined;
  return {
    width: content.readUInt32BE(0),
    height: content.readUInt32BE(4),
    colour,
    bitsPerPixel: samples.samples * depth,
    isInterlaced: interlace === 1,
  };
}

/** What the rows of a picture take, each with a byte for its filter. */
function bytesUnpacked({ width, height, bitsPerPixel, isInterlaced }: Header): number {
  const rows = (columns: number, count: number): number =>
    columns === 0 ? 0 : count * (1 + Math.ceil((columns * bitsPerPixel) / 8));
  if (!isInterlaced) return rows(width, height);
  return PASSES.map(([x, y, dx, dy]) =>
    rows(Math.ceil(Math.max(0, width - x) / dx), Math.ceil(Math.max(0, height - y) / dy)),
  ).reduce((sum, bytes) => sum + bytes, 0);
}

/** Unpacks the pixels as they come, counts them and forgets them. */
class Pixels {
  readonly #inflate = createInflate();
  #expected = Infinity;
  #unpacked = 0;
  #isOver = false;
  readonly #over: Promise<void>;

  constructor() {
    this.#over = new Promise((resolve) => {
      const end = (): void => {
        this.#isOver = true;
        resolve();
      };
      this.#inflate.on('data', (portion: Buffer) => {
        this.#unpacked += portion.length;
        // What comes after the last row is of no use, however much it is.
        if (this.#unpacked >= this.#expected) end();
      });
      this.#inflate.once('end', end).once('error', end);
    });
  }

  expect(bytes: number): void {
    this.#expected = bytes;
  }

  async add(packed: Buffer): Promise<void> {
    if (this.#isOver || packed.length === 0) return;
    await Promise.race([this.#over, new Promise((resolve) => this.#inflate.write(packed, resolve))]);
  }

  async areAllThere(): Promise<boolean> {
    if (!this.#isOver) this.#inflate.end();
    await this.#over;
    return this.#unpacked >= this.#expected;
  }

  close(): void {
    this.#inflate.destroy();
  }
}
