import { timingSafeEqual } from 'node:crypto';
import type { ClaimId, PersonId, PoeId } from '../domain/claims/values.ts';
import type { Link } from '../desk/ports/links.ts';
import { hmac } from './random.ts';

/**
 * Reads a link as version 0.1 made it: `letter~claim~person~until~nonce or file` in base64url, a dot, and the HMAC of
 * that. Links live for a day at most, so this is needed only for those made just before an update; a release later it
 * can go.
 */
export function readPreviousLink(secret: string, kind: Link['kind'], token: string): Link | undefined {
  const [signed = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || !isSame(hmac(secret, signed), signature)) return undefined;
  const [letter, claim, person, until, last] = Buffer.from(signed, 'base64url').toString('latin1').split('~');
  if (letter !== kind.charAt(0) || !claim || !person || !until || !last) return undefined;
  const facts = { claim: claim as ClaimId, person: person as PersonId, until: Number(until) };
  return kind === 'upload' ? { kind, ...facts, nonce: last } : { kind, ...facts, poe: last as PoeId };
}

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
