/** How the wait before a retry grows. */
export interface BackOff {
  readonly firstMs: number;
  /** By how much the wait after each failed attempt is longer than the one before. */
  readonly factor: number;
  /** Between which two factors the wait is spread by chance, so that retries of many callers do not coincide. */
  readonly spread: readonly [from: number, to: number];
}

/** The wait in milliseconds after the `attempt`-th failure, counted from 1; `chance` is from 0 to 1. */
export function backOffMs({ firstMs, factor, spread: [from, to] }: BackOff, attempt: number, chance: number): number {
  return firstMs * factor ** (attempt - 1) * (from + (to - from) * chance);
}
