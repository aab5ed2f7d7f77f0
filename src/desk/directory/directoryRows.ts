/** Rows of a directory file that are about the same organisation, person or channel: one row, or a contradiction. */
import { sameEmail } from '../../domain/claims/permission.ts';
import { cleanLine } from '../../domain/claims/text.ts';
import type { Form } from './enrolment.ts';
import { isGone, textsIn } from './enrolment.ts';

/** The lists of a directory. */
export const LISTS = ['partners', 'customers', 'members', 'staff', 'contacts', 'channels'] as const;
export type List = (typeof LISTS)[number];

/** One form, and the places of the file that it was read from: `members[0]`, or `members[0] and members[3]`. */
export interface Row {
  readonly name: string;
  readonly form: Form;
}
export type Directory = Readonly<Record<List, readonly Row[]>>;

/** How the values of one field in two rows about the same go together. */
interface FieldRule {
  readonly contradict: (one: unknown, other: unknown) => boolean;
  readonly merge: (one: unknown, other: unknown) => unknown;
}

interface ListRule {
  readonly noun: 'organisation' | 'person' | 'channel';
  /** What a row is about, whatever its spelling; undefined where it does not say. */
  readonly about: (form: Form) => string | undefined;
  readonly fields: Readonly<Record<string, FieldRule>>;
}

/** One text, where both have one. A text that is left out, or empty, says nothing. */
const text = (isSame: (one: string, other: string) => boolean): FieldRule => ({
  contradict: (one, other) => isGiven(one) && isGiven(other) && !isSame(String(one), String(other)),
  merge: (one, other) => (isGiven(one) ? one : other),
});
const oneText = text((one, other) => plain(one) === plain(other));
/** Both lists together. To have some and to have none are two things. */
const together: FieldRule = {
  contradict: (one, other) =>
    one !== undefined && other !== undefined && (textsIn(one)?.length === 0) !== (textsIn(other)?.length === 0),
  merge(one, other) {
    const [ours, theirs] = [textsIn(one), textsIn(other)];
    return ours && theirs ? [...new Set([...ours, ...theirs])] : ours ? other : one;
  },
};
const gone: FieldRule = {
  contradict: (one, other) => isGone({ gone: one }) !== isGone({ gone: other }),
  merge: (one) => one,
};
const stopsClocks: FieldRule = { contradict: () => false, merge: (one, other) => one === true || other === true };

const PERSON_FIELDS = { name: oneText, email: text(sameEmail), stopsClocks } as const;
const OF_TENANT = { noun: 'organisation', about: ({ tenantId }: Form) => id(tenantId) } as const;
const PLACE = { conversationId: oneText, serviceUrl: oneText, tenantId: oneText, botId: oneText } as const;

const RULES: Readonly<Record<List, ListRule>> = {
  partners: { ...OF_TENANT, fields: { name: oneText, mpnIds: together, gone, stopsClocks } },
  customers: { ...OF_TENANT, fields: { name: oneText, gone, stopsClocks } },
  members: {
    noun: 'person',
    about(form) {
      const [person, organisation] = [personIn(form), id(form['organisation'])];
      return person && organisation && `${person} in ${organisation}`;
    },
    fields: { ...PERSON_FIELDS, gone, roles: together },
  },
  staff: { noun: 'person', about: personIn, fields: { ...PERSON_FIELDS, roles: together } },
  contacts: { noun: 'person', about: personIn, fields: { ...PERSON_FIELDS, gone } },
  channels: { noun: 'channel', about: ({ purpose }) => id(purpose), fields: PLACE },
};

/**
 * The directory with one row for each organisation, member of an organisation, member of staff, contact and channel,
 * whatever the spelling of its ids, and with one spelling of each person's name and address. Otherwise a sentence
 * that names two rows which contradict each other; it quotes neither.
 */
