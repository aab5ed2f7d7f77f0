/** The instances of a run: each lives, dies, is started anew, has a clock of its own, and sweeps in its own rhythm. */
import type { BusinessCalendar } from '../../../src/domain/calendar/calendar.ts';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { Chance } from '../../support/random.ts';
import type { ClockOf, Life, Surroundings } from './instance.ts';
import { startLife } from './instance.ts';
import { SIMULATED_POLICIES } from './policies.ts';
import type { Instance, Stopped } from '../checkers/observations.ts';

/** An instance has so long to end by itself; the platform waits a little longer, then ends it. */
const DRAIN_MS = 20_000;
const PLATFORM_WAITS_MS = 25_000;
/** Most calls are on their way for so long. */
const CALL_MS = 12;

/** What an instance is at. */
export type Work = 'Turn' | 'Sweep';

export interface Host {
  readonly name: string;
  life(): Life | undefined;
  takesTurns(): boolean;
  /** What it is at now. */
  work(): readonly Work[];
  /** Strikes at one of its next calls to store, files and Teams: the so-manieth, of those while it is at some work. */
  aim(strike: () => void, calls: number, work?: Work): void;
  stall(ms: number): void;
  /** Dies, and is started anew after a time. */
  restart(awayMs: number): void;
  /** Told to stop: answers what it has in hand, then ends, and is started anew. */
  drain(awayMs: number): void;
  setSkew(ms: number): void;
  setJump(ms: number): void;
  /** From an instant on its clock runs so much too fast. */
  setDrift(at: number, rate: number): void;
  /** Its clock is right, it is up, and holds up nothing. */
  mend(): void;
}

export interface FleetParts {
  readonly around: Surroundings;
  readonly count: number;
  /** Between two sweeps; milliseconds. */
  readonly rhythm: number;
  /** The earliest that a claim is due. */
  readonly dueAt: () => number | undefined;
  readonly tellStopped: (stopped: Omit<Stopped, 'disturbed'>) => void;
}

interface Aim {
  readonly strike: () => void;
  readonly work: Work | undefined;
  left: number;
}

export type Fleet = ReturnType<typeof openFleet>;

