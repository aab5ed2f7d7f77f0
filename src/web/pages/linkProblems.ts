/** Every reason why a link or a file is refused, as an HTTP status and a sentence. */
import type {
  BusyProblem,
  FileProblem,
  LinkProblem,
  OpenUpload,
  RefusedFile,
  WithheldFile,
} from '../../desk/ports/proof.ts';
import type { Language } from '../../locales/say.ts';
import { refusalWords } from '../../locales/refusedFile.ts';
import { say } from '../../locales/say.ts';
import { kindsText } from '../../locales/kindsText.ts';
import { formatSize } from '../../locales/formatSize.ts';

/** Why a page cannot be shown: a problem of the link, a missing file, or an error of the desk. */
export type PageProblem = LinkProblem | WithheldFile | 'fault';

const LINK_STATUS: Readonly<Record<PageProblem, number>> = {
  expired: 410,
  used: 410,
  altered: 404,
  notEntered: 403,
  foreign: 403,
  closed: 403,
  standstill: 503,
  historyBroken: 503,
  missing: 404,
  quarantined: 409,
  infected: 410,
  unscannable: 410,
  notScannable: 409,
  fault: 500,
};

const FILE_STATUS: Readonly<Record<FileProblem, number>> = {
  empty: 422,
  tooLarge: 413,
  tooMany: 409,
  addedTooOften: 409,
  kindNotAccepted: 415,
  nameDoesNotMatchKind: 422,
  twoKinds: 422,
  macros: 422,
  active: 422,
  external: 422,
  encrypted: 422,
  archiveBomb: 422,
  tooManyPixels: 422,
  cutOff: 422,
  broken: 422,
  nestedArchive: 422,
  unknownPart: 422,
  tooComplex: 422,
  duplicate: 409,
  malicious: 422,
  foundBadBefore: 422,
  tooLargeToScan: 413,
  stalled: 408,
  busy: 503,
  tooManyAtOnce: 429,
  placesTaken: 429,
  interrupted: 400,
};

/** After how many seconds a file that is not taken now may be sent again: about as long as an upload takes. */
const RETRY_AFTER: Readonly<Record<BusyProblem, number>> = { busy: 20, tooManyAtOnce: 10, placesTaken: 30 };

export function isLinkProblem(problem: LinkProblem | FileProblem): problem is LinkProblem {
  return Object.hasOwn(LINK_STATUS, problem);
}

export function linkStatus(problem: PageProblem): number {
  return LINK_STATUS[problem];
}

/** When the file may be sent again, in seconds; undefined where that would not help. */
export function retryAfter(problem: FileProblem): number | undefined {
  return Object.entries(RETRY_AFTER).find(([busy]) => busy === problem)?.[1];
}

/** Whether the same file may be taken if it is sent once more. */
export function canRetry(problem: FileProblem): boolean {
  return problem === 'interrupted' || problem === 'stalled' || retryAfter(problem) !== undefined;
}

export function fileStatus(problem: FileProblem): number {
  return FILE_STATUS[problem];
}

/** What went wrong with a link and what to do about it. Names no claim: a link proves nothing about its bearer. */
export function linkSentence(language: Language, problem: PageProblem): string {
  return say(language, `link.${problem}`);
}

/** What is wrong with a file and what to do about it; with a culprit, what in it is to blame. */
export function fileSentence(
  language: Language,
  problem: FileProblem,
  upload: Pick<OpenUpload, 'maxBytes' | 'accepted'>,
  { culprit }: Pick<RefusedFile, 'culprit'> = {},
): string {
  const { key, values } = refusalWords('file', { problem, culprit }, upload.accepted);
  return say(language, key ?? `file.${problem}`, {
    ...values,
    size: formatSize(upload.maxBytes, language),
    kinds: kindsText(language, upload.accepted),
  });
}
