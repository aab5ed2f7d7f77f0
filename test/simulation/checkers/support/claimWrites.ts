/** What all document checkers have in common: follows the writes of claims and hands each new entry to the checker. */
import { PLANTED } from '../observations.ts';
import type { GroundTruth, DocumentWritten } from '../observations.ts';
import { ClaimState } from './claimState.ts';
import type { StoredClaim, StoredEntry } from './storedClaim.ts';
import { asClaim } from './storedClaim.ts';

/** One entry that a write added; `claim` is its state then. */
export interface Turn<Own> {
  readonly wrote: DocumentWritten;
  readonly entry: StoredEntry;
  readonly claim: ClaimState;
  readonly own: Own;
}

interface LinkFollowed<Own> {
  readonly claim: ClaimState;
  readonly own: Own;
}

/**
 * What a checker has to say of a write: of each new entry before it is folded and after, and of the whole write at its
 * end.
 */
export interface Look<Own> {
  before?(turn: Turn<Own>): readonly string[];
  after?(turn: Turn<Own>): readonly string[];
  end?(claim: ClaimState, own: Own, body: StoredClaim, fresh: readonly StoredEntry[]): readonly string[];
}

/**
 * Follows all claims. What the simulation itself writes is folded and not checked; an uncheckable claim is left alone
 * as long as it is one.
 */
export class ClaimWrites<Own> {
  readonly #truth: GroundTruth;
  readonly #open: () => Own;
  readonly #all = new Map<string, LinkFollowed<Own>>();

  constructor(groundTruth: GroundTruth, open: () => Own) {
    this.#truth = groundTruth;
    this.#open = open;
  }

  *all(): Iterable<LinkFollowed<Own> & { readonly id: string }> {
    for (const [id, followed] of this.#all) if (!this.#truth.isUncheckable(id)) yield { id, ...followed };
  }

  wrote(wrote: DocumentWritten, { before, after, end }: Look<Own>): readonly string[] {
    if (wrote.kind !== 'claim' || this.#truth.isUncheckable(wrote.id)) return [];
    const followed = this.#all.get(wrote.id) ?? { claim: new ClaimState(), own: this.#open() };
    this.#all.set(wrote.id, followed);
    const { claim, own } = followed;
    const body = asClaim(wrote.after);
    const fresh = body.entries.slice(claim.version);
    const problems: string[] = [];
    for (const entry of fresh) {
      const turn = { wrote, entry, claim, own };
      const said = [...(before?.(turn) ?? [])];
      claim.add({ ...entry, version: claim.version + 1 });
      said.push(...(after?.(turn) ?? []));
      problems.push(...said.map((what) => `${wrote.id} version ${entry.version}: ${what}`));
    }
    problems.push(
      ...(end?.(claim, own, body, fresh) ?? []).map((what) => `${wrote.id} after version ${claim.version}: ${what}`),
    );
    return wrote.by === PLANTED ? [] : problems;
  }
}
