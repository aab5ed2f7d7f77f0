/**
 * The turns in hand: how many there may be, who gives way when there are too many, and when the last has ended.
 *
 * A turn is in hand from the head of its request, once whoever sent it may speak, to its answer: a body on its way takes a
 * place too. Who sends slowly keeps nobody out: when all places are taken, the oldest body that is long on its way gives its own up. And all bodies
 * together stay small: when they do not, the largest that is still on its way is given up.
 */
import type { After, WebLimits } from '../ports.ts';

/** Why a body is not read any further: its sender took too long, or there is too much to read at once. */
export type GivenUp = 'tooSlow' | 'tooMany';

export interface Slot {
  /** From now on the body is on its way; `giveUp` ends that. */
  reading(giveUp: (why: GivenUp) => void): void;
  /** So many more bytes of the body are held. */
  hold(bytes: number): void;
  /** The body is there, or given up. */
  read(): void;
  /** The turn was answered, or nobody waits for its answer any more. */
  end(): void;
}

export interface Slots {
  /** A place for one more turn; undefined where there is none. */
  begin(): Slot | undefined;
  /** Lets no more turns in; resolves when the last one has ended. */
  drain(): Promise<void>;
}

interface Reader {
  bytes: number;
  isSlow: boolean;
  giveUp?: (why: GivenUp) => void;
}

export function createSlots(
  limits: Pick<WebLimits, 'maxConcurrentActivities' | 'bodiesBytes' | 'patienceMs'>,
  after: After,
  counted: (inHand: number) => void,
): Slots {
  /** Those in hand, oldest first. Whose body is read has no `giveUp` any more. */
  const inHand = new Set<Reader>();
  const ended: (() => void)[] = [];
  let draining = false;

  function makeRoom(): boolean {
    if (inHand.size < limits.maxConcurrentActivities) return true;
    for (const reader of inHand) {
      if (!reader.giveUp || !reader.isSlow) continue;
      leave(reader);
      reader.giveUp('tooSlow');
      return true;
    }
    return false;
  }

  function leave(reader: Reader): void {
    if (!inHand.delete(reader)) return;
    counted(inHand.size);
    if (inHand.size === 0) for (const tell of ended.splice(0)) tell();
  }

  function keepSmall(): void {
    let bytes = 0;
    let largest: Reader | undefined;
    for (const reader of inHand) {
      bytes += reader.bytes;
      if (reader.giveUp && reader.bytes > (largest?.bytes ?? 0)) largest = reader;
    }
    if (bytes > limits.bodiesBytes) largest?.giveUp?.('tooMany');
  }

  return {
    begin() {
      if (draining || !makeRoom()) return undefined;
      const reader: Reader = { bytes: 0, isSlow: false };
      inHand.add(reader);
      counted(inHand.size);
      let cancel = (): void => undefined;
      return {
        reading(giveUp) {
          reader.giveUp = giveUp;
          cancel = after(limits.patienceMs, () => {
            reader.isSlow = true;
          });
        },
        hold(bytes) {
          reader.bytes += bytes;
          keepSmall();
        },
        read() {
          cancel();
          delete reader.giveUp;
        },
        end: () => leave(reader),
      };
    },
    drain() {
      draining = true;
      return inHand.size === 0 ? Promise.resolve() : new Promise((resolve) => ended.push(resolve));
    },
  };
}
