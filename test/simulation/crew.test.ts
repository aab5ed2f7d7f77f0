import { expect } from 'chai';
import { share } from './crew.ts';

/** Answers a seed with its double; never ends with 3, breaks with 5. */
const WORK = new URL(`data:text/javascript,${encodeURIComponent(`
  import { parentPort, workerData } from 'node:worker_threads';
  parentPort.on('message', (seed) => {
    while (seed === 3) {}
    if (seed === workerData.breaksAt) throw new Error('broken');
    parentPort.postMessage(2 * seed);
  });
`)}`);

interface Heard {
  readonly done: number[];
  readonly tooLong: number[];
}

async function shared(from: number, seeds: number, jobs: number, { breaksAt = -1, signal = new AbortController().signal, mostMs = 60_000 } = {}): Promise<Heard> {
  const heard: Heard = { done: [], tooLong: [] };
  await share<number>({ script: WORK, workerData: { breaksAt }, from, seeds, jobs, signal, mostMs, done: (answer) => heard.done.push(answer), tooLong: (seed) => heard.tooLong.push(seed) });
  return heard;
}

describe('Seeds shared among workers', () => {
  it('are each worked on once, however many work', async () => {
    for (const jobs of [1, 3, 9]) {
      const { done, tooLong } = await shared(10, 7, jobs);
      expect(done.sort((one, other) => one - other)).to.deep.equal([20, 22, 24, 26, 28, 30, 32]);
      expect(tooLong).to.deep.equal([]);
    }
  });

  it('that take too long are named, and the others go on', async () => {
    const { done, tooLong } = await shared(2, 4, 1, { mostMs: 5_000 });
    expect(done).to.deep.equal([4, 8, 10]);
    expect(tooLong).to.deep.equal([3]);
  });

  it('end with what breaks a worker', async () => {
    const fault = await shared(4, 3, 1, { breaksAt: 5 }).then(() => undefined, (error: unknown) => error);
    expect(fault).to.be.an('error').with.property('message', 'broken');
  });

  it('are not begun once that is called off', async () => {
    const { done } = await shared(10, 7, 2, { signal: AbortSignal.abort() });
    expect(done).to.deep.equal([]);
  });
});
