/**
 * A claim of which an older state was restored: what it lost is recorded, the clocks that would decide against someone
 * wait for a new notice, and a denial that was lost is taken again. An operator lets this happen, and no one in Teams.
 */
import type { Instant } from '../calendar/calendar.ts';
import type { Claim } from './claim.ts';
import type { Happenings } from './dueClocks.ts';
import { withEvent } from './dueClocks.ts';
import type { LostDecision } from './events.ts';
import type { Programme } from './policy.ts';

/**
 * Records what the claim has lost, each decision once. Nothing that is due fires before that: the claim lacks what
 * people have done since.
 */
export function recordRestore(
  claim: Claim,
  lost: readonly LostDecision[],
  at: Instant,
  programme: Programme,
): Happenings {
  const news = unrecorded(claim.lost, lost);
  const nothing: Happenings = { events: [], notices: [], claim };
  if (news.length === 0) return nothing;
  return withEvent(
    nothing,
    { type: 'StateRestored', at, by: { side: 'desk', id: 'desk', name: '' }, lost: news },
    programme,
  );
}

/**
 * Takes the denials again that the claim has lost: the newest of the consent that is open, as of when it was given, in
 * its customer's name and without its words (R24). No one denies by an anchor that the desk did not sign, and none is
 * taken again to which the customer has agreed since (R59).
 */
export function replayDenial(claim: Claim, programme: Programme): Happenings {
  const nothing: Happenings = { events: [], notices: [], claim };
  if (claim.status !== 'Approved' || claim.consent.state !== 'open') return nothing;
  const { openedAt, agreed } = claim.consent;
  if (agreed) return nothing;
  const denial = claim.lost.findLast(
    ({ type, at, unsigned }) => type === 'ConsentDenied' && at >= openedAt && unsigned === undefined,
  );
  if (!denial || denial.by === 'desk') return nothing;
  return withEvent(
    nothing,
    {
      type: 'ConsentDenied',
      at: denial.at,
      by: { side: 'customer', id: denial.by, name: '' },
      reason: '',
    },
    programme,
  );
}

/** Those that are not recorded yet. */
export function unrecorded(known: readonly LostDecision[], lost: readonly LostDecision[]): readonly LostDecision[] {
  return lost.filter((one) => !known.some((other) => isSame(one, other)));
}

function isSame(one: LostDecision, other: LostDecision): boolean {
  return one.version === other.version && one.type === other.type && one.at === other.at && one.by === other.by;
}
