/** The body of an upload as the desk reads it. */
import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request. Whoever stops reading early leaves the connection alone, so that the client can still be answered;
 * a connection that breaks off throws.
 */
export function incomingBytes(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

/**
 * Reads what is left of a request and throws it away: browsers listen only when all is sent. Answers whether
 * the end was reached; gives up after `atMost` bytes or when the connection breaks off.
 */
export async function discardRest(request: IncomingMessage, atMost: number): Promise<boolean> {
  if (request.readableEnded) return true;
  let left = atMost;
  try {
    for await (const chunk of incomingBytes(request)) {
      left -= chunk.length;
      if (left < 0) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Whether the client went away before the whole body had come. */
export function hasBrokenOff(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}

/** The size that a request announces, in bytes; undefined where it does not say. */
export function announcedSize(request: IncomingMessage): number | undefined {
  const length = request.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}
