/**
 * Files of the writers that people use, made here: all of them are taken. And what must not be taken of these, each
 * with its reason. Prints how many of each.
 */
import { expect } from 'chai';
import jpegJs from 'jpeg-js';
import { PDFDocument, PDFName, PDFString, StandardFonts } from 'pdf-lib';
import PdfKit from 'pdfkit';
import { PNG } from 'pngjs';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { outcomeOf } from './inspectBytes.ts';

type Made = readonly [what: string, bytes: Buffer, outcome: string];

const picture = (channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width: 61, height: 47, channels, background: { r: 200, g: 90, b: 20, alpha: 0.5 } } });

async function withPdfLib(
  write: (document: PDFDocument) => unknown,
  options: Parameters<PDFDocument['save']>[0] = {},
): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([200, 200]).drawText('Acceptance', { font: await document.embedFont(StandardFonts.Helvetica) });
  await write(document);
  return Buffer.from(await document.save(options));
}

async function withPdfKit(
  options: PDFKit.PDFDocumentOptions,
  write: (document: PDFKit.PDFDocument) => unknown = () => undefined,
): Promise<Buffer> {
  const document = new PdfKit(options);
  document.text('Acceptance');
  write(document);
  document.end();
  const pieces: Buffer[] = [];
  for await (const piece of document) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

async function ofPdfLib(): Promise<readonly Made[]> {
  const photo = await picture().jpeg().toBuffer();
  const shot = await picture(4).png().toBuffer();
  const form = async (document: PDFDocument): Promise<void> => {
    const field = document.getForm().createTextField('customer');
    field.setText('Contoso');
    field.addToPage(document.getPage(0));
  };
  const again = await PDFDocument.load(await withPdfLib(() => undefined));
  again.addPage();
  return [
    ['packed objects', await withPdfLib(() => undefined), 'pdf'],
    ['plain objects', await withPdfLib(() => undefined, { useObjectStreams: false }), 'pdf'],
    ['many pages', await withPdfLib((pdf) => Array.from({ length: 300 }, () => pdf.addPage())), 'pdf'],
    ['a photo', await withPdfLib((pdf) => pdf.embedJpg(photo)), 'pdf'],
    ['a screenshot', await withPdfLib((pdf) => pdf.embedPng(shot)), 'pdf'],
    ['a form', await withPdfLib(form), 'pdf'],
    ['a title', await withPdfLib((pdf) => pdf.setTitle('Договор')), 'pdf'],
    ['another document', await withPdfLib(async (pdf) => pdf.embedPdf(await withPdfLib(form))), 'pdf'],
    ['saved again', Buffer.from(await again.save()), 'pdf'],
    ['an attachment', await withPdfLib((pdf) => pdf.attach(shot, 'a.png')), 'pdf attachments'],
  ];
}

async function ofPdfKit(): Promise<readonly Made[]> {
  const photo = await picture().jpeg().toBuffer();
  const protectedBy = (pdfVersion: '1.3' | '1.4' | '1.6' | '1.7ext3'): Promise<Buffer> =>
    withPdfKit({ pdfVersion, ownerPassword: 'owner', permissions: { copying: false } });
  const link = (pdf: PDFKit.PDFDocument): unknown => pdf.text('more', { link: 'https://example.com', underline: true });
  return [
    ['PDFKit 1.3', await withPdfKit({ pdfVersion: '1.3' }), 'pdf'],
    ['PDFKit 1.7', await withPdfKit({ pdfVersion: '1.7' }), 'pdf'],
    ['without compression', await withPdfKit({ compress: false }), 'pdf'],
    ['tagged', await withPdfKit({ pdfVersion: '1.5', tagged: true, lang: 'tr' }), 'pdf'],
    ['a picture', await withPdfKit({}, (pdf) => pdf.image(photo)), 'pdf'],
    ['a link', await withPdfKit({}, link), 'pdf'],
    ['an outline', await withPdfKit({}, (pdf) => pdf.outline.addItem('One')), 'pdf'],
    ['landscape', await withPdfKit({ layout: 'landscape', size: 'A3' }), 'pdf'],
    ['a file', await withPdfKit({}, (pdf) => pdf.file(photo, { name: 'a.jpg' })), 'pdf attachments'],
    ['RC4 of 40 bits', await protectedBy('1.3'), 'pdf ownerRestricted'],
    ['RC4 of 128 bits', await protectedBy('1.4'), 'pdf ownerRestricted'],
    ['AES of 128 bits', await protectedBy('1.6'), 'pdf ownerRestricted'],
    ['AES of 256 bits', await protectedBy('1.7ext3'), 'pdf ownerRestricted'],
  ];
}

async function ofPictures(): Promise<readonly Made[]> {
  const raw = { width: 31, height: 17, data: Buffer.alloc(31 * 17 * 4, 120) };
  const bare = new PNG({ width: 31, height: 17 });
  bare.data = raw.data;
  const withExif = { IFD0: { Make: 'Phone', Orientation: '6' } };
  return [
    ['baseline', await picture().jpeg().toBuffer(), 'jpeg'],
    ['progressive', await picture().jpeg({ progressive: true }).toBuffer(), 'jpeg'],
    ['four colours of ink', await picture().toColourspace('cmyk').jpeg().toBuffer(), 'jpeg'],
    ['grey', await picture().greyscale().jpeg().toBuffer(), 'jpeg'],
    ['of low quality', await picture().jpeg({ quality: 1, chromaSubsampling: '4:2:0' }).toBuffer(), 'jpeg'],
    ['of full quality', await picture().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(), 'jpeg'],
    ['optimised', await picture().jpeg({ mozjpeg: true }).toBuffer(), 'jpeg'],
    ['with settings of a camera', await picture().withExif(withExif).jpeg().toBuffer(), 'jpeg'],
    [
      'with words about a PDF',
      await picture()
        .withExif({ IFD0: { Software: 'a %PDF-1.7 writer' } })
        .jpeg()
        .toBuffer(),
      'jpeg',
    ],
    ['with a colour profile', await picture().withIccProfile('p3').jpeg().toBuffer(), 'jpeg'],
    ['jpeg-js', jpegJs.encode(raw, 80).data, 'jpeg'],
    ['plain', await picture().png().toBuffer(), 'png'],
    ['transparent', await picture(4).png().toBuffer(), 'png'],
    ['interlaced', await picture().png({ progressive: true }).toBuffer(), 'png'],
    ['with a palette', await picture().png({ palette: true, colours: 4 }).toBuffer(), 'png'],
    ['of 16 bits', await picture().toColourspace('rgb16').png().toBuffer(), 'png'],
    ['grey', await picture().greyscale().png().toBuffer(), 'png'],
    ['not compressed', await picture().png({ compressionLevel: 0 }).toBuffer(), 'png'],
    ['with settings', await picture().withExif(withExif).png().toBuffer(), 'png'],
    ['pngjs', PNG.sync.write(bare), 'png'],
    ['pngjs without transparency', PNG.sync.write(bare, { colorType: 2 }), 'png'],
    ['pngjs in grey', PNG.sync.write(bare, { colorType: 0 }), 'png'],
  ];
}

/** The same file without its second half, and without its last bytes: what is left when a copy or a download stops. */
function cut([what, bytes, kind]: Made): readonly Made[] {
  const outcome = kind.startsWith('pdf') ? 'broken' : 'cutOff';
  return [
    [`half of ${what}`, bytes.subarray(0, bytes.length / 2), outcome],
    [`${what} without its end`, bytes.subarray(0, kind.startsWith('pdf') ? bytes.lastIndexOf('%%EOF') : -2), outcome],
  ];
}

async function notToTake(taken: readonly Made[]): Promise<readonly Made[]> {
  const script = (pdf: PDFDocument): unknown =>
    pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj({ S: 'JavaScript', JS: PDFString.of('1') }));
  const start = (pdf: PDFDocument): unknown =>
    pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj({ S: 'Launch', F: PDFString.of('cmd.exe') }));
  const locked = (pdfVersion: '1.3' | '1.4' | '1.6' | '1.7ext3'): Promise<Buffer> =>
    withPdfKit({ pdfVersion, userPassword: 'user', ownerPassword: 'owner' });
  const photo = taken.find(([what]) => what === 'baseline')?.[1] ?? Buffer.alloc(0);
  return [
    ...taken.filter((_, index) => index % 3 === 0).flatMap((one) => cut(one)),
    ['scripts of the document', await withPdfLib((pdf) => pdf.addJavaScript('a', '1')), 'active: JavaScript'],
    ['a script', await withPdfLib(script), 'active: OpenAction: JavaScript'],
    ['a script, not packed', await withPdfLib(script, { useObjectStreams: false }), 'active: OpenAction: JavaScript'],
    ['a program', await withPdfLib(start), 'active: OpenAction: Launch'],
    ['RC4 of 40 bits', await locked('1.3'), 'encrypted'],
    ['RC4 of 128 bits', await locked('1.4'), 'encrypted'],
    ['AES of 128 bits', await locked('1.6'), 'encrypted'],
    ['AES of 256 bits', await locked('1.7ext3'), 'encrypted'],
    ['WebP', await picture().webp().toBuffer(), 'kindNotAccepted: picture'],
    ['GIF', await picture().gif().toBuffer(), 'kindNotAccepted: picture'],
    ['TIFF', await picture().tiff().toBuffer(), 'kindNotAccepted: picture'],
    ['AVIF', await picture().avif({ effort: 0 }).toBuffer(), 'kindNotAccepted: picture'],
    ['a page', Buffer.from('<!doctype html><p>Sign in'), 'kindNotAccepted: webPage'],
    [
      'a picture with a PDF',
      Buffer.concat([photo.subarray(0, 2), comment('%PDF-1.4'), photo.subarray(2), await withPdfLib(() => undefined)]),
      'twoKinds: JPEG, PDF',
    ],
  ];
}

function comment(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe, 0, text.length + 2]), Buffer.from(text)]);
}

describe('Files of the writers that people use', () => {
  let taken: readonly Made[];
  let refused: readonly Made[];
  before(async () => {
    taken = [...(await ofPdfLib()), ...(await ofPdfKit()), ...(await ofPictures())];
    refused = await notToTake(taken);
  });

  it('are all taken, where they are PDFs, JPEGs and PNGs', async () => {
    expect(await rateOf('PDFs and pictures taken', taken, 30)).to.deep.equal([]);
  });

  it('are all refused with the true reason, where they act, are cut off, locked or of another kind', async () => {
    expect(await rateOf('PDFs and pictures refused', refused, 30)).to.deep.equal([]);
  });
});

/** Those with another outcome than theirs. */
async function rateOf(title: string, all: readonly Made[], least: number): Promise<readonly string[]> {
  expect(all).to.have.length.of.at.least(least);
  const wrong: string[] = [];
  for (const [what, bytes, outcome] of all) {
    const found = await outcomeOf(bytes);
    if (found !== outcome) wrong.push(`${what}: ${found}, not ${outcome}`);
  }
  process.stdout.write(`      ${title}: ${all.length - wrong.length} of ${all.length}\n`);
  return wrong;
}
