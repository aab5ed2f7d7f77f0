/** The gallery: contact sheets of every card in each language and look, and a page to open and press them on. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Language } from '../../src/locales/say.ts';
import { CATALOGUE } from '../teams/cards/catalogue.ts';
import type { CardPage } from './cardPage.ts';
import { openCardPage } from './cardPage.ts';
import { indexPage } from './indexPage.ts';
import { drawnFaults, isInForce } from './limits.ts';
import type { Look } from './looks.ts';
import { pseudoCards } from './pseudoCards.ts';
import type { PseudoCard } from './pseudoCards.ts';
import type { CardKind, Words } from '../teams/cards/catalogue.ts';

/** A language of the desk, or the longer English of the checks. */
export type GalleryLanguage = Language | 'pseudo';

/** The cards of the gallery in a language. */
export async function galleryCards(language: GalleryLanguage): Promise<readonly PseudoCard[]> {
  if (language === 'pseudo') return pseudoCards();
  return CATALOGUE.filter(({ inGallery }) => inGallery).map(({ name, kind, make }) => ({
    name,
    kind,
    card: make({ language }),
  }));
}

/** One contact sheet: its file, and the cards on it. */
export interface SheetFile {
  readonly file: string;
  readonly look: string;
  readonly language: GalleryLanguage;
  readonly names: readonly string[];
}

/** What the gallery was made of, and what is wrong with how its cards are drawn. */
export interface GalleryMade {
  readonly cards: number;
  readonly sheets: readonly SheetFile[];
  readonly faults: readonly CardFault[];
}

export interface GalleryOptions {
  readonly folder: string;
  readonly languages: readonly GalleryLanguage[];
  readonly looks: readonly Look[];
  /** Told of each language and look that is done. */
  readonly onDone?: (text: string) => void;
}

/** Makes the gallery in a folder, in place of what is in it. */
export async function makeGallery(browser: Browser, options: GalleryOptions): Promise<GalleryMade> {
  const { folder, languages, looks, onDone } = options;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const page = await openCardPage(browser);
  const shown = new Map<GalleryLanguage, readonly PseudoCard[]>();
  const parts: GalleryMade[] = [];
  try {
    for (const language of languages) {
      const cards = await galleryCards(language);
      shown.set(language, cards);
      // One language is enough to see how a client looks that knows less.
      for (const look of looks.filter(({ showsFallbacks }) => !showsFallbacks || language === languages[0])) {
        const part = await makePart(page, cards, look, language, folder);
        parts.push(part);
        onDone?.(`${look.name}, ${language}: ${part.cards} cards on ${part.sheets.length} sheets`);
      }
    }
  } finally {
    await page.close();
  }
  const sheets = parts.flatMap((part) => part.sheets);
  writeFileSync(join(folder, 'index.html'), indexPage({ cards: shown, looks, sheets }));
  return {
    cards: parts.reduce((sum, part) => sum + part.cards, 0),
    sheets,
    faults: parts.flatMap((part) => part.faults),
  };
}

async function makePart(
  page: CardPage,
  cards: readonly PseudoCard[],
  look: Look,
  language: GalleryLanguage,
  folder: string,
): Promise<GalleryMade> {
  await page.draw(cards, look);
  const faults = await faultsOfDrawn(page, cards, look, language);
  const sheets: SheetFile[] = [];
  for (const [index, { names }] of (await page.layOut(look)).entries()) {
    const file = `${look.name}-${language}-${String(index + 1).padStart(2, '0')}.png`;
    await page.photograph(index, join(folder, file));
    sheets.push({ file, look: look.name, language, names });
  }
  return { cards: cards.length, sheets, faults };
}

/** A card to be measured; `words` where it is not told in everyday ones. */
export type ToMeasure = PseudoCard & { readonly words?: Words };

/** What is wrong with one card. */
export interface CardFault {
  readonly check: string;
  readonly kind: CardKind;
  /** Which card it is, and what is wrong with it. */
  readonly text: string;
  /** Whether the check is in force for this kind of card. */
  readonly isInForce: boolean;
}

/** What is wrong with the cards that are drawn. */
export async function faultsOfDrawn(
  page: CardPage,
  cards: readonly ToMeasure[],
  look: Look,
  language: string,
): Promise<readonly CardFault[]> {
  const measured = await page.measure();
  return cards.flatMap(({ kind, name, words }, index) => {
    const one = measured[index];
    if (one?.name !== name) throw new Error(`not measured: ${name}`);
    // A word that a person typed may be longer than any line.
    const seen = drawnFaults(one, kind, look).filter(({ check }) => check !== 'split' || words?.typed === undefined);
    return seen.map(({ check, what }) => ({
      check,
      kind,
      text: `${name} (${look.name}, ${language}): ${what}`,
      isInForce: isInForce(check, kind),
    }));
  });
}
