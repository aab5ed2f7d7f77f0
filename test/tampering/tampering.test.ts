import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';
import { attempt, attemptClean, byNpm, inProcess, makeStoreWithin } from './attempts.ts';
import { KINDS } from './kinds.ts';
import type { CleanStore } from './store.ts';

/** One of each status; `npm run tampering` does the same with a thousand, each in a process of its own. */
const CLAIMS = 10;

describe('A store that was written past the desk, on SQLite and by the command line (R55)', function () {
  this.timeout(60_000);
  let within: string;
  let store: CleanStore;

  before(async () => {
    within = makeFolder(tmpdir(), 'tampering-');
    store = await makeStoreWithin(within, CLAIMS);
  });
  after(() => removeFolder(within));

  it('is well as the desk wrote it', async () => {
    expect(await attemptClean(store, CLAIMS, byNpm)).to.not.have.property('wrong');
  });

  for (const [what, kind] of Object.entries(KINDS))
    it(`is found, and nothing else: ${what}`, async () => {
      expect(await attempt(store, what, kind, inProcess)).to.not.have.property('wrong');
    });
});
