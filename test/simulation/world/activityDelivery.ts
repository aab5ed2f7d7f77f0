/**
 * Delivers the activities of users to one of the instances: at once, late, twice, in another order, and again where no
 * answer came. Now and then someone else delivers what a user did, with a token that is forged or long expired.
 */
import type { Activity } from '../../acceptance/support/activities.ts';
import type { Chance } from '../../support/random.ts';
import type { Faults } from './faults.ts';
import type { DeskProcess } from './instance.ts';
import { DoorRejection } from './simulatedError.ts';
import type { SignedHeader, TokenIssuer } from './tokenIssuer.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { ActivityAnswered, ActivityAsked } from '../checkers/observations.ts';

/** How long Teams waits for an answer. */
const ANSWER_TIMEOUT_MS = 15_000;
const AGAIN_MS = 30_000;
const SOON_MS = 12_000;
const MAX_TIMES = 4;
/** Within this, users who read that the bot cannot be reached try again themselves, at most this often. */
const TRY_AGAIN_MS = 60_000;
const MAX_TRIES = 2;
/** How long after a user did something another uses it. */
const FORGED_AFTER_MS = 3_600_000;

export interface ActivityDeliveryOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly issuer: TokenIssuer;
  readonly chance: Chance;
  /** An instance that accepts activities now, if possible another than `not`. */
  readonly instance: (not?: DeskProcess) => DeskProcess | undefined;
  readonly onAsked: (asked: ActivityAsked) => void;
  readonly onAnswered: (answered: ActivityAnswered) => void;
  /** What was forged has been answered, with this status where the door did not let it in. */
  readonly onForged: (by: string, person: string, rejected: number | undefined) => void;
}

/** The first delivery of an activity, once there was one, and how often its user tried again. */
interface Began {
  number?: number;
  tries: number;
}

const FORGERIES = [
  ['tokenForged', 'forged'],
  ['tokenExpired', 'expired'],
] as const;

export type Press = NonNullable<ActivityAsked['press']>;
/** Called with the body of an answer, each time there is one. */
export type Hear = (body: unknown) => void;

export type ActivityDelivery = ReturnType<typeof createActivityDelivery>;

export function createActivityDelivery({
  scheduler,
  faults,
  issuer,
  chance,
  instance,
  onAsked,
  onAnswered,
  onForged,
}: ActivityDeliveryOptions) {
  let number = 0;

  function attempt(
    person: string,
    activity: Activity,
    press: Press | undefined,
    hear: Hear,
    first: Began,
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
      const rejected = answer.fault instanceof DoorRejection ? answer.fault.status : undefined;
      onAnswered({
        asked,
        at: scheduler.now(),
        disturbed: deskProcess.lastFault() >= asked.at,
        ...answer,
        ...(rejected !== undefined && { rejected }),
      });
      if (isOver) return;
      isOver = true;
      if (rejected !== undefined && rejected < 500) tryAgain();
      else if ('fault' in answer) retry();
      else hear(answer.body);
    };
    /**
     * Teams does not deliver again what was refused for good: it tells the user so. Another delivery of the same may
     * have come in, so that for the desk this is one more.
     */
    const tryAgain = (): void => {
      if (first.tries >= MAX_TRIES || chance.happens(0.4)) return;
      first.tries += 1;
      scheduler.after(5_000 + chance.below(TRY_AGAIN_MS), () =>
        attempt(person, withNewId(activity), press, hear, first, 1),
      );
    };
    const retry = (): void => {
      if (times >= MAX_TIMES) return;
      const isNew = times > 1;
      scheduler.after(1_000 + chance.below(SOON_MS), () =>
        attempt(person, isNew ? withNewId(activity) : activity, press, hear, first, times + 1, deskProcess),
      );
    };
    const header = faults.strikes('tokenAtEdge') ? issuer.atEdge(deskProcess.clockNow()) : issuer.current();
    deskProcess.receive(activity, header).then(
      (body) => end({ body }),
      (fault: unknown) => end({ fault }),
    );
    scheduler.after(ANSWER_TIMEOUT_MS, () => {
      if (isOver) return;
      isOver = true;
      retry();
    });
  }

  function forge(person: string, activity: Activity, header: SignedHeader): void {
    const deskProcess = instance();
    if (!deskProcess) return;
    const end = (rejected?: number): void => onForged(deskProcess.name, person, rejected);
    deskProcess.receive(withNewId(activity), header).then(
      () => end(),
      (fault: unknown) => end(fault instanceof DoorRejection ? fault.status : undefined),
    );
  }

  return {
    /** Delivers an activity to the desk. */
    deliver(person: string, activity: Activity, press?: Press, hear: Hear = () => undefined): void {
      const first: Began = { tries: 0 };
      const go = (what: Activity, times = 1): void => attempt(person, what, press, hear, first, times);
      const late = faults.strikes('reordered') ? 500 + chance.below(8_000) : 0;
      scheduler.after(late, () => go(activity));
      if (faults.strikes('doubleClick'))
        scheduler.after(late + chance.below(900), () => go(withNewId(activity), MAX_TIMES));
      if (faults.strikes('redeliveredSameId'))
        scheduler.after(late + chance.below(20_000), () => go(activity, MAX_TIMES));
      if (faults.strikes('redeliveredNewId'))
        scheduler.after(late + 20_000 + chance.below(30_000), () => go(withNewId(activity), MAX_TIMES));
      for (const [fault, made] of FORGERIES)
        if (faults.strikes(fault))
          scheduler.after(chance.below(FORGED_AFTER_MS), () => forge(person, activity, issuer[made]()));
    },
  };
}

function withNewId(activity: Activity): Activity {
  return { ...activity, id: `${String(activity['id'])}7` };
}
