/** Readers look for the beginning of a PDF in these first bytes of a file. */
const MAX_BYTES_BEFORE = 1024;
const HEADER = '%PDF-';

/** Where a PDF begins: readers allow for other bytes before it. Negative where none begins. */
export function startOfPdf(beginning: Buffer): number {
  return beginning.subarray(0, MAX_BYTES_BEFORE + HEADER.length).indexOf(HEADER, 0, 'latin1');
}
