/** Every sentence a person reads, in the three languages of the desk. */
import { IntlMessageFormat } from 'intl-messageformat';
import en from './en.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };
import tr from './tr.json' with { type: 'json' };

export type SentenceKey = keyof typeof en;
export type SentenceArguments = Readonly<Record<string, string | number>>;

const SENTENCES = { en, ru, tr } as const satisfies Readonly<Record<string, Readonly<Record<SentenceKey, string>>>>;
/** A language that there are sentences in. The desk, which knows no sentences, has the same union in its ports. */
export type Language = keyof typeof SENTENCES;
export const LANGUAGES = Object.keys(SENTENCES) as readonly Language[];
const compiled = new Map<string, IntlMessageFormat>();

/** One sentence in one language. Arguments are put in as they are: what shows the sentence decides on markup. */
export function say(language: Language, key: SentenceKey, values: SentenceArguments = {}): string {
  const id = `${language} ${key}`;
  let format = compiled.get(id);
  if (!format) {
    format = new IntlMessageFormat(SENTENCES[language][key], language, undefined, { ignoreTag: true });
    compiled.set(id, format);
  }
  return String(format.format(values));
}

/** The sentence key if there is one of that name; for keys that are put together from data (`status.` + status). */
export function sentenceKey(name: string): SentenceKey | undefined {
  return Object.hasOwn(en, name) ? (name as SentenceKey) : undefined;
}

/** The desk's language nearest to a locale such as `tr-TR`; undefined for any other. */
export function languageOf(locale: unknown): Language | undefined {
  if (typeof locale !== 'string') return undefined;
  const start = locale.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === start);
}
