/** The state of a claim, for the partner and the reviewers: the sections above its details (R48, R49, R52). */
import { countsAsProof } from '../../domain/claims/values.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import { CATALOGUE } from '../../domain/claims/catalogue.ts';
import type { AssessmentOutcome, InformationRequest, Rejected } from '../../domain/claims/claim.ts';
import type { Party } from '../../domain/claims/values.ts';
import { missingIn } from '../../domain/claims/fields.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { agreedLines, consentLines } from './consentLines.ts';
import { formatDue, formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Section } from './elements.ts';
import { paragraph, line, row, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { byItselfNote, isHeld, isNotGiven, nextNote, statusMeaning, unreachableNote } from '../text/status.ts';
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

/** All sections, the most urgent first. */
export function statusSections(context: StatusContext): readonly Section[] {
  const { view, options } = context;
  const { claim } = view;
  return [
    nowSection(context),
    missingSection(context),
    holdSection(context),
    objectionSection(context),
    claim.status === 'PartnerActionRequired' ? requestSection(claim.request, context) : undefined,
    claim.status === 'Rejected' ? rejectionSection(claim, context) : undefined,
    claim.status === 'Rejected' ? disputeSection(claim, context) : undefined,
    consentSection(context),
    assessmentSection(context),
    deadlinesSection(view, options),
  ].filter((one) => one !== undefined);
}

function isComplete({ view: { claim } }: StatusContext): boolean {
  return claim.status === 'Editing' && claim.poe.some(countsAsProof) && missingIn(claim.fields, CATALOGUE).length === 0;
}

function nowSection(context: StatusContext): Section {
  const { view, options } = context;
  const { language } = options;
  const lines: Line[] = [line(run(statusMeaning(view, options)))];
  if (view.side === 'partner' && view.claim.status === 'Approved')
    lines.push(line(run(say(language, 'card.approvedMeans'))));
  // A complete draft needs no such line: the section below says that it can be submitted.
  if (view.claim.status !== 'Discarded' && !isComplete(context))
    lines.push(paragraph(run(nextNote(view, options), 'bold')));
  if (view.byItself && view.hold === undefined && !isHeld(view)) lines.push(line(run(byItselfNote(view, options))));
  return section('', { lines });
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
  if (isComplete(context)) return section('', { style: 'good', lines: [line(run(say(language, 'card.complete')))] });
  return section(say(language, 'card.missing', { count: missing.length }), {
    style: 'warning',
    lines: missing.map((label) => line(run(`• ${label}`))),
  });
}

/** What waits for a notice that could not be delivered, and what the reviewers can do about it (R45). */
function holdSection({ view, options }: StatusContext): Section | undefined {
  if (view.hold === undefined) return undefined;
  const lines =
    view.side === 'review'
      ? [line(run(unreachableNote(view.hold, options)))]
      : [line(run(say(options.language, 'card.holdForPartner')))];
  return section(say(options.language, 'card.hold'), { style: 'warning', lines });
}

/** What waits because the customer wrote what was understood as a denial (R60). */
function objectionSection({ view, options, budget }: StatusContext): Section | undefined {
  const { consent } = view.claim;
  if (!consent || !isHeld(view)) return undefined;
  const { language } = options;
  return section(say(language, 'card.held'), {
    style: 'warning',
    lines: [
      ...consent.objections.flatMap((objection) => [
        byAt(objection, options),
        ...quoted(wordOrErased(objection.text, options), budget, options),
      ]),
      paragraph(run(say(language, view.side === 'review' ? 'card.heldForReview' : 'card.heldForPartner'))),
    ],
  });
}

function requestSection(request: InformationRequest, { view, options, budget }: StatusContext): Section {
  const { language } = options;
  const reasons = request.reasons.map((reason) =>
    line(run(`${requestReason(reason, options)}.`, 'bold'), run(requestReasonExplained(reason, options))),
  );
  const answer: SentenceKey = request.answered ? 'card.answered' : 'card.notAnswered';
  return section(say(language, 'card.requested'), {
    style: 'warning',
    lines: [
      byAt(request, options),
      ...reasons,
      ...quoted(request.comment, budget, options),
      ...(view.side === 'partner' ? [paragraph(run(say(language, answer)))] : []),
    ],
  });
}

function rejectionSection(claim: Rejected, { options, budget }: StatusContext): Section {
  const { language } = options;
  const { rejection } = claim;
  const because =
    rejection.reason === 'partnerRequest' ? [run(`(${partnerRequestReason(rejection.partnerReason, options)})`)] : [];
  const dueAt = dueOf(claim.clocks.disputeWindow);
  return section(say(language, 'card.whyRejected'), {
    style: 'attention',
    lines: [
      line(run(rejectionReason(rejection.reason, options), 'bold'), ...because),
      byAt(rejection, options),
      ...quoted(rejection.comment, budget, options),
      ...(isNotGiven(claim) ? [line(run(say(language, 'card.notAgreed')))] : []),
      ...(rejection.reason === 'customerDecline' && claim.consent ? agreedLines(claim.consent, options) : []),
      ...(dueAt === undefined
        ? []
        : [paragraph(run(say(language, 'card.disputableUntil'), 'bold'), run(formatDue(dueAt, options)))]),
    ],
  });
}

function disputeSection({ dispute }: Rejected, { options, budget }: StatusContext): Section | undefined {
  const { language } = options;
  switch (dispute.state) {
    case 'possible':
    case 'windowClosed':
    case 'excluded':
      return undefined;
    case 'open':
      return section(say(language, 'card.disputeOpen'), {
        style: 'warning',
        lines: [byAt(dispute, options), ...quoted(dispute.justification, budget, options)],
      });
    case 'upheld':
      return section(say(language, 'card.disputeUpheld'), {
        style: 'attention',
        lines: [byAt(dispute, options), ...quoted(dispute.comment, budget, options)],
      });
    default:
      return dispute satisfies never;
  }
}

/** Who did it, and when. */
function byAt({ by, at }: { readonly by: Party; readonly at: Instant }, speech: Speech): Line {
  const who = by.name === '' ? say(speech.language, `card.side.${by.side}`) : partyName(by, speech);
  return line(run(`${who} · ${formatTime(at, speech.zone, speech.language)}`, 'subtle'));
}

/** A text as it was typed, cut to the budget; the history has all of it. */
function quoted(text: string, budget: SizeBudget, { language }: Speech): readonly Line[] {
  if (text === '') return [];
  const hint = text.length > budget.text ? [line(run(say(language, 'card.restInHistory'), 'subtle'))] : [];
  return [line(run(truncateWithEllipsis(text, budget.text))), ...hint];
}

function consentSection({ view, options }: StatusContext): Section | undefined {
  const { claim } = view;
  if (claim.status !== 'Approved' || !claim.approval) return undefined;
  const { language, zone } = options;
  const { by, at, afterDispute } = claim.approval;
  const approved = say(language, afterDispute ? 'card.approvedAfterDispute' : 'card.approvedBy', {
    who: partyName(by, options),
    when: formatTime(at, zone, language),
  });
  return section(say(language, 'card.consent'), {
    lines: [line(run(approved)), ...consentLines(claim.consent, view, options)],
  });
}

function assessmentSection({ view, options, budget }: StatusContext): Section | undefined {
  const { assessment, consent } = view.claim;
  if (!assessment || consent?.state !== 'passed') return undefined;
  const { language, zone } = options;
  const { outcomes, record } = assessment;
  const lines = [
    line(run(say(language, 'card.handedOver', { when: formatTime(record.consentPassedAt, zone, language) }))),
  ];
  for (const outcome of outcomes) lines.push(...outcomeLines(outcome, options, budget));
  return section(say(language, 'card.assessment'), { lines });
}

/** One programme: eligible or not, its number, who reported it and, where it was corrected, why (R53). */
function outcomeLines(outcome: AssessmentOutcome, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { language } = options;
  const { eligible, number, correction } = outcome;
  const programme = truncateWithEllipsis(outcome.programme, budget.name);
  const verdict = say(language, eligible ? 'card.eligible' : 'card.notEligible', { programme });
  const small = (text: string): Line => ({ spacing: 'None', runs: [run(text)] });
  return [
    paragraph(run(verdict, eligible ? 'good' : 'attention')),
    ...(number === undefined
      ? []
      : [small(say(language, 'card.programmeNumber', { number: truncateWithEllipsis(number, budget.name) }))]),
    ...(correction === undefined
      ? []
      : [small(say(language, 'card.corrected', { reason: truncateWithEllipsis(correction, budget.text) }))]),
    { ...byAt(outcome, options), spacing: 'None' },
  ];
}

/**
 * The clocks with their due dates (R52). The dispute window is left out: its end is beside the reason of the rejection.
 */
function deadlinesSection(view: ClaimView, options: ClaimCardOptions): Section | undefined {
  const { language } = options;
  const clocks = view.clocks.filter(({ name, dueAt }) => name !== 'disputeWindow' || dueAt === undefined);
  if (clocks.length === 0) return undefined;
  const rows = clocks.map(({ name, state, dueAt, overdue }) => {
    const due = dueAt === undefined ? [] : [run(formatDue(dueAt, options))];
    const mark = overdue ? [run(say(language, 'card.overdue'), 'attention')] : [];
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
