import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../../src/runtime/clock.ts';
import { createSavedClock } from '../../src/playground/savedClock.ts';
import { PlaygroundError } from '../../src/playground/playgroundError.ts';

const WEEK = 7 * 86_400_000;

describe('The clock of the local Teams', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cpor-clock-'));
    file = join(folder, 'clock.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('begins with the time of the machine', () => {
    const before = systemClock.now();
    const { now } = createSavedClock(file);
    expect(now()).to.be.within(before, systemClock.now());
  });

  it('is as far ahead after a restart as it was turned before', () => {
    const first = createSavedClock(file);
    first.turn(WEEK);
    first.turn(1_000);
    const left = first.now();
    expect(createSavedClock(file).now()).to.be.at.least(left);
    expect(createSavedClock(file).now() - systemClock.now()).to.be.closeTo(WEEK + 1_000, 60_000);
  });

  it('never goes back, and keeps nothing of the attempt', async () => {
    const clock = createSavedClock(file);
    clock.turn(WEEK);
    expect(() => {
      clock.turn(-1);
    }).to.throw(RangeError);
    expect(await readFile(file, 'utf8')).to.equal(JSON.stringify({ ahead: WEEK }));
  });

  it('starts on no clock that it cannot read', async () => {
    for (const text of ['', '{"ahead":-1}', '{"ahead":"7"}', '{"ahead":1e9}']) {
      await writeFile(file, text);
      expect(() => createSavedClock(file), text).to.throw(PlaygroundError, /--fresh/);
    }
  });
});
