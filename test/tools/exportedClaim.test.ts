/** What an operator exports and an outsider checks: each in a process of its own, the outsider's without a network. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { erasePerson } from '../../src/desk/life/erasePerson.ts';
import { exportClaim } from '../../src/desk/life/exportClaim.ts';
import { signExport } from '../../src/desk/life/signExport.ts';
import { canonical } from '../../src/domain/claims/history.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { createSigner } from '../../src/runtime/signer.ts';
import type { OldWorld } from '../desk/records/olderVersion.ts';
import { earlierVersions, openOldWorld } from '../desk/records/olderVersion.ts';
import { SIGNER, SIGNING_SEED } from '../support/signer.ts';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';
import { byNpm, makeStoreWithin } from '../tampering/attempts.ts';

const PROGRAM = new URL('../../src/tools/verifyExport.mjs', import.meta.url);
const YEAR = 365 * 86_400_000;
/** Whoever tries to reach a network fails. */
const OFFLINE = `data:text/javascript,${encodeURIComponent(`
  import net from 'node:net';
  import dns from 'node:dns';
  import dgram from 'node:dgram';
  const refuse = () => { throw new Error('there is no network'); };
  net.Socket.prototype.connect = refuse;
  dgram.createSocket = refuse;
  for (const name of ['lookup', 'resolve']) dns[name] = refuse;
  globalThis.fetch = refuse;`)}`;
const KEY = SIGNER.keys()[0]?.publicKey ?? '';
const SEED_OF_ANOTHER = Buffer.alloc(32, 9).toString('base64');

interface Exported {
  exportedAt: number;
  entries: { hash: string; recordedAt: number; event: { type: string; at: number } }[];
  files: unknown[];
  claim: { status: string };
  keys: unknown;
  signature: { value: string };
}

/** As an outsider has it: one file and the export in an empty folder, which is all that the process may read. */
function check(folder: string, text: string, key = KEY): { readonly code: number | null; readonly out: string } {
  const place = join(folder, `outside-${readdirSync(folder).length}`);
  mkdirSync(place);
  copyFileSync(PROGRAM, join(place, 'verifyExport.mjs'));
  writeFileSync(join(place, 'claim.json'), text);
  const args = ['--permission', `--allow-fs-read=${place}/`, '--import', OFFLINE, 'verifyExport.mjs', 'claim.json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, '--key', key], {
    cwd: place,
    encoding: 'utf8',
    env: {},
  });
  return { code: status, out: stdout + stderr };
}

