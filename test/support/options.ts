/**
 * How the command-line programs of the tests read what they are asked: one way for all of them. A program declares its options; what
 * comes back are values, the text of `--help`, or one sentence on what is wrong. Asked wrongly, a program ends with 2: 1 is what it
 * ends with where it found something.
 */
import { parseArgs } from 'node:util';

export interface Range {
  readonly least: number;
  readonly most: number;
}

interface Said {
  /** What it is for, as `--help` has it. */
  readonly says: string;
}
export interface Whole extends Range, Said {
  readonly kind: 'whole';
  /** Where it is not given. */
  readonly otherwise: number;
}
/** A list with commas; given twice, both lists count. Not given, it is empty. */
export interface Names<Name extends string> extends Said {
  readonly kind: 'names';
  readonly known: readonly Name[];
  /** Which names there are, where they are too many to be listed. */
  readonly knownAs?: string;
}
export interface Flag extends Said {
  readonly kind: 'flag';
}
/** Any text but none. */
export interface Text extends Said {
  readonly kind: 'text';
  /** What the text is, in one word. */
  readonly of: string;
}
export type Option = Whole | Names<string> | Flag | Text;
export type Declared = Readonly<Record<string, Option>>;

type ValueOf<One extends Option> = One extends Whole
  ? number
  : One extends Flag
    ? boolean
    : One extends Names<infer Name>
      ? readonly Name[]
      : string | undefined;
export type Values<Options extends Declared> = { readonly [Name in keyof Options]: ValueOf<Options[Name]> };

export interface Program<Options extends Declared> {
  /** As npm knows it. */
  readonly name: string;
  /** What it does and prints, in lines. */
  readonly does: string;
  /** When it ends with 1. */
  readonly fails: string;
  readonly options: Options;
  /** What is wrong with options that are right one by one. */
  readonly refuses?: (values: Values<Options>) => string | undefined;
}

/** A program as far as it is told. */
type Told = Pick<Program<Declared>, 'name' | 'does' | 'fails' | 'options'>;

export type Asked<Options extends Declared> =
  | { readonly kind: 'values'; readonly values: Values<Options> }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'misuse'; readonly text: string };

class Misuse extends Error {}

/** Reads a command line; `env` tells what npm kept to itself. Refuses what it does not know, a number out of its range, a number or a text that is given twice. */
export function read<const Options extends Declared>(
  program: Program<Options>,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Asked<Options> {
  try {
    const given = givenIn(program, args, env);
    if (given === 'help') return { kind: 'help', text: helpOf(program) };
    const entries = Object.entries(program.options).map(
      ([name, option]) => [name, valueOf(name, option, given.get(name) ?? [])] as const,
    );
    const values = Object.fromEntries(entries) as Values<Options>;
    const refused = program.refuses?.(values);
    if (refused !== undefined) throw new Misuse(refused);
    return { kind: 'values', values };
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return { kind: 'misuse', text: `${error.message}\nusage: ${usageOf(program)}\n--help tells more.` };
  }
}

/** Runs a program with what this process was asked; it ends with what `main` answers, and with 2 where it was asked wrongly or `main` broke off. */
export async function run<const Options extends Declared>(
  program: Program<Options>,
  main: (values: Values<Options>) => Promise<number>,
): Promise<void> {
  const asked = read(program, process.argv.slice(2), process.env);
  if (asked.kind === 'help') return console.log(asked.text);
  if (asked.kind === 'misuse') {
    console.error(asked.text);
    process.exitCode = 2;
    return;
  }
  process.exitCode = await main(asked.values).catch((fault: unknown) => {
    console.error(fault);
    return 2;
  });
}

/** Refuses so many numbers from one on where the last of them could not be given as the first: whoever plays it again gives it. */
export function beyond(last: number, from: number, count: number): string | undefined {
  return from + count - 1 > last ? `${count} from ${from} on go beyond ${last}, the last that there is` : undefined;
}

/** A whole number that a test takes from the environment. Throws for what is none: a test must not pass because it ran nothing. */
export function wholeFrom(
  env: NodeJS.ProcessEnv,
  name: string,
  otherwise: number,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: Partial<Range> = {},
): number {
  const text = env[name];
  if (text === undefined) return otherwise;
  const number = wholeIn(text, { least, most });
  if (number === undefined)
    throw new RangeError(`${name} ${JSON.stringify(text)} is not a whole number ${rangeOf({ least, most })}`);
  return number;
}

/** Each option with the texts that were given for it. */
function givenIn(
  { name: program, options }: Told,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ReadonlyMap<string, readonly string[]> | 'help' {
  const types = Object.entries(options).map(
    ([name, { kind }]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const,
  );
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
  });
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return 'help';
  const example = (name: string): string =>
    `npm hands on only what stands after a -- of its own: npm run ${program} -- --${name}${options[name]?.kind === 'flag' ? '' : ' …'}`;
  const kept = Object.keys(options).find((name) => env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  if (kept !== undefined) throw new Misuse(`--${kept} did not get here: ${example(kept)}`);

  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional')
      throw new Misuse(
        `${JSON.stringify(token.value)} belongs to no option; ${example(Object.keys(options)[0] ?? 'help')}`,
      );
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new Misuse(`there is no option ${token.rawName}`);
    if (option.kind === 'flag' && token.value !== undefined) throw new Misuse(`${token.rawName} takes no value`);
    if (option.kind !== 'flag' && (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))))
      throw new Misuse(`${token.rawName} has no value`);
    const texts = given.get(token.name) ?? [];
    if (texts.length > 0 && (option.kind === 'whole' || option.kind === 'text'))
      throw new Misuse(`${token.rawName} is given twice`);
    given.set(token.name, [...texts, token.value ?? '']);
  }
  return given;
}

