/**
 * Whether what the desk needs answers just now: its store, its files, and the keys that Teams signs with; and whether
 * store and files belong together.
 */
import type { Meters } from '../desk/ports/metrics.ts';
import type { Clock, Log } from '../desk/ports/system.ts';
import type { Pause } from './within.ts';
import { within } from './within.ts';

const PARTS = ['store', 'files', 'pair', 'keys'] as const;
type Part = (typeof PARTS)[number];
export type Readiness = Readonly<Record<Part, boolean>>;

/** Each asks its part for something small. A part is ready where that succeeds, with anything but `false`. */
export type Asks = Readonly<Record<Part, () => Promise<unknown>>>;

export interface ReadinessOptions {
  readonly log: Log;
  readonly meters: Pick<Meters, 'ready'>;
  /** Is never set. */
  readonly steady: Clock;
  /** Resolves after `ms` milliseconds. */
  readonly pause: Pause;
}

/** A part that takes longer is not ready. */
const MAX_CHECK_MS = 2_000;
/** How long an answer is reused, so that asking for the readiness cannot load the store. */
const KEPT_MS = 1_000;

export function createReadiness(
  asks: Asks,
  { log, meters, steady, pause }: ReadinessOptions,
): () => Promise<Readiness> {
  let known: { readonly readiness: Promise<Readiness>; until: number } | undefined;

  async function isReady(part: Part): Promise<boolean> {
    try {
      const answer = await within(asks[part](), MAX_CHECK_MS, 'tooLong', pause);
      if (answer !== false && answer !== 'tooLong') return true;
      log.warn({ part }, 'Not ready: a dependency does not answer');
    } catch (error) {
      log.warn({ part, error }, 'Not ready: a dependency failed');
    }
    return false;
  }

  async function ask(): Promise<Readiness> {
    const [store = false, files = false, pair = false, keys = false] = await Promise.all(PARTS.map(isReady));
    meters.ready(store && files && pair && keys);
    return { store, files, pair, keys };
  }

  return () => {
    if (known && steady.now() < known.until) return known.readiness;
    const asked = { readiness: ask(), until: Number.POSITIVE_INFINITY };
    known = asked;
    void asked.readiness.then(() => {
      asked.until = steady.now() + KEPT_MS;
    });
    return asked.readiness;
  };
}
