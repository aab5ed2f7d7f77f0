/**
 * Schedules the faults that do not come with a call: processes die and stall, clocks jump, rules change, rights are
 * revoked, the bot is removed.
 */
import type { Chance } from '../../support/random.ts';
import { personalChat } from '../../acceptance/support/activities.ts';
import { PERSONAS, CHANNELS, ALL_PERSONAS } from './personas.ts';
import type { OrganisationName, PersonaName } from './personas.ts';
import type { Users } from './users.ts';
import type { ScheduledFault, Faults } from './faults.ts';
import type { InstancePool, Instance } from './instances.ts';
import type { Conversations } from './conversations.ts';
import type { createTeams } from './teams.ts';
import type { TokenIssuer } from './tokenIssuer.ts';
import type { Rulebook } from './rulebook.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { StoredFiles } from './simulatedFiles.ts';
import type { StoredVersion, SimulatedStore } from './simulatedStore.ts';
import { asClaim } from '../checkers/support/storedClaim.ts';
import { damaged } from './damage.ts';
import type { PairAsked } from '../checkers/observations.ts';
import { FOREIGN_FILES, PLANTED } from '../checkers/observations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/**
 * The days that an operator declares free, counted from today: one in about two weeks, the two after it, and one more.
 */
const FREED_AFTER = [10, 11, 12, 20] as const;
/** How long a person who is about to lose their rights has to collect links. */
const LAST_LINKS_MS = 30_000;
/** A claim that no one can read, and that every sweep finds first: it is due since 1970. */
const POISON = {
  kind: 'claim',
  id: 'CPOR-0P0150',
  body: { schema: 1, entries: [], outbox: [], told: [], homes: {} },
  keys: [{ name: 'wake', value: '', sort: 0 }],
} as const;
/** How long before a clock jumps people begin to come. */
const JUMP_AFTER_MS = MINUTE;
/** What a newer version writes claims with. */
const NEWER_SCHEMA = 99;
/** Where a fault finds nothing to strike it is retried after this time, at most this often. */
const AGAIN_MS = 6 * HOUR;
const MAX_TRIES = 40;
/** When a fault strikes an instance: at any moment, at any call, or at a call of a turn or of a sweep. */
const AIMS = ['any moment', 'any call', 'Turn', 'Turn', 'Sweep'] as const;
const MAX_CALLS = 30;
const WITH_RIGHTS = (Object.keys(PERSONAS) as PersonaName[]).filter((name) => {
  const { member, staff, contact } = PERSONAS[name].rights;
  return member !== undefined || staff.length > 0 || contact === true;
});
/** All who can act for a partner, or for a customer: each list alone is a whole side. */
const SIDES_ALONE: readonly (readonly PersonaName[])[] = [
  ['anna', 'boris'],
  ['tomas', 'petra'],
  ['dana', 'emil'],
  ['nora'],
];
/** Who may turn up as a guest of a partner: a contact whom claims name, one whom none names, and no contact. */
const GUESTS = ['dana', 'nora', 'emil', 'carl'] as const satisfies readonly PersonaName[];
/** The document by which a database knows its files. */
const PAIR = 'pair';
const NEVER_SEEN = { by: PLANTED, off: 0, readAt: 0 } as const;

