/**
 * Every card that the desk can show, by name: one catalogue for the gallery, the conformance checks and the tests of
 * typed words. A card that is added to the desk has to be named here, or the tests do not compile.
 */
import type { EnrolmentKind } from '../../../src/desk/directory/operators.ts';
import type { ListName } from '../../../src/desk/queries/lists.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { Clocks } from '../../../src/domain/claims/clock.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import { append } from '../../../src/domain/claims/history.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { personalPaths, valueAt, withValues } from '../../../src/domain/claims/personal.ts';
import type { Language } from '../../../src/locales/say.ts';
import type { HelpOptions } from '../../../src/teams/cards/cardOptions.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import type { ShownList } from '../../../src/teams/cards/listCard.ts';
import type { Speech } from '../../../src/teams/text/format.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import { anna, ELSEWHERE, lena, MPN, SECOND_MPN } from '../../domain/claims/personas.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import { chaining, comment, DAY, disputed, HOUR, ID, MONDAY, underReview } from '../../domain/claims/scenario.ts';
import { entryOf, STORIES as WORDED } from '../wordingSamples.ts';
import { claimCards, claimWith, OWN_LINKS } from './claimCatalogue.ts';
import { cards, STORIES, ZONE } from './claimStories.ts';
import {
  everydayJournal,
  journalFound,
  journalSubjects,
  organisationNamed,
  PERSON,
  personNamed,
} from './directorySamples.ts';

/**
 * What a card is for, as far as it decides how large it may be: a claim's own card, a notice, rows of many claims, a
 * form that is open, or a text to be read.
 */
export type CardKind = 'claim' | 'notice' | 'list' | 'history' | 'form' | 'text';

/** In whose words a card is told. */
export interface Words {
  readonly language: Language;
  /** In place of everything that a person types or is called; without it everyday words. */
  readonly typed?: string;
  /** The claim holds as many documents and comments as it may. */
  readonly isCrowded?: boolean;
}

/** One card that differs from the others, and how to make it. */
export interface NamedCard {
  readonly name: string;
  readonly kind: CardKind;
  /** Whether the gallery shows it; the checks take all of them. */
  readonly inGallery: boolean;
  make(words: Words): Card;
}

