/** Links and sessions that only the desk can make and read: AES-256-GCM, in base64url. */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { ClaimId, PersonId, PoeId } from '../domain/claims/values.ts';
import type { LinkSealer, Sealed } from '../desk/ports/links.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** A longer text is none of the desk's; it is not even decoded. */
const MAX_LENGTH = 1_000;

/** `secret` is the key that the links of all instances are sealed with; other uses of it cannot make one. */
export function createLinkSealer(secret: string): LinkSealer {
  const keyFor = (use: string): Buffer => createHmac('sha256', secret).update(`links/${use}`).digest();
  const key = keyFor('cipher');
  const ivKey = keyFor('iv');

  /**
   * The IV is a code over the whole text, so two texts never share one, and the same text is always sealed alike. What
   * a text is for is authenticated with it: no link passes as another kind, or as a session.
   */
  function sealText(kind: string, text: string): string {
    const iv = createHmac('sha256', ivKey).update(`${kind}\0${text}`, 'utf8').digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(kind));
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  function unsealText(kind: string, sealed: string): string | undefined {
    if (sealed.length > MAX_LENGTH) return undefined;
    const bytes = Buffer.from(sealed, 'base64url');
    // The decoder is lenient: only the one spelling that the desk itself writes is a link.
    if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(kind))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  return {
    seal: async (sealed) => sealText(sealed.kind, JSON.stringify(wordsOf(sealed))),
    async unseal<Kind extends Sealed['kind']>(kind: Kind, text: string) {
      const words = unsealText(kind, text);
      const sealed = words === undefined ? undefined : readWords(kind, JSON.parse(words) as SealedWords);
      return sealed as Extract<Sealed, { readonly kind: Kind }> | undefined;
    },
  };
}

/** A list rather than an object, because forty links have to fit on a card. */
type SealedWords = readonly [nonce: string, until: number, claim?: string, person?: string, poe?: string];

function wordsOf(sealed: Sealed): SealedWords {
  if (sealed.kind === 'session') return [sealed.nonce, sealed.until];
  const words = [sealed.nonce, sealed.until, sealed.claim, sealed.person] as const;
  return sealed.kind === 'download' ? [...words, sealed.poe] : words;
}

function readWords(kind: Sealed['kind'], [nonce, until, claim, person, poe]: SealedWords): Sealed | undefined {
  if (kind === 'session') return { kind, nonce, until };
  if (claim === undefined || person === undefined) return undefined;
  const facts = { nonce, until, claim: claim as ClaimId, person: person as PersonId };
  if (kind === 'upload') return { kind, ...facts };
  return poe === undefined ? undefined : { kind, ...facts, poe: poe as PoeId };
}
