/**
 * A change of the directory may leave no one of a side who could act: the claims of that side are looked at soon, so
 * that their cards say so (R45). That it is to be done is stored before the change, so that a crash loses nothing. It
 * decides nothing: a clock that is due judges by the journals, looked at or not.
 */
import type { OrganisationId } from '../../domain/claims/values.ts';
import type { Documents } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import type { Person } from './people.ts';
import { isReachable } from './sides.ts';

/** The kind of the documents that name the organisations whose claims are to be looked at. */
export const SIDE_CHANGE = 'sideChange';

interface SideChangeBody {
  readonly schema: number;
  readonly changedAt: number;
}

/** A change is written within this time after it was announced; in milliseconds. */
const CHANGE_MS = 60_000;

/** What announcing a change needs of the outside. */
export type SideChangePorts = Pick<World, 'documents' | 'clock'>;

/** A person before and after a change. */
export interface PersonChange {
  readonly before: Person;
  readonly after: Person;
}

/**
 * The organisations on whose side a change may matter: those whose member or contact the person is or was, where that,
 * its roles, or whether they can be reached has changed.
 */
export function sidesChangedBy({ before, after }: PersonChange): readonly OrganisationId[] {
  const partners = (person: Person): ReadonlyMap<string, string> =>
    new Map(
      person.memberships.map(({ organisation, roles }) => [
        organisation,
        JSON.stringify([[...roles].sort(), isReachable(person)]),
      ]),
    );
  const customers = (person: Person): ReadonlyMap<string, string> =>
    new Map(person.contactOf.map((tenant) => [`customer:${tenant}`, String(isReachable(person))]));
  const changed = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
    [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
  return [
    ...changed(partners(before), partners(after)),
    ...changed(customers(before), customers(after)),
  ] as OrganisationId[];
}

/** Says before a change that the claims of these organisations are to be looked at after it. */
export async function announceSideChange(
  { documents, clock }: SideChangePorts,
  organisations: readonly OrganisationId[],
): Promise<void> {
  const changedAt = clock.now();
  const body: SideChangeBody = { schema: schemaOf(SIDE_CHANGE), changedAt };
  for (const id of organisations) {
    const document = { kind: SIDE_CHANGE, id, body, keys: [{ name: 'due', value: '', sort: changedAt + CHANGE_MS }] };
    for (let isWritten = false; !isWritten; ) {
      const stored = await documents.read<SideChangeBody>(SIDE_CHANGE, id);
      if (stored) requireKnownSchema(SIDE_CHANGE, id, stored.body);
      const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
      isWritten = written !== 'changed' && written !== 'exists';
    }
  }
}

/** Organisations whose claims are to be looked at by now, each with what ends it; at most `limit`. */
export async function dueSideChanges(
  { documents, clock }: SideChangePorts,
  limit: number,
): Promise<readonly { readonly id: OrganisationId; readonly etag: string }[]> {
  const page = await documents.find<SideChangeBody>({
    kind: SIDE_CHANGE,
    name: 'due',
    value: '',
    upTo: clock.now(),
    limit,
  });
  return page.documents.map(({ id, etag }) => ({ id: id as OrganisationId, etag }));
}

/** The claims of an organisation were looked at; nothing is ended where another change was announced since. */
export async function endSideChange(documents: Documents, id: OrganisationId, etag: string): Promise<void> {
  const stored = await documents.read<SideChangeBody>(SIDE_CHANGE, id);
  if (stored?.etag === etag) await documents.replace({ kind: SIDE_CHANGE, id, body: stored.body, keys: [] }, etag);
}

/** The state of an announced change, to be ended later. */
export async function announcedSideChange(documents: Documents, id: OrganisationId): Promise<string | undefined> {
  return (await documents.read<SideChangeBody>(SIDE_CHANGE, id))?.etag;
}
