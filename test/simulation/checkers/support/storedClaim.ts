/** The document of a claim as it is stored: the fields that the document checkers read. None of it is believed. */
import type { Json } from '../observations.ts';

export const CLOCKS = [
  'reviewStart',
  'reviewDecision',
  'overallDecision',
  'partnerResponse',
  'consent',
  'disputeWindow',
  'disputeDecision',
] as const;
export type ClockName = (typeof CLOCKS)[number];

/** Instants in milliseconds since 1970. */
export interface StoredClock {
  readonly state: string;
  readonly policy: string;
  readonly startedAt: number;
  readonly dueAt?: number;
  readonly reminders: readonly number[];
  readonly level: number;
  readonly nextAt?: number;
  readonly remaining?: number;
}

export interface StoredEvent {
  readonly type: string;
  readonly at: number;
  readonly by: { readonly side: string; readonly id: string; readonly name: string };
  readonly clocks?: Readonly<Partial<Record<ClockName, StoredClock | null>>>;
  readonly id?: string;
  readonly partner?: { readonly id: string };
  readonly filedBy?: { readonly id: string };
  readonly fields?: Json;
  readonly changes?: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
  readonly poe?: { readonly id: string; readonly sha256: string; readonly scan?: string };
  readonly verdict?: string;
  readonly poeId?: string;
  readonly assignee?: { readonly id: string };
  /** Of a reassignment, people; of an edited comment, texts. */
  readonly from?: { readonly id: string } | string;
  readonly to?: { readonly id: string } | string;
  readonly reason?: string;
  readonly reasons?: readonly string[];
  readonly comment?: string;
  readonly justification?: string;
  readonly record?: Json;
  readonly commentId?: string;
  readonly text?: string;
  readonly message?: string;
  readonly clock?: ClockName;
  readonly dueAt?: number;
  readonly daysLeft?: number;
  readonly level?: number;
  readonly personId?: string;
  readonly programme?: string;
  readonly eligible?: boolean;
  /** Of a restore: what the claim lacks. */
  readonly lost?: readonly { readonly version: number; readonly type: string; readonly at: number }[];
  readonly number?: string;
  readonly oldHead?: string;
}

export interface StoredEntry {
  readonly version: number;
  /** By the clock of who wrote it. */
  readonly recordedAt: number;
  readonly press?: string;
  readonly salts?: Readonly<Record<string, string>>;
  readonly erased?: Readonly<Record<string, string>>;
  readonly previous: string;
  readonly hash: string;
  readonly event: StoredEvent;
}

export interface StoredNotice {
  readonly id: string;
  readonly audience: string;
  readonly version: number;
  readonly event: string;
  readonly line: boolean;
  readonly starts?: ClockName;
  readonly attempts: number;
  readonly nextAt?: number;
  readonly waitsFor?: string;
  readonly reason?: string;
  readonly reached: readonly string[];
}

export interface StoredTold {
  readonly id: string;
  readonly at: number;
  readonly outcome: string;
  readonly reason?: string;
}

export interface StoredHome {
  readonly conversationId: string;
  readonly messageId: string;
  readonly place: string;
  readonly person?: string;
}

export interface StoredClaim {
  readonly schema: number;
  readonly entries: readonly StoredEntry[];
  readonly outbox: readonly StoredNotice[];
  readonly told: readonly StoredTold[];
  readonly homes: Readonly<Record<string, StoredHome>>;
  readonly lease?: { readonly by: string; readonly until: number };
  readonly head?: { readonly version: number; readonly keyId: string; readonly mac: string };
}

/** The body of a claim's document. A claim that cannot be read like this is uncheckable, and no checker goes by it. */
export function asClaim(body: Json): StoredClaim {
  return body as unknown as StoredClaim;
}
