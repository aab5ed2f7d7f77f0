/** Checks that every event changes the clocks as R35–R46 say, and in no other way. */
import type { Checker, GroundTruth } from './observations.ts';
import { canonical } from './support/canonical.ts';
import type { Turn } from './support/claimWrites.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { Book } from './support/clockModel.ts';
import { changed, changesBy } from './support/clockModel.ts';
import type { Day } from './support/days.ts';
import { countDays, daysIn, worksBut } from './support/days.ts';
import type { StoredClock } from './support/storedClaim.ts';
import { clockLengthsOf } from './support/clockLengths.ts';

/**
 * The overall clock of a claim: the business days that were used up before it ran last, and since which day it runs.
 */
interface Overall {
  spent: number;
  since?: Day;
  length?: number;
}

export function createClocksChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites<Overall>(groundTruth, () => ({ spent: 0 }));

  /**
   * A policy with the calendar that it had between two instants; while an edit of it is brought to the instances, with
   * both.
   */
  function books(version: string, from: number, to: number): readonly Book[] {
    const clockLengths = clockLengthsOf(version);
    return clockLengths ? groundTruth.freeDays(version, from, to).map((free) => ({ version, clockLengths, free })) : [];
  }

  /**
   * What counts are the rules of the instant of the write: also what fell due long before starts its clocks by these.
   */
  function misset({ wrote: { at }, entry: { event }, claim }: Turn<unknown>): readonly string[] {
    const stored = event.clocks ?? {};
    const changes = changesBy(event, claim);
    const names = new Set(changes.map(({ clock }) => clock));
    const problems = Object.keys(stored)
      .filter((name) => !names.has(name as never))
      .map((name) => `${event.type} touches the clock ${name}`);
    const policies = new Set<string>();
    for (const change of changes) {
      const before = claim.clocks.get(change.clock);
      const after = stored[change.clock];
      if (change.does === 'start' && after) policies.add(after.policy);
      const version = change.does === 'start' ? after?.policy : before?.policy;
      const allowed = new Set(
        books(version ?? '', at, at).map((book) => said(changed(change, before, event.at, book))),
      );
      if (!allowed.has(said(after)))
        problems.push(
          `${event.type} must ${change.does} ${change.clock}: ${said(after)} instead of ${[...allowed].join(' or ')}`,
        );
    }
    const [other] = [...policies].filter((policy) => !groundTruth.policies(at, at).includes(policy));
    if (other !== undefined)
      problems.push(`${event.type} starts clocks by the policy ${other}, which is not in force (R42)`);
    if (policies.size > 1) problems.push(`${event.type} starts clocks by two policies (R42)`);
    return problems;
  }

  /** R37, R46: whatever else a pause does, the partner's time takes nothing from the ten days. */
  function eaten({ wrote: { at }, entry: { event }, own }: Turn<Overall>): readonly string[] {
    const clock = event.clocks?.overallDecision;
    const [book, edited] = books(clock?.policy ?? '', -Infinity, at);
    if (!clock || !book || edited) return [];
    const days = daysIn(book.clockLengths.zone);
    const day = days.of(event.at);
    if (event.type === 'ClaimSubmitted')
      Object.assign(own, { spent: 0, since: day, length: book.clockLengths.clocks.overallDecision.length });
    if (event.type === 'ClaimResubmitted') own.since = day;
    if (event.type !== 'InformationRequested' || own.since === undefined || own.length === undefined || clock.level > 0)
      return [];
    own.spent += countDays(own.since, day, worksBut(book.free));
    const left = clock.remaining ?? 0;
    return own.spent + left >= own.length
      ? []
      : [`${own.spent} business days are spent and ${left} are left of ${own.length} (R46)`];
  }

  return {
    name: 'clocks',
    wrote: (wrote) => claims.wrote(wrote, { before: (turn) => [...misset(turn), ...eaten(turn)] }),
  };
}

function said(clock: StoredClock | null | undefined): string {
  return clock ? canonical(clock) : clock === null ? 'ended' : 'nothing';
}
