/** The program for outsiders, as they run it: a process of its own, with one file in an empty folder. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { exportClaim } from '../../src/desk/life/exportClaim.ts';
import { signExport } from '../../src/desk/life/signExport.ts';
import type { Entry } from '../../src/domain/claims/history.ts';
import { canonical, eraseWords, firstBrokenEntry } from '../../src/domain/claims/history.ts';
import { createSigner } from '../../src/runtime/signer.ts';
import { sha256 } from '../../src/runtime/random.ts';
import { openWorld } from '../desk/world.ts';
import { SIGNER } from '../support/signer.ts';

const PROGRAM = new URL('../../src/tools/verifyExport.mjs', import.meta.url);
/** An export as JSON, of which anything may be changed. */
interface Exported {
  exportedAt: number;
  entries: (ExportedEntry | null)[];
  files: { file: string; sha256: string }[];
  notices: object[];
  claim: { id: string; status: string };
  keys: { from: number; until?: number }[] | undefined;
  signature: { algorithm: string; value: string } | undefined;
}
interface ExportedEntry {
  hash: string;
  recordedAt: number;
  salts: Record<string, string>;
  event: { type: string; by: { name: unknown }; text?: string };
}
/** One that has to be there. */
const at = <Item>(items: readonly (Item | null)[] | undefined, index: number): Item =>
  items?.at(index) ?? expect.fail(`there is none at ${index}`);

const seed = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const keyOf = (signer = SIGNER, index = 0): string => signer.keys()[index]?.publicKey ?? '';

