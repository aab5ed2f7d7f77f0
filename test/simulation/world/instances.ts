/** The instances of a run: each starts, dies, is restarted, has a clock of its own, and sweeps at its own rhythm. */
import type { BusinessCalendar } from '../../../src/domain/calendar/calendar.ts';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { Chance } from '../../support/random.ts';
import type { ClockOf, DeskProcess, SharedWorld } from './instance.ts';
import { startProcess } from './instance.ts';
import { SIMULATED_POLICIES } from './policies.ts';
import type { LiveInstance, InstanceStopped } from '../checkers/observations.ts';

const MINUTE = 60_000;
/** How long an instance has to end by itself; the platform waits a little longer, then ends it. */
const DRAIN_MS = 20_000;
const PLATFORM_WAITS_MS = 25_000;
/** Between two cleanings of a process. The program cleans every hour; so often nothing new would be seen. */
const CLEANING_MS = 13 * 3_600_000;
/** After its start; by then every replica of the store tells of the mark that the operator has set. */
const FIRST_CLEANING_MS = 10_000;
/** How long most calls take. */
const CALL_MS = 12;

/** The kinds of work that a fault can aim at. */
export type Work = 'Turn' | 'Sweep';

export interface Instance {
  readonly name: string;
  deskProcess(): DeskProcess | undefined;
  takesTurns(): boolean;
  /** What it is doing now. */
  work(): readonly Work[];
  /** Strikes at its n-th next call to store, files or Teams; with `work`, only calls during that work count. */
  aim(strike: () => void, calls: number, work?: Work): void;
  stall(ms: number): void;
  /** Dies, and is restarted after a time. */
  restart(awayMs: number): void;
  /** Told to stop: answers what it has in flight, then ends, and is restarted. */
  drain(awayMs: number): void;
  setSkew(ms: number): void;
  setJump(ms: number): void;
  /** From an instant on its clock runs too fast by this rate. */
  setDrift(at: number, rate: number): void;
  /** Ends all faults: its clock is right, it runs, and nothing is stalled. */
  mend(): void;
}

export interface InstancesOptions {
  readonly shared: SharedWorld;
  readonly count: number;
  /** Between two sweeps; milliseconds. */
  readonly rhythm: number;
  /** The earliest that a claim is due. */
  readonly dueAt: () => number | undefined;
  readonly onStopped: (stopped: Omit<InstanceStopped, 'disturbed'>) => void;
}

interface Aim {
  readonly strike: () => void;
  readonly work: Work | undefined;
  left: number;
}

export type InstancePool = ReturnType<typeof createInstancePool>;

