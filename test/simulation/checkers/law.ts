/** Checks that only what R10–R33 allow happens to a claim: from which stage, by which side, and with what it needs. */
import type { Checker, GroundTruth } from './observations.ts';
import { breachesOf, stepOf } from '../../domain/claims/model/law.ts';
import {
  isReason,
  ADDITIONS_FOR_EACH_POE,
  MAX_POE,
  missingField,
  PARTNER_REASONS,
  REQUEST_REASONS,
  REVIEWER_REASONS,
} from '../../domain/claims/model/needs.ts';
import { sameJson } from './support/canonical.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { ClaimState } from './support/claimState.ts';
import type { StoredEntry, StoredEvent } from './support/storedClaim.ts';

export function createLawChecker(groundTruth: GroundTruth): Checker {
  const claims = new ClaimWrites(groundTruth, () => new Set<string>());
  return {
    name: 'law',
    wrote: (wrote) => claims.wrote(wrote, { before: ({ entry, claim, own }) => unlawful(entry, claim, own) }),
  };
}

/**
 * What is wrong with an entry; `claim` is how it stood before it, `done` the presses that were taken before, which
 * grows.
 */
export function unlawful(
  { event, recordedAt, press }: StoredEntry,
  claim: ClaimState,
  done: Set<string>,
): readonly string[] {
  const problems = [...breachesOf(claim.stage, event.type, event.by.side)];
  const needed = missing(event, claim);
  if (needed !== undefined) problems.push(`${event.type} ${needed}`);
  if (stepOf(event.type)?.needsProof && claim.proof.size === 0)
    problems.push(`${event.type} of a claim without a PoE that counts (R9)`);
  if (event.at > recordedAt)
    problems.push(`${event.type} counts from ${event.at - recordedAt} ms after it was written`);
  if (press !== undefined && done.has(press)) problems.push(`${event.type}: the same press was taken before (R58)`);
  if (press !== undefined) done.add(press);
  return problems;
}

/** What an event lacks of what its rule asks for. */
function missing(event: StoredEvent, claim: ClaimState): string | undefined {
  switch (event.type) {
    case 'FieldsEdited':
      return misquoted(event, claim);
    case 'PoeAdded':
      return unfitPoe(event, claim);
    case 'PoeRemoved':
      return claim.poe.has(event.poeId ?? '') ? undefined : 'of a PoE that is not there (R13)';
    case 'PoeScanned':
      return unfitScan(event, claim);
    case 'ClaimSubmitted':
      return incomplete(claim, 'R15');
    case 'ClaimResubmitted':
      return claim.isAnswered ? incomplete(claim, 'R19') : 'with nothing added since the request (R19)';
    case 'ReviewStarted':
      return event.assignee?.id === event.by.id
        ? undefined
        : 'assigns a person who is not the one who started it (R16)';
    case 'ClaimReassigned':
      return typeof event.to === 'object' && event.to.id !== claim.assignee ? undefined : 'to who has it already (R17)';
    case 'InformationRequested':
      if (!event.reasons?.length || !event.reasons.every((reason) => isReason(REQUEST_REASONS, reason)))
        return 'without one of the five reasons (R18)';
      return comment(event, 'R18');
    case 'ClaimRejected':
      return isReason(REVIEWER_REASONS, event.reason ?? '')
        ? comment(event, 'R21')
        : "without a reviewer's reason (R31)";
    case 'RejectionRequested':
      if (!isReason(PARTNER_REASONS, event.reason ?? '')) return "without a partner's reason (R22)";
      return event.reason === 'other' ? comment(event, 'R22') : undefined;
    case 'DisputeOpened':
      return event.justification || claim.hasNewPoe ? undefined : 'with neither a justification nor a new PoE (R26)';
    case 'DisputeUpheld':
    case 'DisputeOverturned':
      if (claim.rejecter?.side === 'review' && claim.rejecter.id === event.by.id)
        return 'by who rejected the claim (R5)';
      return comment(event, 'R27, R28');
    case 'ObjectionRecorded':
      return event.text ? undefined : 'without words (R60)';
    case 'AssessmentReported':
    case 'AssessmentCorrected':
      return unfitOutcome(event, claim);
    case 'CommentAdded':
      return unfitComment(event, claim);
    case 'CommentEdited':
    case 'CommentDeleted':
      return claim.comments.get(event.commentId ?? '') === event.by.id
        ? undefined
        : 'of a comment that is not theirs (R33)';
    case 'ClaimFollowed':
      return claim.followers.has(event.personId ?? '') ? 'of who follows it already (R47)' : ownName(event);
    case 'ClaimMuted':
      return claim.muted.has(event.personId ?? '') ? 'of who muted it already (R47)' : ownName(event);
    default:
      return undefined;
  }
}

