/** The partner's objection to a rejection, and its answer (R26–R28). */
import type { Rejected } from './claim.ts';
import { hasProof } from './claim.ts';
import type { OpenDispute, OverturnRejection, UpholdRejection } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, optionalComment, refuse, requiredComment, stamp } from './decision.ts';
import { sidesOverlap } from './parties.ts';

/** A business justification, a PoE added since the rejection, or both (R26). */
export function openDispute(command: OpenDispute, claim: Rejected): Decision {
  const justification = optionalComment(command.justification);
  if ('refusal' in justification) return refuse(justification.refusal);
  if (justification.text === '' && !hasNewPoe(claim)) return refuse({ code: 'justificationNeeded' });
  return happened({ type: 'DisputeOpened', ...stamp(command, claim), justification: justification.text });
}

/**
 * By the order in which things happened: the rejection was the last change of the status. A PoE is new once it counts
 * (R9).
 */
function hasNewPoe(claim: Rejected): boolean {
  const rejectedIn = claim.changes.find((change) => change.kind === 'status')?.version ?? claim.version;
  return Object.values(claim.proofSince).some((since) => since > rejectedIn);
}

/** The rejection is final (R27). */
export function upholdRejection(command: UpholdRejection, claim: Rejected): Decision {
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'DisputeUpheld', ...stamp(command, claim), comment: comment.text });
}

/**
 * The rejection falls: approved, with a fresh consent period, unless it would be the partner's own, or no proof is left
 * that counts (R5, R9, R28).
 */
export function overturnRejection(command: OverturnRejection, claim: Rejected): Decision {
  if (sidesOverlap(claim, command.parties)) return refuse({ code: 'sidesOverlap' });
  if (!hasProof(claim)) return refuse({ code: 'poeWithdrawn' });
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'DisputeOverturned', ...stamp(command, claim), comment: comment.text });
}
