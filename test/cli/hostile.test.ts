/**
 * Every command on a real data folder, used wrongly or stopped at its question: a sentence, a code that is not 0, and
 * not a document or file changed but the journal of operators' acts.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { runCommandLine } from '../../src/cli/commandLine.ts';
import { createOpen } from '../../src/cli/open.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { everyDocument } from '../../src/desk/life/personalData.ts';
import { beginStandstill } from '../../src/desk/life/standstill.ts';
import { openLocalFiles } from '../../src/files/local/localFiles.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { openSqlite } from '../../src/stores/sqlite/sqliteDocuments.ts';
import { DAY } from '../domain/claims/scenario.ts';
import { HISTORY_KEY, openWorld, WHO } from '../desk/world.ts';
import { makeFolder, removeFolder } from '../support/tempFolders.ts';

const NEVER = 'CPOR-ZZZZZ9';
const KEYS = `${'A'.repeat(43)}=@2020-01-31`;
type Kind = 'well' | 'restored' | 'parted';

/** What each command is given where nothing is wrong. `on`: the store in which it has something to do. */
interface Case {
  readonly args: readonly string[];
  readonly on: Kind;
  /** What stands in the place of a person or a claim in `args`. */
  readonly subject?: string;
  /** How its act is called in the journal, where the command asks. */
  readonly asks?: string;
}

const SUBJECT = 'SUBJECT';
const CASES: Readonly<Record<string, Case>> = {
  'erase-person': { args: ['erase-person', SUBJECT], on: 'well', asks: 'erasePerson' },
  'retention --remove': { args: ['retention', '--remove'], on: 'well', asks: 'retention' },
  'restored --confirm': { args: ['restored', '--confirm'], on: 'restored', asks: 'endStandstill' },
  'restored --replay': { args: ['restored', '--replay'], on: 'restored', asks: 'endStandstill' },
  'pair --adopt': { args: ['pair', '--adopt'], on: 'parted', asks: 'adoptPair' },
  hold: { args: ['hold', SUBJECT, '--reason', 'case 7'], on: 'well' },
  release: { args: ['release', SUBJECT], on: 'well' },
  'export-person': { args: ['export-person', SUBJECT], on: 'well' },
  'export-claim': { args: ['export-claim', SUBJECT], on: 'well' },
  'dead --retry': { args: ['dead', SUBJECT, '--retry'], on: 'well' },
  verify: { args: ['verify'], on: 'well' },
  doctor: { args: ['doctor'], on: 'well' },
  quarantine: { args: ['quarantine'], on: 'well' },
  scans: { args: ['scans'], on: 'well' },
  backup: { args: ['backup', 'a folder'], on: 'well' },
};
const names = (which: (one: Case) => boolean): readonly (readonly [string, Case])[] =>
  Object.entries(CASES).filter(([, one]) => which(one));

