/** `npm run playground`: starts the local Teams and runs until Ctrl+C. */
import open from 'open';
import { waitForSignal } from '../runtime/signals.ts';
import { startupErrorText } from '../app/startupError.ts';
import { PROCESS, run } from '../tools/commandLine.ts';
import type { Options, Program, Values } from '../tools/commandLine.ts';
import type { Playground } from './playground.ts';
import { startPlayground } from './playground.ts';
import { customerOfTheStory, MPN_IDS } from './personas.ts';

const FOLDER = '.playground';

const PROGRAM = {
  name: 'playground',
  about:
    'Starts a desk and one local Teams for each person of the story, and opens the first page. Ctrl+C stops everything.',
  fails: 'it did not start or a local Teams ended by itself',
  options: {
    fresh: { kind: 'flag', help: 'starts with an empty desk' },
    'no-open': { kind: 'flag', help: 'opens no page' },
  },
} as const satisfies Program<Options>;

async function play({ fresh, 'no-open': noOpen }: Values<typeof PROGRAM.options>): Promise<0 | 1> {
  const ended = waitForSignal('SIGINT', 'SIGTERM', 'SIGHUP');
  console.log('Starting the desk and one local Teams for each person ...');
  const playground = await startPlayground({ folder: FOLDER, fresh });
  console.log(introduction(playground));
  const [first] = playground.windows;
  if (first && !noOpen && mayOpen()) await openPage(first.url);
  const broken = await Promise.race([ended, playground.broken]);
  console.log(
    broken === undefined
      ? '\nStopping ...'
      : `\nThe local Teams of ${broken} has ended by itself; stopping everything. ` +
          `The reason may stand in the logs in ${FOLDER}.`,
  );
  await playground.stop();
  return broken === undefined ? 0 : 1;
}

/** The text that is printed at the start: the pages, and what to try on each. */
function introduction({ url, log, windows }: Playground): string {
  const customer = customerOfTheStory();
  const rows = windows.map(
    ({ persona, url: address }) => [`${persona.name} (${persona.part})`, address, persona.toTry] as const,
  );
  const [who, where] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    '',
    ...rows.map(([name, address, toTry]) => `  ${name.padEnd(who ?? 0)}  ${address.padEnd(where ?? 0)}  ${toTry}`),
    '',
    `  For the form: MPN id ${MPN_IDS.join(' or ')}; customer ${customer.name}, ${customer.domain},`,
    `  tenant id ${customer.tenantId}; "Microsoft 365 – Usage" needs no subscription ids;`,
    `  contact ${customer.contact}, ${customer.title}, ${customer.email}.`,
    '',
    '  Everywhere: "help", "status CPOR-...", "language". Turn the clock: "time +3bd" (business days), "time +7d", "time +2h".',
    '  Open all four pages first: each shows only what is said while it is open. The desk forgets nothing: write "claims" or "queue".',
    '',
    `  The desk listens on ${url} and keeps everything in ${FOLDER}; its log is ${log}.`,
    '  npm run playground -- --fresh starts with an empty desk. Ctrl+C stops everything.',
    '',
  ].join('\n');
}

/** Whether there is a screen to open a page on. */
function mayOpen(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  return !CI && (process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY ?? WSL_DISTRO_NAME));
}

/** Errors are ignored: the address is printed as well. */
async function openPage(url: string): Promise<void> {
  const opening = await open(url).catch(() => undefined);
  opening?.once('error', () => undefined);
}

await run(PROGRAM, (values) =>
  play(values).catch((error: unknown) => {
    PROCESS.complain(startupErrorText(error));
    return 1;
  }),
);
