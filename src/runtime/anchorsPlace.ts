/** Where the anchors of a desk on one machine may be: outside all that is restored together with its claims (R55). */
import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { ConfigError, quoted } from '../config/environment.ts';
import type { ConfigProblem } from '../config/environment.ts';

/** Longer chains of links the system does not follow either. */
const MAX_LINKS = 40;

/**
 * Throws a {@link ConfigError} that names ANCHORS_FILE where it is inside DATA_DIR by the way that the system goes:
 * through links, also one whose end is not there yet, and by whatever name. Folders are compared by what they are, not
 * by how they are spelled. The same where it is no file, or its folder is not there: the desk would anchor nothing.
 */
export function requireAnchorsOutside(anchorsFile: string, dataDir: string): void {
  const place = placeOf(anchorsFile);
  const own = foldersOf(dataDir);
  for (let folder = place; ; folder = dirname(folder)) {
    if (own.has(identityOf(folder)))
      throw refused(
        'not-outside',
        `is ${quoted(anchorsFile)}, which is inside DATA_DIR. Name a file elsewhere, best on another disk: anchors that ` +
          'are lost or restored together with the claims cannot show what is missing.',
      );
    if (folder === dirname(folder)) return;
  }
}

/** The real folder that the file is in, or will be. */
function placeOf(anchorsFile: string): string {
  let path = anchorsFile;
  try {
    for (let links = 0; links <= MAX_LINKS; links += 1) {
      // The system's own way: a step up behind a link leads out of where the link leads.
      const folder = realpathSync.native(dirname(path));
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (!found?.isSymbolicLink()) {
        if (found && !found.isFile()) break;
        return folder;
      }
      const target = readlinkSync(path);
      path = isAbsolute(target) ? target : `${folder}/${target}`;
    }
  } catch (cause) {
    throw refused(
      'not-a-folder',
      `is ${quoted(anchorsFile)}, in a folder that is not there or cannot be entered. Make the folder first.`,
      cause,
    );
  }
  throw refused('not-a-name', `is ${quoted(anchorsFile)}, which is no file. Name a file; the desk makes it.`);
}

/** The data folder and those in it, which may be links to elsewhere. */
function foldersOf(dataDir: string): ReadonlySet<string> {
  const within = readdirSync(dataDir).map((name) => join(dataDir, name));
  return new Set([dataDir, ...within.filter(isFolder)].map(identityOf));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // A link that leads nowhere.
    return false;
  }
}

function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `${dev}:${ino}`;
}

function refused(kind: ConfigProblem['kind'], sentence: string, cause?: unknown): ConfigError {
  return new ConfigError([{ variable: 'ANCHORS_FILE', kind, sentence }], { cause });
}
