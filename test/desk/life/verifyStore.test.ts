import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { append } from '../../../src/domain/claims/history.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { Anchors } from '../../../src/desk/ports/anchors.ts';
import type { Key } from '../../../src/desk/ports/documents.ts';
import type { FileBytes } from '../../../src/desk/ports/files.ts';
import type { StoreFinding, StoreReport } from '../../../src/desk/life/verifyStore.ts';
import { verifyStore } from '../../../src/desk/life/verifyStore.ts';
import { anchorOf } from '../../../src/desk/records/anchoring.ts';
import { chainingOf } from '../../../src/desk/records/appendEvents.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { CLAIM, claimDocument, foldEntries, keysOf } from '../../../src/desk/records/claimRecord.ts';
import { DAY, MONDAY, rechained } from '../../domain/claims/scenario.ts';
import { memoryAnchors, signedOf } from '../../support/memoryAnchors.ts';
import { RewindableDocuments } from '../../fuzz/rewindableDocuments.ts';
import { bytesOf } from '../filesFake.ts';
import { earlierVersions, openOldWorld } from '../records/olderVersion.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld } from '../world.ts';

/** A thousand are verified by `npm run tampering`. */
const CLAIMS = 25;

interface Store {
  readonly world: DeskWorld;
  readonly anchors: Anchors;
  readonly ids: readonly ClaimId[];
  /** The body of the first claim before its last decision, with the head that it had then. */
  readonly older: ClaimBody;
}

