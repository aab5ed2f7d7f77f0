/**
 * Commands with something of their own in them: the purpose of a channel, how far the clock is turned, the name in
 * "history of …". They are known by their exact words.
 */
import { isMpnId } from '../../domain/claims/fields.ts';
import { CHANNELS, JOURNALS, LOOSE_CHANNELS } from './grammar.ts';
import type { Intent } from './intent.ts';
import { PURPOSE_NOUNS, REVIEWS, TIME_UNITS, TIME_WORDS } from './lexicon.ts';
import type { Word } from './tokens.ts';
import { fold, isFiller } from './tokens.ts';

const reviews = new Set(REVIEWS.map(fold));
const purposeNouns = new Set(PURPOSE_NOUNS.map(fold));

/** The purpose of a channel; a question gives it none. */
export function channelCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  if (/[?\uff1f]/.test(sentence)) return undefined;
  const kept = words.filter((word) => !isFiller(word));
  const [named] = CHANNELS.flatMap((pattern) => between(kept, pattern));
  const ordered = named && purposeOf(named);
  if (ordered) return ordered;
  const loose = LOOSE_CHANNELS.flatMap((pattern) => between(kept, pattern)).map(purposeOf);
  const meant = loose.find((purpose) => purpose !== undefined);
  if (meant || !named) return meant;
  const text = sentence.slice(named[0]?.start ?? 0, named.at(-1)?.end ?? 0);
  return { kind: 'badMpn', text: text.slice(0, MAX_PURPOSE).toWellFormed() };
}

/** The words in the place of the purpose. */
function between(words: readonly Word[], { before, after }: (typeof CHANNELS)[number]): readonly (readonly Word[])[] {
  const end = words.length - after.length;
  const fits =
    end >= before.length &&
    before.every((word, at) => words[at]?.word === word) &&
    after.every((word, at) => words[end + at]?.word === word);
  return fits ? [words.slice(before.length, end)] : [];
}

function purposeOf(named: readonly Word[]): Intent | undefined {
  const purpose = named
    .map(({ word }) => word)
    .filter((word) => !purposeNouns.has(word))
    .join(' ');
  if (reviews.has(purpose)) return { kind: 'useChannel', purpose: 'review' };
  const mpnId = purpose.replace(/^mpn/, '');
  return isMpnId(mpnId) ? { kind: 'useChannel', purpose: `mpn:${mpnId}` } : undefined;
}

const MAX_PURPOSE = 100;
const MAX_NAME_WORDS = 6;
const MAX_JOURNAL_NAME = 100;

/** `history <name>`: of a person, organisation or channel. What begins like the id of a claim is no name. */
export function journalCommand(sentence: string, words: readonly Word[]): Intent | undefined {
  const pattern = JOURNALS.find(
    ({ before, after }) =>
      words.length > before.length + after.length &&
      words.length <= before.length + after.length + MAX_NAME_WORDS &&
      before.every((word, at) => words[at]?.word === word) &&
      after.every((word, at) => words[words.length - after.length + at]?.word === word),
  );
  const named = pattern && words.slice(pattern.before.length, words.length - pattern.after.length);
  const [first] = named ?? [];
  if (!named || !first || /[?\uff1f]\s*$/.test(sentence) || /^(?:cpor|срор)/.test(first.word)) return undefined;
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
export function timeCommand(sentence: string): Intent | undefined {
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
