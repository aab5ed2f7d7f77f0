/** `GET /poe-file/:link`: a file of a claim, as an attachment that no browser runs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { headersOf } from '../respond.ts';
import type { AssetPaths } from '../assets.ts';
import { attachment, harmlessType } from './contentDisposition.ts';
import { answerLinkPage, isLink } from '../pages/linkPage.ts';
import type { WebBackend } from '../ports.ts';

/** Sends the file, or a page that says why not. If reading the file fails midway, the connection is closed. */
export async function sendFile(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  backend: Pick<WebBackend, 'downloads' | 'log'>,
  assets: AssetPaths,
): Promise<void> {
  const file = isLink(link) ? await backend.downloads.open(link) : ({ ok: false, problem: 'altered' } as const);
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
