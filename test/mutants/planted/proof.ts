/** Proof of execution: links, files that come in, go out and are cleaned up (R9, R12, R26). */
import type { Mutant } from '../mutant.ts';

const POE = ['test/desk/poe.test.ts'];

export const proof: readonly Mutant[] = [
  {
    name: 'cleaning-of-unread-claims', what: 'A claim that cannot be read for a moment loses its documents.', rule: 'R9',
    file: 'src/desk/leftovers.ts', find: "      return 'unsure';", put: '      return false;', tests: [...POE, 'test/desk/newer.test.ts'],
  },
  {
    name: 'cleaning-of-uploads', what: 'A document disappears while it is taken in.', rule: 'R9',
    file: 'src/desk/leftovers.ts', find: "inHand.has(key) ? 'unsure' : await isKnown(claimId as ClaimId, poeId)", put: 'await isKnown(claimId as ClaimId, poeId)', tests: POE,
  },
  {
    name: 'cleaning-at-once', what: 'A document disappears while another instance takes it in.', rule: 'R9',
    file: 'src/desk/leftovers.ts', find: 'const until = clock.now() - AGE_MS;', put: 'const until = clock.now();', tests: POE,
  },
  {
    name: 'cleaning-of-removed-proof', what: 'The history names a document that is gone.', rule: 'R13',
    file: 'src/desk/leftovers.ts', find: "record?.body.entries.some(({ event }) => event.type === 'PoeAdded' && event.poe.id === poeId)", put: 'record?.claim.poe.some(({ id }) => id === poeId)', tests: POE,
  },
  {
    name: 'cleaning-gives-up', what: 'A file that could not be removed once stays for ever.', rule: 'R9',
    file: 'src/desk/leftovers.ts', find: '      else isComplete = false;\n', put: '', tests: POE,
  },
  {
    name: 'slow-file-told-late', what: 'A claim names a document that the cleaning of another instance has removed meanwhile.', rule: 'R9',
    file: 'src/desk/poe.ts', find: 'if (clock.now() - storedAt > MOST_ON_ITS_WAY_MS)', put: 'if (clock.now() - storedAt > MOST_ON_ITS_WAY_MS * 100)', tests: POE,
  },
  {
    name: 'link-outlives-the-right', what: 'Who has left the partner still downloads its documents.', rule: 'R6',
    file: 'src/desk/poe.ts', find: 'if (!record || !person || !mayRead(await people.memberOf(person), record.claim))', put: 'if (!record || !person)', tests: POE,
  },
  {
    name: 'link-cut-short', what: 'A link whose signature is cut off is taken for genuine.', rule: 'R6',
    file: 'src/desk/link.ts', find: 'sameText(world.ids.sign(signed), signature)', put: 'sameText(world.ids.sign(signed).slice(0, signature.length), signature)', tests: POE,
  },
  {
    name: 'link-for-anything', what: 'A link to upload opens downloads, and the other way round.', rule: 'R6',
    file: 'src/desk/link.ts', find: 'letter !== kind.charAt(0) || ', put: '', tests: POE,
  },
  {
    name: 'link-not-bound-to-its-person', what: 'The person in a link can be exchanged for another.', rule: 'R6',
    file: 'src/desk/link.ts', find: 'return `${text}.${world.ids.sign(text)}`;', put: "return `${text}.${world.ids.sign(facts.toSpliced(2, 1).join('~'))}`;", tests: POE,
  },
  {
    name: 'link-never-ends', what: 'A link that somebody kept opens the claim for years.', rule: 'R6',
    file: 'src/desk/poe.ts', find: "if (clock.now() >= link.until) return refused('expired');", put: '', tests: POE,
  },
  {
    name: 'link-used-twice', what: 'A finished upload can be gone on with.', rule: 'R12',
    file: 'src/desk/poe.ts', find: "return link.kind === 'upload' && (await documents.read(USED_LINK, link.nonce)) !== undefined;", put: "return link.kind !== 'upload' && link.claim === '';", tests: POE,
  },
  {
    name: 'size-of-the-piece', what: 'A file that comes in small pieces may be of any size.', rule: 'R9',
    file: 'src/desk/poe.ts', find: 'if (size > most)', put: 'if (chunk.length > most)', tests: POE,
  },
  {
    name: 'refused-file-kept', what: 'Files that were refused pile up.', rule: 'R9',
    file: 'src/desk/poe.ts', find: "if (handled.kind === 'refused') return await discard(key, problemOf(handled.refusal));", put: "if (handled.kind === 'refused') return { ok: false, problem: problemOf(handled.refusal) };", tests: POE,
  },
  {
    name: 'removed-file-downloads', what: 'A document that was removed from the draft still goes out by its link.', rule: 'R13',
    file: 'src/desk/poe.ts', find: "if (!poe) return { ok: false, problem: 'foreign', language };", put: "if (!poe) return { ok: true, name: link.poe, contentType: CONTENT_TYPES.pdf, ...(await files.open(poeKey(link.claim, link.poe)))! };", tests: POE,
  },
];
