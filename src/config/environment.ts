/** How settings are read from the environment, and what is said of one that is wrong. */

/** The environment, as `process.env` or a parsed `.env` file gives it. An empty value counts as not set. */

export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigErrorCode =
  | 'not-a-number'
  | 'out-of-range'
  | 'unknown-value'
  | 'not-a-host'
  | 'not-a-url'
  | 'not-a-person'
  | 'not-a-guid'
  | 'not-a-name'
  | 'not-a-folder'
  | 'not-a-schedule'
  | 'too-short'
  | 'not-loopback'
  | 'missing'
  | 'not-used';

/** A setting that the desk cannot start with. The message names the variable, quotes its value unless it is a secret, and says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  readonly variable: string;

  constructor(code: ConfigErrorCode, variable: string, sentence: string, options?: ErrorOptions) {
    super(`${variable} ${sentence}`, options);
    this.code = code;
    this.variable = variable;
  }
}

export function read(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim();
  return value === '' ? undefined : value;
}

export function readNumber(
  env: Environment,
  variable: string,
  fallback: number,
  lowest: number,
  highest: number,
): number {
  const value = read(env, variable);
  if (value === undefined) return fallback;
  const range = `Give a whole number from ${lowest} to ${highest}, or leave it out for ${fallback}.`;
  if (!/^[+-]?\d+$/.test(value)) throw new ConfigError('not-a-number', variable, `is "${value}". ${range}`);
  const number = Number(value);
  if (number < lowest || number > highest) throw new ConfigError('out-of-range', variable, `is "${value}". ${range}`);
  return number;
}

export function readOneOf<Value extends string>(
  env: Environment,
  variable: string,
  values: readonly Value[],
  fallback: Value,
): Value {
  const value = read(env, variable);
  if (value === undefined) return fallback;
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw new ConfigError(
    'unknown-value',
    variable,
    `is "${value}". Give one of ${values.join(', ')}, or leave it out for ${fallback}.`,
  );
}

/** An address with neither password nor query; without the slashes at its end. */
export function readUrl(env: Environment, variable: string, hint: string): URL | undefined {
  const value = read(env, variable);
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const plain =
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && !/[?#]/.test(value);
  if (plain) return url;
  throw new ConfigError(
    'not-a-url',
    variable,
    `is "${value}". Give an address that starts with http:// or https://, without password, "?" or "#", ${hint}.`,
  );
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isGuid(value: string): boolean {
  return GUID.test(value);
}

/** In lower case. */
export function readGuid(env: Environment, variable: string, what: string): string | undefined {
  const value = read(env, variable);
  if (value === undefined || isGuid(value)) return value?.toLowerCase();
  throw new ConfigError(
    'not-a-guid',
    variable,
    `is "${value}". Give ${what}, a GUID such as 00000000-0000-0000-0000-000000000000.`,
  );
}

/** The entries between commas; none where the variable is not set. */
export function readList(env: Environment, variable: string): readonly string[] {
  return (read(env, variable) ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
