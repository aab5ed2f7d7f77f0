/** Hostile uploads through the real door: many at once, slow, cut off, of wrong lengths. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { createLinkBrowser } from '../support/linkBrowser.ts';
import { createTurnedTimer } from '../support/turnedTimer.ts';
import { METRICS_KEY } from './support/backend.ts';
import { claimIn, DETAILS, NEW_CLAIM, newPdf } from './support/filing.ts';
import { startFileStore } from './support/fileStore.ts';
import { linksOf, textOf } from './support/shownCard.ts';
import { startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

const MIB = 1024 * 1024;
const AT_ONCE = 6;

/** One PUT on a socket of its own, sent piece by piece. */
interface Sending {
  readonly socket: Socket;
  /** Everything that was answered so far. */
  answer(): string;
  status(): Promise<number>;
}

describe('acceptance: uploads are bounded', () => {
  let scenario: Scenario;
  const timer = createTurnedTimer();
  const opened = new Set<Socket>();

  before(async () => {
    scenario = await startScenario({
      timer,
      env: { POE_MAX_MIB: '2', MAX_CONCURRENT_UPLOADS: String(AT_ONCE), MAX_CONCURRENT_UPLOADS_MIB: '8' },
    });
  });
  after(() => scenario.stop());
  afterEach(async () => {
    for (const socket of opened) socket.destroy();
    opened.clear();
    await none();
    await scenario.check();
  });

  async function newDraft(): Promise<ClaimId> {
    const created = await scenario.anna.press(await scenario.anna.ask('new claim'), 'create', NEW_CLAIM);
    await scenario.anna.press(created, 'edit', DETAILS);
    return claimIn(created.card);
  }

  /** What a browser got for the link of a path. */
  const cookies = new Map<string, string>();
  /** The path of a new upload link of a claim, which was opened. */
  async function linkTo(id: ClaimId): Promise<string> {
    const card = await scenario.anna.ask(id);
    const shown = await scenario.anna.press(card, 'addPoe', {});
    const link = linksOf(shown.card).find((one) => one.includes('/poe/'));
    if (!link) throw new Error(`no upload link on the card:\n${textOf(shown.card)}`);
    const browser = createLinkBrowser();
    await browser.enter(link);
    const path = new URL(link).pathname;
    cookies.set(path, browser.cookies(link));
    return path;
  }

  function put(path: string, headers: Readonly<Record<string, string>>): Sending {
    const socket = connect(scenario.desk.port, '127.0.0.1');
    opened.add(socket);
    let told = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    socket.on('error', () => undefined);
    const lines = Object.entries({
      host: '127.0.0.1',
      'x-requested-with': 'desk',
      'x-file-name': 'proof.pdf',
      cookie: cookies.get(path) ?? '',
      ...headers,
    });
    socket.write(`PUT ${path}/files HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    const status = async (): Promise<number> => {
      for (let tries = 0; tries < 400 && !told.includes('\r\n\r\n'); tries += 1) await pause(10);
      return Number(/^HTTP\/1\.1 (\d+)/.exec(told)?.[1] ?? 0);
    };
    return { socket, answer: () => told, status };
  }

  async function inFlight(): Promise<readonly [files: number, bytes: number]> {
    const metrics = await fetch(`http://127.0.0.1:${scenario.desk.port}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_KEY}` },
    });
    const text = await metrics.text();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
    return [value('desk_uploads_in_flight'), value('desk_upload_bytes_in_flight')];
  }

  async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await isSo()) return;
      await pause(10);
    }
    throw new Error(`never ${what}`);
  }
  const begun = (): Promise<void> => until(async () => (await inFlight())[0] === 1, 'was it read');
  const none = (): Promise<void> => until(async () => (await inFlight())[0] === 0, 'was every upload over');

  it('of 50 files at once no more are read than the process takes; the others are asked to try again', async () => {
    const id = await newDraft();
    const links: string[] = [];
    while (links.length < 5) links.push(await linkTo(id));
    const file = Buffer.concat([newPdf(), Buffer.alloc(MIB / 2)]);
    const before = process.memoryUsage.rss();
    let most = { files: 0, bytes: 0, rss: 0 };
    const sendings = Array.from({ length: 50 }, (_, number) =>
      put(links[number % links.length] ?? '', { 'content-length': String(file.length) }),
    );
    for (const { socket } of sendings) socket.write(file.subarray(0, file.length - 1));
    for (let looks = 0; looks < 20; looks += 1) {
      const [files, bytes] = await inFlight();
      most = {
        files: Math.max(most.files, files),
        bytes: Math.max(most.bytes, bytes),
        rss: Math.max(most.rss, process.memoryUsage.rss() - before),
      };
      await pause(10);
    }
    for (const { socket } of sendings) socket.write(file.subarray(file.length - 1));
    const statuses = await Promise.all(sendings.map(({ status }) => status()));
    const counts = Object.groupBy(statuses, (status) => String(status));
    process.stdout.write(
      `      50 uploads of 512 KiB at once: most in flight ${most.files} files and ${(most.bytes / MIB).toFixed(1)} MiB, ` +
        `${(most.rss / MIB).toFixed(0)} MiB more memory; answers ` +
        `${Object.entries(counts)
          .map(([status, all]) => `${status} × ${all?.length}`)
          .join(', ')}\n`,
    );
    expect(most.files).to.be.at.most(AT_ONCE);
    expect(most.bytes).to.be.at.most(8 * MIB);
    expect(most.rss).to.be.below(150 * MIB);
    expect(new Set(statuses)).to.deep.equal(new Set([201, 409, 429]));
    const refused = sendings.find(({ answer }) => answer().includes(' 429 '))?.answer() ?? '';
    expect(refused).to.match(/^retry-after: \d+\r$/im);
    expect(refused).to.contain('"canRetry":true');
    // The same bytes are one document: the first to be whole is in, and the others are told so.
    expect((await scenario.claim(id)).poe).to.have.length(1);
  });

  it('a sender who sends nothing, or a byte now and then, is ended and told so', async () => {
    const link = await linkTo(await newDraft());
    const silent = put(link, { 'content-length': '1000' });
    const slow = put(link, { 'transfer-encoding': 'chunked' });
    await until(async () => (await inFlight())[0] === 2, 'were both read');
    for (let seconds = 0; seconds < 60 && (await inFlight())[0] > 0; seconds += 5) {
      slow.socket.write('1\r\nx\r\n');
      await pause(20);
      timer.turn(5_000);
      await pause(20);
    }
    expect(await silent.status()).to.equal(408);
    expect(await slow.status()).to.equal(408);
    expect(slow.answer())
      .to.contain('The connection was too slow or stopped')
      .and.match(/^connection: close\r$/im);
    expect(timer.waiting()).to.equal(0);
  });

  it('one that breaks off midway, or says another length, leaves nothing and lets go', async () => {
    const id = await newDraft();
    const link = await linkTo(id);
    const cut = put(link, { 'content-length': '100000' });
    cut.socket.write(newPdf());
    await begun();
    cut.socket.destroy();
    await none();
    const short = put(link, { 'content-length': '100000' });
    short.socket.write(newPdf());
    await begun();
    short.socket.end();
    await none();
    const file = newPdf();
    const long = put(link, { 'content-length': String(file.length - 10) });
    long.socket.write(file);
    expect(await long.status(), 'what follows is no request').to.equal(400);
    await none();
    const noNumber = put(link, { 'content-length': 'x1' });
    expect(await noNumber.status()).to.equal(400);
    const two = put(link, { 'content-length': '5', 'transfer-encoding': 'chunked' });
    expect(await two.status()).to.equal(400);
    const wrongChunk = put(link, { 'transfer-encoding': 'chunked' });
    await begun();
    wrongChunk.socket.write('zz\r\nwhat\r\n');
    await none();
    const huge = put(link, { 'content-length': '99999999999' });
    expect(await huge.status()).to.equal(413);
    expect((await scenario.claim(id)).poe).to.deep.equal([]);
    const good = put(link, { 'content-length': String(file.length) });
    good.socket.write(file);
    expect(await good.status()).to.equal(201);
  });

  it('files in the chat wait for the same room: a second and a third message are told, and nothing of them is fetched', async () => {
    const id = await newDraft();
    const { promise: release, resolve } = Promise.withResolvers<undefined>();
    const store = await startFileStore((_path, response) => {
      void release.then(() => response.end(newPdf()));
    });
    try {
      const send = (name: string) =>
        scenario.post(scenario.activities.file(scenario.anna.persona, { name, downloadUrl: store.urlOf(name) }, id));
      const held = ['one.pdf', 'two.pdf'].map(send);
      await until(async () => store.asked.length === 2, 'were both asked for');
      await send('three.pdf');
      const told = scenario.connector
        .messages(scenario.anna.chat)
        .map((message) => JSON.stringify(message))
        .at(-1);
      expect(told).to.contain('three.pdf was not added: other files of yours are still being added');
      expect(store.asked).to.have.length(2);
      resolve(undefined);
      await Promise.all(held);
      expect((await scenario.claim(id)).poe).to.have.length(2);
    } finally {
      resolve(undefined);
      await store.close();
    }
  });
});
