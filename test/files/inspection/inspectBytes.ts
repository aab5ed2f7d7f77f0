/** The inspection of bytes, as though they were stored. */
import type { FileBytes } from '../../../src/desk/ports/files.ts';
import type { AcceptedFile, RejectedFile } from '../../../src/desk/ports/inspection.ts';
import { inspectFile } from '../../../src/files/inspection/inspect.ts';
import { FilesFake, storedFile } from '../../desk/filesFake.ts';

/** What the inspection says of bytes that come in pieces of a size. */
export async function inspectBytes(
  bytes: Buffer,
  name = '',
  pieceBytes = 64 * 1024,
): Promise<AcceptedFile | RejectedFile> {
  const files = new FilesFake(() => 0);
  const part = (start: number, end: number): FileBytes => inPieces(bytes.subarray(start, end), pieceBytes);
  files.open = async () => ({ ...storedFile(bytes), part });
  return inspectFile(files, 'poe/CPOR-1/file', name);
}

/** The same as a line: the kind and its marks, or the problem and what is to blame. */
export async function outcomeOf(...file: Parameters<typeof inspectBytes>): Promise<string> {
  const verdict = await inspectBytes(...file);
  if (verdict.ok) return [verdict.kind, ...(verdict.marks ?? [])].join(' ');
  return verdict.culprit === undefined ? verdict.problem : `${verdict.problem}: ${verdict.culprit}`;
}

async function* inPieces(bytes: Buffer, size: number): FileBytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
