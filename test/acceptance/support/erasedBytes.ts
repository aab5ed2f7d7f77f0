/** Searches everything below a folder for words, byte by byte, in every form in which a program may write them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** `desk.log: utf-16: Wanda` for each file that has a word, in its bytes or its name, in any case. */
export async function filesWith(folder: string, words: readonly string[]): Promise<readonly string[]> {
  // Who opens and closes a database's file gives up the locks that the same process has on it: another one copies it.
  const parent = await mkdtemp(join(tmpdir(), 'searched-'));
  try {
    await promisify(execFile)('cp', ['-R', folder, join(parent, 'copy')]);
    return await wordsIn(join(parent, 'copy'), words);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function wordsIn(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const forms = words.flatMap((word) => formsOf(word).map(([form, bytes]) => ({ what: `${form}: ${word}`, bytes })));
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const text = name.toLowerCase();
    found.push(...words.filter((word) => text.includes(word.toLowerCase())).map((word) => `${name}: name: ${word}`));
    if (!(await stat(path)).isFile()) continue;
    const raw = (await readFile(path)).toString('latin1');
    const lower = raw.toLowerCase();
    for (const { what, bytes } of forms)
      if (raw.includes(bytes) || lower.includes(bytes.toLowerCase())) found.push(`${name}: ${what}`);
  }
  return found;
}

/** A word in UTF-8, UTF-16, base64 at three places, escaped for JSON and percent-encoded; as Latin-1 bytes. */
function formsOf(word: string): readonly (readonly [form: string, bytes: string])[] {
  const utf8 = Buffer.from(word, 'utf8');
  const latin1 = (bytes: Buffer): string => bytes.toString('latin1');
  const escaped = [...word]
    .map((letter) => (letter > '~' ? `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}` : letter))
    .join('');
  return [
    ['utf-8', latin1(utf8)],
    ['utf-16', latin1(Buffer.from(word, 'utf16le'))],
    ['utf-16 be', latin1(Buffer.from(word, 'utf16le').swap16())],
    ['json', escaped],
    ['percent', encodeURIComponent(word)],
    ['percent, form', encodeURIComponent(word).replaceAll('%20', '+')],
    // The first and the last letters depend on what is beside the word.
    ...[0, 1, 2].map((shift): readonly [string, string] => [
      'base64',
      Buffer.concat([Buffer.alloc(shift), utf8])
        .toString('base64')
        .replace(/=+$/, '')
        .slice(shift === 0 ? 0 : 4, -1),
    ]),
  ];
}
