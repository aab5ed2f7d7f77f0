/**
 * The state of a claim for the customer: who claims what, what the partner will see, and what silence means (R50, R56,
 * R59, R60).
 */
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Consent, Rejected } from '../../domain/claims/claim.ts';
import { isSilenceNo } from '../../domain/claims/consent.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { agreedLines, consentLines } from './consentLines.ts';
import { daysInWords, dueDate, nextDeadline } from '../text/due.ts';
import { dueWords, formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Section } from './elements.ts';
import { line, run, section } from './elements.ts';
import { sectionElements } from './page.ts';
import type { SizeBudget } from './sizeBudget.ts';
import type { Card, Fill } from './templates.ts';
import { spellings } from '../text/spellings.ts';
import { activityName, partyName, wordOrErased } from '../text/labels.ts';
import { isNotGiven } from '../text/status.ts';

/** What the customer sees at once: what they have to answer and until when, what it means, and who asks. */
export function customerElements(
  fill: Fill,
  view: ClaimView,
  options: ClaimCardOptions,
  budget: SizeBudget,
): readonly Card[] {
  return sectionElements(fill, [
    ...(view.stage === 'ConsentOpen' ? openSections(view, options, budget) : [endedSection(view, options, budget)]),
    contactSection(view, options, budget),
  ]);
}

