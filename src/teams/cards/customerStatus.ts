/**
 * The state of a claim for the customer: who claims what, what the partner will see, and what silence means (R50, R56,
 * R59, R60).
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Consent, Rejected } from '../../domain/claims/claim.ts';
import { isSilenceNo } from '../../domain/claims/consent.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { agreedLines, consentLines } from './consentLines.ts';
import { dueWords, formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Section } from './elements.ts';
import { paragraph, line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { activityName, partyName, wordOrErased } from '../text/labels.ts';
import { isNotGiven } from '../text/status.ts';

/** The sections above the details, on a customer's card. */
export function customerSections(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Section[] {
  return [section('', { lines: [claimedLine(view, options, budget), ...stateLines(view, options, budget)] })];
}

function claimedLine({ claim }: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Line {
  const { fields, partner } = claim;
  const name = (text: string): string => truncateWithEllipsis(text, budget.name);
  return line(
    run(
      say(options.language, 'card.customerClaimed', {
        partner: name(partner.name),
        customer: name(fields.customerName),
        activity: fields.activity === '' ? '' : activityName(fields.activity, options),
        products: fields.products.map((id) => productName(CATALOGUE, id)).join(', '),
      }),
    ),
  );
}

function stateLines(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { claim, stage } = view;
  const { language } = options;
  const values = {
    partner: truncateWithEllipsis(claim.partner.name, budget.name),
    customer: truncateWithEllipsis(claim.fields.customerName, budget.name),
  };
  switch (stage) {
    case 'ConsentOpen': {
      if (claim.status !== 'Approved') return [];
      return [
        ...(claim.consent.period > 1 ? [paragraph(run(say(language, 'card.customerAgain', values)))] : []),
        paragraph(run(say(language, 'card.customerSees', values))),
        ...(claim.consent.objections.length > 0
          ? objectionLines(claim.consent, options, budget)
          : openLines(view, claim.consent, options)),
      ];
    }
    case 'ConsentPassed':
      return [
        paragraph(run(say(language, 'card.customerStands', values))),
        ...(claim.consent ? consentLines(claim.consent, view, options) : []),
      ];
    default:
      return claim.status === 'Rejected' ? rejectedLines(claim, options, budget) : [];
  }
}

/** What silence leads to, or that there is an agreement already; and until when the customer can act. */
function openLines(view: ClaimView, { agreed }: Consent, options: ClaimCardOptions): readonly Line[] {
  const { claim } = view;
  const { language, zone } = options;
  const dueAt = dueOf(claim.clocks.consent);
  const mustAgree = claim.status === 'Approved' && isSilenceNo(claim);
  const means = agreed
    ? say(language, 'card.customerAgreed', {
        who: partyName(agreed.by, options),
        when: formatTime(agreed.at, zone, language),
      })
    : say(language, mustAgree ? 'card.customerMustAgree' : 'card.customerNothing');
  return [paragraph(run(means, 'bold')), paragraph(run(untilWords(dueAt, mustAgree, options)))];
}

/** Until when the customer can act; before the notice is delivered, that the time for it begins then (R45). */
function untilWords(dueAt: Instant | undefined, mustAgree: boolean, options: ClaimCardOptions): string {
  const { language } = options;
  if (dueAt === undefined)
    return say(language, mustAgree ? 'card.customerAgreeUntilPassed' : 'card.customerUntilPassed');
  return say(language, mustAgree ? 'card.customerAgreeUntil' : 'card.customerUntil', dueWords(dueAt, options));
}

/** The words that were understood as a denial, and how to make clear what was meant (R60). */
function objectionLines({ objections }: Consent, options: ClaimCardOptions, budget: SizeBudget): readonly Line[] {
  const { language, zone } = options;
  return [
    ...objections.flatMap(({ by, at, text }) => [
      paragraph(
        run(
          say(language, 'card.customerObjection', {
            who: partyName(by, options),
            when: formatTime(at, zone, language),
          }),
        ),
      ),
      line(run(truncateWithEllipsis(wordOrErased(text, options), budget.text))),
    ]),
    paragraph(run(say(language, 'card.customerHeld'), 'bold')),
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
    paragraph(run(rejectedWords(claim, options), 'bold')),
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