export interface FaultScheduleOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly chanceFor: (name: string) => Chance;
  readonly instancePool: InstancePool;
  readonly rulebook: Rulebook;
  readonly users: Users;
  readonly conversations: Conversations;
  readonly teams: ReturnType<typeof createTeams>;
  readonly issuer: TokenIssuer;
  readonly store: SimulatedStore;
  readonly storedFiles: StoredFiles;
  readonly until: number;
  /** Moves the MPN id that moves to an organisation, as the directory file does. */
  readonly moveMpn: (to: OrganisationName) => Promise<void>;
  /** The operator gives themselves the roles of a lead and of a partner's member, or puts them back. */
  readonly empowerOperator: (isEmpowered: boolean) => Promise<void>;
  /** Gives a person their rights or takes them away, as an operator does. */
  readonly setRights: (name: PersonaName, has: boolean) => Promise<void>;
  /** Exempts a claim from all checks until the returned function is called. */
  readonly markUncheckable: (claim: string) => () => void;
  readonly markUncheckableForever: (claim: string) => void;
  /** The lines of the anchors. */
  readonly keptAnchors: string[];
  /** Whether heads are anchored in this world, so that an older state can be known for one. */
  readonly hasAnchors: boolean;
  /** An older state was restored; answers what ends the standstill, or undefined where no decision was lost. */
  readonly markRestored: () => (() => void) | undefined;
  /** Likewise of one claim's row, while the desk runs; also answers what says that the row is whole again. */
  readonly markRowGone: (claim: string) => { readonly goesOn: () => void; readonly isWhole: () => void } | undefined;
  /** An operator lets the desk go on; what was lost is taken again, or is not. */
  readonly goOn: (replay: boolean) => Promise<void>;
  readonly resumeAll: () => Promise<void>;
  /** Ends the operator's process, which knows what was there before. */
  readonly endOperator: () => void;
  /** Says that database and files do not belong together until the returned function is called. */
  readonly markParted: () => () => void;
  readonly onPairAsked: (asked: PairAsked) => void;
  /** Makes database and files belong together, on an operator's word. */
  readonly adoptPair: () => Promise<void>;
  /** Makes a contact of a customer a guest of a partner organisation, or of none. */
  readonly setGuest: (name: (typeof GUESTS)[number], of: OrganisationName | undefined) => Promise<void>;
  /** Says that a claim's document is damaged until the returned function is called. */
  readonly markDamaged: (claim: string) => () => void;
}

