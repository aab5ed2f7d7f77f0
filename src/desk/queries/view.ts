/**
 * Claim + reader → what they see, who acts next, what happens automatically, what they may select (R6, R52). Free of
 * language.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim, Stage } from '../../domain/claims/claim.ts';
import type { Comment, PersonId, Poe } from '../../domain/claims/values.ts';
import { isWithdrawn } from '../../domain/claims/values.ts';
import { stageOf } from '../../domain/claims/claim.ts';
import type { Clock } from '../../domain/claims/clock.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import { isSilenceNo } from '../../domain/claims/consent.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isCustomerContact, isReviewer, membershipIn } from '../../domain/claims/permission.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import { CLOCK_NAMES } from '../../domain/claims/policy.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import type { Reader } from '../ports/reader.ts';

/** Who has to act next. */
export type NextActor = 'partner' | 'reviewers' | 'assignee' | 'customer' | 'clock' | 'assessor' | 'nobody';

/**
 * What happens automatically, and when; without a time while a notice is not delivered (R45) or an objection is open
 * (R60).
 */
export interface ByItself {
  readonly what: 'autoReject' | 'handOver' | 'declines' | 'windowCloses';
  readonly at?: Instant;
}

/** A clock as a reader sees it; `dueAt` is absent while it does not run. */
export interface ShownClock {
  readonly name: ClockName;
  readonly state: Clock['state'];
  readonly dueAt?: Instant;
  readonly overdue: boolean;
}

/** A claim as one reader sees it. */
export interface ClaimView {
  readonly claim: Claim;
  readonly stage: Stage;
  readonly side: 'partner' | 'review' | 'customer';
  readonly next: NextActor;
  /** Whether the claim is assigned to the reader. */
  readonly isMine: boolean;
  readonly byItself?: ByItself;
  readonly clocks: readonly ShownClock[];
  /** R45: a notice that could not be delivered, and why. */
  readonly hold?: string;
  /** The commands that the reader may give, the most important first. */
  readonly actions: readonly PersonCommandType[];
  /** Why the reader may not do something else now (R32). */
  readonly refusals: Readonly<Partial<Record<PersonCommandType, Refusal>>>;
  /** Without those in which a virus was found: they are in no view (R9). */
  readonly poe: readonly Poe[];
  readonly comments: readonly Comment[];
  /**
   * The name under which the customer's tenant is enrolled, for the partner and the reviewers; undefined where it is
   * not enrolled, absent where it was not asked for.
   */
  readonly enrolledAs?: string | undefined;
}

/** What the directory adds to a view, read when it is made. */
export type ViewFacts = Pick<ClaimView, 'enrolledAs'>;

/** The commands that can be buttons of a card, the most important first. */
const PRESSED: readonly PersonCommandType[] = [
  'SubmitClaim',
  'StartReview',
  'ResubmitClaim',
  'ApproveClaim',
  'RequestInformation',
  'RejectClaim',
  'OverturnRejection',
  'UpholdRejection',
  'AgreeConsent',
  'DenyConsent',
  'WithdrawObjection',
  'OpenDispute',
  'ReportAssessment',
  'EditFields',
  'AddPoe',
  'AddComment',
  'ReassignClaim',
  'RequestRejection',
  'RemovePoe',
  'DiscardDraft',
];

/** The view of a claim for a reader who may see it. `claim` must be settled up to `now` (R44). */
export function viewClaim(claim: Claim, reader: Reader, now: Instant, facts: ViewFacts = {}): ClaimView {
  const member = reader.kind === 'person' ? reader.member : standIn(reader.audience, claim);
  const side = reader.kind === 'audience' ? reader.audience : sideOf(member, claim);
  const byItself = whatHappensByItself(claim);
  const refusals = refusalsOf(member, claim);
  return {
    claim,
    side,
    stage: stageOf(claim),
    next: nextActor(claim),
    isMine: reader.kind === 'person' && claim.assignee?.id === reader.member.id,
    ...(byItself && { byItself }),
    clocks: shownClocks(claim, side, now),
    ...(claim.hold && { hold: claim.hold.reason }),
    actions: PRESSED.filter((type) => !refusals[type] && !hasNoEffect(type, claim, reader)),
    refusals,
    poe: side === 'customer' ? [] : claim.poe.filter((one) => !isWithdrawn(one)),
    comments: side === 'customer' ? [] : claim.comments,
    ...(side !== 'customer' && facts),
  };
}

