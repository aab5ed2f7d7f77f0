/**
 * Finds the intent of a sentence, in any of the three languages.
 *
 * Only a whole sentence is a command: "we submit it tomorrow" is none. The first rule that applies wins:
 *  1. `comment <id> <text>`: everything after the id is the comment;
 *  2. with an id: a command about that claim, else its status. A command that takes no id is not considered. An act on
 *     several claims at once, or in a question ("submit CPOR-7F3K9Q?"), is not executed;
 *  3. without an id: the purpose of a channel, the clock, then the other commands by their exact words;
 *  4. `history <name>`, outside the thread of a claim;
 *  5. a command with one extra word where an id or a name is expected: the answer asks for it;
 *  6. a bare "no", outside the thread of a claim;
 *  7. everything else is unknown, also "yes", "ok" and "thanks".
 */
import type { ClaimId } from '../../domain/claims/values.ts';
import { claimIdsIn } from '../../domain/claims/claimId.ts';
import { isMpnId } from '../../domain/claims/fields.ts';
import { CHANNELS, JOURNALS, meaningOf } from './grammar.ts';
import type { Word } from './tokens.ts';
import { isSignificant, fold, isFiller, wordsOf } from './tokens.ts';
import { truncate } from './plainText.ts';
import { NO_WORDS, OWN_NAMES, PURPOSE_NOUNS, REVIEWS, TIME_UNITS, TIME_WORDS } from './lexicon.ts';
import type { Intent } from './intent.ts';

/** Where the sentence was written. */
export interface UnderstandOptions {
  /** Whether the command `time` exists. */
  readonly playground: boolean;
  /** The claim in whose thread the sentence was written: a command that lacks its claim means this one. */
  readonly claim?: ClaimId;
}

/** The intent of a sentence, of which the first 32768 letters are read. Never throws. */
export function understand(text: string, { playground, claim: thread }: UnderstandOptions): Intent {
  const sentence = withoutAddress(truncate(text).trim());
  const words = wordsOf(sentence);
  const claims = claimIdsIn(sentence);
  const [claim] = claims;
  if (claim) return commentCommand(sentence, words) ?? claimCommand(sentence, words, claim, claims.length > 1);
  if (words.length === 0 && /[?\uff1f]/.test(sentence)) return { kind: 'help' };
  const intent = channelCommand(sentence, words) ??
    (playground ? timeCommand(sentence) : undefined) ??
    wholeCommand(sentence, words) ??
    (thread ? undefined : journalCommand(sentence, words)) ??
    nearCommand(words) ?? { kind: 'unknown', text: sentence };
  if (thread) return inThread(intent, sentence, words, thread);
  const isNo =
    intent.kind === 'unknown' && noWords.has(words.map(({ word }) => word).join(' ')) && !isQuestion(sentence);
  return isNo ? { kind: 'no', text: sentence } : intent;
}

/** In the thread of a claim, a command without an id means that claim. */
function inThread(intent: Intent, sentence: string, words: readonly Word[], claim: ClaimId): Intent {
  if (intent.kind === 'status') return { kind: 'status', claim };
  if (intent.kind !== 'needsClaim') return intent;
  const end = endOfComment(words);
  return end === undefined ? claimCommand(sentence, words, claim, false) : comment(claim, sentence.slice(end));
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

const MAX_COMMAND_WORDS = 8;

/** `comment <id> <text>`, or `<id> comment <text>`; undefined where the sentence does not begin like that. */
function commentCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const at = words.findIndex((word) => word.claim !== undefined);
  const id = words[at];
  if (!id?.claim || at > MAX_COMMAND_WORDS) return undefined;
  const end = at > 0 ? (isComment(words.slice(0, at)) ? id.end : undefined) : endOfComment(words.slice(1));
  return end === undefined ? undefined : comment(id.claim, sentence.slice(end));
}

/** The comment is everything after the command, without the punctuation and space between them. */
function comment(claim: ClaimId, rest: string): Intent {
  return { kind: 'comment', claim, text: rest.replace(/^(?:[:,.;]\s*|\s+)/, '') };
}

/** The end of the comment command at the start of the words; of the longest one ("yorum ekle", not "yorum"). */
function endOfComment(words: readonly Word[]): number | undefined {
  const head = words.slice(0, MAX_COMMAND_WORDS - 1);
  const end = head.findLastIndex((word, at) => isSignificant(word) && isComment(head.slice(0, at + 1)));
  return head[end]?.end;
}

function isComment(words: readonly Word[]): boolean {
  const meaning = words.every(({ claim }) => claim === undefined) ? meaningOf(words) : undefined;
  return meaning !== undefined && 'takes' in meaning && meaning.takes === 'comment';
}

function claimCommand(sentence: string, words: readonly Word[], claim: ClaimId, several: boolean): Intent {
  const meaning = meaningOf(words);
  const status: Intent = { kind: 'status', claim };
  if (!meaning || !('takes' in meaning) || meaning.takes === 'status') return status;
  if (several) return { kind: 'needsClaim', word: meaning.word };
  if (meaning.takes === 'history') return { kind: 'history', claim };
  if (meaning.takes === 'comment') return { kind: 'comment', claim, text: '' };
  return isQuestion(sentence) ? status : { kind: 'act', verb: meaning.takes, claim };
}

const noWords = new Set(NO_WORDS.map(fold));

function isQuestion(sentence: string): boolean {
  return /[?\uff1f]\s*$/.test(sentence);
}

