/**
 * Deduplicates messages that Teams delivers again, also to another instance. A document per message says which instance
 * is processing it and until when, then that it is done.
 *
 * If an instance dies, its lease on the message expires and the redelivery is processed. Commands are idempotent (R58),
 * so at worst the user is answered twice.
 */
import type { Instant } from '../domain/calendar/calendar.ts';
import type { NewDocument } from './ports/documents.ts';
import type { World } from './ports/world.ts';
import { requireKnownSchema, schemaOf } from './records/schemaVersion.ts';

/** What the inbox needs of the outside. */
export type InboxPorts = Pick<World, 'documents' | 'clock' | 'random' | 'digest' | 'log' | 'pause'>;

/** The kind of the documents. */
const HEARD = 'heard';

interface ProcessedMessage {
  readonly schema: number;
  /** The instance that processes the message, or did. */
  readonly by: string;
  readonly until: Instant;
  readonly done: boolean;
}

/** Longer than most answers take, and not much longer than Teams waits for one. */
const LEASE_MS = 15_000;
const POLL_MS = 250;
/** Bounds the wait where our clock does not move, or is behind that of an instance that died. */
const MAX_READS = LEASE_MS / POLL_MS;
/** Longer than Teams delivers a message again. */
const KEEP_MS = 3_600_000;

/** One inbox for each instance of the desk: what it is processing itself is known without a read. */
export function createInbox(ports: InboxPorts) {
  const { documents, clock, random, digest, log } = ports;
  const instance = random.randomId();
  const processing = new Map<string, Promise<void>>();

  function document(id: string, until: Instant, done: boolean): NewDocument<ProcessedMessage> {
    return { kind: HEARD, id, body: { schema: schemaOf(HEARD), by: instance, until, done }, keys: [], keepMs: KEEP_MS };
  }

  /**
   * Takes the lease of a message, waiting for that of another instance to expire. Its etag, or undefined for a message
   * that is done.
   */
  async function takeLease(id: string): Promise<string | undefined> {
    const mine = (): NewDocument<ProcessedMessage> => document(id, clock.now() + LEASE_MS, false);
    const first = await documents.create(mine());
    if (first !== 'exists') return first.etag;
    for (let reads = 1; ; reads += 1) {
      const known = await documents.read<ProcessedMessage>(HEARD, id);
      if (!known) return takeLease(id);
      // What a newer version is answering is its to mark; here it fails, and Teams delivers it again.
      requireKnownSchema(HEARD, id, known.body);
      if (known.body.done) return undefined;
      if (known.body.until > clock.now() && reads <= MAX_READS) await ports.pause(POLL_MS);
      else {
        const taken = await documents.replace(mine(), known.etag);
        if (taken !== 'changed') return taken.etag;
        reads = 0;
      }
    }
  }

  async function handleOnce(id: string, work: () => Promise<void>): Promise<void> {
    const etag = await takeLease(id);
    if (etag === undefined) return;
    try {
      await work();
    } catch (error) {
      await mark(id, etag, false);
      throw error;
    }
    await mark(id, etag, true);
  }

  /** Marks a message as done, or as free for its redelivery. Never throws: the answer must not fail for the mark. */
  async function mark(id: string, etag: string, done: boolean): Promise<void> {
    try {
      await documents.replace(document(id, clock.now(), done), etag);
    } catch (error) {
      log.warn({ error }, 'Could not mark a message as processed; a redelivery would be answered again');
    }
  }

  return {
    /**
     * Does `work` for a message unless it was done before, here or by another instance. `message` identifies it: its
     * conversation and its id. While another call processes the message, waits for its end, so that who is answered can
     * rely on the effect. Throws what `work` throws; the message is then free for its redelivery. Throws
     * UnknownSchemaError where a newer version of the desk has the message.
     */
    once(message: string, work: () => Promise<void>): Promise<void> {
      const id = digest.sha256(message);
      const known = processing.get(id);
      if (known) return known;
      const handled = handleOnce(id, work).finally(() => processing.delete(id));
      processing.set(id, handled);
      return handled;
    },
  };
}
