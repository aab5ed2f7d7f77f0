/**
 * The one short line that an event adds to a thread (R47): which claim, what happened, who did it, and what follows for
 * who reads it. The text that people typed stands in it as they typed it: send it as plain text.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { SentenceArguments, SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { customerLine } from './customerNotifications.ts';
import type { Speech } from './format.ts';
import { dueWords } from './format.ts';
import { claimName, fieldLabels, partnerRequestReason, partyName, rejectionReason, requestReason } from './labels.ts';
import { unreachableNote } from './status.ts';

export type LineAudience = 'partner' | 'review' | 'customer';

/** The line about an entry of a claim's history. Deadlines are those of the clock that the entry started, as it runs now. */
export function lineOf(entry: Entry, claim: Claim, audience: LineAudience, speech: Speech): string {
  if (audience === 'customer') return customerLine(entry.event, claim, dueAfter(entry.event, claim, 'consent'), speech);
  return told(entry.event, { claim, speech, partner: audience === 'partner' })
    .filter((sentence) => sentence !== '')
    .join(' ');
}

interface Telling {
  readonly claim: Claim;
  readonly speech: Speech;
  /** Told to the partner; else to the vendor's people. */
  readonly partner: boolean;
}

function told(event: ClaimEvent, telling: Telling): readonly string[] {
  const { claim, speech, partner } = telling;
  if (event.type === 'ClockReminded' || event.type === 'ClockEscalated') return clockTold(event, telling);
  const what = (facts: SentenceArguments = {}): string =>
    say(speech.language, `line.${event.type}`, { claim: claimName(claim), who: partyName(event.by, speech), ...facts });
  const plain = (key: SentenceKey): string => say(speech.language, key);
  switch (event.type) {
    case 'ClaimCreated':
    case 'DraftDiscarded':
    case 'CommentDeleted':
    case 'ClaimFollowed':
    case 'ClaimMuted':
      return [what()];
    case 'FieldsEdited':
      return [
        what({ fields: fieldLabels(Object.keys(event.changes) as (keyof typeof event.changes)[], speech) }),
        resubmit(event, telling),
      ];
    case 'PoeAdded':
      return [what({ name: event.poe.name }), resubmit(event, telling)];
    case 'PoeRemoved':
      return [what({ name: event.name })];
    case 'ClaimSubmitted':
    case 'ClaimResubmitted':
      return [what({ partner: claim.partner.name }), until(event, telling, 'reviewStart')];
    case 'ReviewStarted':
      return [what(), until(event, telling, 'reviewDecision')];
    case 'ClaimReassigned':
      return [what({ to: event.to.name })];
    case 'InformationRequested':
      return [
        what({ reasons: event.reasons.map((reason) => requestReason(reason, speech)).join('; ') }),
        until(event, telling, 'partnerResponse'),
        partner ? say(speech.language, 'line.answerHow', { button: plain('button.resubmit') }) : '',
        commented(event.comment, speech),
      ];
    case 'ClaimApproved':
      return [
        what(),
        partner ? plain('line.approvedMeans') : '',
        until(event, telling, 'consent'),
        commented(event.comment ?? '', speech),
      ];
    case 'DisputeOverturned':
      return [
        what(),
        partner ? plain('line.approvedMeans') : '',
        until(event, telling, 'consent'),
        commented(event.comment, speech),
      ];
    case 'ClaimRejected':
      return [
        what({ reason: rejectionReason(event.reason, speech) }),
        until(event, telling, 'disputeWindow'),
        commented(event.comment, speech),
      ];
    case 'RejectionRequested':
      return [
        what({ reason: partnerRequestReason(event.reason, speech) }),
        until(event, telling, 'disputeWindow'),
        commented(event.comment, speech),
      ];
    case 'PartnerDidNotRespond':
      return [what({ reason: rejectionReason('noPartnerResponse', speech) }), until(event, telling, 'disputeWindow')];
    case 'ConsentDenied':
      return [
        what({ reason: rejectionReason('customerDecline', speech) }),
        until(event, telling, 'disputeWindow'),
        explained(event.reason, speech),
      ];
    case 'LateDenialRecorded':
      return [what(), explained(event.reason, speech)];
    case 'ConsentPassed':
      return [what(), partner ? plain('line.assessmentFollows') : ''];
    case 'AssessmentReported':
      return [what({ programme: event.programme, eligible: event.eligible ? 'yes' : 'no' })];
    case 'DisputeOpened':
      return [
        what(),
        until(event, telling, 'disputeDecision'),
        event.justification === ''
          ? plain('line.justifiedByPoe')
          : say(speech.language, 'line.justification', { text: event.justification }),
      ];
    case 'DisputeUpheld':
      return [what(), partner ? plain('line.newClaim') : '', commented(event.comment, speech)];
    case 'DisputeWindowClosed':
      return [what(), partner ? plain('line.newClaim') : ''];
    case 'CommentAdded':
      return [what({ text: event.text }), resubmit(event, telling)];
    case 'CommentEdited':
      return [what({ text: event.to })];
    case 'NoticeDelivered':
      return [what({ notice: say(speech.language, `line.notice.${event.clock}`) }), until(event, telling, event.clock)];
    case 'NoticeUndeliverable':
      return [
        what({ notice: say(speech.language, `line.notice.${event.clock}`) }),
        unreachableNote(event.reason, speech),
        plain('line.deadlineWaits'),
      ];
    default:
      return event satisfies never;
  }
}

