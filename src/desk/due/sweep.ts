/**
 * Processes everything that is due, the oldest first; a claim that fails never stops the others (R44). Decisions come
 * first and wait for no message: a store takes hundreds in the time in which Teams takes a few.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Backlog } from './backlog.ts';
import { createBacklog } from './backlog.ts';
import type { ClaimBody } from '../records/claimRecord.ts';
import { CLAIM } from '../records/claimRecord.ts';
import type { Page, PageStart, StoredDocument } from '../ports/documents.ts';
import type { People } from '../directory/people.ts';
import type { RandomSource } from '../ports/system.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import { lookAtDueSides } from './lookAtSides.ts';
import type { DueClaimPorts } from './processClaim.ts';
import { fireDueClocks, hasDueClock, processDueClaim } from './processClaim.ts';

const PAGE = 100;
const AT_ONCE = 8;
/** How often a sweep that is delivering decides what has become due since. */
const RECHECK_MS = 60_000;

/** What a sweep did. */
export interface SweepResult {
  /** The number of claims with notices that this sweep delivered. */
  readonly processed: number;
  /** The number of claims that could not be processed. They are still due. */
  readonly failed: number;
}

/** What a sweep needs of the outside. */
export type SweepPorts = DueClaimPorts;

type Found = StoredDocument<ClaimBody>;
type Pages = AsyncGenerator<Page<ClaimBody>, void, void>;

/**
 * Processes every claim that is due now. Any number of sweeps may run at once, here and in other instances: each does a
 * fair share. Once `stop` is aborted, it ends after the claims in flight. A claim that a newer version of the desk
 * wrote is left to that version; one whose history is broken fails each time, and nothing is done for it (R55). Throws
 * where claims that are due cannot be found.
 */
export async function sweep(ports: SweepPorts, people: People, stop?: AbortSignal): Promise<SweepResult> {
  const backlog = createBacklog(ports.clock.now());
  const first = await duePage(ports, backlog.upTo);
  await decideAll(ports, people, counted(ports, backlog, pagesFrom(ports, backlog.upTo, stop, first)), stop);
  const isMore = await lookAtChangedSides(ports, people);
  // What fits on one page need not be found again, unless there is more to tell by now.
  const toDeliver = first.next || isMore ? pagesFrom(ports, ports.clock.now(), stop) : just(first);
  const swept = await deliverAll(ports, people, toDeliver, recheckDuringSweep(ports, people, backlog.upTo, stop), stop);
  ports.meters.swept({ ...backlog.progress(), failedClaims: swept.failed });
  return swept;
}

/**
 * What was left by a process that died, or that saw a person vanish while it sent. It looks organisation by
 * organisation, and so only after all deadlines were decided, the oldest first. Answers whether there are notices to
 * deliver.
 */
async function lookAtChangedSides(ports: SweepPorts, people: People): Promise<boolean> {
  let isMore = false;
  try {
    await lookAtDueSides(ports, people, () => {
      isMore = true;
    });
  } catch (error) {
    ports.log.error({ error }, 'Could not look at the claims of changed organisations; the next sweep tries again');
  }
  return isMore;
}

/** Fires every clock that is due, and sends nothing. A failure here is reported when the claim is processed. */
async function decideAll(
  ports: SweepPorts,
  people: People,
  pages: Pages,
  stop: AbortSignal | undefined,
): Promise<void> {
  await forEach(ports, pages, stop, async (found) => {
    if (!hasDueClock(found, ports.clock.now())) return;
    try {
      await fireDueClocks(ports, people, found.id as ClaimId);
    } catch {
      // It is still due: deliverAll tries again, and logs what is wrong with it.
    }
  });
}

/** Delivers the notices that are due, and before each claim decides what has become due since. */
async function deliverAll(
  ports: SweepPorts,
  people: People,
  pages: Pages,
  recheck: () => Promise<void>,
  stop: AbortSignal | undefined,
): Promise<SweepResult> {
  let processed = 0;
  let failed = 0;
  let left = 0;
  await forEach(ports, pages, stop, async ({ id: found, etag }) => {
    const id = found as ClaimId;
    await recheck();
    try {
      if (await processDueClaim(ports, people, { id, etag })) processed += 1;
    } catch (error) {
      if (isOfNewerVersion(error)) {
        left += 1;
        return;
      }
      failed += 1;
      // Logged once where it was read.
      if (error instanceof HistoryBrokenError) return;
      ports.log.error({ claim: id, error }, 'Could not process a due claim; the sweep continues');
    }
  });
  if (left > 0) ports.log.warn({ claims: left }, 'Due claims skipped: written by a newer version');
  return { processed, failed };
}

/**
 * Every {@link RECHECK_MS} one worker decides what has become due since; the others continue. Its notices are left to
 * the next sweep.
 */
function recheckDuringSweep(
  ports: SweepPorts,
  people: People,
  decidedUpTo: Instant,
  stop: AbortSignal | undefined,
): () => Promise<void> {
  let from = decidedUpTo;
  return async () => {
    const now = ports.clock.now();
    if (now - from < RECHECK_MS) return;
    const start = { sort: from, id: '' };
    from = now;
    try {
      await decideAll(ports, people, pagesFrom(ports, now, stop, duePage(ports, now, start)), stop);
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

/** The pages from the first on; each later page is read when it is asked for. */
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

/** A few workers share the pages: a claim that takes long occupies only its own worker. */
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
 * The pages come oldest first, so no claim waits for one that became due later; within a page each sweep has an order
 * of its own, so that sweeps seldom work on the same claim.
 */
async function* oneByOne(
  { random }: SweepPorts,
  pages: Pages,
  stop: AbortSignal | undefined,
): AsyncGenerator<Found, void, void> {
  for await (const { documents } of pages) {
    for (const found of shuffled(documents, random)) {
      if (stop?.aborted) return;
      yield found;
    }
  }
}

/** The same in random order. */
function shuffled<One>(all: readonly One[], random: RandomSource): readonly One[] {
  const chance = random.randomBytes(all.length * 2);
  const drawn = all.map((one, index) => ({ one, lot: (chance[index * 2] ?? 0) * 256 + (chance[index * 2 + 1] ?? 0) }));
  return drawn.sort((one, other) => one.lot - other.lot).map(({ one }) => one);
}
