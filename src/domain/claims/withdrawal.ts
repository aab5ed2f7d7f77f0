/** The partner asks for the rejection of its own claim (R22). */
import { PARTNER_REQUEST_REASONS } from './catalogue.ts';
import type { Claim } from './claim.ts';
import type { RequestRejection } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, optionalComment, refuse, stamp } from './decision.ts';

/** One of four reasons; "other" needs a comment (R22). */
export function requestRejection(command: RequestRejection, claim: Claim): Decision {
  const reason = PARTNER_REQUEST_REASONS.find((candidate) => candidate === command.reason);
  if (!reason) return refuse({ code: 'reasonNeeded' });
  const comment = optionalComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  if (reason === 'other' && comment.text === '') return refuse({ code: 'commentNeeded' });
  return happened({ type: 'RejectionRequested', ...stamp(command, claim), reason, comment: comment.text });
}
