/** The outage test from the command line: `npm run outage -- --help`. */
import { statSync } from 'node:fs';
import { createCards } from '../../../src/teams/cards/cards.ts';
import { run } from '../../../src/tools/commandLine.ts';
import { findings } from './findings.ts';
import { outage } from './outage.ts';
import { reportOf } from './report.ts';

const MAX_TOLD = 20;

await run(
  {
    name: 'outage',
    about: `Nothing runs for 72 hours, and everything that was due meanwhile is due at once. The product's own parts make up for it, on a
SQLite file of their own, and each claim is checked. Prints the figures and what is wrong; how far it is goes to stderr.`,
    fails: 'anything is wrong',
    options: {
      claims: { kind: 'integer', min: 1, max: 200_000, default: 20_000, help: 'how many claims fall due' },
      instances: { kind: 'integer', min: 1, max: 9, default: 3, help: 'how many instances start at once afterwards' },
      seed: { kind: 'integer', min: 1, max: 2 ** 31, default: 1, help: 'the same number is the same outage' },
      folder: {
        kind: 'text',
        of: 'folder',
        help: "where the folder of the database is made, and removed; where it is not given, the system's for temporary files",
      },
    },
    check: ({ folder }) =>
      folder === undefined || statSync(folder, { throwIfNoEntry: false })?.isDirectory()
        ? undefined
        : `--folder ${JSON.stringify(folder)} is no folder`,
  },
  async ({ claims, instances, seed, folder }) => {
    const cards = createCards(new URL('../../../cards/', import.meta.url));
    const tell = (sentence: string): void => {
      process.stderr.write(`${sentence}\n`);
    };
    const came = await outage(
      { claims, instances, seed, tell, ...(folder !== undefined && { within: folder }) },
      cards,
    );
    for (const line of reportOf(came)) console.log(line);
    const problems = findings(came, instances);
    for (const wrong of problems.slice(0, MAX_TOLD)) console.log(`wrong: ${wrong}`);
    if (problems.length > MAX_TOLD) console.log(`and ${problems.length - MAX_TOLD} more`);
    console.log(`${came.ledger.claims.size} claims, ${problems.length} wrong`);
    return problems.length > 0 ? 1 : 0;
  },
);
