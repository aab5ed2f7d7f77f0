/**
 * The outage: nothing runs for 72 hours, and everything that was due meanwhile is due at once.
 *
 *     npm run outage -- [--claims 20000] [--instances 3] [--seed 1] [--folder where the database is made]
 *
 * Prints the figures, and what is wrong. Anything wrong ends with code 1.
 */
import { parseArgs } from 'node:util';
import { CATALOGUE } from '../../../src/claims/catalogue.ts';
import { openCards } from '../../../src/teams/cards.ts';
import { findings } from './findings.ts';
import { outage } from './outage.ts';
import { reportOf } from './report.ts';

const MOST_TOLD = 20;
const { values } = parseArgs({
  options: { claims: { type: 'string', default: '20000' }, instances: { type: 'string', default: '3' }, seed: { type: 'string', default: '1' }, folder: { type: 'string' } },
});

function whole(name: 'claims' | 'instances' | 'seed', most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new RangeError(`--${name} ${JSON.stringify(values[name])} is not a whole number from 1 to ${most}`);
}

const instances = whole('instances', 9);
const cards = openCards(new URL('../../../cards/', import.meta.url), CATALOGUE);
const came = await outage({ claims: whole('claims', 200_000), instances, seed: whole('seed', 2 ** 31), ...(values.folder !== undefined && { within: values.folder }) }, cards);
for (const line of reportOf(came)) console.log(line);
const wrongs = findings(came, instances);
for (const wrong of wrongs.slice(0, MOST_TOLD)) console.log(`wrong: ${wrong}`);
console.log(`${wrongs.length} wrong`);
process.exitCode = wrongs.length > 0 ? 1 : 0;
