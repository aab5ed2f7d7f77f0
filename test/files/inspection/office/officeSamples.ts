/** Documents of Office that are taken, marked or refused (R9), each with one thing in it that matters. */
import { readFile } from 'node:fs/promises';
import { compoundFile, contentTypes, encryptedEntries, MAIN, relationships, zip } from '../../samples.ts';
import { changed, entriesOf, field, MICROSOFT, packageOf, sheetWith } from './packages.ts';
import { rawZip } from './rawZip.ts';

const FIELD = new URL('../../../fixtures/field/', import.meta.url);
const MACRO_BINARY = 'application/vnd.ms-excel.sheet.binary.macroEnabled.main';
const OPEN_XML = 'application/vnd.openxmlformats-officedocument';

/** What a compound file of macros has in it. */
const withMacros = Buffer.concat([compoundFile('VBA'), Buffer.from('_VBA_PROJECT', 'utf16le')]);

function binaryWorkbook(more: Readonly<Record<string, string | Buffer>> = {}): Buffer {
  return rawZip(
    Object.entries({
      '[Content_Types].xml': contentTypes(['xl/workbook.bin', MACRO_BINARY]),
      '_rels/.rels': relationships(['officeDocument', 'xl/workbook.bin']),
      'xl/workbook.bin': Buffer.from([0x83, 1, 0, 0x84, 1, 0]),
      ...more,
    }).map(([name, content]) => ({ name, content })),
  );
}

const embedded = (name: string, content: Buffer): Parameters<typeof packageOf>[1] => ({
  relations: [['package', `embeddings/${name}`]],
  parts: { [`word/embeddings/${name}`]: content },
});

/** What it is, the file, and its outcome as `outcomeOf` says it. */
export type Row = readonly [what: string, make: () => Buffer | Promise<Buffer>, outcome: string];

const vmlPart = (content: string | Buffer): Buffer =>
  packageOf('xlsx', {
    relations: [['vmlDrawing', 'drawings/vmlDrawing1.vml']],
    types: [['xl/drawings/vmlDrawing1.vml', 'application/vnd.openxmlformats-officedocument.vmlDrawing']],
    parts: { 'xl/drawings/vmlDrawing1.vml': content },
  });
const vml = (inner: string) => (): Buffer =>
  vmlPart(
    `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">${inner}</xml>`,
  );
/** A document whose small picture is not what its checksum says. */
function withDamagedPreview(): Buffer {
  const entries = entriesOf('docx', {
    rootRelations: [
      ['http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail', 'docProps/thumbnail.jpeg'],
    ],
    parts: { 'docProps/thumbnail.jpeg': 'a picture' },
  });
  return rawZip(
    entries.map((entry) => (entry.name.endsWith('thumbnail.jpeg') ? { ...entry, lie: { sum: 1 } } : entry)),
  );
}

const inPart = (name: string, type: string, content: string) => (): Buffer =>
  packageOf('xlsx', {
    relations: [['worksheet', name]],
    types: [[`xl/${name}`, type]],
    parts: { [`xl/${name}`]: content },
  });

