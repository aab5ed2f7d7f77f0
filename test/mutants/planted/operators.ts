/** The operator's command line, and what it says and does on stores that are not as the desk left them. */
import type { Mutant } from '../mutant.ts';

const HOSTILE = ['test/cli/hostile.test.ts'];
const ERASE = ['test/desk/life/erasePerson.test.ts'];
const RESTORED = ['test/cli/restored.test.ts'];

export const operators: readonly Mutant[] = [
  {
    name: 'y-is-yes',
    what: 'What cannot be undone is done where the answer only begins like yes.',
    rule: 'R55',
    file: 'src/cli/terminal.ts',
    find: "(await Promise.race([answered, closed])).trim().toLowerCase() === 'yes'",
    put: "(await Promise.race([answered, closed])).trim().toLowerCase().startsWith('y')",
    tests: HOSTILE,
  },
  {
    name: 'first-namesake',
    what: 'Of two people of one name the first is erased.',
    rule: 'R55',
    file: 'src/cli/subject.ts',
    find: 'if (others.length > 0)',
    put: 'if (others.length > 1)',
    tests: HOSTILE,
  },
  {
    name: 'steered-terminal',
    what: 'A name can turn round what an operator reads at the terminal.',
    rule: 'no text of people steers what shows it',
    file: 'src/cli/terminal.ts',
    find: "return text.replace(STEERING, (one) => `\\\\u${one.charCodeAt(0).toString(HEX).padStart(DIGITS, '0')}`);",
    put: 'return text;',
    tests: HOSTILE,
  },
  {
    name: 'former-state-erased',
    what: 'Erasing, removing and retrying go on while the desk stands still after a restore.',
    rule: 'R55',
    file: 'src/desk/life/restore.ts',
    find: 'if (lasts(mark)) return { isStanding: true',
    put: 'if (lasts(mark) && mark.claims < 0) return { isStanding: true',
    tests: HOSTILE,
  },
  {
    name: 'former-state-unmarked',
    what: 'A person is erased from an older state on which no desk has been started yet.',
    rule: 'R55',
    file: 'src/desk/life/restore.ts',
    find: 'const losses = ports.anchors ? await findLosses(ports, await newestAnchors(ports.anchors)) : [];',
    put: 'const losses: readonly Loss[] = [];',
    tests: RESTORED,
  },
  {
    name: 'recorded-loss-found',
    what: 'After a restore that an operator judged, verifying names its losses for ever.',
    rule: 'R55',
    file: 'src/desk/life/verifyStore.ts',
    find: 'if (missing && !(ofRestored && isRecordedAsLost(ofRestored, found)))',
    put: 'if (missing)',
    tests: RESTORED,
  },
  {
    name: 'file-of-lost-claim-unnamed',
    what: 'On the day on which it was filed a claim can be lost unnoticed, with its file left behind.',
    rule: 'R55',
    file: 'src/desk/life/verifyStore.ts',
    find: "if (intent.body.state !== 'closed') return true;",
    put: 'return true;',
    tests: ['test/desk/life/verifyStore.test.ts'],
  },
  {
    name: 'hand-over-no-obstacle',
    what: 'A person is erased whom a hand-over still names.',
    rule: 'R55',
    file: 'src/desk/life/needs.ts',
    find: "if (isRecorded(record, identity)) found.push({ kind: 'record', claim: scanned.id });",
    put: '',
    tests: ERASE,
  },
  {
    name: 'files-of-others-removed',
    what: 'With a contact the proof is removed that others sent.',
    rule: 'R55',
    file: 'src/desk/life/erasePerson.ts',
    find: '(isOwn ? files : filesToCheck).push({ claim: scanned.id, poe: id });',
    put: 'files.push({ claim: scanned.id, poe: id });',
    tests: ERASE,
  },
  {
    name: 'zeros-in-front',
    what: 'A partner gets the MPN id of another, with a zero in front.',
    rule: 'R4',
    file: 'src/desk/directory/enrolment.ts',
    find: '(!beginsWithZero(one) || kept.includes(one))',
    put: 'true',
    tests: ['test/desk/directory/enrolment.test.ts'],
  },
];
