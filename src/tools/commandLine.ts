/**
 * The command lines of this project's programs: one way for all of them. A program declares its options; what comes
 * back are values, the text of `--help`, or every problem in a sentence each. Used wrongly, a program ends with 2: 1 is
 * what it ends with where it found something.
 */
import { parseArgs } from 'node:util';

/** A range of whole numbers, both ends included. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

interface Documented {
  /** The description in `--help`. */
  readonly help: string;
}
/** For an option without a default: the sentence that says how to give it. */
interface Required {
  readonly required: string;
}
/** A whole number within a range. */
export type IntegerOption = Documented &
  Range & { readonly kind: 'integer' } & ({ readonly default: number } | Required);
/** A comma-separated list; given twice, both lists count. Not given, it is empty. */
export interface ListOption<Name extends string> extends Documented {
  readonly kind: 'list';
  readonly known: readonly Name[];
  /** Describes the known names, where there are too many to list. */
  readonly knownAs?: string;
}
/** An option without a value; not given, it is false. */
export interface FlagOption extends Documented {
  readonly kind: 'flag';
}
/** Any text of one line except an empty one, trimmed. */
export type TextOption = Documented & {
  readonly kind: 'text';
  /** What the text is, in one word. */
  readonly of: string;
  /** What is wrong with a value and how to fix it; undefined where nothing is. */
  readonly check?: (text: string) => string | undefined;
} & ({ readonly default?: string } | Required);
/**
 * A text that is given by its place instead of its name: `export-claim CPOR-7F3K9Q`. Words are taken in the order in
 * which they are declared; of one line, trimmed, never empty.
 */
export interface WordOption extends Documented {
  readonly kind: 'word';
  /** What the word is, in one word. */
  readonly of: string;
  /** The sentence that says what to give; without it the word may be left out. */
  readonly required?: string;
  /** What is wrong with a value and how to fix it; undefined where nothing is. */
  readonly check?: (text: string) => string | undefined;
}
/** The kinds of options. */
export type Option = IntegerOption | ListOption<string> | FlagOption | TextOption | WordOption;
/** The options of a program by name, without `--`. */
export type Options = Readonly<Record<string, Option>>;

type ValueOf<One extends Option> = One extends IntegerOption
  ? number
  : One extends FlagOption
    ? boolean
    : One extends ListOption<infer Name>
      ? readonly Name[]
      : One extends { readonly default: string } | Required
        ? string
        : string | undefined;
/** The values of the declared options. */
export type Values<Declared extends Options> = { readonly [Name in keyof Declared]: ValueOf<Declared[Name]> };

/** The declaration of a program. */
export interface Program<Declared extends Options> {
  /** The name of the npm script. */
  readonly name: string;
  /** The word after the script's `--` that says which of several programs is meant. */
  readonly command?: string;
  /** What it does and prints, in lines. */
  readonly about: string;
  /** When it exits with 1, for `--help`. */
  readonly fails: string;
  readonly options: Declared;
  /** What is wrong with a combination of valid options. */
  readonly check?: (values: Values<Declared>) => string | undefined;
}

/** The parts of a program that `--help` shows. */
type ProgramHelp = Pick<Program<Options>, 'name' | 'command' | 'about' | 'fails' | 'options'>;

/** The result of parsing a command line. */
export type Reading<Declared extends Options> =
  | { readonly kind: 'values'; readonly values: Values<Declared> }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'misuse'; readonly text: string };

/** The arguments of a program, its environment and its output. */
export interface CommandLine {
  readonly args: readonly string[];
  /** Shows which options npm consumed (`npm_config_*`). */
  readonly env: NodeJS.ProcessEnv;
  /** Writes to the standard output. */
  readonly say: (text: string) => void;
  /** Writes to the standard error output. */
  readonly complain: (text: string) => void;
}

/**
 * Reads a command line. Refuses what it does not know, a value that is wrong, and one that is given twice; everything
 * at once.
 */
