/**
 * Which parts of an Office document are looked through (R9): what a relationship, a type or a name makes a part of it
 * is read, however else it is also referred to; text that runs nothing is only text.
 */
import { expect } from 'chai';
import { MAIN, MAIN_PART } from '../../samples.ts';
import { outcomeOf } from '../inspectBytes.ts';
import type { PackageParts } from './packages.ts';
import { field, MICROSOFT, packageOf, sheetWith } from './packages.ts';

type Kind = keyof typeof MAIN;

const OPEN_XML = 'application/vnd.openxmlformats-officedocument';
const VENDOR = 'http://vendor.example/relation';
const DDE_HEADER = `<hdr xmlns:w="urn:w">${field('DDEAUTO cmd')}</hdr>`;
const DDE_FORMULA = sheetWith("<f>cmd|'/c calc'!A0</f>");

/** A document with a header, with further relationships to it. */
function withHeader(header: string, type: string, ...relations: readonly string[]): Buffer {
  return packageOf('docx', {
    relations: relations.map((relation) => [relation, 'more.xml']),
    types: [['word/more.xml', type]],
    parts: { 'word/more.xml': header },
  });
}

/** A document with one part more of its kind, to which a relationship leads. */
function withMore(kind: Kind, relation: string, more: string, type = 'application/xml'): Buffer {
  const name = `${MAIN_PART[kind].split('/', 1)[0] ?? ''}/more.xml`;
  return packageOf(kind, { relations: [[relation, 'more.xml']], types: [[name, type]], parts: { [name]: more } });
}

const alsoBy = (parts: PackageParts, relation: string, target: string): PackageParts => ({
  ...parts,
  relations: [...(parts.relations ?? []), [relation, target]],
});

describe('The parts of an Office document that are looked through', () => {
  for (const relation of [VENDOR, 'urn:x', 'customXml', `${MICROSOFT}/2099/relationships/robot`])
    it(`are those that the document has, though ${relation} leads there too`, async () => {
      const sheet = packageOf('xlsx', alsoBy(DDE_FORMULA, relation, 'worksheets/sheet1.xml'));
      expect(await outcomeOf(sheet)).to.equal('active: DDE');
      const type = `${OPEN_XML}.wordprocessingml.header+xml`;
      expect(await outcomeOf(withHeader(DDE_HEADER, type, 'header', relation))).to.equal('active: DDE');
      expect(await outcomeOf(withHeader(DDE_HEADER, type, relation))).to.equal('active: DDE');
      expect(await outcomeOf(withHeader('<hdr/>', type, 'header', relation))).to.equal('docx');
    });

  for (const type of ['application/octet-stream', 'application/binary', 'text/xml', 'image/svg+xml', 'image/png'])
    it(`are read as XML where they are, though their type is ${type}`, async () => {
      expect(await outcomeOf(withHeader(DDE_HEADER, type, 'header'))).to.equal('active: DDE');
      expect(await outcomeOf(withHeader(`\ufeff \n${DDE_HEADER}`, type, 'header'))).to.equal('active: DDE');
      expect(await outcomeOf(withHeader('<hdr/>', type, 'header'))).to.equal('docx');
    });

  it('are those that a reader finds by their names', async () => {
    const parts = { 'xl/worksheets/sheet1.xml': "<worksheet><c><f>cmd|'/c'!A0</f></c></worksheet>" };
    expect(await outcomeOf(packageOf('xlsx', { parts }))).to.equal('active: DDE');
    const relations = [[VENDOR, 'worksheets/sheet1.xml']] as const;
    expect(await outcomeOf(packageOf('xlsx', { parts, relations }))).to.equal('active: DDE');
  });

  it('are not the writer’s own, nor pictures: these may hold anything', async () => {
    const own = (name: string, relation: string, type: string): Buffer =>
      packageOf('docx', {
        relations: [[relation, `../${name}`]],
        types: [[name, type]],
        parts: { [name]: `<svg xmlns:w="urn:w"><a>${field('DDE a b')}</a><b` },
      });
    for (const [name, relation, type] of [
      ['customXml/item1.xml', 'customXml', 'application/xml'],
      ['vendor/own.xml', VENDOR, 'application/xml'],
      ['word/media/a.svg', 'image', 'image/svg+xml'],
    ] as const)
      expect(await outcomeOf(own(name, relation, type))).to.equal('docx');
    expect(await outcomeOf(withHeader('<a>|<b', 'application/octet-stream', VENDOR))).to.equal('docx');
  });

  it('are found by names that are escaped', async () => {
    const list =
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" TargetMode="External" ' +
      'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://a.example/a"/></Relationships>';
    for (const name of ['word/%5Frels/more.xml.rels', 'word/_rels%2Fmore.xml.rels', '%77ord/_rels/more.xml.%72els'])
      expect(await outcomeOf(packageOf('docx', { parts: { [name]: list } }))).to.equal('external: https://a.example/a');
    const twice = packageOf('docx', { parts: { 'word/a.bin': 'x', 'word/%61.bin': 'x' } });
    expect(await outcomeOf(twice)).to.equal('broken: word/%61.bin');
    expect(await outcomeOf(packageOf('docx', { parts: { 'word/media/100%.png': 'x' } }))).to.equal('docx');
    expect(await outcomeOf(packageOf('docx', { parts: { 'word/%2e%2e/a.bin': 'x' } }))).to.equal(
      'broken: word/%2e%2e/a.bin',
    );
  });
});

