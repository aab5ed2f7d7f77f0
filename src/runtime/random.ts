/** The only source of randomness, and the digests. All other code is given these functions; a lint rule enforces it. */
import { createHmac, hash, randomBytes as bytesFromSystem } from 'node:crypto';

/** A new id of 128 random bits: 22 characters that are safe in a URL and a file name. */
export function randomId(): string {
  return bytesFromSystem(16).toString('base64url');
}

/** `length` bytes from the system's secure source. */
export function randomBytes(length: number): Uint8Array {
  return new Uint8Array(bytesFromSystem(length));
}

/** SHA-256 of a text's UTF-8 bytes: 64 lower-case hex digits. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** HMAC-SHA-256 of a text's UTF-8 bytes: 43 characters of base64url. Compare it in constant time. */
export function hmac(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64url');
}
