/**
 * The scanner port on Microsoft Defender for Storage, which looks through each blob by itself and says what it found in
 * the blob's index tags.
 */
import type { ScanAnswer, Scanner } from '../../desk/ports/scanner.ts';
import type { RandomSource } from '../../desk/ports/system.ts';
import { FilesError } from '../filesError.ts';
import { createCalls, DEFAULT_RETRY_POLICY } from './calls.ts';
import { createServiceClient } from './client.ts';
import type { BlobLocation } from './client.ts';

export interface BlobScannerOptions extends BlobLocation {
  readonly container: string;
  readonly ids: Pick<RandomSource, 'randomBytes'>;
}

/** The tag that Defender writes, and the two of its values that say something. */
const RESULT = 'Malware Scanning scan result';
const CLEAN = 'No threats found';
const MALICIOUS = 'Malicious';
const TIMEOUT_MS = 10_000;

/**
 * The scanner of a desk on Azure. It needs the right to read tags, and none to write them: whoever may write tags may
 * call a file clean.
 */
export function createBlobScanner(options: BlobScannerOptions): Scanner {
  const container = createServiceClient(options).getContainerClient(options.container);
  const call = createCalls(options.ids, { ...DEFAULT_RETRY_POLICY, maxAttempts: 2, requestTimeoutMs: TIMEOUT_MS });
  return {
    name: 'defender',
    isPrompt: false,
    // A tag is cheap to read, and Defender looks again when it learns of new threats.
    recheckMs: 0,
    async look(key) {
      try {
        const { tags } = await call(`reading the tags of ${key}`, (abortSignal) =>
          container.getBlobClient(key).getTags({ abortSignal }),
        );
        return answerOf(tags[RESULT]);
      } catch (error) {
        const isMissing = error instanceof FilesError && error.code === 'files.missing';
        return { kind: 'unknown', problem: isMissing ? 'missing' : 'unreachable' };
      }
    },
    async ready() {
      try {
        await call('looking for a tag', (abortSignal) => container.getBlobClient('ready').getTags({ abortSignal }));
        return true;
      } catch (error) {
        // Where the blob is missing the right is there: without it the answer is 403.
        return error instanceof FilesError && error.code === 'files.missing';
      }
    },
  };
}

/** Anything but the two is no result: `Error`, `Not scanned`, or a value of a later version. */
function answerOf(result: string | undefined): ScanAnswer {
  if (result === CLEAN) return { kind: 'clean' };
  if (result === MALICIOUS) return { kind: 'malicious' };
  return { kind: 'unknown', problem: result === undefined ? 'pending' : 'garbled' };
}
