/**
 * Messages that were heard. Teams delivers one again where its answer takes long, be it to another instance: a document
 * says who has it in hand, and then that it is done.
 *
 * Nothing is lost: who dies with a message in hand leaves it to its redelivery, once the time it had is over. What a message
 * does is done once all the same (R58); at worst, after such a death, it is answered twice.
 */
import type { Instant } from '../domain/calendar/calendar.ts';
import type { NewDocument } from './ports/documents.ts';
import type { World } from './ports/world.ts';

/** What the inbox needs of the outside. */
export type InboxPorts = Pick<World, 'documents' | 'clock' | 'ids' | 'log' | 'pause'>;

const HEARD = 'heard';
interface Heard {
  readonly schema: 1;
  /** Which instance has it in hand, or had. */
  readonly by: string;
  readonly until: Instant;
  readonly done: boolean;
}

/** Longer than most answers take, and not much longer than Teams waits for one. */
const IN_HAND_MS = 15_000;
const LOOK_AGAIN_MS = 250;
/** For a clock that stands still, or is behind that of the instance which died. */
const MAX_LOOKS = IN_HAND_MS / LOOK_AGAIN_MS;
/** Teams gives up long before. */
const KEPT_MS = 3_600_000;

export function createInbox(ports: InboxPorts) {
  const { documents, clock, ids, log } = ports;
  const instance = ids.randomId();
  const inHand = new Map<string, Promise<void>>();

  function document(id: string, until: Instant, done: boolean): NewDocument<Heard> {
    return { kind: HEARD, id, body: { schema: 1, by: instance, until, done }, keys: [], keepMs: KEPT_MS };
  }

  /** Takes a message in hand, at once or when whoever has it let its time pass. Answers the etag; undefined for one that is done. */
  async function take(id: string): Promise<string | undefined> {
    const mine = (): NewDocument<Heard> => document(id, clock.now() + IN_HAND_MS, false);
    const first = await documents.create(mine());
    if (first !== 'exists') return first.etag;
    for (let look = 1; ; look += 1) {
      const known = await documents.read<Heard>(HEARD, id);
      if (!known) return take(id);
      if (known.body.done) return undefined;
      if (known.body.until > clock.now() && look <= MAX_LOOKS) await ports.pause(LOOK_AGAIN_MS);
      else {
        const taken = await documents.replace(mine(), known.etag);
        if (taken !== 'changed') return taken.etag;
        look = 0;
      }
    }
  }

  async function handleOnce(id: string, work: () => Promise<void>): Promise<void> {
    const etag = await take(id);
    if (etag === undefined) return;
    try {
      await work();
    } catch (error) {
      await note(id, etag, false);
      throw error;
    }
    await note(id, etag, true);
  }

  /** Done, or free for its redelivery. A note that cannot be written must not undo what was done. */
  async function note(id: string, etag: string, done: boolean): Promise<void> {
    try {
      await documents.replace(document(id, clock.now(), done), etag);
    } catch (error) {
      log.warn({ error }, 'Could not mark a message as processed; a redelivery would be answered again');
    }
  }

  return {
    /**
     * Does `work` for a message, unless it was done for it before, here or by another instance. `message` is what it is known
     * by, its conversation and its id. Where it is in hand, waits for the end of it: whoever is answered may rely on it.
     */
    once(message: string, work: () => Promise<void>): Promise<void> {
      const id = ids.sha256(message);
      const known = inHand.get(id);
      if (known) return known;
      const handled = handleOnce(id, work).finally(() => inHand.delete(id));
      inHand.set(id, handled);
      return handled;
    },
  };
}
