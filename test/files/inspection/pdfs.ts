/** PDFs as people send them, and as they should not: each differs from a plain one in what its name says. */
import { deflateSync } from 'node:zlib';
import { PDF_OBJECTS, pdfOf } from '../samples.ts';

const [CATALOG, PAGES, PAGE] = PDF_OBJECTS;
const SCRIPT = '<</S/JavaScript/JS(app.alert\\(1\\))>>';

/** A plain PDF with something more in its catalog, and with more objects, which begin with number 4. */
function withCatalog(entries: string, ...objects: readonly string[]): Buffer {
  return pdfOf([CATALOG.replace('>>', `${entries}>>`), PAGES, PAGE, ...objects]);
}

/** A plain PDF with something more in its page. */
function withPage(entries: string, ...objects: readonly string[]): Buffer {
  return pdfOf([CATALOG, PAGES, PAGE.replace('>>', `${entries}>>`), ...objects]);
}

/** A plain PDF with one annotation on its page. */
function withAnnotation(annotation: string, ...objects: readonly string[]): Buffer {
  return withPage('/Annots[4 0 R]', annotation, ...objects);
}

/** A plain PDF whose form has one field. */
function withField(entries: string): Buffer {
  return withCatalog('/AcroForm<</Fields[4 0 R]>>', `<</FT/Tx/T(sum)/Subtype/Widget/Rect[0 0 9 9]${entries}>>`);
}

/** A PDF whose objects are packed into a stream, which its cross-reference, a stream too, leads to. */
export function packed(catalog = ''): Buffer {
  const objects = [CATALOG.replace('>>', `${catalog}>>`), PAGES, PAGE];
  let at = 0;
  const places = objects.map((object, index) => {
    const place = `${index + 1} ${at} `;
    at += object.length + 1;
    return place;
  });
  const head = places.join('');
  const content = deflateSync(Buffer.from(`${head}${objects.join(' ')}`, 'latin1'));
  const begin = `%PDF-1.5\n4 0 obj<</Type/ObjStm/N 3/First ${head.length}/Filter/FlateDecode/Length ${content.length}>>stream\n`;
  const table = begin.length + content.length + '\nendstream endobj\n'.length;
  const rows = Buffer.from([
    ...[0, 0, 0, 255, 2, 0, 4, 0, 2, 0, 4, 1, 2, 0, 4, 2],
    ...[1, 0, '%PDF-1.5\n'.length, 0, 1, table >> 8, table & 255, 0],
  ]);
  return Buffer.concat([
    Buffer.from(begin, 'latin1'),
    content,
    Buffer.from(`\nendstream endobj\n5 0 obj<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length ${rows.length}>>stream\n`),
    rows,
    Buffer.from(`\nendstream endobj\nstartxref\n${table}\n%%EOF\n`),
  ]);
}

/** A PDF to which a later version of its first object was appended. */
export function updated(pdf: Buffer, object: string): Buffer {
  const before = pdf.toString('latin1');
  const previous = /startxref\n(\d+)/.exec(before)?.[1] ?? '';
  const table = `${before}1 0 obj${object}endobj\n`;
  const row = `xref\n1 1\n${String(before.length).padStart(10, '0')} 00000 n \n`;
  return Buffer.from(
    `${table}${row}trailer<</Root 1 0 R/Size 5/Prev ${previous}>>\nstartxref\n${table.length}\n%%EOF\n`,
    'latin1',
  );
}

const plain = (): Buffer => pdfOf(PDF_OBJECTS);
const text = (of: Buffer): string => of.toString('latin1');
const replaced = (of: Buffer, what: string | RegExp, by: string): Buffer =>
  Buffer.from(text(of).replace(what, by), 'latin1');
/** The first place of a cross-reference is 0, in as many digits. */
function startingAt0(of: Buffer): Buffer {
  return Buffer.from(
    text(of).replace(/(?<=startxref\n)\d+/, (digits) => '0'.repeat(digits.length)),
    'latin1',
  );
}
const withoutTable = (of: Buffer, by = ''): Buffer => replaced(of, /xref\n0 4[^]*?(?=trailer)/, by);
const behind = (before: string): Buffer => Buffer.concat([Buffer.from(before, 'latin1'), plain()]);

/** The bytes of the field sample: RC4 with 40 bits, an owner's password and none for its readers. */
export function ownerRestricted(): Buffer {
  return pdfOf(
    [
      ...PDF_OBJECTS,
      '<</Filter/Standard/V 1/R 2/O<c92422687facee686e373f10b5c7d04738053152f7e2ee30e11c69ec442576ab>' +
        '/U<91a4f16b87fd8157dd732c62b6a3f48092323f6724cd42ca18380de0c1140675>/P -44>>',
    ],
    {
      inTrailer: '/Encrypt 4 0 R/ID[<000102030405060708090a0b0c0d0e0f><000102030405060708090a0b0c0d0e0f>]',
    },
  );
}

