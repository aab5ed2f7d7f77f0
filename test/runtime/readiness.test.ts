import { expect } from 'chai';
import { adjustableClock } from '../../src/runtime/clock.ts';
import type { Log } from '../../src/desk/ports/system.ts';
import type { Asks } from '../../src/runtime/readiness.ts';
import { createReadiness } from '../../src/runtime/readiness.ts';

describe('The readiness of the desk', () => {
  function opened(asks: Partial<Asks> = {}) {
    const steady = adjustableClock(0);
    const counts = { store: 0, files: 0, pair: 0, keys: 0 };
    const warnings: object[] = [];
    const metered: boolean[] = [];
    const log: Log = { info: () => undefined, warn: (fields) => void warnings.push(fields), error: () => undefined };
    const timers = new Set<() => void>();
    const asked = (part: keyof Asks) => async (): Promise<unknown> => {
      counts[part] += 1;
      return asks[part]?.();
    };
    const ready = createReadiness(
      { store: asked('store'), files: asked('files'), pair: asked('pair'), keys: asked('keys') },
      {
        log,
        meters: { ready: (isReady) => void metered.push(isReady) },
        steady,
        pause: (ms, signal) =>
          new Promise((resolve, reject) => {
            expect(ms).to.equal(2_000);
            const over = (): void => resolve(undefined);
            timers.add(over);
            signal.addEventListener('abort', () => {
              timers.delete(over);
              reject(new Error('aborted'));
            });
          }),
      },
    );
    return { ready, steady, counts, warnings, metered, timers };
  }

  it('is there when every part answers, even with nothing', async () => {
    const { ready, warnings, timers } = opened();
    expect(await ready()).to.deep.equal({ store: true, files: true, pair: true, keys: true });
    expect(warnings).to.deep.equal([]);
    expect(timers.size, 'no timer is left').to.equal(0);
  });

  for (const part of ['store', 'files', 'pair', 'keys'] as const) {
    it(`says which part has a fault: ${part}`, async () => {
      const { ready, warnings } = opened({
        [part]: async () => {
          throw new Error('down');
        },
      });
      expect(await ready()).to.deep.equal({ store: true, files: true, pair: true, keys: true, [part]: false });
      expect(warnings).to.containSubset([{ part }]);
    });
  }

  it('is metered each time it is asked anew: whether all of it was there', async () => {
    let isDown = false;
    const { ready, steady, metered } = opened({ files: async () => !isDown });
    await ready();
    await ready();
    isDown = true;
    steady.turn(1_001);
    await ready();
    expect(metered).to.deep.equal([true, false]);
  });

  it('takes `false` for not ready', async () => {
    expect(await opened({ keys: async () => false }).ready()).to.deep.equal({
      store: true,
      files: true,
      pair: true,
      keys: false,
    });
  });

  it('waits for a silent part only so long', async () => {
    const { ready, timers } = opened({ store: () => new Promise(() => undefined) });
    const asked = ready();
    await new Promise((resolve) => setImmediate(resolve));
    for (const over of timers) over();
    expect(await asked).to.deep.equal({ store: false, files: true, pair: true, keys: true });
  });

  it('asks once a second at most, however many ask', async () => {
    const { ready, steady, counts } = opened();
    await Promise.all(Array.from({ length: 1_000 }, () => ready()));
    steady.turn(999);
    await ready();
    expect(counts).to.deep.equal({ store: 1, files: 1, pair: 1, keys: 1 });
    steady.turn(1);
    await ready();
    expect(counts).to.deep.equal({ store: 2, files: 2, pair: 2, keys: 2 });
  });
});
