/** The result of a press, for the user who pressed: what they did, or what someone else did first (R57, R58). */
import type { Change, Claim } from '../../domain/claims/claim.ts';
import type { PersonId, Side } from '../../domain/claims/values.ts';
import type { HappeningType, StateRestored } from '../../domain/claims/events.ts';
import { isUpkeep } from '../../domain/claims/events.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { SentenceArguments } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { formatTime } from './format.ts';
import { fieldLabels, partyName, wordOrErased } from './labels.ts';

/** Events that only the desk itself causes. */
export type DeskEventType =
  | 'PartnerDidNotRespond'
  | 'ConsentPassed'
  | 'ConsentNotGiven'
  | 'DisputeWindowClosed'
  | 'ClockReminded'
  | 'ClockEscalated'
  | 'NoticeDelivered'
  | 'NoticeUndeliverable'
  | 'ClockSuspended'
  | 'StateRestored'
  | 'PoeScanned';
/** Events that a person causes. */
export type PersonEventType = Exclude<HappeningType, DeskEventType>;

/**
 * The answer to a press: what the user did and when, or who else did it. It is made from the entry, so a repeated press
 * gets the same words (R58). A comment made while information is requested adds that only resubmitting stops the clock
 * (R33).
 */
export function doneNote(entry: Entry, claim: Claim, readerId: PersonId, speech: Speech): string {
  const { event } = entry;
  if (isUpkeep(event)) return '';
  if (event.by.id !== readerId) return happenedNote(event.type, event.by, event.at, speech);
  const youDid = (type: PersonEventType, facts: SentenceArguments = {}): string =>
    say(speech.language, `done.you.${type}`, { when: formatTime(event.at, speech.zone, speech.language), ...facts });
  switch (event.type) {
    case 'FieldsEdited':
      return youDid(event.type, {
        fields: fieldLabels(Object.keys(event.changes) as (keyof typeof event.changes)[], speech),
      });
    case 'PoeAdded':
      return youDid(event.type, { name: wordOrErased(event.poe.name, speech) });
    case 'PoeRemoved':
      return youDid(event.type, { name: wordOrErased(event.name, speech) });
    case 'ClaimReassigned':
      return youDid(event.type, { to: wordOrErased(event.to.name, speech) });
    case 'CommentAdded':
      return event.by.side === 'partner' && awaitsResubmission(claim, event.at)
        ? `${youDid(event.type)} ${say(speech.language, 'done.resubmitToStop', { button: say(speech.language, 'button.resubmit') })}`
        : youDid(event.type);
    case 'ClaimCreated':
    case 'DraftDiscarded':
    case 'ClaimSubmitted':
    case 'ReviewStarted':
    case 'InformationRequested':
    case 'ClaimResubmitted':
    case 'ClaimApproved':
    case 'ClaimRejected':
    case 'RejectionRequested':
    case 'ConsentDenied':
    case 'ConsentAgreed':
    case 'ObjectionRecorded':
    case 'ObjectionWithdrawn':
    case 'LateDenialRecorded':
    case 'AssessmentReported':
    case 'AssessmentCorrected':
    case 'DisputeOpened':
    case 'DisputeUpheld':
    case 'DisputeOverturned':
    case 'CommentEdited':
    case 'CommentDeleted':
    case 'ClaimFollowed':
    case 'ClaimMuted':
      return youDid(event.type);
    case 'PartnerDidNotRespond':
    case 'ConsentPassed':
    case 'ConsentNotGiven':
    case 'DisputeWindowClosed':
    case 'ClockReminded':
    case 'ClockEscalated':
    case 'NoticeDelivered':
    case 'NoticeUndeliverable':
    case 'ClockSuspended':
    case 'StateRestored':
    case 'PoeScanned':
      return happenedNote(event.type, event.by, event.at, speech);
    default:
      return event satisfies never;
  }
}

/** Whether information is requested now and was requested at `at`. */
function awaitsResubmission(claim: Claim, at: number): boolean {
  return claim.status === 'PartnerActionRequired' && claim.request.at <= at;
}

/** What happened, who did it and when: "Approved by Bob on …". */
export function happenedNote(type: HappeningType, by: Change['by'], at: number, speech: Speech): string {
  return say(speech.language, `done.by.${type}`, {
    who: partyName(by, speech),
    when: formatTime(at, speech.zone, speech.language),
  });
}

/** What a claim has lost with an older state that was restored, one sentence each. */
export function lostNote({ lost }: StateRestored, speech: Speech): string {
  return lost
    .map(({ type, by, at }) => {
      const side = by === 'desk' ? 'desk' : sideOfLost(type);
      return happenedNote(type as HappeningType, { side, id: by, name: '' }, at, speech);
    })
    .join(' ');
}

function sideOfLost(type: string): Side {
  if (
    ['ConsentDenied', 'ConsentAgreed', 'LateDenialRecorded', 'ObjectionRecorded', 'ObjectionWithdrawn'].includes(type)
  )
    return 'customer';
  return ['ClaimSubmitted', 'ClaimResubmitted', 'RejectionRequested', 'DisputeOpened'].includes(type)
    ? 'partner'
    : 'review';
}

/** What changed since the card was shown, by whom and when (R57); empty where nothing did. */
export function changeNote(changes: readonly Change[], speech: Speech): string {
  if (changes.length === 0) return '';
  const happened = changes.map((change) => happenedNote(change.event, change.by, change.at, speech));
  return [say(speech.language, 'refusal.changedSince'), ...happened].join(' ');
}
