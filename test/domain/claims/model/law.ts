/**
 * The law of the claim, written by hand from RULES.md and from nothing in `src`: who sees a claim (R6), who may give
 * which command from where and what becomes of it (R9–R33, R45, R47, R53, R59, R60), and what the clocks do (R23, R25,
 * R29, R43, R60).
 *
 * Tests state it here and nowhere else. The model, the matrix, the fuzz and the simulation's checkers read it, each
 * through an adapter that says what a person is to a claim (`Relation`) and what the claim has been through
 * (`Progress`) from the facts that it has.
 */
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import type { CommandType } from '../../../../src/domain/claims/commands.ts';
import type { EventType } from '../../../../src/domain/claims/events.ts';
import type { ClockName } from '../../../../src/domain/claims/policy.ts';
import type { RefusalCode } from '../../../../src/domain/claims/refusal.ts';
import type { Side } from '../../../../src/domain/claims/values.ts';

/** What a person, or the desk itself, is to one claim at one moment: all that R1–R6 ask. */
export interface Relation {
  readonly desk: boolean;
  /** A member of the claim's partner organisation: with one of the three roles, or with none and so a reader (R1). */
  readonly partner: 'acts' | 'reads' | undefined;
  /** Leads are reviewers as well (R2). */
  readonly reviewer: boolean;
  readonly lead: boolean;
  readonly owner: boolean;
  readonly assessor: boolean;
  readonly operator: boolean;
  /** A contact whom the customer's own organisation enrolled; to be named in the claim is not enough (R3). */
  readonly contact: boolean;
  /** Belongs to one of the claim's organisations, as a member or by the home tenant (R5). */
  readonly ofParty: boolean;
  readonly assignee: boolean;
  /** The reviewer who gave the rejection that is in force (R5). */
  readonly rejecter: boolean;
  /** The programme asks for separate duties (R5); then also who approved the claim, and who reported an outcome. */
  readonly separateDuties?: boolean;
  readonly approver?: boolean;
  readonly reporter?: boolean;
}

/** What a claim has been through, as far as sight depends on it (R6). */
export interface Progress {
  readonly wasSubmitted: boolean;
  readonly wasApproved: boolean;
  readonly wasHandedOver: boolean;
}

/** Who is nothing to the claim. Relations are made from it by what differs. */
export const STRANGER: Relation = {
  desk: false,
  partner: undefined,
  reviewer: false,
  lead: false,
  owner: false,
  assessor: false,
  operator: false,
  contact: false,
  ofParty: false,
  assignee: false,
  rejecter: false,
};

// ---- Who may.

export interface Right {
  /** The sides on which the history can name who made use of it (R55). */
  readonly sides: readonly Side[];
  /** Why the right is not theirs; undefined where it is. */
  readonly denial: (relation: Relation) => RefusalCode | undefined;
}

const asPartner: Right['denial'] = ({ partner }) =>
  partner === 'acts' ? undefined : partner === 'reads' ? 'partnerRoleNeeded' : 'partnerOnly';
const asReviewer: Right['denial'] = ({ reviewer, ofParty }) =>
  !reviewer ? 'reviewerOnly' : ofParty ? 'ownOrganisation' : undefined;