const comment = ({ comment: text }: StoredEvent, rule: string): string | undefined =>
  text ? undefined : `without a comment (${rule})`;
const ownName = ({ personId, by }: StoredEvent): string | undefined =>
  personId === by.id ? undefined : 'for another person (R47)';

/** An edit tells the old value and the new one (R55). */
function misquoted({ changes = {} }: StoredEvent, claim: ClaimState): string | undefined {
  const all = Object.entries(changes);
  if (all.length === 0) return 'changes nothing';
  const wrong = all.find(([name, { from, to }]) => !claim.hasField(name, from) || sameJson(from, to));
  return wrong && `says that ${wrong[0]} was what it was not, or changes nothing of it (R55)`;
}

function unfitPoe({ poe }: StoredEvent, claim: ClaimState): string | undefined {
  if (!poe) return 'without a PoE';
  const isThere = [...claim.poe].some(([id, sha256]) => sha256 === poe.sha256 && !isGone(claim.scans.get(id)));
  if (claim.poe.has(poe.id) || isThere) return 'of a PoE that is there already (R12)';
  if (claim.infected.has(poe.sha256)) return 'of a PoE in which a virus was found before (R9)';
  if (claim.poe.size >= MAX_POE) return `of more than ${MAX_POE} (R9)`;
  const most = ADDITIONS_FOR_EACH_POE * MAX_POE;
  return claim.stage === 'Editing' && claim.additions >= most ? `after ${most} to one draft (R9)` : undefined;
}

const isGone = (scan: string | undefined): boolean => scan === 'malicious' || scan === 'tooLarge';

/** R9: of a file that is there, and once withdrawn stays so; only what waited is found clean. */
function unfitScan({ poeId = '', verdict }: StoredEvent, claim: ClaimState): string | undefined {
  if (!claim.poe.has(poeId)) return 'of a PoE that is not there (R9)';
  const known = claim.scans.get(poeId);
  if (isGone(known)) return 'of a PoE that was withdrawn before (R9)';
  if (known === undefined && verdict === 'unscanned') return undefined;
  return verdict === 'malicious' || known === 'waiting' ? undefined : 'of a PoE that did not wait for it (R9)';
}

/** R53: a first outcome for each programme; another one says why, and what it was. */
function unfitOutcome(
  { type, programme = '', eligible, number, reason, from }: StoredEvent,
  claim: ClaimState,
): string | undefined {
  if (programme === '') return 'without a programme (R53)';
  const known = claim.outcomes.get(programme.toUpperCase());
  if (type === 'AssessmentReported') return known ? 'of a programme that has an outcome (R53)' : undefined;
  if (!known) return 'of a programme without an outcome (R53)';
  if (!reason) return 'without a reason (R53)';
  if (known.eligible === eligible && known.number === number) return 'changes nothing (R53)';
  return sameJson(from, known) ? undefined : 'says that it was what it was not (R53, R55)';
}

function unfitComment({ text, message, commentId }: StoredEvent, claim: ClaimState): string | undefined {
  if (!text) return 'says nothing (R33)';
  if (claim.comments.has(commentId ?? '')) return 'under the id of another';
  return message !== undefined && claim.messages.has(message) ? 'of a message that was taken before (R58)' : undefined;
}

/** What a claim lacks to be submitted; undefined for one that is complete. */
export function incomplete(claim: ClaimState, rule: string): string | undefined {
  const empty = missingField(claim.fields);
  if (empty !== undefined) return `without ${empty} (${rule}, R7)`;
  return claim.proof.size === 0 ? `without a PoE that counts (${rule}, R9)` : undefined;
}
