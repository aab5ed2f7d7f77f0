import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { contentTypes, office, png, zip } from '../files/samples.ts';
import type { FileStore } from './support/fileStore.ts';
import { startFileStore } from './support/fileStore.ts';
import { claimIn, DETAILS, drafted, NEW_CLAIM, newPdf, rejected, uploadThrough } from './support/filing.ts';
import { METRICS_KEY } from './support/backend.ts';
import { linksOf, textOf } from './support/shownCard.ts';
import { DAY, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';
import type { LinkBrowser } from '../support/linkBrowser.ts';
import { createLinkBrowser, putFile } from '../support/linkBrowser.ts';

describe('acceptance: files handed to the bot and through its page', () => {
  let scenario: Scenario;
  let store: FileStore;
  const kept = new Map<string, Buffer>();

  before(async () => {
    scenario = await startScenario({ env: { POE_MAX_MIB: '1', POE_MAX_FILES: '4' } });
    store = await startFileStore((path, response) => {
      const bytes = kept.get(decodeURIComponent(path.slice(1)));
      if (path === '/broken') {
        response.setHeader('content-length', '1000');
        response.write('%PDF-1.4');
        setImmediate(() => response.destroy());
        return;
      }
      response.statusCode = path === '/elsewhere' ? 302 : bytes ? 200 : 404;
      if (path === '/elsewhere') response.setHeader('location', 'http://127.0.0.1:1/');
      response.end(bytes);
    });
  });
  after(async () => {
    await store.close();
    await scenario.stop();
  });
  beforeEach(() => store.forget());
  afterEach(() => scenario.check());

  async function newDraft(): Promise<ClaimId> {
    const created = await scenario.anna.press(await scenario.anna.ask('new claim'), 'create', NEW_CLAIM);
    await scenario.anna.press(created, 'edit', DETAILS);
    return claimIn(created.card);
  }

  /** Hands a file to the bot in Anna's chat; answers what the card says of it. */
  async function hand(name: string, bytes: Buffer, text: string): Promise<string> {
    kept.set(name, bytes);
    return textOf((await scenario.anna.sendFile(name, store.urlOf(name), text)).card);
  }

  it('a file in the personal chat becomes PoE of the one claim that takes files now', async () => {
    const id = await newDraft();
    expect(await hand('order.pdf', newPdf(), ''))
      .to.contain(id)
      .and.to.contain('order.pdf');
    expect((await scenario.claim(id)).poe.map((poe) => [poe.name, poe.kind])).to.deep.equal([['order.pdf', 'pdf']]);
  });

  it("a file for a claim that is none of the sender's is not even fetched", async () => {
    const id = await newDraft();
    kept.set('stray.pdf', newPdf());
    const answer = textOf((await scenario.tomas.sendFile('stray.pdf', store.urlOf('stray.pdf'), id)).card);
    expect(answer).to.contain(`cannot find a claim ${id}`);
    expect(store.asked).to.deep.equal([]);
    expect((await scenario.claim(id)).poe).to.deep.equal([]);
  });

  it('a message with files that Teams delivers again, as taking them lasts, is taken and answered once', async () => {
    const id = await newDraft();
    kept.set('slow.pdf', newPdf());
    const before = scenario.connector.messages(scenario.anna.chat).length;
    const sent = scenario.activities.file(
      scenario.anna.persona,
      { name: 'slow.pdf', downloadUrl: store.urlOf('slow.pdf') },
      id,
    );
    await Promise.all([scenario.post(sent), scenario.post(sent)]);
    await scenario.post(sent);
    await scenario.idle();
    expect(store.asked).to.deep.equal(['/slow.pdf']);
    expect((await scenario.claim(id)).poe).to.have.lengthOf(1);
    expect(scenario.connector.messages(scenario.anna.chat)).to.have.lengthOf(before + 1);
  });

  it('with several such claims the bot asks which, and takes the one that the message names', async () => {
    const id = await newDraft();
    const before = await scenario.claims();
    expect(await hand('which.png', png(), '')).to.match(/which/i);
    expect(await scenario.claims()).to.deep.equal(before);
    expect(store.asked, 'nothing is fetched for no one').to.deep.equal([]);
    await hand('which.png', png(), `this is for ${id.toLowerCase()}`);
    expect((await scenario.claim(id)).poe.map((poe) => poe.kind)).to.deep.equal(['png']);
  });

  it('refuses what is no acceptable file, says which and why, and keeps nothing of it', async () => {
    const id = await newDraft();
    const refusals: readonly (readonly [name: string, bytes: Buffer])[] = [
      ['empty.pdf', Buffer.alloc(0)],
      ['program.pdf', Buffer.from('MZ this program')],
      ['lying.png', newPdf()],
      ['text.txt', Buffer.from('text')],
      ['macros.docx', await office('docx', { 'word/vbaProject.bin': 'x' })],
      ['large.pdf', Buffer.concat([newPdf(), Buffer.alloc(1_100_000)])],
      ['archive.zip', await zip({ 'a.txt': 'a' })],
      ['types.docx', await zip({ '[Content_Types].xml': contentTypes('application/x') })],
    ];
    for (const [name, bytes] of refusals) expect(await hand(name, bytes, id), name).to.contain(name);
    expect((await scenario.claim(id)).poe).to.deep.equal([]);
    expect(await scenario.events(id)).to.deep.equal(['ClaimCreated', 'FieldsEdited']);
  });

  it('the same file again is noticed, and one more than a claim takes is refused', async () => {
    const id = await newDraft();
    const bytes = newPdf();
    await hand('one.pdf', bytes, id);
    expect(await hand('again.pdf', bytes, id)).to.contain('again.pdf');
    for (const name of ['two.pdf', 'three.pdf', 'four.pdf', 'five.pdf']) await hand(name, newPdf(), id);
    expect((await scenario.claim(id)).poe.map((poe) => poe.name)).to.deep.equal([
      'one.pdf',
      'two.pdf',
      'three.pdf',
      'four.pdf',
    ]);
  });

  it('names that lead elsewhere, or would be read as markup, are made safe', async () => {
    const id = await newDraft();
    const name = '../../etc/\u202Epass*wd`${x}`.pdf';
    kept.set('safe', newPdf());
    await scenario.anna.sendFile(name, store.urlOf('safe'), id);
    const [poe] = (await scenario.claim(id)).poe;
    expect(poe?.name).not.to.match(/[/\\\u202E]/);
    expect(poe?.name).to.match(/\.pdf$/);
  });

  it("is fetched from Teams' own storage only, and never by a redirect", async () => {
    const id = await newDraft();
    const refused = [
      'http://example.com/a.pdf',
      'https://evil.example/a.pdf',
      'https://sharepoint.com.evil.example/a.pdf',
      'https://evilsharepoint.com/a',
      'https://user@contoso.sharepoint.com/a',
      'file:///etc/passwd',
      'http://169.254.169.254/latest',
      'nonsense',
    ];
    for (const url of refused)
      expect(textOf((await scenario.anna.sendFile('a.pdf', url, id)).card), url).to.contain('a.pdf');
    for (const path of ['elsewhere', 'broken', 'missing'])
      expect(textOf((await scenario.anna.sendFile(`${path}.pdf`, store.urlOf(path), id)).card), path).to.contain(
        `${path}.pdf`,
      );
    expect((await scenario.claim(id)).poe).to.deep.equal([]);
  });

  it('no one adds a file to a claim of others, nor to one that takes none now', async () => {
    const id = await rejected(scenario);
    kept.set('late.pdf', newPdf());
    const fromStranger = await scenario.tomas.sendFile('late.pdf', store.urlOf('late.pdf'), id);
    expect(textOf(fromStranger.card)).not.to.contain('Contoso');
    const fromReviewer = await scenario.arun.sendFile('late.pdf', store.urlOf('late.pdf'), id);
    expect(textOf(fromReviewer.card)).to.contain('late.pdf');
    expect((await scenario.claim(id)).poe).to.have.lengthOf(1);
  });

  describe('the link to the upload page', () => {
    async function linkFor(): Promise<{ readonly id: ClaimId; readonly link: string }> {
      const draft = await drafted(scenario);
      const id = claimIn(draft.card);
      const offered = await scenario.anna.press(await scenario.home(id, 'partner'), 'addPoe');
      return { id, link: linksOf(offered.card).find((one) => one.includes('/poe/')) ?? '' };
    }
    const put = (browser: LinkBrowser, link: string): Promise<Response> => putFile(browser, link, 'x.pdf', newPdf());

    it('is used up when its bearer is done, can be opened for half an hour, and is worth nothing altered', async () => {
      const { id, link } = await linkFor();
      const before = (await scenario.claim(id)).poe.length;
      for (const altered of [
        `${link}x`,
        `${link.slice(0, -4)}AAAA`,
        link.slice(0, -1),
        link.replace('/poe/', '/poe-file/'),
      ])
        expect((await fetch(altered)).status, altered).to.equal(404);
      scenario.clock.turn(31 * 60_000);
      expect((await createLinkBrowser().enter(link)).status).to.equal(410);
      const fresh = await scenario.anna.press(await scenario.home(id, 'partner'), 'addPoe');
      await uploadThrough(scenario, fresh, { 'fresh.pdf': newPdf() });
      const used = linksOf(fresh.card).find((one) => one.includes('/poe/')) ?? '';
      expect((await put(createLinkBrowser(), used)).status).to.equal(410);
      expect((await createLinkBrowser().enter(used)).status).to.equal(410);
      expect((await scenario.claim(id)).poe).to.have.lengthOf(before + 1);
    });

    it('stops at once when its bearer loses the role, or the claim moves on', async () => {
      const { id, link } = await linkFor();
      const browser = createLinkBrowser();
      expect((await browser.enter(link)).status).to.equal(303);
      await scenario.anna.press(await scenario.home(id, 'partner'), 'submit');
      await scenario.arun.press(await scenario.home(id, 'review'), 'start');
      expect((await put(browser, link)).status).to.equal(403);
      expect((await scenario.claim(id)).poe).to.have.lengthOf(1);
    });
  });

  it('a file that no claim refers to is quarantined and stays, and nothing else is touched', async () => {
    const { files } = scenario.storage;
    const stored = async (): Promise<readonly string[]> => {
      const keys: string[] = [];
      for await (const { key } of files.list('poe/')) keys.push(key);
      return keys.sort();
    };
    const orphan = 'poe/CPOR-ZZZZZ9/orphan';
    await files.put(
      orphan,
      (async function* one() {
        yield await Promise.resolve(newPdf());
      })(),
    );
    const before = await stored();
    await scenario.turn(5_000 * DAY);
    expect(await scenario.desk.desk.poe.clean()).to.deep.equal({ removed: 0, quarantined: 1 });
    expect(await stored())
      .to.deep.equal(before)
      .and.to.include(orphan);
    const headers = { authorization: `Bearer ${METRICS_KEY}` };
    const metrics = await (await fetch(`http://127.0.0.1:${scenario.desk.port}/metrics`, { headers })).text();
    expect(metrics).to.match(/^desk_quarantined_files 1$/m);
  });

  it('and the desk says that it is ready only while database and files belong together', async () => {
    const { files } = scenario.storage;
    const ready = async (): Promise<unknown> => {
      const response = await fetch(`http://127.0.0.1:${scenario.desk.port}/readyz`);
      return [response.status, await response.json()];
    };
    await pause(1_100);
    expect(await ready()).to.deep.equal([200, { ok: true, store: true, files: true, pair: true, keys: true }]);
    await files.remove('pair');
    await pause(1_100);
    expect(await ready()).to.deep.equal([503, { ok: false, store: true, files: true, pair: false, keys: true }]);
    await scenario.desk.desk.poe.pair.adopt('otto');
    await pause(1_100);
    expect(await ready()).to.deep.equal([200, { ok: true, store: true, files: true, pair: true, keys: true }]);
  });

  it('nor where a newer version marked how it stands, and then it takes nothing', async () => {
    const { documents } = scenario.storage;
    const mark = { kind: 'standstill', id: 'desk', keys: [] };
    const stored = await documents.create({ ...mark, body: { schema: 99 } });
    if (stored === 'exists') throw new Error('no desk stood still before');
    await scenario.desk.desk.sweep();
    await pause(1_100);
    expect((await fetch(`http://127.0.0.1:${scenario.desk.port}/readyz`)).status).to.equal(503);
    await documents.replace(
      { ...mark, body: { schema: 1, since: 0, claims: 0, decisions: 0, ended: {} } },
      stored.etag,
    );
    await scenario.desk.desk.sweep();
  });
});
