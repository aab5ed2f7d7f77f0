import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Files of its own that a folder may have, so that a reader still sees what is in it. */
const MAX_FILES = { src: 30, test: 40 } as const;
const MAX_LOOSE = 2;
const MAX_LINE = 140;

describe('The folders', () => {
  for (const [root, max] of Object.entries(MAX_FILES))
    it(`of ${root} have at most ${max} TypeScript files of their own`, () => {
      const counts = new Map<string, number>();
      for (const path of globSync(`${root}/**/*.ts`, { cwd: PROJECT }))
        counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
      expect([...counts].filter(([, count]) => count > max)).to.deep.equal([]);
      expect(counts.size).to.be.greaterThan(10);
    });

  it(`of src leave at most ${MAX_LOOSE} files outside of rooms`, () => {
    expect(globSync('src/*.ts', { cwd: PROJECT }).length).to.be.within(1, MAX_LOOSE);
  });

  it(`of src hold no line over ${MAX_LINE} characters`, () => {
    const long = globSync('src/**/*.ts', { cwd: PROJECT }).flatMap((path) =>
      readFileSync(`${PROJECT}${path}`, 'utf8')
        .split('\n')
        .flatMap((line, index) => ([...line].length > MAX_LINE ? [`${path}:${index + 1}`] : [])),
    );
    expect(long).to.deep.equal([]);
  });
});
