/** The file of organisations and people that a desk is started with. */
import { readFile } from 'node:fs/promises';
import { DirectoryError, importDirectory } from '../desk/directory/importDirectory.ts';
import type { People } from '../desk/directory/people.ts';
import { errnoOf } from '../shared/errno.ts';

/**
 * Imports the file; see {@link importDirectory} for what it holds and what is answered. Throws a {@link DirectoryError} that names
 * DIRECTORY_FILE and quotes nothing of the file, which is about people: what is not there, or where it is no JSON, or no directory.
 */
export async function importDirectoryFile(people: People, file: string): Promise<readonly string[]> {
  const directory = parsed(file, await textOf(file));
  try {
    return await importDirectory(people, directory);
  } catch (error) {
    if (error instanceof DirectoryError) throw unusable(file, `which is no directory: ${error.message}`, error);
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = errnoOf(cause) ?? cause;
    throw unusable(
      file,
      code === 'ENOENT'
        ? 'which is not there. Name a JSON file, or leave it out'
        : `which cannot be read (${String(code)}). Name a JSON file that this user may read, or leave it out`,
      cause,
    );
  }
}

function parsed(file: string, text: string): unknown {
  const fault = faultIn(text);
  if (fault === undefined) return JSON.parse(text);
  throw unusable(file, `which is no JSON from ${placeOf(text, fault)} on. Mend it there`);
}

function faultIn(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** Where the parser gave up. Its own words quote the text, and do not always tell the place. */
function placeOf(text: string, fault: string): string {
  const told = /\(line (\d+) column (\d+)\)/.exec(fault);
  if (told) return `line ${told[1] ?? ''}, column ${told[2] ?? ''}`;
  const before = (isUnexpected(fault) ? text.slice(0, soundLetters(text)) : text).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** How many letters come before one that no JSON could go on with. A text that is cut off before it is just not ended. */
function soundLetters(text: string): number {
  let [sound, tooMany] = [0, text.length];
  while (tooMany - sound > 1) {
    const middle = Math.floor((sound + tooMany) / 2);
    if (isUnexpected(faultIn(text.slice(0, middle)) ?? '')) tooMany = middle;
    else sound = middle;
  }
  return sound;
}

function isUnexpected(fault: string): boolean {
  return fault.startsWith('Unexpected token');
}

function unusable(file: string, sentence: string, cause?: unknown): DirectoryError {
  return new DirectoryError(`DIRECTORY_FILE is ${JSON.stringify(file)}, ${sentence}.`, { cause });
}
