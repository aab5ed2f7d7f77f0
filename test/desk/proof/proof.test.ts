import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimId, PoeId } from '../../../src/domain/claims/values.ts';
import { openLocalFiles } from '../../../src/files/local/localFiles.ts';
import { DAY, HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { bytesOf } from '../filesFake.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, TENANTS, WHO } from '../world.ts';
import { BROWSER, enterLink, inBrowser } from '../../support/inBrowser.ts';

const token = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
const upload = async (
  world: DeskWorld,
  id: ClaimId,
  name: 'anna' | 'nikita' | 'tomas' | 'arun' = 'anna',
): Promise<string> => token(await world.desk.poe.uploadLink(id, WHO[name]));

async function problem(
  work: Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: string }>,
): Promise<string | undefined> {
  const done = await work;
  return done.ok ? undefined : done.problem;
}

const take = (world: DeskWorld, link: string, content = 'proof', name = 'proof.pdf') =>
  inBrowser(world.desk.poe).uploads.take(link, name, bytesOf(content));

describe('An upload link', () => {
  it('opens the claim, takes files, and is used once it is finished', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    expect(await inBrowser(world.desk.poe).uploads.open(link)).to.deep.include({
      ok: true,
      claimId: id,
      customerName: 'Contoso',
      maxBytes: 1000,
      filesLeft: 20,
      noneLeft: 'tooMany',
      alreadyThere: [],
    });
    expect(await problem(take(world, link))).to.equal(undefined);
    expect(await problem(inBrowser(world.desk.poe).uploads.finish(link))).to.equal(undefined);
    expect(await problem(inBrowser(world.desk.poe).uploads.open(link))).to.equal('used');
    expect(await problem(take(world, link, 'more'))).to.equal('used');
    expect((await world.claim(id)).poe.map(({ name, size }) => [name, size])).to.deep.equal([['proof.pdf', 5]]);
  });

  it('does not say of itself that it still works once its upload is finished, also in the browser that opened it', async () => {
    const world = await openWorld();
    const { uploads } = world.desk.poe;
    const link = await upload(world, await world.file());
    const entered = await enterLink(uploads, link);
    if (!entered.ok) throw new Error(`the link opens: ${entered.problem}`);
    const visitor = { browser: BROWSER, session: entered.session };
    const shown = await uploads.show(link, visitor);
    expect(shown).to.deep.include({ ok: true, isEntered: true });
    await uploads.finish(entered);
    expect(await problem(uploads.show(link, visitor))).to.equal('used');
    const form = shown.ok ? shown.form : '';
    expect(await problem(uploads.enter(link, { ...visitor, form }))).to.equal('used');
  });

  it('can be opened for half an hour after it was made, and then works for an hour', async () => {
    const world = await openWorld();
    const id = await world.file();
    const [link, late] = [await upload(world, id), await upload(world, id)];
    world.clock.turn(30 * MINUTE - 1);
    expect(await problem(inBrowser(world.desk.poe).uploads.open(link))).to.equal(undefined);
    world.clock.turn(1);
    expect(await problem(take(world, late))).to.equal('expired');
    expect(await problem(inBrowser(world.desk.poe).uploads.finish(late))).to.equal('expired');
    world.clock.turn(HOUR - 2);
    expect(await problem(take(world, link))).to.equal(undefined);
    world.clock.turn(1);
    expect(await problem(take(world, link, 'more'))).to.equal('used');
    expect(await problem(inBrowser(world.desk.poe).uploads.finish(link))).to.equal('used');
  });

  it('opens nothing when anything in it is altered', async () => {
    const world = await openWorld();
    const link = await upload(world, await world.file());
    const other = await upload(world, await world.file(), 'arun');
    const altered = [
      '',
      '.',
      'x',
      `${link}.x`,
      `${link}x`,
      link.slice(0, -1),
      link.slice(1),
      `${link.slice(0, 40)}${other.slice(40)}`,
      `${other.slice(0, 16)}${link.slice(16)}`,
      link.toUpperCase(),
      'a'.repeat(2000),
      `☃${link}`,
    ];
    for (const text of altered)
      expect(await problem(inBrowser(world.desk.poe).uploads.open(text)), text.slice(0, 40)).to.equal('altered');
  });

  it('is remembered as used for longer than it lives, and then may be forgotten', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    world.clock.turn(10 * 60_000);
    const kept: (number | undefined)[] = [];
    world.documents.beforeWrite = ({ kind, keepMs }) => {
      if (kind === 'usedLink') kept.push(keepMs);
    };
    await inBrowser(world.desk.poe).uploads.open(link);
    world.clock.turn(10 * 60_000);
    await inBrowser(world.desk.poe).uploads.finish(link);
    expect(kept, 'an hour, or what is left of it, and an hour').to.deep.equal([120 * 60_000, 110 * 60_000]);
  });

  it('downloads nothing, and a download link uploads nothing', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    const poe = (await world.claim(id)).poe[0]?.id ?? ('' as PoeId);
    expect(await problem(inBrowser(world.desk.poe).downloads.open(await upload(world, id)))).to.equal('altered');
    expect(await problem(take(world, token(await world.desk.poe.downloadLink(id, WHO.anna, poe))))).to.equal('altered');
  });

  for (const [who, name] of [
    ['another partner', 'tomas'],
    ['a member without a role', 'nikita'],
    ['a reviewer', 'arun'],
  ] as const) {
    it(`is good for nothing in the hands of ${who} (R1, R6)`, async () => {
      const world = await openWorld();
      const id = await world.submitted();
      expect(await problem(take(world, await upload(world, id, name), 'more'))).to.equal('foreign');
      expect((await world.claim(id)).poe).to.have.length(1);
    });
  }

  it('is good for nothing once its person has lost the role, also while the file is on its way', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    const revoke = () =>
      world.people.alter(WHO.anna, (person) => ({
        ...person,
        memberships: person.memberships.map((one) => ({ ...one, roles: [] })),
      }));
    async function* slow() {
      yield new TextEncoder().encode('begun');
      await revoke();
      yield new TextEncoder().encode('ended');
    }
    expect(await problem(inBrowser(world.desk.poe).uploads.take(link, 'proof.pdf', slow()))).to.equal('foreign');
    expect(await problem(inBrowser(world.desk.poe).uploads.open(link))).to.equal('foreign');
    expect(world.files.keys()).to.deep.equal([]);
  });

  it('is closed where the claim takes no PoE, by the clock and not by the sweep (R12, R44)', async () => {
    const world = await openWorld();
    const id = await world.rejected();
    expect(await problem(inBrowser(world.desk.poe).uploads.open(await upload(world, id)))).to.equal(undefined);
    world.clock.turn(40 * DAY);
    const link = await upload(world, id);
    expect(await problem(inBrowser(world.desk.poe).uploads.open(link))).to.equal('closed');
    expect(await problem(take(world, link, 'more'))).to.equal('closed');
    expect(await problem(take(world, await upload(world, await world.underReview()), 'more'))).to.equal('closed');
  });
});

