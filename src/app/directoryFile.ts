/** The file of organisations and people that a desk is started with. */
import { readFile } from 'node:fs/promises';
import { parse, visit } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Desk } from '../desk/desk.ts';
import { DirectoryError } from '../desk/directory/importDirectory.ts';
import { errnoOf } from '../shared/errno.ts';
import { decodeText, placeOfByte } from '../shared/textFile.ts';

/**
 * Imports the file; see `importDirectory` for what it holds. Throws a {@link DirectoryError} that names DIRECTORY_FILE
 * and quotes nothing of the file, which is about people: what is not there, or where it is no JSON, or no directory.
 */
export async function importDirectoryFile(desk: Pick<Desk, 'importDirectory'>, file: string): Promise<void> {
  const directory = parsed(file, await textOf(file));
  try {
    await desk.importDirectory(directory);
  } catch (error) {
    if (error instanceof DirectoryError)
      throw unusable('directory.invalid', file, `which is no directory: ${error.message}`, error);
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  const read = decodeText(await bytesOf(file));
  if ('text' in read) return read.text;
  const { wrong } = read;
  throw unusable(
    'directory.invalid',
    file,
    `which is ${wrong.sentence} at ${placeOfByte(wrong)}. Save it as UTF-8, or as UTF-16 with a byte order mark`,
  );
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = errnoOf(cause) ?? cause;
    throw unusable(
      'directory.unreadable',
      file,
      code === 'ENOENT'
        ? 'which is not there. Name a JSON file, or leave it out'
        : `which cannot be read (${String(code)}). Name a JSON file that this user may read, or leave it out`,
      cause,
    );
  }
}

/**
 * The value is of JSON.parse alone, which takes neither comments nor a comma too many; the other parser tells the place
 * of an error.
 */
function parsed(file: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Its own words quote the text, so it is no cause either.
    throw unusable('directory.invalid', file, `which is no JSON from ${placeOf(text)} on. Mend it there`);
  }
  const again = repeatedName(text);
  if (again !== undefined)
    throw unusable(
      'directory.invalid',
      file,
      `which has a name twice in one object, again at ${again}. Only the last would count: put them together`,
    );
  return value;
}

/** Where an object has a name that it has already; JSON.parse keeps the last and forgets the others. */
function repeatedName(text: string): string | undefined {
  const objects: Set<string>[] = [];
  let place: string | undefined;
  try {
    visit(text, {
      onObjectBegin: () => void objects.push(new Set()),
      onObjectEnd: () => void objects.pop(),
      onObjectProperty(name, _offset, _length, line, column) {
        const names = objects.at(-1);
        if (names?.has(name)) place ??= `line ${line + 1}, column ${column + 1}`;
        names?.add(name);
      },
    });
  } catch (error) {
    // Lists within lists, thousands deep: refused later, as no directory.
    if (!(error instanceof RangeError)) throw error;
  }
  return place;
}

/** Line and column, both from 1, of the first error in a text that is no JSON. */
function placeOf(text: string): string {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch (error) {
    // Lists within lists, thousands deep: what was found before stays.
    if (!(error instanceof RangeError)) throw error;
  }
  const before = text.slice(0, errors[0]?.offset ?? 0).split(/\r\n?|\n/);
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

function unusable(code: DirectoryError['code'], file: string, sentence: string, cause?: unknown): DirectoryError {
  return new DirectoryError(code, `DIRECTORY_FILE is ${JSON.stringify(file)}, ${sentence}.`, { cause });
}