describe('Relationships that new versions of Office write', () => {
  for (const [kind, relation, type] of [
    ['xlsx', '2022/10/relationships/richValueRel', 'application/vnd.ms-excel.richvaluerel+xml'],
    ['xlsx', '2022/11/relationships/FeaturePropertyBag', 'application/vnd.ms-excel.featurepropertybag+xml'],
    ['xlsx', '2024/05/relationships/pivotDataSource', 'application/vnd.ms-excel.pivotdatasource+xml'],
    ['xlsx', '2020/07/relationships/cellImages', 'application/xml'],
    ['xlsx', '2031/01/relationships/robot', 'application/vnd.ms-excel.robot+xml'],
    ['docx', '2020/10/relationships/intelligence', 'application/vnd.ms-office.intelligence2+xml'],
    ['docx', '2019/09/relationships/intelligence', 'application/vnd.ms-office.intelligence+xml'],
    ['docx', '2006/relationships/recovery', 'application/xml'],
    ['docx', '2031/01/relationships/robot', 'application/vnd.ms-word.robot+xml'],
    ['pptx', '2031/01/relationships/robot', 'application/xml'],
  ] as const)
    it(`are taken with a part of XML in which nothing acts: ${relation} in a ${kind}`, async () => {
      expect(await outcomeOf(withMore(kind, `${MICROSOFT}/${relation}`, '<x/>', type))).to.equal(kind);
    });

  it('are taken of attached schemas', async () => {
    expect(await outcomeOf(withMore('docx', 'attachedSchema', '<x/>'))).to.equal('docx');
  });

  it('are refused where the part is no XML, acts, is elsewhere or is not there', async () => {
    const robot = `${MICROSOFT}/2099/relationships/robot`;
    expect(await outcomeOf(withMore('docx', robot, 'MZ robot'))).to.equal('broken: word/more.xml');
    expect(await outcomeOf(withMore('docx', robot, DDE_HEADER))).to.equal('active: DDE');
    expect(await outcomeOf(withMore('xlsx', robot, '<x><f>_xlfn.WEBSERVICE(A1)</f></x>'))).to.equal(
      'external: WEBSERVICE',
    );
    const elsewhere = packageOf('docx', { relations: [[robot, 'https://a.example/a', 'External']] });
    expect(await outcomeOf(elsewhere)).to.equal('unknownPart: robot');
    expect(await outcomeOf(withMore('docx', robot, '<x/>', 'application/hta'))).to.equal('unknownPart: hta');
    const add = withMore('docx', robot, '<x/>', 'application/vnd.ms-office.webextension+xml');
    expect(await outcomeOf(add)).to.equal('active: vnd.ms-office.webextension+xml');
  });
});

