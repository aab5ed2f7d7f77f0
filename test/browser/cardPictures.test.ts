/** The cards as Teams draws them: how high they are, whether they can be read, and whether they can be pressed. */
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { Card } from '../../src/teams/cards/templates.ts';
import { checkDrawn } from '../gallery/check.ts';
import type { CardPage, DrawnFault } from '../gallery/cardPage.ts';
import { openCardPage } from '../gallery/cardPage.ts';
import type { GalleryLanguage } from '../gallery/gallery.ts';
import { galleryCards } from '../gallery/gallery.ts';
import { heightFault } from '../gallery/limits.ts';
import type { LookName } from '../gallery/looks.ts';
import { FALLBACK_LOOK, LOOKS } from '../gallery/looks.ts';
import { instances } from '../teams/cards/instances.ts';
import { startChromium } from './chromium.ts';

/** Each language and each look at least once: the longest words where there is least room. */
const DRAWN: readonly (readonly [LookName, GalleryLanguage])[] = [
  ['light-640', 'pseudo'],
  ['dark-640', 'en'],
  ['light-360', 'ru'],
  ['contrast-320', 'tr'],
  ['contrast-320', 'pseudo'],
];
const [LIGHT, DARK, PHONE, NARROW] = LOOKS;
/** One of that many instances in other than everyday words. */
const EVERY = 97;
const INSTANCES = 6_000;

const text = (words: string, more: object = {}): Card => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text: words, ...more }],
});
const cardOf = (body: readonly object[], actions: readonly object[] = []): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  actions,
});
const press = (title: string, more: object = {}): Card => ({
  type: 'Action.Execute',
  title,
  verb: title.toLowerCase(),
  data: {},
  ...more,
});

