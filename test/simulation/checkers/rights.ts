/** Checks that no one did what they may not, and that no action is recorded under the name of a person who did not ask for it (R1–R5, R10–R33, R53). */
import type { Checker, GroundTruth, DocumentWritten } from './observations.ts';
import { PLANTED } from './observations.ts';
import { decidedFrom } from './support/decidedFrom.ts';
import type { Viewer } from './support/entitlement.ts';
import {
  isContact,
  isInsider,
  isPartner,
  isReviewer,
  isMember,
  isLead,
  isOfAParty,
  mayDecide,
  mayDecideDispute,
  mayReview,
} from './support/entitlement.ts';
import type { KnownClaim, KnownEntry } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { member, textAt } from './support/looseJson.ts';

type May = (viewer: Viewer, claim: KnownClaim, entry: KnownEntry) => boolean;

/** The claim as it was before is not there yet when it is created: R10 looks at the event. */
const filesForOwn: May = (viewer, claim, { event }) =>
  isPartner(viewer, { ...claim, partner: textAt(member(event, 'partner'), 'id') });
const saidIt: May = (viewer, claim, { event }) =>
  claim.entries.some(
    (entry) =>
      entry.type === 'CommentAdded' &&
      entry.by === viewer.person &&
      textAt(entry.event, 'commentId') === textAt(event, 'commentId'),
  );
const discusses: May = (viewer, claim) => isPartner(viewer, claim) || (isReviewer(viewer) && !isMember(viewer, claim));
const follows: May = (viewer, claim) => isInsider(viewer, claim);
const reports: May = (viewer, claim) =>
  (isLead(viewer) || viewer.rights.staff.includes('assessor')) && !isOfAParty(viewer, claim);

interface Row {
  readonly rule: string;
  readonly may: May;
  /** The side that the history has to name. */
  readonly side?: string;
}
const partner = (rule: string): Row => ({ rule, may: isPartner, side: 'partner' });

/** Who may do what a person does. */
const BY_PERSON: Readonly<Record<string, Row>> = {
  ClaimCreated: { rule: 'R10', may: filesForOwn, side: 'partner' },
  FieldsEdited: partner('R11'),
  PoeAdded: partner('R12'),
  PoeRemoved: partner('R13'),
  DraftDiscarded: partner('R14'),
  ClaimSubmitted: partner('R15'),
  ClaimResubmitted: partner('R19'),
  RejectionRequested: partner('R22'),
  DisputeOpened: partner('R26'),
  ReviewStarted: { rule: 'R16', may: mayReview, side: 'review' },
  ClaimReassigned: { rule: 'R17', may: mayDecide, side: 'review' },
  InformationRequested: { rule: 'R18', may: mayDecide, side: 'review' },
  ClaimApproved: { rule: 'R20', may: mayDecide, side: 'review' },
  ClaimRejected: { rule: 'R21', may: mayDecide, side: 'review' },
  ConsentDenied: { rule: 'R24', may: (viewer, claim) => isContact(viewer, claim), side: 'customer' },
  LateDenialRecorded: { rule: 'R51', may: (viewer, claim) => isContact(viewer, claim), side: 'customer' },
  DisputeUpheld: { rule: 'R27', may: mayDecideDispute, side: 'review' },
  DisputeOverturned: { rule: 'R28', may: mayDecideDispute, side: 'review' },
  AssessmentReported: { rule: 'R53', may: reports, side: 'review' },
  CommentAdded: { rule: 'R33', may: discusses },
  CommentEdited: {
    rule: 'R33',
    may: (viewer, claim, entry) => discusses(viewer, claim, entry) && saidIt(viewer, claim, entry),
  },
  CommentDeleted: {
    rule: 'R33',
    may: (viewer, claim, entry) => discusses(viewer, claim, entry) && saidIt(viewer, claim, entry),
  },
  ClaimFollowed: { rule: 'R47', may: follows },
  ClaimMuted: { rule: 'R47', may: follows },
};
const BY_DESK: ReadonlySet<string> = new Set([
  'PartnerDidNotRespond',
  'ConsentPassed',
  'DisputeWindowClosed',
  'ClockReminded',
  'ClockEscalated',
  'NoticeDelivered',
  'NoticeUndeliverable',
]);

export function createRightsChecker(groundTruth: GroundTruth): Checker {
  const claims = createKnownClaims();
  const askers = new Set<string>();
  const everAsked = new Set<string>();

  function check(wrote: DocumentWritten, claim: KnownClaim, entry: KnownEntry): readonly string[] {
    if (wrote.by === PLANTED || groundTruth.isUncheckable(claim.id)) return [];
    const what = `${entry.type} of ${claim.id} (version ${entry.version}, written by ${wrote.by})`;
    if (BY_DESK.has(entry.type))
      return entry.side === 'desk' && entry.by === 'desk'
        ? []
        : [`${what} is the desk's own, but stands under the name of ${entry.by} (${entry.side})`];
    const row = BY_PERSON[entry.type];
    if (!row) return [`${what} is nothing that anyone may do`];
    return [
      ...unentitled(wrote, claim, entry, row, what),
      ...misnamed(entry, row, what),
      ...unasked(wrote, entry, what),
    ];
  }

  function unentitled(
    wrote: DocumentWritten,
    claim: KnownClaim,
    entry: KnownEntry,
    row: Row,
    what: string,
  ): readonly string[] {
    const at = (person: string, may: (viewer: Viewer) => boolean): boolean =>
      groundTruth.everBetween(person, decidedFrom(wrote), wrote.at, (rights) => may({ person, rights }));
    const problems: string[] = [];
    if (!at(entry.by, (viewer) => row.may(viewer, claim, entry)))
      problems.push(`${what}: ${entry.by} may not, by ${row.rule}`);
    if (entry.type === 'ClaimReassigned') {
      const to = textAt(member(entry.event, 'to'), 'id');
      const mayBe = claim.stage === 'Disputed' ? mayDecideDispute : mayReview;
      if (!at(to, (viewer) => mayBe(viewer, claim)))
        problems.push(`${what}: ${to} may not be the assignee, by R17 and R5`);
    }
    if (entry.type === 'ReviewStarted' && textAt(member(entry.event, 'assignee'), 'id') !== entry.by)
      problems.push(`${what}: the assignee is not who started the review (R16)`);
    if ((entry.type === 'ClaimFollowed' || entry.type === 'ClaimMuted') && textAt(entry.event, 'personId') !== entry.by)
      problems.push(`${what}: for another user than ${entry.by} (R47)`);
    return problems;
  }

  function misnamed(entry: KnownEntry, row: Row, what: string): readonly string[] {
    const sides = row.side === undefined ? ['partner', 'review'] : [row.side];
    return sides.includes(entry.side) ? [] : [`${what}: the history calls ${entry.by} the side "${entry.side}" (R55)`];
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