/** Schedules all faults of the run. Returns a function that ends and mends them all. */
export function scheduleFaults({
  scheduler,
  faults,
  chanceFor,
  instancePool,
  rulebook,
  users,
  conversations,
  teams,
  issuer,
  store,
  storedFiles,
  until,
  moveMpn,
  empowerOperator,
  setRights,
  markUncheckable,
  markUncheckableForever,
  keptAnchors,
  hasAnchors,
  markRestored,
  markRowGone,
  goOn,
  resumeAll,
  endOperator,
  markDamaged,
  markParted,
  onPairAsked,
  adoptPair,
  setGuest,
}: FaultScheduleOptions): () => Promise<void> {
  const start = scheduler.now();
  const mending: (() => void | Promise<void>)[] = [];
  const mendingLast: (() => Promise<void>)[] = [];

  /**
   * Schedules a fault as often as this run has it. It is counted where it did something, and retried later where it
   * returns `false`: nothing to strike.
   */
  function happen(name: ScheduledFault, what: (chance: Chance, at: number) => unknown): void {
    const chance = chanceFor(`when ${name}`);
    const times = faults.times(name);
    for (let time = 0; time < times; time += 1) {
      const own = chanceFor(`${name} ${time}`);
      const go = (tries: number): void => {
        if (what(own, scheduler.now()) !== false) faults.record(name);
        else if (tries > 0 && scheduler.now() + AGAIN_MS + HOUR < until) scheduler.after(AGAIN_MS, () => go(tries - 1));
      };
      scheduler.after(HOUR + chance.below(until - start - 2 * HOUR), () => go(MAX_TRIES));
    }
  }

  /** Strikes one instance, mostly while it is at work: turns take milliseconds, and there are hours between them. */
  function strike(
    name: 'stall' | 'kill' | 'sigterm' | 'blackout',
    what: (instance: Instance, chance: Chance) => void,
  ): void {
    const chance = chanceFor(`when ${name}`);
    const times = faults.times(name);
    for (let time = 0; time < times; time += 1) {
      const own = chanceFor(`${name} ${time}`);
      scheduler.after(HOUR + chance.below(until - start - 2 * HOUR), () => {
        const up = instancePool.instances.filter((one) => one.takesTurns());
        const instance = own.pick(up.length > 0 ? up : instancePool.instances);
        const aim = own.pick(AIMS);
        const go = (): void => {
          if (!instance.takesTurns() || scheduler.now() >= until) return;
          faults.record(name);
          for (const work of instance.work()) faults.record(`${name}Mid${work}`);
          what(instance, own);
        };
        if (aim === 'any moment' && up.length > 0) go();
        else instance.aim(go, 1 + own.below(MAX_CALLS), aim === 'Turn' || aim === 'Sweep' ? aim : undefined);
      });
    }
  }

  /** Claims whose document is damaged just now, which no other fault strikes, and what mends each. */
  const damagedNow = new Map<string, () => void>();
  const mendDamage = (): void => {
    for (const back of [...damagedNow.values()]) back();
  };
  let isParted = false;
  /** A row that is lost or old just now, while its decisions are anchored: nothing else is damaged meanwhile. */
  let goneRow: string | undefined;
  /** Claims whose row is lost or old just now, without anchors: each is put back as it was. */
  const awayNow = new Set<string>();
  const ownClaims = (): readonly StoredVersion[] =>
    [...store.all('claim')].filter(
      ({ id }) => id !== POISON.id && id !== goneRow && !awayNow.has(id) && !damagedNow.has(id),
    );

  const length = (chance: Chance, most: number): number => 1_000 + chance.below(most);

  strike('stall', (instance, chance) => instance.stall(MINUTE + chance.below(MINUTE)));
  strike('kill', (instance, chance) => instance.restart(length(chance, 10 * MINUTE)));
  strike('sigterm', (instance, chance) => instance.drain(length(chance, 5 * MINUTE)));
  strike('blackout', (_, chance) => {
    const away = (chance.happens(0.5) ? 72 : 1 + chance.below(60)) * HOUR;
    for (const instance of instancePool.instances) instance.restart(away + chance.below(MINUTE));
  });

  if (faults.has('skew')) {
    faults.record('skew');
    for (const instance of instancePool.instances)
      instance.setSkew(chanceFor(`skew of ${instance.name}`).below(40_000) - 20_000);
  }
  /** Some people do something within a time. */
  const crowd = (chance: Chance, withinMs: number, acts: number): void => {
    for (let act = 0; act < acts; act += 1) {
      const by = PERSONAS[chance.pick(WITH_RIGHTS)];
      scheduler.after(chance.below(withinMs), () => users.act(by, chance));
    }
  };
  const jump =
    (direction: 1 | -1) =>
    (chance: Chance): void => {
      const instance = chance.pick(instancePool.instances);
      const by =
        direction *
        (chance.happens(0.3)
          ? chance.below(20_000)
          : chance.happens(0.5)
            ? chance.below(12 * HOUR)
            : chance.below(20 * DAY));
      const lasts = length(chance, DAY);
      // What was let in before is judged anew by the new time.
      crowd(chance, JUMP_AFTER_MS, 4);
      scheduler.after(JUMP_AFTER_MS, () => {
        instance.setJump(by);
        crowd(chance, Math.min(lasts, 5 * MINUTE), 6);
      });
      scheduler.after(JUMP_AFTER_MS + lasts, () => instance.setJump(0));
    };
  happen('jumpForward', jump(1));
  happen('jumpBack', jump(-1));
  happen('slowClock', (chance, at) => {
    const instance = chance.pick(instancePool.instances);
    const rate = chance.happens(0.5) ? 0.0002 : 0.3;
    instance.setDrift(at, -rate);
    scheduler.after(length(chance, DAY), () => instance.setDrift(scheduler.now(), 0));
  });

  const rolling =
    (change: () => void) =>
    (chance: Chance): void => {
      change();
      for (const instance of instancePool.instances)
        scheduler.after(chance.below(2 * HOUR), () => instance.drain(10_000));
    };
  happen(
    'policyChange',
    rolling(() => {
      const policy = rulebook.policies(scheduler.now(), scheduler.now()).at(-1) === 'shorter' ? '2020' : 'shorter';
      rulebook.decreePolicy(policy);
      instancePool.changePolicy(policy);
    }),
  );
  happen(
    'calendarEdit',
    rolling(() => {
      const days = FREED_AFTER.map((after) => new Date(scheduler.now() + after * DAY).toISOString().slice(0, 10));
      rulebook.decreeFreeDays(days);
      instancePool.editCalendar(days);
    }),
  );

  /** By what a newer version has written: what makes the claim readable again. */
  const backFromNewer = new WeakMap<object, () => void>();
  happen('newerSchema', (chance) => {
    const claims = ownClaims().filter(({ body }) => body['schema'] !== NEWER_SCHEMA);
    // Nor does a newer version write while the desk stands still.
    if (claims.length === 0 || isStanding()) return false;
    const { id, body } = chance.pick(claims);
    const schema = Number(body['schema']);
    const isBack = markUncheckable(id);
    setSchema(id, NEWER_SCHEMA);
    const back = (): void => {
      if (store.read('claim', id)?.body['schema'] !== NEWER_SCHEMA) return;
      setSchema(id, schema);
      isBack();
    };
    const written = store.read('claim', id);
    if (written) backFromNewer.set(written.body, back);
    scheduler.after(length(chance, 2 * DAY), back);
    mending.push(back);
    return true;
  });
  function setSchema(id: string, schema: number): void {
    const { keys, body, version }: StoredVersion = store.read('claim', id) ?? {
      kind: 'claim',
      id,
      version: 0,
      body: {},
      keys: [],
      writtenAt: 0,
    };
    store.replace({ kind: 'claim', id, body: { ...body, schema }, keys }, version, NEVER_SEEN);
  }
  happen('poison', () => {
    markUncheckableForever(POISON.id);
    return store.create(POISON, NEVER_SEEN) !== 'exists';
  });

  /** Once lost and accepted as lost, a claim that is lost again is no news. */
  const wereGone = new Set<string>();
  const isStanding = (): boolean => {
    const mark = store.read('standstill', 'desk');
    return mark !== undefined && mark.body['ended'] === undefined;
  };

  /**
   * Takes a claim's row away, or makes it old. Without anchors no one can tell: some days later the row is put back.
   * Where they know more, what starts next finds it and the desk stands still, until an operator
   * has put the row back or accepts what is lost.
   */
  function rowGoes(chance: Chance, id: string, take: () => (() => void) | undefined): boolean {
    let bring = take();
    if (!bring) return false;
    const back = (): void => {
      bring?.();
      bring = undefined;
      instancePool.replan();
    };
    const gone = hasAnchors ? markRowGone(id) : undefined;
    // An anchor that is on its way would tell of it later.
    if (hasAnchors && !gone) {
      bring();
      return false;
    }
    if (!gone) {
      const isFound = markUncheckable(id);
      awayNow.add(id);
      const backAgain = (): void => {
        if (!bring) return;
        awayNow.delete(id);
        back();
        isFound();
      };
      scheduler.after(length(chance, 3 * DAY), backAgain);
      mending.push(backAgain);
      return true;
    }
    markUncheckableForever(id);
    goneRow = id;
    wereGone.add(id);
    for (const instance of instancePool.instances)
      scheduler.after(chance.below(6 * HOUR), () => instance.restart(1_000 + chance.below(MINUTE)));
    const isPutBack = chance.happens(0.4);
    const replays = chance.happens(0.5);
    const goOnNow = async (): Promise<void> => {
      if (goneRow !== id) return;
      if (isPutBack) {
        gone.isWhole();
        back();
      }
      await goOn(replays);
      goneRow = undefined;
      gone.goesOn();
      await resumeAll();
      instancePool.replan();
    };
    const tryToGoOn = (): void => {
      goOnNow().catch(() => scheduler.after(AGAIN_MS, tryToGoOn));
    };
    scheduler.after(7 * HOUR + length(chance, 2 * DAY), tryToGoOn);
    mendingLast.push(goOnNow);
    return true;
  }
  const rowsToGo = (): readonly StoredVersion[] =>
    goneRow !== undefined || isParted || isStanding()
      ? []
      : ownClaims().filter(({ id, body }) => body['schema'] !== NEWER_SCHEMA && !wereGone.has(id));

  happen('rowLost', (chance) => {
    const claims = rowsToGo();
    if (claims.length === 0) return false;
    const { id } = chance.pick(claims);
    return rowGoes(chance, id, () => store.lose('claim', id));
  });
  // A row as it was some days ago, as after a repair that went wrong; the claim has gone on since.
  happen('rowOld', (chance) => {
    const backup = store.backUp();
    const damagedThen = new Set(damagedNow.keys());
    const makeOld = (): void => {
      const claims = rowsToGo().filter(({ id, body }) => {
        const then = backup.get('claim')?.get(id);
        const isSound = then && !damagedThen.has(id) && then.body['schema'] !== NEWER_SCHEMA;
        return isSound && lengthOf(then.body) < lengthOf(body);
      });
      if (claims.length === 0 || scheduler.now() + DAY > until) return;
      const { id } = chance.pick(claims);
      // Who has seen more meanwhile writes on what is no longer there.
      markUncheckableForever(id);
      rowGoes(chance, id, () => store.makeOld('claim', id, backup));
    };
    scheduler.after(HOUR + length(chance, 6 * DAY), makeOld);
    return ownClaims().length > 0;
  });
  happen('historyDamaged', (chance) => {
    const claims = ownClaims().filter(({ body }) => body['schema'] !== NEWER_SCHEMA);
    if (claims.length === 0) return false;
    const chosen = chance.pick(claims);
    const { id, version, keys } = chosen;
    const others = claims.filter((one) => one !== chosen).map(({ body }) => asClaim(body));
    const body = damaged(asClaim(chosen.body), others, chance);
    if (!body) return false;
    const isChecked = markUncheckable(id);
    const isMended = markDamaged(id);
    store.replace({ kind: 'claim', id, body, keys }, version, NEVER_SEEN);
    const back = (): void => {
      // A later damage of the same claim has a way back of its own.
      if (damagedNow.get(id) !== back) return;
      damagedNow.delete(id);
      const now = store.read('claim', id);
      if (now) store.replace({ kind: 'claim', id, body: chosen.body, keys }, now.version, NEVER_SEEN);
      isMended();
      isChecked();
      instancePool.replan();
    };
    damagedNow.set(id, back);
    scheduler.after(length(chance, 3 * DAY), back);
    mending.push(back);
    return true;
  });
  // By its key the claim is due at once, and in no list: nothing is due for all that.
  happen('keyDamaged', (chance, at) => {
    const claims = ownClaims();
    if (claims.length === 0) return false;
    const { id, body, version, keys: own } = chance.pick(claims);
    const keys = [{ name: 'wake', value: '', sort: at - MINUTE }];
    store.replace({ kind: 'claim', id, body, keys }, version, NEVER_SEEN);
    // Where nothing is written, each sweep finds it due in vain.
    const back = (): void => {
      const now = store.read('claim', id);
      if (now?.keys === keys) store.replace({ kind: 'claim', id, body: now.body, keys: own }, now.version, NEVER_SEEN);
    };
    scheduler.after(length(chance, 6 * HOUR), back);
    mending.push(back);
    instancePool.replan();
    return true;
  });
  // Whoever may write there takes a signature away: what the anchor says is a loss still, and is not taken again.
  happen('anchorStripped', (chance) => {
    if (keptAnchors.length === 0) return false;
    const at = chance.below(keptAnchors.length);
    const { signature: _, ...anchor } = JSON.parse(keptAnchors[at] ?? '{}') as Readonly<Record<string, unknown>>;
    keptAnchors[at] = JSON.stringify(anchor);
    return true;
  });
  // The store is put back to a backup, while the anchors are further on; an operator looks at it some time later.
  happen('storeRestored', (chance) => {
    if (!hasAnchors || isParted || isStanding() || goneRow !== undefined || damagedNow.size > 0) return false;
    if (ownClaims().length === 0) return false;
    const backup = store.backUp();
    const restore = (): void => {
      if (scheduler.now() + DAY > until) return;
      if (isParted || goneRow !== undefined || isStanding()) {
        scheduler.after(AGAIN_MS, restore);
        return;
      }
      for (const instance of instancePool.instances) instance.restart(10 * MINUTE + chance.below(MINUTE));
      // What was under way arrives before the store is closed.
      scheduler.after(5 * MINUTE, () => {
        if (isParted || goneRow !== undefined || instancePool.instances.some((one) => one.deskProcess())) restore();
        else putBack();
      });
    };
    const putBack = (): void => {
      endOperator();
      mendDamage();
      const pair = store.read(PAIR, PAIR);
      for (const id of store.restore(backup, NEVER_SEEN)) markUncheckableForever(id);
      // The operator has seen to it that they belong together (R9).
      const older = store.read(PAIR, PAIR);
      if (pair && older && older.body !== pair.body)
        store.replace({ kind: PAIR, id: PAIR, body: pair.body, keys: pair.keys }, older.version, NEVER_SEEN);
      // What starts on that state is of the version that wrote it.
      for (const { body } of [...store.all('claim')]) backFromNewer.get(body)?.();
      const goesOn = markRestored();
      instancePool.replan();
      if (!goesOn) return;
      const held = [...store.all('claim')].map(({ id }) => markUncheckable(id));
      const replays = chance.happens(0.5);
      let isOver = false;
      const goOnNow = async (): Promise<void> => {
        if (isOver) return;
        mendDamage();
        await goOn(replays);
        isOver = true;
        goesOn();
        // Each instance goes on with its next sweep.
        for (const isChecked of held) isChecked();
        for (const name of WITH_RIGHTS) await setRights(name, !without.has(name));
        await resumeAll();
        instancePool.replan();
      };
      // Not while a newer version has written one of the claims.
      const tryToGoOn = (): void => {
        goOnNow().catch(() => scheduler.after(AGAIN_MS, tryToGoOn));
      };
      scheduler.after(HOUR + length(chance, 2 * DAY), tryToGoOn);
      mendingLast.push(goOnNow);
    };
    scheduler.after(HOUR + length(chance, 4 * DAY), restore);
    return true;
  });
  // Another database is put on these files: as it says, they belong to none that it knows.
  happen('pairParted', (chance, at) => {
    const own = store.read(PAIR, PAIR);
    if (!own || isParted) return false;
    isParted = true;
    const isMended = markParted();
    const foreign = { ...own.body, pair: `another ${at}`, state: 'paired' };
    store.replace({ kind: PAIR, id: PAIR, body: foreign, keys: own.keys }, own.version, NEVER_SEEN);
    const ask = (): void => {
      const up = instancePool.instances.filter((one) => one.takesTurns());
      const deskProcess = up.length > 0 ? chance.pick(up).deskProcess() : undefined;
      deskProcess?.desk.poe.pair
        .isPaired()
        .then((isPaired) => onPairAsked({ at: scheduler.now(), by: deskProcess.name, isPaired }))
        .catch(() => undefined);
    };
    const lasts = length(chance, 4 * DAY);
    for (let time = 0; time < 4; time += 1) scheduler.after(chance.below(lasts + HOUR), ask);
    let isOver = false;
    const back = async (): Promise<void> => {
      if (isOver) return;
      isOver = true;
      isParted = false;
      const now = store.read(PAIR, PAIR);
      isMended();
      if (chance.happens(0.5)) await adoptPair();
      else if (now) store.replace({ kind: PAIR, id: PAIR, body: own.body, keys: own.keys }, now.version, NEVER_SEEN);
    };
    scheduler.after(lasts, () => {
      back().catch(() => undefined);
    });
    mending.push(back);
    return true;
  });
  // Someone of the customer turns up as a guest of the partner: their tenant is on both sides (R5).
  happen('guestMember', (chance) => {
    const name = chance.pick(GUESTS);
    const leave = (): Promise<void> => setGuest(name, undefined);
    setGuest(name, chance.pick(['fabrikam', 'tailspin'] as const)).catch(() => undefined);
    for (let act = 0; act < 4; act += 1) scheduler.after(chance.below(DAY), () => users.act(PERSONAS[name], chance));
    scheduler.after(HOUR + length(chance, 8 * DAY), () => {
      leave().catch(() => undefined);
    });
    mending.push(leave);
    return true;
  });
  happen('foreignFiles', (chance, at) => {
    for (let file = 0; file <= chance.below(3); file += 1)
      storedFiles.set(`${FOREIGN_FILES}${at}-${file}`, { bytes: Buffer.from('%PDF of another'), writtenAt: at });
    return true;
  });

  const without = new Set<PersonaName>();
  happen('rightsRevoked', (chance) => {
    const having = WITH_RIGHTS.filter((one) => !without.has(one));
    if (having.length === 0) return false;
    const name = chance.pick(having);
    const by = PERSONAS[name];
    without.add(name);
    users.collectLinks(by, chance);
    // What they saw a moment ago they press now.
    if (chance.happens(0.6)) {
      for (let press = 0; press < 4; press += 1)
        scheduler.after(LAST_LINKS_MS + chance.below(4_000) - 1_000, () => users.act(by, chance));
    }
    const give = (): Promise<void> => {
      without.delete(name);
      return setRights(name, true);
    };
    scheduler.after(LAST_LINKS_MS, () => {
      setRights(name, false).catch(() => undefined);
    });
    scheduler.after(LAST_LINKS_MS + length(chance, 6 * DAY), () => {
      give().catch(() => undefined);
    });
    mending.push(give);
    return true;
  });

  let holder: OrganisationName = 'fabrikam';
  /**
   * Everyone who could act for one side loses that, at the worst moment: shortly before a deadline of one of its
   * claims.
   */
  happen('sideEmptied', (chance, at) => {
    const names = chance.pick(SIDES_ALONE).filter((name) => !without.has(name));
    const dues = [...store.all('claim')].flatMap(({ keys }) =>
      keys.flatMap(({ name, sort }) => (name === 'wake' && sort !== undefined && sort > at ? [sort] : [])),
    );
    if (names.length === 0 || dues.length === 0) return false;
    const from = Math.max(at, chance.pick(dues) - chance.below(chance.happens(0.5) ? 10 * MINUTE : 2 * DAY));
    if (from >= until - HOUR) return false;
    const lasts = 1_000 + chance.below(chance.happens(0.4) ? 10 * MINUTE : 5 * DAY);
    for (const name of names) {
      without.add(name);
      const give = (): Promise<void> => {
        without.delete(name);
        return setRights(name, true);
      };
      scheduler.after(from - at + chance.below(2_000), () => {
        setRights(name, false).catch(() => undefined);
      });
      scheduler.after(from - at + 2_000 + lasts + chance.below(2_000), () => {
        give().catch(() => undefined);
      });
      mending.push(give);
    }
    return true;
  });

  happen('mpnMoved', (chance) => {
    holder = holder === 'fabrikam' ? 'tailspin' : 'fabrikam';
    moveMpn(holder).catch(() => undefined);
    // Both sides file for it now, whoever has it.
    for (const by of [PERSONAS.anna, PERSONAS.tomas])
      for (let act = 0; act < 3; act += 1) scheduler.after(chance.below(DAY), () => users.act(by, chance));
  });
  happen('operatorEmpowered', (chance) => {
    empowerOperator(true).catch(() => undefined);
    for (let act = 0; act < 12; act += 1)
      scheduler.after(MINUTE + chance.below(2 * DAY), () => users.act(PERSONAS.otto, chance));
    const back = (): Promise<void> => empowerOperator(false);
    scheduler.after(length(chance, 4 * DAY), () => {
      back().catch(() => undefined);
    });
    mending.push(back);
  });

  happen('botRemoved', (chance) => {
    const having = ALL_PERSONAS.filter((by) => conversations.isOpen(personalChat(by)));
    if (having.length === 0) return false;
    const by = chance.pick(having);
    users.leave(by);
    scheduler.after(length(chance, 12 * DAY), () => users.arrive(by));
    return true;
  });
  happen('channelRemoved', (chance) => {
    const having = (['review', 'fabrikam', 'tailspin'] as const).filter((one) =>
      conversations.isOpen(CHANNELS[one].channel),
    );
    if (having.length === 0) return false;
    const name = chance.pick(having);
    const isDeletion = chance.happens(0.5);
    users.channel(name, false, isDeletion);
    scheduler.after(length(chance, 4 * DAY), () => users.channel(name, true, isDeletion));
    return true;
  });
  happen('appUpdated', (chance) => {
    const having = ALL_PERSONAS.filter((by) => conversations.isOpen(personalChat(by)));
    for (const by of having) scheduler.after(chance.below(6 * HOUR), () => users.updateApp(by, chance));
    return having.length > 0;
  });
  happen('messagesDeleted', (chance) => {
    const chosen = conversations.all().filter(() => chance.happens(0.2));
    for (const { conversation, id } of chosen) conversations.remove(conversation, id);
    return chosen.length > 0;
  });
  happen('tokenOutage', (chance, at) =>
    teams.tokensDown(at + 2 * MINUTE + chance.below(chance.happens(0.5) ? 20 * MINUTE : 12 * HOUR)),
  );
  mending.push(() => teams.tokensDown(0));
  // Seldom for longer than the desk may go by the keys that it has.
  happen('keysOutage', (chance, at) =>
    issuer.keysDown(at + (chance.happens(0.2) ? 8 * DAY : length(chance, chance.happens(0.5) ? HOUR : DAY))),
  );
  mending.push(() => issuer.keysDown(0));

  return async () => {
    faults.end();
    for (const mend of [...mending, ...mendingLast]) await mend();
  };
}

function lengthOf(body: StoredVersion['body']): number {
  return asClaim(body).entries.length;
}
