/** The ground truth that the checkers go by: rights, policies and stored documents, gathered from the run itself. */
import { PERSONAS, ALL_PERSONAS, ORGANISATIONS, partnerRow } from './personas.ts';
import type { OrganisationName, PartnerRole, Rights, StaffRole } from './personas.ts';
import type { StoredFiles } from './simulatedFiles.ts';
import { STALE_MS } from './storeClient.ts';
import type { SimulatedStore } from './simulatedStore.ts';
import type { AnchoredHead, Json, GroundTruth, DocumentWritten } from '../checkers/observations.ts';
import { OPERATOR, PLANTED } from '../checkers/observations.ts';
import type { StoredEvent } from '../checkers/support/storedClaim.ts';
import { asClaim } from '../checkers/support/storedClaim.ts';
import type { WorldSettings } from './worldSettings.ts';

/** So many of the newest anchors are compared at the start. */
const ANCHORS_AT_START = 1_000;
const NONE: Rights = { staff: [] };

export function createGroundTruth(
  now: () => number,
  store: () => SimulatedStore,
  storedFiles: StoredFiles,
  rules: Pick<GroundTruth, 'policies' | 'freeDays'>,
  instances: GroundTruth['instances'],
  settings: WorldSettings,
  heads: () => readonly AnchoredHead[],
) {
  /** Everyone's rights, each with the instant since when, the oldest first. */
  const known = new Map<string, { readonly since: number; readonly rights: Rights }[]>();
  const markUncheckable = new Map<string, number>();
  const past = new Set<string>();
  const damaged = new Map<string, number>();
  const standstills: {
    readonly from: number;
    to: number;
    lost: readonly AnchoredHead[];
    readonly running?: readonly string[];
  }[] = [];
  /** The desk's own mark says that it stands still. */
  let isMarked = false;
  /** Claims that were not there at all when an operator let the desk go on. */
  const wasAbsent = new Set<string>();
  const parted: { readonly from: number; to: number }[] = [];

  function between(person: string, from: number, to: number): readonly Rights[] {
    const all = known.get(person) ?? [];
    const first = all.findLastIndex(({ since }) => since <= from);
    const held = all.filter(({ since }, at) => at >= first && since <= to).map(({ rights }) => rights);
    return held.length > 0 ? held : [NONE];
  }

  const groundTruth: GroundTruth = {
    now,
    documents: (kind) => store().all(kind),
    rightsOf: (person, at) => between(person, at, at).at(-1) ?? NONE,
    // A reader of another replica of the store may learn of a change that much later.
    everBetween: (person, from, to, had) => between(person, from - STALE_MS, to).some(had),
    files: () => [...storedFiles.keys()],
    policies: rules.policies,
    freeDays: rules.freeDays,
    isUncheckable: (claim) => isMarked || markUncheckable.has(claim) || past.has(claim),
    instances,
    anchors: heads,
    damagedSince: (claim) => damaged.get(claim),
    parted: () => parted,
    standstills: () => standstills,
  };

  /** What the store lacks of its anchors, but for what a claim or the mark of a standstill says already. */
  function missing(): readonly AnchoredHead[] {
    const accepted = store().read('standstill', 'desk')?.body['accepted'] as readonly string[] | undefined;
    return heads()
      .slice(-ANCHORS_AT_START)
      .filter((anchor) => {
        const { claim, version, hash } = anchor;
        const body = store().read('claim', claim)?.body;
        if (!body) return !(wasAbsent.has(claim) && accepted?.includes(claim));
        const { entries } = asClaim(body);
        return entries[version - 1]?.hash !== hash && !entries.some(({ event }) => says(event, anchor));
      });
  }

  function endOf(standstill: { to: number; readonly lost: readonly AnchoredHead[] }): void {
    standstill.to = now();
    for (const { claim } of standstill.lost) if (!store().read('claim', claim)) wasAbsent.add(claim);
  }

  return {
    groundTruth,
    /** A person's document was written: only an operator changes what they may. Answers what is wrong. */
    recordRights({ kind, id, after, before, by, at }: DocumentWritten): readonly string[] {
      if (kind !== 'person') return [];
      const rights = rightsIn(after, settings);
      const changed = JSON.stringify(rights) !== JSON.stringify(rightsIn(before ?? {}, settings));
      if (!changed) return [];
      known.set(id, [...(known.get(id) ?? []), { since: at, rights }]);
      return by.startsWith(OPERATOR) || by === PLANTED ? [] : [`the rights of ${id} were changed by ${by}`];
    },
    /** Exempts a claim from all checks until the returned function is called. */
    markUncheckable(claim: string): () => void {
      markUncheckable.set(claim, (markUncheckable.get(claim) ?? 0) + 1);
      return () => {
        const left = (markUncheckable.get(claim) ?? 1) - 1;
        if (left > 0) markUncheckable.set(claim, left);
        else markUncheckable.delete(claim);
      };
    },
    /** Database and files do not belong together until the returned function is called. */
    markParted(): () => void {
      const stretch = { from: now(), to: Infinity };
      parted.push(stretch);
      return () => {
        stretch.to = Math.min(stretch.to, now());
      };
    },
    /** An older state was restored; answers what ends the standstill, or undefined where no decision was lost. */
    markRestored(): (() => void) | undefined {
      const lost = missing();
      if (lost.length === 0) return undefined;
      const standstill = { from: now(), to: Infinity, lost };
      standstills.push(standstill);
      return () => endOf(standstill);
    },
    /**
     * One claim's row was lost, or is an older one, while the desk runs: what starts from now on finds it, where a
     * decision is gone. Answers what ends the standstill and what says that the row is whole again; or undefined.
     */
    markRowGone(claim: string): { readonly goesOn: () => void; readonly isWhole: () => void } | undefined {
      const lost = missing().filter((one) => one.claim === claim);
      if (lost.length === 0) return undefined;
      const running = instances().map(({ by }) => by);
      const standstill = { from: now(), to: Infinity, lost: lost as readonly AnchoredHead[], running };
      standstills.push(standstill);
      return {
        goesOn: () => endOf(standstill),
        isWhole() {
          standstill.lost = [];
        },
      };
    },
    /** A document was written: whether the desk stands still, and what was changed by those who do not know it yet. */
    recordStandstill({ kind, id, after, by }: DocumentWritten): void {
      if (kind === 'standstill') isMarked = after['ended'] === undefined;
      else if (kind === 'claim' && isMarked && !by.startsWith(OPERATOR)) past.add(id);
    },
    /** A claim's document is damaged until the returned function is called. */
    markDamaged(claim: string): () => void {
      damaged.set(claim, now());
      return () => damaged.delete(claim);
    },
    markUncheckableForever: (claim: string): void => {
      past.add(claim);
    },
  };
}