/** R1. */
const PARTNER: Right = { sides: ['partner'], denial: asPartner };
/** R2, R5. */
const REVIEWER: Right = { sides: ['review'], denial: asReviewer };
/** R17, R18, R20, R21. */
const ASSIGNEE_OR_LEAD: Right = {
  sides: ['review'],
  denial: (relation) => asReviewer(relation) ?? (relation.lead || relation.assignee ? undefined : 'assigneeOrLeadOnly'),
};
/** R5, R27, R28; also who may become the assignee (R17). */
export const REVIEWER_NOT_REJECTER: Right = {
  sides: ['review'],
  denial: (relation) => asReviewer(relation) ?? (relation.rejecter ? 'ownRejection' : undefined),
};
/** R5: to approve and to assess are for two people where the programme asks for it, and for no operator. */
const duty = (right: Right, other: 'approver' | 'reporter'): Right => ({
  sides: right.sides,
  denial: (relation) =>
    right.denial(relation) ??
    (!relation.separateDuties
      ? undefined
      : relation.operator
        ? 'operatorDecidesNot'
        : relation[other]
          ? 'dutiesSeparate'
          : undefined),
});
/** R3. */
const CONTACT: Right = {
  sides: ['customer'],
  denial: ({ contact }) => (contact ? undefined : 'customerContactOnly'),
};
/** R5, R59: who is of both sides does not agree for the one with the other. */
const CONTACT_AND_NO_PARTNER: Right = {
  sides: ['customer'],
  denial: (relation) => CONTACT.denial(relation) ?? (relation.partner === undefined ? undefined : 'partnerCannotAgree'),
};
/** R33: reviewers also where R5 lets them decide nothing. */
const DISCUSSES: Right = {
  sides: ['partner', 'review'],
  denial: (relation) => (relation.reviewer && relation.partner === undefined ? undefined : asPartner(relation)),
};
/** R53: the assessor. A lead is none. */
const ASSESSOR: Right = {
  sides: ['review'],
  denial: ({ assessor, ofParty }) => (!assessor ? 'assessorOnly' : ofParty ? 'ownOrganisation' : undefined),
};
/** R47: members, and those at the vendor. */
const OWN_CHAT: Right = {
  sides: ['partner', 'review'],
  denial: ({ partner, reviewer, owner, assessor, operator }) =>
    partner !== undefined || reviewer || owner || assessor || operator ? undefined : 'partnerOnly',
};
const DESK: Right = { sides: ['desk'], denial: ({ desk }) => (desk ? undefined : 'notFound') };

// ---- From where, and what becomes of it.

/** What R57 calls changed on a card from before it. */
export type Kind = 'status' | 'fields' | 'poe' | 'comment';

export interface Outcome {
  readonly type: EventType;
  /** The stage that it leads to; the same one where it is absent. */
  readonly to?: Stage;
  /** Where it leads instead, if the customer has declined before (R60). */
  readonly toAgain?: Stage;
  /** What of a card from before it is out of date (R57). */
  readonly outdates?: Kind;
  /** Where it is this that happens, if not wherever the command may be given. */
  readonly from?: readonly Stage[];
  /** The rule that says so, if another than the command's. */
  readonly rule?: string;
}

export interface Row {
  readonly rule: string;
  readonly who: Right;
  readonly from: readonly Stage[];
  /** Decides, and so counts only for what its maker saw (R57). */
  readonly decides?: true;
  /** Needs a proof in which no virus was found, and which does not wait for its scan: else `poeWithdrawn` (R9). */
  readonly needsProof?: true;
  /** What it may become: by the stage, or by what the command says. */
  readonly outcomes: readonly Outcome[];
}

/** Every stage, in the order of a claim's life. */
export const STAGES: readonly Stage[] = [
  'Editing',
  'Discarded',
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
  'Upheld',
  'WindowClosed',
  'FinallyDeclined',
];
/** From the submission until the claim is final (R33). */
const OPEN: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const KEPT: readonly Stage[] = [...OPEN, 'Upheld', 'WindowClosed', 'FinallyDeclined'];
const ANY: readonly Stage[] = ['Editing', 'Discarded', ...KEPT];
const IN_WORK: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];
/** Where a clock waits for its notice (R45). */
const AWAITING: readonly Stage[] = ['PartnerActionRequired', 'ConsentOpen', 'Disputable'];
/** Where a clock runs that reminds (R35–R41). */
const TIMED: readonly Stage[] = OPEN.filter((stage) => stage !== 'ConsentPassed');

