/** Every refusal of the rules: each command, in each stage of a claim, by each role that may not give it there (R1–R33, R47, R53). */
import type { Stage } from './knownClaims.ts';
import { STAGES } from './knownClaims.ts';

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

const DISCUSSED: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const FINAL: readonly Stage[] = ['Upheld', 'WindowClosed'];
const REWORKED: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];
const REJECTED: readonly Stage[] = ['Disputable', 'Disputed', ...FINAL];

const PARTNER: readonly Role[] = ['partnerWithRole'];
const DECIDERS: readonly Role[] = ['assignee', 'lead'];
const REVIEWERS: readonly Role[] = ['reviewer', 'assignee', 'lead'];

/** Where a command is taken, and from whom. */
interface Row {
  readonly roles: readonly Role[];
  readonly stages: readonly Stage[];
  /** Taken from these as well, or refused: by what else they are. */
  readonly either?: readonly Role[];
}

/** Every verb of a claim's card. */
export const COMMANDS = {
  edit: { roles: PARTNER, stages: REWORKED },
  addPoe: { roles: PARTNER, stages: [...REWORKED, 'Disputable'] },
  removePoe: { roles: PARTNER, stages: ['Editing'] },
  discard: { roles: PARTNER, stages: ['Editing'] },
  submit: { roles: PARTNER, stages: ['Editing'] },
  start: { roles: REVIEWERS, stages: ['Submitted'] },
  // Who rejected a claim may be its assignee still, or a lead: they hand it on (R17).
  reassign: { roles: DECIDERS, stages: ['Submitted', 'UnderReview', 'Disputed'], either: ['rejecter'] },
  request: { roles: DECIDERS, stages: ['UnderReview'] },
  resubmit: { roles: PARTNER, stages: ['PartnerActionRequired'] },
  approve: { roles: DECIDERS, stages: ['UnderReview'] },
  reject: { roles: DECIDERS, stages: ['UnderReview'] },
  withdraw: {
    roles: PARTNER,
    stages: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
  },
  deny: { roles: ['customerContact'], stages: ['ConsentOpen', 'ConsentPassed'] },
  dispute: { roles: PARTNER, stages: ['Disputable'] },
  uphold: { roles: REVIEWERS, stages: ['Disputed'] },
  overturn: { roles: REVIEWERS, stages: ['Disputed'] },
  comment: { roles: [...PARTNER, ...REVIEWERS, 'rejecter', 'ownOrganisationReviewer'], stages: DISCUSSED },
  assess: { roles: ['assessor', 'lead'], stages: ['ConsentPassed'] },
  follow: { roles: [], stages: [] },
  mute: { roles: [], stages: [] },
} as const satisfies Record<string, Row>;
export type Command = keyof typeof COMMANDS;
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly Command[];

/** To follow is for anyone who may see it at work: members always, the vendor's once submitted, the assessor once handed over. */
function mayFollow(stage: Stage, role: Role): boolean | 'either' {
  if (stage === 'Discarded') return false;
  switch (role) {
    case 'partnerWithRole':
    case 'partnerWithoutRole':
      return true;
    case 'reviewer':
    case 'assignee':
    case 'lead':
    case 'rejecter':
    case 'ownOrganisationReviewer':
    case 'owner':
      return stage !== 'Editing';
    case 'assessor':
      return stage === 'ConsentPassed' ? true : stage === 'ConsentOpen' || REJECTED.includes(stage) ? 'either' : false;
    default:
      return false;
  }
}

/** Whether the rules refuse a command whatever it says. */
export function isRefused(command: Command, stage: Stage, role: Role): boolean {
  if (command === 'follow' || command === 'mute') return mayFollow(stage, role) === false;
  const { roles, stages, either = [] }: Row = COMMANDS[command];
  return !stages.includes(stage) || !(roles.includes(role) || either.includes(role));
}

/** Whether there can be a user in this role while the claim is in this stage. */
function canBe(role: Role, stage: Stage): boolean {
  switch (role) {
    case 'assignee':
      return stage !== 'Editing' && stage !== 'Discarded';
    case 'rejecter':
      return REJECTED.includes(stage);
    default:
      return true;
  }
}

export function refusalKey(stage: Stage, command: Command, role: Role): string {
  return `${stage} · ${command} · ${role}`;
}

/** Every refusal that there can be. */
export const REFUSALS: readonly string[] = STAGES.flatMap((stage) =>
  ROLES.filter((role) => canBe(role, stage)).flatMap((role) =>
    COMMAND_NAMES.filter((command) => isRefused(command, stage, role)).map((command) =>
      refusalKey(stage, command, role),
    ),
  ),
);
