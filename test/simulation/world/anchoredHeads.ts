/**
 * Reads what is stored among the anchors, and checks its signatures a second time: with the public key alone, and none
 * of the product's code.
 */
import { createPublicKey, verify } from 'node:crypto';
import type { AnchoredHead } from '../checkers/observations.ts';
import { canonical } from '../checkers/support/canonical.ts';

interface Line extends Omit<AnchoredHead, 'isSigned'> {
  readonly signature?: { readonly algorithm: string; readonly value: string };
}

/** Answers the heads of the lines as they are by then; `publicKey`: 32 bytes in base64. */
export function headsIn(lines: readonly string[], publicKey: string): () => readonly AnchoredHead[] {
  const known = new Map<string, AnchoredHead>();
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const look = (line: string): AnchoredHead => {
    const { signature, ...head } = JSON.parse(line) as Line;
    const text = Buffer.from(`cpor-anchor\n${canonical(head)}`);
    const isSigned =
      signature?.algorithm === 'Ed25519' && verify(null, text, key, Buffer.from(signature.value, 'base64'));
    return { ...head, isSigned };
  };
  return () =>
    lines.map((line) => {
      const head = known.get(line) ?? look(line);
      known.set(line, head);
      return head;
    });
}
