/** Reading the body of an upload. */
import type { IncomingMessage } from 'node:http';

/**
 * The bytes of a request. Stopping early leaves the connection open, so that the client can still be answered. Throws
 * when the connection breaks off.
 */
export function incomingBytes(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

/**
 * Reads the rest of a request and throws it away: browsers read the answer only when they have sent everything. Returns
 * whether the end was reached; gives up after `maxBytes` or when the connection breaks off.
 */
export async function discardRest(request: IncomingMessage, maxBytes: number): Promise<boolean> {
  if (request.readableEnded) return true;
  let left = maxBytes;
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

/** Whether the client disconnected before the body was complete. */
export function hasBrokenOff(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}

/** The size that a request announces, in bytes; undefined where it announces none. */
export function announcedSize(request: IncomingMessage): number | undefined {
  const length = request.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}
