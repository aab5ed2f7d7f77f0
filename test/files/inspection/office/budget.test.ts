/** What reading the XML of a package may cost: what is small when it is packed may not keep the desk busy (R9). */
import { expect } from 'chai';
import { budgetFor } from '../../../../src/files/inspection/office/budget.ts';
import { inspectPackage } from '../../../../src/files/inspection/office/officePackage.ts';
import { storedFile } from '../../../desk/filesFake.ts';
import { contentTypes, MAIN, relationships } from '../../samples.ts';
import { outcomeOf } from '../inspectBytes.ts';
import type { PackageParts } from './packages.ts';
import { packageOf } from './packages.ts';

type Kind = keyof typeof MAIN;

const ROWS = 6_500;
const COLUMNS = 20;
/** How much larger a sheet of 100,000 rows is. */
const LARGER = 100_000 / ROWS;
/** Of a row and two attributes, and for each cell of an element, its two attributes, its value, and that of a row. */
const NODES_OF_SHEET = ROWS * (3 + COLUMNS * 4);

/** A sheet as Excel writes it, with something in it for which all of it is read. */
function sheet(): PackageParts {
  const cells = (row: number): string =>
    Array.from({ length: COLUMNS }, (_, column) => {
      const place = `${String.fromCharCode(65 + column)}${row}`;
      return `<c r="${place}" s="1"><v>${(row * 7919 + column * 104_729) % 99_991}</v></c>`;
    }).join('');
  const rows = Array.from({ length: ROWS }, (_, at) => `<row r="${at + 1}" spans="1:20">${cells(at + 1)}</row>`);
  return {
    relations: [['worksheet', 'worksheets/sheet1.xml']],
    parts: { 'xl/worksheets/sheet1.xml': `<worksheet><!-- | --><sheetData>${rows.join('')}</sheetData></worksheet>` },
  };
}

const MANY = 400;
/** Of what a small document needs there is enough, of a few hundred more there is not. */
async function within(kind: Kind, more: PackageParts, nodesLeft = MANY): Promise<string> {
  const found = await inspectPackage(storedFile(packageOf(kind, more)), { ...budgetFor(0), nodesLeft });
  return 'problem' in found ? `${found.problem}: ${found.culprit ?? ''}` : found.kind;
}

describe('The XML of a package', () => {
  it('is not read to its end where a few bytes unpack to millions of elements', async () => {
    const bytes = packageOf('docx', { body: '<a/>'.repeat(5_000_000) });
    expect(bytes.length).to.be.below(53_000);
    expect(await outcomeOf(bytes, 'proof.docx')).to.equal('tooComplex: word/document.xml');
  }).timeout(10_000);

  for (const [what, body] of [
    ['elements', '<a></a>'.repeat(MANY)],
    ['attributes of many elements', '<a b="" c="" d=""/>'.repeat(MANY / 3)],
    ['attributes of one element', `<a ${Array.from({ length: MANY }, (_, at) => `b${at}=""`).join(' ')}/>`],
    ['comments', '<!---->'.repeat(MANY)],
    ['instructions', '<?a?>'.repeat(MANY)],
    ['pieces of text', '<![CDATA[]]>'.repeat(MANY)],
  ] as const)
    it(`may have a bounded number of ${what}, and no more`, async () => {
      expect(await within('docx', { body })).to.equal('tooComplex: word/document.xml');
      expect(await within('docx', { body }, 3 * MANY)).to.equal('docx');
    });

  it('is counted in all parts together, the lists of the package too', async () => {
    const half = '<a/>'.repeat(MANY / 2);
    const headers: PackageParts = {
      relations: [
        ['header', 'a.xml'],
        ['header', 'b.xml'],
      ],
      parts: { 'word/a.xml': `<hdr>${half}<w:macro/></hdr>`, 'word/b.xml': `<hdr>${half}<w:macro/></hdr>` },
    };
    const list = relationships().replace('></Relationships>', `>${half}</Relationships>`);
    const lists = { parts: { 'word/_rels/a.xml.rels': list, 'word/_rels/b.xml.rels': list } };
    const types = {
      parts: { '[Content_Types].xml': contentTypes(MAIN.docx).replace('</Types>', `${half}${half}</Types>`) },
    };
    const drawings: PackageParts = {
      types: [['word/a.vml', 'application/vnd.openxmlformats-officedocument.vmlDrawing']],
      parts: { 'word/a.vml': `<xml>${half}${half}</xml>` },
    };
    for (const more of [headers, lists, types, drawings]) expect(await within('docx', more)).to.match(/^tooComplex: /);
    expect(await within('docx', { ...headers, ...drawings }, 4 * MANY)).to.equal('docx');
  });

  it('is counted together with that of the documents in the document', async () => {
    const inner = packageOf('xlsx', { body: '<a/>'.repeat(MANY / 2) });
    const both = {
      relations: [
        ['package', 'embeddings/a.xlsx'],
        ['package', 'embeddings/b.xlsx'],
      ],
      parts: { 'word/embeddings/a.xlsx': inner, 'word/embeddings/b.xlsx': inner },
    } as const;
    expect(await within('docx', both)).to.equal('tooComplex: word/embeddings/b.xlsx');
    expect(await within('docx', both, 2 * MANY)).to.equal('docx');
  });

  it('of a large sheet is read to its end, and so it would be of 100,000 rows', async () => {
    const bytes = packageOf('xlsx', sheet());
    expect(await outcomeOf(bytes, 'proof.xlsx')).to.equal('xlsx');
    expect(NODES_OF_SHEET).to.be.above(budgetFor(0).nodesLeft);
    expect(NODES_OF_SHEET * LARGER).to.be.below(budgetFor(bytes.length * LARGER).nodesLeft);
  }).timeout(10_000);
});
