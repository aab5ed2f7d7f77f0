/**
 * The ports by which proof of execution (PoE) is uploaded and downloaded by link. The desk implements them, the web
 * pages use them. A link is opaque to its bearer; only the desk knows what it is for. It opens nothing by itself: it is
 * exchanged once, for a session of one browser.
 */

import type { InspectionProblem, RejectedFile } from './inspection.ts';
import type { Language } from './system.ts';

/** Why a link opens nothing. */
export type LinkProblem =
  | 'expired'
  /** It was exchanged before, by another browser or long ago, or the upload is finished. */
  | 'used'
  /** The desk did not make it for this use. */
  | 'altered'
  /** It was not exchanged yet by its page's button, or not from that page. */
  | 'notEntered'
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
  /** A virus was found in it; the culprit is the scanner's name for that. */
  | 'malicious'
  /** A virus was found in a file of the claim with the same content. */
  | 'foundBadBefore'
  /** The virus scanner takes no file of this size. */
  | 'tooLargeToScan'
  /** Its sender was silent, or too slow. */
  | 'stalled'
  | 'interrupted';

/** A file that was not taken, or a link that takes none; `culprit` as the inspection names it. */
export interface RefusedFile extends Pick<RejectedFile, 'culprit'> {
  readonly ok: false;
  readonly problem: LinkProblem | FileProblem;
}

/** What a browser sends with a link's page; all of it is of unknown origin. */
export interface LinkVisitor {
  /** The id that the page gave the browser. */
  readonly browser?: string;
  /** What the browser got for the link. */
  readonly session?: string;
}

/** What a link's page says before the exchange, and what its button needs. */
export interface LinkOffer {
  readonly ok: true;
  readonly language: Language;
  /** The name of the person for whom the link was made; everything is done and recorded in their name. */
  readonly person: string;
  /** How long the link can still be exchanged; of one that was, how long its session lasts. */
  readonly minutesLeft: number;
  /** How long a session lasts. */
  readonly sessionMinutes: number;
  /** This browser has exchanged the link, and its session has not ended. */
  readonly isEntered: boolean;
  /** The id that the browser has to send with the form; made anew where it sent none. */
  readonly browser: string;
  /** A secret of this link and this browser, which proves that the exchange is asked for by the page. */
  readonly form: string;
}

/** What a link was exchanged for, and for how many seconds it is good. */
export interface OpenSession {
  readonly ok: true;
  readonly session: string;
  readonly seconds: number;
}

/** The first two steps of every link. */
export interface LinkDoor {
  /** Whose the link is, or why it opens nothing. Reads no document, spends nothing, and is recorded as no reading. */
  show(link: string, visitor: LinkVisitor): Promise<LinkOffer | RefusedLink>;
  /**
   * Exchanges the link, once: one browser wins, and may repeat it for a minute with the same answer, or while its
   * session lasts. `form` is that of the offer; without it, or with that of another browser, the answer is
   * `notEntered`. A person who may not do any more what the link is for spends nothing.
   */
  enter(link: string, visitor: LinkVisitor & { readonly form?: string }): Promise<OpenSession | RefusedLink>;
}

/** A link with what its browser got for it. */
export interface LinkUse extends Pick<LinkVisitor, 'session'> {
  readonly link: string;
}

/** What an upload link is for. */
export interface OpenUpload {
  readonly ok: true;
  readonly language: Language;
  /** The name of the person in whose name files are added. */
  readonly person: string;
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
  /** It counts once its virus scan is over. */
  readonly waits?: true;
}

/** Uploads by link. The link is checked against its owner's rights and the claim's status at every call. */
export interface UploadDesk extends LinkDoor {
  /** What an upload link is for, or why it is refused. Changes nothing. */
  open(use: LinkUse): Promise<OpenUpload | RefusedLink>;
  /**
   * Takes one file, whole or not at all: nothing is kept where `bytes` throws or the file is refused. Reads nothing
   * before there is room for `announced` bytes, or for the largest file; counts while it reads, and stops reading a
   * file that is too large or too slow. What began within the session may end after it.
   */
  take(
    use: LinkUse,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    announced?: number,
  ): Promise<TakenFile | RefusedFile>;
  /** Ends the upload; afterwards the link is used. */
  finish(use: LinkUse): Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: LinkProblem }>;
}

/** A file on its way out; `size` in bytes. */
export interface OpenDownload {
  readonly ok: true;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Why a file is not sent: it is gone, its virus scan is not over, a virus was found in it, it was withdrawn as too
 * large for the scan, or it counts but is too large for it.
 */
export type WithheldFile = 'missing' | 'quarantined' | 'infected' | 'unscannable' | 'notScannable';

/** Downloads by link. The link is checked against its owner's rights at every call. */
export interface DownloadDesk extends LinkDoor {
  /**
   * The file a download link is for, or why it is refused. Each call is
   * recorded as a reading (R55).
   */
  open(use: LinkUse): Promise<OpenDownload | RefusedLink<LinkProblem | WithheldFile>>;
}
