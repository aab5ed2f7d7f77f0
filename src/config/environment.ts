/** The environment that the desk is started in, and what is said of settings that are wrong. */
import { DeskError } from '../domain/deskError.ts';

/** As `process.env` or a parsed `.env` file gives it. An empty value counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

export const CONFIG_PROBLEM_KINDS = [
  'not-a-number',
  'out-of-range',
  'unknown-value',
  'not-a-host',
  'not-a-url',
  'not-a-person',
  'not-a-guid',
  'not-a-name',
  'not-a-folder',
  'not-a-schedule',
  'not-a-connection-string',
  'not-a-key',
  'not-text',
  'too-short',
  'not-loopback',
  'not-outside',
  'missing',
  'not-used',
] as const;
export type ConfigProblemKind = (typeof CONFIG_PROBLEM_KINDS)[number];

/** One setting that is wrong. */
export interface ConfigProblem {
  /** The variable's name in the environment. */
  readonly variable: string;
  readonly kind: ConfigProblemKind;
  /** Follows the name: quotes the value unless it is a secret, and says how to mend it. */
  readonly sentence: string;
}

/**
 * Settings that the desk cannot start with: every problem, in the order of `.env.example`. The message of one problem
 * is its sentence; of several it is a list with a line for each.
 */
export class ConfigError extends DeskError<'config.invalid'> {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    const lines = problems.map(({ variable, sentence }) => `${variable} ${sentence}`);
    super(
      'config.invalid',
      lines.length === 1 ? lines.join('') : [`${lines.length} settings are wrong:`, ...lines].join('\n- '),
      options,
    );
    this.problems = problems;
  }
}

/** Letters of a value that a message repeats. */
const MAX_QUOTED = 200;

/** A value as a message repeats it: on one line, without characters that are not shown, and not endlessly long. */
export function quoted(value: string): string {
  const shown = value.length > MAX_QUOTED ? `${value.slice(0, MAX_QUOTED)}…` : value;
  const plain = shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
  return `"${plain}"`;
}