export function openFleet({ around, count, rhythm, dueAt, tellStopped }: FleetParts) {
  const { timeline, faults, chanceFor } = around;
  const plans: (() => void)[] = [];
  let policy = '2020';
  let extra: ReadonlySet<string> = new Set();
  let edition = 0;

  /** The calendar of a policy, as a file that somebody may edit under the desk. */
  function calendar(version: string): BusinessCalendar {
    const { calendar: name, zone } = policyOf(version);
    const plain = calendarOf(name, zone);
    return extra.size === 0 ? plain : { ...plain, holidays: new Set([...plain.holidays, ...extra]) };
  }
  const policyOf = (version: string) => {
    const found = SIMULATED_POLICIES[version];
    if (!found) throw new Error(`no policy ${version}`);
    return found;
  };

  /** As of the start of a process: it reads its configuration once. */
  function rules(): Rules {
    const calendars = new Map(Object.keys(SIMULATED_POLICIES).map((version) => [version, calendar(version)]));
    return {
      catalogue: CATALOGUE,
      programme: {
        policy: policyOf(policy),
        policyOf,
        zones: Object.values(SIMULATED_POLICIES).map(({ zone }) => zone),
        calendarOf({ version }) {
          const found = calendars.get(version);
          if (!found) throw new Error(`no calendar for ${version}`);
          return found;
        },
      },
    };
  }

  const hosts: readonly Host[] = Array.from({ length: count }, (_, index) =>
    openHost(`desk${index + 1}`, chanceFor(`host ${index + 1}`)),
  );

  function openHost(name: string, chance: Chance): Host {
    const phase = chance.below(rhythm);
    let lives = 0;
    let life: Life | undefined;
    let isDraining = false;
    let stalledUntil = 0;
    let skew = 0;
    let jump = 0;
    let drift = { from: 0, rate: 0 };
    let aims: readonly Aim[] = [];
    const clockOf: ClockOf = { off: (at) => Math.round(skew + jump + (at - drift.from) * drift.rate) };

    function start(): void {
      lives += 1;
      isDraining = false;
      life = startLife(around, `${name}#${lives}`, clockOf, rules(), () => stalledUntil, called);
    }

    /** A call goes out: one that is aimed at has something happen while it is on its way. */
    function called(): void {
      const work = host.work();
      for (const aim of aims) {
        if (aim.work !== undefined && !work.includes(aim.work)) continue;
        aim.left -= 1;
        if (aim.left > 0) continue;
        aims = aims.filter((one) => one !== aim);
        timeline.after(chance.below(CALL_MS), aim.strike);
      }
    }

    function end(awayMs: number, which: Life | undefined): void {
      if (life !== which) return;
      life?.die();
      life = undefined;
      timeline.after(awayMs, () => {
        if (!life) start();
      });
    }

    const host: Host = {
      name,
      life() {
        // Dead by a fault of its own: the platform starts it anew.
        if (life && !life.isAlive()) end(1_000 + chance.below(60_000), life);
        return life;
      },
      takesTurns: () => host.life() !== undefined && !isDraining,
      work: () =>
        life?.isAlive()
          ? [...(life.isAnswering() ? ['Turn' as const] : []), ...(life.isSweeping() ? ['Sweep' as const] : [])]
          : [],
      aim(strike, calls, work) {
        aims = [...aims, { strike, left: calls, work }];
      },
      stall(ms) {
        stalledUntil = timeline.now() + ms;
      },
      restart(awayMs) {
        end(awayMs, host.life());
      },
      drain(awayMs) {
        const going = host.life();
        if (!going || isDraining) return;
        isDraining = true;
        const from = timeline.now();
        const ended = (inTime: boolean): void => {
          // After those who wait for an answer have heard it.
          timeline.after(1, () => {
            tellStopped({ by: going.name, from, at: timeline.now(), inTime });
            end(awayMs, going);
          });
        };
        going.stop(DRAIN_MS).then(ended, () => ended(false));
        timeline.after(PLATFORM_WAITS_MS, () => end(awayMs, going));
      },
      setSkew(ms) {
        skew = ms;
      },
      setJump(ms) {
        jump = ms;
      },
      setDrift(at, rate) {
        drift = { from: at, rate };
      },
      mend() {
        skew = 0;
        jump = 0;
        drift = { from: 0, rate: 0 };
        stalledUntil = 0;
        aims = [];
        if (!host.life()) start();
      },
    };

    /** The next time that its schedule has it sweep, for something that is due by its own clock. */
    let planned = Number.POSITIVE_INFINITY;
    const plan = (): void => {
      const due = dueAt();
      if (due === undefined) return;
      const now = timeline.now();
      const wanted = Math.max(now + 1, due - Math.max(0, clockOf.off(now)));
      const at = Math.ceil((wanted - phase) / rhythm) * rhythm + phase;
      if (at >= planned && planned > now) return;
      planned = at;
      timeline.after(at - now, () => {
        if (planned !== at) return;
        planned = Number.POSITIVE_INFINITY;
        tick();
        plan();
      });
    };
    const tick = (): void => {
      const going = host.life();
      if (!going || isDraining) return;
      // One process never has two sweeps at once, unless that is what is tried.
      if (!going.isSweeping()) going.sweep().catch(() => undefined);
      if (faults.strikes('sweepsOverlap'))
        for (const other of hosts)
          other
            .life()
            ?.sweep()
            .catch(() => undefined);
    };
    plans.push(plan);
    start();
    return host;
  }

  return {
    hosts,
    alive(): readonly Instance[] {
      return hosts
        .flatMap((host) => host.life() ?? [])
        .map((life) => {
          const sweepingSince = life.sweepingSince();
          return { by: life.name, ...(sweepingSince !== undefined && { sweepingSince }) };
        });
    },
    /** Something was written: somebody may have to sweep sooner. */
    replan(): void {
      for (const plan of plans) plan();
    },
    instance(chance: Chance, not?: Life): Life | undefined {
      const up = hosts.filter((host) => host.takesTurns()).flatMap((host) => host.life() ?? []);
      const others = up.filter((life) => life !== not);
      return others.length > 0 ? chance.pick(others) : up[0];
    },
    /** For what starts from now on. */
    changePolicy(version: string): void {
      policy = version;
      edition += 1;
    },
    /** These days are free from now on, for all that is not running yet. */
    editCalendar(days: readonly string[]): void {
      extra = new Set(days);
      edition += 1;
    },
    /** The rules that a process would start with now. */
    rules,
    /** Grows with every change of the rules. */
    edition: (): number => edition,
  };
}
