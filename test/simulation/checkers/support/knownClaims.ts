/**
 * The claims as their stored entries describe them, followed write by write. The user checkers go by these. The state
 * is folded as for the document checkers; kept beside it is what these do not ask: the stage of every version, and
 * every contact that was ever named.
 */
import type { Json, DocumentWritten } from '../observations.ts';
import { PLANTED } from '../observations.ts';
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import type { Progress } from '../../../domain/claims/model/law.ts';
import { stageAfter } from '../../../domain/claims/model/law.ts';
import { ClaimState } from './claimState.ts';
import { member, numberAt, objectsAt, textAt } from './looseJson.ts';
import type { StoredEntry } from './storedClaim.ts';

/** One entry of a claim's history. `by` is a person's id, or `desk`. */
export interface KnownEntry {
  readonly version: number;
  readonly press: string | undefined;
  readonly type: string;
  readonly by: string;
  readonly side: string;
  readonly event: Json;
}

/** Of its progress, nothing ever ends (R6). */
export interface KnownClaim extends Progress {
  readonly id: string;
  readonly version: number;
  readonly stage: Stage;
  /** The stage at each version, from 1. */
  readonly stages: readonly Stage[];
  readonly entries: readonly KnownEntry[];
  readonly state: ClaimState;
  readonly partner: string;
  readonly mpnId: string;
  readonly customerTenant: string;
  readonly assignee: string | undefined;
  /** How often its customer has declined (R60). */
  readonly declines: number;
  /** The reviewer who rejected it, where that was how it was rejected last. */
  readonly rejecter: string | undefined;
  /** The document's body as it is stored now. */
  readonly body: Json;
}

class FollowedClaim implements KnownClaim {
  readonly id: string;
  readonly state = new ClaimState();
  readonly stages: Stage[] = [];
  readonly entries: KnownEntry[] = [];
  body: Json = {};
  #hash = '';

  constructor(id: string) {
    this.id = id;
  }

  get version(): number {
    return this.entries.length;
  }

  get stage(): Stage {
    return this.stages.at(-1) ?? 'Editing';
  }

  get partner(): string {
    return this.state.partner;
  }

  get mpnId(): string {
    return textAt(this.state.fields, 'mpnId');
  }

  get customerTenant(): string {
    return textAt(this.state.fields, 'customerTenantId');
  }

  get assignee(): string | undefined {
    return this.state.assignee;
  }

  get rejecter(): string | undefined {
    const { rejecter } = this.state;
    return rejecter?.side === 'review' ? rejecter.id : undefined;
  }

  get declines(): number {
    return this.state.declines;
  }

  get wasSubmitted(): boolean {
    return this.state.wasSubmitted;
  }

  get wasApproved(): boolean {
    return this.state.period > 0;
  }

  get wasHandedOver(): boolean {
    return this.state.wasHandedOver;
  }

  /** Whether a history is not the one that was followed until now. */
  isLeftBy(body: Json): boolean {
    return textAt(objectsAt(body, 'entries')[this.version - 1], 'hash') !== this.#hash;
  }

  add(raw: Json, entry: KnownEntry): void {
    this.#hash = textAt(raw, 'hash');
    this.stages.push(stageAfter(this.stage, entry.type, this.state.declines));
    this.state.add({ ...(raw as unknown as StoredEntry), version: this.version + 1 });
    this.entries.push(entry);
  }
}

export type KnownClaims = ReturnType<typeof createKnownClaims>;

export function createKnownClaims() {
  const claims = new Map<string, FollowedClaim>();

  /**
   * Follows a write. `each` is called with every new entry and the claim as it was before it; its problems are
   * returned.
   */
  function wrote(
    { by, kind, id, after }: Pick<DocumentWritten, 'kind' | 'id' | 'after'> & Partial<Pick<DocumentWritten, 'by'>>,
    each: (claim: KnownClaim, entry: KnownEntry) => readonly string[] = () => [],
  ): readonly string[] {
    if (kind !== 'claim') return [];
    const known = claims.get(id);
    // After a restore the history goes on from an older state: it is followed from its beginning.
    const claim = known && (by === PLANTED || !known.isLeftBy(after)) ? known : new FollowedClaim(id);
    claims.set(id, claim);
    claim.body = after;
    const problems: string[] = [];
    for (const raw of objectsAt(after, 'entries').slice(claim.version)) {
      const entry = read(raw, claim.version + 1);
      problems.push(...each(claim, entry));
      claim.add(raw, entry);
    }
    return problems;
  }

  return {
    wrote,
    get: (id: string): KnownClaim | undefined => claims.get(id),
    all: (): Iterable<KnownClaim> => claims.values(),
  };
}

function read(raw: Json, version: number): KnownEntry {
  const event = member(raw, 'event');
  const press = textAt(raw, 'press');
  const by = member(event, 'by');
  return {
    version: numberAt(raw, 'version') ?? version,
    press: press === '' ? undefined : press,
    type: textAt(event, 'type'),
    by: textAt(by, 'id'),
    side: textAt(by, 'side'),
    event: (event ?? {}) as Json,
  };
}
