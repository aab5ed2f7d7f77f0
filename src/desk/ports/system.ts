/** The ports of the system: time, random values, digests and the log. */
import type { Instant } from '../../domain/calendar/calendar.ts';

/**
 * The languages the desk speaks. The source is this union: the desk may not import the locales nor they the desk, so
 * `locales/say.ts` declares its own from its sentences, and the compiler compares the two wherever they meet.
 */
export type Language = 'en' | 'ru' | 'tr';

/** Current time; replaced in tests and the playground. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): Instant;
}

/** Steady time, which no one sets forward or back: for how long something takes. Replaced in tests. */
export interface Timer {
  /** Milliseconds since some beginning. */
  now(): number;
  /** Calls once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, call: () => void): () => void;
}

/** Random values; replaced in tests, so that a run can be repeated. */
export interface RandomSource {
  /** A new id of 128 random bits, safe in a URL and in a file key. */
  randomId(): string;
  /** Cryptographically strong random bytes. */
  randomBytes(length: number): Uint8Array;
}

/** Digests and signatures of texts; deterministic. */
export interface Digest {
  /** SHA-256 of the text in UTF-8, hexadecimal. */
  sha256(text: string): string;
  /** Signs with the desk's own secret; base64url. */
  sign(text: string): string;
}

/** The log: a fixed sentence plus fields, never a user's text, address or token. Never throws. */
export interface Log {
  /** Expected, worth knowing. */
  info(fields: object, sentence: string): void;
  /** Something failed that is retried or made up for. */
  warn(fields: object, sentence: string): void;
  /** Something failed that an operator should look at. */
  error(fields: object, sentence: string): void;
}
