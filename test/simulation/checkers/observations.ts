/**
 * What a checker is told about a simulated run, and what a checker is. Checkers share no code with the product, and
 * believe nothing of what is stored, sent or answered. All instants are true time, in milliseconds since 1970, also
 * where an instance's own clock is wrong.
 */
import type { Rights } from '../world/personas.ts';

/** The writer of what the simulation itself puts into the store: checkers follow it, and do not check it. */
export const PLANTED = 'planted';
/** The prefix of the files that the simulation puts in, as another database would have left them. */
export const FOREIGN_FILES = 'poe/CPOR-F0RE1G/';
/** How the name of an operator's process begins. */
export const OPERATOR = 'operator';

export type Json = Readonly<Record<string, unknown>>;

/** A document was written, whether or not the writer came to know. `body` is deeply frozen. */
export interface DocumentWritten {
  readonly at: number;
  /**
   * The instance and its incarnation, `desk2#5`; `operator#1` for the operator's own commands, PLANTED for what the
   * simulation itself puts in.
   */
  readonly by: string;
  /** How far the writer's clock is ahead of true time; milliseconds. */
  readonly off: number;
  readonly kind: string;
  readonly id: string;
  readonly before: Json | undefined;
  readonly after: Json;
  readonly keys: readonly { readonly name: string; readonly value: string; readonly sort?: number }[];
  /** When this instance read, for the first time, the version that it replaced. The writer decided after that. */
  readonly readAt: number;
  /** An older state was put back: when that was written. What came after it is not in the store any more. */
  readonly restoredFrom?: number;
}

/** A message took effect in Teams. */
export interface MessageTaken {
  readonly at: number;
  readonly by: string;
  readonly how: 'post' | 'edit';
  /** The chat, or the thread of a channel (`channel;messageid=root`). */
  readonly conversation: string;
  readonly messageId: string;
  /** The ids of all who read there now. */
  readonly readers: readonly string[];
  readonly text?: string;
  readonly card?: Json;
  /** Whether the desk was told so. */
  readonly acknowledged: boolean;
}

/** An activity was delivered to an instance. */
export interface ActivityAsked {
  readonly number: number;
  readonly at: number;
  readonly by: string;
  readonly person: string;
  readonly activity: Json;
  /** The number of the first of which this is a redelivery, with the same activity id or another. */
  readonly again?: number;
  /** Of a press on a claim's card: what it asked for. */
  readonly press?: { readonly verb: string; readonly claim?: string; readonly version?: number };
}

/** The token that goes along with an activity, as it really is. */
export interface ShownToken {
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly exp: number;
  /** Signed by Teams for this bot. */
  readonly isGenuine: boolean;
  /** Whether its key, by the id that it names, is one that Teams has published. */
  readonly isKeyPublished: boolean;
}

/** An activity came to the door of an instance. */
export interface DoorReached {
  readonly at: number;
  readonly by: string;
  /** How far the instance's clock is ahead of true time; milliseconds. */
  readonly off: number;
  readonly token: ShownToken;
}

/** The door let an activity in, or answered with this status. */
export interface DoorAnswered {
  readonly reached: DoorReached;
  readonly at: number;
  readonly off: number;
  readonly outcome: 'admitted' | 401 | 403 | 503;
}

/** An instance began to fetch the keys of Teams, or that ended well or not. */
export interface KeysFetched {
  readonly at: number;
  readonly by: string;
  readonly what: 'begun' | 'got' | 'failed';
}

/** The instance answered. Of an invoke, `body` is what the client gets: `{ statusCode, type, value }`. */
export interface ActivityAnswered {
  readonly asked: ActivityAsked;
  readonly at: number;
  readonly body?: unknown;
  /** An error that was thrown instead of an answer. */
  readonly fault?: unknown;
  /** The door did not let it in, with this status. */
  readonly rejected?: number;
  /** While it was answered this instance logged a fault: what was asked may not have been done. */
  readonly disturbed: boolean;
}

