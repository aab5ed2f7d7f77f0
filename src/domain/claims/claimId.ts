/** Claim ids that people can read out and type: `CPOR-7F3K9Q`, six letters of Crockford's base 32 (no I, L, O, U). */
import type { ClaimId } from './values.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 6;
/** Letters that people mistake for digits, as Crockford reads them. */
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/**
 * The id that six bytes stand for. More bytes are ignored; fewer are refused. It always holds a digit, so that it is
 * told from a word also where it is typed without its dash.
 */
export function claimIdFrom(bytes: Uint8Array): ClaimId {
  if (bytes.length < LENGTH) throw new RangeError(`a claim id takes ${LENGTH} random bytes, not ${bytes.length}`);
  const letters = Array.from(bytes.subarray(0, LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  const id = /[0-9]/.test(letters) ? letters : `${letters.slice(0, -1)}${2 + ((bytes[LENGTH - 1] ?? 0) % 8)}`;
  return `CPOR-${id}` as ClaimId;
}

/**
 * The claim id in its one spelling, if the text is one in any case, with the usual misreadings, any dash, letters of
 * other scripts that look the same, and what cannot be seen.
 */
export function parseClaimId(text: unknown): ClaimId | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  const match = /^\s*CPOR(?:\s{0,3}-\s{0,3}| )?([0-9A-Z]{6})\s*$/.exec(asTyped(text));
  const letters = match?.[1]?.replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
  return letters && !letters.includes('U') ? (`CPOR-${letters}` as ClaimId) : undefined;
}

/**
 * The claim ids anywhere in a sentence, each once, in their order ("what about cpor-7f3k9q?"). Six letters without a
 * dash are taken for a word ("my CPOR claims"), not for an id.
 */
export function claimIdsIn(sentence: string): readonly ClaimId[] {
  const found = new Set<ClaimId>();
  for (const [written] of asTyped(sentence).matchAll(WRITTEN_ID)) {
    const id = /^CPOR ?[A-Z]+$/.test(written) ? undefined : parseClaimId(written);
    if (id) found.add(id);
  }
  return [...found];
}

/** Whether a sentence has what begins like an id and is none: mistyped, cut short, or with a letter too many. */
export function hasBrokenId(sentence: string): boolean {
  return BEGINNING.test(asTyped(sentence).replace(WRITTEN_ID, (written) => (parseClaimId(written) ? ' ' : written)));
}

const WRITTEN_ID = /(?<![0-9A-Z])CPOR(?:\s{0,3}-\s{0,3}| )?[0-9A-Z]{6}(?![0-9A-Z])/g;
const BEGINNING = /(?<![0-9A-Z])C[PRO0]{2,4}(?:\s{0,3}-| ?(?=[A-Z]*[0-9]))/;

/** What is not seen: zero-width, soft hyphens, marks of direction, fillers. */
const UNSEEN = /\p{Cf}|[\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}|\u034f/gu;
const DASHES = /[\p{Pd}_\u2043\u2212\u02d7\u2796]/gu;
/** Letters of Cyrillic and Greek that look like those of ids, in capital or in both. */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['\u0410\u0430\u0391\u03b1', 'A'],
    ['\u0412\u0432\u0392', 'B'],
    ['\u0421\u0441\u03f9\u03f2', 'C'],
    ['\u0415\u0435\u0395', 'E'],
    ['\u041d\u043d\u0397', 'H'],
    ['\u0406\u0456\u0399\u03b9', 'I'],
    ['\u0408\u0458', 'J'],
    ['\u041a\u043a\u039a\u03ba', 'K'],
    ['\u041c\u043c\u039c', 'M'],
    ['\u039d', 'N'],
    ['\u041e\u043e\u039f\u03bf', 'O'],
    ['\u0420\u0440\u03a1\u03c1', 'P'],
    ['\u051a\u051b', 'Q'],
    ['\u0405\u0455', 'S'],
    ['\u0422\u0442\u03a4', 'T'],
    ['\u051c\u051d', 'W'],
    ['\u0425\u0445\u03a7\u03c7', 'X'],
    ['\u0423\u0443\u03a5', 'Y'],
    ['\u0396', 'Z'],
    ['\u0417\u0437', '3'],
  ].flatMap(([letters = '', latin = '']) => Array.from(letters, (letter) => [letter, latin])),
);
/** The word as it is typed on a Russian or Greek keyboard, which have no R. */
const FOREIGN_CPOR =
  /[Cc\u0421\u0441\u03f9\u03f2][Pp\u0420\u0440\u03a1\u03c1][Oo\u041e\u043e\u039f\u03bf][\u0420\u0440\u03a1\u03c1]/g;

/** A text as ids are looked for in it: without what is not seen, with one kind of dash, in Latin capitals. */
function asTyped(text: string): string {
  return upper(
    text
      .normalize('NFKC')
      .replace(UNSEEN, '')
      .replace(DASHES, '-')
      .replace(FOREIGN_CPOR, 'CPOR')
      .replace(/[\u0370-\u052f]/g, (letter) => LOOK_ALIKES[letter] ?? letter),
  );
}

/** Upper case of ASCII letters only: Turkish and Cyrillic rules must not touch an id. */
function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
