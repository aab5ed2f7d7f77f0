/** The fields and latest comments of a claim, among the details of its card, and the few that stand at once (R7). */
import { CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Comment } from '../../domain/claims/values.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { say } from '../../locales/say.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { formatTime } from '../text/format.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line, Row, Run, Section } from './elements.ts';
import { paragraph, row, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { spellings } from '../text/spellings.ts';
import { activityName, areaName, fieldLabel, partyName, wordOrErased } from '../text/labels.ts';

const MAX_FACT = 60;

/** The fields of the claim in rows, without the empty ones. Customers see only what concerns them (R56). */
export function detailsSection(view: ClaimView, speech: Speech, budget: SizeBudget): Section {
  const { claim, side } = view;
  const { fields, partner, assignee } = claim;
  const { language } = speech;
  const both = side !== 'customer';
  const name = (text: string): string => truncateWithEllipsis(text, budget.name);
  const kind = [fields.area && areaName(fields.area, speech), fields.activity && activityName(fields.activity, speech)];
  const rows: readonly (Row | undefined)[] = [
    filledRow(say(language, 'card.partner'), [name(partner.name), mpn(fields.mpnId, speech)]),
    filledRow(say(language, 'card.partnerContact'), [
      name(fields.partnerContactName),
      ...spellings(fields.partnerContactEmail).map(name),
    ]),
    filledRow(say(language, 'card.customer'), [
      name(fields.customerName),
      ...spellings(fields.customerDomain).map(name),
    ]),
    filledRow(fieldLabel('customerTenantId', speech), [
      fields.customerTenantId,
      fields.customerTenantId === '' ? '' : enrolment(view, speech, budget),
    ]),
    both
      ? filledRow(say(language, 'card.customerContact'), [
          name(fields.customerContactName),
          name(fields.customerContactTitle),
          ...spellings(fields.customerContactEmail).map(name),
        ])
      : undefined,
    filledRow(fieldLabel('activity', speech), kind),
    filledRow(fieldLabel('products', speech), [fields.products.map((id) => productName(CATALOGUE, id)).join(', ')]),
    filledRow(fieldLabel('subscriptionIds', speech), idLines(fields.subscriptionIds, speech, budget), '\n'),
    both
      ? filledRow(say(language, 'card.filedBy'), [
          name(wordOrErased(claim.filedBy.name, speech)),
          formatTime(claim.createdAt, speech.zone, language),
        ])
      : undefined,
    side === 'review' && assignee
      ? filledRow(say(language, 'card.assignee'), [name(wordOrErased(assignee.name, speech))])
      : undefined,
  ];
  return section(say(language, 'card.details'), { rows: rows.filter((one) => one !== undefined) });
}

function filledRow(label: string, values: readonly string[], between = ' · '): Row | undefined {
  const filled = values.filter((value) => value !== '');
  return filled.length > 0 ? row(label, run(filled.join(between))) : undefined;
}

/** What a reviewer needs at once: whom it is claimed of, who can deny it, and who claims it. */
export function factsSection(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Section | undefined {
  const { claim, side, stage } = view;
  if (side !== 'review' || (stage !== 'Submitted' && stage !== 'UnderReview')) return undefined;
  const { fields, partner } = claim;
  const { language } = options;
  const name = (text: string): string => truncateWithEllipsis(text, Math.min(budget.name, MAX_FACT));
  const rows = [
    filledRow(say(language, 'card.customer'), [
      ...spellings(fields.customerDomain).map(name),
      fields.customerTenantId === '' ? '' : enrolment(view, options, budget),
    ]),
    filledRow(say(language, 'card.customerContact'), [
      name(fields.customerContactName),
      ...spellings(fields.customerContactEmail).map(name),
    ]),
    filledRow(say(language, 'card.partner'), [name(partner.name), mpn(fields.mpnId, options)]),
  ].filter((one) => one !== undefined);
  return rows.length > 0 ? section('', { rows }) : undefined;
}

/** The enrolled name beside the one that the partner typed; nothing where it was not asked for (R5). */
function enrolment(view: ClaimView, { language }: Speech, budget: SizeBudget): string {
  if (!('enrolledAs' in view)) return '';
  return view.enrolledAs === undefined
    ? say(language, 'card.notEnrolled')
    : say(language, 'card.enrolledAs', { name: truncateWithEllipsis(view.enrolledAs, budget.name) });
}

function mpn(mpnId: string, { language }: Speech): string {
  return mpnId === '' ? '' : say(language, 'card.mpn', { mpnId });
}

function idLines(ids: readonly string[], { language }: Speech, budget: SizeBudget): readonly string[] {
  const left = ids.length - budget.ids;
  return left > 0 ? [...ids.slice(0, budget.ids), say(language, 'card.andMore', { count: left })] : ids;
}

/** The last comments, newest at the end; where not all fit, a pointer to the history. */
export function commentsSection(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): Section | undefined {
  const { language } = options;
  const { comments } = view;
  if (comments.length === 0) return undefined;
  const shown = comments.slice(-budget.comments);
  const isCut = shown.length < comments.length || shown.some((comment) => comment.text.length > budget.comment);
  const lines = shown.flatMap((comment) => commentLines(comment, options, budget));
  return section(say(language, 'card.comments', { count: comments.length }), {
    lines: isCut ? [...lines, paragraph(run(say(language, 'card.restInHistory'), 'subtle'))] : lines,
  });
}

function commentLines(comment: Comment, speech: Speech, budget: SizeBudget): readonly Line[] {
  const { language, zone } = speech;
  const { by, at, deletedAt, editedAt } = comment;
  const marks: readonly Run[] =
    deletedAt === undefined && editedAt !== undefined ? [run(say(language, 'card.edited'), 'subtle')] : [];
  const text =
    deletedAt === undefined
      ? run(truncateWithEllipsis(wordOrErased(comment.text, speech), budget.comment))
      : run(say(language, 'card.deleted'), 'subtle');
  return [
    paragraph(
      run(truncateWithEllipsis(partyName(by, speech), budget.name), 'bold'),
      run(`${say(language, `card.side.${by.side}`)} · ${formatTime(at, zone, language)}`, 'subtle'),
      ...marks,
    ),
    { spacing: 'None', runs: [text] },
  ];
}