export function mergeRows(directory: Directory): { readonly merged: Directory } | { readonly contradiction: string } {
  const persons = [...directory.members, ...directory.staff, ...directory.contacts].filter(({ form }) => !isGone(form));
  const contradiction =
    LISTS.map((list) => contradictionIn(directory[list], RULES[list])).find((found) => found !== undefined) ??
    sharedMpnIdIn(directory.partners) ??
    contradictionIn(persons, { noun: 'person', about: personIn, fields: PERSON_FIELDS });
  if (contradiction !== undefined) return { contradiction };
  const ofPerson = groups(persons, personIn);
  const spelled = (row: Row): Row => {
    if (isGone(row.form)) return row;
    const as = (field: 'name' | 'email'): object => {
      const values = ofPerson.get(personIn(row.form))?.map(({ form }) => form[field]);
      const first = isGiven(row.form[field]) ? values?.find(isGiven) : undefined;
      return first === undefined ? {} : { [field]: first };
    };
    return { ...row, form: { ...row.form, ...as('name'), ...as('email') } };
  };
  const { partners, customers, channels } = directory;
  return {
    merged: {
      partners: merged(partners, RULES.partners),
      customers: merged(customers, RULES.customers),
      members: merged(directory.members.map(spelled), RULES.members),
      staff: merged(directory.staff.map(spelled), RULES.staff),
      contacts: merged(directory.contacts.map(spelled), RULES.contacts),
      channels: merged(channels, RULES.channels),
    },
  };
}

function contradictionIn(rows: readonly Row[], { noun, about, fields }: ListRule): string | undefined {
  for (const [earlier, later] of pairs(rows, about)) {
    const wrong = Object.entries(fields)
      .filter(([field, rule]) => rule.contradict(earlier.form[field], later.form[field]))
      .map(([field]) => field);
    if (wrong.length > 0)
      return `${earlier.name} and ${later.name} are about the same ${noun} and contradict each other: ${wrong.join(', ')}`;
  }
  return undefined;
}

/** An MPN id is of one partner. */
function sharedMpnIdIn(partners: readonly Row[]): string | undefined {
  const holders = new Map<string, Row>();
  for (const row of partners) {
    for (const mpnId of textsIn(row.form['mpnIds']) ?? []) {
      const holder = holders.get(mpnId) ?? row;
      holders.set(mpnId, holder);
      if (holder !== row && !isAboutSame(RULES.partners.about, holder.form, row.form))
        return `${holder.name} and ${row.name} have the same MPN id and are two organisations`;
    }
  }
  return undefined;
}

/** Every two rows about the same, the earlier one first. */
function pairs(rows: readonly Row[], about: ListRule['about']): readonly (readonly [Row, Row])[] {
  return [...groups(rows, about).values()].flatMap((group) =>
    group.flatMap((later, index) => group.slice(0, index).map((earlier) => [earlier, later] as const)),
  );
}

/** One row of each group, in the order in which they begin. */
function merged(rows: readonly Row[], { about, fields }: ListRule): readonly Row[] {
  return [...groups(rows, about).values()].map((group) =>
    group.reduce((one, other) => ({
      name: `${one.name} and ${other.name}`,
      form: {
        ...other.form,
        ...one.form,
        ...Object.fromEntries(
          Object.entries(fields)
            .filter(([field]) => field in one.form || field in other.form)
            .map(([field, rule]) => [field, rule.merge(one.form[field], other.form[field])]),
        ),
      },
    })),
  );
}

/** Rows that do not say what they are about stay alone: they are refused as they are. */
function groups(rows: readonly Row[], about: ListRule['about']): ReadonlyMap<unknown, readonly Row[]> {
  return Map.groupBy(rows, (row) => about(row.form) ?? row);
}

function isAboutSame(about: ListRule['about'], one: Form, other: Form): boolean {
  const subject = about(one);
  return subject !== undefined && subject === about(other);
}

/** The id of the person whom a row is about, whatever its spelling; undefined where it does not say. */
export function personIn(form: Form): string | undefined {
  const { person } = form;
  const [tenantId, objectId] = (isGiven(person) ? person.split('/') : [form['tenantId'], form['objectId']]).map(
    (part) => id(part),
  );
  return tenantId && objectId && `${tenantId}/${objectId}`;
}

function id(value: unknown): string | undefined {
  return isGiven(value) ? value.replace(/\s+/g, '').toLowerCase() : undefined;
}

function isGiven(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function plain(value: string): string {
  return cleanLine(value).toLowerCase();
}
