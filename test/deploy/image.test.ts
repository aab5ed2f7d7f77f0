import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect } from 'chai';
import { commandOf, copiedBy, PROJECT, readStages, variablesOf } from './dockerfile.ts';
import { freePort } from '../support/freePort.ts';

const image = readStages(readFileSync(`${PROJECT}deploy/Dockerfile`, 'utf8')).at(-1) ?? [];

/**
 * Lays out what the image holds: what its last stage copies of the project, and the packages that are not for
 * development.
 */
function layOut(folder: string): void {
  const ignored = readFileSync(`${PROJECT}deploy/Dockerfile.dockerignore`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((path) => join(PROJECT, path));
  for (const { from, sources, target } of copiedBy(image)) {
    if (from !== undefined) continue;
    for (const source of sources) {
      const place = target.endsWith('/') ? join(folder, target, source) : join(folder, target);
      cpSync(join(PROJECT, source), place, { recursive: true, filter: (path) => !ignored.includes(path) });
    }
  }
  for (const path of productionPackages()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(PROJECT, path), join(folder, path));
  }
}

/** What `npm ci --omit=dev` installs, by the lock file: the packages directly in `node_modules`. */
function productionPackages(): readonly string[] {
  interface Locked {
    readonly dev?: boolean;
    readonly devOptional?: boolean;
  }
  const { packages } = JSON.parse(readFileSync(`${PROJECT}package-lock.json`, 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages)
    .filter(
      ([path, { dev, devOptional }]) =>
        /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !devOptional && existsSync(join(PROJECT, path)),
    )
    .map(([path]) => path);
}

/** With these, what is linked to finds only what is linked to. */
const AS_LINKED = ['--preserve-symlinks', '--preserve-symlinks-main'];

describe('the image', function () {
  let folder: string;
  let desk: ChildProcessByStdio<null, Readable, Readable> | undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'image-'));
    layOut(folder);
  });

  after(() => {
    desk?.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  it('holds neither tests, nor tools, nor what they need', () => {
    for (const path of [
      'test',
      'src/playground',
      'src/tools/packageApp.ts',
      'src/tools/teamsApp',
      'src/tools/sbom',
      'node_modules/mocha',
      'node_modules/typescript',
      'node_modules/node',
      '.env',
    ]) {
      expect(existsSync(join(folder, path)), path).to.be.false;
    }
  });

  it('lets nothing be imported that is for development', async () => {
    const [kept, left] = ['pino', 'chai'].map((name) =>
      spawn(process.execPath, [...AS_LINKED, '--input-type=module', '-e', `await import('${name}')`], {
        cwd: folder,
        stdio: 'ignore',
      }),
    );
    if (!kept || !left) throw new Error('two were started');
    expect(await Promise.all([once(kept, 'exit'), once(left, 'exit')])).to.deep.equal([
      [0, null],
      [1, null],
    ]);
  });

  it('has the commands of operators', () => {
    const listed = spawnSync(process.execPath, [...AS_LINKED, 'src/cli/main.ts', 'help'], {
      cwd: folder,
      env: { ...variablesOf(image), DATA_DIR: join(folder, 'operator') },
      encoding: 'utf8',
    });
    expect(listed.status, listed.stderr).to.equal(0);
    expect(listed.stdout).to.match(/\bdoctor\b/);
  });

  it('has nothing left of the tools but what it needs', () => {
    expect(readdirSync(join(folder, 'src', 'tools'))).to.deep.equal(['commandLine.ts']);
  });

  it('runs with what it holds, answers that it is well, and ends when it is told to', async () => {
    const port = await freePort();
    const [, ...args] = commandOf(image, 'CMD') ?? [];
    const env = { ...variablesOf(image), PORT: String(port), HOST: '127.0.0.1', DATA_DIR: join(folder, 'data') };
    desk = spawn(process.execPath, [...AS_LINKED, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    desk.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    for await (const line of createInterface({ input: desk.stdout })) {
      said.push(line);
      if (line.includes('Desk started')) break;
    }
    expect(desk.exitCode, said.join('\n')).to.be.null;

    const check = spawn(process.execPath, (commandOf(image, 'HEALTHCHECK') ?? []).slice(1), { env, stdio: 'ignore' });
    expect(await once(check, 'exit'), "the image's own question after its health").to.deep.equal([0, null]);

    desk.kill('SIGTERM');
    expect(await once(desk, 'exit')).to.deep.equal([0, null]);
  });
});
