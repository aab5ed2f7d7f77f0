/** A sentence as a row of meanings: what `orders.ts` and `questions.ts` read. */
import type { Language } from '../../locales/say.ts';
import { LANGUAGES } from '../../locales/say.ts';
import { readWord } from './spelling.ts';
import type { Word } from './tokens.ts';
import type { Tag } from './vocabulary.ts';
import { MAX_ROW, VOCABULARY } from './vocabulary.ts';

/** One word, or several that have their meaning together. */
export interface Item {
  /** Empty where the desk does not know the word. */
  readonly tags: ReadonlySet<Tag>;
  readonly language: Language | undefined;
  /** Its words as they are read, joined by spaces. */
  readonly read: string;
  /** How many of its letters were put right. */
  readonly mended: number;
  readonly words: readonly Word[];
  /** Items of one clause have the same number. */
  readonly clause: number;
  /** Whether the sentence that it is in ends with a question mark. */
  readonly isAsked: boolean;
}

/** What was read of a sentence; ids are left out. */
export interface Sentence {
  readonly items: readonly Item[];
  readonly isQuestion: boolean;
}

/** Words beside what a sentence asks for, which change nothing about it. */
export const COURTESY: readonly Tag[] = ['fill', 'polite', 'greet', 'wish', 'self', 'this', 'thanks'];

const MAX_WORDS = 40;
const QUESTION = /[?\uff1f]/;
const END = /[.!?\n;\uff1f]/;
const CLAUSE = /[,;.!?\n:\u2013\u2014\uff1f]/;

/** Reads at most 40 words; a longer sentence is no command, and undefined. */
export function sentenceOf(text: string, words: readonly Word[]): Sentence | undefined {
  if (words.length > MAX_WORDS) return undefined;
  const items: Item[] = [];
  let clause = 0;
  for (let at = 0; at < words.length; ) {
    const first = words[at];
    if (!first) break;
    const before = words[at - 1];
    if (before && CLAUSE.test(text.slice(before.end, first.start))) clause += 1;
    if (first.claim !== undefined) {
      at += 1;
      continue;
    }
    const item = itemAt(text, words, at, clause);
    items.push(item);
    at += item.words.length;
  }
  return { items, isQuestion: QUESTION.test(text) };
}

function itemAt(text: string, words: readonly Word[], at: number, clause: number): Item {
  const isAsked = words.slice(at, at + 1).some((word) => isInQuestion(text, word));
  const row: { readonly word: Word; readonly read: string; readonly mended: boolean }[] = [];
  for (const word of words.slice(at, at + MAX_ROW)) {
    const last = row.at(-1);
    if (word.claim !== undefined || (last && CLAUSE.test(text.slice(last.word.end, word.start)))) break;
    const read = readWord(word.word);
    if (!read) break;
    row.push({ word, read: read.word, mended: read.mended });
  }
  for (let length = row.length; length > 0; length -= 1) {
    const part = row.slice(0, length);
    const read = part.map((one) => one.read).join(' ');
    const known = VOCABULARY.get(read);
    if (known)
      return {
        read,
        tags: known.tags,
        language: LANGUAGES.find((one) => known.languages.has(one)),
        mended: part.filter(({ mended }) => mended).length,
        words: part.map(({ word }) => word),
        clause,
        isAsked,
      };
  }
  const word = words.slice(at, at + 1);
  const read = word.map((one) => one.word).join(' ');
  return { tags: new Set(), language: undefined, read, mended: 0, words: word, clause, isAsked };
}

/** Whether the first mark that ends the sentence of a word is a question mark. */
function isInQuestion(text: string, { end }: Word): boolean {
  return QUESTION.test(END.exec(text.slice(end))?.[0] ?? '');
}

/** Whether some item can have a meaning. */
export function has(items: readonly Item[], ...tags: readonly Tag[]): boolean {
  return items.some((item) => tags.some((tag) => item.tags.has(tag)));
}

/** Whether each of the items has one of these meanings. */
export function areAll(items: readonly Item[], tags: readonly Tag[]): boolean {
  return items.every((item) => tags.some((tag) => item.tags.has(tag)));
}