describe('A file that comes in (R9)', () => {
  it('is counted while it streams: one byte too many ends it and nothing stays', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 100;
        yield new Uint8Array(100);
      }
    }
    expect(await problem(inBrowser(world.desk.poe).uploads.take(link, 'big.pdf', endless()))).to.equal('tooLarge');
    expect(given).to.equal(1100);
    expect(await problem(take(world, link, 'x'.repeat(1000)))).to.equal(undefined);
    expect(await problem(take(world, link, 'x'.repeat(1001)))).to.equal('tooLarge');
    expect(world.files.keys()).to.have.length(1);
  });

  it('leaves nothing when its stream breaks off, when it is refused, or when looking into it fails', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error('connection lost');
    }
    expect(await problem(inBrowser(world.desk.poe).uploads.take(link, 'proof.pdf', broken()))).to.equal('interrupted');
    expect(await problem(take(world, link, 'MZ', 'proof.exe'))).to.equal('kindNotAccepted');
    world.inspection.answer = () => Promise.reject(new Error('no such program'));
    expect(await take(world, link).catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(world.files.keys()).to.deep.equal([]);
    expect((await world.claim(id)).poe).to.deep.equal([]);
  });

  it('is told what in it is to blame where the inspection knows', async () => {
    const world = await openWorld();
    const link = await upload(world, await world.file());
    const refused = { ok: false, problem: 'active', culprit: 'OpenAction: JavaScript' } as const;
    world.inspection.answer = async () => refused;
    expect(await take(world, link)).to.deep.equal(refused);
  });

  it('keeps how the inspection marked it, and has no marks where there are none (R9)', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    await take(world, link, 'plain');
    world.inspection.answer = async () => ({ ok: true, kind: 'pdf', marks: ['ownerRestricted', 'attachments'] });
    await take(world, link, 'marked');
    const [plain, marked] = (await world.claim(id)).poe;
    expect(plain).not.to.have.property('marks');
    expect(marked?.marks).to.deep.equal(['ownerRestricted', 'attachments']);
  });

  it('is answered with what is wrong with it also where it cannot be removed at once', async () => {
    const world = await openWorld();
    const link = await upload(world, await world.file());
    const remove = world.files.remove.bind(world.files);
    world.files.remove = () => Promise.reject(new Error('Storage is busy'));
    expect(await problem(take(world, link, 'MZ', 'proof.exe'))).to.equal('kindNotAccepted');
    world.files.remove = remove;
    world.clock.turn(2 * HOUR);
    expect(await world.desk.poe.clean()).to.deep.equal({ removed: 1, quarantined: 0 });
    expect(world.files.keys('poe/')).to.deep.equal([]);
  });

  it('is refused as a duplicate by its content, whatever its name', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    await take(world, link);
    expect(await problem(take(world, link, 'proof', 'other.pdf'))).to.equal('duplicate');
    expect(world.files.keys()).to.have.length(1);
  });

  it('is one of twenty at most, also when they come at once', async () => {
    const world = await openWorld();
    const id = await world.file();
    const link = await upload(world, id);
    for (let index = 0; index < 18; index += 1) await world.prove(id, `proof ${index}`);
    const taken = await Promise.all(
      Array.from({ length: 5 }, (_, index) => problem(take(world, link, `more ${index}`))),
    );
    expect(taken.filter((one) => one === undefined)).to.have.length(2);
    const refused = taken.filter((one) => one !== undefined);
    expect(refused, 'by the rule, or because two of the link are on their way').to.have.length(3);
    for (const one of refused) expect(one).to.be.oneOf(['tooMany', 'tooManyAtOnce']);
    expect(world.files.keys()).to.have.length(20);
    expect(await problem(take(world, link, 'one more'))).to.equal('tooMany');
  });

  it('is not added to a draft a sixty-first time, by removing others before, and the page says why', async () => {
    const world = await openWorld();
    const id = await world.file();
    for (let count = 1; count <= 58; count += 1) {
      await world.prove(id, `proof ${count}`);
      await world.must('anna', id, { type: 'RemovePoe', id: (await world.claim(id)).poe[0]?.id ?? ('' as PoeId) });
    }
    const link = await upload(world, id);
    expect(await inBrowser(world.desk.poe).uploads.open(link)).to.deep.include({
      filesLeft: 2,
      noneLeft: 'addedTooOften',
    });
    await world.prove(id, 'proof 59');
    await world.prove(id, 'proof 60');
    expect(await problem(take(world, link, 'proof 61'))).to.equal('addedTooOften');
    expect(await problem(world.desk.poe.takeFile(WHO.anna, id, 'proof.pdf', bytesOf('proof 61')))).to.equal(
      'addedTooOften',
    );
    await world.must('anna', id, { type: 'SubmitClaim' });
    expect(await problem(take(world, link, 'proof 61'))).to.equal(undefined);
  });

  it('is shown with a safe name, and is stored under keys that no person chose', async () => {
    const world = await openWorld();
    const id = await world.file();
    await take(world, await upload(world, id), 'proof', '../../etc/pass\u202ewd.pdf');
    expect((await world.claim(id)).poe[0]?.name).to.equal('passwd.pdf');
    expect(world.files.keys()[0]).to.match(/^poe\/CPOR-[0-9A-Z]{6}\/id[0-9]+$/);
  });
});

