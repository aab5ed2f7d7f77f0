import type { ContainerClient } from '@azure/storage-blob';
import { ASSESSMENTS } from '../../desk/ports/files.ts';
import type { Files } from '../../desk/ports/files.ts';
import type { RandomSource } from '../../desk/ports/system.ts';
import { createCalls, DEFAULT_RETRY_POLICY } from './calls.ts';
import type { Call, RetryPolicy } from './calls.ts';
import { ensureContainer } from './container.ts';
import { createServiceClient } from './client.ts';
import type { BlobLocation } from './client.ts';
import { readBlob } from './read.ts';
import { writeBlob } from './write.ts';
import { segmentsOf, segmentsOfPrefix, segmentsToRemove } from '../fileKey.ts';
import { FilesError } from '../filesError.ts';

export interface BlobFilesOptions extends BlobLocation {
  /** The container of all files but the hand-overs for assessment. */
  readonly container: string;
  /**
   * The container of the hand-overs for assessment, separate so that it can have a retention policy of its own (R53).
   */
  readonly assessments: string;
  readonly ids: RandomSource;
  readonly retryPolicy?: Partial<RetryPolicy>;
  /** How many names are in one page of a listing; at most, and by default, 5,000. */
  readonly pageSize?: number;
}

export interface BlobFiles extends Files {
  /** Checks once, within five seconds, that both containers answer. Throws a {@link FilesError} where one does not. */
  ready(): Promise<void>;
}

const READY_MS = 5_000;

/**
 * The file port on Azure Blob Storage, for any number of processes. At most one MiB of a file is in memory for each
 * reader and writer. The containers are created where they are missing; both are private. Files are served by the desk
 * and never by a signed URL of Storage: such a URL gives access until it expires, while the desk checks each time what
 * the person may still see.
 *
 * `remove` deletes the current version only. With versioning on it is kept as a previous version, for as long as the
 * account's rules say.
 *
 * Throws a {@link FilesError}: here where the endpoint is invalid, or a container is missing or public; later for an
 * invalid key, and where Storage is busy for too long, does not answer or refuses.
 */
export async function openBlobFiles(options: BlobFilesOptions): Promise<BlobFiles> {
  const service = createServiceClient(options);
  const retryPolicy = { ...DEFAULT_RETRY_POLICY, ...options.retryPolicy };
  const call = createCalls(options.ids, retryPolicy);
  const callOnce = createCalls(options.ids, {
    ...retryPolicy,
    maxAttempts: 1,
    requestTimeoutMs: Math.min(retryPolicy.requestTimeoutMs, READY_MS),
  });
  const files = service.getContainerClient(options.container);
  const assessments = service.getContainerClient(options.assessments);
  const blobOf = (key: string) => (key.startsWith(ASSESSMENTS) ? assessments : files).getBlockBlobClient(key);

  for (const container of [files, assessments])
    await ensureContainer(container, call).catch((error: unknown) => {
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
        await callOnce(`looking for the container ${container.containerName}`, (abortSignal) =>
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

/** At opening the address may be wrong, so the error names it; later it is known to be right. */
function atOpening(error: unknown, endpoint: string): unknown {
  if (!(error instanceof FilesError) || error.code !== 'files.unreachable') return error;
  return new FilesError(
    error.code,
    `BLOB_ENDPOINT is ${JSON.stringify(endpoint)}. ${error.message}; see whether the account is there and this process may reach it`,
    { cause: error.cause },
  );
}
