/** Documents at rest: nothing is written over, and everything is found (stores/). */
import type { Mutant } from '../mutant.ts';

const SQLITE = ['test/stores/contract.test.ts', 'test/stores/sqlite.test.ts'];
const COSMOS = ['test/stores/contract.test.ts', 'test/stores/cosmos.test.ts', 'test/stores/cosmosDoubt.test.ts'];
const UNCHANGED = 'nothing is replaced but what is unchanged';
const FOUND = 'every document is found once, in order';

export const stores: readonly Mutant[] = [
  {
    name: 'memory-writes-over', what: 'In memory, of two that write at once both are told that they did.', rule: UNCHANGED,
    file: 'src/stores/memory.ts', find: 'version !== undefined && String(version) === etag ?', put: 'version !== undefined ?', tests: ['test/stores/memory.test.ts'],
  },
  {
    name: 'sqlite-writes-over', what: 'On one machine, of two that decide at once the later undoes the earlier.', rule: UNCHANGED,
    file: 'src/stores/sqlite.ts', find: 'AND version = ? RETURNING', put: 'AND ? IS NOT NULL RETURNING', tests: SQLITE,
  },
  {
    name: 'cosmos-writes-over', what: 'In Azure, of two that decide at once the later undoes the earlier.', rule: UNCHANGED,
    file: 'src/stores/cosmosWrite.ts', find: "{ ...options, accessCondition: { type: 'IfMatch', condition: revision } }", put: 'options', tests: COSMOS,
  },
  {
    name: 'sqlite-creates-over', what: 'A claim that gets the id of another takes its place.', rule: 'nothing is created where something is',
    file: 'src/stores/sqlite.ts', find: 'ON CONFLICT DO NOTHING', put: 'ON CONFLICT DO UPDATE SET body = excluded.body', tests: SQLITE,
  },
  {
    name: 'sqlite-keeps-old-keys', what: 'A claim that is decided stays in the queue.', rule: FOUND,
    file: 'src/stores/sqlite.ts', find: "for (const { name, value, sort } of stored.values()) deleteKey.run(kind, name ?? null, value ?? null, sort ?? null, id);", put: '', tests: SQLITE,
  },
  {
    name: 'sqlite-skips-the-simultaneous', what: 'Claims that are due at the same instant are left out at the end of a page.', rule: FOUND,
    file: 'src/stores/sqlite.ts', find: '(k.sort, k.id) ${after} (?, ?)', put: "(k.sort, '') ${after} (?, ?)", tests: SQLITE,
  },
  {
    name: 'sqlite-next-page-lost', what: 'A list that is one longer than its page ends with the page.', rule: FOUND,
    file: 'src/stores/sqlite.ts', find: 'sort, id, upTo, limit + 1)', put: 'sort, id, upTo, limit)', tests: SQLITE,
  },
  {
    name: 'sqlite-drops-too-early', what: 'An upload link that was used can be used again.', rule: 'nothing is dropped before its time',
    file: 'src/stores/sqlite.ts', find: 'WHERE expires_at < ${NOW} LIMIT', put: 'WHERE expires_at IS NOT NULL LIMIT', tests: SQLITE,
  },
  {
    name: 'sqlite-half-a-write', what: 'A crash leaves a claim that no list and no sweep finds.', rule: 'a write happens whole or not at all',
    file: 'src/stores/sqlite.ts', find: "if (database.isTransaction) database.exec('ROLLBACK');", put: "if (database.isTransaction) database.exec('COMMIT');", tests: SQLITE,
  },
  {
    name: 'sqlite-newer-file-opened', what: 'An old desk writes into the database of a newer one.', rule: 'no document of a newer version is written over',
    file: 'src/stores/sqliteFile.ts', find: 'if (version > VERSION) {', put: 'if (version > VERSION + 100) {', tests: SQLITE,
  },
  {
    name: 'cosmos-echo-not-known', what: 'A write whose answer was lost, and that was written over since, is done a second time.', rule: 'of every write it is known whether it happened',
    file: 'src/stores/cosmosWrite.ts', find: 'return stored.writes.includes(own);', put: 'return stored.writes[0] === own;', tests: COSMOS,
  },
  {
    name: 'cosmos-refusal-believed', what: 'Who reads that a colleague was faster was it themselves: the echo of the own write.', rule: 'of every write it is known whether it happened',
    file: 'src/stores/cosmosWrite.ts', find: '    const stored = await readItem(call, item);\n', put: '    if (isRefused) return refused;\n    const stored = await readItem(call, item);\n', tests: COSMOS,
  },
  {
    name: 'cosmos-page-overlaps', what: 'The last of a page comes again as the first of the next.', rule: FOUND,
    file: 'src/stores/cosmosFind.ts', find: '${key} > @from', put: '${key} >= @from', tests: COSMOS,
  },
  {
    name: 'cosmos-due-now-left-out', what: 'What is due at this very instant is not found.', rule: FOUND,
    file: 'src/stores/cosmosOrder.ts', find: 'sortText(Math.floor(upTo) + 1)', put: 'sortText(Math.floor(upTo))', tests: COSMOS,
  },
  {
    name: 'cosmos-negative-sorts', what: 'What was due before 1970 comes after everything else.', rule: FOUND,
    file: 'src/stores/cosmosOrder.ts', find: 'return (BigInt(bounded) + BigInt(OFFSET)).toString(16)', put: 'return BigInt(Math.abs(bounded)).toString(16)', tests: ['test/stores/cosmosOrder.test.ts'],
  },
  {
    name: 'cosmos-drops-a-second-early', what: 'An upload link that was used can be used again in its last second.', rule: 'nothing is dropped before its time',
    file: 'src/stores/cosmosItem.ts', find: 'Math.ceil(keepMs / 1000) + 1', put: 'Math.floor(keepMs / 1000)', tests: ['test/stores/cosmosTroubles.test.ts'],
  },
  {
    name: 'ids-run-together', what: 'Two people whose ids differ in one sign are one.', rule: 'no two documents lie in one place',
    file: 'src/stores/itemId.ts', find: "return [...Buffer.from(text, 'utf8')].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join('');", put: "return [...Buffer.from(text, 'utf8')].map(() => '~2f').join('');", tests: ['test/stores/itemId.test.ts'],
  },
];
