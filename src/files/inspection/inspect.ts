import { fileTypeFromBuffer } from 'file-type';
import { extensionOf, safeFileName } from '../../desk/proof/fileName.ts';
import type { FileBytes, Files, StoredFile } from '../../desk/ports/files.ts';
import { inspectPackage } from './officePackage.ts';
import type { OfficeKind, OfficeProblem } from './officePackage.ts';
import { isEncryptedPdf } from './pdf.ts';
import { isWholePng, PNG_SIGNATURE } from './png.ts';
import { includes } from './byteSearch.ts';
import { FilesError } from '../filesError.ts';

export type FileKind = OfficeKind | 'pdf' | 'png' | 'jpeg';
export type FileProblem = OfficeProblem | 'empty' | 'nameDoesNotMatchKind';
export type Verdict =
  | { readonly ok: true; readonly kind: FileKind }
  | { readonly ok: false; readonly problem: FileProblem };

const EXTENSIONS: Readonly<Record<FileKind, readonly string[]>> = {
  pdf: ['pdf'],
  docx: ['docx'],
  xlsx: ['xlsx'],
  pptx: ['pptx'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg'],
};

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');
const COMPOUND_FILE_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const END_OF_JPEG = Buffer.from('ffd9', 'hex');
/** The stream that holds an Office document under a password, as the directory of a compound file spells it. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
/** How many bytes are enough to recognise each kind. */
const BEGINNING = 64 * 1024;

const ARE_ACCEPTED: readonly string[] = Object.keys(EXTENSIONS);

/**
 * What a stored file is, by its bytes and never by its name, or why it is not accepted (R9): it is empty, of a kind
 * that is not accepted, has an extension of another kind in `name` (none is fine), macros, a password, an excessive
 * compression ratio, or is damaged. Reads the file piece by piece and never has it whole in memory. Throws where there
 * is no file under the key, or it cannot be read.
 */
export async function inspectFile(files: Files, key: string, name: string): Promise<Verdict> {
  const file = await files.open(key);
  if (!file) throw new FilesError('files.missing', `There is no file to inspect under ${key}`);
  const found = await kindOrProblem(file);
  if (!isKind(found)) return { ok: false, problem: found };
  const extension = extensionOf(safeFileName(name));
  if (extension !== '' && !EXTENSIONS[found].includes(extension)) return { ok: false, problem: 'nameDoesNotMatchKind' };
  return { ok: true, kind: found };
}

async function kindOrProblem(file: StoredFile): Promise<FileKind | FileProblem> {
  if (file.size === 0) return 'empty';
  const beginning = await bytesOf(file.part(0, Math.min(BEGINNING, file.size)));
  const whole = (): FileBytes => file.part(0, file.size);
  // What these bytes begin is known; file-type gives up on some that are cut off or locked, and guesses at others.
  if (startsWith(beginning, ZIP_SIGNATURE)) return inspectPackage(file);
  if (startsWith(beginning, COMPOUND_FILE_SIGNATURE))
    return (await includes(whole(), ENCRYPTED_PACKAGE)) ? 'encrypted' : 'kindNotAccepted';
  if (startsWith(beginning, PNG_SIGNATURE)) return (await isWholePng(whole())) ? 'png' : 'broken';
  switch ((await fileTypeFromBuffer(beginning))?.ext) {
    case 'pdf':
      return (await isEncryptedPdf(whole())) ? 'encrypted' : 'pdf';
    case 'jpg':
      return (await includes(whole(), END_OF_JPEG)) ? 'jpeg' : 'broken';
    default:
      return 'kindNotAccepted';
  }
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
