/**
 * The lines for the customer's contact (R50, R51, R59, R60). They contain nothing that partner and reviewers write to
 * each other (R6, R56).
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimEvent } from '../../domain/claims/events.ts';
import type { SentenceArguments, SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { dueWords, formatList } from './format.ts';
import { activityName, partyName, revokedSentence } from './labels.ts';

/**
 * The line for the customer: who claims what, what the partner will see, what silence means, until when they can deny
 * it. `consentDueAt` is when the consent that the event opened ends; undefined while its clock waits for a delivery
 * (R45).
 */
export function customerLine(
  event: ClaimEvent,
  claim: Claim,
  consentDueAt: Instant | undefined,
  speech: Speech,
): string {
  const sentence = (key: SentenceKey, facts: SentenceArguments = {}): string =>
    say(speech.language, key, { claim: claim.id, partner: claim.partner.name, ...facts });
  const buttons = { button: say(speech.language, 'button.deny'), agree: say(speech.language, 'button.agree') };
  const mustAgree = claim.consent?.needsAgreement === true && !claim.consent.agreed;
  switch (event.type) {
    case 'ClaimApproved':
    case 'DisputeOverturned':
    case 'ClockSuspended':
    case 'StateRestored':
      return [
        sentence(ASKED[event.type], claimFacts(claim, speech)),
        sentence('line.customer.sees'),
        sentence(mustAgree ? 'line.customer.mustAgree' : 'line.customer.nothingToDo', buttons),
        consentDueAt === undefined
          ? sentence(mustAgree ? 'line.customer.agreeNow' : 'line.customer.denyNow', buttons)
          : sentence(mustAgree ? 'line.customer.agreeUntil' : 'line.customer.denyUntil', {
              ...buttons,
              ...dueWords(consentDueAt, speech),
            }),
      ].join(' ');
    case 'ConsentDenied':
      return [sentence('line.customer.denied', { who: partyName(event.by, speech) }), revokedSentence(claim, speech)]
        .filter((said) => said !== '')
        .join(' ');
    case 'ConsentNotGiven':
      return sentence('line.customer.notGiven');
    case 'ConsentAgreed':
      return sentence('line.customer.agreed', { who: partyName(event.by, speech) });
    case 'ObjectionRecorded':
      return sentence('line.customer.objected', { who: partyName(event.by, speech), ...buttons });
    case 'ObjectionWithdrawn': {
      const notMeant = sentence('line.customer.notMeant', { who: partyName(event.by, speech) });
      return consentDueAt === undefined
        ? notMeant
        : `${notMeant} ${sentence('line.customer.goesOn', dueWords(consentDueAt, speech))}`;
    }
    case 'LateDenialRecorded':
      return sentence('line.customer.deniedLate', { who: partyName(event.by, speech) });
    case 'ConsentPassed':
      return sentence('line.customer.passed');
    case 'RejectionRequested':
      return sentence('line.customer.withdrawn');
    case 'ClaimRejected':
    case 'PartnerDidNotRespond':
      return sentence('line.customer.rejected');
    case 'DisputeOpened':
      return sentence('line.customer.disputed');
    case 'DisputeUpheld':
    case 'DisputeWindowClosed':
      return sentence('line.customer.final');
    case 'ClockReminded':
      return event.clock === 'consent'
        ? sentence(mustAgree ? 'line.customer.reminderAgree' : 'line.customer.reminder', {
            ...dueWords(event.dueAt, speech),
            days: event.daysLeft,
          })
        : sentence('line.customer.changed');
    case 'ClaimCreated':
    case 'FieldsEdited':
    case 'PoeAdded':
    case 'PoeRemoved':
    case 'PoeScanned':
    case 'DraftDiscarded':
    case 'ClaimSubmitted':
    case 'ReviewStarted':
    case 'ClaimReassigned':
    case 'InformationRequested':
    case 'ClaimResubmitted':
    case 'AssessmentReported':
    case 'AssessmentCorrected':
    case 'CommentAdded':
    case 'CommentEdited':
    case 'CommentDeleted':
    case 'ClockEscalated':
    case 'NoticeDelivered':
    case 'NoticeUndeliverable':
    case 'ClaimFollowed':
    case 'ClaimMuted':
    case 'HistorySealed':
    case 'WordsErased':
      return sentence('line.customer.changed');
    default:
      return event satisfies never;
  }
}

const ASKED = {
  ClaimApproved: 'line.customer.asked',
  DisputeOverturned: 'line.customer.askedAgain',
  ClockSuspended: 'line.customer.askedAfterPause',
  StateRestored: 'line.customer.askedAfterRestore',
} as const satisfies Partial<Record<ClaimEvent['type'], SentenceKey>>;

function claimFacts({ fields }: Claim, speech: Speech): SentenceArguments {
  return {
    mpnId: fields.mpnId,
    customer: fields.customerName,
    activity: fields.activity === '' ? '' : activityName(fields.activity, speech),
    products: formatList(
      fields.products.map((product) => productName(CATALOGUE, product)),
      speech.language,
    ),
  };
}
