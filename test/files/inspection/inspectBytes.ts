/** What the inspection says of bytes, as a line: the kind and its marks, or the problem and what is to blame. */
import type { FileBytes } from '../../../src/desk/ports/files.ts';
import { inspectFile } from '../../../src/files/inspection/inspect.ts';
import { FilesFake, storedFile } from '../../desk/filesFake.ts';

export async function inspectBytes(bytes: Buffer, name = '', pieceBytes = 64 * 1024): Promise<string> {
  const files = new FilesFake(() => 0);
  const part = (start: number, end: number): FileBytes => inPieces(bytes.subarray(start, end), pieceBytes);
  files.open = async () => ({ ...storedFile(bytes), part });
  const verdict = await inspectFile(files, 'poe/CPOR-1/file', name);
  if (verdict.ok) return [verdict.kind, ...(verdict.marks ?? [])].join(' ');
  return verdict.culprit === undefined ? verdict.problem : `${verdict.problem}: ${verdict.culprit}`;
}

async function* inPieces(bytes: Buffer, size: number): FileBytes {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