function rightsIn(body: Json, { programmeTenants, separateDuties }: WorldSettings): Rights {
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
    staff: isOfProgramme(tenantId ?? '', programmeTenants) ? staff : [],
    ...(separateDuties && { separateDuties: true as const }),
    ...(membership && of && { member: { of, roles: membership.roles } }),
    ...(tenantId !== undefined && contactOf.includes(tenantId) && { contact: true }),
  };
}

function says({ type, lost }: StoredEvent, anchor: AnchoredHead): boolean {
  return (
    type === 'StateRestored' &&
    (lost ?? []).some((one) => one.version === anchor.version && one.type === anchor.event && one.at === anchor.at)
  );
}

/** R5: where the programme names its tenants, the roles of staff of another do not count. */
export function isOfProgramme(tenant: string, programmeTenants: readonly string[]): boolean {
  return programmeTenants.length === 0 || programmeTenants.includes(tenant);
}

/** The directory file that enrols the personas. It refuses staff of other tenants than the programme's (R5). */
export function directory({ programmeTenants }: WorldSettings): object {
  const form = (person: (typeof ALL_PERSONAS)[number], more: object): object => ({
    name: person.name,
    tenantId: person.tenantId,
    objectId: person.objectId,
    email: person.email,
    ...more,
  });
  return {
    partners: [partnerRow('fabrikam', true), partnerRow('tailspin', false)],
    customers: [
      { name: 'Contoso', tenantId: PERSONAS.dana.tenantId },
      { name: 'Northwind', tenantId: PERSONAS.nora.tenantId },
    ],
    members: ALL_PERSONAS.flatMap((person) =>
      person.rights.member
        ? [
            form(person, {
              organisationTenantId: ORGANISATIONS[person.rights.member.of].tenantId,
              roles: person.rights.member.roles,
            }),
          ]
        : [],
    ),
    staff: ALL_PERSONAS.flatMap((person) =>
      person.rights.staff.length > 0 && isOfProgramme(person.tenantId, programmeTenants)
        ? [form(person, { roles: person.rights.staff })]
        : [],
    ),
    contacts: ALL_PERSONAS.flatMap((person) => (person.rights.contact ? [form(person, {})] : [])),
  };
}
