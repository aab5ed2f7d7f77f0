import { fileTypeFromBuffer } from 'file-type';
import { extensionOf, safeFileName } from '../../desk/proof/fileName.ts';
import type { PoeKind } from '../../domain/claims/values.ts';
import type { FileBytes, Files, StoredFile } from '../../desk/ports/files.ts';
import type { AcceptedFile, InspectionProblem, RejectedFile } from '../../desk/ports/inspection.ts';
import { inspectPackage } from './officePackage.ts';
import { isEncryptedPdf } from './pdf.ts';
import { isWholePng, PNG_SIGNATURE } from './png.ts';
import { includes } from './byteSearch.ts';
import { FilesError } from '../filesError.ts';

const EXTENSIONS: Readonly<Record<PoeKind, readonly string[]>> = {
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

/**
 * What a stored file is, by its bytes and never by its name, or why it is not accepted (R9): it is empty, of a kind
 * that is not accepted, has an extension of another kind in `name` (none is fine), macros, a password, an excessive
 * compression ratio, or is damaged. Reads the file piece by piece and never has it whole in memory. Throws where there
 * is no file under the key, or it cannot be read.
 */
export async function inspectFile(files: Files, key: string, name: string): Promise<AcceptedFile | RejectedFile> {
  const file = await files.open(key);
  if (!file) throw new FilesError('files.missing', `There is no file to inspect under ${key}`);
  const found = await inspectBytes(file);
  if (!found.ok) return found;
  const extension = extensionOf(safeFileName(name));
  if (extension !== '' && !EXTENSIONS[found.kind].includes(extension)) return rejected('nameDoesNotMatchKind');
  return found;
}

async function inspectBytes(file: StoredFile): Promise<AcceptedFile | RejectedFile> {
  if (file.size === 0) return rejected('empty');
  const beginning = await bytesOf(file.part(0, Math.min(BEGINNING, file.size)));
  const whole = (): FileBytes => file.part(0, file.size);
  // What these bytes begin is known; file-type gives up on some that are cut off or locked, and guesses at others.
  if (startsWith(beginning, ZIP_SIGNATURE)) return kindOrProblem(await inspectPackage(file));
  if (startsWith(beginning, COMPOUND_FILE_SIGNATURE))
    return rejected((await includes(whole(), ENCRYPTED_PACKAGE)) ? 'encrypted' : 'kindNotAccepted');
  if (startsWith(beginning, PNG_SIGNATURE)) return kindOrProblem((await isWholePng(whole())) ? 'png' : 'broken');
  switch ((await fileTypeFromBuffer(beginning))?.ext) {
    case 'pdf':
      return kindOrProblem((await isEncryptedPdf(whole())) ? 'encrypted' : 'pdf');
    case 'jpg':
      return kindOrProblem((await includes(whole(), END_OF_JPEG)) ? 'jpeg' : 'cutOff');
    default:
      return rejected('kindNotAccepted');
  }
}

function kindOrProblem(found: PoeKind | InspectionProblem): AcceptedFile | RejectedFile {
  return isKind(found) ? { ok: true, kind: found } : rejected(found);
}

function isKind(found: PoeKind | InspectionProblem): found is PoeKind {
  return Object.hasOwn(EXTENSIONS, found);
}

function rejected(problem: InspectionProblem): RejectedFile {
  return { ok: false, problem };
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}

async function bytesOf(bytes: FileBytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}
