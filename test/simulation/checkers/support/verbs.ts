/** The verbs of a claim's card, as the commands and the events of the law that they stand for. */
import type { CommandType } from '../../../../src/domain/claims/commands.ts';
import { LAW } from '../../../domain/claims/model/law.ts';

/** The command that each verb gives: written down by hand, since the checkers share no code with the product. */
export const COMMAND_OF = {
  edit: 'EditFields',
  addPoe: 'AddPoe',
  removePoe: 'RemovePoe',
  discard: 'DiscardDraft',
  submit: 'SubmitClaim',
  start: 'StartReview',
  reassign: 'ReassignClaim',
  request: 'RequestInformation',
  resubmit: 'ResubmitClaim',
  approve: 'ApproveClaim',
  reject: 'RejectClaim',
  withdraw: 'RequestRejection',
  deny: 'DenyConsent',
  agree: 'AgreeConsent',
  notMeant: 'WithdrawObjection',
  dispute: 'OpenDispute',
  uphold: 'UpholdRejection',
  overturn: 'OverturnRejection',
  comment: 'AddComment',
  assess: 'ReportAssessment',
  follow: 'FollowClaim',
  mute: 'MuteClaim',
} as const satisfies Record<string, CommandType>;
export type ClaimVerb = keyof typeof COMMAND_OF;
export const CLAIM_VERBS = Object.keys(COMMAND_OF) as readonly ClaimVerb[];

export function isClaimVerb(verb: string): verb is ClaimVerb {
  return Object.hasOwn(COMMAND_OF, verb);
}

/** The verbs that lead to each event, of some commands only. */
function leadingTo(which: (command: CommandType) => boolean): Readonly<Record<string, ClaimVerb>> {
  return Object.fromEntries(
    CLAIM_VERBS.filter((verb) => which(COMMAND_OF[verb])).flatMap((verb) =>
      LAW[COMMAND_OF[verb]].outcomes.map(({ type }) => [type, verb]),
    ),
  );
}

/** The verb of every event that a press leads to. A PoE is brought by a link, which a press only asks for. */
export const PRESSED = leadingTo((command) => command !== 'AddPoe');
/** The verbs whose press decides nothing when it is stale (R57), by the events that they lead to. */
export const DECIDED_BY = leadingTo((command) => LAW[command].decides === true);
