/** People, organisations and channels: who a person is, what they may do, where they are reached (R1–R4). */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { OrganisationId, PersonId } from '../../domain/claims/values.ts';
import { normalEmail } from '../../domain/internetNames.ts';
import type { Member, PartnerRole, StaffRole } from '../../domain/claims/permission.ts';
import type { Documents, Key, Page, PageStart } from '../ports/documents.ts';
import type { Address, UnreachableReason } from '../ports/messenger.ts';
import type { Language } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema, requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import type { Journaled, JournalEntry, JournalPage, RightChange, Rights, RightsActor } from './journal.ts';
import { changesOf, JOURNAL_PAGE, journalPageId, journalWith, overflowOf, wholeJournal } from './journal.ts';
import type { RightsCheck, RightsCheckPorts } from './rightsCheck.ts';
import { brokenJournal, brokenRights, createRightsCheck, withHead } from './rightsCheck.ts';

/** What the directory needs of the outside. */
export type PeoplePorts = RightsCheckPorts & Pick<World, 'documents' | 'settings' | 'clock' | 'securityLog'>;

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
  /** When the app was last installed for them, as Teams says: a removal before that comes late. */
  readonly arrivedAt?: Instant;
  /** An operator by the settings, as the journal last recorded it. What counts is the settings themselves. */
  readonly operatorByConfiguration?: true;
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

/** An MPN id that an organisation lost, or got after another had had it: what follows has still to be done. */
export interface MpnMove {
  readonly mpnId: string;
  readonly what: 'lost' | 'gained';
  readonly at: Instant;
  readonly by: RightsActor;
}

/** An organisation as stored: with every MPN id that it ever had, and the moves that are not settled. */
interface StoredOrganisation extends Organisation, Journaled {
  readonly mpnIdsEver?: readonly string[];
  readonly moves?: readonly MpnMove[];
  /** Enrolled no more: kept for its journal alone. */
  readonly gone?: true;
}

/** A channel with a purpose: `review`, or `mpn:<id>`. */
export interface Channel {
  readonly purpose: string;
  readonly place: Place;
  /**
   * The organisation that had the MPN id when the channel was set, whose people read along there. It is a home only as
   * long as they have it (R6). Absent for `review`.
   */
  readonly holder?: string;
  /** The purpose was taken away: no one finds the channel any more. */
  readonly unset?: true;
  readonly language?: Language;
  readonly unreachable?: UnreachableReason;
  /** A notice for it waits although it can be reached, as of a person. */
  readonly awaited?: true;
  /** When the desk noted that it was lost; absent while it can be reached, or was found unreachable by a delivery. */
  readonly lostAt?: Instant;
  /** The channel itself was deleted: its team's return does not bring it back. */
  readonly isDeleted?: true;
  /** When the newest event of its life happened that the desk has heeded; what is older comes late. */
  readonly changedAt?: Instant;
}

/** The channel without its marks: it can be reached, and no notice waits for it. */
export function reachable(channel: Channel): Channel {
  const { unreachable: _, awaited: __, lostAt: ___, isDeleted: ____, ...rest } = channel;
  return rest;
}

/** A channel as it is set for a purpose: without the marks and the holder of what it was before. */
export function channelSet(known: Channel | undefined, purpose: string, place: Place, holder: string): Channel {
  const { unset: _, holder: __, ...rest } = known ? reachable(known) : {};
  return { ...rest, purpose, place, ...(purpose !== 'review' && { holder }) };
}

const PERSON = 'person';
const ORGANISATION = 'organisation';
const CHANNEL = 'channel';
/** The kinds of documents that have a journal of rights. */
export const JOURNALED_KINDS = [PERSON, ORGANISATION, CHANNEL] as const;
export type JournaledKind = (typeof JOURNALED_KINDS)[number];
const ALL = 1000;

/** A person as stored: with every organisation that they belong to or ever belonged to, by which they are found. */
interface StoredPerson extends Person, Journaled {
  readonly partnersEver?: readonly string[];
  readonly customersEver?: readonly string[];
}

/** The directory of people, organisations and channels. */
export type People = ReturnType<typeof createPeople>;

/**
 * The directory, stored in the documents. A document of a newer version throws UnknownSchemaError, one that is not as
 * the desk wrote it a RightsBrokenError (R55), except in a list to choose from, which leaves it out.
 */
