/** One command for one claim: read, decide, save if unchanged, known again (R57, R58); and what people read of it. */
import type { Mutant } from '../mutant.ts';

const HANDLE = ['test/desk/handle.test.ts'];

export const handling: readonly Mutant[] = [
  {
    name: 'rights-of-the-first-try', what: 'Who has lost the role while the save was tried again decides all the same.', rule: 'R5',
    file: 'src/desk/handle.ts',
    find: `  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const record = await readClaim(world.documents, id);
    if (!record) return { kind: 'notFound' };
    const known = press === undefined ? undefined : record.body.entries.find((entry) => entry.press === press);
    if (known) return { kind: 'repeated', record, entry: known };
    const command = await ask(record);`,
    put: `  let asked: ClaimCommand | undefined;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const record = await readClaim(world.documents, id);
    if (!record) return { kind: 'notFound' };
    const known = press === undefined ? undefined : record.body.entries.find((entry) => entry.press === press);
    if (known) return { kind: 'repeated', record, entry: known };
    const command = (asked ??= await ask(record));`,
    tests: HANDLE,
  },
  {
    name: 'only-last-press-known', what: 'A press that is delivered again after another one is done a second time.', rule: 'R58',
    file: 'src/desk/handle.ts', find: 'record.body.entries.find((entry) => entry.press === press)', put: '[record.body.entries.at(-1)].find((entry) => entry?.press === press)', tests: HANDLE,
  },
  {
    name: 'lost-save-answered-as-done', what: 'Somebody reads that it is done although a colleague was faster and nothing was saved.', rule: 'R57',
    file: 'src/desk/handle.ts', find: "return written === 'changed' ? undefined : { claim, body, etag: written.etag };", put: "return { claim, body, etag: written === 'changed' ? record.etag : written.etag };", tests: HANDLE,
  },
  {
    name: 'notices-thrown-out', what: 'What happens next drops the notices that were still to be brought.', rule: 'R47',
    file: 'src/desk/handle.ts', find: 'outbox: [...body.outbox, ...outgoing]', put: 'outbox: outgoing', tests: ['test/desk/deliver.test.ts', 'test/desk/sweep.test.ts', 'test/desk/busy.test.ts'],
  },
  {
    name: 'leap-in-the-queue', what: 'The news overtakes what its reader has not got yet.', rule: 'R47',
    file: 'src/desk/handle.ts', find: 'return Math.max(now, ...outbox.map((other) => (other.audience === audience ? (other.nextAt ?? now) : now)));', put: 'return Math.max(now, outbox.length * 0 + audience.length * 0);', tests: ['test/desk/deliver.test.ts', 'test/desk/busy.test.ts'],
  },
  {
    name: 'claim-without-bounds', what: 'A claim takes comments until the database refuses its deadlines.', rule: 'R33',
    file: 'src/desk/handle.ts', find: 'MOST_HISTORY_BYTES = 1_000_000', put: 'MOST_HISTORY_BYTES = 4_000_000', tests: ['test/desk/fullClaim.test.ts'],
  },
  {
    name: 'press-without-person', what: 'Who presses the same as a colleague reads that it was their own.', rule: 'R58',
    file: 'src/desk/desk.ts', find: 'canonical([person, request, on.seen ?? null, on.once ?? null])', put: 'canonical([request, on.seen ?? null, on.once ?? null])', tests: HANDLE,
  },
  {
    name: 'press-without-inputs', what: 'The second of two comments from one card is taken for the first and lost.', rule: 'R58',
    file: 'src/desk/desk.ts', find: 'canonical([person, request, on.seen ?? null, on.once ?? null])', put: 'canonical([person, request.type, on.seen ?? null, on.once ?? null])', tests: HANDLE,
  },
  {
    name: 'press-without-version', what: 'Approving once more after an overturned dispute does nothing.', rule: 'R58',
    file: 'src/desk/desk.ts', find: 'canonical([person, request, on.seen ?? null, on.once ?? null])', put: 'canonical([person, request, on.once ?? null])', tests: HANDLE,
  },
  {
    name: 'form-taken-twice', what: 'A form that is sent twice at once files two claims.', rule: 'R10',
    file: 'src/desk/filing.ts', find: 'if (record && entry?.press === press)', put: 'if (record && entry?.press === press && attempt > ID_TRIES)', tests: ['test/desk/create.test.ts'],
  },
  {
    name: 'history-whole-for-customer', what: 'The customer reads what partner and reviewers wrote to each other.', rule: 'R56',
    file: 'src/desk/desk.ts', find: "seen.view.side === 'customer' ? customerHistory(entries) : entries", put: 'entries', tests: ['test/desk/view.test.ts'],
  },
  {
    name: 'withdrawal-comment-shown', what: "The customer reads the partner's comment on its withdrawal.", rule: 'R56',
    file: 'src/desk/customerHistory.ts', find: "return { ...event, comment: '' };", put: 'return event;', tests: ['test/desk/view.test.ts'],
  },
  {
    name: 'proof-shown-to-customer', what: "The customer downloads the partner's documents.", rule: 'R6',
    file: 'src/desk/view.ts', find: "poe: side === 'customer' ? [] : claim.poe", put: 'poe: claim.poe', tests: ['test/desk/view.test.ts', 'test/desk/poe.test.ts'],
  },
  {
    name: 'discarded-draft-listed', what: 'A discarded draft still stands in the lists.', rule: 'R14',
    file: 'src/desk/claimRecord.ts', find: "if (claim.status === 'Discarded') return unique(keys);", put: '', tests: ['test/desk/find.test.ts'],
  },
  {
    name: 'lists-by-the-sweep', what: 'A list shows a claim as under review whose time is over.', rule: 'R44',
    file: 'src/desk/find.ts', find: 'const { claim } = settle(stored, world.clock.now(), world.rules.programme);', put: 'const claim = stored;', tests: ['test/desk/find.test.ts'],
  },
  {
    name: 'newer-schema-overwritten', what: 'An old instance writes over what a newer version of the desk has written.', rule: 'no document of a newer version is written over',
    file: 'src/desk/schema.ts', find: 'body.schema === SCHEMA', put: 'Number(body.schema) >= SCHEMA', tests: ['test/desk/newer.test.ts'],
  },
  {
    name: 'person-written-over', what: 'What is written of a person is lost when another writes at the same moment.', rule: 'R4',
    file: 'src/desk/people.ts', find: "if (written !== 'exists' && written !== 'changed') return body;", put: "if (written !== 'exists') return body;", tests: ['test/desk/enrolment.test.ts'],
  },
  {
    name: 'mpn-id-given-twice', what: 'Two partners get one MPN id from two operators at once.', rule: 'R4',
    file: 'src/desk/enrolment.ts', find: 'if (!(await areTaken(mpnIds, id))) return', put: 'if (mpnIds.length >= 0) return', tests: ['test/desk/enrolment.test.ts'],
  },
  {
    name: 'partners-share-a-channel', what: 'A partner reads the claims of reviewers in a channel that both were given.', rule: 'R6',
    file: 'src/desk/channels.ts', find: 'if (new Set(holders).size > 1)', put: 'if (new Set(holders).size > 2)', tests: ['test/desk/enrolment.test.ts'],
  },
  {
    name: 'heard-before-done', what: 'What somebody wrote is lost when its handling fails: its redelivery is taken for done.', rule: 'what Teams delivers again is done once, and not lost',
    file: 'src/desk/heard.ts', find: '    try {\n      await work();', put: '    try {\n      await note(id, etag, true);\n      await work();', tests: ['test/desk/heard.test.ts'],
  },
  {
    name: 'heard-is-forgotten', what: 'A message that Teams delivers again is answered again.', rule: 'what Teams delivers again is done once, and not lost',
    file: 'src/desk/heard.ts', find: 'if (known.body.done) return undefined;', put: '', tests: ['test/desk/heard.test.ts'],
  },
];
