/** Files attached to a message in a personal chat: fetched only from where Teams stores them. */
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { DeskError } from '../../domain/deskError.ts';
import type { RawActivity } from '../activity.ts';
import { textOf } from '../activity.ts';
import type { ChannelAuthenticator } from '../auth/authenticator.ts';
import { isLoopbackUrl } from '../../shared/loopback.ts';
import { publicLookup } from './ssrfGuard.ts';
import type { Resolve } from './ssrfGuard.ts';
import { isObject } from '../../shared/objects.ts';

export interface AttachedFile {
  readonly name: string;
  readonly url: string;
}

/** The file's bytes, as far as they are read; undefined where it cannot be fetched, or not before `end` aborts. */
export type FetchFile = (file: AttachedFile, end?: AbortSignal) => Promise<AsyncIterable<Uint8Array> | undefined>;

/** A file could not be fetched from where Teams stores it. */
export class NotFetchedError extends DeskError<'files.notFetched'> {
  constructor() {
    super('files.notFetched', 'the file could not be fetched from Teams');
  }
}

/** The type of a file that Teams hands over. */
export const FILE_DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';
/** The most files of one message that are taken. */
export const MAX_FILES = 10;
const FETCH_MS = 40_000;

/** The files among the attachments of a message; at most ten. */
export function attachedFiles(attachments: readonly RawActivity[]): readonly AttachedFile[] {
  return allFiles(attachments).slice(0, MAX_FILES);
}

/** Whether a message has more files than are taken of it. */
export function hasMoreFiles(attachments: readonly RawActivity[]): boolean {
  return allFiles(attachments).length > MAX_FILES;
}

function allFiles(attachments: readonly RawActivity[]): readonly AttachedFile[] {
  return attachments.flatMap((attachment) => {
    const { contentType, name, content } = attachment;
    const url = isObject(content) ? textOf(content['downloadUrl']) : '';
    return contentType === FILE_DOWNLOAD && url !== '' ? [{ name: textOf(name), url }] : [];
  });
}

export interface Fetching {
  /** Resolves host names; by default the system's resolver. */
  readonly resolve?: Resolve;
  /** How long one file may take, from the request to the last byte, in milliseconds. */
  readonly fetchMs?: number;
}

/**
 * Fetches files from where the authenticator allows it. Follows no redirect, connects to public addresses only (and to
 * this machine, where the authenticator allows it), and rejects compressed responses.
 */
export function createFileFetcher(
  authenticator: Pick<ChannelAuthenticator, 'mayFetch'>,
  { resolve, fetchMs = FETCH_MS }: Fetching = {},
): FetchFile {
  const lookup = publicLookup(resolve);
  return async ({ url }, end) => {
    if (!authenticator.mayFetch(url)) return undefined;
    const { promise, resolve: respond } = Promise.withResolvers<IncomingMessage | undefined>();
    // A new connection: the address of a reused one was checked at another time.
    const options = {
      agent: false,
      signal: AbortSignal.any([AbortSignal.timeout(fetchMs), ...(end ? [end] : [])]),
      headers: { 'accept-encoding': 'identity' },
      ...(!isLoopbackUrl(url) && { lookup }),
    };
    const get = URL.parse(url)?.protocol === 'http:' ? getPlain : getSecure;
    // The listener stays: a connection that breaks later emits the error here as well as to the reader.
    get(url, options, respond).on('error', () => respond(undefined));
    const response = await promise;
    if (response && isWhole(response)) return response;
    response?.destroy();
    return undefined;
  };
}

function isWhole({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 200 && (headers['content-encoding'] ?? 'identity') === 'identity';
}
