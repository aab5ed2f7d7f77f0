/** Anchors and their signatures, and what operators are told of what is broken. */
import type { Mutant } from '../mutant.ts';

const SIGNED = ['test/desk/records/signedAnchors.test.ts'];

export const anchors: readonly Mutant[] = [
  {
    name: 'stripped-anchor-as-before-keys',
    what: 'An anchor whose signature was taken away passes for one of before there were keys.',
    rule: 'R55',
    file: 'src/desk/records/signedAnchors.ts',
    find: "return anchor.at < signedSince ? 'beforeKeys' : 'unsigned';",
    put: "return anchor.at < signedSince || anchor.at >= signedSince ? 'beforeKeys' : 'unsigned';",
    tests: SIGNED,
  },
  {
    name: 'old-key-anchors-on',
    what: 'Who has learned an old signing key can anchor decisions of after its end.',
    rule: 'R55',
    file: 'src/runtime/signer.ts',
    find: 'const isInPeriod = pair.until === undefined || at < pair.until;',
    put: 'const isInPeriod = pair.until === undefined || at !== pair.until || at < pair.until;',
    tests: SIGNED,
  },
  {
    name: 'unsigned-denial-replayed',
    what: 'A denial is taken in the customer’s name by an anchor that anyone may have written.',
    rule: 'R55',
    file: 'src/desk/life/restore.ts',
    find: "...(proof !== 'signed' && { unsigned: true }) };",
    put: "...(proof === 'beforeKeys' && { unsigned: true }) };",
    tests: ['test/desk/life/restore.test.ts'],
  },
  {
    name: 'stripped-anchor-hides-loss',
    what: 'A store that was set back is taken for well once the signature of the anchor is taken away.',
    rule: 'R55',
    file: 'src/desk/life/restore.ts',
    find: 'const losses = await findLosses(ports, newest);',
    put: 'const losses = await findLosses(ports, newest, { signedOnly: true });',
    tests: ['test/desk/life/restore.test.ts'],
  },
  {
    name: 'lost-anchor-unnoticed',
    what: 'Verifying does not notice an anchor that is missing.',
    rule: 'R55',
    file: 'src/desk/life/verifyStore.ts',
    find: "const entry = audience === 'anchor' && outcome === 'delivered' ? entries[Number(version) - 1] : undefined;",
    put: "const entry = audience === 'anchor' && outcome === 'dead' ? entries[Number(version) - 1] : undefined;",
    tests: ['test/tampering/tampering.test.ts'],
  },
  {
    name: 'torn-whole-line-dropped',
    what: 'The last anchor is not read once the end of its line was cut off.',
    rule: 'R55',
    file: 'src/files/local/anchorFile.ts',
    find: 'whole.has(line) ||',
    put: '(whole.has(line) && line !== lines.at(-1)) ||',
    tests: ['test/files/local/anchorFile.test.ts'],
  },
  {
    name: 'broken-rights-not-announced',
    what: 'No operator is told that a document of rights is broken.',
    rule: 'R55',
    file: 'src/desk/outbox/announceBroken.ts',
    find: "if (of) await once(key, { kind: 'rightsBroken', of, id });",
    put: "if (of && problem === 'unknownKey') await once(key, { kind: 'rightsBroken', of, id });",
    tests: ['test/desk/outbox/announceBroken.test.ts'],
  },
  {
    name: 'one-broken-operator-silences-all',
    what: 'The broken document of one operator keeps the others from being told.',
    rule: 'R55',
    file: 'src/desk/directory/rightsCheck.ts',
    find: 'if (error instanceof RightsBrokenError) return undefined;',
    put: '',
    tests: ['test/desk/outbox/announceBroken.test.ts'],
  },
];
