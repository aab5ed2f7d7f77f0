import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { fake, useFakeTimers } from 'sinon';
import type { Schedule } from '../../src/runtime/schedule.ts';
import { scheduleRuns } from '../../src/runtime/schedule.ts';
import type { Log } from '../../src/desk/ports/system.ts';

const MINUTE = 60_000;
const EACH_MINUTE = '* * * * *';

describe('The schedule of the sweep', () => {
  let time: SinonFakeTimers;
  let sweeps: Schedule | undefined;
  const error = fake();
  const log: Log = { info: fake(), warn: fake(), error };

  beforeEach(() => {
    time = useFakeTimers({ now: Date.UTC(2021, 4, 3, 12, 0, 30) });
    error.resetHistory();
  });
  afterEach(async () => {
    await sweeps?.stop();
    time.restore();
  });

  it('sweeps once at the start, to catch up, and then at each time of its expression', async () => {
    const task = fake.resolves(undefined);
    sweeps = scheduleRuns('sweep', EACH_MINUTE, task, log);
    expect(task.callCount).to.equal(1);
    await time.tickAsync(29_000);
    expect(task.callCount).to.equal(1);
    await time.tickAsync(MINUTE);
    expect(task.callCount).to.equal(2);
  });

  it('leaves the start out for what the start does by itself', async () => {
    const task = fake.resolves(undefined);
    sweeps = scheduleRuns('check-up', EACH_MINUTE, task, log, 'due');
    expect(task.callCount).to.equal(0);
    await time.tickAsync(MINUTE);
    expect(task.callCount).to.equal(1);
  });

  it('never sweeps twice at once, not even while the first one, of the start, takes long', async () => {
    let end: () => void = () => undefined;
    const task = fake(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    sweeps = scheduleRuns('sweep', EACH_MINUTE, task, log);
    await time.tickAsync(5 * MINUTE);
    expect(task.callCount).to.equal(1);
    end();
    await time.tickAsync(MINUTE);
    expect(task.callCount).to.equal(2);
    await time.tickAsync(5 * MINUTE);
    expect(task.callCount).to.equal(2);
    end();
  });

  describe('makes up for a run', () => {
    const task = fake.resolves(undefined);
    beforeEach(() => task.resetHistory());
    const begin = async (expression: string): Promise<void> => {
      sweeps = scheduleRuns('sweep', expression, task, log);
      await time.tickAsync(1);
      task.resetHistory();
    };
    /** The wall clock goes on, the timers do not: the machine sleeps, the loop is blocked, or the clock was set. */
    const jump = (ms: number): void => time.setSystemTime(Date.now() + ms);

    it('that the machine slept through, within half a minute, and once', async () => {
      await begin('0 3 * * *');
      jump(4 * 24 * 60 * MINUTE);
      await time.tickAsync(MINUTE / 2);
      expect(task.callCount).to.equal(1);
      await time.tickAsync(10 * MINUTE);
      expect(task.callCount).to.equal(1);
    });

    it('that came five seconds late, because the process was busy', async () => {
      await begin('1 12 * * *');
      await time.tickAsync(29_000);
      jump(5_000);
      await time.tickAsync(MINUTE);
      expect(task.callCount).to.equal(1);
    });

    it('of every minute once for an hour without one, and then goes on each minute', async () => {
      await begin(EACH_MINUTE);
      jump(60 * MINUTE);
      await time.tickAsync(MINUTE / 2);
      expect(task.callCount).to.equal(1);
      await time.tickAsync(3 * MINUTE);
      expect(task.callCount).to.equal(4);
    });

    it('not before it is due by a clock that was set back a day, and goes on each minute', async () => {
      await begin(EACH_MINUTE);
      jump(-24 * 60 * MINUTE);
      await time.tickAsync(MINUTE);
      task.resetHistory();
      await time.tickAsync(3 * MINUTE);
      expect(task.callCount).to.equal(3);
    });

    it('that is months away neither early nor late', async () => {
      await begin('0 0 1 1 *');
      await time.tickAsync(15 * MINUTE);
      expect(task.callCount).to.equal(0);
      time.setSystemTime(Date.UTC(2021, 11, 31, 23, 59, 45));
      await time.tickAsync(MINUTE / 2);
      await time.tickAsync(MINUTE / 2);
      expect(task.callCount).to.equal(1);
    });
  });

  it('goes on after a sweep that failed, and says so in the log', async () => {
    const task = fake.rejects(new Error('disk'));
    sweeps = scheduleRuns('sweep', EACH_MINUTE, task, log);
    await time.tickAsync(MINUTE);
    expect(task.callCount).to.equal(2);
    expect(error.callCount).to.equal(2);
  });

  it('is stopped when the sweep under way has ended, and starts no other', async () => {
    let end: () => void = () => undefined;
    const task = fake(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    const stopping = scheduleRuns('sweep', EACH_MINUTE, task, log).stop();
    const stopped = fake();
    void stopping.then(stopped);
    await time.tickAsync(3 * MINUTE);
    expect(stopped.callCount).to.equal(0);
    end();
    await stopping;
    await time.tickAsync(3 * MINUTE);
    expect(task.callCount).to.equal(1);
  });
});