/** Documents as writers make them. */
export const TAKEN: readonly Row[] = [
  ['a preview that is damaged', withDamagedPreview, 'docx'],
  ['a drawing in VML with HTML in it, as Excel writes it', vml('<v:textbox><div>one<br>two</div></v:textbox>'), 'xlsx'],
  ['a drawing in VML with a picture of its own', vml('<v:imagedata src="image1.png"/>'), 'xlsx'],
  ['a drawing in VML with a link', vml('<v:shape href="https://a.example/"/>'), 'xlsx'],
  ['a workbook whose types merely declare a macro type', () => readFile(new URL('sheetjs-style.xlsx', FIELD)), 'xlsx'],
  ['a document with a line break behind it', () => readFile(new URL('office-and-a-line-break.docx', FIELD)), 'docx'],
  ['zeros behind it, as a disk fills them', () => packageOf('docx', {}, { behind: Buffer.alloc(40_000) }), 'docx'],
  ['the end of a multipart message behind it', () => packageOf('pptx', {}, { behind: '\r\n--boundary--\r\n' }), 'pptx'],
  [
    'a comment of the zip, and bytes behind it',
    () => packageOf('xlsx', {}, { comment: 'made by hand', behind: '\n' }),
    'xlsx',
  ],
  [
    'a comment that begins like the end of a zip',
    () => packageOf('xlsx', {}, { comment: `PK\x05\x06${'x'.repeat(30)}` }),
    'xlsx',
  ],
  ['a blank line before it', () => packageOf('docx', {}, { before: '\r\n' }), 'docx'],
  [
    'the head of a multipart message before it',
    () => packageOf('xlsx', {}, { before: '--b\r\nContent-Type: x/y\r\n\r\n' }),
    'xlsx',
  ],
  [
    'a byte order mark before it, in offsets of the file',
    () => packageOf('docx', {}, { before: '\ufeff', absolute: true }),
    'docx',
  ],
  ['sizes behind the bytes', () => changed('docx', (entry) => ({ ...entry, descriptor: true })), 'docx'],
  [
    'sizes of 64 bits',
    () =>
      rawZip(
        entriesOf('xlsx').map((entry) => ({ ...entry, zip64: true })),
        { zip64: true },
      ),
    'xlsx',
  ],
  ['a directory of 64 bits with bytes before it', () => packageOf('pptx', {}, { zip64: true, before: '\n\n' }), 'pptx'],
  ['parts that are not packed', () => changed('pptx', (entry) => ({ ...entry, stored: true })), 'pptx'],
  ['the list of types last', () => rawZip(entriesOf('docx').toReversed()), 'docx'],
  [
    'names with backslashes',
    () => changed('docx', ({ name, content }) => ({ name: name.replaceAll('/', '\\'), content })),
    'docx',
  ],
  [
    'names that begin with a slash',
    () => changed('xlsx', ({ name, content }) => ({ name: `/${name}`, content })),
    'xlsx',
  ],
  [
    'names in other letters',
    () => changed('docx', ({ name, content }) => ({ name: name.toUpperCase(), content })),
    'docx',
  ],
  ['folders as entries', () => rawZip([{ name: 'word/', content: '', stored: true }, ...entriesOf('docx')]), 'docx'],
  [
    'what a Mac adds when it packs a folder',
    () => packageOf('docx', { parts: { '__MACOSX/._a': 'x', '.DS_Store': 'x' } }),
    'docx',
  ],
  [
    'XML in UTF-16',
    () =>
      changed('xlsx', ({ name, content }) => ({ name, content: Buffer.from(`\ufeff${String(content)}`, 'utf16le') })),
    'xlsx',
  ],
  [
    'a byte order mark before its XML',
    () => changed('docx', ({ name, content }) => ({ name, content: `\ufeff${String(content)}` })),
    'docx',
  ],
  [
    'an absolute target',
    () =>
      rawZip(
        entriesOf('docx').map((entry) =>
          entry.name === '_rels/.rels'
            ? { ...entry, content: relationships(['officeDocument', '/word/document.xml']) }
            : entry,
        ),
      ),
    'docx',
  ],
  [
    'strict relationships',
    () =>
      rawZip(
        entriesOf('docx').map((entry) =>
          entry.name === '_rels/.rels'
            ? {
                ...entry,
                content: relationships([
                  'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument',
                  'word/document.xml',
                ]),
              }
            : entry,
        ),
      ),
    'docx',
  ],
  [
    'its main part by another name',
    () =>
      rawZip([
        { name: '[Content_Types].xml', content: contentTypes(['word/document2.xml', MAIN.docx]) },
        { name: '_rels/.rels', content: relationships(['officeDocument', 'word/document2.xml']) },
        { name: 'word/document2.xml', content: '<w:document xmlns:w="urn:w"/>' },
      ]),
    'docx',
  ],
  [
    'the type of its main part by its ending',
    () =>
      rawZip([
        {
          name: '[Content_Types].xml',
          content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${MAIN.docx}"/></Types>`,
        },
        { name: '_rels/.rels', content: relationships(['officeDocument', 'word/document.xml']) },
        { name: 'word/document.xml', content: '<document/>' },
      ]),
    'docx',
  ],
  [
    "a vendor's own parts",
    () =>
      packageOf('xlsx', {
        relations: [
          ['http://www.wps.cn/officeDocument/2020/cellImage', 'cellimages.xml'],
          ['http://customschemas.google.com/relationships/workbookmetadata', 'metadata'],
        ],
        parts: { 'xl/cellimages.xml': '<x/>', 'xl/metadata': '{}' },
      }),
    'xlsx',
  ],
  [
    'the writer’s own XML, however it is',
    () =>
      packageOf('docx', {
        relations: [['customXml', '../customXml/item1.xml']],
        parts: { 'customXml/item1.xml': '<a>|<b' },
      }),
    'docx',
  ],
  [
    'links that the reader follows',
    () =>
      packageOf('docx', {
        relations: [
          ['hyperlink', 'https://a.example/', 'External'],
          ['hyperlink', 'mailto:a@a.example', 'External'],
          ['hyperlink', 'file:///\\\\server\\share', 'External'],
        ],
      }),
    'docx',
  ],
  [
    'a film that the reader starts',
    () => packageOf('pptx', { relations: [['video', 'https://videos.example/1', 'External']] }),
    'pptx',
  ],
  [
    'a picture that was lost',
    () =>
      packageOf('pptx', {
        relations: [
          ['image', 'NULL', 'External'],
          ['image', '../media/gone.png'],
        ],
      }),
    'pptx',
  ],
  [
    'a picture with a document type',
    () =>
      packageOf('docx', {
        relations: [['image', 'media/a.svg']],
        types: [['word/media/a.svg', 'image/svg+xml']],
        parts: { 'word/media/a.svg': '<!DOCTYPE svg><svg/>' },
      }),
    'docx',
  ],
  [
    'ordinary fields',
    () =>
      packageOf('docx', {
        body:
          field(' PAGE ') +
          field(' MACROBUTTON NoMacro [Name]') +
          field(' HYPERLINK "https://a.example" ') +
          field(' TOC \\o "1-3" ') +
          field(' IF ', '1 = 1'),
      }),
    'docx',
  ],
  [
    'a picture that is in the document, and where it came from',
    () => packageOf('docx', { body: field(' INCLUDEPICTURE "https://a.example/a.png" \\* MERGEFORMATINET ') }),
    'docx',
  ],
  [
    'bars within texts, names and columns of formulas',
    () => packageOf('xlsx', sheetWith(`<f>"a|b"&amp;'x|y'!A1&amp;Table1[a|b]</f>`)),
    'xlsx',
  ],
  [
    'a word that is also a function',
    () => packageOf('xlsx', sheetWith('<f>MY.IMAGE(A1)+IMAGES!B2</f><is><t>Please call (me) | =1+1!</t></is>')),
    'xlsx',
  ],
  [
    'a ribbon that only rearranges',
    () =>
      packageOf('xlsx', {
        rootRelations: [[`${MICROSOFT}/2006/relationships/ui/userCustomization`, 'userCustomization/customUI.xml']],
        parts: {
          'userCustomization/customUI.xml':
            '<mso:customUI xmlns:mso="urn:m"><mso:ribbon><mso:qat><mso:control idQ="mso:Print"/></mso:qat></mso:ribbon></mso:customUI>',
        },
      }),
    'xlsx',
  ],
  [
    'what would be DDE in a formula, in a shared text',
    inPart(
      'sharedStrings.xml',
      `${OPEN_XML}.spreadsheetml.sharedStrings+xml`,
      "<sst><si><t>=cmd|'/c calc'!A0</t></si></sst>",
    ),
    'xlsx',
  ],
];