const EVERYBODY = { partner: true, reviewer: true, customer: true, operator: true, playground: true } as const;
const ROLES = {
  everyone: EVERYBODY,
  'a partner': { ...EVERYBODY, reviewer: false, customer: false, operator: false, playground: false },
  'a reviewer': { ...EVERYBODY, partner: false, customer: false, operator: false, playground: false },
  'a customer': { ...EVERYBODY, partner: false, reviewer: false, operator: false, playground: false },
  'an operator': { ...EVERYBODY, partner: false, reviewer: false, customer: false, playground: false },
} as const satisfies Readonly<Record<string, Omit<HelpOptions, keyof Speech>>>;
const NOT_ENROLLED = { partner: false, reviewer: false, customer: false, operator: false, playground: false } as const;
const FORMS: readonly EnrolmentKind[] = ['partner', 'member', 'staff', 'customer', 'contact'];
const PROOF = { kinds: ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpg'], maxBytes: 25_000_000 };

const speech = ({ language }: Words): { readonly language: Language; readonly zone: string } => ({
  language,
  zone: ZONE,
});

/** The event with a text in each place where a person's words are, and in each name. */
export function eventWith(event: ClaimEvent, text: string): ClaimEvent {
  const words = personalPaths(event).filter((path) => typeof valueAt(event, path) === 'string');
  const typed = withValues(event, new Map(words.map((path) => [path, text])));
  switch (typed.type) {
    case 'AssessmentReported':
    case 'AssessmentCorrected':
      return { ...typed, programme: text, number: text };
    case 'PoeScanned':
      return { ...typed, threat: text };
    case 'FieldsEdited':
      return { ...typed, changes: { ...typed.changes, customerName: { from: text, to: text } } };
    default:
      return typed;
  }
}

const entriesOf = ({ events }: Story, { typed }: Words): readonly Entry[] =>
  typed === undefined
    ? append([], events, { recordedAt: MONDAY }, chaining())
    : events.map((event) => entryOf(eventWith(event, typed)));

/** Customers of one queue, and by how many days what is due there is later than in the story. */
const ROWS: readonly (readonly [customer: string, days: number])[] = [
  ['Proseware', -3],
  ['Contoso Pharmaceuticals and Life Sciences Research Institute', -1],
  ['Wide World Importers', 2],
  ['Graphic Design Institute', 3],
  ['Trey Research', 6],
  ['Northwind Traders', 9],
];

/** The claim as one row of several: of a customer of its own, and due on another day. */
function rowOf(claim: Claim, index: number, words: Words): Claim {
  const told = claimWith(claim, words);
  const [customerName, days] = ROWS[index % ROWS.length] ?? ['Adventure Works', 0];
  const clocks = Object.entries(told.clocks).map(([name, clock]) =>
    clock.state === 'running' ? [name, { ...clock, dueAt: clock.dueAt + days * DAY }] : [name, clock],
  );
  return {
    ...told,
    id: `CPOR-7F3K9${'QRSTVW'[index] ?? 'X'}` as ClaimId,
    fields: { ...told.fields, customerName: words.typed ?? customerName },
    clocks: Object.fromEntries(clocks) as Clocks,
  };
}

/** Several claims as one person lists them. */
function listOf(titles: readonly string[], words: Words, more: boolean, now: number): ShownList {
  const claims = titles.flatMap((title, index) => {
    const story = STORIES[title];
    return story ? [rowOf(story.claim, index, words)] : [];
  });
  return { views: claims.map((claim) => viewClaim(claim, { kind: 'person', member: lena }, now)), more };
}

const OPEN_REVIEWS = [
  'a submitted claim',
  'a claim under review',
  'a submitted claim that is overdue',
  'a claim whose partner has to act',
  'a disputed claim',
  'a claim approved after its dispute',
];
const named = (name: string, kind: CardKind, make: NamedCard['make'], inGallery = true): NamedCard => ({
  name,
  kind,
  inGallery,
  make,
});

function lists(): readonly NamedCard[] {
  const now = MONDAY + 7 * DAY + 2 * HOUR;
  const names: readonly ListName[] = ['claims', 'queue', 'mine', 'overdue'];
  const of =
    (name: ListName, titles: readonly string[], more = false) =>
    (words: Words): Card =>
      cards.list(name, listOf(titles, words, more, now), { ...speech(words), now });
  return [
    ...names.map((name) => named(`list “${name}”`, 'list', of(name, OPEN_REVIEWS), name !== 'mine')),
    named('list “queue” with more than it shows', 'list', of('queue', OPEN_REVIEWS, true)),
    ...names.map((name) => named(`list “${name}” with nothing in it`, 'list', of(name, []), name === 'queue')),
    ...WORDED.map((story, index) =>
      named(
        `list of story ${index + 1}`,
        'list',
        (words) =>
          cards.list(
            'queue',
            {
              views: [viewClaim(claimWith(story.claim, words), { kind: 'person', member: lena }, story.now)],
              more: true,
            },
            { ...speech(words), now: story.now },
          ),
        false,
      ),
    ),
  ];
}

function histories(): readonly NamedCard[] {
  const of =
    (story: Story, page?: number) =>
    (words: Words): Card =>
      cards.history(
        viewClaim(claimWith(story.claim, words), { kind: 'person', member: lena }, story.now),
        entriesOf(story, words),
        {
          ...speech(words),
          ...(page !== undefined && { page }),
        },
      );
  const long = Array.from({ length: 40 }, (_, index) => `This is comment number ${index + 1}.`).reduce(
    (before, text) => before.given(comment(anna, text)),
    underReview(),
  );
  return [
    named('history of a disputed claim', 'history', of(disputed())),
    named('history, newest page', 'history', of(long)),
    named('history, oldest page', 'history', of(long, 99), false),
    ...[...Object.entries(STORIES), ...WORDED.map((story, index) => [`story ${index + 1}`, story] as const)].flatMap(
      ([title, story]) =>
        [0, 1].map((page) => named(`history of ${title}, page ${page}`, 'history', of(story, page), false)),
    ),
  ];
}

function journals(): readonly NamedCard[] {
  const typedFound = (words: Words) => journalFound(words.typed ?? 'Contoso Consulting', words.typed);
  return [
    named('journal of a person', 'history', (words) => {
      const found = words.typed === undefined ? everydayJournal() : typedFound(words)[0];
      return cards.journal(words.typed ?? 'Petra', found ?? { kind: 'none' }, speech(words));
    }),
    ...[0, 1, 2, 3, 4].flatMap((subject) =>
      [0, 1, 2, 3].map((page) =>
        named(
          `journal of subject ${subject + 1}, page ${page}`,
          'history',
          (words) => {
            const found = typedFound(words)[subject];
            return cards.journal(words.typed ?? 'Contoso', found ?? { kind: 'none' }, { ...speech(words), page });
          },
          false,
        ),
      ),
    ),
    named('journal of one of several', 'list', (words) => {
      const subjects = journalSubjects(words.typed ?? 'Contoso Consulting');
      return cards.journal(words.typed ?? 'Contoso', { kind: 'several', subjects, more: true }, speech(words));
    }),
    named('journal of no one', 'text', (words) =>
      cards.journal(words.typed ?? 'Smith', { kind: 'none' }, speech(words)),
    ),
  ];
}

function readings(): readonly NamedCard[] {
  const view = (words: Words) =>
    viewClaim(claimWith(underReview().claim, words), { kind: 'person', member: lena }, MONDAY);
  const reading = ({ typed }: Words) => ({
    at: MONDAY,
    person: { id: PERSON, name: typed ?? 'Rafael Ortiz' },
    document: typed ?? 'Acceptance letter.pdf',
  });
  return [
    named('who opened the documents', 'history', (words) =>
      cards.readings({ id: ID, view: view(words), readings: [reading(words), reading(words)] }, speech(words)),
    ),
    named(
      'that no one opened the documents',
      'history',
      (words) => cards.readings({ id: ID, readings: [] }, speech(words)),
      false,
    ),
  ];
}

function greetings(): Readonly<Record<'help' | 'welcome', readonly NamedCard[]>> {
  const roles = Object.entries(ROLES);
  const who = ({ typed }: Words) => ({
    name: typed ?? 'Petra Novak',
    tenantId: typed ?? ELSEWHERE,
    objectId: typed ?? ELSEWHERE,
  });
  return {
    help: [
      ...roles.map(([role, rights]) =>
        named(
          `help for ${role}`,
          'text',
          (words) => cards.help({ ...speech(words), ...rights, proof: PROOF }),
          role !== 'everyone',
        ),
      ),
      named('help for a stranger', 'text', (words) => cards.help({ ...speech(words), ...NOT_ENROLLED }), false),
    ],
    welcome: [
      ...roles.map(([role, rights]) =>
        named(
          `welcome for ${role}`,
          'text',
          (words) => cards.welcome({ ...speech(words), ...rights, ...who(words), known: true, proof: PROOF }),
          role !== 'everyone',
        ),
      ),
      named('welcome for a stranger', 'text', (words) =>
        cards.welcome({ ...speech(words), ...NOT_ENROLLED, ...who(words), known: false }),
      ),
      named(
        'welcome without a name',
        'text',
        (words) => cards.welcome({ ...speech(words), ...EVERYBODY, ...who(words), name: '', known: true }),
        false,
      ),
    ],
  };
}

function enrolments(): Readonly<Record<'enrol' | 'confirmEnrolment' | 'enrolMenu', readonly NamedCard[]>> {
  const chosen = ({ typed }: Words) => ({
    people: [personNamed(typed ?? 'Petra Novak', typed ?? 'petra.novak@contoso.example')],
    organisations: [
      organisationNamed(typed ?? 'Contoso Consulting'),
      organisationNamed(typed ?? 'Adventure Works', 'customer'),
    ],
  });
  const filled = ({ typed }: Words) =>
    typed === undefined
      ? {}
      : Object.fromEntries(
          ['person', 'tenantId', 'objectId', 'name', 'email', 'organisation', 'mpnIds', 'roles'].map((name) => [
            name,
            typed,
          ]),
        );
  return {
    enrol: [
      ...FORMS.map((what) =>
        named(`enrolment of a ${what}`, 'form', (words) =>
          cards.enrol(what, {
            ...speech(words),
            ...chosen(words),
            filled: filled(words),
            ...(words.typed !== undefined && { note: { tone: 'attention', text: words.typed } }),
          }),
        ),
      ),
      named('refused enrolment of a partner', 'form', (words) =>
        cards.enrol('partner', {
          ...speech(words),
          ...chosen(words),
          filled: filled(words),
          note: { tone: 'attention', text: words.typed ?? 'Contoso Consulting' },
        }),
      ),
    ],
    confirmEnrolment: FORMS.map((what) =>
      named(
        `confirmation of an enrolment (${what})`,
        'text',
        (words) => {
          const { organisations } = chosen(words);
          const clocks = [{ claim: ID, clock: 'consent' }] as const;
          const asked = { organisations, clocks, confirmation: 'c', ok: false } as const;
          return cards.confirmEnrolment(
            what,
            { name: words.typed ?? 'Adventure Works', email: words.typed ?? '' },
            asked,
            speech(words),
          );
        },
        what === 'customer',
      ),
    ),
    enrolMenu: [
      named('menu of enrolments', 'text', (words) => cards.enrolMenu({ ...speech(words), ...chosen(words) })),
      named(
        'menu of enrolments with no one to choose',
        'text',
        (words) => cards.enrolMenu({ ...speech(words), people: [], organisations: [] }),
        false,
      ),
    ],
  };
}

function offers(): Readonly<Record<'commentOffer' | 'fileOffer' | 'newClaim', readonly NamedCard[]>> {
  const sentence = ({ typed }: Words) => typed ?? 'The signed letter is page 2 of the acceptance letter.';
  const claimsOf = (words: Words) =>
    Object.values(STORIES)
      .slice(3, 6)
      .map(({ claim }) => claimWith(claim, words));
  return {
    commentOffer: [
      named('offer of a comment on one claim', 'form', (words) =>
        cards.commentOffer(sentence(words), claimsOf(words).slice(0, 1), speech(words)),
      ),
      named('offer of a comment on one of several', 'form', (words) =>
        cards.commentOffer(sentence(words), claimsOf(words), speech(words)),
      ),
    ],
    fileOffer: [
      named('offer of files', 'form', ({ typed, ...words }) =>
        cards.fileOffer(
          {
            files: 'f',
            names: [typed ?? 'Acceptance letter.pdf', typed ?? 'screenshot.png'],
            why: typed ?? 'You have 3 open claims.',
            claims: claimsOf({ ...words, ...(typed !== undefined && { typed }) }),
          },
          speech(words),
        ),
      ),
    ],
    newClaim: [
      named('form of a new claim', 'form', (words) =>
        cards.newClaim({
          ...speech(words),
          form: 'f',
          mpnIds: [MPN, SECOND_MPN],
          filled: {
            partnerContactName: words.typed ?? 'Petra Novak',
            partnerContactEmail: words.typed ?? 'petra.novak@contoso.example',
            ...(words.typed !== undefined && { customerName: words.typed, mpnId: words.typed, kind: words.typed }),
          },
        }),
      ),
      named('refused form of a new claim', 'form', (words) =>
        cards.newClaim({
          ...speech(words),
          form: 'f',
          mpnIds: [MPN],
          filled: { customerName: words.typed ?? '' },
          note: { tone: 'attention', text: words.typed ?? 'Adventure Works' },
        }),
      ),
    ],
  };
}

const LINK = OWN_LINKS[0];
const NOTE = 'You can write to me in English, Russian or Turkish.';

/** The cards of the catalogue by what makes them. */
export const CATALOGUE_BY_CARD: { readonly [Name in keyof Cards]: readonly NamedCard[] } = {
  claim: claimCards(),
  ...offers(),
  list: lists(),
  history: histories(),
  journal: journals(),
  readings: readings(),
  ...greetings(),
  ...enrolments(),
  language: [named('choice of the language', 'text', (words) => cards.language(speech(words)))],
  moved: [
    named('claim that is elsewhere now', 'notice', (words) =>
      cards.moved(ID, { ...speech(words), to: 'elsewhere', link: LINK }),
    ),
    named(
      'claim that is elsewhere, without a link',
      'notice',
      (words) => cards.moved(ID, { ...speech(words), to: 'elsewhere' }),
      false,
    ),
    named('claim that is no longer shown', 'notice', (words) => cards.moved(ID, { ...speech(words), to: 'nowhere' })),
  ],
  message: (['good', 'attention', 'plain'] as const).map((tone) =>
    named(`message (${tone})`, 'text', (words) => cards.message(words.typed ?? NOTE, { ...speech(words), tone })),
  ),
};

/** All cards; those of the gallery are among them. */
export const CATALOGUE: readonly NamedCard[] = Object.values(CATALOGUE_BY_CARD).flat();