/** The table of R11–R33, and beside it R44, R45, R47, R53, R59 and R60. */
export const LAW: Readonly<Record<CommandType, Row>> = {
  EditFields: { rule: 'R11', who: PARTNER, from: IN_WORK, outcomes: [{ type: 'FieldsEdited', outdates: 'fields' }] },
  AddPoe: {
    rule: 'R12, R26',
    who: PARTNER,
    from: [...IN_WORK, 'Disputable'],
    outcomes: [{ type: 'PoeAdded', outdates: 'poe' }],
  },
  RemovePoe: { rule: 'R13', who: PARTNER, from: ['Editing'], outcomes: [{ type: 'PoeRemoved', outdates: 'poe' }] },
  DiscardDraft: {
    rule: 'R14',
    who: PARTNER,
    from: ['Editing'],
    outcomes: [{ type: 'DraftDiscarded', to: 'Discarded', outdates: 'status' }],
  },
  SubmitClaim: {
    rule: 'R15',
    who: PARTNER,
    from: ['Editing'],
    outcomes: [{ type: 'ClaimSubmitted', to: 'Submitted', outdates: 'status' }],
  },
  StartReview: {
    rule: 'R16',
    who: REVIEWER,
    from: ['Submitted'],
    decides: true,
    outcomes: [{ type: 'ReviewStarted', to: 'UnderReview', outdates: 'status' }],
  },
  ReassignClaim: {
    rule: 'R17',
    who: ASSIGNEE_OR_LEAD,
    from: ['Submitted', 'UnderReview', 'Disputed'],
    outcomes: [{ type: 'ClaimReassigned' }],
  },
  RequestInformation: {
    rule: 'R18',
    who: ASSIGNEE_OR_LEAD,
    from: ['UnderReview'],
    decides: true,
    outcomes: [{ type: 'InformationRequested', to: 'PartnerActionRequired', outdates: 'status' }],
  },
  ResubmitClaim: {
    rule: 'R19',
    who: PARTNER,
    from: ['PartnerActionRequired'],
    decides: true,
    outcomes: [{ type: 'ClaimResubmitted', to: 'Submitted', outdates: 'status' }],
  },
  ApproveClaim: {
    rule: 'R20',
    who: duty(ASSIGNEE_OR_LEAD, 'reporter'),
    from: ['UnderReview'],
    decides: true,
    needsProof: true,
    outcomes: [{ type: 'ClaimApproved', to: 'ConsentOpen', outdates: 'status' }],
  },
  RejectClaim: {
    rule: 'R21',
    who: ASSIGNEE_OR_LEAD,
    from: ['UnderReview'],
    decides: true,
    outcomes: [{ type: 'ClaimRejected', to: 'Disputable', outdates: 'status' }],
  },
  RequestRejection: {
    rule: 'R22',
    who: PARTNER,
    from: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
    decides: true,
    outcomes: [{ type: 'RejectionRequested', to: 'Disputable', outdates: 'status' }],
  },
  DenyConsent: {
    rule: 'R24',
    who: CONTACT,
    from: ['ConsentOpen', 'ConsentPassed'],
    decides: true,
    outcomes: [
      {
        type: 'ConsentDenied',
        from: ['ConsentOpen'],
        to: 'Disputable',
        toAgain: 'FinallyDeclined',
        outdates: 'status',
      },
      { type: 'LateDenialRecorded', from: ['ConsentPassed'], rule: 'R51' },
    ],
  },
  AgreeConsent: {
    rule: 'R59',
    who: CONTACT_AND_NO_PARTNER,
    from: ['ConsentOpen'],
    decides: true,
    outcomes: [{ type: 'ConsentAgreed' }],
  },
  RecordObjection: { rule: 'R60', who: CONTACT, from: ['ConsentOpen'], outcomes: [{ type: 'ObjectionRecorded' }] },
  WithdrawObjection: { rule: 'R60', who: CONTACT, from: ['ConsentOpen'], outcomes: [{ type: 'ObjectionWithdrawn' }] },
  OpenDispute: {
    rule: 'R26',
    who: PARTNER,
    from: ['Disputable'],
    decides: true,
    outcomes: [{ type: 'DisputeOpened', to: 'Disputed', outdates: 'status' }],
  },
  UpholdRejection: {
    rule: 'R27',
    who: REVIEWER_NOT_REJECTER,
    from: ['Disputed'],
    decides: true,
    outcomes: [{ type: 'DisputeUpheld', to: 'Upheld', outdates: 'status' }],
  },
  OverturnRejection: {
    rule: 'R28',
    who: duty(REVIEWER_NOT_REJECTER, 'reporter'),
    from: ['Disputed'],
    decides: true,
    needsProof: true,
    outcomes: [{ type: 'DisputeOverturned', to: 'ConsentOpen', outdates: 'status' }],
  },
  AddComment: { rule: 'R33', who: DISCUSSES, from: OPEN, outcomes: [{ type: 'CommentAdded', outdates: 'comment' }] },
  EditComment: { rule: 'R33', who: DISCUSSES, from: KEPT, outcomes: [{ type: 'CommentEdited', outdates: 'comment' }] },
  DeleteComment: {
    rule: 'R33',
    who: DISCUSSES,
    from: KEPT,
    outcomes: [{ type: 'CommentDeleted', outdates: 'comment' }],
  },
  ReportAssessment: {
    rule: 'R53',
    who: duty(ASSESSOR, 'approver'),
    from: ['ConsentPassed'],
    outcomes: [{ type: 'AssessmentReported' }, { type: 'AssessmentCorrected' }],
  },
  FollowClaim: { rule: 'R47', who: OWN_CHAT, from: ['Editing', ...KEPT], outcomes: [{ type: 'ClaimFollowed' }] },
  MuteClaim: { rule: 'R47', who: OWN_CHAT, from: ['Editing', ...KEPT], outcomes: [{ type: 'ClaimMuted' }] },
  RecordDelivery: {
    rule: 'R45',
    who: DESK,
    from: ANY,
    outcomes: [
      { type: 'NoticeDelivered', from: AWAITING },
      { type: 'NoticeUndeliverable', from: AWAITING },
    ],
  },
  // Of a file that waited, or any that is found bad; it counts as proof, or never does.
  RecordScan: {
    rule: 'R9',
    who: DESK,
    from: ['Editing', ...KEPT],
    outcomes: [{ type: 'PoeScanned', outdates: 'poe' }],
  },
  // Nothing comes of it but what is due by then.
  Wake: { rule: 'R44', who: DESK, from: ANY, outcomes: [] },
};

