/**
 * Finds the intent of a sentence, in any of the three languages.
 *
 * Only a whole sentence is a command: "we submit it tomorrow" is none. The first rule that applies wins:
 *  1. `comment <id> <text>`: everything after the id is the comment;
 *  2. with an id: a command about that claim (`orders.ts`), else its history where that is asked for, else its
 *     status. A command that takes no id is not considered. Nothing is done to several claims at once, nor by a
 *     question;
 *  3. without an id: the purpose of a channel, the clock, a phrase of the lexicon, talk, a command that lacks its
 *     claim, what the desk is asked for (`questions.ts`);
 *  4. `history <name>`, outside the thread of a claim;
 *  5. an objection among other words, and a bare "no", outside the thread of a claim: only a customer can mean them;
 *  6. a command with a mistyped id, or with words that may be a customer's name;
 *  7. everything else is unknown.
 */
import type { ClaimId } from '../../domain/claims/values.ts';
import { claimIdsIn, hasBrokenId } from '../../domain/claims/claimId.ts';
import { commentCommand, commentInThread } from './comments.ts';
import { meaningOf } from './grammar.ts';
import type { ClaimWord, Intent } from './intent.ts';
import { CARD_WORDS, CLAIM_WORDS, NO_WORDS, OWN_NAMES } from './lexicon.ts';
import { incompleteCommand, namedCommand } from './nearCommands.ts';
import type { Order } from './orders.ts';
import { objects, orderOf } from './orders.ts';
import { truncate } from './plainText.ts';
import { asksForOwn, historyOf, questionOf, talkOf } from './questions.ts';
import type { Sentence } from './sentence.ts';
import { has, sentenceOf } from './sentence.ts';
import { channelCommand, journalCommand, timeCommand } from './settings.ts';
import { onOtherLayout } from './spelling.ts';
import type { Word } from './tokens.ts';
import { fold, wordsOf } from './tokens.ts';

/** Where the sentence was written. */
export interface UnderstandOptions {
  /** Whether the command `time` exists. */
  readonly playground: boolean;
  /** The claim in whose thread the sentence was written: a command that lacks its claim means this one. */
  readonly claim?: ClaimId;
}

/** The intent of a sentence, of which the first 32768 letters are read. Never throws. */
export function understand(text: string, options: UnderstandOptions): Intent {
  const sentence = withoutAddress(truncate(text).trim());
  const intent = read(sentence, options);
  const other = intent.kind === 'unknown' || intent.kind === 'status' ? retyped(sentence) : undefined;
  return other === undefined ? intent : read(other, options);
}

function read(sentence: string, { playground, claim: thread }: UnderstandOptions): Intent {
  const words = wordsOf(sentence);
  const claims = new Set([...claimIdsIn(sentence), ...words.flatMap(({ claim }) => claim ?? [])]);
  const known = sentenceOf(sentence, words);
  const [claim] = claims;
  if (claim) return commentCommand(sentence, words) ?? claimCommand(sentence, known, claim, claims.size > 1);
  const set = channelCommand(sentence, words) ?? (playground ? timeCommand(sentence) : undefined);
  if (set) return set;
  if (thread) return inThread(sentence, words, known, thread);
  if (words.length === 0) return wordless(sentence);
  return (
    completeCommand(words) ??
    (known && talkOf(known)) ??
    (known && wholeCommand(sentence, words, known)) ??
    journalCommand(sentence, words) ??
    (known && objection(sentence, words, known)) ??
    incompleteCommand(sentence, words) ??
    (known && asksForOwn(known) ? { kind: 'status' } : undefined) ??
    (known && namedCommand(sentence, known)) ?? { kind: 'unknown', text: sentence }
  );
}

const own = OWN_NAMES.map((name) => name.replaceAll(' ', '\\s+')).join('|');
const ADDRESS = new RegExp(
  `^(?:<at(?:\\s[^<>]{0,200})?>[^<>]{0,200}</at\\s{0,20}>|@?(?:${own})(?![\\p{L}\\p{N}])|@\\S{1,100})[\\s,:]*`,
  'iu',
);

const MAX_ADDRESSES = 5;

/** Removes the mentions at the start of a sentence. */
function withoutAddress(sentence: string): string {
  let rest = sentence;
  for (let left = MAX_ADDRESSES; left > 0; left -= 1) {
    const [address] = ADDRESS.exec(rest) ?? [];
    if (!address || claimIdsIn(address).length > 0) break;
    rest = rest.slice(address.length);
  }
  return rest;
}

function wordless(sentence: string): Intent {
  if (/[?\uff1f]/.test(sentence)) return { kind: 'help' };
  return /\p{Extended_Pictographic}/u.test(sentence)
    ? { kind: 'talk', what: 'ok' }
    : { kind: 'unknown', text: sentence };
}

/** The sentence as it was meant on the other keyboard layout, where it makes sense there alone. */
function retyped(sentence: string): string | undefined {
  if (sentence.length > MAX_RETYPED) return undefined;
  if (!sentenceOf(sentence, wordsOf(sentence))?.items.some(({ tags }) => tags.size === 0)) return undefined;
  const other = sentence
    .split(/(\s+)/)
    .map((piece) => (claimIdsIn(piece).length > 0 ? piece : onOtherLayout(piece)))
    .join('');
  const items = sentenceOf(other, wordsOf(other))?.items ?? [];
  return items.length > 0 && items.every(({ tags, mended }) => tags.size > 0 && mended === 0) ? other : undefined;
}

