/** The journal of rights of a person, organisation or channel, and the reading log of a claim (R55): for the vendor. */
import type { JournalEntry, RightValue } from '../../desk/directory/journal.ts';
import type { JournalFound, JournalSubject } from '../../desk/queries/journals.ts';
import type { ClaimReadings } from '../../desk/desk.ts';
import { PARTNER_ROLES, STAFF_ROLES } from '../../domain/claims/permission.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from '../text/format.ts';
import { formatTime } from '../text/format.ts';
import { idPart, roleName } from '../text/labels.ts';
import { button } from './buttons.ts';
import { pressData } from './claimForms.ts';
import type { Run, Section } from './elements.ts';
import { line, run, section } from './elements.ts';
import { truncateWithEllipsis } from './escape.ts';
import { pagesOf } from './historyCard.ts';
import { page as pageCard, sectionElements } from './page.ts';
import type { Card, Fill } from './templates.ts';

export type JournalOptions = Speech & { readonly page?: number };

const MAX_TITLE = 60;
const RIGHTS: Readonly<Record<string, SentenceKey>> = {
  staff: 'journal.right.staff',
  memberships: 'journal.right.memberships',
  contactOf: 'journal.right.contactOf',
  email: 'journal.right.email',
  reach: 'journal.right.reach',
  operatorByConfiguration: 'journal.right.operatorByConfiguration',
  name: 'journal.right.name',
  tenantId: 'journal.right.tenantId',
  mpnIds: 'journal.right.mpnIds',
  place: 'journal.right.place',
  holder: 'journal.right.holder',
};
const REACHES: Readonly<Record<string, SentenceKey>> = {
  reachable: 'journal.reach.reachable',
  blocked: 'journal.reach.blocked',
  disabledByAdmin: 'journal.reach.disabledByAdmin',
};

/** A journal, newest page first; the subjects to choose from; or that there is none. */
export function journalCard(fill: Fill, asked: string, found: JournalFound, options: JournalOptions): Card {
  const { language } = options;
  if (found.kind === 'one') return oneJournal(fill, found, options);
  const title = say(language, 'journal.heading');
  const subjects = found.kind === 'several' ? found.subjects : [];
  const text =
    found.kind === 'none'
      ? say(language, 'journal.unknown', { name: truncateWithEllipsis(asked, MAX_TITLE) })
      : say(language, found.more ? 'journal.severalAndMore' : 'journal.several');
  return pageCard(
    fill,
    {
      title,
      body: [
        fill('title', { title }),
        ...sectionElements(fill, [section('', { lines: [line(run(text))] })]),
        ...subjects.map((subject) => subjectRow(fill, subject, options)),
      ],
    },
    options,
  );
}

/** A row of its own for each: side by side on a phone their names would be cut to a letter. */
function subjectRow(fill: Fill, subject: JournalSubject, speech: Speech): Card {
  const data = { verb: 'journal', of: `${subject.kind} ${subject.id}` } as const;
  return fill('listRow', {
    lines: [line(run(subjectName(subject, speech)))],
    actions: [button(fill, { title: say(speech.language, 'button.show'), data })],
  });
}

function oneJournal(
  fill: Fill,
  { subject, entries, names }: Extract<JournalFound, { kind: 'one' }>,
  options: JournalOptions,
): Card {
  const { language } = options;
  // The name is one that people chose, and clients read a heading as markup.
  const whose = say(language, 'journal.title', { name: subjectName(subject, options) });
  const sections = entries.map((entry) => entrySection(entry, names, options));
  return paged(
    fill,
    { title: say(language, 'journal.heading'), about: [run(whose, 'bold')] },
    sections,
    options,
    (page) => ({
      verb: 'journal',
      of: `${subject.kind} ${subject.id}`,
      page,
    }),
  );
}

/** Who opened the documents of a claim, newest page first; a way back to the claim for those who see it. */
export function readingsCard(fill: Fill, { id, view, readings }: ClaimReadings, options: JournalOptions): Card {
  const { language, zone } = options;
  const title = say(language, 'readings.title', { claim: id });
  const sections = readings.map(({ at, person, document }) => ({
    ...section('', {
      lines: [
        line(
          run(person.name === '' ? idPart(person.id) : person.name, 'bold'),
          run(
            [...(person.name === '' ? [] : [idPart(person.id)]), formatTime(at, zone, language)].join(' · '),
            'subtle',
          ),
        ),
        { spacing: 'None' as const, runs: [run(document)] },
      ],
    }),
    separator: true,
  }));
  const back = view ? [button(fill, { title: say(language, 'button.back'), data: pressData('show', view) })] : [];
  const empty =
    readings.length === 0 ? [section('', { lines: [line(run(say(language, 'readings.none')))] })] : sections;
  return paged(
    fill,
    { title, about: [] },
    empty,
    options,
    (page) => ({ verb: 'readings', claim: id, ...(view && { version: view.claim.version }), page }),
    back,
  );
}

