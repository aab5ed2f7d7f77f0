/** What people typed, on every card and in every line: never a link, a mention, a heading or an expression. */
import { expect } from 'chai';
import fc from 'fast-check';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import { textActivity } from '../../../src/teams/sending/messenger.ts';
import { announcementText } from '../../../src/teams/text/announcements.ts';
import { lineOf } from '../../../src/teams/text/notifications.ts';
import { MPN } from '../../domain/claims/personas.ts';
import { AUDIENCES, entryOf, EVENT_SAMPLES } from '../wordingSamples.ts';
import { wordsOn } from './cardReader.ts';
import type { NamedCard, Words } from './catalogue.ts';
import { CATALOGUE_BY_CARD, eventWith } from './catalogue.ts';
import { withTyped, ZONE } from './claimStories.ts';
import { CHECKS } from './conformance.ts';
import { hostileText } from './instances.ts';

/** What one card is made of: which one where there are many, and in which words. */
interface Given {
  readonly named: NamedCard;
  readonly words: Words;
}

/** Of more cards than this, each run makes one. */
const ALL_AT_ONCE = 25;

const language = fc.constantFrom(...LANGUAGES);
const givenOf = (all: readonly NamedCard[]): fc.Arbitrary<Given> =>
  fc.record({
    named: fc.constantFrom(...all),
    words: fc.record({ language, typed: hostileText }),
  });

function expectNoMarkup(card: Card, title: string): void {
  expect([...CHECKS.literal(card), ...CHECKS.leftovers(card)], title).to.deep.equal([]);
  expect(wordsOn(card), title).not.to.match(/\$\{|\{\{|\u202e/i);
}

describe('What people typed', () => {
  for (const [name, all] of Object.entries(CATALOGUE_BY_CARD))
    it(`makes no link, mention, heading or expression on the card \`${name}\``, () => {
      fc.assert(
        fc.property(givenOf(all), ({ named, words }) => {
          for (const one of all.length > ALL_AT_ONCE ? [named] : all) expectNoMarkup(one.make(words), one.name);
        }),
        { numRuns: all.length > ALL_AT_ONCE ? 120 : 60 },
      );
    });

  it('makes no link and no mention in a line about any event, for any audience', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...EVENT_SAMPLES),
        fc.constantFrom(...AUDIENCES),
        language,
        hostileText,
        ({ event, claim }, audience, said, text) => {
          const speech = { language: said, zone: ZONE };
          const typed = lineOf(entryOf(eventWith(event, text)), withTyped(claim, text), audience, speech);
          expectNoLink(textActivity(typed));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('makes no link and no mention in a message that belongs to no claim', () => {
    fc.assert(
      fc.property(language, hostileText, (said, organisation) => {
        for (const what of [
          { kind: 'mpnIdGone', mpnId: MPN, organisation, channel: true },
          { kind: 'mpnIdGained', mpnId: MPN, organisation },
        ] as const)
          expectNoLink(textActivity(announcementText(what, { language: said, zone: ZONE })));
      }),
      { numRuns: 60 },
    );
  });
});

function expectNoLink({ text = '', textFormat }: ReturnType<typeof textActivity>): void {
  expect(textFormat).to.equal('plain');
  expect(text).not.to.match(/:\/\/|<\/?at\b|[\p{L}\p{N}][.@][\p{L}\p{N}][\p{L}\p{N}-]|\u202e/iu);
}
