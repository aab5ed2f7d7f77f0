/** A page of a browser on which cards are drawn as Teams draws them, measured, and laid out on sheets. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Card } from '../../src/teams/cards/templates.ts';
import { BADGES, hostConfigOf } from './hostConfig.ts';
import type { Look } from './looks.ts';
import { cardWidth } from './looks.ts';

/** The least contrast at which text of any size is readable (WCAG AA). */
const MIN_CONTRAST = 4.5;
/** The font of the pages: Teams' own is not on every machine, and heights must be the same everywhere. */
const FONT = 'Gallery Sans';
const SCRIPTS = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'hebrew'] as const;
const RANGES: Readonly<Record<(typeof SCRIPTS)[number], string>> = {
  latin: 'U+0000-00FF, U+0131, U+2000-206F, U+20AC, U+2122, U+2191-2193, U+2212, U+FEFF, U+FFFD',
  'latin-ext': 'U+0100-0130, U+0132-02BA, U+1E00-1EFF, U+20AD-20CF',
  cyrillic: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116',
  'cyrillic-ext': 'U+0460-052F, U+1C80-1C88, U+20B4, U+2DE0-2DFF, U+A640-A69F',
  hebrew: 'U+0590-05FF, U+20AA, U+25CC, U+FB1D-FB4F',
};

const resolve = createRequire(import.meta.url).resolve;
const own = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** What the page is made of, to be put into a document as it is: `styles` and `scripts`. */
export function pageAssets(): { readonly styles: string; readonly scripts: readonly string[] } {
  const renderer = dirname(resolve('adaptivecards/dist/adaptivecards.js'));
  const fonts = join(dirname(resolve('@fontsource-variable/open-sans/package.json')), 'files');
  const faces = SCRIPTS.map((script) => {
    const bytes = readFileSync(join(fonts, `open-sans-${script}-wght-normal.woff2`)).toString('base64');
    return `@font-face { font-family: '${FONT}'; font-weight: 300 800; src: url(data:font/woff2;base64,${bytes}); unicode-range: ${RANGES[script]}; }`;
  });
  return {
    styles: [...faces, readFileSync(join(renderer, 'adaptivecards.css'), 'utf8'), own('inPage.css')].join('\n'),
    scripts: [readFileSync(join(renderer, 'adaptivecards.min.js'), 'utf8'), own('inPage.js')],
  };
}

/** How a look is told to the script in the page. */
export function drawOptions(look: Look): Readonly<Record<string, unknown>> {
  return {
    hostConfig: hostConfigOf(look.theme, FONT),
    badgeInks: BADGES[look.theme],
    theme: look.theme,
    width: cardWidth(look),
    isOldClient: look.showsFallbacks,
  };
}

/** A card with its name. */
export interface DrawnCard {
  readonly name: string;
  readonly card: Card;
}

/** What is wrong with how a card is drawn. */
export interface DrawnFault {
  /**
   * `split`: a word is on two lines; `wider`: something is wider than the card; `cut`: a text does not fit where it
   * is; `contrast`: a text can hardly be read.
   */
  readonly check: 'split' | 'wider' | 'cut' | 'contrast';
  readonly what: string;
}

/** A card as it was drawn; `height` in CSS pixels, with its border. */
export interface Measured {
  readonly name: string;
  readonly height: number;
  readonly faults: readonly DrawnFault[];
}

/** One sheet of cards; sizes in CSS pixels. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly names: readonly string[];
}

/** What a press on a drawn card sends. */
export interface Pressed {
  readonly name: string;
  readonly type: string;
  readonly verb?: string;
  readonly url?: string;
  readonly data?: unknown;
}

export interface CardPage {
  readonly page: Page;
  /** Draws cards in place of those that were drawn before. */
  draw(cards: readonly DrawnCard[], look: Look): Promise<void>;
  /** Measures each card that is drawn. */
  measure(): Promise<readonly Measured[]>;
  /** Lays out what is drawn; each sheet can then be photographed. */
  layOut(look: Look): Promise<readonly Sheet[]>;
  /** A picture of a sheet. */
  photograph(sheet: number, path: string): Promise<void>;
  /** What was pressed since the page was opened. */
  pressed(): Promise<readonly Pressed[]>;
  close(): Promise<void>;
}

const MAX_SHEET_HEIGHT = 2000;
const GAP = 16;

/** Opens a page of its own, which fetches nothing. */
export async function openCardPage(browser: Browser): Promise<CardPage> {
  const { styles, scripts } = pageAssets();
  const page = await browser.newPage({ viewport: { width: 2200, height: 2200 } });
  await page.route('**/*', (route) => route.abort());
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${styles}</style><div id="stage"></div>`);
  for (const content of scripts) await page.addScriptTag({ content });
  await page.evaluate('document.fonts.load("14px Gallery Sans", "aЖğ").then(() => undefined)');
  const call = <Answer>(name: string, ...values: readonly unknown[]): Promise<Answer> =>
    page.evaluate(`cardGallery.${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`);
  return {
    page,
    async draw(cards, look) {
      await page.emulateMedia({
        forcedColors: look.isForced ? 'active' : 'none',
        colorScheme: look.theme,
      });
      await call('draw', cards, drawOptions(look));
    },
    measure: () => call('measure', { minContrast: MIN_CONTRAST }),
    layOut: ({ columns }) => call('layOut', { columns, maxHeight: MAX_SHEET_HEIGHT, gap: GAP }),
    photograph: async (sheet, path) => {
      await page.locator('.sheet').nth(sheet).screenshot({ path });
    },
    pressed: () => page.evaluate('cardGallery.pressed'),
    close: () => page.close(),
  };
}
