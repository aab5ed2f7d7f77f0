/**
 * The desk of the tests, observed by checkers: they are told of everything that is written and sent, as in the
 * simulation.
 */
import type { PostedMessage } from '../../../../src/desk/ports/messenger.ts';
import type { DeskWorld, Options } from '../../../desk/world.ts';
import { openWorld } from '../../../desk/world.ts';
import type { Json, CreateChecker } from '../observations.ts';
import type { Told } from './checkerRun.ts';
import { createCheckerRun } from './checkerRun.ts';

export interface ObservedDesk {
  readonly world: DeskWorld;
  /** All that the checkers were told of, in its order. */
  readonly told: readonly Told[];
  /** A sweep, put before the checkers too. */
  sweep(): Promise<void>;
  /** The run is over; all that was wrong. */
  end(): readonly string[];
}

/** Opens the desk of the tests before checkers, from its first claim on. */
export async function observeDesk(opening: readonly CreateChecker[], options: Options = {}): Promise<ObservedDesk> {
  const world = await openWorld(options);
  const checkerRun = createCheckerRun(opening, () => world.files.keys());
  const told: Told[] = [];
  const written = new Map<string, { readonly body: Json; readonly at: number }>();
  const tell = (one: Told): void => {
    told.push(one);
    checkerRun.tell(one);
  };
  const here = { by: 'desk1#1', at: 0, off: 0 };

  world.documents.afterWrite = ({ kind, id, body, keys }) => {
    const at = world.clock.now();
    const before = written.get(`${kind}\n${id}`);
    const after = structuredClone(body) as Json;
    written.set(`${kind}\n${id}`, { body: after, at });
    tell({
      what: 'wrote',
      wrote: { ...here, at, kind, id, before: before?.body, after, keys, readAt: before?.at ?? at },
    });
  };
  world.messenger.after = (sending) => {
    const { how, content, sent } =
      world.messenger.sendings.findLast((one) => one.content === sending.content && one.how === sending.how) ?? sending;
    if (sent?.kind !== 'delivered') return;
    const { conversationId, messageId }: PostedMessage = sent.message;
    const shown =
      content.kind === 'card'
        ? { card: { actions: [{ data: { claim: content.claim.id, version: content.claim.version } }] } }
        : {
            text: `${content.kind === 'line' ? content.claim.id : content.kind === 'moved' ? content.id : content.what.kind}: ${content.kind}`,
          };
    tell({
      what: 'taken',
      taken: {
        by: here.by,
        at: world.clock.now(),
        how: how === 'edit' ? 'edit' : 'post',
        conversation: conversationId,
        messageId,
        readers: [],
        acknowledged: true,
        ...shown,
      },
    });
  };

  return {
    world,
    told,
    async sweep() {
      const from = world.clock.now();
      const swept = await world.sweep();
      tell({
        what: 'swept',
        swept: { ...here, from, at: world.clock.now(), ...swept, disturbed: false, hit: new Set(), isStopped: false },
      });
    },
    end() {
      tell({ what: 'ended' });
      return checkerRun.problems;
    },
  };
}
