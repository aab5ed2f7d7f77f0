/**
 * The state of a claim, for the partner and the reviewers: what stands at once, and what among its details (R48, R49,
 * R52).
 */
import { countsAsProof } from '../../domain/claims/values.ts';
import { CATALOGUE } from '../../domain/claims/catalogue.ts';
import type { AssessmentOutcome, InformationRequest, Rejected } from '../../domain/claims/claim.ts';
import { missingIn } from '../../domain/claims/fields.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { agreedLines, consentLines } from './consentLines.ts';
import type { Urgency } from '../text/due.ts';
import { daysInWords, dueDate, nextDeadline, urgencyOf } from '../text/due.ts';
import { formatDue, formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Section, TextStyle } from './elements.ts';
import { line, nextLine, row, run, section } from './elements.ts';
import type { Said } from './quote.ts';
import { quote, wholeQuote } from './quote.ts';
import type { SizeBudget } from './sizeBudget.ts';
import {
  byItselfNote,
  isHeld,
  isNotGiven,
  nextNote,
  statusMeaning,
  thenNote,
  unreachableNote,
} from '../text/status.ts';
import {
  clockName,
  fieldLabel,
  partnerRequestReason,
  partyName,
  wordOrErased,
  rejectionReason,
  requestReason,
  requestReasonExplained,
} from '../text/labels.ts';

/** The claim as one reader sees it, and how much of it fits. */
export interface StatusContext {
  readonly view: ClaimView;
  readonly options: ClaimCardOptions;
  readonly budget: SizeBudget;
}

/** What stands at once on the card: what comes next, and what it is about. */
export function statusSections(context: StatusContext): readonly Section[] {
  const { claim } = context.view;
  return [
    nextSection(context),
    missingSection(context),
    holdSection(context),
    objectionSection(context),
    claim.status === 'PartnerActionRequired' ? requestSection(claim.request, context) : undefined,
    claim.status === 'Rejected' ? rejectionSection(claim, context) : undefined,
    claim.status === 'Rejected' ? disputeSection(claim, context) : undefined,
    consentSection(context),
    assessmentSection(context),
    lastCommentSection(context),
  ].filter((one) => one !== undefined);
}

/** What stands among the details: the same to the letter, and every deadline with its zone. */
export function statusDetails(context: StatusContext): readonly Section[] {
  const { view, options } = context;
  return [meaningSection(context), saidSection(context), deadlinesSection(view, options)].filter(
    (one) => one !== undefined,
  );
}

function isComplete({ view: { claim } }: StatusContext): boolean {
  return claim.status === 'Editing' && claim.poe.some(countsAsProof) && missingIn(claim.fields, CATALOGUE).length === 0;
}

const URGENCIES: Readonly<Record<Urgency, TextStyle>> = { overdue: 'bold', today: 'bold', later: 'subtle' };

/** Who acts next, until when, and what happens if no one does. */
function nextSection(context: StatusContext): Section {
  const { view, options } = context;
  const { language, now } = options;
  const lines: Line[] = [];
  if (!isNextSaidBelow(context)) lines.push(line(run(nextNote(view, options), 'bold')));
  const deadline = nextDeadline(view);
  if (deadline) {
    const day = run(say(language, 'due.by', { day: dueDate(deadline, now, options) }), 'bold');
    const days = daysInWords(deadline, view.claim, now, options);
    lines.push(nextLine(day, run(`· ${days}`, URGENCIES[urgencyOf(deadline, now, options)])));
  }
  // What follows an approval is said to the partner where that is explained.
  const isSaidBelow = view.side === 'partner' && view.byItself?.what === 'handOver';
  const then = view.hold === undefined && !isHeld(view) && !isSaidBelow ? thenNote(view, options) : undefined;
  if (then !== undefined) lines.push(nextLine(run(then, 'subtle')));
  if (view.claim.status === 'Discarded') lines.push(line(run(statusMeaning(view, options))));
  return section('', { lines });
}

/** That a draft can be submitted, and what is waited for, is said by the sections below. */
function isNextSaidBelow(context: StatusContext): boolean {
  const { view } = context;
  const waits = view.hold !== undefined && view.side === 'review';
  return view.claim.status === 'Discarded' || isComplete(context) || isHeld(view) || waits;
}

