import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect } from 'chai';

/** Logs many lines, waits for its input, logs eleven more, and says on standard error that it lived. */
const PROGRAM = `
import { createLog } from ${JSON.stringify(new URL('../../src/runtime/log.ts', import.meta.url).href)};
import { createSecurityLog } from ${JSON.stringify(new URL('../../src/runtime/securityLog.ts', import.meta.url).href)};
import { logOutputOf } from ${JSON.stringify(new URL('../../src/runtime/logOutput.ts', import.meta.url).href)};
process.stderr.on('error', () => undefined);
const log = createLog({ level: 'info' });
const security = createSecurityLog({ isSilent: false });
const lines = Number(process.argv[1]);
for (let line = 0; line < lines; line += 1) log.info({ line }, 'Line of the flood');
process.stderr.write('first\\n');
process.stdin.once('data', async () => {
  security.record({ what: 'tokenRejected', code: 'noToken' });
  for (let line = 0; line < 10; line += 1) log.info({ line }, 'Line of the end');
  await logOutputOf(process.stdout).end(200);
  process.stderr.write('lived\\n', () => process.exit(7));
});`;

function start(stdout: 'pipe' | number, lines = 100) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, String(lines)], {
    stdio: ['pipe', stdout, 'pipe'],
  });
  let told = '';
  child.stderr?.on('data', (text: Buffer) => {
    told += text.toString();
  });
  const closed = once(child, 'exit').then(([code]) => code as number | null);
  return { child, told: () => told, closed, go: () => child.stdin?.end('go\n') };
}

async function until(met: () => boolean, child: ReturnType<typeof start>['child']): Promise<void> {
  while (!met()) await Promise.race([once(child.stderr ?? child, 'data'), once(child, 'exit')]);
}

describe('The log of a process', () => {
  it('whose pipe is closed is lost, and neither the process nor its end', async () => {
    const { child, told, closed, go } = start('pipe');
    await until(() => told().includes('first'), child);
    child.stdout?.destroy();
    go();
    expect(await closed).to.equal(7);
    expect(told()).to.equal('first\nlived\n');
  });

  it('whose pipe no one reads goes on, and ends with what does not fit into it', async () => {
    const { child, told, closed, go } = start('pipe', 2_000);
    await until(() => told().includes('first'), child);
    go();
    expect(await closed).to.equal(7);
  });

  // A device of Linux that is always full.
  if (existsSync('/dev/full'))
    it('whose disk is full is lost, and neither the process nor its end', async () => {
      const full = openSync('/dev/full', 'w');
      const { child, told, closed, go } = start(full);
      closeSync(full);
      await until(() => told().includes('first'), child);
      go();
      expect(await closed).to.equal(7);
    });

  it('that goes to a file is complete there when the process ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    const file = openSync(join(folder, 'log'), 'w');
    const { child, told, closed, go } = start(file);
    closeSync(file);
    await until(() => told().includes('first'), child);
    go();
    expect(await closed).to.equal(7);
    const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).to.have.length(111);
    rmSync(folder, { recursive: true });
  });
});