/** Taken, and the reviewer is told. */
export const MARKED: readonly Row[] = [
  [
    'a template of the own disk',
    () => packageOf('docx', { relations: [['attachedTemplate', 'file:///C:\\Templates\\a.dotm', 'External']] }),
    'docx templatePath',
  ],
  [
    'the template by its name',
    () => packageOf('docx', { relations: [['attachedTemplate', 'Normal.dotm', 'External']] }),
    'docx templatePath',
  ],
  ['an embedded workbook', () => packageOf('docx', embedded('a.xlsx', packageOf('xlsx'))), 'docx embeddedDocuments'],
  [
    'an embedded binary workbook without macros',
    () => packageOf('docx', embedded('a.xlsb', binaryWorkbook())),
    'docx embeddedDocuments',
  ],
  [
    'an embedded document with a workbook in it',
    () => packageOf('docx', embedded('a.docx', packageOf('docx', embedded('b.xlsx', packageOf('xlsx'))))),
    'docx embeddedDocuments',
  ],
  [
    'an object of another program',
    () =>
      packageOf('docx', {
        relations: [['oleObject', 'embeddings/o.bin']],
        parts: { 'word/embeddings/o.bin': compoundFile('CONTENTS') },
      }),
    'docx oleObjects',
  ],
  [
    'a link to another workbook',
    () =>
      packageOf('xlsx', {
        relations: [['externalLink', 'externalLinks/externalLink1.xml']],
        parts: {
          'xl/externalLinks/externalLink1.xml': '<externalLink/>',
          'xl/externalLinks/_rels/externalLink1.xml.rels': relationships([
            'externalLinkPath',
            'file:///C:\\b.xlsx',
            'External',
          ]),
        },
      }),
    'xlsx linkedFiles',
  ],
  [
    'a picture of the own disk',
    () => packageOf('docx', { relations: [['image', 'file://localhost/Users/a/a.png', 'External']] }),
    'docx linkedFiles',
  ],
  [
    "a chart's workbook elsewhere",
    () =>
      packageOf('pptx', {
        parts: { 'ppt/charts/_rels/chart1.xml.rels': relationships(['oleObject', 'file:///E:\\b.xlsx', 'External']) },
      }),
    'pptx linkedFiles',
  ],
  [
    'a connection that waits for its reader',
    () =>
      packageOf('xlsx', {
        relations: [['connections', 'connections.xml']],
        types: [['xl/connections.xml', `${OPEN_XML}.spreadsheetml.connections+xml`]],
        parts: {
          'xl/connections.xml':
            '<connections><connection id="1" name="q" type="5"><dbPr connection="Provider=x"/></connection></connections>',
        },
      }),
    'xlsx dataConnections',
  ],
];