export function readOptions<const Declared extends Options>(
  program: Program<Declared>,
  { args, env }: Pick<CommandLine, 'args' | 'env'>,
): Reading<Declared> {
  const misuse = (problems: readonly string[]): Reading<Declared> => ({
    kind: 'misuse',
    text: [...problems, `usage: ${usageOf(program)}`, '--help tells more.'].join('\n'),
  });
  const { texts, problems, isHelp } = parseArguments(program, args);
  if (isHelp) return { kind: 'help', text: helpOf(program) };
  const kept = Object.keys(program.options).find(
    // An empty one is what npm makes of `name=false` in its own settings.
    (name) => (env[`npm_config_${name.replaceAll('-', '_')}`] ?? '') !== '',
  );
  if (kept !== undefined) return misuse([`--${kept} did not get here: ${exampleOf(program, kept)}`]);

  const values: Record<string, Value> = {};
  for (const [name, option] of Object.entries(program.options)) {
    const value = valueOf(option, texts.get(name) ?? []);
    const called = option.kind === 'word' ? `the ${option.of}` : `--${name}`;
    if ('problem' in value) problems.set(name, problems.get(name) ?? `${called} ${value.problem}`);
    else values[name] = value.value;
  }
  if (problems.size > 0) return misuse([...problems.values()]);
  const complete = values as Values<Declared>;
  const problem = program.check?.(complete);
  return problem === undefined ? { kind: 'values', values: complete } : misuse([problem]);
}

/**
 * Does what the command line asks, and gives the code to end with: that of `main`, or 2 where it was used wrongly or
 * `main` threw.
 */
export async function answer<const Declared extends Options>(
  program: Program<Declared>,
  main: (values: Values<Declared>) => Promise<number>,
  line: CommandLine,
): Promise<number> {
  const reading = readOptions(program, line);
  switch (reading.kind) {
    case 'help':
      line.say(reading.text);
      return 0;
    case 'misuse':
      line.complain(reading.text);
      return 2;
    case 'values':
      return main(reading.values).catch((error: unknown) => {
        line.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
        return 2;
      });
  }
}

/** The command line of this process. */
export const PROCESS: CommandLine = {
  args: process.argv.slice(2),
  env: process.env,
  say: (text) => console.log(text),
  complain: (text) => console.error(text),
};

/** Runs a program with the command line of this process and sets its exit code. */
export async function run<const Declared extends Options>(
  program: Program<Declared>,
  main: (values: Values<Declared>) => Promise<number>,
): Promise<void> {
  process.exitCode = await answer(program, main, PROCESS);
}

type Value = number | boolean | string | readonly string[] | undefined;

interface ParsedArguments {
  /** The values given for each option. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** One problem for each wrong option or word. */
  readonly problems: Map<string, string>;
  readonly isHelp: boolean;
}

/** What helps where a word is left over: quotes around a value of several words, or the name of an option. */
function wayOut(program: ProgramHelp): string {
  const { options } = program;
  if (Object.values(options).some(({ kind }) => kind === 'word'))
    return 'put quotes around a value of several words, such as a full name';
  const named = Object.keys(options).find((name) => options[name]?.kind !== 'flag');
  return named === undefined ? 'see --help' : exampleOf(program, named);
}

function parseArguments(program: ProgramHelp, args: readonly string[]): ParsedArguments {
  const { options } = program;
  const tokens = tokensOf(options, args);
  const texts = new Map<string, string[]>();
  const problems = new Map<string, string>();
  const places = Object.entries(options).flatMap(([name, { kind }]) => (kind === 'word' ? [name] : []));
  let isUnknown = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    // What follows an unknown option may be its value.
    const isItsValue = isUnknown && token.kind === 'positional';
    isUnknown = false;
    if (isItsValue) continue;
    if (token.kind === 'positional') {
      const place = places.shift();
      if (place !== undefined) {
        texts.set(place, [token.value]);
        continue;
      }
      problems.set(token.value, `${JSON.stringify(token.value)} belongs to no option; ${wayOut(program)}`);
      continue;
    }
    const named = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    const option = named?.kind === 'word' ? undefined : named;
    const given = texts.get(token.name) ?? [];
    if (!option) {
      isUnknown = true;
      problems.set(token.rawName, `there is no option ${token.rawName}`);
    } else if (option.kind === 'flag' && token.value !== undefined)
      problems.set(token.name, `${token.rawName} takes no value`);
    else if (option.kind !== 'flag' && token.value === undefined)
      problems.set(token.name, `${token.rawName} has no value`);
    else if (given.length > 0 && (option.kind === 'integer' || option.kind === 'text'))
      problems.set(token.name, `${token.rawName} is given twice`);
    else texts.set(token.name, [...given, token.value ?? '']);
  }
  return { texts, problems, isHelp: tokens.some((token) => token.kind === 'option' && token.name === 'help') };
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/** The tokens of the command line. An option is never the value of the option before it, which then has none. */
function tokensOf(options: Options, args: readonly string[]): readonly Token[] {
  const types = Object.entries(options).flatMap(([name, { kind }]) =>
    kind === 'word' ? [] : [[name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const],
  );
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
  });
  const place = tokens.findIndex(
    (token) => token.kind === 'option' && token.inlineValue === false && token.value.startsWith('--'),
  );
  const token = tokens[place];
  if (token?.kind !== 'option') return tokens;
  const { kind, index, name, rawName } = token;
  return [
    ...tokens.slice(0, place),
    { kind, index, name, rawName, value: undefined, inlineValue: undefined },
    ...tokensOf(options, args.slice(index + 1)),
  ];
}

