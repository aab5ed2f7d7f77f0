/** What the uploads of this process may take together: asked before anything of a file is read. */
import type { PersonId } from '../../domain/claims/values.ts';
import type { Meters } from '../ports/metrics.ts';
import type { UploadLimits } from '../ports/world.ts';

/** How many files may come at once by one link, or in one chat. */
export const MAX_PER_SOURCE = 2;
/** How many files one person may send at once by all their links: no one fills the process alone. */
const MAX_PER_PERSON = 4;

/** By what a file comes: the nonce of its link, or the chat of its sender. */
export type UploadSource = `link:${string}` | `chat:${PersonId}`;

export interface UploadGate {
  /**
   * Room for one more file of at most `bytes`, to be released once; `busy` where the process has none,
   * `tooManyAtOnce` where its sender has taken theirs.
   */
  enter(person: PersonId, source: UploadSource, bytes: number): { release(): void } | 'busy' | 'tooManyAtOnce';
}

export function createUploadGate(
  { atOnce, bytesAtOnce }: Pick<UploadLimits, 'atOnce' | 'bytesAtOnce'>,
  meters: Pick<Meters, 'uploading'>,
): UploadGate {
  const inFlight = new Set<{ readonly person: PersonId; readonly source: UploadSource; readonly bytes: number }>();
  const bytesInFlight = (): number => [...inFlight].reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    enter(person, source, bytes) {
      const own = [...inFlight].filter((one) => one.person === person);
      const bySource = own.filter((one) => one.source === source);
      if (bySource.length >= MAX_PER_SOURCE || own.length >= MAX_PER_PERSON) return 'tooManyAtOnce';
      if (inFlight.size >= atOnce || bytesInFlight() + bytes > bytesAtOnce) return 'busy';
      const one = { person, source, bytes };
      inFlight.add(one);
      meters.uploading(inFlight.size, bytesInFlight());
      return {
        release() {
          if (inFlight.delete(one)) meters.uploading(inFlight.size, bytesInFlight());
        },
      };
    },
  };
}
