/**
 * The page of a link that was not exchanged yet: whose it is, and a button. It shows nothing of the claim, because
 * having the address proves nothing.
 */
import type { Link } from '../../desk/ports/links.ts';
import type { LinkOffer } from '../../desk/ports/proof.ts';
import { say } from '../../locales/say.ts';
import type { AssetPaths } from '../assets.ts';
import { html, NOTHING } from './html.ts';
import { pageText } from './page.ts';

/** `isAgain`: the button was pressed, but not in the browser that this page was made for. */
export function entryPage(
  kind: Link['kind'],
  { language, person, minutesLeft, sessionMinutes, isEntered, form }: LinkOffer,
  isAgain: boolean,
  assets: AssetPaths,
): string {
  const title = say(language, `entry.title.${kind}`);
  const term = isEntered
    ? say(language, 'entry.entered', { minutes: minutesLeft })
    : say(language, 'entry.once', { minutes: minutesLeft, session: sessionMinutes });
  const main = html`${isAgain ? html`<p class="card notice wrong" role="alert">${say(language, 'entry.again')}</p>` : NOTHING}
<section class="card notice entry"><h1>${title}</h1>
<p>${say(language, 'entry.for')} <strong><bdi>${person}</bdi></strong></p>
<p>${say(language, `entry.tells.${kind}`)}</p>
<form method="post"><input type="hidden" name="form" value="${form}"
><button type="submit" class="button primary">${say(language, `entry.button.${kind}`)}</button></form>
<p class="faint">${term}</p>
<p class="faint">${say(language, 'entry.notYou')}</p></section>`;
  return pageText({ language, title, main }, assets);
}