const relation = (type: string, target: string) => (): Buffer =>
  packageOf('docx', { relations: [[type, target, 'External']] });
const word = (body: string) => (): Buffer => packageOf('docx', { body });
const formula = (text: string) => (): Buffer => packageOf('xlsx', sheetWith(`<f>${text}</f>`));
const QUOTED = field('QUOTE 68 68 69 65 85 84 79');

/** Refused, with what is to blame. */
export const REFUSED: readonly Row[] = [
  ['a script in VML', vml('<script>x</script>'), 'active: script'],
  [
    'a script of a comment in VML',
    vml('<x:ClientData><x:ScriptText>x</x:ScriptText></x:ClientData>'),
    'active: ScriptText',
  ],
  [
    'a picture in VML that is fetched',
    vml('<v:imagedata src="https://a.example/a.png"/>'),
    'external: https://a.example/a.png',
  ],
  ['a filling in VML that is fetched', vml('<v:fill src="\\\\server\\a.png"/>'), 'external: \\\\server\\a.png'],
  [
    'a picture in VML that is fetched, behind HTML that is no XML',
    vml("<br><v:fill SRC = 'http://a.example/a'/>"),
    'external: http://a.example/a',
  ],
  ['a script in VML behind HTML that is no XML', vml('<br><x:script>x'), 'active: script'],
  [
    'an archive that is called VML',
    async () => vmlPart(await zip({ 'a.exe': 'x' })),
    'nestedArchive: xl/drawings/vmlDrawing1.vml',
  ],
  [
    'macros by the name of their part',
    () => packageOf('docx', { parts: { 'word/vbaProject.bin': 'x' } }),
    'macros: word/vbaProject.bin',
  ],
  [
    'macros by relationship under another name',
    () =>
      packageOf('xlsx', {
        relations: [[`${MICROSOFT}/2006/relationships/vbaProject`, 'media/image1.png']],
        parts: { 'xl/media/image1.png': 'x' },
      }),
    'macros: xl/media/image1.png',
  ],
  [
    'sheets of macros',
    () =>
      packageOf('xlsx', {
        relations: [[`${MICROSOFT}/2006/relationships/xlMacrosheet`, 'macrosheets/sheet1.xml']],
        parts: { 'xl/macrosheets/sheet1.xml': '<x/>' },
      }),
    'macros: xl/macrosheets/sheet1.xml',
  ],
  [
    'macros in an embedded binary workbook',
    () => packageOf('docx', embedded('a.xlsb', binaryWorkbook({ 'xl/vbaProject.bin': 'x' }))),
    'macros: word/embeddings/a.xlsb',
  ],
  [
    'macros in an embedded workbook of before 2007',
    () =>
      packageOf('docx', {
        relations: [['oleObject', 'embeddings/o.bin']],
        parts: { 'word/embeddings/o.bin': withMacros },
      }),
    'macros: word/embeddings/o.bin',
  ],
  [
    'a key that starts a macro',
    () =>
      packageOf('docx', {
        relations: [[`${MICROSOFT}/2006/relationships/keyMapCustomizations`, 'customizations.xml']],
        types: [['word/customizations.xml', 'application/vnd.ms-word.keyMapCustomizations+xml']],
        parts: {
          'word/customizations.xml':
            '<wne:tcg xmlns:wne="urn:w"><wne:keymaps><wne:keymap><wne:macro wne:macroName="A.B"/></wne:keymap></wne:keymaps></wne:tcg>',
        },
      }),
    'macros: A.B',
  ],
  [
    'a document that may have macros, without one',
    () => packageOf('docx', { mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml' }),
    'kindNotAccepted: docm',
  ],
  [
    'a document that may have macros, with them',
    () =>
      packageOf('docx', {
        mainType: 'application/vnd.ms-word.document.macroEnabled.main+xml',
        parts: { 'word/vbaProject.bin': 'x' },
      }),
    'macros: word/vbaProject.bin',
  ],
  ['a binary workbook', () => binaryWorkbook(), 'kindNotAccepted: xlsb'],
  [
    'a binary workbook whose types name a document in a comment',
    () =>
      binaryWorkbook({
        '[Content_Types].xml': contentTypes(['xl/workbook.bin', MACRO_BINARY]).replace(
          '</Types>',
          `<!-- "${MAIN.docx}" --></Types>`,
        ),
      }),
    'kindNotAccepted: xlsb',
  ],
  [
    'a jar whose types name a document in a comment',
    () =>
      zip({
        'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0',
        '[Content_Types].xml': contentTypes().replace('</Types>', `<!-- "${MAIN.docx}" --></Types>`),
      }),
    'kindNotAccepted: jar',
  ],
  [
    'a jar whose types have a document of another namespace',
    () =>
      zip({
        'META-INF/MANIFEST.MF': 'x',
        '[Content_Types].xml': `<Types xmlns="urn:other"><Override PartName="/word/document.xml" ContentType="${MAIN.docx}"/></Types>`,
        'word/document.xml': '<document/>',
        '_rels/.rels': relationships(['officeDocument', 'word/document.xml']),
      }),
    'kindNotAccepted: jar',
  ],
  [
    'a zip whose types name a document that no relationship leads to',
    () =>
      zip({
        '[Content_Types].xml': contentTypes(['word/document.xml', MAIN.docx]),
        'word/document.xml': '<document/>',
      }),
    'kindNotAccepted: zip',
  ],
  [
    'a template',
    () => packageOf('docx', { mainType: `${OPEN_XML}.wordprocessingml.template.main+xml` }),
    'kindNotAccepted: dotx',
  ],
  [
    'a slide show',
    () => packageOf('pptx', { mainType: `${OPEN_XML}.presentationml.slideshow.main+xml` }),
    'kindNotAccepted: ppsx',
  ],
  [
    'a text of OpenDocument',
    () => zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
    'kindNotAccepted: odt',
  ],
  [
    'a document of Pages',
    () => zip({ 'Index/Document.iwa': 'x', 'Metadata/Properties.plist': 'x' }),
    'kindNotAccepted: iwork',
  ],
  ['a document of before 2007', () => compoundFile('WordDocument'), 'kindNotAccepted: doc'],
  ['a workbook of before 2007', () => compoundFile('Workbook'), 'kindNotAccepted: xls'],
  ['a workbook of before 1997', () => compoundFile('Book'), 'kindNotAccepted: xls'],
  ['slides of before 2007', () => compoundFile('PowerPoint Document'), 'kindNotAccepted: ppt'],
  ['a message of Outlook', () => compoundFile('__properties_version1.0'), 'kindNotAccepted: email'],
  [
    'a text of before 2007 that speaks of encryption',
    () => Buffer.concat([compoundFile('WordDocument'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'kindNotAccepted: doc',
  ],
  ['a document under a password', () => compoundFile('EncryptionInfo', 'EncryptedPackage'), 'encrypted'],
  ['a document under a label', () => compoundFile('EncryptedPackage', 'DRMEncryptedTransform'), 'encrypted: rights'],
  ['parts under a password', () => encryptedEntries(packageOf('docx')), 'encrypted'],
  [
    'ActiveX',
    () =>
      packageOf('docx', {
        relations: [['control', 'activeX/activeX1.xml']],
        parts: { 'word/activeX/activeX1.xml': '<ocx/>' },
      }),
    'active: ActiveX',
  ],
  [
    'an add-in',
    () =>
      packageOf('docx', {
        rootRelations: [[`${MICROSOFT}/2011/relationships/webextensiontaskpanes`, 'word/webextensions/taskpanes.xml']],
      }),
    'active: Office add-in',
  ],
  [
    'a toolbar',
    () =>
      packageOf('docx', { relations: [[`${MICROSOFT}/2006/relationships/attachedToolbars`, 'attachedToolbars.bin']] }),
    'active: toolbar',
  ],
  [
    'a ribbon with a callback',
    () =>
      packageOf('xlsx', {
        rootRelations: [[`${MICROSOFT}/2007/relationships/ui/extensibility`, 'customUI/customUI14.xml']],
        parts: { 'customUI/customUI14.xml': '<customUI onLoad="Run"><ribbon/></customUI>' },
      }),
    'active: customUI onLoad',
  ],
  [
    'a foreign document in the text',
    () => packageOf('docx', { relations: [['aFChunk', 'chunk.html']], parts: { 'word/chunk.html': 'x' } }),
    'active: altChunk',
  ],
  ['a foreign document elsewhere', relation('aFChunk', 'https://a.example/a.html'), 'active: altChunk'],
  ['DDE in the text', word(field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ')), 'active: DDE'],
  ['DDE in pieces', word(field('D', 'D', 'E', 'AUTO', ' cmd')), 'active: DDE'],
  ['DDE in a simple field', word('<w:fldSimple w:instr="DDE excel book"/>'), 'active: DDE'],
  ['DDE behind the numbers of letters', word(field('&#68;&#x44;E cmd')), 'active: DDE'],
  [
    'DDE that another field spells',
    word(
      `<w:r><w:fldChar fldCharType="begin"/></w:r>${QUOTED}<w:r><w:instrText> cmd</w:instrText></w:r><w:r><w:fldChar fldCharType="end"/></w:r>`,
    ),
    'active: DDE',
  ],
  ['DDE in quotes', word(field(' "DDEAUTO" cmd')), 'active: DDE'],
  [
    'DDE in a footnote',
    () =>
      packageOf('docx', {
        relations: [['footnotes', 'footnotes.xml']],
        types: [['word/footnotes.xml', `${OPEN_XML}.wordprocessingml.footnotes+xml`]],
        parts: { 'word/footnotes.xml': `<footnotes xmlns:w="urn:w">${field('DDE a b')}</footnotes>` },
      }),
    'active: DDE',
  ],
  [
    'DDE in a header that no one declared',
    () =>
      packageOf('docx', {
        relations: [['header', 'x.xml']],
        parts: { 'word/x.xml': `<hdr xmlns:w="urn:w">${field('DDE a b')}</hdr>` },
      }),
    'active: DDE',
  ],
  [
    'DDE in UTF-16',
    () =>
      packageOf('docx', {
        relations: [['header', 'x.xml']],
        parts: { 'word/x.xml': Buffer.from(`\ufeff<hdr xmlns:w="urn:w">${field('DDE a b')}</hdr>`, 'utf16le') },
      }),
    'active: DDE',
  ],
  [
    'a field whose name another field computes',
    word(
      `<w:r><w:fldChar fldCharType="begin"/></w:r>${field('REF c')}<w:r><w:instrText> cmd</w:instrText></w:r><w:r><w:fldChar fldCharType="end"/></w:r>`,
    ),
    'active: field',
  ],
  ['DDE in a formula', formula("cmd|' /C calc'!A0"), 'active: DDE'],
  ['DDE in a formula, the server in quotes', formula("1+'cmd'|'/c calc'!A1"), 'active: DDE'],
  ['DDE behind the number of a letter', formula('cmd&#124;x!A0'), 'active: DDE'],
  [
    'DDE in a name of the workbook',
    () => packageOf('xlsx', { body: "<definedName name='a'>cmd|'/c calc'!A0</definedName>" }),
    'active: DDE',
  ],
  [
    'a link by DDE',
    inPart(
      'externalLinks/externalLink1.xml',
      `${OPEN_XML}.spreadsheetml.externalLink+xml`,
      '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    ),
    'active: DDE',
  ],
  [
    'figures in real time',
    inPart(
      'volatileDependencies.xml',
      `${OPEN_XML}.spreadsheetml.volatileDependencies+xml`,
      '<volTypes><volType type="realTimeData"/></volTypes>',
    ),
    'active: RTD',
  ],
  [
    'a button that starts a program',
    () =>
      packageOf('pptx', {
        relations: [['slide', 'slides/slide1.xml']],
        types: [['ppt/slides/slide1.xml', `${OPEN_XML}.presentationml.slide+xml`]],
        parts: { 'ppt/slides/slide1.xml': '<sld><hlinkMouseOver action="ppaction://program"/></sld>' },
      }),
    'active: ppaction://program',
  ],
  [
    'a program',
    () =>
      packageOf('docx', {
        parts: { 'word/media/image1.bin': Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(100)]) },
      }),
    'active: word/media/image1.bin',
  ],
  [
    'a link of a workbook to an object',
    inPart(
      'externalLinks/externalLink1.xml',
      `${OPEN_XML}.spreadsheetml.externalLink+xml`,
      '<externalLink><oleLink progId="Word.Document"/></externalLink>',
    ),
    'external: OLE Word.Document',
  ],
  ['an object elsewhere', relation('oleObject', 'https://a.example/a.rtf'), 'external: OLE https://a.example/a.rtf'],
  ['an object on the own disk', relation('oleObject', 'file:///C:\\a.xlsx'), 'external: OLE file:///C:\\a.xlsx'],
  [
    'a template from the web',
    relation('attachedTemplate', 'https://a.example/a.dotm'),
    'external: https://a.example/a.dotm',
  ],
  [
    'a template of the network',
    relation('attachedTemplate', '\\\\server\\share\\a.dotm'),
    'external: \\\\server\\share\\a.dotm',
  ],
  [
    'a template of the network as a file',
    relation('attachedTemplate', 'file://server/share/a.dotm'),
    'external: file://server/share/a.dotm',
  ],
  [
    'a template of the network with five slashes',
    relation('attachedTemplate', 'file://///server/a.dotm'),
    'external: file://///server/a.dotm',
  ],
  [
    'a template of the network behind percent signs',
    relation('attachedTemplate', 'file:///%5C%5Cserver%5Ca.dotm'),
    'external: file:///%5C%5Cserver%5Ca.dotm',
  ],
  [
    'a template from the web that is not said to be elsewhere',
    () => packageOf('docx', { relations: [['attachedTemplate', 'http://a.example/a.dotm']] }),
    'external: http://a.example/a.dotm',
  ],
  ['a picture from the web', relation('image', 'http://a.example/a.png'), 'external: http://a.example/a.png'],
  [
    'a picture from the web by strict rules',
    relation('http://purl.oclc.org/ooxml/officeDocument/relationships/image', 'http://a.example/a.png'),
    'external: http://a.example/a.png',
  ],
  ['a frame elsewhere', relation('frame', '//server/a.htm'), 'external: //server/a.htm'],
  [
    'a document of a document elsewhere',
    relation('subDocument', 'mhtml:https://a.example/a'),
    'external: mhtml:https://a.example/a',
  ],
  ['a header elsewhere', relation('header', 'file:///C:\\a.xml'), 'external: file:///C:\\a.xml'],
  ['a linked object in a field', word(field(' LINK Excel.Sheet.12 "C:\\\\a.xlsx" ')), 'external: LINK'],
  [
    'a text from elsewhere in a field',
    word(field(' INCLUDETEXT "\\\\\\\\server\\\\a.docx" ')),
    'external: INCLUDETEXT',
  ],
  [
    'a picture that is only linked',
    word(field(' INCLUDEPICTURE "http://a.example/a.png" \\d ')),
    'external: INCLUDEPICTURE',
  ],
  ['a database in a field', word(field(' DATABASE \\d "C:\\\\a.mdb" ')), 'external: DATABASE'],
  [
    'a web query',
    inPart(
      'connections.xml',
      `${OPEN_XML}.spreadsheetml.connections+xml`,
      '<connections><connection id="1" name="q" type="4"><webPr url="https://a.example/"/></connection></connections>',
    ),
    'external: https://a.example/',
  ],
  [
    'a connection that refreshes when it is opened',
    inPart(
      'connections.xml',
      `${OPEN_XML}.spreadsheetml.connections+xml`,
      '<connections><connection id="1" name="sales" type="1" refreshOnLoad="1"/></connections>',
    ),
    'external: sales',
  ],
  ['a formula that fetches', formula('_xlfn.WEBSERVICE("https://a.example")'), 'external: WEBSERVICE'],
  ['a formula that fetches a picture', formula('_xlfn._xlws.IMAGE( "https://a.example")'), 'external: IMAGE'],
  [
    'a part of Office that no one has judged',
    () => packageOf('docx', { relations: [[`${MICROSOFT}/2099/relationships/robot`, 'robot.xml']] }),
    'unknownPart: robot',
  ],
  [
    'a standard part that is not on the list',
    () => packageOf('docx', { relations: [['robot', 'robot.xml']] }),
    'unknownPart: robot',
  ],
  [
    'an archive in it',
    async () => packageOf('docx', { parts: { 'word/media/a.bin': await zip({ 'a.exe': 'x' }) } }),
    'nestedArchive: word/media/a.bin',
  ],
  [
    'an embedded document that fetches',
    () =>
      packageOf(
        'docx',
        embedded('a.docx', packageOf('docx', { relations: [['attachedTemplate', 'https://a.example/a', 'External']] })),
      ),
    'external: word/embeddings/a.docx',
  ],
  [
    'a document type',
    () =>
      packageOf('docx', {
        relations: [['header', 'x.xml']],
        parts: { 'word/x.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' },
      }),
    'broken: DOCTYPE',
  ],
  [
    'a document type in the list of types',
    () => zip({ '[Content_Types].xml': `<!DOCTYPE a>${contentTypes()}` }),
    'broken: DOCTYPE',
  ],
  ['a text without end', () => packageOf('docx', { body: '<w:p>' }), 'broken: word/document.xml'],
  [
    'a workbook in the place of a document',
    () =>
      rawZip(
        entriesOf('docx').map((entry) =>
          entry.name === 'word/document.xml' ? { ...entry, content: '<workbook/>' } : entry,
        ),
      ),
    'broken: word/document.xml',
  ],
  [
    'a main part that is not there',
    () => rawZip(entriesOf('docx').filter(({ name }) => name !== 'word/document.xml')),
    'broken: word/document.xml',
  ],
  [
    'two parts of a name',
    () => rawZip([...entriesOf('docx'), { name: 'WORD/document.xml', content: 'x' }]),
    'broken: WORD/document.xml',
  ],
  [
    'a name that leads outside',
    () => packageOf('docx', { parts: { 'word/../../a.xml': 'x' } }),
    'broken: word/../../a.xml',
  ],
  [
    'a part that the directory conceals',
    () =>
      rawZip([
        ...entriesOf('docx'),
        { name: 'word/vbaProject.bin', content: 'x'.repeat(90), unlisted: true, stored: true },
      ]),
    'broken',
  ],
  [
    'a part that has another name in the directory',
    () =>
      rawZip([
        ...entriesOf('docx'),
        { name: 'word/vbaProject.bin', content: 'x', lie: { name: 'word/theme.binary.xml' } },
      ]),
    'broken: word/theme.binary.xml',
  ],
  [
    'a part that is larger than the directory says',
    () =>
      rawZip([
        ...entriesOf('docx'),
        { name: 'a.bin', content: Buffer.alloc(900_000), descriptor: true, lie: { size: 10 } },
      ]),
    'broken',
  ],
  [
    'a part that is not as its checksum says',
    () => rawZip([...entriesOf('docx'), { name: 'a.bin', content: 'x', lie: { sum: 1 } }]),
    'broken',
  ],
  [
    'parts on top of each other',
    () =>
      rawZip([
        ...entriesOf('docx'),
        { name: 'a.xml', content: 'a' },
        { name: 'b.xml', content: 'b', lie: { at: 0, name: '[Content_Types].xml2' } },
      ]),
    'archiveBomb: [Content_Types].xml2',
  ],
  [
    'more than there is room for',
    () =>
      rawZip([
        ...entriesOf('docx'),
        ...[1, 2].map((part) => ({
          name: `${part}.xml`,
          content: 'x',
          descriptor: true,
          lie: { size: 600 * 1024 * 1024 },
        })),
      ]),
    'archiveBomb: 1201 MiB',
  ],
  [
    'documents in documents without end',
    () =>
      packageOf(
        'docx',
        embedded(
          'a.docx',
          packageOf('docx', embedded('b.docx', packageOf('docx', embedded('c.docx', packageOf('docx'))))),
        ),
      ),
    'nestedArchive: word/embeddings/a.docx',
  ],
  ['a document that is cut off', () => packageOf('docx').subarray(0, -200), 'broken'],
];
