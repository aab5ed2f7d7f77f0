/** The browser that the tests drive: the machine's own chromium, never a downloaded one. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { skipBecause } from './skipBecause.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** What to do where there is no browser. */
export const NO_CHROMIUM =
  'There is no chromium on this machine. Install it (on Debian: apt-get install chromium), or give its path as CHROMIUM.';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's browser; undefined where it has none. */
export async function launchChromium(): Promise<Browser | undefined> {
  const given = process.env['CHROMIUM'];
  const executablePath = (given ? [given] : PLACES).find((path) => existsSync(path));
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, headless: true, args: ARGUMENTS });
}

/**
 * Starts a browser, for the `before` of a suite; close it in `after`. Without chromium the suite is skipped, in CI it
 * fails.
 */
export async function startChromium(context: Mocha.Context): Promise<Browser> {
  return (await launchChromium()) ?? skipBecause(context, NO_CHROMIUM);
}