/** What a draft still lacks; the PoE counts too (R9, R15). */
function missingSection(context: StatusContext): Section | undefined {
  const { view, options } = context;
  const { claim } = view;
  if (claim.status !== 'Editing') return undefined;
  const { language } = options;
  const missing = [
    ...missingIn(claim.fields, CATALOGUE).map((name) => fieldLabel(name, options)),
    ...(claim.poe.some(countsAsProof)
      ? []
      : [say(language, claim.poe.some(({ scan }) => scan === 'waiting') ? 'card.poeWaits' : 'card.poeMissing')]),
  ];
  if (isComplete(context)) return section('', { lines: [line(run(say(language, 'card.complete'), 'bold'))] });
  return section('', {
    style: 'warning',
    lines: [
      line(run(say(language, 'card.missing', { count: missing.length }), 'bold')),
      { spacing: 'None', runs: [run(missing.join(' · '))] },
    ],
  });
}

/** What waits for a notice that could not be delivered, and what the reviewers can do about it (R45). */
function holdSection({ view, options }: StatusContext): Section | undefined {
  if (view.hold === undefined) return undefined;
  const text =
    view.side === 'review' ? unreachableNote(view.hold, options) : say(options.language, 'card.holdForPartner');
  return boxed(say(options.language, 'card.hold'), [line(run(text))]);
}

/** What waits because the customer wrote what was understood as a denial (R60). */
function objectionSection({ view, options }: StatusContext): Section | undefined {
  const { consent } = view.claim;
  const last = consent?.objections.at(-1);
  if (!last || !isHeld(view)) return undefined;
  const { language } = options;
  return boxed(say(language, 'card.held'), [
    quote({ ...last, text: wordOrErased(last.text, options) }, options),
    line(run(say(language, view.side === 'review' ? 'card.heldForReview' : 'card.heldForPartner'))),
  ]);
}

/** A box that has to be noticed: its title in bold, as a heading would be higher than its text. */
function boxed(title: string, lines: readonly Line[]): Section {
  return section('', { style: 'warning', lines: [line(run(title, 'bold')), ...lines] });
}

function requestSection(request: InformationRequest, { view, options }: StatusContext): Section {
  const { language } = options;
  // Reviewers chose the reasons by what they mean.
  const reasons = request.reasons.map((reason) =>
    nextLine(
      run(`☐ ${requestReason(reason, options)}.`, 'bold'),
      ...(view.side === 'partner' ? [run(requestReasonExplained(reason, options))] : []),
    ),
  );
  const answer: SentenceKey = request.answered ? 'card.answered' : 'card.notAnswered';
  return section('', {
    lines: [
      ...reasons,
      quote({ ...request, text: request.comment }, options),
      // Before the request is delivered nothing runs that an answer could stop.
      ...(view.side === 'partner' && view.hold === undefined ? [nextLine(run(say(language, answer), 'subtle'))] : []),
    ],
  });
}

function rejectionSection(claim: Rejected, { options }: StatusContext): Section {
  const { language } = options;
  const { rejection } = claim;
  const because =
    rejection.reason === 'partnerRequest' ? [run(`(${partnerRequestReason(rejection.partnerReason, options)})`)] : [];
  return section('', {
    lines: [
      line(run(rejectionReason(rejection.reason, options), 'bold'), ...because),
      quote({ ...rejection, text: rejection.comment }, options),
      ...(isNotGiven(claim) ? [line(run(say(language, 'card.notAgreed')))] : []),
      ...(rejection.reason === 'customerDecline' && claim.consent ? agreedLines(claim.consent, options) : []),
    ],
  });
}

function disputeSection({ dispute }: Rejected, { options }: StatusContext): Section | undefined {
  const { language } = options;
  switch (dispute.state) {
    case 'possible':
    case 'windowClosed':
    case 'excluded':
      return undefined;
    case 'open':
      return section('', {
        lines: [
          line(run(say(language, 'card.disputeOpen'), 'bold')),
          quote({ ...dispute, text: dispute.justification }, options),
        ],
      });
    case 'upheld':
      return section('', {
        lines: [
          line(run(say(language, 'card.disputeUpheld'), 'bold')),
          quote({ ...dispute, text: dispute.comment }, options),
        ],
      });
    default:
      return dispute satisfies never;
  }
}

function consentSection({ view, options }: StatusContext): Section | undefined {
  const { claim } = view;
  if (claim.status !== 'Approved') return undefined;
  const lines = [
    ...consentLines(claim.consent, view, options),
    ...(view.side === 'partner' && !isHeld(view) && !claim.assessment?.outcomes.length
      ? [line(run(say(options.language, 'card.approvedMeans'), 'subtle'))]
      : []),
  ];
  return lines.length > 0 ? section('', { lines }) : undefined;
}

function assessmentSection({ view, options, budget }: StatusContext): Section | undefined {
  const { assessment, consent } = view.claim;
  if (!assessment || consent?.state !== 'passed' || assessment.outcomes.length === 0) return undefined;
  return section('', { lines: assessment.outcomes.flatMap((outcome) => outcomeLines(outcome, options, budget)) });
}

