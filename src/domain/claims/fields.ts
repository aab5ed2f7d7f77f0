/** The form of a claim: its fields, what each may hold, and which are still missing (R7, R8, R11). */
import type { Catalogue } from './catalogue.ts';
import { areaOf } from './catalogue.ts';
import type { FieldName, Fields } from './values.ts';
import { isDomain, isEmail } from '../internetNames.ts';
import type { ShortTextProblem } from '../shortText.ts';
import { shortTextProblem } from '../shortText.ts';
import { cleanLine } from './text.ts';

/** A form with nothing filled in. */
export const EMPTY_FIELDS: Fields = {
  mpnId: '',
  customerName: '',
  customerDomain: '',
  customerTenantId: '',
  customerContactName: '',
  customerContactTitle: '',
  customerContactEmail: '',
  partnerContactName: '',
  partnerContactEmail: '',
  area: '',
  activity: '',
  products: [],
  subscriptionIds: [],
};
/** The fields in the order of the form. */
export const FIELD_NAMES = Object.keys(EMPTY_FIELDS) as readonly FieldName[];

/** What a partner may still change after the claim was submitted (R11). */
export const EDITABLE_AFTER_SUBMISSION: readonly FieldName[] = [
  'mpnId',
  'products',
  'customerContactName',
  'customerContactTitle',
  'customerContactEmail',
  'partnerContactName',
  'partnerContactEmail',
];

/** The longest name, in characters. */
export const MAX_NAME = 120;
/** As many subscription ids or products as a claim may list. */
export const MAX_LISTED = 50;

/** What is wrong with a field that is filled in. */
export interface FieldProblem {
  readonly field: FieldName;
  readonly problem:
    | 'tooLong'
    | ShortTextProblem
    | 'notAnMpnId'
    | 'notYourMpnId'
    | 'notADomain'
    | 'notATenantId'
    | 'ownTenant'
    | 'notAnEmail'
    | 'notAnArea'
    | 'notAnActivity'
    | 'activityNotOfArea'
    | 'notAProduct'
    | 'productNotOfArea'
    | 'notASubscriptionId'
    | 'tooMany'
    | 'notText';
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MPN = /^[0-9]{4,10}$/;

/** Whether a text is a GUID in small letters. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** Whether a text is an MPN id: four to ten digits. */
export function isMpnId(text: string): boolean {
  return MPN.test(text);
}

/**
 * The values in their one spelling: trimmed, ids and domains in lower case, lists without repetition. Wrong types are
 * left for `problemsOf`.
 */
export function normalise(fields: Partial<Fields>): Partial<Fields> {
  const tidy: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const value: unknown = fields[name];
    if (value === undefined) continue;
    if (Array.isArray(value)) {
      const items = value
        .map((item: unknown) => (typeof item === 'string' ? cleanLine(item) : item))
        .filter((item) => item !== '');
      tidy[name] = [...new Set(name === 'subscriptionIds' ? items.map(lower) : items)];
    } else if (typeof value === 'string') {
      const line = cleanLine(value);
      tidy[name] = name === 'customerTenantId' || name === 'customerDomain' ? lower(line) : line;
    } else {
      tidy[name] = value;
    }
  }
  return tidy;
}

function lower<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** What is the writer's own: the MPN ids of their organisation, and the tenants that cannot be the customer's (R5). */
export interface Own {
  readonly mpnIds: readonly string[];
  readonly tenantIds: readonly string[];
}

/**
 * Everything wrong with the values that are filled in. Empty values are never wrong here; `missingIn` speaks of them.
 * `typed` are the same values as they came, before they were normalised.
 */
export function problemsOf(
  values: Partial<Fields>,
  all: Fields,
  catalogue: Catalogue,
  own: Own,
  typed = values,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const name of FIELD_NAMES) {
    const value: unknown = values[name];
    if (value === undefined) continue;
    const problem =
      nameProblem(name, typed[name] ?? value) ??
      (value === '' ? undefined : problemOf(name, value, all, catalogue, own));
    if (problem) problems.push({ field: name, problem });
  }
  return problems;
}

const NAMES: readonly FieldName[] = [
  'customerName',
  'customerContactName',
  'customerContactTitle',
  'partnerContactName',
];

/** What was typed of a name is judged before it is cleaned: cleaning would make a name of it that was not typed. */
function nameProblem(name: FieldName, typed: unknown): ShortTextProblem | undefined {
  return NAMES.includes(name) && typeof typed === 'string' ? shortTextProblem(typed) : undefined;
}

function problemOf(
  name: FieldName,
  value: unknown,
  all: Fields,
  catalogue: Catalogue,
  own: Own,
): FieldProblem['problem'] | undefined {
  if (name === 'products' || name === 'subscriptionIds') {
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return 'notText';
    if (value.length > MAX_LISTED) return 'tooMany';
    return name === 'subscriptionIds'
      ? value.every(isGuid)
        ? undefined
        : 'notASubscriptionId'
      : productProblem(value, all, catalogue);
  }
  if (typeof value !== 'string') return 'notText';
  switch (name) {
    case 'mpnId':
      return !isMpnId(value) ? 'notAnMpnId' : own.mpnIds.includes(value) ? undefined : 'notYourMpnId';
    case 'customerDomain':
      return isDomain(value) ? undefined : 'notADomain';
    case 'customerTenantId':
      if (!isGuid(value)) return 'notATenantId';
      // A consent given by the partner's own organisation is none (R3).
      return own.tenantIds.includes(value) ? 'ownTenant' : undefined;
    case 'customerContactEmail':
    case 'partnerContactEmail':
      return isEmail(value) ? undefined : 'notAnEmail';
    case 'area':
      return areaOf(catalogue, value) ? undefined : 'notAnArea';
    case 'activity':
      if (!catalogue.areas.some((area) => area.activities.some((activity) => activity === value)))
        return 'notAnActivity';
      return all.area === '' || areaOf(catalogue, all.area)?.activities.some((activity) => activity === value)
        ? undefined
        : 'activityNotOfArea';
    case 'customerName':
    case 'customerContactName':
    case 'customerContactTitle':
    case 'partnerContactName':
      return value.length > MAX_NAME ? 'tooLong' : undefined;
  }
}

function productProblem(
  products: readonly string[],
  all: Fields,
  catalogue: Catalogue,
): FieldProblem['problem'] | undefined {
  const known = catalogue.areas.flatMap((area) => area.products.map((product) => product.id));
  if (!products.every((product) => known.includes(product))) return 'notAProduct';
  const area = areaOf(catalogue, all.area);
  return !area || products.every((product) => area.products.some((candidate) => candidate.id === product))
    ? undefined
    : 'productNotOfArea';
}

/** The required fields that are not filled in yet (R7). */
export function missingIn(fields: Fields, catalogue: Catalogue): readonly FieldName[] {
  const area = areaOf(catalogue, fields.area);
  const subscriptionsNeeded =
    area?.subscriptionIdsRequiredFor.some((activity) => activity === fields.activity) ?? false;
  return FIELD_NAMES.filter((name) => {
    if (name === 'subscriptionIds' && !subscriptionsNeeded) return false;
    return fields[name].length === 0;
  });
}

/** Whether two values of a field are the same; lists without regard to their order. */
export function sameValue(one: Fields[FieldName], other: Fields[FieldName]): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one.length === other.length && [...one].sort().join('\n') === [...other].sort().join('\n');
}
