/**
 * Who may import whom: the configuration of dependency-cruiser, which `npm run walls` holds against `src`. Imports of
 * types count as well. ARCHITECTURE.md has the picture, walls.test.ts shows that every rule bites.
 */
import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser';

/** A folder of `src`, or a part of one; `desk` beside `desk/ports` means the files that are in no part. */
interface Room {
  /** What its files may import besides one another: folders of `src` with all that is in them, or single files. */
  readonly imports: readonly string[];
  /** `own` is any package that no other room has for itself. */
  readonly packages: 'none' | 'own';
  readonly node: 'none' | 'types' | 'any';
}

const BASE = ['domain', 'locales'];
/** What the channel may know of the desk: its face and what that answers with, but not how a command is carried out. */
const DESK_FOR_TEAMS = [
  'desk/desk.ts',
  'desk/commands/request.ts',
  'desk/ports',
  'desk/queries',
  'desk/directory',
  'desk/life/standstill.ts',
  'desk/records/historyCheck.ts',
  'desk/records/schemaVersion.ts',
  'desk/proof/fileName.ts',
];

const pure = (...imports: string[]): Room => ({ imports, packages: 'none', node: 'none' });
const useCases = (...imports: string[]): Room => ({
  imports: ['domain', ...imports],
  packages: 'none',
  node: 'types',
});
const free = (...imports: string[]): Room => ({ imports: ['shared', ...imports], packages: 'own', node: 'any' });
const channel = (...imports: string[]): Room => free(...BASE, ...DESK_FOR_TEAMS, ...imports);
const adapter = (...imports: string[]): Room => free('domain', 'desk/ports', ...imports);
const pages = (...imports: string[]): Room => adapter('locales', ...imports);

export const ROOMS: Readonly<Record<string, Room>> = {
  domain: pure(),
  'domain/calendar': pure('domain/deskError.ts'),
  'domain/claims': pure('domain/calendar', 'domain/deskError.ts', 'domain/internetNames.ts', 'domain/shortText.ts'),
  locales: { imports: [], packages: 'own', node: 'none' },
  shared: { imports: [], packages: 'none', node: 'any' },

  'desk/ports': useCases(),
  'desk/records': useCases('desk/ports'),
  'desk/directory': useCases('desk/ports', 'desk/records'),
  'desk/queries': useCases('desk/ports', 'desk/records', 'desk/directory'),
  'desk/commands': useCases('desk/ports', 'desk/records', 'desk/directory', 'desk/queries'),
  'desk/outbox': useCases('desk/ports', 'desk/records', 'desk/commands', 'desk/directory'),
  'desk/proof': useCases('desk/ports', 'desk/records', 'desk/commands', 'desk/directory', 'desk/queries'),
  'desk/due': useCases('desk/ports', 'desk/records', 'desk/commands', 'desk/directory', 'desk/outbox'),
  'desk/life': useCases(
    'desk/ports',
    'desk/records',
    'desk/commands',
    'desk/directory',
    'desk/queries',
    'desk/outbox',
    'desk/proof',
    'desk/due',
  ),
  desk: useCases('desk'),
  config: free(...BASE),
  tools: free('domain'),

  'teams/text': channel(),
  'teams/intents': channel(),
  'teams/auth': channel('teams/activity.ts'),
  'teams/files': channel('teams/activity.ts', 'teams/auth'),
  'teams/cards': channel('teams/intents', 'teams/text'),
  'teams/sending': channel('teams/auth', 'teams/cards', 'teams/text'),
  'teams/handlers': channel(
    'teams/activity.ts',
    'teams/cards',
    'teams/files',
    'teams/intents',
    'teams/sending',
    'teams/text',
  ),
  teams: channel('teams'),
  'web/assets': pure(),
  'web/messages': pages('web/ports.ts', 'web/respond.ts'),
  'web/pages': pages('web/assets.ts', 'web/ports.ts', 'web/respond.ts'),
  'web/proof': pages('web/assets.ts', 'web/ports.ts', 'web/respond.ts', 'web/pages'),
  web: pages('web'),
  'stores/cosmos': adapter('stores/indexKeys.ts', 'stores/storeError.ts', 'stores/timeToLive.ts'),
  'stores/sqlite': adapter('stores/indexKeys.ts', 'stores/storeError.ts', 'stores/timeToLive.ts'),
  stores: adapter('stores'),
  'files/blob': adapter('files/fileKey.ts', 'files/filesError.ts'),
  'files/local': adapter('files/fileKey.ts', 'files/filesError.ts'),
  'files/scan': adapter('shared/clamdAddress.ts'),
  'files/inspection': adapter('files/filesError.ts', 'desk/proof/fileName.ts'),
  files: adapter('files'),
  telemetry: adapter(),
  runtime: adapter('config/environment.ts'),

  app: free(...BASE, 'config', 'desk', 'teams', 'web', 'stores', 'files', 'telemetry', 'runtime'),
  'main.ts': free(...BASE, 'config', 'runtime', 'app'),
  cli: free('domain', 'config', 'desk', 'runtime', 'tools', 'app', 'locales'),
  playground: free(
    ...BASE,
    'config',
    'desk',
    'teams',
    'web',
    'stores',
    'files',
    'telemetry',
    'runtime',
    'tools',
    'app',
  ),
};

