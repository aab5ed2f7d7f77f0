/** What operators do to stored data: erasing, legal holds, exports, retries, and their journal. */
import type { Mutant } from '../mutant.ts';

const ERASE = ['test/desk/life/erasePerson.test.ts'];

export const life: readonly Mutant[] = [
  {
    name: 'old-bytes-kept',
    what: "The words of who was erased stay in the database's log of writes.",
    rule: 'R55',
    file: 'src/stores/sqlite/scrub.ts',
    find: "database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0",
    put: "database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get()?.['busy'] === 0",
    tests: ['test/stores/sqlite/scrub.test.ts'],
  },
  {
    name: 'free-pages-kept',
    what: 'The words of who was erased stay in pages that the database has free.',
    rule: 'R55',
    file: 'src/stores/sqlite/scrub.ts',
    find: "inSqliteWords(file, () => database.exec('VACUUM'));",
    put: '',
    tests: ['test/stores/sqlite/scrub.test.ts'],
  },
  {
    name: 'mention-stays',
    what: 'Who was erased is still named in what others wrote.',
    rule: 'R55',
    file: 'src/desk/life/traces.ts',
    find: "return mentions(identity, word) ? 'mention' : undefined;",
    put: 'return undefined;',
    tests: ERASE,
  },
  {
    name: 'erased-under-hold',
    what: 'A legal hold on a claim keeps no one from erasing what it is about.',
    rule: 'R55',
    file: 'src/desk/life/needs.ts',
    find: "found.push(...(await holdsOn(ports, { kind: 'claim', id: scanned.id })));",
    put: '',
    tests: ERASE,
  },
  {
    name: 'erased-while-needed',
    what: 'The contact of an open consent is erased before it has passed.',
    rule: 'R45',
    file: 'src/desk/life/needs.ts',
    find: "if (emails.has(plain(fields.customerContactEmail))) return 'contact';",
    put: '',
    tests: ERASE,
  },
  {
    name: 'written-meanwhile-stays',
    what: 'What someone writes while they are erased stays.',
    rule: 'R55',
    file: 'src/desk/life/erasePerson.ts',
    find: 'pass < MAX_PASSES && (await eraseFromClaims(ports, identity)) > 0',
    put: 'pass < 1 && (await eraseFromClaims(ports, identity)) > 0',
    tests: ERASE,
  },
  {
    name: 'acts-unchained',
    what: 'An act of an operator can be taken out of the journal, and no one sees it.',
    rule: 'R55',
    file: 'src/desk/life/operatorActs.ts',
    find: "previous: last?.hash ?? ''",
    put: "previous: ''",
    tests: ['test/desk/life/operatorActs.test.ts'],
  },
  {
    name: 'retry-forgets-what-waits',
    what: 'What an operator has tried again is still counted as lost.',
    rule: 'R45',
    file: 'src/desk/life/lostNotices.ts',
    find: 'told: body.told.filter((finished) => !ids.has(finished.id))',
    put: 'told: body.told',
    tests: ['test/desk/life/lostNotices.test.ts'],
  },
];
