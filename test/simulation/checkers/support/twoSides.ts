/** Whether a tenant is one of the partner's side of a claim, by the rights alone (R5). */
import { ALL_PERSONAS, ORGANISATIONS, organisationId } from '../../world/personas.ts';
import type { OrganisationName, Rights } from '../../world/personas.ts';
import type { GroundTruth } from '../observations.ts';

/** Whether these rights were a person's all the time between two instants. */
export function hadAlways(
  { everBetween }: GroundTruth,
  person: string,
  from: number,
  to: number,
  had: (rights: Rights) => boolean,
): boolean {
  return !everBetween(person, from, to, (rights) => !had(rights));
}

/** Whether the person is a member of a partner organisation, by the product's id of it. */
export const isMemberOf =
  (partner: string) =>
  ({ member }: Rights): boolean =>
    member !== undefined && organisationId(member.of) === partner;

/** Whether the tenant is the partner's own, or that of a member: all the time, or at any. */
export function isOfPartner(
  groundTruth: GroundTruth,
  tenant: string,
  partner: string,
  { from, to, when }: { readonly from: number; readonly to: number; readonly when: 'always' | 'ever' },
): boolean {
  const isOwn = (Object.keys(ORGANISATIONS) as OrganisationName[]).some(
    (name) => organisationId(name) === partner && ORGANISATIONS[name].tenantId === tenant,
  );
  const had = when === 'always' ? hadAlways.bind(undefined, groundTruth) : groundTruth.everBetween;
  return (
    isOwn || ALL_PERSONAS.some(({ id, tenantId }) => tenantId === tenant && had(id, from, to, isMemberOf(partner)))
  );
}