describe('A claim that an operator exported', function () {
  this.timeout(60_000);
  let folder: string;
  let text: string;

  before(async () => {
    folder = makeFolder(tmpdir(), 'exported-');
    const store = await makeStoreWithin(folder, 2);
    const answer = await byNpm(store.folder, ['export-claim', store.victim]);
    expect(answer.status, answer.text).to.equal(0);
    text = answer.text;
  });
  after(() => removeFolder(folder));

  const altered = (alter: (copy: Exported) => void): string => {
    const copy = JSON.parse(text) as Exported;
    alter(copy);
    return JSON.stringify(copy);
  };
  /** The same content, signed by a list of keys as of some time. */
  const signedBy = (seeds: Parameters<typeof createSigner>[0], at: number): string =>
    altered((copy) => {
      const signer = createSigner(seeds);
      const { signature: _, ...rest } = copy;
      copy.keys = signer.keys();
      copy.signature = signer.sign(`cpor-export\n${canonical({ ...rest, keys: signer.keys() })}`, at);
    });
  const exportedAt = (): number => (JSON.parse(text) as Exported).exportedAt;

  it('holds for an outsider with the key of /about', () => {
    const { code, out } = check(folder, text);
    expect(out).to.include('Everything holds.').and.to.include('The key is the one that you gave.');
    expect(code).to.equal(0);
  });

  const ALTERED: Readonly<Record<string, readonly [make: () => string, says: RegExp]>> = {
    'a changed value': [() => altered(({ claim }) => (claim.status = 'Passed')), /changed after it was signed/],
    'a changed instant': [
      () => altered(({ entries }) => (entries[1] ??= entries[0] as never).event.at++),
      /entry 2 is/,
    ],
    'an entry that was removed': [() => altered(({ entries }) => entries.splice(1, 1)), /entry 2 is the first broken/],
    'the last entry removed': [() => altered(({ entries }) => entries.pop()), /other id or version/],
    'a file that was removed': [() => altered(({ files }) => files.pop()), /other files than the history names/],
    'the signature of another text': [
      () => altered((copy) => (copy.signature.value = SIGNER.sign('another', 0).value)),
      /changed after it was signed/,
    ],
    'another key': [
      () => signedBy([{ seed: SEED_OF_ANOTHER, from: 0 }], exportedAt()),
      /not with the one that you gave/,
    ],
    'the key after the end of its period': [
      () =>
        signedBy(
          [
            { seed: SEED_OF_ANOTHER, from: exportedAt() - YEAR },
            { seed: SIGNING_SEED, from: 0 },
          ],
          exportedAt() - 2 * YEAR,
        ),
      /outside the period of the key/,
    ],
    'the key before its period': [
      () => signedBy([{ seed: SIGNING_SEED, from: exportedAt() + 1 }], exportedAt() + 1),
      /outside the period of the key/,
    ],
  };
  for (const [what, [make, says]] of Object.entries(ALTERED))
    it(`does not hold with ${what}`, () => {
      const { code, out } = check(folder, make());
      expect(out).to.match(says).and.to.include('NOT everything holds.');
      expect(code).to.equal(1);
    });
});

describe('A claim of an earlier version that was sealed, and exported', function () {
  this.timeout(60_000);
  let folder: string;
  let world: OldWorld;
  let id: ClaimId;

  before(async () => {
    folder = makeFolder(tmpdir(), 'exported-');
    const written = earlierVersions()[0] ?? expect.fail('no earlier version is kept');
    id = written.claims.find(({ stage }) => stage === 'WindowClosed')?.id ?? expect.fail('a claim is final');
    world = await openOldWorld(written, 'memory', id);
    await world.desk.prepare();
    await world.desk.takeOver();
    world.clock.turn(86_400_000);
    await world.desk.checkUp();
  });
  after(() => {
    world.close();
    removeFolder(folder);
  });

  const exported = async (): Promise<string> => {
    const document = await exportClaim(world.world, id);
    return JSON.stringify(signExport({ signer: SIGNER }, document ?? expect.fail('the claim is there')));
  };
  const types = async () => (await world.record(id)).body.entries.map(({ event }) => event.type);

  it('holds by the head that it had before, and not with another', async () => {
    const text = await exported();
    expect(check(folder, text)).to.deep.include({ code: 0 });
    const at = (await types()).indexOf('HistorySealed') + 1;
    const copy = JSON.parse(text) as { keys?: unknown; signature?: unknown; entries: { event: object }[] };
    const { keys: _, signature: __, ...document } = copy;
    const seal = document.entries[at - 1] ?? expect.fail('it was sealed');
    seal.event = { ...seal.event, oldHead: '0'.repeat(64) };
    const anew = { ...document, exportedAt: world.clock.now() };
    const { code, out } = check(folder, JSON.stringify(signExport({ signer: SIGNER }, anew)));
    expect(out).to.match(new RegExp(`entry ${at} is the first broken one`));
    expect(code).to.equal(1);
  });

  it('holds after a person was erased from it, with what was erased counted', async () => {
    const { filedBy } = (await world.record(id)).claim;
    const erased = await erasePerson(world.world, world.people, await world.people.personOf(filedBy.id));
    expect(erased).to.have.property('left').that.deep.equals([]);
    expect(await types()).to.include.members(['HistorySealed', 'WordsErased']);
    const { code, out } = check(folder, await exported());
    expect(out).to.match(/each follows from the one before; [1-9]\d* words were erased/);
    expect(code).to.equal(0);
  });
});
