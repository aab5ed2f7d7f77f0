import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { MAX_UPLOAD_MS, paced, StalledError } from '../../../src/desk/proof/pace.ts';
import { createTurnedTimer } from '../../support/turnedTimer.ts';

const PACE = { patienceMs: 20_000, bytesPerSecond: 1_000 };

/** A sender whose pieces a test sends one by one. */
function sender() {
  const pieces: { resolve: (piece: IteratorResult<Uint8Array>) => void; reject: (error: Error) => void }[] = [];
  const seen = { returned: 0, asked: 0 };
  const bytes: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        seen.asked += 1;
        return new Promise((resolve, reject) => void pieces.push({ resolve, reject }));
      },
      return: async () => {
        seen.returned += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return {
    bytes,
    seen,
    send: (size: number) => pieces.shift()?.resolve({ done: false, value: new Uint8Array(size) }),
    end: () => pieces.shift()?.resolve({ done: true, value: undefined }),
    fail: () => pieces.shift()?.reject(new Error('connection lost')),
  };
}

function reading() {
  const timer = createTurnedTimer();
  const from = sender();
  const came = { bytes: 0, end: undefined as unknown };
  const over = (async () => {
    try {
      for await (const piece of paced(from.bytes, PACE, timer)) came.bytes += piece.length;
      came.end = 'ended';
    } catch (error) {
      came.end = error;
    }
  })();
  return {
    ...from,
    came,
    over,
    timer,
    async turn(ms: number) {
      await nextTurn();
      timer.turn(ms);
      await nextTurn();
    },
  };
}

describe('The pace of a file on its way', () => {
  it('lets a sender be silent for as long as there is patience, and no longer', async () => {
    const upload = reading();
    await upload.turn(19_999);
    expect(upload.came.end).to.equal(undefined);
    await upload.turn(1);
    expect(upload.came.end).to.be.instanceOf(StalledError);
    expect(upload.seen.returned, 'the source is let go of').to.equal(1);
    expect(upload.timer.waiting()).to.equal(0);
  });

  it('ends a sender that sends a byte now and then (slow loris)', async () => {
    const upload = reading();
    for (let seconds = 0; seconds < 60 && !upload.came.end; seconds += 1) {
      await upload.turn(1_000);
      upload.send(1);
    }
    expect(upload.came.end).to.be.instanceOf(StalledError);
    expect(upload.came.bytes).to.be.within(15, 21);
  });

  it('never ends one that keeps the lowest rate, however long its pieces are on their way', async () => {
    const upload = reading();
    for (let pieces = 0; pieces < 40; pieces += 1) {
      await upload.turn(15_000);
      upload.send(15_000);
      await nextTurn();
    }
    upload.end();
    await upload.over;
    expect(upload.came).to.deep.equal({ bytes: 600_000, end: 'ended' });
    expect(upload.timer.waiting()).to.equal(0);
  });

  it('ends also that one after a quarter of an hour', async () => {
    const upload = reading();
    for (let passed = 0; passed < MAX_UPLOAD_MS && !upload.came.end; passed += 10_000) {
      await upload.turn(10_000);
      upload.send(10_000);
    }
    await nextTurn();
    expect(upload.came.end).to.be.instanceOf(StalledError);
  });

  it('does not charge the sender with the time that the store takes', async () => {
    const timer = createTurnedTimer();
    const from = sender();
    const stream = paced(from.bytes, PACE, timer);
    const first = stream.next();
    from.send(1);
    await first;
    // The store is at the first piece for longer than any patience.
    timer.turn(60_000);
    const second = stream.next();
    await nextTurn();
    from.send(1);
    expect(await second).to.have.property('done', false);
  });

  it('passes on that the connection broke, and asks for nothing that no one reads', async () => {
    const upload = reading();
    upload.fail();
    await upload.over;
    expect(upload.came.end).to.have.property('message', 'connection lost');
    const timer = createTurnedTimer();
    const from = sender();
    const stream = paced(from.bytes, PACE, timer);
    expect(from.seen.asked).to.equal(0);
    const first = stream.next();
    from.send(5);
    await first;
    await stream.return(undefined);
    expect(from.seen).to.deep.equal({ asked: 1, returned: 1 });
  });
});
