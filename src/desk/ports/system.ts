import type { Instant } from '../../domain/calendar/calendar.ts';

export type Language = 'en' | 'ru' | 'tr';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): Instant;
}

/** Chance and digests. */
export interface Ids {
  /** A new id of 128 random bits, safe in a URL and in a file key. */
  randomId(): string;
  randomBytes(length: number): Uint8Array;
  /** Hexadecimal. */
  sha256(text: string): string;
  /** Signs with the desk's own secret; base64url. */
  sign(text: string): string;
}

export interface Log {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}