function valueOf(
  name: string,
  option: Option,
  texts: readonly string[],
): number | boolean | readonly string[] | string | undefined {
  const [text] = texts;
  switch (option.kind) {
    case 'flag':
      return text !== undefined;
    case 'names':
      return [...new Set(texts.flatMap((list) => list.split(',')).map((one) => knownIn(name, option, one.trim())))];
    case 'text': {
      if (text === '') throw new Misuse(`--${name} is empty`);
      return text;
    }
    case 'whole': {
      if (text === undefined) return option.otherwise;
      const number = wholeIn(text, option);
      if (number === undefined)
        throw new Misuse(`--${name} ${JSON.stringify(text)} is not a whole number ${rangeOf(option)}`);
      return number;
    }
  }
}

function knownIn(name: string, { known, knownAs }: Names<string>, one: string): string {
  if (known.includes(one)) return one;
  throw new Misuse(`--${name} ${JSON.stringify(one)} is not known; there are ${knownAs ?? known.join(', ')}`);
}

function wholeIn(text: string, { least, most }: Range): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function rangeOf({ least, most }: Range): string {
  return most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} up`;
}

function usageOf({ name, options }: Told): string {
  return [
    `npm run ${name} --`,
    ...Object.entries(options).map(([option, declared]) => `[${written(option, declared)}]`),
  ].join(' ');
}

function written(name: string, option: Option): string {
  switch (option.kind) {
    case 'flag':
      return `--${name}`;
    case 'names':
      return `--${name} NAME,NAME`;
    case 'text':
      return `--${name} ${option.of.toUpperCase()}`;
    case 'whole':
      return `--${name} N`;
  }
}

function helpOf(program: Told): string {
  const rows = [
    ...Object.entries(program.options).map(([name, option]) => [written(name, option), explained(option)] as const),
    ['--help', 'this text'] as const,
  ];
  const width = Math.max(...rows.map(([option]) => option.length));
  return [
    `usage: ${usageOf(program)}`,
    '',
    program.does,
    '',
    ...rows.map(([option, says]) => `  ${option.padEnd(width)}  ${says}`),
    '',
    `Ends with 0; with 1 where ${program.fails}; with 2 where it is asked wrongly or cannot run.`,
  ].join('\n');
}

function explained(option: Option): string {
  switch (option.kind) {
    case 'flag':
    case 'text':
      return option.says;
    case 'names':
      return `${option.says}; there are ${option.knownAs ?? option.known.join(', ')}`;
    case 'whole':
      return `${option.says}; ${rangeOf(option)}, ${option.otherwise} where it is not given`;
  }
}
