import { promisedEnding, safeFileName } from '../../desk/proof/fileName.ts';
import { POE_ENDINGS } from '../../domain/claims/values.ts';
import type { PoeKind, PoeMark } from '../../domain/claims/values.ts';
import type { FileBytes, Files, StoredFile } from '../../desk/ports/files.ts';
import type { AcceptedFile, InspectionProblem, RejectedFile } from '../../desk/ports/inspection.ts';
import { judgeCompoundFile } from './office/compoundFile.ts';
import type { Rejection } from './office/finding.ts';
import { isRejection } from './office/finding.ts';
import { inspectPackage } from './office/officePackage.ts';
import { MAX_BYTES_BEFORE } from './office/zipEnd.ts';
import { bytesOf } from './buffers.ts';
import { isPdfToo, isZipToo } from './oneKind.ts';
import { beginsArchive, isWebPage, otherKind } from './otherKinds.ts';
import { startOfPdf } from './pdf/start.ts';
import { createPdfInspection } from './pdf/thread.ts';
import { inspectJpeg } from './pictures/jpeg.ts';
import { inspectPng, PNG_SIGNATURE } from './pictures/png.ts';
import { COMPOUND_FILE, LOCAL_HEADER, startsWith } from './signatures.ts';
import { FilesError } from '../filesError.ts';

const JPEG_SIGNATURE = Buffer.from('ffd8ff', 'hex');
/** How many bytes are enough to recognise each kind. */
const BEGINNING = 64 * 1024;

const inspectPdf = createPdfInspection();

/**
 * What a stored file is, by its bytes and never by its name, or why it is not accepted (R9): it is empty, of a kind
 * that is not accepted, its `name` has the ending of another kind (none is fine, and so is a dot within the name), it
 * has macros or a password, acts by itself, fetches from elsewhere, unpacks to too much, or is damaged. Reads the file
 * piece by piece; only a PDF is in memory as a whole, while it is examined. Throws where there is no file under the
 * key, or it cannot be read.
 */
export async function inspectFile(files: Files, key: string, name: string): Promise<AcceptedFile | RejectedFile> {
  const file = await files.open(key);
  if (!file) throw new FilesError('files.missing', `There is no file to inspect under ${key}`);
  const ending = promisedEnding(safeFileName(name));
  const found = await inspectBytes(file, ending);
  if (!found.ok) return found;
  return ending === '' || POE_ENDINGS[found.kind].includes(ending)
    ? found
    : { ok: false, problem: 'nameDoesNotMatchKind', culprit: found.kind };
}

async function inspectBytes(file: StoredFile, ending: string): Promise<AcceptedFile | RejectedFile> {
  if (file.size === 0) return rejected('empty');
  const beginning = await bytesOf(file.part(0, Math.min(BEGINNING, file.size)));
  const whole = (): FileBytes => file.part(0, file.size);
  // What these bytes begin is known; file-type gives up on some that are cut off or locked, and guesses at others.
  if (beginsZip(beginning)) return verdictOf(await inspectPackage(file));
  if (startsWith(beginning, COMPOUND_FILE)) return verdictOf(await judgeCompoundFile(file));
  const pdfAt = startOfPdf(beginning);
  const hasPdf = pdfAt >= 0;
  if (startsWith(beginning, PNG_SIGNATURE)) return asOneKind(file, await inspectPng(whole()), hasPdf);
  if (startsWith(beginning, JPEG_SIGNATURE)) return asOneKind(file, await inspectJpeg(whole()), hasPdf);
  if (hasPdf && (await beginsArchive(beginning, pdfAt))) return notAccepted('archive');
  if (hasPdf) {
    const pdf = await asOneKind(file, await inspectPdf(file), false);
    const before = otherKindBefore(beginning.toString('latin1', 0, pdfAt));
    if (pdf.ok && before !== undefined) return { ok: false, problem: 'twoKinds', culprit: `PDF, ${before}` };
    if (pdf.ok || !isWebPage(beginning)) return pdf;
  }
  return notAccepted(await otherKind(beginning, ending));
}

function notAccepted(culprit: string | undefined): RejectedFile {
  return { ok: false, problem: 'kindNotAccepted', ...(culprit !== undefined && { culprit }) };
}

/** Refuses what readers of another kind take for theirs as well; `hasPdf` where a picture speaks of a PDF. */
async function asOneKind(
  file: StoredFile,
  verdict: AcceptedFile | RejectedFile,
  hasPdf: boolean,
): Promise<AcceptedFile | RejectedFile> {
  if (!verdict.ok) return verdict;
  const another = hasPdf && (await isPdfToo(file)) ? 'PDF' : (await isZipToo(file, verdict)) && 'ZIP';
  return another ? { ok: false, problem: 'twoKinds', culprit: `${verdict.kind.toUpperCase()}, ${another}` } : verdict;
}

/** What begins before a PDF, other than print tickets, heads of messages and blanks; undefined where nothing does. */
function otherKindBefore(text: string): string | undefined {
  if (/<(?:script|html|head|body|svg|iframe|img|object|embed|!doctype\s+html)\b/i.test(text)) return 'HTML';
  if (/^GIF8[79]a|^BM[^]{4}\0{4}|^(?:II\*\0|MM\0\*)|^RIFF/.test(text)) return 'image';
  return /^(?:MZ|#!|\x7fELF|\xca\xfe\xba\xbe|Rar!|7z\xbc\xaf|@echo\b)/i.test(text) ? 'program' : undefined;
}

/** Whether a zip is at the beginning, or behind a few bytes of text: nothing that a browser or a shell would act on. */
function beginsZip(beginning: Buffer): boolean {
  const at = beginning.subarray(0, MAX_BYTES_BEFORE + LOCAL_HEADER.length).indexOf(LOCAL_HEADER);
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

function rejected(problem: InspectionProblem): RejectedFile {
  return { ok: false, problem };
}
