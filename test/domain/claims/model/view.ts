/** One shape for both: the model's claim and the desk's, laid side by side after every command. */
import type { Claim, Stage } from '../../../../src/domain/claims/claim.ts';
import type { Clock } from '../../../../src/domain/claims/clock.ts';
import type { ClaimEvent } from '../../../../src/domain/claims/events.ts';
import type { ModelClaim } from './modelClaim.ts';
import { dueOf, nextOf } from './modelClock.ts';
import type { ModelClock } from './modelClock.ts';

const STATUS: Readonly<Record<Stage, Claim['status']>> = {
  Editing: 'Editing',
  Discarded: 'Discarded',
  Submitted: 'Submitted',
  UnderReview: 'UnderReview',
  PartnerActionRequired: 'PartnerActionRequired',
  ConsentOpen: 'Approved',
  ConsentPassed: 'Approved',
  Disputable: 'Rejected',
  Disputed: 'Rejected',
  Upheld: 'Rejected',
  WindowClosed: 'Rejected',
  FinallyDeclined: 'Rejected',
};
const DISPUTE = {
  Disputable: 'possible',
  Disputed: 'open',
  Upheld: 'upheld',
  WindowClosed: 'windowClosed',
  FinallyDeclined: 'excluded',
} as const satisfies Partial<Record<Stage, string>>;

export function viewOfModel(model: ModelClaim): object {
  const { stage, version, form, poe, comments, clocks, approval, consent, assessment, rejection, hold } = model;
  return {
    status: STATUS[stage],
    version,
    form,
    poe: poe.map(({ id, scan }) => [id, scan]),
    clocks: Object.fromEntries([...clocks].map(([name, clock]) => [name, clockOfModel(clock)])),
    comments: comments.map(({ by, at, text, deleted }) => ({ by, at, text, deleted })),
    submittedAt: model.submittedAt,
    assignee: model.assignee,
    answered: stage === 'PartnerActionRequired' ? model.answered : undefined,
    approval,
    consent: consent && {
      ...consent,
      late: [...consent.late],
      passedAt: consent.passedAt,
      agreed: consent.agreed,
      objections: [...consent.objections],
    },
    declines: model.declines,
    assessment: assessment && { ...assessment, outcomes: [...assessment.outcomes.values()] },
    rejection: rejection && { at: rejection.at, by: rejection.by, reason: rejection.reason },
    dispute: stage in DISPUTE ? DISPUTE[stage as keyof typeof DISPUTE] : undefined,
    hold,
    followers: model.followers,
    muted: model.muted,
  };
}

function clockOfModel(clock: ModelClock): object {
  const { state, book, startedAt, level, reminders, left } = clock;
  return {
    state,
    policy: book.version,
    startedAt,
    level,
    dueAt: dueOf(clock),
    nextAt: nextOf(clock),
    reminders: reminders.map(({ at }) => at),
    left,
  };
}

export function viewOfClaim(claim: Claim): object {
  const { status, version, fields, poe, comments, clocks, approval, consent, assessment, hold } = claim;
  return {
    status,
    version,
    form: fields,
    poe: poe.map(({ id, scan }) => [id, scan]),
    clocks: Object.fromEntries(Object.entries(clocks).map(([name, clock]) => [name, clockOfClaim(clock)])),
    comments: comments.map(({ by, at, text, deletedAt }) => ({
      by: by.id,
      at,
      text,
      deleted: deletedAt !== undefined,
    })),
    submittedAt: claim.submittedAt,
    assignee: claim.assignee?.id,
    answered: status === 'PartnerActionRequired' ? claim.request.answered : undefined,
    approval: approval && { at: approval.at, by: approval.by.id, afterDispute: approval.afterDispute },
    consent: consent && {
      period: consent.period,
      openedAt: consent.openedAt,
      state: consent.state,
      late: consent.state === 'passed' ? consent.lateDenials.map(({ by }) => by.id) : [],
      passedAt: consent.state === 'passed' ? consent.passedAt : undefined,
      needsAgreement: consent.needsAgreement,
      agreed: consent.agreed && { at: consent.agreed.at, by: consent.agreed.by.id },
      objections: consent.objections.map(({ at, by, text }) => ({ at, by: by.id, text })),
    },
    declines: claim.declines,
    assessment: assessment && {
      period: assessment.record.period,
      approvedAt: assessment.record.approvedAt,
      passedAt: assessment.record.consentPassedAt,
      outcomes: assessment.outcomes.map(({ programme, eligible, number, correction }) => ({
        programme,
        eligible,
        number,
        correction,
      })),
    },
    rejection:
      status === 'Rejected'
        ? { at: claim.rejection.at, by: claim.rejection.by.id, reason: claim.rejection.reason }
        : undefined,
    dispute: status === 'Rejected' ? claim.dispute.state : undefined,
    hold,
    followers: claim.followers,
    muted: claim.muted,
  };
}

function clockOfClaim(clock: Clock): object {
  const { state, policy, startedAt, level, reminders } = clock;
  return {
    state,
    policy,
    startedAt,
    level,
    dueAt: clock.state === 'awaitingDelivery' ? undefined : clock.dueAt,
    nextAt: clock.state === 'running' ? clock.nextAt : undefined,
    reminders,
    left: clock.state === 'paused' ? clock.remaining : undefined,
  };
}

/** What a clock did, in the model's words; undefined for what it did not do. */
export function firingOf(event: ClaimEvent): string | undefined {
  switch (event.type) {
    case 'ClockReminded':
      return `${event.clock} reminds of ${event.dueAt}, ${event.daysLeft} before, at ${event.at}`;
    case 'ClockEscalated':
      return `${event.clock} of ${event.dueAt} is late, level ${event.level}, at ${event.at}`;
    case 'ClockSuspended':
      return `${event.clock} is stopped at ${event.at}`;
    case 'PartnerDidNotRespond':
      return `partnerResponse acts at ${event.at}`;
    case 'ConsentPassed':
    case 'ConsentNotGiven':
      return `consent acts at ${event.at}`;
    case 'DisputeWindowClosed':
      return `disputeWindow acts at ${event.at}`;
    default:
      return undefined;
  }
}
