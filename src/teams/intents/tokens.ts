/** Sentences as rows of words, so that commands can be compared without case, marks, spaces and punctuation. */
import type { ClaimId } from '../../domain/claims/values.ts';
import { claimIdsIn } from '../../domain/claims/claimId.ts';
import { CLAIM_NOUNS, FILLERS } from './lexicon.ts';

export interface Word {
  /** As words are compared: see `fold`. */
  readonly word: string;
  /** Where it stands in the sentence. */
  readonly start: number;
  readonly end: number;
  /** Words with no white space between them are of one piece. */
  readonly piece: number;
  readonly claim?: ClaimId;
}

/**
 * A word without case and marks. Dotless and dotted i are one letter here, in both cases, so a client that turns case by
 * Turkish rules makes no difference; neither do ё and й typed without their marks.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i');
}

/** The words of a sentence. An id is one word, with what a Turkish ending adds to it after an apostrophe. */
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
  if (!first.word.includes('cpor')) return undefined;
  const [alone] = claimIdsIn(sentence.slice(first.start, first.end));
  if (alone) return { claim: alone, last: first };
  const [joined] = second ? claimIdsIn(sentence.slice(first.start, second.end)) : [];
  return second && joined ? { claim: joined, last: second } : undefined;
}

const fillers = new Set(FILLERS.map(fold));
const nouns = new Set(CLAIM_NOUNS.map(fold));

export function isFiller({ word }: Word): boolean {
  return fillers.has(word);
}

/** Whether a word counts in every command. */
export function isSignificant(word: Word): boolean {
  return !isFiller(word) && !nouns.has(word.word);
}

/** What a row of words is looked up by: without the fillers, and without the words for the claim where those do not count. */
export function keyOf(words: readonly Word[], dropNouns = false): string {
  const kept = words.filter(
    ({ word, claim }) => claim === undefined && !fillers.has(word) && !(dropNouns && nouns.has(word)),
  );
  return kept.map(({ word }) => word).join(' ');
}
