/** The operator's command line: which command is meant, how it is read, and the code that it ends with. */
import { startupErrorText } from '../app/startupError.ts';
import { readOptions } from '../tools/commandLine.ts';
import type { CommandLine, Options, Values } from '../tools/commandLine.ts';
import type { Command, CommandContext, CommonValues } from './command.ts';
import { visible } from './terminal.ts';

/** What a command runs on; `close` lets go of it. */
export interface Opened {
  readonly context: CommandContext;
  close(): void;
}

/** Opens what a command runs on, for its common options. Throws where the settings or the store are not good. */
export type Open = (line: CommandLine, common: CommonValues) => Promise<Opened>;

const USAGE = 'usage: npm run desk -- COMMAND [OPTIONS]';

/**
 * Carries out a command line and answers with the code to end with: 0 if it was done, 1 if a check failed or it was
 * refused, 2 if it was used wrongly or could not run.
 */
export async function runCommandLine(line: CommandLine, commands: readonly Command[], open: Open): Promise<number> {
  const [name, ...args] = line.args;
  if (name === undefined) return misuse(line, ['a command is missing', USAGE, help(commands)]);
  if (name === 'help' || name === '--help' || name === '-h') return tellHelp(line, commands, args);
  const command = commands.find((one) => one.name === name);
  if (!command) return misuse(line, [unknown(name, commands), USAGE, '`help` tells more.']);
  const reading = readOptions(command.program, { args, env: line.env });
  switch (reading.kind) {
    case 'help':
      line.say(reading.text);
      return 0;
    case 'misuse':
      return misuse(line, [reading.text]);
    case 'values':
      return execute(line, command, reading.values, open);
  }
}

async function execute(line: CommandLine, command: Command, values: Values<Options>, open: Open): Promise<number> {
  let opened: Opened | undefined;
  try {
    opened = await open(line, commonOf(values));
    return (await command.run(opened.context, values)) === 'done' ? 0 : 1;
  } catch (error) {
    return misuse(line, [startupErrorText(error)]);
  } finally {
    opened?.close();
  }
}

function commonOf({ json, yes, by }: Values<Options>): CommonValues {
  return { json: json === true, yes: yes === true, ...(typeof by === 'string' && { by }) };
}

function tellHelp(line: CommandLine, commands: readonly Command[], [name, ...more]: readonly string[]): number {
  if (name === undefined) {
    line.say([USAGE, '', help(commands)].join('\n'));
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command || more.length > 0) return misuse(line, [unknown([name, ...more].join(' '), commands), USAGE]);
  const reading = readOptions(command.program, { args: ['--help'], env: {} });
  if (reading.kind === 'help') line.say(reading.text);
  return 0;
}

function help(commands: readonly Command[]): string {
  const rows = [
    ...commands.map(({ name, summary }) => [name, summary]),
    ['help', 'this list, or help for one command'],
  ];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return [
    ...rows.map(([name = '', summary = '']) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Commands work on the desk of this configuration (the environment, .env), also while it runs.',
    'They end with 0; with 1 where a check fails or something is refused; with 2 where they are used wrongly or cannot run.',
  ].join('\n');
}

function unknown(name: string, commands: readonly Command[]): string {
  return `there is no command ${JSON.stringify(name)}; there are ${[...commands.map((one) => one.name), 'help'].join(', ')}`;
}

function misuse(line: CommandLine, sentences: readonly string[]): 2 {
  line.complain(visible(sentences.join('\n')));
  return 2;
}
