/** Texts that break what is not made for them. None of them says `undefined` or the like, which only a fault of the desk may say. */
import type { Chance } from '../chance.ts';

const HOSTILE: readonly string[] = [
  // Marks, directions, halves, and what nobody sees.
  '\u202Egnitfihs\u202C', '\u2066x\u2069\u200F', '\u200b', '\u200d', '\ufeff', '\u00ad', '\u2060', '\ud800', '\udc00', '\ud83d', 'e' + '\u0301'.repeat(40), '\u0000', '\u0007\u001b[31m', '\u007f\u0085', '\u2028\u2029',
  '🙂', '👨‍👩‍👧‍👦', '🇹🇷', 'İıIi', 'ß', 'ﬁ', 'ﷺ', '\u1e9e', 'Å', 'ё', 'й', '٣', '１２３', '²', '\u0660\u0661', '漢字', 'ქართული', 'עברית', 'العربية', '\u00a0', '\u3000', '\t', '\n', '\r\n', '\r', '\n\n\n\n',
  // Templates, markup, messages.
  '${x}', '${customerName}', '${json(\'x\')}', '$', '${', '{{', '}}', '{{DATE(2020-01-01T00:00:00Z, SHORT)}}', '$data', '$root', '${$root}', '{x}', '{0}', '{', '}', '{n, plural, one {#} other {#}}', '\'{\'', '#', '{x, date}', '$&', '$1', '$$', '%s', '%n%n', '\\u0000', '\\',
  '**bold** _it_ ~~x~~', '[link](https://evil.example)', '![x](https://evil.example/x.png)', '# head', '> quote', '```', '| a | b |\n|---|---|', '<at>CPOR Claims Desk</at>', '<at id="0">everyone</at>', '<at>', '</at>', '<AT >x</at >', '<at', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<br/>', '<p>', '</div>', '&nbsp;', '&lt;b&gt;', '&#0;', '&#x110000;', '&#xd800;', '&amp;lt;', '&#60;at&#62;', '<!--', ']]>', 'javascript:alert(1)',
  // Other people's languages.
  '\' OR 1=1 --', '"; DROP TABLE documents; --', '" or ""="', '%\'', '_', '../../etc/passwd', '..\\..\\windows\\win.ini', '/', '\\\\server\\share', 'C:\\x', 'con.pdf', 'file:///etc/passwd', 'http://169.254.169.254/', '`id`', '$(id)', '; id', '|', '\u0000.pdf', '{"a":1}', '[1', '"', '\'', ',', ';', ':', '.', '..', '...', '-', '--', '~', '@', '!', '?', '؟', '？', '=cmd|\'/c calc\'!A0', '+1', '-1', '@SUM(1)',
  // Names and numbers.
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'true', 'false', 'null', '0', '-0', '1e308', '-1', '0x10', '1_000', ' 1 ', '9007199254740993', 'Infinity', '1.5', '١٢٣٤٥٦٧', '',
];
/** One in so many is long. */
const LONG = 0.02;
const LENGTHS = [130, 300, 600, 1_100, 4_100] as const;
/** Beyond what a person types; rare, since it takes its time. */
const VERY_LONG = 0.0015;
const VERY_LONG_LENGTHS = [33_000, 70_000, 300_000] as const;
const REPEATED = ['a', 'я', '語', '🙂', ' ', '\n', '<', '<at>', '</at>', '&nbsp;', '@', '1', 'e\u0301', '-', '.', 'CPOR-', 'a b ', '\u200b', '${', '{{', '<a ', '<p x=', '&#', '/', '"', '\'', 'ı', 'ﷺ'] as const;

/** A hostile text; seldom a long one. */
export function hostileText(chance: Chance): string {
  const lot = chance.next();
  if (lot < VERY_LONG) return long(chance, VERY_LONG_LENGTHS);
  if (lot < LONG) return long(chance, LENGTHS);
  const text = chance.pick(HOSTILE);
  return chance.happens(0.25) ? text + hostileText(chance) : text;
}

function long(chance: Chance, lengths: readonly number[]): string {
  const piece = chance.happens(0.7) ? chance.pick(REPEATED) : chance.pick(HOSTILE) || 'x';
  return piece.repeat(Math.ceil(chance.pick(lengths) / piece.length));
}
