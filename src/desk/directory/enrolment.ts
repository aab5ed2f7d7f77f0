/** The operator's work: organisations, people and their roles (R4). */
import type { OrganisationId, PersonId } from '../../domain/claims/values.ts';
import { isGuid, isMpnId, MAX_NAME } from '../../domain/claims/fields.ts';
import { isEmail } from '../../domain/internetNames.ts';
import type { PartnerRole, StaffRole } from '../../domain/claims/permission.ts';
import { PARTNER_ROLES, STAFF_ROLES } from '../../domain/claims/permission.ts';
import { cleanLine } from '../../domain/claims/text.ts';
import type { ShortTextProblem } from '../../domain/shortText.ts';
import { shortTextProblem } from '../../domain/shortText.ts';
import type { RightsActor } from './journal.ts';
import type { Organisation, People, Person } from './people.ts';
import { personId } from './people.ts';
import { contactKey } from '../records/waitKeys.ts';

/** A form as it was filled in: every value a text, or a list of texts. Nothing is trusted. */
export type Form = Readonly<Record<string, unknown>>;
/** The fields of a form that can be wrong. */
export type FormField = 'name' | 'tenantId' | 'mpnIds' | 'objectId' | 'email' | 'organisation' | 'roles';
/** What can be wrong with a field. */
export type FormProblem =
  | 'missing'
  | 'tooLong'
  | ShortTextProblem
  | 'notAnId'
  | 'notAnMpnId'
  | 'mpnIdTaken'
  | 'notAnEmail'
  | 'unknownOrganisation'
  | 'unknownRole'
  | 'notOfProgramme';

interface Problem {
  readonly field: FormField;
  readonly problem: FormProblem;
}

