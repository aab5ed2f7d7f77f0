import { expect } from 'chai';
import { createPdfInspection } from '../../../src/files/inspection/pdf/thread.ts';
import { deflateSync } from 'node:zlib';
import { storedFile } from '../../desk/filesFake.ts';
import { office, pdf, pdfOf, PDF_OBJECTS } from '../samples.ts';
import { outcomeOf } from './inspectBytes.ts';
import { ACTING, BROKEN, PAGE_ACTING, TAKEN, XFA_ACTING, XFA_WAITING } from './pdfs.ts';

describe('A PDF', () => {
  for (const [what, bytes, outcome] of TAKEN)
    it(`is taken: ${what}`, async () => expect(await outcomeOf(bytes, 'proof.pdf')).to.equal(outcome));

  for (const [what, bytes, outcome] of ACTING)
    it(`is refused for what it does: ${what}`, async () => expect(await outcomeOf(bytes)).to.equal(outcome));

  for (const [what, bytes, outcome] of BROKEN)
    it(`is refused as what it is: ${what}`, async () => expect(await outcomeOf(bytes)).to.equal(outcome));

  for (const [what, bytes] of XFA_ACTING)
    it(`is refused for a form of XML ${what}`, async () => expect(await outcomeOf(bytes)).to.equal('active: XFA'));
  for (const [what, bytes, outcome] of XFA_WAITING)
    it(`is taken with a form of XML ${what}`, async () => expect(await outcomeOf(bytes)).to.equal(outcome));

  it('is refused for a page that acts, though it does not say that it is one', async () => {
    expect(await outcomeOf(PAGE_ACTING)).to.equal('active: AA/C: JavaScript');
  });

  it('is refused behind a page of HTML, a script, a program or a picture; not behind a ticket or a head', async () => {
    const behind = (before: string): Promise<string> =>
      outcomeOf(Buffer.concat([Buffer.from(before, 'latin1'), pdf()]));
    for (const page of ['<html><body><script>1</script>', '\n<SCRIPT src=a>', '<!-- a --><svg onload=a>'])
      expect(await behind(page)).to.equal('twoKinds: PDF, HTML');
    for (const program of ['#!/bin/sh\n', 'MZ\x90\0', '\x7fELF', 'Rar!\x1a\x07'])
      expect(await behind(program)).to.equal('twoKinds: PDF, program');
    for (const image of ['GIF89a\x01\0\x01\0', 'II*\0', 'RIFF'])
      expect(await behind(image)).to.equal('twoKinds: PDF, image');
    for (const harmless of [
      '\xef\xbb\xbf',
      '\0\0',
      '<?xml version="1.0"?><ticket/>',
      'HTTP/1.1 200 OK\r\n\r\n',
      '<!-- a -->',
    ])
      expect(await behind(harmless)).to.equal('pdf');
  });

  it('is refused at once where it numbers an object beyond what it could hold', async () => {
    const far = Buffer.from(pdf().toString('latin1').replace('\nxref', '\n8388607 0 obj<<>>endobj\nxref'), 'latin1');
    expect(await outcomeOf(far)).to.equal('tooComplex');
  }).timeout(5_000);

  it('is none beyond the first 1,024 bytes', async () => {
    const behind = (bytes: number): Buffer => Buffer.concat([Buffer.alloc(bytes, 'x'), pdf()]);
    expect(await outcomeOf(behind(1024))).to.equal('pdf');
    expect(await outcomeOf(behind(1025))).to.equal('kindNotAccepted');
  });

  it('is not taken that is a zip as well', async () => {
    const both = Buffer.concat([pdf(), await office('docx')]);
    expect(await outcomeOf(both)).to.equal('twoKinds: PDF, ZIP');
  });

  describe('that costs too much', () => {
    const limits = { ms: 30_000, msForMiB: 0, heapMiB: 256, unpackedBytes: 32 * 1024 * 1024 };
    /** Its cross-reference is a stream of this content. */
    const withStream = (content: Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(
          `%PDF-1.5\n1 0 obj<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length ${content.length}>>stream\n`,
        ),
        content,
        Buffer.from('\nendstream endobj\nstartxref\n9\n%%EOF\n'),
      ]);

    it('is refused where it unpacks to too much', async () => {
      const bomb = withStream(deflateSync(deflateSync(Buffer.alloc(256 * 1024 * 1024))));
      expect(await createPdfInspection(limits)(storedFile(bomb))).to.deep.equal({ ok: false, problem: 'archiveBomb' });
    });

    it('is refused where it takes too long, and the next one is examined', async () => {
      const endless = pdfOf([...PDF_OBJECTS, `<</Length 9>>stream\n${'1 1 1 '.repeat(500_000)}\nendstream `]);
      const inspect = createPdfInspection({ ...limits, ms: 1 });
      expect(await inspect(storedFile(endless))).to.deep.equal({ ok: false, problem: 'tooComplex' });
      const patient = createPdfInspection(limits);
      const [long, short] = await Promise.all([patient(storedFile(endless)), patient(storedFile(pdf()))]);
      expect([long.ok, short]).to.deep.equal([true, { ok: true, kind: 'pdf' }]);
    });

    it('is taken where what is nested beyond what readers read is of no use to it', async () => {
      const deep = pdfOf([...PDF_OBJECTS, `${'['.repeat(200_000)}${']'.repeat(200_000)}`]);
      expect(await createPdfInspection(limits)(storedFile(deep))).to.deep.equal({ ok: true, kind: 'pdf' });
    });
  });
});
