/**
 * Counts which transitions and which refusals the runs have seen, of all that there can be. Checks that a user who is
 * refused is told so (R32), and that no one is told that something was done that they never did.
 */
import { LAW } from '../../domain/claims/model/law.ts';
import { STALE_MS } from '../world/storeClient.ts';
import type { ActivityAsked, Checker, GroundTruth } from './observations.ts';
import type { Viewer } from './support/entitlement.ts';
import { relationOf } from './support/entitlement.ts';
import type { KnownClaim } from './support/knownClaims.ts';
import { createKnownClaims } from './support/knownClaims.ts';
import { linksOn } from './support/cardLinks.ts';
import { member, objectsAt, textAt } from './support/looseJson.ts';
import { pressIn } from './support/userRequest.ts';
import type { Role } from './support/refusals.ts';
import { canBe, isRefused, refusalKey, REFUSALS } from './support/refusals.ts';
import type { ClaimVerb } from './support/verbs.ts';
import { COMMAND_OF, isClaimVerb, PRESSED } from './support/verbs.ts';
import { TRANSITIONS, transitionKey } from './support/transitions.ts';

/** How often each was seen; serialisable. */
export interface CoverageCounts {
  readonly transitions: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
}

export interface CoverageReport {
  readonly transitions: Readonly<Record<string, number>>;
  /** The transitions that no run has seen. */
  readonly missing: readonly string[];
  readonly refusals: { readonly seen: number; readonly possible: number; readonly missing: readonly string[] };
}

export interface Coverage extends Checker {
  counts(): CoverageCounts;
  report(): CoverageReport;
  /** Adds what another run has seen. */
  merge(other: CoverageCounts): void;
}

/** The colours in which a card says what came of a press. */
const DONE = 'good';
const REFUSED = 'attention';

/** The colour of the note on an answered card: of the first box below its head. */
function toneOf(body: unknown): string {
  const boxes = objectsAt(member(body, 'value'), 'body').map((element) => textAt(element, 'style'));
  return boxes.find((style) => style !== '') ?? '';
}

/** Whether a user gave a command on a claim that was taken. */
function hasDone(person: string, command: ClaimVerb, claim: KnownClaim): boolean {
  return claim.entries.some(({ type, by }) => by === person && PRESSED[type] === command);
}

/** A user's one role for a command on a claim. */
export function roleFor(command: ClaimVerb, viewer: Viewer, claim: KnownClaim): Role {
  const relation = relationOf(viewer, claim);
  const { member, contact } = viewer.rights;
  // Of a reviewer who is the partner's as well, only what is not the partner's to give is barred (R5).
  const { sides } = LAW[COMMAND_OF[command]].who;
  if (relation.partner !== undefined && (sides.includes('partner') || !relation.reviewer))
    return relation.partner === 'acts' ? 'partnerWithRole' : 'partnerWithoutRole';
  if (relation.reviewer) {
    if (relation.ofParty) return 'ownOrganisationReviewer';
    if (relation.rejecter && canBe('rejecter', claim.stage)) return 'rejecter';
    if (relation.lead) return 'lead';
    return relation.assignee ? 'assignee' : 'reviewer';
  }
  if (relation.assessor) return 'assessor';
  if (relation.owner) return 'owner';
  if (relation.operator) return 'operator';
  if (member) return 'otherPartner';
  if (relation.contact) return 'customerContact';
  return contact === true || viewer.person.startsWith(`${claim.customerTenant}/`) ? 'otherCustomer' : 'stranger';
}

export function coverageReport({ transitions, refusals }: CoverageCounts): CoverageReport {
  const unseen = REFUSALS.filter((key) => !refusals[key]);
  return {
    transitions,
    missing: TRANSITIONS.filter((key) => !transitions[key]),
    refusals: { seen: REFUSALS.length - unseen.length, possible: REFUSALS.length, missing: unseen },
  };
}

