import { recordAct } from '../../desk/life/operatorActs.ts';
import type { Loss } from '../../desk/life/restore.ts';
import { decisionsIn, findLosses, newerClaims, recordLosses, signedOf } from '../../desk/life/restore.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { resumeAllParked } from '../../desk/life/resumeAll.ts';
import { beginStandstill, endStandstill, lasts, readStandstill } from '../../desk/life/standstill.ts';
import { command } from '../command.ts';
import { count, instant, lacking } from '../wording.ts';

/** So many digits tell one list of losses from another. */
const MARK_LENGTH = 16;

/** What no anchor tells of (see deploy/operating.md). */
const REMINDER: readonly string[] = [
  'Anchors tell of decisions alone. A restore also undoes, unnoticed, what was done after that state:',
  '  people erased: their names and words are back; run erase-person again for each',
  '  legal holds: those set are off and those released are on again; compare with your own records, then hold or release',
  '  rights, channels and removed files: people who were removed may act again; import the directory file again',
];

/** What a restored store lacks, and how the desk goes on from it. */
export const restored = command({
  name: 'restored',
  summary: 'says what a restored store lacks by its anchors; --confirm or --replay lets the desk go on',
  about: [
    'Compares the store with all its anchors and says which claims were further on and which decisions are lost. While',
    'the desk stands still it sends, fires and cleans nothing. --confirm records the losses in their claims, so that',
    'reviewers and partners read them, and lets the desk go on: deadlines that would decide against someone start anew',
    'with a new notice, and where a customer had objected, silence is no consent. --replay does the same, and takes',
    'denials of consent again, in the name of the customer and as of when they were given. What only an anchor tells that',
    'this desk did not sign is marked: it is recorded, and never taken again; --signed-only leaves out for good what is',
    'listed as such, and nothing else. --shown with the mark of a list goes on only if the list is still the same; --yes asks for it.',
  ].join('\n'),
  fails: 'decisions are lost and the desk stands still, or there are no anchors to compare with',
  effect: 'destroys',
  options: {
    confirm: { kind: 'flag', help: 'goes on from the older state' },
    replay: { kind: 'flag', help: 'goes on, and takes lost denials of consent again' },
    'signed-only': { kind: 'flag', help: 'leaves out what is listed as not signed by this desk' },
    shown: { kind: 'text', of: 'mark', help: 'the mark of the list that was looked at; another list changes nothing' },
  },
  check: ({ confirm, replay, shown, yes }) => {
    if (confirm && replay) return 'give --confirm or --replay, not both';
    // What is lost decides about money: where no one is asked, someone has to have seen just this list.
    return yes && (confirm || replay) && shown === undefined
      ? 'give --shown MARK with --yes: the mark of the list that `npm run desk -- restored` prints'
      : undefined;
  },
  async run({ ports, operator, show, confirm: ask }, { confirm, replay, 'signed-only': signedOnly, shown }) {
    const mark = await readStandstill(ports.documents);
    const isStanding = lasts(mark);
    if (!ports.anchors && !isStanding) {
      show('There are no anchors to compare with: set ANCHORS_FILE, or BLOB_ANCHORS on Azure.', { anchors: false });
      return 'failed';
    }
    const losses = ports.anchors ? await findLosses(ports, ports.anchors.all()) : [];
    const decisions = decisionsIn(losses);
    const list = ports.digest.sha256(canonical(losses)).slice(0, MARK_LENGTH);
    const newer = ports.anchors ? await newerClaims(ports, ports.anchors.all()) : [];
    const found = { standstill: isStanding, losses, list, ...(newer.length > 0 && { newer }) };
    if (losses.length === 0 && !isStanding) {
      show('The store lacks no decision that its anchors know.', found);
      return 'done';
    }
    const report = [
      `${lacking({ claims: losses.length, decisions })}.`,
      ...losses.flatMap(linesOf),
      ...(newer.length > 0 ? [newerLine(newer)] : []),
      ...REMINDER,
      isStanding ? 'The desk stands still.' : 'The desk does not stand still yet; it will at its next start.',
    ].join('\n');
    if (!confirm && !replay) {
      show(`${report}\nGo on with: npm run desk -- restored --confirm --shown ${list}, or --replay`, found);
      return 'failed';
    }
    if (shown !== undefined && shown !== list) {
      show(`${report}\nThis is not the list that was looked at (${shown}); its mark is ${list}. Nothing was changed.`, {
        ...found,
        ended: false,
      });
      return 'failed';
    }
    if (newer.length > 0) {
      await recordAct(ports, operator, {
        what: 'endStandstill',
        about: 'desk',
        outcome: 'refused',
        detail: 'newerVersion',
      });
      show(`${report}\nNothing was changed.`, { ...found, ended: false });
      return 'failed';
    }
    const how = replay ? 'replayed' : 'confirmed';
    const act = { what: 'endStandstill', about: 'desk', detail: `${how}: ${decisions}` };
    if (!(await ask(`${report}\nLet the desk go on from this state?`))) {
      await recordAct(ports, operator, { ...act, outcome: 'declined' });
      show('Nothing was changed.', { ...found, ended: false });
      return 'failed';
    }
    await recordAct(ports, operator, { ...act, outcome: 'begun' });
    if (!isStanding) await beginStandstill(ports, { claims: losses.length, decisions });
    const believed = signedOnly ? signedOf(losses) : losses;
    const absent = await recordLosses(ports, believed, { replay });
    // What was added to the anchors after they were listed was shown to no one: the next look tells of it.
    const leftOut = signedOnly ? losses.flatMap(({ unsigned = [] }) => unsigned) : [];
    await endStandstill(ports, operator, how, absent, leftOut);
    await resumeAllParked(ports);
    await recordAct(ports, operator, { ...act, outcome: 'done' });
    show(
      [
        `What is lost was recorded in ${count(believed.length - absent.length, 'claim')}.`,
        ...absent.map((claim) => `${claim} is not in the store at all: its partner has to file it anew.`),
        'The desk goes on with its next sweep.',
      ].join('\n'),
      { ...found, ended: true, how, absent },
    );
    return 'done';
  },
});

function newerLine(claims: readonly ClaimId[]): string {
  return (
    `A newer version of the desk wrote ${claims.join(', ')}. What is lost there only that version can say: ` +
    'run this command of that version, which lets the desk go on.'
  );
}

function linesOf({ claim, version, lost }: Loss): readonly string[] {
  const state = version === undefined ? 'is not in the store' : `is at version ${version}`;
  return [
    `${claim} ${state}; lost:`,
    ...lost.map(
      (one) =>
        `  ${instant(one.at)}  version ${one.version}  ${one.type}  by ${one.by}${one.unsigned ? '  NOT SIGNED by this desk' : ''}`,
    ),
  ];
}
