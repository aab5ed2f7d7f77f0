/**
 * The settings of one desk: read once from the environment, checked, and handed on as data. `.env.example` explains
 * each.
 */
import { isIPv6 } from 'node:net';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { isGuid } from '../domain/claims/fields.ts';
import { POLICIES } from '../domain/claims/policy.ts';
import { POE_KINDS } from '../domain/claims/values.ts';
import type { PersonId, PoeKind } from '../domain/claims/values.ts';
import { LANGUAGES } from '../locales/say.ts';
import type { Language } from '../locales/say.ts';
import type { ClamdAddress } from '../shared/clamdAddress.ts';
import { parseClamdAddress } from '../shared/clamdAddress.ts';
import { isLoopbackHost } from '../shared/loopback.ts';
import type { SigningSeeds } from '../shared/signingKeyList.ts';
import { AZURE_SETTINGS, azureOf, checkAzure } from './azure.ts';
import type { AzureConfig } from './azure.ts';
import { BOT_SETTINGS, botOf, checkBot } from './bot.ts';
import type { BotConfig } from './bot.ts';
import { ConfigError, quoted } from './environment.ts';
import type { ConfigProblem, Environment } from './environment.ts';
import { nameInUse } from './oldNames.ts';
import { schedule } from './schedule.ts';
import {
  ALWAYS,
  between,
  key,
  keys,
  listOf,
  oneOf,
  problemOf,
  setting,
  signingKeys,
  text,
  url,
  wholeNumber,
  wordsOf,
} from './settings.ts';
import type { Given } from './settings.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  readonly host: string;
  readonly port: number;
  /** What the links to upload and download pages start with; no slash at its end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Where the heads of decisions are anchored on one machine (R55); absent: nowhere. */
  readonly anchorsFile?: string;
  /** Who may use the operator's commands (R4). */
  readonly operators: readonly PersonId[];
  /** The tenants of which staff may be; none: of any (R5). */
  readonly programmeTenants: readonly string[];
  /** Approving and assessing a claim are two people, and an operator is neither (R5). */
  readonly separateDuties: boolean;
  /** A JSON file of organisations and people, imported at start. Whether it is there shows when it is read. */
  readonly directoryFile?: string;
  readonly defaultLanguage: Language;
  /** The version of the policy that clocks start with from now on (R42). */
  readonly policy: string;
  /** What links are signed with; absent: the key kept in the data folder. */
  readonly linkKey?: string;
  readonly linkMinutes: number;
  /** For how many seconds browsers are told to come by https only, where the public address is https; 0: not at all. */
  readonly hstsSeconds: number;
  /** What authenticates histories (R55), the newest first; absent: the key kept in the data folder. */
  readonly historyKeys?: readonly [string, ...string[]];
  /** What exports are signed with (R55), the newest first; absent: the keys stored in the data folder. */
  readonly signingKeys?: SigningSeeds;
  /** Bytes of one file, files of one claim, the kinds of file that are taken (R9). */
  readonly poe: { readonly maxBytes: number; readonly maxFiles: number; readonly kinds: readonly PoeKind[] };
  /** For how long files are kept once they are of no use; what ends is removed by a command only. */
  readonly retention: { readonly removedDays: number; readonly discardedDays: number; readonly finalYears: number };
  readonly logLevel: LogLevel;
  /** When the sweep runs: five cron fields. */
  readonly sweepSchedule: string;
  /** How long one try to send a message to Teams may take, in milliseconds. */
  readonly sendTimeoutMs: number;
  /** How many messages a second this process sends into one tenant at most. */
  readonly sendsPerSecond: number;
  /** How many activities may be in flight at once; Teams is asked to retry those above. */
  readonly maxConcurrentActivities: number;
  /** What looks for viruses in files; absent: nothing does. */
  readonly scanner?: { readonly kind: 'defender' } | { readonly kind: 'clamd'; readonly address: ClamdAddress };
  /** How many files may come at once, and how many bytes they may have together. */
  readonly uploads: { readonly atOnce: number; readonly bytesAtOnce: number };
  /** How long a desk that is told to stop may take to end what it has begun, in milliseconds. */
  readonly drainMs: number;
  /**
   * The registered bot whose signed messages are taken; absent: every request from this machine is trusted.
   */
  readonly bot?: BotConfig;
  /** State and files on Azure; absent: in the data folder. */
  readonly azure?: AzureConfig;
  /** The bearer token with which the metrics can be read. */
  readonly metricsKey?: string;
  /** Where the metrics are sent besides. */
  readonly insights?: string;
}

