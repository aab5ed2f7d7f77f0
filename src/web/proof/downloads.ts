/** `GET /poe-file/:link/file`: a file of a claim, as an attachment that no browser runs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { headersOf } from '../respond.ts';
import type { AssetPaths } from '../assets.ts';
import { attachment, harmlessType } from './contentDisposition.ts';
import type { LinkCookies } from './cookies.ts';
import { isPrefetch } from './ownPage.ts';
import { answerLinkPage, isLink } from '../pages/linkPage.ts';
import type { WebBackend } from '../ports.ts';

/**
 * Sends the file to a browser that has exchanged the link, or a page that says why not. If reading the file fails
 * midway, the connection is closed. What a browser fetches before its user asks is no reading, and gets nothing.
 */
export async function sendFile(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  backend: Pick<WebBackend, 'downloads' | 'log'>,
  cookies: LinkCookies,
  assets: AssetPaths,
): Promise<void> {
  const { session } = isPrefetch(request) ? {} : cookies.read(request);
  const file = !isLink(link)
    ? ({ ok: false, problem: 'altered' } as const)
    : session === undefined
      ? ({ ok: false, problem: 'notEntered' } as const)
      : await backend.downloads.open({ link, session });
  if (!file.ok) return answerLinkPage(request, response, file, assets);

  response.writeHead(
    200,
    headersOf({
      'Content-Type': harmlessType(file.contentType),
      'Content-Length': String(file.size),
      'Content-Disposition': attachment(file.name),
      'Content-Security-Policy': "sandbox; default-src 'none'",
    }),
  );
  try {
    await pipeline(Readable.from(file.bytes, { objectMode: false }), response);
  } catch (error) {
    backend.log.warn({ error }, 'Download broke off');
  }
}
