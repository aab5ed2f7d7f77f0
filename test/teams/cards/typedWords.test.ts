/** What people typed, on every card and in every line: never a link, a mention, a heading or an expression. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { JournalEntry } from '../../../src/desk/directory/journal.ts';
import type { Organisation, Person } from '../../../src/desk/directory/people.ts';
import type { JournalSubject } from '../../../src/desk/queries/journals.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { ClaimEvent } from '../../../src/domain/claims/events.ts';
import type { Member } from '../../../src/domain/claims/permission.ts';
import { personalPaths, valueAt, withValues } from '../../../src/domain/claims/personal.ts';
import type { OrganisationId, PersonId } from '../../../src/domain/claims/values.ts';
import type { EnrolmentKind } from '../../../src/desk/directory/operators.ts';
import type { Language } from '../../../src/locales/say.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Cards } from '../../../src/teams/cards/cards.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import { textActivity } from '../../../src/teams/sending/messenger.ts';
import { announcementText } from '../../../src/teams/text/announcements.ts';
import { lineOf } from '../../../src/teams/text/notifications.ts';
import { anna, CUSTOMER_TENANT, dana, ELSEWHERE, lena, MPN, PARTNER_TENANT } from '../../domain/claims/personas.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import { ID } from '../../domain/claims/scenario.ts';
import { AUDIENCES, entryOf, EVENT_SAMPLES, STORIES as WORDED } from '../wordingSamples.ts';
import { partsOf, partsOfType, wordsOn } from './cardReader.ts';
import { cards, CHOICES, STORIES, withTyped, ZONE } from './claimStories.ts';

const PIECES = [
  'https://evil.example/x',
  'www.evil.example',
  'evil.example/x',
  'a@evil.example',
  '[evil](https://evil.example)',
  '![evil](https://evil.example/p.png)',
  '<at>evil</at>',
  '<a href="https://evil.example">evil</a>',
  '# evil',
  '**evil**',
  '\n---\nevil',
  '${evil}',
  '{{DATE(evil,SHORT)}}',
  '&lt;at&gt;evil',
  '\u202eevil',
  '"}],"actions":[{"type":"Action.OpenUrl","url":"https://evil.example"}]',
];
const LINKS = new Set(['https://desk.example/own/1', 'https://desk.example/own/2']);
/** Where clients read text as it is. */
const PLAIN = ['TextRun', 'Input.Text'];
const FORMS: readonly EnrolmentKind[] = ['partner', 'member', 'staff', 'customer', 'contact'];
const PERSON = `${PARTNER_TENANT}/${ELSEWHERE}` as PersonId;

/** What one card is made of. */
interface Given {
  readonly story: Story;
  readonly member: Member;
  readonly language: Language;
  readonly text: string;
}

const typedText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(' '));
const given: fc.Arbitrary<Given> = fc.record({
  story: fc.constantFrom(...Object.values(STORIES), ...WORDED),
  member: fc.constantFrom(anna, lena, dana),
  language: fc.constantFrom(...LANGUAGES),
  text: typedText,
});

