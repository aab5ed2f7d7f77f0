import { fileTypeFromBuffer } from 'file-type';
import { extensionOf, safeFileName } from '../desk/fileName.ts';
import type { FileBytes, Files } from '../desk/files.ts';
import { inspectPackage, type OfficeKind, type OfficeProblem } from './officePackage.ts';

export type FileKind = OfficeKind | 'pdf' | 'png' | 'jpeg';
export type FileProblem = OfficeProblem | 'empty' | 'nameDoesNotMatchKind';
export type Verdict = { readonly ok: true; readonly kind: FileKind } | { readonly ok: false; readonly problem: FileProblem };

const EXTENSIONS: Readonly<Record<FileKind, readonly string[]>> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
};

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');
const COMPOUND_FILE_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const END_OF_JPEG = Buffer.from('ffd9', 'hex');
/** The stream that holds an Office document under a password, as the directory of a compound file spells it. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
/** The trailer's entry: a reference or the dictionary itself. `/EncryptMetadata` and a mere mention are neither. */
const PDF_ENCRYPTION = /\/Encrypt[\s\0]*(?:\d+[\s\0]+\d+[\s\0]+R|<<)/;

const ARE_ACCEPTED: readonly string[] = Object.keys(EXTENSIONS);

/**
 * What a stored file is, by its bytes and never by its name, or why it is not taken (R9): nothing in it, a kind that is not accepted,
 * a `name` whose extension says another kind (none is fine), macros, a password, an archive that grows beyond all measure, damage.
 * Reads the whole file into memory, so its size is to be limited before. Fails where there is no file under the key.
 */
export async function inspectFile(files: Files, key: string, name: string): Promise<Verdict> {
  const file = await files.open(key);
  if (!file) throw new Error(`There is no file to inspect under ${key}`);
  const found = await kindOrProblem(await bytesOf(file.bytes));
  if (!isKind(found)) return { ok: false, problem: found };
  const extension = extensionOf(safeFileName(name));
  if (extension !== '' && !EXTENSIONS[found].includes(extension)) return { ok: false, problem: 'nameDoesNotMatchKind' };
  return { ok: true, kind: found };
}

async function kindOrProblem(bytes: Buffer): Promise<FileKind | FileProblem> {
  if (bytes.length === 0) return 'empty';
  // What these bytes begin is known; file-type gives up on some that are cut off or locked, and guesses at others.
  if (startsWith(bytes, ZIP_SIGNATURE)) return inspectPackage(bytes);
  if (startsWith(bytes, COMPOUND_FILE_SIGNATURE)) return bytes.includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'kindNotAccepted';
  if (startsWith(bytes, PNG_SIGNATURE)) return isWholePng(bytes) ? 'png' : 'broken';
  switch ((await fileTypeFromBuffer(bytes))?.ext) {
    case 'pdf':
      return PDF_ENCRYPTION.test(bytes.toString('latin1')) ? 'encrypted' : 'pdf';
    case 'jpg':
      return bytes.includes(END_OF_JPEG) ? 'jpeg' : 'broken';
    default:
      return 'kindNotAccepted';
  }
}

/** Goes from chunk to chunk up to the last one; what stands after it does no harm. */
function isWholePng(bytes: Buffer): boolean {
  for (let at = PNG_SIGNATURE.length; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}

function isKind(found: FileKind | FileProblem): found is FileKind {
  return ARE_ACCEPTED.includes(found);
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

async function bytesOf(bytes: FileBytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
