/** Files that one program takes for this and another for that (R9): which of these are refused, and which are plain. */
import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { jpeg, pdf, PDF_OBJECTS, pdfOf, png, zip } from '../samples.ts';
import { outcomeOf } from './inspectBytes.ts';
import { packageOf } from './office/packages.ts';
import { rawZip } from './office/rawZip.ts';

const joined = (...parts: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

/** A JPEG with one more segment behind its beginning. */
function withSegment(marker: number, content: Buffer | string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return joined(jpeg().subarray(0, 2), Buffer.from([0xff, marker]), length, content, jpeg().subarray(2));
}

/** A tar of one file; without `magic` as tar was before it had a name for itself. */
function tar(content: Buffer, magic = 'ustar'): Buffer {
  const header = Buffer.alloc(512);
  header.write('proof.pdf', 0, 'latin1');
  // Rights, owner, group; size; time of the last change.
  for (const [at, digits] of [
    [100, '0000644'],
    [108, '0000000'],
    [116, '0000000'],
  ] as const)
    header.write(digits, at);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0'.repeat(11), 136);
  header.write('        0', 148, 'latin1');
  header.write(magic, 257, 'latin1');
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return joined(header, content, Buffer.alloc(1024 + 512 - (content.length % 512)));
}

/** A PDF with a document attached to it as it is. */
function withAttachment(document: Buffer): Buffer {
  return pdfOf([
    PDF_OBJECTS[0].replace('>>', '/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>>>'),
    PDF_OBJECTS[1],
    PDF_OBJECTS[2],
    '<</Type/Filespec/F(a.docx)/EF<</F 5 0 R>>>>',
    `<</Type/EmbeddedFile/Length ${document.length}>>stream\n${document.toString('latin1')}\nendstream `,
  ]);
}

describe('A file that seems to be two', () => {
  it('is an archive where a PDF is only the first file in it', async () => {
    const first = [{ name: 'a.pdf', content: pdf(), stored: true }];
    expect(await outcomeOf(rawZip(first))).to.equal('kindNotAccepted: zip');
    expect(await outcomeOf(rawZip(first, { behind: 'x'.repeat(200_000) }))).to.match(/^broken/);
    for (const archive of [
      rawZip(first, { before: '<?xml?>', behind: 'x' }),
      rawZip(first, { before: '\x01\x02', behind: 'x'.repeat(70_000) }),
      joined('PK\x07\x08', rawZip(first), 'x'),
      tar(pdf()),
      tar(pdf(), ''),
      gzipSync(pdf(), { level: 0 }),
      joined('!<arch>\na.pdf/          0           0     0     100644  '.padEnd(66), '`\n', pdf()),
    ])
      expect(await outcomeOf(archive)).to.match(/^kindNotAccepted: (?:zip|archive)$/);
  });

  it('is refused where readers of zips find one in it, whatever is behind', async () => {
    const archive = await zip({ 'a.txt': 'a' });
    for (const more of ['', '\n', 'x', '\0'.repeat(9), `\n%%EOF\n`, 'x'.repeat(60_000)]) {
      expect(await outcomeOf(joined(pdf(), archive, more))).to.equal('twoKinds: PDF, ZIP');
      expect(await outcomeOf(joined(png(), archive, more))).to.equal('twoKinds: PNG, ZIP');
      expect(await outcomeOf(joined(jpeg(), archive, more))).to.equal('twoKinds: JPEG, ZIP');
    }
    expect(await outcomeOf(joined(pdf(), packageOf('docx', {}, { zip64: true }), 'x'))).to.equal('twoKinds: PDF, ZIP');
    const hidden = pdfOf([
      ...PDF_OBJECTS,
      `<</Length ${archive.length}>>stream\n${archive.toString('latin1')}\nendstream `,
    ]);
    expect(await outcomeOf(hidden)).to.equal('twoKinds: PDF, ZIP');
  });

  it('is one PDF where the zip is attached to it, and the reviewers are told so', async () => {
    const attached = withAttachment(packageOf('docx'));
    expect(await outcomeOf(attached)).to.equal('pdf attachments');
    expect(await outcomeOf(joined(attached, '\n'))).to.equal('pdf attachments');
    expect(await outcomeOf(joined(attached, packageOf('docx'), 'x'))).to.equal('twoKinds: PDF, ZIP');
  });

  it('is a plain picture where it only speaks of PDFs', async () => {
    for (const words of ['%PDF-', 'Made from %PDF-1.7', '%PDF-1.4\n%%EOF', 'object 1: %PDF-1.3'])
      for (const picture of [
        withSegment(0xfe, words),
        withSegment(0xe1, `Exif\0\0MM\0*\0\0\0\x08${words}`),
        withSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x>${words}</x>`),
        joined(jpeg(), words),
      ])
        expect(await outcomeOf(picture)).to.equal('jpeg');
    expect(await outcomeOf(joined(png(), '%PDF-1.4'))).to.equal('png');
  });

  it('is refused where a picture holds a PDF, in itself or behind its end, with or without a cross-reference', async () => {
    const parts = pdf().toString('latin1');
    const objects = parts.slice(0, parts.indexOf('xref'));
    for (const within of [parts, objects, objects.replaceAll(' obj', '\0obj').replaceAll('endobj', '')])
      expect(await outcomeOf(withSegment(0xfe, within))).to.equal('twoKinds: JPEG, PDF');
    for (const piece of [7, 64 * 1024]) {
      expect(await outcomeOf(joined(jpeg(), pdf()), '', piece)).to.equal('twoKinds: JPEG, PDF');
      expect(await outcomeOf(joined(png(), pdf()), '', piece)).to.equal('twoKinds: PNG, PDF');
      const far = joined(withSegment(0xfe, '%PDF-1.4'), 'x'.repeat(100_000), pdf());
      expect(await outcomeOf(far, '', piece)).to.equal('twoKinds: JPEG, PDF');
    }
  });
});
