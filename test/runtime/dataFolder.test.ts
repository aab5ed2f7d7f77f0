import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { prepareDataFolder } from '../../src/runtime/dataFolder.ts';
import { ConfigError } from '../../src/config/environment.ts';

describe('the data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made with the folders above it, and nothing is left in it', () => {
    prepareDataFolder(join(folder, 'made', 'on demand'));
    expect(readdirSync(join(folder, 'made', 'on demand'))).to.deep.equal([]);
  });

  it('that is there already stays as it is', () => {
    mkdirSync(join(folder, 'files'));
    prepareDataFolder(folder);
    expect(readdirSync(folder)).to.deep.equal(['files']);
  });

  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  it('is made for its owner alone, whatever the mask of the process is', () => {
    const mask = process.umask(0);
    try {
      expect(prepareDataFolder(join(folder, 'made', 'deep'))).to.equal(true);
    } finally {
      process.umask(mask);
    }
    expect([modeOf(join(folder, 'made')), modeOf(join(folder, 'made', 'deep'))]).to.deep.equal([0o700, 0o700]);
  });

  it('of a desk of before is closed to others, with its files', () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'desk.sqlite'), '');
    mkdirSync(join(folder, 'files'));
    chmodSync(join(folder, 'files'), 0o777);
    expect(prepareDataFolder(folder)).to.equal(true);
    expect([modeOf(folder), modeOf(join(folder, 'files'))]).to.deep.equal([0o700, 0o700]);
  });

  it('that has other things in it keeps its rights, and says that others may enter it', () => {
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'notes.txt'), '');
    expect(prepareDataFolder(folder)).to.equal(false);
    expect(modeOf(folder)).to.equal(0o755);
  });

  const FILE = 'a file';
  const unusable: readonly (readonly [behaviour: string, value: () => string, reason: string])[] = [
    ['that is a file', () => join(folder, FILE), 'is not a folder'],
    ['below a file', () => join(folder, FILE, 'data', 'deep'), `${FILE} is not a folder`],
    ['on a file system that takes no folders, without hanging', () => '/proc/none/deep', 'cannot be made'],
    ['that nothing can be written to', () => '/proc', 'cannot be written to'],
  ];
  for (const [behaviour, valueOf, reason] of unusable) {
    it(`${behaviour} is refused in a sentence with the variable, its value and the mend`, () => {
      writeFileSync(join(folder, FILE), '');
      const value = valueOf();
      expect(() => prepareDataFolder(value))
        .to.throw(ConfigError)
        .that.has.nested.include({ 'problems[0].kind': 'not-a-folder', 'problems[0].variable': 'DATA_DIR' })
        .and.has.property('message')
        .that.includes(`DATA_DIR is "${value}"`)
        .and.includes(reason)
        .and.includes('Name a folder');
    });
  }
});
