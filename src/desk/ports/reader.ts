/** Who reads a claim. */
import type { Member } from '../../domain/claims/permission.ts';

/** Who reads: one person, or everyone who reads a home of the claim (a channel's card is the same for all). */
export type Reader =
  | { readonly kind: 'person'; readonly member: Member }
  | { readonly kind: 'audience'; readonly audience: 'review' | 'partner' | 'customer' };