/** Before it is created, a claim is in no stage. */
export type From = Stage | 'nothing';

/** Something that can happen to a claim. */
export interface Step {
  readonly rule: string;
  readonly who: Right;
  readonly from: readonly From[];
  readonly to?: Stage;
  readonly toAgain?: Stage;
  readonly outdates?: Kind;
  readonly needsProof?: true | undefined;
  /** The command that it comes of; absent for a creation and for what a clock does. */
  readonly command?: CommandType;
}

/** R10. */
export const CREATION: Step = { rule: 'R10', who: PARTNER, from: ['nothing'], to: 'Editing' };
/** What the clocks do by themselves. The passing of a consent changes no status (R25). */
const CLOCKWORK = {
  PartnerDidNotRespond: {
    rule: 'R23',
    who: DESK,
    from: ['PartnerActionRequired'],
    to: 'Disputable',
    outdates: 'status',
  },
  ConsentNotGiven: { rule: 'R60', who: DESK, from: ['ConsentOpen'], to: 'FinallyDeclined', outdates: 'status' },
  ConsentPassed: { rule: 'R25', who: DESK, from: ['ConsentOpen'], to: 'ConsentPassed' },
  DisputeWindowClosed: { rule: 'R29', who: DESK, from: ['Disputable'], to: 'WindowClosed', outdates: 'status' },
  ClockReminded: { rule: 'R35–R41', who: DESK, from: TIMED },
  // No one of the side could act, or no consent would count: the clock waits for a new notice.
  ClockSuspended: { rule: 'R5, R45', who: DESK, from: AWAITING },
  // An older state was restored: clocks that act wait for a new notice. No command of anyone leads to it.
  StateRestored: { rule: 'R45', who: DESK, from: ANY, outdates: 'status' },
  ClockEscalated: { rule: 'R43', who: DESK, from: ['Submitted', 'UnderReview', 'Disputed'] },
} as const satisfies Partial<Record<EventType, Step>>;

const COMMANDS = Object.entries(LAW) as readonly (readonly [CommandType, Row])[];
const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['ClaimCreated', CREATION],
  ...COMMANDS.flatMap(([command, row]) =>
    row.outcomes.map(({ type, ...outcome }): [string, Step] => [
      type,
      { rule: row.rule, who: row.who, from: row.from, needsProof: row.needsProof, command, ...outcome },
    ]),
  ),
  ...Object.entries(CLOCKWORK),
]);
/** The types of all that can happen to a claim. */
export const EVENT_TYPES = [...STEPS.keys()] as readonly EventType[];
/**
 * The types of what people and clocks bring about. A restore is recorded by an operator from the command line, which
 * neither the model nor the simulation plays.
 */
export const LIVED_EVENT_TYPES = EVENT_TYPES.filter((type) => type !== 'StateRestored');
export const COMMAND_TYPES = Object.keys(LAW) as readonly CommandType[];

/** The step that an event is; undefined for a type of which there is no event. */
export function stepOf(type: string): Step | undefined {
  return STEPS.get(type);
}

