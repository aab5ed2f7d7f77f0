/**
 * Links as the desk signs them, made at once. The desk's own signer uses Web Cryptography, whose answers come from
 * other threads: virtual time, which moves on as soon as nothing is left to do on this one, does not wait for them.
 */
import { createHmac } from 'node:crypto';
import type { Link, LinkSigner } from '../../src/desk/ports/links.ts';
import type { ClaimId, PersonId, PoeId } from '../../src/domain/claims/values.ts';

interface Payload {
  readonly claim: ClaimId;
  readonly poe?: PoeId;
  readonly sub: PersonId;
  readonly exp: number;
  readonly jti?: string;
}

/** Makes the same tokens as `createLinkSigner`, and reads those. */
export function createImmediateLinkSigner(secret: string): LinkSigner {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = (text: string): string =>
    `${text}.${createHmac('sha256', secret).update(text, 'utf8').digest('base64url')}`;
  const header = (kind: Link['kind']): string => encoded({ alg: 'HS256', typ: `${kind}+jwt` });
  return {
    async sign(link) {
      const own = link.kind === 'download' ? { poe: link.poe } : {};
      const id = link.kind === 'upload' ? { jti: link.nonce } : {};
      const payload: Payload = { claim: link.claim, ...own, sub: link.person, exp: link.until / 1_000, ...id };
      return signed(`${header(link.kind)}.${encoded(payload)}`);
    },
    async verify<Kind extends Link['kind']>(kind: Kind, token: string) {
      const [head = '', body = ''] = token.split('.', 2);
      if (head !== header(kind) || token !== signed(`${head}.${body}`)) return undefined;
      const { claim, poe, sub, exp, jti } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Payload;
      const own = kind === 'upload' ? { nonce: jti } : { poe };
      return { kind, claim, person: sub, until: Math.round(exp * 1_000), ...own } as Extract<Link, { kind: Kind }>;
    },
  };
}