export function createInstancePool({ shared, count, rhythm, dueAt, onStopped }: InstancesOptions) {
  const { scheduler, faults, chanceFor } = shared;
  const plans: (() => void)[] = [];
  const ticks: (() => void)[] = [];
  let policy = '2020';
  let extra: ReadonlySet<string> = new Set();
  let edition = 0;

  /** The calendar of a policy, as a file that an operator may edit while the desk runs. */
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

  const instances: readonly Instance[] = Array.from({ length: count }, (_, index) =>
    createInstance(`desk${index + 1}`, chanceFor(`host ${index + 1}`)),
  );

  function createInstance(name: string, chance: Chance): Instance {
    const phase = chance.below(rhythm);
    let starts = 0;
    let deskProcess: DeskProcess | undefined;
    let isDraining = false;
    let isPreparing = false;
    let stalledUntil = 0;
    let skew = 0;
    let jump = 0;
    let drift = { from: 0, rate: 0 };
    let aims: readonly Aim[] = [];
    const clockOf: ClockOf = { off: (at) => Math.round(skew + jump + (at - drift.from) * drift.rate) };

    function start(): void {
      starts += 1;
      isDraining = false;
      isPreparing = true;
      const begun = startProcess(shared, `${name}#${starts}`, clockOf, rules(), () => stalledUntil, called);
      deskProcess = begun;
      begun.prepare().then(
        () => {
          if (deskProcess !== begun) return;
          isPreparing = false;
          scheduler.after(FIRST_CLEANING_MS, clean);
        },
        // What the program cannot prepare ends it; the platform starts it anew, and waits longer than after a death.
        () => end(300_000 + chance.below(300_000), begun),
      );
    }

    /** Cleans as long as this process lives; its successor cleans at its own start. */
    function clean(): void {
      const going = deskProcess;
      if (!going?.isAlive() || isDraining) return;
      going.clean().catch(() => undefined);
      scheduler.after(CLEANING_MS, () => {
        if (deskProcess === going) clean();
      });
    }

    /** A call begins: if a fault aims at it, the fault strikes while the call is on its way. */
    function called(): void {
      const work = own.work();
      for (const aim of aims) {
        if (aim.work !== undefined && !work.includes(aim.work)) continue;
        aim.left -= 1;
        if (aim.left > 0) continue;
        aims = aims.filter((one) => one !== aim);
        scheduler.after(chance.below(CALL_MS), aim.strike);
      }
    }

    function end(awayMs: number, which: DeskProcess | undefined): void {
      if (deskProcess !== which) return;
      deskProcess?.die();
      deskProcess = undefined;
      scheduler.after(awayMs, () => {
        if (!deskProcess) start();
      });
    }

    const own: Instance = {
      name,
      deskProcess() {
        // Dead by a fault of its own: the platform starts it anew.
        if (deskProcess && !deskProcess.isAlive()) end(1_000 + chance.below(60_000), deskProcess);
        return deskProcess;
      },
      takesTurns: () => own.deskProcess() !== undefined && !isDraining && !isPreparing,
      work: () =>
        deskProcess?.isAlive()
          ? [
              ...(deskProcess.isAnswering() ? ['Turn' as const] : []),
              ...(deskProcess.isSweeping() ? ['Sweep' as const] : []),
            ]
          : [],
      aim(strike, calls, work) {
        aims = [...aims, { strike, left: calls, work }];
      },
      stall(ms) {
        stalledUntil = scheduler.now() + ms;
      },
      restart(awayMs) {
        end(awayMs, own.deskProcess());
      },
      drain(awayMs) {
        const going = own.deskProcess();
        if (!going || isDraining || isPreparing) return;
        isDraining = true;
        const from = scheduler.now();
        const ended = (inTime: boolean): void => {
          // After those who wait for an answer have heard it.
          scheduler.after(1, () => {
            onStopped({ by: going.name, from, at: scheduler.now(), inTime });
            end(awayMs, going);
          });
        };
        going.stop(DRAIN_MS).then(ended, () => ended(false));
        scheduler.after(PLATFORM_WAITS_MS, () => end(awayMs, going));
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
        if (!own.deskProcess()) start();
      },
    };

    /** The next time that its schedule has it sweep, for something that is due by its own clock. */
    let planned = Number.POSITIVE_INFINITY;
    const plan = (): void => {
      const due = dueAt();
      if (due === undefined) return;
      const now = scheduler.now();
      const wanted = Math.max(now + 1, due - Math.max(0, clockOf.off(now)));
      const at = Math.ceil((wanted - phase) / rhythm) * rhythm + phase;
      if (at >= planned && planned > now) return;
      planned = at;
      scheduler.after(at - now, () => {
        if (planned !== at) return;
        planned = Number.POSITIVE_INFINITY;
        tick();
        plan();
      });
    };
    const tick = (): void => {
      const going = own.deskProcess();
      if (!going || isDraining || isPreparing) return;
      // One process never has two sweeps at once, unless that is what is tried.
      if (!going.isSweeping()) going.sweep().catch(() => undefined);
      if (faults.strikes('sweepsOverlap'))
        for (const other of instances.filter((one) => one.takesTurns()))
          other
            .deskProcess()
            ?.sweep()
            .catch(() => undefined);
    };
    plans.push(plan);
    ticks.push(() => scheduler.after(chance.below(MINUTE), tick));
    start();
    return own;
  }

  return {
    instances,
    alive(): readonly LiveInstance[] {
      return instances
        .flatMap((instance) => instance.deskProcess() ?? [])
        .map((deskProcess) => {
          const sweepingSince = deskProcess.sweepingSince();
          return { by: deskProcess.name, ...(sweepingSince !== undefined && { sweepingSince }) };
        });
    },
    /** Something was written: an instance may have to sweep sooner. */
    replan(): void {
      for (const plan of plans) plan();
    },
    /** Each instance sweeps within a minute, as the program does every minute, also where nothing is due. */
    sweepSoon(): void {
      for (const soon of ticks) soon();
    },
    pick(chance: Chance, not?: DeskProcess): DeskProcess | undefined {
      const up = instances
        .filter((instance) => instance.takesTurns())
        .flatMap((instance) => instance.deskProcess() ?? []);
      const others = up.filter((deskProcess) => deskProcess !== not);
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
