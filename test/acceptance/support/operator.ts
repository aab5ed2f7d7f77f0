/** The operator's command line in a process of its own, as an operator runs it beside the desk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Environment } from '../../../src/config/environment.ts';
import { COMPILED } from '../../support/compileCache.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly problems: string;
}

const MAIN = new URL('../../../src/cli/main.ts', import.meta.url).pathname;

/** Runs a command without a terminal; `env` leads it to a desk. */
export async function operate(env: Environment, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...COMPILED, ...env },
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [out, problems, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { code, out: out.trim(), problems: problems.trim() };
}

/** The JSON that a command prints with --json. */
export async function operateJson(env: Environment, ...args: readonly string[]): Promise<unknown> {
  const { out, problems } = await operate(env, ...args, '--json');
  if (out === '') throw new Error(problems);
  return JSON.parse(out);
}
