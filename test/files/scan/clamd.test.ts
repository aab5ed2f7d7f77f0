import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Files } from '../../../src/desk/ports/files.ts';
import { createClamd } from '../../../src/files/scan/clamd.ts';
import { parseClamdAddress } from '../../../src/shared/clamdAddress.ts';
import { freePort } from '../../support/freePort.ts';
import { storedFile } from '../../desk/filesFake.ts';
import type { Behaviour } from './clamdServer.ts';
import { startClamdServer } from './clamdServer.ts';

type Server = Awaited<ReturnType<typeof startClamdServer>>;

/** Enough for a busy machine; where nothing comes, the test waits for less. */
const SCAN_MS = 10_000;
const STALL_MS = 300;
const LARGE = Buffer.alloc(300_000, 'abc');
const holding = (bytes: Buffer | undefined): Pick<Files, 'open'> => ({
  open: async () => bytes && storedFile(bytes),
});

describe('clamd', () => {
  let server: Server;
  before(async () => {
    server = await startClamdServer();
  });
  after(() => server.close());
  beforeEach(() => server.files.splice(0));

  const look = (behaviour: Behaviour, bytes: Buffer | undefined = LARGE) => {
    server.behave(behaviour);
    return createClamd({
      address: server.address,
      files: holding(bytes),
      scanMs: ['silent', 'deaf'].includes(behaviour.kind) ? STALL_MS : SCAN_MS,
    }).look('poe/x/y');
  };
  const answer = (text: string): Behaviour => ({ kind: 'answer', text });

  it('gets a file whole, in pieces behind their lengths, and says that it is clean', async () => {
    expect(await look(answer('stream: OK\0'))).to.deep.equal({ kind: 'clean' });
    expect(server.files[0]?.equals(LARGE)).to.equal(true);
    expect(await look(answer('stream: OK\0'), Buffer.alloc(0))).to.deep.equal({ kind: 'clean' });
  });

  it('names what it found', async () => {
    expect(await look(answer('stream: Eicar-Signature FOUND\0'))).to.deep.equal({
      kind: 'malicious',
      threat: 'Eicar-Signature',
    });
    const long = await look(answer(`stream: ${'Ж\n'.repeat(5)}${'x'.repeat(500)} FOUND\0`));
    expect(long).to.have.property('kind', 'malicious');
    expect(long).to.have.property('threat').with.length(80);
  });

  const unknown: readonly (readonly [what: string, behaviour: Behaviour, problem: string])[] = [
    ['its size limit', answer('INSTREAM size limit exceeded. ERROR\0'), 'tooLarge'],
    [
      'its size limit, and closes',
      { kind: 'cuts', after: 1_000, text: 'INSTREAM size limit exceeded. ERROR\0' },
      'tooLarge',
    ],
    ['nothing', { kind: 'silent' }, 'stalled'],
    ['nothing, and reads nothing', { kind: 'deaf' }, 'stalled'],
    ['nothing, and closes at once', { kind: 'cuts', after: 1 }, 'unreachable'],
    ['nothing, and closes midway', { kind: 'cuts', after: 100_000 }, 'unreachable'],
    ['an empty line', answer('\0'), 'garbled'],
    ['that it failed', answer('stream: lstat() failed: No such file or directory. ERROR\0'), 'garbled'],
    ['OK of another command', answer('OK\0'), 'garbled'],
    ['OK with more behind it', answer('stream: OK but\0'), 'garbled'],
    ['OK cut off before its end', answer('stream: OK'), 'garbled'],
    ['OK before the file has come', { kind: 'hasty', text: 'stream: OK\0' }, 'garbled'],
    ['OK of a small part of it, and closes', { kind: 'cuts', after: 10, text: 'stream: OK\0' }, 'garbled'],
    ['without end', { kind: 'endless', bytes: 5_000_000 }, 'garbled'],
    ['HTTP', answer('HTTP/1.1 200 OK\r\n\r\nstream: OK\0'), 'garbled'],
  ];
  for (const [what, behaviour, problem] of unknown)
    it(`makes nothing clean where it says ${what}`, async () => {
      expect(await look(behaviour)).to.deep.equal({ kind: 'unknown', problem });
    });

  it('makes no file clean whatever it says but the one answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 40 }), async (text) => {
        const { kind } = await look(answer(text), Buffer.from('file'));
        expect(kind === 'clean').to.equal(/^stream: OK\0/.test(text));
      }),
      { numRuns: 60, examples: [['stream: OK\0more'], ['stream: OK\n\0'], [' stream: OK\0']] },
    );
  });

  it('makes nothing clean that is not there, that cannot be read, or where it is not', async () => {
    const clamd = (files: Pick<Files, 'open'>, address = server.address) =>
      createClamd({ address, files, scanMs: SCAN_MS }).look('poe/x/y');
    server.behave(answer('stream: OK\0'));
    expect(await clamd(holding(undefined))).to.deep.equal({ kind: 'unknown', problem: 'missing' });
    const broken: Pick<Files, 'open'> = {
      open: async () => ({
        ...storedFile(LARGE),
        bytes: (async function* () {
          yield LARGE.subarray(0, 1_000);
          throw new Error('disk failed');
        })(),
      }),
    };
    expect(await clamd(broken)).to.deep.equal({ kind: 'unknown', problem: 'unreachable' });
    const shorter: Pick<Files, 'open'> = { open: async () => ({ ...storedFile(LARGE), size: LARGE.length + 1 }) };
    expect(await clamd(shorter)).to.deep.equal({ kind: 'unknown', problem: 'garbled' });
    const nowhere = { host: '127.0.0.1', port: await freePort() };
    expect(await clamd(holding(LARGE), nowhere)).to.deep.equal({ kind: 'unknown', problem: 'unreachable' });
    expect(await createClamd({ address: nowhere, files: holding(LARGE) }).ready()).to.equal(false);
  });

  it('is ready where it answers, and leaves no connection open', async () => {
    const other = await startClamdServer();
    const clamd = createClamd({ address: other.address, files: holding(LARGE), scanMs: STALL_MS });
    expect(await clamd.ready()).to.equal(true);
    for (const behaviour of [answer('stream: OK\0'), { kind: 'silent' } as const]) {
      other.behave(behaviour);
      await clamd.look('poe/x/y');
    }
    for (let tries = 0; tries < 200 && other.open() > 0; tries += 1) await pause(5);
    expect(other.open()).to.equal(0);
    await other.close();
  });

  it('is reached by a unix socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clamd-'));
    const local = await startClamdServer(join(folder, 'clamd.ctl'));
    try {
      const clamd = createClamd({ address: local.address, files: holding(LARGE) });
      expect(await clamd.look('poe/x/y')).to.deep.equal({ kind: 'clean' });
    } finally {
      await local.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('An address of clamd', () => {
  for (const [text, address] of [
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['unix:/run/clamd', { path: '/run/clamd' }],
    ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['clamd.internal:3310', { host: 'clamd.internal', port: 3310 }],
    ['[::1]:3310', { host: '::1', port: 3310 }],
    ['clamd', undefined],
    [':3310', undefined],
    ['host:65536', undefined],
    ['tcp://host:1', undefined],
    ['unix:clamd.ctl', undefined],
    ['/', undefined],
  ] as const)
    it(`${text} is ${address ? JSON.stringify(address) : 'none'}`, () => {
      expect(parseClamdAddress(text)).to.deep.equal(address);
    });
});
