/**
 * What the buttons of the cards send to the desk: the verb, the claim's id, the version that the card shows
 * (`{ verb, claim, version }`), and the inputs of the form. Everything else is read from the claim.
 */
import type {
  ActivityId,
  AreaId,
  PartnerRequestReason,
  RequestReason,
  ReviewerReason,
} from '../../domain/claims/catalogue.ts';
import type { Fields, PersonId, PoeId } from '../../domain/claims/values.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import type { Request } from '../../desk/commands/request.ts';

/** The verb of each command that a card can give. */
export const VERBS = {
  EditFields: 'edit',
  AddPoe: 'addPoe',
  RemovePoe: 'removePoe',
  DiscardDraft: 'discard',
  SubmitClaim: 'submit',
  StartReview: 'start',
  ReassignClaim: 'reassign',
  RequestInformation: 'request',
  ResubmitClaim: 'resubmit',
  ApproveClaim: 'approve',
  RejectClaim: 'reject',
  RequestRejection: 'withdraw',
  DenyConsent: 'deny',
  AgreeConsent: 'agree',
  WithdrawObjection: 'notMeant',
  OpenDispute: 'dispute',
  UpholdRejection: 'uphold',
  OverturnRejection: 'overturn',
  AddComment: 'comment',
  ReportAssessment: 'assess',
  FollowClaim: 'follow',
  MuteClaim: 'mute',
} as const satisfies Partial<Record<PersonCommandType, string>>;
/** Verbs that change nothing, or that concern no claim yet. */
export const OTHER_VERBS = [
  'show',
  'documents',
  'history',
  'readings',
  'journal',
  'create',
  'commentOn',
  'fileFor',
  'language',
  'enrolPartner',
  'enrolMember',
  'enrolStaff',
  'enrolCustomer',
  'enrolContact',
] as const;
/** Every verb that a button of a card can have. */
export type Verb = (typeof VERBS)[keyof typeof VERBS] | (typeof OTHER_VERBS)[number];

/** The verb as it may be logged: an unknown one is `other`, since a client may send any text in its place. */
export function loggedVerb(verb: string): string {
  return [...Object.values(VERBS), ...OTHER_VERBS].find((known) => known === verb) ?? 'other';
}

/** The inputs of a form as the client sends them, normally texts. Nothing about them is trusted. */
export type Inputs = Readonly<Record<string, unknown>>;

const FIELD_TEXTS = [
  'mpnId',
  'customerName',
  'customerDomain',
  'customerTenantId',
  'customerContactName',
  'customerContactTitle',
  'customerContactEmail',
  'partnerContactName',
  'partnerContactEmail',
] as const;

function text(inputs: Inputs, name: string): string {
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** A list as cards send it: one text, separated by commas, semicolons or white space. */
function list(inputs: Inputs, name: string): readonly string[] {
  return text(inputs, name)
    .split(/[\s,;]+/)
    .filter((item) => item !== '');
}

/** The fields that a form sent; a field that the form does not have is absent. `kind` is `area/activity`. */
export function fieldsOf(inputs: Inputs): Partial<Fields> {
  const fields: { -readonly [Name in keyof Fields]?: Fields[Name] } = {};
  for (const name of FIELD_TEXTS) if (Object.hasOwn(inputs, name)) fields[name] = text(inputs, name);
  if (Object.hasOwn(inputs, 'kind')) {
    const [area, activity] = text(inputs, 'kind').split('/');
    fields.area = (area ?? '') as AreaId;
    fields.activity = (activity ?? '') as ActivityId;
  }
  if (Object.hasOwn(inputs, 'products')) fields.products = list(inputs, 'products');
  if (Object.hasOwn(inputs, 'subscriptionIds')) fields.subscriptionIds = list(inputs, 'subscriptionIds');
  return fields;
}

/**
 * The fields to save. A value that is no text is kept as it is, so that the rules refuse it instead of emptying the
 * field.
 */
export function fieldsAsked(inputs: Inputs): Partial<Fields> {
  const odd = [...FIELD_TEXTS, 'kind', 'products', 'subscriptionIds'].filter(
    (name) => Object.hasOwn(inputs, name) && typeof inputs[name] !== 'string',
  );
  return {
    ...fieldsOf(inputs),
    ...Object.fromEntries(odd.map((name) => [name === 'kind' ? 'area' : name, inputs[name]])),
  };
}

/** The request that a verb and its inputs mean; undefined for a verb that requests no change of a claim. */
export function requestOf(verb: string, inputs: Inputs): Request | undefined {
  switch (verb) {
    case 'edit':
      return { type: 'EditFields', fields: fieldsAsked(inputs) };
    case 'removePoe':
      return { type: 'RemovePoe', id: text(inputs, 'poe') as PoeId };
    case 'discard':
      return { type: 'DiscardDraft' };
    case 'submit':
      return { type: 'SubmitClaim' };
    case 'start':
      return { type: 'StartReview' };
    case 'reassign':
      return { type: 'ReassignClaim', to: text(inputs, 'to') as PersonId };
    case 'request':
      return {
        type: 'RequestInformation',
        reasons: list(inputs, 'reasons') as RequestReason[],
        comment: text(inputs, 'comment'),
      };
    case 'resubmit':
      return { type: 'ResubmitClaim' };
    case 'approve':
      return { type: 'ApproveClaim', comment: text(inputs, 'comment') };
    case 'reject':
      return {
        type: 'RejectClaim',
        reason: text(inputs, 'reason') as ReviewerReason,
        comment: text(inputs, 'comment'),
      };
    case 'withdraw':
      return {
        type: 'RequestRejection',
        reason: text(inputs, 'reason') as PartnerRequestReason,
        comment: text(inputs, 'comment'),
      };
    case 'deny':
      return { type: 'DenyConsent', reason: text(inputs, 'reason') };
    case 'agree':
      return { type: 'AgreeConsent' };
    case 'notMeant':
      return { type: 'WithdrawObjection' };
    case 'dispute':
      return { type: 'OpenDispute', justification: text(inputs, 'justification') };
    case 'uphold':
      return { type: 'UpholdRejection', comment: text(inputs, 'comment') };
    case 'overturn':
      return { type: 'OverturnRejection', comment: text(inputs, 'comment') };
    case 'comment':
      return { type: 'AddComment', text: text(inputs, 'comment') };
    case 'assess':
      return {
        type: 'ReportAssessment',
        eligible: text(inputs, 'eligible') === 'yes',
        programme: text(inputs, 'programme'),
        number: text(inputs, 'number'),
        reason: text(inputs, 'reason'),
      };
    case 'follow':
      return { type: 'FollowClaim' };
    case 'mute':
      return { type: 'MuteClaim' };
    default:
      return undefined;
  }
}
