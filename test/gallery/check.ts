/** The conformance of many instances of the cards: by what they are made of, and by how they are drawn. */
import type { Browser } from 'playwright-core';
import { faultsOf, isInForce as isCheckInForce } from '../teams/cards/conformance.ts';
import type { Instance } from '../teams/cards/instances.ts';
import { instances } from '../teams/cards/instances.ts';
import type { CardPage } from './cardPage.ts';
import { openCardPage } from './cardPage.ts';
import type { GalleryLanguage } from './gallery.ts';
import type { CardFault, ToMeasure } from './gallery.ts';
import { faultsOfDrawn, galleryCards } from './gallery.ts';
import type { Look } from './looks.ts';
import { LOOKS } from './looks.ts';

export interface Checked {
  readonly counted: number;
  readonly drawn: number;
  readonly faults: readonly CardFault[];
}

const LANGUAGES: readonly GalleryLanguage[] = ['en', 'ru', 'tr', 'pseudo'];
/** How many cards are on one page at a time. */
const BATCH = 150;

/** Checks the cards of the gallery in each look and language, then that many instances, in all looks by turns. */
export async function checkInstances(browser: Browser, count: number, say: (text: string) => void): Promise<Checked> {
  const page = await openCardPage(browser);
  const parts: Checked[] = [];
  try {
    for (const language of LANGUAGES) {
      for (const look of LOOKS) parts.push(await checkDrawn(page, await galleryCards(language), look, language));
      say(`${language}: the cards of the gallery are checked`);
    }
    let batch: Instance[] = [];
    const flush = async (): Promise<void> => {
      const look = LOOKS[parts.length % LOOKS.length];
      if (look && batch.length > 0) parts.push(checkMade(batch), await checkDrawn(page, batch, look, 'instances'));
      batch = [];
    };
    for (const instance of instances(count)) {
      batch.push(instance);
      if (batch.length === BATCH) await flush();
    }
    await flush();
  } finally {
    await page.close();
  }
  const sum = (of: (part: Checked) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    counted: sum(({ counted }) => counted),
    drawn: sum(({ drawn }) => drawn),
    faults: parts.flatMap(({ faults }) => faults),
  };
}

/** By what the cards are made of. */
export function checkMade(made: readonly Instance[]): Checked {
  const faults = made.flatMap(({ name, kind, card }) =>
    faultsOf(card).map(({ check, what }) => ({
      check,
      kind,
      text: `${name}: ${what}`,
      isInForce: isCheckInForce(check, kind),
    })),
  );
  return { counted: made.length, drawn: 0, faults };
}

/** By how the cards are drawn in a look. */
export async function checkDrawn(
  page: CardPage,
  cards: readonly ToMeasure[],
  look: Look,
  language: string,
): Promise<Checked> {
  await page.draw(cards, look);
  return { counted: 0, drawn: cards.length, faults: await faultsOfDrawn(page, cards, look, language) };
}
