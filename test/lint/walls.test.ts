/** Shows that every rule of walls.ts bites: one tree with a file for each case, cruised once with these rules. */
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { cruise } from 'dependency-cruiser';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';
import walls, { FLOORS, ROOMS } from './walls.ts';

/** Imports nothing, and nothing imports it. */
const LONELY = 'src/other/lonely.ts';
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A case: what it shows, the file, its lines. A file `x.ts` is the case's own; one named otherwise may be shared. */
type Case = readonly [shows: string, file: string, code: string];

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

const tree = new Map<string, string>();
let violations: readonly Violation[] = [];

/** Adds lines to a file of the tree, and to the tree what the lines import of it. */
function plant(file: string, code: string): readonly string[] {
  tree.set(file, `${tree.get(file) ?? ''}${code}\n`);
  return [...code.matchAll(/'([^']+)'/g)]
    .map(([, specifier = '']) => specifier)
    .map((specifier) => {
      if (!specifier.startsWith('.')) return specifier.replace(/^node:(?!sqlite)/, '');
      const target = posix.join(posix.dirname(file), specifier);
      tree.set(target, tree.get(target) ?? (target.endsWith('.json') ? '{}' : ''));
      return target;
    });
}

/** Of a case's own file all that it breaks, of a shared one what the imports of this case break there. */
function planted([, file, code]: Case): () => string[] {
  const isOwn = file.endsWith('/x.ts');
  const path = isOwn ? file.replace(/x\.ts$/, `case${tree.size}.ts`) : file;
  const targets = plant(path, code);
  return () =>
    violations
      .filter(({ from, to }) => from === path && (isOwn || targets.some((target) => isAt(to, target))))
      .map(({ rule }) => rule);
}

function isAt(resolved: string, target: string): boolean {
  return resolved === target || resolved.includes(`node_modules/${target}/`);
}

function refuses(broken: string | readonly string[], cases: readonly Case[]): void {
  for (const one of cases) {
    const rules = planted(one);
    it(`refuses ${one[0]}`, () => expect(rules()).to.have.members([broken].flat()));
  }
}

function takes(cases: readonly Case[]): void {
  for (const one of cases) {
    const rules = planted(one);
    it(`takes ${one[0]}`, () => expect(rules()).to.deep.equal([]));
  }
}

/** A circle is told once, at one of its files. */
function refusesCircle(shows: string, files: Readonly<Record<string, string>>): void {
  for (const [file, code] of Object.entries(files)) plant(file, code);
  it(`refuses ${shows}`, () => {
    expect(violations.filter(({ from }) => from in files).map(({ rule }) => rule)).to.deep.equal(['no-circle']);
  });
}

const from = (...specifiers: string[]): string =>
  specifiers.map((specifier, place) => `import { a${place} } from '${specifier}';`).join(' ');
const typeFrom = (specifier: string): string => `import type { A } from '${specifier}';`;

const ADAPTERS = ['teams', 'web', 'stores', 'files', 'telemetry', 'runtime', 'tools'];
const ABOVE_ADAPTERS = ['app/startDesk', 'main', 'cli/open', 'playground/playground'];

