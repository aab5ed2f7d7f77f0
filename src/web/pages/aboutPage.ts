/** What the desk is, what it stores and who runs it: the public page that the Teams app manifest names. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { answerPage } from '../respond.ts';
import type { AssetPaths } from '../assets.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { pageText } from './page.ts';
import { languageFor } from './readerLocale.ts';

/** Sends the page in the reader's language. */
export function showAboutPage(request: IncomingMessage, response: ServerResponse, assets: AssetPaths): void {
  answerPage(response, 200, aboutPage(languageFor(request, undefined), assets));
}

/** The manifest links to its parts `#privacy` and `#terms`. */
function aboutPage(language: Language, assets: AssetPaths): string {
  const title = say(language, 'about.title');
  const paragraphs = (...keys: readonly SentenceKey[]): readonly Html[] =>
    keys.map((key) => html`<p>${say(language, key)}</p>`);
  const main = html`<h1>${title}</h1>
<section class="card notice">${paragraphs('about.what', 'about.who', 'about.ask')}</section>
<h2 id="privacy">${say(language, 'about.privacy')}</h2>
<section class="card notice">${paragraphs('about.stores', 'about.readers', 'about.unread', 'about.where')}</section>
<h2 id="terms">${say(language, 'about.terms')}</h2>
<section class="card notice">${paragraphs('about.rules', 'about.license')}</section>`;
  return pageText({ language, title, main }, assets);
}
