/** The upload page and the two requests of its script: upload one file, and finish. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileProblem, LinkProblem, LinkUse, OpenUpload, RefusedFile } from '../../desk/ports/proof.ts';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { answerJson, answerPage, LAST_ANSWER } from '../respond.ts';
import type { LinkCookies } from './cookies.ts';
import { mayBeOwnPage } from './ownPage.ts';
import type { EntryParts } from './linkEntry.ts';
import { showEntry } from './linkEntry.ts';
import { announcedSize, discardRest, hasBrokenOff, incomingBytes } from './incomingFile.ts';
import { answerLinkPage, isLink } from '../pages/linkPage.ts';
import type { After, WebBackend } from '../ports.ts';
import {
  canRetry,
  fileSentence,
  fileStatus,
  isLinkProblem,
  linkSentence,
  linkStatus,
  retryAfter,
} from '../pages/linkProblems.ts';
import { languageFor } from '../pages/readerLocale.ts';
import { uploadPage } from '../pages/uploadPage.ts';

type UploadBackend = Pick<WebBackend, 'uploads' | 'log'>;

/** What the requests of the page's script are checked by. */
export interface UploadParts {
  readonly backend: UploadBackend;
  readonly cookies: LinkCookies;
  readonly publicUrl: () => string;
}

/** File systems allow names of 255 bytes; longer ones are cut before the desk sees them. */
const MAX_NAME_LENGTH = 255;

/** `GET /poe/:link`: the upload page for a browser that has exchanged the link, else the page that exchanges it. */
export async function showUploadPage(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  backend: UploadBackend,
  entry: EntryParts,
): Promise<void> {
  const { session } = entry.cookies.read(request);
  if (!isLink(link) || session === undefined) return showEntry(link, request, response, entry);
  const upload = await backend.uploads.open({ link, session });
  if (upload.ok) answerPage(response, 200, uploadPage(link, upload, entry.assets));
  else if (upload.problem === 'notEntered') await showEntry(link, request, response, entry);
  else answerLinkPage(request, response, upload, entry.assets);
}

/**
 * `PUT /poe/:link/files`: one file as the raw body, its name in a header, for addresses are kept in logs. The session
 * is checked first, and a file whose announced size is too large is not read.
 */
export async function takeFile(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  { backend, cookies, publicUrl }: UploadParts,
  after: After,
): Promise<void> {
  if (!isFromPage(request, publicUrl())) return refuseForeignPage(response);
  const name = fileName(request);
  if (name === undefined) return answerJson(response, 400, { ok: false, error: 'noName' }, LAST_ANSWER);
  const use = isLink(link) ? { link, session: cookies.read(request).session ?? '' } : undefined;
  const upload = use ? await backend.uploads.open(use) : ({ ok: false, problem: 'altered' } as const);
  if (!upload.ok || !use) {
    const refused = upload.ok ? ({ problem: 'altered' } as const) : upload;
    return refuseLink(request, response, refused, await discardRest(request, after));
  }
  if ((announcedSize(request) ?? 0) > upload.maxBytes)
    return refuseFile(response, { problem: 'tooLarge' }, upload, false);

  const taken = await takeUnlessInterrupted(use, name, request, backend);
  if (taken === 'brokenOff') {
    backend.log.info({}, 'Upload broke off; nothing was kept');
    return;
  }
  // What has stalled is not waited for once more.
  if (!taken.ok && taken.problem === 'stalled') {
    backend.log.info({}, 'Upload stalled; nothing was kept');
    return refuseFile(response, { problem: 'stalled' }, upload, false);
  }
  const readToEnd = await discardRest(request, after);
  if (taken.ok) {
    const sentence = say(upload.language, taken.waits ? 'file.addedWaiting' : 'file.added');
    const left = say(upload.language, 'upload.left', { count: Math.max(0, upload.filesLeft - 1) });
    answerJson(response, 201, { ...taken, sentence, left }, readToEnd ? {} : LAST_ANSWER);
    return;
  }
  backend.log.info({ problem: taken.problem }, 'Uploaded file rejected');
  const { problem, culprit } = taken;
  if (isLinkProblem(problem)) return refuseLink(request, response, { problem, language: upload.language }, readToEnd);
  refuseFile(response, { problem, ...(culprit !== undefined && { culprit }) }, upload, readToEnd);
}

