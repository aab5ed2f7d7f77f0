/** Midnight, when most deadlines fall (R42): instances whose clocks differ see it at slightly different times. */
import { SIMULATED_POLICIES } from '../../world/policies.ts';
import { CLOCK_TOLERANCE_MS } from '../observations.ts';
import { daysIn } from './days.ts';

const CALENDARS = [...new Set(Object.values(SIMULATED_POLICIES).map(({ zone }) => zone))].map(daysIn);

/** Whether by some instance's clock a day began meanwhile: what was due soon is due then, and overdue after. */
export function hasDayBegun(from: number, to: number): boolean {
  return CALENDARS.some((days) => days.of(from - CLOCK_TOLERANCE_MS) !== days.of(to + CLOCK_TOLERANCE_MS));
}
