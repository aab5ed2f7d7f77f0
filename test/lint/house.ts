/** The project's own rules for ESLint. They need no types, so that a test can try each on a few lines. */
import type { Linter } from 'eslint';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

const TIME = 'Ask the Clock that you are handed; only src/runtime/clock.ts reads the time.';
const CHANCE = 'Take the ids that you are handed; only src/runtime/random.ts draws by chance.';
const GIVEN = 'Claims and calendar are pure: they work with what they are given.';
const WHOLE = 'Every test runs, always. A browser test may skip itself where there is no browser.';

const timeAndChance: Linter.RulesRecord = {
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: TIME },
    { object: 'performance', property: 'now', message: TIME },
    { object: 'process', property: 'hrtime', message: TIME },
    { object: 'Math', property: 'random', message: CHANCE },
    { object: 'crypto', property: 'randomUUID', message: CHANCE },
    { object: 'crypto', property: 'getRandomValues', message: CHANCE },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: TIME },
    { selector: 'CallExpression[callee.name="Date"]', message: TIME },
    {
      selector: 'ImportDeclaration[source.value=/^(node:)?crypto$/] > ImportSpecifier[imported.name=/^random/]',
      message: CHANCE,
    },
  ],
};

const pure: Linter.RulesRecord = {
  'no-restricted-globals': [
    'error',
    ...[
      'crypto',
      'process',
      'performance',
      'console',
      'Buffer',
      'globalThis',
      'fetch',
      'queueMicrotask',
      'setTimeout',
      'setInterval',
      'setImmediate',
    ].map((name) => ({ name, message: GIVEN })),
  ],
};

const CASES = '/^(describe|context|suite|it|specify|test)$/';
const leftOut = [
  { selector: `CallExpression[callee.object.name=${CASES}][callee.property.name=/^(only|skip)$/]`, message: WHOLE },
  { selector: 'CallExpression[callee.name=/^x(describe|context|it|specify)$/]', message: WHOLE },
];
const skipsItself = {
  selector: 'CallExpression[callee.object.type="ThisExpression"][callee.property.name="skip"]',
  message: WHOLE,
};

/** Where every exported type has a docstring, and every method of an interface too: what others implement or call. */
const DOCUMENTED = ['src/desk/ports/**/*.ts', 'src/desk/desk.ts'];
const INTERFACE = 'ExportNamedDeclaration > TSInterfaceDeclaration';
const documented: Linter.RulesRecord = {
  'jsdoc/require-jsdoc': [
    'error',
    {
      require: { FunctionDeclaration: false },
      contexts: [
        INTERFACE,
        'ExportNamedDeclaration > TSTypeAliasDeclaration',
        `${INTERFACE} > TSInterfaceBody > TSMethodSignature`,
      ],
      enableFixer: false,
    },
  ],
};

/** The house's rules as entries of a flat configuration. */
export const house: Linter.Config[] = [
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      // The formatter breaks code at 120 columns; this is for comments, which it leaves alone.
      'max-len': [
        'error',
        {
          code: 140,
          comments: 120,
          ignoreUrls: true,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  { files: ['src/**/*.ts'], ignores: ['src/runtime/clock.ts', 'src/runtime/random.ts'], rules: timeAndChance },
  { files: ['src/domain/**/*.ts'], rules: pure },
  { files: DOCUMENTED, plugins: { jsdoc }, rules: documented },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/browser/**'],
    rules: { 'no-restricted-syntax': ['error', ...leftOut, skipsItself] },
  },
  { files: ['test/browser/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...leftOut] } },
];
