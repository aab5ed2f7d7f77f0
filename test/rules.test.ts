/** The numbers that code and tests cite lead to a rule in RULES.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const PROJECT = fileURLToPath(new URL('../', import.meta.url));

/** The numbers that a text has where the pattern captures them, in its order. */
function numbersIn(path: string, pattern: RegExp): readonly number[] {
  return [...readFileSync(join(PROJECT, path), 'utf8').matchAll(pattern)].map(([, number]) => Number(number));
}

const LISTED = numbersIn('RULES.md', /^- \*\*R(\d+)\*\* \S/gm);

/**
 * `src/runtime/random.ts: 58` for each citation of a rule that is not listed, and how many citations there are at all.
 */
function citations(folder: string): { readonly count: number; readonly unlisted: readonly string[] } {
  const paths = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
  const cited = paths.flatMap((path) => numbersIn(path, /\bR(\d+)\b/g).map((number) => ({ path, number })));
  return {
    count: cited.length,
    unlisted: cited.filter(({ number }) => !LISTED.includes(number)).map(({ path, number }) => `${path}: ${number}`),
  };
}

describe('the list of the rules', () => {
  it('has each rule once, in order and without a gap', () => {
    expect(LISTED).to.deep.equal(LISTED.map((_, index) => index + 1));
  });

  for (const folder of ['src', 'test']) {
    it(`has every rule that is cited under ${folder}`, () => {
      const { count, unlisted } = citations(folder);
      expect(count).to.be.above(0);
      expect(unlisted).to.deep.equal([]);
    });
  }
});
