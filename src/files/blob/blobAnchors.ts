/** Anchors in a container of Blob Storage: one blob each, which is created and never written again. */
import type { BlockBlobClient } from '@azure/storage-blob';
import type { Anchor, AnchorStore, StoredAnchor } from '../../desk/ports/anchors.ts';
import type { RandomSource } from '../../desk/ports/system.ts';
import { FilesError } from '../filesError.ts';
import { createCalls, DEFAULT_RETRY_POLICY, nameOf } from './calls.ts';
import type { RetryPolicy } from './calls.ts';
import { createServiceClient } from './client.ts';
import type { BlobLocation } from './client.ts';
import { ensureContainer } from './container.ts';

export interface BlobAnchorsOptions extends BlobLocation {
  /** A container for anchors alone. What keeps them from being changed is its retention policy. */
  readonly container: string;
  readonly ids: Pick<RandomSource, 'randomBytes'>;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

/** An append is tried once, in this time: the outbox tries again, and others wait to be told meanwhile. */
const APPEND_MS = 10_000;
/** How many anchors are read at once. */
const AT_ONCE = 16;
const PAGE = 5_000;
/** Names begin with what is left until this instant, so that the newest are listed first. Fifteen digits. */
const LAST_INSTANT = 999_999_999_999_999;

/**
 * Opens, and makes where it is missing, the container. An anchor's name follows from what it says, so the same anchor
 * is one blob however often it is appended. Throws a {@link FilesError} where the container cannot be had, and later
 * where Storage refuses or does not answer.
 */
export async function openBlobAnchors(options: BlobAnchorsOptions): Promise<AnchorStore> {
  const policy = { ...DEFAULT_RETRY_POLICY, ...options.retryPolicy };
  const call = createCalls(options.ids, policy);
  const callOnce = createCalls(options.ids, {
    ...policy,
    maxAttempts: 1,
    requestTimeoutMs: Math.min(policy.requestTimeoutMs, APPEND_MS),
  });
  const container = createServiceClient(options).getContainerClient(options.container);
  await ensureContainer(container, call, 'BLOB_ANCHORS');

  async function* names(pageSize: number): AsyncGenerator<readonly string[]> {
    let continuationToken: string | undefined;
    do {
      const next = await call('listing the anchors', (abortSignal) =>
        container
          .listBlobsFlat({ abortSignal })
          .byPage({ maxPageSize: pageSize, ...(continuationToken !== undefined && { continuationToken }) })
          .next(),
      );
      if (next.done === true) return;
      yield next.value.segment.blobItems.map(({ name }) => name);
      continuationToken = next.value.continuationToken || undefined;
    } while (continuationToken !== undefined);
  }

  async function* read(some: readonly string[]): AsyncGenerator<StoredAnchor> {
    for (let at = 0; at < some.length; at += AT_ONCE)
      yield* await Promise.all(
        some.slice(at, at + AT_ONCE).map(async (name) => {
          const bytes = await call(`reading the anchor ${name}`, (abortSignal) =>
            container.getBlobClient(name).downloadToBuffer(0, undefined, { abortSignal }),
          );
          return { where: name, text: bytes.toString('utf8') };
        }),
      );
  }

  return {
    async append(anchor) {
      const bytes = Buffer.from(JSON.stringify(anchor));
      const blob: BlockBlobClient = container.getBlockBlobClient(nameFor(anchor));
      try {
        await callOnce(`writing the anchor ${blob.name}`, (abortSignal) =>
          blob.upload(bytes, bytes.byteLength, { conditions: { ifNoneMatch: '*' }, abortSignal }),
        );
      } catch (fault) {
        if (!isThere(fault)) throw fault;
      }
    },
    async newest(count) {
      const found: string[] = [];
      for await (const page of names(Math.max(1, Math.min(count, PAGE)))) {
        found.push(...page.slice(0, count - found.length));
        if (found.length >= count) break;
      }
      const anchors: StoredAnchor[] = [];
      for await (const anchor of read(found)) anchors.push(anchor);
      return anchors;
    },
    async *all() {
      for await (const page of names(PAGE)) yield* read(page);
    },
  };
}

function nameFor({ claim, version, hash, at }: Anchor): string {
  return `${String(LAST_INSTANT - at).padStart(15, '0')}-${claim}-${version}-${hash}.json`;
}

/** Storage refuses to write over a blob: the same anchor was appended before. */
function isThere(fault: unknown): boolean {
  return fault instanceof FilesError && (nameOf(fault.cause) === 'BlobAlreadyExists' || fault.code === 'files.kept');
}