function exampleOf(program: ProgramHelp, option: string): string {
  const value = program.options[option]?.kind === 'flag' ? '' : ' …';
  return `npm hands on only what is after a -- of its own: ${callOf(program)} --${option}${value}`;
}

function callOf({ name, command }: ProgramHelp): string {
  return ['npm run', name, '--', ...(command === undefined ? [] : [command])].join(' ');
}

function valueOf(option: Option, texts: readonly string[]): { readonly value: Value } | { readonly problem: string } {
  const [text] = texts;
  switch (option.kind) {
    case 'flag':
      return { value: text !== undefined };
    case 'list': {
      const names = [...new Set(texts.flatMap((list) => list.split(',')).map((name) => name.trim()))];
      const unknownName = names.find((name) => !option.known.includes(name));
      return unknownName === undefined
        ? { value: names }
        : {
            problem: `${JSON.stringify(unknownName)} is not known; there are ${option.knownAs ?? option.known.join(', ')}`,
          };
    }
    case 'word':
    case 'text': {
      const trimmed = text?.trim();
      if (trimmed === '') return { problem: 'is empty' };
      if (trimmed !== undefined && /\p{Cc}/u.test(trimmed))
        return { problem: `${JSON.stringify(trimmed)} has control characters; leave them out` };
      if (trimmed === undefined && 'required' in option) return { problem: `is missing: ${option.required}` };
      const value = trimmed ?? ('default' in option ? option.default : undefined);
      const problem = value === undefined ? undefined : option.check?.(value);
      return problem === undefined ? { value } : { problem: `${JSON.stringify(value)}: ${problem}` };
    }
    case 'integer': {
      if (text === undefined)
        return 'required' in option ? { problem: `is missing: ${option.required}` } : { value: option.default };
      const value = integerIn(text, option);
      return value === undefined
        ? { problem: `${JSON.stringify(text)} is not a whole number ${rangeOf(option)}` }
        : { value };
    }
  }
}

/** Parses a whole number within the range; undefined for any other text. */
export function integerIn(text: string, { min, max }: Range): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : undefined;
}

/** The range in words. */
export function rangeOf({ min, max }: Range): string {
  return max < Number.MAX_SAFE_INTEGER ? `from ${min} to ${max}` : `from ${min} up`;
}

function usageOf(program: ProgramHelp): string {
  const written = Object.entries(program.options).map(([option, declared]) =>
    'required' in declared ? syntaxOf(option, declared) : `[${syntaxOf(option, declared)}]`,
  );
  return [callOf(program), ...(written.length > 0 ? written : ['[--help]'])].join(' ');
}

function syntaxOf(name: string, option: Option): string {
  switch (option.kind) {
    case 'flag':
      return `--${name}`;
    case 'list':
      return `--${name} NAME,NAME`;
    case 'word':
      return option.of.toUpperCase();
    case 'text':
      return `--${name} ${option.of.toUpperCase()}`;
    case 'integer':
      return `--${name} N`;
  }
}

function helpOf(program: ProgramHelp): string {
  const rows = [
    ...Object.entries(program.options).map(
      ([name, option]) => [syntaxOf(name, option), describeOption(option)] as const,
    ),
    ['--help', 'this text'] as const,
  ];
  const width = Math.max(...rows.map(([option]) => option.length));
  return [
    `usage: ${usageOf(program)}`,
    '',
    program.about,
    '',
    ...rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`),
    '',
    `Ends with 0; with 1 where ${program.fails}; with 2 where it is used wrongly or cannot run.`,
  ].join('\n');
}

function describeOption(option: Option): string {
  const needed =
    'required' in option
      ? ['required']
      : 'default' in option && option.default !== undefined
        ? [`${option.default} where it is not given`]
        : [];
  switch (option.kind) {
    case 'flag':
      return option.help;
    case 'word':
    case 'text':
      return [option.help, needed.join('')].filter((part) => part !== '').join('; ');
    case 'list':
      return `${option.help}; there are ${option.knownAs ?? option.known.join(', ')}`;
    case 'integer':
      return `${option.help}; ${[rangeOf(option), ...needed].join(', ')}`;
  }
}
