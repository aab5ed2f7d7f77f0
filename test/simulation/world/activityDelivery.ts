/**
 * Delivers the activities of users to one of the instances: at once, late, twice, in another order, and again where no
 * answer came.
 */
import type { Activity } from '../../acceptance/support/activities.ts';
import type { Chance } from '../../support/random.ts';
import type { Faults } from './faults.ts';
import type { DeskProcess } from './instance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ActivityAnswered, ActivityAsked } from '../checkers/observations.ts';

/** How long Teams waits for an answer. */
const ANSWER_TIMEOUT_MS = 15_000;
const AGAIN_MS = 30_000;
const SOON_MS = 12_000;
const MAX_TIMES = 4;

export interface ActivityDeliveryOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly chance: Chance;
  /** An instance that accepts activities now, if possible another than `not`. */
  readonly instance: (not?: DeskProcess) => DeskProcess | undefined;
  readonly onAsked: (asked: ActivityAsked) => void;
  readonly onAnswered: (answered: ActivityAnswered) => void;
}

export type Press = NonNullable<ActivityAsked['press']>;
/** Called with the body of an answer, each time there is one. */
export type Hear = (body: unknown) => void;

export type ActivityDelivery = ReturnType<typeof createActivityDelivery>;

export function createActivityDelivery({
  scheduler,
  faults,
  chance,
  instance,
  onAsked,
  onAnswered,
}: ActivityDeliveryOptions) {
  let number = 0;

  function attempt(
    person: string,
    activity: Activity,
    press: Press | undefined,
    hear: Hear,
    first: { number?: number },
    times: number,
    not?: DeskProcess,
  ): void {
    const deskProcess = instance(not);
    if (!deskProcess) {
      if (times < MAX_TIMES) scheduler.after(AGAIN_MS, () => attempt(person, activity, press, hear, first, times + 1));
      return;
    }
    number += 1;
    const asked: ActivityAsked = {
      number,
      at: scheduler.now(),
      by: deskProcess.name,
      person,
      activity,
      ...(first.number !== undefined && { again: first.number }),
      ...(press && { press }),
    };
    first.number ??= number;
    onAsked(asked);
    let isOver = false;
    const end = (answer: { body?: unknown; fault?: unknown }): void => {
      onAnswered({ asked, at: scheduler.now(), disturbed: deskProcess.lastFault() >= asked.at, ...answer });
      if (isOver) return;
      isOver = true;
      if ('fault' in answer) retry();
      else hear(answer.body);
    };
    const retry = (): void => {
      if (times >= MAX_TIMES) return;
      const isNew = times > 1;
      scheduler.after(1_000 + chance.below(SOON_MS), () =>
        attempt(person, isNew ? withNewId(activity) : activity, press, hear, first, times + 1, deskProcess),
      );
    };
    deskProcess.receive(activity).then(
      (body) => end({ body }),
      (fault: unknown) => end({ fault }),
    );
    scheduler.after(ANSWER_TIMEOUT_MS, () => {
      if (isOver) return;
      isOver = true;
      retry();
    });
  }

  return {
    /** Delivers an activity to the desk. */
    deliver(person: string, activity: Activity, press?: Press, hear: Hear = () => undefined): void {
      const first: { number?: number } = {};
      const go = (what: Activity, times = 1): void => attempt(person, what, press, hear, first, times);
      const late = faults.strikes('reordered') ? 500 + chance.below(8_000) : 0;
      scheduler.after(late, () => go(activity));
      if (faults.strikes('doubleClick'))
        scheduler.after(late + chance.below(900), () => go(withNewId(activity), MAX_TIMES));
      if (faults.strikes('redeliveredSameId'))
        scheduler.after(late + chance.below(20_000), () => go(activity, MAX_TIMES));
      if (faults.strikes('redeliveredNewId'))
        scheduler.after(late + 20_000 + chance.below(30_000), () => go(withNewId(activity), MAX_TIMES));
    },
  };
}

function withNewId(activity: Activity): Activity {
  return { ...activity, id: `${String(activity['id'])}7` };
}
