/** The gallery and the conformance of the cards from the command line: `npm run gallery -- --help`. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { run } from '../../src/tools/commandLine.ts';
import { launchChromium, NO_CHROMIUM } from '../browser/chromium.ts';
import { beyond } from '../support/numbers.ts';
import { checkInstances } from './check.ts';
import type { CardFault } from './gallery.ts';
import { makeGallery } from './gallery.ts';
import { FALLBACK_LOOK, LOOKS } from './looks.ts';

const FOLDER = fileURLToPath(new URL('../../.gallery/', import.meta.url));
const LANGUAGES = ['en', 'ru', 'tr', 'pseudo'] as const;
const ALL_LOOKS = [...LOOKS, FALLBACK_LOOK];
/** Of each check and kind of card. */
const MAX_SHOWN = 5;
const MOST = 1_000_000;

/** The faults by check and kind of card, the first of each in full; answers the exit code. */
function tell(faults: readonly CardFault[]): number {
  const groups = Map.groupBy(
    faults,
    ({ check, kind, isInForce }) => `${isInForce ? 'FAULT' : 'not yet'} ${check}, ${kind}`,
  );
  for (const [title, group] of [...groups].sort(([one], [other]) => other.localeCompare(one))) {
    console.log(`${title}: ${group.length}`);
    for (const { text } of group.slice(0, MAX_SHOWN)) console.log(`  ${text}`);
  }
  return faults.some(({ isInForce }) => isInForce) ? 1 : 0;
}

await run(
  {
    name: 'gallery',
    about: `Draws every card of the desk in chromium as Teams does, in each language and look: contact sheets and index.html in the folder
.gallery. With --check it draws no sheets, but checks that many instances of the cards: with everyday words, with the longest, and
with hostile ones, by the schema of Teams and as they are drawn.`,
    fails: 'a card is not as it must be',
    options: {
      language: { kind: 'list', known: LANGUAGES, help: 'these languages alone; pseudo is a longer English' },
      look: { kind: 'list', known: ALL_LOOKS.map(({ name }) => name), help: 'these looks alone' },
      check: { kind: 'flag', help: 'checks the cards instead' },
      instances: { kind: 'integer', min: 1, max: MOST, default: 6_000, help: 'how many instances --check takes' },
    },
    check: ({ instances }) => beyond(MOST, 1, instances),
  },
  async ({ language, look, check, instances }) => {
    const browser = await launchChromium();
    if (!browser) throw new Error(NO_CHROMIUM);
    try {
      return check ? await checked(browser, instances) : await made(browser, language, look);
    } finally {
      await browser.close();
    }
  },
);

async function checked(browser: Browser, count: number): Promise<number> {
  const { faults, counted, drawn } = await checkInstances(browser, count, console.log);
  const exitCode = tell(faults);
  console.log(`${counted} instances checked, ${drawn} cards drawn; ${summary(faults)}`);
  return exitCode;
}

async function made(browser: Browser, languages: readonly string[], names: readonly string[]): Promise<number> {
  const { cards, sheets, faults } = await makeGallery(browser, {
    folder: FOLDER,
    languages: LANGUAGES.filter((one) => (languages.length > 0 ? languages.includes(one) : one !== 'pseudo')),
    looks: ALL_LOOKS.filter(({ name }) => names.length === 0 || names.includes(name)),
    onDone: console.log,
  });
  const exitCode = tell(faults);
  console.log(`${cards} cards on ${sheets.length} sheets; ${summary(faults)}`);
  console.log(`Open ${relative(process.cwd(), `${FOLDER}index.html`)}`);
  return exitCode;
}

function summary(faults: readonly CardFault[]): string {
  const inForce = faults.filter(({ isInForce }) => isInForce).length;
  return `${inForce} faults, ${faults.length - inForce} of checks that are not in force yet`;
}
