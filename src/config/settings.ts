/**
 * The kinds of settings, as schemas of the text that a variable holds. Each says of a wrong value what kind of problem
 * it is and how to mend it; the name of the variable is put before the sentence by `readConfig`.
 */
import { z } from 'zod';
import { isGuid } from '../domain/claims/fields.ts';
import { readSigningKeyList } from '../shared/signingKeyList.ts';
import type { SigningSeeds } from '../shared/signingKeyList.ts';
import { CONFIG_PROBLEM_KINDS, quoted } from './environment.ts';
import type { ConfigProblem, ConfigProblemKind } from './environment.ts';

/** A value as it is read, or what is wrong with it. */
type Reading<Value> = { readonly value: Value } | Omit<ConfigProblem, 'variable'>;

/** A setting whose text is read by a function. */
export function setting<Value>(read: (text: string) => Reading<Value>): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    const reading = read(text);
    if ('value' in reading) return reading.value;
    context.addIssue(issueOf(reading));
    return z.NEVER;
  });
}

function issueOf({ kind, sentence }: Omit<ConfigProblem, 'variable'>): {
  readonly code: 'custom';
  readonly message: string;
  readonly params: { readonly kind: ConfigProblemKind };
} {
  return { code: 'custom', message: sentence, params: { kind } };
}

/** The problem that an issue of the schema tells of. */
export function problemOf(issue: z.core.$ZodIssue): ConfigProblem {
  const kind =
    issue.code === 'custom' ? CONFIG_PROBLEM_KINDS.find((known) => known === issue.params?.['kind']) : undefined;
  if (kind === undefined) throw new TypeError(`The schema of the settings has an issue of no kind: ${issue.message}`);
  return { variable: String(issue.path[0]), kind, sentence: issue.message };
}

/** Any text. */
export function text(): z.ZodType<string, string> {
  return z.string();
}

export function wholeNumber(fallback: number, lowest: number, highest: number): z.ZodType<number, string | undefined> {
  const range = `Give a whole number from ${lowest} to ${highest}, or leave it out for ${fallback}.`;
  return setting((value) => {
    const sentence = `is ${quoted(value)}. ${range}`;
    if (!/^[+-]?\d+$/.test(value)) return { kind: 'not-a-number', sentence };
    const number = Number(value);
    return number < lowest || number > highest ? { kind: 'out-of-range', sentence } : { value: number };
  }).default(fallback);
}

/** One of a few words; `fallback` is what the variable stands for where it is left out. */
export function oneOf<Value extends string>(values: readonly Value[], fallback: Value): z.ZodType<Value, string> {
  return setting((value) => {
    const known = values.find((candidate) => candidate === value);
    return known === undefined
      ? {
          kind: 'unknown-value',
          sentence: `is ${quoted(value)}. Give one of ${values.join(', ')}, or leave it out for ${fallback}.`,
        }
      : { value: known };
  });
}

/** In lower case. `what` tells whose id it is. */
export function guid(what: string): z.ZodType<string, string> {
  return setting((value) => {
    const id = value.toLowerCase();
    return isGuid(id)
      ? { value: id }
      : {
          kind: 'not-a-guid',
          sentence: `is ${quoted(value)}. Give ${what}, a GUID such as 00000000-0000-0000-0000-000000000000.`,
        };
  });
}

/**
 * An address with neither password nor query, without the slashes at its end. `hint` ends the sentence on how to mend
 * it; `judge` says what else is wrong with the address.
 */
