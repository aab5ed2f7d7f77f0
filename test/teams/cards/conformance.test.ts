/** What every card must be, and that each check notices a card that is not. */
import { expect } from 'chai';
import type { Card } from '../../../src/teams/cards/templates.ts';
import { CATALOGUE } from './catalogue.ts';
import type { CheckName } from './conformance.ts';
import { faultsOf, isInForce } from './conformance.ts';
import { instances } from './instances.ts';
import type { Instance } from './instances.ts';

/** `CARD_INSTANCES` takes more of them; `npm run gallery -- --check` draws them too. */
const COUNT = Number(process.env['CARD_INSTANCES'] ?? 0);
/** Of the instances in other than everyday words, one of that many is taken in every run. */
const EVERY = 13;
const LARGE_ENOUGH = 6_000;

function expectConforming(made: Iterable<Instance>): number {
  let count = 0;
  for (const { name, kind, card } of made) {
    count += 1;
    const faults = faultsOf(card).filter(({ check }) => isInForce(check, kind));
    expect(faults, name).to.deep.equal([]);
  }
  return count;
}

describe('Every card', () => {
  it('is as Teams and its readers need it, in everyday words', () => {
    expect(expectConforming(instances(CATALOGUE.length))).to.be.at.least(700);
  });

  it('is so whatever is typed, however long, and however much a claim holds', function () {
    const count = COUNT > 0 ? expectConforming(instances(COUNT)) : expectConforming(instances(LARGE_ENOUGH, EVERY));
    expect(count).to.be.at.least(400);
    console.log(`      ${count} instances of ${CATALOGUE.length} cards`);
  });

  it('has a name of its own', () => {
    const names = CATALOGUE.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });
});

const button = (title: string, more: object = {}): Card => {
  const shared = { title, data: { verb: 'show' }, ...more };
  return { type: 'Action.Execute', verb: 'show', ...shared, fallback: { type: 'Action.Submit', ...shared } };
};
const runs = (...texts: readonly object[]): Card => ({
  type: 'RichTextBlock',
  inlines: texts.map((text) => ({ type: 'TextRun', ...text })),
});
const input = (more: object = {}): Card => ({ type: 'Input.Text', id: 'comment', label: 'Comment', ...more });
const badge = (more: object = {}): Card => ({
  type: 'Badge',
  text: 'Overdue',
  style: 'Attention',
  fallback: { type: 'TextBlock', text: 'Overdue' },
  ...more,
});
const cardOf = (body: readonly object[], actions: readonly object[] = []): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  actions,
});

const SOUND: Readonly<Record<string, Card>> = {
  'a text, a badge, an input and buttons': cardOf(
    [runs({ text: '**evil** is literal' }), badge(), input({ isRequired: true, errorMessage: 'Fill in the comment' })],
    [button('Approve'), button('Reject', { mode: 'secondary' })],
  ),
  'a coloured bar above its label': cardOf([
    {
      type: 'Container',
      items: [{ type: 'Container', style: 'good', minHeight: '8px', items: [] }, runs({ text: 'Review' })],
    },
  ]),
  'a coloured dot before a sentence': cardOf([runs({ text: '●', color: 'Attention' }, { text: 'Rejected' })]),
  'rows that are tapped, and details that unfold': cardOf([
    { type: 'Container', id: 'details', isVisible: false, items: [runs({ text: 'MPN 1234567' })] },
    { type: 'Container', items: [runs({ text: 'Row' })], selectAction: button('Open') },
    {
      type: 'ActionSet',
      actions: [{ type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] }],
    },
  ]),
};

