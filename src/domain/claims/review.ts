/** The reviewers' rules: start, reassign, request, approve, reject (R16–R18, R20, R21). */
import { REQUEST_REASONS, REVIEWER_REASONS } from './catalogue.ts';
import type { Claim } from './claim.ts';
import { hasProof } from './claim.ts';
import type { PersonRef } from './values.ts';
import type { ApproveClaim, ReassignClaim, RejectClaim, RequestInformation, StartReview } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, optionalComment, refuse, requiredComment, stamp } from './decision.ts';
import { sidesOverlap } from './parties.ts';
import type { Actor } from './permission.ts';
import { isReviewer, mayDecideDispute, mayReview } from './permission.ts';

function asRef(actor: Actor): PersonRef | undefined {
  return actor.kind === 'person' ? { id: actor.id, name: actor.name } : undefined;
}

/** Start the review; who presses becomes the assignee (R16). */
export function startReview(command: StartReview, claim: Claim): Decision {
  const assignee = asRef(command.by);
  if (!assignee) return refuse({ code: 'reviewerOnly' });
  return happened({ type: 'ReviewStarted', ...stamp(command, claim), assignee });
}

/** Hand the claim to another reviewer, whom R5 lets decide it (R17). */
export function reassignClaim(command: ReassignClaim, claim: Claim): Decision {
  const { to } = command;
  if (!isReviewer(to)) return refuse({ code: 'notAReviewer' });
  const barred = claim.status === 'Rejected' ? mayDecideDispute(to, claim) : mayReview(to, claim);
  if (barred) return refuse(barred);
  if (claim.assignee?.id === to.id) return refuse({ code: 'alreadyAssigned', assignee: claim.assignee });
  return happened({
    type: 'ClaimReassigned',
    ...stamp(command, claim),
    to: { id: to.id, name: to.name },
    ...(claim.assignee && { from: claim.assignee }),
  });
}

/** Ask the partner for information: at least one of the five reasons, and a comment (R18, R30). */
export function requestInformation(command: RequestInformation, claim: Claim): Decision {
  const reasons = REQUEST_REASONS.filter(
    (reason) => Array.isArray(command.reasons) && command.reasons.includes(reason),
  );
  if (reasons.length === 0) return refuse({ code: 'reasonNeeded' });
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'InformationRequested', ...stamp(command, claim), reasons, comment: comment.text });
}

/**
 * Approve a claim under review; the customer's consent opens, unless it would be the partner's own, or no proof is left
 * that counts (R5, R9, R20).
 */
export function approveClaim(command: ApproveClaim, claim: Claim): Decision {
  if (sidesOverlap(claim, command.parties)) return refuse({ code: 'sidesOverlap' });
  if (!hasProof(claim)) return refuse({ code: 'poeWithdrawn' });
  const comment = optionalComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'ClaimApproved', ...stamp(command, claim), ...(comment.text && { comment: comment.text }) });
}

/** Reject a claim under review for one of the reviewer's reasons, with a comment (R21, R31). */
export function rejectClaim(command: RejectClaim, claim: Claim): Decision {
  const reason = REVIEWER_REASONS.find((candidate) => candidate === command.reason);
  if (!reason) return refuse({ code: 'reasonNeeded' });
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'ClaimRejected', ...stamp(command, claim), reason, comment: comment.text });
}
