/** A planted bug: one small fault in the product's code, to see whether anybody notices. */

export interface Mutant {
  /** Short, with dashes; what `--only` takes. */
  readonly name: string;
  /** What a person would see of it. */
  readonly what: string;
  /** The rule that it breaks, as in lifecycle.md; or what the house promises. */
  readonly rule: string;
  /** Below the project, as git spells it. */
  readonly file: string;
  /** What stands in the file, exactly once. */
  readonly find: string;
  /** What stands there instead. */
  readonly put: string;
  /** The test files that should notice it. */
  readonly tests: readonly string[];
}

/** A file with the fault in it. Refuses a text that is not there, or there more than once. */
export function withFault(text: string, { name, file, find, put }: Mutant): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${name}: its text stands ${text.split(find).length - 1} times in ${file}, expected once; copy it anew from the file`);
  }
  return `${before}${put}${after}`;
}