/** What was claimed, to the letter, and until when they can answer, with the zone. */
export function customerDetails(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Section[] {
  const { claim, stage } = view;
  const { language } = options;
  const until = stage === 'ConsentOpen' && claim.status === 'Approved' ? [line(run(untilWords(view, options)))] : [];
  return [
    section('', {
      lines: [
        line(run(say(language, 'card.customerClaimed', claimedWords(view, options, budget)))),
        line(run(say(language, 'card.customerSees', claimedWords(view, options, budget)))),
        ...until,
      ],
    }),
  ];
}

function claimedWords({ claim }: ClaimView, options: ClaimCardOptions, budget: SizeBudget) {
  const { fields, partner } = claim;
  const name = (text: string): string => truncateWithEllipsis(text, budget.name);
  return {
    partner: name(partner.name),
    customer: name(fields.customerName),
    activity: fields.activity === '' ? '' : activityName(fields.activity, options),
    products: fields.products.map((id) => productName(CATALOGUE, id)).join(', '),
  };
}

function openSections(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Section[] {
  const { claim } = view;
  if (claim.status !== 'Approved') return [];
  const { language } = options;
  const { consent } = claim;
  const values = claimedWords(view, options, budget);
  return [
    consent.objections.length > 0
      ? section('', { style: 'warning', lines: objectionLines(consent, options, budget) })
      : answerSection(view, options),
    section('', {
      lines: [
        ...(consent.period > 1 ? [line(run(say(language, 'card.customerAgain', values)))] : []),
        line(run(say(language, 'card.theyWillSee'), 'bold')),
        ...(['card.theyWillSee.use', 'card.theyWillSee.ids'] as const).map((key) => ({
          spacing: 'None' as const,
          runs: [run(`• ${say(language, key, values)}`)],
        })),
      ],
    }),
  ];
}

/** The box that says until when they can answer, and what silence means. */
function answerSection(view: ClaimView, options: ClaimCardOptions): Section {
  const { claim } = view;
  const { language, now } = options;
  const agreed = claim.consent?.agreed;
  const mustAgree = claim.status === 'Approved' && isSilenceNo(claim);
  const deadline = nextDeadline(view);
  const until = agreed ? 'card.customerOpenBy' : 'card.customerAnswerBy';
  const by = deadline
    ? [say(language, until, { day: dueDate(deadline, now, options) }), daysInWords(deadline, claim, now, options)].join(
        ' · ',
      )
    : say(language, mustAgree ? 'card.customerAgreeUntilPassed' : 'card.customerUntilPassed');
  const means = agreed
    ? say(language, 'card.customerAgreed', {
        who: partyName(agreed.by, options),
        when: formatTime(agreed.at, options.zone, language),
      })
    : say(language, mustAgree ? 'card.customerMustAgree' : 'card.customerNothing');
  return section('', { style: agreed ? 'emphasis' : 'warning', lines: [line(run(by, 'bold')), line(run(means))] });
}

function endedSection(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Section {
  const { claim, stage } = view;
  if (stage !== 'ConsentPassed')
    return section('', { lines: claim.status === 'Rejected' ? rejectedLines(claim, options, budget) : [] });
  return section('', {
    lines: [
      line(run(say(options.language, 'card.customerStands'), 'bold')),
      ...(claim.consent ? consentLines(claim.consent, view, options) : []),
    ],
  });
}

/** Who asks: a person whom the customer can ask back. */
function contactSection({ claim }: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Section {
  const { partnerContactName, partnerContactEmail } = claim.fields;
  const words = [partnerContactName, ...spellings(partnerContactEmail)]
    .filter((word) => word !== '')
    .map((word) => truncateWithEllipsis(word, budget.name));
  return section('', {
    lines:
      words.length > 0
        ? [line(run(say(options.language, 'card.theirContact'), 'subtle'), run(words.join(' · '), 'subtle'))]
        : [],
  });
}

/** Until when the customer can act; before the notice is delivered, that the time for it begins then (R45). */
function untilWords({ claim }: ClaimView, options: ClaimCardOptions): string {
  const { language } = options;
  const dueAt = dueOf(claim.clocks.consent);
  const mustAgree = claim.status === 'Approved' && isSilenceNo(claim);
  if (dueAt === undefined)
    return say(language, mustAgree ? 'card.customerAgreeUntilPassed' : 'card.customerUntilPassed');
  return say(language, mustAgree ? 'card.customerAgreeUntil' : 'card.customerUntil', dueWords(dueAt, options));
}

/** The words that were understood as a denial, and how to make clear what was meant (R60). */
function objectionLines({ objections }: Consent, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { language, zone } = options;
  return [
    ...objections.flatMap(({ by, at, text }) => [
      line(
        run(
          say(language, 'card.customerObjection', {
            who: partyName(by, options),
            when: formatTime(at, zone, language),
          }),
        ),
      ),
      line(run(truncateWithEllipsis(wordOrErased(text, options), budget.text))),
    ]),
    line(run(say(language, 'card.customerHeld'), 'bold')),
  ];
}

const DISPUTED: Readonly<Record<Rejected['dispute']['state'], SentenceKey>> = {
  possible: 'card.customerMayBeDisputed',
  open: 'card.customerDisputed',
  upheld: 'card.customerFinal',
  windowClosed: 'card.customerFinal',
  excluded: 'card.customerFinal',
};

/** Customers read the reason of their own denial only; any other is between the partner and the reviewers (R56). */
function rejectedLines(claim: Rejected, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { language } = options;
  const { rejection, dispute, consent } = claim;
  const denied = rejection.reason === 'customerDecline';
  return [
    line(run(rejectedWords(claim, options), 'bold')),
    ...(denied && rejection.comment !== '' ? [line(run(truncateWithEllipsis(rejection.comment, budget.text)))] : []),
    ...(denied && consent ? agreedLines(consent, options) : []),
    line(run(say(language, DISPUTED[dispute.state]))),
  ];
}

function rejectedWords(claim: Rejected, options: ClaimCardOptions): string {
  const { language, zone } = options;
  const { rejection } = claim;
  const when = formatTime(rejection.at, zone, language);
  if (isNotGiven(claim)) return say(language, 'card.customerNotGiven', { when });
  return rejection.reason === 'customerDecline'
    ? say(language, 'card.customerDenied', { who: partyName(rejection.by, options), when })
    : say(language, 'card.customerRejected', { when });
}
