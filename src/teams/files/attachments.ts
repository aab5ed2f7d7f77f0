/** Files that somebody sends to the bot in a personal chat: fetched only from where Teams keeps them. */
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
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

/** The file's bytes, as far as whoever reads them wants them; undefined where it cannot be had, or not before `end`. */
export type FetchFile = (file: AttachedFile, end?: AbortSignal) => Promise<AsyncIterable<Uint8Array> | undefined>;

const DOWNLOAD_INFO = 'application/vnd.microsoft.teams.file.download.info';
const MAX_FILES = 10;
const FETCH_MS = 40_000;

/** The files among the attachments of a message; at most ten. */
export function attachedFiles(attachments: readonly RawActivity[]): readonly AttachedFile[] {
  return attachments
    .flatMap((attachment) => {
      const { contentType, name, content } = attachment;
      const url = isObject(content) ? textOf(content['downloadUrl']) : '';
      return contentType === DOWNLOAD_INFO && url !== '' ? [{ name: textOf(name), url }] : [];
    })
    .slice(0, MAX_FILES);
}

export interface Fetching {
  /** How names are resolved; the system's way unless said otherwise. */
  readonly resolve?: Resolve;
  /** How long one file may take, from the first word to the last byte, in milliseconds. */
  readonly fetchMs?: number;
}

/**
 * Fetches files from where the door allows it. No redirect is followed, no name is followed to an address that is not public
 * (but this machine, where the door allows it), and bytes that are said to be packed are not taken.
 */
export function createFileFetcher(
  door: Pick<ChannelAuthenticator, 'mayFetch'>,
  { resolve, fetchMs = FETCH_MS }: Fetching = {},
): FetchFile {
  const lookup = publicLookup(resolve);
  return async ({ url }, end) => {
    if (!door.mayFetch(url)) return undefined;
    const { promise, resolve: settle } = Promise.withResolvers<IncomingMessage | undefined>();
    // A connection of its own: one that is kept was looked up at another time.
    const options = {
      agent: false,
      signal: AbortSignal.any([AbortSignal.timeout(fetchMs), ...(end ? [end] : [])]),
      headers: { 'accept-encoding': 'identity' },
      ...(!isLoopbackUrl(url) && { lookup }),
    };
    const get = URL.parse(url)?.protocol === 'http:' ? getPlain : getSecure;
    // The listener stays: a connection that breaks off later says so here as well as to whoever reads.
    get(url, options, settle).on('error', () => settle(undefined));
    const response = await promise;
    if (response && isWhole(response)) return response;
    response?.destroy();
    return undefined;
  };
}

function isWhole({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 200 && (headers['content-encoding'] ?? 'identity') === 'identity';
}
