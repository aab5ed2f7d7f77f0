/**
 * Checks a claim's history after a stress run: the law and the chain as the simulation's checkers have them, which
 * share no code with the product; that nothing was decided before its time; and that no comment, each of which is said
 * once, is there twice.
 */
import { brokenLinks } from '../simulation/checkers/chain.ts';
import { unlawful } from '../simulation/checkers/law.ts';
import { movesOn } from '../domain/claims/model/law.ts';
import { ClaimState } from '../simulation/checkers/support/claimState.ts';
import type { StoredEntry } from '../simulation/checkers/support/storedClaim.ts';

export type { StoredEntry } from '../simulation/checkers/support/storedClaim.ts';

const DAY = 86_400_000;
/** A change to summer time takes it. */
const HOUR = DAY / 24;
/** What the desk does by itself: how long after the notice that starts its clock was delivered, at the least. */
const NOT_BEFORE: Readonly<Record<string, { readonly clock: string; readonly days: number }>> = {
  ConsentPassed: { clock: 'consent', days: 7 },
  ConsentNotGiven: { clock: 'consent', days: 7 },
  PartnerDidNotRespond: { clock: 'partnerResponse', days: 5 },
  DisputeWindowClosed: { clock: 'disputeWindow', days: 30 },
};

/** Everything that is wrong with a history; empty if it is sound. */
export function violationsOf(entries: readonly StoredEntry[]): readonly string[] {
  return [...unlawfulSteps(entries), ...brokenLinks(entries), ...hasty(entries), ...saidTwice(entries)];
}

function unlawfulSteps(entries: readonly StoredEntry[]): readonly string[] {
  const claim = new ClaimState();
  const done = new Set<string>();
  return entries.flatMap((entry) => {
    const problems = unlawful(entry, claim, done);
    claim.add(entry);
    return problems.map((violation) => `version ${entry.version}: ${violation}`);
  });
}

function hasty(entries: readonly StoredEntry[]): readonly string[] {
  const delivered = new Map<string, number>();
  return entries.flatMap(({ version, event }) => {
    const limit = NOT_BEFORE[event.type];
    const from = limit && delivered.get(limit.clock);
    if (movesOn(event.type)) delivered.clear();
    if (event.type === 'NoticeDelivered' && event.clock !== undefined) delivered.set(event.clock, event.at);
    if (!limit) return [];
    if (from === undefined)
      return [`version ${version}: ${event.type}, but the notice of its clock was not delivered (R45)`];
    return event.at - from < limit.days * DAY - HOUR
      ? [`version ${version}: ${event.type} after ${(event.at - from) / DAY} days`]
      : [];
  });
}

function saidTwice(entries: readonly StoredEntry[]): readonly string[] {
  const said = new Set<string>();
  return entries.flatMap(({ version, event }) => {
    if (event.type !== 'CommentAdded' || event.text === undefined) return [];
    if (said.has(event.text)) return [`version ${version}: the comment ${event.text} for the second time`];
    said.add(event.text);
    return [];
  });
}
