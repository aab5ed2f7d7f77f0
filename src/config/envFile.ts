/** The `.env` file, which Node reads itself: what its encoding would hide from the desk. */
import { readFileSync } from 'node:fs';
import { decodeText, placeOfByte } from '../shared/textFile.ts';
import type { Environment } from './environment.ts';
import { ConfigError } from './environment.ts';

const MARK = '\ufeff';
const OPTION = /^--env-file(?:-if-exists)?(?:=(.*))?$/;

/**
 * The environment as it was meant. In a file with a byte order mark Node takes the mark for a part of the first name;
 * it reads no UTF-16, and puts something else in the place of bytes that are no UTF-8, as in a password. `options` are
 * those of Node, which name the files. Throws a {@link ConfigError} that names a file which is not UTF-8, and where.
 */
export function environmentOf(env: Environment, options: readonly string[]): Environment {
  for (const file of envFilesIn(options)) refuseUnreadable(file);
  const hidden = Object.entries(env).filter(([name]) => name.startsWith(MARK));
  return { ...Object.fromEntries(hidden.map(([name, value]) => [name.slice(MARK.length), value])), ...env };
}

function envFilesIn(options: readonly string[]): readonly string[] {
  return options.flatMap((option, index) => {
    const match = OPTION.exec(option);
    const file = match && (match[1] ?? options[index + 1]);
    return file ? [file] : [];
  });
}

function refuseUnreadable(file: string): void {
  const bytes = bytesOf(file);
  if (!bytes) return;
  const read = decodeText(bytes);
  const sentence =
    'wrong' in read
      ? `is ${read.wrong.sentence} at ${placeOfByte(read.wrong)}`
      : bytes[0] === 0xff || bytes[0] === 0xfe
        ? 'is UTF-16, of which nothing is read'
        : undefined;
  if (sentence !== undefined)
    throw new ConfigError([{ variable: file, kind: 'not-text', sentence: `${sentence}. Save it as UTF-8.` }]);
}

/** Undefined where Node had nothing to read either. */
function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
