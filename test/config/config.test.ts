import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { validate } from 'node-cron';
import { readConfig, SETTINGS } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/environment.ts';
import type { ConfigProblemKind, Environment } from '../../src/config/environment.ts';
import { oldNamesIn } from '../../src/config/oldNames.ts';

const EXAMPLE = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const TENANT = '6f1c2a00-0000-4000-8000-00000000000a';
const PERSON = '6f1c2a00-0000-4000-8000-00000000000b';
const APP = '6f1c2a00-0000-4000-8000-00000000000c';
const INSIGHTS = `InstrumentationKey=${APP};IngestionEndpoint=https://westeurope.in.applicationinsights.azure.com/`;

function refusalOf(env: Environment): ConfigError {
  try {
    readConfig(env);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault;
    throw fault;
  }
  throw new Error('The configuration was taken.');
}

/** What is said of each variable that is wrong, by its name. */
function problemsIn(env: Environment): Readonly<Record<string, ConfigProblemKind>> {
  const { problems } = refusalOf(env);
  expect(new Set(problems.map(({ variable }) => variable))).to.have.lengthOf(problems.length);
  return Object.fromEntries(problems.map(({ variable, kind }) => [variable, kind]));
}

/** The one problem of a variable, as it is said. */
function problemOf(env: Environment, variable: string): { readonly kind: ConfigProblemKind; readonly message: string } {
  const [problem, ...more] = refusalOf(env).problems.filter((one) => one.variable === variable);
  expect(more).to.deep.equal([]);
  if (!problem) throw new Error(`${variable} was taken.`);
  const { message } = new ConfigError([problem]);
  expect(refusalOf(env).message).to.include(message);
  return { kind: problem.kind, message };
}

