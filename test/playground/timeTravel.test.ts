import { expect } from 'chai';
import { calendarOf, dueAfterBusinessDays, dueAfterCalendarDays } from '../../src/domain/calendar/calendar.ts';
import { CATALOGUE } from '../../src/domain/claims/catalogue.ts';
import type { Rules } from '../../src/domain/claims/decision.ts';
import type { Policy } from '../../src/domain/claims/policy.ts';
import { POLICIES } from '../../src/domain/claims/policy.ts';
import { adjustableClock } from '../../src/runtime/clock.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { target, createTimeTravel } from '../../src/playground/timeTravel.ts';

const policy = POLICIES['2020'] as Policy;
const RULES: Rules = {
  catalogue: CATALOGUE,
  programme: {
    policy,
    policyOf: () => policy,
    calendarOf: () => calendarOf(policy.calendar, policy.zone),
    zones: [policy.zone],
  },
};
const at = (text: string): number => Date.parse(text);
const ENGLISH = { language: 'en', zone: policy.zone } as const;
/** Wednesday before Thanksgiving, 09:30 in the programme's zone. */
const WEDNESDAY = at('2026-11-25T09:30:00-08:00');

describe('The word `time` of the local Teams', () => {
  const leadsTo = (turn: Parameters<typeof target>[1], from = WEDNESDAY): string | undefined => {
    const to = target(from, turn, RULES);
    return to === undefined ? undefined : new Date(to).toISOString();
  };

  it('lets business days pass in the calendar and the zone of the programme, to the end of the last', () => {
    expect(leadsTo({ businessDays: 1 })).to.equal(new Date('2026-11-28T00:00:00-08:00').toISOString());
    expect(leadsTo({ businessDays: 2 })).to.equal(new Date('2026-12-01T00:00:00-08:00').toISOString());
  });

  it('lets days pass to the end of the last, also across a change of the clocks, and counts hours as they pass', () => {
    const october = at('2026-10-31T09:30:00-07:00');
    expect(leadsTo({ days: 1 }, october)).to.equal(new Date('2026-11-02T00:00:00-08:00').toISOString());
    expect(leadsTo({ hours: 24 }, october)).to.equal(new Date('2026-11-01T08:30:00-08:00').toISOString());
  });

  it('makes due what starts now and lasts as long', () => {
    const { clocks } = policy;
    expect(target(WEDNESDAY, { days: clocks.consent.length }, RULES)).to.equal(
      dueAfterCalendarDays(policy.zone, WEDNESDAY, clocks.consent.length),
    );
    const calendar = RULES.programme.calendarOf(policy);
    expect(target(WEDNESDAY, { businessDays: clocks.partnerResponse.length }, RULES)).to.equal(
      dueAfterBusinessDays(calendar, WEDNESDAY, clocks.partnerResponse.length),
    );
  });

  it('adds up business days, days and hours', () => {
    expect(leadsTo({ businessDays: 1, days: 2, hours: 3 })).to.equal(
      new Date('2026-11-30T03:00:00-08:00').toISOString(),
    );
  });

  it('refuses to go further than a year at once', () => {
    for (const turn of [{ days: 367 }, { businessDays: 367 }, { hours: 9999 }])
      expect(leadsTo(turn), JSON.stringify(turn)).to.equal(undefined);
  });

  it('lets every day begin on the way, and sweeps until nothing is due', async () => {
    const clock = adjustableClock(WEDNESDAY);
    const sweptAt: string[] = [];
    let due = 2;
    const desk = {
      idle: async () => undefined,
      sweep: async () => {
        sweptAt.push(new Date(clock.now()).toISOString().slice(0, 16));
        due -= 1;
        return { processed: due > 0 ? 1 : 0, failed: 0 };
      },
    } as unknown as Desk;
    const said = await createTimeTravel(clock, desk, RULES)({ days: 2 }, ENGLISH);
    expect(sweptAt).to.deep.equal(['2026-11-26T08:00', '2026-11-26T08:00', '2026-11-27T08:00', '2026-11-28T08:00']);
    expect(said).to.equal('It is now Saturday, 28 November 2026 at 00:00 (PST).');
  });

  it('says what time it is, and how to turn the clock, when it is not told how far', async () => {
    const clock = adjustableClock(WEDNESDAY);
    const said = await createTimeTravel(clock, {} as Desk, RULES)({}, ENGLISH);
    expect(said).to.match(/^It is now Wednesday, 25 November 2026 at 09:30 \(PST\)\. .*time \+3bd/);
    expect(await createTimeTravel(clock, {} as Desk, RULES)({ days: 999 }, ENGLISH)).to.include('366 days');
    expect(clock.now()).to.equal(WEDNESDAY);
  });
});