/** The event with a text in each place where a person's words are, and in each name. */
function eventWith(event: ClaimEvent, text: string): ClaimEvent {
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

const person = (text: string): Person => ({
  id: PERSON,
  tenantId: PARTNER_TENANT,
  objectId: ELSEWHERE,
  name: text,
  email: text,
  staff: [],
  memberships: [],
  contactOf: [],
});
const organisation = (text: string): Organisation => ({
  id: `partner:${PARTNER_TENANT}` as OrganisationId,
  kind: 'partner',
  name: text,
  tenantId: PARTNER_TENANT,
  mpnIds: [MPN],
});

function subjects(text: string): readonly JournalSubject[] {
  return [
    { kind: 'person', id: PERSON, name: text },
    { kind: 'organisation', id: `partner:${PARTNER_TENANT}`, name: text },
    { kind: 'organisation', id: `customer:${CUSTOMER_TENANT}`, name: text },
    { kind: 'channel', id: 'review', name: 'review' },
    { kind: 'channel', id: `mpn:${MPN}`, name: `mpn:${MPN}` },
  ];
}

function journalled(text: string): readonly JournalEntry[] {
  const rights = ['name', 'email', 'staff', 'memberships', 'contactOf', 'reach', 'holder', 'place', text];
  const values = [null, true, text, PERSON, [text], { [`partner:${PARTNER_TENANT}`]: [text], [text]: [] }];
  return rights.flatMap((what) =>
    values.map((to) => ({ at: 0, by: PERSON, what, from: text, to, previous: '', hash: '' }) as const),
  );
}

/** Each card with a text wherever a person's words can be. A card that is added to the desk has to be named here. */
const MADE: { readonly [Name in keyof Cards]: (given: Given) => readonly Card[] } = {
  claim({ story, member, language, text }) {
    const terms = { name: text, until: story.now, sessionMinutes: 10 };
    const view = viewClaim(withTyped(story.claim, text), { kind: 'person', member }, story.now);
    return (['personal', 'channel'] as const).map((place) =>
      cards.claim(view, {
        ...speech(language),
        now: story.now,
        place,
        ...CHOICES,
        reviewers: [{ id: lena.id, name: text }],
        documents: { ...terms, files: [{ name: text, size: 1, link: 'https://desk.example/own/1' }] },
        uploadLink: { ...terms, url: 'https://desk.example/own/2' },
        note: { tone: 'plain', text },
      }),
    );
  },
  newClaim: ({ language, text }) => [
    cards.newClaim({
      ...speech(language),
      form: 'f',
      mpnIds: [MPN],
      filled: { customerName: text, partnerContactName: text, partnerContactEmail: text, mpnId: text, kind: text },
      note: { tone: 'attention', text },
    }),
  ],
  list: ({ story, member, language, text }) => {
    const views = [viewClaim(withTyped(story.claim, text), { kind: 'person', member }, story.now)];
    return [cards.list('queue', { views, more: true }, { ...speech(language), now: story.now })];
  },
  history({ story, member, language, text }) {
    const view = viewClaim(withTyped(story.claim, text), { kind: 'person', member }, story.now);
    const entries = story.events.map((event) => entryOf(eventWith(event, text)));
    return [0, 1, 2].map((page) => cards.history(view, entries, { ...speech(language), page }));
  },
  journal({ language, text }) {
    const names = new Map([PERSON, `partner:${PARTNER_TENANT}`, `customer:${CUSTOMER_TENANT}`].map((id) => [id, text]));
    const found = subjects(text).map(
      (subject) => ({ kind: 'one', subject, entries: journalled(text), names }) as const,
    );
    return [
      ...found.flatMap((one) => [0, 1, 2, 3].map((page) => cards.journal(text, one, { ...speech(language), page }))),
      cards.journal(text, { kind: 'several', subjects: subjects(text), more: true }, speech(language)),
      cards.journal(text, { kind: 'none' }, speech(language)),
    ];
  },
  readings({ story, member, language, text }) {
    const view = viewClaim(withTyped(story.claim, text), { kind: 'person', member }, story.now);
    const reading = { at: 0, person: { id: PERSON, name: text }, document: text };
    return [cards.readings({ id: ID, view, readings: [reading] }, speech(language))];
  },
  help: ({ language }) => [cards.help({ ...speech(language), ...ROLES })],
  welcome: ({ language, text }) =>
    [true, false].map((known) =>
      cards.welcome({ ...speech(language), ...ROLES, known, name: text, tenantId: text, objectId: text }),
    ),
  enrol: ({ language, text }) =>
    FORMS.map((what) =>
      cards.enrol(what, {
        ...speech(language),
        people: [person(text)],
        organisations: [organisation(text)],
        filled: Object.fromEntries(
          ['person', 'tenantId', 'objectId', 'name', 'email', 'organisation', 'mpnIds', 'roles'].map((name) => [
            name,
            text,
          ]),
        ),
        note: { tone: 'attention', text },
      }),
    ),
  confirmEnrolment: ({ language, text }) =>
    FORMS.map((what) => {
      const asked = { organisations: [organisation(text)], clocks: [], confirmation: 'c', ok: false } as const;
      return cards.confirmEnrolment(what, { name: text, email: text }, asked, speech(language));
    }),
  enrolMenu: ({ language, text }) => [
    cards.enrolMenu({ ...speech(language), people: [person(text)], organisations: [organisation(text)] }),
  ],
  commentOffer: ({ story, language, text }) => [
    cards.commentOffer(text, [withTyped(story.claim, text)], speech(language)),
  ],
  fileOffer: ({ story, language, text }) => [
    cards.fileOffer(
      { files: 'f', names: [text, text], why: text, claims: [withTyped(story.claim, text)] },
      speech(language),
    ),
  ],
  language: ({ language }) => [cards.language(speech(language))],
  moved: ({ language }) => [
    cards.moved(ID, { ...speech(language), to: 'elsewhere', link: 'https://desk.example/own/1' }),
  ],
  message: ({ language, text }) => [cards.message(text, { ...speech(language), tone: 'plain' })],
};
const ROLES = { partner: true, reviewer: true, customer: true, operator: true, playground: true } as const;

const speech = (language: Language): { readonly language: Language; readonly zone: string } => ({
  language,
  zone: ZONE,
});

/** What a press sends back is shown to no one. */
const isSent = (part: Card): boolean => part['verb'] !== undefined && part['type'] === undefined;

function expectNoMarkup(card: Card, title: string): void {
  for (const part of partsOf(card)) {
    const url = part['url'];
    expect(url === undefined || (typeof url === 'string' && LINKS.has(url)), `${title}: an address`).to.equal(true);
    const holds = Object.values(part).some((value) => typeof value === 'string' && value.includes('evil'));
    if (holds && !isSent(part) && !PLAIN.includes(String(part['type'])))
      expect(part, `${title}: ${String(part['type'])}`).to.have.all.keys('title', 'value');
  }
  expect(wordsOn(card), title).not.to.match(/\$\{|\{\{|\u202e/i);
  for (const set of partsOfType(card, 'Input.ChoiceSet'))
    if (JSON.stringify(set).includes('evil')) expect(set['style'], title).to.equal('compact');
}

describe('What people typed', () => {
  for (const [name, made] of Object.entries(MADE))
    it(`makes no link, mention, heading or expression on the card \`${name}\``, () => {
      fc.assert(
        fc.property(given, (one) => {
          for (const card of made(one)) expectNoMarkup(card, name);
        }),
        { numRuns: 60 },
      );
    });

  it('makes no link and no mention in a line about any event, for any audience', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EVENT_SAMPLES),
        fc.constantFrom(...AUDIENCES),
        fc.constantFrom(...LANGUAGES),
        typedText,
        ({ event, claim }, audience, language, text) => {
          const typed = lineOf(entryOf(eventWith(event, text)), withTyped(claim, text), audience, speech(language));
          expectNoLink(textActivity(typed));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('makes no link and no mention in a message that belongs to no claim', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), typedText, (language, organisation) => {
        for (const what of [
          { kind: 'mpnIdGone', mpnId: MPN, organisation, channel: true },
          { kind: 'mpnIdGained', mpnId: MPN, organisation },
        ] as const)
          expectNoLink(textActivity(announcementText(what, speech(language))));
      }),
      { numRuns: 60 },
    );
  });
});

function expectNoLink({ text = '', textFormat }: ReturnType<typeof textActivity>): void {
  expect(textFormat).to.equal('plain');
  expect(text).not.to.match(/:\/\/|<\/?at\b|[\p{L}\p{N}][.@][\p{L}\p{N}][\p{L}\p{N}-]|\u202e/iu);
}