const MAX_RETYPED = 200;

/** A command about a claim that the sentence, or its thread, names. */
function claimCommand(sentence: string, known: Sentence | undefined, claim: ClaimId, several: boolean): Intent {
  const status: Intent = { kind: 'status', claim };
  if (!known) return status;
  const order = ordered(sentence, known);
  if (order && several) return lacking(order);
  if (order) return aboutClaim(order, claim);
  if (historyOf(known)) return { kind: 'history', claim };
  return !several && objects(known) ? { kind: 'no', claim, text: sentence } : status;
}

function aboutClaim({ verb }: Order, claim: ClaimId): Intent {
  return verb in CLAIM_WORDS
    ? actOn(verb as ClaimWord, claim)
    : { kind: 'card', verb: verb as keyof typeof CARD_WORDS, claim };
}

function actOn(verb: ClaimWord, claim: ClaimId): Intent {
  if (verb === 'status' || verb === 'history') return { kind: verb, claim };
  return verb === 'comment' ? { kind: 'comment', claim, text: '' } : { kind: 'act', verb, claim };
}

/** The order of a sentence; beside a mistyped id nothing is done to the whole one. */
function ordered(sentence: string, known: Sentence): Order | undefined {
  const whole = wordsOf(sentence).filter(({ claim }) => claim !== undefined);
  const rest = whole.reduceRight((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, sentence);
  return hasBrokenId(rest) ? undefined : (spokenOfConsent(known) ?? orderOf(known, true));
}

/** Words of the lexicon that only a customer can mean (R24, R59, R60). */
function spokenOfConsent({ items, isQuestion }: Sentence): Order | undefined {
  const meaning = isQuestion ? undefined : meaningOf(items.flatMap(({ words }) => words));
  if (!meaning || !('takes' in meaning)) return undefined;
  const { takes, language } = meaning;
  if (takes === 'agree' && has(items, 'no', 'neg', 'ask', 'cond', 'will', 'later', 'told', 'third')) return undefined;
  return takes === 'deny' || takes === 'agree' || takes === 'notMeant' ? { verb: takes, language } : undefined;
}

/** In the thread of a claim, a command without an id means that claim; everything else may be a comment. */
function inThread(sentence: string, words: readonly Word[], known: Sentence | undefined, claim: ClaimId): Intent {
  const said = commentInThread(sentence, words, claim);
  if (said) return said;
  const complete = completeCommand(words);
  if (complete) return complete;
  const whole = known && wholeCommand(sentence, words, known);
  if (!known || !whole || whole.kind === 'help') return brokenInThread(sentence, words, claim);
  if (whole.kind === 'status') return { kind: 'status', claim };
  return whole.kind === 'needsClaim' ? claimCommand(sentence, known, claim, false) : whole;
}

function brokenInThread(sentence: string, words: readonly Word[], claim: ClaimId): Intent {
  const near = incompleteCommand(sentence, words);
  if (!near) return { kind: 'unknown', text: sentence };
  return near.kind === 'needsClaim' ? { kind: 'status', claim } : near;
}

/** A phrase of the lexicon that needs nothing more. */
function completeCommand(words: readonly Word[]): Intent | undefined {
  const meaning = meaningOf(words);
  return meaning && 'intent' in meaning ? meaning.intent : undefined;
}

/** A command that lacks its claim, or a question; of the consent nothing is said by a question. */
function wholeCommand(sentence: string, words: readonly Word[], known: Sentence): Intent | undefined {
  const asked = questionOf(known);
  if (asked?.kind === 'newClaim') return asked;
  const order = spokenOfConsent(known) ?? orderOf(known);
  if (order) return lacking(order);
  if (asked) return asked;
  const meaning = meaningOf(words);
  const takes = meaning && 'takes' in meaning ? meaning : undefined;
  if (takes?.takes === 'status') return { kind: 'status' };
  if (takes) return { kind: 'needsClaim', verb: takes.takes, word: takes.word };
  const unasked = orderOf({ items: known.items, isQuestion: false });
  if (unasked && /[?\uff1f]\s*$/.test(sentence)) {
    const { consent: _, ...rest } = lacking(unasked);
    return rest;
  }
  return undefined;
}

/** A command without its claim, by the word that answers name it with. */
function lacking({ verb, language }: Order): Extract<Intent, { kind: 'needsClaim' }> {
  const word =
    verb in CLAIM_WORDS
      ? CLAIM_WORDS[verb as ClaimWord][language][0]
      : CARD_WORDS[verb as keyof typeof CARD_WORDS][language];
  const isOfConsent = verb === 'deny' || verb === 'agree' || verb === 'notMeant';
  return { kind: 'needsClaim', verb, word, ...(isOfConsent && { consent: verb }) };
}

const noWords = new Set(NO_WORDS.map(fold));

function objection(sentence: string, words: readonly Word[], known: Sentence): Intent | undefined {
  const isNo = noWords.has(words.map(({ word }) => word).join(' ')) && !known.isQuestion;
  return isNo || objects(known) ? { kind: 'no', text: sentence } : undefined;
}
