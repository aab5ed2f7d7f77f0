import { expect } from 'chai';
import type { Asked } from '../witness.ts';
import { openStops } from './stops.ts';

const asked = (number: number, by = 'desk1#1'): Asked => ({ number, at: 0, by, person: 'anna', activity: {} });
const stopped = (inTime = true) => ({ by: 'desk1#1', from: 1_000, at: 2_000, inTime });

describe('The judge of stops', () => {
  it('finds a turn that was in hand and was not answered', () => {
    const judge = openStops();
    judge.asked?.(asked(1));
    judge.asked?.(asked(2));
    judge.answered?.({ asked: asked(1), at: 1_500, disturbed: false });
    expect(judge.stopped?.(stopped()).join()).to.match(/desk1#1 was told to stop at .* without an answer to 2, which anna asked/);
  });

  it('finds nothing where all were answered, be it with a fault', () => {
    const judge = openStops();
    judge.asked?.(asked(1));
    judge.answered?.({ asked: asked(1), at: 1_500, disturbed: false, fault: new Error('no') });
    expect(judge.stopped?.(stopped())).to.deep.equal([]);
  });

  it('asks nothing of an instance whose time was over, and of other instances', () => {
    const judge = openStops();
    judge.asked?.(asked(1, 'desk2#1'));
    expect(judge.stopped?.(stopped())).to.deep.equal([]);
    judge.asked?.(asked(2));
    expect(judge.stopped?.(stopped(false))).to.deep.equal([]);
  });
});
