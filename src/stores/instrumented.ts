import type { Documents } from '../desk/ports/documents.ts';
import type { Meters } from '../desk/ports/metrics.ts';
import { ClockError } from './cosmos/clockCheck.ts';

/**
 * The same store, with every call reported to `meters`: its name, its outcome and its duration; a clock fault
 * is counted besides. `now` is a clock that never goes back, in milliseconds from any start.
 */
export function instrumentDocuments(
  documents: Documents,
  meters: Pick<Meters, 'store' | 'clockFault'>,
  now: () => number,
): Documents {
  async function measured<Result>(operation: keyof Documents, call: () => Promise<Result>): Promise<Result> {
    const start = now();
    const report = (outcome: Parameters<Meters['store']>[1]): void =>
      meters.store(operation, outcome, (now() - start) / 1000);
    try {
      const result = await call();
      report(result === 'exists' || result === 'changed' ? 'conflict' : 'done');
      return result;
    } catch (error) {
      report('fault');
      if (error instanceof ClockError) meters.clockFault();
      throw error;
    }
  }

  return {
    create: (document) => measured('create', () => documents.create(document)),
    read: (kind, id) => measured('read', () => documents.read(kind, id)),
    replace: (document, etag) => measured('replace', () => documents.replace(document, etag)),
    find: (find) => measured('find', () => documents.find(find)),
    scan: (scan) => measured('scan', () => documents.scan(scan)),
  };
}
