import { expect } from 'chai';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { ClockName, Policy } from '../../../src/domain/claims/policy.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import { anna, arun, lena } from './personas.ts';
import {
  approved,
  asked,
  created,
  DAY,
  disputed,
  HOUR,
  iso,
  MONDAY,
  pacific,
  poe,
  POLICY_2020,
  programmeOf,
  refuses,
  rejected,
  submitted,
  thenHappened,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const resubmit: Ask = { type: 'ResubmitClaim', by: anna };
const request: Ask = { type: 'RequestInformation', by: arun, reasons: ['missingAllPoe'], comment: 'Please.' };
/** All that the clock did, as `what@when`, in the order of the history. */
function firings(story: Story, clock: ClockName): readonly string[] {
  return story.events.flatMap((event) => {
    if (event.type === 'ClockReminded' && event.clock === clock) return [`reminded@${String(iso(event.at))}`];
    if (event.type === 'ClockEscalated' && event.clock === clock)
      return [`level ${event.level}@${String(iso(event.at))}`];
    return [];
  });
}
const on = (what: string, day: string, time?: string): string => `${what}@${String(iso(pacific(day, time)))}`;

describe('the lateness of reviewers escalates and decides nothing (R35-R37, R41, R43)', () => {
  // All start on Monday 3 May 2021. Five business days end with Monday 10 May, ten with Monday 17 May.
  const late: readonly (readonly [ClockName, string, () => Story, readonly string[]])[] = [
    [
      'reviewStart',
      'R35',
      submitted,
      [
        on('reminded', '2021-05-10'),
        on('level 1', '2021-05-11'),
        on('level 2', '2021-05-12'),
        on('level 3', '2021-05-13'),
        on('level 4', '2021-05-14'),
        on('level 5', '2021-05-15'),
        on('level 6', '2021-05-18'),
      ],
    ],
    [
      'reviewDecision',
      'R36',
      underReview,
      [
        on('reminded', '2021-05-10'),
        on('level 1', '2021-05-11'),
        on('level 2', '2021-05-12'),
        on('level 3', '2021-05-13'),
        on('level 4', '2021-05-14'),
        on('level 5', '2021-05-15'),
        on('level 6', '2021-05-18'),
      ],
    ],
    [
      'disputeDecision',
      'R41',
      disputed,
      [
        on('reminded', '2021-05-10'),
        on('level 1', '2021-05-11'),
        on('level 2', '2021-05-12'),
        on('level 3', '2021-05-13'),
        on('level 4', '2021-05-14'),
        on('level 5', '2021-05-15'),
        on('level 6', '2021-05-18'),
      ],
    ],
    ['overallDecision', 'R37', underReview, [on('reminded', '2021-05-14'), on('level 1', '2021-05-18')]],
  ];
  for (const [clock, rule, story, expected] of late) {
    it(`${clock} (${rule}): a reminder, three levels, then one reminder each business day`, () => {
      const before = story();
      const after = before.at(pacific('2021-05-18')).settled();
      expect(firings(after, clock)).to.deep.equal(expected);
      expect(after.claim.status).to.equal(before.claim.status);
    });
  }

  it('fires nothing early', () => {
    for (const story of [submitted(), underReview(), disputed()]) {
      expect(story.at(pacific('2021-05-10') - 1).settled().events).to.deep.equal(story.events);
      expect(story.at(pacific('2021-05-11') - 1).settled().events).to.have.length(story.events.length + 1);
    }
  });

  it('each clock and level exactly once, the level and the due instant with it', () => {
    const { events } = underReview().at(pacific('2021-07-01')).settled();
    const levels = events.flatMap((event) =>
      event.type === 'ClockEscalated' ? [`${event.clock} ${event.level}`] : [],
    );
    expect(new Set(levels).size).to.equal(levels.length);
    const dues = new Set(
      events.flatMap((event) =>
        event.type === 'ClockEscalated' ? [`${event.clock} ${String(iso(event.dueAt))}`] : [],
      ),
    );
    expect([...dues]).to.have.members([
      `reviewDecision ${String(iso(pacific('2021-05-11')))}`,
      `overallDecision ${String(iso(pacific('2021-05-18')))}`,
    ]);
  });

  it('a decision that comes late is taken', () => {
    const after = underReview().at(pacific('2021-05-11')).when({ type: 'ApproveClaim', by: arun });
    thenHappened(after, 'ClockReminded', 'ClockEscalated', 'ClaimApproved');
    expect(after.after(30 * DAY).settled().events).to.deep.equal(after.events);
  });

  it('passes over weekends and Memorial Day', () => {
    const story = submitted().at(pacific('2021-05-27', '10:00')).settled();
    // Friday 28, Tuesday 1 June: Monday 31 May is free.
    expect(firings(story.at(pacific('2021-06-02')).settled(), 'reviewStart').slice(-2)).to.deep.equal([
      on('level 15', '2021-05-29'),
      on('level 16', '2021-06-02'),
    ]);
  });

  it('the start ends with the review, and the decision with the request for information', () => {
    expect(Object.keys(underReview().claim.clocks)).to.have.members(['overallDecision', 'reviewDecision']);
    expect(Object.keys(asked().claim.clocks)).to.have.members(['overallDecision', 'partnerResponse']);
  });
});

describe('the partner response (R23, R38)', () => {
  const delivered = (): Story => asked().delivered('partnerResponse');
  const END = pacific('2021-05-11');

  it('reminds two and one business days before, and rejects when it is due', () => {
    const story = delivered().at(END).settled();
    expect(firings(story, 'partnerResponse')).to.deep.equal([
      on('reminded', '2021-05-07'),
      on('reminded', '2021-05-10'),
    ]);
    expect(story.claim)
      .to.have.property('rejection')
      .that.deep.equals({
        at: END,
        by: { side: 'desk', id: 'desk', name: '' },
        reason: 'noPartnerResponse',
        comment: '',
      });
  });

  it('one millisecond before it is due an answer is in time, at that instant it is late', () => {
    const answered = delivered().given(poe('more'));
    thenHappened(answered.at(END - 1).when(resubmit), 'ClockReminded', 'ClockReminded', 'ClaimResubmitted');
    refuses(answered.at(END), resubmit, 'wrongStage');
  });

  it('is not stopped by an addition that is not resubmitted (R33)', () => {
    expect(delivered().given(poe('more')).at(END).settled().claim.status).to.equal('Rejected');
  });
});

describe('the reminders of consent and dispute window (R39, R40)', () => {
  it('the customer is reminded two days before', () => {
    const story = approved().delivered('consent').at(pacific('2021-05-11')).settled();
    expect(firings(story, 'consent')).to.deep.equal([on('reminded', '2021-05-09')]);
  });

  it('the partner is reminded seven days and one day before', () => {
    const story = rejected().delivered('disputeWindow').at(pacific('2021-06-03')).settled();
    expect(firings(story, 'disputeWindow')).to.deep.equal([on('reminded', '2021-05-27'), on('reminded', '2021-06-02')]);
  });
});

describe('each reminder says how many days are left of its clock, the day it comes on counted', () => {
  const stories: readonly (readonly [ClockName, Story, readonly number[]])[] = [
    ['reviewStart', submitted(), [1]],
    ['reviewDecision', underReview(), [1]],
    ['overallDecision', underReview(), [2]],
    ['disputeDecision', disputed(), [1]],
    ['partnerResponse', asked().delivered('partnerResponse'), [2, 1]],
    ['consent', approved().delivered('consent'), [2]],
    ['disputeWindow', rejected().delivered('disputeWindow'), [7, 1]],
  ];
  for (const [clock, story, expected] of stories) {
    it(`${clock}: ${expected.join(', then ')}`, () => {
      const { events } = story.after(40 * DAY).settled();
      expect(
        events.flatMap((event) => (event.type === 'ClockReminded' && event.clock === clock ? [event.daysLeft] : [])),
      ).to.deep.equal(expected);
    });
  }

  it('also after a pause, by what is left then', () => {
    const { events } = asked()
      .delivered('partnerResponse')
      .given(poe('more'))
      .given(resubmit)
      .after(40 * DAY)
      .settled();
    expect(
      events.flatMap((event) => (event.type === 'ClockReminded' ? [`${event.clock} ${event.daysLeft}`] : [])),
    ).to.deep.equal(['reviewStart 1', 'overallDecision 2']);
  });
});

describe('a notice that could not be delivered (R45)', () => {
  const holds: readonly (readonly [string, ClockName, () => Story])[] = [
    ['R23', 'partnerResponse', asked],
    ['R25', 'consent', approved],
    ['R29', 'disputeWindow', rejected],
  ];
  for (const [rule, clock, story] of holds) {
    it(`holds ${clock} (${rule}): nothing fires until it arrives, and then it runs from there`, () => {
      const waiting = story()
        .after(365 * DAY)
        .settled();
      expect(waiting.events).to.deep.equal(story().events);
      const arrived = waiting.at(MONDAY + 365 * DAY).delivered(clock);
      const running = arrived.claim.clocks[clock];
      expect(running?.state).to.equal('running');
      expect(running?.startedAt).to.equal(MONDAY);
      expect(dueOf(running)).to.be.greaterThan(arrived.now);
      const due = dueOf(running) ?? NaN;
      expect(arrived.at(due - 1).settled().claim).to.include({ status: story().claim.status });
      expect(arrived.at(due - 1).settled().claim.clocks).to.have.property(clock);
      expect(arrived.at(due).settled().claim.clocks).not.to.have.property(clock);
    });

    it(`shows that ${clock} waits, with the reason, until the notice arrives`, () => {
      const held = story().after(HOUR).undeliverable(clock, 'bot blocked');
      expect(held.claim.hold).to.deep.equal({ reason: 'bot blocked', since: held.now });
      expect(held.after(365 * DAY).settled().events).to.deep.equal(held.events);
      expect(
        held.when({
          type: 'RecordDelivery',
          by: { kind: 'desk' },
          clock,
          outcome: { kind: 'undeliverable', reason: 'bot blocked' },
        }).outcome?.answer.kind,
      ).to.equal('nothing');
      expect(held.delivered(clock).claim).not.to.have.property('hold');
    });

    it(`does not start ${clock} again when the delivery is told twice`, () => {
      const once = story().delivered(clock);
      const twice = once
        .after(DAY)
        .when({ type: 'RecordDelivery', by: { kind: 'desk' }, clock, outcome: { kind: 'delivered' } });
      expect(twice.outcome?.answer.kind).to.equal('nothing');
      expect(twice.claim).to.deep.equal(once.claim);
    });
  }

  it('ends its hold with the status that it belongs to', () => {
    expect(asked().undeliverable('partnerResponse').given(poe('more')).given(resubmit).claim).not.to.have.property(
      'hold',
    );
    expect(
      approved()
        .undeliverable('consent')
        .given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' }).claim,
    ).not.to.have.property('hold');
    expect(
      rejected().undeliverable('disputeWindow').given({ type: 'OpenDispute', by: anna, justification: 'Yes.' }).claim,
    ).not.to.have.property('hold');
  });
});

describe('the overall clock while the partner has to act (R37, R46)', () => {
  const pausedOn = (day: string): Story => underReview().at(pacific(day, '10:00')).given(request).given(poe('more'));
  const resumedOn = (story: Story, day: string, time = '10:00'): Story => story.at(pacific(day, time)).given(resubmit);
  const overall = (story: Story): string | undefined => iso(dueOf(story.claim.clocks.overallDecision));

  it('pauses with the business days after the day of the pause', () => {
    const { overallDecision } = pausedOn('2021-05-05').claim.clocks;
    expect(overallDecision).to.deep.include({ state: 'paused', remaining: 8, reminders: [] });
    expect(overallDecision).not.to.have.property('dueAt');
    expect(overallDecision).not.to.have.property('nextAt');
  });

  it('neither reminds nor escalates while it is paused', () => {
    const story = pausedOn('2021-05-05').at(pacific('2021-07-01')).settled();
    expect(firings(story, 'overallDecision')).to.deep.equal([]);
  });

  it('resumes with what it had left, and reminds again', () => {
    // Eight business days after Friday 14 May: Wednesday 26 May.
    const story = resumedOn(pausedOn('2021-05-05'), '2021-05-14');
    expect(overall(story)).to.equal(iso(pacific('2021-05-27')));
    expect(firings(story.at(pacific('2021-05-27')).settled(), 'overallDecision')).to.deep.equal([
      on('reminded', '2021-05-25'),
      on('level 1', '2021-05-27'),
    ]);
  });

  it('with none left is due at the end of the day of resumption', () => {
    expect(overall(resumedOn(pausedOn('2021-05-17'), '2021-05-20'))).to.equal(iso(pacific('2021-05-21')));
  });

  it('with none left is due at the end of the next business day when it resumes on a free day', () => {
    expect(overall(resumedOn(pausedOn('2021-05-17'), '2021-05-22'))).to.equal(iso(pacific('2021-05-25')));
  });

  it('reminds of no day that is over when it resumes', () => {
    expect(resumedOn(pausedOn('2021-05-17'), '2021-05-20').claim.clocks.overallDecision?.reminders).to.deep.equal([]);
  });

  it('stays overdue when it was, and goes on with the next level', () => {
    const paused = pausedOn('2021-05-19');
    expect(paused.claim.clocks.overallDecision).to.deep.include({
      state: 'paused',
      level: 2,
      dueAt: pacific('2021-05-18'),
    });
    const story = resumedOn(paused, '2021-05-24');
    expect(overall(story)).to.equal(iso(pacific('2021-05-18')));
    expect(firings(story.at(pacific('2021-05-26')).settled(), 'overallDecision').slice(-3)).to.deep.equal([
      on('level 2', '2021-05-19'),
      on('level 3', '2021-05-25'),
      on('level 4', '2021-05-26'),
    ]);
  });

  it('pauses and resumes as often as information is requested', () => {
    const again = resumedOn(pausedOn('2021-05-05'), '2021-05-07')
      .given({ type: 'StartReview', by: arun })
      .at(pacific('2021-05-11', '10:00'))
      .given(request)
      .given(poe('more2'));
    expect(again.claim.clocks.overallDecision).to.deep.include({ state: 'paused', remaining: 6 });
    expect(overall(resumedOn(again, '2021-05-12'))).to.equal(iso(pacific('2021-05-21')));
  });

  it('starts the review-start clock anew', () => {
    expect(iso(dueOf(resumedOn(pausedOn('2021-05-05'), '2021-05-07').claim.clocks.reviewStart))).to.equal(
      iso(pacific('2021-05-15')),
    );
  });

  it('ends, paused or not, when the claim is rejected', () => {
    const story = pausedOn('2021-05-05').given({
      type: 'RequestRejection',
      by: anna,
      reason: 'incorrectMpn',
      comment: '',
    });
    expect(Object.keys(story.claim.clocks)).to.deep.equal(['disputeWindow']);
  });
});

describe('the policy of a clock (R42)', () => {
  const hasty: Policy = {
    ...POLICY_2020,
    version: '2021',
    zone: 'Europe/Istanbul',
    calendar: 'TR-2026.1',
    clocks: {
      ...POLICY_2020.clocks,
      reviewDecision: { ...POLICY_2020.clocks.reviewDecision, length: 1 },
      consent: { ...POLICY_2020.clocks.consent, length: 2 },
    },
  };
  const changed = { programme: programmeOf(hasty, [POLICY_2020]), catalogue: CATALOGUE };

  it('is the one that it started with, also when the policy is changed', () => {
    const story = underReview().under(changed).at(pacific('2021-05-12')).settled();
    expect(firings(story, 'reviewDecision')).to.deep.equal([
      on('reminded', '2021-05-10'),
      on('level 1', '2021-05-11'),
      on('level 2', '2021-05-12'),
    ]);
  });

  it('is the new one for clocks that start after the change', () => {
    const story = submitted().under(changed).given({ type: 'StartReview', by: arun });
    expect(story.claim.clocks.reviewDecision).to.deep.include({
      policy: '2021',
      dueAt: Date.parse('2021-05-05T00:00:00+03:00'),
    });
    expect(story.claim.clocks.overallDecision?.policy).to.equal('2020');
  });

  it('is kept by a clock that waits for its notice', () => {
    expect(iso(dueOf(approved().under(changed).delivered('consent').claim.clocks.consent))).to.equal(
      iso(pacific('2021-05-11')),
    );
  });

  it('is kept through a pause', () => {
    const story = asked().under(changed).given(poe('more')).given(resubmit);
    expect(story.claim.clocks.overallDecision).to.deep.include({ policy: '2020', dueAt: pacific('2021-05-18') });
  });

  it("keeps the seeds' lengths under the name 2020", () => {
    const lengths = Object.entries(POLICY_2020.clocks).map(
      ([name, { length, unit, reminders }]) => `${name} ${length} ${unit} ${reminders.join('+')}`,
    );
    expect(lengths).to.deep.equal([
      'reviewStart 5 businessDays 1',
      'reviewDecision 5 businessDays 1',
      'overallDecision 10 businessDays 2',
      'partnerResponse 5 businessDays 2+1',
      'consent 7 calendarDays 2',
      'disputeWindow 30 calendarDays 7+1',
      'disputeDecision 5 businessDays 1',
    ]);
  });
});

describe('a draft', () => {
  it('has no clock', () => {
    expect(
      created()
        .after(1000 * DAY)
        .settled().claim,
    ).to.deep.equal(created().claim);
    expect(
      disputed()
        .given({ type: 'UpholdRejection', by: lena, comment: 'No.' })
        .after(1000 * DAY)
        .settled().claim.clocks,
    ).to.deep.equal({});
  });
});
