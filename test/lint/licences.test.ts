import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { productionPackages } from '../../src/tools/sbom/lockFile.ts';
import type { InstalledPackage, LockFile } from '../../src/tools/sbom/lockFile.ts';
import { licenceFaults } from './licences.ts';
import type { Metadata } from './licences.ts';

const PROJECT = new URL('../../', import.meta.url);

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, PROJECT), 'utf8'));
}

function metadataOf(path: string): Metadata | undefined {
  const file = `${path}/package.json`;
  return existsSync(new URL(file, PROJECT)) ? (read(file) as Metadata) : undefined;
}

describe('The licences of the packages that run with the desk', () => {
  const packages = productionPackages(read('package-lock.json') as LockFile);

  it('are all on the list, or named with where they were found', () => {
    expect(packages.length).to.be.above(200);
    expect(licenceFaults(packages, metadataOf)).to.deep.equal([]);
  });

  /** The packages of the desk and one more, whose package.json is as given. */
  function withOneMore(licence: string | undefined, metadata?: Metadata, locked: object = {}): readonly string[] {
    const path = 'node_modules/made-up';
    const entry = { version: '1.0.0', ...(licence !== undefined && { license: licence }), ...locked };
    const one: InstalledPackage = { path, name: 'made-up', version: '1.0.0', locked: entry, dependsOn: [] };
    const found = metadata ?? {
      name: 'made-up',
      version: '1.0.0',
      ...(licence !== undefined && { license: licence }),
    };
    return licenceFaults([...packages, one], (asked) => (asked === path ? found : metadataOf(asked)));
  }

  for (const [licence, fault] of [
    ['GPL-3.0-only', 'made-up@1.0.0 has the licence GPL-3.0-only, which is not on the list'],
    ['(MIT AND GPL-2.0)', 'made-up@1.0.0 has the licence (MIT AND GPL-2.0), which is not on the list'],
    ['SEE LICENSE IN EULA.txt', 'made-up@1.0.0 has the licence SEE LICENSE IN EULA.txt, which is not on the list'],
    [undefined, 'made-up@1.0.0 names no licence'],
  ] as const) {
    it(`would be missed with a package under ${licence ?? 'none'}`, () => {
      expect(withOneMore(licence)).to.deep.equal([fault]);
    });
  }

  it('may be chosen where a package offers a choice', () => {
    expect(withOneMore('(GPL-2.0 OR MIT)')).to.deep.equal([]);
  });

  it('would be missed where the lock file tells another licence, or another package is there', () => {
    expect(withOneMore('MIT', { name: 'made-up', version: '1.0.0', license: 'GPL-3.0-only' })).to.deep.equal([
      'made-up@1.0.0 has the licence "GPL-3.0-only", in the lock file MIT',
    ]);
    expect(withOneMore('MIT', { name: 'made-up', version: '1.0.1', license: 'MIT' })).to.deep.equal([
      'node_modules/made-up is not made-up@1.0.0',
    ]);
  });

  it('may be unknown of an optional package that is not installed, and of no other', () => {
    const one = (locked: object): InstalledPackage => ({
      path: 'node_modules/absent',
      name: 'absent',
      version: '1.0.0',
      locked,
      dependsOn: [],
    });
    expect(licenceFaults([one({ optional: true })], () => undefined, {})).to.deep.equal([]);
    expect(licenceFaults([one({})], () => undefined, {})).to.deep.equal([
      'absent@1.0.0 is not installed in node_modules/absent',
    ]);
  });

  it('have no exception that nothing needs any more', () => {
    const gone = { 'gone@1.0.0': { licence: 'MIT', where: 'its readme' } };
    expect(licenceFaults([], () => undefined, gone)).to.deep.equal(['gone@1.0.0 is an exception without need']);
  });
});