describe('The cards, drawn as Teams draws them', () => {
  let browser: Browser | undefined;
  let opened: CardPage | undefined;
  const cards = (): CardPage => {
    if (!opened) throw new Error('no page is open');
    return opened;
  };
  before(async function () {
    browser = await startChromium(this);
    opened = await openCardPage(browser);
  });
  after(async () => {
    await browser?.close();
  });

  for (const [name, language] of DRAWN)
    it(`are low enough, readable and whole: ${name}, ${language}`, async () => {
      const look = LOOKS.find((one) => one.name === name) ?? LIGHT;
      const { faults, drawn } = await checkDrawn(cards(), await galleryCards(language), look, language);
      expect(drawn).to.be.at.least(90);
      expect(
        faults.filter(({ isInForce }) => isInForce).map(({ check, text: what }) => `${check}: ${what}`),
      ).to.deep.equal([]);
    });

  it('are so whatever people type, on the narrowest screen', async () => {
    const made = [...instances(INSTANCES, EVERY)].filter(({ words }) => words.typed !== undefined);
    const { faults } = await checkDrawn(cards(), made, NARROW, 'instances');
    expect(
      faults.filter(({ isInForce }) => isInForce).map(({ check, text: what }) => `${check}: ${what}`),
    ).to.deep.equal([]);
  });

  describe('can be pressed:', () => {
    const draw = (card: Card, look: Parameters<CardPage['draw']>[1] = LIGHT): Promise<void> =>
      cards().draw([{ name: 'card', card }], look);
    const lastPress = async () => (await cards().pressed()).at(-1);

    it('secondary buttons are behind “…”', async () => {
      await draw(cardOf([], [press('Approve'), press('History', { mode: 'secondary' })]));
      const { page } = cards();
      expect(await page.getByRole('button', { name: 'History' }).count()).to.equal(0);
      await page.getByRole('button', { name: /more/i }).or(page.getByText('...')).first().click();
      await page.getByText('History').last().click();
      expect(await lastPress()).to.include({ verb: 'history' });
    });

    it('details unfold and fold', async () => {
      const details = { type: 'Container', id: 'details', isVisible: false, items: [text('MPN 1234567')] };
      await draw(
        cardOf([details], [{ type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] }]),
      );
      const { page } = cards();
      expect(await page.getByText('MPN 1234567').isVisible()).to.equal(false);
      await page.getByRole('button', { name: 'Details' }).click();
      expect(await page.getByText('MPN 1234567').isVisible()).to.equal(true);
    });

    it('a form opens below the buttons', async () => {
      const form = cardOf([{ type: 'Input.Text', id: 'comment', label: 'Comment' }], [press('Send')]);
      await draw(cardOf([], [{ type: 'Action.ShowCard', title: 'Reject', card: form }]));
      const { page } = cards();
      await page.getByRole('button', { name: 'Reject' }).click();
      await page.getByLabel('Comment').fill('Too thin.');
      await page.getByRole('button', { name: 'Send' }).click();
      expect(await lastPress()).to.deep.include({ verb: 'send' });
    });

    for (const [what, card] of [
      [
        'a word',
        cardOf([text('proof.pdf', { selectAction: { type: 'Action.OpenUrl', url: 'https://desk.example/1' } })]),
      ],
      [
        'a row',
        cardOf([
          {
            type: 'Container',
            items: [text('proof.pdf')],
            selectAction: { type: 'Action.OpenUrl', url: 'https://desk.example/1' },
          },
        ]),
      ],
      [
        'a row of columns',
        cardOf([
          {
            type: 'ColumnSet',
            columns: [{ type: 'Column', items: [text('proof.pdf')] }],
            selectAction: { type: 'Action.OpenUrl', url: 'https://desk.example/1' },
          },
        ]),
      ],
    ] as const)
      it(`${what} is tapped`, async () => {
        await draw(card);
        await cards().page.getByText('proof.pdf').click();
        expect(await lastPress()).to.include({ url: 'https://desk.example/1' });
      });

    it('what is for other widths is left out', async () => {
      const card = cardOf([
        { ...text('Only wide'), targetWidth: 'atLeast:standard' },
        { ...text('Only narrow'), targetWidth: 'atMost:narrow' },
      ]);
      await draw(card, LIGHT);
      expect(await cards().page.locator('.card').innerText()).to.equal('Only wide');
      await draw(card, NARROW);
      expect(await cards().page.locator('.card').innerText()).to.equal('Only narrow');
    });

    it('a client that knows no badge shows what stands for it', async () => {
      const badge = { type: 'Badge', text: 'Overdue', fallback: { type: 'TextBlock', text: 'Overdue!' } };
      await draw(cardOf([badge]), FALLBACK_LOOK);
      expect(await cards().page.locator('.card').innerText()).to.equal('Overdue!');
    });
  });

  describe('A check of drawn cards notices', () => {
    const faultsOn = async (
      card: Card,
      look: Parameters<CardPage['draw']>[1],
    ): Promise<readonly DrawnFault['check'][]> => {
      await cards().draw([{ name: 'card', card }], look);
      return (await cards().measure()).flatMap(({ faults }) => faults.map(({ check }) => check));
    };

    it('nothing on a card that is as it must be', async () => {
      const card = cardOf(
        [text('Decide by Fri 4 Dec'), { type: 'Badge', text: 'Overdue', style: 'Attention', appearance: 'Tint' }],
        [press('Approve')],
      );
      for (const look of [LIGHT, DARK, PHONE]) expect(await faultsOn(card, look), look.name).to.deep.equal([]);
    });

    it('a text that cannot be read on its background', async () => {
      expect(await faultsOn(cardOf([text('Eligible', { color: 'Good' })]), LIGHT)).to.deep.equal(['contrast']);
      const area = { type: 'Container', style: 'warning', items: [text('Overdue', { color: 'Attention' })] };
      expect(await faultsOn(cardOf([area]), LIGHT)).to.deep.equal(['contrast']);
    });

    it('a word on two lines', async () => {
      const narrow = {
        type: 'ColumnSet',
        columns: [
          { type: 'Column', width: '40px', items: [text('Assessment')] },
          { type: 'Column', width: 'stretch', items: [] },
        ],
      };
      expect(await faultsOn(cardOf([narrow]), NARROW)).to.include('split');
    });

    it('what is wider than the card', async () => {
      const wide = {
        type: 'ColumnSet',
        columns: Array.from({ length: 4 }, () => ({ type: 'Column', width: '120px', items: [text('Review')] })),
      };
      expect(await faultsOn(cardOf([wide]), NARROW)).to.include('wider');
    });

    it('a text that is cut off', async () => {
      expect(
        await faultsOn(
          cardOf([{ type: 'TextBlock', text: 'A long sentence that does not wrap where it has to', wrap: false }]),
          NARROW,
        ),
      ).to.include('cut');
    });

    it('a card that is too high', async () => {
      const card = cardOf(Array.from({ length: 40 }, () => text('One line')));
      await cards().draw([{ name: 'card', card }], LIGHT);
      const [measured] = await cards().measure();
      expect(heightFault(measured?.height ?? 0, 'claim', LIGHT)).to.match(/px high, at most 450/);
      expect(heightFault(measured?.height ?? 0, 'form', LIGHT)).to.equal(undefined);
    });
  });
});