describe('A download link', () => {
  async function proven(world: DeskWorld) {
    const id = await world.approved();
    return { id, poe: (await world.claim(id)).poe[0]?.id ?? ('' as PoeId) };
  }

  for (const [name, opens] of [
    ['anna', true],
    ['nikita', true],
    ['arun', true],
    ['olga', true],
    ['tomas', false],
    ['dana', false],
    ['emil', false],
    ['stefan', false],
    ['otto', false],
  ] as const) {
    it(`${opens ? 'opens the file for' : 'opens nothing for'} ${name} (R6)`, async () => {
      const world = await openWorld();
      const { id, poe } = await proven(world);
      const opened = await inBrowser(world.desk.poe).downloads.open(
        token(await world.desk.poe.downloadLink(id, WHO[name], poe)),
      );
      if (!opened.ok) {
        expect([opens, opened.problem]).to.deep.equal([false, 'foreign']);
        return;
      }
      expect(opens).to.equal(true);
      const chunks: Uint8Array[] = [];
      for await (const chunk of opened.bytes) chunks.push(chunk);
      expect([opened.name, opened.contentType, Buffer.concat(chunks).toString()]).to.deep.equal([
        'proof.pdf',
        'application/pdf',
        'proof',
      ]);
    });
  }

  it('opens nothing for someone who has lost the right since it was made', async () => {
    const world = await openWorld();
    const { id, poe } = await proven(world);
    const link = token(await world.desk.poe.downloadLink(id, WHO.arun, poe));
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.arun.split('/')[1],
      name: 'Arun',
      roles: [],
    });
    expect(await problem(inBrowser(world.desk.poe).downloads.open(link))).to.equal('foreign');
  });

  it('opens nothing after half an hour, nor a file that was removed from the draft, and says when the file is lost', async () => {
    const world = await openWorld();
    const { id, poe } = await proven(world);
    const link = token(await world.desk.poe.downloadLink(id, WHO.anna, poe));
    world.files.kept.clear();
    const late = token(await world.desk.poe.downloadLink(id, WHO.anna, poe));
    expect(await problem(inBrowser(world.desk.poe).downloads.open(link))).to.equal('missing');
    world.clock.turn(HOUR);
    expect(await problem(inBrowser(world.desk.poe).downloads.open(late))).to.equal('expired');
    const draft = await world.file();
    await world.prove(draft);
    const removed = (await world.claim(draft)).poe[0]?.id ?? ('' as PoeId);
    await world.must('anna', draft, { type: 'RemovePoe', id: removed });
    expect(
      await problem(
        inBrowser(world.desk.poe).downloads.open(token(await world.desk.poe.downloadLink(draft, WHO.anna, removed))),
      ),
    ).to.equal('foreign');
  });
});

describe('Files in a real folder', () => {
  it('come in and go out, and nothing stays of those that were refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'desk-poe-'));
    try {
      const files = await openLocalFiles(folder);
      const world = await openWorld({ files });
      const id = await world.file();
      const link = await upload(world, id);
      expect(await problem(take(world, link))).to.equal(undefined);
      expect(await problem(take(world, link, 'x'.repeat(1001)))).to.equal('tooLarge');
      expect(await problem(take(world, link, 'MZ', 'proof.exe'))).to.equal('kindNotAccepted');
      const poe = (await world.claim(id)).poe[0]?.id ?? ('' as PoeId);
      const opened = await inBrowser(world.desk.poe).downloads.open(
        token(await world.desk.poe.downloadLink(id, WHO.boris, poe)),
      );
      const chunks: Uint8Array[] = [];
      if (opened.ok) for await (const chunk of opened.bytes) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).to.equal('proof');
      const kept = [];
      for await (const { key } of files.list('')) kept.push(key);
      expect(kept).to.deep.equal([`poe/${id}/${poe}`]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
