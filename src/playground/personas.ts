/** The personas of the playground, and the directory that the desk imports for them. */
import type { PartnerRole, StaffRole } from '../domain/claims/permission.ts';
import type { Place } from '../desk/directory/people.ts';

/** The parts in the story; one persona each. */
export type PersonaKey = 'partner' | 'reviewer' | 'lead' | 'customer';

/** An organisation: one tenant, and in it one simulated Teams for each persona. */
interface Company {
  readonly name: string;
  readonly tenantId: string;
  readonly domain: string;
}

/** A user of the playground; ids and addresses are made up. */
export interface Persona {
  readonly key: PersonaKey;
  readonly company: Company;
  readonly givenName: string;
  readonly surname: string;
  readonly name: string;
  readonly email: string;
  readonly objectId: string;
  /** Their part in the story, for the printed table. */
  readonly part: string;
  readonly toTry: string;
  /** The name of the channel that their team has besides General. */
  readonly channel: string;
}

const CONTOSO: Company = {
  name: 'Contoso Consulting',
  tenantId: '10000000-0000-4000-8000-000000000001',
  domain: 'contoso.example',
};
const PROGRAMME: Company = {
  name: 'Partner Programme',
  tenantId: '20000000-0000-4000-8000-000000000002',
  domain: 'programme.example',
};
const ADVENTURE: Company = {
  name: 'Adventure Works',
  tenantId: '30000000-0000-4000-8000-000000000003',
  domain: 'adventure-works.example',
};
/** Of the partner persona. */
export const MPN_IDS = ['1234567', '7654321'] as const;
const PARTNER_ROLES: readonly PartnerRole[] = ['incentivesAdmin'];
const REVIEWER_ROLES: readonly StaffRole[] = ['reviewer'];
/** One persona with all remaining roles, so that not each needs a window. */
const LEAD_ROLES: readonly StaffRole[] = ['reviewer', 'lead', 'owner', 'assessor', 'operator'];

function persona(
  key: PersonaKey,
  company: Company,
  givenName: string,
  surname: string,
  number: number,
  rest: Pick<Persona, 'part' | 'toTry' | 'channel'>,
): Persona {
  const email = `${givenName}.${surname}@${company.domain}`.toLowerCase();
  return {
    key,
    company,
    givenName,
    surname,
    name: `${givenName} ${surname}`,
    email,
    objectId: `a0000000-0000-4000-8000-00000000000${number}`,
    ...rest,
  };
}

/** In the order in which they are printed and their ports assigned. */
export const PERSONAS: readonly Persona[] = [
  persona('partner', CONTOSO, 'Petra', 'Novak', 1, {
    part: 'partner',
    channel: 'Our claims',
    toTry: 'Write "new claim", fill in the form, add a document, submit.',
  }),
  persona('reviewer', PROGRAMME, 'Rafael', 'Ortiz', 2, {
    part: 'reviewer',
    channel: 'Claim reviews',
    toTry: 'Write "queue", or open the channel "Claim reviews": start the review, ask or decide.',
  }),
  persona('lead', PROGRAMME, 'Leyla', 'Demir', 3, {
    part: 'lead, operator',
    channel: 'Leads',
    toTry: 'Decide a dispute from "queue", report an assessment, write "enrol", turn the clock.',
  }),
  persona('customer', ADVENTURE, 'Chris', 'Olsen', 4, {
    part: 'customer',
    channel: 'Purchasing',
    toTry: 'After an approval: read what was claimed, and agree, deny it, or let it stand.',
  }),
];

/** The persona of a part. */
export function personaOf(key: PersonaKey): Persona {
  const found = PERSONAS.find((one) => one.key === key);
  if (!found) throw new RangeError(`the local Teams has no persona that is the ${key}`);
  return found;
}

/** The values for the form with which a claim reaches the customer persona. */
export function customerOfTheStory(): {
  readonly name: string;
  readonly domain: string;
  readonly tenantId: string;
  readonly contact: string;
  readonly title: string;
  readonly email: string;
} {
  const { company, name, email } = personaOf('customer');
  return {
    name: company.name,
    domain: company.domain,
    tenantId: company.tenantId,
    contact: name,
    title: 'Purchasing lead',
    email,
  };
}

/**
 * The directory that the desk imports: organisations, people, and the review channel (see desk/directory/enrolment.ts).
 */
export function directoryOf(reviews: Place): object {
  const [partner, reviewer, lead, customer] = [
    personaOf('partner'),
    personaOf('reviewer'),
    personaOf('lead'),
    personaOf('customer'),
  ];
  const who = ({ company, objectId, name, email }: Persona) => ({ tenantId: company.tenantId, objectId, name, email });
  return {
    partners: [{ name: CONTOSO.name, tenantId: CONTOSO.tenantId, mpnIds: MPN_IDS }],
    customers: [{ name: ADVENTURE.name, tenantId: ADVENTURE.tenantId }],
    members: [{ ...who(partner), organisationTenantId: CONTOSO.tenantId, roles: PARTNER_ROLES }],
    staff: [
      { ...who(reviewer), roles: REVIEWER_ROLES },
      { ...who(lead), roles: LEAD_ROLES },
    ],
    contacts: [who(customer)],
    channels: [{ purpose: 'review', ...reviews }],
  };
}
