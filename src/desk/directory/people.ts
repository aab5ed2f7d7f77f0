/** People, organisations and channels: who a person is, what they may do, where they are reached (R1–R4). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { OrganisationId, PersonId } from '../../domain/claims/values.ts';
import type { Member, PartnerRole, StaffRole } from '../../domain/claims/permission.ts';
import type { Documents, Key } from '../ports/documents.ts';
import type { Address, UnreachableReason } from '../ports/messenger.ts';
import type { Language } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';

/** What the directory needs of the outside. */
export type PeoplePorts = Pick<World, 'documents' | 'settings'>;

/** Where a conversation was last seen. */
export interface Place {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId: string;
  readonly botId: string;
  /** The team of a channel, as a whole of which the bot is installed and removed. */
  readonly teamId?: string;
}

/** A person as the desk knows them, enrolled or not. */
export interface Person {
  readonly id: PersonId;
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  /** As enrolled; empty for a person who only wrote to the bot. */
  readonly email: string;
  /** Chosen by the person. */
  readonly language?: Language;
  /** As their client last said. */
  readonly locale?: Language;
  readonly staff: readonly StaffRole[];
  readonly memberships: readonly { readonly organisation: OrganisationId; readonly roles: readonly PartnerRole[] }[];
  readonly contactOf: readonly string[];
  readonly chat?: Place;
  readonly unreachable?: UnreachableReason;
  /** A notice for them waits although they can be reached: it could not be delivered as it was. */
  readonly awaited?: true;
  readonly seenAt?: Instant;
  readonly welcomedAt?: Instant;
}

/** An enrolled partner or customer organisation. */
export interface Organisation {
  readonly id: OrganisationId;
  readonly kind: 'partner' | 'customer';
  readonly name: string;
  readonly tenantId: string;
  /** A partner's MPN ids; a customer has none. */
  readonly mpnIds: readonly string[];
}

/** A channel with a purpose: `review`, or `mpn:<id>`. */
export interface Channel {
  readonly purpose: string;
  readonly place: Place;
  readonly language?: Language;
  readonly unreachable?: UnreachableReason;
  /** A notice for it waits although it can be reached, as of a person. */
  readonly awaited?: true;
}

/** The channel without its marks: it can be reached, and no notice waits for it. */
export function reachable(channel: Channel): Channel {
  const { unreachable: _, awaited: __, ...rest } = channel;
  return rest;
}

const PERSON = 'person';
const ORGANISATION = 'organisation';
const CHANNEL = 'channel';
const ALL = 1000;

/** The directory of people, organisations and channels. */
export type People = ReturnType<typeof createPeople>;

/**
 * The directory, stored in the documents. A document of a newer version throws UnknownSchemaError, except in a list to
 * choose from, which leaves it out.
 */
export function createPeople(ports: PeoplePorts) {
  const { documents, settings } = ports;

  const read = async <Body extends object>(kind: string, id: string): Promise<Body | undefined> => {
    const stored = await documents.read<Body>(kind, id);
    return stored && requireKnownSchema(kind, id, stored.body);
  };
  const find = (id: string): Promise<Person | undefined> => read(PERSON, id);
  const organisation = (id: string): Promise<Organisation | undefined> => read(ORGANISATION, id);
  const byKey = async <Body extends object>(kind: string, name: string, value: string): Promise<readonly Body[]> =>
    (await documents.find<Body>({ kind, name, value, limit: ALL })).documents.map(({ id, body }) =>
      requireKnownSchema(kind, id, body),
    );

  const holdersOfMpn = (mpnId: string): Promise<readonly Organisation[]> =>
    byKey<Organisation>(ORGANISATION, 'mpn', mpnId);
  const organisationOfMpn = async (mpnId: string): Promise<Organisation | undefined> => (await holdersOfMpn(mpnId))[0];

  /** The person with an id: as known, or one without any role. Writes nothing. */
  const personOf = async (id: PersonId): Promise<Person> => (await find(id)) ?? unknownPerson(id);

  /** The facts that permission needs, read now. A person who is not known is a member of nothing. */
  async function memberOf(person: Person): Promise<Member> {
    const memberships = [];
    for (const membership of person.memberships) {
      const found = await organisation(membership.organisation);
      if (found)
        memberships.push({
          organisation: found.id,
          organisationName: found.name,
          mpnIds: found.mpnIds,
          roles: membership.roles,
        });
    }
    const home = await byKey<Organisation>(ORGANISATION, 'tenant', person.tenantId);
    const staff =
      settings.operators.includes(person.id) && !person.staff.includes('operator')
        ? [...person.staff, 'operator' as const]
        : person.staff;
    return {
      kind: 'person',
      id: person.id,
      name: person.name,
      email: person.email,
      tenantId: person.tenantId,
      staff,
      memberships,
      homeOrganisations: home.filter((one) => one.kind === 'partner').map((one) => one.id),
      contactOf: person.contactOf,
    };
  }

  return {
    find,
    organisation,

    /** The person of a tenant who was enrolled with an e-mail address; of several, one who can be reached. */
    async byEmail(tenantId: string, email: string): Promise<Person | undefined> {
      const found = email === '' ? [] : await byKey<Person>(PERSON, 'email', emailKey(tenantId, email));
      return found.find((person) => person.chat && !person.unreachable) ?? found[0];
    },
    withRole: (role: StaffRole): Promise<readonly Person[]> => byKey<Person>(PERSON, 'staff', role),
    async organisations(kind: Organisation['kind']): Promise<readonly Organisation[]> {
      const page = await documents.find<Organisation>({ kind: ORGANISATION, name: 'kind', value: kind, limit: ALL });
      return page.documents.map(({ body }) => body).filter((body) => isKnownSchema(ORGANISATION, body));
    },
    organisationOfMpn,
    /** One, but for the moment in which two operators enrol partners with the same MPN id. */
    holdersOfMpn,
    /** Who wrote to the bot last, enrolled or not: for the operator to choose from. */
    async lastSeen(limit: number): Promise<readonly Person[]> {
      const page = await documents.find<Person>({ kind: PERSON, name: 'seen', value: '', limit, newestFirst: true });
      return page.documents.map(({ body }) => body).filter((body) => isKnownSchema(PERSON, body));
    },

    personOf,

    memberOf,
    /** The same for an id. */
    memberBy: async (id: PersonId): Promise<Member> => memberOf(await personOf(id)),

    /** Writes a person: `alter` gets who is known, or an {@link unknownPerson}. Answers the person as written. */
    async alter(id: PersonId, alter: (person: Person) => Person): Promise<Person> {
      return (
        (await amend<Person>(documents, PERSON, id, (person) => alter(person ?? unknownPerson(id)), personKeys)) ??
        unknownPerson(id)
      );
    },
    async saveOrganisation(saved: Organisation): Promise<void> {
      await amend<Organisation>(
        documents,
        ORGANISATION,
        saved.id,
        (known) => ({ ...known, ...saved }),
        organisationKeys,
      );
    },
    async channel(purpose: string): Promise<(Channel & { readonly address: Address }) | undefined> {
      const found = await read<Channel>(CHANNEL, purpose);
      return (
        found && {
          ...found,
          address: { kind: 'channel', ...found.place, language: found.language ?? settings.defaultLanguage },
        }
      );
    },
    /** Who holds a purpose, see {@link holderIn}. */
    holderOf: (purpose: string): Promise<string> => holderIn({ holdersOfMpn }, purpose),
    channelsOfTeam: (teamId: string): Promise<readonly Channel[]> => byKey<Channel>(CHANNEL, 'team', teamId),
    channelsAt: (conversationId: string): Promise<readonly Channel[]> =>
      byKey<Channel>(CHANNEL, 'conversation', conversationId),
    /** Writes a channel's purpose; nothing is written where `alter` answers undefined. */
    alterChannel(
      purpose: string,
      alter: (channel: Channel | undefined) => Channel | undefined,
    ): Promise<Channel | undefined> {
      return amend<Channel>(documents, CHANNEL, purpose, alter, channelKeys);
    },

    languageOf: (person: Person | undefined): Language =>
      person?.language ?? person?.locale ?? settings.defaultLanguage,
    addressOf(person: Person, chat: Place): Address {
      return { kind: 'personal', ...chat, language: person.language ?? person.locale ?? settings.defaultLanguage };
    },
  };
}

