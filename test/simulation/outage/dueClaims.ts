/**
 * What is due after the outage: a number of claims of each kind, each due at its own instant; and claims that look due
 * but are not (R45).
 */
import type { Instant } from '../../../src/domain/calendar/calendar.ts';
import type { EventType } from '../../../src/domain/claims/events.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import type { ClockName } from '../../../src/domain/claims/policy.ts';
import type { Chance } from '../../support/random.ts';
import type { ClaimHistory, HistoryName } from './claimHistories.ts';

/** Tuesday 10 March 2026, 09:00 in Redmond: everything stops, for 72 hours. */
export const STOPPED: Instant = Date.parse('2026-03-10T09:00:00-07:00');
export const OUTAGE_MS = 72 * 3_600_000;
export const STARTED: Instant = STOPPED + OUTAGE_MS;

/** One entry of a history, as what a claim is due for. */
interface Aim {
  readonly history: HistoryName;
  readonly event: EventType;
  readonly clock?: ClockName;
  readonly level?: number;
}

const escalated = (history: HistoryName, clock: ClockName, level: number): Aim => ({
  history,
  event: 'ClockEscalated',
  clock,
  level,
});
const reminded = (history: HistoryName, clock: ClockName): Aim => ({ history, event: 'ClockReminded', clock });

/** Each kind with its weight and what it may be. */
const KINDS = {
  'no partner response': [25, [{ history: 'asked', event: 'PartnerDidNotRespond' }]],
  'consent passed': [25, [{ history: 'approved', event: 'ConsentPassed' }]],
  'dispute window closed': [
    20,
    [
      { history: 'rejected', event: 'DisputeWindowClosed' },
      { history: 'asked', event: 'DisputeWindowClosed' },
    ],
  ],
  'escalated, level 1': [
    9,
    [
      escalated('submitted', 'reviewStart', 1),
      escalated('submitted', 'overallDecision', 1),
      escalated('underReview', 'reviewDecision', 1),
      escalated('disputed', 'disputeDecision', 1),
    ],
  ],
  'escalated, level 2': [
    6,
    [
      escalated('submitted', 'reviewStart', 2),
      escalated('underReview', 'reviewDecision', 2),
      escalated('disputed', 'disputeDecision', 2),
    ],
  ],
  'escalated, level 3': [
    5,
    [
      escalated('submitted', 'reviewStart', 3),
      escalated('underReview', 'reviewDecision', 3),
      escalated('disputed', 'disputeDecision', 3),
    ],
  ],
  reminded: [
    10,
    [
      reminded('asked', 'partnerResponse'),
      reminded('approved', 'consent'),
      reminded('rejected', 'disputeWindow'),
      reminded('submitted', 'reviewStart'),
      reminded('disputed', 'disputeDecision'),
    ],
  ],
} as const satisfies Record<string, readonly [number, readonly Aim[]]>;
export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

/** How many claims that are not due come with a hundred due ones: they wait for a notice that no one got. */
const UNHEARD_OF_A_HUNDRED = 5;
const UNHEARD: readonly HistoryName[] = ['askedUnheard', 'rejectedUnheard', 'approvedUnheard', 'askedUnsent'];
/** When they would be due, had they been told. */
const WOULD_BE_DUE_AFTER_MS = 31 * 86_400_000;

/** A claim to be made: a history, moved so that what it is due for happens at `dueAt`. */
export interface Planned {
  readonly history: HistoryName;
  readonly shift: number;
  /** Absent of a claim for which nothing may be done. */
  readonly due?: { readonly kind: Kind; readonly aim: Aim; readonly at: Instant };
}

export function planDueClaims(
  histories: Readonly<Record<HistoryName, ClaimHistory>>,
  count: number,
  chance: Chance,
): readonly Planned[] {
  const weights = Object.fromEntries(KIND_NAMES.map((name) => [name, KINDS[name][0]])) as Record<Kind, number>;
  const due = Array.from({ length: count }, (): Planned => {
    const kind = chance.weighed(weights) ?? 'reminded';
    const aim = chance.pick<Aim>(KINDS[kind][1]);
    const at = STOPPED + 1 + chance.below(OUTAGE_MS);
    return { history: aim.history, shift: at - instantOf(aim, histories[aim.history].entries), due: { kind, aim, at } };
  });
  const unheard = Array.from({ length: Math.ceil((count * UNHEARD_OF_A_HUNDRED) / 100) }, (): Planned => {
    const history = chance.pick(UNHEARD);
    const { states } = histories[history];
    const last = states.at(-1)?.at ?? 0;
    // One that is tried again was not brought just before everything stopped.
    return {
      history,
      shift:
        history === 'askedUnsent'
          ? STOPPED - last - chance.below(3_000)
          : STOPPED - WOULD_BE_DUE_AFTER_MS - last + chance.below(86_400_000),
    };
  });
  return shuffled([...due, ...unheard], chance);
}

export function isAim({ event }: Pick<Entry, 'event'>, { event: type, clock, level }: Aim): boolean {
  if (event.type !== type) return false;
  return (
    (clock === undefined || ('clock' in event && event.clock === clock)) &&
    (level === undefined || ('level' in event && event.level === level))
  );
}

function instantOf(aim: Aim, entries: readonly Entry[]): Instant {
  const found = entries.find((entry) => isAim(entry, aim));
  if (!found) throw new Error(`no ${aim.event} of ${String(aim.clock)} in the life of a claim that is ${aim.history}`);
  return found.event.at;
}

function shuffled<One>(all: readonly One[], chance: Chance): readonly One[] {
  return all
    .map((one) => ({ one, lot: chance.next() }))
    .sort((one, other) => one.lot - other.lot)
    .map(({ one }) => one);
}
