/** The environment: settings are read, or refused in a sentence that names the variable and contains no secret. */
import { readConfig } from '../../../src/config/config.ts';
import type { Config } from '../../../src/config/config.ts';
import { ConfigError } from '../../../src/config/environment.ts';
import type { Environment } from '../../../src/config/environment.ts';
import type { Chance } from '../../support/random.ts';
import { hostileText } from '../hostile.ts';
import { isRecord } from '../json.ts';
import { unpolluted } from '../pollution.ts';
import { alone, promise } from '../target.ts';
import type { Taken, Target } from '../target.ts';

export const environment: Target = { name: 'environment', share: 3, act: 1, open: async () => alone(make, take) };

const GUID = '6f1c2a00-0000-4000-8000-00000000000a';
const GUIDS = [
  GUID,
  GUID.toUpperCase(),
  `${GUID},6f1c2a00-0000-4000-8000-00000000000b`,
  `{${GUID}}`,
  `${GUID} `,
] as const;
const URLS = [
  'https://desk.example',
  'https://desk.example/x/',
  'http://127.0.0.1:8081',
  'https://a:b@desk.example',
  'https://desk.example?x',
  'ftp://x',
  'HTTPS://DESK',
  'http://[::1]:1/',
  'https://',
] as const;
const KEYS = ['secret-'.repeat(6), 'short-secret', 's'.repeat(32)] as const;
const numbers = (...more: readonly string[]): readonly string[] => [
  '1',
  '25',
  '30',
  '60',
  '3978',
  '0',
  '-1',
  '1e3',
  '65536',
  '99999999999999999999',
  '+5',
  '1.5',
  ' 7 ',
  '0x10',
  '١٢',
  ...more,
];
/** What each variable may be set to; the first few are good. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  HOST: [
    '127.0.0.1',
    '::1',
    'localhost',
    '[::1]',
    '0.0.0.0',
    '127.1',
    '::ffff:127.0.0.1',
    'a:b',
    '127.0.0.1:80',
    'LOCALHOST',
  ],
  PORT: numbers(),
  PUBLIC_URL: URLS,
  DATA_DIR: ['.data', '/', '..'],
  OPERATORS: [`${GUID}/${GUID}`, `${GUID}/${GUID},`, GUID, `${GUID}/${GUID}/x`, ','],
  DIRECTORY_FILE: ['people.json'],
  DEFAULT_LANGUAGE: ['en', 'ru', 'tr', 'de', 'EN', '__proto__'],
  POLICY: ['2020', '2021', '__proto__', 'constructor', 'toString'],
  LINK_KEY: KEYS,
  HISTORY_KEYS: [...KEYS, ','],
  SIGNING_KEYS: [...KEYS, `${'A'.repeat(43)}=@2026-01-31`, `${'A'.repeat(43)}=@2026-13-41`, ',@,'],
  LINK_MINUTES: numbers(),
  POE_MAX_MIB: numbers('250', '251'),
  POE_MAX_FILES: numbers('40'),
  LOG_LEVEL: ['info', 'silent', 'x', 'valueOf'],
  SWEEP_SCHEDULE: [
    '* * * * *',
    '*/5 8-18 * 1,7 1-5',
    '60 * * * *',
    '* * * *',
    '*/0 * * * *',
    '5-1 * * * *',
    '@hourly',
    '1/2 * * * *',
    '* * * * * *',
    `${'1,'.repeat(3_000)}1 * * * *`,
  ],
  SEND_TIMEOUT_MS: numbers('100', '45000'),
  SENDS_PER_SECOND: numbers(),
  MAX_CONCURRENT_ACTIVITIES: numbers(),
  MALWARE_SCAN: ['none', 'clamd', 'defender', 'x'],
  CLAMD_ADDRESS: ['/run/clamd.ctl', 'unix:/x', '127.0.0.1:3310', '[::1]:3310', ':3310', 'x', '/'],
  MAX_CONCURRENT_UPLOADS: numbers(),
  MAX_CONCURRENT_UPLOADS_MIB: numbers(),
  DRAIN_SECONDS: numbers(),
  METRICS_KEY: KEYS,
  APPLICATIONINSIGHTS_CONNECTION_STRING: [
    `InstrumentationKey=${GUID};IngestionEndpoint=https://x/`,
    'InstrumentationKey=x',
    ';;;',
    `A=${'b;'.repeat(5_000)}`,
    `${'a='.repeat(20_000)}!`,
    `${'a'.repeat(30_000)}`,
  ],
  MICROSOFT_APP_ID: GUIDS,
  MICROSOFT_APP_TYPE: ['SingleTenant', 'MultiTenant', 'UserAssignedMSI', 'x'],
  MICROSOFT_APP_TENANT_ID: GUIDS,
  MICROSOFT_APP_PASSWORD: KEYS,
  ALLOWED_TENANTS: GUIDS,
  CLOUD: ['public', 'usGovernment', 'China'],
  COSMOS_ENDPOINT: URLS,
  COSMOS_KEY: KEYS,
  COSMOS_DATABASE: ['claims', 'a b', 'x'.repeat(201)],
  COSMOS_CONTAINER: ['desk', '/'],
  COSMOS_PARTITIONS: numbers('16', '256'),
  BLOB_ENDPOINT: URLS,
  BLOB_KEY: KEYS,
  BLOB_CONTAINER: ['desk-files', 'x', 'A', 'a--b', 'desk-assessments'],
  BLOB_ASSESSMENTS: ['desk-assessments', 'desk-files'],
  AZURE_CLIENT_ID: GUIDS,
};
const SECRETS = [
  'LINK_KEY',
  'HISTORY_KEYS',
  'SIGNING_KEYS',
  'METRICS_KEY',
  'MICROSOFT_APP_PASSWORD',
  'COSMOS_KEY',
  'BLOB_KEY',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
] as const;
/** Settings that go together, so that many get past the first check. */
const TOGETHER: readonly (readonly string[])[] = [
  [],
  [],
  ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID', 'PUBLIC_URL'],
  [
    'MICROSOFT_APP_ID',
    'MICROSOFT_APP_TYPE',
    'MICROSOFT_APP_PASSWORD',
    'ALLOWED_TENANTS',
    'MICROSOFT_APP_TENANT_ID',
    'PUBLIC_URL',
  ],
  ['COSMOS_ENDPOINT', 'BLOB_ENDPOINT', 'LINK_KEY', 'HISTORY_KEYS', 'SIGNING_KEYS'],
];