async function hashBytes(bytes: FileBytes): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** A store of rejected claims, with their files and their anchors. */
async function open(): Promise<Store> {
  const world = await openWorld();
  const anchors = memoryAnchors();
  const first = await world.underReview();
  const older = (await world.record(first)).body;
  await world.must('rolf', first, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
  const { body } = await world.record(first);
  const ids = [first];
  for (let number = 1; number < CLAIMS; number += 1) {
    const id = `CPOR-${String(number).padStart(6, '0')}` as ClaimId;
    const entries = rechained(body.entries, (event) => (event.type === 'ClaimCreated' ? { ...event, id } : event));
    const claim = foldEntries(entries);
    await world.documents.create(claimDocument(world.world, claim, { ...body, entries }));
    for (const poe of claim.poe) await world.files.put(`poe/${id}/${poe.id}`, bytesOf('proof'));
    ids.push(id);
  }
  for (const id of ids) {
    const { entries } = (await world.record(id)).body;
    for (const entry of entries) {
      const anchor = anchorOf(foldEntries(entries.slice(0, entry.version)), entry);
      if (anchor) await anchors.append(anchor);
    }
  }
  return { world, anchors, ids, older };
}

function verify({ world, anchors }: Store): Promise<StoreReport> {
  return verifyStore({ ...world.world, anchors, hashBytes });
}

async function rewrite(
  { world, ids }: Store,
  alter: (body: ClaimBody) => ClaimBody,
  alterKeys: (keys: readonly Key[]) => readonly Key[] = (keys) => keys,
): Promise<void> {
  const [id] = ids as [ClaimId];
  const { claim, body, etag } = await world.record(id);
  const document = { kind: CLAIM, id, body: alter(body), keys: alterKeys(keysOf(claim, body)) };
  expect(await world.documents.inner.replace(document, etag)).to.not.equal('changed');
}

const entriesOf =
  (alter: (entries: ClaimBody['entries'], world: DeskWorld) => ClaimBody['entries']) =>
  (store: Store): Promise<void> =>
    rewrite(store, (body) => ({ ...body, entries: alter(body.entries, store.world) }));

/** The twelve kinds, and what is found of them in the first claim of the store. */
const TAMPERING: Readonly<
  Record<
    string,
    { readonly tamper: (store: Store) => Promise<unknown>; readonly found: Partial<StoreFinding> & { lacks?: string } }
  >
> = {
  'a changed value': {
    tamper: entriesOf((entries) => entries.map((entry) => (entry.version === 3 ? { ...entry, recordedAt: 1 } : entry))),
    found: { kind: 'history', problem: 'entry', version: 3 },
  },
  'a cut end': {
    tamper: entriesOf((entries) => entries.slice(0, 3)),
    found: { kind: 'history', problem: 'head', version: 3 },
  },
  'a cut middle': {
    tamper: entriesOf((entries) => entries.filter(({ version }) => version !== 2)),
    found: { kind: 'history', problem: 'entry', version: 2 },
  },
  'swapped entries': {
    tamper: entriesOf(([one, two, three, ...rest]) => [one, three, two, ...rest] as ClaimBody['entries']),
    found: { kind: 'history', problem: 'entry', version: 2 },
  },
  'an inserted entry': {
    tamper: entriesOf((entries, { world }) =>
      append(
        entries,
        [{ type: 'ClaimResubmitted', at: MONDAY, by: { side: 'desk', id: 'desk', name: '' } }],
        { recordedAt: MONDAY },
        chainingOf(world),
      ),
    ),
    found: { kind: 'history', problem: 'head' },
  },
  'a history hashed anew without the key': {
    tamper: entriesOf((entries) => rechained(entries, (event) => ({ ...event, at: event.at - DAY }))),
    found: { kind: 'history', problem: 'head' },
  },
  'the entries of another claim': {
    tamper: async (store) => {
      const other = (await store.world.record(store.ids[1] as ClaimId)).body;
      await rewrite(store, () => other);
    },
    found: { kind: 'history', problem: 'otherClaim', version: 1 },
  },
  'an older state of one claim': {
    tamper: (store) =>
      rewrite(
        store,
        () => store.older,
        () => keysOf(foldEntries(store.older.entries), store.older),
      ),
    found: { kind: 'anchor', lacks: 'version' },
  },
  'a whole claim missing': {
    tamper: async ({ anchors }) => {
      const [anchor] = signedOf(await anchors.newest(1));
      if (anchor) await anchors.append({ ...anchor, claim: 'CPOR-ZZZZZZ' as ClaimId });
    },
    found: { kind: 'anchor', claim: 'CPOR-ZZZZZZ' as ClaimId, lacks: 'claim' },
  },
  'a changed index key': {
    tamper: (store) =>
      rewrite(
        store,
        (body) => body,
        (keys) => keys.map((key) => (key.name === 'wake' ? { ...key, sort: (key.sort ?? 0) + 90 * DAY } : key)),
      ),
    found: { kind: 'indexKey', name: 'wake', is: 'missing' },
  },
  'a foreign file': {
    tamper: ({ world, ids }) => world.files.put(`poe/${ids[0]}/id99999999999999999999`, bytesOf('foreign')),
    found: { kind: 'file', is: 'foreign' },
  },
  'a missing file': {
    tamper: ({ world }) => world.files.remove(world.files.keys('poe/')[0] ?? ''),
    found: { kind: 'file', is: 'missing' },
  },
  'a changed file': {
    tamper: async ({ world }) => {
      const key = world.files.keys('poe/')[0] ?? '';
      await world.files.remove(key);
      await world.files.put(key, bytesOf('another proof'));
    },
    found: { kind: 'file', is: 'changed' },
  },
};

describe(`Verifying a store of ${CLAIMS} claims (R55)`, () => {
  it('finds nothing where nothing was done past the desk', async () => {
    // Of each claim its submission and its decision are anchored.
    expect(await verify(await open())).to.deep.equal({
      claims: CLAIMS,
      // Thirteen people, two partners, a customer and the review channel.
      rights: 17,
      files: CLAIMS,
      anchors: 2 * CLAIMS,
      unsignedAnchors: 0,
      findings: [],
    });
  });

  for (const [what, { tamper, found }] of Object.entries(TAMPERING))
    it(`finds ${what}, and nothing else`, async () => {
      const store = await open();
      await tamper(store);
      const { findings } = await verify(store);
      expect(findings[0]).to.deep.include(found);
      // What is cut off or hashed anew is seen by its anchor besides.
      for (const more of findings.slice(1)) expect(more).to.deep.include({ kind: 'anchor', claim: store.ids[0] });
      if (found.kind !== 'file' && !('claim' in found)) expect(findings[0]).to.include({ claim: store.ids[0] });
    });

  for (const name of ['assessment', 'scan'])
    it(`finds a claim that is in a list of others: ${name}`, async () => {
      const store = await open();
      await rewrite(
        store,
        (body) => body,
        (keys) => [...keys, { name, value: '', sort: MONDAY }],
      );
      expect((await verify(store)).findings).to.deep.equal([
        { kind: 'indexKey', claim: store.ids[0], name, is: 'foreign' },
      ]);
    });

  it('finds by its file a claim that is lost on the day on which it was filed, also without anchors', async () => {
    const documents = new RewindableDocuments();
    const world = await openWorld({ documents });
    const id = await world.submitted();
    expect((await verifyStore({ ...world.world, hashBytes })).findings).to.deep.equal([]);
    documents.lose(CLAIM, id);
    const [file, ...more] = (await verifyStore({ ...world.world, hashBytes })).findings;
    expect(file).to.include({ kind: 'file', is: 'foreign' }).and.to.have.property('key').that.includes(id);
    expect(more).to.deep.equal([]);
  });

  it('finds nothing in what an earlier version left, as its keys were other ones', async () => {
    const [written] = earlierVersions();
    const world = await openOldWorld(written ?? expect.fail('one is kept'), 'memory');
    const report = await verifyStore({ ...world.world, hashBytes });
    expect(report.claims).to.be.greaterThan(20);
    expect(report.findings).to.deep.equal([]);
    world.close();
  });
});
