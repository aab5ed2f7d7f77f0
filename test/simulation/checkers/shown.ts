/**
 * Checks that what a card shows is true: no version that does not exist, none that goes back, no button that leads
 * nowhere (R47, R52, R57).
 */
import { STALE_MS } from '../world/storeClient.ts';
import type { Checker, MessageTaken, GroundTruth } from './observations.ts';
import type { CardSide } from './support/allowedButtons.ts';
import { isButtonAllowed, SIDES } from './support/allowedButtons.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { member, objectsAt, textAt } from './support/looseJson.ts';
import { pressIn } from './support/userRequest.ts';
import type { ShownButton } from './support/cardContent.ts';
import { buttonsIn } from './support/cardContent.ts';

const BOTH: readonly CardSide[] = ['partner', 'review'];
/**
 * Who gets a line for what happened, and so a card even where theirs was deleted (R47): all for what changes the
 * status, the two that work on it for the rest, but for who did it. A card that is only edited is not asked for: it may
 * be no more.
 */
const TOLD: Readonly<Record<string, readonly CardSide[]>> = {
  ClaimSubmitted: BOTH,
  ReviewStarted: BOTH,
  InformationRequested: BOTH,
  ClaimResubmitted: BOTH,
  ClaimReassigned: ['review'],
  ClaimApproved: SIDES,
  ClaimRejected: SIDES,
  RejectionRequested: SIDES,
  PartnerDidNotRespond: SIDES,
  ConsentDenied: SIDES,
  ConsentAgreed: SIDES,
  ConsentNotGiven: SIDES,
  ObjectionRecorded: ['review'],
  ObjectionWithdrawn: ['review'],
  ConsentPassed: SIDES,
  DisputeOpened: SIDES,
  DisputeUpheld: SIDES,
  DisputeOverturned: SIDES,
  DisputeWindowClosed: SIDES,
  FieldsEdited: ['review'],
  PoeAdded: ['review'],
  AssessmentReported: BOTH,
  AssessmentCorrected: BOTH,
  LateDenialRecorded: ['review'],
  NoticeUndeliverable: ['review'],
  ClockSuspended: ['review'],
};

/** A claim's card as a message shows it. */
interface ClaimState {
  readonly version: number;
  readonly buttons: readonly ShownButton[];
}

