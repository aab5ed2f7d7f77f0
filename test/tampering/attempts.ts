/** Each kind of tampering on a copy of one store, and what the operator's command line finds of it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { StoreReport } from '../../src/desk/life/verifyStore.ts';
import { runCommandLine } from '../../src/cli/commandLine.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { createOpen } from '../../src/cli/open.ts';
import type { Tampering } from './kinds.ts';
import { makeStore, settingsOf } from './store.ts';
import type { CleanStore } from './store.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** What came of one verification. */
export interface Attempt {
  readonly what: string;
  readonly ms: number;
  /** What is wrong with the answer; undefined where it is as it should be. */
  readonly wrong?: string;
}

/** Makes a store of so many claims in `data/` of a new folder within `within`. */
export async function makeStoreWithin(within: string, claims: number): Promise<CleanStore> {
  const folder = join(within, 'clean');
  mkdirSync(join(folder, 'data'), { recursive: true });
  return makeStore(folder, claims);
}

/** Verifies the store as it is: nothing may be found. */
export async function attemptClean(store: CleanStore, claims: number, desk: RunDesk): Promise<Attempt> {
  const { status, report, ms } = await verifying(store.folder, desk);
  const wrong =
    status !== 0 || !report || report.findings.length > 0
      ? `status ${String(status)}, ${JSON.stringify(report?.findings.slice(0, 3))}`
      : report.claims === claims
        ? undefined
        : `${report.claims} claims were checked`;
  return { what: 'a clean store', ms, ...(wrong !== undefined && { wrong }) };
}

/** Does one kind to a copy of the store, and verifies that. */
export async function attempt(
  store: CleanStore,
  what: string,
  { tamper, found, says, about = store.victim }: Tampering,
  desk: RunDesk,
): Promise<Attempt> {
  const copy = { ...store, folder: `${store.folder}-tampered` };
  cpSync(store.folder, copy.folder, { recursive: true });
  try {
    tamper(copy);
    const { status, report, text, ms } = await verifying(copy.folder, desk);
    const wrong = wrongIn(about, found, report) ?? (says.test(text) ? undefined : `it says: ${text}`);
    return { what, ms, ...(status === 1 ? wrong !== undefined && { wrong } : { wrong: `status ${String(status)}` }) };
  } finally {
    rmSync(copy.folder, { recursive: true });
  }
}

/** The finding has to come first of all that is found, and nothing may be found of anything else. */
function wrongIn(about: string, found: Tampering['found'], report: StoreReport | undefined): string | undefined {
  const findings = report?.findings ?? [];
  const foreign = findings.find((one) => !JSON.stringify(one).includes(about));
  if (foreign) return `found of another: ${JSON.stringify(foreign)}`;
  const matching = findings.some((one) =>
    Object.entries(found).every(([name, value]) => (one as unknown as Record<string, unknown>)[name] === value),
  );
  return matching ? undefined : `found ${JSON.stringify(findings)}`;
}

/** What a command line answered. */
interface Answer {
  readonly status: number | null;
  /** All that it said. */
  readonly text: string;
}

/** Runs `desk` with arguments on the store of a folder. */
export type RunDesk = (folder: string, args: readonly string[]) => Promise<Answer>;

/** Once for people, which is timed, and once for programs. */
async function verifying(folder: string, desk: RunDesk) {
  const from = performance.now();
  const { status, text } = await desk(folder, ['verify']);
  const ms = Math.round(performance.now() - from);
  const json = await desk(folder, ['verify', '--json']);
  const report = json.status === 2 ? undefined : (JSON.parse(json.text) as StoreReport);
  return { status, text, report, ms };
}

/** As an operator calls it: a process of its own, by npm. */
export const byNpm: RunDesk = async (folder, args) => {
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'desk', '--', ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
    env: { PATH, HOME: folder, ...settingsOf(folder) },
    maxBuffer: 2 ** 28,
  });
  return { status, text: status === 2 ? stderr : stdout };
};

const OPEN = createOpen(() => ({ input: process.stdin, output: process.stderr }));

/** The same in this process. */
export const inProcess: RunDesk = async (folder, args) => {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const status = await runCommandLine({ args, env: settingsOf(folder), say, complain: say }, COMMANDS, OPEN);
  return { status, text: said.join('\n') };
};
