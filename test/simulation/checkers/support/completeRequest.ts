/** Whether a press says all that its rule asks for, and the claim is ready for it (R15–R33). */
import { ORGANISATIONS } from '../../world/personas.ts';
import type { Json } from '../observations.ts';
import type { Viewer } from './entitlement.ts';
import { isReason, PARTNER_REASONS, REQUEST_REASONS, REVIEWER_REASONS } from '../../../domain/claims/model/needs.ts';
import { incomplete } from '../law.ts';
import { textAt } from './looseJson.ts';
import type { ClaimState } from './claimState.ts';
import type { ClaimVerb } from './verbs.ts';

/** The verbs that change a claim by what one form says. */
const EFFECTIVE = [
  'submit',
  'start',
  'request',
  'resubmit',
  'approve',
  'reject',
  'withdraw',
  'deny',
  'agree',
  'notMeant',
  'dispute',
  'uphold',
  'overturn',
  'comment',
  'assess',
] as const satisfies readonly ClaimVerb[];
export type Effective = (typeof EFFECTIVE)[number];

export function effectiveIn(verb: string): Effective | undefined {
  return EFFECTIVE.find((known) => known === verb);
}

/** What a user filled in, by the input's name, with the command before it or without. */
export function given(command: Effective, data: Json, name: string): string {
  return (textAt(data, `${command}.${name}`) || textAt(data, name)).trim();
}

export function isComplete(command: Effective, data: Json, viewer: Viewer, claim: ClaimState): boolean {
  const said = (name: string): string => given(command, data, name);
  switch (command) {
    case 'start':
    case 'deny':
      return true;
    case 'approve':
      return claim.proof.size > 0;
    case 'agree':
      return !claim.isAgreed || claim.objectors.size > 0;
    case 'notMeant':
      return claim.objectors.has(viewer.person);
    case 'submit':
      return incomplete(claim, 'R15') === undefined && isTheirs(viewer, claim);
    case 'resubmit':
      return claim.isAnswered && incomplete(claim, 'R19') === undefined && isTheirs(viewer, claim);
    case 'request':
      return REQUEST_REASONS.some((reason) => said('reasons').split(',').includes(reason)) && said('comment') !== '';
    case 'reject':
      return isReason(REVIEWER_REASONS, said('reason')) && said('comment') !== '';
    case 'withdraw':
      return isReason(PARTNER_REASONS, said('reason')) && (said('reason') !== 'other' || said('comment') !== '');
    case 'dispute':
      return said('justification') !== '' || claim.hasNewPoe;
    case 'overturn':
      return said('comment') !== '' && claim.proof.size > 0;
    case 'uphold':
    case 'comment':
      return said('comment') !== '';
    case 'assess':
      return (
        ['yes', 'no'].includes(said('eligible')) &&
        said('programme') !== '' &&
        claim.stage === 'ConsentPassed' &&
        !claim.outcomes.has(said('programme').toUpperCase())
      );
  }
}

/**
 * The MPN id is one of their organisation, and the customer is not the partner itself (R3, R10). Of the one that moves
 * nothing is expected here: who has it when it is decided is not known.
 */
function isTheirs({ person, rights }: Viewer, { fields }: ClaimState): boolean {
  const own: readonly string[] = rights.member ? ORGANISATIONS[rights.member.of].mpnIds : [];
  return own.includes(String(fields['mpnId'])) && !person.startsWith(`${String(fields['customerTenantId'])}/`);
}
