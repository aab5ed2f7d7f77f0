/** The people of the model: what R1–R6 need to know of each, written down by hand. */
import * as cast from '../personas.ts';
import type { Actor } from '../../../../src/domain/claims/permission.ts';

export interface Person {
  readonly actor: Actor;
  /** What they may do in the partner organisation of the claim (R1). */
  readonly partner?: 'acts' | 'reads';
  readonly mpnIds: readonly string[];
  readonly reviewer: boolean;
  readonly lead: boolean;
  readonly owner: boolean;
  readonly assessor: boolean;
  readonly operator: boolean;
  /** Their home is one of the claim's organisations, member or not (R5). */
  readonly atHome: boolean;
  /** Of the customer's tenant: their e-mail, and whether they were enrolled (R3). */
  readonly customer?: { readonly email: string; readonly enrolled: boolean };
}

const nobody = {
  mpnIds: [],
  reviewer: false,
  lead: false,
  owner: false,
  assessor: false,
  operator: false,
  atHome: false,
};
const partner = { ...nobody, partner: 'acts', mpnIds: [cast.MPN, cast.SECOND_MPN], atHome: true } as const;
const reviewer = { ...nobody, reviewer: true };
const lead = { ...reviewer, lead: true };
const customer = (email: string, enrolled = false): Omit<Person, 'actor'> => ({
  ...nobody,
  atHome: true,
  customer: { email, enrolled },
});

/** The contact that an edit of the claim names instead of Dana. */
export const EVE_EMAIL = 'eve@contoso.com';
const eve = cast.person('Eve', {
  tenantId: cast.CUSTOMER_TENANT,
  email: EVE_EMAIL,
  contactOf: [cast.CUSTOMER_TENANT],
});
export const THE_DESK: Person = { ...nobody, actor: { kind: 'desk' } };

export const PEOPLE = {
  incentivesAdmin: { ...partner, actor: cast.anna },
  billingAdmin: { ...partner, actor: cast.boris },
  globalAdmin: { ...partner, actor: cast.galina },
  memberWithoutRole: { ...partner, partner: 'reads', actor: cast.nikita },
  otherPartner: { ...nobody, actor: cast.tomas },
  reviewer: { ...reviewer, actor: cast.rita },
  secondReviewer: { ...reviewer, actor: cast.arun },
  thirdReviewer: { ...reviewer, actor: cast.hana },
  lead: { ...lead, actor: cast.lena },
  secondLead: { ...lead, actor: cast.rolf },
  reviewerInPartner: { ...reviewer, partner: 'acts', mpnIds: [cast.MPN], actor: cast.petra },
  reviewerFromPartnerTenant: { ...reviewer, atHome: true, actor: cast.haldor },
  reviewerOfCustomer: { ...lead, ...customer(cast.carla.email), reviewer: true, lead: true, actor: cast.carla },
  namedContact: { ...customer('dana@contoso.com', true), actor: cast.dana },
  nextContact: { ...customer(EVE_EMAIL, true), actor: eve },
  namedNotEnrolled: { ...customer(cast.CONTACT_EMAIL), actor: cast.nele },
  contactInPartner: {
    ...customer(cast.paula.email, true),
    partner: 'reads',
    mpnIds: [cast.MPN],
    actor: cast.paula,
  },
  actingContact: { ...customer(cast.mira.email, true), partner: 'acts', mpnIds: [cast.MPN], actor: cast.mira },
  enrolledContact: { ...customer(cast.emil.email, true), actor: cast.emil },
  customerStranger: { ...customer(cast.uwe.email), actor: cast.uwe },
  foreignContact: { ...nobody, actor: cast.fatma },
  owner: { ...nobody, owner: true, actor: cast.olga },
  assessor: { ...nobody, assessor: true, actor: cast.asif },
  operator: { ...nobody, operator: true, actor: cast.otto },
  stranger: { ...nobody, actor: cast.stefan },
  desk: THE_DESK,
} as const satisfies Record<string, Person>;
export type Role = keyof typeof PEOPLE;
export const ROLES = Object.keys(PEOPLE) as readonly Role[];

export function personOf(role: Role): Person {
  return PEOPLE[role];
}

const BY_ID: ReadonlyMap<string, Person> = new Map(
  Object.values<Person>(PEOPLE).map((person) => [idOf(person.actor), person]),
);

/** The person of the model who is this actor. */
export function known(actor: Actor): Person {
  const found = BY_ID.get(idOf(actor));
  if (!found) throw new Error(`the model does not know ${idOf(actor)}`);
  return found;
}

export function idOf(actor: Actor): string {
  return actor.kind === 'desk' ? 'desk' : actor.id;
}
