/** Splits sentences into words, so that commands are compared without case, diacritics, spaces and punctuation. */
import type { ClaimId } from '../../domain/claims/values.ts';
import { claimIdsIn } from '../../domain/claims/claimId.ts';
import { CLAIM_NOUNS, FILLERS } from './lexicon.ts';

/** A word of a sentence. */
export interface Word {
  /** The form in which words are compared: see `fold`. */
  readonly word: string;
  /** Its place in the sentence, in UTF-16 units, end excluded. */
  readonly start: number;
  readonly end: number;
  /** Words without white space between them have the same number. */
  readonly piece: number;
  readonly claim?: ClaimId;
}

/**
 * Removes case and diacritics. Dotless and dotted i become one letter, so Turkish case rules make no difference;
 * neither do ё and й typed without their marks.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i');
}

/** The words of a sentence. A claim id is one word, including a Turkish suffix after an apostrophe. */
export function wordsOf(sentence: string): readonly Word[] {
  const plain: Word[] = [];
  let piece = 0;
  let last = 0;
  for (const { 0: text, index } of sentence.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}]+/gu)) {
    if (/\s/.test(sentence.slice(last, index))) piece += 1;
    last = index + text.length;
    const word = fold(text);
    if (word !== '') plain.push({ word, start: index, end: last, piece });
  }
  return withIds(sentence, plain);
}

function withIds(sentence: string, plain: readonly Word[]): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    const first = plain[at];
    if (!first) break;
    const found = idAt(sentence, first, plain[at + 1]);
    if (!found) {
      words.push(first);
      continue;
    }
    if (found.last !== first) at += 1;
    const next = plain[at + 1];
    const ending = next && /^['\u2019\u02bc]$/.test(sentence.slice(found.last.end, next.start)) ? next : undefined;
    if (ending) at += 1;
    words.push({ ...first, end: (ending ?? found.last).end, claim: found.claim });
  }
  return words;
}

function idAt(
  sentence: string,
  first: Word,
  second: Word | undefined,
): { readonly claim: ClaimId; readonly last: Word } | undefined {
  if (!/cpor|[\u0370-\u052f]/.test(first.word)) return undefined;
  const [alone] = claimIdsIn(withoutEnding(sentence.slice(first.start, first.end)));
  if (alone) return { claim: alone, last: first };
  const [joined] = second ? claimIdsIn(withoutEnding(sentence.slice(first.start, second.end))) : [];
  return second && joined ? { claim: joined, last: second } : undefined;
}

/** What Turkish puts behind a name, of two letters or more; one letter may as well belong to a mistyped id. */
const ENDING = /^(.*?[0-9A-Za-z]{6})(?:n?[iıuü]n|n[iıuü]|y[iıuüae]|[dt][ae]n?|y?l[ae])$/u;

/** An id with a Turkish ending and no apostrophe between them (`CPOR-7F3K9Qnin`), without the ending. */
function withoutEnding(written: string): string {
  const id = written.length > MAX_WRITTEN_ID ? undefined : ENDING.exec(written)?.[1];
  if (id === undefined || claimIdsIn(written).length > 0) return written;
  return claimIdsIn(id).length > 0 ? id : written;
}

const MAX_WRITTEN_ID = 24;

const fillers = new Set(FILLERS.map(fold));
const nouns = new Set(CLAIM_NOUNS.map(fold));

/** Whether a word is ignored in every command. */
export function isFiller({ word }: Word): boolean {
  return fillers.has(word);
}

/** Whether a word counts in every command: neither a filler nor a word for the claim. */
export function isSignificant(word: Word): boolean {
  return !isFiller(word) && !nouns.has(word.word);
}

/** The look-up key of words: without ids and fillers, and with `dropNouns` without words for the claim. */
export function keyOf(words: readonly Word[], dropNouns = false): string {
  const kept = words.filter(
    ({ word, claim }) => claim === undefined && !fillers.has(word) && !(dropNouns && nouns.has(word)),
  );
  return kept.map(({ word }) => word).join(' ');
}