/** A reminder before a deadline, or the escalation after it (R43). */
function clockTold(
  event: Extract<ClaimEvent, { type: 'ClockReminded' | 'ClockEscalated' }>,
  { claim, speech }: Telling,
): readonly string[] {
  const who = claim.assignee?.name ?? say(speech.language, 'name.nobody');
  const facts = { claim: claimName(claim), who, ...dueWords(event.dueAt, speech) };
  if (event.type === 'ClockReminded')
    return [say(speech.language, `line.reminder.${event.clock}`, { ...facts, days: event.daysLeft })];
  return [say(speech.language, `line.late.${event.clock}`, facts), say(speech.language, escalationKey(event.level))];
}

/** The deadline that the event started; where its clock waits for the notice, that it starts with it (R45). */
function until(event: ClaimEvent, { claim, speech, partner }: Telling, clock: ClockName): string {
  const { language } = speech;
  const dueAt = dueAfter(event, claim, clock);
  const yours = partner && (clock === 'partnerResponse' || clock === 'disputeWindow');
  if (dueAt !== undefined)
    return say(language, yours ? `line.until.${clock}.you` : `line.until.${clock}`, {
      ...dueWords(dueAt, speech),
      button: say(language, 'button.dispute'),
    });
  switch (clock) {
    case 'partnerResponse':
    case 'consent':
    case 'disputeWindow':
      return say(language, `line.starts.${clock}`);
    default:
      return '';
  }
}

/** When the clock that an event started is due. A clock of the same name that something else started does not count. */
function dueAfter(event: ClaimEvent, claim: Claim, name: ClockName): number | undefined {
  const clock = claim.clocks[name];
  return (clock?.startedAt === event.at ? dueOf(clock) : undefined) ?? dueOf(event.clocks?.[name]);
}

/** R33: nothing that the partner adds stops the clock before it is resubmitted. */
function resubmit(event: ClaimEvent, { claim, speech, partner }: Telling): string {
  if (
    !partner ||
    event.by.side !== 'partner' ||
    claim.status !== 'PartnerActionRequired' ||
    claim.request.at > event.at
  )
    return '';
  const dueAt = dueOf(claim.clocks.partnerResponse);
  const button = say(speech.language, 'button.resubmit');
  return dueAt === undefined
    ? say(speech.language, 'done.resubmitToStop', { button })
    : say(speech.language, 'line.resubmitUntil', { ...dueWords(dueAt, speech), button });
}

function commented(comment: string, { language }: Speech): string {
  return comment === '' ? '' : say(language, 'line.comment', { text: comment });
}

function explained(reason: string, { language }: Speech): string {
  return reason === '' ? '' : say(language, 'line.customerReason', { text: reason });
}

/** Level 1 goes to the assignee and the review thread, 2 to the leads, 3 to the programme owner, then each business day to both (R43). */
function escalationKey(level: number): SentenceKey {
  switch (level) {
    case 1:
      return 'line.escalation.1';
    case 2:
      return 'line.escalation.2';
    case 3:
      return 'line.escalation.3';
    default:
      return 'line.escalation.again';
  }
}
