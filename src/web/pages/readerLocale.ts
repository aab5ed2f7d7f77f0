/** How a page addresses its reader: in which language. */
import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';
import type { Language } from '../../locales/say.ts';
import { languageOf } from '../../locales/say.ts';

/**
 * The language of the link's owner where it is known, else the first of ours that the browser prefers, else English.
 */
export function languageFor(request: IncomingMessage, known: Language | undefined): Language {
  return known ?? preferredLanguage(request) ?? 'en';
}

/** Undefined where the browser accepts none of ours, or sent no such header. */
function preferredLanguage({ headers }: IncomingMessage): Language | undefined {
  const preferred = new Negotiator({ headers }).languages();
  return preferred.map(languageOf).find((language) => language !== undefined);
}
