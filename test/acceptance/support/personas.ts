/** The personas of the acceptance tests, and the directory file that enrols them. */
import type { Persona } from './activities.ts';
import { persona } from './activities.ts';

export const PARTNER_TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_PARTNER_TENANT = '44444444-4444-4444-8444-444444444444';
export const CUSTOMER_TENANT = '22222222-2222-4222-8222-222222222222';
export const VENDOR_TENANT = '33333333-3333-4333-8333-333333333333';

export const MPN = '1234567';
export const SECOND_MPN = '7654321';
/** An MPN id of the other partner. */
export const OTHER_MPN = '5550001';

export interface Member extends Persona {
  readonly email: string;
}

function member(number: number, name: string, tenantId: string, domain: string, locale?: string): Member {
  const objectId = `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    ...persona(name, tenantId, objectId, locale),
    email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@${domain}`,
  };
}

export const PERSONAS = {
  /** Files the claims. */
  anna: member(1, 'Anna Ahlberg', PARTNER_TENANT, 'fabrikam.com'),
  boris: member(2, 'Boris Blau', PARTNER_TENANT, 'fabrikam.com'),
  /** Of the partner, with no role. */
  nikita: member(3, 'Nikita Novak', PARTNER_TENANT, 'fabrikam.com'),
  /** Of another partner. */
  tomas: member(4, 'Tomas Thorn', OTHER_PARTNER_TENANT, 'tailspin.com'),
  /** Reviews the claims. */
  arun: member(5, 'Arun Ash', VENDOR_TENANT, 'vendor.example'),
  rita: member(6, 'Rita Roe', VENDOR_TENANT, 'vendor.example'),
  lena: member(7, 'Lena Lind', VENDOR_TENANT, 'vendor.example'),
  olga: member(8, 'Olga Orr', VENDOR_TENANT, 'vendor.example'),
  asif: member(9, 'Asif Aziz', VENDOR_TENANT, 'vendor.example'),
  /** Operator by configuration. */
  otto: member(10, 'Otto Oz', VENDOR_TENANT, 'vendor.example'),
  /** The customer contact that the claims name. */
  dana: member(11, 'Dana Diaz', CUSTOMER_TENANT, 'contoso.com'),
  /** Not known to the desk. */
  stefan: member(12, 'Stefan Sand', '55555555-5555-4555-8555-555555555555', 'elsewhere.example'),
} as const satisfies Record<string, Member>;
export type PersonaName = keyof typeof PERSONAS;

export const OPERATORS = `${VENDOR_TENANT}/${PERSONAS.otto.objectId}`;

function form({ name, tenantId, objectId, email }: Member, more: object = {}): object {
  return { name, tenantId, objectId, email, ...more };
}

/** Every persona in their roles; the channels get their purposes by messages. */
export const DIRECTORY = {
  partners: [
    { name: 'Fabrikam', tenantId: PARTNER_TENANT, mpnIds: [MPN, SECOND_MPN] },
    { name: 'Tailspin', tenantId: OTHER_PARTNER_TENANT, mpnIds: [OTHER_MPN] },
  ],
  customers: [{ name: 'Contoso', tenantId: CUSTOMER_TENANT }],
  members: [
    form(PERSONAS.anna, { organisationTenantId: PARTNER_TENANT, roles: ['incentivesAdmin'] }),
    form(PERSONAS.boris, { organisationTenantId: PARTNER_TENANT, roles: ['billingAdmin'] }),
    form(PERSONAS.nikita, { organisationTenantId: PARTNER_TENANT, roles: [] }),
    form(PERSONAS.tomas, { organisationTenantId: OTHER_PARTNER_TENANT, roles: ['globalAdmin'] }),
  ],
  staff: [
    form(PERSONAS.arun, { roles: ['reviewer'] }),
    form(PERSONAS.rita, { roles: ['reviewer'] }),
    form(PERSONAS.lena, { roles: ['reviewer', 'lead'] }),
    form(PERSONAS.olga, { roles: ['owner'] }),
    form(PERSONAS.asif, { roles: ['assessor'] }),
  ],
  contacts: [form(PERSONAS.dana)],
};
