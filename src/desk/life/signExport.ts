/** Signs what is exported, so that an outsider can check it offline with src/tools/verifyExport.mjs (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Signature, Signer, SigningKey } from '../ports/signer.ts';

/** An export with the desk's public keys, and the signature over all of that. */
export type Signed<Document> = Document & {
  readonly keys: readonly SigningKey[];
  readonly signature: Signature;
};

/**
 * Signs an export with the key of the instant at which it was made. The signature covers the canonical JSON of all but
 * itself, after a word that says what is signed, so that a signature of anything else cannot pass for one.
 */
export function signExport<Document extends { readonly exportedAt: Instant }>(
  { signer }: { readonly signer: Signer },
  document: Document,
): Signed<Document> {
  const unsigned = { ...document, keys: signer.keys() };
  // As it will be read: what JSON leaves out or changes is not signed otherwise.
  const text = canonical(JSON.parse(JSON.stringify(unsigned)));
  return { ...unsigned, signature: signer.sign(`cpor-export\n${text}`, document.exportedAt) };
}
