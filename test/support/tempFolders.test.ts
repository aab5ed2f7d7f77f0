import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { endGroup, makeFolder, removeFolder, startGroup } from './tempFolders.ts';

/**
 * Waits for two programs, one of which starts the other, in its own process group if it says so; each is connected for
 * as long as it runs.
 */
async function openDoor({ detached = false } = {}) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined).resume());
    if (sockets.length === 2) server.emit('both');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connects = `require('node:net').connect(${(server.address() as AddressInfo).port}, '127.0.0.1')`;
  return {
    program:
      `${connects}; require('node:child_process').spawn(process.execPath, ['--eval', ` +
      `${JSON.stringify(connects)}], { detached: ${detached}, stdio: 'ignore' });`,
    both: once(server, 'both'),
    bothEnded: async () => {
      await Promise.all(sockets.filter((socket) => !socket.closed).map((socket) => once(socket, 'close')));
      server.close();
    },
  };
}

describe('What a program of the tests started and made', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`goes with it when ${signal} ends it`, async () => {
      const door = await openDoor();
      const program = spawn(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `
        import { makeFolder, startGroup } from ${JSON.stringify(new URL('./tempFolders.ts', import.meta.url).href)};
        startGroup(['--eval', ${JSON.stringify(door.program)}], { cwd: '.' });
        process.stdout.write(makeFolder(${JSON.stringify(tmpdir())}, 'left-'));
      `,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [[told]] = await Promise.all([once(program.stdout, 'data') as Promise<[Buffer]>, door.both]);
      const folder = told.toString('utf8');
      expect(existsSync(folder)).to.equal(true);
      const ended = once(program, 'close');
      program.kill(signal);
      expect((await ended)[1]).to.equal(signal);
      expect(existsSync(folder)).to.equal(false);
      await door.bothEnded();
    });
  }

  for (const [where, detached] of [
    ['in its group', false],
    ['in a group of its own', true],
  ] as const) {
    it(`ends with it, also what that started ${where}`, async () => {
      const door = await openDoor({ detached });
      const running = startGroup(['--eval', door.program], { cwd: '.' });
      await door.both;
      const ended = once(running, 'close');
      endGroup(running);
      await Promise.all([ended, door.bothEnded()]);
    });
  }

  it('ends when the program does by itself, and leaves the signals alone once all is over', async () => {
    const listening = process.listenerCount('SIGHUP');
    const folder = makeFolder(tmpdir(), 'left-');
    const door = await openDoor();
    const running = startGroup(['--eval', door.program], { cwd: '.' });
    expect(process.listenerCount('SIGHUP')).to.equal(listening + 1);
    await door.both;
    const ended = once(running, 'close');
    running.kill('SIGKILL');
    await ended;
    await door.bothEnded();
    removeFolder(folder);
    expect(existsSync(folder)).to.equal(false);
    expect(process.listenerCount('SIGHUP')).to.equal(listening);
  });
});
