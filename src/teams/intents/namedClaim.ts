/**
 * Which claim a message with files means. What is added to a claim may stay there for good (R13), so only what is sure
 * counts: one whole id, one customer by name, or nothing said where only one claim takes files.
 */
import { claimIdsIn, hasBrokenId } from '../../domain/claims/claimId.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { FILE_WORDS } from './lexicon.ts';
import { fold, wordsOf } from './tokens.ts';
import type { Word } from './tokens.ts';

/** A claim that a message may mean. */
export interface Candidate {
  readonly id: ClaimId;
  readonly customer: string;
}

/**
 * What a message means. `named`: this one, which need not be known. `onlyOne`: it names none, and nothing speaks
 * against the only one. `unsure`: it names something that is no claim for sure.
 */
export type NamedClaim =
  | { readonly kind: 'named'; readonly claim: ClaimId }
  | { readonly kind: 'onlyOne' }
  | { readonly kind: 'unsure' };

const neutral = new Set(FILE_WORDS.map(fold));

/** Reads the words of a message and the names of its files; `known` are all claims of its writer. */
export function namedClaim(text: string, fileNames: readonly string[], known: readonly Candidate[]): NamedClaim {
  const all = [text, ...fileNames].join('\n');
  const [id, ...more] = claimIdsIn(all);
  if (more.length > 0 || hasBrokenId(text)) return { kind: 'unsure' };
  const words = wordsOf(text);
  const names = [words, ...fileNames.map(wordsOf)];
  const customers = [...new Set(known.map(({ customer }) => customer))].filter((customer) =>
    names.some((some) => placeOf(customer, some) !== undefined),
  );
  if (id) {
    const own = known.find((one) => one.id === id)?.customer;
    const isOther = customers.some((customer) => !isSameCustomer(customer, own ?? ''));
    return isOther ? { kind: 'unsure' } : { kind: 'named', claim: id };
  }
  const [customer, ...others] = customers;
  if (others.length > 0 || !words.every((word) => isNeutral(word) || isIn(word, customer, words)))
    return { kind: 'unsure' };
  if (customer === undefined) return { kind: 'onlyOne' };
  const [claim, another] = known.filter((one) => isSameCustomer(one.customer, customer));
  return claim && !another ? { kind: 'named', claim: claim.id } : { kind: 'unsure' };
}

function isNeutral({ word }: Word): boolean {
  return neutral.has(word);
}

function nameWords(name: string): readonly string[] {
  return wordsOf(name).map(({ word }) => word);
}

function isSameCustomer(one: string, other: string): boolean {
  return nameWords(one).join(' ') === nameWords(other).join(' ');
}

/** Where the words of a name are among others; undefined where they are not. */
function placeOf(name: string, words: readonly Word[]): number | undefined {
  const wanted = nameWords(name);
  if (wanted.length === 0) return undefined;
  const at = words.findIndex((_, start) => wanted.every((word, offset) => words[start + offset]?.word === word));
  return at < 0 ? undefined : at;
}

function isIn(word: Word, name: string | undefined, words: readonly Word[]): boolean {
  const at = name === undefined ? undefined : placeOf(name, words);
  return at !== undefined && words.slice(at, at + nameWords(name ?? '').length).includes(word);
}
