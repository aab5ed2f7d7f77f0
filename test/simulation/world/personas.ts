/** The people of the simulation, their rights, and their places in Teams. The checkers go by these. */
import { persona } from '../../acceptance/support/activities.ts';
import type { Persona } from '../../acceptance/support/activities.ts';

export const TENANTS = {
  fabrikam: '11111111-1111-4111-8111-111111111111',
  contoso: '22222222-2222-4222-8222-222222222222',
  vendor: '33333333-3333-4333-8333-333333333333',
  tailspin: '44444444-4444-4444-8444-444444444444',
  nowhere: '55555555-5555-4555-8555-555555555555',
  northwind: '66666666-6666-4666-8666-666666666666',
} as const;
/**
 * Fabrikam's first MPN id has a channel, its second has none; Tailspin's has a channel. One is Fabrikam's at first,
 * with the same channel, and moves between the two.
 */
export const MPN = { fabrikam: '1234567', fabrikamSecond: '7654321', tailspin: '5550001', moving: '8880001' } as const;
export const ORGANISATIONS = {
  fabrikam: { tenantId: TENANTS.fabrikam, name: 'Fabrikam', mpnIds: [MPN.fabrikam, MPN.fabrikamSecond] },
  tailspin: { tenantId: TENANTS.tailspin, name: 'Tailspin', mpnIds: [MPN.tailspin] },
} as const;
/** A partner organisation as a directory file has it: with the MPN id that moves, or without. */
export const partnerRow = (name: OrganisationName, hasMoving: boolean): object => ({
  ...ORGANISATIONS[name],
  mpnIds: [...ORGANISATIONS[name].mpnIds, ...(hasMoving ? [MPN.moving] : [])],
});
export type OrganisationName = keyof typeof ORGANISATIONS;
/** The product's id of a partner organisation. */
export const organisationId = (name: OrganisationName): string => `partner:${ORGANISATIONS[name].tenantId}`;

export type PartnerRole = 'billingAdmin' | 'globalAdmin' | 'incentivesAdmin';
export type StaffRole = 'reviewer' | 'lead' | 'owner' | 'assessor' | 'operator';

/** The rights of a person, as enrolled. */
export interface Rights {
  readonly staff: readonly StaffRole[];
  /** Of which partner organisation a member, with which roles; none: may read only. */
  readonly member?: { readonly of: OrganisationName; readonly roles: readonly PartnerRole[] };
  /** A contact that the customer's own organisation enrolled. */
  readonly contact?: true;
  /** Approving and assessing are for two people, and for no operator, in this world (R5). */
  readonly separateDuties?: true;
}

export interface SimulatedPersona extends Persona {
  /** `tenantId/objectId`. */
  readonly id: string;
  readonly email: string;
  readonly rights: Rights;
}

let people = 0;
function definePersona(
  name: string,
  tenant: keyof typeof TENANTS,
  rights: Partial<Rights>,
  locale = 'en-US',
): SimulatedPersona {
  people += 1;
  const objectId = `aaaaaaaa-0000-4000-8000-${String(people).padStart(12, '0')}`;
  const who = persona(name, TENANTS[tenant], objectId, locale);
  return {
    ...who,
    id: `${TENANTS[tenant]}/${objectId}`,
    email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@${tenant}.com`,
    rights: { staff: [], ...rights },
  };
}

/** All personas by their first name. */
export const PERSONAS = {
  anna: definePersona('Anna Ahlberg', 'fabrikam', { member: { of: 'fabrikam', roles: ['incentivesAdmin'] } }),
  boris: definePersona('Boris Blau', 'fabrikam', { member: { of: 'fabrikam', roles: ['billingAdmin'] } }, 'ru-RU'),
  /** A member without a role: may read (R1). */
  nikita: definePersona('Nikita Novak', 'fabrikam', { member: { of: 'fabrikam', roles: [] } }),
  tomas: definePersona('Tomas Thorn', 'tailspin', { member: { of: 'tailspin', roles: ['globalAdmin'] } }, 'tr-TR'),
  /** Of the other partner, and a reviewer as well: decides nothing of theirs (R5). */
  petra: definePersona('Petra Poe', 'tailspin', {
    member: { of: 'tailspin', roles: ['billingAdmin'] },
    staff: ['reviewer'],
  }),
  arun: definePersona('Arun Ash', 'vendor', { staff: ['reviewer'] }),
  rita: definePersona('Rita Roe', 'vendor', { staff: ['reviewer'] }),
  /** A reviewer whose home is Fabrikam's tenant, without being a member (R5). */
  fred: definePersona('Fred Fox', 'fabrikam', { staff: ['reviewer'] }),
  lena: definePersona('Lena Lind', 'vendor', { staff: ['reviewer', 'lead'] }),
  rolf: definePersona('Rolf Rask', 'vendor', { staff: ['lead'] }),
  olga: definePersona('Olga Orr', 'vendor', { staff: ['owner'] }),
  asif: definePersona('Asif Aziz', 'vendor', { staff: ['assessor'] }),
  otto: definePersona('Otto Oz', 'vendor', { staff: ['operator'] }),
  /** Named in claims as the customer's contact, by e-mail, and enrolled as well. */
  dana: definePersona('Dana Diaz', 'contoso', { contact: true }),
  /** Enrolled by the customer, named in no claim. */
  emil: definePersona('Emil Ek', 'contoso', { contact: true }, 'tr-TR'),
  /** Of the customer's tenant, and not enrolled as a contact. */
  carl: definePersona('Carl Cox', 'contoso', {}),
  nora: definePersona('Nora Nash', 'northwind', { contact: true }),
  /** Unknown to the desk. */
  stefan: definePersona('Stefan Sand', 'nowhere', {}),
} as const satisfies Record<string, SimulatedPersona>;
export type PersonaName = keyof typeof PERSONAS;
export const ALL_PERSONAS: readonly SimulatedPersona[] = Object.values(PERSONAS);

export const TEAM = {
  vendor: '19:vendorteam@thread.tacv2',
  fabrikam: '19:fabrikamteam@thread.tacv2',
  tailspin: '19:tailspinteam@thread.tacv2',
} as const;
/** Channels with a purpose, and who reads there. */
export const CHANNELS = {
  review: {
    team: TEAM.vendor,
    channel: '19:reviews@thread.tacv2',
    purpose: 'review',
    members: ['arun', 'rita', 'lena', 'rolf', 'olga', 'asif', 'otto'],
  },
  fabrikam: {
    team: TEAM.fabrikam,
    channel: '19:fabrikam@thread.tacv2',
    purpose: `mpn:${MPN.fabrikam}`,
    members: ['anna', 'boris', 'nikita'],
  },
  tailspin: {
    team: TEAM.tailspin,
    channel: '19:tailspin@thread.tacv2',
    purpose: `mpn:${MPN.tailspin}`,
    members: ['tomas', 'petra'],
  },
} as const satisfies Record<
  string,
  { team: string; channel: string; purpose: string; members: readonly PersonaName[] }
>;