/** Every setting by its variable, in the order of `.env.example`. */
const VARIABLES = {
  HOST: setting((value) => {
    const host = value.replace(/^\[(.*)\]$/, '$1');
    return /[\s\p{Cc}/:@]/u.test(host) && !isIPv6(host)
      ? {
          kind: 'not-a-host',
          sentence: `is ${quoted(host)}. Give a host name or an IP address alone, without scheme or port, or leave it out for 127.0.0.1.`,
        }
      : { value: host };
  }).default('127.0.0.1'),
  PORT: wholeNumber(3978, 1, 65_535),
  PUBLIC_URL: url('under which people reach the desk; without a bot it may be left out').optional(),
  ...BOT_SETTINGS,
  ...AZURE_SETTINGS,
  DATA_DIR: text().default('.data'),
  ANCHORS_FILE: text().optional(),
  OPERATORS: listOf(
    isPersonId,
    'not-a-person',
    'Give each operator as tenantId/aadObjectId, two GUIDs, and put commas between them.',
  ).optional(),
  PROGRAMME_TENANTS: listOf(
    isGuid,
    'not-a-guid',
    'Give each tenant by its id, a GUID, and put commas between them, or leave it out for staff of any tenant.',
  ).optional(),
  SEPARATE_DUTIES: oneOf(['on', 'off'], 'off').default('off'),
  DIRECTORY_FILE: text().optional(),
  DEFAULT_LANGUAGE: oneOf(LANGUAGES, 'en').default('en'),
  POLICY: oneOf(Object.keys(POLICIES), '2020').default('2020'),
  LINK_KEY: key(': the desk then makes a key and keeps it in DATA_DIR').optional(),
  LINK_MINUTES: wholeNumber(30, 1, 1_440),
  HSTS_SECONDS: wholeNumber(31_536_000, 0, 63_072_000),
  HISTORY_KEYS: keys(': the desk then makes a key and keeps it in DATA_DIR').optional(),
  SIGNING_KEYS: signingKeys(': the desk then makes a key and keeps it in DATA_DIR').optional(),
  POE_MAX_MIB: wholeNumber(25, 1, 250),
  // With a link each, more would not fit on a card.
  POE_MAX_FILES: wholeNumber(20, 1, 40),
  POE_KINDS: wordsOf(POE_KINDS, { jpg: 'jpeg' }).default(POE_KINDS),
  MALWARE_SCAN: oneOf(['none', 'clamd', 'defender'], 'none').default('none'),
  CLAMD_ADDRESS: setting((value) => {
    const address = parseClamdAddress(value);
    return address
      ? { value: address }
      : {
          kind: 'not-a-url',
          sentence:
            `is ${quoted(value)}. Give the path of clamd's socket, such as /run/clamav/clamd.ctl, ` +
            'or host:port, such as 127.0.0.1:3310.',
        };
  }).optional(),
  RETAIN_REMOVED_DAYS: wholeNumber(30, 1, 36_500),
  RETAIN_DISCARDED_DAYS: wholeNumber(30, 1, 36_500),
  RETAIN_FINAL_YEARS: wholeNumber(7, 1, 100),
  LOG_LEVEL: oneOf(LOG_LEVELS, 'info').default('info'),
  SWEEP_SCHEDULE: schedule('* * * * *'),
  SEND_TIMEOUT_MS: wholeNumber(10_000, 100, 45_000),
  SENDS_PER_SECOND: wholeNumber(30, 1, 50),
  MAX_CONCURRENT_ACTIVITIES: wholeNumber(200, 1, 10_000),
  MAX_CONCURRENT_UPLOADS: wholeNumber(32, 1, 1_000),
  MAX_CONCURRENT_UPLOADS_MIB: wholeNumber(256, 1, 65_536),
  DRAIN_SECONDS: wholeNumber(25, 1, 600),
  METRICS_KEY: key('').optional(),
  APPLICATIONINSIGHTS_CONNECTION_STRING: setting((value) =>
    /^(?:\w+=[^;]*;?)*$/.test(value) && /(?:^|;)InstrumentationKey=[\da-f-]{36}(?:;|$)/i.test(value)
      ? { value }
      : {
          kind: 'not-a-connection-string',
          // It carries a key, so it is not quoted.
          sentence:
            'is not a connection string. Copy it from the overview page of the Application Insights ' +
            'resource: it begins with InstrumentationKey=.',
        },
  ).optional(),
};

