/** The sentences that users read, in the three languages of the desk. */
import { IntlMessageFormat } from 'intl-messageformat';
import en from './en.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import tr from './tr.json' with { type: 'json' };

/** The keys of en.json; the other languages have the same. */
export type SentenceKey = keyof typeof en;
/** The values for the placeholders of a sentence. */
export type SentenceArguments = Readonly<Record<string, string | number>>;

const SENTENCES = { en, ru, tr } as const satisfies Readonly<Record<string, Readonly<Record<SentenceKey, string>>>>;
/** A language with sentences. The source is `Language` in `desk/ports/system.ts`, where the reason for two is. */
export type Language = keyof typeof SENTENCES;
/** In the order of the language card. */
export const LANGUAGES = Object.keys(SENTENCES) as readonly Language[];
const compiled = new Map<string, IntlMessageFormat>();

/** One sentence in one language. Arguments are inserted as they are: escaping is up to the caller. */
export function say(language: Language, key: SentenceKey, values: SentenceArguments = {}): string {
  const id = `${language} ${key}`;
  let format = compiled.get(id);
  if (!format) {
    format = new IntlMessageFormat(SENTENCES[language][key], language, undefined, { ignoreTag: true });
    compiled.set(id, format);
  }
  return String(format.format(values));
}

/** The key of that name, if there is one; for keys made from data (`status.` + status). */
export function sentenceKey(name: string): SentenceKey | undefined {
  return Object.hasOwn(en, name) ? (name as SentenceKey) : undefined;
}

/** The desk's language nearest to a locale such as `tr-TR`; undefined for any other. */
export function languageOf(locale: unknown): Language | undefined {
  if (typeof locale !== 'string') return undefined;
  const start = locale.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === start);
}