/** All that is wrong with a form; nothing was changed. */
export interface EnrolmentRefused {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

interface Enrolled {
  readonly ok: true;
  /** The keys under which claims may have parked notices that can be delivered now (R45). */
  readonly resumedKeys: readonly string[];
}

/** A person was enrolled or changed; `person` is how they are known now. */
export interface PersonEnrolled extends Enrolled {
  readonly person: Person;
  /** The name in the directory file would be refused; what the person is called in Teams was kept. */
  readonly keptName?: ShortTextProblem;
}

/** An organisation was enrolled or changed. */
export interface OrganisationEnrolled extends Enrolled {
  readonly organisation: Organisation;
}

/** What came of a form. */
export type EnrolmentResult = PersonEnrolled | OrganisationEnrolled | EnrolmentRefused;

/** What enrolment reads and writes of all that the desk knows of people. */
export type Register = Pick<
  People,
  | 'organisation'
  | 'organisationEver'
  | 'personOf'
  | 'holdersOfMpn'
  | 'isOfProgramme'
  | 'everOf'
  | 'saveOrganisation'
  | 'endOrganisation'
  | 'alter'
>;
const MAX_LISTED = 50;

/**
 * Each function refuses a form with all that is wrong with it, and then changes nothing. `by` is who asks for it, as
 * the journals of rights have it. A name or address that is stored already is not judged again: an earlier version may
 * have taken it, and a desk must start with the directory file that it ran with.
 */
export function createEnrolment(people: Register, by: RightsActor) {
  /**
   * A partner or customer organisation of a tenant. A partner has at least one MPN id, which no other partner has.
   * `gone` ends the enrolment, and that of all its people.
   */
  async function organisation(
    kind: Organisation['kind'],
    form: Form,
  ): Promise<OrganisationEnrolled | EnrolmentRefused> {
    if (isGone(form)) return end(kind, form);
    const found: Problem[] = [];
    const name = line(form['name'], 'name', found);
    const tenantId = guid(form['tenantId'], 'tenantId', found);
    const id = `${kind}:${tenantId}` as OrganisationId;
    const problems = isAboutText(found) ? unstored(found, { name }, await people.organisationEver(id)) : found;
    const mpnIds = kind === 'partner' ? await mpns(form['mpnIds'], id, problems) : [];
    if (problems.length > 0) return { ok: false, problems };
    const before = await people.organisation(id);
    const saved: Organisation = { id, kind, name, tenantId, mpnIds };
    await people.saveOrganisation(saved, by);
    if (!(await areTaken(mpnIds, id))) return { ok: true, organisation: saved, resumedKeys: [] };
    // Another operator enrolled another partner with one of these at the same time. Of two at least one looks after
    // both are written, and gives way.
    await people.saveOrganisation(before ?? { ...saved, mpnIds: [] }, by);
    return { ok: false, problems: [{ field: 'mpnIds', problem: 'mpnIdTaken' }] };
  }

  /** People first: where the desk dies in between, the same form ends the rest. */
  async function end(kind: Organisation['kind'], form: Form): Promise<OrganisationEnrolled | EnrolmentRefused> {
    const problems: Problem[] = [];
    const tenantId = guid(form['tenantId'], 'tenantId', problems);
    const known = await people.organisationEver(`${kind}:${tenantId}`);
    if (problems.length === 0 && !known) problems.push({ field: 'tenantId', problem: 'unknownOrganisation' });
    if (problems.length > 0 || !known) return { ok: false, problems };
    const { id } = known;
    const ever = await (kind === 'partner' ? people.everOf('ofPartner', id) : people.everOf('ofCustomer', tenantId));
    for (const one of ever) await people.alter(one.id, (person) => without(person, known), by);
    await people.endOrganisation(id, by);
    return { ok: true, organisation: known, resumedKeys: [] };
  }

  /** Whether another organisation has one of these MPN ids. */
  async function areTaken(mpnIds: readonly string[], by: OrganisationId): Promise<boolean> {
    const holders = await Promise.all(mpnIds.map((mpnId) => people.holdersOfMpn(mpnId)));
    return holders.flat().some((holder) => holder.id !== by);
  }

  /** With zeros in front an id looks like that of another; an organisation that has one keeps it. */
  async function mpns(value: unknown, id: OrganisationId, problems: Problem[]): Promise<readonly string[]> {
    const ids = textsIn(value);
    const beginsWithZero = (one: string): boolean => one.startsWith('0');
    const kept = ids?.some(beginsWithZero) ? ((await people.organisation(id))?.mpnIds ?? []) : [];
    const problem =
      ids?.length === 0
        ? 'missing'
        : !ids?.every((one) => isMpnId(one) && (!beginsWithZero(one) || kept.includes(one)))
          ? 'notAnMpnId'
          : ids.length > MAX_LISTED
            ? 'tooLong'
            : undefined;
    if (problem || !ids) {
      problems.push({ field: 'mpnIds', problem: problem ?? 'notAnMpnId' });
      return [];
    }
    if (await areTaken(ids, id)) problems.push({ field: 'mpnIds', problem: 'mpnIdTaken' });
    return ids;
  }

  /** A member of a partner organisation; with no role they may only read (R1); `gone` ends the membership. */
  async function member(form: Form): Promise<PersonEnrolled | EnrolmentRefused> {
    const problems: Problem[] = [];
    const who = await whoIn(form, problems);
    const roles = known<PartnerRole>(form['roles'], PARTNER_ROLES, problems);
    const partner = typeof form['organisation'] === 'string' ? await found(form['organisation'], form) : undefined;
    if (partner?.kind !== 'partner') problems.push({ field: 'organisation', problem: 'unknownOrganisation' });
    if (problems.length > 0 || !partner) return { ok: false, problems };
    return enrol(who, (known) => ({
      ...known,
      memberships: [
        ...known.memberships.filter((one) => one.organisation !== partner.id),
        ...(isGone(form) ? [] : [{ organisation: partner.id, roles }]),
      ],
    }));
  }

  /**
   * The vendor's people, of the programme's tenants (R5). The roles are all that the person has from now on; none takes
   * all away.
   */
  async function staff(form: Form): Promise<PersonEnrolled | EnrolmentRefused> {
    const problems: Problem[] = [];
    const who = await whoIn(form, problems);
    const roles = known<StaffRole>(form['roles'], STAFF_ROLES, problems);
    if (problems.length === 0 && roles.length > 0 && !people.isOfProgramme(who.tenantId))
      problems.push({ field: 'tenantId', problem: 'notOfProgramme' });
    if (problems.length > 0) return { ok: false, problems };
    return enrol(who, (known) => ({ ...known, staff: roles }));
  }

  /**
   * A contact of a customer organisation, who may deny consent for it (R3); `gone` ends that: no claim finds them any
   * more.
   */
  async function contact(form: Form): Promise<PersonEnrolled | EnrolmentRefused> {
    const problems: Problem[] = [];
    const who = await whoIn(form, problems);
    if (who.email === '' && !isGone(form)) problems.push({ field: 'email', problem: 'missing' });
    const customer = await found(`customer:${who.tenantId}`, form);
    if (!customer) problems.push({ field: 'tenantId', problem: 'unknownOrganisation' });
    if (problems.length > 0) return { ok: false, problems };
    return enrol(who, (known) =>
      isGone(form) ? { ...known, contactOf: [], email: '' } : { ...known, contactOf: [who.tenantId] },
    );
  }

  /** Who is meant, with what is wrong with it; nothing is, where only a name or an address is and that is stored. */
  async function whoIn(form: Form, problems: Problem[]): Promise<Who> {
    const found: Problem[] = [];
    const who = person(form, found);
    if (!isAboutText(found)) {
      problems.push(...found);
      return who;
    }
    // What a row is not needed for any more has only to say whom it takes away.
    if (isGone(form)) return { ...who, name: '', email: '' };
    const known = await people.personOf(who.id);
    const left = unstored(found, who, known);
    const keptName = left.find(({ field }) => field === 'name')?.problem;
    if (by !== 'directory' || left.length > 1 || !isShortTextProblem(keptName) || !isNamedByTeams(known)) {
      problems.push(...left);
      return who;
    }
    // The file's name was stored until the person wrote to the bot.
    return { ...who, name: '', keptName };
  }

  /** Who is taken away may have belonged to an organisation that was ended since. */
  function found(id: string, form: Form): Promise<Organisation | undefined> {
    return isGone(form) ? people.organisationEver(id) : people.organisation(id);
  }

  async function enrol(who: Who, alter: (person: Person) => Person): Promise<PersonEnrolled> {
    const person = await people.alter(
      who.id,
      (known) => alter({ ...known, name: who.name || known.name, email: who.email || known.email }),
      by,
    );
    return {
      ok: true,
      person,
      resumedKeys: [`person:${person.id}`, contactKey(person.tenantId, person.email)],
      ...(who.keptName && { keptName: who.keptName }),
    };
  }

  return { organisation, member, staff, contact };
}

/** A person who belongs to an organisation no more. */
function without(person: Person, { id, kind, tenantId }: Organisation): Person {
  if (kind === 'partner')
    return { ...person, memberships: person.memberships.filter(({ organisation }) => organisation !== id) };
  return person.contactOf.includes(tenantId)
    ? { ...person, contactOf: person.contactOf.filter((tenant) => tenant !== tenantId), email: '' }
    : person;
}

/** Whether a form takes an enrolment away: `true` in a file, `yes` on a card. */
export function isGone(form: Form): boolean {
  return form['gone'] === true || form['gone'] === 'yes';
}

interface Who {
  readonly id: PersonId;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  readonly keptName?: ShortTextProblem;
}

const isShortTextProblem = (problem: FormProblem | undefined): problem is ShortTextProblem =>
  problem === 'holdsAddress' || problem === 'notReadable';

/** Whether what is wrong is only how a name or an address is written, which earlier versions judged otherwise. */
function isAboutText(found: readonly Problem[]): boolean {
  return found.length > 0 && found.every(({ problem }) => isShortTextProblem(problem) || problem === 'notAnEmail');
}

/** What is wrong with texts that are not stored as they are. */
function unstored(
  found: readonly Problem[],
  given: { readonly name: string; readonly email?: string },
  stored: { readonly name: string; readonly email?: string } | undefined,
): Problem[] {
  const isStored = (field: 'name' | 'email'): boolean => Boolean(given[field]) && given[field] === stored?.[field];
  return found.filter(({ field }) => !((field === 'name' || field === 'email') && isStored(field)));
}

/** Whether a person is enrolled and called as Teams calls them, since they wrote to the bot. */
function isNamedByTeams({ seenAt, name, staff, memberships, contactOf }: Person): boolean {
  return seenAt !== undefined && name !== '' && staff.length + memberships.length + contactOf.length > 0;
}

/** Who is meant: `person` as chosen from those who wrote to the bot, or `tenantId` and `objectId` as typed. */
function person(form: Form, problems: Problem[]): Who {
  const [tenant, object] =
    typeof form['person'] === 'string' && form['person'] !== ''
      ? form['person'].split('/')
      : [form['tenantId'], form['objectId']];
  const tenantId = guid(tenant, 'tenantId', problems);
  const objectId = guid(object, 'objectId', problems);
  const chosen = form['person'] !== undefined && form['person'] !== '';
  const name = chosen && form['name'] === undefined ? '' : line(form['name'], 'name', problems, chosen);
  const given = form['email'] ?? '';
  const email = typeof given === 'string' ? cleanLine(given) : '';
  if (typeof given !== 'string' || (email !== '' && !isEmail(email)))
    problems.push({ field: 'email', problem: 'notAnEmail' });
  return { id: personId(tenantId, objectId), tenantId, name, email };
}

function line(value: unknown, field: FormField, problems: Problem[], mayBeEmpty = false): string {
  const typed = typeof value === 'string' ? value : '';
  const text = cleanLine(typed);
  const problem = shortTextProblem(typed);
  if (problem) problems.push({ field, problem });
  else if (text === '' && !mayBeEmpty) problems.push({ field, problem: 'missing' });
  if (text.length > MAX_NAME) problems.push({ field, problem: 'tooLong' });
  return text;
}

function guid(value: unknown, field: FormField, problems: Problem[]): string {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (text === '') problems.push({ field, problem: 'missing' });
  else if (!isGuid(text)) problems.push({ field, problem: 'notAnId' });
  return text;
}

/**
 * A list of texts, each once: a real list, or one text with commas or spaces between; undefined where something else is
 * in it.
 */
export function textsIn(value: unknown): readonly string[] | undefined {
  const items: unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/[\s,;]+/)
      : value === undefined || value === null
        ? []
        : [value];
  const texts = items.filter((item): item is string => typeof item === 'string');
  return texts.length === items.length
    ? [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
    : undefined;
}

function known<Role extends string>(value: unknown, roles: readonly Role[], problems: Problem[]): readonly Role[] {
  const asked = textsIn(value);
  if (!asked?.every((role) => roles.some((one) => one === role)))
    problems.push({ field: 'roles', problem: 'unknownRole' });
  return roles.filter((role) => asked?.includes(role));
}