function paged(
  fill: Fill,
  { title, about }: { readonly title: string; readonly about: readonly Run[] },
  sections: readonly Section[],
  options: JournalOptions,
  data: (page: number) => Readonly<Record<string, unknown>>,
  more: readonly Card[] = [],
): Card {
  const { language } = options;
  const pages = pagesOf(sections);
  const page = Math.min(Math.max(options.page ?? 0, 0), pages.length - 1);
  const words = say(language, 'history.page', { page: pages.length - page, pages: pages.length });
  const pageButton = (to: number, key: 'button.older' | 'button.newer'): Card =>
    button(fill, { title: say(language, key), data: data(to) as never });
  return pageCard(
    fill,
    {
      title,
      body: [
        fill('title', { title }),
        ...sectionElements(
          fill,
          [...about, ...(pages.length > 1 ? [run(words, 'subtle')] : [])].map((one) =>
            section('', { lines: [line(one)] }),
          ),
        ),
        ...sectionElements(fill, pages[page] ?? []),
      ],
      actions: [
        ...(page < pages.length - 1 ? [pageButton(page + 1, 'button.older')] : []),
        ...(page > 0 ? [pageButton(page - 1, 'button.newer')] : []),
        ...more,
      ],
    },
    options,
  );
}

/** A name that a person chose is shown with a part of their id. */
function subjectName({ kind, id, name }: JournalSubject, { language }: Speech): string {
  const short = truncateWithEllipsis(name, MAX_TITLE);
  if (kind === 'person') return name === '' ? idPart(id) : `${short} (${idPart(id)})`;
  if (kind === 'channel')
    return name === 'review'
      ? say(language, 'journal.reviewChannel')
      : say(language, 'journal.channel', { mpnId: name.replace(/^mpn:/, '') });
  const what = say(language, id.startsWith('customer:') ? 'journal.customer' : 'journal.partner');
  return `${short} (${what} · ${id.slice(id.indexOf(':') + 1, id.indexOf(':') + 9)}…)`;
}

function entrySection(entry: JournalEntry, names: ReadonlyMap<string, string>, speech: Speech): Section {
  const { language, zone } = speech;
  const right = RIGHTS[entry.what];
  const value = (one: RightValue): string => valueWords(entry.what, one, names, speech);
  const { from, to } = entry;
  const isFound = JSON.stringify(from) === JSON.stringify(to);
  const change = isFound
    ? say(language, entry.what === 'email' ? 'journal.changed' : 'journal.found', { value: value(to) })
    : `${value(from)} → ${value(to)}`;
  return {
    ...section('', {
      lines: [
        line(
          run(actorName(entry.by, names, speech), 'bold'),
          run(`· ${formatTime(entry.at, zone, language)}`, 'subtle'),
        ),
        { spacing: 'None', runs: [run(`${right ? say(language, right) : entry.what}: ${change}`)] },
      ],
    }),
    separator: true,
  };
}

function actorName(by: string, names: ReadonlyMap<string, string>, { language }: Speech): string {
  if (by === 'directory' || by === 'configuration' || by === 'desk') return say(language, `journal.by.${by}`);
  const name = names.get(by) ?? '';
  return name === '' ? idPart(by) : `${truncateWithEllipsis(name, MAX_TITLE)} (${idPart(by)})`;
}

function valueWords(what: string, value: RightValue, names: ReadonlyMap<string, string>, speech: Speech): string {
  const { language } = speech;
  if (value === null || value === false) return say(language, 'journal.nothing');
  if (value === true) return say(language, 'journal.yes');
  if (typeof value === 'string') {
    const reach = what === 'reach' ? (REACHES[value] ?? 'journal.reach.gone') : undefined;
    if (reach) return say(language, reach);
    return value === 'given' ? say(language, 'journal.given') : (names.get(value) ?? value);
  }
  if (isList(value))
    return value.map((one) => (what === 'contactOf' ? tenantWords(one, names) : roleWords(one, speech))).join(', ');
  return Object.entries(value)
    .map(([id, roles]) => {
      const held =
        roles.length === 0 ? say(language, 'journal.readsOnly') : roles.map((one) => roleWords(one, speech)).join(', ');
      return `${truncateWithEllipsis(names.get(id) ?? id, MAX_TITLE)} (${held})`;
    })
    .join('; ');
}

/** A tenant by the name under which it is enrolled, if it is or was. */
function tenantWords(tenant: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(`customer:${tenant}`);
  return name === undefined ? tenant : `${truncateWithEllipsis(name, MAX_TITLE)} (${tenant.slice(0, 8)}…)`;
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function roleWords(word: string, speech: Speech): string {
  const role = [...STAFF_ROLES, ...PARTNER_ROLES].find((known) => known === word);
  return role ? roleName(role, speech) : word;
}
