/** How requests are answered: all security headers are set here. */
import type { ServerResponse } from 'node:http';

/** The policy of everything that is not a page: nothing may be loaded, run, framed or sent. */
export const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Pages load the desk's script and style sheet and call the desk; nothing else, and nothing inline. */
export const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** The same for a page with a form, which sends it to the desk alone. */
export const FORM_POLICY = PAGE_POLICY.replace("form-action 'none'", "form-action 'self'");

export type Headers = Readonly<Record<string, string>>;

const SAFE_HEADERS: Headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': NOTHING_ALLOWED,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** The security headers, with those that the answer adds or changes. */
export function headersOf(own: Headers): Headers {
  return { ...SAFE_HEADERS, ...own };
}

/** Sends a complete answer. Does nothing when the client has disconnected or an answer has begun. */
export function answer(response: ServerResponse, status: number, body: string | Buffer, own: Headers): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  response.writeHead(status, headersOf({ ...own, 'Content-Length': String(bytes.length) }));
  response.end(bytes);
}

export function answerJson(response: ServerResponse, status: number, body: unknown, own: Headers = {}): void {
  answer(response, status, JSON.stringify(body), { 'Content-Type': 'application/json; charset=utf-8', ...own });
}

export function answerPage(response: ServerResponse, status: number, page: string, own: Headers = {}): void {
  answer(response, status, page, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
    ...own,
  });
}

/** Closes the connection after the answer, because the rest of the request is not read. */
export const LAST_ANSWER: Headers = { Connection: 'close' };
