/** One user's page of the local Teams, driven as a person would: by what can be read and pressed on it. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';

const SCREENSHOTS = fileURLToPath(new URL('../../screenshots/', import.meta.url));
const PATIENCE_MS = 15_000;
const OUTSIDE = /^https?:\/\/(?!localhost[:/]|127\.0\.0\.1[:/])/;
/** A card, but not one that unfolds inside another. */
const CARD = '.ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)';

export type Said = string | RegExp;
export type TeamsPage = Awaited<ReturnType<typeof openTeamsPage>>;

let shots = 0;

/** A picture of a page, numbered in the order of taking. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  shots += 1;
  await page.screenshot({ path: `${SCREENSHOTS}${String(shots).padStart(2, '0')}-${name}.png` });
}

/** Opens the page of a simulator in a browser profile of its own. Nothing is fetched from outside this machine. */
export async function openTeamsPage(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 2000 } });
  await context.route(OUTSIDE, (route) => route.abort());
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(url);
  await page.getByRole('button', { name: 'Hide log panel' }).click();

  const cards = (text: Said): Locator => page.locator(CARD).filter({ hasText: text });

  return {
    page,
    /** The newest card with this text on it. */
    card: (text: Said): Locator => cards(text).last(),
    /** The oldest card with this text on it: of a claim, the one that follows it through its life. */
    home: (text: Said): Locator => cards(text).first(),
    /** The newest line of plain text that the desk said. */
    line: (text: Said): Locator => page.getByText(text).last(),
    /** Writes into the conversation that is open. */
    async say(text: string): Promise<void> {
      await page.locator('[role="textbox"][contenteditable="true"]').last().click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    /**
     * Replies in the thread of a channel that contains this text; the desk is mentioned, or Teams would not tell it.
     */
    async reply(within: Said, text: string): Promise<void> {
      const thread = page
        .getByRole('group')
        .filter({ hasText: within })
        .filter({ has: page.getByRole('button', { name: 'Send Message' }) })
        .last();
      await thread.locator('[role="textbox"][contenteditable="true"]').last().click();
      await page.keyboard.type('@Claims');
      await page.getByRole('menuitem', { name: /Claims desk/ }).click();
      await page.keyboard.type(` ${text}`);
      await thread.getByRole('button', { name: 'Send Message' }).click();
    },
    /** Opens a chat or a channel by the name it has in the list. */
    async go(name: Said): Promise<void> {
      await page.getByRole('treeitem', { name }).click();
    },
    async shot(name: string): Promise<void> {
      await picture(page, name);
    },
    /** What opens in a new page when something is pressed. */
    async follow(link: Locator): Promise<Page> {
      const opened = context.waitForEvent('page');
      await link.click();
      const next = await opened;
      next.setDefaultTimeout(PATIENCE_MS);
      return next;
    },
  };
}

/** Presses a button of a card. */
export async function press(card: Locator, title: Said): Promise<void> {
  await card.getByRole('button', { name: title, exact: true }).last().click();
}

/** Fills in inputs by how their labels begin: what is required has a star behind. */
export async function fill(card: Locator, texts: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(texts))
    await card
      .getByRole('textbox', { name: new RegExp(`^${RegExp.escape(label)}`) })
      .last()
      .fill(text);
}

/** Chooses from a list that unfolds. */
export async function choose(card: Locator, label: string, choice: Said): Promise<void> {
  await card.getByRole('combobox', { name: label }).last().click();
  await card.page().getByRole('option', { name: choice }).click();
}

/** Ticks one of several boxes, or one of a list of which only one can be ticked. */
export async function tick(card: Locator, choice: Said): Promise<void> {
  const box = card.getByRole('checkbox', { name: choice }).or(card.getByRole('radio', { name: choice }));
  await box.last().check();
}
