/** Who sees the model's claim, who may do what with it, and what somebody has missed of it (R1–R6, R57). */
import type { Side } from '../../../../src/domain/claims/values.ts';
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import type { CommandType } from '../../../../src/domain/claims/commands.ts';
import type { RefusalCode } from '../../../../src/domain/claims/refusal.ts';
import type { ModelChange, ModelClaim } from './modelClaim.ts';
import { idOf } from './people.ts';
import type { Person } from './people.ts';

type Right = (person: Person, claim: ModelClaim) => RefusalCode | undefined;

/** The contact that the claim names, or another one whom the customer enrolled (R3). */
export function isContact({ customer }: Person, { form }: ModelClaim): boolean {
  return (
    customer !== undefined &&
    (customer.enrolled || customer.email.toLowerCase() === form.customerContactEmail.toLowerCase())
  );
}

/** R6. */
export function sees(person: Person, claim: ModelClaim): boolean {
  if (person.actor.kind === 'desk' || person.partner) return true;
  if (claim.submittedAt !== undefined && (person.reviewer || person.owner)) return true;
  if (claim.assessment && person.assessor) return true;
  return claim.approval !== undefined && isContact(person, claim);
}

export function sideOf(person: Person, claim: ModelClaim): Side {
  if (person.actor.kind === 'desk') return 'desk';
  if (person.partner) return 'partner';
  return isContact(person, claim) && !person.reviewer ? 'customer' : 'review';
}

const asPartner: Right = ({ partner }) =>
  partner === 'acts' ? undefined : partner === 'reads' ? 'partnerRoleNeeded' : 'partnerOnly';
const isBarred = ({ partner, atHome }: Person): boolean => partner !== undefined || atHome;
const asReviewer: Right = (person) =>
  !person.reviewer ? 'reviewerOnly' : isBarred(person) ? 'ownOrganisation' : undefined;
const asDecider: Right = (person, claim) =>
  asReviewer(person, claim) ??
  (person.lead || claim.assignee === idOf(person.actor) ? undefined : 'assigneeOrLeadOnly');
export const onDispute: Right = (person, claim) => {
  const isRejecter = claim.rejection?.byReviewer === true && claim.rejection.by === idOf(person.actor);
  return asReviewer(person, claim) ?? (isRejecter ? 'ownRejection' : undefined);
};
const asContact: Right = (person, claim) => (isContact(person, claim) ? undefined : 'customerContactOnly');
const inTalk: Right = (person, claim) => (person.reviewer && !person.partner ? undefined : asPartner(person, claim));
const asAssessor: Right = (person) =>
  !person.assessor && !person.lead ? 'assessorOnly' : isBarred(person) ? 'ownOrganisation' : undefined;
const inOwnChat: Right = (person) => {
  const atVendor = person.reviewer || person.owner || person.assessor || person.operator;
  return person.partner || atVendor ? undefined : 'partnerOnly';
};
const asDesk: Right = ({ actor }) => (actor.kind === 'desk' ? undefined : 'notFound');

const OPEN: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const KEPT: readonly Stage[] = [...OPEN, 'Upheld', 'WindowClosed'];
const ANY: readonly Stage[] = ['Editing', 'Discarded', ...KEPT];
const IN_WORK: readonly Stage[] = ['Editing', 'Submitted', 'PartnerActionRequired'];

interface Row {
  readonly who: Right;
  readonly from: readonly Stage[];
  /** Decides, and so counts only for what its maker saw (R57). */
  readonly decides?: true;
}

/** The table of R10–R33, and beside it R45 and R53. */
export const TABLE: Readonly<Record<CommandType, Row>> = {
  EditFields: { who: asPartner, from: IN_WORK },
  AddPoe: { who: asPartner, from: [...IN_WORK, 'Disputable'] },
  RemovePoe: { who: asPartner, from: ['Editing'] },
  DiscardDraft: { who: asPartner, from: ['Editing'] },
  SubmitClaim: { who: asPartner, from: ['Editing'] },
  StartReview: { who: asReviewer, from: ['Submitted'], decides: true },
  ReassignClaim: { who: asDecider, from: ['Submitted', 'UnderReview', 'Disputed'] },
  RequestInformation: { who: asDecider, from: ['UnderReview'], decides: true },
  ResubmitClaim: { who: asPartner, from: ['PartnerActionRequired'], decides: true },
  ApproveClaim: { who: asDecider, from: ['UnderReview'], decides: true },
  RejectClaim: { who: asDecider, from: ['UnderReview'], decides: true },
  RequestRejection: {
    who: asPartner,
    from: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
    decides: true,
  },
  DenyConsent: { who: asContact, from: ['ConsentOpen', 'ConsentPassed'], decides: true },
  OpenDispute: { who: asPartner, from: ['Disputable'], decides: true },
  UpholdRejection: { who: onDispute, from: ['Disputed'], decides: true },
  OverturnRejection: { who: onDispute, from: ['Disputed'], decides: true },
  AddComment: { who: inTalk, from: OPEN },
  EditComment: { who: inTalk, from: KEPT },
  DeleteComment: { who: inTalk, from: KEPT },
  ReportAssessment: { who: asAssessor, from: ['ConsentPassed'] },
  FollowClaim: { who: inOwnChat, from: ['Editing', ...KEPT] },
  MuteClaim: { who: inOwnChat, from: ['Editing', ...KEPT] },
  RecordDelivery: { who: asDesk, from: ANY },
  Wake: { who: asDesk, from: ANY },
};

/** What somebody has not seen who pressed a card of that version: the status, what others entered, what the other side said (R57). */
export function missed(claim: ModelClaim, person: Person, seen: number | undefined): readonly ModelChange[] {
  if (seen === undefined) return [];
  const side = sideOf(person, claim);
  return claim.changes.filter(({ kind, version, by, side: theirs }) => {
    if (version <= shownBy(claim, seen)) return false;
    if (kind === 'status') return true;
    return by !== idOf(person.actor) && side !== 'customer' && (kind !== 'comment' || theirs !== side);
  });
}

/** No card shows a version that is still to come: whoever says so has seen nothing. */
export function shownBy({ version }: ModelClaim, seen: number): number {
  return seen > version ? 0 : seen;
}
