/** What operators and owners read: who got which right when (R55), and who opened the documents of a claim. */
import { isGuid, isMpnId } from '../../domain/claims/fields.ts';
import type { Member } from '../../domain/claims/permission.ts';
import { isOperator, sameEmail } from '../../domain/claims/permission.ts';
import type { JournalEntry } from '../directory/journal.ts';
import type { JournaledKind, Organisation, People, Person } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import { isKnownSchema } from '../records/schemaVersion.ts';

/** Whose journal it is. */
export interface JournalSubject {
  readonly kind: JournaledKind;
  readonly id: string;
  /** The name of a person or organisation; of a channel its purpose. A person chose theirs. */
  readonly name: string;
}

/** Whose journal is asked for: by a name, an e-mail address, an id or an MPN id as typed; or chosen. */
export type JournalAsked = { readonly name: string } | Pick<JournalSubject, 'kind' | 'id'>;

/** The journal asked for, or what the name may mean. */
export type JournalFound =
  | {
      readonly kind: 'one';
      readonly subject: JournalSubject;
      /** Oldest first. */
      readonly entries: readonly JournalEntry[];
      /** The names of the people and organisations in the entries, by their ids. */
      readonly names: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'several'; readonly subjects: readonly JournalSubject[]; readonly more: boolean }
  | { readonly kind: 'none' };

/** What reading journals needs of the outside. */
export type JournalQueryPorts = Pick<World, 'documents'>;

const MAX_CHOICES = 10;
const PAGE = 200;

/** A journal for a person; undefined where it is not for them: journals are for operators and owners. */
export async function journalFor(
  ports: JournalQueryPorts,
  people: People,
  member: Member,
  asked: JournalAsked,
): Promise<JournalFound | undefined> {
  if (!isOperator(member) && !member.staff.includes('owner')) return undefined;
  const subjects =
    'name' in asked ? await subjectsNamed(ports, people, asked.name.trim()) : [await known(people, asked)];
  const found = subjects.flatMap((subject) => subject ?? []);
  const [only, second] = found;
  if (!only) return { kind: 'none' };
  if (second) return { kind: 'several', subjects: found.slice(0, MAX_CHOICES), more: found.length > MAX_CHOICES };
  const entries = await people.journalOf(only.kind, only.id);
  return { kind: 'one', subject: only, entries, names: await namesIn(people, entries) };
}

async function known(
  people: People,
  { kind, id }: Pick<JournalSubject, 'kind' | 'id'>,
): Promise<JournalSubject | undefined> {
  if (kind === 'channel')
    return (await people.journalOf('channel', id)).length > 0 ? { kind, id, name: id } : undefined;
  const found = kind === 'person' ? await people.find(id) : await people.organisationEver(id);
  return found && { kind, id, name: found.name };
}

async function subjectsNamed(
  ports: JournalQueryPorts,
  people: People,
  name: string,
): Promise<readonly (JournalSubject | undefined)[]> {
  const id = name.toLowerCase();
  if (id === '') return [];
  if (isMpnId(id))
    return [
      ...(await people.everWithMpn(id)).map((one) => organisationSubject(one)),
      await known(people, { kind: 'channel', id: `mpn:${id}` }),
    ];
  if (id === 'review' || id.startsWith('mpn:')) return [await known(people, { kind: 'channel', id })];
  if (isGuid(id))
    return [
      await known(people, { kind: 'organisation', id: `partner:${id}` }),
      await known(people, { kind: 'organisation', id: `customer:${id}` }),
      ...(await scanned<Person>(ports, 'person', (person) => person.objectId === id)).map(personSubject),
    ];
  if (id.includes('/')) return [await known(people, { kind: 'person', id })];
  if (id.startsWith('partner:') || id.startsWith('customer:'))
    return [await known(people, { kind: 'organisation', id })];
  const isMeant = (one: { readonly name: string; readonly email?: string }): boolean =>
    one.name.toLowerCase().includes(id) || (one.email !== undefined && sameEmail(one.email, id));
  return [
    ...(await scanned<Organisation>(ports, 'organisation', isMeant)).map((one) => organisationSubject(one)),
    ...(await scanned<Person>(ports, 'person', isMeant)).map(personSubject),
  ];
}

/** Reads all of a kind, as names are no keys; ends once there are more than can be chosen from. */
async function scanned<Body extends object>(
  { documents }: JournalQueryPorts,
  kind: JournaledKind,
  isMeant: (body: Body) => boolean,
): Promise<readonly Body[]> {
  const found: Body[] = [];
  for (let after: string | undefined, more = true; more && found.length <= MAX_CHOICES; more = after !== undefined) {
    const page = await documents.scan<Body>({ kind, limit: PAGE, ...(after !== undefined && { after }) });
    found.push(...page.documents.map(({ body }) => body).filter((body) => isKnownSchema(kind, body) && isMeant(body)));
    after = page.next;
  }
  return found;
}

function organisationSubject({ id, name }: Organisation): JournalSubject {
  return { kind: 'organisation', id, name };
}

function personSubject({ id, name }: Person): JournalSubject {
  return { kind: 'person', id, name };
}

async function namesIn(people: People, entries: readonly JournalEntry[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const ids = entries.flatMap(({ by, what, from, to }) => [
    by,
    ...[from, to].flatMap((value) => (what === 'contactOf' ? customersIn(value) : idsIn(value))),
  ]);
  for (const id of new Set(ids)) {
    const found = id.includes('/')
      ? await people.find(id)
      : /^(?:partner|customer):/.test(id)
        ? await people.organisationEver(id)
        : undefined;
    if (found) names.set(id, found.name);
  }
  return names;
}

/** The organisations of the tenants whose contact a person is. */
function customersIn(value: JournalEntry['from']): readonly string[] {
  return Array.isArray(value) ? value.map((tenant: string) => `customer:${tenant}`) : [];
}

function idsIn(value: JournalEntry['from']): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.keys(value);
}
