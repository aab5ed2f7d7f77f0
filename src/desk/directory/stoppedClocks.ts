/** Which running clocks a change of the directory would stop, because it takes away the last who could act (R45). */
import type { ClockName } from '../../domain/claims/policy.ts';
import { CLOCK_NAMES } from '../../domain/claims/policy.ts';
import { sideOfClock } from '../../domain/claims/standing.ts';
import type { ClaimId, OrganisationId, PersonId } from '../../domain/claims/values.ts';
import type { PageStart } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { asRecord, CLAIM } from '../records/claimRecord.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';
import type { Person } from './people.ts';
import type { PersonChange } from './sideChanges.ts';
import { sidesChangedBy } from './sideChanges.ts';
import type { SidesSource } from './sides.ts';
import { isActingFor, isContactOf, isReachable } from './sides.ts';

/** A clock that would go back to waiting. */
export interface StoppedClock {
  readonly claim: ClaimId;
  readonly clock: ClockName;
}

/** An organisation that would have no one left who could act, and which clocks that would stop. */
export interface StoppedSide {
  readonly organisation: OrganisationId;
  /** Whose changes take the last ones away. */
  readonly persons: readonly PersonId[];
  readonly clocks: readonly StoppedClock[];
}

const PAGE = 100;

/** The organisations that would have no one left after these changes, with the clocks that would stop. */
export async function stoppedBy(
  ports: Pick<World, 'documents' | 'log'>,
  people: SidesSource,
  changes: readonly PersonChange[],
): Promise<readonly StoppedSide[]> {
  const stopped: StoppedSide[] = [];
  const organisations = new Set(changes.flatMap(sidesChangedBy));
  for (const organisation of organisations) {
    const persons = changes
      .filter(({ before, after }) => mayAct(before, organisation) && !mayAct(after, organisation))
      .map(({ after }) => after.id);
    if (persons.length === 0 || (await isAnyoneLeft(people, organisation, changes))) continue;
    const clocks: StoppedClock[] = [];
    for await (const { claim } of claimsOf(ports, organisation))
      for (const clock of CLOCK_NAMES)
        if (sideOfClock(clock) === sideOf(organisation) && claim.clocks[clock]?.state === 'running')
          clocks.push({ claim: claim.id, clock });
    if (clocks.length > 0) stopped.push({ organisation, persons, clocks });
  }
  return stopped;
}

async function isAnyoneLeft(
  people: SidesSource,
  organisation: OrganisationId,
  changes: readonly PersonChange[],
): Promise<boolean> {
  const known =
    sideOf(organisation) === 'partner'
      ? await people.everOf('ofPartner', organisation)
      : await people.everOf('ofCustomer', tenantOf(organisation));
  const changed = new Map(changes.map(({ after }) => [after.id, after]));
  return [...known.filter(({ id }) => !changed.has(id)), ...changed.values()].some((person) =>
    mayAct(person, organisation),
  );
}

/** Whether a person can act for an organisation: a member with a role; or a contact who can be reached (R45). */
function mayAct(person: Person, organisation: OrganisationId): boolean {
  return sideOf(organisation) === 'partner'
    ? isActingFor(person, organisation)
    : isContactOf(person, tenantOf(organisation)) && isReachable(person);
}

function sideOf(organisation: OrganisationId): 'partner' | 'customer' {
  return organisation.startsWith('customer:') ? 'customer' : 'partner';
}

function tenantOf(organisation: OrganisationId): string {
  return organisation.slice(organisation.indexOf(':') + 1);
}

/**
 * The claims of a partner, or those that name a customer's tenant and were approved. A claim that cannot be read is
 * logged and left out.
 */
export async function* claimsOf(
  { documents, log }: Pick<World, 'documents' | 'log'>,
  organisation: OrganisationId,
): AsyncGenerator<ClaimRecord, void, void> {
  const isPartner = sideOf(organisation) === 'partner';
  const search = isPartner
    ? { name: 'partner', value: organisation }
    : { name: 'customer', value: tenantOf(organisation) };
  let after: PageStart | undefined;
  do {
    const page = await documents.find<ClaimBody>({ kind: CLAIM, ...search, limit: PAGE, ...(after && { after }) });
    for (const { id, body, etag } of page.documents) {
      try {
        yield asRecord(id, body, etag);
      } catch (error) {
        if (isOfNewerVersion(error)) log.warn({ claim: id }, 'Claim not looked at: written by a newer version');
        else log.error({ claim: id, error }, 'Could not read a claim of an organisation; the others continue');
      }
    }
    after = page.next;
  } while (after);
}
