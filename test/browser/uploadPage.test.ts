import { createServer, request } from 'node:http';
import { expect } from 'chai';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { OpenUpload } from '../../src/desk/ports/proof.ts';
import { say } from '../../src/locales/say.ts';
import type { TestBackend, TestServer } from '../web/testServer.ts';
import { LINK, OPEN_UPLOAD, openTestServer, promised, sizeOf } from '../web/testServer.ts';
import { startChromium } from './chromium.ts';

const file = (name: string, text: string | Buffer = 'content') => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
});

interface Proxy {
  readonly url: string;
  close(): void;
}

/** A proxy in front of the desk that leads to it below a path alone, and takes the path off again. */
async function startProxy(port: number, below: string): Promise<Proxy> {
  const proxy = createServer((asked, answered) => {
    const { url: path = '', method, headers } = asked;
    if (!path.startsWith(`${below}/`)) return void answered.writeHead(404).end();
    const passedOn = request({ host: '127.0.0.1', port, method, headers, path: path.slice(below.length) }, (came) => {
      answered.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answered);
    });
    passedOn.on('error', () => answered.destroy());
    asked.pipe(passedOn);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const address = proxy.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

describe('The upload page in a browser', function () {
  let browser: Browser | undefined;
  let context: BrowserContext;
  let page: Page;
  let server: TestServer;
  let proxy: Proxy | undefined;
  const complaints: string[] = [];

  before(async function () {
    browser = await startChromium(this);
  });
  after(() => browser?.close());
  afterEach(async () => {
    await context.close();
    await server.web.close();
    proxy?.close();
    proxy = undefined;
    expect(complaints.splice(0)).to.deep.equal([]);
  });

  async function show(
    uploads: TestBackend['uploads'] = {},
    upload: Partial<OpenUpload> = {},
    below = '',
    looks: BrowserContextOptions = {},
  ): Promise<void> {
    if (!browser) throw new Error('The browser has not started.');
    server = await openTestServer({
      publicUrl: `http://127.0.0.1${below}`,
      uploads: { open: async () => ({ ...OPEN_UPLOAD, ...upload }), ...uploads },
    });
    context = await browser.newContext(looks);
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (/content security policy/i.test(line.text())) complaints.push(line.text());
    });
    const host = below === '' ? server.url : (proxy = await startProxy(server.web.port, below)).url;
    await page.goto(`${host}${below}/poe/${LINK}`);
    expect(await page.locator('#upload').count(), 'before the button').to.equal(0);
    await page.getByRole('button', { name: say('en', 'entry.button.upload') }).click();
    await page.locator('#upload').waitFor();
  }
  const choose = (...files: ReturnType<typeof file>[]) => page.setInputFiles('#files', files);
  const row = (name: string) => page.locator('#rows .file', { hasText: name });
  const news = (name: string, state: string) =>
    page.locator(`#rows .file[data-state="${state}"]`, { hasText: name }).locator('.file-news').innerText();
  const doneButton = () => page.getByRole('button', { name: 'Done' });

  it('works below a path of the host too (PUBLIC_URL)', async () => {
    await show(
      {
        take: async (_link, name, bytes) => ({ ok: true, name, size: await sizeOf(bytes), kind: 'pdf' }),
        finish: async () => ({ ok: true }),
      },
      {},
      '/claims',
    );
    await choose(file('one.pdf'));
    await page.locator('.file[data-state="added"]').waitFor();
    await doneButton().click();
    await page.getByRole('heading', { name: say('en', 'upload.finished') }).waitFor();
  });

  it('is reached by the button of the page before without JavaScript too, which fits a phone', async () => {
    await show({}, {}, '', {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 640 },
      isMobile: true,
    });
    await context.clearCookies();
    await page.goto(page.url());
    const button = page.getByRole('button', { name: say('en', 'entry.button.upload') });
    const box = await button.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 360 && box.y + box.height <= 640).to.equal(true);
    expect(await page.getByText('Anna Ahlberg').isVisible()).to.equal(true);
  });

  it('takes several chosen files one after another, shows how far each is, and ends with Done', async () => {
    const arrived = promised();
    const goOn = promised();
    let finished = 0;
    await show({
      take: async (_link, name, bytes) => {
        const size = await sizeOf(bytes);
        if (name === 'one.pdf') {
          arrived.keep();
          await goOn.kept;
        }
        return { ok: true, name, size, kind: 'pdf' };
      },
      finish: async () => {
        finished += 1;
        return { ok: true };
      },
    });
    expect(await doneButton().isDisabled()).to.equal(true);
    await choose(file('one.pdf', Buffer.alloc(300_000)), file('two.docx'));
    await arrived.kept;
    expect(await news('one.pdf', 'checking')).to.equal('Checking the file');
    expect(await row('one.pdf').getByRole('progressbar').isVisible()).to.equal(true);
    expect(await news('two.docx', 'waiting')).to.equal('Waiting');
    expect(await doneButton().isDisabled()).to.equal(true);
    goOn.keep();
    expect(await news('one.pdf', 'added')).to.equal('Added');
    expect(await news('two.docx', 'added')).to.equal('Added');
    expect(await page.locator('#news').innerText()).to.equal('two.docx: Added');
    expect(await page.locator('#left').innerText()).to.equal('You can add 17 more files.');

    await doneButton().click();
    await page.getByRole('heading', { name: say('en', 'upload.finished') }).waitFor();
    expect(await page.locator(':focus').innerText()).to.equal(say('en', 'upload.finished'));
    expect(await page.locator('#upload').isVisible()).to.equal(false);
    expect(finished).to.equal(1);
  });

  it('takes files that are dropped anywhere on it', async () => {
    await show();
    const dropped = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'dropped.png'));
      transfer.items.add(new File(['y'], 'second.pdf'));
      return transfer;
    })()`);
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
    expect(await page.locator('#drop.over').count()).to.equal(1);
    await page.dispatchEvent('h1', 'drop', { dataTransfer: dropped });
    expect(await news('dropped.png', 'added')).to.equal('Added');
    expect(await news('second.pdf', 'added')).to.equal('Added');
    expect(await page.locator('#drop.over').count()).to.equal(0);
  });

  it('says at once what is wrong with a file that need not be sent', async () => {
    const sent: string[] = [];
    await show(
      {
        take: async (_link, name, bytes) => {
          sent.push(name);
          return { ok: true, name, size: await sizeOf(bytes), kind: 'pdf' };
        },
      },
      { maxBytes: 1000, filesLeft: 1 },
    );
    await choose(
      file('run.exe'),
      file('none.pdf', ''),
      file('big.pdf', Buffer.alloc(1001)),
      file('fits.pdf'),
      file('more.pdf'),
    );
    expect(await news('run.exe', 'refused')).to.equal(
      say('en', 'file.kindNotAccepted', { kinds: 'PDF, DOCX, XLSX, PPTX, PNG, or JPEG' }),
    );
    expect(await news('none.pdf', 'refused')).to.equal(say('en', 'file.empty'));
    expect(await news('big.pdf', 'refused')).to.equal(say('en', 'file.tooLarge', { size: '1,000 bytes' }));
    expect(await news('fits.pdf', 'added')).to.equal('Added');
    expect(await news('more.pdf', 'refused')).to.equal(say('en', 'file.tooMany'));
    expect(sent).to.deep.equal(['fits.pdf']);
  });

  it("shows the desk's own refusals beside each file, and goes on with the others", async () => {
    await show({
      take: async (_link, name, bytes) => {
        await sizeOf(bytes);
        if (name === 'secret.docx') return { ok: false, problem: 'encrypted' };
        if (name === '<b>lies</b>.png') return { ok: false, problem: 'nameDoesNotMatchKind', culprit: 'pdf' };
        return { ok: true, name, size: 1, kind: 'pdf' };
      },
    });
    await choose(file('secret.docx'), file('<b>lies</b>.png'), file('again.pdf'));
    expect(await news('secret.docx', 'refused')).to.equal(say('en', 'file.encrypted'));
    expect(await news('<b>lies</b>.png', 'refused')).to.equal(
      say('en', 'file.nameDoesNotMatchKind', { culprit: 'PDF', ending: 'pdf' }),
    );
    expect(await news('again.pdf', 'added')).to.include(say('en', 'file.added'));
  });

  it('lets a file be stopped in the middle and tried again', async () => {
    const arrived = promised();
    let tries = 0;
    await show({
      take: async (_link, name, bytes) => {
        tries += 1;
        if (tries > 1) return { ok: true, name, size: await sizeOf(bytes), kind: 'pdf' };
        for await (const chunk of bytes) {
          if (chunk.length === 0) continue;
          arrived.keep();
          await new Promise(() => undefined);
        }
        return { ok: false, problem: 'interrupted' };
      },
    });
    await choose(file('long.pdf', Buffer.alloc(20_000_000)));
    await arrived.kept;
    await row('long.pdf').getByRole('button', { name: 'Stop: long.pdf' }).click();
    expect(await news('long.pdf', 'stopped')).to.equal(say('en', 'upload.stopped'));
    await row('long.pdf').getByRole('button', { name: 'Try again: long.pdf' }).click();
    expect(await news('long.pdf', 'added')).to.equal('Added');
  });

  it('offers to try again when the connection breaks off', async () => {
    let tries = 0;
    await show();
    await page.route('**/files', (route) => {
      tries += 1;
      return tries === 1 ? route.abort('connectionreset') : route.continue();
    });
    await choose(file('a.pdf'));
    expect(await news('a.pdf', 'stopped')).to.equal(say('en', 'file.interrupted'));
    await page.getByRole('button', { name: 'Try again: a.pdf' }).click();
    expect(await news('a.pdf', 'added')).to.equal('Added');
  });

  it('stops with all files when the link has run out meanwhile', async () => {
    await show({ take: async () => ({ ok: false, problem: 'expired' }) });
    await choose(file('a.pdf'), file('b.pdf'));
    expect(await news('a.pdf', 'refused')).to.equal(say('en', 'link.expired'));
    expect(await news('b.pdf', 'refused')).to.equal(say('en', 'link.expired'));
    expect(await page.getByRole('alert').innerText()).to.equal(say('en', 'link.expired'));
  });

  it('keeps Done within reach when the end could not be told to the desk', async () => {
    let tries = 0;
    await show(
      {
        finish: async () => {
          tries += 1;
          if (tries === 1) throw new Error('store');
          return { ok: true };
        },
      },
      { alreadyThere: [{ name: 'letter.pdf', size: 5 }] },
    );
    await doneButton().click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).to.equal(say('en', 'upload.notFinished'));
    await doneButton().click();
    await page.getByRole('heading', { name: say('en', 'upload.finished') }).waitFor();
  });

  it('can be worked by keyboard alone', async () => {
    await show({}, { alreadyThere: [{ name: 'letter.pdf', size: 5 }] });
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('id')).to.equal('files');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('id')).to.equal('done');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: say('en', 'upload.finished') }).waitFor();
  });
});
