import type { ContainerClient } from '@azure/storage-blob';
import { ASSESSMENTS } from '../../desk/ports/files.ts';
import type { Files } from '../../desk/ports/files.ts';
import type { Ids } from '../../desk/ports/system.ts';
import { openCalls, DEFAULT_RETRY_POLICY } from './calls.ts';
import type { Call, RetryPolicy } from './calls.ts';
import { readyContainer } from './container.ts';
import { openService } from './client.ts';
import type { BlobLocation } from './client.ts';
import { readBlob } from './read.ts';
import { writeBlob } from './write.ts';
import { segmentsOf, segmentsOfPrefix, segmentsToRemove } from '../fileKey.ts';
import { FilesError } from '../filesError.ts';

export interface BlobFilesOptions extends BlobLocation {
  /** The container of everything but the hand-overs. */
  readonly container: string;
  /** The container of the hand-overs for assessment, apart so that it can be under a retention policy of its own (R53). */
  readonly assessments: string;
  readonly ids: Pick<Ids, 'randomId' | 'randomBytes'>;
  readonly pace?: Partial<RetryPolicy>;
  /** How many names one page of a listing has; at most, and by default, 5,000. */
  readonly pageSize?: number;
}

export interface BlobFiles extends Files {
  /** Whether both containers answer, asked once and within five seconds. Fails with a {@link FilesError} where one does not. */
  ready(): Promise<void>;
}

const READY_MS = 5_000;

/**
 * The file port on Azure Blob Storage, for any number of processes. At most one MiB of a file is in memory for each reader and writer.
 * The containers are made where they are missing; both are private. Files go out through the desk and never by a signed address of
 * Storage's: whoever holds such an address can read until it runs out, while the desk asks at each use what the person may still see.
 *
 * `remove` deletes the current version only. Under versioning it stays as a previous version, for as long as the account's rules say.
 *
 * Throws a {@link FilesError}: here where the endpoint is not good, a container cannot be had or anybody could read it; later for a bad
 * key, and where Storage stays busy, silent or refuses.
 */
export async function openBlobFiles(options: BlobFilesOptions): Promise<BlobFiles> {
  const service = openService(options);
  const pace = { ...DEFAULT_RETRY_POLICY, ...options.pace };
  const call = openCalls(options.ids, pace);
  const askOnce = openCalls(options.ids, { ...pace, tries: 1, tryMs: Math.min(pace.tryMs, READY_MS) });
  const files = service.getContainerClient(options.container);
  const assessments = service.getContainerClient(options.assessments);
  const blobOf = (key: string) => (key.startsWith(ASSESSMENTS) ? assessments : files).getBlockBlobClient(key);

  for (const container of [files, assessments])
    await readyContainer(container, call).catch((error: unknown) => {
      throw atOpening(error, options.endpoint);
    });

  return {
    async put(key, bytes) {
      segmentsOf(key);
      return writeBlob(blobOf(key), bytes, options.ids.randomId(), call);
    },
    async open(key) {
      segmentsOf(key);
      return readBlob(blobOf(key), call);
    },
    async remove(key) {
      segmentsToRemove(key);
      try {
        await call(`removing ${key}`, (abortSignal) => blobOf(key).delete({ abortSignal }));
      } catch (fault) {
        if (!(fault instanceof FilesError) || fault.code !== 'files.missing') throw fault;
      }
    },
    async *list(prefix) {
      segmentsOfPrefix(prefix);
      if (!prefix.startsWith(ASSESSMENTS)) yield* keysIn(files, prefix, call, options.pageSize);
      if (prefix.startsWith(ASSESSMENTS) || ASSESSMENTS.startsWith(prefix))
        yield* keysIn(assessments, prefix, call, options.pageSize);
    },
    async ready() {
      for (const container of [files, assessments]) {
        await askOnce(`looking for the container ${container.containerName}`, (abortSignal) =>
          container.getProperties({ abortSignal }),
        );
      }
    },
  };
}

async function* keysIn(
  container: ContainerClient,
  prefix: string,
  call: Call,
  maxPageSize = 5_000,
): AsyncGenerator<{ readonly key: string; readonly writtenAt: number }> {
  let continuationToken: string | undefined;
  do {
    const next = await call('listing the files', (abortSignal) => {
      const from = continuationToken === undefined ? {} : { continuationToken };
      return container
        .listBlobsFlat({ prefix, abortSignal })
        .byPage({ maxPageSize, ...from })
        .next();
    });
    if (next.done === true) return;
    for (const { name, properties } of next.value.segment.blobItems)
      yield { key: name, writtenAt: properties.lastModified.getTime() };
    // The last page names an empty one.
    continuationToken = next.value.continuationToken || undefined;
  } while (continuationToken !== undefined);
}

/** Who opens the files may have given a wrong address; later it was the right one. */
function atOpening(error: unknown, endpoint: string): unknown {
  if (!(error instanceof FilesError) || error.code !== 'files.unreachable') return error;
  return new FilesError(
    error.code,
    `BLOB_ENDPOINT is ${JSON.stringify(endpoint)}. ${error.message}; see whether the account is there and this process may reach it`,
    { cause: error.cause },
  );
}
