/** A request to the web server and its answer, without a socket. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { readActivity } from '../../src/web/messages/activityBody.ts';
import type { ActivityBody } from '../../src/web/messages/activityBody.ts';
import { WEB_LIMITS } from '../../src/web/ports.ts';

export interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export function requestOf({ url, headers, body }: Asked): IncomingMessage {
  const request = Object.assign(Readable.from([Buffer.from(body)]), { url, headers, method: 'PUT', complete: true });
  return Object.assign(request, { iterator: () => request[Symbol.asyncIterator]() }) as unknown as IncomingMessage;
}

/** What was answered. */
export class AnswerKept {
  status = 0;
  text = '';
  headersSent = false;
  readonly destroyed = false;
  headers: Readonly<Record<string, string>> = {};

  writeHead(status: number, headers: Readonly<Record<string, string>>): void {
    this.headersSent = true;
    this.status = status;
    this.headers = headers;
  }
  end(body: Uint8Array): void {
    this.text = Buffer.from(body).toString('utf8');
  }
  asResponse(): ServerResponse {
    return this as unknown as ServerResponse;
  }
}

/** The activity in a body, as the web server reads it. */
export function activityIn(body: string | Uint8Array): Promise<ActivityBody> {
  const request = requestOf({
    url: '/api/messages',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
  return readActivity(request, WEB_LIMITS, () => () => undefined, {
    bodyStarted: () => undefined,
    bodyGrew: () => undefined,
    bodyEnded: () => undefined,
  });
}
