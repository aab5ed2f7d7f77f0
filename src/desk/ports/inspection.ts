/** The inspection port: the kind of a file determined from its bytes, or why it is not accepted (R9). */
import type { PoeKind, PoeMark } from '../../domain/claims/values.ts';
import type { Files } from './files.ts';

/** Why a file is not accepted (R9). Each has a sentence with the reason and the way out. */
export type InspectionProblem =
  | 'empty'
  /** Neither of the kinds that are taken; the culprit is the kind it was recognised as. */
  | 'kindNotAccepted'
  /** The extension promises another kind than the bytes. */
  | 'nameDoesNotMatchKind'
  /** Two kinds in one file: what a reader shows depends on the reader. */
  | 'twoKinds'
  | 'macros'
  /** Something in it acts without being asked. */
  | 'active'
  /** It fetches something from elsewhere when it is opened. */
  | 'external'
  /** It does not open without a password. */
  | 'encrypted'
  | 'archiveBomb'
  /** A picture of more pixels than readers can be expected to show. */
  | 'tooManyPixels'
  /** A picture whose end is missing. */
  | 'cutOff'
  | 'broken'
  /** An archive within a document, which no one looks through. */
  | 'nestedArchive'
  /** A part of which the desk does not know what it does. */
  | 'unknownPart'
  /** Not to be checked with the time and memory that one file may take. */
  | 'tooComplex';

/** A file that is accepted, and what a reviewer should know of it; no marks where there is nothing to tell. */
export interface AcceptedFile {
  readonly ok: true;
  readonly kind: PoeKind;
  readonly marks?: readonly PoeMark[];
}

/**
 * Why a file is not accepted, and what in it is to blame where the reason has a name: printable characters on one line,
 * at most {@link MAX_CULPRIT_LENGTH}.
 */
export interface RejectedFile {
  readonly ok: false;
  readonly problem: InspectionProblem;
  readonly culprit?: string;
}

/** The longest name of what is to blame, in characters. */
export const MAX_CULPRIT_LENGTH = 80;

/** Inspects the stored file of a key; `name` is what its sender called it. Throws where the store fails. */
export type Inspection = (files: Files, key: string, name: string) => Promise<AcceptedFile | RejectedFile>;
