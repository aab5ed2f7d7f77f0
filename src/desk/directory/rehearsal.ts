/** A register in memory on top of the real one: what forms would do is known before anything is written. */
import type { PersonId } from '../../domain/claims/values.ts';
import type { Register } from './enrolment.ts';
import type { Organisation, Person } from './people.ts';
import type { PersonChange } from './sideChanges.ts';

/** A register that writes nothing, and what would have been written. */
export interface Rehearsal {
  readonly register: Register;
  /** Every person whom the forms would have changed, or touched. */
  changes(): readonly PersonChange[];
}

/** Reads from `people`, and writes nothing there. */
export function createRehearsal(people: Register): Rehearsal {
  /** Of each that was enrolled or ended, how it would be then. */
  const organisations = new Map<string, Organisation | undefined>();
  const persons = new Map<PersonId, { before: Person; after: Person }>();
  return {
    changes: () => [...persons.values()],
    register: {
      organisation: async (id) => (organisations.has(id) ? organisations.get(id) : people.organisation(id)),
      organisationEver: (id) => people.organisationEver(id),
      personOf: async (id) => persons.get(id)?.after ?? people.personOf(id),
      isOfProgramme: (tenantId) => people.isOfProgramme(tenantId),
      async holdersOfMpn(mpnId) {
        const rehearsed = [...organisations.values()].flatMap((one) => (one?.mpnIds.includes(mpnId) ? [one] : []));
        const stored = await people.holdersOfMpn(mpnId);
        return [...rehearsed, ...stored.filter((one) => !organisations.has(one.id))];
      },
      async saveOrganisation(saved) {
        organisations.set(saved.id, saved);
      },
      async endOrganisation(id) {
        organisations.set(id, undefined);
      },
      everOf: (key, value) => people.everOf(key, value),
      async alter(id, alter) {
        const before = persons.get(id)?.before ?? (await people.personOf(id));
        const after = alter(persons.get(id)?.after ?? before);
        persons.set(id, { before, after });
        return after;
      },
    },
  };
}
