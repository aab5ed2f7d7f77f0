/**
 * Whether a JPEG is whole: from segment to segment and scan to scan up to its own end. A preview within a segment has
 * an end of its own, which is none of the picture's.
 */
import type { FileBytes } from '../../../desk/ports/files.ts';
import type { AcceptedFile, RejectedFile } from '../../../desk/ports/inspection.ts';
import { Pieces } from './pieces.ts';
import { brokenPicture, sizeProblem } from './size.ts';

const MARKER = 0xff;
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
/** Sets the height of a picture whose frame does not know it. */
const LINES = 0xdc;

/** Photos have tens. */
const MAX_SEGMENTS = 100_000;

const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };
const CUT_OFF = brokenPicture('cutOff');
const BROKEN = brokenPicture('broken');

/** Says that a file that begins as a JPEG is a picture, or why it is not accepted. Stops reading at its end. */
export async function inspectJpeg(bytes: FileBytes): Promise<AcceptedFile | RejectedFile> {
  const pieces = new Pieces(bytes);
  try {
    return await inspectSegments(pieces);
  } finally {
    await pieces.close();
  }
}

async function inspectSegments(pieces: Pieces): Promise<AcceptedFile | RejectedFile> {
  if (!(await pieces.advance(2))) return CUT_OFF;
  let frame: Frame | undefined;
  let isPainted = false;
  for (let segments = 0; segments < MAX_SEGMENTS; segments += 1) {
    const marker = await nextMarker(pieces);
    // Another picture begins where this one has not ended.
    if (marker === undefined || marker === START) return CUT_OFF;
    if (marker === END) return frame && isPainted && frame.height > 0 ? { ok: true, kind: 'jpeg' } : BROKEN;
    const length = (await pieces.take(2))?.readUInt16BE();
    if (length === undefined) return CUT_OFF;
    if (length < 2) return BROKEN;
    const content = describesFrame(marker) || marker === LINES ? await pieces.take(length - 2) : undefined;
    if (!content && !(await pieces.advance(length - 2))) return CUT_OFF;
    if (content && describesFrame(marker)) frame = frameOf(content);
    if (content && marker === LINES && content.length >= 2 && frame)
      frame = { ...frame, height: content.readUInt16BE() };
    const problem = frame && sizeProblem(frame.width, frame.height === 0 ? 1 : frame.height);
    if (problem) return problem;
    isPainted ||= marker === SCAN;
  }
  return TOO_COMPLEX;
}

interface Frame {
  readonly width: number;
  /** 0 where it comes after the first scan. */
  readonly height: number;
}

function frameOf(content: Buffer): Frame {
  return content.length < 6
    ? { width: 0, height: 0 }
    : { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
}

/** The next marker, past what a scan has painted, bytes that fill, and restarts; undefined where the file ends. */
async function nextMarker(pieces: Pieces): Promise<number | undefined> {
  let found: number | undefined;
  let isBegun = false;
  await pieces.seek((piece) => {
    for (let at = 0; at < piece.length; at += 1) {
      if (!isBegun) at = piece.indexOf(MARKER, at);
      if (at < 0) return undefined;
      const byte = piece[at];
      // A zero makes the byte before it part of the picture; the same byte again is filling.
      if (isBegun && byte !== undefined && byte !== MARKER && byte !== 0 && !standsAlone(byte)) {
        found = byte;
        return at + 1;
      }
      isBegun = byte === MARKER;
    }
    return undefined;
  });
  return found;
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

/** A start of frame, of whichever coding; three codes between are tables. */
function describesFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
