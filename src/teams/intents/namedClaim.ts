/**
 * Which claim a message with files means. What is added to a claim may stay there for good (R13), so only what is sure
 * counts: one whole id that nothing speaks against, one customer by name, or nothing said where only one claim takes
 * files.
 */
import { claimIdsIn, hasBrokenId } from '../../domain/claims/claimId.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { CUSTOMER_WORDS, FILE_WORDS, NAME_WORDS, NOT_FOR_WORDS, WHOSE_AFTER, WHOSE_BEFORE } from './lexicon.ts';
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

const folded = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(fold));
const neutral = folded(FILE_WORDS);
const notFor = folded(NOT_FOR_WORDS);
const whoseBefore = folded(WHOSE_BEFORE);
const whoseAfter = folded(WHOSE_AFTER);
const customerWords = folded(CUSTOMER_WORDS);
const nameWords = folded(NAME_WORDS);

const UNSURE: NamedClaim = { kind: 'unsure' };

/**
 * Reads the words of a message and the names of its files. `known` are all claims of its writer; `only` is the one of
 * them that alone takes files.
 */
export function namedClaim(
  text: string,
  fileNames: readonly string[],
  known: readonly Candidate[],
  only?: ClaimId,
): NamedClaim {
  const names = fileNames.map(withoutLabel);
  const [id, another] = new Set([text, ...names].flatMap(claimIdsIn));
  if (another || [text, ...names].some(hasBrokenId)) return UNSURE;
  const words = wordsOf(text);
  const rows = [words, ...names.map(wordsOf)];
  const found = mentionedIn(rows, known);
  // The six letters of an id alone are no id, but may be meant as one.
  if (known.some((one) => one.id !== id && rows.some((row) => row.some(({ word }) => word === lettersOf(one.id)))))
    return UNSURE;
  return id ? byId(id, text, found, known) : byCustomer(words, found, known, only);
}

/** Whether a message says more than which files are in it and for which claim: what is more is no longer about them. */
export function saysMore(text: string, customers: readonly string[]): boolean {
  const named = new Set(customers.flatMap(namesIn));
  const isExpected = ({ word }: Word): boolean =>
    [neutral, named, notFor, whoseBefore, whoseAfter, customerWords].some((some) => some.has(word));
  return !wordsOf(text).every((word) => word.claim !== undefined || isExpected(word));
}

/** With an id, other words are as they may be, but for those that deny it or name another customer. */
function byId(id: ClaimId, text: string, found: Mentioned, known: readonly Candidate[]): NamedClaim {
  const words = wordsOf(text);
  const own = known.find((one) => one.id === id)?.customer ?? '';
  const isOther = [...found.whole, ...found.partly].some((customer) => !isSameCustomer(customer, own, found));
  return isOther || words.some(isDenial) || namesStranger(text, words, own) ? UNSURE : { kind: 'named', claim: id };
}

/** Without one, every word counts: it may be the name of a customer that the desk does not know. */
function byCustomer(
  words: readonly Word[],
  { whole, partly }: Mentioned,
  known: readonly Candidate[],
  only: ClaimId | undefined,
): NamedClaim {
  const [customer, another] = whole.length > 0 ? whole : partly;
  if (another !== undefined) return UNSURE;
  const own = new Set(namesIn(customer ?? ''));
  if (!words.every(({ word }) => neutral.has(word) || own.has(word))) return UNSURE;
  if (customer === undefined) return { kind: 'onlyOne' };
  const ofCustomer = known.filter((one) => keyOf(one.customer) === keyOf(customer));
  const [claim] = ofCustomer;
  if (!claim) return UNSURE;
  // A part of a name, or one of everyday words, is sure only where no other claim could be meant.
  if (whole.length === 0 || namesIn(customer).every((word) => neutral.has(word)))
    return claim.id === (only ?? soleOf(known)) ? { kind: 'onlyOne' } : UNSURE;
  return ofCustomer.length === 1 ? { kind: 'named', claim: claim.id } : UNSURE;
}

