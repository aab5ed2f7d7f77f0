import { expect } from 'chai';
import type { LinkProblem } from '../../../src/desk/ports/proof.ts';
import { say } from '../../../src/locales/say.ts';
import type { TestBackend, TestServer } from '../testServer.ts';
import { LINK, OFFER, OPEN_UPLOAD, openTestServer } from '../testServer.ts';

const LANGUAGES = ['en', 'ru', 'tr'] as const;

describe('The pages', () => {
  let server: TestServer;
  const open = async (backend: TestBackend = {}): Promise<void> => {
    server = await openTestServer(backend);
  };
  afterEach(() => server.web.close());

  function expectPageHeaders(headers: Headers, formAction = "'none'"): void {
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      `form-action ${formAction}`,
      "base-uri 'none'",
    ]) {
      expect(policy).to.include(rule);
    }
    expect(policy).not.to.include('unsafe');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('x-frame-options')).to.equal('DENY');
    expect(headers.get('server') ?? headers.get('x-powered-by')).to.equal(null);
    expect(headers.get('content-type')).to.equal('text/html; charset=utf-8');
  }

  function expectNothingInline(page: string): void {
    expect(page).not.to.match(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:/i);
  }

  for (const language of LANGUAGES) {
    it(`offer an upload in ${language}, with the claim, the customer, the limits and what is there`, async () => {
      const alreadyThere = [{ name: 'letter.pdf', size: 123_456 }];
      await open({ uploads: { open: async () => ({ ...OPEN_UPLOAD, language, filesLeft: 2, alreadyThere }) } });
      const response = await server.get(`/poe/${LINK}`, { 'accept-language': 'de' });
      const page = await response.text();
      expect(response.status).to.equal(200);
      expectPageHeaders(response.headers);
      expectNothingInline(page);
      expect(page).to.include(`<html lang="${language}">`);
      expect(page).to.include('CPOR-7F3K9Q').and.include('Contoso Ltd').and.include('letter.pdf');
      expect(page)
        .to.include(say(language, 'upload.title'))
        .and.include(say(language, 'upload.left', { count: 2 }));
      // What a phone does not let its owner choose, the page tells them at once.
      expect(page).to.include(say(language, 'upload.heic'));
      expect(page).to.include('accept=".pdf,.docx,.xlsx,.pptx,.png,.jpg,.jpeg,.jfif,.jpe"');
    });
  }

  it('show names that look like HTML as text', async () => {
    const hostile = `"><script>alert('1')</script>&amp;<img src=x onerror=alert(1)>\ud800`;
    await open({
      uploads: {
        open: async () => ({
          ...OPEN_UPLOAD,
          customerName: hostile,
          claimId: hostile,
          alreadyThere: [{ name: hostile, size: 1 }],
        }),
      },
    });
    const page = await (await server.get(`/poe/${LINK}`)).text();
    expect(page).not.to.include('<script>').and.not.include('<img src=x');
    expect(page).to.include(
      '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&lt;img src=x onerror=alert(1)&gt;\ufffd',
    );
  });

  for (const language of LANGUAGES) {
    for (const [path, kind] of [
      [`/poe/${LINK}`, 'upload'],
      [`/poe-file/${LINK}`, 'download'],
    ] as const) {
      it(`say in ${language} whose a link for ${kind} is before its button is pressed, and until when it is good`, async () => {
        const show = async () => ({ ...OFFER, language, minutesLeft: 2 });
        await open({ uploads: { show }, downloads: { show } });
        const response = await server.get(path, { cookie: '', 'accept-language': 'de' });
        const page = await response.text();
        expect(response.status).to.equal(200);
        expectPageHeaders(response.headers, "'self'");
        expectNothingInline(page);
        expect(page)
          .to.include(`<html lang="${language}">`)
          .and.include('Anna Ahlberg')
          .and.include(say(language, `entry.title.${kind}`))
          .and.include(say(language, `entry.tells.${kind}`))
          .and.include(say(language, 'entry.once', { minutes: 2, session: 60 }))
          .and.include(say(language, 'entry.notYou'));
        expect(page).to.not.include('upload.js').and.not.include(say(language, 'entry.again'));
      });
    }
  }

  it('offer the button again while the session of a link lasts, and say for how long', async () => {
    await open({ downloads: { show: async () => ({ ...OFFER, isEntered: true, minutesLeft: 7 }) } });
    const page = await (await server.get(`/poe-file/${LINK}`)).text();
    expect(page).to.include(say('en', 'entry.entered', { minutes: 7 }));
  });

  it('show the name of a person that looks like HTML as text', async () => {
    await open({ uploads: { show: async () => ({ ...OFFER, person: '<img src=x onerror=alert(1)>"' }) } });
    const page = await (await server.get(`/poe/${LINK}`, { cookie: '' })).text();
    expect(page).not.to.include('<img src=x');
    expect(page).to.include('&lt;img src=x onerror=alert(1)&gt;&quot;');
  });

  const refusals: readonly (readonly [LinkProblem, number, LinkProblem?])[] = [
    ['expired', 410],
    ['used', 410],
    ['altered', 404],
    ['foreign', 404, 'altered'],
    ['closed', 403],
    ['historyBroken', 503],
  ];
  for (const [problem, status, told = problem] of refusals) {
    it(`say in the reader's language that a link is ${told} where it is ${problem}, and nothing about any claim`, async () => {
      for (const language of LANGUAGES) {
        const show = async () => ({ ok: false, problem, language }) as const;
        await open({ uploads: { show }, downloads: { show } });
        for (const path of [`/poe/${LINK}`, `/poe-file/${LINK}`]) {
          const response = await server.get(path, { cookie: '', 'accept-language': language });
          const page = await response.text();
          expect(response.status).to.equal(status);
          expectPageHeaders(response.headers);
          expectNothingInline(page);
          expect(page)
            .to.include(say(language, `link.title.${told}`))
            .and.include(say(language, `link.${told}`));
          expect(page).not.to.include(LINK).and.not.match(/CPOR-/);
        }
        await server.web.close();
      }
    });
  }

  it('tell a browser that has a session why its person may not go on', async () => {
    await open({ uploads: { open: async () => ({ ok: false, problem: 'foreign', language: 'en' }) } });
    const response = await server.get(`/poe/${LINK}`);
    expect([response.status, await response.text()].join())
      .to.include('403')
      .and.include(say('en', 'link.foreign'));
  });

  it('bind browsers to https where the public address has it, for as long as is set', async () => {
    for (const [publicUrl, hstsSeconds, said] of [
      ['https://desk.example', 300, 'max-age=300'],
      ['https://desk.example', 0, null],
      ['http://127.0.0.1', 300, null],
    ] as const) {
      await open({ publicUrl, hstsSeconds });
      for (const path of [`/poe/${LINK}`, '/about', '/healthz', '/nothing', '/assets/pages.css'])
        expect((await server.get(path)).headers.get('strict-transport-security'), path).to.equal(said);
      await server.web.close();
    }
  });

  it('guess the language from the browser where the link does not tell, and fall back to English', async () => {
    await open({ uploads: { open: async () => ({ ok: false, problem: 'altered' }) } });
    const wishes = {
      'tr-TR,en;q=0.8': 'tr',
      'de, en;q=0.2, ru;q=0.7': 'ru',
      ja: 'en',
      '': 'en',
      'ru;q=0': 'en',
      ';;q=,,': 'en',
      'tr;q=x, ru;q=0.1': 'ru',
      'tr;q=-1': 'en',
      '*': 'en',
      TR: 'tr',
      '"tr", \\,ru': 'ru',
      [`${'de,'.repeat(2_000)}tr`]: 'tr',
    };
    for (const [wish, language] of Object.entries(wishes)) {
      expect(await (await server.get(`/poe/${LINK}`, { 'accept-language': wish })).text(), wish).to.include(
        `<html lang="${language}">`,
      );
    }
  });

  it('admit a fault without its details', async () => {
    await open({
      uploads: {
        open: async () => {
          throw new Error('the secret');
        },
      },
    });
    const response = await server.get(`/poe/${LINK}`, { 'accept-language': 'tr' });
    const page = await response.text();
    expect(response.status).to.equal(500);
    expectPageHeaders(response.headers);
    expect(page).to.include(say('tr', 'link.fault')).and.not.include('secret');
    expect(JSON.stringify(server.log)).not.to.include(LINK);
  });

  it('load their script, style sheet and sign from paths that change with the content', async () => {
    await open();
    const page = await (await server.get(`/poe/${LINK}`)).text();
    const paths = [...page.matchAll(/"([^"]*\/assets\/[^"]+)"/g)].map((match) =>
      new URL(match[1] ?? '', `${server.url}/poe/${LINK}`).href.slice(server.url.length),
    );
    expect(new Set(paths.map((path) => path.split('?')[0]))).to.deep.equal(
      new Set(['/assets/desk.svg', '/assets/pages.css', '/assets/upload.js']),
    );
    for (const path of paths) {
      const response = await server.get(path);
      expect(response.status).to.equal(200);
      expect(response.headers.get('cache-control')).to.include('immutable');
      expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    }
    for (const path of ['/assets/server.ts', '/assets/..%2Fserver.ts', '/assets/__proto__', '/assets/']) {
      expect((await server.get(path)).status, path).to.equal(404);
    }
  });
});
