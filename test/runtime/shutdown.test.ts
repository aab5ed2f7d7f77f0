import { expect } from 'chai';
import type { Log } from '../../src/desk/ports/system.ts';
import type { ShutdownSteps } from '../../src/runtime/shutdown.ts';
import { shutDown } from '../../src/runtime/shutdown.ts';

describe('The end of a desk', () => {
  function ending(
    parts: {
      drain?: () => Promise<void>;
      close?: () => Promise<void>;
      sweep?: () => Promise<void>;
      idle?: () => Promise<void>;
    } = {},
  ) {
    const told: string[] = [];
    const tell =
      (what: string, work: () => Promise<void> = async () => undefined) =>
      async (): Promise<void> => {
        told.push(what);
        await work();
      };
    const all: ShutdownSteps = {
      web: {
        drain: tell('web drains', parts.drain),
        close: tell('web closes', parts.close),
        breakOff: () => void told.push('web breaks off'),
      },
      desk: { close: () => void told.push('desk closes'), idle: tell('desk is idle', parts.idle) },
      schedules: [{ stop: tell('sweeps stop', parts.sweep) }],
      meters: { close: async (maxMs) => void told.push(`meters close in ${maxMs}`) },
    };
    const log: Log = {
      info: () => undefined,
      warn: (_fields, sentence) => void told.push(sentence),
      error: () => undefined,
    };
    const bounds: number[] = [];
    const run = (pause: (ms: number, signal: AbortSignal) => Promise<unknown>): Promise<boolean> =>
      shutDown(all, 25_000, log, (ms, signal) => {
        bounds.push(ms);
        return pause(ms, signal);
      });
    return { told, run, bounds };
  }
  const never = (): Promise<never> => new Promise(() => undefined);
  const WARNING = 'Shutdown timed out; unfinished work is left to the next sweep';

  it('tells everything to end, waits for the deliveries last, and then lets the meters go', async () => {
    const { told, run } = ending();
    expect(await run(never)).to.equal(true);
    expect(told).to.deep.equal([
      'desk closes',
      'web drains',
      'sweeps stop',
      'web closes',
      'desk is idle',
      'meters close in 2000',
    ]);
  });

  it('keeps time for the last measurements', async () => {
    const { run, bounds } = ending();
    await run(never);
    expect(bounds).to.deep.equal([23_000]);
  });

  it('comes to its end also when a part of it has a fault', async () => {
    const { told, run } = ending({
      idle: async () => {
        throw new Error('gone');
      },
    });
    expect(await run(never)).to.equal(true);
    expect(told.at(-1)).to.equal('meters close in 2000');
  });

  const stuck: readonly (readonly [string, Parameters<typeof ending>[0]])[] = [
    ['a turn', { drain: never }],
    ['an upload', { close: never }],
    ['a sweep', { sweep: never }],
    ['a delivery', { idle: never }],
  ];
  for (const [what, parts] of stuck) {
    it(`abandons ${what} that does not end, when the time is over, and says so`, async () => {
      const { told, run } = ending(parts);
      expect(
        await run(async () => {
          await new Promise((resolve) => setImmediate(resolve));
        }),
      ).to.equal(false);
      expect(told.slice(-3)).to.deep.equal([WARNING, 'web breaks off', 'meters close in 2000']);
    });
  }
});
