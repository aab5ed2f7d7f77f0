/** The sweep schedule of one instance. Sweeps with nothing due are left out, because they would change nothing. */
import type { Scheduler } from '../engine/scheduler.ts';

export interface SweepScheduleOptions {
  readonly scheduler: Scheduler;
  readonly rhythm: number;
  /** When in its rhythm it sweeps. */
  readonly phase: number;
  /** The earliest that a claim is due. */
  readonly dueAt: () => number | undefined;
  readonly sweep: () => void;
}

/** What it answers is called when something may be due sooner. */
export function createSweepSchedule({ scheduler, rhythm, phase, dueAt, sweep }: SweepScheduleOptions): () => void {
  let planned = Number.POSITIVE_INFINITY;
  function plan(): void {
    const due = dueAt();
    if (due === undefined) return;
    const wanted = Math.max(scheduler.now() + 1, due);
    const at = Math.ceil((wanted - phase) / rhythm) * rhythm + phase;
    if (at >= planned) return;
    planned = at;
    scheduler.after(at - scheduler.now(), () => {
      if (planned !== at) return;
      planned = Number.POSITIVE_INFINITY;
      sweep();
      plan();
    });
  }
  return plan;
}
