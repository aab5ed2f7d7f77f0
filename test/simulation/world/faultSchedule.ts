/** What happens to the world of a run besides what people do: processes die and stall, clocks jump, rules change, rights are taken away, the bot is removed. */
import type { Chance } from '../../support/random.ts';
import { personalChat } from '../../acceptance/activities.ts';
import { CAST, CHANNELS, EVERYBODY } from './personas.ts';
import type { CastName } from './personas.ts';
import type { Crowd } from './users.ts';
import type { Event, Faults } from './faults.ts';
import type { Fleet, Host } from './instances.ts';
import type { Rooms } from './conversations.ts';
import type { openTeams } from './teams.ts';
import type { Rulebook } from './rulebook.ts';
import type { Timeline } from '../engine/scheduler.ts';
import type { Kept, Vault } from './simulatedStore.ts';
import { PLANTED } from '../checkers/observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of days that somebody declares free: the one in about two weeks, the two after it, and one more. */
const FREED_AFTER = [10, 11, 12, 20] as const;
/** Who is about to lose their rights has so long to get hold of links. */
const LAST_LINKS_MS = 30_000;
/** A claim that nobody can read, and that every sweep finds first: it is due since 1970. */
const POISON = {
  kind: 'claim',
  id: 'CPOR-0P0150',
  body: { schema: 1, entries: [], outbox: [], told: [], homes: {} },
  keys: [{ name: 'wake', value: '', sort: 0 }],
} as const;
/** Where there is nothing to strike, it is tried again so much later, at most so often. */
const AGAIN_MS = 6 * HOUR;
const MOST_TRIES = 40;
/** What strikes an instance does so at any moment, at any call, or at one of a turn's or of a sweep's. */
const AIMS = ['any moment', 'any call', 'Turn', 'Turn', 'Sweep'] as const;
const MOST_CALLS = 30;
const WITH_RIGHTS = (Object.keys(CAST) as CastName[]).filter((name) => {
  const { member, staff, contact } = CAST[name].rights;
  return member !== undefined || staff.length > 0 || contact === true;
});
const NEVER_SEEN = { by: PLANTED, off: 0, readAt: 0 } as const;

export interface WeatherParts {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly chanceFor: (name: string) => Chance;
  readonly fleet: Fleet;
  readonly rulebook: Rulebook;
  readonly crowd: Crowd;
  readonly rooms: Rooms;
  readonly teams: ReturnType<typeof openTeams>;
  readonly vault: Vault;
  readonly until: number;
  /** Changes what somebody may, as an operator does. */
  readonly setRights: (name: CastName, has: boolean) => Promise<void>;
  /** Nobody can go by a claim from now on, until what is returned is called. */
  readonly odd: (claim: string) => () => void;
  readonly oddForEver: (claim: string) => void;
}

