/** Everything that can be done to a store past the desk, from the command line: `npm run tampering -- --help`. */
import { tmpdir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { run } from '../../src/tools/commandLine.ts';
import { withTemporaryFolder } from '../simulation/outage/temporaryFolder.ts';
import { attempt, attemptClean, byNpm, makeStoreWithin } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { KINDS } from './kinds.ts';

await run(
  {
    name: 'tampering',
    about: `Lets a desk make claims on SQLite, with files and anchors. Then changes copies of that store past the desk, in one way after the
other, and has \`npm run desk -- verify\` look at each: it has to find what was done, name the first entry that is not sound, find
nothing of any other claim, and nothing at all in the store as it was.`,
    fails: 'a way is not found, or found wrongly',
    options: {
      claims: { kind: 'integer', min: 4, max: 100_000, default: 1_000, help: 'how many claims the store has' },
    },
  },
  async ({ claims }) =>
    withTemporaryFolder(tmpdir(), 'tampering-', async (within) => {
      const from = performance.now();
      const store = await makeStoreWithin(within, claims);
      console.log(`${claims} claims made in ${seconds(performance.now() - from)}`);
      const attempts: Attempt[] = [];
      const tell = (one: Attempt): void => {
        attempts.push(one);
        console.log(
          `${one.wrong === undefined ? 'ok   ' : 'WRONG'}  ${one.what}, ${seconds(one.ms)}${one.wrong ? `: ${one.wrong}` : ''}`,
        );
      };
      tell(await attemptClean(store, claims, byNpm));
      for (const [what, kind] of Object.entries(KINDS)) tell(await attempt(store, what, kind, byNpm));
      const wrong = attempts.filter((one) => one.wrong !== undefined).length;
      console.log(`${attempts.length} stores verified, ${wrong} wrong`);
      return wrong > 0 ? 1 : 0;
    }),
);

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