describe('the check of an export by an outsider', function () {
  this.timeout(30_000);
  let folder: string;
  let good: Exported;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'outsider-'));
    copyFileSync(PROGRAM, join(folder, 'verifyExport.mjs'));
    const world = await openWorld();
    const id = await world.underReview();
    await world.must('anna', id, { type: 'AddComment', text: 'From Anna.' });
    await world.must('anna', id, { type: 'AddComment', text: 'Once more.' });
    const exported = await exportClaim(world.world, id);
    if (!exported) throw new Error('no claim');
    good = JSON.parse(JSON.stringify(signExport({ signer: SIGNER }, exported))) as Exported;
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(text: string, ...more: string[]): { code: number | null; out: string } {
    writeFileSync(join(folder, 'claim.json'), text);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['verifyExport.mjs', 'claim.json', ...more], {
      cwd: folder,
      encoding: 'utf8',
      env: {},
    });
    return { code: status, out: stdout + stderr };
  }
  const changed = (change: (copy: Exported) => unknown): Exported => {
    const copy = structuredClone(good);
    change(copy);
    return copy;
  };
  const signedAnew = ({ keys: _, signature: __, ...document }: Exported, signer = SIGNER): string =>
    JSON.stringify(signExport({ signer }, document));

  it('finds that a good one holds, however it is printed, and says what trust in the key means', () => {
    for (const text of [JSON.stringify(good), JSON.stringify(good, null, 2)]) {
      const { code, out } = run(text);
      expect(out).to.include(`${good.entries.length} entries`).and.include('Everything holds.');
      expect(out).to.include(`compare ${keyOf()} with the page /about`);
      expect(code).to.equal(0);
    }
    expect(run(JSON.stringify(good), '--key', keyOf())).to.deep.include({ code: 0 });
  });

  it('finds a word that is missing while no entry says that it was erased', () => {
    const copy = structuredClone(good);
    const index = copy.entries.findIndex((entry) => entry?.event.type === 'CommentAdded');
    const entries = copy.entries as unknown as readonly Entry[];
    copy.entries = eraseWords(
      entries,
      [{ version: index + 1, paths: ['event.text', 'text', 'press'] }],
      sha256,
    ) as unknown as ExportedEntry[];
    const { code, out } = run(signedAnew(copy));
    expect(code).to.equal(1);
    expect(out).to.include(`entry ${index + 1} is the first broken one: a word is missing`);
    expect(firstBrokenEntry(copy.entries as unknown as readonly Entry[], sha256)).to.equal(index + 1);
  });

  /** What is changed, and what it says; signed anew by the desk's own key where the chain has to find it alone. */
  const tampering: readonly (readonly [title: string, change: (copy: Exported) => unknown, says: RegExp])[] = [
    ['a changed word', (copy) => (at(copy.entries, -1).event.text = 'x'), /entry (\d+) is the first/],
    ['a changed instant', (copy) => (at(copy.entries, 1).recordedAt += 1), /entry 2 is the first/],
    ['a changed salt', (copy) => (at(copy.entries, 0).salts['by.name'] = 'x'), /entry 1 is the first/],
    ['a missing salt', (copy) => delete at(copy.entries, 0).salts['by.name'], /entry 1 is the first/],
    ['an entry less in the middle', (copy) => copy.entries.splice(1, 1), /entry 2 is the first/],
    ['an end that was cut off', (copy) => copy.entries.pop(), /other id or version/],
    [
      'two entries swapped',
      (copy) => copy.entries.splice(1, 2, at(copy.entries, 2), at(copy.entries, 1)),
      /entry 2 is/,
    ],
    ['an entry twice', (copy) => copy.entries.push(at(copy.entries, -1)), /entry \d+ is the first/],
    ['a changed hash', (copy) => (at(copy.entries, 1).hash = '0'.repeat(64)), /entry 2 is the first/],
    ['a history of no entry', (copy) => (copy.entries = []), /history: there is none/],
    ['an entry that is none', (copy) => (copy.entries[1] = null), /entry 2 is the first broken one: it is no entry/],
    ['another claim above it', (copy) => (copy.claim.id = 'CPOR-AAAAAA'), /other id or version/],
    ['a file of other bytes', (copy) => (at(copy.files, 0).sha256 = '0'.repeat(64)), /not as the history names it/],
    [
      'a word that went without a trace',
      (copy) => {
        const first = at(copy.entries, 0);
        first.event.by.name = { sha256: sha256(canonical([first.salts['by.name'], first.event.by.name])) };
        delete first.salts['by.name'];
      },
      /entry 1 is the first/,
    ],
  ];
  for (const [title, change, says] of tampering)
    it(`finds ${title}, by the signature and without it`, () => {
      const { code, out } = run(JSON.stringify(changed(change)));
      expect(out).to.include('BROKEN  signature');
      expect(code).to.equal(1);
      const anew = run(signedAnew(changed(change)));
      expect(anew.out).to.include('holds   signature').and.to.match(says);
      expect(anew.code).to.equal(1);
    });

  for (const [title, change, says] of [
    ['a changed summary', (copy: Exported) => (copy.claim.status = 'Rejected'), /changed after it was signed/],
    ['a changed notice', (copy: Exported) => copy.notices.push({}), /changed after it was signed/],
    ['a key more', (copy: Exported) => copy.keys?.push(at(copy.keys, 0)), /changed after it was signed/],
    ['a longer period', (copy: Exported) => (at(copy.keys, 0).until = 9e15), /changed after it was signed/],
    ['no signature', (copy: Exported) => (copy.signature = undefined), /not signed/],
    [
      'a signature of no base64',
      (copy: Exported) => Object.assign(copy.signature ?? {}, { value: `${copy.signature?.value ?? ''}\n` }),
      /changed after it was signed/,
    ],
    ['a key that is not there', (copy: Exported) => (copy.keys = []), /does not have the key/],
    [
      'an algorithm of its own',
      (copy: Exported) => Object.assign(copy.signature ?? {}, { algorithm: 'none' }),
      /another kind/,
    ],
  ] as const)
    it(`finds ${title}`, () => {
      const { code, out } = run(JSON.stringify(changed(change)));
      expect(out).to.match(says);
      expect(code).to.equal(1);
    });

  it('finds that a forger signed, once it is given the key of the desk', () => {
    const forged = signedAnew(good, createSigner([{ seed: seed('f'), from: 0 }]));
    expect(run(forged).code).to.equal(0);
    const { code, out } = run(forged, '--key', keyOf());
    expect(out).to.include('not with the one that you gave');
    expect(code).to.equal(1);
  });

  it('checks by the key of the time, when the desk has a newer one', () => {
    const rotated = createSigner([
      { seed: seed('n'), from: good.exportedAt + 1 },
      { seed: seed('o'), from: 0 },
    ]);
    const old = signedAnew(good, rotated);
    expect(run(old, '--key', keyOf(rotated, 1)).code).to.equal(0);
    expect(run(old, '--key', keyOf(rotated, 0)).code).to.equal(1);
    const late = signedAnew({ ...good, exportedAt: good.exportedAt + 1 }, rotated);
    expect(run(late, '--key', keyOf(rotated, 0)).code).to.equal(0);
  });

  it('finds a date outside the period of the key', () => {
    const late = createSigner([{ seed: seed('n'), from: good.exportedAt + 1_000 }]);
    const { keys: _, signature: __, ...document } = good;
    const unsigned = { ...document, keys: late.keys() };
    const signature = late.sign(`cpor-export\n${canonical(unsigned)}`, good.exportedAt + 1_000);
    expect(run(JSON.stringify({ ...unsigned, signature })).out).to.include('outside the period of the key');
  });

  it('checks an export of a person by its signature', () => {
    const document = { format: 'cpor-person' as const, formatVersion: 1, exportedAt: 5, id: 'a/b', claims: [] };
    const signed = JSON.stringify(signExport({ signer: SIGNER }, document));
    expect(run(signed).code).to.equal(0);
    expect(run(signed.replace('a/b', 'a/c')).code).to.equal(1);
  });

  it('checks the bytes of files beside the export', () => {
    const path = join(folder, at(good.files, 0).file);
    writeFileSync(path, 'other bytes');
    const { code, out } = run(JSON.stringify(good));
    rmSync(path);
    expect(out).to.include('has other bytes');
    expect(code).to.equal(1);
  });

  for (const text of ['', '{', 'null', '[]', '{}', '"x"', '{"format":"cpor-claim","formatVersion":2}', '\u0000'])
    it(`says of ${JSON.stringify(text)} that it cannot be checked`, () => {
      const { code, out } = run(text);
      expect(code).to.equal(2);
      expect(out).to.not.match(/\n +at /);
    });

  it('refuses a name twice in one object, a file that is not there, and a key that is none', () => {
    expect(run(JSON.stringify(good).replace('{', '{"id":"x",')).out).to.include('a name twice');
    expect(run(JSON.stringify(good), '--key', 'x').code).to.equal(2);
    expect(run(JSON.stringify(good), '--nonsense').code).to.equal(2);
    expect(spawnSync(process.execPath, ['verifyExport.mjs', 'none.json'], { cwd: folder }).status).to.equal(2);
  });

  it('has the canonical JSON of the desk', async () => {
    const outsider = ((await import(PROGRAM.href)) as { canonical: typeof canonical }).canonical;
    fc.assert(fc.property(fc.jsonValue(), (value) => outsider(value) === canonical(value)));
    expect(outsider(good)).to.equal(canonical(good));
  });
});
