/** Commands with a mistyped id, with a part of one, or with what may be a customer's name in its place. */
import { meaningOf } from './grammar.ts';
import type { Intent } from './intent.ts';
import { CARD_WORDS, CLAIM_WORDS } from './lexicon.ts';
import type { Order } from './orders.ts';
import { orderOf } from './orders.ts';
import { historyOf } from './questions.ts';
import type { Item, Sentence } from './sentence.ts';
import { areAll, COURTESY, has, sentenceOf } from './sentence.ts';
import type { Word } from './tokens.ts';
import type { Tag } from './vocabulary.ts';

/** A command with a mistyped id in it, or with one extra word where an id or a name is expected. */
export function incompleteCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const mistyped = new Set(
    words
      .filter(({ word }) => /[0-9]|^(?:cpor.|срор.)/.test(word) || isBareCpor(word, sentence))
      .map(({ piece }) => piece),
  );
  if (mistyped.size === 0) return openCommand(words.filter(({ piece }) => piece !== words.at(-1)?.piece));
  const rest = words.filter(({ piece }) => !mistyped.has(piece));
  const part = partOf(words.filter(({ piece }) => mistyped.has(piece)));
  const known = sentenceOf(sentence, rest);
  const command = known && commandOf(known);
  if (!command) return openCommand(rest);
  if (rest.length === 0 && part === undefined && !/^[cс][pр][oо][rр]/.test(words[0]?.word ?? '')) return undefined;
  return { kind: 'needsClaim', ...command, ...(part !== undefined && { part }) };
}

function isBareCpor(word: string, sentence: string): boolean {
  return (word === 'cpor' || word === 'срор') && /(?:cpor|срор)\s?\p{Pd}/iu.test(sentence);
}

const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** What was typed of an id, at least four of its letters and digits. */
function partOf(words: readonly Word[]): string | undefined {
  const typed = words
    .map(({ word }) => word)
    .join('')
    .replace(/^(?:cpor|срор)/, '')
    .toUpperCase();
  const part = typed.replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
  return /^[0-9A-HJKMNP-TV-Z]{4,6}$/.test(part) ? part : undefined;
}

function openCommand(words: readonly Word[]): Intent | undefined {
  const meaning = meaningOf(words);
  const intent = meaning && 'intent' in meaning ? meaning.intent : undefined;
  const isOpen = (intent?.kind === 'language' && !intent.language) || (intent?.kind === 'enrol' && !intent.what);
  return isOpen ? intent : undefined;
}

type Command = Pick<Extract<Intent, { kind: 'needsClaim' }>, 'verb' | 'word'>;

const BESIDE: readonly Tag[] = [...COURTESY, 'own', 'now', 'claim', 'show', 'ask', 'be', 'have'];

/** What the words around an id, or around a name, ask for. */
function commandOf(known: Sentence): Command | undefined {
  const order: Order | undefined = orderOf(known);
  if (order) return { verb: order.verb, word: wordFor(order) };
  const are = (...tags: readonly Tag[]): boolean => areAll(known.items, [...BESIDE, ...tags]);
  const language = known.items.find(({ language: one }) => one)?.language ?? 'en';
  if (historyOf(known) && are('history', 'happened', 'who'))
    return { verb: 'history', word: wordFor({ verb: 'history', language }) };
  return are('status', 'news', 'happened', 'told', 'who', 'review')
    ? { verb: 'status', word: wordFor({ verb: 'status', language }) }
    : undefined;
}

function wordFor({ verb, language }: Pick<Order, 'language'> & { readonly verb: Command['verb'] }): string {
  return verb in CLAIM_WORDS
    ? CLAIM_WORDS[verb as keyof typeof CLAIM_WORDS][language][0]
    : CARD_WORDS[verb as keyof typeof CARD_WORDS][language];
}

const MAX_NAME_WORDS = 6;
const MAX_NAME = 100;

/** A command with a row of words that the desk does not know: perhaps a customer's name. */
export function namedCommand(sentence: string, known: Sentence): Intent | undefined {
  const { items, isQuestion } = known;
  const first = items.findIndex(isStrange);
  const last = items.findLastIndex(isStrange);
  const named = items.slice(first, last + 1);
  const rest = [...items.slice(0, first), ...items.slice(last + 1)];
  if (
    first < 0 ||
    named.length > MAX_NAME_WORDS ||
    has(named, 'neg', 'ask', 'be', 'own', 'cond', 'will', 'later', 'told')
  )
    return undefined;
  const isAsked = has(rest, 'status', 'news', 'history', 'happened', 'ask') || isQuestion;
  const command = commandOf({ items: rest, isQuestion });
  if (!command || (command.verb === 'status' && !isAsked)) return undefined;
  const [start, end] = [named[0]?.words[0]?.start ?? 0, named.at(-1)?.words.at(-1)?.end ?? 0];
  const name = sentence.slice(start, end).trim().toWellFormed();
  return name.length > MAX_NAME ? undefined : { kind: 'named', ...command, name, text: sentence };
}

function isStrange({ tags }: Item): boolean {
  return tags.size === 0;
}
