/** The form as far as the model fills it in (R7, R8, R11): few fields, each with good and bad entries. */
import * as cast from '../personas.ts';
import type { FieldName, Fields } from '../../../../src/domain/claims/values.ts';
import { EVE_EMAIL } from './people.ts';
import type { Person } from './people.ts';

export const COMPLETE: Fields = {
  mpnId: cast.MPN,
  customerName: 'Contoso',
  customerDomain: 'contoso.com',
  customerTenantId: cast.CUSTOMER_TENANT,
  customerContactName: 'Dana Diaz',
  customerContactTitle: 'CIO',
  customerContactEmail: cast.CONTACT_EMAIL,
  partnerContactName: 'Anna Ahlberg',
  partnerContactEmail: 'anna@fabrikam.com',
  area: 'businessApplications',
  activity: 'usage',
  products: ['d365-sales'],
  subscriptionIds: ['aaaaaaaa-0000-4000-8000-000000000001'],
};

type Entry = { readonly [Name in FieldName]: readonly [Name, Fields[Name]] }[FieldName];

export const ENTRIES: readonly Entry[] = [
  ['partnerContactName', 'Somebody'],
  ['partnerContactName', 'Somebody else'],
  ['partnerContactName', ''],
  ['customerContactTitle', 'CFO'],
  ['customerContactEmail', EVE_EMAIL],
  ['customerContactEmail', 'Dana@contoso.com'],
  ['customerContactEmail', 'nonsense'],
  ['products', ['power-bi']],
  ['products', ['teams']],
  ['products', ['d365-sales', 'power-bi']],
  ['products', []],
  ['mpnId', cast.SECOND_MPN],
  ['mpnId', cast.MPN],
  ['mpnId', cast.FOREIGN_MPN],
  ['customerName', 'Contoso Ltd'],
  ['customerName', ''],
];

/** Whether a value may be entered; an empty one may. */
export function isValid(name: FieldName, value: Fields[FieldName], person: Person): boolean {
  if (value.length === 0) return true;
  if (name === 'mpnId') return person.mpnIds.some((own) => own === value);
  // A workload of Microsoft 365, where the claim is for Business Applications.
  if (name === 'products') return !value.includes('teams');
  return name !== 'customerContactEmail' || value !== 'nonsense';
}

export function sameEntry(one: Fields[FieldName], other: Fields[FieldName]): boolean {
  return [one].flat().sort().join('\n') === [other].flat().sort().join('\n');
}
