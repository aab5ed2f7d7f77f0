/** The faults of the simulated world: each can be switched off, and each is counted. */
import type { Chance } from '../../support/random.ts';

/** Faults that come with a call: the probability with which each strikes on each occasion, in a run that has it. */
const PROBABILITIES = {
  // a process dies
  crashBeforeWrite: 0.0015,
  crashAfterWrite: 0.0015,
  crashAfterSend: 0.003,
  crashInSweep: 0.01,
  crashInUpload: 0.08,
  // the store
  writeTimedOutDone: 0.006,
  writeTimedOutNotDone: 0.006,
  conflictStorm: 0.01,
  storeThrottledLong: 0.004,
  storeThrottledGivesUp: 0.003,
  readFails: 0.002,
  staleRead: 0.05,
  // With more than a few pages lost of each list, no instance would ever be prepared, and nothing else would happen.
  pagingLost: 0.06,
  // Teams
  teams403NotInRoster: 0.006,
  teams403Blocked: 0.005,
  teams403Disabled: 0.003,
  teams403WritesBlocked: 0.003,
  teams403WrongHost: 0.002,
  teams403Unknown: 0.002,
  teams404: 0.006,
  teams413: 0.002,
  teams429After: 0.02,
  teams429Bare: 0.01,
  teams500: 0.01,
  teams500Taken: 0.006,
  teams502: 0.006,
  teamsSilent: 0.004,
  teamsSilentTaken: 0.004,
  teamsSlow: 0.01,
  tokenDown: 0.002,
  // files
  fileSlow: 0.2,
  fileCut: 0.1,
  fileStoreFails: 0.05,
  fileLookFails: 0.05,
  fileMissing: 0.2,
  // the virus scanner
  scannerDown: 0.2,
  scannerGarbles: 0.1,
  // the anchors
  anchorsFail: 0.1,
  // how Teams delivers what users do
  redeliveredSameId: 0.06,
  redeliveredNewId: 0.04,
  reordered: 0.05,
  doubleClick: 0.08,
  // what comes to the door
  tokenForged: 0.03,
  tokenExpired: 0.02,
  tokenAtEdge: 0.04,
  keysDown: 0.1,
  // in a sweep
  sweepsOverlap: 0.1,
} as const;
/** Faults that are scheduled: how often each happens in a run that has it. */
const TIMES_PER_RUN = {
  skew: 1,
  jumpForward: 1,
  jumpBack: 1,
  slowClock: 1,
  stall: 4,
  sigterm: 3,
  kill: 3,
  blackout: 1,
  policyChange: 1,
  calendarEdit: 1,
  newerSchema: 2,
  poison: 1,
  rowLost: 2,
  rowOld: 2,
  historyDamaged: 2,
  keyDamaged: 1,
  pairParted: 1,
  guestMember: 2,
  storeRestored: 1,
  foreignFiles: 1,
  rightsRevoked: 3,
  sideEmptied: 4,
  mpnMoved: 2,
  operatorEmpowered: 1,
  botRemoved: 3,
  channelRemoved: 1,
  appUpdated: 1,
  messagesDeleted: 2,
  tokenOutage: 1,
  keysOutage: 1,
  anchorStripped: 1,
} as const;
/**
 * Not injected, only counted: what the calendar brings, and the work that an instance had in flight when a fault struck
 * it.
 */
export const COUNTED_ONLY = [
  'summerTimeBegins',
  'summerTimeEnds',
  'pressAfterRevocation',
  'sigtermMidTurn',
  'sigtermMidSweep',
  'killMidTurn',
  'killMidSweep',
  'stallMidTurn',
  'stallMidSweep',
  'blackoutMidTurn',
  'blackoutMidSweep',
] as const;

export type ChanceFault = keyof typeof PROBABILITIES;
export type ScheduledFault = keyof typeof TIMES_PER_RUN;
export type FaultName = ChanceFault | ScheduledFault | (typeof COUNTED_ONLY)[number];
export const FAULT_NAMES = [...Object.keys(PROBABILITIES), ...Object.keys(TIMES_PER_RUN)] as readonly (
  | ChanceFault
  | ScheduledFault
)[];

export interface Faults {
  /**
   * Whether it strikes on this occasion; counts it if so. Each kind has its own random numbers, so that switching off
   * one leaves the others as they were.
   */
  strikes(name: ChanceFault): boolean;
  /** How often it happens in this run. */
  times(name: ScheduledFault): number;
  record(name: FaultName): void;
  has(name: ChanceFault | ScheduledFault): boolean;
  /** From now on nothing strikes any more. */
  end(): void;
  readonly counts: Readonly<Partial<Record<FaultName, number>>>;
}

/**
 * Each run has about half of all kinds, each of them rarer or more frequent than usual: many of a few find more than a
 * few of all. `struck` is called for each fault that strikes.
 */
export function createFaults(
  chanceFor: (name: string) => Chance,
  without: ReadonlySet<string> = new Set(),
  struck: (name: FaultName) => void = () => undefined,
): Faults {
  const counts: Partial<Record<FaultName, number>> = {};
  const mood = chanceFor('faults');
  const calm = mood.happens(0.1);
  const strength = new Map(FAULT_NAMES.map((name) => [name, drawStrength(mood)] as const));
  const chances = new Map<string, Chance>();
  let isOver = false;

  const has = (name: ChanceFault | ScheduledFault): boolean =>
    !calm && !isOver && !without.has(name) && (strength.get(name) ?? 0) > 0;
  const chanceOf = (name: string): Chance => {
    const known = chances.get(name) ?? chanceFor(`fault ${name}`);
    chances.set(name, known);
    return known;
  };
  const record = (name: FaultName): void => {
    counts[name] = (counts[name] ?? 0) + 1;
    struck(name);
  };

  return {
    strikes(name) {
      if (!has(name) || !chanceOf(name).happens(PROBABILITIES[name] * (strength.get(name) ?? 0))) return false;
      record(name);
      return true;
    },
    times: (name) => (has(name) ? Math.max(1, Math.round(TIMES_PER_RUN[name] * (strength.get(name) ?? 0))) : 0),
    record,
    has,
    end() {
      isOver = true;
    },
    counts,
  };
}

/** None, as usual, or much more. */
function drawStrength(mood: Chance): number {
  const lot = mood.next();
  if (lot < 0.45) return 0;
  return lot < 0.9 ? 0.5 + mood.next() : 2 + mood.next() * 3;
}
