/**
 * Virtual time. Nothing happens but the calls on the scheduler, in the order of their times; everything that follows
 * from one call has happened before the next. So a run is the same each time, however fast the machine is.
 */
import { settled } from './verifications.ts';

interface Due {
  readonly at: number;
  /** Of two calls at the same time, the one that was scheduled first runs first. */
  readonly order: number;
  call: (() => void) | undefined;
}

export interface Scheduler {
  /** True time, milliseconds since 1970. */
  now(): number;
  /** Schedules a call after a number of milliseconds; the returned function cancels it. */
  after(ms: number, call: () => void): () => void;
  /** Runs everything that is scheduled up to an instant. */
  runTo(until: number): Promise<void>;
  /** The number of calls that were made. */
  steps(): number;
}

export function createScheduler(start: number): Scheduler {
  let now = start;
  let order = 0;
  let steps = 0;
  const heap: Due[] = [];

  const isBefore = (one: Due, other: Due): boolean =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function push(due: Due): void {
    let place = heap.push(due) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(due, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  function pop(): Due | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = place * 2 + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      const child = one && other && isBefore(other, one) ? other : one;
      if (!child || !isBefore(child, last)) break;
      heap[place] = child;
      place = child === one ? left : left + 1;
    }
    heap[place] = last;
    return first;
  }

  return {
    now: () => now,
    after(ms, call) {
      order += 1;
      const due: Due = { at: now + Math.max(0, Math.round(ms)), order, call };
      push(due);
      return () => {
        due.call = undefined;
      };
    },
    async runTo(until) {
      await settled();
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop();
        const { at, call } = next;
        if (!call) continue;
        now = Math.max(now, at);
        steps += 1;
        call();
        await settled();
      }
      now = Math.max(now, until);
    },
    steps: () => steps,
  };
}