describe('Commands that are used wrongly or stopped', function () {
  this.timeout(60_000);
  let root: string;
  let copies = 0;

  before(async () => {
    root = makeFolder(tmpdir(), 'hostile-');
    for (const kind of ['well', 'restored', 'parted'] as const) await fill(join(root, kind), kind);
  });
  after(() => removeFolder(root));

  /** A copy of one of the stores, and what running a command on it does. */
  function desk({ on }: Case) {
    copies += 1;
    const folder = join(root, `copy-${copies}`);
    cpSync(join(root, on), folder, { recursive: true });
    const env = { DATA_DIR: folder, HISTORY_KEYS: HISTORY_KEY, SIGNING_KEYS: KEYS, LOG_LEVEL: 'silent' };
    return {
      stored: () => storedIn(folder),
      acts: () => actsIn(folder),
      async run(args: readonly string[], { terminal = noTerminal(), isScrubbed = true } = {}) {
        const said: string[] = [];
        const say = (text: string): void => void said.push(text);
        const line = { args, env, say, complain: say };
        const open = createOpen(() => terminal);
        const code = await runCommandLine(line, COMMANDS, async (...asked) => {
          const opened = await open(...asked);
          const scrub = () => (isScrubbed ? opened.context.scrub() : Promise.reject(new Error('being read')));
          return { ...opened, context: { ...opened.context, scrub } };
        });
        return { code, text: said.join('\n') };
      },
    };
  }

  const noes: Readonly<Record<string, (input: PassThrough) => void>> = {
    'the end of the input': (input) => input.end(),
    'Ctrl-C': (input) => void input.write('\u0003'),
    'Ctrl-D': (input) => void input.write('\u0004'),
    nothing: (input) => void input.write('\n'),
    no: (input) => void input.write('no\n'),
    y: (input) => void input.write('y\n'),
    'yes please': (input) => void input.write('yes please\n'),
    // That of the question alone: this process has others of its own.
    'an interrupt': () => process.listeners('SIGINT').at(-1)?.('SIGINT'),
  };
  for (const [name, one] of names(({ asks }) => asks !== undefined)) {
    for (const [answer, type] of Object.entries(noes))
      it(`${name}, answered with ${answer}, says that nothing was done, and is journaled`, async () => {
        const tried = desk(one);
        const before = await tried.stored();
        const terminal = terminalThat(type);
        const { code, text } = await tried.run(withSubject(one, WHO.emil), { terminal });
        expect(text).to.match(/Nothing was (changed|erased|removed)\.$/);
        expect(code).to.equal(1);
        expect(await tried.stored()).to.deep.equal(before);
        expect(await tried.acts()).to.deep.equal([[one.asks, 'declined']]);
      });

    it(`${name} does nothing where no one can answer, and says which option goes on without`, async () => {
      const tried = desk(one);
      const before = await tried.stored();
      const { code, text } = await tried.run(withSubject(one, WHO.emil));
      expect(text).to.include('Nothing was changed; give --yes');
      expect(code).to.equal(2);
      expect(await tried.stored()).to.deep.equal(before);
    });

    it(`${name} goes on with yes`, async () => {
      const tried = desk(one);
      const terminal = terminalThat((into) => void into.write(' YES \n'));
      const { code, text } = await tried.run(withSubject(one, WHO.emil), { terminal });
      expect(code, text).to.equal(0);
      expect(await tried.acts()).to.deep.equal([
        [one.asks, 'begun'],
        [one.asks, 'done'],
      ]);
    });
  }

  const wrong: readonly (readonly [what: string, subject: string, sentence: RegExp])[] = [
    ['an unknown name', 'Nemo Nobody', /No person is called "Nemo Nobody"|"Nemo Nobody": give the id of a claim/],
    ['a name that two have', 'Sam Same', /"Sam Same" is 2 persons\. Give the id of one:\n- .*\/.*\n- .*\/|give the id/],
    ['an address that two have', 'SAM@same.example', /is 2 persons\. Give the id of one|give the id of a claim/],
    ['a name with control characters', 'Anna\u001b[2J', /the \w+ "Anna\\u001b\[2J" has control characters; leave them/],
    ['a name that turns text round', 'Anna\u202e', /No person is called "Anna\\u202e"|"Anna\\u202e": give the id of a/],
    ['a claim that is not there', NEVER, new RegExp(`There is no claim "${NEVER}"|No person is called`)],
    [
      'an id that is cut short',
      'CPOR-7F3K',
      /"CPOR-7F3K"( is no id of a claim)?: give the id of a claim, such|No person/,
    ],
    ['an empty word', ' ', /the \w+ is empty/],
  ];
  for (const [name, one] of names(({ args }) => args.includes(SUBJECT)))
    for (const [what, subject, sentence] of wrong)
      it(`${name} does nothing for ${what}`, async () => {
        const tried = desk(one);
        const before = await tried.stored();
        const { code, text } = await tried.run([...withSubject(one, subject), ...(one.asks ? ['--yes'] : [])]);
        expect(text).to.match(sentence);
        expect(text)
          .not.to.match(/\n +at /)
          .and.not.to.include('\u001b')
          .and.not.to.include('\u202e');
        expect(code).to.equal(2);
        expect(await tried.stored()).to.deep.equal(before);
        expect(await tried.acts()).to.deep.equal([]);
      });

  for (const [name, one] of names(() => true)) {
    const args = withSubject(one, WHO.emil);
    const misuses: readonly (readonly [args: readonly string[], sentence: string])[] = [
      [[...args, '--force'], 'there is no option --force'],
      [[...args, 'more', 'and more'], 'belongs to no option'],
      [[...args, '--json=1'], '--json takes no value'],
      ...(args.includes('--reason')
        ? ([
            [[...args, '--reason', 'again'], '--reason is given twice'],
            [args.slice(0, -1), '--reason has no value'],
            [args.slice(0, -2), '--reason is missing: say why'],
            [[...args.slice(0, -1), 'a\nb'], 'has control characters'],
          ] as const)
        : []),
      ...(one.asks || ['hold', 'release', 'export-person', 'dead --retry', 'backup', 'scans'].includes(name)
        ? ([
            [[...args, '--by', 'Otto', '--by', 'Olga'], '--by is given twice'],
            [[...args, '--by'], '--by has no value'],
            [[...args, '--by', '\u001b[31m'], 'has control characters'],
          ] as const)
        : [[[...args, '--by', 'Otto'], 'there is no option --by'] as const]),
    ];
    it(`${name} does nothing with options that are unknown, given twice or without a value`, async () => {
      const tried = desk(one);
      const before = await tried.stored();
      for (const [given, sentence] of misuses) {
        const { code, text } = await tried.run(given);
        expect(text, given.join(' ')).to.include(sentence).and.include('usage: npm run desk -- ');
        expect(code, given.join(' ')).to.equal(2);
      }
      expect(await tried.stored()).to.deep.equal(before);
      expect(await tried.acts()).to.deep.equal([]);
    });
  }

  for (const [name, again] of [
    ['erase-person', `erase-person ${WHO.emil}`],
    ['retention --remove', 'retention --remove'],
  ] as const)
    it(`${name} says how to go on where the database could not be written anew, and goes on`, async () => {
      const one = CASES[name] ?? expect.fail(name);
      const tried = desk(one);
      const args = [...withSubject(one, 'emil@example.com'), '--yes'];
      const { code, text } = await tried.run(args, { isScrubbed: false });
      expect(text).to.include('but former bytes may still be in the database');
      expect(text).to.match(new RegExp(`Try again: npm run desk -- ${again}$`));
      expect(code).to.equal(2);
      expect(await tried.acts()).to.deep.equal([
        [one.asks, 'begun'],
        [one.asks, 'failed'],
      ]);
      expect(await tried.run([...again.split(' '), '--yes'])).to.include({ code: 0 });
    });

  for (const name of ['erase-person', 'retention --remove', 'dead --retry'])
    it(`${name} does nothing on an older state that no operator has looked at, also with --yes`, async () => {
      const one = CASES[name] ?? expect.fail(name);
      const args = name === 'dead --retry' ? ['dead', '--retry'] : [...withSubject(one, WHO.emil), '--yes'];
      const tried = desk({ ...one, on: 'restored' });
      const before = await tried.stored();
      const { code, text } = await tried.run(args);
      expect(text).to.include('Nothing was changed; see `npm run desk -- restored` first.');
      expect(code).to.equal(1);
      expect(await tried.stored()).to.deep.equal(before);
      expect((await tried.acts()).map(([, outcome]) => outcome)).to.deep.equal(['refused']);
    });
});

