import { expect } from 'chai';
import { command } from '../../src/cli/command.ts';
import type { CommandContext } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/commandLine.ts';
import { NoTerminalError } from '../../src/cli/noTerminalError.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';

const look = command({
  name: 'look',
  summary: 'looks at one claim',
  about: 'Looks at one claim.',
  fails: 'there is none',
  effect: 'reads',
  options: {
    claim: { kind: 'word', of: 'claim', help: 'which', required: 'name one' },
    depth: { kind: 'integer', help: 'how deep', min: 1, max: 9, default: 1 },
  },
  run: ({ show }, { claim, depth }) => {
    show(`${claim} at ${depth}`, { claim, depth });
    return Promise.resolve(claim === 'none' ? 'failed' : 'done');
  },
});
const wipe = command({
  name: 'wipe',
  summary: 'wipes',
  about: 'Wipes.',
  fails: 'it is refused',
  effect: 'destroys',
  options: {},
  run: async ({ show, confirm, operator }) => {
    if (!(await confirm('Wipe?'))) return 'failed';
    show(`wiped by ${operator.name ?? operator.user}`, {});
    return 'done';
  },
});

/** Runs a command line with a context that only shows; answers the code and all that was printed. */
async function run(...args: string[]): Promise<{ code: number; out: string; problems: string; closed: number }> {
  const out: string[] = [];
  const problems: string[] = [];
  let closed = 0;
  const line = {
    args,
    env: {},
    say: (text: string) => void out.push(text),
    complain: (text: string) => void problems.push(text),
  };
  const code = await runCommandLine(line, [look, wipe], (_, { json, yes, by }) => {
    const context: Pick<CommandContext, 'show' | 'confirm' | 'operator'> = {
      show: (text, value) => void out.push(json ? JSON.stringify(value) : text),
      confirm: () => (yes ? Promise.resolve(true) : Promise.reject(new NoTerminalError())),
      operator: { user: 'root', ...(by !== undefined && { name: by }) },
    };
    return Promise.resolve({ context: context as CommandContext, close: () => void (closed += 1) });
  });
  return { code, out: out.join('\n'), problems: problems.join('\n'), closed };
}

describe("the operator's command line", () => {
  it('runs the command that its first word names, with words and options', async () => {
    expect(await run('look', 'CPOR-7F3K9Q', '--depth', '3')).to.deep.equal({
      code: 0,
      out: 'CPOR-7F3K9Q at 3',
      problems: '',
      closed: 1,
    });
  });

  it('prints JSON alone with --json', async () => {
    expect(JSON.parse((await run('look', 'x', '--json')).out)).to.deep.equal({ claim: 'x', depth: 1 });
  });

  it('ends with 1 where a check fails', async () => {
    expect((await run('look', 'none')).code).to.equal(1);
  });

  it('lists its commands, and explains one', async () => {
    for (const args of [['help'], ['--help'], ['-h']]) {
      const { code, out } = await run(...args);
      expect(code).to.equal(0);
      expect(out).to.match(/look +looks at one claim\n +wipe +wipes\n +help/);
    }
    for (const args of [
      ['help', 'look'],
      ['look', '--help'],
    ]) {
      const { code, out, closed } = await run(...args);
      expect(code).to.equal(0);
      expect(out).to.include('usage: npm run desk -- look CLAIM [--depth N] [--json]');
      expect(closed).to.equal(0);
    }
  });

  const misuses: readonly (readonly [args: readonly string[], sentence: string])[] = [
    [[], 'a command is missing'],
    [['lok'], 'there is no command "lok"; there are look, wipe, help'],
    [['constructor'], 'there is no command "constructor"'],
    [['help', 'lok'], 'there is no command "lok"'],
    [['look'], 'the claim is missing: name one'],
    [['look', ' '], 'the claim is empty'],
    [['look', 'a', 'b'], '"b" belongs to no option; put quotes around a value of several words'],
    [['look', 'a', '--claim', 'b'], 'there is no option --claim'],
    [['look', 'a', '--depth', '10'], '--depth "10" is not a whole number from 1 to 9'],
    [['look', 'a', '--yes'], 'there is no option --yes'],
    [['wipe', '--by', 'x'.repeat(101), '--yes'], 'give at most 100 characters'],
  ];
  for (const [args, sentence] of misuses)
    it(`refuses ${JSON.stringify(args)} with a sentence and 2, and opens nothing`, async () => {
      const { code, out, problems, closed } = await run(...args);
      expect(code).to.equal(2);
      expect(problems).to.include(sentence);
      expect(out).to.equal('');
      expect(closed).to.equal(0);
    });

  it('does not destroy without --yes where there is no terminal, and lets go of the store', async () => {
    const { code, out, problems, closed } = await run('wipe');
    expect(code).to.equal(2);
    expect(out).to.equal('');
    expect(problems).to.include('Nothing was changed; give --yes');
    expect(problems).not.to.include('at ');
    expect(closed).to.equal(1);
    expect((await run('wipe', '--yes', '--by', 'Ada')).out).to.equal('wiped by Ada');
  });

  it('has each command once, in small letters, with a summary of one line', () => {
    const names = COMMANDS.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    for (const { name, summary } of COMMANDS) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)*$/);
      expect(summary).to.match(/^[a-z][^\n]{5,90}[^.]$/);
    }
  });
});
