import { expect } from 'chai';
import type { ActivityAsked, LinkFollowed, LiveInstance, Checker, InstanceStopped } from './observations.ts';
import { NOTHING } from './observations.ts';
import { createStopsChecker } from './stops.ts';

const HOUR = 3_600_000;
const asked = (number: number, by = 'desk1#1'): ActivityAsked => ({ number, at: 0, by, person: 'anna', activity: {} });
const stopped = (how: Partial<InstanceStopped> = {}): InstanceStopped => ({
  by: 'desk1#1',
  from: 1_000,
  at: 2_000,
  inTime: true,
  disturbed: false,
  ...how,
});

/** Two hours after what was asked. */
function checkerOf(instances: readonly LiveInstance[] = []): Checker {
  return createStopsChecker({ ...NOTHING, now: () => 2 * HOUR, instances: () => instances });
}

describe('The checker of stops', () => {
  it('finds a turn that was in flight and was not answered', () => {
    const checker = checkerOf();
    checker.asked?.(asked(1));
    checker.asked?.(asked(2));
    checker.answered?.({ asked: asked(1), at: 1_500, disturbed: false });
    expect(checker.stopped?.(stopped()).join()).to.match(
      /desk1#1 was told to stop at .* without an answer to 2, which anna asked/,
    );
  });

  it('finds nothing where all were answered, be it with a fault', () => {
    const checker = checkerOf();
    checker.asked?.(asked(1));
    checker.answered?.({ asked: asked(1), at: 1_500, disturbed: false, fault: new Error('no') });
    expect(checker.stopped?.(stopped())).to.deep.equal([]);
  });

  it('finds an instance that did not end in its time though nothing held it up', () => {
    const checker = checkerOf();
    checker.asked?.(asked(1));
    expect(checker.stopped?.(stopped({ inTime: false })).join()).to.match(/desk1#1 was told to stop .* could not end/);
  });

  it('asks nothing of an instance that was held up, and of other instances', () => {
    const checker = checkerOf();
    checker.asked?.(asked(1, 'desk2#1'));
    expect(checker.stopped?.(stopped())).to.deep.equal([]);
    checker.asked?.(asked(2));
    expect(checker.stopped?.(stopped({ inTime: false, disturbed: true }))).to.deep.equal([]);
  });

  it('asks nothing of an instance to which a file was still coming', () => {
    const add: LinkFollowed = {
      number: 7,
      at: 0,
      by: 'desk1#1',
      how: 'add',
      link: 'x',
      person: 'anna',
      browser: 'b',
      hasSession: false,
    };
    const checker = checkerOf();
    checker.followed?.(add);
    expect(checker.stopped?.(stopped({ inTime: false }))).to.deep.equal([]);
    checker.fetched?.({ followed: add, at: 3_000 });
    expect(checker.stopped?.(stopped({ inTime: false }))).to.have.length(1);
  });

  it('finds a turn that is never answered, and a sweep that never ends', () => {
    const checker = checkerOf([{ by: 'desk1#1', sweepingSince: 0 }, { by: 'desk2#1' }]);
    checker.asked?.(asked(1, 'desk2#1'));
    expect(checker.ended?.()).to.deep.equal([
      'a sweep of desk1#1 that began at 1970-01-01T00:00:00.000Z has not ended',
      'desk2#1 has not answered 1, which anna asked at 1970-01-01T00:00:00.000Z',
    ]);
  });

  it('asks nothing of the dead, nor of what has only just begun', () => {
    const checker = checkerOf([{ by: 'desk1#2', sweepingSince: 1.5 * HOUR }]);
    checker.asked?.(asked(1, 'desk1#1'));
    checker.asked?.({ ...asked(2, 'desk1#2'), at: 1.5 * HOUR });
    expect(checker.ended?.()).to.deep.equal([]);
  });
});
