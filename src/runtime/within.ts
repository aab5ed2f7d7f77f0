/** Waits `ms` milliseconds; rejects when the signal aborts first. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** The result of `work`, or `late` once `ms` milliseconds have passed; what becomes of the work later is ignored. */
export async function within<Result, Late>(
  work: Promise<Result>,
  ms: number,
  late: Late,
  pause: Pause,
): Promise<Result | Late> {
  const settled = new AbortController();
  const giveUp = (): Late => late;
  try {
    return await Promise.race([work, pause(ms, settled.signal).then(giveUp, giveUp)]);
  } finally {
    settled.abort();
  }
}
