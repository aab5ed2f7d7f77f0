/**
 * What a command does to the model's claim once it was judged to happen, besides where the law says it leads (R10–R29,
 * R33, R45, R47, R53, R59, R60).
 */
import type { EventType } from '../../../../src/domain/claims/events.ts';
import type { Side } from '../../../../src/domain/claims/values.ts';
import type { Ask } from '../scenario.ts';
import { changeOf, isLostPartner, obstacleTo, outcomeFor } from './judge.ts';
import { sideOf } from './law.ts';
import type { ModelClaim } from './modelClaim.ts';
import { held, letGo, paused, resumed, running } from './modelClock.ts';
import { idOf, known } from './people.ts';
import { relationTo } from './relation.ts';

type Deed<Type extends Ask['type']> = (claim: ModelClaim, ask: Extract<Ask, { type: Type }>, me: Me) => EventType;
interface Me {
  readonly id: string;
  readonly side: Side;
}

const DEEDS: { readonly [Type in Exclude<Ask['type'], 'Wake'>]: Deed<Type> } = {
  EditFields(claim, ask, me) {
    const [name, value] = changeOf(claim, ask) ?? [];
    if (name === undefined) throw new Error('an edit that happens changes a field');
    claim.form = { ...claim.form, [name]: value };
    claim.forms[claim.version] = claim.form;
    claim.edited.set(name, { version: claim.version, by: me.id });
    claim.isAnsweredInWords = true;
    return 'FieldsEdited';
  },
  AddPoe(claim, ask) {
    const since = ask.scan === 'waiting' ? undefined : claim.version;
    claim.poe.push({ id: ask.id, content: ask.sha256, at: claim.now, scan: ask.scan, since });
    claim.additions += 1;
    return 'PoeAdded';
  },
  RemovePoe(claim, ask) {
    claim.poe.splice(
      claim.poe.findIndex(({ id }) => id === ask.id),
      1,
    );
    return 'PoeRemoved';
  },
  DiscardDraft() {
    return 'DraftDiscarded';
  },
  SubmitClaim(claim) {
    claim.submittedAt = claim.now;
    claim.start('reviewStart', claim.now);
    claim.start('overallDecision', claim.now);
    return 'ClaimSubmitted';
  },
  StartReview(claim, _ask, me) {
    claim.assignee = me.id;
    claim.clocks.delete('reviewStart');
    claim.start('reviewDecision', claim.now);
    return 'ReviewStarted';
  },
  ReassignClaim(claim, ask) {
    claim.assignee = idOf(ask.to);
    return 'ClaimReassigned';
  },
  RequestInformation(claim) {
    claim.isAnsweredInWords = false;
    claim.requestedAt = claim.now;
    claim.requestedIn = claim.version;
    claim.clocks.delete('reviewDecision');
    claim.alter('overallDecision', paused);
    claim.start('partnerResponse', claim.now);
    return 'InformationRequested';
  },
  ResubmitClaim(claim) {
    claim.hold = undefined;
    claim.clocks.delete('partnerResponse');
    claim.alter('overallDecision', resumed);
    claim.start('reviewStart', claim.now);
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
    claim.reject({ at: claim.now, by: me.id, byReviewer: true, reason: ask.reason });
    return 'ClaimRejected';
  },
  RequestRejection(claim, _ask, me) {
    claim.reject({ at: claim.now, by: me.id, byReviewer: false, reason: 'partnerRequest' });
    return 'RejectionRequested';
  },
  DenyConsent(claim, _ask, me) {
    if (claim.stage === 'ConsentPassed') {
      claim.consent?.late.push(me.id);
      return 'LateDenialRecorded';
    }
    claim.reject({ at: claim.now, by: me.id, byReviewer: false, reason: 'customerDecline' });
    return 'ConsentDenied';
  },
  AgreeConsent(claim, _ask, { id }) {
    if (!claim.consent) throw new Error('there is nothing to agree to');
    claim.consent.agreed = { at: claim.now, by: id };
    claim.consent.objections = [];
    claim.alter('consent', (clock, at) =>
      clock.state === 'paused' ? letGo(clock, at, true) : { ...clock, reminders: [] },
    );
    return 'ConsentAgreed';
  },
  RecordObjection(claim, { text }, { id }) {
    claim.consent?.objections.push({ at: claim.now, by: id, text: text.trim() });
    claim.alter('consent', (clock, at) => (clock.state === 'running' ? held(clock, at) : clock));
    return 'ObjectionRecorded';
  },
  WithdrawObjection(claim, _ask, { id }) {
    const { consent } = claim;
    if (!consent) throw new Error('there is nothing to take back');
    consent.objections = consent.objections.filter(({ by }) => by !== id);
    if (consent.objections.length === 0)
      claim.alter('consent', (clock, at) =>
        clock.state === 'paused' ? letGo(clock, at, consent.agreed !== undefined) : clock,
      );
    return 'ObjectionWithdrawn';
  },
  OpenDispute(claim) {
    claim.hold = undefined;
    claim.clocks.delete('disputeWindow');
    claim.start('disputeDecision', claim.now);
    return 'DisputeOpened';
  },
  UpholdRejection(claim) {
    claim.clocks.delete('disputeDecision');
    return 'DisputeUpheld';
  },
  AddComment(claim, { text, message }, me) {
    claim.comments.push({ by: me.id, at: claim.now, text, deleted: false, ...(message !== undefined && { message }) });
    if (me.side === 'partner') claim.isAnsweredInWords = true;
    return 'CommentAdded';
  },
  EditComment(claim, { message, text }) {
    for (const said of claim.comments.filter((one) => one.message === message))
      Object.assign(said, { text, deleted: false });
    return 'CommentEdited';
  },
  DeleteComment(claim, { message }) {
    for (const said of claim.comments.filter((one) => one.message === message)) said.deleted = true;
    return 'CommentDeleted';
  },
  ReportAssessment(claim, { eligible, programme, number, reason }) {
    const known = outcomeFor(claim, programme);
    const name = known?.programme ?? programme;
    claim.assessment?.outcomes.set(name.toUpperCase(), {
      programme: name,
      eligible,
      number: number?.trim() ? number.trim() : known?.number,
      correction: known && reason?.trim(),
    });
    return known ? 'AssessmentCorrected' : 'AssessmentReported';
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
  RecordScan(claim, { poe, verdict }) {
    const scanned = claim.poe.find(({ id }) => id === poe);
    if (!scanned) throw new Error('a scan that is recorded is of a file');
    scanned.scan = verdict;
    if (verdict === 'malicious') claim.infected.add(scanned.content);
    scanned.since = verdict === 'clean' || verdict === 'unscanned' ? (scanned.since ?? claim.version) : undefined;
    return 'PoeScanned';
  },
  RecordDelivery(claim, ask) {
    if (isLostPartner(claim, ask)) {
      claim.isPartnerLost = true;
      return 'NoticeUndeliverable';
    }
    const obstacle = obstacleTo(claim, ask);
    if (obstacle !== undefined) {
      claim.hold = { reason: obstacle, since: claim.now };
      return 'NoticeUndeliverable';
    }
    claim.hold = undefined;
    claim.isPartnerLost = false;
    claim.alter(ask.clock, (waiting, at) => {
      const begun = running(waiting, at);
      if (ask.clock !== 'consent' || !claim.consent) return begun;
      if (claim.consent.objections.length > 0) return held(begun, at);
      return claim.consent.agreed ? { ...begun, reminders: [] } : begun;
    });
    return 'NoticeDelivered';
  },
};

/** Does what the command asks, as one more version of the claim; returns what the desk must say has happened. */
export function perform(claim: ModelClaim, ask: Ask): EventType {
  if (ask.type === 'Wake') throw new Error('nothing comes of a wake but what is due');
  const me: Me = { id: idOf(ask.by), side: sideOf(relationTo(claim, known(ask.by))) };
  claim.grow();
  // Each deed is looked up by the type of its own command, which the compiler cannot see through a union.
  const event = (DEEDS[ask.type] as Deed<Ask['type']>)(claim, ask, me);
  claim.happen(event, me.id, me.side);
  return event;
}

/** R20, R28: a fresh period of consent, which begins with its notice. */
function approve(claim: ModelClaim, me: Me, afterDispute: boolean): void {
  claim.approval = { at: claim.now, by: me.id, afterDispute };
  claim.consent = {
    period: (claim.consent?.period ?? 0) + 1,
    openedAt: claim.now,
    state: 'open',
    late: [],
    needsAgreement: claim.declines > 0,
    objections: [],
  };
  delete claim.assessment;
  claim.rejection = undefined;
  claim.clocks.clear();
  claim.start('consent', claim.now);
}
