/** Why a person cannot be erased now: what still needs them, or keeps them. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import { dueOf } from '../../domain/claims/clock.ts';
import type { ClockName } from '../../domain/claims/policy.ts';
import { CLOCK_NAMES } from '../../domain/claims/policy.ts';
import type { ClaimId, OrganisationId } from '../../domain/claims/values.ts';
import type { People } from '../directory/people.ts';
import type { World } from '../ports/world.ts';
import type { ClaimRecord } from '../records/claimRecord.ts';
import { scanClaims } from './claimScan.ts';
import { isOn, readHold } from './holds.ts';
import type { Identity } from './identity.ts';
import { hasAddress, mentions } from './identity.ts';
import { tracesIn } from './traces.ts';

/** What the person is to a claim whose clock runs. */
export type Need = 'filer' | 'assignee' | 'contact' | 'proof' | 'lastMember' | 'lastContact';

/**
 * One reason. `clock`: a clock of the claim runs or waits, and needs the person; `until` is when it is due, absent for
 * one that has no due instant now. `hold`: a legal hold. `record`: a hand-over for assessment, which cannot be changed,
 * names them. `unread`: the claim cannot be read, so no one knows whom it names.
 */
export type Obstacle =
  | {
      readonly kind: 'clock';
      readonly claim: ClaimId;
      readonly clock: ClockName;
      readonly need: Need;
      readonly until?: Instant;
    }
  | { readonly kind: 'hold'; readonly claim?: ClaimId; readonly since: Instant; readonly reason: string }
  | { readonly kind: 'record'; readonly claim: ClaimId }
  | { readonly kind: 'unread'; readonly claim: ClaimId };

/** All that is in the way; empty where the person can be erased. */
export async function obstaclesTo(
  ports: Pick<World, 'documents'>,
  people: People,
  identity: Identity,
): Promise<readonly Obstacle[]> {
  const found: Obstacle[] = [...(await holdsOn(ports, { kind: 'person', id: identity.id }))];
  const sole = await soleOf(people, identity);
  for await (const scanned of scanClaims(ports)) {
    if (scanned.kind !== 'read') {
      found.push({ kind: 'unread', claim: scanned.id });
      continue;
    }
    const { record } = scanned;
    const need = needOf(record, identity, sole);
    if (need) found.push(...clocksOf(record.claim, need));
    if (tracesIn(record.body.entries, identity).length === 0) continue;
    found.push(...(await holdsOn(ports, { kind: 'claim', id: scanned.id })));
    if (isRecorded(record, identity)) found.push({ kind: 'record', claim: scanned.id });
  }
  return found;
}

async function holdsOn(
  ports: Pick<World, 'documents'>,
  on: Parameters<typeof readHold>[1],
): Promise<readonly Obstacle[]> {
  const hold = await readHold(ports, on);
  if (!isOn(hold)) return [];
  const { since, reason } = hold;
  return [{ kind: 'hold', ...(on.kind === 'claim' && { claim: on.id }), since, reason }];
}

/** Where no one else could act: organisations whose only member with a role, tenants whose only contact they are. */
interface Sole {
  readonly partners: ReadonlySet<OrganisationId>;
  readonly customers: ReadonlySet<string>;
}

async function soleOf(people: People, { id }: Identity): Promise<Sole> {
  const person = await people.find(id);
  const partners = new Set<OrganisationId>();
  const customers = new Set<string>();
  for (const { organisation, roles } of person?.memberships ?? []) {
    const others = (await people.everOf('ofPartner', organisation)).filter(
      (other) =>
        other.id !== id && other.memberships.some((one) => one.organisation === organisation && one.roles.length > 0),
    );
    if (roles.length > 0 && others.length === 0) partners.add(organisation);
  }
  for (const tenant of person?.contactOf ?? []) {
    const others = (await people.everOf('ofCustomer', tenant)).filter(
      (other) => other.id !== id && other.contactOf.includes(tenant),
    );
    if (others.length === 0) customers.add(tenant);
  }
  return { partners, customers };
}

function needOf({ claim }: ClaimRecord, identity: Identity, { partners, customers }: Sole): Need | undefined {
  const { id } = identity;
  const { fields } = claim;
  if (claim.filedBy.id === id) return 'filer';
  if (claim.assignee?.id === id) return 'assignee';
  if (hasAddress(identity, fields.customerContactEmail)) return 'contact';
  if (claim.poe.some(({ by }) => by.id === id)) return 'proof';
  if (partners.has(claim.partner.id)) return 'lastMember';
  return claim.approval && customers.has(fields.customerTenantId) ? 'lastContact' : undefined;
}

function clocksOf({ id, clocks }: Claim, need: Need): readonly Obstacle[] {
  return CLOCK_NAMES.flatMap((clock): Obstacle[] => {
    if (!clocks[clock]) return [];
    const until = dueOf(clocks[clock]);
    return [{ kind: 'clock', claim: id, clock, need, ...(until !== undefined && { until }) }];
  });
}

/** The records hold ids and codes alone, but an id that someone typed may be anything. */
function isRecorded({ body }: ClaimRecord, identity: Identity): boolean {
  return body.entries.some(
    ({ event }) => event.type === 'ConsentPassed' && mentions(identity, JSON.stringify(event.record)),
  );
}
