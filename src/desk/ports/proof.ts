/**
 * The ports by which proof of execution (PoE) is uploaded and downloaded by link. The desk implements them, the web
 * pages use them. A link is opaque to its bearer; only the desk knows what it is for.
 */

import type { InspectionProblem, RejectedFile } from './inspection.ts';
import type { Language } from './system.ts';

/** Why a link opens nothing. */
export type LinkProblem =
  | 'expired'
  | 'used'
  | 'altered'
  /** The desk stands still: an older state of it was restored. */
  | 'standstill'
  /** The person may not do this, or may not do it any more (R1, R6). */
  | 'foreign'
  /** The claim takes no PoE in its present status (R12, R26). */
  | 'closed'
  /** The claim's history is not as the desk wrote it: nothing is done for it (R55). */
  | 'historyBroken';

/** Why a file is not taken now, though it may be in a little while. Nothing of it was read. */
export type BusyProblem =
  /** This process has as many uploads under way as it takes. */
  | 'busy'
  /** So many come by this link, or of this person. */
  | 'tooManyAtOnce'
  /** Files on their way may take all the places that the claim has left. */
  | 'placesTaken';

/** Why a file was not accepted (R9). Nothing of it is kept. */
export type FileProblem =
  | InspectionProblem
  | BusyProblem
  | 'tooLarge'
  | 'tooMany'
  | 'addedTooOften'
  | 'duplicate'
  /** Its sender was silent, or too slow. */
  | 'stalled'
  | 'interrupted';

/** A file that was not taken, or a link that takes none; `culprit` as the inspection names it. */
export interface RefusedFile extends Pick<RejectedFile, 'culprit'> {
  readonly ok: false;
  readonly problem: LinkProblem | FileProblem;
}

/** What an upload link is for. */
export interface OpenUpload {
  readonly ok: true;
  readonly language: Language;
  readonly claimId: string;
  readonly customerName: string;
  /** The largest file that is taken, in bytes. */
  readonly maxBytes: number;
  /** How many more files the claim takes, and why no more than these. */
  readonly filesLeft: number;
  readonly noneLeft: Extract<FileProblem, 'tooMany' | 'addedTooOften'>;
  /** The kinds of file that are taken, in small letters: `pdf`, `docx` … */
  readonly accepted: readonly string[];
  /** The PoE of the claim so far; sizes in bytes. */
  readonly alreadyThere: readonly { readonly name: string; readonly size: number }[];
}

/** A link that opens nothing; the language is that of its owner, where the link still names them. */
export interface RefusedLink<Problem extends string = LinkProblem> {
  readonly ok: false;
  readonly problem: Problem;
  readonly language?: Language;
}

/** A file that was taken: its safe name, its size in bytes, its kind determined from its bytes. */
export interface TakenFile {
  readonly ok: true;
  readonly name: string;
  readonly size: number;
  readonly kind: string;
}

/** Uploads by link. The link is checked against its owner's rights and the claim's status at every call. */
export interface UploadDesk {
  /** What an upload link is for, or why it is refused. Changes nothing. */
  open(link: string): Promise<OpenUpload | RefusedLink>;
  /**
   * Takes one file, whole or not at all: nothing is kept where `bytes` throws or the file is refused. Reads nothing
   * before there is room for `announced` bytes, or for the largest file; counts while it reads, and stops reading a
   * file that is too large or too slow.
   */
  take(
    link: string,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    announced?: number,
  ): Promise<TakenFile | RefusedFile>;
  /** Ends the upload; afterwards the link is used. */
  finish(link: string): Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: LinkProblem }>;
}

/** A file on its way out; `size` in bytes. */
export interface OpenDownload {
  readonly ok: true;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Downloads by link. The link is checked against its owner's rights at every call. */
export interface DownloadDesk {
  /** The file a download link is for, or why it is refused; `missing` where the file itself is gone. */
  open(link: string): Promise<OpenDownload | RefusedLink<LinkProblem | 'missing'>>;
}
