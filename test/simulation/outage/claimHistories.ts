/**
 * The original claims that are copied, made by commands: whole histories in which no user acts, with their state after
 * each event.
 */
import type { Instant } from '../../../src/domain/calendar/calendar.ts';
import type { ClaimId, Fields } from '../../../src/domain/claims/values.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { dueAt } from '../../../src/desk/records/claimRecord.ts';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { DAY } from '../../domain/claims/scenario.ts';
import { MPN, WHO, openWorld, place, TENANTS } from '../../desk/world.ts';
import type { DeskWorld } from '../../desk/world.ts';
import { CHANNEL, OTHER_CHANNEL } from './population.ts';

export interface ClaimHistory {
  readonly id: ClaimId;
  /** All that happened to it. */
  readonly entries: readonly Entry[];
  /**
   * How it stood from an instant on, the oldest first; nothing is on its way in any but the last of a history that is
   * held up.
   */
  readonly states: readonly { readonly at: Instant; readonly body: ClaimBody }[];
}
export type HistoryName =
  | 'asked'
  | 'approved'
  | 'rejected'
  | 'submitted'
  | 'underReview'
  | 'disputed'
  | 'askedUnheard'
  | 'rejectedUnheard'
  | 'approvedUnheard'
  | 'askedUnsent';

/** Monday 12 January 2026, 10:00 in Redmond. */
const START = Date.parse('2026-01-12T10:00:00-08:00');
/** Long enough for a dispute window that opens after a partner's silence. */
const WATCHED_MS = 50 * DAY;
const UNKNOWN_CONTACT: Partial<Fields> = { customerContactEmail: 'nobody@contoso.com' };
const OTHER_MPN: Partial<Fields> = { mpnId: MPN.fabrikamSecond };

export async function claimHistories(): Promise<Readonly<Record<HistoryName, ClaimHistory>>> {
  const here = (begin: (world: DeskWorld) => Promise<ClaimId>): Promise<ClaimHistory> => historyFrom(begin);
  return {
    asked: await here((world) => world.asked()),
    approved: await here((world) => world.approved()),
    rejected: await here((world) => world.rejected()),
    submitted: await here((world) => world.submitted()),
    underReview: await here((world) => world.underReview()),
    disputed: await here((world) => world.disputed()),
    askedUnheard: await here((world) => unheard(world, { kind: 'unreachable', reason: 'notInstalled' }, ask)),
    rejectedUnheard: await here((world) => unheard(world, { kind: 'unreachable', reason: 'notInstalled' }, reject)),
    approvedUnheard: await here((world) => world.approved(UNKNOWN_CONTACT)),
    askedUnsent: await historyFrom((world) => unheard(world, { kind: 'tryLater', reason: 'http503' }, ask), 0),
  };
}

type Act = (world: DeskWorld, id: ClaimId) => Promise<unknown>;
const ask: Act = (world, id) =>
  world.must('arun', id, { type: 'RequestInformation', reasons: ['missingOrOldDates'], comment: 'Which year?' });
const reject: Act = (world, id) =>
  world.must('arun', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });

/** Something is done of which the partner does not hear. */
async function unheard(world: DeskWorld, sent: SendResult, act: Act): Promise<ClaimId> {
  const id = await world.underReview(OTHER_MPN);
  world.messenger.answers(sent, (conversation) => conversation === OTHER_CHANNEL);
  await act(world, id);
  return id;
}

async function historyFrom(
  begin: (world: DeskWorld) => Promise<ClaimId>,
  watchedMs = WATCHED_MS,
): Promise<ClaimHistory> {
  const world = await openWorld({ start: START });
  await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikam}`, place(CHANNEL, TENANTS.fabrikam));
  await world.desk.useChannel(WHO.ops, `mpn:${MPN.fabrikamSecond}`, place(OTHER_CHANNEL, TENANTS.fabrikam));
  const id = await begin(world);
  const states: { at: Instant; body: ClaimBody }[] = [];
  const until = START + watchedMs;
  for (;;) {
    const { claim, body } = await world.record(id);
    states.push({ at: world.clock.now(), body });
    const next = dueAt(claim, body);
    if (next === undefined || next > until) return { id, entries: body.entries, states };
    await world.pass(next - world.clock.now());
  }
}
