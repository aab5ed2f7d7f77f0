/** The directory file: organisations, people and channels that the desk knows from its start (R4). */
import { DeskError } from '../../domain/deskError.ts';
import type { OrganisationId } from '../../domain/claims/values.ts';
import type { Log } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { isGuid, isMpnId } from '../../domain/claims/fields.ts';
import type { Directory, List, Row } from './directoryRows.ts';
import { LISTS, mergeRows, personIn } from './directoryRows.ts';
import type { EnrolmentResult, Form, FormProblem, Register } from './enrolment.ts';
import { createEnrolment, isGone } from './enrolment.ts';
import type { Channel, People, Place } from './people.ts';
import { channelSet, holderIn } from './people.ts';
import { createRehearsal } from './rehearsal.ts';
import type { SideChangePorts } from './sideChanges.ts';
import { announceSideChange, sidesChangedBy } from './sideChanges.ts';
import type { StoppedSide } from './stoppedClocks.ts';
import { stoppedBy } from './stoppedClocks.ts';

/** A directory file with a mistake; the message says where. Nothing of it was imported. */
export class DirectoryError extends DeskError<'directory.unreadable' | 'directory.invalid'> {}

/** What an import needs of the outside. */
export type ImportPorts = SideChangePorts & Pick<World, 'log'>;

/** What an import brought about. */
export interface Imported {
  /** The keys under which claims may have parked notices that can be delivered now (R45). */
  readonly resumedKeys: readonly string[];
  /** The organisations whose claims are to be looked at, because who can act for them has changed. */
  readonly sides: readonly OrganisationId[];
}

/** How many clocks the refusal of a row names. */
const MAX_NAMED = 10;

/**
 * Imports a directory: `{ partners, customers, members, staff, contacts, channels }`, each a list of the forms that
 * operators fill in; a member's organisation is named by its tenant (`organisationTenantId`), a channel is its
 * `purpose` and where it is. What the file names is as it says from then on, what it does not name stays; so it may be
 * imported again and again. Rows about the same are one, or are refused, see {@link mergeRows}. Throws a
 * DirectoryError that names the list, the index and the field, before anything is written. A row that takes away the
 * last who could act on running clocks is wrong too, unless it says `"stopsClocks": true` itself: a file cannot be
 * asked whether that is meant (R45).
 */
export async function importDirectory(ports: ImportPorts, people: People, directory: unknown): Promise<Imported> {
  const rows = mergeRows(listsOf(directory));
  if ('contradiction' in rows) throw new DirectoryError('directory.invalid', rows.contradiction);
  const lists = rows.merged;
  const channels = lists.channels.map(channelOf);
  const rehearsal = createRehearsal(people);
  await enrolAll(rehearsal.register, lists);
  await refuseSharedChannels(people, rehearsal.register, channels);
  refuseStoppedClocks(lists, await stoppedBy(ports, people, rehearsal.changes()));
  const sides = [...new Set(rehearsal.changes().flatMap(sidesChangedBy))];
  await announceSideChange(ports, sides);
  const resumedKeys = await enrolAll(people, lists, ports.log);
  for (const { purpose, place } of channels) {
    const holder = await people.holderOf(purpose);
    await people.alterChannel(
      purpose,
      (known) => (known && isAsSaid(known, place, holder) ? known : channelSet(known, purpose, place, holder)),
      'directory',
    );
    resumedKeys.push(`channel:${purpose}`);
  }
  return { resumedKeys: [...new Set(resumedKeys)], sides };
}

