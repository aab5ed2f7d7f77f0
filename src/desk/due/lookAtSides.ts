/**
 * Looks at the claims of organisations whose people changed: a clock on which no one could act goes back to waiting
 * (R45), and where the person who was told is gone, another of the same side is told in their place.
 */
import type { Claim } from '../../domain/claims/claim.ts';
import { isClockDue } from '../../domain/claims/clock.ts';
import { hasActingClock } from '../../domain/claims/dueClocks.ts';
import { DESK } from '../../domain/claims/permission.ts';
import { CLOCK_NAMES } from '../../domain/claims/policy.ts';
import { sideOfClock } from '../../domain/claims/standing.ts';
import type { ClaimId, OrganisationId } from '../../domain/claims/values.ts';
import type { HandlePorts } from '../commands/handle.ts';
import { handle } from '../commands/handle.ts';
import type { People } from '../directory/people.ts';
import { announcedSideChange, dueSideChanges, endSideChange } from '../directory/sideChanges.ts';
import { consentPartiesOf, isActingFor, isContactOf, isReachable } from '../directory/sides.ts';
import { claimsOf } from '../directory/stoppedClocks.ts';
import { resolve } from '../outbox/recipients.ts';
import type { World } from '../ports/world.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import { claimDocument, readClaim } from '../records/claimRecord.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';

/** What looking at claims needs of the outside. */
export type LookPorts = HandlePorts & Pick<World, 'log'>;

const AT_ONCE = 20;

/**
 * Looks at the claims of these organisations, whose change was announced. A claim that cannot be handled is logged;
 * then the organisation stays due, and the sweep looks again. So it does where a clock is due: deadlines are the
 * sweep's, which decides the oldest of all organisations first. `deliverSoon` is called for claims with notices.
 */
export async function lookAtSides(
  ports: LookPorts,
  people: People,
  organisations: readonly OrganisationId[],
  deliverSoon: (id: ClaimId) => void,
): Promise<void> {
  for (const organisation of organisations) {
    const etag = await announcedSideChange(ports.documents, organisation);
    const isDone = await lookAt(ports, people, organisation, deliverSoon, isClockDue);
    if (etag !== undefined && isDone) await endSideChange(ports.documents, organisation, etag);
  }
}

/**
 * The same for the changes that were announced and, for all that is known, not looked at since. For the sweep, once it
 * has decided all that is due.
 */
export async function lookAtDueSides(
  ports: LookPorts,
  people: People,
  deliverSoon: (id: ClaimId) => void,
): Promise<void> {
  for (const { id, etag } of await dueSideChanges(ports, AT_ONCE))
    if (await lookAt(ports, people, id, deliverSoon)) await endSideChange(ports.documents, id, etag);
}

async function lookAt(
  ports: LookPorts,
  people: People,
  organisation: OrganisationId,
  deliverSoon: (id: ClaimId) => void,
  isLeft: typeof isClockDue = () => false,
): Promise<boolean> {
  let isDone = true;
  for await (const { claim } of claimsOf(ports, organisation)) {
    if (!hasActingClock(claim)) continue;
    if (isLeft(claim.clocks, ports.clock.now())) {
      isDone = false;
      continue;
    }
    try {
      const handled = await handle(ports, people, claim.id, () => ({ type: 'Wake', by: DESK, at: ports.clock.now() }));
      if (handled.kind === 'notFound') continue;
      const isNews =
        handled.kind === 'nothing' &&
        ((await retell(ports, people, claim.id)) || (await tellOfLostPartner(ports, people, handled.record.claim)));
      if (isNews || handled.record.body.outbox.length > 0) deliverSoon(claim.id);
    } catch (error) {
      // Logged once where it was read; nothing is decided for it (R55).
      if (error instanceof HistoryBrokenError) continue;
      isDone = false;
      ports.log.error(
        { claim: claim.id, error },
        'Could not look at a claim whose side has changed; the sweep tries again',
      );
    }
  }
  return isDone;
}

/** The reviewers are told that a clock runs on against a partner whose own doing it is that no one is reached (R45). */
async function tellOfLostPartner(ports: LookPorts, people: People, claim: Claim): Promise<boolean> {
  const clock = CLOCK_NAMES.find((one) => sideOfClock(one) === 'partner' && claim.clocks[one]?.state === 'running');
  if (!clock) return false;
  const found = await resolve(people, 'partner', claim, true);
  if (found.kind === 'reachable') return false;
  const outcome = { kind: 'undeliverable', reason: found.reason } as const;
  const told = await handle(ports, people, claim.id, async (record) => {
    const parties = await consentPartiesOf(people, record.claim);
    return { type: 'RecordDelivery', by: DESK, at: ports.clock.now(), clock, outcome, parties };
  });
  return told.kind === 'done';
}

/**
 * Where a clock runs from a notice that one person got in their own chat, and that person is gone, the notice is due
 * again for who is there in their place. Answers whether it is.
 */
async function retell(ports: LookPorts, people: People, id: ClaimId): Promise<boolean> {
  for (;;) {
    const stored = await readClaim(ports, id);
    const record = stored && sealedRecord(ports, stored);
    const body = record && (await retold(ports, people, record));
    if (!record || !body) return false;
    if ((await ports.documents.replace(claimDocument(ports, record.claim, body), record.etag)) !== 'changed')
      return true;
  }
}

async function retold(
  { clock }: LookPorts,
  people: People,
  { claim, body }: ClaimRecord,
): Promise<ClaimRecord['body'] | undefined> {
  const name = CLOCK_NAMES.find((one) => sideOfClock(one) && claim.clocks[one]?.state === 'running');
  const side = name && sideOfClock(name);
  const told = side && body.homes[side]?.person;
  if (!told || (await isStillThere(people, claim, side, told))) return undefined;
  if ((await resolve(people, side, claim, true)).kind === 'unreachable') return undefined;
  const start = body.entries.findLast(({ event }) => event.clocks?.[name]?.state === 'awaitingDelivery');
  if (!start || body.outbox.some(({ version, audience }) => version === start.version && audience === side))
    return undefined;
  const notice = {
    id: `${start.version}:${side}:${clock.now()}`,
    audience: side,
    version: start.version,
    event: start.event.type,
    line: true,
    starts: name,
  };
  return { ...body, outbox: [...body.outbox, { ...notice, attempts: 0, nextAt: clock.now(), reached: [] }] };
}

async function isStillThere(people: People, claim: Claim, side: 'partner' | 'customer', id: string): Promise<boolean> {
  const person = await people.find(id);
  if (!person || !isReachable(person)) return false;
  return side === 'partner'
    ? isActingFor(person, claim.partner.id)
    : isContactOf(person, claim.fields.customerTenantId);
}
