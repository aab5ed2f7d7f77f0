/** A moment: milliseconds since 1970-01-01T00:00Z, whole or not. The same everywhere on earth. */

export type Instant = number;

/** Milliseconds in an hour. */
export const HOUR: Instant = 3_600_000;
