/** The names of things in the reader's language: people and roles, fields, reasons, clocks, actions. */
import type {
  ActivityId,
  AreaId,
  PartnerRequestReason,
  RejectionReason,
  RequestReason,
} from '../../domain/claims/catalogue.ts';
import { ACTIVITIES, AREAS, CATALOGUE, productName } from '../../domain/claims/catalogue.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { FieldName, Party } from '../../domain/claims/values.ts';
import type { PersonCommandType } from '../../domain/claims/commands.ts';
import type { FieldValue } from '../../domain/claims/events.ts';
import type { FieldProblem } from '../../domain/claims/fields.ts';
import { MAX_LISTED, MAX_NAME } from '../../domain/claims/fields.ts';
import type { PartnerRole, StaffRole } from '../../domain/claims/permission.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import type { FormField, FormProblem } from '../../desk/directory/enrolment.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { formatList, formatTime } from './format.ts';
import { spellings } from './spellings.ts';

/** The claim in a few words: its id, and the customer if it has one. */
export function claimName(claim: Claim): string {
  return claim.fields.customerName === '' ? claim.id : `${claim.id} (${claim.fields.customerName})`;
}

/** What someone wrote, or their name; or that it was erased on request: what is stored is never empty otherwise. */
export function wordOrErased(word: string, { language }: Speech): string {
  return word === '' ? say(language, 'name.erased') : word;
}

/** Who did something: their name, or their side (partner, review, customer, desk) where it is not known. */
export function partyName(party: Party, { language }: Speech): string {
  return party.name === '' ? say(language, `name.side.${party.side}`) : party.name;
}

/** What is known of one programme in a few words: eligible or not, and its number (R53). */
export function outcomeWords(
  { eligible, number }: { readonly eligible: boolean; readonly number?: string },
  { language }: Speech,
): string {
  return say(language, 'history.outcome', { eligible: eligible ? 'yes' : 'no', number: number ?? 'none' });
}

/** That a denial revokes the agreement before it; empty where there was none (R59). */
export function revokedSentence({ consent }: Claim, speech: Speech): string {
  if (consent?.state !== 'denied' || !consent.agreed) return '';
  const { by, at } = consent.agreed;
  const { language, zone } = speech;
  return say(language, 'line.agreementRevoked', { who: partyName(by, speech), when: formatTime(at, zone, language) });
}

/**
 * A part of a person's id, enough to tell two people of one name apart: the beginning of the tenant's id and the end of
 * their own.
 */
export function idPart(person: string): string {
  const [tenantId = '', objectId = ''] = person.split('/');
  return `${tenantId.slice(0, 8)}…/…${objectId.slice(-8)}`;
}

export function clockName(name: ClockName, { language }: Speech): string {
  return say(language, `clock.${name}`);
}

/** Why a claim was rejected (R31). */
export function rejectionReason(reason: RejectionReason, { language }: Speech): string {
  return say(language, `reason.rejection.${reason}`);
}

/** Why information is requested (R30). */
export function requestReason(reason: RequestReason, { language }: Speech): string {
  return say(language, `reason.request.${reason}`);
}

/** The explanation of a reason to request information (R30). */
export function requestReasonExplained(reason: RequestReason, { language }: Speech): string {
  return say(language, `reason.explained.${reason}`);
}

/** Why a partner withdraws its claim (R22). */
export function partnerRequestReason(reason: PartnerRequestReason, { language }: Speech): string {
  return say(language, `reason.partner.${reason}`);
}

export function activityName(activity: ActivityId, { language }: Speech): string {
  return say(language, `name.activity.${activity}`);
}

export function areaName(area: AreaId, { language }: Speech): string {
  return say(language, `name.area.${area}`);
}

export function roleName(role: PartnerRole | StaffRole, { language }: Speech): string {
  return say(language, `name.role.${role}`);
}

/** An action in words, for a list of what the user can do. */
export function actionName(action: PersonCommandType, { language }: Speech): string {
  return say(language, `name.action.${action}`);
}

export function fieldLabel(name: FieldName, { language }: Speech): string {
  return say(language, `field.${name}`);
}

const NAMES_OF_THE_NET: readonly FieldName[] = ['customerDomain', 'customerContactEmail', 'partnerContactEmail'];

/** The value of a field as people read it: names instead of ids, and a word for an empty one. */
export function fieldValue(name: FieldName, value: FieldValue, speech: Speech): string {
  if (value.length === 0) return say(speech.language, 'field.empty');
  if (typeof value !== 'string')
    return value.map((item) => (name === 'products' ? productName(CATALOGUE, item) : item)).join(', ');
  const area = name === 'area' ? AREAS.find((known) => known === value) : undefined;
  const activity = name === 'activity' ? ACTIVITIES.find((known) => known === value) : undefined;
  if (NAMES_OF_THE_NET.includes(name)) return spellings(value).join(' · ');
  return area ? areaName(area, speech) : activity ? activityName(activity, speech) : value;
}

/** What is wrong with a field and how to fix it, with an example where there is one. */
export function fieldProblem({ field, problem }: FieldProblem, speech: Speech): string {
  const most = problem === 'tooMany' ? MAX_LISTED : MAX_NAME;
  return say(speech.language, `problem.${problem}`, { field: fieldLabel(field, speech), most });
}

export function formLabel(field: FormField, { language }: Speech): string {
  return say(language, `field.form.${field}`);
}

/** What is wrong with a field of an enrolment form and how to fix it (R4). */
export function formProblem(problem: FormProblem, field: FormField, speech: Speech): string {
  return say(speech.language, `problem.form.${problem}`, { field: formLabel(field, speech), most: MAX_NAME });
}

/** The labels of several fields in one sentence. */
export function fieldLabels(names: readonly FieldName[], speech: Speech): string {
  return formatList(
    names.map((name) => fieldLabel(name, speech)),
    speech.language,
  );
}
