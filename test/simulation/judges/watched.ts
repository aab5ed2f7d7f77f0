/** The desk of the tests with the judges looking on: everything that is written and sent is put before them as the simulation does. */
import { calendarOf } from '../../../src/calendar/calendar.ts';
import type { PostedMessage } from '../../../src/desk/ports.ts';
import type { DeskWorld, Options } from '../../desk/world.ts';
import { openWorld } from '../../desk/world.ts';
import type { Rights } from '../cast.ts';
import { SIMULATED_POLICIES } from '../programme.ts';
import type { Json, Judge, OpenJudge, Truth, Wrote } from '../witness.ts';

const NOBODY: Rights = { staff: [] };

export interface Watched {
  readonly world: DeskWorld;
  /** What the judges have said so far. */
  readonly wrongs: readonly string[];
  /** A sweep, put before the judges too. */
  sweep(): Promise<void>;
  /** The run is over; all that was wrong. */
  end(): readonly string[];
}

/** Opens the desk of the tests before judges, from its first claim on. */
export async function watched(opening: readonly OpenJudge[], options: Options = {}): Promise<Watched> {
  const world = await openWorld(options);
  const stored = new Map<string, { readonly body: Json; readonly keys: Wrote['keys']; readonly at: number }>();
  const truth: Truth = {
    now: () => world.clock.now(),
    *documents(kind) {
      for (const [name, { body, keys }] of stored) if (name.startsWith(`${kind}\n`)) yield { id: name.slice(kind.length + 1), body, keys };
    },
    rightsOf: () => NOBODY,
    everBetween: () => false,
    files: () => world.files.keys(),
    freeDays(version) {
      const policy = SIMULATED_POLICIES[version];
      return policy ? [calendarOf(policy.calendar, policy.zone).holidays] : [];
    },
    isOdd: () => false,
  };
  const judges = opening.map((open) => open(truth));
  const wrongs: string[] = [];
  const tell = (ask: (judge: Judge) => readonly string[] | undefined): void => {
    for (const judge of judges) wrongs.push(...(ask(judge) ?? []).map((what) => `${judge.name}: ${what}`));
  };

  world.documents.afterWrite = ({ kind, id, body, keys }) => {
    const name = `${kind}\n${id}`;
    const before = stored.get(name);
    const after = structuredClone(body) as Json;
    const at = world.clock.now();
    stored.set(name, { body: after, keys, at });
    tell((judge) => judge.wrote?.({ at, by: 'desk1#1', off: 0, kind, id, before: before?.body, after, keys, readAt: before?.at ?? at }));
  };
  world.messenger.after = (sending) => {
    const { how, content, sent } = world.messenger.sendings.findLast((one) => one.content === sending.content && one.how === sending.how) ?? sending;
    if (sent?.kind !== 'delivered') return;
    const { conversationId, messageId }: PostedMessage = sent.message;
    const shown = content.kind === 'card'
      ? { card: { actions: [{ data: { claim: content.claim.id, version: content.claim.version } }] } }
      : { text: `${content.kind === 'line' ? content.claim.id : content.id}: ${content.kind}` };
    tell((judge) => judge.taken?.({ at: world.clock.now(), by: 'desk1#1', how: how === 'edit' ? 'edit' : 'post', conversation: conversationId, messageId, readers: [], acknowledged: true, ...shown }));
  };

  return {
    world,
    wrongs,
    async sweep() {
      const from = world.clock.now();
      const swept = await world.sweep();
      tell((judge) => judge.swept?.({ by: 'desk1#1', from, at: world.clock.now(), off: 0, ...swept, disturbed: false }));
    },
    end() {
      tell((judge) => judge.ended?.());
      return wrongs;
    },
  };
}
