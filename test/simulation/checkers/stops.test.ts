import { expect } from 'chai';
import type { Asked, Followed, Instance, Judge, Stopped } from './observations.ts';
import { NOTHING } from './observations.ts';
import { openStops } from './stops.ts';

const HOUR = 3_600_000;
const asked = (number: number, by = 'desk1#1'): Asked => ({ number, at: 0, by, person: 'anna', activity: {} });
const stopped = (how: Partial<Stopped> = {}): Stopped => ({
  by: 'desk1#1',
  from: 1_000,
  at: 2_000,
  inTime: true,
  disturbed: false,
  ...how,
});

/** Two hours after what was asked. */
function judgeOf(instances: readonly Instance[] = []): Judge {
  return openStops({ ...NOTHING, now: () => 2 * HOUR, instances: () => instances });
}

describe('The judge of stops', () => {
  it('finds a turn that was in hand and was not answered', () => {
    const judge = judgeOf();
    judge.asked?.(asked(1));
    judge.asked?.(asked(2));
    judge.answered?.({ asked: asked(1), at: 1_500, disturbed: false });
    expect(judge.stopped?.(stopped()).join()).to.match(
      /desk1#1 was told to stop at .* without an answer to 2, which anna asked/,
    );
  });

  it('finds nothing where all were answered, be it with a fault', () => {
    const judge = judgeOf();
    judge.asked?.(asked(1));
    judge.answered?.({ asked: asked(1), at: 1_500, disturbed: false, fault: new Error('no') });
    expect(judge.stopped?.(stopped())).to.deep.equal([]);
  });

  it('finds an instance that did not end in its time though nothing held it up', () => {
    const judge = judgeOf();
    judge.asked?.(asked(1));
    expect(judge.stopped?.(stopped({ inTime: false })).join()).to.match(/desk1#1 was told to stop .* could not end/);
  });

  it('asks nothing of an instance that was held up, and of other instances', () => {
    const judge = judgeOf();
    judge.asked?.(asked(1, 'desk2#1'));
    expect(judge.stopped?.(stopped())).to.deep.equal([]);
    judge.asked?.(asked(2));
    expect(judge.stopped?.(stopped({ inTime: false, disturbed: true }))).to.deep.equal([]);
  });

  it('asks nothing of an instance to which a file was still coming', () => {
    const add: Followed = { number: 7, at: 0, by: 'desk1#1', how: 'add', link: 'x', person: 'anna' };
    const judge = judgeOf();
    judge.followed?.(add);
    expect(judge.stopped?.(stopped({ inTime: false }))).to.deep.equal([]);
    judge.fetched?.({ followed: add, at: 3_000 });
    expect(judge.stopped?.(stopped({ inTime: false }))).to.have.length(1);
  });

  it('finds a turn that is never answered, and a sweep that never ends', () => {
    const judge = judgeOf([{ by: 'desk1#1', sweepingSince: 0 }, { by: 'desk2#1' }]);
    judge.asked?.(asked(1, 'desk2#1'));
    expect(judge.ended?.()).to.deep.equal([
      'a sweep of desk1#1 that began at 1970-01-01T00:00:00.000Z has not ended',
      'desk2#1 has not answered 1, which anna asked at 1970-01-01T00:00:00.000Z',
    ]);
  });

  it('asks nothing of the dead, nor of what has only just begun', () => {
    const judge = judgeOf([{ by: 'desk1#2', sweepingSince: 1.5 * HOUR }]);
    judge.asked?.(asked(1, 'desk1#1'));
    judge.asked?.({ ...asked(2, 'desk1#2'), at: 1.5 * HOUR });
    expect(judge.ended?.()).to.deep.equal([]);
  });
});
