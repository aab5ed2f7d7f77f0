/** The link port: signs and verifies links to files. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';

/** Lets its bearer add proof of execution to one claim, in one person's name (R9, R12). */
export interface UploadLink {
  readonly kind: 'upload';
  readonly claim: ClaimId;
  readonly person: PersonId;
  /** When the link expires: from this instant on it opens nothing. */
  readonly until: Instant;
  /** Identifies the link, so that it can be recorded as used. */
  readonly nonce: string;
}

/** Lets its bearer download one file of a claim, with one person's rights (R6). */
export interface DownloadLink {
  readonly kind: 'download';
  readonly claim: ClaimId;
  readonly person: PersonId;
  /** When the link expires: from this instant on it opens nothing. */
  readonly until: Instant;
  readonly poe: PoeId;
}

/** What a link may be for. */
export type Link = UploadLink | DownloadLink;

/** Signs what a link is for, so that only the desk can make one. Deterministic: uses no time and no randomness. */
export interface LinkSigner {
  /** A text that is safe in a URL and at most 1,000 characters long. */
  sign(link: Link): Promise<string>;
  /**
   * The link in a text of unknown origin; undefined unless this desk signed it for this kind of use. Does not check
   * expiry: an expired link verifies too, because the desk decides by its own clock. Before it acts on a link the
   * caller must compare `until` with the present and check the person's rights.
   */
  verify<Kind extends Link['kind']>(kind: Kind, token: string): Promise<Extract<Link, { kind: Kind }> | undefined>;
}
