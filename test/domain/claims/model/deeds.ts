/** What a command does to the model's claim once it was judged to happen (R10–R29, R33, R45, R47, R53). */
import type { EventType } from '../../../../src/domain/claims/events.ts';
import type { Ask } from '../scenario.ts';
import { changeOf } from './judge.ts';
import type { ModelChange, ModelClaim } from './modelClaim.ts';
import { paused, resumed, running } from './modelClock.ts';
import { idOf, known } from './people.ts';
import { sideOf } from './rights.ts';

type Deed<Type extends Ask['type']> = (claim: ModelClaim, ask: Extract<Ask, { type: Type }>, me: Me) => EventType;
interface Me {
  readonly id: string;
  readonly side: ModelChange['side'];
}

const DEEDS: { readonly [Type in Exclude<Ask['type'], 'Wake'>]: Deed<Type> } = {
  EditFields(claim, ask, me) {
    const [name, value] = changeOf(claim, ask) ?? [];
    if (name === undefined) throw new Error('an edit that happens changes a field');
    claim.form = { ...claim.form, [name]: value };
    claim.forms[claim.version] = claim.form;
    claim.edited.set(name, { version: claim.version, by: me.id });
    return changed(claim, 'fields', me, 'FieldsEdited');
  },
  AddPoe(claim, ask, me) {
    claim.poe.push({ id: ask.id, content: ask.sha256 });
    claim.newPoe = true;
    return changed(claim, 'poe', me, 'PoeAdded');
  },
  RemovePoe(claim, ask, me) {
    claim.poe.splice(
      claim.poe.findIndex(({ id }) => id === ask.id),
      1,
    );
    return changed(claim, 'poe', me, 'PoeRemoved');
  },
  DiscardDraft(claim, _ask, me) {
    claim.turn('Discarded', me.id, me.side);
    return 'DraftDiscarded';
  },
  SubmitClaim(claim, _ask, me) {
    claim.submittedAt = claim.now;
    claim.start('reviewStart', claim.now);
    claim.start('overallDecision', claim.now);
    claim.turn('Submitted', me.id, me.side);
    return 'ClaimSubmitted';
  },
  StartReview(claim, _ask, me) {
    claim.assignee = me.id;
    claim.clocks.delete('reviewStart');
    claim.start('reviewDecision', claim.now);
    claim.turn('UnderReview', me.id, me.side);
    return 'ReviewStarted';
  },
  ReassignClaim(claim, ask) {
    claim.assignee = idOf(ask.to);
    return 'ClaimReassigned';
  },
  RequestInformation(claim, _ask, me) {
    claim.answered = false;
    claim.clocks.delete('reviewDecision');
    claim.alter('overallDecision', paused);
    claim.start('partnerResponse', claim.now);
    claim.turn('PartnerActionRequired', me.id, me.side);
    return 'InformationRequested';
  },
  ResubmitClaim(claim, _ask, me) {
    claim.hold = undefined;
    claim.clocks.delete('partnerResponse');
    claim.alter('overallDecision', resumed);
    claim.start('reviewStart', claim.now);
    claim.turn('Submitted', me.id, me.side);
    return 'ClaimResubmitted';
  },
  ApproveClaim(claim, _ask, me) {
    approve(claim, me, false);
    return 'ClaimApproved';
  },
  OverturnRejection(claim, _ask, me) {
    approve(claim, me, true);
    return 'DisputeOverturned';
  },
  RejectClaim(claim, ask, me) {
    claim.reject({ at: claim.now, by: me.id, byReviewer: true, reason: ask.reason }, me.side);
    return 'ClaimRejected';
  },
  RequestRejection(claim, _ask, me) {
    claim.reject({ at: claim.now, by: me.id, byReviewer: false, reason: 'partnerRequest' }, me.side);
    return 'RejectionRequested';
  },
  DenyConsent(claim, _ask, me) {
    if (claim.stage === 'ConsentPassed') {
      claim.consent?.late.push(me.id);
      return 'LateDenialRecorded';
    }
    claim.reject({ at: claim.now, by: me.id, byReviewer: false, reason: 'customerDecline' }, 'customer');
    return 'ConsentDenied';
  },
  OpenDispute(claim, _ask, me) {
    claim.hold = undefined;
    claim.clocks.delete('disputeWindow');
    claim.start('disputeDecision', claim.now);
    claim.turn('Disputed', me.id, me.side);
    return 'DisputeOpened';
  },
  UpholdRejection(claim, _ask, me) {
    claim.clocks.delete('disputeDecision');
    claim.turn('Upheld', me.id, me.side);
    return 'DisputeUpheld';
  },
  AddComment(claim, { text, message }, me) {
    claim.comments.push({ by: me.id, at: claim.now, text, deleted: false, ...(message !== undefined && { message }) });
    if (me.side === 'partner') claim.answered = true;
    return changed(claim, 'comment', me, 'CommentAdded');
  },
  EditComment(claim, { message, text }, me) {
    for (const said of claim.comments.filter((one) => one.message === message))
      Object.assign(said, { text, deleted: false });
    return changed(claim, 'comment', me, 'CommentEdited');
  },
  DeleteComment(claim, { message }, me) {
    for (const said of claim.comments.filter((one) => one.message === message)) said.deleted = true;
    return changed(claim, 'comment', me, 'CommentDeleted');
  },
  ReportAssessment(claim, { eligible, programme }) {
    if (claim.assessment) claim.assessment.outcome = { eligible, programme };
    return 'AssessmentReported';
  },
  FollowClaim(claim, _ask, { id }) {
    claim.followers.push(id);
    claim.muted = claim.muted.filter((other) => other !== id);
    return 'ClaimFollowed';
  },
  MuteClaim(claim, _ask, { id }) {
    claim.muted.push(id);
    claim.followers = claim.followers.filter((other) => other !== id);
    return 'ClaimMuted';
  },
  RecordDelivery(claim, { clock, outcome }) {
    if (outcome.kind === 'undeliverable') {
      claim.hold = { reason: outcome.reason, since: claim.now };
      return 'NoticeUndeliverable';
    }
    claim.hold = undefined;
    claim.alter(clock, running);
    return 'NoticeDelivered';
  },
};

/** Does what the command asks, as one more version of the claim; returns what the desk must say has happened. */
export function perform(claim: ModelClaim, ask: Ask): EventType {
  if (ask.type === 'Wake') throw new Error('nothing comes of a wake but what is due');
  const me: Me = { id: idOf(ask.by), side: sideOf(known(ask.by), claim) };
  claim.grow();
  // Each deed is looked up by the type of its own command, which the compiler cannot see through a union.
  return (DEEDS[ask.type] as Deed<Ask['type']>)(claim, ask, me);
}

/** R20, R28: a fresh period of consent, which begins with its notice. */
function approve(claim: ModelClaim, me: Me, afterDispute: boolean): void {
  claim.approval = { at: claim.now, by: me.id, afterDispute };
  claim.consent = { period: (claim.consent?.period ?? 0) + 1, openedAt: claim.now, state: 'open', late: [] };
  delete claim.assessment;
  claim.rejection = undefined;
  claim.clocks.clear();
  claim.start('consent', claim.now);
  claim.turn('ConsentOpen', me.id, me.side);
}

/** A field, a PoE and a comment of the partner answer a request for information (R19). */
function changed(claim: ModelClaim, kind: ModelChange['kind'], { id: by, side }: Me, event: EventType): EventType {
  claim.changes.push({ kind, version: claim.version, by, side });
  if (kind === 'fields' || event === 'PoeAdded') claim.answered = true;
  return event;
}
