import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { createSigner, readOrCreateSigningKeys, SignerError } from '../../src/runtime/signer.ts';
import { randomBytes, randomId } from '../../src/runtime/random.ts';

const NOW = Date.UTC(2026, 0, 31);
const seed = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');

describe('The stored signing keys', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signing-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (): string => join(folder, 'signing-keys');
  const read = (id = randomId) => readOrCreateSigningKeys(folder, { randomId: id, randomBytes, now: () => NOW });

  it('are made once, as one key from now on, and stay the same', () => {
    const [made, ...more] = read();
    expect(more).to.deep.equal([]);
    expect(made.from).to.equal(NOW);
    expect(Buffer.from(made.seed, 'base64')).to.have.length(32);
    expect(read()).to.deep.equal([made]);
  });

  it('are readable by their owner alone, whatever the mask of the process, and leave no draft', () => {
    const mask = process.umask(0);
    try {
      read();
    } finally {
      process.umask(mask);
    }
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(['signing-keys']);
  });

  it('are the same for another desk that makes them at the same moment', () => {
    let other: unknown;
    const own = read(() => {
      other ??= read();
      return randomId();
    });
    expect(own).to.deep.equal(other);
    expect(readdirSync(folder)).to.deep.equal(['signing-keys']);
  });

  it('are the same for processes that start at once', async () => {
    const program = `
      import { readOrCreateSigningKeys } from ${JSON.stringify(new URL('../../src/runtime/signer.ts', import.meta.url).href)};
      import { randomBytes, randomId } from ${JSON.stringify(new URL('../../src/runtime/random.ts', import.meta.url).href)};
      process.stdout.write('ready');
      process.stdin.once('data', () => {
        const keys = readOrCreateSigningKeys(process.argv[1], { randomId, randomBytes, now: Date.now });
        process.stdout.write(JSON.stringify(keys));
        process.exit();
      });`;
    const children = [1, 2, 3].map(() => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return { child, said: text(child.stdout), ready: once(child.stdout, 'readable') };
    });
    await Promise.all(children.map(({ ready }) => ready));
    for (const { child } of children) child.stdin.end('go');
    const said = await Promise.all(children.map((one) => one.said));
    expect(new Set(said).size).to.equal(1);
    expect(said[0]).to.include(JSON.stringify(read()));
  });

  for (const [what, damage] of [
    ['empty', () => ''],
    ['cut off', (whole: string) => whole.slice(0, 40)],
    ['cut off in its date', (whole: string) => whole.slice(0, -12)],
    ['of another letter in the key', (whole: string) => whole.replace('=@', '!@')],
    ['with keys in the wrong order', (whole: string) => `${whole},${seed('b')}@2030-01-31`],
    ['of random bytes', () => '\u0000\uFFFD'.repeat(30)],
  ] as const)
    it(`are never replaced where the file is damaged: the desk says which file, and what to do (${what})`, () => {
      read();
      const damaged = damage(readFileSync(file(), 'utf8'));
      writeFileSync(file(), damaged);
      expect(() => read()).to.throw(SignerError, `restore the file from the backup of the data folder: ${file()}`);
      expect(readFileSync(file(), 'utf8')).to.equal(damaged);
    });

  it('take a new key in front, and keep the old one', () => {
    const [old] = read();
    writeFileSync(file(), `${seed('n')}@2026-06-01,\n${readFileSync(file(), 'utf8')}`);
    expect(read()).to.deep.equal([{ seed: seed('n'), from: Date.UTC(2026, 5, 1) }, old]);
  });
});

describe('The signer', () => {
  const ROTATED = Date.UTC(2026, 5, 1);
  const signer = createSigner([
    { seed: seed('n'), from: ROTATED },
    { seed: seed('o'), from: NOW },
  ]);
  const [newer, older] = signer.keys();

  it('shows public keys and their periods, and nothing of the private ones', () => {
    expect(signer.keys().map(({ from, until }) => [from, until])).to.deep.equal([
      [ROTATED, undefined],
      [NOW, ROTATED],
    ]);
    for (const key of signer.keys()) expect(Object.keys(key)).to.not.include.members(['secret', 'seed', 'publicPart']);
    expect(JSON.stringify(signer.keys())).to.not.include(seed('n').slice(0, 20));
  });

  it('signs with the key of the day, and with none before the first', () => {
    expect(signer.sign('x', ROTATED - 1).keyId).to.equal(older?.id);
    expect(signer.sign('x', ROTATED).keyId).to.equal(newer?.id);
    expect(() => signer.sign('x', NOW - 1)).to.throw(SignerError, 'No signing key is valid yet');
  });

  it('checks what each of its keys signed, each to the end of its period', () => {
    const old = signer.sign('x', ROTATED - 1);
    expect(signer.check('x', old, ROTATED - 1)).to.equal('sound');
    expect(signer.check('x', old, 0), 'what was late').to.equal('sound');
    expect(signer.check('x', old, ROTATED)).to.equal('forged');
    expect(signer.check('x', signer.sign('x', ROTATED), ROTATED + 9e12)).to.equal('sound');
  });

  it('knows another text, another key and another signature', () => {
    const signature = signer.sign('x', ROTATED);
    expect(signer.check('y', signature, ROTATED)).to.equal('forged');
    expect(signer.check('x', { ...signature, keyId: older?.id ?? '' }, NOW)).to.equal('forged');
    expect(signer.check('x', { ...signature, keyId: 'none' }, ROTATED)).to.equal('unknownKey');
    for (const value of ['', 'AAAA', `${signature.value}=`, ` ${signature.value}`, signature.value.slice(4)])
      expect(signer.check('x', { ...signature, value }, ROTATED), value).to.equal('forged');
  });
});
