/**
 * Another process on the same SQLite file: `node sqliteProcess.ts add FILE TIMES`, or `write FILE`, which runs until it
 * is killed.
 */
import { openSqlite } from '../../../src/stores/sqlite/sqliteDocuments.ts';
import { addOne } from '../../contract/documents.ts';

const [, , deed, file = '', times = '0'] = process.argv;
const documents = openSqlite(file);
if (deed === 'add') await addOne(documents, Number(times));
if (deed === 'write') await writeForEver();
documents.close();

/** Writes document `a` again and again with the next number, and says each number once it is stored. */
async function writeForEver(): Promise<never> {
  const stored = await documents.read<{ readonly number: number }>('claim', 'a');
  let number = stored?.body.number ?? 0;
  for (let etag = stored?.etag ?? ''; ; ) {
    number += 1;
    const body = { number, filling: String(number).repeat(20_000), end: number };
    const document = { kind: 'claim', id: 'a', body, keys: [{ name: 'number', value: String(number) }] };
    const answer = etag ? await documents.replace(document, etag) : await documents.create(document);
    if (typeof answer === 'string') throw new Error(`The only writer was told: ${answer}`);
    etag = answer.etag;
    process.stdout.write(`${number}\n`);
  }
}
