/**
 * Routes a command to its rule. Before the rule: may they see it, may they do it, is the claim where it must be, is
 * their card still true.
 */
import { reportAssessment } from './assessment.ts';
import type { Change, Claim, Stage } from './claim.ts';
import type { Party } from './values.ts';
import { stageOf } from './claim.ts';
import type { ClaimCommand, CommandType, RecordDelivery } from './commands.ts';
import { addComment, deleteComment, editComment } from './comments.ts';
import { agreeConsent, denyConsent, recordObjection, withdrawObjection } from './consent.ts';
import type { Decision, Rules } from './decision.ts';
import { happened, NOTHING, refuse, shownVersion, stamp } from './decision.ts';
import { openDispute, overturnRejection, upholdRejection } from './dispute.ts';
import {
  addPoe,
  discardDraft,
  editFields,
  recordScan,
  removePoe,
  requestRejection,
  resubmitClaim,
  submitClaim,
} from './drafting.ts';
import { consentBar } from './parties.ts';
import type { Actor } from './permission.ts';
import {
  mayActAsPartner,
  mayAgree,
  mayComment,
  mayApprove,
  mayDecide,
  mayDecideDispute,
  mayDeny,
  mayFollow,
  mayRead,
  mayOverturn,
  mayReassign,
  mayReport,
  mayReview,
  partyOf,
} from './permission.ts';
import type { ClockName } from './policy.ts';
import type { Refusal } from './refusal.ts';
import { approveClaim, reassignClaim, rejectClaim, requestInformation, startReview } from './review.ts';
import { sideOfClock } from './standing.ts';

interface Gate {
  may(this: void, actor: Actor, claim: Claim): Refusal | undefined;
  readonly stages: readonly Stage[];
  /** The decision counts only for what the card showed (R57). */
  readonly counts?: 'forWhatWasSeen';
}

const DISCUSSED: readonly Stage[] = [
  'Submitted',
  'UnderReview',
  'PartnerActionRequired',
  'ConsentOpen',
  'ConsentPassed',
  'Disputable',
  'Disputed',
];
const ENDED: readonly Stage[] = ['Upheld', 'WindowClosed', 'FinallyDeclined'];
const deskOnly = (actor: Actor): Refusal | undefined => (actor.kind === 'desk' ? undefined : { code: 'notFound' });
const seen = 'forWhatWasSeen';

/** The table of R11–R33, R53, R59 and R60: who, and from where. */
const GATES: Readonly<Record<CommandType, Gate>> = {
  EditFields: { may: mayActAsPartner, stages: ['Editing', 'Submitted', 'PartnerActionRequired'] },
  AddPoe: { may: mayActAsPartner, stages: ['Editing', 'Submitted', 'PartnerActionRequired', 'Disputable'] },
  RemovePoe: { may: mayActAsPartner, stages: ['Editing'] },
  DiscardDraft: { may: mayActAsPartner, stages: ['Editing'] },
  SubmitClaim: { may: mayActAsPartner, stages: ['Editing'] },
  StartReview: { may: mayReview, stages: ['Submitted'], counts: seen },
  ReassignClaim: { may: mayReassign, stages: ['Submitted', 'UnderReview', 'Disputed'] },
  RequestInformation: { may: mayDecide, stages: ['UnderReview'], counts: seen },
  ResubmitClaim: { may: mayActAsPartner, stages: ['PartnerActionRequired'], counts: seen },
  ApproveClaim: { may: mayApprove, stages: ['UnderReview'], counts: seen },
  RejectClaim: { may: mayDecide, stages: ['UnderReview'], counts: seen },
  RequestRejection: {
    may: mayActAsPartner,
    stages: ['Submitted', 'UnderReview', 'PartnerActionRequired', 'ConsentOpen', 'ConsentPassed'],
    counts: seen,
  },
  DenyConsent: { may: mayDeny, stages: ['ConsentOpen', 'ConsentPassed'], counts: seen },
  AgreeConsent: { may: mayAgree, stages: ['ConsentOpen'], counts: seen },
  RecordObjection: { may: mayDeny, stages: ['ConsentOpen'] },
  WithdrawObjection: { may: mayDeny, stages: ['ConsentOpen'] },
  OpenDispute: { may: mayActAsPartner, stages: ['Disputable'], counts: seen },
  UpholdRejection: { may: mayDecideDispute, stages: ['Disputed'], counts: seen },
  OverturnRejection: { may: mayOverturn, stages: ['Disputed'], counts: seen },
  AddComment: { may: mayComment, stages: DISCUSSED },
  EditComment: { may: mayComment, stages: [...DISCUSSED, ...ENDED] },
  DeleteComment: { may: mayComment, stages: [...DISCUSSED, ...ENDED] },
  ReportAssessment: { may: mayReport, stages: ['ConsentPassed'] },
  FollowClaim: { may: mayFollow, stages: ['Editing', ...DISCUSSED, ...ENDED] },
  MuteClaim: { may: mayFollow, stages: ['Editing', ...DISCUSSED, ...ENDED] },
  RecordDelivery: { may: deskOnly, stages: ['Editing', 'Discarded', ...DISCUSSED, ...ENDED] },
  RecordScan: { may: deskOnly, stages: ['Editing', ...DISCUSSED, ...ENDED] },
  Wake: { may: deskOnly, stages: ['Editing', 'Discarded', ...DISCUSSED, ...ENDED] },
};