type Sample = readonly [what: string, bytes: Buffer, outcome: string];

/** PDFs that are taken, and how they are marked. */
export const TAKEN: readonly Sample[] = [
  ['a plain one', plain(), 'pdf'],
  ['one behind two spaces', behind('  '), 'pdf'],
  ['one behind a print ticket', behind('%%TICKET_BEGIN\n%%QUEUE: TEST\n%%TICKET_END\n'), 'pdf'],
  ['one behind a byte order mark', behind('\xef\xbb\xbf'), 'pdf'],
  ['one behind the head of a multipart message', behind('--b\r\nContent-Type: application/pdf\r\n\r\n'), 'pdf'],
  ['one behind blank lines', behind('\r\n'.repeat(400)), 'pdf'],
  ['one behind 1,000 bytes', behind('x'.repeat(1000)), 'pdf'],
  ['one behind print job language', behind('\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n'), 'pdf'],
  ['one with offsets that count what is before it', replaced(behind('\n\n'), /(?<=startxref\n)\d+/, '181'), 'pdf'],
  ['one whose bytes after the end are blank', Buffer.concat([plain(), Buffer.alloc(3000)]), 'pdf'],
  ['one whose cross-reference points elsewhere', replaced(plain(), /(?<=startxref\n)\d+/, '7'), 'pdf'],
  ['one whose cross-reference is said to be at 0', startingAt0(plain()), 'pdf'],
  ['one whose objects are packed, the same said of it', startingAt0(packed()), 'pdf'],
  ['an updated one of which only the first version says 0', startingAt0(updated(plain(), CATALOG)), 'pdf'],
  ['one whose line ends became longer', replaced(plain(), /\n/g, '\r\n'), 'pdf'],
  ['one whose objects are packed', packed(), 'pdf'],
  ['one whose catalog does not say that it is one', replaced(plain(), '/Catalog', '/Datalog'), 'pdf'],
  ['one that was updated', updated(plain(), CATALOG), 'pdf'],
  ['one with brackets that close nothing', withCatalog('/X )/Y }/Z {'), 'pdf'],
  ['one that opens at a page', withCatalog('/OpenAction[3 0 R/Fit]'), 'pdf'],
  ['one that goes to a page when it is opened', withCatalog('/OpenAction<</S/GoTo/D[3 0 R/Fit]>>'), 'pdf'],
  ['one that opens the print dialogue', withCatalog('/OpenAction<</S/Named/N/Print>>'), 'pdf'],
  [
    'one with a link to a page of the web',
    withAnnotation('<</Subtype/Link/A<</S/URI/URI(https://example.com)>>>>'),
    'pdf',
  ],
  ['one that speaks of scripts', withCatalog('/Lang(/OpenAction /JavaScript /Launch)'), 'pdf'],
  ['one whose tree of scripts is empty', withCatalog('/Names<</JavaScript<</Names[]>>>>'), 'pdf'],
  ['one that its owner restricted', ownerRestricted(), 'pdf ownerRestricted'],
  ['one with a field that calculates', withField(`/AA<</C${SCRIPT}>>`), 'pdf formScripts'],
  ['one with a field that formats', withField(`/AA<</F${SCRIPT}/K${SCRIPT}/V${SCRIPT}>>`), 'pdf formScripts'],
  ['one with a button that runs a script', withField(`/A${SCRIPT}`), 'pdf formScripts'],
  ['one with a button that sends the form', withField('/A<</S/SubmitForm/F(https://example.com)>>'), 'pdf formScripts'],
  [
    'one with an embedded file',
    withCatalog(
      '/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>',
      '<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>',
      '<</Type/EmbeddedFile/Length 1>>stream\na\nendstream ',
    ),
    'pdf attachments',
  ],
  [
    'one with a file pinned to its page',
    withAnnotation('<</Subtype/FileAttachment/FS<</F(a.txt)/EF<</F 5 0 R>>>>>>', '<</Length 1>>stream\na\nendstream '),
    'pdf attachments',
  ],
  [
    'one with a form of XML that calculates',
    withCatalog(
      '/AcroForm<</Fields[]/XFA 4 0 R>>',
      '<</Length 51>>stream\n<event activity="calculate"><script>1</script></event>\nendstream ',
    ),
    'pdf formScripts',
  ],
  ['one whose objects refer to each other in a circle', withCatalog('/X 4 0 R', '[5 0 R]', '[4 0 R]'), 'pdf'],
];

