import { expect } from 'chai';
import { crc32, deflateSync } from 'node:zlib';
import { jpeg, png, zip, pdf } from '../samples.ts';
import { outcomeOf } from './inspectBytes.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const START = hex('ffd8');
const END = hex('ffd9');
const FRAME = hex('ffc0 000b 08 0008 0008 01 01 11 00');
const SCAN = hex('ffda 0008 01 01 00 00 3f 00');
const PAINT = hex('d2cf20');
const jpegOf = (...parts: readonly Buffer[]): Buffer => Buffer.concat([START, ...parts]);

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
/** What a camera puts before the picture: its settings and a preview, which has an end of its own. */
const EXIF = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0II*\0'), jpeg()]));
const frame = (width: number, height: number, marker = 0xc0): Buffer => {
  const content = hex('08 0000 0000 01 01 11 00');
  content.writeUInt16BE(height, 1);
  content.writeUInt16BE(width, 3);
  return segment(marker, content);
};

function chunk(type: string, content: Buffer, sum = 0): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(content.length);
  named.copy(whole, 4);
  whole.writeUInt32BE((crc32(named) ^ sum) >>> 0, whole.length - 4);
  return whole;
}
function header(width: number, height: number, more = hex('08 02 00 00 00')): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  return chunk('IHDR', Buffer.concat([size, more]));
}
const pngOf = (...chunks: readonly Buffer[]): Buffer => Buffer.concat([hex('89504e470d0a1a0a'), ...chunks]);
/** Two by two pixels of red, green and blue. */
const PIXELS = chunk('IDAT', deflateSync(Buffer.alloc(14)));
const LAST = chunk('IEND', Buffer.alloc(0));

