/** Files that somebody sends to the bot in a personal chat: fetched only from where Teams keeps them. */
import type { RawActivity } from './actor.ts';
import { isObject, textOf } from './actor.ts';
import { isLoopback } from './door.ts';

export interface AttachedFile {
  readonly name: string;
  readonly url: string;
}

const DOWNLOAD_INFO = 'application/vnd.microsoft.teams.file.download.info';
/** The hosts of SharePoint and OneDrive for Business, in the public and the sovereign clouds. */
const HOSTS = ['.sharepoint.com', '.sharepoint.us', '.sharepoint-mil.us', '.sharepoint.cn'];
const MOST_FILES = 10;
const FETCH_MS = 60_000;

/** The files among the attachments of a message; at most ten. */
export function attachedFiles(attachments: readonly RawActivity[]): readonly AttachedFile[] {
  return attachments.flatMap((attachment) => {
    const { contentType, name, content } = attachment;
    const url = isObject(content) ? textOf(content['downloadUrl']) : '';
    return contentType === DOWNLOAD_INFO && url !== '' ? [{ name: textOf(name), url }] : [];
  }).slice(0, MOST_FILES);
}

/** Whether a file may be fetched from there: Teams' own storage over https, or this machine while the desk is on loopback. */
export function mayFetch(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username } = new URL(url);
  if (isLoopback(url)) return true;
  return protocol === 'https:' && port === '' && username === '' && HOSTS.some((host) => hostname.endsWith(host));
}

/** The file's bytes; undefined where it cannot be had. Redirects are not followed. */
export async function fetchFile(file: AttachedFile): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (!mayFetch(file.url)) return undefined;
  try {
    const response = await fetch(file.url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
    // The body as it is: made a Node stream, one that breaks off before it is read would end the process.
    return response.ok && response.body ? response.body : undefined;
  } catch {
    return undefined;
  }
}
