/** The rule `house/imports`: who may import whom. ARCHITECTURE.md has the picture, this file has the table. */
import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { Rule } from 'eslint';

/** What the files of one room may import, besides one another. */
interface Room {
  readonly rooms: readonly string[];
  /** Names of packages, or any that is not kept for another room. */
  readonly packages: readonly string[] | 'any';
  readonly node: 'none' | 'types' | 'any';
}

const adapter: Room = { rooms: ['desk', 'claims', 'calendar', 'locales', 'cards'], packages: 'any', node: 'any' };
const everything: Room = { rooms: ['*'], packages: 'any', node: 'any' };

/** A room is a folder of `src`; `root` is the files beside the folders; `time and chance` is clock.ts and ids.ts. */
const ROOMS: Readonly<Record<string, Room>> = {
  calendar: { rooms: [], packages: [], node: 'none' },
  claims: { rooms: ['calendar'], packages: [], node: 'none' },
  desk: { rooms: ['claims', 'calendar'], packages: [], node: 'types' },
  locales: { rooms: ['claims', 'calendar'], packages: 'any', node: 'none' },
  teams: adapter,
  web: adapter,
  stores: adapter,
  files: adapter,
  cron: adapter,
  admin: adapter,
  meters: adapter,
  identity: adapter,
  root: { rooms: ['desk', 'claims', 'calendar', 'locales'], packages: 'any', node: 'any' },
  'time and chance': { rooms: ['desk'], packages: [], node: 'any' },
  assembly: everything,
  main: everything,
  playground: everything,
};

/** Packages that one wall keeps in. */
const KEPT: readonly { readonly specifier: RegExp; readonly rooms: readonly string[] }[] = [
  { specifier: /^(botbuilder|botframework|adaptivecards)/, rooms: ['teams'] },
  { specifier: /^restify/, rooms: ['web'] },
  { specifier: /^@azure\/cosmos/, rooms: ['stores'] },
  { specifier: /^@azure\/storage-blob/, rooms: ['files'] },
  { specifier: /^@azure\/identity/, rooms: ['identity'] },
  { specifier: /^(@azure\/monitor|@opentelemetry\/|prom-client)/, rooms: ['meters'] },
  { specifier: /^@azure\/(?!cosmos|storage-blob|identity|monitor)/, rooms: ['stores', 'files', 'identity'] },
  { specifier: /^jose(\/|$)/, rooms: ['teams'] },
  { specifier: /^node:sqlite$/, rooms: ['stores'] },
  { specifier: /^node-cron(\/|$)/, rooms: ['cron'] },
];

/** The room of a path relative to the project: `cards` and the like for what lies outside `src`. */
function roomOf(file: string): string {
  const [top = '', first = '', ...deeper] = file.split('/');
  if (top !== 'src') return top;
  if (/^playground\b/.test(first)) return 'playground';
  if (deeper.length > 0) return first;
  if (first === 'main.ts') return 'main';
  return /^(clock|ids)\.ts$/.test(first) ? 'time and chance' : 'root';
}

/** Why `file` may not import `specifier`; undefined where it may. */
function whyNot(file: string, specifier: string, typeOnly: boolean): string | undefined {
  const room = roomOf(file);
  const may = ROOMS[room];
  if (!may) return `src/${room} is not in the table of rooms; say there what it may import.`;
  if (specifier.startsWith('.')) {
    const target = roomOf(path.posix.join(path.posix.dirname(file), specifier));
    const open = target === room || may.rooms.includes('*') || may.rooms.includes(target);
    return open ? undefined : `${room} may not import from ${target}.`;
  }
  const kept = KEPT.find((wall) => wall.specifier.test(specifier));
  if (kept && !kept.rooms.includes(room)) return `"${specifier}" belongs to ${kept.rooms.join(' and ')} alone.`;
  if (isBuiltin(specifier)) {
    const open = may.node === 'any' || (may.node === 'types' && typeOnly);
    if (open) return undefined;
    return may.node === 'types'
      ? `${room} may import only types from "${specifier}".`
      : `${room} may not import "${specifier}".`;
  }
  const open = may.packages === 'any' || may.packages.includes(specifier);
  return open ? undefined : `${room} may not import the package "${specifier}".`;
}

/** What the rule looks at of an import, an export from elsewhere, a dynamic import, a type's import or a `require`. */
interface Importing {
  readonly source?: unknown;
  readonly importKind?: unknown;
  readonly exportKind?: unknown;
  readonly arguments?: readonly unknown[];
}

function textOf(node: unknown): string | undefined {
  const value = typeof node === 'object' && node !== null && 'value' in node ? node.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

export const imports: Rule.RuleModule = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{why}}' } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const check = (node: Rule.Node, source: unknown, typeOnly: boolean): void => {
      const specifier = textOf(source);
      const why = specifier === undefined ? undefined : whyNot(file, specifier, typeOnly);
      if (why !== undefined) context.report({ node, messageId: 'wall', data: { why } });
    };
    const declaration = (node: Rule.Node): void => {
      const { source, importKind, exportKind }: Importing = node as Importing;
      check(node, source, importKind === 'type' || exportKind === 'type');
    };
    return {
      ImportDeclaration: declaration,
      ExportNamedDeclaration: declaration,
      ExportAllDeclaration: declaration,
      ImportExpression: declaration,
      TSImportType: (node: Rule.Node) => check(node, (node as Importing).source, true),
      'CallExpression[callee.name="require"]': (node: Rule.Node) =>
        check(node, (node as Importing).arguments?.[0], false),
    };
  },
};
