/** The forms of a claim's card: the inputs of each command, and what it says will follow (R18–R28). */
import { PARTNER_REQUEST_REASONS, REQUEST_REASONS, REVIEWER_REASONS } from '../../domain/claims/catalogue.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import { MAX_NAME } from '../../domain/claims/fields.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { ButtonStyle, FormSpec, PressData } from './buttons.ts';
import type { ClaimCardOptions } from './cardOptions.ts';
import { editInputs } from './fieldInputs.ts';
import { formatSize } from '../../locales/formatSize.ts';
import type { Choice, InputSpec } from './inputs.ts';
import { longText, severalTyped, typed } from './inputs.ts';
import { inputsOf } from './inputIds.ts';
import { truncateWithEllipsis } from './escape.ts';
import type { Line } from './elements.ts';
import { line, run } from './elements.ts';
import { partnerRequestReason, rejectionReason, requestReason, requestReasonExplained } from '../text/labels.ts';
import type { Verb } from './verbs.ts';
import { VERBS } from './verbs.ts';

/** Commands without a form: nothing to fill in and nothing to confirm. */
export type OneClickCommandType =
  | 'AddPoe'
  | 'SubmitClaim'
  | 'StartReview'
  | 'ResubmitClaim'
  | 'ApproveClaim'
  | 'FollowClaim'
  | 'MuteClaim'
  | 'EditComment'
  | 'DeleteComment'
  | 'RecordObjection'
  | 'WithdrawObjection';
/** Commands whose button opens a form. */
export type FormCommandType = Exclude<PersonCommandType, OneClickCommandType>;

/** The claim, its reader and what the form may offer them. */
export interface FormContext {
  readonly view: ClaimView;
  readonly options: ClaimCardOptions;
  /** How many letters of a file's name fit. */
  readonly nameLength: number;
}

/** The data of a press about a claim: a stale `version` is noticed when the press arrives (R57). */
export function pressData(verb: Verb, { claim }: ClaimView): PressData {
  return { verb, claim: claim.id, version: claim.version };
}

/** Whether the button of a command opens a form. */
export function hasForm(type: PersonCommandType): type is FormCommandType {
  switch (type) {
    case 'AddPoe':
    case 'SubmitClaim':
    case 'StartReview':
    case 'ResubmitClaim':
    case 'ApproveClaim':
    case 'FollowClaim':
    case 'MuteClaim':
    case 'EditComment':
    case 'DeleteComment':
    case 'RecordObjection':
    case 'WithdrawObjection':
      return false;
    default:
      return true;
  }
}

interface FormTexts {
  readonly title: SentenceKey;
  readonly send: SentenceKey;
  /** What sending it leads to; for commands that cannot be undone, the confirmation. */
  readonly explanation?: SentenceKey;
  readonly style?: ButtonStyle;
}

const FORM_TEXTS: Readonly<Record<FormCommandType, FormTexts>> = {
  EditFields: { title: 'button.edit', send: 'button.save', style: 'positive' },
  RemovePoe: { title: 'button.removePoe', send: 'button.removeNow', style: 'destructive' },
  DiscardDraft: {
    title: 'button.discard',
    send: 'button.discardNow',
    explanation: 'form.discard',
    style: 'destructive',
  },
  ReassignClaim: { title: 'button.reassign', send: 'button.reassignNow', style: 'positive' },
  RequestInformation: {
    title: 'button.request',
    send: 'button.requestNow',
    explanation: 'form.request',
    style: 'positive',
  },
  RejectClaim: { title: 'button.reject', send: 'button.rejectNow', explanation: 'form.reject', style: 'destructive' },
  RequestRejection: {
    title: 'button.withdraw',
    send: 'button.withdrawNow',
    explanation: 'form.withdraw',
    style: 'destructive',
  },
  DenyConsent: { title: 'button.deny', send: 'button.denyNow', explanation: 'form.deny', style: 'destructive' },
  AgreeConsent: { title: 'button.agree', send: 'button.agreeNow', explanation: 'form.agree', style: 'positive' },
  OpenDispute: { title: 'button.dispute', send: 'button.disputeNow', explanation: 'form.dispute', style: 'positive' },
  UpholdRejection: {
    title: 'button.uphold',
    send: 'button.upholdNow',
    explanation: 'form.uphold',
    style: 'destructive',
  },
  OverturnRejection: {
    title: 'button.overturn',
    send: 'button.overturnNow',
    explanation: 'form.overturn',
    style: 'positive',
  },
  AddComment: { title: 'button.comment', send: 'button.commentNow', explanation: 'form.comment', style: 'positive' },
  ReportAssessment: { title: 'button.assess', send: 'button.assessNow', explanation: 'form.assess', style: 'positive' },
};

