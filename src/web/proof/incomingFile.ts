/** Reading the body of an upload. */
import type { IncomingMessage } from 'node:http';
import type { After } from '../ports.ts';

/**
 * The bytes of a request. Stopping early leaves the connection open, so that the client can still be answered. Throws
 * when the connection breaks off.
 */
export function incomingBytes(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) };
}

/** How much of a rejected file is read and thrown away, in bytes and milliseconds. */
const MAX_DISCARDED_BYTES = 32 * 1024 * 1024;
const MAX_DISCARDING_MS = 10_000;

/**
 * Reads the rest of a request and throws it away: browsers read the answer only when they have sent everything. Returns
 * whether the end was reached; gives up after 32 MiB or ten seconds, or when the connection breaks off.
 */
export async function discardRest(request: IncomingMessage, after: After): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const cancel = after(MAX_DISCARDING_MS, () => resolve(false));
  try {
    return await Promise.race([readToEnd(request), late]);
  } finally {
    cancel();
  }
}

async function readToEnd(request: IncomingMessage): Promise<boolean> {
  if (request.readableEnded) return true;
  let left = MAX_DISCARDED_BYTES;
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
