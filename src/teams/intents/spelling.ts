/**
 * The known word that a typed one stands for: letters of another script that look the same, the wrong keyboard layout,
 * Russian in Latin letters, one letter too many, too few, swapped or wrong. A word that may stand for two that mean
 * different things stands for none: a mistyped "do not send" must never become "send".
 */
import { fold } from './tokens.ts';
import { VOCABULARY } from './vocabulary.ts';

/** A word as it is read. `mended` where one of its letters was wrong, which several scripts and layouts are not. */
export interface ReadWord {
  readonly word: string;
  readonly mended: boolean;
}

const MIN_MENDED = 5;
const MAX_MENDED = 24;
const MIN_LAYOUT = 4;
const MIN_LATIN_RUSSIAN = 3;

const known = new Set(Array.from(VOCABULARY.keys()).flatMap((row) => row.split(' ')));

/** Reads a folded word; undefined where it stands for no known one, or for several. */
export function readWord(word: string): ReadWord | undefined {
  if (known.has(word)) return { word, mended: false };
  if (word.length > MAX_MENDED + 1) return undefined;
  const same = inOneScript(word) ?? onOtherKeyboard(word) ?? inLatin(word);
  if (same !== undefined) return { word: same, mended: false };
  const near = nearest(word);
  return near === undefined ? undefined : { word: near, mended: true };
}

const LATIN = 'aceopxykmthbijs';
const CYRILLIC = 'асеорхукмтнвіјѕ';

/** A word of Latin and Cyrillic letters, some of which look the same. */
function inOneScript(word: string): string | undefined {
  if (!/[a-z]/.test(word) || !/[\u0400-\u052f]/.test(word)) return undefined;
  return [translated(word, CYRILLIC, LATIN), translated(word, LATIN, CYRILLIC)].find((one) => known.has(one));
}

const QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** What a sentence would be, had the keyboard been switched to the other of Latin and Russian. */
export function onOtherLayout(sentence: string): string {
  const lower = sentence.toLowerCase();
  return /[\u0400-\u052f]/.test(lower) ? translated(lower, RUSSIAN, QWERTY) : translated(lower, QWERTY, RUSSIAN);
}

function onOtherKeyboard(word: string): string | undefined {
  if (word.length < MIN_LAYOUT) return undefined;
  const other = fold(onOtherLayout(word));
  return known.has(other) ? other : undefined;
}

function translated(word: string, from: string, to: string): string {
  return Array.from(word, (letter) => {
    const at = from.indexOf(letter);
    return at < 0 ? letter : to.charAt(at);
  }).join('');
}

const SOUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  'а=a б=b в=v г=g д=d е=e ж=1 з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=2 ш=3 щ=3 ъ= ы=i ь= э=e ю=iu я=ia'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(2)]),
);
const SPELLINGS: readonly (readonly [pattern: RegExp, sound: string])[] = [
  [/shch|sch|sh/g, '3'],
  [/zh/g, '1'],
  [/kh|x/g, 'h'],
  [/ts|tz/g, 'c'],
  [/ch/g, '2'],
  [/[yj]/g, 'i'],
  [/w/g, 'v'],
];

/** What is left of a word in whichever of the usual ways Russian is written in Latin letters. */
function soundOf(word: string): string {
  const latin = /[\u0400-\u052f]/.test(word)
    ? Array.from(word, (letter) => SOUNDS[letter] ?? letter).join('')
    : SPELLINGS.reduce((rest, [pattern, sound]) => rest.replace(pattern, sound), word);
  return latin.replace(/i+(?=[aeou])/g, '').replace(/(.)\1+/g, '$1');
}

const bySound = new Map<string, readonly string[]>();
for (const word of known)
  if (/^[\u0400-\u052f]+$/.test(word) && word.length >= MIN_LATIN_RUSSIAN)
    bySound.set(soundOf(word), [...(bySound.get(soundOf(word)) ?? []), word]);

/** A Russian word in Latin letters. They cannot tell "to send" from "will send", which stands alone in no sentence. */
function inLatin(word: string): string | undefined {
  if (word.length < MIN_LATIN_RUSSIAN || !/^[a-z]+$/.test(word)) return undefined;
  const found = bySound.get(soundOf(word)) ?? [];
  const orders = found.filter((one) => meaningOf(one) !== 'told');
  return onlyMeaning(orders.length > 0 ? orders : found);
}

/** The words of five letters or more, by what is left of them without one letter. */
const shortened = new Map<string, readonly string[]>();
for (const word of known)
  if (word.length >= MIN_MENDED)
    for (const part of [word, ...withoutOne(word)]) shortened.set(part, [...(shortened.get(part) ?? []), word]);

function nearest(word: string): string | undefined {
  if (word.length < MIN_MENDED - 1) return undefined;
  const found = new Set([word, ...withoutOne(word)].flatMap((part) => shortened.get(part) ?? []));
  return onlyMeaning([...found].filter((one) => isOneLetterOff(word, one)));
}

function withoutOne(word: string): readonly string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** Whether one letter is missing, too many or wrong, or two neighbours are swapped. */
function isOneLetterOff(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one.charAt(start) === other.charAt(start)) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = one.slice(start, one.length - end);
  const right = other.slice(start, other.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return (
    left.length === 2 && right.length === 2 && left.charAt(0) === right.charAt(1) && left.charAt(1) === right.charAt(0)
  );
}

/** The first of some words that all mean the same. */
function onlyMeaning(words: readonly string[]): string | undefined {
  const [first] = words;
  return first !== undefined && words.every((one) => meaningOf(one) === meaningOf(first)) ? first : undefined;
}

function meaningOf(word: string): string {
  const tags = VOCABULARY.get(word)?.tags;
  return tags ? [...tags].sort().join(' ') : `${word} alone`;
}
