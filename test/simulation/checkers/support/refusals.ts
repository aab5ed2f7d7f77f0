/**
 * Every refusal of the rules: each command, in each stage of a claim, by each role that may not give it there (R1–R33,
 * R47, R53).
 */
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import type { Progress, Relation } from '../../../domain/claims/model/law.ts';
import { denialOf, STAGES, STRANGER } from '../../../domain/claims/model/law.ts';
import type { ClaimVerb } from './verbs.ts';
import { CLAIM_VERBS, COMMAND_OF } from './verbs.ts';

/** Who a user is to a claim. One person has one role at a time: the one that says most of what they may. */
export const ROLES = [
  'partnerWithRole',
  'partnerWithoutRole',
  'otherPartner',
  'reviewer',
  'assignee',
  'lead',
  'rejecter',
  'ownOrganisationReviewer',
  'customerContact',
  'otherCustomer',
  'assessor',
  'owner',
  'operator',
  'stranger',
] as const;
export type Role = (typeof ROLES)[number];

const reviewer: Relation = { ...STRANGER, reviewer: true };
/**
 * What a person in a role may be to a claim: where the law takes a command from one of these, it is not refused to the
 * role.
 */
const RELATIONS: Readonly<Record<Role, readonly Relation[]>> = {
  partnerWithRole: [{ ...STRANGER, partner: 'acts', ofParty: true }],
  partnerWithoutRole: [{ ...STRANGER, partner: 'reads', ofParty: true }],
  otherPartner: [STRANGER],
  reviewer: [reviewer],
  assignee: [{ ...reviewer, assignee: true }],
  lead: [{ ...reviewer, lead: true }],
  // Who rejected a claim may be its assignee still, or a lead: they hand it on (R17).
  rejecter: [
    { ...reviewer, rejecter: true },
    { ...reviewer, rejecter: true, assignee: true },
    { ...reviewer, rejecter: true, lead: true },
  ],
  ownOrganisationReviewer: [
    { ...reviewer, ofParty: true },
    { ...reviewer, ofParty: true, lead: true },
  ],
  customerContact: [{ ...STRANGER, contact: true, ofParty: true }],
  otherCustomer: [STRANGER, { ...STRANGER, ofParty: true }],
  assessor: [{ ...STRANGER, assessor: true }],
  owner: [{ ...STRANGER, owner: true }],
  operator: [{ ...STRANGER, operator: true }],
  stranger: [STRANGER],
};

const REJECTED: readonly Stage[] = ['Disputable', 'Disputed', 'Upheld', 'WindowClosed', 'FinallyDeclined'];

/**
 * What a claim in a stage may have been through: a rejected one anything, and one whose consent is open may have passed
 * before (R28).
 */
function progressesAt(stage: Stage): readonly Progress[] {
  const draft: Progress = { wasSubmitted: false, wasApproved: false, wasHandedOver: false };
  const submitted: Progress = { ...draft, wasSubmitted: true };
  const approved: Progress = { ...submitted, wasApproved: true };
  const handedOver: Progress = { ...approved, wasHandedOver: true };
  if (stage === 'Editing' || stage === 'Discarded') return [draft];
  if (stage === 'ConsentOpen') return [approved, handedOver];
  if (stage === 'ConsentPassed') return [handedOver];
  if (stage === 'FinallyDeclined') return [approved, handedOver];
  return REJECTED.includes(stage) ? [submitted, approved, handedOver] : [submitted];
}

/** Whether the rules refuse a command whatever it says. */
export function isRefused(verb: ClaimVerb, stage: Stage, role: Role): boolean {
  return REFUSED.has(refusalKey(stage, verb, role));
}

/** Whether there can be a user in this role while the claim is in this stage. */
export function canBe(role: Role, stage: Stage): boolean {
  switch (role) {
    case 'assignee':
      return stage !== 'Editing' && stage !== 'Discarded';
    case 'rejecter':
      return REJECTED.includes(stage);
    default:
      return true;
  }
}

export function refusalKey(stage: Stage, command: ClaimVerb, role: Role): string {
  return `${stage} · ${command} · ${role}`;
}

function isDenied(verb: ClaimVerb, stage: Stage, role: Role): boolean {
  return RELATIONS[role].every((relation) =>
    progressesAt(stage).every((progress) => denialOf(COMMAND_OF[verb], relation, { stage, ...progress }) !== undefined),
  );
}

function refusalsOf(roles: (stage: Stage) => readonly Role[]): readonly string[] {
  return STAGES.flatMap((stage) =>
    roles(stage).flatMap((role) =>
      CLAIM_VERBS.filter((verb) => isDenied(verb, stage, role)).map((verb) => refusalKey(stage, verb, role)),
    ),
  );
}

const REFUSED: ReadonlySet<string> = new Set(refusalsOf(() => ROLES));
/** Every refusal that there can be. */
export const REFUSALS: readonly string[] = refusalsOf((stage) => ROLES.filter((role) => canBe(role, stage)));
