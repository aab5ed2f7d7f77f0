/** The messenger port: sends cards and messages to Teams. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ConsentBar } from '../../domain/claims/standing.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { Announcement } from './announcement.ts';
import type { Reader } from './reader.ts';
import type { Language } from './system.ts';

/** Where a person or a channel is reached in Teams: the newest of all references seen. */
export interface Address {
  readonly kind: 'personal' | 'channel';
  /** The chat, or the channel without a thread. */
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly botId: string;
  readonly language: Language;
}

/** A message that was sent, so that it can be edited: `conversationId` is the chat or the thread. */
export interface PostedMessage {
  readonly conversationId: string;
  readonly messageId: string;
}

/** The result of sending, sorted by what to do next: nothing, retry, wait for a change, post anew, or give up. */
export type SendResult =
  | { readonly kind: 'delivered'; readonly message: PostedMessage }
  /**
   * Teams is busy or does not respond, or the desk's rate limit is reached; `afterMs`: retry no earlier, where known.
   */
  | { readonly kind: 'tryLater'; readonly reason: string; readonly afterMs?: number }
  /** No one can be reached there until something changes: not installed, blocked, disabled, unknown. */
  | { readonly kind: 'unreachable'; readonly reason: UnreachableReason }
  /** The message or thread to edit no longer exists; a new one may be posted. */
  | { readonly kind: 'gone' }
  /** It can never be delivered. */
  | { readonly kind: 'dead'; readonly reason: string };

/** Why a recipient cannot be reached; remembered with the person or channel until they are seen again. */
export type UnreachableReason =
  | 'notInstalled'
  | 'blocked'
  | 'disabledByAdmin'
  | 'conversationLost'
  | 'neverWrote'
  | 'noReviewChannel'
  | 'nobodyEnrolled'
  /** No member of the partner has a role with which they could act (R45). */
  | 'noMember'
  | ConsentBar;

/**
 * A message to Teams takes no longer than this, with all its waiting, its tries and the pauses between them; in
 * milliseconds.
 */
export const MAX_SEND_MS = 45_000;
/** A message for which no one waits and that is not missed; in milliseconds. */
export const BEST_EFFORT_SEND_MS = 10_000;

/**
 * The claim's card as an audience sees it; one short line about one event; or what replaces a card that moved: with a
 * link to where it is now, or without for those who may not see the claim any more (R6). Or what belongs to no claim.
 */
export type Content =
  | {
      readonly kind: 'card';
      readonly claim: Claim;
      readonly reader: Reader;
      readonly now: Instant;
      /** The name under which the customer's tenant is enrolled; undefined where it is not. */
      readonly enrolledAs: string | undefined;
    }
  | {
      readonly kind: 'line';
      readonly claim: Claim;
      readonly entry: Entry;
      readonly reader: Reader;
      readonly now: Instant;
    }
  | {
      readonly kind: 'moved';
      readonly id: ClaimId;
      readonly to?: { readonly address: Address; readonly message: PostedMessage };
    }
  | { readonly kind: 'announcement'; readonly what: Announcement };

/**
 * Sends to Teams, within MAX_SEND_MS, or BEST_EFFORT_SEND_MS for what is left of a card that moved. Never throws for
 * what Teams answers.
 */
export interface Messenger {
  /** A new message in a chat, or a new thread in a channel. */
  post(to: Address, content: Content): Promise<SendResult>;
  /** Replaces the content of a message. */
  edit(to: Address, message: PostedMessage, content: Content): Promise<SendResult>;
  /** A new message below another: a reply in its thread, or the next message of its chat. */
  reply(to: Address, message: PostedMessage, content: Content): Promise<SendResult>;
}
