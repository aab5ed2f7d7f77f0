/** The security log: who was refused, who opened and read what, and who changed whose rights. */
import type { ClaimId, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { ChannelLoss } from './announcement.ts';

/**
 * One line of the security log. It has ids and words from small fixed sets, never a name, an address, a text or a
 * token.
 */
export type SecurityEvent =
  /** A person asked for something to which they have no right. */
  | {
      readonly what: 'refused';
      readonly person: PersonId;
      /** What they asked for: a command, a list, a form. */
      readonly asked: string;
      /** The code of the refusal. */
      readonly code: string;
      readonly claim?: ClaimId;
    }
  /** A link to a page or file was opened, or opened nothing; the ids are those in the link, where it still has them. */
  | {
      readonly what: 'linkOpened' | 'linkRefused';
      readonly link: 'upload' | 'download';
      readonly person?: PersonId;
      readonly claim?: ClaimId;
      readonly code?: string;
    }
  /** A document of a claim was read. */
  | { readonly what: 'documentRead'; readonly person: PersonId; readonly claim: ClaimId; readonly poe: PoeId }
  /** A right changed; `right` is its name in the journal of the document. */
  | {
      readonly what: 'rightsChanged';
      /** A person's id, or `directory`, `configuration` or `desk`. */
      readonly by: string;
      readonly kind: 'person' | 'organisation' | 'channel';
      readonly of: string;
      readonly right: string;
    }
  /** Of a channel with a purpose something was said from another tenant than its own, which was not believed. */
  | {
      readonly what: 'foreignTenant';
      readonly purpose: string;
      readonly said: ChannelLoss | 'channelRestored' | 'teamJoined';
      readonly tenant: string;
    }
  /** A request was rejected before anything of it was read. */
  | { readonly what: 'tokenRejected'; readonly code: string };

/** Where the security log is written. Never throws. */
export interface SecurityLog {
  /** Writes one line. */
  record(event: SecurityEvent): void;
}

/** Records nothing. */
export const silentSecurityLog: SecurityLog = { record: () => undefined };
