/**
 * The faults of Teams: it accepts most calls, rejects some, fails or does not answer; and sometimes it has accepted
 * what it does not acknowledge. Records every message and edit that took effect.
 */
import type { Call, Connector, Rule } from '../acceptance/support/connector.ts';
import type { Chance } from '../support/random.ts';

type Fault = 'busy' | 'broken' | 'away' | 'silent' | 'takenAndBroken' | 'takenAndSilent' | 'takenAndCut';

const FAULTS: Readonly<Record<Fault, { readonly share: number } & Rule>> = {
  busy: { share: 0.04, status: 429, headers: { 'retry-after': '1' } },
  broken: { share: 0.02, status: 500 },
  away: { share: 0.02, status: 503 },
  silent: { share: 0.004, hang: true },
  takenAndBroken: { share: 0.006, status: 500, takesEffect: true },
  takenAndSilent: { share: 0.003, hang: true, takesEffect: true },
  takenAndCut: { share: 0.006, reset: true, takesEffect: true },
};

/** A message that was posted, or that replaced another, and took effect. */
export interface Kept {
  readonly how: 'post' | 'edit';
  /** The chat or the thread; a channel, where a thread began. */
  readonly conversation: string;
  /** The text of a line; of a card, its JSON. */
  readonly content: string;
  readonly claim?: string;
  /** Of a claim's card: the version that it shows. */
  readonly version?: number;
  /** When it came in (`performance.now()`). */
  readonly at: number;
  /** Whether the desk got an acknowledgement; it may have been killed all the same. */
  readonly acknowledged: boolean;
  readonly messageId?: string;
}

export type FaultSchedule = ReturnType<typeof createFaultSchedule>;

export function createFaultSchedule(connector: Connector, chance: Chance) {
  const kept: Kept[] = [];
  const counts: Partial<Record<Fault, number>> = {};
  const drawn = new WeakMap<Call, { readonly fault?: Fault }>();
  let isActive = false;

  /** Drawn once for each call. */
  function faultFor(call: Call): Fault | undefined {
    const known = drawn.get(call);
    if (known) return known.fault;
    const fault = isActive ? draw() : undefined;
    drawn.set(call, fault ? { fault } : {});
    return fault;
  }

  function draw(): Fault | undefined {
    let lot = chance.next();
    for (const [name, { share }] of Object.entries(FAULTS) as [Fault, { share: number }][]) {
      lot -= share;
      if (lot < 0) {
        counts[name] = (counts[name] ?? 0) + 1;
        return name;
      }
    }
    return undefined;
  }

  for (const [name, { share: _, ...rule }] of Object.entries(FAULTS) as [Fault, (typeof FAULTS)[Fault]][]) {
    connector.rule({ ...rule, match: (call) => faultFor(call) === name });
  }
  connector.onCall((call, moment) => {
    if (moment !== 'before') return;
    const fault = faultFor(call);
    if (fault === undefined || FAULTS[fault].takesEffect) kept.push(recordOf(call, fault === undefined));
  });

  return {
    kept: kept as readonly Kept[],
    counts: counts as Readonly<Partial<Record<Fault, number>>>,
    begin(): void {
      isActive = true;
    },
    end(): void {
      isActive = false;
    },
  };
}

function recordOf({ method, path, conversationId, activityId, body }: Call, acknowledged: boolean): Kept {
  const sent = (body ?? {}) as {
    readonly text?: string;
    readonly activity?: unknown;
    readonly channelData?: { readonly channel?: { readonly id?: string } };
  };
  const activity = (path === '/v3/conversations' ? sent.activity : sent) as
    | { readonly text?: string; readonly attachments?: readonly { readonly content?: unknown }[] }
    | undefined;
  const card = activity?.attachments?.[0]?.content;
  const content = card === undefined ? (activity?.text ?? '') : JSON.stringify(card);
  const claim = /CPOR-[0-9A-Z]{6}/.exec(content)?.[0];
  const version = card === undefined ? undefined : /"version":(\d+)/.exec(content)?.[1];
  return {
    how: method === 'PUT' ? 'edit' : 'post',
    conversation: conversationId ?? sent.channelData?.channel?.id ?? '',
    content,
    at: performance.now(),
    acknowledged,
    ...(claim !== undefined && { claim }),
    ...(version !== undefined && { version: Number(version) }),
    ...(activityId !== undefined && method === 'PUT' && { messageId: activityId }),
  };
}
