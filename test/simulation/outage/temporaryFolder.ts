/** A temporary folder that is removed when the work in it is done. */
import { makeFolder, removeFolder } from '../../support/tempFolders.ts';

/** Makes a folder within another, and removes it when `act` is over, or when a signal ends this process before. */
export async function withTemporaryFolder<Came>(
  within: string,
  prefix: string,
  act: (folder: string) => Promise<Came>,
): Promise<Came> {
  const folder = makeFolder(within, prefix);
  try {
    return await act(folder);
  } finally {
    removeFolder(folder);
  }
}
