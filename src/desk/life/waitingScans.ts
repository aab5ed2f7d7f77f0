/**
 * Files that wait for their virus scan, or that are too large for one, for an operator who asks why, or decides that
 * they can be opened without it (R9).
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import { DESK } from '../../domain/claims/permission.ts';
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import type { ScanAnswer } from '../ports/scanner.ts';
import type { World } from '../ports/world.ts';
import { poeKey } from '../proof/poeFiles.ts';
import { scanClaims } from './claimScan.ts';

/**
 * A file that waits, and what its scanner says of it now; `noScanner`: the desk has none. `counts`: it is one of before
 * there was a scanner, which finds it too large, so that it is proof and no one can open it.
 */
export interface WaitingScan {
  readonly claim: ClaimId;
  readonly poe: PoeId;
  readonly since: Instant;
  readonly answer: ScanAnswer | { readonly kind: 'noScanner' };
  readonly counts: boolean;
}

/**
 * Every file that waits, of all claims but discarded drafts, or of `only` one. Those that count are asked for of one
 * claim only: the scanner has to look through each. Asks the scanner for each, and records nothing.
 */
export async function* waitingScans(
  ports: Pick<World, 'documents' | 'scanner'>,
  only?: string,
): AsyncGenerator<WaitingScan, void, void> {
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read' || scanned.record.claim.status === 'Discarded') continue;
    if (only !== undefined && scanned.id !== only) continue;
    for (const { id: poe, scan, addedAt: since } of scanned.record.claim.poe) {
      const counts = scan === undefined && only !== undefined && ports.scanner !== undefined;
      if (scan !== 'waiting' && !counts) continue;
      const answer = (await ports.scanner?.look(poeKey(scanned.id, poe))) ?? ({ kind: 'noScanner' } as const);
      if (!counts || isTooLarge(answer)) yield { claim: scanned.id, poe, since, answer, counts };
    }
  }
}

function isTooLarge(answer: WaitingScan['answer']): boolean {
  return answer.kind === 'unknown' && answer.problem === 'tooLarge';
}

/** Lets a file count and be opened without a scan. `nothing`: it waits no more. */
export async function acceptUnscanned(
  ports: HandlePorts,
  people: People,
  { claim, poe }: Pick<WaitingScan, 'claim' | 'poe'>,
): Promise<'accepted' | 'nothing'> {
  const handled = await handle(ports, people, claim, () => ({
    type: 'RecordScan',
    by: DESK,
    at: ports.clock.now(),
    poe,
    verdict: 'unscanned',
  }));
  return handled.kind === 'done' ? 'accepted' : 'nothing';
}