/** PDFs that act without being asked, and what is to blame. */
export const ACTING: readonly Sample[] = [
  ...['JavaScript', 'Launch', 'URI', 'SubmitForm', 'GoToR', 'GoToE', 'ImportData', 'Sound'].map(
    (action): Sample => [
      `one that does ${action} when it is opened`,
      withCatalog(`/OpenAction<</S/${action}/JS(1)/F(a)>>`),
      `active: OpenAction: ${action}`,
    ],
  ),
  ['a script in an object of its own', withCatalog('/OpenAction 4 0 R', SCRIPT), 'active: OpenAction: JavaScript'],
  [
    'a script after a step that is harmless',
    withCatalog(`/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Hide>>${SCRIPT}]>>`),
    'active: OpenAction: JavaScript',
  ],
  ['names that are escaped', withCatalog('/Open#41ction<</#53/J#61vaScript/JS(1)>>'), 'active: OpenAction: JavaScript'],
  ['an unknown action', withCatalog('/OpenAction<</S/Evil>>'), 'active: OpenAction: ?'],
  ['a menu item', withCatalog('/OpenAction<</S/Named/N/SaveAs>>'), 'active: OpenAction: Named'],
  ['scripts of the document', withCatalog(`/Names<</JavaScript<</Names[(a)${SCRIPT}]>>>>`), 'active: JavaScript'],
  ['a script before it is printed', withCatalog(`/AA<</WP${SCRIPT}>>`), 'active: AA/WP: JavaScript'],
  ['a script of a page that is opened', withPage(`/AA<</O${SCRIPT}>>`), 'active: AA/O: JavaScript'],
  ['a script of a page that is closed', withPage(`/AA<</C${SCRIPT}>>`), 'active: AA/C: JavaScript'],
  [
    'a script of what comes into view',
    withAnnotation(`<</Subtype/Widget/FT/Tx/AA<</PV${SCRIPT}>>>>`),
    'active: AA/PV: JavaScript',
  ],
  [
    'a field that calls the web as it is filled in',
    withField('/AA<</K<</S/URI/URI(http://a)>>>>'),
    'active: AA/K: URI',
  ],
  ['a link that starts a program', withAnnotation('<</Subtype/Link/A<</S/Launch/F(cmd.exe)>>>>'), 'active: Launch'],
  ['a button that reads a file', withField('/A<</S/ImportData/F(a.fdf)>>'), 'active: ImportData'],
  ['media that play', withAnnotation('<</Subtype/Screen/A<</S/Rendition/OP 0>>>>'), 'active: Rendition'],
  ['rich media', withAnnotation('<</Subtype/RichMedia>>'), 'active: RichMedia'],
  [
    'a drawing in space with scripts',
    withAnnotation('<</Subtype/3D/3DD<</OnInstantiate 5 0 R>>>>'),
    'active: 3D: JavaScript',
  ],
  ['a script among packed objects', packed(`/OpenAction${SCRIPT}`), 'active: OpenAction: JavaScript'],
  [
    'a script that came with an update',
    updated(plain(), CATALOG.replace('>>', `/OpenAction${SCRIPT}>>`)),
    'active: OpenAction: JavaScript',
  ],
  [
    'a script that only a repair finds',
    replaced(plain(), '\nstartxref', `\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction${SCRIPT}>>endobj\nstartxref`),
    'active: OpenAction: JavaScript',
  ],
  ['a script whose place is within the content of a page', hiddenInStream(), 'active: OpenAction: JavaScript'],
  [
    'a form of XML that runs scripts by itself',
    withCatalog(
      '/AcroForm<</Fields[]/XFA[(template)4 0 R]>>',
      '<</Length 52>>stream\n<event activity="initialize"><script>1</script></event>\nendstream ',
    ),
    'active: XFA',
  ],
  [
    'content that is in another file',
    withPage('/Contents 4 0 R', '<</Length 0/F(\\\\\\\\a\\\\b)>>stream\n\nendstream '),
    'external: F',
  ],
];