/** `POST /poe/:link/finish`: the user is done; afterwards the link is used. */
export async function finishUpload(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  { backend, cookies, publicUrl }: UploadParts,
): Promise<void> {
  if (!isFromPage(request, publicUrl())) return refuseForeignPage(response);
  if (!isLink(link)) return refuseLink(request, response, { problem: 'altered' }, true);
  const use = { link, session: cookies.read(request).session ?? '' };
  const upload = await backend.uploads.open(use);
  const end = upload.ok ? await backend.uploads.finish(use) : upload;
  if (end.ok) {
    const language = languageFor(request, upload.language);
    answerJson(response, 200, { ok: true, sentence: say(language, 'upload.backToTeams') });
    return;
  }
  const { language } = upload;
  refuseLink(request, response, { problem: end.problem, ...(language && { language }) }, true);
}

/** What the page's script is told when the desk fails. */
export function answerUploadFault(request: IncomingMessage, response: ServerResponse): void {
  const sentence = say(languageFor(request, undefined), 'file.fault');
  answerJson(response, 500, { ok: false, about: 'desk', problem: 'fault', sentence }, LAST_ANSWER);
}

/**
 * Whether the request comes from the desk's own page: another site can send this header only after a CORS preflight,
 * which is never allowed.
 */
function isFromPage(request: IncomingMessage, publicUrl: string): boolean {
  return request.headers['x-requested-with'] === 'desk' && mayBeOwnPage(request, publicUrl);
}

function refuseForeignPage(response: ServerResponse): void {
  answerJson(response, 403, { ok: false, error: 'notFromThePage' }, LAST_ANSWER);
}

async function takeUnlessInterrupted(use: LinkUse, name: string, request: IncomingMessage, backend: UploadBackend) {
  try {
    const taken = await backend.uploads.take(use, name, incomingBytes(request), announcedSize(request));
    return hasBrokenOff(request) && !taken.ok ? 'brokenOff' : taken;
  } catch (error) {
    if (hasBrokenOff(request)) return 'brokenOff';
    throw error;
  }
}

/** The name a file was sent under, well-formed and cut; undefined where there is none. The desk makes it safe. */
function fileName({ headers }: IncomingMessage): string | undefined {
  const name = decoded(String(headers['x-file-name'] ?? '')).toWellFormed();
  return name === '' ? undefined : name.slice(-MAX_NAME_LENGTH).toWellFormed();
}

/** A header holds no letters but ASCII, so the name is percent-encoded; what is not, is taken as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function refuseLink(
  request: IncomingMessage,
  response: ServerResponse,
  refused: { readonly problem: LinkProblem; readonly language?: Language },
  readToEnd: boolean,
): void {
  const sentence = linkSentence(languageFor(request, refused.language), refused.problem);
  const body = { ok: false, about: 'link', problem: refused.problem, sentence };
  answerJson(response, linkStatus(refused.problem), body, readToEnd ? {} : LAST_ANSWER);
}

function refuseFile(
  response: ServerResponse,
  { problem, ...what }: { readonly problem: FileProblem } & Pick<RefusedFile, 'culprit'>,
  upload: OpenUpload,
  readToEnd: boolean,
): void {
  const sentence = fileSentence(upload.language, problem, upload, what);
  const seconds = retryAfter(problem);
  answerJson(
    response,
    fileStatus(problem),
    { ok: false, about: 'file', problem, sentence, ...(canRetry(problem) && { canRetry: true }) },
    {
      ...(readToEnd ? {} : LAST_ANSWER),
      ...(seconds !== undefined && { 'Retry-After': String(seconds) }),
    },
  );
}