export function createPeople(outside: PeoplePorts) {
  const check = createRightsCheck(outside);
  const ports = { ...outside, check };
  const { documents, settings } = ports;

  const read = async <Body extends object>(kind: JournaledKind, id: string): Promise<Body | undefined> => {
    const stored = await documents.read<Body>(kind, id);
    return stored && soundBody(ports, kind, id, stored.body);
  };
  const find = (id: string): Promise<Person | undefined> => read(PERSON, id);
  const organisationEver = (id: string): Promise<StoredOrganisation | undefined> => read(ORGANISATION, id);
  const organisation = async (id: string): Promise<Organisation | undefined> => {
    const found = await organisationEver(id);
    return found?.gone ? undefined : found;
  };
  /** Those whose own bodies say so: a key that was added past the desk leads to no one. */
  const byKey = async <Body extends object>(
    kind: JournaledKind,
    name: string,
    value: string,
    after?: PageStart,
  ): Promise<readonly Body[]> => {
    const page = await documents.find<Body>({ kind, name, value, limit: ALL, ...(after && { after }) });
    const found = page.documents
      .map(({ id, body }) => soundBody(ports, kind, id, body))
      .filter((body) => hasKey(kind, body, { name, value }));
    return page.next ? [...found, ...(await byKey<Body>(kind, name, value, page.next))] : found;
  };
  /** Those of a page who can be chosen from. */
  const usable = <Body extends object>(
    kind: JournaledKind,
    key: Key,
    { documents: found }: Page<Body>,
  ): readonly Body[] =>
    found.filter(({ id, body }) => check.isUsable(kind, id, body) && hasKey(kind, body, key)).map(({ body }) => body);

  const holdersOfMpn = (mpnId: string): Promise<readonly Organisation[]> =>
    byKey<Organisation>(ORGANISATION, 'mpn', mpnId);
  const organisationOfMpn = async (mpnId: string): Promise<Organisation | undefined> => (await holdersOfMpn(mpnId))[0];

  /** The person with an id: as known, or one without any role. Writes nothing. */
  const personOf = async (id: PersonId): Promise<Person> => (await find(id)) ?? unknownPerson(id);

  /** Whether people of a tenant may be staff (R5). */
  const isOfProgramme = (tenantId: string): boolean =>
    settings.programmeTenants.length === 0 || settings.programmeTenants.includes(tenantId);

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
    const given =
      settings.operators.includes(person.id) && !person.staff.includes('operator')
        ? [...person.staff, 'operator' as const]
        : person.staff;
    const staff = isOfProgramme(person.tenantId) ? given : [];
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
      ...(settings.separateDuties && { separateDuties: true }),
    };
  }

  return {
    find,
    /** An organisation that is enrolled. */
    organisation,
    /** One that is or ever was. */
    organisationEver,

    /** The person of a tenant who was enrolled with an e-mail address; of several, one who can be reached. */
    async byEmail(tenantId: string, email: string): Promise<Person | undefined> {
      const found = email === '' ? [] : await byKey<Person>(PERSON, 'email', emailKey(tenantId, email));
      return found.find((person) => person.chat && !person.unreachable) ?? found[0];
    },
    /** Those who have a role that counts. */
    withRole: async (role: StaffRole): Promise<readonly Person[]> =>
      (await byKey<Person>(PERSON, 'staff', role)).filter((person) => isOfProgramme(person.tenantId)),
    /** Those who have a role that does not count, because they are of none of the programme's tenants. */
    withRoleOutside: async (role: StaffRole): Promise<readonly Person[]> =>
      (await byKey<Person>(PERSON, 'staff', role)).filter((person) => !isOfProgramme(person.tenantId)),
    isOfProgramme,
    /** The operators by the settings, as they were journaled last. */
    operatorsByConfiguration: (): Promise<readonly Person[]> => byKey<Person>(PERSON, 'configured', 'operator'),
    async organisations(kind: Organisation['kind']): Promise<readonly Organisation[]> {
      const key = { name: 'kind', value: kind };
      return usable(ORGANISATION, key, await documents.find<Organisation>({ kind: ORGANISATION, ...key, limit: ALL }));
    },
    organisationOfMpn,
    /** One, but for the moment in which two operators enrol partners with the same MPN id. */
    holdersOfMpn,
    /** Who wrote to the bot last, enrolled or not: for the operator to choose from. */
    async lastSeen(limit: number): Promise<readonly Person[]> {
      const key = { name: 'seen', value: '' };
      return usable(PERSON, key, await documents.find<Person>({ kind: PERSON, ...key, limit, newestFirst: true }));
    },

    personOf,

    memberOf,
    /** The same for an id. */
    memberBy: async (id: PersonId): Promise<Member> => memberOf(await personOf(id)),

    /**
     * Writes a person, on behalf of `by`: `alter` gets who is known, or an {@link unknownPerson}. Answers the person as
     * written.
     */
    async alter(id: PersonId, alter: (person: Person) => Person, by: RightsActor = 'desk'): Promise<Person> {
      return (
        (await amend(ports, PERSON_SHAPE, id, (person) => alter(person ?? unknownPerson(id)), by)) ?? unknownPerson(id)
      );
    },
    /** Writes an organisation; the MPN ids that it loses or takes over are left to be settled, in the same write. */
    async saveOrganisation(saved: Organisation, by: RightsActor): Promise<void> {
      const takenOver = new Set<string>();
      for (const mpnId of saved.mpnIds)
        if ((await byKey<Organisation>(ORGANISATION, 'mpnEver', mpnId)).some(({ id }) => id !== saved.id))
          takenOver.add(mpnId);
      await amend(
        ports,
        ORGANISATION_SHAPE,
        saved.id,
        (known) => {
          const moves = movesAfter(known, saved, takenOver, { at: ports.clock.now(), by });
          const { moves: _, gone: __, ...rest } = known ?? {};
          return { ...rest, ...saved, ...(moves.length > 0 && { moves }) };
        },
        by,
      );
    },
    /** Ends an enrolment; the MPN ids are left to be settled, in the same write. Does nothing where there is none. */
    async endOrganisation(id: OrganisationId, by: RightsActor): Promise<void> {
      await amend<StoredOrganisation>(
        ports,
        ORGANISATION_SHAPE,
        id,
        (known) => {
          if (!known || known.gone) return known;
          const ended = { ...known, mpnIds: [] };
          const moves = movesAfter(known, ended, new Set(), { at: ports.clock.now(), by });
          return { ...ended, gone: true, moves };
        },
        by,
      );
    },
    /** The MPN ids of an organisation that moved, and what follows is not done. */
    async movesOf(id: OrganisationId): Promise<readonly MpnMove[]> {
      return (await read<StoredOrganisation>(ORGANISATION, id))?.moves ?? [];
    },
    /** The organisations that have such. */
    async withMoves(limit: number): Promise<readonly Organisation[]> {
      const key = { name: 'moves', value: '' };
      return usable(ORGANISATION, key, await documents.find<Organisation>({ kind: ORGANISATION, ...key, limit }));
    },
    /** What followed from a move is done. */
    async forgetMove(id: OrganisationId, move: MpnMove): Promise<void> {
      await amend<StoredOrganisation>(
        ports,
        ORGANISATION_SHAPE,
        id,
        (known) => {
          const moves = known?.moves?.filter((one) => !isSameMove(one, move));
          return known && moves ? { ...known, moves } : known;
        },
        'desk',
      );
    },
    /** The organisations that have or ever had an MPN id. */
    everWithMpn: (mpnId: string): Promise<readonly Organisation[]> =>
      byKey<Organisation>(ORGANISATION, 'mpnEver', mpnId),
    /**
     * Everyone who belongs to an organisation or ever belonged to it: members of a partner (`ofPartner`), contacts of
     * a customer's tenant (`ofCustomer`).
     */
    everOf: (key: 'ofPartner' | 'ofCustomer', value: string): Promise<readonly (Person & Journaled)[]> =>
      byKey<Person & Journaled>(PERSON, key, value),
    /**
     * Rewrites documents of earlier schemas, so that they have a journal and are found by whom they belong to. What is
     * in them is what was so before anyone journaled it.
     */
    async raise(kind: JournaledKind, id: string): Promise<void> {
      if (kind === PERSON) return raiseSchema(ports, PERSON_SHAPE, id);
      if (kind === ORGANISATION) return raiseSchema(ports, ORGANISATION_SHAPE, id);
      await raiseSchema(ports, CHANNEL_SHAPE, id);
      const holder = await holderIn({ holdersOfMpn }, id);
      const isHeld = id !== 'review' && holder !== id;
      // Before there were holders a channel was that of the organisation which had the MPN id.
      await amend<Channel>(
        ports,
        CHANNEL_SHAPE,
        id,
        (known) => known && (known.holder === undefined && isHeld ? { ...known, holder } : known),
        'desk',
      );
    },
    /**
     * The whole journal of a document, oldest entry first; empty where there is no such document. `known` is the body,
     * where it was just read. Throws RightsBrokenError where an entry does not follow from the one before.
     */
    async journalOf(kind: JournaledKind, id: string, known?: Journaled): Promise<readonly JournalEntry[]> {
      const stored = known ?? (await read<Journaled>(kind, id));
      const journal = await wholeJournal(documents, kind, id, stored ?? {});
      check.require(kind, id, brokenJournal(ports, journal));
      return journal;
    },
    async channel(purpose: string): Promise<(Channel & { readonly address: Address }) | undefined> {
      const found = await read<Channel>(CHANNEL, purpose);
      if (!found || found.unset) return undefined;
      const language = found.language ?? settings.defaultLanguage;
      return { ...found, address: { kind: 'channel', ...found.place, language } };
    },
    /** Who holds a purpose, see {@link holderIn}. */
    holderOf: (purpose: string): Promise<string> => holderIn({ holdersOfMpn }, purpose),
    /**
     * Whose people read a channel: `review`, or an organisation. Undefined where the MPN id has gone to another since
     * the channel was set: it is no one's home then (R6).
     */
    async readersOf({ purpose, holder }: Channel): Promise<string | undefined> {
      const current = await holderIn({ holdersOfMpn }, purpose);
      return holder === undefined || holder === current ? current : undefined;
    },
    channelsOfTeam: (teamId: string): Promise<readonly Channel[]> => byKey<Channel>(CHANNEL, 'team', teamId),
    channelsAt: (conversationId: string): Promise<readonly Channel[]> =>
      byKey<Channel>(CHANNEL, 'conversation', conversationId),
    /** Writes a channel's purpose; nothing is written where `alter` answers undefined. */
    alterChannel(
      purpose: string,
      alter: (channel: Channel | undefined) => Channel | undefined,
      by: RightsActor = 'desk',
    ): Promise<Channel | undefined> {
      return amend(ports, CHANNEL_SHAPE, purpose, alter, by);
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
  return `${tenantId}/${normalEmail(email)}`;
}

function personKeys(person: StoredPerson): readonly Key[] {
  return [
    ...(person.partnersEver ?? []).map((value) => ({ name: 'ofPartner', value })),
    ...(person.customersEver ?? []).map((value) => ({ name: 'ofCustomer', value })),
    ...(person.email === '' ? [] : [{ name: 'email', value: emailKey(person.tenantId, person.email) }]),
    ...person.staff.map((role) => ({ name: 'staff', value: role })),
    ...(person.operatorByConfiguration ? [{ name: 'configured', value: 'operator' }] : []),
    ...(person.seenAt === undefined ? [] : [{ name: 'seen', value: '', sort: person.seenAt }]),
  ];
}

function channelKeys({ place: { conversationId, teamId }, unset }: Channel): readonly Key[] {
  if (unset) return [];
  return [
    { name: 'conversation', value: conversationId },
    ...(teamId === undefined ? [] : [{ name: 'team', value: teamId }]),
  ];
}

function organisationKeys(one: StoredOrganisation): readonly Key[] {
  return [
    ...(one.mpnIdsEver ?? []).map((mpnId) => ({ name: 'mpnEver', value: mpnId })),
    ...(one.moves ? [{ name: 'moves', value: '' }] : []),
    ...(one.gone
      ? []
      : [
          { name: 'kind', value: one.kind },
          { name: 'tenant', value: one.tenantId },
        ]),
    ...one.mpnIds.map((mpnId) => ({ name: 'mpn', value: mpnId })),
  ];
}

/** The rights of a person that their journal records, by name. */
function personRights(person: Person): Rights {
  return {
    staff: person.staff,
    memberships: Object.fromEntries(person.memberships.map(({ organisation, roles }) => [organisation, roles])),
    contactOf: person.contactOf,
    // The address itself is personal. That it changed is what the journal is for.
    email: person.email === '' ? null : 'given',
    reach: person.unreachable ?? (person.chat ? 'reachable' : null),
    operatorByConfiguration: person.operatorByConfiguration ?? null,
  };
}

/** One address in place of another: the journal says that, and neither of the two. */
function addressChanged(before: Person, after: Person): readonly RightChange[] {
  const isChanged = before.email !== '' && after.email !== '' && before.email !== after.email;
  return isChanged ? [{ what: 'email', from: 'given', to: 'given' }] : [];
}

/**
 * The moves of an organisation's MPN ids that have to be settled once it is as saved. An id that comes back before it
 * was settled that it went has not moved.
 */
function movesAfter(
  known: StoredOrganisation | undefined,
  saved: Organisation,
  takenOver: ReadonlySet<string>,
  facts: Pick<MpnMove, 'at' | 'by'>,
): readonly MpnMove[] {
  const before = known?.mpnIds ?? [];
  const open = known?.moves ?? [];
  const lost = before.filter((mpnId) => !saved.mpnIds.includes(mpnId));
  const gained = saved.mpnIds.filter((mpnId) => !before.includes(mpnId));
  const isUndone = ({ mpnId, what }: MpnMove): boolean => (what === 'lost' ? gained : lost).includes(mpnId);
  const isNew = (mpnId: string): boolean => !open.some((move) => move.mpnId === mpnId && isUndone(move));
  return [
    ...open.filter((move) => !isUndone(move)),
    ...lost.filter(isNew).map((mpnId) => ({ mpnId, what: 'lost' as const, ...facts })),
    ...gained
      .filter((mpnId) => isNew(mpnId) && takenOver.has(mpnId))
      .map((mpnId) => ({ mpnId, what: 'gained' as const, ...facts })),
  ];
}

function isSameMove(one: MpnMove, other: MpnMove): boolean {
  return one.mpnId === other.mpnId && one.what === other.what && one.at === other.at;
}

/** The organisation with all its MPN ids among those that it ever had. */
function heldEver({ moves = [], ...organisation }: StoredOrganisation): StoredOrganisation {
  const all = new Set([...(organisation.mpnIdsEver ?? []), ...organisation.mpnIds]);
  return {
    ...organisation,
    ...(all.size > 0 && { mpnIdsEver: [...all] }),
    ...(moves.length > 0 && { moves }),
  };
}

function organisationRights({ name, tenantId, mpnIds, gone }: StoredOrganisation): Rights {
  return gone ? {} : { name, tenantId, mpnIds };
}

function channelRights({ place, holder, unset }: Channel): Rights {
  return { place: unset ? null : place.conversationId, holder: unset ? null : (holder ?? null) };
}

/** The person with all that they belong to among what they ever belonged to. */
function belonged(person: StoredPerson): StoredPerson {
  const partners = new Set([...(person.partnersEver ?? []), ...person.memberships.map((one) => one.organisation)]);
  const customers = new Set([...(person.customersEver ?? []), ...person.contactOf]);
  return {
    ...person,
    ...(partners.size > 0 && { partnersEver: [...partners] }),
    ...(customers.size > 0 && { customersEver: [...customers] }),
  };
}

const PERSON_SHAPE: Shape<StoredPerson> = {
  kind: PERSON,
  keys: personKeys,
  rights: personRights,
  besides: addressChanged,
  settle: belonged,
};
const ORGANISATION_SHAPE: Shape<StoredOrganisation> = {
  kind: ORGANISATION,
  keys: organisationKeys,
  rights: organisationRights,
  settle: heldEver,
};
const CHANNEL_SHAPE: Shape<Channel> = { kind: CHANNEL, keys: channelKeys, rights: channelRights };

/** What a document with a journal is found by: all of it follows from the body. */
export function keysOfRights(kind: JournaledKind, body: object): readonly Key[] {
  if (kind === PERSON) return personKeys(body as StoredPerson);
  return kind === ORGANISATION ? organisationKeys(body as StoredOrganisation) : channelKeys(body as Channel);
}

function hasKey(kind: JournaledKind, body: object, { name, value }: Key): boolean {
  return keysOfRights(kind, body).some((key) => key.name === name && key.value === value);
}

/** The body, if this version knows its schema and it is as the desk wrote it. */
function soundBody<Body extends object>(ports: AmendPorts, kind: JournaledKind, id: string, body: Body): Body {
  requireKnownSchema(kind, id, body);
  ports.check.require(kind, id, brokenRights(ports, kind, id, body));
  return body;
}

type AmendPorts = PeoplePorts & { readonly check: RightsCheck };

/** What documents of a kind are found by, and which rights they hold. */
interface Shape<Body extends object> {
  readonly kind: JournaledKind;
  readonly keys: (body: Body) => readonly Key[];
  readonly rights: (body: Body) => Rights;
  /** Changes that the rights by name do not show. */
  readonly besides?: (before: Body, after: Body) => readonly RightChange[];
  /** What follows from the rest of the body. */
  readonly settle?: (body: Body) => Body;
}

/**
 * Read, alter, replace if unchanged; again when another writer was faster. Nothing is written where nothing changed,
 * nor over a document of a newer version or one that is not as the desk wrote it. What changes of the rights is written
 * into the journal by the same write.
 */
async function amend<Body extends object>(
  ports: AmendPorts,
  { kind, keys, rights, besides = () => [], settle = (body) => body }: Shape<Body>,
  id: string,
  alter: (body: Body | undefined) => Body | undefined,
  by: RightsActor,
): Promise<Body | undefined> {
  const { documents, clock, digest, securityLog } = ports;
  for (;;) {
    const stored = await documents.read<Body & Journaled>(kind, id);
    const known = stored && soundBody(ports, kind, id, stored.body);
    const altered = alter(known);
    if (altered === undefined || (known && JSON.stringify(known) === JSON.stringify(altered))) return altered;
    const changes = [
      ...changesOf(known ? rights(known) : {}, rights(altered)),
      ...(known ? besides(known, altered) : []),
    ];
    const kept = changes.length > 0 ? await withRoom(documents, kind, id, known) : (known ?? {});
    const journal = journalWith(kept.journal ?? [], changes, { at: clock.now(), by }, (text) => digest.sha256(text));
    const { journalPages } = kept;
    const body: Body & Journaled = settle({
      ...altered,
      ...(journal.length > 0 && { journal }),
      ...(journalPages !== undefined && { journalPages }),
    });
    const headed = withHead(ports, kind, id, { ...body, schema: schemaOf(kind) });
    const document = { kind, id, body: headed, keys: keys(body) };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    if (written === 'exists' || written === 'changed') continue;
    for (const { what } of changes) securityLog.record({ what: 'rightsChanged', by, kind, of: id, right: what });
    return body;
  }
}

/**
 * Writes a document as this version does. Where it has no journal, that begins with what is found, from itself to
 * itself: who gave it, and when, was not recorded.
 */
async function raiseSchema<Body extends object>(
  ports: AmendPorts,
  { kind, keys, rights, settle = (body) => body }: Shape<Body>,
  id: string,
): Promise<void> {
  const { documents, clock, digest } = ports;
  for (;;) {
    const stored = await documents.read<Body & Journaled>(kind, id);
    if (!stored || !isKnownSchema(kind, stored.body) || isOfSchema(kind, stored.body)) return;
    soundBody(ports, kind, id, stored.body);
    const { journal: opened, journalPages } = stored.body;
    const isOpen = opened !== undefined || journalPages !== undefined;
    const found = changesOf({}, isOpen ? {} : rights(stored.body)).map(({ what, to }) => ({ what, from: to, to }));
    const facts = { at: clock.now(), by: 'desk' } as const;
    const journal = journalWith(opened ?? [], found, facts, (text) => digest.sha256(text));
    const body = settle({ ...stored.body, ...(journal.length > 0 && { journal }) });
    const headed = withHead(ports, kind, id, { ...body, schema: schemaOf(kind) });
    if ((await documents.replace({ kind, id, body: headed, keys: keys(body) }, stored.etag)) !== 'changed') return;
  }
}

function isOfSchema(kind: JournaledKind, body: object): boolean {
  return 'schema' in body && body.schema === schemaOf(kind);
}

/**
 * The journal with room for more: a long one gives its older half to a page of its own. The page is written first;
 * after a crash in between the next writer writes the same one, and finds it.
 */
async function withRoom(
  documents: Documents,
  kind: JournaledKind,
  id: string,
  { journal = [], journalPages }: Journaled = {},
): Promise<Journaled> {
  const entries = overflowOf(journal);
  if (!entries) return { journal, ...(journalPages !== undefined && { journalPages }) };
  const page = journalPages ?? 0;
  const body: JournalPage = { schema: schemaOf(JOURNAL_PAGE), entries };
  await documents.create({ kind: JOURNAL_PAGE, id: journalPageId(kind, id, page), body, keys: [] });
  return { journal: journal.slice(entries.length), journalPages: page + 1 };
}
