import { expect } from 'chai';
import { LANGUAGES, say } from '../../../src/locales/say.ts';
import type { TestServer } from '../testServer.ts';
import { openTestServer, SIGNING_KEYS } from '../testServer.ts';

describe('The page about the desk', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await openTestServer();
  });
  afterEach(() => server.web.close());

  for (const language of LANGUAGES) {
    it(`says in ${language} what the desk is, what it stores, where, and who runs it`, async () => {
      const response = await server.get('/about', { 'accept-language': `${language}, de;q=0.5` });
      const page = await response.text();
      expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
      expect(page).to.include(`<html lang="${language}">`);
      for (const key of [
        'about.title',
        'about.what',
        'about.who',
        'about.ask',
        'about.stores',
        'about.readers',
        'about.unread',
        'about.where',
        'about.rules',
        'about.license',
        'about.keys',
        'about.signed',
      ] as const) {
        expect(page, key).to.include(say(language, key));
      }
    });
  }

  it('is in English for a browser that asks for none of the desk’s languages', async () => {
    expect(await (await server.get('/about', { 'accept-language': 'de, fr;q=0.9' })).text()).to.include(
      '<html lang="en">',
    );
  });

  it('has the places that the links of the Teams app lead to', async () => {
    expect(await (await server.get('/about')).text())
      .to.include(' id="privacy"')
      .and.include(' id="terms"');
  });

  for (const language of LANGUAGES) {
    it(`has in ${language} the public keys of exports with their periods, old ones too`, async () => {
      const page = await (await server.get('/about', { 'accept-language': language })).text();
      for (const { publicKey } of SIGNING_KEYS) expect(page).to.include(`<code>${publicKey}</code>`);
      expect(page).to.include(say(language, 'about.keySince', { from: '2026-06-01' }));
      expect(page).to.include(say(language, 'about.keyUntil', { from: '2026-01-31', until: '2026-06-01' }));
    });
  }

  it('has the same keys for programs', async () => {
    const response = await server.get('/about/keys');
    expect(response.headers.get('content-type')).to.equal('application/json; charset=utf-8');
    expect(await response.json()).to.deep.equal({ format: 'cpor-keys', formatVersion: 1, keys: SIGNING_KEYS });
  });

  it('runs no script and lets no one frame it', async () => {
    const response = await server.get('/about');
    expect(response.headers.get('content-security-policy'))
      .to.include("default-src 'none'")
      .and.include("frame-ancestors 'none'");
    expect(await response.text()).not.to.match(/<script|<style|\sstyle=|\son[a-z]+=/i);
  });

  for (const base of ['/about', '/desk/about']) {
    it(`finds its style sheet where the desk is reached at ${base}`, async () => {
      const page = await (await server.get('/about')).text();
      const paths = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) =>
        new URL(match[1] ?? '', `${server.url}${base}`).href.slice(server.url.length + base.length - '/about'.length),
      );
      expect(new Set(paths.map((path) => path.split('?')[0]))).to.deep.equal(
        new Set(['/assets/desk.svg', '/assets/pages.css']),
      );
      for (const path of paths) expect((await server.get(path)).status, path).to.equal(200);
    });
  }
});