/** A card that is wrong in one way, and the check that has to notice it. */
const SEEDED: readonly (readonly [fault: string, check: CheckName, card: Card])[] = [
  ['an element that Teams does not know', 'schema', cardOf([{ type: 'TextBlok', text: 'Hello' }])],
  ['an element that clients do not know', 'parser', cardOf([{ type: 'Container', items: [{ type: 'TextBlok' }] }])],
  ['a property that Teams does not know', 'schema', cardOf([{ type: 'TextBlock', text: 'Hello', wight: 'Bolder' }])],
  ['a value in the wrong case', 'schema', cardOf([{ type: 'TextBlock', text: 'Hello', weight: 'bolder' }])],
  ['a text that is missing', 'schema', cardOf([{ type: 'TextBlock' }])],
  [
    'a form behind a row that is tapped',
    'schema',
    cardOf([{ type: 'Container', items: [], selectAction: { type: 'Action.ShowCard', card: cardOf([]) } }]),
  ],
  ['an input without an id', 'ids', cardOf([{ type: 'Input.Text', label: 'Comment' }])],
  ['a version that no client reads', 'schema', { ...cardOf([]), version: '2.0' }],
  ['more than 40 KB as UTF-16', 'size', cardOf([runs({ text: 'x'.repeat(21_000) })])],
  ['two inputs of the same id', 'ids', cardOf([input(), input()])],
  [
    'a button that unfolds what is not there',
    'ids',
    cardOf([], [{ type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] }]),
  ],
  ['an input without a label', 'labels', cardOf([input({ label: '' })])],
  ['a required input that says nothing when it is empty', 'labels', cardOf([input({ isRequired: true })])],
  ['a badge without a fallback', 'fallbacks', cardOf([badge({ fallback: undefined })])],
  ['a badge whose fallback is an icon', 'fallbacks', cardOf([badge({ fallback: { type: 'Icon', name: 'Clock' } })])],
  ['a button without a fallback', 'fallbacks', cardOf([], [{ ...button('Approve'), fallback: undefined }])],
  [
    'a button whose fallback sends something else',
    'fallbacks',
    cardOf(
      [],
      [{ ...button('Approve'), fallback: { type: 'Action.Submit', title: 'Approve', data: { verb: 'reject' } } }],
    ),
  ],
  ['a state told by the colour of an area', 'colours', cardOf([{ type: 'Container', style: 'attention', items: [] }])],
  ['a state told by the colour of a dot', 'colours', cardOf([runs({ text: '●', color: 'Attention' })])],
  [
    'seven buttons side by side',
    'buttons',
    cardOf(
      [],
      Array.from({ length: 7 }, (_, index) => button(`Button ${index}`)),
    ),
  ],
  [
    'seven buttons side by side in a form',
    'buttons',
    cardOf(
      [],
      [
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: cardOf(
            [],
            Array.from({ length: 7 }, () => button('Button')),
          ),
        },
      ],
    ),
  ],
  ['a button of 25 letters', 'buttons', cardOf([], [button('x'.repeat(25))])],
  ['a button that is only a sign', 'buttons', cardOf([], [button('✓')])],
  ['a placeholder that is left over', 'leftovers', cardOf([runs({ text: 'Hello ${name}' })])],
  ['a value that is missing', 'leftovers', cardOf([runs({ text: 'Due on undefined' })])],
  ['what people typed, as a heading', 'literal', cardOf([{ type: 'TextBlock', text: '[evil](https://evil.example)' }])],
  ['what people typed, on a button', 'literal', cardOf([], [button('evil')])],
  [
    'what people typed, in an open list of choices',
    'literal',
    cardOf([
      {
        type: 'Input.ChoiceSet',
        id: 'to',
        label: 'To',
        style: 'expanded',
        choices: [{ title: '**evil**', value: '1' }],
      },
    ]),
  ],
  [
    'a link of another',
    'literal',
    cardOf([], [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://evil.example/own/1' }]),
  ],
  ['a name that turns the direction of what follows', 'literal', cardOf([runs({ text: '\u202eDana' })])],
];

describe('The checks of cards', () => {
  for (const [what, card] of Object.entries(SOUND))
    it(`have nothing against ${what}`, () => {
      expect(faultsOf(card)).to.deep.equal([]);
    });

  for (const [fault, check, card] of SEEDED)
    it(`notice ${fault}`, () => {
      expect(faultsOf(JSON.parse(JSON.stringify(card)) as Card).map((found) => found.check)).to.include(check);
    });
});
