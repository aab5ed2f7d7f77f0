/**
 * Who the two sides of a claim are, as the directory says: what R3 and R5 ask beyond the person who acts. The desk
 * reads it anew for every try.
 */
import type { Claim } from './claim.ts';
import type { Barred, ConsentBar, Standing } from './standing.ts';

/** The partner's side, as far as the customer may be none of it. */
export interface Parties {
  /** The tenants of the partner's side: that of the organisation and those of all its members, guests included. */
  readonly partnerTenants: readonly string[];
}

/** Both sides, as far as a consent depends on them. */
export interface ConsentParties extends Parties {
  /** The name under which the customer's organisation is enrolled; absent where its tenant is not enrolled. */
  readonly customerName?: string;
  /**
   * Whom the consent notice is for: an enrolled contact who is no member of the partner (`may`), one who is
   * (`ofPartner`), or no one who is enrolled (`none`).
   */
  readonly contact: 'may' | 'ofPartner' | 'none';
}

/** Both sides of a claim over time, as far as a clock that is about to act depends on them (R5, R45). */
export interface Sides {
  readonly standing: Standing;
  /** When no consent counted. Stretches with different reasons may overlap. */
  readonly barred: readonly Barred[];
}

/** Whether the customer's tenant is one of the partner's, or of one of its members (R5). */
export function sidesOverlap({ fields: { customerTenantId } }: Claim, { partnerTenants }: Parties): boolean {
  return partnerTenants.includes(customerTenantId);
}

/** Why the consent notice may not go out now; undefined where it may (R5). */
export function consentBar(claim: Claim, parties: ConsentParties): ConsentBar | undefined {
  if (sidesOverlap(claim, parties)) return 'sidesOverlap';
  if (parties.customerName === undefined) return 'customerNotEnrolled';
  switch (parties.contact) {
    case 'may':
      return undefined;
    case 'ofPartner':
      return 'contactOfPartner';
    case 'none':
      return 'contactUnknown';
  }
}
