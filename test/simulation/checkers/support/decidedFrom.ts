/** The earliest instant at which the writer of a document can have decided to write it, and by which rights. */
import { STALE_MS } from '../../world/storeClient.ts';
import type { DocumentWritten } from '../observations.ts';

/** The longest that a turn goes on after it read the claim: held up for two minutes, and then throttled. */
const LONGEST_TURN_MS = 180_000;

/**
 * An instance may have known the version that it replaced for days: what it decided by, it read in the turn that wrote.
 */
export function decidedFrom({ readAt, at }: Pick<DocumentWritten, 'readAt' | 'at'>): number {
  return Math.max(readAt, at - LONGEST_TURN_MS);
}

/** From when on the rights were that it decided by: a replica may have told it those of some seconds before. */
export function rightsFrom(wrote: Pick<DocumentWritten, 'readAt' | 'at'>): number {
  return decidedFrom(wrote) - STALE_MS;
}