/** The settings with the rules between them. */
export const SETTINGS = z
  .object(VARIABLES)
  .superRefine(between(checkBot), ALWAYS)
  .superRefine(between(checkAzure), ALWAYS)
  .superRefine(between(checkAnchorsFile), ALWAYS)
  .superRefine(between(checkHost), ALWAYS)
  .superRefine(between(checkPublicUrl), ALWAYS)
  .superRefine(between(checkLinkKey), ALWAYS)
  .superRefine(between(checkOperators), ALWAYS)
  .superRefine(between(checkHistoryKeys), ALWAYS)
  .superRefine(between(checkSigningKeys), ALWAYS)
  .superRefine(between(checkUploads), ALWAYS)
  .superRefine(between(checkScanner), ALWAYS);

type Settings = z.output<z.ZodObject<typeof VARIABLES>>;

/** Reads every setting of the desk. Throws a {@link ConfigError} with all that are wrong. */
export function readConfig(env: Environment): Config {
  const result = SETTINGS.safeParse(givenIn(env));
  if (result.success) return configOf(result.data);
  throw new ConfigError(
    problemsOf(result.error).map((problem) => ({ ...problem, variable: nameInUse(env, problem.variable) })),
  );
}

/** What is set, without the spaces around it; an empty value counts as not set. */
function givenIn(env: Environment): Environment {
  const given = Object.keys(VARIABLES).map((variable) => [variable, env[nameInUse(env, variable)]?.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
}

/** In the order of the settings. */
function problemsOf({ issues }: z.ZodError): readonly ConfigProblem[] {
  const order = Object.keys(VARIABLES);
  return issues.map(problemOf).sort((one, other) => order.indexOf(one.variable) - order.indexOf(other.variable));
}

function configOf(settings: Settings): Config {
  const { HOST: host, PORT: port } = settings;
  const bot = botOf(settings);
  const azure = azureOf(settings);
  return {
    host,
    port,
    publicUrl: settings.PUBLIC_URL ?? `http://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    dataDir: settings.DATA_DIR,
    ...(settings.ANCHORS_FILE !== undefined && { anchorsFile: settings.ANCHORS_FILE }),
    operators: (settings.OPERATORS ?? []) as readonly PersonId[],
    programmeTenants: settings.PROGRAMME_TENANTS ?? [],
    separateDuties: settings.SEPARATE_DUTIES === 'on',
    ...(settings.DIRECTORY_FILE !== undefined && { directoryFile: settings.DIRECTORY_FILE }),
    defaultLanguage: settings.DEFAULT_LANGUAGE,
    policy: settings.POLICY,
    ...(settings.LINK_KEY !== undefined && { linkKey: settings.LINK_KEY }),
    linkMinutes: settings.LINK_MINUTES,
    hstsSeconds: settings.HSTS_SECONDS,
    ...(settings.HISTORY_KEYS !== undefined && { historyKeys: settings.HISTORY_KEYS }),
    ...(settings.SIGNING_KEYS !== undefined && { signingKeys: settings.SIGNING_KEYS }),
    poe: {
      maxBytes: settings.POE_MAX_MIB * 1_024 * 1_024,
      maxFiles: settings.POE_MAX_FILES,
      kinds: settings.POE_KINDS,
    },
    retention: {
      removedDays: settings.RETAIN_REMOVED_DAYS,
      discardedDays: settings.RETAIN_DISCARDED_DAYS,
      finalYears: settings.RETAIN_FINAL_YEARS,
    },
    logLevel: settings.LOG_LEVEL,
    sweepSchedule: settings.SWEEP_SCHEDULE,
    sendTimeoutMs: settings.SEND_TIMEOUT_MS,
    sendsPerSecond: settings.SENDS_PER_SECOND,
    maxConcurrentActivities: settings.MAX_CONCURRENT_ACTIVITIES,
    ...scannerOf(settings),
    uploads: {
      atOnce: settings.MAX_CONCURRENT_UPLOADS,
      bytesAtOnce: settings.MAX_CONCURRENT_UPLOADS_MIB * 1_024 * 1_024,
    },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    ...(bot && { bot }),
    ...(azure && { azure }),
    ...(settings.METRICS_KEY !== undefined && { metricsKey: settings.METRICS_KEY }),
    ...(settings.APPLICATIONINSIGHTS_CONNECTION_STRING !== undefined && {
      insights: settings.APPLICATIONINSIGHTS_CONNECTION_STRING,
    }),
  };
}

function scannerOf({ MALWARE_SCAN: kind, CLAMD_ADDRESS: address }: Settings): Pick<Config, 'scanner'> {
  if (kind === 'defender') return { scanner: { kind } };
  return kind === 'clamd' && address !== undefined ? { scanner: { kind, address } } : {};
}

/** Two GUIDs and a slash, in lower case. */
function isPersonId(entry: string): boolean {
  const [tenantId = '', aadObjectId = '', ...more] = entry.split('/');
  return isGuid(tenantId) && isGuid(aadObjectId) && more.length === 0;
}

/** What is restored together with the claims cannot say what they have lost. */
function checkAnchorsFile(given: Given<Settings>): void {
  const file = given.value('ANCHORS_FILE');
  const folder = given.value('DATA_DIR');
  if (file === undefined || folder === undefined) return;
  const inside = relative(resolve(folder), resolve(file));
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return;
  given.refuse(
    'ANCHORS_FILE',
    'not-outside',
    `is ${quoted(file)}, inside DATA_DIR. Name a file elsewhere, best on another disk: anchors that are lost or ` +
      'restored together with the claims cannot show what is missing.',
  );
}

/** A desk that checks no signatures listens on this machine only. */
function checkHost(given: Given<Settings>): void {
  const host = given.value('HOST');
  // Where the id was forgotten, that is said already, and HOST is right once it is given.
  const isOpen = !given.has('MICROSOFT_APP_ID') && given.isSound('MICROSOFT_APP_ID');
  if (!isOpen || host === undefined || isLoopbackHost(host)) return;
  given.refuse(
    'HOST',
    'not-loopback',
    `is ${quoted(host)}, which other machines may reach. ` +
      'Without MICROSOFT_APP_ID anyone who reaches the desk can speak as anyone, so it listens on this ' +
      'machine only: give 127.0.0.1, ::1 or localhost, or leave it out.',
  );
}

/** People open the links in browsers anywhere: with a registered bot they are of https, and given. */
function checkPublicUrl(given: Given<Settings>): void {
  if (!given.has('MICROSOFT_APP_ID')) return;
  const address = given.value('PUBLIC_URL');
  if (!given.has('PUBLIC_URL'))
    given.refuse(
      'PUBLIC_URL',
      'missing',
      'is not set. Give the https:// address under which people reach the desk: the links to upload and download pages start with it.',
    );
  else if (address?.startsWith('https:') === false)
    given.refuse(
      'PUBLIC_URL',
      'not-a-url',
      `is ${quoted(address)}. Give an https:// address: documents of customers do not travel in the clear.`,
    );
}

function checkLinkKey(given: Given<Settings>): void {
  const isOnAzure = given.has('COSMOS_ENDPOINT') || given.has('BLOB_ENDPOINT');
  if (!isOnAzure || given.has('LINK_KEY')) return;
  given.refuse(
    'LINK_KEY',
    'missing',
    "is not set. Give every instance the same 32 or more random characters: a key of each instance's own " +
      'would make the links of the others useless.',
  );
}

/** Operators are staff: of the programme's tenants where these are named (R5). */
function checkOperators(given: Given<Settings>): void {
  const tenants = given.value('PROGRAMME_TENANTS') ?? [];
  const outside = (given.value('OPERATORS') ?? []).find((id) => !tenants.includes(id.split('/')[0] ?? ''));
  if (tenants.length === 0 || outside === undefined) return;
  given.refuse(
    'OPERATORS',
    'unknown-value',
    `has the entry ${quoted(outside)}, whose tenant is none of PROGRAMME_TENANTS. ` +
      'Name that tenant there too, or take the operator out.',
  );
}

function checkHistoryKeys(given: Given<Settings>): void {
  const isOnAzure = given.has('COSMOS_ENDPOINT') || given.has('BLOB_ENDPOINT');
  if (!isOnAzure || given.has('HISTORY_KEYS')) return;
  given.refuse(
    'HISTORY_KEYS',
    'missing',
    "is not set. Give every instance the same 32 or more random characters: by a key of each instance's own " +
      'the histories that the others wrote could not be told from altered ones.',
  );
}

function checkSigningKeys(given: Given<Settings>): void {
  const isOnAzure = given.has('COSMOS_ENDPOINT') || given.has('BLOB_ENDPOINT');
  if (!isOnAzure || given.has('SIGNING_KEYS')) return;
  given.refuse(
    'SIGNING_KEYS',
    'missing',
    "is not set. Give every instance the same: exports that are signed with a key of each instance's own could not be checked.",
  );
}

/** The largest file has to fit in. */
function checkUploads(given: Given<Settings>): void {
  const together = given.value('MAX_CONCURRENT_UPLOADS_MIB');
  const largest = given.value('POE_MAX_MIB');
  if (together === undefined || largest === undefined || together >= largest) return;
  given.refuse(
    'MAX_CONCURRENT_UPLOADS_MIB',
    'out-of-range',
    `is ${quoted(String(together))}, less than one file may have. Give at least ${largest}, which is POE_MAX_MIB.`,
  );
}

/** Where files are to be scanned, there is something that scans them: never half. */
function checkScanner(given: Given<Settings>): void {
  const kind = given.value('MALWARE_SCAN');
  if (kind === 'clamd' && !given.has('CLAMD_ADDRESS') && given.isSound('CLAMD_ADDRESS'))
    given.refuse(
      'CLAMD_ADDRESS',
      'missing',
      'is not set, but MALWARE_SCAN is clamd. Give the path of its socket, or host:port.',
    );
  if (kind !== undefined && kind !== 'clamd' && given.has('CLAMD_ADDRESS'))
    given.refuse(
      'MALWARE_SCAN',
      'unknown-value',
      `is ${quoted(kind)}, but CLAMD_ADDRESS is set. Give clamd, or leave CLAMD_ADDRESS out.`,
    );
  if (kind === 'defender' && !given.has('BLOB_ENDPOINT'))
    given.refuse(
      'MALWARE_SCAN',
      'unknown-value',
      'is "defender", which scans files in Blob Storage alone. Set BLOB_ENDPOINT too, or give clamd or none.',
    );
}
