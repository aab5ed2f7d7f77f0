/** The link port: seals links to files, and what their readers get for them, and reads both. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';

/** What every link says. */
interface LinkFacts {
  readonly claim: ClaimId;
  readonly person: PersonId;
  /** When the link expires: from this instant on it cannot be exchanged. */
  readonly until: Instant;
  /** Identifies the link, so that it can be recorded as used. */
  readonly nonce: string;
}

/** Lets one person add proof of execution to one claim (R9, R12). */
export interface UploadLink extends LinkFacts {
  readonly kind: 'upload';
}

/** Lets one person read one file of a claim (R6). */
export interface DownloadLink extends LinkFacts {
  readonly kind: 'download';
  readonly poe: PoeId;
}

/** What a link may be for. */
export type Link = UploadLink | DownloadLink;

/** What a browser got for a link: it may use that link, and no other, until the session ends. */
export interface LinkSession {
  readonly kind: 'session';
  /** The nonce of the link. */
  readonly nonce: string;
  /** When the session ends. */
  readonly until: Instant;
}

/** What can be sealed. */
export type Sealed = Link | LinkSession;

/**
 * Seals what a link is for, so that only the desk can make one or read it. Deterministic: uses no time and no random
 * values.
 */
export interface LinkSealer {
  /** A text that is safe in a URL and in a cookie, at most 330 characters long, and tells its bearer nothing. */
  seal(sealed: Sealed): Promise<string>;
  /**
   * What is sealed in a text of unknown origin; undefined unless this desk sealed it for this kind of use. Does not
   * check expiry: an expired link is read too, because the desk decides by its own clock. Before it acts on a link the
   * caller must compare `until` with the present and check the person's rights.
   */
  unseal<Kind extends Sealed['kind']>(
    kind: Kind,
    text: string,
  ): Promise<Extract<Sealed, { readonly kind: Kind }> | undefined>;
}
