/**
 * The people of the outage: partners with a channel each, customers with a contact each, reviewers; and who of them
 * cannot be reached.
 */
import type { People } from '../../../src/desk/directory/people.ts';
import type { ImportPorts } from '../../../src/desk/directory/importDirectory.ts';
import { importDirectory } from '../../../src/desk/directory/importDirectory.ts';
import { announcedSideChange, endSideChange } from '../../../src/desk/directory/sideChanges.ts';
import { personId } from '../../../src/desk/directory/people.ts';
import { MPN, place, REVIEWS, TENANTS, WHO } from '../../desk/world.ts';

/** In the histories that are copied: the partner's channel, and that of the partner's other MPN id. */
export const CHANNEL = '19:fabrikam@thread.tacv2';
export const OTHER_CHANNEL = '19:fabrikamsecond@thread.tacv2';

const CLAIMS_OF_A_PARTNER = 100;
const CLAIMS_OF_A_CUSTOMER = 20;
const CLAIMS_OF_A_REVIEWER = 200;
const LEADS = ['lena', 'rolf'] as const;

export interface Population {
  readonly partners: number;
  readonly customers: number;
  readonly reviewers: number;
}

export function createPopulation(claims: number): Population {
  const so = (each: number): number => Math.max(3, Math.ceil(claims / each));
  return {
    partners: so(CLAIMS_OF_A_PARTNER),
    customers: so(CLAIMS_OF_A_CUSTOMER),
    reviewers: so(CLAIMS_OF_A_REVIEWER),
  };
}

const guid = (letter: string, number: number): string =>
  `${letter.repeat(8)}-${letter.repeat(4)}-4${letter.repeat(3)}-8${letter.repeat(3)}-${String(number).padStart(12, '0')}`;
const objectOf = (id: string): string => id.split('/')[1] ?? '';
const partnerTenant = (number: number): string => guid('a', number);
const customerTenant = (number: number): string => guid('c', number);
const mpnOf = (number: number): string => String(2_000_000 + number * 2);
const otherMpnOf = (number: number): string => String(2_000_000 + number * 2 + 1);
const reviewerOf = (number: number): string => personId(TENANTS.vendor, guid('e', number));

/** Replacements: the words of the original histories, each with the word of one claim's own people. */
export function wordsOf(partner: number, customer: number, reviewer: number): ReadonlyMap<string, string> {
  return new Map([
    [WHO.arun, reviewerOf(reviewer)],
    [TENANTS.fabrikam, partnerTenant(partner)],
    [TENANTS.contoso, customerTenant(customer)],
    [MPN.fabrikam, mpnOf(partner)],
    [MPN.fabrikamSecond, otherMpnOf(partner)],
    [CHANNEL, `19:partner${partner}@thread.tacv2`],
    [OTHER_CHANNEL, `19:other${partner}@thread.tacv2`],
    ['chat-dana', `chat-dana${customer}`],
  ]);
}

/** Enrols everyone, gives the channels their purposes and most people a chat. */
export async function importPopulation(ports: ImportPorts, people: People, population: Population): Promise<void> {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  const vendor = { tenantId: TENANTS.vendor };
  const { sides } = await importDirectory(ports, people, {
    partners: numbers(population.partners).map((at) => ({
      name: `Partner ${at}`,
      tenantId: partnerTenant(at),
      mpnIds: [mpnOf(at), otherMpnOf(at)],
    })),
    customers: numbers(population.customers).map((at) => ({ name: `Customer ${at}`, tenantId: customerTenant(at) })),
    members: numbers(population.partners).map((at) => ({
      name: `Anna ${at}`,
      tenantId: partnerTenant(at),
      objectId: objectOf(WHO.anna),
      email: `anna${at}@example.com`,
      organisationTenantId: partnerTenant(at),
      roles: ['incentivesAdmin'],
    })),
    staff: [
      ...numbers(population.reviewers).map((at) => ({
        ...vendor,
        name: `Arun ${at}`,
        objectId: objectOf(reviewerOf(at)),
        email: `arun${at}@example.com`,
        roles: ['reviewer'],
      })),
      ...LEADS.map((name) => ({
        ...vendor,
        name,
        objectId: objectOf(WHO[name]),
        email: `${name}@example.com`,
        roles: ['reviewer', 'lead'],
      })),
      { ...vendor, name: 'Olga', objectId: objectOf(WHO.olga), email: 'olga@example.com', roles: ['owner'] },
      { ...vendor, name: 'Asif', objectId: objectOf(WHO.asif), email: 'asif@example.com', roles: ['assessor'] },
    ],
    contacts: numbers(population.customers).map((at) => ({
      name: `Dana ${at}`,
      tenantId: customerTenant(at),
      objectId: objectOf(WHO.dana),
      email: 'dana@contoso.com',
    })),
    channels: [
      { purpose: 'review', ...place(REVIEWS) },
      ...numbers(population.partners).map((at) => ({
        purpose: `mpn:${mpnOf(at)}`,
        ...place(`19:partner${at}@thread.tacv2`, partnerTenant(at)),
      })),
      ...numbers(population.partners).map((at) => ({
        purpose: `mpn:${otherMpnOf(at)}`,
        ...place(`19:other${at}@thread.tacv2`, partnerTenant(at)),
      })),
    ],
  });
  // There was no claim yet to look at.
  for (const id of sides) {
    const etag = await announcedSideChange(ports.documents, id);
    if (etag !== undefined) await endSideChange(ports.documents, id, etag);
  }
  const chat = (id: string, conversation: string): Promise<unknown> =>
    people.alter(id as never, (person) => ({ ...person, chat: place(conversation, person.tenantId) }));
  for (const at of numbers(population.reviewers)) await chat(reviewerOf(at), `chat-arun${at}`);
  for (const name of [...LEADS, 'olga', 'asif'] as const) await chat(WHO[name], `chat-${name}`);
  for (const at of numbers(population.customers))
    await chat(personId(customerTenant(at), objectOf(WHO.dana)), `chat-dana${at}`);
}

/** The channels of the other MPN ids are those from which the bot was removed: no one is reached there. */
export async function loseOtherChannels(people: People, population: Population): Promise<void> {
  for (let at = 0; at < population.partners; at += 1)
    await people.alterChannel(`mpn:${otherMpnOf(at)}`, (known) => known && { ...known, unreachable: 'notInstalled' });
}
