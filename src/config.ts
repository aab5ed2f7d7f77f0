/** The settings of one desk: read once from the environment, checked, and handed on as data. `.env.example` explains each. */

import { BlockList, isIPv6 } from 'node:net';
import type { PersonId } from './claims/claim.ts';
import { POLICIES } from './claims/policy.ts';
import { LANGUAGES, type Language } from './locales/say.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  readonly host: string;
  readonly port: number;
  /** What the links to upload and download pages start with; no slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Who may use the operator's commands (R4). */
  readonly operators: readonly PersonId[];
  /** A JSON file of organisations and people, imported at start. Whether it is there shows when it is read. */
  readonly directoryFile?: string;
  readonly defaultLanguage: Language;
  /** The version of the policy that clocks start with from now on (R42). */
  readonly policy: string;
  /** What links are signed with; absent: the key kept in the data folder, see linkKey.ts. */
  readonly linkKey?: string;
  readonly linkMinutes: number;
  /** Bytes of one file, files of one claim (R9). */
  readonly poe: { readonly maxBytes: number; readonly maxFiles: number };
  readonly logLevel: LogLevel;
  /** When the sweep runs: five cron fields. */
  readonly sweepSchedule: string;
  /** How long one message to Teams may take, in milliseconds. */
  readonly sendTimeoutMs: number;
}

export type ConfigErrorCode =
  | 'not-a-number' | 'out-of-range' | 'unknown-value' | 'not-a-host' | 'not-a-url' | 'not-a-person'
  | 'not-a-schedule' | 'too-short' | 'not-loopback' | 'not-supported';

