/** Valid and invalid files to start from; the same bytes each time. */
import { compoundFile, contentTypes, encryptedEntries, jpeg, MAIN, office, pdf, png, zip } from '../files/samples.ts';
import { ACTING, TAKEN } from '../files/inspection/pdfs.ts';

export async function filesToAlter(): Promise<readonly Buffer[]> {
  const archives = await Promise.all([
    office('docx'),
    office('xlsx'),
    office('pptx'),
    office('docx', { 'word/vbaProject.bin': 'x' }),
    zip({ 'a.txt': 'x' }),
    zip({ '[Content_Types].xml': contentTypes(MAIN.docx, MAIN.xlsx) }),
    zip({ '[Content_Types].xml': Buffer.from(`\ufeff${contentTypes(MAIN.pptx)}`, 'utf16le') }),
    zip({}),
  ]);
  const undated = archives.map(withoutDates);
  const [docx = Buffer.alloc(0)] = undated;
  return [
    ...undated,
    encryptedEntries(docx),
    encryptedEntries(docx, 0x41),
    pdf(),
    pdf('/Encrypt 5 0 R'),
    png(),
    jpeg(),
    ...[...TAKEN, ...ACTING].map(([, bytes]) => bytes),
    compoundFile('EncryptedPackage'),
    compoundFile('WordDocument'),
    Buffer.alloc(0),
    Buffer.from('plain text'),
    Buffer.from('<html></html>'),
  ];
}

/** Archives carry the time at which they were made: at another place in the file's own head and in its directory. */
function withoutDates(archive: Buffer): Buffer {
  const bytes = Buffer.from(archive);
  for (const [signature, at] of [
    ['PK\x03\x04', 10],
    ['PK\x01\x02', 12],
  ] as const) {
    for (
      let entry = bytes.indexOf(signature, 0, 'latin1');
      entry >= 0;
      entry = bytes.indexOf(signature, entry + 1, 'latin1')
    )
      bytes.writeUInt32LE(0x00210000, entry + at);
  }
  return bytes;
}
