import { expect } from 'chai';
import fc from 'fast-check';
import { checkClock, CLOCK_TOLERANCE_MS, ClockError, storeTimeOf } from '../../../src/stores/cosmos/clockCheck.ts';

const STORE = Date.parse('2021-05-03T17:00:00Z');

/** What checking throws, or undefined. */
function faultAt(now: number, tookMs?: number, storeTime: number | undefined = STORE): unknown {
  try {
    checkClock(storeTime, now, tookMs);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('This machine’s clock beside the store’s', () => {
  it('may differ by half a minute, and by the rest of the second that the store says', () => {
    for (const ahead of [0, 999, CLOCK_TOLERANCE_MS, CLOCK_TOLERANCE_MS + 999, -CLOCK_TOLERANCE_MS])
      expect(faultAt(STORE + ahead), String(ahead)).to.be.undefined;
    for (const ahead of [CLOCK_TOLERANCE_MS + 1_000, -CLOCK_TOLERANCE_MS - 1])
      expect(faultAt(STORE + ahead), String(ahead))
        .to.be.instanceOf(ClockError)
        .and.to.include({ code: 'clock.skewed' });
  });

  it('is not wrong because the store took long to answer, whenever in that time it said its own', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: -CLOCK_TOLERANCE_MS, max: CLOCK_TOLERANCE_MS }),
        (tookMs, moment, ahead) => {
          const asked = STORE + 417;
          const said = Math.floor((asked + (tookMs * moment) / 1_000) / 1_000) * 1_000;
          expect(faultAt(asked + tookMs + ahead, tookMs, said)).to.be.undefined;
        },
      ),
    );
  });

  it('is wrong however long the store took, where no moment of that time is near the store’s', () => {
    expect(faultAt(STORE + 90_000 + CLOCK_TOLERANCE_MS + 1_000, 90_000)).to.include({
      aheadMs: CLOCK_TOLERANCE_MS + 1,
    });
    expect(faultAt(STORE - CLOCK_TOLERANCE_MS - 1, 90_000)).to.include({ aheadMs: -CLOCK_TOLERANCE_MS - 1 });
  });

  it('is believed where the store says no time', () => {
    expect(() => checkClock(undefined, 0)).not.to.throw();
  });

  for (const { ahead, words } of [
    { ahead: 45_000, words: '44 seconds ahead of' },
    { ahead: -45_000, words: '45 seconds behind' },
    { ahead: 720_999, words: '12 minutes ahead of' },
    { ahead: -5 * 3_600_000, words: '5 hours behind' },
    { ahead: 40 * 86_400_000, words: '40 days ahead of' },
  ]) {
    it(`is told to an operator: ${words} the store’s, and what to do`, () => {
      expect(faultAt(STORE + ahead))
        .to.have.property('message')
        .that.is.equal(
          `This machine's clock is ${words} the store's; have this machine's time synchronised. ` +
            `The desk does nothing until the two agree, then it goes on by itself`,
        );
    });
  }
});

describe('The time in an answer of the store', () => {
  it('is read from its date, to the second', () => {
    expect(storeTimeOf('Mon, 03 May 2021 17:00:00 GMT')).to.equal(STORE);
  });

  for (const date of [
    undefined,
    '',
    '0',
    '2021',
    '2021-05-03T17:00:00Z',
    'Mon, 03 May 2021 17:00:00',
    'Mon, 03 May 2021 25:00:00 GMT',
    'Mon, 03 Mai 2021 17:00:00 GMT',
  ]) {
    it(`is not known from ${JSON.stringify(date) ?? 'none'}`, () => {
      expect(storeTimeOf(date)).to.be.undefined;
    });
  }
});