/** Puts everything that will happen on the timeline. Answers what mends it all, at the end. */
export function gather({
  timeline,
  faults,
  chanceFor,
  fleet,
  rulebook,
  crowd,
  rooms,
  teams,
  vault,
  until,
  setRights,
  odd,
  oddForEver,
}: WeatherParts): () => Promise<void> {
  const start = timeline.now();
  const mending: (() => void | Promise<void>)[] = [];

  /** Puts it down as often as it happens; it counts where it did something, and is tried again later where it says `false`: it found nothing to do. */
  function happen(name: Event, what: (chance: Chance, at: number) => unknown): void {
    const chance = chanceFor(`when ${name}`);
    const times = faults.times(name);
    for (let time = 0; time < times; time += 1) {
      const own = chanceFor(`${name} ${time}`);
      const go = (tries: number): void => {
        if (what(own, timeline.now()) !== false) faults.met(name);
        else if (tries > 0 && timeline.now() + AGAIN_MS + HOUR < until) timeline.after(AGAIN_MS, () => go(tries - 1));
      };
      timeline.after(HOUR + chance.below(until - start - 2 * HOUR), () => go(MOST_TRIES));
    }
  }

  /** Strikes one instance, mostly while it is at work: turns last milliseconds, and hours lie between them. */
  function strike(name: 'stall' | 'kill' | 'sigterm' | 'blackout', what: (host: Host, chance: Chance) => void): void {
    const chance = chanceFor(`when ${name}`);
    const times = faults.times(name);
    for (let time = 0; time < times; time += 1) {
      const own = chanceFor(`${name} ${time}`);
      timeline.after(HOUR + chance.below(until - start - 2 * HOUR), () => {
        const up = fleet.hosts.filter((one) => one.takesTurns());
        const host = own.pick(up.length > 0 ? up : fleet.hosts);
        const aim = own.pick(AIMS);
        const go = (): void => {
          if (!host.takesTurns() || timeline.now() >= until) return;
          faults.met(name);
          for (const work of host.work()) faults.met(`${name}Mid${work}`);
          what(host, own);
        };
        if (aim === 'any moment' && up.length > 0) go();
        else host.aim(go, 1 + own.below(MOST_CALLS), aim === 'Turn' || aim === 'Sweep' ? aim : undefined);
      });
    }
  }

  const length = (chance: Chance, most: number): number => 1_000 + chance.below(most);

  strike('stall', (host, chance) => host.stall(MINUTE + chance.below(MINUTE)));
  strike('kill', (host, chance) => host.restart(length(chance, 10 * MINUTE)));
  strike('sigterm', (host, chance) => host.drain(length(chance, 5 * MINUTE)));
  strike('blackout', (_, chance) => {
    const away = (chance.happens(0.5) ? 72 : 1 + chance.below(60)) * HOUR;
    for (const host of fleet.hosts) host.restart(away + chance.below(MINUTE));
  });

  if (faults.has('skew')) {
    faults.met('skew');
    for (const host of fleet.hosts) host.setSkew(chanceFor(`skew of ${host.name}`).below(40_000) - 20_000);
  }
  const jump =
    (direction: 1 | -1) =>
    (chance: Chance): void => {
      const host = chance.pick(fleet.hosts);
      const by =
        direction *
        (chance.happens(0.3)
          ? chance.below(20_000)
          : chance.happens(0.5)
            ? chance.below(12 * HOUR)
            : chance.below(20 * DAY));
      host.setJump(by);
      timeline.after(length(chance, DAY), () => host.setJump(0));
    };
  happen('jumpForward', jump(1));
  happen('jumpBack', jump(-1));
  happen('slowClock', (chance, at) => {
    const host = chance.pick(fleet.hosts);
    const rate = chance.happens(0.5) ? 0.0002 : 0.3;
    host.setDrift(at, -rate);
    timeline.after(length(chance, DAY), () => host.setDrift(timeline.now(), 0));
  });

  const rolling =
    (change: () => void) =>
    (chance: Chance): void => {
      change();
      for (const host of fleet.hosts) timeline.after(chance.below(2 * HOUR), () => host.drain(10_000));
    };
  happen(
    'policyChange',
    rolling(() => {
      const policy = rulebook.policies(timeline.now(), timeline.now()).at(-1) === 'shorter' ? '2020' : 'shorter';
      rulebook.decreePolicy(policy);
      fleet.changePolicy(policy);
    }),
  );
  happen(
    'calendarEdit',
    rolling(() => {
      const days = FREED_AFTER.map((after) => new Date(timeline.now() + after * DAY).toISOString().slice(0, 10));
      rulebook.decreeFreeDays(days);
      fleet.editCalendar(days);
    }),
  );

  happen('newerSchema', (chance) => {
    const claims = [...vault.all('claim')].filter(({ id, body }) => id !== POISON.id && body['schema'] === 1);
    if (claims.length === 0) return false;
    const { id } = chance.pick(claims);
    const isBack = odd(id);
    setSchema(id, 99);
    const back = (): void => {
      if (vault.read('claim', id)?.body['schema'] !== 99) return;
      setSchema(id, 1);
      isBack();
    };
    timeline.after(length(chance, 2 * DAY), back);
    mending.push(back);
    return true;
  });
  function setSchema(id: string, schema: number): void {
    const { keys, body, version }: Kept = vault.read('claim', id) ?? {
      kind: 'claim',
      id,
      version: 0,
      body: {},
      keys: [],
      writtenAt: 0,
    };
    vault.replace({ kind: 'claim', id, body: { ...body, schema }, keys }, version, NEVER_SEEN);
  }
  happen('poison', () => {
    oddForEver(POISON.id);
    return vault.create(POISON, NEVER_SEEN) !== 'exists';
  });

  const without = new Set<CastName>();
  happen('rightsRevoked', (chance) => {
    const having = WITH_RIGHTS.filter((one) => !without.has(one));
    if (having.length === 0) return false;
    const name = chance.pick(having);
    const by = CAST[name];
    without.add(name);
    crowd.hoard(by, chance);
    // What they saw a moment ago they press now.
    if (chance.happens(0.6)) {
      for (let press = 0; press < 4; press += 1)
        timeline.after(LAST_LINKS_MS + chance.below(4_000) - 1_000, () => crowd.act(by, chance));
    }
    const give = (): Promise<void> => {
      without.delete(name);
      return setRights(name, true);
    };
    timeline.after(LAST_LINKS_MS, () => {
      setRights(name, false).catch(() => undefined);
    });
    timeline.after(LAST_LINKS_MS + length(chance, 6 * DAY), () => {
      give().catch(() => undefined);
    });
    mending.push(give);
    return true;
  });

  happen('botRemoved', (chance) => {
    const having = EVERYBODY.filter((by) => rooms.isOpen(personalChat(by)));
    if (having.length === 0) return false;
    const by = chance.pick(having);
    crowd.leave(by);
    timeline.after(length(chance, 12 * DAY), () => crowd.arrive(by));
    return true;
  });
  happen('channelRemoved', (chance) => {
    const having = (['review', 'fabrikam', 'tailspin'] as const).filter((one) => rooms.isOpen(CHANNELS[one].channel));
    if (having.length === 0) return false;
    const name = chance.pick(having);
    crowd.channel(name, false);
    timeline.after(length(chance, 4 * DAY), () => crowd.channel(name, true));
    return true;
  });
  happen('messagesDeleted', (chance) => {
    const chosen = rooms.all().filter(() => chance.happens(0.2));
    for (const { conversation, id } of chosen) rooms.remove(conversation, id);
    return chosen.length > 0;
  });
  happen('tokenOutage', (chance, at) =>
    teams.tokensDown(at + 2 * MINUTE + chance.below(chance.happens(0.5) ? 20 * MINUTE : 12 * HOUR)),
  );
  mending.push(() => teams.tokensDown(0));

  return async () => {
    faults.end();
    for (const mend of mending) await mend();
  };
}
