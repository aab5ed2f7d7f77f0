import type { FileBytes } from '../../desk/ports/files.ts';
import { bufferOf } from './byteSearch.ts';

/** The trailer's entry: a reference or the dictionary itself. `/EncryptMetadata` and a mere mention are neither. */
const ENCRYPTION = /\/Encrypt[\s\0]*(?:\d+[\s\0]+\d+[\s\0]+R|<<)/;
const NAME = '/Encrypt';
/**
 * Longer than what can be between the name and the end of the entry, with its gaps and numbers cut to one character
 * each.
 */
const UNDECIDED = 32;

/** Whether a PDF is under a password: whether its trailer has the entry that says so. */
export async function isEncryptedPdf(bytes: FileBytes): Promise<boolean> {
  let open = '';
  for await (const piece of bytes) {
    const text = open + bufferOf(piece).toString('latin1');
    if (ENCRYPTION.test(text)) return true;
    open = stillOpen(text);
  }
  return false;
}

/**
 * What has to be kept of a text for what comes after it: an entry that has begun, or what may be the beginning of its
 * name.
 */
function stillOpen(text: string): string {
  const at = text.lastIndexOf(NAME);
  // A gap and a number may be of any length; of each, one character says as much.
  const begun =
    at < 0
      ? ''
      : text
          .slice(at)
          .replace(/[\s\0]+/g, ' ')
          .replace(/\d+/g, '0');
  return at >= 0 && begun.length < UNDECIDED ? begun : text.slice(1 - NAME.length);
}
