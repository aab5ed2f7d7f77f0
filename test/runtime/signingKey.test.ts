import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { randomId } from '../../src/runtime/random.ts';
import { readOrCreateSigningKey, LinkKeyError } from '../../src/runtime/signingKey.ts';

describe('the kept link key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'link-key-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made once, is long enough, and stays the same across restarts', () => {
    const key = readOrCreateSigningKey(folder, randomId);
    expect(key).to.have.length.of.at.least(32);
    expect(readOrCreateSigningKey(folder, randomId)).to.equal(key);
  });

  it('is readable by its owner alone, and leaves no draft beside it', () => {
    readOrCreateSigningKey(folder, randomId);
    expect(statSync(join(folder, 'link-key')).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(['link-key']);
  });

  it('is the same for two desks that start at once', () => {
    let other = '';
    const key = readOrCreateSigningKey(folder, () => {
      other ||= readOrCreateSigningKey(folder, randomId);
      return randomId();
    });
    expect(key).to.equal(other);
    expect(readFileSync(join(folder, 'link-key'), 'utf8')).to.equal(key);
    expect(readdirSync(folder)).to.deep.equal(['link-key']);
  });

  for (const kept of ['', 'cut off']) {
    it(`is not taken from a file that holds ${JSON.stringify(kept)}: the desk says which file, and stays closed`, () => {
      writeFileSync(join(folder, 'link-key'), kept);
      expect(() => readOrCreateSigningKey(folder, randomId)).to.throw(LinkKeyError, join(folder, 'link-key'));
    });
  }
});