export function createCoverage(groundTruth: GroundTruth): Coverage {
  const claims = createKnownClaims();
  const transitions: Record<string, number> = {};
  const refusals: Record<string, number> = {};
  /** Of each press that is not answered yet, the role in which it was made. */
  const open = new Map<number, Role>();
  /** When a user last added to a claim by an instance. */
  const lastAdded = new Map<string, number>();
  /** When each claim's history grew last. */
  const grewAt = new Map<string, number>();

  /** Who answers slowly, or reads late, may answer by what was before: of the claim, or of the rights. */
  function mayHaveBeenOther({ at, person }: ActivityAsked, { id }: KnownClaim): boolean {
    const rights = JSON.stringify(groundTruth.rightsOf(person, groundTruth.now()));
    return (
      (grewAt.get(id) ?? -Infinity) >= at - STALE_MS ||
      groundTruth.everBetween(person, at, groundTruth.now(), (held) => JSON.stringify(held) !== rights)
    );
  }

  const count = (book: Record<string, number>, key: string, by = 1): void => {
    book[key] = (book[key] ?? 0) + by;
  };

  function meant(asked: ActivityAsked): { readonly command: ClaimVerb; readonly claim: KnownClaim } | undefined {
    const press = pressIn(asked);
    // Without the version that was seen a press is no command: it is answered with the card as it is (R57).
    const claim = press?.claim === undefined || press.version === undefined ? undefined : claims.get(press.claim);
    return press && claim && isClaimVerb(press.verb) && !groundTruth.isUncheckable(claim.id)
      ? { command: press.verb, claim }
      : undefined;
  }

  function roleNow(person: string, command: ClaimVerb, claim: KnownClaim): Role {
    return roleFor(command, { person, rights: groundTruth.rightsOf(person, groundTruth.now()) }, claim);
  }

  const counts = (): CoverageCounts => ({ transitions: { ...transitions }, refusals: { ...refusals } });

  return {
    name: 'refusals',
    asked(asked) {
      const press = meant(asked);
      if (press) open.set(asked.number, roleNow(asked.person, press.command, press.claim));
      return [];
    },
    wrote: (wrote) =>
      claims.wrote(wrote, (claim, entry) => {
        grewAt.set(claim.id, wrote.at);
        if (groundTruth.isUncheckable(claim.id)) return [];
        count(transitions, transitionKey(claim.version === 0 ? 'nothing' : claim.stage, entry.type, claim.declines));
        lastAdded.set(`${wrote.by} ${entry.by} ${claim.id}`, wrote.at);
        return [];
      }),
    answered({ asked, fault, body }) {
      const press = meant(asked);
      const role = open.get(asked.number);
      open.delete(asked.number);
      if (!press || fault !== undefined) return [];
      const { command, claim } = press;
      // Where to bring a file is all that an answer has to give to who asks to add one.
      if (command === 'addPoe' && linksOn(body).some(({ kind }) => kind === 'upload')) return [];
      const added = lastAdded.get(`${asked.by} ${asked.person} ${claim.id}`) ?? -Infinity;
      const tone = toneOf(body);
      const what = `answer ${asked.number} to "${command}" of ${asked.person} on ${claim.id} version ${claim.version}`;
      // Of one that is delivered again is told what it did (R58).
      if (tone === DONE)
        return hasDone(asked.person, command, claim) ? [] : [`${what} says that it was done, and they never did it`];
      // Whose role changed in between may have been either.
      if (added >= asked.at || role !== roleNow(asked.person, command, claim) || !isRefused(command, claim.stage, role))
        return [];
      if (tone !== REFUSED)
        return mayHaveBeenOther(asked, claim)
          ? []
          : [`${what}: the rules refuse it to ${role} in ${claim.stage}, and the answer does not say so (R32)`];
      count(refusals, refusalKey(claim.stage, command, role));
      return [];
    },
    counts,
    report: () => coverageReport(counts()),
    merge(other) {
      for (const [key, times] of Object.entries(other.transitions)) count(transitions, key, times);
      for (const [key, times] of Object.entries(other.refusals)) count(refusals, key, times);
    },
  };
}
