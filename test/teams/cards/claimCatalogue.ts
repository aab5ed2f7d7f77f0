/** The claim's card at every stage, for each of its readers, at each place, with each form, note and link. */
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { CommentId, Poe, PoeId } from '../../../src/domain/claims/values.ts';
import type { Reader } from '../../../src/desk/ports/reader.ts';
import type { ClaimView } from '../../../src/desk/queries/view.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { ClaimCardOptions } from '../../../src/teams/cards/cardOptions.ts';
import { VERBS } from '../../../src/teams/cards/verbs.ts';
import type { PersonCommandType } from '../../../src/domain/claims/commands.ts';
import { anna, arun, asif, dana, hana, lena } from '../../domain/claims/personas.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import { RULES } from '../../domain/claims/scenario.ts';
import { STORIES as WORDED } from '../wordingSamples.ts';
import type { NamedCard, Words } from './catalogue.ts';
import { cards, CHOICES, readersOf, STORIES, withTyped, ZONE } from './claimStories.ts';

/** The only addresses that a card of the catalogue may open. */
export const OWN_LINKS = ['https://desk.example/own/1', 'https://desk.example/own/2'] as const;
const MANY_FILES = 200;
const MANY_COMMENTS = 500;

/** Who reads a claim's card in the gallery: each side once, where it mostly reads. */
const SIDES = ['Anna', 'Dana', 'review'];
/** Of stories that look like another one to a side, only the sides that see a difference. */
const SIDES_OF: Readonly<Record<string, readonly string[]>> = {
  'a submitted claim that is overdue': ['review'],
  'a claim that waits for an undelivered request': ['review'],
  'an approved claim whose consent has passed': ['Dana'],
  'a claim that was assessed': ['Anna'],
  'a withdrawn claim': ['Anna'],
  'a claim that its customer agreed to': ['Anna', 'Dana'],
  'a claim whose customer agreed and then denied': ['Dana'],
  'a claim whose customer has to agree': ['Anna', 'Dana'],
  'a claim whose customer declined twice': ['Anna', 'Dana'],
  'a claim that was assessed for two programmes': ['Anna', 'review'],
  'a claim approved after its dispute': ['Dana'],
  'a claim whose rejection was upheld': ['Anna'],
  'a rejection that no one disputed': ['Anna'],
};

/** The claim with the names and files of an everyday one, where a test gave it only the letters that it needs. */
export function everyday(claim: Claim): Claim {
  const [first] = claim.poe;
  return {
    ...claim,
    partner: { ...claim.partner, name: 'Contoso Consulting' },
    filedBy: { ...claim.filedBy, name: 'Petra Novak' },
    fields: {
      ...claim.fields,
      ...(claim.fields.customerName !== '' && {
        customerName: 'Adventure Works',
        customerDomain: 'adventure-works.example',
        customerContactName: 'Chris Olsen',
        customerContactTitle: 'Purchasing lead',
        customerContactEmail: 'chris.olsen@adventure-works.example',
        partnerContactName: 'Petra Novak',
        partnerContactEmail: 'petra.novak@contoso.example',
      }),
    },
    ...(first && {
      poe: [
        { ...first, name: 'Acceptance letter Adventure Works 2026-11 signed.pdf', size: 204_000 },
        { ...first, id: 'screenshot' as PoeId, name: 'screenshot.png', kind: 'png', size: 70_000 },
      ],
    }),
  };
}

/** The claim with as much as the checks allow it to hold, all by the same people. */
function crowded(claim: Claim): Claim {
  const [file] = claim.poe;
  const [
    said = {
      id: 'c' as CommentId,
      by: { side: 'partner', id: anna.id, name: anna.name } as const,
      at: claim.createdAt,
      text: 'Seen.',
    },
  ] = claim.comments;
  return {
    ...claim,
    poe: file
      ? Array.from({ length: MANY_FILES }, (_, index): Poe => ({ ...file, id: `${file.id}${index}` as PoeId }))
      : [],
    comments:
      claim.submittedAt === undefined
        ? []
        : Array.from({ length: MANY_COMMENTS }, (_, index) => ({ ...said, id: `c${index}` as CommentId })),
  };
}

/** The claim as these words tell it. */
export function claimWith(claim: Claim, { typed, isCrowded = false }: Words): Claim {
  const told = typed === undefined ? everyday(claim) : withTyped(claim, typed);
  return isCrowded ? crowded(told) : told;
}

const viewOf = ({ claim, now }: Story, reader: Reader, words: Words): ClaimView =>
  viewClaim(claimWith(claim, words), reader, now);

function nameOf(reader: Reader): string {
  return reader.kind === 'person' ? reader.member.name : reader.audience;
}

/** What a card that answers one person is given, as these words tell it. */
export function personalOptions({ typed }: Words): Pick<ClaimCardOptions, 'mpnIds' | 'reviewers'> {
  return typed === undefined ? CHOICES : { ...CHOICES, reviewers: [{ id: lena.id, name: typed }] };
}

function claimCard(
  name: string,
  story: Story,
  reader: Reader,
  facts: Pick<NamedCard, 'kind' | 'inGallery'> & {
    readonly place?: ClaimCardOptions['place'];
    readonly options?: (words: Words) => Partial<ClaimCardOptions>;
  },
): NamedCard {
  const { kind, inGallery, place = reader.kind === 'person' ? 'personal' : 'channel', options } = facts;
  return {
    name,
    kind,
    inGallery,
    make: (words) =>
      cards.claim(viewOf(story, reader, words), {
        language: words.language,
        zone: ZONE,
        programme: RULES.programme,
        now: story.now,
        place,
        ...(reader.kind === 'person' && personalOptions(words)),
        ...options?.(words),
      }),
  };
}

