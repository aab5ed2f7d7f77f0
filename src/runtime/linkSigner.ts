/** Signed links as JSON Web Tokens (HS256). */
import { errors, jwtVerify, SignJWT } from 'jose';
import type { ClaimId, PersonId, PoeId } from '../domain/claims/values.ts';
import type { Link, LinkSigner } from '../desk/ports/links.ts';
import { readPreviousLink } from './previousLinkFormat.ts';

const ALGORITHM = 'HS256';
/**
 * The type in the token's header says what it is for, so that no other token of the same key passes as a link (RFC
 * 8725, 3.11).
 */
const TYPES: Readonly<Record<Link['kind'], string>> = { upload: 'upload+jwt', download: 'download+jwt' };
/** A longer text is no link of the desk; it is not even parsed. */
const MAX_TOKEN_LENGTH = 1_000;
/**
 * 43 letters of base64url are two bits more than the 32 bytes of a signature: only the spelling where these are zero is
 * accepted.
 */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]$/;
/** The desk decides whether a link has expired: by its own clock, and to the millisecond. To `jose` none has. */
const NEVER_EXPIRED = new Date(0);

/** `secret` is the key that the links of all instances are signed with. */
export function createLinkSigner(secret: string): LinkSigner {
  const key = new TextEncoder().encode(secret);
  return {
    sign(link) {
      const token = new SignJWT({ claim: link.claim, ...(link.kind === 'download' && { poe: link.poe }) })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPES[link.kind] })
        .setSubject(link.person)
        .setExpirationTime(link.until / 1_000);
      if (link.kind === 'upload') token.setJti(link.nonce);
      return token.sign(key);
    },
    async verify<Kind extends Link['kind']>(kind: Kind, token: string) {
      if (token.length > MAX_TOKEN_LENGTH) return undefined;
      const link = (await readToken(key, kind, token)) ?? readPreviousLink(secret, kind, token);
      return link as Extract<Link, { kind: Kind }> | undefined;
    },
  };
}

async function readToken(key: Uint8Array, kind: Link['kind'], token: string): Promise<Link | undefined> {
  if (!TOKEN.test(token)) return undefined;
  try {
    const { payload } = await jwtVerify<{ readonly claim?: ClaimId; readonly poe?: PoeId }>(token, key, {
      algorithms: [ALGORITHM],
      typ: TYPES[kind],
      currentDate: NEVER_EXPIRED,
    });
    const { claim, sub, exp, jti, poe } = payload;
    if (!claim || !sub || exp === undefined) return undefined;
    const facts = { claim, person: sub as PersonId, until: Math.round(exp * 1_000) };
    if (kind === 'upload') return jti ? { kind, ...facts, nonce: jti } : undefined;
    return poe ? { kind, ...facts, poe } : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