/**
 * Who holds a purpose according to a register: `review` for the reviewers, else the id of the organisation that has the
 * MPN id. A purpose that no organisation holds is its own holder, so that two of them never seem to have the same.
 */
export async function holderIn(register: Pick<People, 'holdersOfMpn'>, purpose: string): Promise<string> {
  return purpose === 'review'
    ? purpose
    : ((await register.holdersOfMpn(purpose.slice('mpn:'.length)))[0]?.id ?? purpose);
}

/** The id of a person: `tenantId/objectId` of their Entra account, in lower case. */
export function personId(tenantId: string, objectId: string): PersonId {
  return `${tenantId.toLowerCase()}/${objectId.toLowerCase()}` as PersonId;
}

/** A person of whom nothing is known but the id: without name, role or chat. */
export function unknownPerson(id: PersonId): Person {
  const [tenantId = '', objectId = ''] = id.split('/');
  return { id, tenantId, objectId, name: '', email: '', staff: [], memberships: [], contactOf: [] };
}

function emailKey(tenantId: string, email: string): string {
  return `${tenantId}/${email.trim().toLowerCase()}`;
}

function personKeys(person: Person): readonly Key[] {
  return [
    ...(person.email === '' ? [] : [{ name: 'email', value: emailKey(person.tenantId, person.email) }]),
    ...person.staff.map((role) => ({ name: 'staff', value: role })),
    ...(person.seenAt === undefined ? [] : [{ name: 'seen', value: '', sort: person.seenAt }]),
  ];
}

function channelKeys({ place: { conversationId, teamId } }: Channel): readonly Key[] {
  return [
    { name: 'conversation', value: conversationId },
    ...(teamId === undefined ? [] : [{ name: 'team', value: teamId }]),
  ];
}

function organisationKeys(one: Organisation): readonly Key[] {
  return [
    { name: 'kind', value: one.kind },
    { name: 'tenant', value: one.tenantId },
    ...one.mpnIds.map((mpnId) => ({ name: 'mpn', value: mpnId })),
  ];
}

/**
 * Read, alter, replace if unchanged; again when another writer was faster. Nothing is written where nothing changed,
 * nor over a document of a newer version.
 */
async function amend<Body extends object>(
  documents: Documents,
  kind: string,
  id: string,
  alter: (body: Body | undefined) => Body | undefined,
  keys: (body: Body) => readonly Key[],
): Promise<Body | undefined> {
  for (;;) {
    const stored = await documents.read<Body>(kind, id);
    const body = alter(stored && requireKnownSchema(kind, id, stored.body));
    if (body === undefined || (stored && JSON.stringify(stored.body) === JSON.stringify(body))) return body;
    const document = { kind, id, body: { ...body, schema: schemaOf(kind) }, keys: keys(body) };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    if (written !== 'exists' && written !== 'changed') return body;
  }
}