/**
 * Why an actor may not give a command now, whatever its inputs; undefined where they may. The buttons of a card follow
 * it.
 */
export function refusalFor(type: CommandType, actor: Actor, claim: Claim): Refusal | undefined {
  if (!mayRead(actor, claim)) return { code: 'notFound' };
  const gate = GATES[type];
  const stage = stageOf(claim);
  return (
    gate.may(actor, claim) ?? (gate.stages.includes(stage) ? undefined : { code: 'wrongStage', stage, changes: [] })
  );
}

/**
 * Decide a command on a claim whose clocks have been settled up to the command's time (R44). Pure: the same question,
 * the same answer.
 */
export function decide(command: ClaimCommand, claim: Claim, rules: Rules): Decision {
  const denied = refusalFor(command.type, command.by, claim);
  const since = changesSince(claim, partyOf(command.by, claim), command.seen);
  if (denied?.code === 'wrongStage') return refuse({ ...denied, changes: since });
  if (denied) return refuse(denied);
  if (GATES[command.type].counts && since.length > 0) return refuse({ code: 'stale', changes: since });
  return apply(command, claim, rules);
}

/** What R57 counts as changed after a version: the status, fields and PoE by others, comments of the other side. */
export function changesSince(claim: Claim, reader: Party, version: number | undefined): readonly Change[] {
  if (version === undefined) return [];
  const shown = shownVersion(claim, version);
  return claim.changes.filter((change) => {
    if (change.version <= shown) return false;
    if (change.kind === 'status') return true;
    if (change.by.id === reader.id || reader.side === 'customer') return false;
    return change.kind !== 'comment' || change.by.side !== reader.side;
  });
}

