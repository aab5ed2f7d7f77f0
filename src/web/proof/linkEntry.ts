/** The first two steps of every link: `GET` shows whose it is, `POST` exchanges it for a session of the browser. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Link } from '../../desk/ports/links.ts';
import type { LinkDoor, LinkVisitor } from '../../desk/ports/proof.ts';
import type { AssetPaths } from '../assets.ts';
import type { LinkCookies } from './cookies.ts';
import { mayBeOwnPage } from './ownPage.ts';
import { entryPage } from '../pages/entryPage.ts';
import { answerLinkPage, isLink, refusedToStranger } from '../pages/linkPage.ts';
import { answer, answerPage, FORM_POLICY } from '../respond.ts';
import { incomingBytes } from './incomingFile.ts';

/** What the pages of one kind of link need. */
export interface EntryParts {
  readonly kind: Link['kind'];
  /** The first part of their paths. */
  readonly folder: 'poe' | 'poe-file';
  readonly door: LinkDoor;
  readonly cookies: LinkCookies;
  readonly publicUrl: () => string;
  readonly assets: AssetPaths;
}

/** The form has one field of 43 letters. */
const MAX_FORM_BYTES = 1_000;

/** `GET`: whose the link is, and a button; or why it opens nothing. Nothing is read, spent or recorded as read. */
export async function showEntry(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  parts: EntryParts,
  isAgain = false,
): Promise<void> {
  const { assets, cookies, door, kind } = parts;
  const visitor = cookies.read(request);
  const offer = isLink(link) ? await door.show(link, visitor) : ({ ok: false, problem: 'altered' } as const);
  if (!offer.ok) return answerLinkPage(request, response, refusedToStranger(offer), assets);
  const page = entryPage(kind, offer, isAgain, assets);
  answerPage(response, isAgain ? 403 : 200, page, {
    'Content-Security-Policy': FORM_POLICY,
    ...(offer.browser !== visitor.browser && { 'Set-Cookie': cookies.browser(offer.browser) }),
  });
}

/** `POST`: the exchange, and on to what the link is for; from any other page, or without its cookie, the page again. */
export async function enter(
  link: unknown,
  request: IncomingMessage,
  response: ServerResponse,
  parts: EntryParts,
): Promise<void> {
  const { assets, cookies, door, folder, publicUrl } = parts;
  const form = await formIn(request);
  if (!isLink(link) || !mayBeOwnPage(request, publicUrl())) return showEntry(link, request, response, parts, true);
  const visitor: LinkVisitor & { readonly form?: string } = {
    ...cookies.read(request),
    ...(form !== undefined && { form }),
  };
  const entered = await door.enter(link, visitor);
  if (!entered.ok && entered.problem === 'notEntered') return showEntry(link, request, response, parts, true);
  if (!entered.ok) return answerLinkPage(request, response, refusedToStranger(entered), assets);
  answer(response, 303, '', {
    // Relative to the page's own address, which may be below a path of the host's.
    Location: folder === 'poe' ? link : `${link}/file`,
    'Set-Cookie': cookies.session(folder, link, entered.session, entered.seconds),
  });
}

/** What the page's form sends; undefined where it is none. */
async function formIn(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of incomingBytes(request)) {
    size += piece.length;
    if (size > MAX_FORM_BYTES) return undefined;
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8')).get('form') ?? undefined;
}
