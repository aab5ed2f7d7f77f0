/** Files at rest, and what is taken for a document (files/; R9, R53). */
import type { Mutant } from '../mutant.ts';

const LOCAL = ['test/files/contract.test.ts', 'test/files/localFiles.test.ts'];
const BLOB = ['test/files/contract.test.ts', 'test/files/blobFiles.test.ts', 'test/files/blobFaults.test.ts'];
const INSPECT = ['test/files/inspect.test.ts'];

export const files: readonly Mutant[] = [
  {
    name: 'key-leads-outside', what: 'A file is read or written outside of the folder.', rule: 'a key leads nowhere else',
    file: 'src/files/fileKey.ts', find: "segment !== '.' && segment !== '..'", put: "segment !== '.'", tests: LOCAL,
  },
  {
    name: 'hand-over-removed', what: 'A hand-over for assessment can be removed.', rule: 'R53',
    file: 'src/files/fileKey.ts', find: 'if (key.startsWith(ASSESSMENTS)) throw', put: "if (key === ASSESSMENTS) throw", tests: LOCAL,
  },
  {
    name: 'local-file-replaced', what: 'A hand-over that is tried again takes the place of the first.', rule: 'R53',
    file: 'src/files/localFiles.ts', find: "if (codeOf(error) === 'EEXIST') return false;", put: "if (codeOf(error) === 'EEXIST') return rm(path).then(() => link(written, path)).then(() => true);", tests: LOCAL,
  },
  {
    name: 'others-uploads-removed', what: 'The start of one desk breaks off the uploads of another.', rule: 'R9',
    file: 'src/files/localFiles.ts', find: 'if (alive === false || abandoned)', put: 'if (alive !== true || abandoned)', tests: LOCAL,
  },
  {
    name: 'leftovers-stay', what: 'What a crash left half written fills the disk.', rule: 'R9',
    file: 'src/files/localFiles.ts', find: 'if (alive === false || abandoned)', put: 'if (abandoned)', tests: LOCAL,
  },
  {
    name: 'blob-replaced', what: 'In Azure a hand-over that is tried again takes the place of the first.', rule: 'R53',
    file: 'src/files/blobWriting.ts', find: "conditions: { ifNoneMatch: '*' }, ", put: '', tests: BLOB,
  },
  {
    name: "another's-blob-is-ours", what: 'Who was second is told that the file is theirs.', rule: 'R9',
    file: 'src/files/blobWriting.ts', find: 'return there.metadata?.[WRITE] === writeId;', put: 'return there.metadata !== undefined;', tests: BLOB,
  },
  {
    name: 'blob-listing-one-page', what: 'The cleaning looks at the first five thousand files only.', rule: 'R9',
    file: 'src/files/blobFiles.ts', find: 'continuationToken = next.value.continuationToken || undefined;', put: 'continuationToken = undefined;', tests: BLOB,
  },
  {
    name: 'blob-busy-is-final', what: 'An upload fails because Storage was busy for a moment.', rule: 'R9',
    file: 'src/files/blobCalls.ts', find: "const TRY_AGAIN: readonly FilesFaultCode[] = ['files.busy', 'files.unreachable'];", put: "const TRY_AGAIN: readonly FilesFaultCode[] = ['files.unreachable'];", tests: BLOB,
  },
  {
    name: 'wrong-name-taken', what: 'A picture that is called a PDF is taken.', rule: 'R9',
    file: 'src/files/inspect.ts', find: "if (extension !== '' && !EXTENSIONS[found].includes(extension))", put: "if (extension === '.' && !EXTENSIONS[found].includes(extension))", tests: INSPECT,
  },
  {
    name: 'macros-taken', what: 'A document with macros reaches the reviewers.', rule: 'R9',
    file: 'src/files/officePackage.ts', find: "if (/macroEnabled|vbaProject|macrosheet/i.test(xml)) return 'macros';", put: '', tests: INSPECT,
  },
  {
    name: 'bomb-taken', what: 'A document that grows beyond all measure reaches the reviewers.', rule: 'R9',
    file: 'src/files/officePackage.ts', find: "if (unpacked > ROOM && unpacked > TIGHTEST * size) return { problem: 'archiveBomb', contentTypes };", put: '', tests: INSPECT,
  },
  {
    name: 'locked-pdf-taken', what: 'A PDF under a password, which nobody can read, counts as proof.', rule: 'R9',
    file: 'src/files/inspect.ts', find: "return (await isEncryptedPdf(whole())) ? 'encrypted' : 'pdf';", put: "return 'pdf';", tests: INSPECT,
  },
];
