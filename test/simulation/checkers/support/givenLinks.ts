/**
 * The links that users were given: to whom, for which claim and file, when, and until when they are valid (R6, R9,
 * R12).
 */
import type { ActivityAnswered, MessageTaken } from '../observations.ts';
import { CLOCK_TOLERANCE_MS } from '../observations.ts';
import type { LinkOn } from './cardLinks.ts';
import { linksOn } from './cardLinks.ts';
import { pressIn } from './userRequest.ts';

/** How long a link is valid from when it was made. */
export const GOOD_MS = 3_600_000;
/** Of two clocks each may be wrong, one when a link is made and the other when it is followed. */
const CLOCKS_MS = 2 * CLOCK_TOLERANCE_MS;

export interface GivenLink extends Pick<LinkOn, 'kind' | 'name'> {
  readonly person: string;
  readonly claim: string;
  /** It was made between these two instants. */
  readonly from: number;
  readonly at: number;
}

/** A time in which something was done. */
interface Span {
  readonly from: number;
  readonly at: number;
}

/**
 * Whether a link has surely run out, however the clocks of who made it and who looked at it went, and however long they
 * took.
 */
export function hasRunOut(given: GivenLink, { from, at }: Span): boolean {
  return from > given.at + GOOD_MS + CLOCKS_MS + (given.at - given.from) + (at - from);
}

/** Whether a link is surely good still. */
export function isGood(given: GivenLink, { from, at }: Span): boolean {
  return at < given.from + GOOD_MS - CLOCKS_MS - (given.at - given.from) - (at - from);
}

/** How long a browser may use a link that it has opened. */
const SESSION_MS = { upload: 3_600_000, download: 600_000 } as const;

/** The first time that a browser got what a link is for: when it began to follow it, and when it had it. */
export interface EnteredLink {
  readonly browser: string;
  readonly from: number;
  readonly at: number;
}

/** Whether the session of a browser has surely ended. */
export function hasEnded({ kind }: GivenLink, entered: EnteredLink, { from, at }: Span): boolean {
  return from > entered.at + SESSION_MS[kind] + CLOCKS_MS + (at - from);
}

/** Whether it surely goes on. */
export function isGoingOn({ kind }: GivenLink, entered: EnteredLink, { at }: Span): boolean {
  return at < entered.from + SESSION_MS[kind] - CLOCKS_MS;
}

export function createGivenLinks() {
  const given = new Map<string, GivenLink>();

  return {
    of: (link: string): GivenLink | undefined => given.get(link),
    answered({ asked, at, body }: ActivityAnswered): void {
      const claim = pressIn(asked)?.claim ?? '';
      for (const { url, kind, name } of linksOn(body))
        if (!given.has(url)) given.set(url, { kind, name, person: asked.person, claim, from: asked.at, at });
    },
    /** Every reader of a link may follow it: it is for one person, not for a channel. */
    taken({ card, readers, conversation, messageId }: MessageTaken): readonly string[] {
      return linksOn(card).map(
        ({ kind }) =>
          `message ${messageId} in ${conversation}: a link for one person (${kind}) stands where ${readers.length} read`,
      );
    },
  };
}
