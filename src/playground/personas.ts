/** The people of the local Teams: who they are, and what the desk knows of them before anybody has written a word. */
import type { PartnerRole, StaffRole } from '../domain/claims/permission.ts';
import type { Place } from '../desk/directory/people.ts';

export type PersonaKey = 'partner' | 'reviewer' | 'lead' | 'customer';

/** An organisation: one tenant, and in it one simulated Teams for each persona. */
interface Company {
  readonly name: string;
  readonly tenantId: string;
  readonly domain: string;
}

export interface Persona {
  readonly key: PersonaKey;
  readonly company: Company;
  readonly givenName: string;
  readonly surname: string;
  readonly name: string;
  readonly email: string;
  readonly objectId: string;
  /** What they are in the story, for the table that is printed. */
  readonly part: string;
  readonly toTry: string;
  /** The one channel that their team has besides General. */
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
export const MPN_IDS = ['1234567', '7654321'] as const;
const PARTNER_ROLES: readonly PartnerRole[] = ['incentivesAdmin'];
const REVIEWER_ROLES: readonly StaffRole[] = ['reviewer'];
/** One person for all that is left to do, so that no window is needed for each. */
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
    toTry: 'After an approval: read what was claimed, and deny it or let it stand.',
  }),
];

export function personaOf(key: PersonaKey): Persona {
  const found = PERSONAS.find((one) => one.key === key);
  if (!found) throw new RangeError(`nobody in the local Teams is the ${key}`);
  return found;
}

/** What the partner types into the form so that the claim reaches the customer of the story. */
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

/** The directory that the desk imports: organisations, people, and the channel where reviews happen (see desk/enrolment.ts). */
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
