import { expect } from 'chai';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import type { SecurityEvent } from '../../../src/desk/ports/securityLog.ts';
import { say } from '../../../src/locales/say.ts';
import type { Web } from '../../../src/web/server.ts';
import { startWeb } from '../../../src/web/server.ts';
import { HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import type { DeskWorld, Name } from '../../desk/world.ts';
import { openWorld, WHO } from '../../desk/world.ts';
import type { LinkBrowser } from '../../support/linkBrowser.ts';
import { createLinkBrowser, formOn, putFile, readDocument } from '../../support/linkBrowser.ts';
import { ADMITTED, promised, READY } from '../testServer.ts';

const NAVIGATION = { 'sec-fetch-site': 'same-origin', origin: 'null' };

/** Two instances of a real desk behind real servers, and what their security log says. */
describe('The exchange of a link', () => {
  let world: DeskWorld;
  let id: ClaimId;
  let poe: PoeId;
  let desks: readonly Desk[];
  let servers: readonly Web[];
  const recorded: SecurityEvent[] = [];
  let publicUrl = '';

  beforeEach(async () => {
    recorded.length = 0;
    world = await openWorld();
    id = await world.approved();
    poe = (await world.claim(id)).poe[0]?.id ?? ('' as PoeId);
    const securityLog = { record: (event: SecurityEvent) => void recorded.push(event) };
    desks = [world.another({ securityLog }), world.another({ securityLog })];
    servers = await Promise.all(desks.map(start));
    publicUrl = urlOf(0);
  });
  afterEach(() => Promise.all(servers.map((web) => web.close())));

  const urlOf = (index: number): string => `http://127.0.0.1:${servers[index]?.port}`;
  const at = (link: string, instance = 0): string => link.replace('https://desk.example', urlOf(instance));
  const start = (desk: Desk): Promise<Web> =>
    startWeb({
      host: '127.0.0.1',
      port: 0,
      publicUrl: () => publicUrl,
      backend: {
        authenticate: async () => ADMITTED,
        messages: async () => ({ status: 200 }),
        uploads: desk.poe.uploads,
        downloads: desk.poe.downloads,
        signingKeys: () => [],
        ready: async () => READY,
        log: world.world.log,
      },
    });
  const download = async (who: Name = 'anna'): Promise<string> =>
    at(await world.desk.poe.downloadLink(id, WHO[who], poe));
  const upload = async (who: Name = 'anna'): Promise<string> =>
    at(await world.desk.poe.uploadLink(await world.file(), WHO[who]));
  const what = (): readonly string[] => recorded.map((event) => event.what);
  const usedLinks = async (): Promise<number> =>
    (await world.documents.scan({ kind: 'usedLink', limit: 100 })).documents.length;
  const press = (browser: LinkBrowser, link: string, form: string, headers = {}): Promise<Response> =>
    browser.send(link, { method: 'POST', body: new URLSearchParams({ form }), headers });
  const pageOf = async (browser: LinkBrowser, link: string): Promise<string> => (await browser.send(link)).text();

  it('is done by the page’s button: the file comes once it was pressed, and the reading is recorded', async () => {
    const link = await download('rita');
    const browser = createLinkBrowser();
    const page = await pageOf(browser, link);
    expect(page).to.include('Rita').and.include(say('en', 'entry.title.download'));
    expect([what(), await usedLinks()]).to.deep.equal([[], 0]);
    const file = await readDocument(link, browser);
    expect([file.status, await file.text()]).to.deep.equal([200, 'proof']);
    expect(recorded).to.deep.equal([
      { what: 'linkOpened', link: 'download', person: WHO.rita, claim: id },
      { what: 'documentRead', person: WHO.rita, claim: id, poe },
    ]);
    const again = await browser.send(`${link}/file`);
    expect([again.status, what().at(-1), what().length]).to.deep.equal([200, 'documentRead', 3]);
    const readings = await world.desk.readings(WHO.ops, id);
    expect(readings?.readings, 'the first of a person and a day').to.have.length(1);
  });

  it('names neither claim, person nor file in any address, and neither in what a link’s page says to who only has it', async () => {
    for (const link of [await download(), await upload()]) {
      expect(link).to.match(/^http:\/\/127\.0\.0\.1:\d+\/poe(?:-file)?\/[\w-]{100,330}$/);
      const decoded = Buffer.from(link.slice(link.lastIndexOf('/') + 1), 'base64url').toString('latin1');
      expect(decoded)
        .to.not.match(/CPOR|proof|0000/)
        .and.not.include(id);
      const page = await pageOf(createLinkBrowser(), link);
      expect(page).to.not.match(/CPOR-|Contoso|proof\.pdf/);
    }
    const browser = createLinkBrowser();
    const link = await download();
    const entered = await browser.enter(link);
    expect(entered.headers.get('location')).to.match(/^[\w-]+\/file$/);
  });

  it('is not done by who only looks: a preview, a scanner, HEAD, OPTIONS, a prefetch', async () => {
    for (const link of [await download(), await upload()]) {
      for (const headers of [{}, { 'user-agent': 'SkypeUriPreview' }, { 'sec-purpose': 'prefetch;prerender' }]) {
        const response = await fetch(link, { headers });
        expect(response.status).to.equal(200);
        expect(response.headers.get('set-cookie')).to.not.include('session');
      }
      for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE']) {
        const response = await fetch(link, { method });
        expect(response.status, method).to.equal(405);
        expect(response.headers.get('set-cookie')).to.equal(null);
      }
    }
    expect([what(), await usedLinks()]).to.deep.equal([[], 0]);
  });

  it('gives nothing ahead of its user to a browser that has a session either', async () => {
    const link = await download();
    const browser = createLinkBrowser();
    await browser.enter(link);
    for (const headers of [{ 'sec-purpose': 'prefetch' }, { purpose: 'prefetch' }, { 'x-moz': 'prefetch' }])
      expect((await browser.send(`${link}/file`, { headers })).status).to.equal(403);
    for (const method of ['HEAD', 'OPTIONS', 'POST'])
      expect((await browser.send(`${link}/file`, { method })).status, method).to.equal(405);
    expect(what()).to.deep.equal(['linkOpened']);
  });

  it('gives a cookie that no script reads, for this link’s pages alone, and Secure behind https', async () => {
    const link = await download();
    const path = new URL(link).pathname;
    const entered = await createLinkBrowser().enter(link);
    expect(entered.headers.getSetCookie()).to.have.length(1);
    expect(entered.headers.getSetCookie()[0]).to.match(
      new RegExp(`^desk-session=[\\w-]+; Max-Age=600; Path=${path}; HttpOnly; SameSite=Lax$`),
    );
    publicUrl = 'https://desk.example/claims/';
    const page = await fetch(await download());
    expect(page.headers.getSetCookie()[0]).to.match(
      /^__Host-desk-browser=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    const cookie = (page.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const second = await download();
    const form = formOn(await (await fetch(second, { headers: { cookie } })).text()) ?? '';
    const body = new URLSearchParams({ form });
    const secure = await fetch(second, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    expect(secure.headers.getSetCookie()[0]).to.match(
      /^__Secure-desk-session=[\w-]+; Max-Age=600; Path=\/claims\/poe-file\/[\w-]+; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it('is done once: any other browser is told so, and that is recorded', async () => {
    const link = await download();
    const [mine, other] = [createLinkBrowser(), createLinkBrowser()];
    const otherForm = formOn(await pageOf(other, link)) ?? '';
    expect((await mine.enter(link)).status).to.equal(303);
    const late = await press(other, link, otherForm);
    expect([late.status, await late.text()])
      .to.have.nested.property('[1]')
      .that.includes(say('en', 'link.title.used'));
    expect(late.status).to.equal(410);
    expect((await other.send(`${link}/file`)).status).to.equal(403);
    expect((await createLinkBrowser().enter(link)).status).to.equal(410);
    expect(recorded.filter((event) => event.what === 'linkRefused')).to.deep.include({
      what: 'linkRefused',
      link: 'download',
      person: WHO.anna,
      claim: id,
      code: 'used',
    });
    expect((await mine.send(`${link}/file`)).status).to.equal(200);
  });

  it('has one winner among browsers that press at once, also at several instances', async () => {
    const link = await download();
    const browsers = Array.from({ length: 8 }, () => createLinkBrowser());
    const forms = await Promise.all(browsers.map((browser) => pageOf(browser, link)));
    const pressed = await Promise.all(
      browsers.map((browser, index) =>
        press(browser, link.replace(urlOf(0), urlOf(index % 2)), formOn(forms[index] ?? '') ?? ''),
      ),
    );
    expect(pressed.map(({ status }) => status).sort()).to.deep.equal([303, ...Array<number>(7).fill(410)]);
    expect([await usedLinks(), what().filter((one) => one === 'linkOpened').length]).to.deep.equal([1, 1]);
  });

  it('is repeated by the same browser for a minute with the same answer: a double press, a lost answer', async () => {
    const link = await download();
    const browser = createLinkBrowser();
    const form = formOn(await pageOf(browser, link)) ?? '';
    const cookie = browser.cookies(link);
    const again = (): Promise<Response> =>
      fetch(link, { method: 'POST', body: new URLSearchParams({ form }), headers: { cookie }, redirect: 'manual' });
    const [one, two] = await Promise.all([again(), again()]);
    expect([one.status, two.status]).to.deep.equal([303, 303]);
    expect(one.headers.get('set-cookie')).to.equal(two.headers.get('set-cookie'));
    world.clock.turn(MINUTE - 1);
    expect((await again()).status).to.equal(303);
    world.clock.turn(1);
    expect((await again()).status).to.equal(410);
    expect(what().filter((what) => what === 'linkOpened')).to.have.length(1);
  });

  it('holds for the other instance, and for a process that comes after', async () => {
    const link = await upload();
    const browser = createLinkBrowser();
    expect((await browser.enter(link)).status).to.equal(303);
    const elsewhere = link.replace(urlOf(0), urlOf(1));
    expect((await putFile(browser, elsewhere, 'a.pdf', Buffer.from('one'))).status).to.equal(201);
    const after = await start(world.another());
    try {
      const later = link.replace(urlOf(0), `http://127.0.0.1:${after.port}`);
      expect((await putFile(browser, later, 'b.pdf', Buffer.from('two'))).status).to.equal(201);
      expect((await createLinkBrowser().enter(later)).status).to.equal(410);
    } finally {
      await after.close();
    }
  });

  it('is refused to a form of another page, of no page, or of the page of another browser or link', async () => {
    const [link, other] = [await download(), await download()];
    const browser = createLinkBrowser();
    const form = formOn(await pageOf(browser, link)) ?? '';
    const otherForm = formOn(await pageOf(browser, other)) ?? '';
    const strangers = formOn(await pageOf(createLinkBrowser(), link)) ?? '';
    const refused = [
      await press(browser, link, form, { origin: 'https://evil.example' }),
      await press(browser, link, form, { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }),
      await press(browser, link, form, { 'sec-fetch-site': 'cross-site' }),
      await press(browser, link, form, { 'sec-fetch-site': 'same-site', origin: 'null' }),
      await press(browser, link, form, { 'sec-fetch-site': 'none' }),
      await press(browser, link, ''),
      await press(browser, link, otherForm),
      await press(browser, link, strangers),
      await press(createLinkBrowser(), link, form),
      await browser.send(link, { method: 'POST' }),
      await browser.send(link, { method: 'POST', body: 'x'.repeat(100_000) }),
      await browser.send(link, { method: 'POST', body: `${'x'.repeat(2_000)}&form=${form}` }),
    ];
    for (const [index, response] of refused.entries()) {
      expect(response.status, String(index)).to.equal(403);
      expect(await response.text()).to.include(say('en', 'entry.again').replaceAll("'", '&#39;'));
      expect(response.headers.getSetCookie().join()).to.not.include('session');
    }
    expect([what().includes('linkOpened'), await usedLinks()]).to.deep.equal([false, 0]);
    expect((await press(browser, link, form, NAVIGATION)).status, 'as browsers send it').to.equal(303);
  });

  it('is refused for a Host that is not one, and answers no other origin’s question', async () => {
    const link = await download();
    const asked = await fetch(link, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
    expect(asked.headers.get('access-control-allow-origin')).to.equal(null);
    const foreign = await fetch(link, { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('gives a session that is worth nothing for another link, another person’s, or another use', async () => {
    const [mine, theirs, files] = [await download('anna'), await download('rita'), await upload()];
    const browser = createLinkBrowser();
    await browser.enter(mine);
    const session = /desk-session=([\w-]+)/.exec(browser.cookies(mine))?.[1] ?? '';
    const cookie = `desk-session=${session}`;
    const read = (link: string): Promise<Response> => fetch(link, { headers: { cookie }, redirect: 'manual' });
    expect((await read(`${mine}/file`)).status).to.equal(200);
    expect((await read(`${theirs}/file`)).status).to.equal(403);
    const page = await read(files);
    expect(await page.text()).to.include(say('en', 'entry.title.upload'));
    const put = await fetch(`${files}/files`, {
      method: 'PUT',
      body: 'x',
      headers: { cookie, 'x-requested-with': 'desk', 'x-file-name': 'a.pdf' },
    });
    expect(put.status).to.equal(403);
    for (const fixed of ['', 'x', 'A'.repeat(60), `${session}A`, session.slice(1), new URL(mine).pathname.slice(10)])
      expect(
        (await fetch(`${mine}/file`, { headers: { cookie: `desk-session=${fixed}` } })).status,
        fixed,
      ).to.be.within(403, 410);
  });

  it('takes no session or browser id for one that the reader brought along without the page’s form', async () => {
    const link = await download();
    const cookie = 'desk-browser=chosen-by-a-stranger; desk-session=chosen-by-a-stranger';
    const body = new URLSearchParams({ form: 'chosen' });
    const pressed = await fetch(link, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    expect([pressed.status, await usedLinks()]).to.deep.equal([403, 0]);
  });

  it('ends with the session: a document after ten minutes, an upload after an hour', async () => {
    const [link, files] = [await download(), await upload()];
    const browser = createLinkBrowser();
    await browser.enter(link);
    await browser.enter(files);
    world.clock.turn(10 * MINUTE);
    const ended = await browser.send(`${link}/file`);
    expect([ended.status, await ended.text()].join())
      .to.include('410')
      .and.include(say('en', 'link.title.used'));
    expect((await putFile(browser, files, 'a.pdf', Buffer.from('one'))).status).to.equal(201);
    world.clock.turn(50 * MINUTE);
    const late = await putFile(browser, files, 'b.pdf', Buffer.from('two'));
    expect([late.status, ((await late.json()) as { sentence: string }).sentence]).to.deep.equal([
      410,
      say('en', 'link.used'),
    ]);
  });

  it('is over half an hour after the link was made: for its page, and for the button of a page that was opened before', async () => {
    const link = await download();
    const browser = createLinkBrowser();
    const form = formOn(await pageOf(browser, link)) ?? '';
    world.clock.turn(30 * MINUTE);
    const late = await press(browser, link, form);
    expect([late.status, await usedLinks()]).to.deep.equal([410, 0]);
    expect(await late.text()).to.include(say('en', 'link.title.expired'));
    expect((await fetch(link)).status, 'its page').to.equal(410);
  });

  it('lets an upload that has begun finish after its session', async () => {
    const link = await upload();
    const browser = createLinkBrowser();
    await browser.enter(link);
    world.clock.turn(HOUR - 1);
    const begun = promised();
    world.documents.beforeWrite = ({ kind }) => {
      if (kind === 'fileIntent') begun.keep();
    };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('begun '));
      },
      async pull(controller) {
        await begun.kept;
        world.clock.turn(2);
        controller.enqueue(Buffer.from('ended'));
        controller.close();
      },
    });
    const put = await browser.send(`${link}/files`, {
      method: 'PUT',
      body,
      headers: { 'x-requested-with': 'desk', 'x-file-name': 'slow.pdf' },
      duplex: 'half',
    });
    expect(put.status, await put.text()).to.equal(201);
  });

  it('tells of a link that its person lost the right to no more than of one that never was', async () => {
    const foreign = await download('tomas');
    const unknown = `${urlOf(0)}/poe-file/${'A'.repeat(250)}`;
    const answers = await Promise.all(
      [foreign, unknown, `${foreign}x`].map(async (link) => {
        const response = await fetch(link, { headers: { 'accept-language': 'ru' } });
        return { status: response.status, text: await response.text(), cookies: response.headers.getSetCookie() };
      }),
    );
    expect(answers[0]?.text).to.include(say('ru', 'link.title.altered')).and.include('lang="ru"');
    expect(answers[0]).to.deep.equal(answers[1]).and.deep.equal(answers[2]);
    expect(answers[0]?.status).to.equal(404);
    expect(recorded.map((event) => 'code' in event && event.code)).to.include('foreign');
  });

  it('is kept from a person whose right ends between the page and the press, and spends nothing', async () => {
    const link = await download('arun');
    const browser = createLinkBrowser();
    const form = formOn(await pageOf(browser, link)) ?? '';
    await world.people.alter(WHO.arun, (person) => ({ ...person, staff: [] }));
    expect((await press(browser, link, form)).status).to.equal(404);
    expect(await usedLinks()).to.equal(0);
  });

  it('leads on to the upload page in the same browser, which says who adds the files', async () => {
    const link = await upload();
    const browser = createLinkBrowser();
    await browser.enter(link);
    const page = await pageOf(browser, link);
    expect(page).to.include('id="upload"').and.include('Anna').and.include(say('en', 'upload.as'));
    const end = await browser.send(`${link}/finish`, { method: 'POST', headers: { 'x-requested-with': 'desk' } });
    expect(end.status).to.equal(200);
    expect(await pageOf(browser, link)).to.include(say('en', 'link.title.used'));
  });
});
