/** How a page speaks to its reader: the language, and sizes and lists written in it. */
import type { IncomingMessage } from 'node:http';
import type { LinkLanguage } from '../../desk/ports/proof.ts';
import { languageOf } from '../../locales/say.ts';

/** The language of the link's owner where it is known, else the first of ours that the browser asks for, else English. */
export function languageFor(request: IncomingMessage, known: LinkLanguage | undefined): LinkLanguage {
  return known ?? askedFor(request.headers['accept-language'] ?? '') ?? 'en';
}

function askedFor(header: string): LinkLanguage | undefined {
  const wishes = header
    .split(',', 20)
    .map((wish) => {
      const [locale = '', ...parameters] = wish.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: languageOf(locale), weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter((wish) => wish.language !== undefined && wish.weight > 0);
  return wishes.sort((one, other) => other.weight - one.weight)[0]?.language;
}

/** A size for people: `812 kB`, `24.5 MB`. Counted in steps of 1024, as the limits are. */
export function sizeText(language: LinkLanguage, bytes: number): string {
  const [value, unit] =
    bytes < 1024
      ? [bytes, 'byte']
      : bytes < 1024 * 1024
        ? [bytes / 1024, 'kilobyte']
        : [bytes / (1024 * 1024), 'megabyte'];
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Kinds of file as people write them: `PDF, DOCX or PNG`. */
export function kindsText(language: LinkLanguage, kinds: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(kinds.map((kind) => kind.toUpperCase()));
}
