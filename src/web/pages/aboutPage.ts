/** What the desk is, what it stores and who runs it: the public page that the Teams app manifest names. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SigningKey } from '../../desk/ports/signer.ts';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { answerPage } from '../respond.ts';
import type { AssetPaths } from '../assets.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { pageText } from './page.ts';
import { languageFor } from './readerLocale.ts';

/** Sends the page in the reader's language, with the public keys of exports. */
export function showAboutPage(
  request: IncomingMessage,
  response: ServerResponse,
  keys: readonly SigningKey[],
  assets: AssetPaths,
): void {
  answerPage(response, 200, aboutPage(languageFor(request, undefined), keys, assets));
}

/** The manifest links to its parts `#privacy` and `#terms`. */
function aboutPage(language: Language, keys: readonly SigningKey[], assets: AssetPaths): string {
  const title = say(language, 'about.title');
  const paragraphs = (...keys: readonly SentenceKey[]): readonly Html[] =>
    keys.map((key) => html`<p>${say(language, key)}</p>`);
  const main = html`<h1>${title}</h1>
<section class="card notice">${paragraphs('about.what', 'about.who', 'about.ask')}</section>
<h2 id="privacy">${say(language, 'about.privacy')}</h2>
<section class="card notice">${paragraphs('about.stores', 'about.readers', 'about.unread', 'about.where')}</section>
<h2 id="terms">${say(language, 'about.terms')}</h2>
<section class="card notice">${paragraphs('about.rules', 'about.license')}</section>
<h2 id="keys">${say(language, 'about.keys')}</h2>
<section class="card notice">${paragraphs('about.signed')}${keys.map((key) => keyLine(language, key))}</section>`;
  return pageText({ language, title, main }, assets);
}

function keyLine(language: Language, { publicKey, from, until }: SigningKey): Html {
  const period =
    until === undefined
      ? say(language, 'about.keySince', { from: dayOf(from) })
      : say(language, 'about.keyUntil', { from: dayOf(from), until: dayOf(until) });
  return html`<p><code>${publicKey}</code><br>${period}</p>`;
}

/** The day in UTC, as everyone reads it alike. */
function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