/** Each story for each of its readers; also as the answer to a person's press in a channel. */
function storyCards(): readonly NamedCard[] {
  return Object.entries(STORIES).flatMap(([title, story]) =>
    readersOf(story.claim).flatMap((reader) => {
      const who = nameOf(reader);
      const shown = claimCard(`${title}, for ${who}`, story, reader, {
        kind: 'claim',
        inGallery: (SIDES_OF[title] ?? SIDES).includes(who),
      });
      if (reader.kind !== 'person') return [shown];
      const pressed = { kind: 'claim', inGallery: false, place: 'channel' } as const;
      return [shown, claimCard(`${title}, for ${who} in a channel`, story, reader, pressed)];
    }),
  );
}

/** The stories that together have every event, for each side. */
function wordedCards(): readonly NamedCard[] {
  return WORDED.flatMap((story, index) =>
    [anna, lena, dana].map((member) =>
      claimCard(
        `story ${index + 1}, for ${member.name}`,
        story,
        { kind: 'person', member },
        { kind: 'claim', inGallery: false },
      ),
    ),
  );
}

/** A form as it was sent: these words in each of its inputs. */
const sent = (typed: string): NonNullable<ClaimCardOptions['filled']> =>
  Object.fromEntries(
    ['comment', 'reason', 'justification', 'customerName', 'programme', 'number'].map((name) => [name, typed]),
  );

/** Each form, open, for everyone who may send it; in the gallery for the first of them, where it looks like one. */
function formCards(): readonly NamedCard[] {
  const shown = new Set<string>();
  return (Object.entries(VERBS) as [PersonCommandType, (typeof VERBS)[keyof typeof VERBS]][]).flatMap(([type, open]) =>
    Object.entries(STORIES).flatMap(([title, told]) =>
      [anna, arun, lena, hana, asif, dana].flatMap((member) => {
        const reader = { kind: 'person', member } as const;
        if (!viewClaim(told.claim, reader, told.now).actions.includes(type)) return [];
        const facts = { kind: 'form', inGallery: !shown.has(open) } as const;
        shown.add(open);
        const made = claimCard(`form “${open}” of ${title}, for ${member.name}`, told, reader, {
          ...facts,
          options: ({ typed }) => ({ open, ...(typed !== undefined && { filled: sent(typed) }) }),
        });
        const closed = claimCard('', told, reader, facts);
        return [{ ...made, inGallery: made.inGallery && !looksAlike(made, closed) }];
      }),
    ),
  );
}

function looksAlike(one: NamedCard, other: NamedCard): boolean {
  const [left, right] = [one, other].map(({ make }) => JSON.stringify(make({ language: 'en' })));
  return left === right;
}

const story = (title: string): Story => {
  const found = STORIES[title];
  if (!found) throw new Error(`there is no story of ${title}`);
  return found;
};

const NOTES = {
  good: 'You asked for more information. Petra Novak was told.',
  attention: 'The claim has changed since this card was shown: Arun asked for more information.',
  plain: 'Nothing has changed.',
} as const;

/** What a card may carry beside the claim: a note, the link to the upload page, links to the documents. */
function answeringCards(): readonly NamedCard[] {
  const terms = ({ typed = 'Petra Novak' }: Words, { now }: Story): NonNullable<ClaimCardOptions['documents']> => ({
    name: typed,
    until: now + 600_000,
    sessionMinutes: 10,
    files: [
      {
        name: typed === 'Petra Novak' ? 'Acceptance letter.pdf' : typed,
        kind: 'pdf',
        size: 204_000,
        link: OWN_LINKS[0],
      },
    ],
  });
  const open = story('a claim under review');
  const drafted = story('a draft that is complete');
  const partner = { kind: 'person', member: anna } as const;
  const reviewer = { kind: 'person', member: arun } as const;
  const notes = (Object.keys(NOTES) as (keyof typeof NOTES)[]).map((tone) =>
    claimCard(`note (${tone}) on a claim under review`, open, reviewer, {
      kind: 'claim',
      inGallery: tone !== 'plain',
      options: ({ typed = NOTES[tone] }) => ({ note: { tone, text: typed } }),
    }),
  );
  return [
    ...notes,
    claimCard('link to the upload page on a draft', drafted, partner, {
      kind: 'claim',
      inGallery: true,
      options: (words) => ({ uploadLink: { ...terms(words, drafted), url: OWN_LINKS[1] } }),
    }),
    claimCard('links to the documents of a claim under review', open, reviewer, {
      kind: 'claim',
      inGallery: true,
      options: (words) => ({ documents: terms(words, open) }),
    }),
    claimCard('all at once on a claim under review', open, reviewer, {
      kind: 'form',
      inGallery: false,
      options: (words) => ({
        documents: terms(words, open),
        uploadLink: { ...terms(words, open), url: OWN_LINKS[1] },
        note: { tone: 'plain', text: words.typed ?? 'Done.' },
      }),
    }),
    claimCard('refused edit of a draft', drafted, partner, {
      kind: 'form',
      inGallery: true,
      options: ({ typed = 'Adventure Works Ltd' }) => ({
        open: 'edit',
        filled: { customerName: typed, customerDomain: 'no domain' },
        note: { tone: 'attention', text: typed },
      }),
    }),
  ];
}

/** All cards of claims. */
export function claimCards(): readonly NamedCard[] {
  return [...storyCards(), ...wordedCards(), ...formCards(), ...answeringCards()];
}
