/**
 * By what chance the moves come: half of the cards are old, one press in four comes from somebody else than the one who
 * may.
 */
import fc from 'fast-check';
import type { Choice } from './asks.ts';
import { pick } from './asks.ts';
import { BOOK_2020, HASTY } from './book.ts';
import { COMMAND_TYPES, LOSSES } from './law.ts';
import { Barring, Change, Go, Lose, Press, Wait } from './moves.ts';
import type { Move, Step } from './moves.ts';
import { ROLES } from './people.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const n = fc.nat(419);
/** Absent so many times for each time it is there. */
function seldom<One>(absent: number, arbitrary: fc.Arbitrary<One>): fc.Arbitrary<One | undefined> {
  return fc.oneof<fc.WeightedArbitrary<One | undefined>[]>(
    { weight: absent, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );
}

const behind = seldom(1, fc.integer({ min: -1, max: 4 }));
const instead = seldom(3, fc.constantFrom(...ROLES));
const pressing = fc
  .record<Choice>({ n, behind, type: fc.constantFrom(...COMMAND_TYPES), role: fc.constantFrom(...ROLES) })
  .map((choice) => new Press(choice));
const going = fc.record<Step>({ n, which: fc.nat(1 << 14), behind, instead }).map((step) => new Go(step));
const waiting = (unit: number, most: number): fc.Arbitrary<Move> =>
  fc.integer({ min: 1, max: most }).map((count) => new Wait(({ now }) => now + count * unit));
const moment = fc
  .record({ which: fc.nat(2), off: fc.constantFrom(-1, 0, 1) })
  .map(({ which, off }) => new Wait((model) => (model.pending()[which] ?? -Infinity) + off));

const losing = fc
  .record({ side: fc.constantFrom('partner' as const, 'customer' as const), which: fc.nat(3), back: fc.boolean() })
  .map(({ side, which, back }) => new Lose(side, back ? undefined : pick(LOSSES[side], which)));
const BARS = ['sidesOverlap', 'customerNotEnrolled', 'contactUnknown', 'contactOfPartner'] as const;
const barring = fc
  .oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...BARS) })
  .map((bar) => new Barring(bar));

/** All that may befall a claim. What is listed twice comes twice as often. */
export const MOVES: readonly fc.Arbitrary<Move>[] = [
  pressing,
  pressing,
  going,
  going,
  going,
  going,
  going,
  moment,
  moment,
  waiting(MINUTE, 180),
  waiting(HOUR, 72),
  waiting(DAY, 12),
  waiting(7 * DAY, 5),
  fc.constantFrom(HASTY, BOOK_2020).map((book) => new Change(book)),
  losing,
  barring,
];