/** A setting that the desk cannot start with. The message names the variable, quotes its value and says how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;
  readonly variable: string;

  constructor(code: ConfigErrorCode, variable: string, sentence: string) {
    super(`${variable} ${sentence}`);
    this.code = code;
    this.variable = variable;
  }
}

/** The environment, as `process.env` or a parsed `.env` file gives it. An empty value counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every setting of the desk. Throws a {@link ConfigError} for the first that is wrong. */
export function readConfig(env: Environment): Config {
  refuseSignedMessages(env);
  const host = readHost(env);
  const port = readNumber(env, 'PORT', 3978, 1, 65_535);
  const directoryFile = read(env, 'DIRECTORY_FILE');
  const linkKey = readLinkKey(env);
  return {
    host,
    port,
    publicUrl: readPublicUrl(env) ?? `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    dataDir: read(env, 'DATA_DIR') ?? '.data',
    operators: readOperators(env),
    ...(directoryFile === undefined ? {} : { directoryFile }),
    defaultLanguage: readOneOf(env, 'DEFAULT_LANGUAGE', LANGUAGES, 'en'),
    policy: readOneOf(env, 'POLICY', Object.keys(POLICIES), '2020'),
    ...(linkKey === undefined ? {} : { linkKey }),
    linkMinutes: readNumber(env, 'LINK_MINUTES', 30, 1, 1_440),
    poe: {
      maxBytes: readNumber(env, 'POE_MAX_MIB', 25, 1, 250) * 1_024 * 1_024,
      // With a link each, more would not fit on a card.
      maxFiles: readNumber(env, 'POE_MAX_FILES', 20, 1, 40),
    },
    logLevel: readOneOf(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    sweepSchedule: readSchedule(env),
    sendTimeoutMs: readNumber(env, 'SEND_TIMEOUT_MS', 10_000, 100, 45_000),
  };
}

function read(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim();
  return value === '' ? undefined : value;
}

function readNumber(env: Environment, variable: string, fallback: number, lowest: number, highest: number): number {
  const value = read(env, variable);
  if (value === undefined) return fallback;
  const range = `Give a whole number from ${lowest} to ${highest}, or leave it out for ${fallback}.`;
  if (!/^[+-]?\d+$/.test(value)) throw new ConfigError('not-a-number', variable, `is "${value}". ${range}`);
  const number = Number(value);
  if (number < lowest || number > highest) throw new ConfigError('out-of-range', variable, `is "${value}". ${range}`);
  return number;
}

function readOneOf<Value extends string>(env: Environment, variable: string, values: readonly Value[], fallback: Value): Value {
  const value = read(env, variable);
  if (value === undefined) return fallback;
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw new ConfigError('unknown-value', variable, `is "${value}". Give one of ${values.join(', ')}, or leave it out for ${fallback}.`);
}

/** This version takes messages from a simulator only; it must not pretend to check what it does not check. */
function refuseSignedMessages(env: Environment): void {
  const appId = read(env, 'MICROSOFT_APP_ID');
  if (appId === undefined) return;
  throw new ConfigError('not-supported', 'MICROSOFT_APP_ID', `is "${appId}", but this version cannot check the signed messages of a registered bot yet. Leave it out, and use the desk with the Microsoft 365 Agents Playground on this machine.`);
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function readHost(env: Environment): string {
  const host = (read(env, 'HOST') ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
  if (/[\s/:@]/.test(host) && !isIPv6(host)) {
    throw new ConfigError('not-a-host', 'HOST', `is "${host}". Give a host name or an IP address alone, without scheme or port, or leave it out for 127.0.0.1.`);
  }
  if (host === 'localhost' || LOOPBACK.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')) return host;
  throw new ConfigError('not-loopback', 'HOST', `is "${host}", which other machines may reach. Without MICROSOFT_APP_ID anybody who reaches the desk can speak as anybody, so it listens on this machine only: give 127.0.0.1, ::1 or localhost, or leave it out.`);
}

function readPublicUrl(env: Environment): string | undefined {
  const value = read(env, 'PUBLIC_URL');
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && !/[?#]/.test(value);
  if (plain) return url.href.replace(/\/+$/, '');
  throw new ConfigError('not-a-url', 'PUBLIC_URL', `is "${value}". Give an address that starts with http:// or https://, without password, "?" or "#", or leave it out for http://HOST:PORT.`);
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Two GUIDs and a slash each, in lower case, nobody twice. */
function readOperators(env: Environment): readonly PersonId[] {
  const entries = (read(env, 'OPERATORS') ?? '').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  const people = entries.map((entry) => {
    const [tenantId = '', aadObjectId = '', ...more] = entry.split('/');
    if (GUID.test(tenantId) && GUID.test(aadObjectId) && more.length === 0) return entry.toLowerCase() as PersonId;
    throw new ConfigError('not-a-person', 'OPERATORS', `has the entry "${entry}". Give each operator as tenantId/aadObjectId, two GUIDs, and put commas between them.`);
  });
  return [...new Set(people)];
}

const SHORTEST_LINK_KEY = 32;

/** The message does not quote the value: it is a secret, also when it is too short. */
function readLinkKey(env: Environment): string | undefined {
  const value = read(env, 'LINK_KEY');
  if (value === undefined || value.length >= SHORTEST_LINK_KEY) return value;
  throw new ConfigError('too-short', 'LINK_KEY', `has ${value.length} characters. Give at least ${SHORTEST_LINK_KEY} random ones, or leave it out: the desk then makes a key and keeps it in DATA_DIR.`);
}

/** Minute, hour, day of the month, month, day of the week: the lowest and the highest number of each. */
const SCHEDULE_FIELDS = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 7]] as const;

function readSchedule(env: Environment): string {
  const value = read(env, 'SWEEP_SCHEDULE') ?? '* * * * *';
  const fields = value.split(/\s+/);
  const sound = fields.length === SCHEDULE_FIELDS.length
    && SCHEDULE_FIELDS.every(([lowest, highest], place) => (fields[place] ?? '').split(',').every((part) => isScheduled(part, lowest, highest)));
  if (sound) return fields.join(' ');
  throw new ConfigError('not-a-schedule', 'SWEEP_SCHEDULE', `is "${value}". Give five cron fields, minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7, of numbers, "*", "a-b", "/n" and commas, or leave it out for "* * * * *".`);
}

/** One part of a cron field: a star, a number or a range that does not run backwards; a star or a range may have a step. */
function isScheduled(part: string, lowest: number, highest: number): boolean {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
  if (!match) return false;
  const from = Number(match[1] ?? lowest);
  const to = Number(match[2] ?? match[1] ?? highest);
  const step = Number(match[3] ?? 1);
  const stepped = match[3] !== undefined && match[1] !== undefined && match[2] === undefined;
  return lowest <= from && from <= to && to <= highest && step >= 1 && !stepped;
}
