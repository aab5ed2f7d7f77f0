/** How slowly a file may come: a sender that stalls must not hold what other uploads wait for. */
import { DeskError } from '../../domain/deskError.ts';
import type { Timer } from '../ports/system.ts';
import type { UploadLimits } from '../ports/world.ts';

/** The longest that one file may take to come, however steadily. */
export const MAX_UPLOAD_MS = 15 * 60_000;

/** A sender was silent, or slower than a file may come. */
export class StalledError extends DeskError<'proof.stalled'> {
  constructor() {
    super('proof.stalled', 'the sender of a file stalled');
  }
}

/**
 * Passes the bytes on as they come; throws a {@link StalledError} where the desk has waited too long for the next. Each
 * byte gives back the time that it takes at the lowest rate, up to `patienceMs`. Only waiting for the sender counts,
 * not the time that the store takes. Steady time alone: a clock that is set ends no upload, and lets none live on.
 */
export async function* paced(
  bytes: AsyncIterable<Uint8Array>,
  { patienceMs, bytesPerSecond }: Pick<UploadLimits, 'patienceMs' | 'bytesPerSecond'>,
  timer: Timer,
): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const endsAt = timer.now() + MAX_UPLOAD_MS;
  let patience = patienceMs;
  let state: 'open' | 'ended' | 'stalled' = 'open';
  try {
    for (;;) {
      const from = timer.now();
      const next = await within(source.next(), Math.min(patience, endsAt - from), timer);
      if (next === undefined) {
        state = 'stalled';
        throw new StalledError();
      }
      if (next.done) {
        state = 'ended';
        return;
      }
      const { length } = next.value;
      patience = Math.min(patienceMs, patience - (timer.now() - from) + (length * 1_000) / bytesPerSecond);
      yield next.value;
    }
  } finally {
    // A source that stalls does not end before it has sent something: waiting for it would be to stall as well.
    const ended = state === 'ended' ? undefined : source.return?.();
    if (state === 'stalled') ended?.catch(() => undefined);
    else await ended;
  }
}

/** The result, or undefined where it takes longer. */
async function within<Result>(work: Promise<Result>, ms: number, timer: Timer): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = timer.after(Math.max(0, ms), () => resolve(undefined));
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
