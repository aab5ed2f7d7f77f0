import { expect } from 'chai';
import { runSeeds } from './workerPool.ts';

/**
 * Answers a seed with its double; never ends with 3, throws with 5, ends its process with 6, and breaks on its own
 * account with 7.
 */
const WORK = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (seed) => {
    while (seed === 3) {}
    if (seed === 5) throw new Error('broken');
    if (seed === 6) process.exit(9);
    if (seed === 7) Promise.reject(new Error('not awaited'));
    else parentPort.postMessage(2 * seed);
  });
`)}`,
);
/** In which each can do what it can. */
const ENOUGH_MS = 60_000;

interface Heard {
  readonly done: number[];
  readonly lost: string[];
}

async function shared(
  from: number,
  seeds: number,
  jobs: number,
  { signal = new AbortController().signal, mostMs = ENOUGH_MS } = {},
): Promise<Heard> {
  const heard: Heard = { done: [], lost: [] };
  await runSeeds<number>({
    script: WORK,
    workerData: {},
    from,
    seeds,
    jobs,
    signal,
    mostMs,
    done: (answer) => heard.done.push(answer),
    lost: (seed, why) => heard.lost.push(`${seed} ${why}`),
  });
  heard.done.sort((one, other) => one - other);
  heard.lost.sort();
  return heard;
}

describe('Seeds shared among workers', () => {
  it('are each worked on once, however many work', async () => {
    for (const jobs of [1, 3, 9])
      expect(await shared(10, 7, jobs)).to.deep.equal({ done: [20, 22, 24, 26, 28, 30, 32], lost: [] });
  });

  it('that take too long are lost, and the others go on', async () => {
    expect(await shared(2, 3, 1, { mostMs: 5_000 })).to.deep.equal({
      done: [4, 8],
      lost: ['3 had not ended after 5 s, and was broken off'],
    });
  });

  for (const jobs of [1, 2]) {
    it(`whose worker breaks or ends are lost, and the others go on, with ${jobs} at work`, async () => {
      const { done, lost } = await shared(4, 6, jobs);
      expect(done).to.deep.equal([8, 16, 18]);
      expect(lost.map((one) => one.split(' at ')[0]?.trim())).to.deep.equal([
        '5 broke: Error: broken',
        '6 ended its process with 9',
        '7 broke: Error: not awaited',
      ]);
    });
  }

  it('are not worked on any more where the caller cannot take what was done', async () => {
    const done: number[] = [];
    const take = (answer: number): void => {
      done.push(answer);
      throw new Error('cannot take it');
    };
    const fault = await runSeeds<number>({
      script: WORK,
      workerData: {},
      from: 10,
      seeds: 1_000,
      jobs: 2,
      mostMs: ENOUGH_MS,
      done: take,
      lost: () => undefined,
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).to.be.an('error').with.property('message', 'cannot take it');
    expect(done).to.have.length(1);
  });

  it('are not begun once that is called off', async () => {
    expect(await shared(10, 7, 2, { signal: AbortSignal.abort() })).to.deep.equal({ done: [], lost: [] });
  });
});
