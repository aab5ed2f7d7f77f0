/** The page for a link that opens nothing: what is wrong, and what to do. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { answerPage } from '../respond.ts';
import type { AssetPaths } from '../assets.ts';
import { html } from './html.ts';
import { pageText } from './page.ts';
import { linkSentence, linkStatus } from './linkProblems.ts';
import type { PageProblem } from './linkProblems.ts';
import { languageFor } from './readerLocale.ts';

/**
 * Links are base64url with dots between the parts; the desk is not asked about anything else. Longer ones match no
 * route.
 */
export const LINK_LENGTH = 1024;
const LINK = /^[A-Za-z0-9_.-]+$/;

export function isLink(link: unknown): link is string {
  return typeof link === 'string' && link.length <= LINK_LENGTH && LINK.test(link);
}

/**
 * A refusal as it is told to those who have proved nothing but the address: of a link that its person may not follow
 * any more they learn no more than of one that never was.
 */
export function refusedToStranger<Problem extends PageProblem>(refused: {
  readonly problem: Problem;
  readonly language?: Language;
}): { readonly problem: Problem | 'altered'; readonly language?: Language } {
  return refused.problem === 'foreign' ? { problem: 'altered' } : refused;
}

export function linkPage(language: Language, problem: PageProblem, assets: AssetPaths): string {
  const title = say(language, `link.title.${problem}`);
  const main = html`<section class="card notice"><h1>${title}</h1><p>${linkSentence(language, problem)}</p></section>`;
  return pageText({ language, title, main }, assets);
}

export function answerLinkPage(
  request: IncomingMessage,
  response: ServerResponse,
  refused: { readonly problem: PageProblem; readonly language?: Language },
  assets: AssetPaths,
): void {
  const language = languageFor(request, refused.language);
  answerPage(response, linkStatus(refused.problem), linkPage(language, refused.problem, assets));
}
