/**
 * The programme's catalogue (R8) and its reasons (R22, R30, R31): data, so that a change of the programme needs no
 * code.
 */
import data from './catalogue.json' with { type: 'json' };

export const AREAS = ['businessApplications', 'microsoft365'] as const;
export type AreaId = (typeof AREAS)[number];
export const ACTIVITIES = ['preSales', 'usage', 'revenueAssociation'] as const;
export type ActivityId = (typeof ACTIVITIES)[number];
/** A product or workload of the catalogue. */
export type ProductId = string;

/** A product or workload that a claim can name (R8). */
export interface Product {
  readonly id: ProductId;
  /** A proper name, the same in every language. */
  readonly name: string;
}

/** A business area with its activities and products (R8). */
export interface Area {
  readonly id: AreaId;
  readonly activities: readonly ActivityId[];
  readonly subscriptionIdsRequiredFor: readonly ActivityId[];
  readonly products: readonly Product[];
}

/** All that a claim can be filed for, as versioned data (R8). */
export interface Catalogue {
  readonly version: string;
  readonly areas: readonly Area[];
}

/** The catalogue of the programme. */
export const CATALOGUE = data as Catalogue;

/** Why information is requested (R30). */
export const REQUEST_REASONS = [
  'missingAllPoe',
  'missingCustomerAcknowledgement',
  'missingOrOldDates',
  'missingPartnerSolution',
  'missingProducts',
] as const;
export type RequestReason = (typeof REQUEST_REASONS)[number];

/** Every reason of a rejection (R31); a reviewer may choose from `REVIEWER_REASONS` only. */
export const REJECTION_REASONS = [
  'partnerRequest',
  'customerDecline',
  'insufficientPoe',
  'missingCustomerConsent',
  'missingProducts',
  'noPartnerResponse',
  'poeUnavailable',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
/** The reasons that a reviewer may choose from (R31). */
export const REVIEWER_REASONS = [
  'insufficientPoe',
  'missingCustomerConsent',
  'missingProducts',
  'poeUnavailable',
] as const satisfies readonly RejectionReason[];
export type ReviewerReason = (typeof REVIEWER_REASONS)[number];

/** Why a partner asks for the rejection of its own claim (R22). */
export const PARTNER_REQUEST_REASONS = ['incorrectMpn', 'incorrectActivity', 'noLongerWorking', 'other'] as const;
export type PartnerRequestReason = (typeof PARTNER_REQUEST_REASONS)[number];

/** An area by its id; undefined for one that the catalogue does not have. */
export function areaOf(catalogue: Catalogue, id: string): Area | undefined {
  return catalogue.areas.find((area) => area.id === id);
}

/** The name of a product, of any area; its id where the catalogue does not have it any more. */
export function productName(catalogue: Catalogue, id: ProductId): string {
  for (const area of catalogue.areas) {
    const product = area.products.find((candidate) => candidate.id === id);
    if (product) return product.name;
  }
  return id;
}
