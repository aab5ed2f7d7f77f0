/** A container of Blob Storage: exists, and is private. */
import type { ContainerClient } from '@azure/storage-blob';
import { nameOf } from './calls.ts';
import type { Call } from './calls.ts';
import { FilesError } from '../filesError.ts';

/**
 * Creates the container, private, where it is missing; another process may do so at the same time. An identity that may
 * not create containers is fine where it exists. Refuses a container that is public. `variable` is the
 * setting that names the container.
 */
export async function ensureContainer(
  container: ContainerClient,
  call: Call,
  variable: 'BLOB_CONTAINER' | 'BLOB_ANCHORS' = 'BLOB_CONTAINER',
): Promise<void> {
  if (await exists(container, call)) return;
  try {
    await call(`making the container ${container.containerName}`, (abortSignal) => container.create({ abortSignal }));
  } catch (fault) {
    const taken = fault instanceof FilesError && nameOf(fault.cause) === 'ContainerAlreadyExists';
    if (taken || (await exists(container, call))) return;
    if (!(fault instanceof FilesError) || fault.code !== 'files.forbidden') throw fault;
    throw new FilesError(
      'files.noContainer',
      `There is no container ${container.containerName}, and this identity may not make one; make it, ` +
        `private, or name another as ${variable}`,
      { cause: fault },
    );
  }
}

async function exists(container: ContainerClient, call: Call): Promise<boolean> {
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
