import { DeskError } from '../../domain/deskError.ts';

/** A file has more bytes than the desk accepts. */
export class FileTooLargeError extends DeskError<'proof.tooLarge'> {
  constructor(maxBytes: number) {
    super('proof.tooLarge', `more than ${maxBytes} bytes`);
  }
}

/**
 * Passes the bytes on as they come; throws a {@link FileTooLargeError} in place of the first chunk that exceeds
 * `maxBytes`.
 */
export async function* limitBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > maxBytes) throw new FileTooLargeError(maxBytes);
    yield chunk;
  }
}