function make(chance: Chance): Environment {
  const variables = new Set(chance.pick(TOGETHER));
  for (let more = chance.below(6); more > 0; more -= 1) variables.add(chance.pick(Object.keys(VALUES)));
  return Object.fromEntries([...variables].map((variable) => [variable, valueMade(chance, variable)]));
}

function valueMade(chance: Chance, variable: string): string {
  const values = VALUES[variable] ?? [''];
  switch (chance.weighed({ first: 62, any: 25, hostile: 8, both: 5 })) {
    case 'any':
      return chance.pick(values);
    case 'hostile':
      return hostileText(chance);
    case 'both':
      return `${values[0] ?? ''}${hostileText(chance)}`;
    default:
      return values[0] ?? '';
  }
}

function take(env: Environment): Taken {
  const told = Object.fromEntries(
    Object.entries(isRecord(env) ? env : {}).map(([name, value]) => [name, String(value)]),
  );
  try {
    holds(readConfig(told));
    unpolluted();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) {
      const { message } = new ConfigError([problem]);
      promise(
        Object.hasOwn(VALUES, problem.variable) && error.message.includes(message),
        'a setting is refused without its name',
        error.message,
      );
      promise(
        /\. (?:\S.*)$|: .+\.$/s.test(message) && message.endsWith('.'),
        'a setting is refused without a word on how to mend it',
        message,
      );
    }
    promise(
      error.message.split('\n').length === (error.problems.length === 1 ? 1 : error.problems.length + 1),
      'a problem of a setting is not on a line of its own',
      error.message,
    );
    for (const secret of secretsIn(told))
      promise(!error.message.includes(secret), 'a secret is told in a sentence', error.message);
    return 'refused';
  }
}

/** The values of secrets, without those that are the value of another setting too, or are as short as a word. */
function secretsIn(env: Readonly<Record<string, string>>): readonly string[] {
  const others = Object.entries(env)
    .filter(([name]) => !SECRETS.some((secret) => secret === name))
    .map(([, value]) => value)
    .join('\n');
  return SECRETS.map((secret) => (env[secret] ?? '').trim()).filter(
    (value) => value.length >= 10 && !others.includes(value),
  );
}

function holds({ port, publicUrl, linkMinutes, poe, drainMs, bot, azure, linkKey, host, operators }: Config): void {
  for (const number of [port, linkMinutes, poe.maxBytes, poe.maxFiles, drainMs])
    promise(Number.isSafeInteger(number) && number > 0, 'a setting is no number that counts', number);
  promise(URL.canParse(publicUrl) && !publicUrl.endsWith('/'), 'the public address is none', publicUrl);
  promise(linkKey === undefined || linkKey.length >= 32, 'a key is too short');
  promise(
    operators.every((one) => /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(one)),
    'an operator is none',
    operators,
  );
  if (bot) promise(bot.tenants.length > 0 && publicUrl.startsWith('https:'), 'a bot is open to everyone', bot.tenants);
  else
    promise(
      host === 'localhost' ||
        host === '::1' ||
        host.startsWith('127.') ||
        /^::ffff:(?:127\.|7f)/i.test(host) ||
        /^[0:]+1$/.test(host),
      'a desk that believes everyone listens to other machines',
      host,
    );
  if (azure)
    promise(
      linkKey !== undefined && azure.blob.container !== azure.blob.assessments,
      'a desk on Azure has no key, or one container for two things',
    );
}
