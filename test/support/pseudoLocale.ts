/**
 * A language that is English, only longer: each sentence by at least 40 %, as translations into German or Finnish
 * are. Its letters stay readable, its values and plurals work as before. Cards that are sound in it have room for
 * whatever a translator writes.
 */

/** How many times the letters of a sentence it becomes. */
const STRETCH = 1.4;
const VOWELS = 'aeiouAEIOU';

/** An ICU message with longer words; what is in braces stays as it is, but for the sentences of plurals and choices. */
export function lengthened(message: string): string {
  let made = '';
  let words = '';
  const flush = (): void => {
    made += stretched(words);
    words = '';
  };
  for (let at = 0; at < message.length; ) {
    if (message[at] !== '{') {
      words += message[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    const end = endOfArgument(message, at);
    made += argumentLengthened(message.slice(at, end));
    at = end;
  }
  flush();
  return made;
}

/** Where the argument that begins at a brace ends. */
function endOfArgument(message: string, start: number): number {
  let depth = 0;
  for (let at = start; at < message.length; at += 1) {
    if (message[at] === '{') depth += 1;
    if (message[at] === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return message.length;
}

/** `{count, plural, one {# day} other {# days}}` with longer sentences in it; a plain `{name}` as it is. */
function argumentLengthened(argument: string): string {
  const head = /^\{\s*\w+\s*,\s*(?:plural|selectordinal|select)\s*,/.exec(argument);
  if (!head) return argument;
  let made = head[0];
  for (let at = head[0].length; at < argument.length; ) {
    if (argument[at] !== '{') {
      made += argument[at] ?? '';
      at += 1;
      continue;
    }
    const end = endOfArgument(argument, at);
    made += `{${lengthened(argument.slice(at + 1, end - 1))}}`;
    at = end;
  }
  return made;
}

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Repeats vowels, from the first to the last and again, until the text is long enough. */
function stretched(text: string): string {
  const missing = Math.ceil(lettersIn(text) * STRETCH) - lettersIn(text);
  const isVowel = [...text].map((letter) => VOWELS.includes(letter));
  // A word without a vowel is one of initials: it grows like the others.
  const grows = isVowel.includes(true) ? isVowel : [...text].map((letter) => /\p{L}/u.test(letter));
  const places = grows.filter(Boolean).length;
  if (places === 0) return text;
  let place = 0;
  return [...text]
    .map((letter, index) => {
      if (!grows[index]) return letter;
      const more = Math.floor(missing / places) + (place < missing % places ? 1 : 0);
      place += 1;
      return letter + letter.toLowerCase().repeat(more);
    })
    .join('');
}
