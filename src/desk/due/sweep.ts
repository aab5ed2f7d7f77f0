/**
 * Everything that is due, the oldest first; one bad claim never stops the others (R44). Decisions come first and wait for no
 * message: a store takes hundreds in the time in which Teams takes a few.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Backlog } from './backlog.ts';
import { createBacklog } from './backlog.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM } from '../records/claimRecord.ts';
import type { Page, PageStart, StoredDocument } from '../ports/documents.ts';
import type { People } from '../directory/people.ts';
import type { Ids } from '../ports/system.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import type { DueClaimPorts } from './processClaim.ts';
import { fireDueClocks, hasDueClock, processDueClaim } from './processClaim.ts';

const PAGE = 100;
const AT_ONCE = 8;
/** While a sweep tells of what was due it decides so often what fell due meanwhile. */
const LOOK_AGAIN_MS = 60_000;

export interface SweepResult {
  /** For so many claims there was something to tell, and it was told here. */
  readonly woken: number;
  readonly failed: number;
}

/** What a sweep needs of the outside. */
export type SweepPorts = DueClaimPorts;

type Found = StoredDocument<ClaimBody>;
type Pages = AsyncGenerator<Page<ClaimBody>, void, void>;

/**
 * Wakes every claim that is due now. Any number of sweeps may run at once, here and elsewhere: each does a fair share. Told
 * to stop, it ends after the claims in hand. What is of a newer version of the desk is left to that.
 */
export async function sweep(ports: SweepPorts, people: People, stop?: AbortSignal): Promise<SweepResult> {
  const backlog = createBacklog(ports.clock.now());
  const first = await duePage(ports, backlog.upTo);
  await decideAll(ports, counted(ports, backlog, pagesFrom(ports, backlog.upTo, stop, first)), stop);
  // What fits on one page need not be found again.
  const toTell = first.next ? pagesFrom(ports, ports.clock.now(), stop) : just(first);
  const swept = await deliverAll(ports, people, toTell, recheckDuringSweep(ports, backlog.upTo, stop), stop);
  ports.meters.swept({ ...backlog.progress(), failedClaims: swept.failed });
  return swept;
}

/** Fires every clock that is due, and sends nothing. What goes wrong here shows when the claim is told of. */
async function decideAll(ports: SweepPorts, pages: Pages, stop: AbortSignal | undefined): Promise<void> {
  await forEach(ports, pages, stop, async (found) => {
    if (!hasDueClock(found, ports.clock.now())) return;
    try {
      await fireDueClocks(ports, found.id as ClaimId);
    } catch {
      // It is still due: whoever tells of it tries again, and says what is wrong with it.
    }
  });
}

/** Brings what there is to tell, and looks before each claim whether there is more to decide. */
async function deliverAll(
  ports: SweepPorts,
  people: People,
  pages: Pages,
  lookAgain: () => Promise<void>,
  stop: AbortSignal | undefined,
): Promise<SweepResult> {
  let woken = 0;
  let failed = 0;
  let left = 0;
  await forEach(ports, pages, stop, async ({ id }) => {
    await lookAgain();
    try {
      if (await processDueClaim(ports, people, id as ClaimId)) woken += 1;
    } catch (error) {
      if (isOfNewerVersion(error)) {
        left += 1;
        return;
      }
      failed += 1;
      ports.log.error({ claim: id, error }, 'Could not process a due claim; the sweep continues');
    }
  });
  if (left > 0) ports.log.warn({ claims: left }, 'Due claims skipped: written by a newer version');
  return { woken, failed };
}

/** Once in a while one worker decides what fell due since the last look; the others go on. Its notices are left to the next sweep. */
function recheckDuringSweep(
  ports: SweepPorts,
  decidedUpTo: Instant,
  stop: AbortSignal | undefined,
): () => Promise<void> {
  let from = decidedUpTo;
  return async () => {
    const now = ports.clock.now();
    if (now - from < LOOK_AGAIN_MS) return;
    const start = { sort: from, id: '' };
    from = now;
    try {
      await decideAll(ports, pagesFrom(ports, now, stop, duePage(ports, now, start)), stop);
    } catch (error) {
      ports.log.warn({ error }, 'Could not re-check due claims during a sweep; the next sweep will');
    }
  };
}

async function* counted({ meters }: SweepPorts, backlog: Backlog, pages: Pages): Pages {
  for await (const page of pages) {
    backlog.add(page.documents);
    if (page.next) meters.behind(backlog.progress());
    yield page;
  }
}

async function* just(page: Page<ClaimBody>): Pages {
  yield await Promise.resolve(page);
}

/** The pages from the first on; each of the others is found when it is asked for. */
async function* pagesFrom(
  ports: SweepPorts,
  upTo: Instant,
  stop: AbortSignal | undefined,
  first: Page<ClaimBody> | Promise<Page<ClaimBody>> = duePage(ports, upTo),
): Pages {
  let page = await first;
  yield page;
  while (page.next && !stop?.aborted) {
    page = await duePage(ports, upTo, page.next);
    yield page;
  }
}

function duePage({ documents }: SweepPorts, upTo: Instant, after?: PageStart): Promise<Page<ClaimBody>> {
  return documents.find<ClaimBody>({
    kind: CLAIM,
    name: 'wake',
    value: '',
    upTo,
    limit: PAGE,
    ...(after && { after }),
  });
}

/** The pages for a few workers together: a claim that takes long keeps none but its own worker. */
async function forEach(
  ports: SweepPorts,
  pages: Pages,
  stop: AbortSignal | undefined,
  work: (found: Found) => Promise<void>,
): Promise<void> {
  const all = oneByOne(ports, pages, stop);
  const worker = async (): Promise<void> => {
    for await (const found of all) await work(found);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/**
 * The pages come oldest first, so nobody waits for those who came later; within a page each sweep goes its own way, so that several
 * meet seldom.
 */
async function* oneByOne(
  { ids }: SweepPorts,
  pages: Pages,
  stop: AbortSignal | undefined,
): AsyncGenerator<Found, void, void> {
  for await (const { documents } of pages) {
    for (const found of shuffled(documents, ids)) {
      if (stop?.aborted) return;
      yield found;
    }
  }
}

/** The same in an order of chance. */
function shuffled<One>(all: readonly One[], ids: Ids): readonly One[] {
  const chance = ids.randomBytes(all.length * 2);
  const drawn = all.map((one, index) => ({ one, lot: (chance[index * 2] ?? 0) * 256 + (chance[index * 2 + 1] ?? 0) }));
  return drawn.sort((one, other) => one.lot - other.lot).map(({ one }) => one);
}
