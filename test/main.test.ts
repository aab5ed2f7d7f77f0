import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock } from '../src/runtime/clock.ts';
import { COMPILED } from './support/compileCache.ts';
import { startCosmosEmulator } from './support/cosmosEmulator.ts';
import { freePort } from './support/freePort.ts';

/** Throws, in the middle of nothing, what an SDK would: with the whole exchange in it. */
const FAULTY = `process.once('SIGUSR2', () => {
  throw Object.assign(new Error('no'), { body: { text: 'anna wrote this' }, headers: { authorization: 'Bearer eyJhbGciOi' } });
});`;

describe('The program', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'program-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  async function start(env: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [new URL('../src/main.ts', import.meta.url).pathname], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...COMPILED, DATA_DIR: dataDir, PORT: String(await freePort()), SWEEP_SCHEDULE: '0 0 1 1 *', ...env },
    });
    let [said, printed] = ['', ''];
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      printed += text.toString();
    });
    const closed = once(child, 'close').then(([code]) => code as number | null);
    return { child, closed, said: (): string => said, printed: (): string => printed };
  }

  it('told to stop while its store does not let it start, gives up within the time to drain', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const asked = once(silent, 'connection');
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { child, closed, printed } = await start({
      COSMOS_ENDPOINT: endpoint,
      COSMOS_KEY: 'a2V5',
      BLOB_ENDPOINT: `${endpoint}/account`,
      BLOB_KEY: 'a2V5',
      LINK_KEY: 'a key of the tests that is long enough',
      HISTORY_KEYS: 'a key of histories of the tests that is long enough',
      SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
      DRAIN_SECONDS: '1',
    });
    await asked;
    child.kill('SIGTERM');
    expect(await closed).to.equal(0);
    // It did not wait for the store to be given up.
    expect(printed()).to.equal('');
    silent.close();
  });

  it('says in one line why it does not start', async () => {
    const { closed, printed } = await start({ PORT: 'none' });
    expect(await closed).to.equal(1);
    expect(printed().trim().split('\n')).to.have.lengthOf(1);
    expect(printed()).to.contain('PORT');
  });

  it('says in a line each what is wrong with several settings, and none of their secrets', async () => {
    const { closed, printed } = await start({ PORT: 'none', LINK_KEY: 's3cret', LOG_LEVEL: 'loud' });
    expect(await closed).to.equal(1);
    expect(printed().trim().split('\n')).to.have.lengthOf(4);
    expect(printed())
      .to.match(/^3 settings are wrong:\n- PORT is "none".*\n- LINK_KEY has 6 characters.*\n- LOG_LEVEL is "loud"/)
      .and.not.contain('s3cret');
  });

  for (const [title, env, sentence] of [
    ['reads', {}, 'Read a setting under its old name; rename it'],
    [
      'ignores, where the new one is set too,',
      { MAX_CONCURRENT_ACTIVITIES: '8' },
      'Ignored a setting under its old name; the new one is set',
    ],
  ] as const) {
    it(`${title} a setting under its old name, and says so in its log`, async () => {
      const { child, closed, said } = await start({ MOST_TURNS: '7', ...env });
      while (!said().includes('Desk started')) await once(child.stdout, 'data');
      child.kill('SIGTERM');
      expect(await closed).to.equal(0);
      const lines = said()
        .split('\n')
        .filter((line) => line.includes('old name'));
      expect(lines).to.have.lengthOf(1);
      expect(JSON.parse(lines.join(''))).to.include({
        variable: 'MOST_TURNS',
        use: 'MAX_CONCURRENT_ACTIVITIES',
        msg: sentence,
      });
    });
  }

  it('does not start on a machine whose clock is not its store’s, and says by how much in one line', async () => {
    const emulator = await startCosmosEmulator({ clock: { now: () => systemClock.now() + 3 * 3_600_000 } });
    const { closed, printed } = await start({
      COSMOS_ENDPOINT: emulator.endpoint,
      COSMOS_KEY: emulator.key,
      BLOB_ENDPOINT: 'http://127.0.0.1:9/account',
      BLOB_KEY: 'a2V5',
      LINK_KEY: 'a key of the tests that is long enough',
      HISTORY_KEYS: 'a key of histories of the tests that is long enough',
      SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
    });
    expect(await closed).to.equal(1);
    expect(printed()).to.match(
      /^This machine's clock is 3 hours behind the store's; have this machine's time synchronised[^\n]*\n$/,
    );
    await emulator.close();
  });

  it('logs a fault that no one caught, without what it holds, and ends', async () => {
    const faulty = join(dataDir, 'faulty.mjs');
    await writeFile(faulty, FAULTY);
    const { child, closed, said, printed } = await start({ NODE_OPTIONS: `--import=${faulty}` });
    while (!said().includes('Desk started')) await once(child.stdout, 'data');
    child.kill('SIGUSR2');
    expect(await closed).to.equal(1);
    expect(said()).to.contain('Uncaught exception; exiting');
    expect(`${said()}${printed()}`).not.to.match(/anna|eyJ/);
  });
});
