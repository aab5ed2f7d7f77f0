/**
 * What must hold after an outage: each due claim decided once, at its own instant, nothing else decided, and everyone
 * told in order.
 */
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import { isAim, STARTED } from './dueClaims.ts';
import { overtaking } from './fairness.ts';
import type { DueClaim } from './ledger.ts';
import type { Outage } from './outage.ts';

const DECISIONS: ReadonlySet<string> = new Set(['PartnerDidNotRespond', 'ConsentPassed', 'DisputeWindowClosed']);
/** A page of a sweep, and what each instance's workers have in flight. */
const PAGE = 100;
const AT_ONCE = 8;

/** What is wrong, in words; nothing as it should be. */
export function findings(outage: Outage, instances: number): readonly string[] {
  const { ledger, after, isOver, problems } = outage;
  const found = [...problems, ...(isOver ? [] : ['something is still due (R44)'])];
  for (const claim of ledger.claims.values()) {
    const body = after.get(claim.id);
    const said = body
      ? [
          ...(claim.plan.due ? decidedOnce(claim, body) : undecided(body)),
          ...toldInOrder(body),
          ...handedOver(claim, body, outage),
        ]
      : ['is lost'];
    found.push(...said.map((what) => `${claim.id}: ${what}`));
  }
  return [...found, ...strangers(outage), ...unfair(outage, instances)];
}

function decidedOnce({ plan: { due }, instants }: DueClaim, { entries }: ClaimBody): readonly string[] {
  const decisions = entries.filter((entry) => due && isAim(entry, due.aim));
  const [decision, ...more] = decisions;
  if (!due) return [];
  if (!decision) return [`is due for ${due.aim.event} and was not decided (R44)`];
  if (more.length > 0) return [`${due.aim.event} happened ${decisions.length} times (R44)`];
  const problems: string[] = [];
  // A level after a level that fell due in the outage as well is due by the calendar, which knows nothing of copies.
  if (decision.event.at !== due.at && instants.has(due.at))
    problems.push(`${due.aim.event} counts from ${decision.event.at - due.at} ms after it was due (R44)`);
  if (decision.recordedAt < STARTED)
    problems.push(`${due.aim.event} was written ${STARTED - decision.recordedAt} ms before anything ran`);
  const early = entries.find(({ event, recordedAt }) => event.at > recordedAt);
  if (early) problems.push(`${early.event.type} was written before its time (R42)`);
  return problems;
}

/** No one heard of what would have run out, neither when the claim was made nor since (R45). */
function undecided({ entries }: ClaimBody): readonly string[] {
  return entries
    .filter(({ event }) => DECISIONS.has(event.type))
    .map(({ event }) => `${event.type}, although its notice was never delivered (R45)`);
}

/** Of each audience, what came to its end did so in its order; what did not is on its way, or waits for a user. */
function toldInOrder({ outbox, told }: ClaimBody): readonly string[] {
  // What is stored is checked here, not what its type promises.
  const stored: readonly { readonly id: string; readonly nextAt?: number; readonly waitsFor?: string }[] = outbox;
  const problems = stored.flatMap(({ id, nextAt, waitsFor }) =>
    nextAt === undefined && waitsFor === undefined
      ? [`the notice ${id} is neither on its way nor does it wait for anyone (R47)`]
      : [],
  );
  const newest = new Map<string, number>();
  for (const { id, outcome } of told) {
    const [version = '', ...audience] = id.split(':');
    const name = audience.join(':');
    if (outcome !== 'delivered') continue;
    if (Number(version) < (newest.get(name) ?? 0))
      problems.push(`the notice ${id} was delivered after one that is newer (R47)`);
    newest.set(name, Number(version));
  }
  return problems;
}

/** One record for each consent that passed, and none else (R53). */
function handedOver({ id }: DueClaim, { entries }: ClaimBody, { files }: Outage): readonly string[] {
  return entries.flatMap(({ event }) =>
    event.type === 'ConsentPassed' && !files.kept.has(`assessments/${id}-${event.record.period}.json`)
      ? ['was handed over without a record (R53)']
      : [],
  );
}

function strangers({ after, files }: Outage): readonly string[] {
  const passed = [...after.values()].reduce(
    (sum, { entries }) => sum + entries.filter(({ event }) => event.type === 'ConsentPassed').length,
    0,
  );
  const records = files.keys('assessments/').length;
  return records === passed ? [] : [`there are ${records} assessment records of ${passed} consents that passed (R53)`];
}

/** No one waits for more than a page and what the workers have in flight. */
function unfair({ ledger }: Outage, instances: number): readonly string[] {
  const { places } = overtaking(ledger.decided.map(({ claim }) => claim.wake ?? 0));
  const most = PAGE + instances * AT_ONCE;
  return places <= most
    ? []
    : [`a claim was overtaken by ${places} who fell due later; ${most} is a page and the workers of all instances`];
}
