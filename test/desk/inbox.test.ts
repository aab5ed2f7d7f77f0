import { expect } from 'chai';
import type { DeskWorld } from './world.ts';
import { openWorld } from './world.ts';

const MESSAGE = '19:reviews@thread.tacv2;messageid=1/1780000000001';

/** Work that ends when it is told to. */
function held() {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  return { work: () => ended, end: () => end(), fail: (error: Error) => fail(error) };
}

describe('A message that is delivered again', () => {
  let world: DeskWorld;
  let done: string[];
  /** The work of an instance, which says that it was done. */
  const by = (name: string) => (): Promise<void> => {
    done.push(name);
    return Promise.resolve();
  };

  beforeEach(async () => {
    world = await openWorld();
    done = [];
  });

  it('is not handled again, neither by the same instance nor by another', async () => {
    const other = world.another();
    await world.desk.once(MESSAGE, by('one'));
    await world.desk.once(MESSAGE, by('one'));
    await other.once(MESSAGE, by('other'));
    expect(done).to.deep.equal(['one']);
  });

  it('is left to a newer version that has it, whose mark stays as it is', async () => {
    await world.desk.once(MESSAGE, by('one'));
    const id = world.world.digest.sha256(MESSAGE);
    const { etag } = (await world.documents.read('heard', id)) ?? expect.fail('it is marked');
    const body = { schema: 99, state: 'told otherwise' };
    await world.documents.inner.replace({ kind: 'heard', id, body, keys: [] }, etag);
    const error = await world
      .another()
      .once(MESSAGE, by('other'))
      .catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'document.unknownSchema');
    expect(done).to.deep.equal(['one']);
    expect((await world.documents.read('heard', id))?.body).to.deep.equal(body);
  });

  it('is another message where its id or its conversation is another', async () => {
    await world.desk.once(MESSAGE, by('one'));
    await world.desk.once(`${MESSAGE}0`, by('other id'));
    expect(done).to.deep.equal(['one', 'other id']);
  });

  it('is not begun twice by an instance that is handling it; both deliveries end together', async () => {
    const { work, end } = held();
    const first = world.desk.once(MESSAGE, work);
    const again = world.desk.once(MESSAGE, by('one'));
    let ended = false;
    void again.then(() => {
      ended = true;
    });
    await new Promise(setImmediate);
    expect(ended).to.equal(false);
    end();
    await Promise.all([first, again]);
    expect(done).to.deep.equal([]);
  });

  it('waits while another instance is handling it, and is not handled once that one is done', async () => {
    const { work, end } = held();
    const first = world.desk.once(MESSAGE, work);
    let looks = 0;
    const other = world.another({
      pause: async () => {
        looks += 1;
        if (looks < 3) return;
        end();
        await first;
      },
    });
    await other.once(MESSAGE, by('other'));
    expect(looks).to.equal(3);
    expect(done).to.deep.equal([]);
  });

  it('is handled by another instance when the one that was handling it died: nothing is lost', async () => {
    void world.desk.once(MESSAGE, held().work);
    const waits: number[] = [];
    const other = world.another({
      pause: (ms) => {
        waits.push(ms);
        world.clock.turn(ms);
        return Promise.resolve();
      },
    });
    await other.once(MESSAGE, by('other'));
    expect(done).to.deep.equal(['other']);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).to.equal(15_000);
    await world.another().once(MESSAGE, by('third'));
    expect(done, 'the second did it').to.deep.equal(['other']);
  });

  it('is handled after a bounded number of looks, though the clock of the dead instance was hours ahead', async () => {
    const ahead = world.another({ clock: { now: () => world.clock.now() + 5 * 3_600_000 } });
    void ahead.once(MESSAGE, held().work);
    let looks = 0;
    const other = world.another({
      pause: () => {
        looks += 1;
        return Promise.resolve();
      },
    });
    await other.once(MESSAGE, by('other'));
    expect(done).to.deep.equal(['other']);
    expect(looks).to.be.at.most(60);
  });

  it('is taken over by one of two that waited for it', async () => {
    void world.desk.once(MESSAGE, held().work);
    const pause = (ms: number): Promise<void> => {
      world.clock.turn(ms);
      return Promise.resolve();
    };
    await Promise.all([
      world.another({ pause }).once(MESSAGE, by('other')),
      world.another({ pause }).once(MESSAGE, by('other')),
    ]);
    expect(done).to.deep.equal(['other']);
  });

  it('is handled at once where handling it failed', async () => {
    const { work, fail } = held();
    const first = world.desk.once(MESSAGE, work);
    fail(new Error('the store is away'));
    expect(await first.catch((error: unknown) => String(error))).to.contain('the store is away');
    await world
      .another({
        pause: () => {
          throw new Error('nothing is waited for');
        },
      })
      .once(MESSAGE, by('other'));
    expect(done).to.deep.equal(['other']);
  });

  it('was handled all the same where that could not be noted, and then is handled again', async () => {
    world.documents.beforeWrite = ({ kind, body }) => {
      if (kind === 'heard' && (body as { done: boolean }).done) throw new Error('the store is away');
    };
    await world.desk.once(MESSAGE, by('one'));
    expect(world.logged.at(-1)).to.include({ level: 'warn' });
    world.documents.beforeWrite = () => undefined;
    world.clock.turn(60_000);
    await world.another().once(MESSAGE, by('other'));
    expect(done).to.deep.equal(['one', 'other']);
  });

  it('is remembered for an hour, and then may be forgotten; what it said is not kept', async () => {
    const written: unknown[] = [];
    world.documents.beforeWrite = (document) => {
      written.push(document);
    };
    await world.desk.once(MESSAGE, by('one'));
    for (const document of written) expect(document).to.include({ kind: 'heard', keepMs: 3_600_000 });
    expect(JSON.stringify(written)).to.not.contain('1780000000001');
  });
});
