/** What a command of the operator's command line is, and what it is given. */
import type { Config } from '../config/config.ts';
import type { People } from '../desk/directory/people.ts';
import type { Operator } from '../desk/life/operatorActs.ts';
import type { Signer } from '../desk/ports/signer.ts';
import type { World } from '../desk/ports/world.ts';
import type { Options, Program, Values } from '../tools/commandLine.ts';

/** The desk's ports without those that reach people: what is to be sent, the running desk sends. */
export type CommandPorts = Omit<World, 'messenger' | 'links' | 'inspect'> & { readonly signer: Signer };

/** What a command that runs is given. */
export interface CommandContext {
  readonly config: Config;
  readonly ports: CommandPorts;
  readonly people: People;
  /** Sees that nothing is left of what was replaced in the store, see `Storage`. */
  readonly scrub: () => Promise<'scrubbed' | 'inBackups'>;
  /** Who runs the command. */
  readonly operator: Operator;
  /** Shows the result, once: the text, or with --json the value as JSON. */
  readonly show: (text: string, value: unknown) => void;
  /**
   * Whether to go on with what cannot be undone. With --yes it is; else the question is put at the terminal, where only
   * `yes` is one. Throws a {@link NoTerminalError} where no one can answer.
   */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** `failed`: a check did not hold, or what was asked for was refused. */
export type CommandOutcome = 'done' | 'failed';

interface CommandDeclaration<Declared extends Options> {
  /** The word by which it is called. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does and prints, in lines. */
  readonly about: string;
  /** When it exits with 1, for `--help`. */
  readonly fails: string;
  /**
   * `reads` changes nothing. `acts` is journaled and takes --by; `destroys` cannot be undone, so that it also asks,
   * unless --yes is given.
   */
  readonly effect: 'reads' | 'acts' | 'destroys';
  readonly options: Declared;
  /** What is wrong with the options together; of those that all have, --yes is among them. */
  readonly check?: (values: Values<Declared> & Partial<Pick<CommonValues, 'yes'>>) => string | undefined;
  run(context: CommandContext, values: Values<Declared>): Promise<CommandOutcome>;
}

/** The options that commands have in common. */
export interface CommonValues {
  readonly json: boolean;
  readonly yes: boolean;
  readonly by?: string;
}

/** A command of any options: the program as the command line reads it, and how its values are carried out. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly program: Program<Options>;
  run(context: CommandContext, values: Values<Options>): Promise<CommandOutcome>;
}

const MAX_NAME = 100;

/** Declares a command: adds the options that all have, or that its effect asks for. */
export function command<const Declared extends Options>(declared: CommandDeclaration<Declared>): Command {
  const { name, summary, about, fails, effect, options, check } = declared;
  const common: Options = {
    ...(effect !== 'reads' && {
      by: {
        kind: 'text',
        of: 'name',
        help: 'who does it, for the journal, beside the user of this machine',
        check: (text: string) => (text.length > MAX_NAME ? `give at most ${MAX_NAME} characters` : undefined),
      },
    }),
    ...(effect === 'destroys' && { yes: { kind: 'flag', help: 'does not ask at the terminal' } }),
    json: { kind: 'flag', help: 'prints one JSON value instead of text' },
  };
  const run: Command['run'] = (context, values) => declared.run(context, values as Values<Declared>);
  return {
    name,
    summary,
    program: {
      name: 'desk',
      command: name,
      about,
      fails,
      options: { ...options, ...common },
      ...(check && { check: (values) => check(values as Values<Declared> & Partial<Pick<CommonValues, 'yes'>>) }),
    },
    run,
  };
}
