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

/** The claim id in its one spelling, if the text is one in any case and with the usual misreadings. */
export function parseClaimId(text: unknown): ClaimId | undefined {
  if (typeof text !== 'string' || text.length > 40) return undefined;
  const match = /^\s*CPOR[-\u2010-\u2015 ]?([0-9A-Z]{6})\s*$/.exec(upper(text));
  const letters = match?.[1]?.replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
  return letters && !letters.includes('U') ? (`CPOR-${letters}` as ClaimId) : undefined;
}

/**
 * The claim ids anywhere in a sentence, each once, in their order ("what about cpor-7f3k9q?"). Six letters without a
 * dash are taken for a word ("my CPOR claims"), not for an id.
 */
export function claimIdsIn(sentence: string): readonly ClaimId[] {
  const found = new Set<ClaimId>();
  for (const match of upper(sentence).matchAll(/(?<![0-9A-Z])CPOR[-\u2010-\u2015 ]?[0-9A-Z]{6}(?![0-9A-Z])/g)) {
    const id = /^CPOR ?[A-Z]+$/.test(match[0]) ? undefined : parseClaimId(match[0]);
    if (id) found.add(id);
  }
  return [...found];
}

/** Upper case of ASCII letters only: Turkish and Cyrillic rules must not touch an id. */
function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}
