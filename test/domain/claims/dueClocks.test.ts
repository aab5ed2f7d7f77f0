import { expect } from 'chai';
import fc from 'fast-check';
import { DESK } from '../../../src/domain/claims/permission.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import { nextFiring } from '../../../src/domain/claims/clock.ts';
import { applyDueClocks } from '../../../src/domain/claims/dueClocks.ts';
import { fold } from '../../../src/domain/claims/evolve.ts';
import { anna, arun, dana } from './personas.ts';
import {
  approved,
  asked,
  DAY,
  disputed,
  draft,
  MINUTE,
  pacific,
  passed,
  poe,
  RULES,
  refuses,
  rejected,
  submitted,
  thenHappened,
  thenNothing,
  underReview,
} from './scenario.ts';
import type { Story } from './scenario.ts';

const STORIES: Readonly<Record<string, () => Story>> = {
  'a draft': draft,
  'a submitted claim': submitted,
  'a claim under review': underReview,
  'a claim that waits for its partner': () => asked().delivered('partnerResponse'),
  'a claim whose partner could not be told': asked,
  'a claim with open consent': () => approved().delivered('consent'),
  'a claim whose consent has passed': passed,
  'a rejected claim': () => rejected().delivered('disputeWindow'),
  'a disputed claim': disputed,
  'a claim submitted again': () =>
    asked()
      .after(12 * DAY)
      .given(poe('more'))
      .given({ type: 'ResubmitClaim', by: anna }),
};

describe('the clock decides, not the sweep (R44)', () => {
  for (const [name, story] of Object.entries(STORIES)) {
    it(`${name}: many small steps and one big one come to the same events`, () => {
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 12 }),
          fc.integer({ min: 0, max: 60 * 24 * 60 }),
          (steps, last) => {
            const start = story();
            const end = start.now + [...steps, last].reduce((sum, minutes) => sum + minutes * MINUTE, 0);
            let stepped = start;
            for (const minutes of [...steps, last]) stepped = stepped.after(minutes * MINUTE).settled();
            const once = start.at(end).settled();
            expect(stepped.events).to.deep.equal(once.events);
            expect(stepped.claim).to.deep.equal(once.claim);
          },
        ),
        { numRuns: 60 },
      );
    });

    it(`${name}: settling twice fires nothing twice`, () => {
      const once = story()
        .after(70 * DAY)
        .settled();
      expect(once.settled().events).to.deep.equal(once.events);
    });

    it(`${name}: what fires carries the time it was due, in order, however late the sweep`, () => {
      const start = story();
      const fired = start
        .after(70 * DAY)
        .settled()
        .events.slice(start.events.length);
      let earlier = start.now;
      for (const event of fired) {
        expect(event.at).to.be.at.least(earlier);
        expect(event.by.side).to.equal('desk');
        earlier = event.at;
      }
    });
  }

  it('judges a late command as if the clock had fired, also when no sweep has run', () => {
    refuses(
      asked()
        .delivered('partnerResponse')
        .given(poe('more'))
        .after(30 * DAY),
      { type: 'ResubmitClaim', by: anna },
      'wrongStage',
    );
    const denial = approved()
      .delivered('consent')
      .after(30 * DAY)
      .when({ type: 'DenyConsent', by: dana, reason: '' });
    thenHappened(denial, 'ClockReminded', 'ConsentPassed', 'LateDenialRecorded');
  });

  it('keeps what fired also when the command is refused', () => {
    const after = asked()
      .delivered('partnerResponse')
      .after(30 * DAY)
      .when({ type: 'ApproveClaim', by: arun });
    expect(after.outcome?.answer.kind).to.equal('refused');
    expect(after.outcome?.events.map((event) => event.type)).to.deep.equal([
      'ClockReminded',
      'ClockReminded',
      'PartnerDidNotRespond',
    ]);
    expect(fold(after.events)).to.deep.equal(after.claim);
  });

  it('the sweep asks for nothing but what is due', () => {
    const woken = asked().delivered('partnerResponse').at(pacific('2021-05-11')).when({ type: 'Wake', by: DESK });
    thenNothing(woken);
    expect(woken.outcome?.events.at(-1)?.type).to.equal('PartnerDidNotRespond');
    expect(underReview().when({ type: 'Wake', by: DESK }).outcome?.events).to.deep.equal([]);
  });
});

describe('a stored clock that runs without an instant at which it fires', () => {
  it('is silent, and is not due for ever', () => {
    const { claim, now } = underReview();
    expect(nextFiring(claim.clocks)).not.to.equal(undefined);
    const damaged = JSON.parse(
      JSON.stringify(claim, (key, value: unknown) => (key === 'nextAt' ? undefined : key === 'reminders' ? [] : value)),
    ) as Claim;
    expect(Object.values(damaged.clocks).map(({ state }) => state)).to.include('running');
    expect(nextFiring(damaged.clocks)).to.equal(undefined);
    expect(applyDueClocks(damaged, now + 365 * DAY, RULES.programme)).to.deep.equal({
      events: [],
      notices: [],
      claim: damaged,
    });
  });
});
