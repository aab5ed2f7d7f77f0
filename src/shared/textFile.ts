/** Text files as editors and shells write them: UTF-8 with or without a byte order mark, or UTF-16 with one. */

/** Where the bytes of a file stop to be text, each number from 1, and what they would have to be. */
export interface NotText {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
  /** Follows "is". */
  readonly sentence: string;
}

interface Encoding {
  readonly label: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly name: 'UTF-8' | 'UTF-16';
  /** Bytes of the mark. */
  readonly mark: number;
}

/** The text of a file without its mark, or the first place that is none. Nothing is guessed and nothing replaced. */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly wrong: NotText } {
  const foreign = foreignIn(bytes);
  if (foreign !== undefined) return { wrong: { line: 1, column: 1, byte: 1, sentence: foreign } };
  const encoding = encodingOf(bytes);
  const body = bytes.subarray(encoding.mark);
  const text = decoded(body, encoding);
  return text === undefined ? { wrong: wrongIn(body, encoding) } : { text };
}

/** The place in words, as messages have it. */
export function placeOfByte({ line, column, byte }: NotText): string {
  return `line ${line}, column ${column} (byte ${byte})`;
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, 0xff, 0xfe)) return { label: 'utf-16le', name: 'UTF-16', mark: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { label: 'utf-16be', name: 'UTF-16', mark: 2 };
  return { label: 'utf-8', name: 'UTF-8', mark: startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0 };
}

/** What is known by its first bytes to be something else: in UTF-16 every other byte of plain letters is zero. */
function foreignIn(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) return 'UTF-32';
  const zeros = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (zeros === 'x0x0' || zeros === '0x0x') return 'UTF-16 without a byte order mark';
  return undefined;
}

function startsWith(bytes: Uint8Array, ...mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Undefined where a byte is wrong. In a `part` the last character may be cut off. */
function decoded(bytes: Uint8Array, { label }: Encoding, part = false): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: part });
  } catch {
    return undefined;
  }
}

/** The first character that cannot be read, by halving: the shortest part that fails ends in it. */
function wrongIn(body: Uint8Array, encoding: Encoding): NotText {
  let [good, bad] = [0, body.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decoded(body.subarray(0, middle), encoding, true) === undefined) bad = middle;
    else good = middle;
  }
  const before = decoded(body.subarray(0, good), encoding, true) ?? '';
  const lines = before.split(/\r\n?|\n/);
  const read = encoding.name === 'UTF-8' ? new TextEncoder().encode(before).length : 2 * before.length;
  return {
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
    byte: encoding.mark + read + 1,
    sentence: `not ${encoding.name}`,
  };
}
