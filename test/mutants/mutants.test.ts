import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { transpileModule } from 'typescript';
import type { Mutant } from './mutant.ts';
import { withFault } from './mutant.ts';
import { MUTANTS } from './planted/all.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const repeated = (all: readonly string[]): readonly string[] => all.filter((one, index) => all.indexOf(one) !== index);

describe('The planted bugs (npm run mutants)', () => {
  it('are at least fifty, each with a name of its own', () => {
    expect(MUTANTS.length).to.be.at.least(50);
    expect(repeated(MUTANTS.map(({ name }) => name))).to.deep.equal([]);
  });

  it('are no two the same', () => {
    expect(repeated(MUTANTS.map(({ file, find, put }) => JSON.stringify([file, find, put])))).to.deep.equal([]);
  });

  for (const mutant of MUTANTS) {
    it(`${mutant.name}: is in the product's code once, alters it, and still parses`, () => {
      expect(mutant.file).to.match(/^src\/.+\.ts$/);
      const text = readFileSync(at(mutant.file), 'utf8');
      const faulty = withFault(text, mutant);
      expect(faulty).not.to.equal(text);
      expect(transpileModule(faulty, { reportDiagnostics: true }).diagnostics).to.deep.equal([]);
      expect(mutant.tests.length).to.be.at.least(1);
      expect(mutant.tests.filter((path) => !existsSync(at(path)))).to.deep.equal([]);
    });
  }

  const sample: Mutant = {
    name: 'sample',
    what: 'Nothing.',
    rule: 'none',
    file: 'src/none.ts',
    find: 'one',
    put: 'two',
    tests: [],
  };

  it('are put in where their text is', () => {
    expect(withFault('zero one three', sample)).to.equal('zero two three');
  });

  it('are found however a formatter lays their text out', () => {
    const laidOut = 'call(\n  one,\n  [\n    two,\n  ],\n);';
    expect(withFault(laidOut, { ...sample, find: 'call(one, [two])', put: 'other()' })).to.equal('other();');
  });

  for (const [where, text] of [
    ['nowhere', 'three'],
    ['twice', 'one one'],
  ] as const) {
    it(`are refused where their text is ${where}`, () => {
      expect(() => withFault(text, sample)).to.throw(/sample: its text occurs [02] times in src\/none\.ts/);
    });
  }
});
