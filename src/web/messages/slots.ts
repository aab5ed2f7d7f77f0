/**
 * Limits how many activities are processed at once. A request takes a slot when its headers are authenticated and frees
 * it when it is answered, so a slow body occupies a slot too. When all slots are taken, the oldest slow body is
 * cancelled. When the bodies held in memory exceed `bodiesBytes`, the largest incomplete one is cancelled.
 */
import type { After, WebLimits } from '../ports.ts';

/** Why a body is not read any further: it arrived too slowly, or there is too much to read at once. */
export type CancelReason = 'tooSlow' | 'tooMany';

/** The slot of one request. */
export interface Slot {
  /** The body starts to arrive; `cancel` stops reading it. */
  bodyStarted(cancel: (reason: CancelReason) => void): void;
  /** That many more bytes of the body are held in memory. */
  bodyGrew(bytes: number): void;
  /** The body is complete, or was cancelled. */
  bodyEnded(): void;
  /** The request was answered, or its client went away. */
  release(): void;
}

export interface Slots {
  /** A slot for one more request; undefined where there is none. */
  acquire(): Slot | undefined;
  /** Gives out no more slots; resolves when the last one is released. */
  drain(): Promise<void>;
}

interface InFlight {
  bytes: number;
  isSlow: boolean;
  /** Present while the body arrives. */
  cancel?: (reason: CancelReason) => void;
}

/** `onChange` is told the number of slots taken whenever it changes. */
export function createSlots(
  limits: Pick<WebLimits, 'maxConcurrentActivities' | 'bodiesBytes' | 'slowBodyMs'>,
  after: After,
  onChange: (taken: number) => void,
): Slots {
  /** Oldest first. */
  const inFlight = new Set<InFlight>();
  const waitingForDrain: (() => void)[] = [];
  let draining = false;

  /** Whether a slot is free, if need be after cancelling a slow body. */
  function makeRoom(): boolean {
    if (inFlight.size < limits.maxConcurrentActivities) return true;
    for (const one of inFlight) {
      if (!one.cancel || !one.isSlow) continue;
      release(one);
      one.cancel('tooSlow');
      return true;
    }
    return false;
  }

  function release(one: InFlight): void {
    if (!inFlight.delete(one)) return;
    onChange(inFlight.size);
    if (inFlight.size === 0) for (const resolve of waitingForDrain.splice(0)) resolve();
  }

  function limitMemory(): void {
    let bytes = 0;
    let largest: InFlight | undefined;
    for (const one of inFlight) {
      bytes += one.bytes;
      if (one.cancel && one.bytes > (largest?.bytes ?? 0)) largest = one;
    }
    if (bytes > limits.bodiesBytes) largest?.cancel?.('tooMany');
  }

  return {
    acquire() {
      if (draining || !makeRoom()) return undefined;
      const one: InFlight = { bytes: 0, isSlow: false };
      inFlight.add(one);
      onChange(inFlight.size);
      let stopTimer = (): void => undefined;
      return {
        bodyStarted(cancel) {
          one.cancel = cancel;
          stopTimer = after(limits.slowBodyMs, () => {
            one.isSlow = true;
          });
        },
        bodyGrew(bytes) {
          one.bytes += bytes;
          limitMemory();
        },
        bodyEnded() {
          stopTimer();
          delete one.cancel;
        },
        release: () => release(one),
      };
    },
    drain() {
      draining = true;
      return inFlight.size === 0 ? Promise.resolve() : new Promise((resolve) => waitingForDrain.push(resolve));
    },
  };
}
