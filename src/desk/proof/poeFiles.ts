/** The keys of the files of proof, and whether a claim's history knows a file. */
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { ClaimBody } from '../records/claimRecord.ts';

/** The prefix of all files of proof. */
export const POE = 'poe/';

/** The key of a file of proof in the file store. */
export function poeKey(claimId: ClaimId, poeId: PoeId): string {
  return `${POE}${claimId}/${poeId}`;
}

/** Whose file has this key; undefined for a key that the desk has not made. */
export function partsOf(key: string): { readonly claim: ClaimId; readonly poe: PoeId } | undefined {
  const [, claim, poe, ...more] = key.split('/');
  return claim && poe && more.length === 0 ? { claim: claim as ClaimId, poe: poe as PoeId } : undefined;
}

/** Whether a file was ever added to a claim, also where it was removed from the draft since. */
export function everAdded({ entries }: Pick<ClaimBody, 'entries'>, poe: PoeId): boolean {
  return entries.some(({ event }) => event.type === 'PoeAdded' && event.poe.id === poe);
}
