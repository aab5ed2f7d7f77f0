/** Signed, short-lived links: who, for which claim, until when; base64url and one dot. Nothing but the desk can make one. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';

export interface UploadLink {
  readonly kind: 'upload';
  readonly claim: ClaimId;
  readonly person: PersonId;
  readonly until: Instant;
  /** What it is known by once it is used. */
  readonly nonce: string;
}
export interface DownloadLink {
  readonly kind: 'download';
  readonly claim: ClaimId;
  readonly person: PersonId;
  readonly until: Instant;
  readonly poe: PoeId;
}
export type Link = UploadLink | DownloadLink;

const MOST = 1000;

export function writeLink(world: Pick<World, 'ids'>, link: Link): string {
  const facts =
    link.kind === 'upload'
      ? ['u', link.claim, link.person, String(link.until), link.nonce]
      : ['d', link.claim, link.person, String(link.until), link.poe];
  const text = btoa(facts.join('~')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${text}.${world.ids.sign(text)}`;
}

/** The link that a text is, if this desk signed it for this kind of use. Says nothing of its time or its person's rights. */
export function readLink<Kind extends Link['kind']>(
  world: Pick<World, 'ids'>,
  kind: Kind,
  text: string,
): Extract<Link, { kind: Kind }> | undefined {
  if (text.length > MOST) return undefined;
  const [signed = '', signature = '', ...more] = text.split('.');
  if (more.length > 0 || !sameText(world.ids.sign(signed), signature)) return undefined;
  const [letter, claim, person, until, last] = atob(signed.replaceAll('-', '+').replaceAll('_', '/')).split('~');
  if (letter !== kind.charAt(0) || !claim || !person || !until || !last) return undefined;
  const facts = { claim: claim as ClaimId, person: person as PersonId, until: Number(until) };
  const link: Link =
    kind === 'upload' ? { kind: 'upload', ...facts, nonce: last } : { kind: 'download', ...facts, poe: last as PoeId };
  return link as Extract<Link, { kind: Kind }>;
}

/** Compares without telling by its time how much was right. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
