/** The bytes by which formats of files are known. */

/** The header before each file in a zip, and so the beginning of a zip. */
export const LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1');
/** The record at the end of a zip, of this length but for the comment behind it. */
export const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
export const END_OF_ZIP_BYTES = 22;
export const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}