/** A row that stops clocks has to say so itself; the first that does not is named, with what it would stop. */
function refuseStoppedClocks(
  { partners, customers, members, contacts }: Directory,
  stopped: readonly StoppedSide[],
): void {
  const ending = (kind: 'partner' | 'customer', rows: readonly Row[]) =>
    rows
      .filter(({ form }) => isGone(form))
      .map((row) => ({
        ...row,
        isMeant: (side: StoppedSide) => side.organisation === `${kind}:${textIn(row.form['tenantId'])}`,
      }));
  const persons = [...members, ...contacts].map((row) => ({
    ...row,
    isMeant: (side: StoppedSide) => side.persons.some((person) => person === personIn(row.form)),
  }));
  for (const { name, form, isMeant } of [
    ...ending('partner', partners),
    ...ending('customer', customers),
    ...persons,
  ]) {
    const clocks = stopped.filter(isMeant).flatMap((side) => side.clocks);
    if (clocks.length === 0 || form['stopsClocks'] === true) continue;
    const named = clocks.slice(0, MAX_NAMED).map(({ claim, clock }) => `${clock} of ${claim}`);
    const more = clocks.length > MAX_NAMED ? ` and ${clocks.length - MAX_NAMED} more` : '';
    throw new DirectoryError(
      'directory.invalid',
      `${name} takes away the last who can act, which would stop ${named.join(', ')}${more}; ` +
        'enrol another before it, or add "stopsClocks": true to the row',
    );
  }
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

function listsOf(directory: unknown): Directory {
  if (!isForm(directory)) throw new DirectoryError('directory.invalid', 'the directory is not a JSON object');
  const strange = Object.keys(directory).find((name) => !LISTS.some((list) => list === name));
  if (strange !== undefined)
    throw new DirectoryError(
      'directory.invalid',
      `the directory has no list ${JSON.stringify(strange)}; its lists are ${LISTS.join(', ')}`,
    );
  return Object.fromEntries(LISTS.map((name) => [name, listOf(name, directory[name] ?? [])])) as Directory;
}

function listOf(list: List, forms: unknown): readonly Row[] {
  if (!Array.isArray(forms)) throw new DirectoryError('directory.invalid', `${list} is not a list`);
  return forms.map((form: unknown, index) => {
    const name = `${list}[${index}]`;
    if (!isForm(form)) throw new DirectoryError('directory.invalid', `${name} is not a JSON object`);
    return { name, form: list === 'members' ? memberForm(form) : form };
  });
}

function isForm(value: unknown): value is Form {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

async function enrolAll(
  register: Register,
  { partners, customers, members, staff, contacts }: Directory,
  log?: Log,
): Promise<string[]> {
  const enrol = createEnrolment(register, 'directory');
  const steps: readonly [readonly Row[], (form: Form) => Promise<EnrolmentResult>][] = [
    [partners, (form) => enrol.organisation('partner', form)],
    [customers, (form) => enrol.organisation('customer', form)],
    [members, enrol.member],
    [staff, enrol.staff],
    [contacts, enrol.contact],
  ];
  const resumedKeys: string[] = [];
  for (const [rows, step] of steps) {
    for (const { name, form } of rows) {
      const enrolled = await step(form);
      if (!enrolled.ok)
        throw new DirectoryError(
          'directory.invalid',
          `${name}: ${enrolled.problems.map(({ field, problem }) => `${field} ${EXPLAINED[problem] ?? problem}`).join(', ')}`,
        );
      if (log && 'keptName' in enrolled)
        log.warn(
          { row: name, problem: enrolled.keptName },
          'Kept the name of a person; that of the directory file is refused',
        );
      resumedKeys.push(...enrolled.resumedKeys);
    }
  }
  return resumedKeys;
}

/** What the word for a problem does not say by itself. */
const EXPLAINED: Readonly<Partial<Record<FormProblem, string>>> = {
  holdsAddress: 'holdsAddress: a name has no web or e-mail address, link or HTML',
  notReadable: 'notReadable: it has invisible or control characters',
  notOfProgramme: 'notOfProgramme: staff are people of the tenants in PROGRAMME_TENANTS',
};

/** In a file a member's organisation is named by its tenant. */
function memberForm(form: Form): Form {
  const tenantId = form['organisationTenantId'];
  return typeof tenantId === 'string' ? { ...form, organisation: `partner:${tenantId.trim().toLowerCase()}` } : form;
}

/** A channel of the file, and the places of the file that name it. */
interface NamedChannel {
  readonly name: string;
  readonly purpose: string;
  readonly place: Place;
}

function channelOf({ name, form }: Row): NamedChannel {
  const text = (field: string, isGood: (value: string) => boolean, what: string): string => {
    const given = form[field];
    const value = typeof given === 'string' ? given.trim() : '';
    if (isGood(value)) return value;
    throw new DirectoryError('directory.invalid', `${name}: ${field} ${JSON.stringify(given)} is not ${what}`);
  };
  return {
    name,
    purpose: text(
      'purpose',
      (value) => /^review$/i.test(value) || (/^mpn:/i.test(value) && isMpnId(value.slice(4))),
      '"review" or "mpn:<MPN id>"',
    ).toLowerCase(),
    place: {
      conversationId: text('conversationId', (value) => value !== '', 'the id of a channel'),
      serviceUrl: text('serviceUrl', (value) => /^https?:/.test(value) && URL.canParse(value), 'an http address'),
      tenantId: text('tenantId', (value) => isGuid(value.toLowerCase()), 'the id of a tenant').toLowerCase(),
      botId: text('botId', (value) => value !== '', 'the id of the bot'),
    },
  };
}

/**
 * Reviewers and partners never share a channel (R6), neither by the file alone nor together with what is set already.
 */
async function refuseSharedChannels(
  people: People,
  register: Register,
  channels: readonly NamedChannel[],
): Promise<void> {
  for (const { name, purpose, place } of channels) {
    const kept = (await people.channelsAt(place.conversationId)).filter(
      (one) => !channels.some((other) => other.purpose === one.purpose),
    );
    const named = channels
      .filter((other) => other.place.conversationId === place.conversationId)
      .map((one) => one.purpose);
    const readers = new Set(
      await Promise.all([
        ...kept.map(async (one) => one.holder ?? holderIn(register, one.purpose)),
        ...named.map((one) => holderIn(register, one)),
      ]),
    );
    if (readers.size <= 1) continue;
    const others = [...kept.map((one) => one.purpose), ...named].filter((one) => one !== purpose).join(', ');
    throw new DirectoryError(
      'directory.invalid',
      `${name}: ${purpose} would share its channel with ${others}, which others read`,
    );
  }
}

/**
 * Whether a channel is as the file has it. Nor is one set again that lost its purpose when the MPN id went to another
 * organisation, by the very row that set it for the one before.
 */
function isAsSaid(known: Channel, place: Place, holder: string): boolean {
  const isOfAnother = known.holder !== undefined && known.holder !== holder;
  return samePlace(known.place, place) && (isOfAnother || known.unset === undefined);
}

function samePlace(one: Place, other: Place): boolean {
  return (
    one.conversationId === other.conversationId &&
    one.serviceUrl === other.serviceUrl &&
    one.tenantId === other.tenantId &&
    one.botId === other.botId
  );
}