describe('A picture', () => {
  const taken: readonly [what: string, bytes: Buffer, kind: string][] = [
    ['a JPEG', jpeg(), 'jpeg'],
    ['a photo with a preview', jpegOf(EXIF, FRAME, SCAN, PAINT, END), 'jpeg'],
    ['a JPEG of several scans', jpegOf(frame(8, 8, 0xc2), SCAN, PAINT, SCAN, PAINT, END), 'jpeg'],
    [
      'a JPEG with restarts',
      jpegOf(FRAME, hex('ffdd 0004 0001'), SCAN, PAINT, hex('ffd0'), PAINT, hex('ffd1'), PAINT, END),
      'jpeg',
    ],
    [
      'a JPEG with bytes that fill',
      jpegOf(hex('ffffff'), FRAME, hex('ffff'), SCAN, PAINT, hex('ff00'), hex('ffff'), END),
      'jpeg',
    ],
    [
      'a JPEG that tells its height after the first scan',
      jpegOf(frame(8, 0), SCAN, PAINT, hex('ffdc 0004 0008'), END),
      'jpeg',
    ],
    ['two pictures of a camera in one file', Buffer.concat([jpeg(), jpeg()]), 'jpeg'],
    ['a photo that moves', Buffer.concat([jpeg(), Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(5000)]), 'jpeg'],
    ['a JPEG with zeros behind it', Buffer.concat([jpeg(), Buffer.alloc(512)]), 'jpeg'],
    ['the largest photo of a phone', jpegOf(frame(16_320, 12_240), SCAN, PAINT, END), 'jpeg'],
    ['a PNG', png(), 'png'],
    ['a PNG with pixels in several chunks', pngOf(header(2, 2), ...inTwo(deflateSync(Buffer.alloc(14))), LAST), 'png'],
    [
      'an interlaced PNG',
      pngOf(header(2, 2, hex('08 02 00 00 01')), chunk('IDAT', deflateSync(Buffer.alloc(15))), LAST),
      'png',
    ],
    [
      'a PNG with colours from a palette',
      pngOf(
        header(9, 1, hex('01 03 00 00 00')),
        chunk('PLTE', Buffer.alloc(6)),
        chunk('IDAT', deflateSync(Buffer.alloc(3))),
        LAST,
      ),
      'png',
    ],
    [
      'a PNG whose comment has a wrong checksum',
      pngOf(header(2, 2), chunk('tEXt', Buffer.from('a'), 1), PIXELS, LAST),
      'png',
    ],
    ['a PNG with bytes behind its end', pngOf(header(2, 2), PIXELS, LAST, Buffer.from('more')), 'png'],
  ];
  for (const [what, bytes, kind] of taken)
    it(`is taken: ${what}`, async () => expect(await outcomeOf(bytes)).to.equal(kind));

  const refused: readonly [what: string, bytes: Buffer, outcome: string][] = [
    ['a photo cut in its preview', jpegOf(EXIF.subarray(0, -20)), 'cutOff'],
    ['a photo cut behind its preview', jpegOf(EXIF), 'cutOff'],
    ['a photo cut in its picture', jpegOf(EXIF, FRAME, SCAN, Buffer.alloc(200, 'Z')), 'cutOff'],
    ['a photo cut between two scans', jpegOf(EXIF, frame(8, 8, 0xc2), SCAN, PAINT, SCAN), 'cutOff'],
    ['a photo cut in the two bytes of its end', jpeg().subarray(0, -1), 'cutOff'],
    ['a photo in whose middle another one begins', jpegOf(FRAME, SCAN, PAINT, jpeg()), 'cutOff'],
    ['a JPEG without a picture', jpegOf(EXIF, END), 'broken'],
    ['a JPEG of no height', jpegOf(frame(8, 0), SCAN, PAINT, END), 'broken'],
    ['a JPEG of no width', jpegOf(frame(0, 8), SCAN, PAINT, END), 'broken'],
    ['a JPEG whose segment has no room for its length', jpegOf(hex('ffe0 0001')), 'broken'],
    ['a JPEG of absurd dimensions', jpegOf(frame(65_535, 65_535), SCAN, PAINT, END), 'tooManyPixels: 65535 × 65535'],
    [
      'a JPEG of segments without number',
      jpegOf(...Array.from({ length: 100_001 }, () => hex('ffe0 0002'))),
      'tooComplex',
    ],
    ['a PNG without pixels', pngOf(header(2, 2), LAST), 'broken'],
    ['a PNG whose pixels are missing', pngOf(header(2, 2), chunk('IDAT', Buffer.alloc(0)), LAST), 'broken'],
    ['a PNG with too few rows', pngOf(header(2, 3), PIXELS, LAST), 'broken'],
    [
      'a PNG whose pixels were cut',
      pngOf(header(2, 2), chunk('IDAT', deflateSync(Buffer.alloc(14)).subarray(0, 4)), LAST),
      'broken',
    ],
    ['a PNG whose pixels are none', pngOf(header(2, 2), chunk('IDAT', Buffer.alloc(40, 'x')), LAST), 'broken'],
    ['a PNG with altered pixels', pngOf(header(2, 2), chunk('IDAT', deflateSync(Buffer.alloc(14)), 1), LAST), 'broken'],
    [
      'a PNG with an altered header',
      pngOf(chunk('IHDR', hex('00000002 00000002 08 02 00 00 00'), 1), PIXELS, LAST),
      'broken',
    ],
    ['a PNG without an end', pngOf(header(2, 2), PIXELS), 'cutOff'],
    ['a PNG that begins with its pixels', pngOf(PIXELS, header(2, 2), LAST), 'broken'],
    [
      'a PNG without its palette',
      pngOf(header(9, 1, hex('01 03 00 00 00')), chunk('IDAT', deflateSync(Buffer.alloc(3))), LAST),
      'broken',
    ],
    ['a PNG with colours that there are not', pngOf(header(2, 2, hex('03 02 00 00 00')), PIXELS, LAST), 'broken'],
    ['a PNG of no height', pngOf(header(2, 0), PIXELS, LAST), 'broken'],
    ['a PNG of absurd dimensions', pngOf(header(100_000, 100_000), PIXELS, LAST), 'tooManyPixels: 100000 × 100000'],
    ['a PNG whose chunk is longer than any', pngOf(header(2, 2), hex('ffffffff'), Buffer.from('IDAT')), 'broken'],
    ['a picture that is a PDF as well', jpegOf(segment(0xfe, pdf()), FRAME, SCAN, PAINT, END), 'twoKinds: JPEG, PDF'],
    [
      'a HEIC photo',
      Buffer.concat([hex('00000018'), Buffer.from('ftypheic\0\0\0\0mif1heic')]),
      'kindNotAccepted: heic',
    ],
    [
      'a WebP',
      Buffer.concat([Buffer.from('RIFF'), hex('1a000000'), Buffer.from('WEBPVP8L'), Buffer.alloc(20)]),
      'kindNotAccepted: picture',
    ],
    ['a GIF', Buffer.from('GIF89a'.padEnd(64, '\0'), 'latin1'), 'kindNotAccepted: picture'],
    ['a TIFF', Buffer.concat([hex('49492a00 08000000'), Buffer.alloc(64)]), 'kindNotAccepted: picture'],
    ['a page of the web', Buffer.from('\n<!DOCTYPE html><title>Sign in</title>'), 'kindNotAccepted: webPage'],
    [
      'a page of the web that speaks of PDFs',
      Buffer.from('<html>%PDF-1.7 %%EOF startxref</html>'),
      'kindNotAccepted: webPage',
    ],
  ];
  for (const [what, bytes, outcome] of refused)
    it(`is refused: ${what}`, async () => expect(await outcomeOf(bytes)).to.equal(outcome));

  it('is not taken that is a zip as well', async () => {
    const archive = await zip({ 'a.txt': 'a' });
    expect(await outcomeOf(Buffer.concat([png(), archive]))).to.equal('twoKinds: PNG, ZIP');
    expect(await outcomeOf(Buffer.concat([jpeg(), archive]))).to.equal('twoKinds: JPEG, ZIP');
  });

  it('gets the same verdict in whatever pieces it comes', async () => {
    for (const [what, bytes, outcome] of [...taken, ...refused].filter(([, { length }]) => length < 10_000))
      for (const size of [1, 2, 5, 31])
        expect(await outcomeOf(bytes, '', size), `${what} by ${size}`).to.equal(outcome);
  });
});

function inTwo(packed: Buffer): readonly Buffer[] {
  return [chunk('IDAT', packed.subarray(0, 5)), chunk('IDAT', packed.subarray(5))];
}