/** A user followed a link to the page of an instance on which proof of execution comes in and goes out. */
export interface LinkFollowed {
  readonly number: number;
  readonly at: number;
  readonly by: string;
  /** For a file; to see what an upload is for; to add a file; to end the upload. */
  readonly how: 'download' | 'look' | 'add' | 'finish';
  /** As it was followed, altered or not. */
  readonly link: string;
  /** Who followed it: not always who was given it. */
  readonly person: string;
  /** The browser that they followed it in; it keeps what it got for a link. */
  readonly browser: string;
  /** It has that already: else it asks for it now. */
  readonly hasSession: boolean;
  /** What they add. */
  readonly file?: SeenFile;
}

/** A file by its name and what is in it. */
export interface SeenFile {
  readonly name: string;
  readonly sha256: string;
}

/** The result of following a link: one of the four. */
export interface LinkAnswered {
  readonly followed: LinkFollowed;
  readonly at: number;
  /** The file that came, to its end. */
  readonly file?: SeenFile;
  /** What the page of an upload says: for which claim, and the names of the files that it has. */
  readonly page?: { readonly claim: string; readonly names: readonly string[] };
  /** Why nothing came, or was taken. */
  readonly problem?: string;
  readonly fault?: unknown;
}

/** A sweep of an instance ended. */
export interface SweepEnded {
  readonly by: string;
  readonly from: number;
  readonly at: number;
  /** By its own clock at its begin, how far ahead of true time. */
  readonly off: number;
  readonly processed: number;
  readonly failed: number;
  /** It broke off. */
  readonly fault?: unknown;
  /** Whether the list of what is due was made to fail, so that any claim may have been left. */
  readonly disturbed: boolean;
  /**
   * Claims that this instance read or wrote meanwhile and was made to fail, or was shown as they were before: these may
   * have been left.
   */
  readonly hit: ReadonlySet<string>;
  /** Meanwhile the instance was told to stop: it left what it had not begun. */
  readonly isStopped: boolean;
}

/** An instance removed a file. */
export interface FileRemoved {
  readonly at: number;
  readonly by: string;
  readonly key: string;
  readonly writtenAt: number;
}

/** An instance was asked whether its database and its files belong together, which is a part of being ready. */
export interface PairAsked {
  readonly at: number;
  readonly by: string;
  readonly isPaired: boolean;
}

/** An instance said a line for its log, or its throttle let one into the log. */
export interface LineLogged {
  readonly at: number;
  readonly by: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly sentence: string;
  readonly fields: object;
}

/** An instance that was told to stop has ended. */
export interface InstanceStopped {
  readonly by: string;
  /** When it was told to. */
  readonly from: number;
  readonly at: number;
  /** Whether it reported that it had ended all work in flight. */
  readonly inTime: boolean;
  /** Shortly before or meanwhile something went wrong that may have held it up. */
  readonly disturbed: boolean;
}

/** A process that is alive. */
export interface LiveInstance {
  readonly by: string;
  /** When the oldest of the sweeps began that it is at. */
  readonly sweepingSince?: number;
}

/** The head of a decision as it was anchored. */
export interface AnchoredHead {
  readonly claim: string;
  readonly version: number;
  readonly hash: string;
  readonly event: string;
  readonly at: number;
  readonly period?: number;
  /** Whether it has a signature of the desk's key that fits; one that was tampered with has none. */
  readonly isSigned: boolean;
}

/** The desk stands still until an operator lets it go on; a standstill that lasts ends never. */
export interface Standstill {
  readonly from: number;
  readonly to: number;
  readonly lost: readonly AnchoredHead[];
  /** The processes that ran when one claim's row was lost; those that start later find it. */
  readonly running?: readonly string[];
}

