/** What is said of a claim in the thread of one, and asks nothing of the desk: it is a comment (R33). */
import { claimIdsIn } from '../../domain/claims/claimId.ts';
import type { Intent } from './intent.ts';
import { has, sentenceOf } from './sentence.ts';
import { wordsOf } from './tokens.ts';

/**
 * Whether a sentence only speaks of a claim whose id it holds: with words that are no part of a question for its
 * status or history ("CPOR-7F3K9Q lacks page 3"), as a report or a plan, or as a no, which only customers can give the
 * desk.
 */
export function isRemark(text: string, intent: Intent): boolean {
  if (intent.kind === 'no') return true;
  if ((intent.kind !== 'status' && intent.kind !== 'history') || claimIdsIn(text).length === 0) return false;
  const sentence = sentenceOf(text, wordsOf(text));
  if (!sentence) return true;
  const { items, isQuestion } = sentence;
  return items.some(({ tags }) => tags.size === 0) || (!isQuestion && has(items, 'told', 'will', 'later', 'neg', 'no'));
}