/** The view of a claim as it was read, for one person. */
export function viewFor({ claim }: ClaimRecord, member: Member, now: Instant, facts: ViewFacts = {}): ClaimView {
  return viewClaim(claim, { kind: 'person', member }, now, facts);
}

function refusalsOf(member: Member, claim: Claim): ClaimView['refusals'] {
  const refusals: Partial<Record<PersonCommandType, Refusal>> = {};
  for (const type of PRESSED) {
    const refusal = refusalFor(type, member, claim);
    if (refusal) refusals[type] = refusal;
  }
  return refusals;
}

function sideOf(member: Member, claim: Claim): ClaimView['side'] {
  if (membershipIn(member, claim.partner.id)) return 'partner';
  return isCustomerContact(member, claim) && !isReviewer(member) ? 'customer' : 'review';
}

/**
 * A member in place of everyone who shares a card: it shows what any of them may do. Who then acts is judged by their
 * own rights.
 */
function standIn(audience: 'review' | 'partner' | 'customer', claim: Claim): Member {
  const noRoles: Member = {
    kind: 'person',
    id: `audience/${audience}` as PersonId,
    name: '',
    email: '',
    tenantId: '',
    staff: [],
    memberships: [],
    homeOrganisations: [],
    contactOf: [],
  };
  switch (audience) {
    case 'review':
      return { ...noRoles, staff: ['lead'] };
    case 'partner':
      return {
        ...noRoles,
        memberships: [
          {
            organisation: claim.partner.id,
            organisationName: claim.partner.name,
            mpnIds: [],
            roles: ['incentivesAdmin'],
          },
        ],
      };
    case 'customer':
      return { ...noRoles, tenantId: claim.fields.customerTenantId, contactOf: [claim.fields.customerTenantId] };
  }
}

/**
 * Allowed, but with nothing to do: no PoE to remove, nothing to assess, an agreement that is known, no words to take
 * back, a denial that comes too late to offer.
 */
function hasNoEffect(type: PersonCommandType, claim: Claim, reader: Reader): boolean {
  switch (type) {
    case 'RemovePoe':
      return claim.poe.every(isWithdrawn);
    case 'ReportAssessment':
      return !claim.assessment;
    case 'DenyConsent':
      return claim.consent?.state !== 'open';
    case 'AgreeConsent':
      return claim.consent?.agreed !== undefined && claim.consent.objections.length === 0;
    case 'WithdrawObjection':
      return !claim.consent?.objections.some(({ by }) => reader.kind === 'audience' || by.id === reader.member.id);
    default:
      return false;
  }
}

function nextActor(claim: Claim): NextActor {
  switch (stageOf(claim)) {
    case 'Editing':
    case 'PartnerActionRequired':
      return 'partner';
    case 'Submitted':
      return claim.assignee ? 'assignee' : 'reviewers';
    case 'UnderReview':
      return 'assignee';
    case 'ConsentOpen':
      return 'customer';
    case 'ConsentPassed':
      return claim.assessment?.outcomes.length ? 'nobody' : 'assessor';
    case 'Disputable':
      return 'partner';
    case 'Disputed':
      return 'reviewers';
    case 'Discarded':
    case 'Upheld':
    case 'WindowClosed':
    case 'FinallyDeclined':
      return 'nobody';
  }
}

function whatHappensByItself(claim: Claim): ByItself | undefined {
  for (const name of CLOCK_NAMES) {
    const clock = claim.clocks[name];
    const what = whatComesOf(name, claim);
    if (!clock || !what) continue;
    const at = dueOf(clock);
    return { what, ...(at !== undefined && { at }) };
  }
  return undefined;
}

/** What a clock does when it is due; undefined for one that only escalates (R43). */
function whatComesOf(name: ClockName, claim: Claim): ByItself['what'] | undefined {
  switch (name) {
    case 'partnerResponse':
      return 'autoReject';
    case 'consent':
      return claim.status === 'Approved' && isSilenceNo(claim) ? 'declines' : 'handOver';
    case 'disputeWindow':
      return 'windowCloses';
    default:
      return undefined;
  }
}

/** Partners see their own clocks and those of the decision; customers the consent; reviewers all. */
function shownClocks(claim: Claim, side: ClaimView['side'], now: Instant): readonly ShownClock[] {
  return CLOCK_NAMES.flatMap((name) => {
    const clock = claim.clocks[name];
    if (!clock || (side === 'customer' && name !== 'consent')) return [];
    const dueAt = dueOf(clock);
    const overdue = dueAt !== undefined && dueAt <= now;
    return [{ name, state: clock.state, overdue, ...(dueAt !== undefined && { dueAt }) }];
  });
}
