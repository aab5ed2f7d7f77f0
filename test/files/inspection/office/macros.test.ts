/** Macros of programs other than Microsoft's, which keep them in parts of their own (R9). */
import { expect } from 'chai';
import { MAIN_PART } from '../../samples.ts';
import { outcomeOf } from '../inspectBytes.ts';
import { packageOf } from './packages.ts';

const ONLYOFFICE = 'http://schemas.onlyoffice.com/jsaProject';
const WPS = 'http://www.wps.cn/officeDocument/2018/jdeExtension';
const KINDS = ['docx', 'xlsx', 'pptx'] as const;

describe('Macros of another vendor', () => {
  for (const [program, part, relation] of [
    ['ONLYOFFICE', 'jsaProject.bin', ONLYOFFICE],
    ['WPS Office', 'JDEData.bin', WPS],
    ['Microsoft Office', 'vbaProject.bin', 'urn:vendor:vbaProject'],
  ] as const)
    it(`are refused by name, reached or merely there: those of ${program}`, async () => {
      for (const kind of KINDS) {
        const folder = MAIN_PART[kind].split('/', 1)[0] ?? '';
        const name = `${folder}/${part}`;
        for (const more of [
          { relations: [[relation, part]], parts: { [name]: 'x' } },
          { relations: [['http://vendor.example/own', part]], parts: { [name]: 'x' } },
          { parts: { [name]: 'x' } },
          { rootRelations: [[relation, `/${name}`]], parts: { [name]: 'x' } },
        ] as const)
          expect(await outcomeOf(packageOf(kind, more))).to.equal(`macros: ${name}`);
      }
    });

  it('are refused in any folder, in any letters, escaped, and in a document within the document', async () => {
    for (const name of ['jsaproject.BIN', 'xl/media/JsaProject.bin', 'xl/%6AsaProject.bin', 'x/y/jdedata.bin'])
      expect(await outcomeOf(packageOf('xlsx', { parts: { [name]: 'x' } }))).to.equal(`macros: ${name}`);
    const inner = packageOf('xlsx', { parts: { 'xl/jsaProject.bin': 'x' } });
    const outer = packageOf('docx', {
      relations: [['package', 'embeddings/a.xlsx']],
      parts: { 'word/embeddings/a.xlsx': inner },
    });
    expect(await outcomeOf(outer)).to.equal('macros: word/embeddings/a.xlsx');
  });

  it('are refused by the relationship that leads to them, or by their type, whatever their name', async () => {
    for (const relation of [
      ONLYOFFICE,
      ONLYOFFICE.toUpperCase(),
      WPS,
      'https://vendor.example/a#jsaProject',
      'urn:vendor:jdeData',
    ])
      expect(
        await outcomeOf(
          packageOf('docx', { relations: [[relation, 'media/a.png']], parts: { 'word/media/a.png': 'x' } }),
        ),
      ).to.equal('macros: word/media/a.png');
    for (const word of ['vnd.onlyoffice.jsaProject', 'vnd.wps-officedocument.jdedata+xml'])
      expect(
        await outcomeOf(
          packageOf('docx', { types: [['word/a.bin', `application/${word}`]], parts: { 'word/a.bin': 'x' } }),
        ),
      ).to.equal(`macros: ${word.toLowerCase()}`);
  });

  it('are none where a name only resembles theirs, nor where a vendor keeps something else', async () => {
    for (const name of ['word/jsaProject.bin.png', 'word/my-jdedata.bin', 'word/jsaproject.xml'])
      expect(await outcomeOf(packageOf('docx', { parts: { [name]: '<x/>' } }))).to.equal('docx');
    const own = {
      relations: [['http://www.wps.cn/officeDocument/2013/wpsCustomData', 'a.xml']],
      parts: { 'word/a.xml': '<x/>' },
    } as const;
    expect(await outcomeOf(packageOf('docx', own))).to.equal('docx');
  });
});
