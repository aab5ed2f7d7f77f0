/** The operator's command line, `npm run desk -- <command>`, on the desk of this configuration, running or not. */
import { PROCESS } from '../tools/commandLine.ts';
import { runCommandLine } from './commandLine.ts';
import { COMMANDS } from './commands/all.ts';
import { createOpen } from './open.ts';

/** What commands write is its owner's alone, also what a library makes. */
const OWNER_ALONE = 0o077;

if (import.meta.main) {
  process.umask(OWNER_ALONE);
  process.exitCode = await runCommandLine(
    PROCESS,
    COMMANDS,
    createOpen(() => ({ input: process.stdin, output: process.stderr })),
  );
}