function apply(command: ClaimCommand, claim: Claim, rules: Rules): Decision {
  switch (command.type) {
    case 'EditFields':
      return editFields(command, claim, rules);
    case 'AddPoe':
      return addPoe(command, claim, rules);
    case 'RemovePoe':
      return removePoe(command, claim);
    case 'DiscardDraft':
      return discardDraft(command, claim);
    case 'SubmitClaim':
      return submitClaim(command, claim, rules);
    case 'StartReview':
      return startReview(command, claim);
    case 'ReassignClaim':
      return reassignClaim(command, claim);
    case 'RequestInformation':
      return requestInformation(command, claim);
    case 'ResubmitClaim':
      return claim.status === 'PartnerActionRequired' ? resubmitClaim(command, claim, rules) : NOTHING;
    case 'ApproveClaim':
      return approveClaim(command, claim);
    case 'RejectClaim':
      return rejectClaim(command, claim);
    case 'RequestRejection':
      return requestRejection(command, claim);
    case 'DenyConsent':
      return claim.status === 'Approved' ? denyConsent(command, claim, rules) : NOTHING;
    case 'AgreeConsent':
      return claim.status === 'Approved' ? agreeConsent(command, claim) : NOTHING;
    case 'RecordObjection':
      return claim.status === 'Approved' ? recordObjection(command, claim) : NOTHING;
    case 'WithdrawObjection':
      return claim.status === 'Approved' ? withdrawObjection(command, claim) : NOTHING;
    case 'OpenDispute':
      return claim.status === 'Rejected' ? openDispute(command, claim) : NOTHING;
    case 'UpholdRejection':
      return claim.status === 'Rejected' ? upholdRejection(command, claim) : NOTHING;
    case 'OverturnRejection':
      return claim.status === 'Rejected' ? overturnRejection(command, claim) : NOTHING;
    case 'AddComment':
      return addComment(command, claim);
    case 'EditComment':
      return editComment(command, claim);
    case 'DeleteComment':
      return deleteComment(command, claim);
    case 'ReportAssessment':
      return reportAssessment(command, claim);
    case 'FollowClaim':
      return follows(command, claim, 'ClaimFollowed');
    case 'MuteClaim':
      return follows(command, claim, 'ClaimMuted');
    case 'RecordDelivery':
      return recordDelivery(command, claim);
    case 'RecordScan':
      return recordScan(command, claim);
    case 'Wake':
      return NOTHING;
    default:
      return command satisfies never;
  }
}

/** Follow or mute a claim for one's own personal chat; the one ends the other (R47). */
function follows(
  command: Extract<ClaimCommand, { type: 'FollowClaim' | 'MuteClaim' }>,
  claim: Claim,
  type: 'ClaimFollowed' | 'ClaimMuted',
): Decision {
  if (command.by.kind !== 'person') return NOTHING;
  const already = type === 'ClaimFollowed' ? claim.followers : claim.muted;
  if (already.includes(command.by.id)) return NOTHING;
  return happened({ type, ...stamp(command, claim), personId: command.by.id });
}

/** The partner was told of a clock that runs, and cannot be told anything more; recorded once while it runs (R45). */
function isLostWhileRunning(claim: Claim, clock: ClockName): boolean {
  const running = claim.clocks[clock];
  if (running?.state !== 'running' || sideOfClock(clock) !== 'partner') return false;
  return claim.partnerLostAt === undefined || claim.partnerLostAt < (claim.runsSince[clock] ?? running.startedAt);
}

/** The clock runs from the delivery of its notice, or waits and says so (R45). What comes too late changes nothing. */
function recordDelivery(command: RecordDelivery, claim: Claim): Decision {
  const { clock, outcome } = command;
  if (outcome.kind === 'undeliverable' && isLostWhileRunning(claim, clock))
    return happened({
      type: 'NoticeUndeliverable',
      ...stamp(command, claim),
      clock,
      reason: outcome.reason,
      runsOn: true,
    });
  if (claim.clocks[clock]?.state !== 'awaitingDelivery') return NOTHING;
  // Rights may have changed since it was sent: what reached a person who may not consent starts nothing (R5).
  const bar = clock === 'consent' ? consentBar(claim, command.parties) : undefined;
  if (outcome.kind === 'delivered' && !bar)
    return happened({ type: 'NoticeDelivered', ...stamp(command, claim), clock });
  const reason = outcome.kind === 'undeliverable' ? outcome.reason : bar;
  if (reason === undefined || claim.hold?.reason === reason) return NOTHING;
  return happened({ type: 'NoticeUndeliverable', ...stamp(command, claim), clock, reason });
}
