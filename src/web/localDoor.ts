/**
 * Who may speak to a desk that checks no signatures: programs of this machine. A browser on it may have been led here
 * by a page of elsewhere, whose name was made to mean this machine (DNS rebinding), or which sends without asking.
 */
import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../shared/loopback.ts';
import { isOwnOrigin } from './proof/ownPage.ts';

/** What is foreign about a request. */
export type Foreign = 'foreignHost' | 'foreignOrigin';

/** What people open in their browsers. */
const PAGES = /^\/(?:poe|poe-file|assets|about)(?:[/?]|$)/;

/**
 * What tells a request to be of elsewhere; undefined where nothing does. The Host has to name this machine, and the
 * Origin, which browsers send, to be the desk's own. Only pages may be asked for under `publicUrl` too.
 */
export function foreignIn({ url, headers }: IncomingMessage, publicUrl: string): Foreign | undefined {
  const host = URL.parse(`http://${headers.host ?? ''}/`);
  const known = PAGES.test(url ?? '') ? URL.parse(publicUrl) : null;
  if (!host || (!isLoopbackHost(host.hostname) && host.hostname !== known?.hostname)) return 'foreignHost';
  if (headers.origin === undefined) return undefined;
  // A form of our own pages, which send no referrer and so no origin either; no page can set the other header.
  if (headers.origin === 'null' && headers['sec-fetch-site'] === 'same-origin') return undefined;
  return isOwnOrigin(headers.origin, host.host, known) ? undefined : 'foreignOrigin';
}
