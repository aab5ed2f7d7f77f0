/**
 * Checks that no one did what they may not, and that no action is recorded under the name of a person who did not ask
 * for it (R1–R5, R10–R33, R53).
 */
import type { Step } from '../../domain/claims/model/law.ts';
import { isOfTheDesk, REVIEWER_NOT_REJECTER, sees, stepOf } from '../../domain/claims/model/law.ts';
import type { Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { PLANTED } from './observations.ts';
import { rightsFrom } from './support/decidedFrom.ts';
import type { Viewer } from './support/entitlement.ts';
import { relationOf } from './support/entitlement.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { member, textAt } from './support/looseJson.ts';

/**
 * Whether the law lets a person do what is recorded, on the claim as it was before; a claim that is created is the
 * organisation's that the event names.
 */
function isEntitled(viewer: Viewer, claim: KnownClaim, { type, event }: KnownEntry, { who }: Step): boolean {
  const partner = type === 'ClaimCreated' ? textAt(member(event, 'partner'), 'id') : claim.partner;
  const relation = relationOf(viewer, claim, partner);
  return sees(relation, claim) && who.denial(relation) === undefined;
}

/** A comment is changed by who wrote it (R33). */
function isOwnComment(person: string, { entries }: KnownClaim, { event }: KnownEntry): boolean {
  return entries.some(
    (entry) =>
      entry.type === 'CommentAdded' &&
      entry.by === person &&
      textAt(entry.event, 'commentId') === textAt(event, 'commentId'),
  );
}

export function createRightsChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  const askers = new Set<string>();
  const everAsked = new Set<string>();

  function check(wrote: DocumentWritten, claim: KnownClaim, entry: KnownEntry): readonly string[] {
    if (wrote.by === PLANTED || groundTruth.isUncheckable(claim.id)) return [];
    const what = `${entry.type} of ${claim.id} (version ${entry.version}, written by ${wrote.by})`;
    const step = stepOf(entry.type);
    if (isOfTheDesk(entry.type))
      return entry.side === 'desk' && entry.by === 'desk'
        ? []
        : [`${what} is the desk's own, but stands under the name of ${entry.by} (${entry.side})`];
    if (!step) return [`${what} is nothing that anyone may do`];
    return [
      ...unentitled(wrote, claim, entry, step, what),
      ...misnamed(entry, step, what),
      ...unasked(wrote, entry, what),
    ];
  }

  function unentitled(
    wrote: DocumentWritten,
    claim: KnownClaim,
    entry: KnownEntry,
    step: Step,
    what: string,
  ): readonly string[] {
    const at = (person: string, may: (viewer: Viewer) => boolean): boolean =>
      groundTruth.everBetween(person, rightsFrom(wrote), wrote.at, (rights) => may({ person, rights }));
    const problems: string[] = [];
    const isTheirs =
      (entry.type !== 'CommentEdited' && entry.type !== 'CommentDeleted') || isOwnComment(entry.by, claim, entry);
    if (!isTheirs || !at(entry.by, (viewer) => isEntitled(viewer, claim, entry, step)))
      problems.push(`${what}: ${entry.by} may not, by ${step.rule}`);
    if (entry.type === 'ClaimReassigned') {
      const to = textAt(member(entry.event, 'to'), 'id');
      if (!at(to, (viewer) => REVIEWER_NOT_REJECTER.denial(relationOf(viewer, claim)) === undefined))
        problems.push(`${what}: ${to} may not be the assignee, by R17 and R5`);
    }
    if (entry.type === 'ReviewStarted' && textAt(member(entry.event, 'assignee'), 'id') !== entry.by)
      problems.push(`${what}: the assignee is not who started the review (R16)`);
    if ((entry.type === 'ClaimFollowed' || entry.type === 'ClaimMuted') && textAt(entry.event, 'personId') !== entry.by)
      problems.push(`${what}: for another user than ${entry.by} (R47)`);
    return problems;
  }

  function misnamed(entry: KnownEntry, { who }: Step, what: string): readonly string[] {
    return who.sides.some((side) => side === entry.side)
      ? []
      : [`${what}: the history calls ${entry.by} the side "${entry.side}" (R55)`];
  }

  /** A file comes in by a link, at whichever instance; all else is asked of the very one that writes it. */
  function unasked(wrote: DocumentWritten, entry: KnownEntry, what: string): readonly string[] {
    const didAsk = entry.type === 'PoeAdded' ? everAsked.has(entry.by) : askers.has(`${wrote.by} ${entry.by}`);
    return didAsk ? [] : [`${what}: ${entry.by} did not ask this of ${wrote.by}`];
  }

  return {
    name: 'rights',
    asked({ by, person }) {
      askers.add(`${by} ${person}`);
      everAsked.add(person);
      return [];
    },
    wrote: (wrote) => claims.wrote(wrote, (claim, entry) => check(wrote, claim, entry)),
  };
}
