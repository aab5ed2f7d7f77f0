/** What the desk asks of the world. Documents and files have ports of their own. */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim, ClaimId } from '../claims/claim.ts';
import type { Rules } from '../claims/decision.ts';
import type { Entry } from '../claims/history.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import type { Inspection } from './intake.ts';
import type { Reader } from './view.ts';

export type Language = 'en' | 'ru' | 'tr';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): Instant;
}

/** Chance and digests. */
export interface Ids {
  /** A new id of 128 random bits, safe in a URL and in a file key. */
  randomId(): string;
  randomBytes(length: number): Uint8Array;
  /** Hexadecimal. */
  sha256(text: string): string;
  /** Signs with the desk's own secret; base64url. */
  sign(text: string): string;
}

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

export type Sent =
  | { readonly kind: 'delivered'; readonly message: PostedMessage }
  /** Teams is busy or silent, or the desk has too much to say; `afterMs` where it is known when to come again. */
  | { readonly kind: 'tryLater'; readonly reason: string; readonly afterMs?: number }
  /** Nobody can be reached there until something changes: not installed, blocked, disabled, unknown. */
  | { readonly kind: 'unreachable'; readonly reason: UnreachableReason }
  /** The message or thread to edit is no more; a new one may be posted. */
  | { readonly kind: 'gone' }
  /** It can never be delivered. */
  | { readonly kind: 'dead'; readonly reason: string };

export type UnreachableReason =
  | 'notInstalled'
  | 'blocked'
  | 'disabledByAdmin'
  | 'conversationLost'
  | 'contactUnknown'
  | 'neverWrote'
  | 'noReviewChannel'
  | 'nobodyEnrolled';

/** A message to Teams takes no longer than this, with all its waiting, its tries and the pauses between them; in milliseconds. */
export const LONGEST_SEND_MS = 45_000;
/** One that nobody waits for and that is not missed. */
export const SHORT_SEND_MS = 10_000;

/**
 * The claim's card as an audience sees it; one short line about one event; or what is left where the card lay before: with
 * the way to where it lies now, or without for those who may not see the claim any more (R6).
 */
export type Content =
  | { readonly kind: 'card'; readonly claim: Claim; readonly reader: Reader; readonly now: Instant }
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
    };

/** Sends to Teams, within LONGEST_SEND_MS, or SHORT_SEND_MS for what is left of a card that moved. Never throws for what Teams answers. */
export interface Messenger {
  /** A new message in a chat, or a new thread in a channel. */
  post(to: Address, content: Content): Promise<Sent>;
  /** Replaces the content of a message. */
  edit(to: Address, message: PostedMessage, content: Content): Promise<Sent>;
  /** A new message below another: a reply in its thread, or the next message of its chat. */
  reply(to: Address, message: PostedMessage, content: Content): Promise<Sent>;
}

export interface Log {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}

/**
 * What is counted and timed while the desk runs. Labels are words from small fixed sets, never an id or a text of somebody's;
 * times are in seconds. Never throws.
 */
export interface Meters {
  /** So many turns are in hand now. */
  inHand(turns: number): void;
  /** A turn was answered: the kind of activity, what came of it, and how long the answer took. */
  turn(kind: string, outcome: string, seconds: number): void;
  /** Teams was asked to take a message, and what it said; or it was not asked, because it is known that nobody is reached. */
  delivery(outcome: Sent['kind'], reason?: string): void;
  /** One message was tried again. */
  retry(reason: string): void;
  /** A write came too late: somebody else had written the document. */
  conflict(): void;
  /** One call of the store. */
  store(operation: string, outcome: 'done' | 'conflict' | 'fault', seconds: number): void;
  /** What a sweep under way has found due so far, how long the oldest was due, and how old the oldest notice is: with much to do it takes long. */
  behind(due: number, oldestDueSeconds: number, oldestNoticeSeconds: number): void;
  /** What a sweep found due, how many claims of it could not be woken, how long the oldest was due, and how old the oldest notice was that it found still to be brought. */
  swept(due: number, failed: number, oldestDueSeconds: number, oldestNoticeSeconds: number): void;
}

/** Where nobody looks. */
export const silentMeters: Meters = {
  inHand: () => undefined,
  turn: () => undefined,
  delivery: () => undefined,
  retry: () => undefined,
  conflict: () => undefined,
  store: () => undefined,
  behind: () => undefined,
  swept: () => undefined,
};

/** All that the use cases are built from. */
export interface World {
  readonly documents: Documents;
  readonly files: Files;
  readonly inspect: Inspection;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: Rules;
  readonly log: Log;
  readonly meters: Meters;
  /** Waits for so many milliseconds of real time. */
  pause(ms: number): Promise<void>;
  readonly settings: {
    /** `tenantId/objectId` of the operators by configuration (R4). */
    readonly operators: readonly string[];
    readonly defaultLanguage: Language;
    readonly linkMinutes: number;
    readonly maxPoeBytes: number;
    readonly publicUrl: string;
  };
}
