import { fileTypeFromBuffer } from 'file-type';
import { promisedEnding, safeFileName } from '../../desk/proof/fileName.ts';
import { POE_ENDINGS } from '../../domain/claims/values.ts';
import type { PoeKind, PoeMark } from '../../domain/claims/values.ts';
import type { FileBytes, Files, StoredFile } from '../../desk/ports/files.ts';
import type { AcceptedFile, InspectionProblem, RejectedFile } from '../../desk/ports/inspection.ts';
import { COMPOUND_FILE_SIGNATURE, judgeCompoundFile } from './office/compoundFile.ts';
import type { Rejection } from './office/finding.ts';
import { isRejection } from './office/finding.ts';
import { inspectPackage } from './office/officePackage.ts';
import { MAX_BYTES_BEFORE } from './office/zipEnd.ts';
import { isEncryptedPdf } from './pdf.ts';
import { isWholePng, PNG_SIGNATURE } from './png.ts';
import { bytesOf, includes } from './byteSearch.ts';
import { FilesError } from '../filesError.ts';

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');
const END_OF_JPEG = Buffer.from('ffd9', 'hex');
/** How many bytes are enough to recognise each kind. */
const BEGINNING = 64 * 1024;

/**
 * What a stored file is, by its bytes and never by its name, or why it is not accepted (R9): it is empty, of a kind
 * that is not accepted, its `name` has the ending of another kind (none is fine, and so is a dot within the name), it
 * has macros or a password, acts by itself, fetches from elsewhere, unpacks to too much, or is damaged. Reads the file
 * piece by piece and never has it whole in memory. Throws where there is no file under the key, or it cannot be read.
 */
export async function inspectFile(files: Files, key: string, name: string): Promise<AcceptedFile | RejectedFile> {
  const file = await files.open(key);
  if (!file) throw new FilesError('files.missing', `There is no file to inspect under ${key}`);
  const found = await inspectBytes(file);
  if (!found.ok) return found;
  const ending = promisedEnding(safeFileName(name));
  return ending === '' || POE_ENDINGS[found.kind].includes(ending)
    ? found
    : { ok: false, problem: 'nameDoesNotMatchKind', culprit: found.kind };
}

async function inspectBytes(file: StoredFile): Promise<AcceptedFile | RejectedFile> {
  if (file.size === 0) return rejected('empty');
  const beginning = await bytesOf(file.part(0, Math.min(BEGINNING, file.size)));
  const whole = (): FileBytes => file.part(0, file.size);
  // What these bytes begin is known; file-type gives up on some that are cut off or locked, and guesses at others.
  if (beginsZip(beginning)) return verdictOf(await inspectPackage(file));
  if (startsWith(beginning, COMPOUND_FILE_SIGNATURE)) return verdictOf(await judgeCompoundFile(file));
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

/** Whether a zip is at the beginning, or behind a few bytes of text: nothing that a browser or a shell would act on. */
function beginsZip(beginning: Buffer): boolean {
  const at = beginning.subarray(0, MAX_BYTES_BEFORE + ZIP_SIGNATURE.length).indexOf(ZIP_SIGNATURE);
  return at === 0 || (at > 0 && isHarmless(beginning.toString('latin1', 0, at)));
}

/** Text, blanks and byte order marks, but no beginning of a program, a script or a page. */
function isHarmless(text: string): boolean {
  return !/^(?:MZ|#!|BM)|[<%]|[^\P{Cc}\0\t\n\r]/u.test(text);
}

function verdictOf(
  found: Rejection | { readonly kind: PoeKind; readonly marks: readonly PoeMark[] },
): AcceptedFile | RejectedFile {
  if (isRejection(found)) return { ok: false, ...found };
  const { kind, marks } = found;
  return { ok: true, kind, ...(marks.length > 0 && { marks }) };
}

function kindOrProblem(found: PoeKind | InspectionProblem): AcceptedFile | RejectedFile {
  return isKind(found) ? { ok: true, kind: found } : rejected(found);
}

function isKind(found: PoeKind | InspectionProblem): found is PoeKind {
  return Object.hasOwn(POE_ENDINGS, found);
}

function rejected(problem: InspectionProblem): RejectedFile {
  return { ok: false, problem };
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}