const SEED = Buffer.from('seed'.repeat(8)).toString('base64');

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).to.deep.equal({
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'http://127.0.0.1:3978',
      dataDir: '.data',
      operators: [],
      programmeTenants: [],
      separateDuties: false,
      defaultLanguage: 'en',
      policy: '2020',
      linkMinutes: 30,
      hstsSeconds: 31_536_000,
      poe: { maxBytes: 26_214_400, maxFiles: 20, kinds: ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpeg'] },
      retention: { removedDays: 30, discardedDays: 30, finalYears: 7 },
      logLevel: 'info',
      sweepSchedule: '* * * * *',
      sendTimeoutMs: 10_000,
      sendsPerSecond: 30,
      maxConcurrentActivities: 200,
      uploads: { atOnce: 32, bytesAtOnce: 256 * 1_024 * 1_024 },
      drainMs: 25_000,
    });
  });

  it('takes every setting', () => {
    const linkKey = 'k'.repeat(32);
    expect(
      readConfig({
        HOST: '::1',
        PORT: '8080',
        PUBLIC_URL: 'https://desk.example/claims/',
        DATA_DIR: 'kept',
        ANCHORS_FILE: 'kept-anchors.jsonl',
        DIRECTORY_FILE: 'people.json',
        OPERATORS: `${TENANT}/${PERSON}`,
        PROGRAMME_TENANTS: TENANT.toUpperCase(),
        SEPARATE_DUTIES: 'on',
        DEFAULT_LANGUAGE: 'tr',
        POLICY: '2020',
        LINK_KEY: linkKey,
        HISTORY_KEYS: `${'h'.repeat(32)}, ${'i'.repeat(32)},`,
        SIGNING_KEYS: `${SEED}@2026-06-01T08:00Z, ${SEED}@2026-01-31,`,
        LINK_MINUTES: '1440',
        HSTS_SECONDS: '300',
        POE_MAX_MIB: '1',
        POE_MAX_FILES: '40',
        POE_KINDS: ' JPG, .pdf,jpeg',
        RETAIN_REMOVED_DAYS: '1',
        RETAIN_DISCARDED_DAYS: '365',
        RETAIN_FINAL_YEARS: '10',
        LOG_LEVEL: 'silent',
        SWEEP_SCHEDULE: '*/5  8-18 * 1,7 1-5',
        SEND_TIMEOUT_MS: '100',
        SENDS_PER_SECOND: '5',
        MAX_CONCURRENT_ACTIVITIES: '10',
        MAX_CONCURRENT_UPLOADS: '5',
        MAX_CONCURRENT_UPLOADS_MIB: '250',
        DRAIN_SECONDS: '60',
        METRICS_KEY: 'm'.repeat(32),
        APPLICATIONINSIGHTS_CONNECTION_STRING: INSIGHTS,
      }),
    ).to.deep.equal({
      host: '::1',
      port: 8080,
      publicUrl: 'https://desk.example/claims',
      dataDir: 'kept',
      anchorsFile: 'kept-anchors.jsonl',
      directoryFile: 'people.json',
      operators: [`${TENANT}/${PERSON}`],
      programmeTenants: [TENANT],
      separateDuties: true,
      defaultLanguage: 'tr',
      policy: '2020',
      linkKey,
      historyKeys: ['h'.repeat(32), 'i'.repeat(32)],
      signingKeys: [
        { seed: SEED, from: Date.UTC(2026, 5, 1, 8) },
        { seed: SEED, from: Date.UTC(2026, 0, 31) },
      ],
      linkMinutes: 1440,
      hstsSeconds: 300,
      poe: { maxBytes: 1_048_576, maxFiles: 40, kinds: ['pdf', 'jpeg'] },
      retention: { removedDays: 1, discardedDays: 365, finalYears: 10 },
      logLevel: 'silent',
      sweepSchedule: '*/5 8-18 * 1,7 1-5',
      sendTimeoutMs: 100,
      sendsPerSecond: 5,
      maxConcurrentActivities: 10,
      uploads: { atOnce: 5, bytesAtOnce: 250 * 1_024 * 1_024 },
      drainMs: 60_000,
      metricsKey: 'm'.repeat(32),
      insights: INSIGHTS,
    });
  });

  it('takes an empty setting as one that is left out', () => {
    const empty = Object.fromEntries(Object.keys(parseEnv(EXAMPLE)).map((variable) => [variable, '  ']));
    expect(readConfig(empty)).to.deep.equal(readConfig({}));
  });

  it('links to the address it listens on, an IPv6 address in brackets', () => {
    expect(readConfig({ HOST: 'localhost', PORT: '80' }).publicUrl).to.equal('http://localhost:80');
    expect(readConfig({ HOST: '[::1]' })).to.include({ host: '::1', publicUrl: 'http://[::1]:3978' });
  });

  it('knows an operator by lower-case ids, and once', () => {
    const operators = ` ${TENANT}/${PERSON}, ${TENANT.toUpperCase()}/${PERSON.toUpperCase()} ,`;
    expect(readConfig({ OPERATORS: operators }).operators).to.deep.equal([`${TENANT}/${PERSON}`]);
  });

  it('refuses an operator of a tenant that is none of the programme', () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const env = { OPERATORS: `${TENANT}/${PERSON}`, PROGRAMME_TENANTS: other };
    expect(refusalOf(env).problems).to.have.length(1);
    expect(refusalOf(env).message).to.include('OPERATORS').and.include('none of PROGRAMME_TENANTS');
    expect(readConfig({ ...env, PROGRAMME_TENANTS: `${other}, ${TENANT}` }).programmeTenants).to.have.length(2);
  });

  const refused: readonly (readonly [variable: string, value: string, code: ConfigProblemKind, says: string])[] = [
    ['PORT', 'http', 'not-a-number', 'from 1 to 65535'],
    ['PORT', '3978.5', 'not-a-number', 'from 1 to 65535'],
    ['PORT', '0', 'out-of-range', 'from 1 to 65535'],
    ['PORT', '65536', 'out-of-range', 'from 1 to 65535'],
    ['HOST', 'http://127.0.0.1', 'not-a-host', 'without scheme or port'],
    ['HOST', '127.0.0.1:3978', 'not-a-host', 'without scheme or port'],
    ['HOST', '0.0.0.0', 'not-loopback', 'anyone who reaches the desk can speak as anyone'],
    ['HOST', '::', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['HOST', '127.0.0.1.example', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['HOST', 'desk.example', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['MICROSOFT_APP_ID', 'my bot', 'not-a-guid', 'application (client) id'],
    ['MICROSOFT_APP_TYPE', 'Multitenant', 'unknown-value', 'SingleTenant, UserAssignedMSI, MultiTenant'],
    ['MICROSOFT_APP_TENANT_ID', 'contoso.com', 'not-a-guid', 'tenant'],
    ['ALLOWED_TENANTS', '*', 'not-a-guid', 'GUIDs, with commas between them'],
    ['PROGRAMME_TENANTS', 'contoso.com', 'not-a-guid', 'put commas between them'],
    ['SEPARATE_DUTIES', 'yes', 'unknown-value', 'on, off'],
    ['CLOUD', 'china', 'unknown-value', 'public, usGovernment'],
    ['AZURE_CLIENT_ID', 'me', 'not-a-guid', 'managed identity'],
    ['COSMOS_ENDPOINT', 'account', 'not-a-url', 'to keep everything on this machine'],
    ['COSMOS_ENDPOINT', 'http://account.documents.azure.com/', 'not-a-url', 'https://'],
    ['COSMOS_DATABASE', 'a/b', 'not-a-name', 'without spaces, /'],
    ['COSMOS_CONTAINER', 'a?b', 'not-a-name', 'without spaces, /'],
    ['COSMOS_PARTITIONS', '0', 'out-of-range', 'from 1 to 256'],
    ['BLOB_ENDPOINT', 'http://10.0.0.1/', 'not-a-url', 'https://'],
    ['BLOB_CONTAINER', 'Desk', 'not-a-name', 'small letters'],
    ['BLOB_ASSESSMENTS', 'desk-files', 'not-a-name', 'a container of its own'],
    ['BLOB_ANCHORS', 'desk-files', 'not-a-name', 'as BLOB_CONTAINER is'],
    ['BLOB_ANCHORS', 'desk-assessments', 'not-a-name', 'as BLOB_ASSESSMENTS is'],
    ['ANCHORS_FILE', '.data/anchors.jsonl', 'not-outside', 'inside DATA_DIR'],
    ['ANCHORS_FILE', './.data/../.data/..anchors', 'not-outside', 'inside DATA_DIR'],
    ['RETAIN_REMOVED_DAYS', '0', 'out-of-range', 'from 1 to 36500'],
    ['RETAIN_DISCARDED_DAYS', 'never', 'not-a-number', 'from 1 to 36500'],
    ['RETAIN_FINAL_YEARS', '101', 'out-of-range', 'from 1 to 100'],
    ['SENDS_PER_SECOND', '51', 'out-of-range', 'from 1 to 50'],
    ['MAX_CONCURRENT_ACTIVITIES', '0', 'out-of-range', 'from 1 to 10000'],
    ['MALWARE_SCAN', 'clam', 'unknown-value', 'none, clamd, defender'],
    ['MALWARE_SCAN', 'defender', 'unknown-value', 'BLOB_ENDPOINT'],
    ['CLAMD_ADDRESS', 'clamd', 'not-a-url', '127.0.0.1:3310'],
    ['CLAMD_ADDRESS', 'clamd:0', 'not-a-url', 'host:port'],
    ['MAX_CONCURRENT_UPLOADS', '0', 'out-of-range', 'from 1 to 1000'],
    ['MAX_CONCURRENT_UPLOADS_MIB', '24', 'out-of-range', 'at least 25, which is POE_MAX_MIB'],
    ['DRAIN_SECONDS', '601', 'out-of-range', 'from 1 to 600'],
    ['PUBLIC_URL', 'desk.example', 'not-a-url', 'http:// or https://'],
    ['PUBLIC_URL', 'ftp://desk.example', 'not-a-url', 'http:// or https://'],
    ['PUBLIC_URL', 'https://me:secret@desk.example', 'not-a-url', 'without password'],
    ['PUBLIC_URL', 'https://desk.example/?a=1', 'not-a-url', 'without password, "?" or "#"'],
    ['OPERATORS', PERSON, 'not-a-person', 'tenantId/aadObjectId'],
    ['OPERATORS', `${TENANT}/${PERSON}/${PERSON}`, 'not-a-person', 'tenantId/aadObjectId'],
    ['OPERATORS', `${TENANT}/olga`, 'not-a-person', 'two GUIDs'],
    ['DEFAULT_LANGUAGE', 'de', 'unknown-value', 'en, ru, tr'],
    ['POLICY', '1999', 'unknown-value', '2020'],
    ['POLICY', 'toString', 'unknown-value', '2020'],
    ['LINK_MINUTES', '0', 'out-of-range', 'from 1 to 1440'],
    ['HSTS_SECONDS', '-1', 'out-of-range', 'from 0 to 63072000'],
    ['LINK_MINUTES', '1441', 'out-of-range', 'from 1 to 1440'],
    ['POE_MAX_MIB', '251', 'out-of-range', 'from 1 to 250'],
    ['POE_MAX_FILES', '41', 'out-of-range', 'from 1 to 40'],
    [
      'POE_KINDS',
      'pdf,docm',
      'unknown-value',
      'which has "docm" in it. Give one or more of pdf, docx, xlsx, pptx, png, jpeg',
    ],
    ['POE_KINDS', 'pdf;docx', 'unknown-value', 'with commas between them'],
    ['POE_KINDS', 'toString', 'unknown-value', 'or leave it out for all'],
    ['POE_KINDS', ',,', 'unknown-value', 'names nothing'],
    ['LOG_LEVEL', 'verbose', 'unknown-value', 'trace, debug, info, warn, error, fatal, silent'],
    ['SWEEP_SCHEDULE', '* * * *', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '* * * * * *', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '60 * * * *', 'not-a-schedule', 'minute 0-59'],
    ['SWEEP_SCHEDULE', '* 18-8 * * *', 'not-a-schedule', 'hour 0-23'],
    ['SWEEP_SCHEDULE', '*/0 * * * *', 'not-a-schedule', '/n'],
    ['SWEEP_SCHEDULE', '5/2 * * * *', 'not-a-schedule', '/n'],
    ['SWEEP_SCHEDULE', 'daily', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '0 0 30,31 2 *', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '0 0 31 2 1', 'not-a-schedule', 'five cron fields'],
    [
      'SWEEP_SCHEDULE',
      `*/${'9'.repeat(400)} ${'1'.repeat(400)} * * *`.slice(0, 150),
      'not-a-schedule',
      'five cron fields',
    ],
    ['SEND_TIMEOUT_MS', '99', 'out-of-range', 'from 100 to 45000'],
    ['SEND_TIMEOUT_MS', '45001', 'out-of-range', 'from 100 to 45000'],
  ];
  for (const [variable, value, code, says] of refused) {
    it(`refuses ${variable}=${value}, quotes it and says what may stand there`, () => {
      const { kind, message } = problemOf({ [variable]: value }, variable);
      expect(kind).to.equal(code);
      expect(message)
        .to.match(new RegExp(`^${variable} `))
        .and.to.include(`"${value}"`)
        .and.to.include(says);
    });
  }

  it('refuses a short key of histories without repeating the secrets', () => {
    const { kind, message } = problemOf({ HISTORY_KEYS: `${'h'.repeat(32)},k3y-of-a-few` }, 'HISTORY_KEYS');
    expect(kind).to.equal('too-short');
    expect(message).to.match(/^HISTORY_KEYS has fewer than 32 characters in key 2\./);
    expect(message).to.not.match(/k3y|hhh/);
  });

  for (const [title, list, wrong] of [
    ['no key', ',', 1],
    ['a key without its beginning', SEED, 1],
    ['a day that is none', `${SEED}@2026-13-41`, 1],
    ['a key of too few bytes', `${SEED}@2026-06-01,QUJD@2026-01-31`, 2],
    ['an older key first', `${SEED}@2026-01-31,${SEED}@2026-06-01`, 2],
    ['two keys of one day', `${SEED}@2026-06-01,${SEED}@2026-06-01`, 2],
  ] as const)
    it(`refuses a list of signing keys with ${title}, without repeating the secrets`, () => {
      const { kind, message } = problemOf({ SIGNING_KEYS: list }, 'SIGNING_KEYS');
      expect(kind).to.equal('not-a-key');
      expect(message).to.include(`is wrong at key ${wrong}.`);
      expect(message).to.not.match(/c2VlZC|QUJD/);
    });

  it('refuses a short LINK_KEY without repeating the secret', () => {
    const { kind, message } = problemOf({ LINK_KEY: 'k3y-of-a-few-characters' }, 'LINK_KEY');
    expect(kind).to.equal('too-short');
    expect(message).to.include('has 23 characters').and.to.include('at least 32').and.not.to.include('k3y');
  });

  describe('of a registered bot', () => {
    const SINGLE = {
      MICROSOFT_APP_ID: APP,
      MICROSOFT_APP_TENANT_ID: TENANT,
      MICROSOFT_APP_PASSWORD: 'its secret',
      PUBLIC_URL: 'https://desk.example',
    };
    const OTHER = '6f1c2a00-0000-4000-8000-00000000000d';

    it('lets in the people of its own tenant, and listens where it is told to', () => {
      const config = readConfig({ ...SINGLE, HOST: '0.0.0.0' });
      expect(config).to.include({ host: '0.0.0.0', publicUrl: 'https://desk.example' });
      expect(config.bot).to.deep.equal({
        appId: APP,
        type: 'SingleTenant',
        cloud: 'public',
        tenantId: TENANT,
        secret: 'its secret',
        tenants: [TENANT],
      });
    });

    it('lets in the people of the tenants that are named besides, once each', () => {
      expect(
        readConfig({ ...SINGLE, ALLOWED_TENANTS: `${OTHER.toUpperCase()}, ${TENANT},${OTHER}` }).bot?.tenants,
      ).to.deep.equal([TENANT, OTHER]);
    });

    it('with a managed identity needs no secret', () => {
      const { MICROSOFT_APP_PASSWORD: _, ...rest } = SINGLE;
      expect(readConfig({ ...rest, MICROSOFT_APP_TYPE: 'UserAssignedMSI', CLOUD: 'usGovernment' }).bot).to.deep.equal({
        appId: APP,
        type: 'UserAssignedMSI',
        cloud: 'usGovernment',
        tenantId: TENANT,
        tenants: [TENANT],
      });
    });

    it('of many tenants lets in those that are named alone', () => {
      expect(readConfig({ ...SINGLE, MICROSOFT_APP_TYPE: 'MultiTenant', ALLOWED_TENANTS: OTHER }).bot).to.deep.equal({
        appId: APP,
        type: 'MultiTenant',
        cloud: 'public',
        secret: 'its secret',
        tenants: [OTHER],
      });
    });

    const open: readonly (readonly [
      title: string,
      env: Environment,
      variable: string,
      code: ConfigProblemKind,
      says: string,
    ])[] = [
      [
        'of many tenants without a list of them',
        { ...SINGLE, MICROSOFT_APP_TYPE: 'MultiTenant' },
        'ALLOWED_TENANTS',
        'missing',
        'hears from every tenant',
      ],
      [
        'of many tenants with an empty list',
        { ...SINGLE, MICROSOFT_APP_TYPE: 'MultiTenant', ALLOWED_TENANTS: ' , ,' },
        'ALLOWED_TENANTS',
        'missing',
        'hears from every tenant',
      ],
      [
        'without a secret',
        { ...SINGLE, MICROSOFT_APP_PASSWORD: '' },
        'MICROSOFT_APP_PASSWORD',
        'missing',
        'client secret',
      ],
      [
        'without its tenant',
        { ...SINGLE, MICROSOFT_APP_TENANT_ID: '' },
        'MICROSOFT_APP_TENANT_ID',
        'missing',
        'tenant in which',
      ],
      [
        'with a secret that a managed identity does not have',
        { ...SINGLE, MICROSOFT_APP_TYPE: 'UserAssignedMSI' },
        'MICROSOFT_APP_PASSWORD',
        'not-used',
        'Leave it out',
      ],
      ['whose links would start with this machine', { ...SINGLE, PUBLIC_URL: '' }, 'PUBLIC_URL', 'missing', 'https://'],
      [
        'whose links would not be encrypted',
        { ...SINGLE, PUBLIC_URL: 'http://desk.example' },
        'PUBLIC_URL',
        'not-a-url',
        'https://',
      ],
      [
        'whose id was forgotten, beside a secret',
        { MICROSOFT_APP_PASSWORD: 'its secret' },
        'MICROSOFT_APP_ID',
        'missing',
        'no message would be checked',
      ],
      [
        'whose id was forgotten, beside a type',
        { MICROSOFT_APP_TYPE: 'UserAssignedMSI' },
        'MICROSOFT_APP_ID',
        'missing',
        'MICROSOFT_APP_TYPE is',
      ],
      [
        'whose id was forgotten, beside tenants',
        { ALLOWED_TENANTS: TENANT, HOST: '0.0.0.0' },
        'MICROSOFT_APP_ID',
        'missing',
        'ALLOWED_TENANTS is',
      ],
    ];
    for (const [title, env, variable, code, says] of open) {
      it(`is refused ${title}, and no secret is repeated`, () => {
        expect(problemsIn(env)).to.deep.equal({ [variable]: code });
        expect(refusalOf(env).message)
          .to.match(new RegExp(`^${variable} `))
          .and.to.include(says)
          .and.not.to.include('its secret');
      });
    }
  });

  describe('of state and files on Azure', () => {
    const KEY = 'k'.repeat(32);
    const AZURE = {
      COSMOS_ENDPOINT: 'https://desk.documents.azure.com:443/',
      BLOB_ENDPOINT: 'https://desk.blob.core.windows.net/',
      LINK_KEY: KEY,
      HISTORY_KEYS: KEY,
      SIGNING_KEYS: `${SEED}@2026-01-31`,
    };

    it('goes there as the machine itself', () => {
      expect(readConfig({ ...AZURE, AZURE_CLIENT_ID: APP }).azure).to.deep.equal({
        cosmos: { endpoint: 'https://desk.documents.azure.com', database: 'claims', container: 'desk', partitions: 16 },
        blob: {
          endpoint: 'https://desk.blob.core.windows.net',
          container: 'desk-files',
          assessments: 'desk-assessments',
          anchors: 'desk-anchors',
        },
        clientId: APP,
      });
    });

    it('goes there with keys, and to an emulator on this machine', () => {
      const env = {
        COSMOS_ENDPOINT: 'http://127.0.0.1:3000',
        COSMOS_KEY: 'c',
        COSMOS_DATABASE: 'd',
        COSMOS_CONTAINER: 'e',
        COSMOS_PARTITIONS: '4',
        BLOB_ENDPOINT: 'http://127.0.0.1:10000/devstoreaccount1',
        BLOB_KEY: 'b',
        BLOB_CONTAINER: 'files',
        BLOB_ASSESSMENTS: 'records',
        BLOB_ANCHORS: 'heads',
        LINK_KEY: KEY,
        HISTORY_KEYS: KEY,
        SIGNING_KEYS: `${SEED}@2026-01-31`,
      };
      expect(readConfig(env).azure).to.deep.equal({
        cosmos: { endpoint: 'http://127.0.0.1:3000', key: 'c', database: 'd', container: 'e', partitions: 4 },
        blob: {
          endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
          key: 'b',
          container: 'files',
          assessments: 'records',
          anchors: 'heads',
        },
      });
    });

    const half: readonly (readonly [title: string, env: Environment, variable: string, says: string])[] = [
      ['the key of an account whose address was forgotten', { COSMOS_KEY: 'c' }, 'COSMOS_ENDPOINT', 'Give both'],
      ["the key of the files' account without its address", { BLOB_KEY: 'b' }, 'BLOB_ENDPOINT', 'Give both'],
      ['claims there and files here', { ...AZURE, BLOB_ENDPOINT: '' }, 'BLOB_ENDPOINT', 'Give both'],
      ['files there and claims here', { ...AZURE, COSMOS_ENDPOINT: '' }, 'COSMOS_ENDPOINT', 'Give both'],
      ['a key of each instance for links', { ...AZURE, LINK_KEY: '' }, 'LINK_KEY', 'every instance the same'],
      [
        'a key of each instance for histories',
        { ...AZURE, HISTORY_KEYS: '' },
        'HISTORY_KEYS',
        'every instance the same',
      ],
      ['a key of each instance for exports', { ...AZURE, SIGNING_KEYS: '' }, 'SIGNING_KEYS', 'every instance the same'],
    ];
    for (const [title, env, variable, says] of half) {
      it(`refuses ${title}`, () => {
        expect(problemsIn(env)).to.deep.equal({ [variable]: 'missing' });
        expect(refusalOf(env).message).to.include(says);
      });
    }
  });

  it('refuses a short METRICS_KEY and a connection string that is none without repeating the secret', () => {
    for (const [variable, value] of [
      ['METRICS_KEY', 's3cret'],
      ['APPLICATIONINSIGHTS_CONNECTION_STRING', 's3cret'],
      ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=s3cret'],
    ] as const) {
      expect(Object.keys(problemsIn({ [variable]: value }))).to.deep.equal([variable]);
      expect(refusalOf({ [variable]: value }).message).not.to.include('s3cret');
    }
  });

  describe('with a setting under its old name', () => {
    it('reads it, and tells of it', () => {
      const env = { MOST_TURNS: ' 7 ' };
      expect(readConfig(env)).to.deep.equal(readConfig({ MAX_CONCURRENT_ACTIVITIES: '7' }));
      expect(oldNamesIn(env)).to.deep.equal([
        { variable: 'MOST_TURNS', use: 'MAX_CONCURRENT_ACTIVITIES', isIgnored: false },
      ]);
    });

    it('goes by the new name where both are set, and tells that too', () => {
      const env = { MOST_TURNS: 'many', MAX_CONCURRENT_ACTIVITIES: '8' };
      expect(readConfig(env).maxConcurrentActivities).to.equal(8);
      expect(oldNamesIn(env)).to.deep.equal([
        { variable: 'MOST_TURNS', use: 'MAX_CONCURRENT_ACTIVITIES', isIgnored: true },
      ]);
    });

    it('goes by the old name where the new one is empty', () => {
      expect(readConfig({ MOST_TURNS: '7', MAX_CONCURRENT_ACTIVITIES: ' ' }).maxConcurrentActivities).to.equal(7);
    });

    it('names the variable that is set where its value is wrong', () => {
      expect(refusalOf({ MOST_TURNS: '0' }).message).to.match(
        /^MOST_TURNS is "0"\. Give a whole number from 1 to 10000/,
      );
      expect(refusalOf({ MOST_TURNS: '7', MAX_CONCURRENT_ACTIVITIES: '0' }).message).to.match(
        /^MAX_CONCURRENT_ACTIVITIES is "0"\. /,
      );
    });

    it('tells of none where it is not set', () => {
      expect(oldNamesIn({ MOST_TURNS: '', MAX_CONCURRENT_ACTIVITIES: '8' })).to.deep.equal([]);
    });
  });

  describe('with several settings wrong', () => {
    it('says all of them at once, in the order of .env.example, each on a line of its own', () => {
      const { problems, message, code } = refusalOf({
        SEND_TIMEOUT_MS: '1',
        PORT: 'http',
        MICROSOFT_APP_ID: APP,
        LINK_KEY: 'short',
        COSMOS_ENDPOINT: 'https://desk.documents.azure.com/',
        HOST: 'a b',
      });
      expect(code).to.equal('config.invalid');
      expect(problems.map(({ variable, kind }) => `${variable} ${kind}`)).to.deep.equal([
        'HOST not-a-host',
        'PORT not-a-number',
        'PUBLIC_URL missing',
        'MICROSOFT_APP_TENANT_ID missing',
        'MICROSOFT_APP_PASSWORD missing',
        'BLOB_ENDPOINT missing',
        'LINK_KEY too-short',
        'HISTORY_KEYS missing',
        'SIGNING_KEYS missing',
        'SEND_TIMEOUT_MS out-of-range',
      ]);
      expect(message.split('\n')).to.have.lengthOf(11);
      expect(message).to.match(/^10 settings are wrong:\n- HOST is "a b"\. Give .*\n- PORT is "http"\. Give /);
    });

    it('asks for what an id that is none needs besides, and does not take the desk for one without a bot', () => {
      expect(problemsIn({ MICROSOFT_APP_ID: 'my bot', HOST: '0.0.0.0' })).to.deep.equal({
        MICROSOFT_APP_ID: 'not-a-guid',
        MICROSOFT_APP_TENANT_ID: 'missing',
        MICROSOFT_APP_PASSWORD: 'missing',
        PUBLIC_URL: 'missing',
      });
    });

    it('judges nothing by a type or an address that is wrong itself', () => {
      expect(problemsIn({ MICROSOFT_APP_ID: APP, MICROSOFT_APP_TYPE: 'x', PUBLIC_URL: 'x' })).to.deep.equal({
        MICROSOFT_APP_TYPE: 'unknown-value',
        PUBLIC_URL: 'not-a-url',
      });
    });
  });

  describe('with values that no one would write', () => {
    const NAMES = Object.keys(SETTINGS.shape);
    const SECRET = 'p4ssw0rd-of-the-desk';
    const SECRETS = [
      'MICROSOFT_APP_PASSWORD',
      'COSMOS_KEY',
      'BLOB_KEY',
      'LINK_KEY',
      'HISTORY_KEYS',
      'SIGNING_KEYS',
      'METRICS_KEY',
      'APPLICATIONINSIGHTS_CONNECTION_STRING',
    ];

    it('keeps each problem on its line, and shows no character that is not shown', () => {
      const { message } = problemOf({ HOST: 'a\nPORT is fine\u202e\ud800\u0000', PORT: '1' }, 'HOST');
      expect(message).to.match(/^HOST is "a\\u\{a\}PORT is fine\\u\{202e\}\\u\{d800\}\\u\{0\}"\. Give /);
    });

    it('quotes the beginning of a value of a million letters', () => {
      expect(problemOf({ PORT: 'x'.repeat(1_000_000) }, 'PORT').message)
        .to.have.lengthOf.below(400)
        .and.include('xxx…"');
    });

    for (const value of [
      '__proto__',
      'constructor',
      'NaN',
      'Infinity',
      '0x10',
      '1e3',
      '٣',
      '[object Object]',
      'null',
    ]) {
      it(`${value}: takes it as text where text is asked, and nowhere else`, () => {
        const env = Object.fromEntries(NAMES.map((variable) => [variable, value]));
        const wrong = Object.keys(problemsIn(env));
        expect(wrong).to.include.members(['PORT', 'OPERATORS', 'POLICY', 'LOG_LEVEL', 'CLOUD', 'MICROSOFT_APP_ID']);
        expect(wrong).to.not.include.members(['DATA_DIR', 'DIRECTORY_FILE', 'MICROSOFT_APP_PASSWORD', 'COSMOS_KEY']);
      });
    }

    it('tells no secret, whatever else is wrong', () => {
      const secrets = Object.fromEntries(SECRETS.map((variable) => [variable, SECRET]));
      fc.assert(
        fc.property(
          fc.dictionary(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 40 })),
          (others) => {
            const { message, problems } = refusalOf({ ...others, ...secrets });
            expect(message).not.to.include(SECRET);
            expect(message.split('\n')).to.have.lengthOf(problems.length + 1);
          },
        ),
      );
    });
  });

  it('takes a day of the month together with a weekday, but not one that never comes, as the scheduler does', () => {
    const taken = (value: string) => SETTINGS.shape.SWEEP_SCHEDULE.safeParse(value).success;
    for (const value of ['0 0 13 5 1', '0 0 31 2 1', '0 0 29 2 1'])
      expect(taken(value), value).to.equal(validate(value));
  });

  it('takes no schedule that the scheduler would not', () => {
    const part = (lowest: number, highest: number) =>
      fc
        .tuple(
          fc.integer({ min: lowest - 1, max: highest + 1 }),
          fc.nat({ max: highest + 1 }),
          fc.nat({ max: 70 }),
          fc.nat({ max: 4 }),
        )
        .map(
          ([from, more, step, form]) =>
            ['*', `${from}`, `${from}-${from + more}`, `*/${step}`, `${from}-${from + more}/${step}`][form] ?? '*',
        );
    const field = (lowest: number, highest: number) =>
      fc.array(part(lowest, highest), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
    let taken = 0;
    fc.assert(
      fc.property(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7), (...fields) => {
        const result = SETTINGS.shape.SWEEP_SCHEDULE.safeParse(fields.join(' '));
        if (!result.success) return;
        taken += 1;
        expect(validate(result.data), result.data).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).to.be.above(50);
  });

  describe('.env.example', () => {
    const example = parseEnv(EXAMPLE);

    it('has every setting of the schema in its order, and nothing else', () => {
      const variables = [...EXAMPLE.matchAll(/^(\w+)=/gm)].map(([, variable]) => variable);
      expect(variables).to.deep.equal(Object.keys(SETTINGS.shape));
    });

    for (const [variable, schema] of Object.entries(SETTINGS.shape)) {
      it(`shows the default of ${variable}, or nothing where there is none`, () => {
        const fallback = schema.parse(undefined);
        if (fallback === undefined) expect(example[variable]).to.equal('');
        else expect(schema.parse(example[variable])).to.deep.equal(fallback);
      });
    }

    it('is read as no settings at all', () => {
      expect(readConfig(example)).to.deep.equal(readConfig({}));
    });

    it('has every variable that is read, old names apart, and no other', () => {
      const asked = new Set<string>();
      readConfig(new Proxy<Environment>({}, { get: (_, variable) => void asked.add(String(variable)) }));
      expect([...Object.keys(example), 'MOST_TURNS']).to.have.members([...asked]);
    });

    it('explains every variable: a comment is above it', () => {
      for (const block of EXAMPLE.split('\n\n')) expect(block).to.match(/^# \S/);
    });
  });
});
