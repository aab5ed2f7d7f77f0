/** The partner's objection to a rejection, and its answer (R26–R28). */
import type { Rejected } from './claim.ts';
import type { OpenDispute, OverturnRejection, UpholdRejection } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, optionalComment, refuse, requiredComment, stamp } from './decision.ts';

/** A business justification, a PoE added since the rejection, or both (R26). */
export function openDispute(command: OpenDispute, claim: Rejected): Decision {
  const justification = optionalComment(command.justification);
  if ('refusal' in justification) return refuse(justification.refusal);
  const newPoe = claim.poe.some((poe) => poe.addedAt >= claim.rejection.at);
  if (justification.text === '' && !newPoe) return refuse({ code: 'justificationNeeded' });
  return happened({ type: 'DisputeOpened', ...stamp(command, claim), justification: justification.text });
}

/** The rejection stands, for good (R27). */
export function upholdRejection(command: UpholdRejection, claim: Rejected): Decision {
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'DisputeUpheld', ...stamp(command, claim), comment: comment.text });
}

/** The rejection falls: approved, with a fresh consent period (R28). */
export function overturnRejection(command: OverturnRejection, claim: Rejected): Decision {
  const comment = requiredComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  return happened({ type: 'DisputeOverturned', ...stamp(command, claim), comment: comment.text });
}
