/** Comments: their text is what was typed after the command and the id, to the letter. */
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Intent } from './intent.ts';
import type { Item } from './sentence.ts';
import { areAll, COURTESY, has, sentenceOf } from './sentence.ts';
import type { Word } from './tokens.ts';
import type { Tag } from './vocabulary.ts';

const MAX_COMMAND_WORDS = 8;
const MAX_WORDS_READ = 12;
const BESIDE: readonly Tag[] = [...COURTESY, 'own', 'claim', 'new', 'add'];
const COLON = /^\s*:/;

/** `comment <id> <text>`, or `<id> comment <text>`; undefined where the sentence does not begin like that. */
export function commentCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const at = words.findIndex((word) => word.claim !== undefined);
  const id = words[at];
  if (!id?.claim || at > MAX_COMMAND_WORDS) return undefined;
  const before = sentenceOf(sentence, words.slice(0, at))?.items ?? [];
  if (!areAll(before, [...BESIDE, 'comment', 'write'])) return undefined;
  const isAnswer = has(before, 'write') && COLON.test(sentence.slice(id.end));
  const end = has(before, 'comment') || isAnswer ? id.end : endOfCommand(sentence, words.slice(at + 1));
  return end === undefined ? undefined : comment(id.claim, sentence.slice(end));
}

/** A comment in the thread of its claim: after a colon, or of one word. */
export function commentInThread(sentence: string, words: readonly Word[], claim: ClaimId): Intent | undefined {
  const end = endOfCommand(sentence, words);
  if (end === undefined) return undefined;
  const rest = sentence.slice(end);
  return COLON.test(rest) || !/\S\s+\S/.test(rest) ? comment(claim, rest) : undefined;
}

/** The end of the command at the start of the words: "comment", "için yorum ekle", "answer:". */
function endOfCommand(sentence: string, words: readonly Word[]): number | undefined {
  const items = sentenceOf(sentence, words.slice(0, MAX_WORDS_READ))?.items ?? [];
  const at = items.findIndex((item) => !areAll([item], BESIDE) || has([item], 'comment', 'write'));
  const command = items[at];
  const end = command?.words.at(-1)?.end;
  if (!command || end === undefined || at > MAX_COMMAND_WORDS) return undefined;
  if (COLON.test(sentence.slice(end))) return has([command], 'comment', 'write') ? end : undefined;
  return has([command], 'comment') && !isQuestion(items.slice(at + 1), sentence.slice(end)) ? end : undefined;
}

/** "yorum var mı?" asks whether there are comments. */
function isQuestion(rest: readonly Item[], text: string): boolean {
  return /[?\uff1f]\s*$/.test(text) && areAll(rest, ['ask', 'be', 'have', 'who', 'polite']);
}

/**
 * The comment is everything after the command, without the punctuation and space between them; the indent of its first
 * line stays where it has its own, as does a dot that begins a word (".NET").
 */
function comment(claim: ClaimId, rest: string): Intent {
  return { kind: 'comment', claim, text: rest.replace(/^(?:\s*:(?=\s)|[:,;]|\.(?=\s|$))?(?:\s*\n|[^\S\n]+)?/, '') };
}