describe('What an Office document fetches when it opens', () => {
  const SHARE = '\\\\\\\\server\\\\a';
  const pivot = (source: string, on = '1'): Buffer =>
    withMore(
      'xlsx',
      'pivotCacheDefinition',
      `<pivotCacheDefinition refreshOnLoad="${on}">${source}</pivotCacheDefinition>`,
    );
  const merged = (connection: string): Buffer =>
    withMore('docx', 'settings', `<settings><mailMerge><connectString val="${connection}"/></mailMerge></settings>`);

  it('is refused: queries, pivot tables of elsewhere, letters of a server, pictures that fill, films of a share', async () => {
    for (const [bytes, culprit] of [
      [withMore('xlsx', 'queryTable', '<queryTable refreshOnLoad="1" connectionId="1"/>'), 'queryTable'],
      [pivot('<cacheSource type="external" connectionId="1"/>'), 'pivotTable'],
      [
        pivot('<cacheSource type="worksheet"><worksheetSource r:id="a" xmlns:r="urn:r"/></cacheSource>', 'true'),
        'pivotTable',
      ],
      [merged('Provider=MSOLEDBSQL;Data Source=evil.example;'), 'mailMerge'],
      [merged('Provider=a;Data Source=\\\\server\\a.xlsx;'), 'mailMerge'],
      [packageOf('docx', { body: '<v:fill xmlns:v="urn:v" src="http://a.example/a"/>' }), 'http://a.example/a'],
      [
        packageOf('docx', { body: '<v:stroke xmlns:v="urn:v" src="&#104;ttps://a.example/a"/>' }),
        'https://a.example/a',
      ],
      [packageOf('pptx', { relations: [['video', 'file://server/a.mp4', 'External']] }), 'file://server/a.mp4'],
    ] as const)
      expect(await outcomeOf(bytes)).to.equal(`external: ${culprit}`);
    const film = packageOf('pptx', { relations: [['video', SHARE.replaceAll('\\\\', '\\'), 'External']] });
    expect(await outcomeOf(film)).to.match(/^external/);
  });

  it('is not what waits for its reader, or is in the document', async () => {
    for (const [bytes, outcome] of [
      [withMore('xlsx', 'queryTable', '<queryTable connectionId="1"/>'), 'xlsx'],
      [pivot('<cacheSource type="worksheet"><worksheetSource ref="A1" sheet="a"/></cacheSource>'), 'xlsx'],
      [pivot('<cacheSource type="external"/>', '0'), 'xlsx'],
      [merged('Provider=a;Data Source=C:\\a\\list.xlsx;Mode=Read'), 'docx linkedFiles'],
      [packageOf('docx', { body: '<v:fill xmlns:v="urn:v" src="media/a.png"/>' }), 'docx'],
      [packageOf('pptx', { relations: [['video', 'https://a.example/a', 'External']] }), 'pptx'],
    ] as const)
      expect(await outcomeOf(bytes)).to.equal(outcome);
  });
});

describe('Text that would be DDE in a formula', () => {
  const TEXTS = [
    '- Kickoff | done!',
    '= Contoso | signed!',
    '@Anna | please sign!',
    '+49 30 1234 | call us!',
    '- Phase 1 | "go-live" on 1 May!',
    "=cmd|'/c calc'!A0",
    '-excel|book!r1c1',
    'DDEAUTO cmd',
  ];
  it('is only text in paragraphs, slides, cells, comments and charts', async () => {
    const wrong: string[] = [];
    for (const text of TEXTS)
      for (const bytes of [
        packageOf('docx', { body: `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>` }),
        packageOf('pptx', { body: `<a:p xmlns:a="urn:a"><a:r><a:t>${text}</a:t></a:r></a:p>` }),
        packageOf('xlsx', sheetWith(`<is><t>${text}</t></is>`)),
        packageOf('xlsx', sheetWith(`<v>${text}</v>`)),
        withMore('xlsx', 'sharedStrings', `<sst><si><t>${text}</t></si></sst>`),
        withMore('xlsx', 'comments', `<comments><text><r><t>${text}</t></r></text></comments>`),
        withMore('docx', 'chart', `<chart><c:v xmlns:c="urn:c">${text}</c:v></chart>`),
      ]) {
        const outcome = await outcomeOf(bytes);
        if (!['docx', 'xlsx', 'pptx'].includes(outcome)) wrong.push(`${text}: ${outcome}`);
      }
    expect(wrong).to.deep.equal([]);
  });

  it('acts in formulas, names, rules, charts, fields and links', async () => {
    const cmd = "cmd|'/c calc'!A0";
    const wrong: string[] = [];
    for (const bytes of [
      packageOf('xlsx', sheetWith(`<f>${cmd}</f>`)),
      packageOf('xlsx', sheetWith(`<f t="array" ref="A1">1+${cmd}</f>`)),
      packageOf('xlsx', sheetWith(`<f><![CDATA[${cmd}]]></f>`)),
      packageOf('xlsx', sheetWith(`<x:f xmlns:x="urn:x">cmd&#x7c;a!A0</x:f>`)),
      packageOf(
        'xlsx',
        sheetWith(`<conditionalFormatting><cfRule><formula>${cmd}</formula></cfRule></conditionalFormatting>`),
      ),
      packageOf('xlsx', sheetWith(`<dataValidation><formula1>${cmd}</formula1></dataValidation>`)),
      packageOf('xlsx', { body: `<definedName name="a">${cmd}</definedName>` }),
      withMore('xlsx', 'chart', `<chart><c:f xmlns:c="urn:c">${cmd}</c:f></chart>`),
      withMore('xlsx', 'table', `<table><calculatedColumnFormula>${cmd}</calculatedColumnFormula></table>`),
      withMore('xlsx', 'externalLink', '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'),
      packageOf('docx', { body: field('DD', 'EAU', 'TO cmd') }),
      packageOf('docx', { body: field(' "DDE" cmd') }),
      packageOf('docx', { body: '<w:fldSimple w:instr="&#68;DEAUTO cmd"/>' }),
    ]) {
      const outcome = await outcomeOf(bytes);
      if (outcome !== 'active: DDE') wrong.push(`${wrong.length} ${outcome}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