/** One programme: eligible or not, its number, who reported it and, where it was corrected, why (R53). */
function outcomeLines(outcome: AssessmentOutcome, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { language } = options;
  const { eligible, number, correction, by, at } = outcome;
  const programme = truncateWithEllipsis(outcome.programme, budget.name);
  const verdict = say(language, eligible ? 'card.eligible' : 'card.notEligible', { programme });
  const small = (text: string, style?: TextStyle): Line => ({ spacing: 'None', runs: [run(text, style)] });
  return [
    line(run(verdict, 'bold')),
    ...(number === undefined
      ? []
      : [small(say(language, 'card.programmeNumber', { number: truncateWithEllipsis(number, budget.name) }))]),
    ...(correction === undefined
      ? []
      : [small(say(language, 'card.corrected', { reason: truncateWithEllipsis(correction, budget.text) }))]),
    small(`${partyName(by, options)} · ${formatTime(at, options.zone, language)}`, 'subtle'),
  ];
}

/** While the two sides talk about the proof, what was said last; all comments are among the details. */
function lastCommentSection({ view, options }: StatusContext): Section | undefined {
  const { comments, stage } = view;
  const isTalk = stage === 'Submitted' || stage === 'UnderReview' || stage === 'PartnerActionRequired';
  const last = isTalk ? comments.findLast(({ deletedAt }) => deletedAt === undefined) : undefined;
  return last && section('', { lines: [quote({ ...last, text: wordOrErased(last.text, options) }, options)] });
}

/** What the status means, what happens automatically, and what has led here (R52). */
function meaningSection({ view, options }: StatusContext): Section {
  const { language, zone } = options;
  const { claim } = view;
  const lines: Line[] = [line(run(statusMeaning(view, options)))];
  if (view.byItself && view.hold === undefined && !isHeld(view)) lines.push(line(run(byItselfNote(view, options))));
  if (claim.status === 'Approved' && claim.approval) {
    const { by, at, afterDispute } = claim.approval;
    const facts = { who: partyName(by, options), when: formatTime(at, zone, language) };
    lines.push(line(run(say(language, afterDispute ? 'card.approvedAfterDispute' : 'card.approvedBy', facts))));
  }
  if (claim.assessment && claim.consent?.state === 'passed') {
    const when = formatTime(claim.assessment.record.consentPassedAt, zone, language);
    lines.push(line(run(say(language, 'card.handedOver', { when }))));
  }
  return section('', { lines });
}

/** What people wrote about it, whole: requests, reasons, justifications, objections. */
function saidSection({ view, options, budget }: StatusContext): Section | undefined {
  const said = whatWasSaid(view, options).filter(({ text }) => text !== '');
  if (said.length === 0) return undefined;
  return section(say(options.language, 'card.said'), {
    lines: said.flatMap((one) => wholeQuote(one, options, budget)),
  });
}

function whatWasSaid({ claim }: ClaimView, options: ClaimCardOptions): readonly Said[] {
  const said: Said[] = (claim.consent?.objections ?? []).map((objection) => ({
    ...objection,
    text: wordOrErased(objection.text, options),
  }));
  if (claim.status === 'PartnerActionRequired') said.push({ ...claim.request, text: claim.request.comment });
  if (claim.status !== 'Rejected') return said;
  const { rejection, dispute } = claim;
  said.push({ ...rejection, text: rejection.comment });
  if (dispute.state === 'open') said.push({ ...dispute, text: dispute.justification });
  if (dispute.state === 'upheld') said.push({ ...dispute, text: dispute.comment });
  return said;
}

/** The clocks with their due dates to the letter (R52). */
function deadlinesSection(view: ClaimView, options: ClaimCardOptions): Section | undefined {
  const { language } = options;
  if (view.clocks.length === 0) return undefined;
  const rows = view.clocks.map(({ name, state, dueAt, overdue }) => {
    const due = dueAt === undefined ? [] : [run(formatDue(dueAt, options))];
    const mark = overdue ? [run(say(language, 'card.overdue'), 'bold')] : [];
    const stateMark =
      state === 'paused'
        ? [run(say(language, name === 'consent' ? 'card.held' : 'card.paused'), 'subtle')]
        : state === 'awaitingDelivery'
          ? [run(say(language, 'card.awaitingDelivery'), 'subtle')]
          : [];
    return row(clockName(name, options), ...due, ...mark, ...stateMark);
  });
  return section(say(language, 'card.deadlines'), { rows });
}
