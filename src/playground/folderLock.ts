/** Locks the folder of the playground: two in one folder would turn each other's clock and mix up their simulators. */
import { mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, ownerOf, prefixOf, thisOwner } from '../files/local/processOwner.ts';
import { PlaygroundError } from './playgroundError.ts';
import { errnoOf } from '../shared/errno.ts';

/** A dangling symbolic link, which is created atomically. After a kill it remains, but names a process that is gone. */
export const MARK = 'running';

/**
 * Creates the folder if needed and locks it until `release`. Throws a {@link PlaygroundError} where another playground
 * runs in it.
 */
export async function lockFolder(folder: string): Promise<{ release(this: void): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const mark = join(folder, MARK);
  const here = await thisOwner();
  const marked = (): Promise<boolean> =>
    symlink(prefixOf(here), mark).then(
      () => true,
      (error: unknown) => {
        if (errnoOf(error) === 'EEXIST') return false;
        throw error;
      },
    );
  while (!(await marked())) {
    const other = ownerOf(await readlink(mark).catch(() => ''));
    if (other && (await isAlive(other, here)) === true) {
      throw new PlaygroundError(
        'playground.folderLocked',
        `Another playground runs in ${folder}, as process ${other.pid}. ` +
          `End it first: with Ctrl+C where it was started, or with "kill ${other.pid}".`,
      );
    }
    await rm(mark, { force: true });
  }
  return { release: () => rm(mark, { force: true }) };
}
