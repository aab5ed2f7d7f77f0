/** Small files of every kind that the tests send, valid and invalid. */
import JSZip from 'jszip';

export const MAIN = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
};
export const MAIN_PART = { docx: 'word/document.xml', xlsx: 'xl/workbook.xml', pptx: 'ppt/presentation.xml' };
const ROOT = { docx: 'document', xlsx: 'workbook', pptx: 'presentation' };
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A PDF of one empty page, with something more in its trailer. */
export function pdf(inTrailer = ''): Buffer {
  return pdfOf(PDF_OBJECTS, { inTrailer });
}

/** The objects of a PDF of one empty page, by their numbers from 1 on: catalog, tree of pages, page. */
export const PDF_OBJECTS = [
  '<</Type/Catalog/Pages 2 0 R>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
] as const;

/** A PDF of these objects, each in latin1, with the cross-reference and the end that it needs. */
export function pdfOf(
  objects: readonly string[],
  { inTrailer = '', before = '' }: { readonly inTrailer?: string; readonly before?: string } = {},
): Buffer {
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const rows = objects.map((object, index) => {
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return row;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`;
  const end = `trailer<</Root 1 0 R/Size ${size} ${inTrailer}>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${before}${text}${table}${end}`, 'latin1');
}

/** A PNG of one transparent pixel. */
export function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
}

/** The bones of a JPEG of eight by eight pixels: its beginning, a JFIF header, a frame, a short scan and its end. */
export function jpeg(): Buffer {
  return Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0000b080008000801011100ffda0008010100003f00d2cf20ffd9',
    'hex',
  );
}

/** A list of content types; each type is that of a part by itself, unless it is given as `[part, type]`. */
export function contentTypes(...types: readonly (string | readonly [part: string, type: string])[]): string {
  const parts = types.map((type, index) => {
    const [name, one] = typeof type === 'string' ? [`part${index}.xml`, type] : type;
    return `<Override PartName="/${name}" ContentType="${one}"/>`;
  });
  return (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`
  );
}

/** A relationship: its type, in full or as the end of Office's own, its target, and whether that is elsewhere. */
export type Relation = readonly [type: string, target: string, mode?: 'External'];

export function relationships(...all: readonly Relation[]): string {
  const lines = all.map(([type, target, mode], index) => {
    const full = type.includes(':') ? type : `${RELATION}/${type}`;
    return `<Relationship Id="rId${index + 1}" Type="${full}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`;
  });
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

export async function zip(entries: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = new JSZip();
  for (const [name, content] of Object.entries(entries)) archive.file(name, content, { createFolders: false });
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

export async function office(
  kind: keyof typeof MAIN,
  more: Readonly<Record<string, string | Buffer>> = {},
): Promise<Buffer> {
  return zip({
    '[Content_Types].xml': contentTypes([MAIN_PART[kind], MAIN[kind]]),
    '_rels/.rels': relationships(['officeDocument', MAIN_PART[kind]]),
    [MAIN_PART[kind]]: `<${ROOT[kind]}/>`,
    ...more,
  });
}

/** A document that would grow to 120 MiB, a thousand times its size. */
export async function bomb(): Promise<Buffer> {
  return office('docx', { 'word/media/image1.bmp': Buffer.alloc(120 * 1024 * 1024) });
}

export async function manyEntries(count: number): Promise<Buffer> {
  return office('docx', Object.fromEntries(Array.from({ length: count }, (_, index) => [`word/${index}`, ''])));
}

/** The same archive with flags set on each entry of its directory: 0x01 is a password, 0x41 strong encryption. */
export function encryptedEntries(archive: Buffer, flags = 0x01): Buffer {
  return inDirectory(archive, (bytes, entry) => bytes.writeUInt16LE(bytes.readUInt16LE(entry + 8) | flags, entry + 8));
}

/** The same archive, but its directory says that each entry unpacks to this many bytes. */
export function claimingSize(archive: Buffer, size: number): Buffer {
  return inDirectory(archive, (bytes, entry) => bytes.writeUInt32LE(size, entry + 24));
}

/** A compound file, as old Office files and locked new ones are, with these streams in its directory. */
export function compoundFile(...streams: readonly string[]): Buffer {
  const bytes = Buffer.alloc(512 * 4);
  bytes.write('d0cf11e0a1b11ae1', 'hex');
  bytes.writeUInt16LE(9, 30);
  // The directory is the first sector, the table of sectors the second.
  bytes.writeUInt32LE(0, 48);
  bytes.writeUInt32LE(1, 76);
  bytes.writeUInt32LE(0xfffffffe, 1024);
  for (const [index, name] of ['Root Entry', ...streams].entries()) {
    bytes.write(name, 512 + index * 128, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, 512 + index * 128 + 64);
  }
  return bytes;
}

function inDirectory(archive: Buffer, change: (bytes: Buffer, entry: number) => void): Buffer {
  const bytes = Buffer.from(archive);
  const signature = Buffer.from('PK\x01\x02', 'latin1');
  for (let entry = bytes.indexOf(signature); entry >= 0; entry = bytes.indexOf(signature, entry + 1))
    change(bytes, entry);
  return bytes;
}