const reviews = new Set(REVIEWS.map(fold));
const purposeNouns = new Set(PURPOSE_NOUNS.map(fold));

function channelCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const kept = words.filter((word) => !isFiller(word));
  const pattern = CHANNELS.find(
    ({ before, after }) =>
      kept.length >= before.length + after.length &&
      before.every((word, at) => kept[at]?.word === word) &&
      after.every((word, at) => kept[kept.length - after.length + at]?.word === word),
  );
  if (!pattern) return undefined;
  const named = kept.slice(pattern.before.length, kept.length - pattern.after.length);
  const purpose = named
    .map(({ word }) => word)
    .filter((word) => !purposeNouns.has(word))
    .join(' ');
  if (reviews.has(purpose)) return { kind: 'useChannel', purpose: 'review' };
  const mpnId = purpose.replace(/^mpn/, '');
  if (isMpnId(mpnId)) return { kind: 'useChannel', purpose: `mpn:${mpnId}` };
  return {
    kind: 'badMpn',
    text: sentence
      .slice(named[0]?.start ?? 0, named.at(-1)?.end ?? 0)
      .slice(0, 100)
      .toWellFormed(),
  };
}

const MAX_NAME_WORDS = 6;
const MAX_JOURNAL_NAME = 100;

/** `history <name>`: of a person, organisation or channel. What begins like the id of a claim is no name. */
function journalCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const pattern = JOURNALS.find(
    ({ before, after }) =>
      words.length > before.length + after.length &&
      words.length <= before.length + after.length + MAX_NAME_WORDS &&
      before.every((word, at) => words[at]?.word === word) &&
      after.every((word, at) => words[words.length - after.length + at]?.word === word),
  );
  const named = pattern && words.slice(pattern.before.length, words.length - pattern.after.length);
  const [first] = named ?? [];
  if (!named || !first || isQuestion(sentence) || /^(?:cpor|срор)/.test(first.word)) return undefined;
  const name = sentence.slice(first.start, named.at(-1)?.end).trim();
  return name.length > MAX_JOURNAL_NAME ? undefined : { kind: 'journal', name: name.toWellFormed() };
}

type Unit = keyof typeof TIME_UNITS;
const units = new Map(
  Object.entries(TIME_UNITS).flatMap(([unit, names]) =>
    names.map((name): [string, Unit] => [fold(name), unit as Unit]),
  ),
);
const unit = [...units.keys()].sort((one, other) => other.length - one.length).join('|');
const TIME = new RegExp(`^/? ?(?:${TIME_WORDS.map(fold).join('|')})((?: ?\\+? ?[0-9]{1,4} ?(?:${unit}))*)[ .!?]*$`);
/** A malformed amount, such as `time +3` or `time -1d`: answered with how to turn the clock. */
const NEAR_TIME = new RegExp(`^/? ?(?:${TIME_WORDS.map(fold).join('|')}) ?[-+]? ?[0-9]`);
const AMOUNT = new RegExp(`([0-9]{1,4}) ?(${unit})`, 'g');
const MAX_TIME_LENGTH = 200;

/** `time`, `time +3bd`, `time +1d 2h`: forward only, each amount at most 9999. */
function timeCommand(sentence: string): Intent | undefined {
  if (sentence.length > MAX_TIME_LENGTH) return undefined;
  const folded = fold(sentence).replace(/\s+/g, ' ');
  const amounts = TIME.exec(folded)?.[1];
  if (amounts === undefined) return NEAR_TIME.test(folded) ? { kind: 'time' } : undefined;
  const jump: { [Name in Unit]?: number } = {};
  for (const [, amount, name] of amounts.matchAll(AMOUNT)) {
    const key = units.get(name ?? '');
    if (key) jump[key] = (jump[key] ?? 0) + Number(amount);
  }
  return { kind: 'time', ...jump };
}

function wholeCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const meaning = meaningOf(words);
  if (!meaning) return undefined;
  if ('intent' in meaning) return meaning.intent;
  const { takes, word } = meaning;
  if (takes === 'status') return { kind: 'status' };
  const isOfConsent = takes === 'deny' || takes === 'agree' || takes === 'notMeant';
  return { kind: 'needsClaim', word, ...(isOfConsent && !isQuestion(sentence) && { consent: takes }) };
}

/** A command with a mistyped id in it, or with one extra word where an id or a name is expected. */
function nearCommand(words: readonly Word[]): Intent | undefined {
  const mistyped = new Set(words.filter(({ word }) => /[0-9]|^(?:cpor|срор)/.test(word)).map(({ piece }) => piece));
  if (mistyped.size > 0) {
    const rest = words.filter(({ piece }) => !mistyped.has(piece));
    if (rest.length === 0 && words[0]?.word.startsWith('cpor')) return { kind: 'needsClaim', word: 'status' };
    return incompleteCommand(rest, true);
  }
  return incompleteCommand(
    words.filter(({ piece }) => piece !== words.at(-1)?.piece),
    false,
  );
}

function incompleteCommand(words: readonly Word[], mistyped: boolean): Intent | undefined {
  const meaning = meaningOf(words);
  if (!meaning) return undefined;
  if ('takes' in meaning)
    return meaning.takes === 'status' && !mistyped ? undefined : { kind: 'needsClaim', word: meaning.word };
  const { intent } = meaning;
  const open = (intent.kind === 'language' && !intent.language) || (intent.kind === 'enrol' && !intent.what);
  return open ? intent : undefined;
}
