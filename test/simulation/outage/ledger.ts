/** A record of what the instances did after the outage, in order: who decided what and when, and who did whose work. */
import type { ClaimBody } from '../../../src/desk/records/claimRecord.ts';
import type { Instant } from '../../../src/domain/calendar/calendar.ts';
import { isAim } from './dueClaims.ts';
import type { Kind, Planned } from './dueClaims.ts';
import type { DocumentWritten } from '../checkers/observations.ts';

export interface DueClaim {
  readonly id: string;
  readonly plan: Planned;
  /** When anything of the claim was due first: its place in the queue. */
  readonly wake: Instant | undefined;
  /** How many entries it had when everything stopped. */
  readonly length: number;
  /** When its clocks would do something next, as they ran when everything stopped. */
  readonly instants: ReadonlySet<Instant>;
}

export interface Decided {
  readonly claim: DueClaim;
  readonly kind: Kind;
  /** When it was written down, and by whom. */
  readonly at: Instant;
  readonly by: string;
}

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger() {
  const claims = new Map<string, DueClaim>();
  const decided: Decided[] = [];
  const done = new Set<string>();
  const lookers = new Map<string, Set<string>>();
  const onTheWay = new Set<string>();
  const rivals = new Map<string, number>();

  /** Whether what is written to a claim that no one has decided decides it. */
  function decides(kind: string, id: string, body: unknown): DueClaim | undefined {
    const claim = kind === 'claim' ? claims.get(id) : undefined;
    const due = claim?.plan.due;
    if (!claim || !due) return undefined;
    const { entries } = body as ClaimBody;
    return entries.slice(claim.length).some((entry) => isAim(entry, due.aim)) ? claim : undefined;
  }

  return {
    claims,
    decided,
    add(claim: DueClaim): void {
      claims.set(claim.id, claim);
    },
    /** Whether anything that was told is to be tried again. */
    isTelling: (): boolean => onTheWay.size > 0,
    looked(by: string, id: string): void {
      if (!claims.get(id)?.plan.due) return;
      const known = lookers.get(id) ?? new Set<string>();
      lookers.set(id, known.add(by));
    },
    wrote({ kind, id, after, at, by }: DocumentWritten): void {
      if (kind === 'claim' && (after as unknown as ClaimBody).outbox.some(({ nextAt }) => nextAt !== undefined))
        onTheWay.add(id);
      else onTheWay.delete(id);
      const claim = done.has(id) ? undefined : decides(kind, id, after);
      if (!claim?.plan.due) return;
      done.add(id);
      decided.push({ claim, kind: claim.plan.due.kind, at, by });
    },
    /** A write came too late; another instance may have decided the same. */
    refused(kind: string, id: string, body: unknown, length: number): void {
      const claim = decides(kind, id, body);
      if (claim && length === claim.length) rivals.set(id, (rivals.get(id) ?? 0) + 1);
    },
    /** How many of the due claims an instance decided in vain, because another had; and how often that was in all. */
    rivals: () => ({ claims: rivals.size, times: [...rivals.values()].reduce((sum, times) => sum + times, 0) }),
    /** The share of the due claims that more than one instance looked at. */
    sharedWork(): number {
      const due = [...claims.values()].filter(({ plan }) => plan.due).length;
      return [...lookers.values()].filter((by) => by.size > 1).length / Math.max(1, due);
    },
  };
}
