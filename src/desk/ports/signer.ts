/** The signer port: what leaves the desk is signed, so that outsiders can tell it from what was changed later (R55). */
import type { Instant } from '../../domain/calendar/calendar.ts';

/** A public key, and the period in which the desk signs with it. */
export interface SigningKey {
  /** Derived from the key. */
  readonly id: string;
  /** The 32 bytes of an Ed25519 public key in base64. */
  readonly publicKey: string;
  readonly from: Instant;
  /** The first instant at which it signs no more; absent for the newest key. */
  readonly until?: Instant;
}

/** A signature, and the key that checks it. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  readonly keyId: string;
  /** 64 bytes in base64. */
  readonly value: string;
}

/** What checking a signature finds. `unknownKey`: the desk does not have the key that it names. */
export type SignatureCheck = 'sound' | 'forged' | 'unknownKey';

/** Signs with the key of the day. The private keys never leave it. */
export interface Signer {
  /** All keys, the newest first: with an old one, what it signed can be checked for as long as it is listed. */
  keys(): readonly SigningKey[];
  /** Signs the text's UTF-8 bytes with the key whose period has the instant. Throws where that is before every key. */
  sign(text: string, at: Instant): Signature;
  /** Whether one of the keys signed the text, for something of that instant: a key signs nothing of after its end. */
  check(text: string, signature: Signature, at: Instant): SignatureCheck;
}
