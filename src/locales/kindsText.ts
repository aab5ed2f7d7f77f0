import type { Language } from './say.ts';

/** Kinds of file as people write them: `PDF, DOCX or PNG`. */
export function kindsText(language: Language, kinds: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(kinds.map((kind) => kind.toUpperCase()));
}
