/** The claim's card: one for every status, reader and place (R52). */
import { CATALOGUE } from '../../domain/claims/catalogue.ts';
import type { Status } from '../../domain/claims/claim.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import { missingIn } from '../../domain/claims/fields.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import { button, formButton, formElement, withOverflow, linkButton } from './buttons.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { commentsSection, detailsSection, documentsSection, linkWords } from './claimDetails.ts';
import type { FormContext } from './claimForms.ts';
import { formOf, hasForm, pressData } from './claimForms.ts';
import { statusSections } from './claimStatus.ts';
import { customerSections } from './customerStatus.ts';
import { truncateWithEllipsis } from './escape.ts';
import { noteElement, page, sectionElements } from './page.ts';
import type { Section, ContainerStyle } from './elements.ts';
import { line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { fitToSize } from './sizeBudget.ts';
import type { Card, Fill } from './templates.ts';
import { VERBS } from './verbs.ts';

interface StatusLook {
  readonly style: ContainerStyle;
  readonly badge: string;
}

const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  Editing: { style: 'emphasis', badge: 'Informative' },
  Discarded: { style: 'emphasis', badge: 'Informative' },
  Submitted: { style: 'accent', badge: 'Accent' },
  UnderReview: { style: 'accent', badge: 'Accent' },
  PartnerActionRequired: { style: 'warning', badge: 'Warning' },
  Approved: { style: 'good', badge: 'Good' },
  Rejected: { style: 'attention', badge: 'Attention' },
};

/** Commands that need no form. */
const ONE_CLICK_TITLES: Readonly<Partial<Record<PersonCommandType, SentenceKey>>> = {
  SubmitClaim: 'button.submit',
  StartReview: 'button.start',
  ResubmitClaim: 'button.resubmit',
  ApproveClaim: 'button.approve',
  AddPoe: 'button.addPoe',
  WithdrawObjection: 'button.notMeant',
};

/** The card of a claim, of at most 40,000 bytes. */
export function claimCard(fill: Fill, view: ClaimView, options: ClaimCardOptions): Card {
  return fitToSize((budget) => {
    const context: FormContext = { view, options, nameLength: budget.name };
    const open = openForm(fill, context);
    const note = options.note ? [noteElement(fill, options.note)] : [];
    return page(
      fill,
      {
        title: view.claim.id,
        body: [
          header(fill, view, options, budget),
          ...note,
          ...(open ?? uploadElements(fill, options, budget)),
          ...sectionElements(fill, sections(view, options, budget)),
        ],
        actions: open ? [] : buttons(fill, context),
      },
      options,
    );
  });
}

function header(fill: Fill, { claim, side }: ClaimView, { language }: ClaimCardOptions, budget: SizeBudget): Card {
  const { fields, partner } = claim;
  const customer = truncateWithEllipsis(fields.customerName || say(language, 'card.noCustomer'), budget.name);
  const parties =
    side === 'partner' ? [run(customer)] : [run(`${truncateWithEllipsis(partner.name, budget.name)} → ${customer}`)];
  const shown = claim.status !== 'Discarded';
  return fill('header', {
    id: claim.id,
    parties,
    hasStatus: shown,
    status: shown ? say(language, `status.${claim.status}`) : '',
    ...STATUS_LOOKS[claim.status],
  });
}

function sections(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Section[] {
  const details = detailsSection(view, options, budget);
  if (view.side === 'customer') return [...customerSections(view, options, budget), details];
  const status = statusSections({ view, options, budget });
  const documents = documentsSection(view, options, budget);
  const comments = commentsSection(view, options, budget);
  const hint =
    options.place === 'channel' && view.actions.includes('AddComment')
      ? section('', { lines: [line(run(say(options.language, 'card.replyToComment'), 'subtle'))] })
      : undefined;
  const end = [details, documents, comments, hint].filter((one) => one !== undefined);
  return options.documents && documents
    ? [documents, ...status, ...end.filter((one) => one !== documents)]
    : [...status, ...end];
}

/** The open form with its button and a way back. It is the only form on the card, so its inputs need no prefix. */
function openForm(fill: Fill, context: FormContext): readonly Card[] | undefined {
  const { view, options } = context;
  const type = view.actions.find((action) => hasForm(action) && VERBS[action] === options.open);
  const form = type && hasForm(type) ? formOf(type, context) : undefined;
  if (!form) return undefined;
  const { language } = options;
  const back = button(fill, {
    title: say(language, 'button.back'),
    data: pressData('show', view),
    ignoresInputs: true,
  });
  return [
    formElement(fill, form, language, { titled: true, shared: false }),
    { type: 'ActionSet', actions: [button(fill, form.send), back] },
    ...sectionElements(fill, [{ ...section('', { lines: [] }), separator: true }]),
  ];
}

/** The link to the upload page, on top of the card: it answers the press on "Add proof of execution". */
function uploadElements(fill: Fill, { uploadLink, ...speech }: ClaimCardOptions, budget: SizeBudget): readonly Card[] {
  if (uploadLink === undefined) return [];
  const how = say(speech.language, 'card.uploadHow', linkWords(uploadLink, speech, budget));
  return [
    ...sectionElements(fill, [section('', { lines: [line(run(how))] })]),
    { type: 'ActionSet', actions: [linkButton(fill, say(speech.language, 'button.upload'), uploadLink.url)] },
  ];
}

/** One button for each action of the view, in their order; then the documents and the history. */
function buttons(fill: Fill, context: FormContext): readonly Card[] {
  const { view, options } = context;
  const { language, uploadLink } = options;
  const actions = view.actions.flatMap((type) =>
    type === 'AddPoe' && uploadLink !== undefined ? [] : actionButton(fill, type, context),
  );
  const reading = [
    ...(view.poe.length > 0
      ? [button(fill, { title: say(language, 'button.documents'), data: pressData('documents', view) })]
      : []),
    button(fill, { title: say(language, 'button.history'), data: pressData('history', view) }),
  ];
  return withOverflow([...actions, ...reading]);
}

function actionButton(fill: Fill, type: PersonCommandType, context: FormContext): readonly Card[] {
  const { view, options } = context;
  const style = isNextStep(type, context) ? 'positive' : 'default';
  // A card shared by an audience has no reviewers to choose from: the press opens the form, for its presser alone.
  if (type === 'ReassignClaim' && !options.reviewers)
    return [button(fill, { title: say(options.language, 'button.reassign'), data: pressData('reassign', view) })];
  if (hasForm(type)) {
    const form = formOf(type, context);
    return form ? [formButton(fill, form, options.language, style)] : [];
  }
  const title = ONE_CLICK_TITLES[type];
  if (!title || !(type in VERBS)) return [];
  return [
    button(fill, {
      title: say(options.language, title),
      data: pressData(VERBS[type as keyof typeof VERBS], view),
      style,
    }),
  ];
}

/**
 * Whether the button is highlighted. While a draft is incomplete, it is what completes it, as submitting would be
 * refused.
 */
function isNextStep(type: PersonCommandType, { view }: FormContext): boolean {
  const { claim } = view;
  switch (claim.status) {
    case 'Editing':
      return (
        type ===
        (missingIn(claim.fields, CATALOGUE).length > 0
          ? 'EditFields'
          : view.poe.length === 0
            ? 'AddPoe'
            : 'SubmitClaim')
      );
    case 'PartnerActionRequired':
      return type === 'ResubmitClaim' && claim.request.answered;
    default:
      return type === 'StartReview' || type === 'ApproveClaim';
  }
}
