/** A planted bug: one small fault in the product's code, to see whether a test notices it. */

export interface Mutant {
  /** Short, with dashes; what `--only` takes. */
  readonly name: string;
  /** What a person would see of it. */
  readonly what: string;
  /** The rule that it breaks, as in RULES.md; or what the desk promises. */
  readonly rule: string;
  /** Below the project, as git spells it. */
  readonly file: string;
  /** A piece of the file that occurs exactly once; how it is laid out in lines does not matter. */
  readonly find: string;
  /** What replaces it. */
  readonly put: string;
  /** The test files that should notice it. */
  readonly tests: readonly string[];
}

/** A text without what a formatter may change, and where each of its characters comes from. */
function compact(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const letters: string[] = [];
  const places: number[] = [];
  for (const { index } of text.matchAll(/\S/g)) {
    if (text[index] === ',' && /^,\s*[)\]}]/.test(text.slice(index))) continue;
    letters.push(text[index] ?? '');
    places.push(index);
  }
  return { letters: letters.join(''), places };
}

/** A file with the fault in it. Throws where the text to replace is not in the file, or more than once. */
export function withFault(text: string, { name, file, find, put }: Mutant): string {
  const whole = compact(text);
  const piece = compact(find).letters;
  const count = whole.letters.split(piece).length - 1;
  const start = whole.places[whole.letters.indexOf(piece)];
  const last = whole.places[whole.letters.indexOf(piece) + piece.length - 1];
  if (count !== 1 || start === undefined || last === undefined) {
    throw new Error(`${name}: its text occurs ${count} times in ${file}, expected once; copy it anew from the file`);
  }
  return `${text.slice(0, start)}${put}${text.slice(last + 1)}`;
}
