/** The settings of a run's desk that differ from one world to the next, drawn by its seed. */
import type { Chance } from '../../support/random.ts';
import { TENANTS } from './personas.ts';

export interface WorldSettings {
  /** Approving and assessing are two people, and an operator is neither (R5). */
  readonly separateDuties: boolean;
  /** The tenants of which staff may be; none: of any (R5). */
  readonly programmeTenants: readonly string[];
  /** Whether heads of decisions are anchored outside the store (R55). */
  readonly hasAnchors: boolean;
  /** Whether files are scanned for viruses (R9). */
  readonly hasScanner: boolean;
}

/** As a bare machine has them. */
export const PLAIN_SETTINGS: WorldSettings = {
  separateDuties: false,
  programmeTenants: [],
  hasAnchors: false,
  hasScanner: false,
};

export function drawSettings(chance: Chance): WorldSettings {
  return {
    separateDuties: chance.happens(0.3),
    programmeTenants: chance.happens(0.3) ? [TENANTS.vendor] : [],
    hasAnchors: chance.happens(0.6),
    hasScanner: chance.happens(0.4),
  };
}
