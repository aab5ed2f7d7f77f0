/**
 * The scanner port: what is known of viruses in a stored file. clamd and the index tags of Blob Storage implement it.
 */

/**
 * Why a scanner did not say what is in a file. `pending`: its result is still to come. `unreachable`: it does not
 * answer. `stalled`: it began and did not end. `tooLarge`: it does not look through files of this size. `missing`:
 * there is no such file. `garbled`: its answer makes no sense.
 */
export type ScanProblem = 'pending' | 'unreachable' | 'stalled' | 'tooLarge' | 'missing' | 'garbled';

/** Only a scanner that has looked through the whole file makes it `clean`; `threat` is its name for what it found. */
export type ScanAnswer =
  | { readonly kind: 'clean' }
  | { readonly kind: 'malicious'; readonly threat?: string }
  | { readonly kind: 'unknown'; readonly problem: ScanProblem };

/** The longest name of a threat, in characters. */
export const MAX_THREAT_LENGTH = 80;

/** Looks through files for viruses, or knows what another service found in them. */
export interface Scanner {
  readonly name: 'clamd' | 'defender';
  /** Whether it looks through a file when it is asked, rather than by itself after the file was stored. */
  readonly isPrompt: boolean;
  /** After how long what it said of a file is asked for again when the file is opened, in milliseconds. */
  readonly recheckMs: number;
  /** What it says of the file of a key. Never throws, and ends within a minute. */
  look(key: string): Promise<ScanAnswer>;
  /** Whether it can be asked just now. Never throws. */
  ready(): Promise<boolean>;
}
