/** Kinds that are not accepted, and that people send all the same: each is known, and its refusal says the way out. */
import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { refusalWords } from '../../../src/locales/refusedFile.ts';
import { LANGUAGES, say } from '../../../src/locales/say.ts';
import { POE_KINDS } from '../../../src/domain/claims/values.ts';
import { compoundFile, zip } from '../samples.ts';
import { outcomeOf } from './inspectBytes.ts';
import { rawZip } from './office/rawZip.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const MAIL = 'From: Anna <anna@contoso.example>\nTo: desk@fabrikam.example\nSubject: Proof\nDate: Mon, 7 Sep 2026\n';
const flat = (kind: string): string =>
  `<?xml version="1.0"?>\n<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}">`;
const stored = (name: string): Buffer => rawZip([{ name, content: 'x', stored: true }]);

/** What is sent, the kind that it is known as, and words of the advice. */
const SENT: readonly (readonly [what: string, file: Buffer, name: string, kind: string, advice: string])[] = [
  ['a text of WordPad', bytes('{\\rtf1\\ansi Hello}'), 'a.rtf', 'rtf', '.rtf in Word .docx'],
  ['the same that is called a document', bytes('{\\rtf1\\ansi Hello}'), 'a.doc', 'rtf', '.rtf in Word .docx'],
  ['a table', bytes('name;sum\nContoso;3\nFabrikam;4\n'), 'a.csv', 'csv', '.csv in Excel .xlsx'],
  ['a table by commas with texts', bytes('name,sum\r\n"a, b",3\r\nc,4\r\n'), 'proof', 'csv', '.csv in Excel .xlsx'],
  ['a table by tabs', bytes('a\tb\n1\t2\n3\t4\n'), 'a.xls', 'csv', '.csv in Excel .xlsx'],
  ['a table in the code page of Windows', bytes('\xcc\xe8\xf0;1\n\xcc\xe8\xf0;2\n'), 'a', 'csv', '.csv in Excel .xlsx'],
  ['a table in UTF-16', Buffer.from('\ufeffa;b\n1;2\n', 'utf16le'), 'a', 'csv', '.csv in Excel .xlsx'],
  ['a table of one column', bytes('sum\n3\n4\n'), 'a.csv', 'csv', '.csv in Excel .xlsx'],
  ['a RAR', bytes('Rar!\x1a\x07\x01\x00 and more'), 'a.rar', 'archive', 'archive Unpack'],
  ['an older RAR', bytes('Rar!\x1a\x07\x00\xcf\x90s\0'), 'a.rar', 'archive', 'archive Unpack'],
  ['a 7z', bytes('7z\xbc\xaf\x27\x1c\0\x04 and more'), 'a.7z', 'archive', 'archive Unpack'],
  ['a gzip', gzipSync('a'), 'a.gz', 'archive', 'archive Unpack'],
  ['a cabinet', bytes('MSCF\0\0\0\0 and more'), 'a.cab', 'archive', 'archive Unpack'],
  ['an e-mail', bytes(`${MAIL}\nSee the attachment`), 'a.eml', 'email', 'e-mail PDF attachments'],
  [
    'an e-mail as servers keep it',
    bytes(`Return-Path: <a@b.example>\nReceived: from x\n  by y\n${MAIL}\n`),
    'a.txt',
    'email',
    'e-mail PDF attachments',
  ],
  ['an e-mail of Outlook', compoundFile('__properties_version1.0'), 'a.msg', 'email', 'e-mail PDF attachments'],
  [
    'a page that a browser saved',
    bytes(`${MAIL}Snapshot-Content-Location: https://contoso.example/\n\n`),
    'a.mht',
    'webPage',
    'web page PDF',
  ],
  ['a page of parts', bytes('<table><tr><td>1'), 'a.doc', 'webPage', 'web page PDF'],
  ['a report of the web for Excel', bytes('<table><tr><td>1'), 'a.xls', 'excelPage', '.html in Excel .xlsx'],
  [
    'the same with its namespace',
    bytes('<html xmlns:x="urn:schemas-microsoft-com:office:excel">'),
    'a',
    'excelPage',
    '.html in Excel .xlsx',
  ],
  ['a flat text', bytes(flat('text')), 'a.fodt', 'fodt', '.fodt LibreOffice .docx'],
  ['a flat workbook', bytes(flat('spreadsheet')), 'a.fods', 'fods', '.fods LibreOffice .xlsx'],
  ['flat slides', bytes(flat('presentation')), 'a.fodp', 'fodp', '.fodp LibreOffice .pptx'],
  [
    'a text of Word 2003',
    bytes('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument>'),
    'a.xml',
    'wordXml',
    '.xml in Word .docx',
  ],
  [
    'a workbook of Excel 2003',
    bytes('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>'),
    'a.xls',
    'excelXml',
    '.xml in Excel .xlsx',
  ],
  [
    'a workbook that another program wrote so',
    bytes('<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'),
    'a.xls',
    'excelXml',
    '.xml in Excel .xlsx',
  ],
  [
    'slides in one file of XML',
    bytes('<?xml version="1.0"?>\n<?mso-application progid="PowerPoint.Show"?>'),
    'a.xml',
    'powerPointXml',
    '.xml PowerPoint .pptx',
  ],
  ['a document of Pages', stored('Index/Document.iwa'), 'a.pages', 'iwork', '.pages PDF'],
  ['a workbook of Numbers', stored('Index/Tables/DataList.iwa'), 'a.numbers', 'iwork', '.numbers PDF'],
  ['slides of Keynote of 2009', stored('index.apxl'), 'a.key', 'iwork', '.key PDF'],
  ['a folder of Pages in a zip', stored('a.pages/Index.zip'), 'a.pages.zip', 'iwork', '.pages PDF'],
  ['a section of OneNote', Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'), 'a.one', 'one', '.one PDF'],
  ['a publication', compoundFile('Quill'), 'a.pub', 'pub', '.pub PDF'],
  ['a fixed document', stored('FixedDocSeq.fdseq'), 'a.xps', 'xps', '.xps PDF'],
  ['PostScript', bytes('%!PS-Adobe-3.0 EPSF-3.0\n'), 'a.eps', 'postscript', '.eps PDF'],
  ['notes with marks', bytes('# Proof\n\n* one\n* two, three\n'), 'a.md', 'text', 'plain text PDF'],
  ['a text', Buffer.from('Договор подписан.\n'), 'a.txt', 'text', 'plain text PDF'],
  ['a text in the code page of Windows', bytes('\xc4\xee\xe3\xee\xe2\xee\xf0'), 'a.pdf', 'text', 'plain text PDF'],
  [
    'a drawing of vectors',
    bytes('<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>'),
    'a.svg',
    'picture',
    'picture PNG JPEG',
  ],
  [
    'a shortcut to the web',
    bytes('[InternetShortcut]\r\nURL=https://a.example/\r\n'),
    'a.url',
    'shortcut',
    'shortcut Download',
  ],
  [
    'a shortcut of Windows',
    bytes('L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F'),
    'a.pdf.lnk',
    'shortcut',
    'shortcut Download',
  ],
  [
    'a document that is kept elsewhere',
    bytes('{"url":"https://docs.google.com/open?id=a","doc_id":"a"}'),
    'a.gdoc',
    'shortcut',
    'shortcut Download',
  ],
];

describe('A file of another kind', () => {
  for (const [what, file, name, kind, advice] of SENT)
    it(`is known, and its sender told what to do: ${what}`, async () => {
      expect(await outcomeOf(file, name)).to.equal(`kindNotAccepted: ${kind}`);
      expect(await outcomeOf(file, name, 3)).to.equal(`kindNotAccepted: ${kind}`);
      const { key, values } = refusalWords('file', { problem: 'kindNotAccepted', culprit: kind }, POE_KINDS);
      if (!key) return expect.fail('there is no sentence');
      for (const word of advice.split(' ')) expect(say('en', key, values)).to.include(word);
      for (const place of ['file', 'answer.file'] as const)
        for (const language of LANGUAGES) {
          const own = refusalWords(place, { problem: 'kindNotAccepted', culprit: kind }, POE_KINDS);
          const general = refusalWords(place, { problem: 'kindNotAccepted' }, POE_KINDS);
          if (!own.key || !general.key) return expect.fail('there is no sentence');
          const said = { ...own.values, name: 'a', kinds: 'PDF' };
          expect(say(language, own.key, said)).to.not.equal(say(language, general.key, said));
        }
      return undefined;
    });

  it('is not advised to become a kind that is not taken either', () => {
    for (const [, , , kind] of SENT) {
      const { key } = refusalWords('file', { problem: 'kindNotAccepted', culprit: kind }, ['constructor']);
      expect(key).to.be.oneOf([
        'file.kindNotAccepted',
        'file.kindNotAccepted.archive',
        'file.kindNotAccepted.shortcut',
      ]);
    }
  });

  it('is not guessed where nothing tells it', async () => {
    for (const unknown of [
      Buffer.from([1, 2, 3]),
      bytes('MZ\x90\0'.padEnd(512, '\0')),
      bytes('\x7fELF'.padEnd(64, '\0')),
    ])
      expect(await outcomeOf(unknown)).to.equal('kindNotAccepted');
    expect(await outcomeOf(await zip({ 'a.txt': 'a' }))).to.equal('kindNotAccepted: zip');
  });

  it('is told at once, however its beginning is repeated', async () => {
    for (const line of [
      '<!-- ',
      '<!---->',
      '<!---->\n<!--',
      '<?xml ?>',
      'From: ',
      '"',
      '{"url"',
      '<!DOCTYPE svg',
      '\n',
      ' ',
    ])
      for (const end of ['', '\x7f', '<'])
        expect(await outcomeOf(bytes(`${line.repeat(10_000)}${end}`))).to.match(/^kindNotAccepted/);
  });
});
