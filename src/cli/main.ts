/** The operator's command line, `npm run desk -- <command>`, on the desk of this configuration, running or not. */
import { PROCESS } from '../tools/commandLine.ts';
import { runCommandLine } from './commandLine.ts';
import { COMMANDS } from './commands/all.ts';
import { openDesk } from './open.ts';

if (import.meta.main) process.exitCode = await runCommandLine(PROCESS, COMMANDS, openDesk);
