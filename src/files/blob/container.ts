/** A container of Blob Storage: there, and nobody else's to read. */
import type { ContainerClient } from '@azure/storage-blob';
import { nameOf } from './calls.ts';
import type { Call } from './calls.ts';
import { FilesError } from '../filesError.ts';

/**
 * Makes the container where it is missing, private; another process may do so at the same time. An identity that may not make one is
 * fine where there is one. Refuses a container that anybody could read.
 */
export async function readyContainer(container: ContainerClient, call: Call): Promise<void> {
  if (await isThere(container, call)) return;
  try {
    await call(`making the container ${container.containerName}`, (abortSignal) => container.create({ abortSignal }));
  } catch (fault) {
    const taken = fault instanceof FilesError && nameOf(fault.cause) === 'ContainerAlreadyExists';
    if (taken || (await isThere(container, call))) return;
    if (!(fault instanceof FilesError) || fault.code !== 'files.forbidden') throw fault;
    throw new FilesError(
      'files.noContainer',
      `There is no container ${container.containerName}, and this identity may not make one; make it, private, or name another as BLOB_CONTAINER`,
      { cause: fault },
    );
  }
}

async function isThere(container: ContainerClient, call: Call): Promise<boolean> {
  const name = container.containerName;
  try {
    const { blobPublicAccess } = await call(`looking for the container ${name}`, (abortSignal) =>
      container.getProperties({ abortSignal }),
    );
    if (blobPublicAccess === undefined) return true;
    throw new FilesError('files.public', `Anybody can read the container ${name}; set its access level to private`);
  } catch (fault) {
    if (fault instanceof FilesError && (fault.code === 'files.noContainer' || fault.code === 'files.missing'))
      return false;
    throw fault;
  }
}
