import { expect } from 'chai';
import { createFilesChecker } from './files.ts';
import type { DocumentWritten, GroundTruth, Json } from './observations.ts';
import { FOREIGN_FILES, NOTHING, PLANTED } from './observations.ts';

const ID = 'CPOR-7F3K9Q';
const KEY = `poe/${ID}/proof`;
const BY = { side: 'partner', id: 'x', name: 'Anna' };
const ADDED = { event: { type: 'PoeAdded', at: 1, by: BY, poe: { id: 'proof', name: 'a.pdf', sha256: 'x' } } };

/** A checker on a world with these files and documents. */
function opened(files: readonly string[], documents: Readonly<Record<string, readonly Json[]>> = {}, isLost = false) {
  const groundTruth: GroundTruth = {
    ...NOTHING,
    files: () => files,
    isUncheckable: () => isLost,
    documents: (kind) => (documents[kind] ?? []).map((body) => ({ id: ID, body, keys: [] })),
  };
  const checker = createFilesChecker(groundTruth);
  const wrote = (kind: string, after: Json, by = 'desk1#1'): readonly string[] =>
    checker.wrote?.({
      at: 1,
      by,
      off: 0,
      kind,
      id: ID,
      before: undefined,
      after,
      keys: [],
      readAt: 1,
    } satisfies DocumentWritten) ?? [];
  return {
    wrote,
    removed: (key: string, at = 2) => checker.removed?.({ at, by: 'desk1#1', key, writtenAt: 1 }) ?? [],
    ended: () => checker.ended?.() ?? [],
  };
}

describe('The document checker of files', () => {
  it('finds a file removed that a claim has ever named, and lets go the others', () => {
    const { wrote, removed } = opened([KEY]);
    expect(wrote('claim', { entries: [ADDED] })).to.deep.equal([]);
    expect(removed(`poe/${ID}/orphan`)).to.deep.equal([]);
    expect(removed(KEY).join()).to.match(/removed the file poe\/CPOR-7F3K9Q\/proof, which its claim's history names/);
  });

  it('finds a claim that names a file which is not there', () => {
    expect(
      opened([])
        .wrote('claim', { entries: [ADDED] })
        .join(),
    ).to.match(/names the file .*, which is not there/);
    expect(opened([]).wrote('claim', { entries: [ADDED] }, PLANTED)).to.deep.equal([]);
  });

  it('finds a file of another database that is removed, or not in quarantine', () => {
    const foreign = `${FOREIGN_FILES}1`;
    expect(opened([]).removed(foreign).join()).to.match(/of another database/);
    expect(opened(['pair', foreign]).ended().join()).to.match(/is not in quarantine/);
    const quarantine = [{ key: foreign, state: 'held' }];
    expect(opened(['pair', foreign], { quarantine }).ended()).to.deep.equal([]);
  });

  it('finds a file in quarantine whose claim could be read', () => {
    const held = { key: `poe/${ID}/orphan`, state: 'held' };
    expect(opened([]).wrote('quarantine', held).join()).to.match(/is quarantined, though its claim could be read/);
    expect(opened([], {}, true).wrote('quarantine', held)).to.deep.equal([]);
    expect(opened([]).wrote('quarantine', { ...held, state: 'gone' })).to.deep.equal([]);
  });

  it('lets a file be in quarantine whose intent an older state of the store has lost, and no other', () => {
    const held = { key: KEY, state: 'held' };
    const quarantined = (kept: readonly Json[], ...states: readonly string[]): string => {
      const { wrote } = opened([KEY], { fileIntent: kept });
      for (const state of states) wrote('fileIntent', { key: KEY, state });
      return wrote('quarantine', held).join();
    };
    expect(quarantined([], 'open')).to.equal('');
    const { wrote, ended } = opened(['pair', KEY, `incoming/${ID}/proof`]);
    expect(ended().join(), 'the note alone').to.include('no claim knows the file incoming/');
    wrote('fileIntent', { key: KEY, state: 'open' });
    wrote('quarantine', held);
    expect(ended()).to.deep.equal([]);
    for (const [kept, ...states] of [[[{ key: KEY, state: 'open' }], 'open'], [[], 'open', 'closed'], [[]]] as const)
      expect(quarantined(kept, ...states)).to.match(/is quarantined, though its claim could be read/);
  });

  it('lets an upload that ended while its file was being added be in quarantine, and finds its file removed later', () => {
    const { wrote, removed, ended } = opened(['pair', KEY]);
    expect(removed(`incoming/${ID}/proof`)).to.deep.equal([]);
    expect(wrote('quarantine', { key: KEY, state: 'held' })).to.deep.equal([]);
    expect(ended()).to.deep.equal([]);
    expect(removed(KEY)).to.deep.equal([]);
    expect(removed(KEY, 2 * 3_600_000 + 2).join()).to.match(/which may have been added to its claim/);
  });

  it('finds a file that stays in quarantine though a claim names it', () => {
    const { wrote, ended } = opened([KEY, 'pair'], {
      claim: [{ entries: [ADDED] }],
      quarantine: [{ key: KEY, state: 'held' }],
    });
    wrote('claim', { entries: [ADDED] });
    expect(ended().join()).to.match(/is in quarantine, and a claim names it/);
  });

  it('finds what is left of an upload', () => {
    expect(
      opened(['pair', `incoming/${ID}/orphan`])
        .ended()
        .join(),
    ).to.match(/no claim knows the file incoming\//);
  });
});