/** What acts in forms and pages, written in other ways. */
const xfa = (template: string | Buffer): Buffer => {
  const content = Buffer.from(template).toString('latin1');
  return withCatalog('/AcroForm<</Fields[]/XFA 4 0 R>>', `<</Length ${content.length}>>stream\n${content}\nendstream `);
};
const EVENT = '<event activity="initialize"><script>1</script></event>';
export const XFA_ACTING: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['with its event spelt by numbers', xfa(EVENT.replace('initialize', '&#105;niti&#x61;lize'))],
  ['in UTF-16', xfa(Buffer.from(`\ufeff${EVENT}`, 'utf16le'))],
  ['in UTF-16 without a mark', xfa(Buffer.from(EVENT, 'utf16le'))],
  ['that keeps its script deeper', xfa(EVENT.replace(/<script>.*<.script>/, '<a><b/><c><script>1</script></c></a>'))],
  ['that calculates', xfa('<field><calculate><script>1</script></calculate></field>')],
  ['with prefixes and blanks', xfa('<t:event\n activity = " ready "><t:execute/></t:event>')],
  ['with an entity of its own', xfa(`<!DOCTYPE a [<!ENTITY e "initialize">]>${EVENT.replace('initialize', '&e;')}`)],
  ['that is no sound XML', xfa('<event activity="click"><script></event>')],
];
export const XFA_WAITING: readonly (readonly [what: string, bytes: Buffer, outcome: string])[] = [
  ['that waits for a click', xfa(EVENT.replace('initialize', 'click')), 'pdf formScripts'],
  ['that names an event in a text', xfa('<text>activity="initialize"</text>'), 'pdf'],
  ['of packets one after the other', xfa('<?xml version="1.0"?><a/><?xml version="1.0"?><b/>'), 'pdf'],
];
export const PAGE_ACTING: Buffer = replaced(plain(), /\/Type\/Page(?!s)/, `/T(x)/Contents[]/AA<</C${SCRIPT}>>`);

/** What is no PDF, or only the rest of one. */
export const BROKEN: readonly Sample[] = [
  ['a header', Buffer.from('%PDF-1.4'), 'broken'],
  ['a header and an end', Buffer.from('%PDF-1.4\n%%EOF\n'), 'broken'],
  ['a page of HTML behind the header', Buffer.from('%PDF-1.4\n<html><body>Sign in</body></html>\n%%EOF'), 'broken'],
  ['one without a cross-reference', replaced(plain(), /xref\n0 4[^]*?(?=trailer)/, '').subarray(0, -30), 'broken'],
  ['one without a cross-reference that says where it is', withoutTable(plain()), 'broken'],
  ['one without a cross-reference that says that it is at 0', startingAt0(withoutTable(plain())), 'broken'],
  ['one with the word alone', startingAt0(withoutTable(plain(), 'xref\n')), 'broken'],
  ['one with a cross-reference of nothing', withoutTable(plain(), 'xref\n0 0\n'), 'broken'],
  ['one that only speaks of its cross-reference', withoutTable(plain(), '%/XRef xref 0 4 xref\n'), 'broken'],
  ['a packed one whose cross-reference is none', replaced(packed(), '/Type/XRef', '/Type/XRey'), 'broken'],
  [
    'an update without a cross-reference',
    withoutTable(replaced(updated(plain(), CATALOG), 'xref\n1 1', 'xrex\n1 1')),
    'broken',
  ],
  ['one without its end', plain().subarray(0, -6), 'broken'],
  ['one without where its cross-reference is', replaced(plain(), /startxref\n\d+\n/, ''), 'broken'],
  ['one that was cut in half', plain().subarray(0, 140), 'broken'],
  ['an update that was cut', updated(plain(), CATALOG).subarray(0, plain().length + 20), 'broken'],
  ['one without pages', replaced(plain(), '[3 0 R]', '[]     '), 'broken'],
  ['one whose pages are a circle', replaced(plain(), '[3 0 R]', '[2 0 R]'), 'broken'],
  [
    'one for slow lines that is shorter than it says',
    replaced(plain(), '3 0 obj<<', '3 0 obj<</Linearized 1/L 99999'),
    'broken',
  ],
  ['one of zeros', Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(4000)]), 'broken'],
  ['one under a password', withPassword(), 'encrypted'],
];

/** The cross-reference says that the catalog begins in the middle of a stream. */
function hiddenInStream(): Buffer {
  const hidden = `9 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction${SCRIPT}>>endobj`;
  const pdf = text(withPage('/Contents 4 0 R', `<</Length ${hidden.length}>>stream\n${hidden}\nendstream `));
  const at = String(pdf.indexOf('9 0 obj')).padStart(10, '0');
  return Buffer.from(
    pdf.replace('xref\n0 5', `xref\n9 1\n${at} 00000 n \n0 5`).replace('/Root 1 0 R', '/Root 9 0 R'),
    'latin1',
  );
}

function withPassword(): Buffer {
  return replaced(ownerRestricted(), '/U<91a4', '/U<0000');
}
