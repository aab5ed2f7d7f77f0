/** The head of a claim's card: who wants what of whom, the area, activity, products and id, and where it stands. */
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Stage } from '../../domain/claims/claim.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { truncateWithEllipsis } from './escape.ts';
import { run } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { activityName, areaName } from '../text/labels.ts';
import type { Card, Fill } from './templates.ts';

/** The colour of a badge. */
type Look = 'Informative' | 'Accent' | 'Good' | 'Warning' | 'Attention';

const LOOKS: Readonly<Record<Stage, Look>> = {
  Editing: 'Informative',
  Discarded: 'Informative',
  Submitted: 'Accent',
  UnderReview: 'Accent',
  PartnerActionRequired: 'Warning',
  ConsentOpen: 'Good',
  ConsentPassed: 'Good',
  Disputable: 'Attention',
  Disputed: 'Attention',
  Upheld: 'Attention',
  WindowClosed: 'Attention',
  FinallyDeclined: 'Attention',
};

/** Two names in two lines at 640 pixels; whole among the details. */
const MAX_PARTY = 40;

/** A longer badge leaves the headline no room on a phone: it stands below. */
const MAX_BESIDE = 14;

/** The head, from the templates `header` and `badge`. */
export function headerElement(fill: Fill, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Card {
  const { language } = options;
  const status = view.side === 'customer' ? customerStatus(view) : statusOf(view);
  const words = status ? say(language, status.key) : '';
  const badge = status ? [fill('badge', { status: words, badge: status.look })] : [];
  const isBelow = words.length > MAX_BESIDE;
  return fill('header', {
    headline: [run(headline(view, options, budget), 'headline')],
    about: [run(aboutWords(view, options), 'subtle')],
    beside: isBelow ? [] : badge,
    isBelow,
    below: badge,
  });
}

/** Who wants what: to a customer whole and of them; to the partner whose customer, to reviewers who of whom. */
function headline({ claim, side }: ClaimView, { language }: ClaimCardOptions, budget: SizeBudget): string {
  const { fields, partner } = claim;
  if (side === 'customer')
    return say(language, 'card.customerWants', { partner: truncateWithEllipsis(partner.name, budget.name) });
  const most = Math.min(budget.name, MAX_PARTY);
  const customer = truncateWithEllipsis(fields.customerName || say(language, 'card.noCustomer'), most);
  return side === 'partner' ? customer : `${truncateWithEllipsis(partner.name, most)} → ${customer}`;
}

function aboutWords({ claim }: ClaimView, options: ClaimCardOptions): string {
  const { area, activity, products } = claim.fields;
  return [
    area && areaName(area, options),
    activity && activityName(activity, options),
    products.map((id) => productName(CATALOGUE, id)).join(', '),
    claim.id,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

interface ShownStatus {
  readonly key: SentenceKey;
  readonly look: Look;
}

/** A discarded draft has none of the six statuses. */
function statusOf({ claim, stage }: ClaimView): ShownStatus | undefined {
  return claim.status === 'Discarded' ? undefined : { key: `status.${claim.status}`, look: LOOKS[stage] };
}

/** The customer's own words for where it stands. */
function customerStatus({ claim, stage }: ClaimView): ShownStatus {
  const { consent } = claim;
  switch (stage) {
    case 'ConsentOpen':
      return consent?.agreed && consent.objections.length === 0
        ? { key: 'status.customer.agreed', look: 'Good' }
        : { key: 'status.customer.waiting', look: 'Warning' };
    case 'ConsentPassed':
      return { key: 'status.customer.stands', look: 'Good' };
    default:
      return consent?.state === 'denied'
        ? { key: 'status.customer.denied', look: 'Attention' }
        : { key: 'status.customer.ended', look: 'Informative' };
  }
}
