import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import { house } from './house.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({ cwd: PROJECT, overrideConfigFile: true, overrideConfig: house });

/** What the rules say of a few lines, as if they were in a file at that path. */
async function complaints(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: file });
  return results
    .flatMap((result) => result.messages)
    .map(({ ruleId, message }) => `${ruleId ?? 'does not parse'}: ${message}`);
}

/** A case: what it shows, the file that the lines are in, the lines. */
type Case = readonly [shows: string, file: string, code: string];

function refuses(rule: string, cases: readonly Case[]): void {
  for (const [shows, file, code] of cases) {
    it(`refuses ${shows}`, async () => {
      const said = await complaints(file, code);
      expect(said, said.join('\n')).to.have.length(1);
      expect(said[0]).to.match(new RegExp(`^${rule}: `));
    });
  }
}

function takes(cases: readonly Case[]): void {
  for (const [shows, file, code] of cases) {
    it(`takes ${shows}`, async () => {
      expect(await complaints(file, code)).to.deep.equal([]);
    });
  }
}

describe('time and chance', () => {
  const file = 'src/desk/commands/handle.ts';
  refuses('no-restricted-properties', [
    ['Date.now()', file, 'export const at = Date.now();'],
    ['Date.now handed on', file, 'export const now = Date.now;'],
    ['Math.random()', file, 'export const a = Math.random();'],
    ['performance.now()', file, 'export const at = performance.now();'],
    ['crypto.randomUUID()', file, 'export const id = crypto.randomUUID();'],
  ]);
  refuses('no-restricted-syntax', [
    ['new Date()', file, 'export const at = new Date();'],
    ['Date()', file, 'export const at = Date();'],
    [
      "node's random bytes",
      'src/web/links.ts',
      "import { randomBytes } from 'node:crypto'; export const a = randomBytes;",
    ],
  ]);
  takes([
    ['a date of a given time', file, 'export const date = (ms: number) => new Date(ms);'],
    [
      'a digest',
      'src/files/local/localFiles.ts',
      "import { createHash } from 'node:crypto'; export const a = createHash;",
    ],
    ['the time in clock.ts', 'src/runtime/clock.ts', 'export const at = Date.now();'],
    [
      'chance in random.ts',
      'src/runtime/random.ts',
      "import { randomBytes } from 'node:crypto'; export const a = randomBytes;",
    ],
    ['the time in a test', 'test/desk/commands/handle.test.ts', 'export const at = Date.now();'],
  ]);
});

describe('pure rooms', () => {
  const reads: readonly string[] = [
    'crypto.subtle',
    'process.env',
    'setTimeout',
    'setInterval',
    'fetch',
    'globalThis',
    'console',
  ];
  for (const folder of ['domain/claims', 'domain/calendar']) {
    refuses(
      'no-restricted-globals',
      reads.map((read): Case => [`${read} in ${folder}`, `src/${folder}/x.ts`, `export const a = ${read};`]),
    );
  }
  takes([
    ['process.env elsewhere', 'src/main.ts', 'export const env = process.env;'],
    ['a name of its own', 'src/domain/claims/x.ts', 'export const late = (process: { due: number }) => process.due;'],
  ]);
});

describe('the width of lines', () => {
  const long = 'word '.repeat(30).trim();
  refuses('max-len', [['a comment that is too long', 'src/desk/x.ts', `// ${long}\nexport const a = 1;`]]);
  takes([['a sentence that is long', 'src/desk/x.ts', `export const a = '${long}';`]]);
});

describe('types', () => {
  for (const file of ['src/desk/commands/handle.ts', 'test/desk/commands/handle.test.ts']) {
    refuses('@typescript-eslint/no-explicit-any', [[`any in ${file}`, file, 'export const a = (b: any) => b;']]);
    refuses('@typescript-eslint/no-non-null-assertion', [
      [`a "!" in ${file}`, file, 'export const a = (b?: string) => b!;'],
    ]);
  }
  takes([['unknown', 'src/desk/commands/handle.ts', 'export const a = (b: unknown) => b;']]);
});

describe('docstrings', () => {
  const port = 'src/desk/ports/x.ts';
  refuses('jsdoc/require-jsdoc', [
    ['an exported interface of a port without one', port, 'export interface Clock { readonly zone: string }'],
    ['an exported type of a port without one', port, "export type Language = 'en' | 'tr';"],
    ['a method without one', port, '/** Tells the time. */ export interface Clock { now(): number }'],
  ]);
  takes([
    [
      'an interface whose methods have one',
      port,
      '/** Tells the time. */ export interface Clock { /** In ms. */ now(): number; readonly zone: string }',
    ],
    ['a type of a port that is not exported', port, 'type A = 1; /** One. */ export type B = A;'],
    ['a type without one elsewhere', 'src/desk/outbox/x.ts', 'export interface Clock { now(): number }'],
  ]);
});

describe('tests that are left out', () => {
  const file = 'test/desk/commands/handle.test.ts';
  // Put together, so that a search of the tests for switched-off ones does not find this file.
  const call = (name: string, how: string): string => `${name}.${how}('x', () => {});`;
  const skipsItself = `it('x', function () { this.${'skip'}(); });`;
  refuses('no-restricted-syntax', [
    ...['describe', 'context', 'it', 'specify'].flatMap((name) =>
      ['only', 'skip'].map((how): Case => [`${name}.${how}`, file, call(name, how)]),
    ),
    ['xit', file, "xit('x', () => {});"],
    ['xdescribe', file, "xdescribe('x', () => {});"],
    ['a test that skips itself', file, skipsItself],
    ['a browser test that runs alone', 'test/browser/x.test.ts', call('it', 'only')],
    ['a browser test that is switched off', 'test/browser/x.test.ts', call('it', 'skip')],
  ]);
  takes([
    ['a test', file, "it('x', () => {});"],
    ['a browser test that skips itself', 'test/browser/x.test.ts', skipsItself],
    ['other things of that name', file, call('list', 'skip')],
  ]);
});

describe('the configuration that lints this project', () => {
  const project = new ESLint({ cwd: PROJECT });

  it('holds the rules of the house in every room', async () => {
    for (const file of [
      'src/domain/claims/x.ts',
      'src/teams/x.ts',
      'src/main.ts',
      'test/domain/claims/x.test.ts',
      'test/browser/x.test.ts',
    ]) {
      expect(await rulesFor(project, file), file).to.deep.include(await rulesFor(eslint, file));
    }
  });

  it('lints with types', async () => {
    expect(await rulesFor(project, 'src/desk/x.ts')).to.include.keys('@typescript-eslint/no-floating-promises');
  });
});

async function rulesFor(linter: ESLint, file: string): Promise<Record<string, unknown>> {
  const { rules } = (await linter.calculateConfigForFile(file)) as { rules: Record<string, unknown> };
  return rules;
}
