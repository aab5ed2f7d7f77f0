/**
 * Makes the app package that an administrator uploads to Teams:
 *
 *   npm run package -- --app-id <guid> --domain desk.contoso.com [--version 1.2.0] [--out desk.zip]
 *
 * Writes the whole zip or nothing. Prints all problems at once, a sentence each.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makePackage, zipFiles } from './teamsApp/appPackage.ts';
import type { ReadFile } from './teamsApp/appPackage.ts';
import { answer, PROCESS } from './commandLine.ts';
import type { CommandLine } from './commandLine.ts';
import { orderOf, packageProgram } from './teamsApp/options.ts';
import type { PackageOrder } from './teamsApp/options.ts';
import { errnoOf } from '../shared/errno.ts';

const PROJECT = new URL('../../', import.meta.url);
const FOLDER = new URL('manifest/', PROJECT);

const readManifestFile: ReadFile = (name) => {
  try {
    return readFileSync(new URL(name, FOLDER));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Makes the package and returns the exit code. `read` reads a file of the folder `manifest`. */
export async function packageApp(line: CommandLine, read: ReadFile = readManifestFile): Promise<number> {
  return answer(packageProgram(deskVersion()), async (values) => writePackage(orderOf(values), line, read), line);
}

async function writePackage(order: PackageOrder, { say, complain }: CommandLine, read: ReadFile): Promise<0 | 1> {
  const made = makePackage(read, order);
  if ('problems' in made) {
    for (const problem of made.problems) complain(problem);
    complain('Nothing was written. These files are in the folder manifest.');
    return 1;
  }
  const { out, appId, version } = order;
  const bytes = await zipFiles(made.files);
  const fault = writeWhole(out, bytes);
  if (fault) {
    complain(`--out ${out}: ${fault}`);
    complain('Nothing was written.');
    return 1;
  }
  say(
    `${out}: version ${version} for the bot ${appId}, ${made.files.size} files, ${bytes.length} bytes. ` +
      'Upload it in the Teams admin center.',
  );
  return 0;
}

function deskVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')) as { version: string };
  return version;
}

/** Writes atomically, by a rename. Returns what is wrong where it cannot. */
function writeWhole(out: string, bytes: Buffer): string | undefined {
  const folder = dirname(resolve(out));
  const unfinished = `${resolve(out)}.${process.pid}.part`;
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is no folder: choose another path.`;
    writeFileSync(unfinished, bytes, { flag: 'wx' });
    renameSync(unfinished, resolve(out));
    return undefined;
  } catch (error) {
    rmSync(unfinished, { force: true });
    switch (errnoOf(error)) {
      case 'ENOENT':
        return `there is no folder ${folder}: make it first, or choose another path.`;
      case 'EISDIR':
      case 'ENOTEMPTY':
      case 'EEXIST':
        return 'there is a folder of that name: choose another path.';
      case 'EACCES':
      case 'EPERM':
      case 'EROFS':
        return 'it may not be written there: choose another path.';
      default:
        return `it could not be written (${error instanceof Error ? error.message : String(error)}): choose another path.`;
    }
  }
}

if (import.meta.main) process.exitCode = await packageApp(PROCESS);