function withSubject({ args }: Case, subject: string): readonly string[] {
  return args.map((arg) => (arg === SUBJECT ? subject : arg));
}

/** A desk that has worked: a draft whose words have ended, two people of one name, and what `kind` says. */
async function fill(folder: string, kind: Kind): Promise<void> {
  mkdirSync(folder);
  const files = await openLocalFiles(join(folder, 'files'));
  const documents = openSqlite(join(folder, 'desk.sqlite'));
  const world = await openWorld({ documents, files, start: systemClock.now() - 100 * DAY });
  const id = await world.file();
  await world.must('anna', id, { type: 'DiscardDraft' });
  for (const name of ['nikita', 'tomas'] as const)
    await world.people.alter(WHO[name], (person) => ({ ...person, name: 'Sam Same', email: 'sam@same.example' }));
  await world.desk.poe.clean();
  if (kind === 'restored') await beginStandstill(world.world, { claims: 1, decisions: 1 });
  if (kind === 'parted') await files.remove('pair');
  documents.close();
}

async function storedIn(folder: string): Promise<readonly string[]> {
  const documents = openSqlite(join(folder, 'desk.sqlite'));
  try {
    const found: string[] = [];
    for await (const { kind, id, body } of everyDocument({ documents }))
      if (kind !== 'operatorAct') found.push(`${kind} ${id} ${JSON.stringify(body)}`);
    for await (const { key } of (await openLocalFiles(join(folder, 'files'))).list('')) found.push(key);
    return found;
  } finally {
    documents.close();
  }
}

async function actsIn(folder: string): Promise<readonly (readonly [string, string])[]> {
  const documents = openSqlite(join(folder, 'desk.sqlite'));
  try {
    return (await operatorActs(documents)).map(({ what, outcome }) => [what, outcome] as const);
  } finally {
    documents.close();
  }
}

/** A terminal whose user does something once the question is there. */
function terminalThat(type: (input: PassThrough) => void) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  let shown = '';
  output.setEncoding('utf8').on('data', (piece: string) => {
    shown += piece;
    if (!shown.includes('Type yes to go on: ')) return;
    shown = '';
    setImmediate(() => type(input));
  });
  return { input, output };
}

/** As under cron, or behind a pipe. */
function noTerminal() {
  return { input: Object.assign(new PassThrough(), { isTTY: false }), output: new PassThrough() };
}
