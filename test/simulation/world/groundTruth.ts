/** The truth that the judges go by, gathered from the run itself. */
import { CAST, EVERYBODY, ORGANISATIONS } from './personas.ts';
import type { OrganisationName, PartnerRole, Rights, StaffRole } from './personas.ts';
import type { Folder } from './simulatedFiles.ts';
import { STALE_MS } from './storeClient.ts';
import type { Vault } from './simulatedStore.ts';
import type { Json, Truth, Wrote } from '../checkers/observations.ts';
import { OPERATOR } from '../checkers/observations.ts';

const NONE: Rights = { staff: [] };

export function openTruth(
  now: () => number,
  vault: () => Vault,
  folder: Folder,
  rules: Pick<Truth, 'policies' | 'freeDays'>,
  instances: Truth['instances'],
) {
  /** Everybody's rights, each with the instant since when, the oldest first. */
  const known = new Map<string, { readonly since: number; readonly rights: Rights }[]>();
  const odd = new Map<string, number>();
  const past = new Set<string>();

  function between(person: string, from: number, to: number): readonly Rights[] {
    const all = known.get(person) ?? [];
    const first = all.findLastIndex(({ since }) => since <= from);
    const held = all.filter(({ since }, at) => at >= first && since <= to).map(({ rights }) => rights);
    return held.length > 0 ? held : [NONE];
  }

  const truth: Truth = {
    now,
    documents: (kind) => vault().all(kind),
    rightsOf: (person, at) => between(person, at, at).at(-1) ?? NONE,
    // Whoever asks another replica of the store may learn of a change so much later.
    everBetween: (person, from, to, had) => between(person, from - STALE_MS, to).some(had),
    files: () => [...folder.keys()],
    policies: rules.policies,
    freeDays: rules.freeDays,
    isOdd: (claim) => odd.has(claim) || past.has(claim),
    instances,
  };

  return {
    truth,
    /** A person's document was written: only an operator changes what they may. Answers what is wrong. */
    heed({ kind, id, after, before, by, at }: Wrote): readonly string[] {
      if (kind !== 'person') return [];
      const rights = rightsIn(after);
      const changed = JSON.stringify(rights) !== JSON.stringify(before ? rightsIn(before) : NONE);
      if (!changed) return [];
      known.set(id, [...(known.get(id) ?? []), { since: at, rights }]);
      return by.startsWith(OPERATOR) ? [] : [`the rights of ${id} were changed by ${by}`];
    },
    /** While it lasts, nobody can go by this claim. */
    odd(claim: string): () => void {
      odd.set(claim, (odd.get(claim) ?? 0) + 1);
      return () => {
        const left = (odd.get(claim) ?? 1) - 1;
        if (left > 0) odd.set(claim, left);
        else odd.delete(claim);
      };
    },
    oddForEver: (claim: string): void => {
      past.add(claim);
    },
  };
}

function rightsIn(body: Json): Rights {
  const {
    staff = [],
    memberships = [],
    contactOf = [],
    tenantId,
  } = body as {
    staff?: readonly StaffRole[];
    memberships?: readonly { readonly organisation: string; readonly roles: readonly PartnerRole[] }[];
    contactOf?: readonly string[];
    tenantId?: string;
  };
  const [membership] = memberships;
  const of = (Object.keys(ORGANISATIONS) as OrganisationName[]).find(
    (name) => membership?.organisation === `partner:${ORGANISATIONS[name].tenantId}`,
  );
  return {
    staff,
    ...(membership && of && { member: { of, roles: membership.roles } }),
    ...(tenantId !== undefined && contactOf.includes(tenantId) && { contact: true }),
  };
}

/** The directory file that enrols the cast. */
export function directory(): object {
  const form = (person: (typeof EVERYBODY)[number], more: object): object => ({
    name: person.name,
    tenantId: person.tenantId,
    objectId: person.objectId,
    email: person.email,
    ...more,
  });
  return {
    partners: Object.values(ORGANISATIONS),
    customers: [
      { name: 'Contoso', tenantId: CAST.dana.tenantId },
      { name: 'Northwind', tenantId: CAST.nora.tenantId },
    ],
    members: EVERYBODY.flatMap((person) =>
      person.rights.member
        ? [
            form(person, {
              organisationTenantId: ORGANISATIONS[person.rights.member.of].tenantId,
              roles: person.rights.member.roles,
            }),
          ]
        : [],
    ),
    staff: EVERYBODY.flatMap((person) =>
      person.rights.staff.length > 0 ? [form(person, { roles: person.rights.staff })] : [],
    ),
    contacts: EVERYBODY.flatMap((person) => (person.rights.contact ? [form(person, {})] : [])),
  };
}
