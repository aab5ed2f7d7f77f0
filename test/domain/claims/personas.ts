/** The personas of the claims' tests. Each is one role that the rules name (R1–R6). */
import type { ConsentParties } from '../../../src/domain/claims/parties.ts';
import type { Standing } from '../../../src/domain/claims/standing.ts';
import type { OrganisationId, PersonId } from '../../../src/domain/claims/values.ts';
import type { Member, Membership, PartnerRole, StaffRole } from '../../../src/domain/claims/permission.ts';

export const FABRIKAM = 'org-fabrikam' as OrganisationId;
export const TAILSPIN = 'org-tailspin' as OrganisationId;
export const MPN = '1234567';
export const SECOND_MPN = '7654321';
/** An MPN id of another organisation. */
export const FOREIGN_MPN = '5550001';

export const PARTNER_TENANT = '11111111-1111-4111-8111-111111111111';
export const CUSTOMER_TENANT = '22222222-2222-4222-8222-222222222222';
export const VENDOR_TENANT = '33333333-3333-4333-8333-333333333333';
export const ELSEWHERE = '44444444-4444-4444-8444-444444444444';
export const CONTACT_EMAIL = 'dana@contoso.com';

export function person(name: string, facts: Partial<Omit<Member, 'kind' | 'name'>> = {}): Member {
  const tenantId = facts.tenantId ?? ELSEWHERE;
  return {
    kind: 'person',
    id: `${tenantId}/${name.toLowerCase()}` as PersonId,
    name,
    email: `${name.toLowerCase()}@example.com`,
    staff: [],
    memberships: [],
    homeOrganisations: [],
    contactOf: [],
    ...facts,
    tenantId,
  };
}

export function memberOf(
  organisation: OrganisationId,
  mpnIds: readonly string[],
  roles: readonly PartnerRole[],
): Membership {
  return { organisation, organisationName: organisation === FABRIKAM ? 'Fabrikam' : 'Tailspin', mpnIds, roles };
}

function partner(name: string, roles: readonly PartnerRole[]): Member {
  return person(name, {
    tenantId: PARTNER_TENANT,
    memberships: [memberOf(FABRIKAM, [MPN, SECOND_MPN], roles)],
    homeOrganisations: [FABRIKAM],
  });
}

function staff(name: string, roles: readonly StaffRole[], facts: Partial<Omit<Member, 'kind' | 'name'>> = {}): Member {
  return person(name, { tenantId: VENDOR_TENANT, staff: roles, ...facts });
}

export const anna = partner('Anna', ['incentivesAdmin']);
export const boris = partner('Boris', ['billingAdmin']);
export const galina = partner('Galina', ['globalAdmin']);
export const nikita = partner('Nikita', []);
export const tomas = person('Tomas', {
  tenantId: ELSEWHERE,
  memberships: [memberOf(TAILSPIN, [FOREIGN_MPN], ['globalAdmin'])],
  homeOrganisations: [TAILSPIN],
});

/** A reviewer who takes no claim. */
export const rita = staff('Rita', ['reviewer']);
/** The reviewer to whom the claims of the tests are assigned. */
export const arun = staff('Arun', ['reviewer']);
export const lena = staff('Lena', ['reviewer', 'lead']);
/** The lead who gives the reviewers' rejections. */
export const rolf = staff('Rolf', ['lead']);
/** A reviewer to whom claims are handed on. */
export const hana = staff('Hana', ['reviewer']);
/** A reviewer who is also a member of the partner organisation. */
export const petra = staff('Petra', ['reviewer'], { memberships: [memberOf(FABRIKAM, [MPN], ['globalAdmin'])] });
/** A reviewer whose home tenant is the partner's, without being a member. */
export const haldor = staff('Haldor', ['reviewer'], { tenantId: PARTNER_TENANT, homeOrganisations: [FABRIKAM] });
/** A reviewer of the customer's tenant. */
export const carla = staff('Carla', ['reviewer', 'lead'], { tenantId: CUSTOMER_TENANT });
export const olga = staff('Olga', ['owner']);
export const asif = staff('Asif', ['assessor']);
export const otto = staff('Otto', ['operator']);

export const dana = person('Dana', {
  tenantId: CUSTOMER_TENANT,
  email: 'Dana@Contoso.com',
  contactOf: [CUSTOMER_TENANT],
});
export const emil = person('Emil', { tenantId: CUSTOMER_TENANT, contactOf: [CUSTOMER_TENANT] });
/** An enrolled contact of the customer who is a member of the partner as well. */
export const paula = person('Paula', {
  tenantId: CUSTOMER_TENANT,
  contactOf: [CUSTOMER_TENANT],
  memberships: [memberOf(FABRIKAM, [MPN], [])],
});
/** Named as Dana is, by the same address, but not enrolled as a contact. */
export const nele = person('Nele', { tenantId: CUSTOMER_TENANT, email: CONTACT_EMAIL });
/** An enrolled contact who is a member of the partner as well. */
export const mira = person('Mira', {
  tenantId: CUSTOMER_TENANT,
  contactOf: [CUSTOMER_TENANT],
  memberships: [memberOf(FABRIKAM, [MPN], ['globalAdmin'])],
});
/** Of the customer's tenant, but neither named nor enrolled. */
export const uwe = person('Uwe', { tenantId: CUSTOMER_TENANT });
/** A contact of another customer, who has the e-mail address of the named one. */
export const fatma = person('Fatma', { tenantId: ELSEWHERE, email: CONTACT_EMAIL, contactOf: [ELSEWHERE] });
export const stefan = person('Stefan');

/** Both sides as they are where nothing is wrong. */
export const PARTIES: ConsentParties = { partnerTenants: [PARTNER_TENANT], customerName: 'Contoso', contact: 'may' };
/** A member of the partner is a guest of the customer's tenant. */
export const OVERLAPPING: ConsentParties = { ...PARTIES, partnerTenants: [PARTNER_TENANT, CUSTOMER_TENANT] };
/** No one was ever away. */
export const PRESENT: Standing = { partner: [], customer: [] };
