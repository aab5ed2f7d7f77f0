/** Virtual time for tests of code that waits: nothing really waits, and timers fire in their order. */
import type { Timer } from '../../src/teams/sending/timer.ts';

interface Alarm {
  readonly at: number;
  readonly call: () => void;
}

export type Timeline = ReturnType<typeof timeline>;

/** Time that only moves when the test turns it. */
export function timeline() {
  let now = 0;
  const alarms = new Set<Alarm>();
  const timer: Timer = (ms, call) => {
    const alarm = { at: now + Math.max(0, ms), call };
    alarms.add(alarm);
    return () => alarms.delete(alarm);
  };
  const next = (): Alarm | undefined =>
    [...alarms].reduce<Alarm | undefined>(
      (first, alarm) => (first === undefined || alarm.at < first.at ? alarm : first),
      undefined,
    );
  const self = {
    clock: { now: () => now },
    timer,
    next: (): number | undefined => next()?.at,
    /**
     * Goes on by so much; everything that waits is called at its time, and what follows from it has happened before the
     * next.
     */
    async pass(ms: number): Promise<void> {
      const until = now + ms;
      await new Promise(setImmediate);
      for (let alarm = next(); alarm !== undefined && alarm.at <= until; alarm = next()) {
        now = Math.max(now, alarm.at);
        alarms.delete(alarm);
        alarm.call();
        await new Promise(setImmediate);
      }
      now = until;
    },
  };
  return self;
}

/** Time that jumps to the next timer as soon as something waits for it. */
export function leaping() {
  const time = timeline();
  let leap = 0;
  const timer: Timer = (ms, call) => {
    const callOff = time.timer(ms, call);
    leap += 1;
    setImmediate(() => {
      leap -= 1;
      const at = time.next();
      if (leap === 0 && at !== undefined) void time.pass(at - time.clock.now());
    });
    return callOff;
  };
  return { clock: time.clock, timer, leap: (ms: number): Promise<void> => time.pass(ms) };
}
