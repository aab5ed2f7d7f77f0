import { expect } from 'chai';
import fc from 'fast-check';
import {
  businessDaysBefore,
  businessDaysBetween,
  dueAfterBusinessDays,
  dueAfterCalendarDays,
  dueAfterRemaining,
  dueDay,
  isBusinessDay,
  localDate,
  remainingBusinessDays,
  startOfDay,
} from '../../../src/domain/calendar/calendar.ts';
import { pose, question } from './questions.ts';
import type { Asked } from './questions.ts';
import { wholeFrom } from '../../support/numbers.ts';

/** Of each law; CALENDAR_TIMES asks so many times as much, here and in the comparisons with an oracle. */
const RUNS = 300 * wholeFrom(process.env, 'CALENDAR_TIMES', 1);
const lengths = fc.integer({ min: 1, max: 60 });
const law = (name: string, holds: (asked: Asked, days: number, later: number) => void): void => {
  it(name, () => {
    fc.assert(
      fc.property(question, lengths, fc.nat(40 * 86_400_000), (drawn, days, later) => {
        holds(pose(drawn), days, later);
      }),
      { numRuns: RUNS, unbiased: true },
    );
  });
};

/** Every way to a due instant. */
const duesOf = ({ ours }: Asked, at: number, days: number): readonly number[] => [
  dueAfterBusinessDays(ours, at, days),
  dueAfterCalendarDays(ours.zone, at, days),
  dueAfterRemaining(ours, at, days),
  dueAfterRemaining(ours, at, 0),
];

describe('what holds of every due date, wherever and whenever (R42, R46)', function () {
  law('it is the first instant of a local day, and that instant is later than the start', (asked, days) => {
    const { zone } = asked.ours;
    for (const due of duesOf(asked, asked.at, days)) {
      expect(localDate(due - 1, zone) < localDate(due, zone)).to.equal(true);
      expect(startOfDay(localDate(due, zone), zone)).to.equal(due);
      expect(due).to.be.greaterThan(asked.at);
    }
  });

  law('in business days it never ends a free day', (asked, days) => {
    const { ours, at } = asked;
    for (const due of [
      dueAfterBusinessDays(ours, at, days),
      dueAfterRemaining(ours, at, 0),
      dueAfterRemaining(ours, at, days),
    ]) {
      expect(isBusinessDay(ours, dueDay(due, ours.zone))).to.equal(true);
    }
  });

  law('a later start is never due earlier, where the wall calendar itself does not go back', (asked, days, later) => {
    const {
      ours: { zone },
      at,
    } = asked;
    if (localDate(at + later, zone) < localDate(at, zone)) return;
    const [first, second] = [duesOf(asked, at, days), duesOf(asked, at + later, days)];
    first.forEach((due, index) => {
      expect(second[index]).to.be.at.least(due);
    });
  });

  law('a day more is due later, and by one business day', ({ ours, at }, days) => {
    const [due, next] = [dueAfterBusinessDays(ours, at, days), dueAfterBusinessDays(ours, at, days + 1)];
    expect(businessDaysBetween(ours, dueDay(due, ours.zone), dueDay(next, ours.zone))).to.equal(1);
  });

  law('a clock that is paused and resumed on the same day is due when it was', ({ ours, at }, days, later) => {
    const due = dueAfterBusinessDays(ours, at, days);
    const paused = Math.min(at + later, due - 1);
    if (localDate(paused, ours.zone) < localDate(at, ours.zone)) return;
    expect(dueAfterRemaining(ours, paused, remainingBusinessDays(ours, paused, due))).to.equal(due);
  });

  law(
    'a clock resumed on a later day has as many business days left as when it was paused',
    ({ ours, at }, days, later) => {
      const left = remainingBusinessDays(ours, at, dueAfterBusinessDays(ours, at, days));
      expect(left).to.equal(days);
      expect(remainingBusinessDays(ours, at + later, dueAfterRemaining(ours, at + later, left))).to.equal(days);
    },
  );

  law('a reminder leaves as many business days as it says, its own counted', ({ ours, at }, days) => {
    const due = dueAfterBusinessDays(ours, at, 60);
    const reminder = businessDaysBefore(ours, due, days);
    expect(remainingBusinessDays(ours, reminder, due)).to.equal(days - 1);
    expect(isBusinessDay(ours, localDate(reminder, ours.zone))).to.equal(true);
  });
});
