import { existsSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import { survey } from '../../desk/life/survey.ts';
import type { OldText, Survey } from '../../desk/life/survey.ts';
import { firstBrokenAct, operatorActs } from '../../desk/life/operatorActs.ts';
import { ANCHORS_AT_START, doubtsIn, readFormerState } from '../../desk/life/restore.ts';
import { createPair } from '../../desk/proof/pair.ts';
import { say, sentenceKey } from '../../locales/say.ts';
import { command } from '../command.ts';
import type { CommandContext } from '../command.ts';
import { count, duration, instant, lacking } from '../wording.ts';

/** One thing that was looked at. `note`: as it may be, but worth knowing. */
interface Finding {
  readonly what: string;
  readonly state: 'well' | 'note' | 'problem';
  readonly text: string;
}

/** A desk that runs sweeps every minute; what is due for longer than this waits for a desk that does not run. */
const MAX_LATE_MS = 15 * 60_000;
/** A scan takes seconds or minutes. */
const MAX_SCAN_MS = 60 * 60_000;
const SHOWN = 20;

/** Says whether what the desk runs on is well, and what waits. */
export const doctor = command({
  name: 'doctor',
  summary: 'checks what the desk runs on, and says what waits and who cannot be reached',
  about: [
    'Checks the settings, the clock, the keys, the store, the files, the channels and the people who have to be reached,',
    'and says what waits. It reads every claim and changes nothing; the desk may be running.',
  ].join('\n'),
  fails: 'there is a problem',
  effect: 'reads',
  options: {},
  async run(context) {
    const { ports, people, show } = context;
    const findings = [
      ...checkSettings(context.config),
      await checkStore(context),
      await checkFiles(context),
      await checkPair(context),
      await checkAnchors(context),
      ...(await checkStandstill(context)),
      await checkScanner(context),
    ];
    if (findings.every(({ what, state }) => what !== 'store' || state !== 'problem')) {
      const found = await survey(ports, people);
      findings.push(await checkActs(context), ...judge(found, ports.clock.now(), ports.scanner !== undefined));
    }
    const problems = findings.filter(({ state }) => state === 'problem').length;
    const lines = findings.map(({ what, state, text }) => `${state.padEnd(7)}  ${what}: ${text}`);
    const notes = findings.filter(({ state }) => state === 'note').length;
    const end = `${problems === 0 ? 'No problem' : count(problems, 'problem')}, ${count(notes, 'note')}.`;
    show([...lines, end].join('\n'), { findings });
    return problems === 0 ? 'done' : 'failed';
  },
});

const well = (what: string, text: string): Finding => ({ what, state: 'well', text });
const note = (what: string, text: string): Finding => ({ what, state: 'note', text });
const problem = (what: string, text: string): Finding => ({ what, state: 'problem', text });

function checkSettings(config: Config): readonly Finding[] {
  const { azure, bot, linkKey, operators, directoryFile } = config;
  const file =
    directoryFile === undefined || existsSync(directoryFile)
      ? []
      : [problem('directory file', 'DIRECTORY_FILE is set, and the file is not there: the desk will not start')];
  return [
    azure ? well('store and files', 'on Azure') : well('store and files', 'on this machine, in DATA_DIR'),
    bot ? well('bot', 'registered; signed messages only') : note('bot', 'none is registered: only for this machine'),
    linkKey === undefined && azure === undefined
      ? well('link key', 'in DATA_DIR')
      : linkKey === undefined
        ? problem('link key', 'LINK_KEY is not set; every instance needs the same one')
        : well('link key', 'set'),
    operators.length === 0
      ? note('operators', 'OPERATORS is empty; those enrolled by the directory file count all the same')
      : well('operators', `${operators.length} by OPERATORS`),
    ...file,
    well('keys of histories', config.historyKeys === undefined ? 'in DATA_DIR' : 'set'),
    well('keys of exports and anchors', config.signingKeys === undefined ? 'in DATA_DIR' : 'set'),
    note('mail', 'not part of this version'),
  ];
}

/** A store with a clock of its own refuses a read by a machine whose clock is wrong. */
async function checkStore({ ports, config }: CommandContext): Promise<Finding> {
  try {
    await ports.documents.read('ready', 'ready');
    return well(
      'store',
      config.azure ? 'answers, and its clock agrees with this machine' : 'answers, by the clock of this machine',
    );
  } catch (error) {
    return problem('store', sentenceOf(error));
  }
}

async function checkFiles({ ports }: CommandContext): Promise<Finding> {
  try {
    await ports.files.open('ready');
    return well('files', 'answer');
  } catch (error) {
    return problem('files', sentenceOf(error));
  }
}

async function checkPair({ ports }: CommandContext): Promise<Finding> {
  try {
    return (await createPair(ports).isPaired())
      ? well('pair', 'database and files belong together')
      : problem('pair', 'database and files do not belong together; `pair` says more');
  } catch (error) {
    return problem('pair', sentenceOf(error));
  }
}

/** Only what is wrong: that the desk stands still after a restore, or will at its next start. */
async function checkStandstill({ ports }: CommandContext): Promise<readonly Finding[]> {
  try {
    const former = await readFormerState(ports);
    if (!former) return [];
    const when = former.isStanding ? 'stands still' : 'will stand still at its next start';
    return [problem('state', `the desk ${when}: ${lacking(former)}; see \`restored\``)];
  } catch (error) {
    return [problem('state', sentenceOf(error))];
  }
}

async function checkAnchors({ ports, config }: CommandContext): Promise<Finding> {
  if (!ports.anchors)
    return note(
      'anchors',
      'none: an older state of the store cannot be told from the newest; ' +
        (config.azure ? 'set BLOB_ANCHORS to a container of its own' : 'set ANCHORS_FILE to a file outside DATA_DIR'),
    );
  try {
    const found = await ports.anchors.newest(ANCHORS_AT_START);
    const { beforeKeys = 0, ...doubts } = doubtsIn(found);
    const doubtful = Object.values(doubts).reduce((sum, some) => sum + some, 0);
    if (doubtful > 0)
      return problem(
        'anchors',
        `of the newest ${found.length}, ${doubtful} were not signed by this desk or cannot be read; \`verify\` names them`,
      );
    const newest = found.flatMap((one) => (one.kind === 'anchor' ? [one.anchor] : [])).sort((a, b) => b.at - a.at)[0];
    if (!newest) return note('anchors', 'answer, and there are none yet');
    const text = `answer; the newest is of ${newest.claim}, ${instant(newest.at)}`;
    return beforeKeys > 0
      ? note('anchors', `${text}; ${beforeKeys} are of before there were signatures, and prove nothing`)
      : well('anchors', text);
  } catch (error) {
    return problem('anchors', sentenceOf(error));
  }
}

/** What waits while no scanner answers stays closed to everyone; the survey counts it. */
async function checkScanner({ ports }: CommandContext): Promise<Finding> {
  if (!ports.scanner)
    return note('virus scan', 'none: files are taken and opened unscanned, and reviewers read so; see MALWARE_SCAN');
  const { name } = ports.scanner;
  return (await ports.scanner.ready())
    ? well('virus scan', `${name} answers`)
    : problem('virus scan', `${name} does not answer: new files count as no proof and no one can open them`);
}

async function checkActs({ ports }: CommandContext): Promise<Finding> {
  const acts = await operatorActs(ports.documents);
  const broken = firstBrokenAct(acts, ports.digest);
  return broken === undefined
    ? well('journal of operators', `${count(acts.length, 'act')}, unbroken`)
    : problem('journal of operators', `broken at act ${broken}`);
}

/** Without the text itself, which may be made to look like something else. */
const OLD_TEXT: Readonly<Record<OldText['problem'], string>> = {
  holdsAddress: 'holds an address, a link or HTML; it would be refused today, enrol it anew with another',
  notReadable: 'has invisible or control characters; it would be refused today, enrol it anew with another',
  notAnEmail: 'is no e-mail address; it would be refused today, enrol it anew with another',
};

function judge(
  { claims, due, parked, scans, lost, channels, unreachable, oldTexts }: Survey,
  now: number,
  isScanned: boolean,
): readonly Finding[] {
  const late = due.since === undefined ? 0 : now - due.since;
  const scansLate = now - (scans.since ?? now);
  const isStuck = !isScanned || scansLate > MAX_SCAN_MS;
  return [
    well('claims', `${claims.read}`),
    ...(claims.newer > 0 ? [note('claims', `${claims.newer} of a newer version of the desk, left alone`)] : []),
    ...(claims.unreadable.length > 0
      ? [problem('claims', `${claims.unreadable.length} cannot be read: ${listed(claims.unreadable)}`)]
      : []),
    due.since === undefined
      ? well('due', 'nothing waits')
      : (late > MAX_LATE_MS ? problem : note)(
          'due',
          `${count(due.claims, 'claim')}, the oldest for ${duration(late)} (${instant(due.since)})` +
            (late > MAX_LATE_MS ? '; is the desk running?' : ''),
        ),
    ...(Object.keys(parked).length === 0 ? [well('parked notices', 'none')] : []),
    ...Object.entries(parked).map(([reason, ids]) =>
      note('parked notices', `${listed(ids)}: their deadlines wait (${reason}). ${remedyFor(reason)}`),
    ),
    scans.waiting === 0
      ? well('files that wait for their virus scan', 'none')
      : (isStuck ? problem : note)(
          'files that wait for their virus scan',
          `${scans.waiting}, the oldest for ${duration(scansLate)}` +
            (isScanned ? '' : '; there is no scanner, so none will come') +
            (isStuck ? '; `scans` says why, and lets them count without one' : ''),
        ),
    lost === 0 ? well('lost notices', 'none') : problem('lost notices', `${lost}; \`dead\` lists them`),
    ...channels.map(({ purpose, state, reason }) =>
      state === 'set'
        ? well('channel', `${purpose} is set`)
        : state === 'unset'
          ? (purpose === 'review' ? problem : note)('channel', `${purpose} is not set`)
          : problem('channel', `${purpose} cannot be reached: ${reason}`),
    ),
    ...unreachable.map(({ id, name, as, reason }) =>
      note('person', `${name === '' ? id : `${name} (${id})`}, ${as.join(', ')}, cannot be reached: ${reason}`),
    ),
    ...oldTexts.map(({ id, field, problem }) => note(`stored ${field}`, `${id}: ${OLD_TEXT[problem]}`)),
  ];
}

/** What lets parked notices go out, in the words that reviewers read on the claim's card. */
function remedyFor(reason: string): string {
  const key = sentenceKey(`unreachable.${reason}`);
  return key === undefined ? say('en', 'unreachable.other', { reason }) : say('en', key);
}

function listed(ids: readonly string[]): string {
  return ids.length > SHOWN ? `${ids.slice(0, SHOWN).join(', ')} and ${ids.length - SHOWN} more` : ids.join(', ');
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
