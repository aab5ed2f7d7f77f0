/** The terminal of who runs a command: a question with one good answer, and text that cannot steer it. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { NoTerminalError } from './noTerminalError.ts';

/** Where questions are put and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Puts a question: `yes` alone is one. Any other answer is a no, as are Ctrl-C, an interrupt and the end of the input.
 * Throws a {@link NoTerminalError} where no one sees the question, or can answer it.
 */
export async function askAt({ input, output }: Terminal, question: string): Promise<boolean> {
  if (!input.isTTY || !output.isTTY) throw new NoTerminalError();
  const asking = createInterface({ input, output, terminal: true });
  const interrupt = (): void => asking.close();
  process.once('SIGINT', interrupt);
  try {
    const closed = once(asking, 'close').then(() => '');
    const answered = asking.question(`${visible(question)} Type yes to go on: `).catch(() => '');
    return (await Promise.race([answered, closed])).trim().toLowerCase() === 'yes';
  } finally {
    process.off('SIGINT', interrupt);
    asking.close();
    output.write('\n');
  }
}

/** All that steers a terminal but line ends and tabs, and what turns the text after it round or breaks lines. */
const STEERING = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const HEX = 16;
const DIGITS = 4;

/** A text as a terminal may show it: what would steer it is escaped as in JSON, whose values stay the same. */
export function visible(text: string): string {
  return text.replace(STEERING, (one) => `\\u${one.charCodeAt(0).toString(HEX).padStart(DIGITS, '0')}`);
}
