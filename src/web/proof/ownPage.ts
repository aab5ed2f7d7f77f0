/** Whether a request comes from a page of the desk itself. */
import type { IncomingMessage } from 'node:http';

/**
 * Whether what a browser says of where a request comes from names the desk. Pages that send no referrer send a form
 * with the origin `null`; then Sec-Fetch-Site tells, which no page can set. A program, or a browser that sends neither,
 * passes: this is never the only check.
 */
export function mayBeOwnPage({ headers }: IncomingMessage, publicUrl: string): boolean {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined || origin === 'null') return true;
  return isOwnOrigin(origin, headers.host, URL.parse(publicUrl));
}

/** Whether an Origin is that of the host that was asked, or of the address under which the pages are reached. */
export function isOwnOrigin(origin: string, host: string | undefined, publicUrl: URL | null): boolean {
  const from = URL.parse(origin);
  return from !== null && (from.host === host || from.origin === publicUrl?.origin);
}

/** Whether a browser fetches something before its user asks for it. */
export function isPrefetch({ headers }: IncomingMessage): boolean {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']];
  return purposes.some((purpose) => /prefetch|prerender|preview/i.test(String(purpose ?? '')));
}
