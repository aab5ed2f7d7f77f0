/** What happens to the world of a run besides what people do: processes die and stall, clocks jump, rules change, rights are taken away, the bot is removed. */
import type { Chance } from '../chance.ts';
import { CAST, EVERYBODY, type CastName } from './cast.ts';
import type { Crowd } from './crowd.ts';
import type { Faults } from './faults.ts';
import type { Fleet } from './fleet.ts';
import type { Rooms } from './rooms.ts';
import type { Rulebook } from './rulebook.ts';
import type { Timeline } from './timeline.ts';
import type { Kept, Vault } from './vault.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Of days that somebody declares free: the one in about two weeks, the two after it, and one more. */
const FREED_AFTER = [10, 11, 12, 20] as const;
/** Who is about to lose their rights has so long to get hold of links. */
const LAST_LINKS_MS = 30_000;
/** A claim that nobody can read, and that every sweep finds first: it is due since 1970. */
const POISON = { kind: 'claim', id: 'CPOR-0P0150', body: { schema: 1, entries: [], outbox: [], told: [], homes: {} }, keys: [{ name: 'wake', value: '', sort: 0 }] } as const;
const NEVER_SEEN = { by: 'operator', off: 0, readAt: 0 } as const;

export interface WeatherParts {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly chanceFor: (name: string) => Chance;
  readonly fleet: Fleet;
  readonly rulebook: Rulebook;
  readonly crowd: Crowd;
  readonly rooms: Rooms;
  readonly vault: Vault;
  readonly until: number;
  /** Changes what somebody may, as an operator does. */
  readonly setRights: (name: CastName, has: boolean) => Promise<void>;
  /** Nobody can go by a claim from now on, until what is returned is called. */
  readonly odd: (claim: string) => () => void;
  readonly oddForEver: (claim: string) => void;
}

/** Puts everything that will happen on the timeline. Answers what mends it all, at the end. */
export function gather({ timeline, faults, chanceFor, fleet, rulebook, crowd, rooms, vault, until, setRights, odd, oddForEver }: WeatherParts): () => Promise<void> {
  const start = timeline.now();
  const mending: (() => void | Promise<void>)[] = [];

  function happen(name: Parameters<Faults['times']>[0], what: (chance: Chance, at: number) => void): void {
    const chance = chanceFor(`when ${name}`);
    const times = faults.times(name);
    for (let time = 0; time < times; time += 1) {
      const own = chanceFor(`${name} ${time}`);
      timeline.after(HOUR + chance.below(until - start - 2 * HOUR), () => {
        faults.met(name);
        what(own, timeline.now());
      });
    }
  }

  const length = (chance: Chance, most: number): number => 1_000 + chance.below(most);

  happen('stall', (chance) => chance.pick(fleet.hosts).stall(MINUTE + chance.below(MINUTE)));
  happen('kill', (chance) => chance.pick(fleet.hosts).restart(length(chance, 10 * MINUTE)));
  happen('sigterm', (chance) => chance.pick(fleet.hosts).drain(length(chance, 5 * MINUTE)));
  happen('blackout', (chance) => {
    const away = (chance.happens(0.5) ? 72 : 1 + chance.below(60)) * HOUR;
    for (const host of fleet.hosts) host.restart(away + chance.below(MINUTE));
  });

  if (faults.has('skew')) {
    faults.met('skew');
    for (const host of fleet.hosts) host.setSkew(chanceFor(`skew of ${host.name}`).below(40_000) - 20_000);
  }
  const jump = (direction: 1 | -1) => (chance: Chance): void => {
    const host = chance.pick(fleet.hosts);
    const by = direction * (chance.happens(0.3) ? chance.below(20_000) : chance.happens(0.5) ? chance.below(12 * HOUR) : chance.below(20 * DAY));
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

  const rolling = (change: () => void) => (chance: Chance): void => {
    change();
    for (const host of fleet.hosts) timeline.after(chance.below(2 * HOUR), () => host.drain(10_000));
  };
  happen('policyChange', rolling(() => {
    rulebook.decreePolicy('shorter');
    fleet.changePolicy('shorter');
  }));
  happen('calendarEdit', rolling(() => {
    const days = FREED_AFTER.map((after) => new Date(timeline.now() + after * DAY).toISOString().slice(0, 10));
    rulebook.decreeFreeDays(days);
    fleet.editCalendar(days);
  }));

  happen('newerSchema', (chance) => {
    const claims = [...vault.all('claim')].filter(({ id, body }) => id !== POISON.id && body['schema'] === 1);
    if (claims.length === 0) return;
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
  });
  function setSchema(id: string, schema: number): void {
    const { keys, body, version }: Kept = vault.read('claim', id) ?? { kind: 'claim', id, version: 0, body: {}, keys: [], writtenAt: 0 };
    vault.replace({ kind: 'claim', id, body: { ...body, schema }, keys }, version, NEVER_SEEN);
  }
  happen('poison', () => {
    oddForEver(POISON.id);
    vault.create(POISON, NEVER_SEEN);
  });

  happen('rightsRevoked', (chance) => {
    const name = chance.pick(Object.keys(CAST) as CastName[]);
    const by = CAST[name];
    if (!by.rights.member && by.rights.staff.length === 0 && !by.rights.contact) return;
    crowd.hoard(by, chance);
    // What they saw a moment ago they press now.
    if (chance.happens(0.6)) {
      faults.met('pressAfterRevocation');
      for (let press = 0; press < 4; press += 1) timeline.after(LAST_LINKS_MS + chance.below(4_000) - 1_000, () => crowd.act(by, chance));
    }
    const give = (): Promise<void> => setRights(name, true);
    timeline.after(LAST_LINKS_MS, () => { setRights(name, false).catch(() => undefined); });
    timeline.after(LAST_LINKS_MS + length(chance, 6 * DAY), () => { give().catch(() => undefined); });
    mending.push(give);
  });

  happen('botRemoved', (chance) => {
    const by = chance.pick(EVERYBODY);
    crowd.leave(by);
    timeline.after(length(chance, 12 * DAY), () => crowd.arrive(by));
  });
  happen('channelRemoved', (chance) => {
    const name = chance.pick(['review', 'fabrikam', 'tailspin'] as const);
    crowd.channel(name, false);
    timeline.after(length(chance, 4 * DAY), () => crowd.channel(name, true));
  });
  happen('messagesDeleted', (chance) => {
    for (const { conversation, id } of rooms.all()) if (chance.happens(0.2)) rooms.remove(conversation, id);
  });

  return async () => {
    faults.end();
    for (const mend of mending) await mend();
  };
}
