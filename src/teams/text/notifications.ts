/**
 * The one short line that an event adds to a thread (R47): which claim, what happened, who did it, and what follows for
 * the reader. It contains typed text unescaped: send it as plain text.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimEvent, ClockSuspended, StateRestored } from '../../domain/claims/events.ts';
import { isUpkeep } from '../../domain/claims/events.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import { isAbsence } from '../../domain/claims/standing.ts';
import type { SentenceArguments, SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { customerLine } from './customerNotifications.ts';
import type { Speech } from './format.ts';
import { dueWords } from './format.ts';
import {
  claimName,
  fieldLabels,
  outcomeWords,
  partnerRequestReason,
  partyName,
  rejectionReason,
  requestReason,
  revokedSentence,
  wordOrErased,
} from './labels.ts';
import { lostNote } from './outcomes.ts';
import { suspendedNote, unreachableNote } from './status.ts';

/** Who reads the line; the thread of each audience gets its own. */
export type LineAudience = 'partner' | 'review' | 'customer';

/**
 * The line about an entry of a claim's history. Deadlines are those of the clock that the entry started, as it runs now
 * (R45).
 */
export function lineOf(entry: Entry, claim: Claim, audience: LineAudience, speech: Speech): string {
  if (audience === 'customer') return customerLine(entry.event, claim, dueAfter(entry.event, claim, 'consent'), speech);
  return sentencesOf(entry, { claim, speech, partner: audience === 'partner' })
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** How each result of a virus scan is told to the partner, and to reviewers. */
const SCANNED = {
  clean: ['line.scan.counts', 'line.scan.readable'],
  unscanned: ['line.scan.unscanned', 'line.scan.unscannedReview'],
  malicious: ['line.scan.withdrawn', 'line.scan.withdrawnReview'],
  tooLarge: ['line.scan.tooLarge', 'line.scan.tooLargeReview'],
} as const;

/** What a virus scan means to each side: the file counts from now on, or it is withdrawn (R9, R15, R19). */
function scannedSentences(event: Extract<ClaimEvent, { type: 'PoeScanned' }>, context: LineContext): readonly string[] {
  const { claim, speech, partner } = context;
  const facts = { claim: claimName(claim), name: wordOrErased(event.name, speech) };
  const [toPartner, toReviewers] = SCANNED[event.verdict];
  if (!partner) return [say(speech.language, toReviewers, facts)];
  const next =
    event.verdict === 'malicious'
      ? say(speech.language, 'line.scan.replace')
      : event.verdict === 'tooLarge'
        ? say(speech.language, 'line.scan.smaller')
        : resubmitSentence(event, context);
  return [say(speech.language, toPartner, facts), next];
}

interface LineContext {
  readonly claim: Claim;
  readonly speech: Speech;
  /** The reader is the partner; otherwise the review team. */
  readonly partner: boolean;
}

function sentencesOf({ event, erased = {} }: Entry, context: LineContext): readonly string[] {
  const { claim, speech, partner } = context;
  const isErased = (path: string): boolean => Object.hasOwn(erased, path);
  if (isUpkeep(event)) return [];
  if (event.type === 'ClockReminded' || event.type === 'ClockEscalated') return clockSentences(event, context);
  if (event.type === 'PoeScanned') return scannedSentences(event, context);
  const summary = (facts: SentenceArguments = {}): string =>
    say(speech.language, `line.${event.type}`, { claim: claimName(claim), who: partyName(event.by, speech), ...facts });
  const plain = (key: SentenceKey): string => say(speech.language, key);
  switch (event.type) {
    case 'ClaimCreated':
    case 'DraftDiscarded':
    case 'CommentDeleted':
    case 'ClaimFollowed':
    case 'ClaimMuted':
      return [summary()];
    case 'FieldsEdited':
      return [
        summary({ fields: fieldLabels(Object.keys(event.changes) as (keyof typeof event.changes)[], speech) }),
        resubmitSentence(event, context),
      ];
    case 'PoeAdded':
      return [summary({ name: wordOrErased(event.poe.name, speech) }), resubmitSentence(event, context)];
    case 'PoeRemoved':
      return [summary({ name: wordOrErased(event.name, speech) })];
    case 'ClaimSubmitted':
    case 'ClaimResubmitted':
      return [summary({ partner: claim.partner.name }), deadlineSentence(event, context, 'reviewStart')];
    case 'ReviewStarted':
      return [summary(), deadlineSentence(event, context, 'reviewDecision')];
    case 'ClaimReassigned':
      return [summary({ to: wordOrErased(event.to.name, speech) })];
    case 'InformationRequested':
      return [
        summary({ reasons: event.reasons.map((reason) => requestReason(reason, speech)).join('; ') }),
        deadlineSentence(event, context, 'partnerResponse'),
        partner ? say(speech.language, 'line.answerHow', { button: plain('button.resubmit') }) : '',
        commentSentence(event.comment, speech),
      ];
    case 'ClaimApproved':
      return [
        summary(),
        partner ? plain('line.approvedMeans') : '',
        deadlineSentence(event, context, 'consent'),
        commentSentence(event.comment ?? '', speech),
      ];
    case 'DisputeOverturned':
      return [
        summary(),
        partner ? plain('line.approvedMeans') : '',
        deadlineSentence(event, context, 'consent'),
        claim.consent?.openedAt === event.at && claim.consent.needsAgreement ? plain('line.silenceIsNo') : '',
        commentSentence(event.comment, speech),
      ];
    case 'ClaimRejected':
      return [
        summary({ reason: rejectionReason(event.reason, speech) }),
        deadlineSentence(event, context, 'disputeWindow'),
        commentSentence(event.comment, speech),
      ];
    case 'RejectionRequested':
      return [
        summary({ reason: partnerRequestReason(event.reason, speech) }),
        deadlineSentence(event, context, 'disputeWindow'),
        commentSentence(event.comment, speech),
      ];
    case 'PartnerDidNotRespond':
      return [
        summary({ reason: rejectionReason('noPartnerResponse', speech) }),
        deadlineSentence(event, context, 'disputeWindow'),
      ];
    case 'ConsentDenied':
      return [
        summary({ reason: rejectionReason('customerDecline', speech) }),
        revokedSentence(claim, speech),
        ...declinedSentences(event, context),
        reasonSentence(event.reason, speech),
      ];
    case 'ConsentNotGiven':
      return [summary({ reason: rejectionReason('customerDecline', speech) }), ...declinedSentences(event, context)];
    case 'ConsentAgreed':
      return [summary()];
    case 'ObjectionRecorded':
      return [summary({ text: wordOrErased(event.text, speech) })];
    case 'ObjectionWithdrawn':
      return [summary(), event.clocks?.consent ? deadlineSentence(event, context, 'consent') : ''];
    case 'LateDenialRecorded':
      return [summary(), reasonSentence(event.reason, speech)];
    case 'ConsentPassed':
      return [summary(), partner ? plain('line.assessmentFollows') : ''];
    case 'AssessmentReported':
      return [
        summary({ programme: event.programme, eligible: event.eligible ? 'yes' : 'no' }),
        event.number === undefined ? '' : say(speech.language, 'line.programmeNumber', { number: event.number }),
      ];
    case 'AssessmentCorrected':
      return [
        summary({
          programme: event.programme,
          before: outcomeWords(event.from, speech),
          after: outcomeWords(event, speech),
        }),
        say(speech.language, 'line.correctionReason', { text: wordOrErased(event.reason, speech) }),
      ];
    case 'DisputeOpened':
      return [
        summary(),
        deadlineSentence(event, context, 'disputeDecision'),
        event.justification === '' && !isErased('justification')
          ? plain('line.justifiedByPoe')
          : say(speech.language, 'line.justification', { text: wordOrErased(event.justification, speech) }),
      ];
    case 'DisputeUpheld':
      return [summary(), partner ? plain('line.newClaim') : '', commentSentence(event.comment, speech)];
    case 'DisputeWindowClosed':
      return [summary(), partner ? plain('line.newClaim') : ''];
    case 'CommentAdded':
      return [summary({ text: wordOrErased(event.text, speech) }), resubmitSentence(event, context)];
    case 'CommentEdited':
      return [summary({ text: wordOrErased(event.to, speech) })];
    case 'NoticeDelivered':
      return [
        summary({ notice: say(speech.language, `line.notice.${event.clock}`) }),
        deadlineSentence(event, context, event.clock),
      ];
    case 'NoticeUndeliverable':
      if (event.runsOn)
        return [
          say(speech.language, 'line.partnerLost', { claim: claimName(claim) }),
          unreachableNote(event.reason, speech),
        ];
      return [
        summary({ notice: say(speech.language, `line.notice.${event.clock}`) }),
        unreachableNote(event.reason, speech),
        plain('line.deadlineWaits'),
      ];
    case 'ClockSuspended':
      return suspendedSentences(event, context);
    case 'StateRestored':
      return restoredSentences(event, context);
    default:
      return event satisfies never;
  }
}

/** Until when it can be disputed; the second time, that it cannot (R60). */
function declinedSentences(event: ClaimEvent, context: LineContext): readonly string[] {
  const { speech, partner } = context;
  if (event.clocks?.disputeWindow) return [deadlineSentence(event, context, 'disputeWindow')];
  return [say(speech.language, 'line.declinedFinally'), partner ? say(speech.language, 'line.fileAnew') : ''];
}

/** To the partner that it is asked anew, to the reviewers why the clock was stopped and what starts it again (R45). */
function suspendedSentences(event: ClockSuspended, context: LineContext): readonly string[] {
  const { claim, speech, partner } = context;
  const { language } = speech;
  const { clock } = event;
  if (partner && (clock === 'partnerResponse' || clock === 'disputeWindow'))
    return [
      say(language, `line.ClockSuspended.you.${clock}`, { claim: claimName(claim) }),
      deadlineSentence(event, context, clock),
    ];
  return [
    say(language, 'line.ClockSuspended', { claim: claimName(claim), notice: say(language, `line.notice.${clock}`) }),
    suspendedNote(event.reason, speech),
    isAbsence(event.reason) ? say(language, 'line.suspendedHow') : '',
  ];
}

/** What was lost, and what is to be done: by the partner, whose deadline may start anew, or by the reviewers. */
function restoredSentences(event: StateRestored, context: LineContext): readonly string[] {
  const { claim, speech, partner } = context;
  const { language } = speech;
  const facts = { claim: claimName(claim) };
  if (!partner)
    return [say(language, 'line.StateRestored', facts), lostNote(event, speech), say(language, 'line.restoredHow')];
  const clock = (['partnerResponse', 'disputeWindow'] as const).find((name) => event.clocks?.[name]);
  return [
    say(language, 'line.StateRestored.you', facts),
    lostNote(event, speech),
    clock ? deadlineSentence(event, context, clock) : '',
  ];
}

/** A reminder before a deadline, or the escalation after it (R43). */
function clockSentences(
  event: Extract<ClaimEvent, { type: 'ClockReminded' | 'ClockEscalated' }>,
  { claim, speech }: LineContext,
): readonly string[] {
  const who = claim.assignee ? wordOrErased(claim.assignee.name, speech) : say(speech.language, 'name.nobody');
  const facts = { claim: claimName(claim), who, ...dueWords(event.dueAt, speech) };
  if (event.type === 'ClockReminded')
    return [say(speech.language, `line.reminder.${event.clock}`, { ...facts, days: event.daysLeft })];
  return [say(speech.language, `line.late.${event.clock}`, facts), say(speech.language, escalationKey(event.level))];
}

/**
 * The deadline that the event started; where its clock waits for the delivery of the notice, that it starts then (R45).
 */
function deadlineSentence(event: ClaimEvent, { claim, speech, partner }: LineContext, clock: ClockName): string {
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

/** When the clock that the event started is due. A clock of the same name that another event started does not count. */
function dueAfter(event: ClaimEvent, claim: Claim, name: ClockName): number | undefined {
  const clock = claim.clocks[name];
  return (clock?.startedAt === event.at ? dueOf(clock) : undefined) ?? dueOf(event.clocks?.[name]);
}

/** Nothing that the partner adds stops the clock; only resubmitting does (R33). */
function resubmitSentence(event: ClaimEvent, { claim, speech, partner }: LineContext): string {
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

function commentSentence(comment: string, { language }: Speech): string {
  return comment === '' ? '' : say(language, 'line.comment', { text: comment });
}

function reasonSentence(reason: string, { language }: Speech): string {
  return reason === '' ? '' : say(language, 'line.customerReason', { text: reason });
}

/**
 * Level 1 goes to the assignee and the review thread, 2 to the leads, 3 to the programme owner, then each business day
 * to both (R43).
 */
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
