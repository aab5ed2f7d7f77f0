/** The claim's card: one for every status, reader and place (R52). */
import type { Catalogue } from '../../domain/claims/catalogue.ts';
import type { Status } from '../../domain/claims/claim.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import { missingIn } from '../../domain/claims/fields.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { button, formButton, formElement, inRow, linkButton } from './buttons.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { commentsSection, detailsSection, documentsSection } from './claimDetails.ts';
import type { FormFacts } from './claimForms.ts';
import { formOf, hasForm, said } from './claimForms.ts';
import { statusSections } from './claimStatus.ts';
import { customerSections } from './customerStatus.ts';
import { truncateWithEllipsis } from './escape.ts';
import { noteElement, page, sectionElements } from './page.ts';
import type { Section, Style } from './elements.ts';
import { line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { fitted } from './sizeBudget.ts';
import type { Card, Fill } from './templates.ts';
import { VERBS } from './verbs.ts';

interface Look {
  readonly style: Style;
  readonly badge: string;
}

const LOOKS: Readonly<Record<Status, Look>> = {
  Editing: { style: 'emphasis', badge: 'Informative' },
  Discarded: { style: 'emphasis', badge: 'Informative' },
  Submitted: { style: 'accent', badge: 'Accent' },
  UnderReview: { style: 'accent', badge: 'Accent' },
  PartnerActionRequired: { style: 'warning', badge: 'Warning' },
  Approved: { style: 'good', badge: 'Good' },
  Rejected: { style: 'attention', badge: 'Attention' },
};

const AT_ONCE: Readonly<Partial<Record<PersonCommandType, SentenceKey>>> = {
  SubmitClaim: 'button.submit',
  StartReview: 'button.start',
  ResubmitClaim: 'button.resubmit',
  ApproveClaim: 'button.approve',
  AddPoe: 'button.addPoe',
};

/** The card of a claim, of at most 40,000 bytes. */
export function claimCard(fill: Fill, catalogue: Catalogue, view: ClaimView, options: ClaimCardOptions): Card {
  return fitted((room) => {
    const facts: FormFacts = { view, options, catalogue, nameLength: room.name };
    const open = openForm(fill, facts);
    const note = options.note ? [noteElement(fill, options.note)] : [];
    return page(
      fill,
      {
        title: view.claim.id,
        body: [
          header(fill, view, options, room),
          ...note,
          ...(open ?? uploadElements(fill, options)),
          ...sectionElements(fill, sections(view, options, catalogue, room)),
        ],
        actions: open ? [] : buttons(fill, facts),
      },
      options,
    );
  });
}

function header(fill: Fill, { claim, side }: ClaimView, { language }: ClaimCardOptions, room: SizeBudget): Card {
  const { fields, partner } = claim;
  const customer = truncateWithEllipsis(fields.customerName || say(language, 'card.noCustomer'), room.name);
  const parties =
    side === 'partner' ? [run(customer)] : [run(`${truncateWithEllipsis(partner.name, room.name)} → ${customer}`)];
  const shown = claim.status !== 'Discarded';
  return fill('header', {
    id: claim.id,
    parties,
    hasStatus: shown,
    status: shown ? say(language, `status.${claim.status}`) : '',
    ...LOOKS[claim.status],
  });
}

function sections(
  view: ClaimView,
  options: ClaimCardOptions,
  catalogue: Catalogue,
  room: SizeBudget,
): readonly Section[] {
  const details = detailsSection(view, catalogue, options, room);
  if (view.side === 'customer') return [...customerSections(view, options, catalogue, room), details];
  const standing = statusSections({ view, options, catalogue, room });
  const documents = documentsSection(view, options, room);
  const comments = commentsSection(view, options, room);
  const hint =
    options.place === 'channel' && view.actions.includes('AddComment')
      ? section('', { lines: [line(run(say(options.language, 'card.replyToComment'), 'subtle'))] })
      : undefined;
  const end = [details, documents, comments, hint].filter((one) => one !== undefined);
  return options.documents && documents
    ? [documents, ...standing, ...end.filter((one) => one !== documents)]
    : [...standing, ...end];
}

/** The form that stands open, its button and the way back; no other form is on the card then, so that no input is mixed up with another's. */
function openForm(fill: Fill, facts: FormFacts): readonly Card[] | undefined {
  const { view, options } = facts;
  const type = view.actions.find((action) => hasForm(action) && VERBS[action] === options.open);
  const form = type && hasForm(type) ? formOf(type, facts) : undefined;
  if (!form) return undefined;
  const { language } = options;
  const back = button(fill, { title: say(language, 'button.back'), says: said('show', view), alone: true });
  return [
    formElement(fill, form, language, { titled: true, shared: false }),
    { type: 'ActionSet', actions: [button(fill, form.send), back] },
    ...sectionElements(fill, [{ ...section('', { lines: [] }), separator: true }]),
  ];
}

/** The way to the upload page stands where the press on "Add proof of execution" is answered: on top. */
function uploadElements(fill: Fill, { uploadLink, language }: ClaimCardOptions): readonly Card[] {
  if (uploadLink === undefined) return [];
  return [
    ...sectionElements(fill, [section('', { lines: [line(run(say(language, 'card.uploadHow')))] })]),
    { type: 'ActionSet', actions: [linkButton(fill, say(language, 'button.upload'), uploadLink)] },
  ];
}

/** One button for each action of the view, in their order; then the documents and the history. */
function buttons(fill: Fill, facts: FormFacts): readonly Card[] {
  const { view, options } = facts;
  const { language, uploadLink } = options;
  const actions = view.actions.flatMap((type) =>
    type === 'AddPoe' && uploadLink !== undefined ? [] : actionButton(fill, type, facts),
  );
  const reading = [
    ...(view.poe.length > 0
      ? [button(fill, { title: say(language, 'button.documents'), says: said('documents', view) })]
      : []),
    button(fill, { title: say(language, 'button.history'), says: said('history', view) }),
  ];
  return inRow([...actions, ...reading]);
}

function actionButton(fill: Fill, type: PersonCommandType, facts: FormFacts): readonly Card[] {
  const { view, options } = facts;
  const style = isNextStep(type, facts) ? 'positive' : 'default';
  // A card that all of an audience share has no names to choose from: the press is answered with the form, for its presser alone.
  if (type === 'ReassignClaim' && !options.reviewers)
    return [button(fill, { title: say(options.language, 'button.reassign'), says: said('reassign', view) })];
  if (hasForm(type)) {
    const form = formOf(type, facts);
    return form ? [formButton(fill, form, options.language, style)] : [];
  }
  const title = AT_ONCE[type];
  if (!title || !(type in VERBS)) return [];
  return [
    button(fill, { title: say(options.language, title), says: said(VERBS[type as keyof typeof VERBS], view), style }),
  ];
}

/** The button that stands out. What is still missing comes before sending it, which would be refused. */
function isNextStep(type: PersonCommandType, { view: { claim }, catalogue }: FormFacts): boolean {
  switch (claim.status) {
    case 'Editing':
      return (
        type ===
        (missingIn(claim.fields, catalogue).length > 0
          ? 'EditFields'
          : claim.poe.length === 0
            ? 'AddPoe'
            : 'SubmitClaim')
      );
    case 'PartnerActionRequired':
      return type === 'ResubmitClaim' && claim.request.answered;
    default:
      return type === 'StartReview' || type === 'ApproveClaim';
  }
}
