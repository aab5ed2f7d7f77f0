/** People, organisations and journals of rights as the operators' cards show them, with a name that is given. */
import type { JournalEntry } from '../../../src/desk/directory/journal.ts';
import type { Organisation, Person } from '../../../src/desk/directory/people.ts';
import type { JournalFound, JournalSubject } from '../../../src/desk/queries/journals.ts';
import type { OrganisationId, PersonId } from '../../../src/domain/claims/values.ts';
import { CUSTOMER_TENANT, ELSEWHERE, MPN, PARTNER_TENANT } from '../../domain/claims/personas.ts';

export const PERSON = `${PARTNER_TENANT}/${ELSEWHERE}` as PersonId;

export const personNamed = (name: string, email = name): Person => ({
  id: PERSON,
  tenantId: PARTNER_TENANT,
  objectId: ELSEWHERE,
  name,
  email,
  staff: [],
  memberships: [],
  contactOf: [],
});

export const organisationNamed = (name: string, kind: Organisation['kind'] = 'partner'): Organisation => ({
  id: `${kind}:${kind === 'partner' ? PARTNER_TENANT : CUSTOMER_TENANT}` as OrganisationId,
  kind,
  name,
  tenantId: kind === 'partner' ? PARTNER_TENANT : CUSTOMER_TENANT,
  mpnIds: [MPN],
});

/** One of each kind that has a journal. */
export function journalSubjects(name: string): readonly JournalSubject[] {
  return [
    { kind: 'person', id: PERSON, name },
    { kind: 'organisation', id: `partner:${PARTNER_TENANT}`, name },
    { kind: 'organisation', id: `customer:${CUSTOMER_TENANT}`, name },
    { kind: 'channel', id: 'review', name: 'review' },
    { kind: 'channel', id: `mpn:${MPN}`, name: `mpn:${MPN}` },
  ];
}

const RIGHTS = ['name', 'email', 'staff', 'memberships', 'contactOf', 'reach', 'holder', 'place'];

/** Every right with each shape of value that it can have; also one that this version does not know, where given. */
function entriesWith(name: string, unknownRight?: string): readonly JournalEntry[] {
  const values = [null, true, name, PERSON, [name], { [`partner:${PARTNER_TENANT}`]: [name], [name]: [] }];
  return [...RIGHTS, ...(unknownRight === undefined ? [] : [unknownRight])].flatMap((what) =>
    values.map((to) => ({ at: 0, by: PERSON, what, from: name, to, previous: '', hash: '' }) as const),
  );
}

/** The journal of each subject, all changes of it about this name. */
export function journalFound(name: string, unknownRight?: string): readonly Extract<JournalFound, { kind: 'one' }>[] {
  const names = new Map([PERSON, `partner:${PARTNER_TENANT}`, `customer:${CUSTOMER_TENANT}`].map((id) => [id, name]));
  return journalSubjects(name).map(
    (subject) => ({ kind: 'one', subject, entries: entriesWith(name, unknownRight), names }) as const,
  );
}

/** The journal of a partner's administrator as operators read it in everyday life. */
export function everydayJournal(): Extract<JournalFound, { kind: 'one' }> {
  const partner = `partner:${PARTNER_TENANT}`;
  const change = { by: PERSON, previous: '', hash: '' } as const;
  const at = (day: number): number => Date.parse(`2021-05-0${day}T09:30:00-07:00`);
  return {
    kind: 'one',
    subject: { kind: 'person', id: PERSON, name: 'Petra Novak' },
    names: new Map([
      [PERSON, 'Olga Operator'],
      [partner, 'Contoso Consulting'],
    ]),
    entries: [
      { ...change, at: at(3), what: 'name', from: null, to: 'Petra Novak' },
      { ...change, at: at(4), what: 'memberships', from: null, to: { [partner]: ['incentivesAdmin'] } },
      { ...change, at: at(5), what: 'email', from: 'petra@contoso.example', to: 'petra.novak@contoso.example' },
    ],
  };
}
