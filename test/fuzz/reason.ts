/** Why an input failed, and whether two failed in the same way. */
import { Broken } from './target.ts';

export interface Reason {
  /** As it is told. */
  readonly why: string;
  /**
   * The same for what fails in the same way: the sentence and the place, without what differs from one input to the
   * next.
   */
  readonly kind: string;
}

/** For an error that was not thrown on purpose, `why` includes the place. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof Broken) return { why: error.message, kind: error.message.split(/[:\n]/, 1)[0] ?? '' };
  if (!(error instanceof Error))
    return { why: `it threw ${String(error)}`, kind: `it threw ${typeof error} ${wordsOf(String(error))}` };
  const cause = error.cause === undefined ? undefined : reasonOf(error.cause);
  const why = error.stack?.split('\n').slice(0, 6).join('\n') ?? error.message;
  // What cannot be parsed is all about the input.
  const kind = [error.name, ...(error instanceof SyntaxError ? [] : [wordsOf(error.message)]), placeOf(error)].join(
    ' ',
  );
  return cause ? { why: `${why}; because ${cause.why}`, kind: `${kind}; because ${cause.kind}` } : { why, kind };
}

export function tooSlow(ms: number): Reason {
  return { why: `it took ${Math.round(ms)} ms`, kind: 'it took too long' };
}

/** A message without what it quotes of the input, and without numbers. Text in single quotes is a name in the code. */
function wordsOf(message: string): string {
  return message.replace(/".*"|\d+/gs, '…');
}

/** The first stack frame in a file. Where the stack overflows is chance. */
function placeOf({ message, stack }: Error): string {
  if (message.startsWith('Maximum call stack')) return '';
  return (
    stack
      ?.split('\n')
      .find((line) => /^ +at .*:\d+:\d+\)?$/.test(line) && !line.includes('node:'))
      ?.trim() ?? ''
  );
}