/** The rooms from top to bottom: one imports only from the floors below its own. */
export const FLOORS: readonly (readonly string[])[] = [
  ['main.ts', 'cli', 'playground'],
  ['app'],
  ['teams', 'web', 'stores', 'files', 'telemetry', 'runtime'],
  ['desk', 'config', 'tools'],
  ['domain', 'locales', 'shared'],
];

/** Packages, and a module of node, that one room or few have for themselves; a name stands for all that begin so. */
const KEPT: readonly { readonly rule: string; readonly names: readonly string[]; readonly rooms: readonly string[] }[] =
  [
    { rule: 'bot-framework', names: ['botbuilder', 'botframework', 'adaptivecards'], rooms: ['teams'] },
    { rule: 'restify', names: ['restify'], rooms: ['web'] },
    { rule: 'cosmos', names: ['@azure/cosmos'], rooms: ['stores'] },
    { rule: 'blob-storage', names: ['@azure/storage-blob'], rooms: ['files'] },
    { rule: 'azure-identity', names: ['@azure/identity'], rooms: ['runtime'] },
    { rule: 'metrics', names: ['@azure/monitor', '@opentelemetry/', 'prom-client'], rooms: ['telemetry'] },
    {
      rule: 'azure',
      names: ['@azure/(?!cosmos|storage-blob|identity|monitor)'],
      rooms: ['stores', 'files', 'runtime'],
    },
    { rule: 'jose', names: ['jose/', 'jose$'], rooms: ['teams', 'runtime'] },
    { rule: 'sqlite', names: ['node:sqlite'], rooms: ['stores'] },
    { rule: 'cron', names: ['node-cron/', 'node-cron$'], rooms: ['runtime'] },
    { rule: 'log', names: ['pino'], rooms: ['runtime', 'playground'] },
    { rule: 'message-format', names: ['intl-messageformat'], rooms: ['locales'] },
    { rule: 'file-types', names: ['file-type', 'saxes', 'yauzl', '@libpdf/core'], rooms: ['files'] },
  ];

const PACKAGE = '(^|/)node_modules/';
const literal = (text: string): string => text.replaceAll('.', '\\.');

/** A pattern for a single file, or for a folder with everything in it. */
function within(place: string): string {
  return place.includes('.') ? `^src/${literal(place)}$` : `^src/${place}/`;
}

/** A pattern for the files of a room: without those of its parts, where it has parts. */
function filesOf(room: string): string {
  const hasParts = Object.keys(ROOMS).some((other) => other.startsWith(`${room}/`));
  return hasParts ? `^src/${room}/[^/]+$` : within(room);
}

const rooms = Object.entries(ROOMS);
const roomsWhere = (holds: (room: Room) => boolean): string[] =>
  rooms.filter(([, room]) => holds(room)).map(([name]) => filesOf(name));

const withoutPackages = roomsWhere(({ packages }) => packages === 'none');

const forbidden: readonly IRegularForbiddenRuleType[] = [
  ...rooms.map(([name, { imports }]) => ({
    name,
    comment: `Of src it imports only ${['itself', ...imports].join(', ')}.`,
    from: { path: filesOf(name) },
    to: { path: '^src/', pathNot: [filesOf(name), ...imports.map(within)] },
  })),
  ...KEPT.map(({ rule, names, rooms: homes }) => ({
    name: `package:${rule}`,
    comment: `Only ${homes.join(' and ')} may import it.`,
    from: { path: '^src/', pathNot: [...homes.map(within), ...withoutPackages] },
    to: { path: names.flatMap((name) => [`${PACKAGE}(@types/)?${name}`, `^${name}`]) },
  })),
  {
    name: 'no-packages',
    comment: 'The domain, the desk and what is shared import no package, not even a type of one.',
    from: { path: withoutPackages },
    to: { path: PACKAGE },
  },
  {
    name: 'no-node',
    comment: 'The domain and the locales import no module of node, not even a type of one.',
    from: { path: roomsWhere(({ node }) => node === 'none') },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'node-types-only',
    comment: 'Of the modules of node the desk imports only types.',
    from: { path: roomsWhere(({ node }) => node === 'types') },
    to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only', 'type-import'] },
  },
  {
    name: 'production-packages',
    comment: 'What runs in production imports no devDependency; tools and playground may.',
    from: { path: '^src/', pathNot: [within('tools'), within('playground')] },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'inside-src',
    comment: 'src imports nothing of test, and of nothing else beside it.',
    from: { path: '^src/' },
    to: { pathNot: ['^src/', PACKAGE], dependencyTypesNot: ['core', 'unknown'] },
  },
  {
    name: 'resolvable',
    comment: 'What is imported exists.',
    from: { path: '^src/' },
    to: { couldNotResolve: true },
  },
  { name: 'no-circle', comment: 'No file imports itself by way of others.', from: {}, to: { circular: true } },
  {
    name: 'known-room',
    comment: 'A folder of src that the table of rooms does not name: say there what it may import.',
    from: { path: '^src/', pathNot: rooms.map(([name]) => filesOf(name)) },
    to: {},
  },
  {
    name: 'known-room',
    comment: 'As above, for a file that imports nothing and that nothing imports.',
    from: { path: '^src/', pathNot: rooms.map(([name]) => filesOf(name)), orphan: true },
    to: {},
  },
];

const configuration: IConfiguration = {
  forbidden: forbidden.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    skipAnalysisNotInRules: true,
    reporterOptions: { mermaid: { minify: false } },
  },
};
export default configuration;