/** The form of a command; undefined where it has nothing to offer, such as no reviewer to reassign to. */
export function formOf(type: FormCommandType, context: FormContext): FormSpec | undefined {
  const { view, options } = context;
  const { title, send, style = 'default' } = FORM_TEXTS[type];
  const explanation = explanationOf(type, view);
  const inputs = inputsOfForm(type, context);
  if (!inputs) return undefined;
  const { language } = options;
  return {
    title: say(language, title),
    lines: explanation ? explanationLines(explanation, context) : [],
    inputs,
    send: { title: say(language, send), data: pressData(VERBS[type], view), style },
  };
}

/** Who overturns a denial reads what silence means then (R60). */
function explanationOf(type: FormCommandType, { claim }: ClaimView): SentenceKey | undefined {
  return type === 'OverturnRejection' && claim.declines > 0 ? 'form.overturnDeclined' : FORM_TEXTS[type].explanation;
}

function explanationLines(explanation: SentenceKey, { view, options: { language } }: FormContext): readonly Line[] {
  const { fields, partner } = view.claim;
  return [line(run(say(language, explanation, { customer: fields.customerName, partner: partner.name })))];
}

function inputsOfForm(type: FormCommandType, context: FormContext): readonly InputSpec[] | undefined {
  const { view, options } = context;
  const { language } = options;
  const filled = options.open === VERBS[type] ? inputsOf(VERBS[type], options.filled ?? {}) : {};
  const comment = (label: SentenceKey, required = true): InputSpec =>
    longText('comment', say(language, label), filled, required);
  switch (type) {
    case 'EditFields':
      return editInputs(view.claim, options, filled, options.mpnIds);
    case 'DiscardDraft':
    case 'AgreeConsent':
      return [];
    case 'RemovePoe':
      return [choose('poe', 'form.poe', poeChoices(context), filled)];
    case 'ReassignClaim': {
      const reviewers = options.reviewers ?? [];
      return reviewers.length === 0
        ? undefined
        : [
            choose(
              'to',
              'form.to',
              reviewers.map(({ id, name }) => ({ title: name, value: id })),
              filled,
            ),
          ];
    }
    case 'RequestInformation': {
      const reasons = REQUEST_REASONS.map((reason) => ({
        title: `${requestReason(reason, options)}: ${requestReasonExplained(reason, options)}`,
        value: reason,
      }));
      return [
        { ...choose('reasons', 'form.reasons', reasons, filled), several: true, expanded: true },
        comment('form.commentToPartner'),
      ];
    }
    case 'RejectClaim':
      return [
        choose(
          'reason',
          'form.reason',
          REVIEWER_REASONS.map((value) => ({ title: rejectionReason(value, options), value })),
          filled,
        ),
        comment('form.commentToPartner'),
      ];
    case 'RequestRejection':
      return [
        choose(
          'reason',
          'form.reason',
          PARTNER_REQUEST_REASONS.map((value) => ({ title: partnerRequestReason(value, options), value })),
          filled,
        ),
        comment('form.commentIfOther', false),
      ];
    case 'DenyConsent':
      return [longText('reason', say(language, 'form.reasonOptional'), filled, false)];
    case 'OpenDispute':
      return [longText('justification', say(language, 'form.justification'), filled, false)];
    case 'UpholdRejection':
    case 'OverturnRejection':
      return [comment('form.commentToPartner')];
    case 'AddComment':
      return [comment('form.commentText')];
    case 'ReportAssessment':
      return [
        shortText('programme', 'form.programme', { required: true, placeholder: 'OSU' }),
        {
          ...choose(
            'eligible',
            'form.eligible',
            [
              { title: say(language, 'form.yes'), value: 'yes' },
              { title: say(language, 'form.no'), value: 'no' },
            ],
            filled,
          ),
          expanded: true,
        },
        shortText('number', 'form.programmeNumber', { required: false }),
        ...(view.claim.assessment?.outcomes.length
          ? [longText('reason', say(language, 'form.correctionReason'), filled, false)]
          : []),
      ];
    default:
      return type satisfies never;
  }

  function shortText(
    name: string,
    label: SentenceKey,
    { required, placeholder }: { readonly required: boolean; readonly placeholder?: string },
  ): InputSpec {
    return {
      kind: 'text',
      name,
      label: say(language, label),
      value: typed(filled, name),
      maxLength: MAX_NAME,
      required,
      ...(placeholder !== undefined && { placeholder }),
    };
  }

  function choose(
    name: string,
    label: SentenceKey,
    choices: readonly Choice[],
    held: typeof filled,
  ): Extract<InputSpec, { kind: 'choice' }> {
    return {
      kind: 'choice',
      name,
      label: say(language, label),
      choices,
      chosen: severalTyped(held, name),
      required: true,
    };
  }
}

function poeChoices({ view, options, nameLength }: FormContext): readonly Choice[] {
  return view.poe.map(({ id, name, size }) => ({
    title: `${truncateWithEllipsis(name, nameLength)} (${formatSize(size, options.language)})`,
    value: id,
  }));
}
