/** The claim's card: one for every status, reader and place (R52). */
import { CATALOGUE } from '../../domain/claims/catalogue.ts';
import type { Status } from '../../domain/claims/claim.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import { missingIn } from '../../domain/claims/fields.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ButtonStyle } from './buttons.ts';
import { button, formButton, formElement, withOverflow, linkButton } from './buttons.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { commentsSection, detailsSection, factsSection } from './claimDetails.ts';
import { fileElements, filesSection, linkWords } from './claimFiles.ts';
import type { FormContext } from './claimForms.ts';
import { formOf, hasForm, pressData } from './claimForms.ts';
import { statusDetails, statusSections } from './claimStatus.ts';
import { customerDetails, customerElements } from './customerStatus.ts';
import { headerElement } from './header.ts';
import { detailsElement, noteElement, page, sectionElements } from './page.ts';
import type { Section } from './elements.ts';
import { line, run, section } from './elements.ts';
import type { SizeBudget } from './sizeBudget.ts';
import { fitToSize } from './sizeBudget.ts';
import { stepsElement } from './steps.ts';
import type { Card, Fill } from './templates.ts';
import { VERBS } from './verbs.ts';

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
    const body =
      view.side === 'customer'
        ? customerElements(fill, view, options, budget)
        : claimElements(fill, view, options, budget);
    return page(
      fill,
      {
        title: view.claim.id,
        body: [
          headerElement(fill, view, options, budget),
          ...note,
          ...(open ?? uploadElements(fill, options, budget)),
          ...(open ? [] : body),
          detailsElement(fill, detailSections(view, options, budget), options.language),
        ],
        actions: open ? [] : buttons(fill, context),
      },
      options,
    );
  });
}

/** What the partner and the reviewers see at once. Documents that a press asked for come before everything else. */
function claimElements(fill: Fill, view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Card[] {
  const files = fileElements(fill, view, options, budget);
  const facts = factsSection(view, options, budget);
  return [
    ...(options.documents ? files : []),
    stepsElement(fill, view.claim, options.language),
    ...sectionElements(fill, statusSections({ view, options, budget })),
    ...(options.documents ? [] : files),
    ...sectionElements(fill, facts ? [facts] : []),
  ];
}

/** Everything, behind *Details*. */
function detailSections(view: ClaimView, options: ClaimCardOptions, budget: SizeBudget): readonly Section[] {
  const fields = detailsSection(view, options, budget);
  if (view.side === 'customer') return [...customerDetails(view, options, budget), fields];
  const hint =
    options.place === 'channel' && view.actions.includes('AddComment')
      ? section('', { lines: [line(run(say(options.language, 'card.replyToComment'), 'subtle'))] })
      : undefined;
  return [
    ...statusDetails({ view, options, budget }),
    fields,
    options.documents ? undefined : filesSection(view, options, budget),
    commentsSection(view, options, budget),
    hint,
  ].filter((one) => one !== undefined);
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
  const actions = inOrder(view).flatMap((type) =>
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
  const style = styleOf(type, context);
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

/** Commands that end something for good: their buttons are red. */
const DESTRUCTIVE: readonly PersonCommandType[] = ['RejectClaim', 'DenyConsent', 'UpholdRejection', 'DiscardDraft'];

function styleOf(type: PersonCommandType, { view }: FormContext): ButtonStyle {
  if (DESTRUCTIVE.includes(type)) return 'destructive';
  return type === nextStep(view) ? 'positive' : 'default';
}

/** Behind the next step, what leads to it: what cannot succeed yet is not the first button. */
const FIRST: Readonly<Record<Status, readonly PersonCommandType[]>> = {
  Editing: ['EditFields', 'AddPoe', 'SubmitClaim'],
  Discarded: [],
  Submitted: [],
  UnderReview: [],
  PartnerActionRequired: ['AddPoe', 'AddComment', 'ResubmitClaim'],
  Approved: [],
  Rejected: [],
};

/** The buttons, the next step first. */
function inOrder(view: ClaimView): readonly PersonCommandType[] {
  const { actions, claim } = view;
  const next = nextStep(view);
  const first = [next, ...FIRST[claim.status]];
  return actions.toSorted((one, other) => rank(one) - rank(other));

  function rank(type: PersonCommandType): number {
    const at = first.findIndex((one) => one === type);
    return at < 0 ? first.length : at;
  }
}

/** The step that is due; while a draft is incomplete what completes it, as submitting would be refused. */
function nextStep({ claim, poe, actions }: ClaimView): PersonCommandType | undefined {
  switch (claim.status) {
    case 'Editing':
      if (missingIn(claim.fields, CATALOGUE).length > 0) return 'EditFields';
      return poe.length === 0 ? 'AddPoe' : 'SubmitClaim';
    case 'PartnerActionRequired':
      return claim.request.answered ? 'ResubmitClaim' : undefined;
    default:
      return actions.find((type) => type === 'StartReview' || type === 'ApproveClaim');
  }
}