/** Where a claim is after an event; `declines`: how often its customer had declined until then (R60). */
export function stageAfter<At extends From>(stage: At, type: string, declines = 0): At | Stage {
  const step = STEPS.get(type);
  return (declines > 0 ? step?.toAgain : undefined) ?? step?.to ?? stage;
}

/** Whether the customer declines with it, in words or by silence (R60). */
export function isDecline(type: string): boolean {
  return type === 'ConsentDenied' || type === 'ConsentNotGiven';
}

/** Whether a claim's state moves on with it, so that what was decided or waited for before is over. */
export function movesOn(type: string): boolean {
  return STEPS.get(type)?.to !== undefined;
}

/** Whether the desk itself does it, and no person. */
export function isOfTheDesk(type: string): boolean {
  return STEPS.get(type)?.who.sides.includes('desk') ?? false;
}

/** What is unlawful about an event of this type, by this side, of a claim at this stage. */
export function breachesOf(stage: From, type: string, side: string): readonly string[] {
  const step = STEPS.get(type);
  if (!step) return [`${type} is nothing that happens to a claim`];
  return [
    ...(step.from.includes(stage) ? [] : [`${type} by ${side} is not allowed in ${stage}`]),
    ...(step.who.sides.some((known) => known === side) ? [] : [`${type} in ${stage} is not for ${side} to do`]),
  ];
}

/**
 * What a command becomes in a stage, where its inputs do not choose between two; undefined where nothing comes of it.
 */
export function outcomeOf(command: CommandType, stage: Stage): Outcome | undefined {
  const { from, outcomes } = LAW[command];
  return outcomes.find((outcome) => (outcome.from ?? from).includes(stage));
}

// ---- Sight, side, and the reason why not.

/** R6. */
export function sees(relation: Relation, { wasSubmitted, wasApproved, wasHandedOver }: Progress): boolean {
  if (relation.desk || relation.partner !== undefined) return true;
  if (wasSubmitted && (relation.reviewer || relation.owner)) return true;
  if (wasHandedOver && relation.assessor) return true;
  return wasApproved && relation.contact;
}

/** The one side on which a person acts on a claim: partner before customer before review. */
export function sideOf({ desk, partner, contact, reviewer }: Relation): Side {
  if (desk) return 'desk';
  if (partner !== undefined) return 'partner';
  return contact && !reviewer ? 'customer' : 'review';
}

/**
 * Why a command is refused whatever it says: sight before right, right before stage (R6, R32). Undefined where it
 * depends on what it says.
 */
export function denialOf(
  command: CommandType,
  relation: Relation,
  claim: Progress & { readonly stage: Stage },
): RefusalCode | undefined {
  const { who, from } = LAW[command];
  if (!sees(relation, claim)) return 'notFound';
  return who.denial(relation) ?? (from.includes(claim.stage) ? undefined : 'wrongStage');
}

// ---- Both sides (R3, R5, R45).

/** Why no consent of a customer counts now (R5). */
export type Bar = 'sidesOverlap' | 'customerNotEnrolled' | 'contactUnknown' | 'contactOfPartner';
/** How the last one of a side who could act was lost. */
export type Loss = 'removed' | 'blocked' | 'uninstalled' | 'organisationGone';

/** Against whom a clock decides when it is due (R23, R25, R29). */
export const DECIDES_AGAINST = {
  partnerResponse: 'partner',
  disputeWindow: 'partner',
  consent: 'customer',
} as const satisfies Partial<Record<ClockName, 'partner' | 'customer'>>;

/** Of a partner only what is taken away stops a clock; of a customer its own blocking and uninstalling do too (R45). */
export const LOSSES: Readonly<Record<'partner' | 'customer', readonly Loss[]>> = {
  partner: ['removed', 'organisationGone'],
  customer: ['removed', 'blocked', 'uninstalled', 'organisationGone'],
};

/** What the claim then says that it waits for: as if its new notice had met the same obstacle already. */
export const WAITS_FOR: Readonly<Record<'partner' | 'customer', Readonly<Record<Loss, string>>>> = {
  partner: { removed: 'noMember', organisationGone: 'noMember', blocked: 'blocked', uninstalled: 'notInstalled' },
  customer: {
    removed: 'contactUnknown',
    organisationGone: 'customerNotEnrolled',
    blocked: 'blocked',
    uninstalled: 'notInstalled',
  },
};
