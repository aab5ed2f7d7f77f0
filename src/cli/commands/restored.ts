import { recordAct } from '../../desk/life/operatorActs.ts';
import type { Loss } from '../../desk/life/restore.ts';
import { decisionsIn, findLosses, recordLosses } from '../../desk/life/restore.ts';
import { resumeAllParked } from '../../desk/life/resumeAll.ts';
import { beginStandstill, endStandstill, lasts, readStandstill } from '../../desk/life/standstill.ts';
import { headName } from '../../desk/records/anchoring.ts';
import type { Anchors } from '../../desk/ports/anchors.ts';
import { command } from '../command.ts';
import { count, instant, lacking } from '../wording.ts';

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
    'this desk did not sign is marked: it is recorded, and never taken again; --signed-only leaves it out for good.',
  ].join('\n'),
  fails: 'decisions are lost and the desk stands still, or there are no anchors to compare with',
  effect: 'destroys',
  options: {
    confirm: { kind: 'flag', help: 'goes on from the older state' },
    replay: { kind: 'flag', help: 'goes on, and takes lost denials of consent again' },
    'signed-only': { kind: 'flag', help: 'leaves out what an anchor tells that this desk did not sign' },
  },
  check: ({ confirm, replay }) => (confirm && replay ? 'give --confirm or --replay, not both' : undefined),
  async run({ ports, operator, show, confirm: ask }, { confirm, replay, 'signed-only': signedOnly }) {
    const mark = await readStandstill(ports.documents);
    const isStanding = lasts(mark);
    if (!ports.anchors && !isStanding) {
      show('There are no anchors to compare with: set ANCHORS_FILE, or BLOB_ANCHORS on Azure.', { anchors: false });
      return 'failed';
    }
    const losses = ports.anchors ? await findLosses(ports, ports.anchors.all(), { signedOnly }) : [];
    const decisions = decisionsIn(losses);
    const found = { standstill: isStanding, losses };
    if (losses.length === 0 && !isStanding) {
      show('The store lacks no decision that its anchors know.', found);
      return 'done';
    }
    const report = [
      `${lacking({ claims: losses.length, decisions })}.`,
      ...losses.flatMap(linesOf),
      isStanding ? 'The desk stands still.' : 'The desk does not stand still yet; it will at its next start.',
    ].join('\n');
    if (!confirm && !replay) {
      show(`${report}\nGo on with: npm run desk -- restored --confirm, or --replay`, found);
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
    const absent = await recordLosses(ports, losses, { replay });
    const leftOut = signedOnly && ports.anchors ? await unsignedOf(ports.anchors) : [];
    await endStandstill(ports, operator, how, absent, leftOut);
    await resumeAllParked(ports);
    await recordAct(ports, operator, { ...act, outcome: 'done' });
    show(
      [
        `What is lost was recorded in ${count(losses.length - absent.length, 'claim')}.`,
        ...absent.map((claim) => `${claim} is not in the store at all: its partner has to file it anew.`),
        'The desk goes on with its next sweep.',
      ].join('\n'),
      { ...found, ended: true, how, absent },
    );
    return 'done';
  },
});

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

async function unsignedOf(anchors: Anchors): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const one of anchors.all())
    if (one.kind === 'anchor' && one.proof !== 'signed') names.push(headName(one.anchor));
  return names;
}
