/** Documents of Office by the writers that people use, with what each of them does differently. */
import * as docx from 'docx';
import Docxtemplater from 'docxtemplater';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';
import PizZip from 'pizzip';
import PptxGenJS from 'pptxgenjs';
import XlsxPopulate from 'xlsx-populate';
import type { Workbook } from 'xlsx-populate';
import XLSX from 'xlsx-js-style';
import { png } from '../../samples.ts';

/** Who wrote it, what is in it, the file. */
export type Written = readonly [
  writer: string,
  what: string,
  kind: 'docx' | 'xlsx' | 'pptx',
  make: () => Promise<Buffer>,
];

type Show = InstanceType<typeof PptxGenJS.default>;
/** The class itself, which the types of the package take for a namespace. */
const Presentation = PptxGenJS as unknown as typeof PptxGenJS.default;

const PNG = png();

const text = (words: string): docx.Paragraph => new docx.Paragraph(words);
const inWord = (what: string, children: () => readonly docx.FileChild[], more: object = {}): Written => [
  'docx',
  what,
  'docx',
  async () => docx.Packer.toBuffer(new docx.Document({ ...more, sections: [{ children: [...children()] }] })),
];

const sheetJs = (what: string, fill: (book: XLSX.WorkBook) => void, options: XLSX.WritingOptions = {}): Written => [
  'xlsx-js-style',
  what,
  'xlsx',
  async () => {
    const book = XLSX.utils.book_new();
    fill(book);
    return Buffer.from(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', ...options }) as Uint8Array);
  },
];

const excelJs = (
  what: string,
  fill: (book: ExcelJS.Workbook, sheet: ExcelJS.Worksheet) => void,
  options = {},
): Written => [
  'exceljs',
  what,
  'xlsx',
  async () => {
    const book = new ExcelJS.Workbook();
    fill(book, book.addWorksheet('Usage'));
    return Buffer.from(await book.xlsx.writeBuffer(options));
  },
];

const slides = (what: string, fill: (show: Show, slide: ReturnType<Show['addSlide']>) => void): Written => [
  'pptxgenjs',
  what,
  'pptx',
  async () => {
    const show = new Presentation();
    fill(show, show.addSlide());
    return Buffer.from((await show.write({ outputType: 'nodebuffer' })) as Uint8Array);
  },
];

const populated = (what: string, fill: (book: Workbook) => void): Written => [
  'xlsx-populate',
  what,
  'xlsx',
  async () => {
    const book = await XlsxPopulate.fromBlankAsync();
    fill(book);
    return Buffer.from((await book.outputAsync()) as Uint8Array);
  },
];

const ROWS = [
  ['Product', 'Users | active'],
  ['Teams', 12],
  ['=not a formula', '+1 | -1'],
];

export const WRITTEN: readonly Written[] = [
  inWord('a paragraph', () => [text('Statement of work')]),
  inWord('words of three languages', () => [text('Акт выполненных работ, Kabul tutanağı, 完了報告')]),
  inWord('a table', () => [
    new docx.Table({ rows: [new docx.TableRow({ children: [new docx.TableCell({ children: [text('a | b')] })] })] }),
  ]),
  inWord('a picture', () => [
    new docx.Paragraph({
      children: [new docx.ImageRun({ type: 'png', data: PNG, transformation: { width: 10, height: 10 } })],
    }),
  ]),
  inWord('a link', () => [
    new docx.Paragraph({
      children: [
        new docx.ExternalHyperlink({ link: 'https://contoso.example/?a=1&b=2', children: [new docx.TextRun('x')] }),
      ],
    }),
  ]),
  inWord('page numbers', () => [
    new docx.Paragraph({
      children: [new docx.TextRun({ children: [docx.PageNumber.CURRENT, '/', docx.PageNumber.TOTAL_PAGES] })],
    }),
  ]),
  inWord(
    'a table of contents',
    () => [new docx.TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-3' })],
    {
      features: { updateFields: true },
    },
  ),
  inWord(
    'numbered headings',
    () => [
      new docx.Paragraph({
        text: 'One',
        heading: docx.HeadingLevel.HEADING_1,
        numbering: { reference: 'n', level: 0 },
      }),
    ],
    {
      numbering: { config: [{ reference: 'n', levels: [{ level: 0, format: 'decimal', text: '%1.' }] }] },
    },
  ),
  inWord(
    'footnotes',
    () => [new docx.Paragraph({ children: [new docx.TextRun('x'), new docx.FootnoteReferenceRun(1)] })],
    {
      footnotes: { 1: { children: [text('note')] } },
    },
  ),
  inWord('comments', () => [text('x')], {
    comments: { children: [{ id: 0, author: 'A', date: new Date(0), children: [text('see | below')] }] },
  }),
  inWord('tracked changes', () => [
    new docx.Paragraph({
      children: [new docx.InsertedTextRun({ text: 'new', id: 1, author: 'A', date: '2026-01-31T00:00:00Z' })],
    }),
  ]),
  inWord('own properties and settings', () => [text('x')], {
    title: 'T',
    creator: 'C',
    customProperties: [{ name: 'Claim', value: 'CPOR-1' }],
    evenAndOddHeaderAndFooters: true,
  }),
  [
    'docx',
    'headers and footers',
    'docx',
    async () =>
      docx.Packer.toBuffer(
        new docx.Document({
          sections: [
            {
              headers: { default: new docx.Header({ children: [text('top')] }) },
              footers: { default: new docx.Footer({ children: [text('bottom')] }) },
              children: [text('x')],
            },
          ],
        }),
      ),
  ],
  sheetJs('rows', (book) => XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(ROWS), 'A')),
  sheetJs('shared texts', (book) => XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(ROWS), 'A'), {
    bookSST: true,
  }),
  sheetJs('a packed file', (book) => XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(ROWS), 'A'), {
    compression: true,
  }),
  sheetJs('several sheets with styles', (book) => {
    for (const name of ['A', 'Б', 'Ç']) {
      const sheet = XLSX.utils.aoa_to_sheet(ROWS);
      sheet['A1'] = { t: 's', v: 'x', s: { font: { bold: true } } };
      XLSX.utils.book_append_sheet(book, sheet, name);
    }
  }),
  sheetJs('formulas, links and comments', (book) => {
    const sheet = XLSX.utils.aoa_to_sheet([[1, 2]]);
    sheet['C1'] = { t: 'n', f: 'SUM(A1:B1)', v: 3, l: { Target: 'https://contoso.example/' }, c: [{ a: 'A', t: 'x' }] };
    sheet['!ref'] = 'A1:C1';
    XLSX.utils.book_append_sheet(book, sheet, 'A');
  }),
  sheetJs('two thousand rows', (book) =>
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet(Array.from({ length: 2_000 }, (_, row) => [row, 'x'])),
      'A',
    ),
  ),
  excelJs('rows', (_, sheet) => sheet.addRows(ROWS)),
  excelJs('inline texts', (_, sheet) => sheet.addRows(ROWS), { useSharedStrings: false }),
  excelJs('a formula', (_, sheet) => {
    sheet.getCell('A1').value = { formula: 'IF(B1="a|b",\'x|y\'!A1,HYPERLINK("https://a.example"))', result: 1 };
  }),
  excelJs('a table', (_, sheet) =>
    sheet.addTable({ name: 'T', ref: 'A1', headerRow: true, columns: [{ name: 'a|b' }], rows: [[1]] }),
  ),
  excelJs('a picture', (book, sheet) =>
    sheet.addImage(book.addImage({ base64: PNG.toString('base64'), extension: 'png' }), 'A1:B2'),
  ),
  excelJs('validation and conditional formats', (_, sheet) => {
    sheet.getCell('A1').dataValidation = { type: 'list', formulae: ['"a,b|c"'] };
    sheet.addConditionalFormatting({
      ref: 'A1',
      rules: [{ type: 'expression', priority: 1, formulae: ['A1>1'], style: {} }],
    });
  }),
  excelJs('comments, links and names', (book, sheet) => {
    sheet.getCell('A1').note = 'a note';
    sheet.getCell('A2').value = { text: 'x', hyperlink: 'mailto:a@contoso.example' };
    book.definedNames.add('Usage!$A$1', 'total');
  }),
  excelJs('protection and a print area', (_, sheet) => {
    sheet.pageSetup.printArea = 'A1:B2';
    sheet.views = [{ state: 'frozen', ySplit: 1 }];
  }),
  slides('a text', (_, slide) => slide.addText('Go-live | 2026', { x: 1, y: 1 })),
  slides('a table', (_, slide) => slide.addTable([[{ text: 'a' }, { text: 'b' }]], { x: 1 })),
  slides('a chart with its workbook', (show, slide) =>
    slide.addChart(show.ChartType.bar, [{ name: 's', labels: ['a'], values: [1] }], { x: 1 }),
  ),
  slides('two charts', (_, slide) => {
    for (const type of ['line', 'pie'] as const)
      slide.addChart(type, [{ name: 's', labels: ['a'], values: [1] }], { x: 1 });
  }),
  slides('a picture', (_, slide) =>
    slide.addImage({ data: `image/png;base64,${PNG.toString('base64')}`, x: 1, y: 1, w: 1, h: 1 }),
  ),
  slides('notes and links', (_, slide) => {
    slide.addNotes('say | this');
    slide.addText([{ text: 'x', options: { hyperlink: { url: 'https://contoso.example/' } } }], { x: 1 });
  }),
  slides('a layout of its own', (show, slide) => {
    show.defineSlideMaster({ title: 'M', background: { color: 'FFFFFF' } });
    show.addSlide({ masterName: 'M' });
    slide.addShape(show.ShapeType.rect, { x: 1, y: 1, w: 1, h: 1 });
  }),
  populated('rows', (book) => book.sheet(0).cell('A1').value(ROWS)),
  populated('a formula', (book) => book.sheet(0).cell('A1').formula('SUM(B1:B9)')),
  populated('a link', (book) => book.sheet(0).cell('A1').value('x').hyperlink('https://contoso.example/')),
  [
    'docxtemplater',
    'a filled-in template',
    'docx',
    async () => {
      const document = await docx.Packer.toBuffer(
        new docx.Document({ sections: [{ children: [text('Dear {name}')] }] }),
      );
      const filled = new Docxtemplater(new PizZip(document));
      filled.render({ name: 'Anna & <Co>' });
      return filled.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' });
    },
  ],
  ['jszip', 'packed anew as a stream', 'docx', async () => repacked({ streamFiles: true })],
  ['jszip', 'packed anew without compression', 'docx', async () => repacked({ compression: 'STORE' })],
  ['jszip', 'packed anew as on Unix, with a comment', 'docx', async () => repacked({ platform: 'UNIX', comment: 'x' })],
];

async function repacked(options: JSZip.JSZipGeneratorOptions): Promise<Buffer> {
  const document = await docx.Packer.toBuffer(new docx.Document({ sections: [{ children: [text('x')] }] }));
  const archive = await JSZip.loadAsync(document);
  return archive.generateAsync({ ...options, type: 'nodebuffer' });
}
