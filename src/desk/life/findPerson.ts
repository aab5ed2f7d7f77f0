/** Which person an operator means: by id, by e-mail address, or by name. */
import { isGuid } from '../../domain/claims/fields.ts';
import { sameEmail } from '../../domain/claims/permission.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { Person } from '../directory/people.ts';
import { personId, unknownPerson } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import { scanAll } from '../records/scanAll.ts';
import { isKnownSchema } from '../records/schemaVersion.ts';

/** The id of a person, if the text is one in any case: two GUIDs with a slash between. */
export function parsePersonId(text: string): PersonId | undefined {
  const parts = text.trim().split('/');
  const [tenantId = '', objectId = ''] = parts.map((part) => part.toLowerCase());
  return parts.length === 2 && isGuid(tenantId) && isGuid(objectId) ? personId(tenantId, objectId) : undefined;
}

/**
 * The persons whom a text may mean. An id means one person, also one whom the directory does not know: claims may name
 * them. An address and a name mean all who have it, in any case.
 */
export async function findPersons({ documents }: Pick<World, 'documents'>, text: string): Promise<readonly Person[]> {
  const id = parsePersonId(text);
  const found: Person[] = [];
  for await (const { body } of scanAll<Person>(documents, 'person')) {
    if (!isKnownSchema('person', body)) continue;
    if (id === undefined ? isCalled(body, text) : body.id === id) found.push(body);
  }
  return id !== undefined && found.length === 0 ? [unknownPerson(id)] : found;
}

function isCalled({ name, email }: Person, text: string): boolean {
  const wanted = plain(text);
  return wanted !== '' && (plain(name) === wanted || (email !== '' && sameEmail(email, text)));
}

function plain(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