function soleOf(known: readonly Candidate[]): ClaimId | undefined {
  return known.length === 1 ? known[0]?.id : undefined;
}

/** The customers of known claims that are named: by the whole name, or only by a part of it. */
interface Mentioned {
  readonly whole: readonly string[];
  readonly partly: readonly string[];
}

function mentionedIn(rows: readonly (readonly Word[])[], known: readonly Candidate[]): Mentioned {
  const customers = [...new Map(known.map(({ customer }) => [keyOf(customer), customer])).values()];
  const whole = customers.filter((customer) => rows.some((row) => hasName(row, namesIn(customer))));
  const taken = new Set(whole.flatMap(namesIn));
  const partly = customers.filter((customer) => {
    const part = distinctive(customer);
    return (
      !whole.includes(customer) &&
      part !== undefined &&
      !taken.has(part) &&
      rows.some((row) => row.some(({ word }) => isForm(word, part)))
    );
  });
  return { whole, partly };
}

function namesIn(name: string): readonly string[] {
  return wordsOf(name).map(({ word }) => word);
}

function keyOf(customer: string): string {
  return namesIn(customer).join(' ');
}

/** Whether a customer is the claim's own: by its whole name, or by a part that both names share. */
function isSameCustomer(customer: string, own: string, { whole }: Mentioned): boolean {
  if (keyOf(customer) === keyOf(own)) return true;
  const part = distinctive(customer);
  return !whole.includes(customer) && part !== undefined && namesIn(own).includes(part);
}

/** The first word of a name by which it is told from others; undefined where it has none. */
function distinctive(name: string): string | undefined {
  return namesIn(name).find((word) => word.length > 1 && !neutral.has(word) && !nameWords.has(word));
}

function hasName(words: readonly Word[], name: readonly string[]): boolean {
  return name.length > 0 && words.some((_, start) => name.every((one, at) => words[start + at]?.word === one));
}

const MIN_STEM = 4;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a word is part of a name, also with an ending, in a compound, or where no spaces are written. */
function isForm(word: string, part: string): boolean {
  if (word === part) return true;
  if (UNSPACED.test(part)) return word.includes(part);
  const stem = part.length > MIN_STEM ? part.replace(/[аеиоуыэюяй]$/u, '') : part;
  return stem.length >= MIN_STEM && (stem.length > MIN_STEM ? word.includes(stem) : word.startsWith(stem));
}

/** The number behind "no" makes it a number, as in "order no. 12". */
function isDenial({ word }: Word, at: number, words: readonly Word[]): boolean {
  return notFor.has(word) && !(word === 'no' && /^[0-9]/.test(words[at + 1]?.word ?? ''));
}

/** Whether a name that is none of the claim's customer stands where a sentence says whose the file is. */
function namesStranger(text: string, words: readonly Word[], own: string): boolean {
  const ofOwn = new Set(namesIn(own));
  const isBetween = ({ word }: Word): boolean => neutral.has(word) || customerWords.has(word);
  const isName = (one: Word | undefined): boolean =>
    one !== undefined &&
    one.claim === undefined &&
    /^[\p{Lu}\p{Lo}]/u.test(text.slice(one.start)) &&
    !ofOwn.has(one.word);
  return words.some(({ word }, at) => {
    if (whoseBefore.has(word)) return isName(words.slice(at + 1).find((one) => !isBetween(one)));
    return whoseAfter.has(word) && isName(words.slice(0, at).findLast((one) => !isBetween(one)));
  });
}

function lettersOf(id: ClaimId): string {
  return fold(id.slice('CPOR-'.length));
}

const LABEL = /(?<![\p{L}\p{N}])cpor[\s_\p{Pd}]*(?=(\p{L}+)(?![\p{L}\p{N}]))/giu;

/** The name of a file without a "CPOR" that is no beginning of an id: "CPOR - signed order.pdf". */
function withoutLabel(name: string): string {
  return name.replace(LABEL, (label, word: string) => (neutral.has(fold(word)) ? ' ' : label));
}