export function createShownChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  /** The version of a claim that every reader knew when an activity was brought, by the activity's number. */
  const whenAsked = new Map<number, number>();
  /** When each version of a claim was written, the first one first. */
  const grew = new Map<string, number[]>();
  const messages = new Map<string, Map<string, ClaimState>>();

  function checkButtons(buttons: readonly ShownButton[], what: string): readonly string[] {
    return buttons.flatMap(({ verb, claim: id, version }) => {
      const claim = claims.get(id);
      if (version === undefined || groundTruth.isUncheckable(id)) return [];
      if (!claim || version > claim.version)
        return [`${what}: shows version ${version} of ${id}, of which ${claim?.version ?? 'none'} is stored`];
      const stage = claim.stages[version - 1];
      return stage && !isButtonAllowed(verb, stage)
        ? [`${what}: the button "${verb}" on version ${version} of ${id}, which was ${stage} then`]
        : [];
    });
  }

  function remember(taken: MessageTaken, buttons: readonly ShownButton[], what: string): readonly string[] {
    const key = keyOf(taken.conversation, taken.messageId);
    const before = messages.get(key);
    const now = claimStateOf(buttons);
    messages.set(key, now);
    return [...now].flatMap(([id, { version }]) => {
      const old = before?.get(id);
      return old && version < old.version && !groundTruth.isUncheckable(id)
        ? [`${what}: ${id} goes back from version ${old.version} to ${version}`]
        : [];
    });
  }

  /** Every home's card shows the newest that concerns it, with nothing to press that leads nowhere. */
  function atTheEnd(claim: KnownClaim): readonly string[] {
    if (groundTruth.isUncheckable(claim.id) || claim.stage === 'Discarded') return [];
    return SIDES.flatMap((side) => {
      const home = member(member(claim.body, 'homes'), side);
      if (home === undefined || isWaiting(claim, side)) return [];
      const newest = claim.entries.findLast((entry) => concerns(entry, side, claim));
      if (newest && isLost(claim, newest, side)) return [];
      const wanted = newest?.version ?? 0;
      const what = `the card of ${claim.id} for the ${side} side (${textAt(home, 'messageId')} in ${textAt(home, 'conversationId')})`;
      const standing = messages.get(keyOf(textAt(home, 'conversationId'), textAt(home, 'messageId')))?.get(claim.id);
      if (!standing) return wanted > 1 ? [`${what} is not there, or shows nothing of it`] : [];
      const old =
        standing.version < wanted
          ? [
              `${what} shows version ${standing.version}, but version ${wanted} concerns it (${claim.entries[wanted - 1]?.type ?? ''})`,
            ]
          : [];
      const wrong = standing.buttons
        .filter(({ verb }) => !isButtonAllowed(verb, claim.stage, [side]))
        .map(({ verb }) => `${what} has the button "${verb}", but it is ${claim.stage}`);
      return [...old, ...wrong];
    });
  }

  return {
    name: 'shown',
    asked(asked) {
      const id = pressIn(asked)?.claim;
      const times = id === undefined ? undefined : grew.get(id);
      if (times) whenAsked.set(asked.number, times.filter((at) => at <= asked.at - STALE_MS).length);
      return [];
    },
    wrote: (wrote) =>
      claims.wrote(wrote, ({ id }) => {
        grew.set(id, [...(grew.get(id) ?? []), wrote.at]);
        return [];
      }),
    taken(taken) {
      if (taken.card === undefined) return [];
      const what = `${taken.how} of ${taken.messageId} in ${taken.conversation} by ${taken.by}`;
      const buttons = buttonsIn(taken.card);
      return [...checkButtons(buttons, what), ...remember(taken, buttons, what)];
    },
    answered({ asked, body }) {
      const least = whenAsked.get(asked.number);
      whenAsked.delete(asked.number);
      if (body === undefined) return [];
      const what = `answer ${asked.number} to ${asked.person} by ${asked.by}`;
      const buttons = buttonsIn(body);
      const id = pressIn(asked)?.claim;
      const old =
        least === undefined
          ? undefined
          : buttons.find(({ claim, version }) => claim === id && version !== undefined && version < least);
      return [
        ...checkButtons(buttons, what),
        ...(old && !groundTruth.isUncheckable(old.claim)
          ? [
              `${what}: shows version ${old.version ?? 0} of ${old.claim}, which everyone knew in version ${least ?? 0} when it was asked`,
            ]
          : []),
      ];
    },
    ended: () => [...claims.all()].flatMap(atTheEnd),
  };
}

function keyOf(conversation: string, messageId: string): string {
  return `${conversation} ${messageId}`;
}

function claimStateOf(buttons: readonly ShownButton[]): Map<string, ClaimState> {
  const found = new Map<string, { version: number; buttons: ShownButton[] }>();
  for (const button of buttons) {
    if (button.version === undefined) continue;
    const known = found.get(button.claim) ?? { version: button.version, buttons: [] };
    known.version = Math.min(known.version, button.version);
    known.buttons.push(button);
    found.set(button.claim, known);
  }
  return found;
}

/** Something for this side is still on its way, or waits for a user who is not there. */
function isWaiting({ body }: KnownClaim, side: CardSide): boolean {
  return objectsAt(body, 'outbox').some((notice) => textAt(notice, 'audience') === side);
}

/** Teams would not take it, whatever was tried. */
function isLost({ body }: KnownClaim, { version }: KnownEntry, side: CardSide): boolean {
  return objectsAt(body, 'told').some(
    (told) => textAt(told, 'id') === `${version}:${side}` && textAt(told, 'outcome') !== 'delivered',
  );
}

function concerns({ type, version, side: doer }: KnownEntry, side: CardSide, claim: KnownClaim): boolean {
  const isTold = type === 'CommentAdded' ? BOTH.includes(side) && doer !== side : (TOLD[type] ?? []).includes(side);
  if (!isTold) return false;
  const since = { partner: 'ClaimCreated', review: 'ClaimSubmitted', customer: 'ClaimApproved' }[side];
  const from =
    claim.entries.find((entry) => entry.type === since || (side === 'customer' && entry.type === 'DisputeOverturned'))
      ?.version ?? Infinity;
  return version >= from;
}
