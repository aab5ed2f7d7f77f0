/** Whether a press says all that its rule asks for, and the claim is ready for it: the checkers' own table of the forms (R15–R33). */
import { ORGANISATIONS } from '../../world/personas.ts';
import type { Json } from '../observations.ts';
import type { Viewer } from './entitlement.ts';
import { incomplete, PARTNER_REASONS, REQUEST_REASONS, REVIEWER_REASONS } from '../law.ts';
import { textAt } from './looseJson.ts';
import type { ClaimState } from './claimState.ts';

/** The commands that change a claim by what one form says, each with the event that it becomes. */
export const BECOMES = {
  submit: 'ClaimSubmitted',
  start: 'ReviewStarted',
  request: 'InformationRequested',
  resubmit: 'ClaimResubmitted',
  approve: 'ClaimApproved',
  reject: 'ClaimRejected',
  withdraw: 'RejectionRequested',
  deny: 'ConsentDenied',
  dispute: 'DisputeOpened',
  uphold: 'DisputeUpheld',
  overturn: 'DisputeOverturned',
  comment: 'CommentAdded',
  assess: 'AssessmentReported',
} as const;
export type Effective = keyof typeof BECOMES;

/** What a user filled in, by the input's name, with the command before it or without. */
export function given(command: Effective, data: Json, name: string): string {
  return (textAt(data, `${command}.${name}`) || textAt(data, name)).trim();
}

export function isComplete(command: Effective, data: Json, viewer: Viewer, claim: ClaimState): boolean {
  const said = (name: string): string => given(command, data, name);
  switch (command) {
    case 'start':
    case 'approve':
    case 'deny':
      return true;
    case 'submit':
      return incomplete(claim, 'R15') === undefined && isTheirs(viewer, claim);
    case 'resubmit':
      return claim.isAnswered && incomplete(claim, 'R19') === undefined && isTheirs(viewer, claim);
    case 'request':
      return REQUEST_REASONS.some((reason) => said('reasons').split(',').includes(reason)) && said('comment') !== '';
    case 'reject':
      return REVIEWER_REASONS.includes(said('reason')) && said('comment') !== '';
    case 'withdraw':
      return PARTNER_REASONS.includes(said('reason')) && (said('reason') !== 'other' || said('comment') !== '');
    case 'dispute':
      return said('justification') !== '' || claim.hasNewPoe;
    case 'uphold':
    case 'overturn':
    case 'comment':
      return said('comment') !== '';
    case 'assess':
      return claim.unreported !== undefined && ['yes', 'no'].includes(said('eligible')) && said('programme') !== '';
  }
}

/** The MPN id is one of their organisation, and the customer is not the partner itself (R3, R10). */
function isTheirs({ person, rights }: Viewer, { fields }: ClaimState): boolean {
  const own: readonly string[] = rights.member ? ORGANISATIONS[rights.member.of].mpnIds : [];
  return own.includes(String(fields['mpnId'])) && !person.startsWith(`${String(fields['customerTenantId'])}/`);
}
