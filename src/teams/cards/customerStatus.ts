/**
 * The state of a claim for the customer: who claims what, what the partner will see, and what silence means (R50, R56).
 */
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Rejected } from '../../domain/claims/claim.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { consentLines } from './consentLines.ts';
import { dueWords, formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Section } from './elements.ts';
import { paragraph, line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { activityName, partyName } from '../text/labels.ts';

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
      const dueAt = dueOf(claim.clocks.consent);
      const until =
        dueAt === undefined
          ? say(language, 'card.customerUntilPassed')
          : say(language, 'card.customerUntil', dueWords(dueAt, options));
      return [
        ...(claim.consent && claim.consent.period > 1
          ? [paragraph(run(say(language, 'card.customerAgain', values)))]
          : []),
        paragraph(run(say(language, 'card.customerSees', values))),
        paragraph(run(say(language, 'card.customerNothing', values), 'bold')),
        paragraph(run(until)),
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

const DISPUTED: Readonly<Record<Rejected['dispute']['state'], SentenceKey>> = {
  possible: 'card.customerMayBeDisputed',
  open: 'card.customerDisputed',
  upheld: 'card.customerFinal',
  windowClosed: 'card.customerFinal',
};

/** Customers read the reason of their own denial only; any other is between the partner and the reviewers (R56). */
function rejectedLines(
  { rejection, dispute }: Rejected,
  options: ClaimCardOptions,
  budget: SizeBudget,
): readonly Line[] {
  const { language, zone } = options;
  const denied = rejection.reason === 'customerDecline';
  const words = denied
    ? say(language, 'card.customerDenied', {
        who: partyName(rejection.by, options),
        when: formatTime(rejection.at, zone, language),
      })
    : say(language, 'card.customerRejected', { when: formatTime(rejection.at, zone, language) });
  return [
    paragraph(run(words, 'bold')),
    ...(denied && rejection.comment !== '' ? [line(run(truncateWithEllipsis(rejection.comment, budget.text)))] : []),
    line(run(say(language, DISPUTED[dispute.state]))),
  ];
}
