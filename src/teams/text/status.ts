/**
 * The state of a claim: what its status means, who acts next, and what happens automatically and when (R45, R52, R59,
 * R60).
 */
import type { Claim, Stage, Status } from '../../domain/claims/claim.ts';
import { isSilenceNo } from '../../domain/claims/consent.ts';
import type { AbsenceReason, ConsentBar } from '../../domain/claims/standing.ts';
import { isAbsence } from '../../domain/claims/standing.ts';
import type { UnreachableReason } from '../../desk/ports/messenger.ts';
import type { ByItself, ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { dueWords } from './format.ts';
import { wordOrErased } from './labels.ts';

const UNREACHABLE: readonly UnreachableReason[] = [
  'notInstalled',
  'blocked',
  'disabledByAdmin',
  'conversationLost',
  'contactUnknown',
  'neverWrote',
  'noReviewChannel',
  'nobodyEnrolled',
  'noMember',
  'sidesOverlap',
  'customerNotEnrolled',
  'contactOfPartner',
];

/**
 * Why a notice could not be delivered and what the reviewers can do (R45). A reason in the words of Teams is quoted.
 */
export function unreachableNote(reason: string, { language }: Speech): string {
  const known = UNREACHABLE.find((one) => one === reason);
  return known ? say(language, `unreachable.${known}`) : say(language, 'unreachable.other', { reason });
}

/** Why a clock that ran was stopped (R5, R45). */
export function suspendedNote(reason: AbsenceReason | ConsentBar, speech: Speech): string {
  return isAbsence(reason) ? say(speech.language, `line.suspended.${reason}`) : unreachableNote(reason, speech);
}

/** Who acts next, and how (R52). */
export function nextNote(view: ClaimView, speech: Speech): string {
  const { language } = speech;
  const { claim, stage, next } = view;
  const who = claim.assignee ? wordOrErased(claim.assignee.name, speech) : '';
  if (isActingPartner(view) && (stage === 'Editing' || stage === 'PartnerActionRequired' || stage === 'Disputable'))
    return say(language, `next.you.${stage}`, {
      count: claim.status === 'PartnerActionRequired' ? claim.request.reasons.length : 0,
    });
  if (stage === 'UnderReview' && view.isMine) return say(language, 'next.you.UnderReview');
  if (stage === 'Submitted' && view.actions.includes('StartReview')) return say(language, 'next.you.Submitted');
  switch (stage) {
    case 'Submitted':
      return next === 'assignee' ? say(language, 'next.SubmittedAgain', { who }) : say(language, 'next.Submitted');
    case 'ConsentOpen':
      return say(language, nextOfConsent(view));
    case 'ConsentPassed':
      return next === 'nobody' ? say(language, 'next.assessed') : say(language, 'next.ConsentPassed');
    default:
      return say(language, `next.${stage}`, { who });
  }
}

function nextOfConsent(view: ClaimView): SentenceKey {
  if (isHeld(view)) return 'next.ConsentOpen.held';
  if (view.hold !== undefined) return 'next.ConsentOpen.waiting';
  if (view.claim.consent?.agreed) return 'next.ConsentOpen.agreed';
  return mustAgree(view) ? 'next.ConsentOpen.needsAgreement' : 'next.ConsentOpen';
}

/** Whether words that were understood as a denial hold the consent period (R60). */
export function isHeld({ claim, stage }: ClaimView): boolean {
  return stage === 'ConsentOpen' && (claim.consent?.objections.length ?? 0) > 0;
}

/** Whether a claim was rejected because its customer, who had to, did not agree (R60). */
export function isNotGiven(claim: Claim): boolean {
  return (
    claim.status === 'Rejected' && claim.rejection.reason === 'customerDecline' && claim.rejection.by.side === 'desk'
  );
}

function mustAgree({ claim, stage }: ClaimView): boolean {
  return stage === 'ConsentOpen' && claim.status === 'Approved' && isSilenceNo(claim);
}

/** Whether the reader is the partner and may act: the sentence then says `you`. */
function isActingPartner({ side, actions }: ClaimView): boolean {
  return side === 'partner' && actions.length > 0;
}

/** What happens automatically and when, or that it waits for a notice (R45, R52); `unreachableNote` has the reason. */
export function byItselfNote(view: ClaimView, speech: Speech): string {
  const { byItself, hold } = view;
  if (!byItself) return say(speech.language, 'byItself.nothing');
  if (isHeld(view) && hold === undefined) return say(speech.language, 'byItself.held');
  if (byItself.at !== undefined && isOfPartner(byItself.what) && isActingPartner(view))
    return say(speech.language, `byItself.you.${byItself.what}`, dueWords(byItself.at, speech));
  if (byItself.at !== undefined)
    return say(speech.language, `byItself.${byItself.what}`, dueWords(byItself.at, speech));
  return say(speech.language, hold === undefined ? 'byItself.waiting' : 'byItself.notDelivered');
}

/** The same in short, below the deadline that it comes with; undefined where nothing happens automatically. */
export function thenNote({ byItself, hold }: ClaimView, { language }: Speech): string | undefined {
  if (!byItself) return undefined;
  if (byItself.at !== undefined) return say(language, `then.${byItself.what}`);
  return say(language, hold === undefined ? 'byItself.waiting' : 'byItself.notDelivered');
}

/** Whether the partner can act before it happens. */
function isOfPartner(what: ByItself['what']): what is 'autoReject' | 'windowCloses' {
  return what === 'autoReject' || what === 'windowCloses';
}

/** What the status means, in one sentence (R52). */
export function statusMeaning(view: ClaimView, { language }: Speech): string {
  return say(language, mustAgree(view) ? 'meaning.ConsentOpen.needsAgreement' : `meaning.${view.stage}`);
}

const STATUSES: Readonly<Record<Exclude<Stage, 'Discarded'>, Exclude<Status, 'Discarded'>>> = {
  Editing: 'Editing',
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

/** One of the six statuses, with the state of the consent or dispute where it matters. */
export function stageName(stage: Stage, { language }: Speech): string {
  if (stage === 'Discarded') return say(language, 'name.stage.Discarded');
  const status = say(language, `status.${STATUSES[stage]}`);
  switch (stage) {
    case 'Editing':
    case 'Submitted':
    case 'UnderReview':
    case 'PartnerActionRequired':
      return status;
    default:
      return say(language, 'name.stage', { status, detail: say(language, `name.stage.${stage}`) });
  }
}
