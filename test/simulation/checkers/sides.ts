/**
 * Checks that no clock decides against a side of which no one could act at some instant while it ran (R45), by the
 * stored documents of people alone, in true time: who is a member with a role, and who is an enrolled contact that can
 * be reached. It knows nothing of the desk's journals. And that no clock is stopped for a removal that there was not.
 */
import type { Checker, DocumentWritten, GroundTruth, Json } from './observations.ts';
import type { Turn } from './support/claimWrites.ts';
import { ClaimWrites } from './support/claimWrites.ts';
import type { ClockName } from './support/storedClaim.ts';

/** Which clock decides with which event, and against whom. */
const DECIDES: Readonly<Record<string, readonly [clock: ClockName, side: 'partner' | 'customer']>> = {
  PartnerDidNotRespond: ['partnerResponse', 'partner'],
  DisputeWindowClosed: ['disputeWindow', 'partner'],
  ConsentPassed: ['consent', 'customer'],
  ConsentNotGiven: ['consent', 'customer'],
};
/**
 * The clocks of instances differ by so much, a read may be as old, and a write that was begun takes as long to arrive.
 * What happens nearer to an instant may count as before it or after it.
 */
const BLUR_MS = 120_000;
/** An instance whose clock is further from true time writes its own instants: nothing is said of what it wrote. */
const MOST_OFF_MS = 30_000;

interface Stretch {
  readonly at: number;
  readonly able: boolean;
}
type Runs = Map<ClockName, number>;

export function createSidesChecker(groundTruth: GroundTruth): Checker {
  /** Of each person, from when on they could act for which organisation, by its id. */
  const able = new Map<string, Map<string, Stretch[]>>();
  const claims = new ClaimWrites<Runs>(groundTruth, () => new Map());

  function follow({ id, at, after, restoredFrom = Infinity }: DocumentWritten): void {
    const now = new Set(actsFor(after));
    const organisations = new Map(
      [...(able.get(id) ?? [])].map(([organisation, known]) => [
        organisation,
        known.filter((one) => one.at <= restoredFrom),
      ]),
    );
    for (const organisation of new Set([...organisations.keys(), ...now])) {
      const known = organisations.get(organisation) ?? [];
      if ((known.at(-1)?.able ?? false) !== now.has(organisation))
        organisations.set(organisation, [...known, { at, able: now.has(organisation) }]);
    }
    able.set(id, organisations);
  }

  /** The times between two instants in which no one could act for an organisation. */
  function gaps(organisation: string, begin: number, to: number): readonly (readonly [from: number, to: number])[] {
    const all = [...able.values()].flatMap((organisations) => organisations.get(organisation) ?? []);
    // Who was enrolled before the first write that was seen is not known.
    const from = Math.max(begin, Math.min(...all.filter((one) => one.able).map(({ at }) => at)));
    if (from >= to) return [];
    const edges = [from, ...all.map(({ at }) => at).filter((at) => at > from && at < to), to].sort((a, b) => a - b);
    return edges.flatMap((edge, index) => {
      const next = edges[index + 1];
      return next === undefined || isSomeoneAble(organisation, edge) ? [] : [[edge, next] as const];
    });
  }

  function isSomeoneAble(organisation: string, at: number): boolean {
    return [...able.values()].some(
      (organisations) => organisations.get(organisation)?.findLast((one) => one.at <= at)?.able ?? false,
    );
  }

  function check({ wrote, entry: { event }, claim, own }: Turn<Runs>): readonly string[] {
    const organisation = (side: 'partner' | 'customer'): string =>
      side === 'partner' ? claim.partner : `customer:${String(claim.fields['customerTenantId'])}`;
    const isSure = Math.abs(wrote.off) <= MOST_OFF_MS;
    if (event.type === 'ClockSuspended' && event.clock) {
      const since = own.get(event.clock);
      own.delete(event.clock);
      if (!isSure || since === undefined || event.reason !== 'removed') return [];
      const side = event.clock === 'consent' ? 'customer' : 'partner';
      return gaps(organisation(side), event.at - BLUR_MS, event.at + BLUR_MS).length > 0
        ? []
        : [`${event.clock} is stopped, and someone could act for ${organisation(side)} all the time (R45)`];
    }
    const begun = Object.entries(event.clocks ?? {}).flatMap(([name, clock]) =>
      clock?.state === 'running' && claim.clocks.get(name as ClockName)?.state !== 'running' ? [name as ClockName] : [],
    );
    // Where the instant is another's own, nothing can be said of what came between.
    for (const name of begun) own.set(name, isSure ? event.at : Infinity);
    const [clock, side] = DECIDES[event.type] ?? [];
    if (!clock || !side) return [];
    const since = own.get(clock) ?? Infinity;
    own.delete(clock);
    const missed = isSure ? gaps(organisation(side), since + BLUR_MS, event.at - BLUR_MS) : [];
    const long = missed.filter(([from, to]) => to - from > BLUR_MS);
    return long.map(
      ([from, to]) =>
        `${event.type}, but no one could act for ${organisation(side)} from ${new Date(from).toISOString()} to ${new Date(to).toISOString()} (R45)`,
    );
  }

  return {
    name: 'sides',
    wrote(wrote) {
      if (wrote.kind === 'person') follow(wrote);
      return claims.wrote(wrote, { before: check });
    },
  };
}

/** The organisations for which a person can act, as their document says. */
function actsFor(body: Json): readonly string[] {
  const {
    memberships = [],
    contactOf = [],
    tenantId,
    chat,
    unreachable,
  } = body as {
    readonly memberships?: readonly { readonly organisation: string; readonly roles: readonly string[] }[];
    readonly contactOf?: readonly string[];
    readonly tenantId?: string;
    readonly chat?: unknown;
    readonly unreachable?: unknown;
  };
  const isReached = chat !== undefined && unreachable === undefined;
  return [
    ...memberships.filter(({ roles }) => roles.length > 0).map(({ organisation }) => organisation),
    ...(isReached ? contactOf.filter((tenant) => tenant === tenantId).map((tenant) => `customer:${tenant}`) : []),
  ];
}
