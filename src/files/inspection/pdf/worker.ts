/** The thread in which PDFs are examined: it is sent the bytes of one after the other and answers with each verdict. */
import { parentPort } from 'node:worker_threads';
import type { RejectedFile } from '../../../desk/ports/inspection.ts';
import { examinePdf } from './examinePdf.ts';

const TOO_COMPLEX: RejectedFile = { ok: false, problem: 'tooComplex' };

// The parser warns of what it repairs; that is no news for the desk's log.
console.warn = () => undefined;

parentPort?.on('message', (bytes: Uint8Array) => {
  // What makes even the examination fail is nested or linked beyond what it was made for.
  void examinePdf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .catch(() => TOO_COMPLEX)
    .then((verdict) => parentPort?.postMessage(verdict));
});