export function url(
  hint: string,
  judge: (address: URL) => Omit<ConfigProblem, 'variable'> | undefined = () => undefined,
): z.ZodType<string, string> {
  return setting((value) => {
    const address = URL.parse(value);
    const isPlain =
      address !== null &&
      /^https?:$/.test(address.protocol) &&
      address.username === '' &&
      address.password === '' &&
      !/[?#]/.test(value);
    return isPlain
      ? (judge(address) ?? { value: address.href.replace(/\/+$/, '') })
      : {
          kind: 'not-a-url',
          sentence: `is ${quoted(value)}. Give an address that starts with http:// or https://, without password, "?" or "#", ${hint}.`,
        };
  });
}

/** A name of a pattern; `rule` says the pattern in words. */
export function nameOf(pattern: RegExp, rule: string, fallback: string): z.ZodType<string, string | undefined> {
  return setting((value) =>
    pattern.test(value)
      ? { value }
      : { kind: 'not-a-name', sentence: `is ${quoted(value)}. Give ${rule}, or leave it out for ${fallback}.` },
  ).default(fallback);
}

/** The entries between commas, each once, in lower case, as `isEntry` takes them. `mend` says what an entry is. */
export function listOf(
  isEntry: (entry: string) => boolean,
  kind: ConfigProblemKind,
  mend: string,
): z.ZodType<readonly string[], string> {
  return setting<readonly string[]>((value) => {
    const entries = entriesIn(value);
    const wrong = entries.find((entry) => !isEntry(entry.toLowerCase()));
    return wrong === undefined
      ? { value: [...new Set(entries.map((entry) => entry.toLowerCase()))] }
      : { kind, sentence: `has the entry ${quoted(wrong)}. ${mend}` };
  });
}

function entriesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * Some of a few words, at least one, with commas between them: each once, in the order of `values`. `others` are what
 * people also call them.
 */
export function wordsOf<Value extends string>(
  values: readonly Value[],
  others: Readonly<Record<string, Value>>,
): z.ZodType<readonly Value[], string> {
  const mend = `Give one or more of ${values.join(', ')}, with commas between them, or leave it out for all.`;
  return setting<readonly Value[]>((text) => {
    const entries = entriesIn(text);
    const wordOf = (entry: string): Value | undefined => {
      const word = entry.toLowerCase().replace(/^\./, '');
      return values.find((value) => value === word) ?? (Object.hasOwn(others, word) ? others[word] : undefined);
    };
    const wrong = entries.find((entry) => wordOf(entry) === undefined);
    const fault =
      entries.length === 0 ? 'names nothing' : wrong === undefined ? undefined : `has ${quoted(wrong)} in it`;
    if (fault !== undefined) return { kind: 'unknown-value', sentence: `is ${quoted(text)}, which ${fault}. ${mend}` };
    const words = entries.map(wordOf);
    return { value: values.filter((value) => words.includes(value)) };
  });
}

const MIN_KEY = 32;

/** A secret of at least 32 characters. The message does not quote it: it is a secret, also when it is too short. */
export function key(otherwise: string): z.ZodType<string, string> {
  return setting((value) =>
    value.length >= MIN_KEY
      ? { value }
      : {
          kind: 'too-short',
          sentence: `has ${value.length} characters. Give at least ${MIN_KEY} random ones, or leave it out${otherwise}.`,
        },
  );
}

/** Secrets with commas between them, each of at least 32 characters, of which none is quoted either. */
export function keys(otherwise: string): z.ZodType<readonly [string, ...string[]], string> {
  return setting<readonly [string, ...string[]]>((value) => {
    const [first = '', ...more] = value
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
    const short = [first, ...more].findIndex((entry) => entry.length < MIN_KEY);
    return short < 0
      ? { value: [first, ...more] }
      : {
          kind: 'too-short',
          sentence:
            `has fewer than ${MIN_KEY} characters in key ${short + 1}. Give at least ${MIN_KEY} random ones for each, ` +
            `with commas between the keys, or leave it out${otherwise}.`,
        };
  });
}

/** A list of signing keys, of which none is quoted either. */
export function signingKeys(otherwise: string): z.ZodType<SigningSeeds, string> {
  return setting<SigningSeeds>((value) => {
    const list = readSigningKeyList(value);
    return 'seeds' in list
      ? { value: list.seeds }
      : {
          kind: 'not-a-key',
          sentence:
            `is wrong at key ${list.wrong}. Give each as KEY@FROM, where KEY is 32 random bytes in base64 and FROM the day or ` +
            'instant (UTC) from which it signs, such as 2026-01-31, the newest first, with commas between them, ' +
            `or leave it out${otherwise}.`,
        };
  });
}

/** The settings as a rule between several of them sees them: some may be wrong by themselves. */
export interface Given<Settings> {
  /** Whether a variable is set, even to something wrong. */
  has(variable: keyof Settings): boolean;
  /** The value, or its default; undefined where it is not set or is wrong. */
  value<Variable extends keyof Settings>(variable: Variable): Settings[Variable] | undefined;
  /** Whether a variable is set and right, or not set. */
  isSound(variable: keyof Settings): boolean;
  refuse(variable: keyof Settings & string, kind: ConfigProblemKind, sentence: string): void;
}

/** Runs a rule also where single settings are wrong, so that everything is said at once. */
export const ALWAYS = { when: () => true };

/** A rule between settings as a refinement of their schema. Variables with a default are always set. */
export function between<Settings extends object>(
  rule: (given: Given<Settings>) => void,
): (settings: Settings, context: z.core.$RefinementCtx<Settings>) => void {
  return (settings, context) => {
    const isSound = (variable: keyof Settings): boolean => !context.issues.some(({ path }) => path?.[0] === variable);
    rule({
      has: (variable) => settings[variable] !== undefined,
      value: (variable) => (isSound(variable) ? settings[variable] : undefined),
      isSound,
      refuse(variable, kind, sentence) {
        context.addIssue({ ...issueOf({ kind, sentence }), path: [variable] });
      },
    });
  };
}