describe('who may import whom', () => {
  before('cruise the tree', async () => {
    tree.set(LONELY, 'export const a = 1;\n');
    const folder = makeFolder(tmpdir(), 'walls-');
    try {
      for (const [file, code] of tree) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), code);
      }
      copyFileSync(join(PROJECT, 'package.json'), join(folder, 'package.json'));
      symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
      const { options, ...ruleSet } = walls;
      const { output } = await cruise(['src', 'test'], { ...options, baseDir: folder, validate: true, ruleSet });
      if (typeof output === 'string') throw new Error(output);
      violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
    } finally {
      removeFolder(folder);
    }
  });

  describe('the calendar', () => {
    const file = 'src/domain/calendar/x.ts';
    takes([
      ['itself', file, from('./zone.ts')],
      ['its tables', file, "import table from './tables/US-2026.1.json' with { type: 'json' };"],
    ]);
    refuses('domain/calendar', [
      ['claims', file, from('../claims/claim.ts')],
      ['a type of claims', file, typeFrom('../claims/claim.ts')],
      ['the desk', file, from('../../desk/ports/system.ts')],
    ]);
    refuses('no-packages', [
      ['another package', file, from('lru-cache')],
      ['a type of a package', file, typeFrom('lru-cache')],
    ]);
    refuses('no-node', [
      ['a node: module', file, from('node:fs')],
      ['a type of a node: module', file, typeFrom('node:fs')],
    ]);
  });

  describe('claims', () => {
    const file = 'src/domain/claims/x.ts';
    takes([
      ['themselves and the calendar', file, from('./claim.ts', '../calendar/due.ts')],
      ['their catalogue', file, "import table from './catalogue.json' with { type: 'json' };"],
    ]);
    refuses('domain/claims', [
      ['the desk', file, from('../../desk/ports/system.ts')],
      ['random values', file, from('../../runtime/random.ts')],
      ['the sentences', file, from('../../locales/say.ts')],
      ['an export from a channel', file, "export { a } from '../../teams/bot.ts';"],
      ['all exports from a channel', file, "export * from '../../teams/bot.ts';"],
      ['a dynamic import', file, "export const bot = await import('../../teams/bot.ts');"],
      ["a type's import", file, "export type Bot = import('../../teams/bot.ts').Bot;"],
    ]);
    refuses('no-packages', [['any package', file, from('pino')]]);
    refuses(
      ['no-packages', 'production-packages'],
      [['the package that makes the tables', file, from('date-holidays')]],
    );
    refuses('no-node', [
      ['a node: module', file, from('node:crypto')],
      ['a node: module without its prefix', file, from('crypto')],
      ['a type of a node: module', file, typeFrom('node:crypto')],
    ]);
  });

  describe('the sentences', () => {
    const file = 'src/locales/x.ts';
    takes([['their package', file, from('intl-messageformat')]]);
    refuses('no-node', [['a node: module', file, from('node:fs')]]);
    refuses('locales', [
      ['claims', file, typeFrom('../domain/claims/claim.ts')],
      ['the desk', file, from('../desk/desk.ts')],
    ]);
  });

  describe('what is shared', () => {
    const file = 'src/shared/x.ts';
    takes([['node: modules', file, from('node:net')]]);
    refuses('no-packages', [['a package', file, from('lru-cache')]]);
    refuses('shared', [['any other room', file, typeFrom('../domain/claims/claim.ts')]]);
    refuses('domain/claims', [['it in claims', 'src/domain/claims/x.ts', from('../../shared/objects.ts')]]);
    refuses('desk', [['it in the desk', 'src/desk/x.ts', from('../shared/objects.ts')]]);
    refuses('locales', [['it in the sentences', 'src/locales/x.ts', from('../shared/objects.ts')]]);
  });

  describe('the desk', () => {
    const file = 'src/desk/commands/x.ts';
    takes([
      [
        'its parts, claims and the calendar',
        file,
        from('../ports/world.ts', '../../domain/claims/decide.ts', '../../domain/calendar/due.ts'),
      ],
      ['a type of a node: module', 'src/desk/proof/x.ts', typeFrom('node:stream')],
      ['the same, where it is used', 'src/desk/proof/x.ts', "export type A = import('node:stream').Readable;"],
    ]);
    refuses('node-types-only', [
      ['a node: module', 'src/desk/proof/x.ts', from('node:stream')],
      ['it beside a type of it', 'src/desk/proof/x.ts', "import { type A, b } from 'node:stream';"],
    ]);
    refuses('no-packages', [
      ['any package', file, from('pino')],
      ['a type of a package', file, typeFrom('zod')],
    ]);
    refuses('desk/queries', [['the sentences', 'src/desk/queries/x.ts', from('../../locales/say.ts')]]);
    refuses('desk/due', [['the clock', 'src/desk/due/x.ts', from('../../runtime/clock.ts')]]);
    refuses('desk/commands', [
      ['random values', file, from('../../runtime/random.ts')],
      ['the settings', file, from('../../config/config.ts')],
      ...ADAPTERS.map((adapter): Case => [`the adapter ${adapter}`, file, from(`../../${adapter}/y.ts`)]),
    ]);
    refuses('desk', [
      ['an adapter beside its parts', 'src/desk/x.ts', from('../teams/bot.ts')],
      ['the settings beside its parts', 'src/desk/x.ts', from('../config/config.ts')],
    ]);
  });

  describe('the parts of the desk', () => {
    const PARTS = ['ports', 'records', 'queries', 'commands', 'directory', 'outbox', 'proof', 'due'];
    takes([
      ['records to know ports', 'src/desk/records/x.ts', from('../ports/documents.ts')],
      ['the outbox to carry out commands', 'src/desk/outbox/x.ts', from('../commands/handle.ts')],
      ['due work to deliver', 'src/desk/due/x.ts', from('../outbox/deliver.ts')],
      ['all of them in desk.ts', 'src/desk/desk.ts', from(...PARTS.map((part) => `./${part}/y.ts`))],
    ]);
    for (const part of PARTS) {
      refuses(`desk/${part}`, [
        [`desk.ts in ${part}`, `src/desk/${part}/x.ts`, from('../desk.ts')],
        [`a type of desk.ts in ${part}`, `src/desk/${part}/x.ts`, typeFrom('../desk.ts')],
      ]);
    }
    refuses(
      'desk/ports',
      PARTS.filter((part) => part !== 'ports').map(
        (part): Case => [`${part} in ports`, 'src/desk/ports/x.ts', typeFrom(`../${part}/y.ts`)],
      ),
    );
    refuses(
      'desk/records',
      PARTS.filter((part) => !['ports', 'records'].includes(part)).map(
        (part): Case => [`${part} in records`, 'src/desk/records/x.ts', from(`../${part}/y.ts`)],
      ),
    );
    refuses('desk/queries', [['commands in queries', 'src/desk/queries/x.ts', from('../commands/handle.ts')]]);
    refuses('desk/commands', [['the outbox in commands', 'src/desk/commands/x.ts', from('../outbox/deliver.ts')]]);
    refuses('known-room', [['a part that has no place in the table', 'src/desk/reports/x.ts', from('../desk.ts')]]);
  });

  describe('the parts of the channel', () => {
    const PARTS = ['text', 'intents', 'auth', 'files', 'cards', 'sending'];
    takes([
      ['cards to use texts', 'src/teams/cards/x.ts', from('../text/format.ts')],
      ['handlers to use cards, intents and files', 'src/teams/handlers/x.ts', from('../cards/y.ts', '../intents/y.ts')],
      ['all of them in bot.ts', 'src/teams/bot.ts', from(...PARTS.map((part) => `./${part}/y.ts`))],
    ]);
    for (const part of PARTS) {
      refuses(`teams/${part}`, [
        [`handlers in ${part}`, `src/teams/${part}/x.ts`, typeFrom('../handlers/answer.ts')],
        [`bot.ts in ${part}`, `src/teams/${part}/x.ts`, from('../bot.ts')],
      ]);
    }
    refuses('teams/handlers', [
      ['bot.ts in handlers', 'src/teams/handlers/x.ts', from('../bot.ts')],
      ['the outbox of the desk', 'src/teams/handlers/x.ts', from('../../desk/outbox/deliver.ts')],
      ['the commands of the desk', 'src/teams/handlers/x.ts', from('../../desk/commands/handle.ts')],
    ]);
    refuses('teams/text', [['cards in text', 'src/teams/text/x.ts', from('../cards/cards.ts')]]);
    refuses('teams/cards', [['sending in cards', 'src/teams/cards/x.ts', from('../sending/connector.ts')]]);
  });

  describe('the parts of the other adapters', () => {
    takes([['pages in uploads', 'src/web/proof/x.ts', from('../pages/page.ts', '../respond.ts')]]);
    refuses('web/pages', [['uploads in pages', 'src/web/pages/x.ts', from('../proof/uploads.ts')]]);
    refuses('web/messages', [['the server in a part', 'src/web/messages/x.ts', from('../server.ts')]]);
    refuses('web/assets', [['anything in a script of the browser', 'src/web/assets/x.js', from('../respond.ts')]]);
    refuses('stores/cosmos', [['SQLite in Cosmos', 'src/stores/cosmos/x.ts', from('../sqlite/database.ts')]]);
    refuses('stores/sqlite', [['Cosmos in SQLite', 'src/stores/sqlite/x.ts', from('../cosmos/call.ts')]]);
    refuses('files/local', [['blobs in the folder of files', 'src/files/local/x.ts', from('../blob/client.ts')]]);
  });

  for (const adapter of ADAPTERS) {
    describe(`the adapter ${adapter}`, () => {
      const file = `src/${adapter}/x.ts`;
      const own = ['../domain/claims/b.ts', '../domain/calendar/c.ts'];
      const ports = adapter === 'tools' ? [] : ['../desk/ports/y.ts'];
      const sentences = ['teams', 'web'].includes(adapter) ? ['../locales/d.ts'] : [];
      takes([
        ['itself', file, from('./y.ts')],
        ['what it may know of the rooms below', file, from('../shared/objects.ts', ...own, ...ports, ...sentences)],
        ['packages and node: modules', file, from('lru-cache', 'node:path')],
      ]);
      refuses(adapter, [
        ...ADAPTERS.filter((other) => other !== adapter).map(
          (other): Case => [`the adapter ${other}`, file, from(`../${other}/y.ts`)],
        ),
        ...(adapter === 'runtime'
          ? []
          : [
              ['the clock', file, from('../runtime/clock.ts')] as const,
              ['random values', file, from('../runtime/random.ts')] as const,
            ]),
        ...ABOVE_ADAPTERS.map((above): Case => [above, file, from(`../${above}.ts`)]),
        ['the settings', file, from('../config/config.ts')],
        ...(adapter === 'teams'
          ? []
          : [
              ['desk.ts', file, typeFrom('../desk/desk.ts')] as const,
              ['a query of the desk', file, from('../desk/queries/view.ts')] as const,
            ]),
      ]);
    });
  }

  const kept: readonly (readonly [specifier: string, rule: string, homes: readonly string[]])[] = [
    ['botbuilder', 'bot-framework', ['teams']],
    ['botframework-connector', 'bot-framework', ['teams']],
    ['adaptivecards-templating', 'bot-framework', ['teams']],
    ['restify', 'restify', ['web']],
    ['restify-errors', 'restify', ['web']],
    ['@azure/cosmos', 'cosmos', ['stores']],
    ['@azure/storage-blob', 'blob-storage', ['files']],
    ['@azure/identity', 'azure-identity', ['runtime']],
    ['@azure/core-rest-pipeline', 'azure', ['stores', 'files', 'runtime']],
    ['@azure/monitor-opentelemetry-exporter', 'metrics', ['telemetry']],
    ['prom-client', 'metrics', ['telemetry']],
    ['@opentelemetry/sdk-metrics', 'metrics', ['telemetry']],
    ['jose', 'jose', ['teams', 'runtime']],
    ['node:sqlite', 'sqlite', ['stores']],
    ['node-cron', 'cron', ['runtime']],
    ['pino', 'log', ['runtime', 'playground']],
    ['intl-messageformat', 'message-format', ['locales']],
    ['file-type', 'file-types', ['files']],
    ['yauzl', 'file-types', ['files']],
  ];
  for (const [specifier, rule, homes] of kept) {
    describe(specifier, () => {
      takes(homes.map((home): Case => [`it in ${home}`, `src/${home}/x.ts`, from(specifier)]));
      refuses(`package:${rule}`, [
        ...ADAPTERS.filter((other) => !homes.includes(other)).map(
          (other): Case => [`it in ${other}`, `src/${other}/x.ts`, from(specifier)],
        ),
        ['a type of it in app', 'src/app/x.ts', typeFrom(specifier)],
        ['it in the settings', 'src/config/x.ts', from(specifier)],
        ['it in main.ts', 'src/main.ts', from(specifier)],
      ]);
    });
  }

  describe('the rest', () => {
    takes([
      [
        'every part of the desk in app',
        'src/app/x.ts',
        from('../runtime/clock.ts', '../config/config.ts', '../teams/bot.ts', '../stores/sqlite/database.ts'),
      ],
      ['the process in main', 'src/main.ts', from('./app/startDesk.ts', './config/config.ts', './runtime/signals.ts')],
      [
        'everything of ours in the playground',
        'src/playground/x.ts',
        from('../runtime/clock.ts', '../app/startDesk.ts', '../desk/due/sweep.ts', '../files/local/localFiles.ts'),
      ],
      [
        'policies and languages in the settings',
        'src/config/x.ts',
        from('../domain/claims/policy.ts', '../locales/say.ts'),
      ],
      ['the port that the clock fills', 'src/runtime/x.ts', typeFrom('../desk/ports/system.ts')],
      ['the words for settings in the runtime', 'src/runtime/x.ts', from('../config/environment.ts')],
      ['the name of a file in the look into files', 'src/files/inspection/x.ts', from('../../desk/proof/fileName.ts')],
      ['development packages in tools', 'src/tools/x.ts', from('pngjs', 'ajv')],
      ['anything in a test', 'test/teams/x.ts', from('botbuilder', '../../src/runtime/clock.ts')],
    ]);
    refuses('config', [
      ['the clock in the settings', 'src/config/x.ts', from('../runtime/clock.ts')],
      ['a channel in the settings', 'src/config/x.ts', from('../teams/bot.ts')],
      ['the desk in the settings', 'src/config/x.ts', from('../desk/desk.ts')],
    ]);
    refuses('app', [
      ['main.ts in app', 'src/app/x.ts', from('../main.ts')],
      ['the playground in app', 'src/app/x.ts', from('../playground/playground.ts')],
    ]);
    refuses('main.ts', [
      ['the playground in main.ts', 'src/main.ts', from('./playground/playground.ts')],
      ['an adapter in main.ts', 'src/main.ts', from('./stores/instrumented.ts')],
    ]);
    refuses('cli', [
      ['main.ts in the command line', 'src/cli/x.ts', from('../main.ts')],
      ['a store in the command line, which app opens', 'src/cli/x.ts', from('../stores/instrumented.ts')],
      ['the channel in the command line', 'src/cli/x.ts', from('../teams/bot.ts')],
    ]);
    refuses('playground', [['main.ts in the playground', 'src/playground/x.ts', from('../main.ts')]]);
    refuses('inside-src', [
      ['a test in the code', 'src/teams/x.ts', from('../../test/acceptance/y.ts')],
      ['a type of a test in the code', 'src/app/x.ts', typeFrom('../../test/acceptance/y.ts')],
    ]);
    refuses('package:bot-framework', [
      ['an SDK that is required', 'src/web/x.ts', "export const bot = require('botbuilder');"],
    ]);
    refuses('production-packages', [
      ['a development package in the desk as it runs', 'src/app/x.ts', from('pngjs')],
      ['a type of one', 'src/web/x.ts', typeFrom('ajv')],
    ]);
    refuses('resolvable', [['a package that is not installed', 'src/web/x.ts', from('not-installed')]]);
    refuses('known-room', [
      ['a folder that has no place in the table', 'src/reports/x.ts', from('./y.ts')],
      ['a loose file beside main.ts', 'src/loose.ts', from('./domain/claims/claim.ts')],
    ]);
    it('refuses a file in such a folder that imports nothing', () => {
      expect(violations).to.deep.include({ rule: 'known-room', from: LONELY, to: LONELY });
    });
    refuses('app', [['such a folder from a known one', 'src/app/x.ts', from('../other/report.ts')]]);
  });

  describe('circles', () => {
    refusesCircle('two files that import each other', {
      'src/web/first.ts': from('./second.ts'),
      'src/web/second.ts': from('./first.ts'),
    });
    refusesCircle('two files whose types do', {
      'src/stores/first.ts': typeFrom('./second.ts'),
      'src/stores/second.ts': typeFrom('./first.ts'),
    });
    refusesCircle('types one way and values the other', {
      'src/teams/cards/first.ts': typeFrom('./second.ts'),
      'src/teams/cards/second.ts': from('./first.ts'),
    });
    refusesCircle('a circle of three', {
      'src/domain/claims/first.ts': from('./second.ts'),
      'src/domain/claims/second.ts': typeFrom('./third.ts'),
      'src/domain/claims/third.ts': "export type A = import('./first.ts').A;",
    });
    refusesCircle('an export that comes back', {
      'src/files/first.ts': "export { a } from './second.ts';",
      'src/files/second.ts': "export * from './first.ts';",
    });
  });
});

describe('the floors', () => {
  const floorOf = (room: string): number => FLOORS.findIndex((floor) => floor.includes(room.split('/')[0] ?? ''));

  it('are five at most', () => expect(FLOORS).to.have.length.at.most(5));

  it('have a place for every room', () => {
    for (const room of Object.keys(ROOMS)) expect(floorOf(room), room).to.be.at.least(0);
  });

  it('are never climbed: a room imports from the floors below its own', () => {
    for (const [room, { imports }] of Object.entries(ROOMS)) {
      for (const target of imports) {
        if (target.split('/')[0] === room.split('/')[0]) continue;
        expect(floorOf(target), `${target} in ${room}`).to.be.above(floorOf(room));
      }
    }
  });
});