/** The state of the simulated world that every checker may look at. */
export interface GroundTruth {
  now(): number;
  /** All documents of a kind as they are stored now. */
  documents(
    kind: string,
  ): Iterable<{ readonly id: string; readonly body: Json; readonly keys: DocumentWritten['keys'] }>;
  /** What a user may (`tenantId/objectId`) at an instant; every change of the rights is known with its instant. */
  rightsOf(person: string, at: number): Rights;
  /** Whether a user had these rights at any time between two instants, both included. */
  everBetween(person: string, from: number, to: number, had: (rights: Rights) => boolean): boolean;
  /** The keys of all files as they are stored now. */
  files(): readonly string[];
  /**
   * The policies that an instance may have gone by at any time between two instants: instances get a change one after
   * the other.
   */
  policies(from: number, to: number): readonly string[];
  /**
   * Likewise, the sets of free days (`YYYY-MM-DD`, without weekends) that the calendar of a policy had, the oldest
   * first.
   */
  freeDays(policy: string, from: number, to: number): readonly ReadonlySet<string>[];
  /**
   * Whether checkers have to leave a claim alone: it was planted as poison, is written in a newer schema just now, or
   * its row is lost.
   */
  isUncheckable(claim: string): boolean;
  /** The instances that are alive now. */
  instances(): readonly LiveInstance[];
  /** The heads that are anchored outside the store; empty where the world has no anchors. */
  anchors(): readonly AnchoredHead[];
  /** Since when the document of a claim is not what the desk wrote; undefined where it is. */
  damagedSince(claim: string): number | undefined;
  /**
   * The stretches of time in which the store was in an older state than its anchors, and no operator had looked; and
   * the decisions that the anchors know and the store had lost then.
   */
  standstills(): readonly Standstill[];
  /**
   * The stretches of time in which database and files did not belong together, the oldest first; one that lasts ends
   * never.
   */
  parted(): readonly { readonly from: number; readonly to: number }[];
}

/** A world in which nothing is. */
export const NOTHING: GroundTruth = {
  now: () => 0,
  documents: () => [],
  rightsOf: () => ({ staff: [] }),
  everBetween: () => false,
  files: () => [],
  policies: () => [],
  freeDays: () => [],
  isUncheckable: () => false,
  instances: () => [],
  anchors: () => [],
  damagedSince: () => undefined,
  parted: () => [],
  standstills: () => [],
};

/**
 * One checker. It is told of everything in the order in which it happens, and each call answers the problems that it
 * finds, in words.
 */
export interface Checker {
  readonly name: string;
  wrote?(wrote: DocumentWritten): readonly string[];
  taken?(taken: MessageTaken): readonly string[];
  asked?(asked: ActivityAsked): readonly string[];
  answered?(answered: ActivityAnswered): readonly string[];
  reached?(reached: DoorReached): readonly string[];
  judged?(judged: DoorAnswered): readonly string[];
  keysFetched?(fetched: KeysFetched): readonly string[];
  followed?(followed: LinkFollowed): readonly string[];
  fetched?(fetched: LinkAnswered): readonly string[];
  swept?(swept: SweepEnded): readonly string[];
  removed?(removed: FileRemoved): readonly string[];
  pairAsked?(asked: PairAsked): readonly string[];
  /** Each line that the desk says, whether or not it comes into the log. */
  logged?(logged: LineLogged): readonly string[];
  /** Each line that comes into the log; where it says how many were kept back, `fields` has the number. */
  printed?(printed: LineLogged): readonly string[];
  stopped?(stopped: InstanceStopped): readonly string[];
  /** The run is over: everyone can be reached, nothing fails, and all that is due has had time to be done. */
  ended?(): readonly string[];
}

export type CreateChecker = (groundTruth: GroundTruth) => Checker;

/** The most that a clock may be wrong without the desk noticing (R44 asks for true time; machines have it to this). */
export const CLOCK_TOLERANCE_MS = 31_000;
