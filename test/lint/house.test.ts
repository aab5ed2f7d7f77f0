import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import { house } from './house.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({ cwd: PROJECT, overrideConfigFile: true, overrideConfig: house });

/** What the house says of a few lines, as if they stood in a file at that path. */
async function complaints(file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: file });
  return results
    .flatMap((result) => result.messages)
    .map(({ ruleId, message }) => `${ruleId ?? 'does not parse'}: ${message}`);
}

/** A case: what it shows, where the lines stand, the lines. */
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

const from = (specifier: string): string => `import { a } from '${specifier}';`;
const ADAPTERS = ['teams', 'web', 'stores', 'files', 'cron', 'admin'];

describe('who may import whom', () => {
  describe('the calendar', () => {
    takes([
      ['itself', 'src/domain/calendar/due.ts', from('./zone.ts')],
      [
        'its tables',
        'src/domain/calendar/tables.ts',
        "import table from './tables/US-2026.1.json' with { type: 'json' };",
      ],
    ]);
    refuses('house/imports', [
      ['claims', 'src/domain/calendar/due.ts', from('../claims/claim.ts')],
      ['a type of claims', 'src/domain/calendar/due.ts', "import type { Claim } from '../claims/claim.ts';"],
      ['another package', 'src/domain/calendar/due.ts', from('date-holidays')],
      ['a node: module', 'src/domain/calendar/due.ts', from('node:fs')],
    ]);
  });

  describe('claims', () => {
    takes([
      [
        'themselves and the calendar',
        'src/domain/claims/clockRules.ts',
        `${from('./claim.ts')} import { b } from '../calendar/due.ts';`,
      ],
      [
        'their catalogue',
        'src/domain/claims/catalogue.ts',
        "import table from './catalogue.json' with { type: 'json' };",
      ],
    ]);
    refuses('house/imports', [
      ['the desk', 'src/domain/claims/claim.ts', from('../desk/ports.ts')],
      ['any package', 'src/domain/claims/claim.ts', from('pino')],
      ['a node: module', 'src/domain/claims/history.ts', from('node:crypto')],
      ['a node: module without its prefix', 'src/domain/claims/history.ts', from('crypto')],
      ['a type of a node: module', 'src/domain/claims/history.ts', "import type { Hash } from 'node:crypto';"],
      ['ids', 'src/domain/claims/history.ts', from('../ids.ts')],
      ['the sentences', 'src/domain/claims/refusal.ts', from('../locales/say.ts')],
      ['an export from a door', 'src/domain/claims/claim.ts', "export { a } from '../teams/bot.ts';"],
      ['all exports from a door', 'src/domain/claims/claim.ts', "export * from '../teams/bot.ts';"],
      ['an import on the way', 'src/domain/claims/claim.ts', "export const bot = await import('../teams/bot.ts');"],
      ["a type's import", 'src/domain/claims/claim.ts', "export type Bot = import('../teams/bot.ts').Bot;"],
    ]);
  });

  describe('the desk', () => {
    takes([
      [
        'itself, claims and the calendar',
        'src/desk/commands/handle.ts',
        `${from('./ports.ts')} import { b } from '../claims/decide.ts'; import { c } from '../calendar/due.ts';`,
      ],
      ['a type of a node: module', 'src/desk/proof/proof.ts', "import type { Readable } from 'node:stream';"],
    ]);
    refuses('house/imports', [
      ['a node: module', 'src/desk/proof/proof.ts', from('node:stream')],
      ['any package', 'src/desk/commands/handle.ts', from('pino')],
      ['the sentences', 'src/desk/queries/view.ts', from('../locales/say.ts')],
      ['the clock', 'src/desk/due/sweep.ts', from('../clock.ts')],
      ['ids', 'src/desk/commands/handle.ts', from('../ids.ts')],
      ['the settings', 'src/desk/commands/handle.ts', from('../config.ts')],
      ...ADAPTERS.map(
        (adapter): Case => [`the adapter ${adapter}`, 'src/desk/commands/handle.ts', from(`../${adapter}/x.ts`)],
      ),
    ]);
  });

  for (const adapter of ADAPTERS) {
    describe(`the adapter ${adapter}`, () => {
      const file = `src/${adapter}/x.ts`;
      takes([
        ['itself', file, from('./y.ts')],
        [
          'desk, claims, calendar and the sentences',
          file,
          ['desk/a', 'claims/b', 'calendar/c', 'locales/d']
            .map((path, place) => `import { a${place} } from '../${path}.ts';`)
            .join('\n'),
        ],
        ['packages and node: modules', file, "import pino from 'pino'; import { join } from 'node:path';"],
      ]);
      refuses('house/imports', [
        ...ADAPTERS.filter((other) => other !== adapter).map(
          (other): Case => [`the adapter ${other}`, file, from(`../${other}/y.ts`)],
        ),
        ['the clock', file, from('../clock.ts')],
        ['ids', file, from('../ids.ts')],
        ['main', file, from('../main.ts')],
        ['the settings', file, from('../config.ts')],
      ]);
    });
  }

  const kept: readonly (readonly [specifier: string, homes: readonly string[]])[] = [
    ['botbuilder', ['teams']],
    ['botframework-connector', ['teams']],
    ['adaptivecards-templating', ['teams']],
    ['restify', ['web']],
    ['restify-errors', ['web']],
    ['@azure/cosmos', ['stores']],
    ['@azure/storage-blob', ['files']],
    ['@azure/identity', ['identity']],
    ['@azure/core-rest-pipeline', ['stores', 'files', 'identity']],
    ['prom-client', ['meters']],
    ['@opentelemetry/sdk-metrics', ['meters']],
    ['jose', ['teams']],
    ['node:sqlite', ['stores']],
    ['node-cron', ['cron']],
  ];
  for (const [specifier, homes] of kept) {
    describe(specifier, () => {
      takes(homes.map((home): Case => [`it in ${home}`, `src/${home}/x.ts`, from(specifier)]));
      refuses('house/imports', [
        ...ADAPTERS.filter((other) => !homes.includes(other)).map(
          (other): Case => [`it in ${other}`, `src/${other}/x.ts`, from(specifier)],
        ),
        ['it in config.ts', 'src/config/config.ts', from(specifier)],
        ['it in main.ts', 'src/main.ts', from(specifier)],
      ]);
    });
  }

  describe('the rest', () => {
    takes([
      [
        'everything of ours in main',
        'src/main.ts',
        ['clock', 'ids', 'config', 'teams/bot', 'stores/sqlite']
          .map((path, place) => `import { a${place} } from './${path}.ts';`)
          .join('\n'),
      ],
      [
        'everything of ours in the playground',
        'src/playground/main.ts',
        `${from('../clock.ts')} import { b } from '../main.ts';`,
      ],
      [
        'policies and languages in the settings',
        'src/config/config.ts',
        `${from('./claims/policy.ts')} import { b } from './locales/say.ts';`,
      ],
      ['the port that the clock fills', 'src/runtime/clock.ts', "import type { Clock } from './desk/ports.ts';"],
      ['anything in a test', 'test/teams/bot.test.ts', `${from('botbuilder')} import { b } from '../../src/clock.ts';`],
    ]);
    refuses('house/imports', [
      ['the clock in the settings', 'src/config/config.ts', from('./clock.ts')],
      ['a door in the settings', 'src/config/config.ts', from('./teams/bot.ts')],
      ['a test in the code', 'src/teams/bot.ts', from('../../test/walks/x.ts')],
      ['an SDK that is required', 'src/web/server.ts', "export const bot = require('botbuilder');"],
      ['a folder that nobody gave a place', 'src/reports/report.ts', from('./x.ts')],
    ]);
  });
});

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
      'chance in ids.ts',
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
  for (const folder of ['claims', 'calendar']) {
    refuses(
      'no-restricted-globals',
      reads.map((read): Case => [`${read} in ${folder}`, `src/${folder}/x.ts`, `export const a = ${read};`]),
    );
  }
  takes([
    ['process.env elsewhere', 'src/main.ts', 'export const env = process.env;'],
    ['a name of its own', 'src/claims/x.ts', 'export const late = (process: { due: number }) => process.due;'],
  ]);
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
      'src/claims/x.ts',
      'src/teams/x.ts',
      'src/main.ts',
      'test/claims/x.test.ts',
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
