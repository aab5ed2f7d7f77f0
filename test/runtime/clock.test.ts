import { expect } from 'chai';
import { adjustableClock, steadyClock, systemClock } from '../../src/runtime/clock.ts';

describe('clocks', () => {
  it('the system clock tells the time of the machine', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).to.be.within(before, Date.now());
  });

  it('the steady clock goes on from the start of the process, whatever the time of day is', () => {
    const from = steadyClock.now();
    expect(from).to.be.within(0, performance.now());
    expect(steadyClock.now()).to.be.at.least(from);
  });

  it('an adjustable clock does not move until it is turned', () => {
    const clock = adjustableClock(1_000);
    expect(clock.now()).to.equal(1_000);
    clock.turn(60_000);
    clock.turn(0);
    expect(clock.now()).to.equal(61_000);
  });

  it('an adjustable clock over another goes on with it, ahead by what it was turned', () => {
    const wall = adjustableClock(5_000);
    const clock = adjustableClock(wall);
    clock.turn(100);
    wall.turn(7);
    expect(clock.now()).to.equal(5_107);
    expect(wall.now()).to.equal(5_007);
  });

  for (const ms of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    it(`refuses to be turned by ${ms}`, () => {
      const clock = adjustableClock(1_000);
      expect(() => clock.turn(ms)).to.throw(RangeError, `not by ${ms}`);
      expect(clock.now()).to.equal(1_000);
    });
  }
});
