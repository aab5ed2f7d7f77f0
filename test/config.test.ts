import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import { ConfigError, readConfig, type ConfigErrorCode, type Environment } from '../src/config.ts';

const EXAMPLE = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const TENANT = '6f1c2a00-0000-4000-8000-00000000000a';
const PERSON = '6f1c2a00-0000-4000-8000-00000000000b';

function refusalOf(env: Environment): ConfigError {
  try {
    readConfig(env);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault;
    throw fault;
  }
  throw new Error('The configuration was taken.');
}

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).to.deep.equal({
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'http://127.0.0.1:3978',
      dataDir: '.data',
      operators: [],
      defaultLanguage: 'en',
      policy: '2020',
      linkMinutes: 30,
      poe: { maxBytes: 26_214_400, maxFiles: 20 },
      logLevel: 'info',
      sweepSchedule: '* * * * *',
      sendTimeoutMs: 10_000,
    });
  });

  it('takes every setting', () => {
    const linkKey = 'k'.repeat(32);
    expect(readConfig({
      HOST: '::1', PORT: '8080', PUBLIC_URL: 'https://desk.example/claims/', DATA_DIR: 'kept', DIRECTORY_FILE: 'people.json',
      OPERATORS: `${TENANT}/${PERSON}`, DEFAULT_LANGUAGE: 'tr', POLICY: '2020', LINK_KEY: linkKey, LINK_MINUTES: '1440',
      POE_MAX_MIB: '1', POE_MAX_FILES: '40', LOG_LEVEL: 'silent', SWEEP_SCHEDULE: '*/5  8-18 * 1,7 1-5', SEND_TIMEOUT_MS: '100',
    })).to.deep.equal({
      host: '::1', port: 8080, publicUrl: 'https://desk.example/claims', dataDir: 'kept', directoryFile: 'people.json',
      operators: [`${TENANT}/${PERSON}`], defaultLanguage: 'tr', policy: '2020', linkKey, linkMinutes: 1440,
      poe: { maxBytes: 1_048_576, maxFiles: 40 }, logLevel: 'silent', sweepSchedule: '*/5 8-18 * 1,7 1-5', sendTimeoutMs: 100,
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

  const refused: readonly (readonly [variable: string, value: string, code: ConfigErrorCode, says: string])[] = [
    ['PORT', 'http', 'not-a-number', 'from 1 to 65535'],
    ['PORT', '3978.5', 'not-a-number', 'from 1 to 65535'],
    ['PORT', '0', 'out-of-range', 'from 1 to 65535'],
    ['PORT', '65536', 'out-of-range', 'from 1 to 65535'],
    ['HOST', 'http://127.0.0.1', 'not-a-host', 'without scheme or port'],
    ['HOST', '127.0.0.1:3978', 'not-a-host', 'without scheme or port'],
    ['HOST', '0.0.0.0', 'not-loopback', 'anybody who reaches the desk can speak as anybody'],
    ['HOST', '::', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['HOST', '127.0.0.1.example', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['HOST', 'desk.example', 'not-loopback', '127.0.0.1, ::1 or localhost'],
    ['MICROSOFT_APP_ID', TENANT, 'not-supported', 'cannot check the signed messages'],
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
    ['LINK_MINUTES', '1441', 'out-of-range', 'from 1 to 1440'],
    ['POE_MAX_MIB', '251', 'out-of-range', 'from 1 to 250'],
    ['POE_MAX_FILES', '41', 'out-of-range', 'from 1 to 40'],
    ['LOG_LEVEL', 'verbose', 'unknown-value', 'trace, debug, info, warn, error, fatal, silent'],
    ['SWEEP_SCHEDULE', '* * * *', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '* * * * * *', 'not-a-schedule', 'five cron fields'],
    ['SWEEP_SCHEDULE', '60 * * * *', 'not-a-schedule', 'minute 0-59'],
    ['SWEEP_SCHEDULE', '* 18-8 * * *', 'not-a-schedule', 'hour 0-23'],
    ['SWEEP_SCHEDULE', '*/0 * * * *', 'not-a-schedule', '/n'],
    ['SWEEP_SCHEDULE', '5/2 * * * *', 'not-a-schedule', '/n'],
    ['SWEEP_SCHEDULE', 'daily', 'not-a-schedule', 'five cron fields'],
    ['SEND_TIMEOUT_MS', '99', 'out-of-range', 'from 100 to 45000'],
    ['SEND_TIMEOUT_MS', '45001', 'out-of-range', 'from 100 to 45000'],
  ];
  for (const [variable, value, code, says] of refused) {
    it(`refuses ${variable}=${value}, quotes it and says what may stand there`, () => {
      const refusal = refusalOf({ [variable]: value });
      expect(refusal).to.include({ name: 'ConfigError', variable, code });
      expect(refusal.message).to.match(new RegExp(`^${variable} `)).and.to.include(`"${value}"`).and.to.include(says);
    });
  }

  it('refuses a short LINK_KEY without repeating the secret', () => {
    const refusal = refusalOf({ LINK_KEY: 'k3y-of-a-few-characters' });
    expect(refusal).to.include({ variable: 'LINK_KEY', code: 'too-short' });
    expect(refusal.message).to.include('has 23 characters').and.to.include('at least 32').and.not.to.include('k3y');
  });

  describe('.env.example', () => {
    it('shows the defaults', () => {
      expect(readConfig(parseEnv(EXAMPLE))).to.deep.equal(readConfig({}));
    });

    it('has every variable that is read, and no other', () => {
      const asked = new Set<string>();
      readConfig(new Proxy<Environment>({}, { get: (_, variable) => void asked.add(String(variable)) }));
      expect(Object.keys(parseEnv(EXAMPLE))).to.have.members([...asked]);
    });

    it('explains every variable: a comment stands above it', () => {
      for (const block of EXAMPLE.split('\n\n')) expect(block).to.match(/^# \S/);
    });
  });
});
