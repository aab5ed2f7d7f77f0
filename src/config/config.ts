/** The settings of one desk: read once from the environment, checked, and handed on as data. `.env.example` explains each. */
import { BlockList, isIPv6 } from 'node:net';
import { readAzure } from './azure.ts';
import type { AzureConfig } from './azure.ts';
import { readBot } from './bot.ts';
import type { BotConfig } from './bot.ts';
import type { PersonId } from '../domain/claims/values.ts';
import { POLICIES } from '../domain/claims/policy.ts';
import { ConfigError, isGuid, read, readList, readNumber, readOneOf, readUrl } from './environment.ts';
import type { Environment } from './environment.ts';
import { LANGUAGES } from '../locales/say.ts';
import type { Language } from '../locales/say.ts';

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
  /** How long one try to send a message to Teams may take, in milliseconds. */
  readonly sendTimeoutMs: number;
  /** How many messages a second this process sends into one tenant at most. */
  readonly sendsPerSecond: number;
  /** How many activities may be in hand at once; what comes above is asked to come again. */
  readonly mostTurns: number;
  /** How long a desk that is told to stop may take to end what it has begun, in milliseconds. */
  readonly drainMs: number;
  /** The registered bot whose signed messages are taken; absent: whoever reaches the port on this machine is believed. */
  readonly bot?: BotConfig;
  /** State and files on Azure; absent: in the data folder. */
  readonly azure?: AzureConfig;
  /** What whoever asks for the metrics has to show. */
  readonly metricsKey?: string;
  /** Where the metrics are sent besides. */
  readonly insights?: string;
}

/** Reads every setting of the desk. Throws a {@link ConfigError} for the first that is wrong. */
export function readConfig(env: Environment): Config {
  const bot = readBot(env);
  const azure = readAzure(env);
  const host = readHost(env, bot);
  const port = readNumber(env, 'PORT', 3978, 1, 65_535);
  const directoryFile = read(env, 'DIRECTORY_FILE');
  const linkKey = readLinkKey(env, azure);
  const metricsKey = readMetricsKey(env);
  const insights = readInsights(env);
  return {
    host,
    port,
    publicUrl: readPublicUrl(env, bot) ?? `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
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
    sendsPerSecond: readNumber(env, 'SENDS_PER_SECOND', 30, 1, 50),
    mostTurns: readNumber(env, 'MOST_TURNS', 200, 1, 10_000),
    drainMs: readNumber(env, 'DRAIN_SECONDS', 25, 1, 600) * 1_000,
    ...(bot && { bot }),
    ...(azure && { azure }),
    ...(metricsKey !== undefined && { metricsKey }),
    ...(insights !== undefined && { insights }),
  };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function readHost(env: Environment, bot: BotConfig | undefined): string {
  const host = (read(env, 'HOST') ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
  if (/[\s\p{Cc}/:@]/u.test(host) && !isIPv6(host)) {
    throw new ConfigError(
      'not-a-host',
      'HOST',
      `is "${host}". Give a host name or an IP address alone, without scheme or port, or leave it out for 127.0.0.1.`,
    );
  }
  if (bot !== undefined || host === 'localhost' || LOOPBACK.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')) return host;
  throw new ConfigError(
    'not-loopback',
    'HOST',
    `is "${host}", which other machines may reach. Without MICROSOFT_APP_ID anybody who reaches the desk can speak as anybody, so it listens on this machine only: give 127.0.0.1, ::1 or localhost, or leave it out.`,
  );
}

/** People open the links in browsers anywhere: with a registered bot they are of https, and given. */
function readPublicUrl(env: Environment, bot: BotConfig | undefined): string | undefined {
  const url = readUrl(
    env,
    'PUBLIC_URL',
    bot ? 'under which people reach the desk' : 'or leave it out for http://HOST:PORT',
  );
  if (bot && url === undefined)
    throw new ConfigError(
      'missing',
      'PUBLIC_URL',
      'is not set. Give the https:// address under which people reach the desk: the links to upload and download pages start with it.',
    );
  if (bot && url?.protocol !== 'https:')
    throw new ConfigError(
      'not-a-url',
      'PUBLIC_URL',
      `is "${url?.href ?? ''}". Give an https:// address: documents of customers do not travel in the clear.`,
    );
  return url?.href.replace(/\/+$/, '');
}

/** Two GUIDs and a slash each, in lower case, nobody twice. */
function readOperators(env: Environment): readonly PersonId[] {
  const people = readList(env, 'OPERATORS').map((entry) => {
    const [tenantId = '', aadObjectId = '', ...more] = entry.split('/');
    if (isGuid(tenantId) && isGuid(aadObjectId) && more.length === 0) return entry.toLowerCase() as PersonId;
    throw new ConfigError(
      'not-a-person',
      'OPERATORS',
      `has the entry "${entry}". Give each operator as tenantId/aadObjectId, two GUIDs, and put commas between them.`,
    );
  });
  return [...new Set(people)];
}

const SHORTEST_KEY = 32;

/** The message does not quote the value: it is a secret, also when it is too short. */
function readLinkKey(env: Environment, azure: AzureConfig | undefined): string | undefined {
  const value = read(env, 'LINK_KEY');
  if (value === undefined && azure)
    throw new ConfigError(
      'missing',
      'LINK_KEY',
      `is not set. Give every instance the same ${SHORTEST_KEY} or more random characters: a key of each instance's own would make the links of the others useless.`,
    );
  if (value === undefined || value.length >= SHORTEST_KEY) return value;
  throw new ConfigError(
    'too-short',
    'LINK_KEY',
    `has ${value.length} characters. Give at least ${SHORTEST_KEY} random ones, or leave it out: the desk then makes a key and keeps it in DATA_DIR.`,
  );
}

function readMetricsKey(env: Environment): string | undefined {
  const value = read(env, 'METRICS_KEY');
  if (value === undefined || value.length >= SHORTEST_KEY) return value;
  throw new ConfigError(
    'too-short',
    'METRICS_KEY',
    `has ${value.length} characters. Give at least ${SHORTEST_KEY} random ones, or leave it out.`,
  );
}

/** It carries a key, so it is not quoted. */
function readInsights(env: Environment): string | undefined {
  const value = read(env, 'APPLICATIONINSIGHTS_CONNECTION_STRING');
  if (
    value === undefined ||
    (/^(?:\w+=[^;]*;?)*$/.test(value) && /(?:^|;)InstrumentationKey=[\da-f-]{36}(?:;|$)/i.test(value))
  )
    return value;
  throw new ConfigError(
    'unknown-value',
    'APPLICATIONINSIGHTS_CONNECTION_STRING',
    'is not a connection string. Copy it from the overview page of the Application Insights resource: it begins with InstrumentationKey=.',
  );
}

/** Minute, hour, day of the month, month, day of the week: the lowest and the highest number of each. */
const SCHEDULE_FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function readSchedule(env: Environment): string {
  const value = read(env, 'SWEEP_SCHEDULE') ?? '* * * * *';
  const fields = value.split(/\s+/);
  const sound =
    fields.length === SCHEDULE_FIELDS.length &&
    SCHEDULE_FIELDS.every(([lowest, highest], place) =>
      (fields[place] ?? '').split(',').every((part) => isScheduled(part, lowest, highest)),
    );
  if (sound) return fields.join(' ');
  throw new ConfigError(
    'not-a-schedule',
    'SWEEP_SCHEDULE',
    `is "${value}". Give five cron fields, minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7, of numbers, "*", "a-b", "/n" and commas, or leave it out for "* * * * *".`,
  );
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
