/**
 * The claim as the model has it: plain facts, changed in place, and the clocks that fire over it (R43, R44). It
 * foretells from commands what must happen; the simulation's checkers, which are told only what was stored, have a fold
 * of their own over stored events.
 */
import type { EventType } from '../../../../src/domain/claims/events.ts';
import type { FieldName, Fields, Side } from '../../../../src/domain/claims/values.ts';
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import type { ClockName } from '../../../../src/domain/claims/policy.ts';
import type { Book } from './book.ts';
import type { Kind } from './law.ts';
import type { Bar, Loss } from './law.ts';
import { DECIDES_AGAINST, isDecline, stageAfter, stepOf, WAITS_FOR } from './law.ts';
import { dueOf, escalated, nextOf, started, stopped, termsOf } from './modelClock.ts';
import type { ModelClock } from './modelClock.ts';

export interface ModelChange {
  readonly kind: Kind;
  readonly version: number;
  readonly by: string;
  readonly side: Side;
}

export interface Said {
  readonly by: string;
  readonly at: number;
  readonly message?: string;
  text: string;
  deleted: boolean;
}

export interface ModelRejection {
  readonly at: number;
  readonly by: string;
  readonly byReviewer: boolean;
  readonly reason: string;
}

/** A file, what its scan said, and the version since which it counts as proof (R9). */
export interface ModelPoe {
  readonly id: string;
  readonly content: string;
  readonly at: number;
  scan: 'waiting' | 'clean' | 'malicious' | 'tooLarge' | 'unscanned' | undefined;
  since: number | undefined;
}

export interface ModelConsent {
  readonly period: number;
  readonly openedAt: number;
  state: 'open' | 'passed' | 'denied' | 'ended';
  passedAt?: number;
  readonly late: string[];
  /** The customer has declined before: silence is no consent (R60). */
  readonly needsAgreement: boolean;
  /** Who agreed last, and when (R59). */
  agreed?: { readonly at: number; readonly by: string };
  /** Words understood as a denial, by who wrote them (R60). */
  objections: { readonly at: number; readonly by: string; readonly text: string }[];
}

export interface ModelOutcome {
  readonly programme: string;
  readonly eligible: boolean;
  readonly number: string | undefined;
  readonly correction: string | undefined;
}

export interface ModelAssessment {
  readonly period: number;
  readonly approvedAt: number;
  readonly passedAt: number;
  /** By programme, in the order in which they were first reported (R53). */
  readonly outcomes: Map<string, ModelOutcome>;
}

export type Against = 'partner' | 'customer';
/** A time in which no one of a side could act. */
export interface Away {
  readonly from: number;
  until?: number;
  readonly reason: Loss;
}

export class ModelClaim {
  now: number;
  /** For clocks that start now. */
  book: Book;
  stage: Stage = 'Editing';
  version = 1;
  form: Fields;
  /** The form as each version showed it; nothing was shown before the first. */
  readonly forms: Fields[];
  readonly edited = new Map<FieldName, { readonly version: number; readonly by: string }>();
  readonly changes: ModelChange[] = [];
  readonly poe: ModelPoe[] = [];
  /** What viruses were found in, also where it was removed since. */
  readonly infected = new Set<string>();
  /** How often a PoE was added. */
  additions = 0;
  readonly comments: Said[] = [];
  readonly clocks = new Map<ClockName, ModelClock>();
  submittedAt?: number;
  assignee?: string;
  /** A field or a comment was added since information was requested (R19). */
  isAnsweredInWords = false;
  requestedAt = 0;
  requestedIn = 0;
  rejectedIn = 0;
  approval?: { readonly at: number; readonly by: string; readonly afterDispute: boolean };
  consent?: ModelConsent;
  declines = 0;
  assessment?: ModelAssessment;
  rejection: ModelRejection | undefined = undefined;
  hold: { readonly reason: string; readonly since: number } | undefined = undefined;
  followers: string[] = [];
  muted: string[] = [];
  /** When no consent of the customer counted, and why (R5); the earliest first. */
  readonly barred: { readonly from: number; readonly reason: Bar; until?: number }[] = [];
  /** The reviewers know that the partner can be told nothing more, of the clock that runs. */
  isPartnerLost = false;
  /** When no one of a side could act, the earliest first. */
  readonly away: Record<Against, Away[]> = { partner: [], customer: [] };
  /** What the clocks did since the desk was last asked. */
  fired: string[] = [];

  constructor(form: Fields, book: Book, now: number) {
    this.form = form;
    this.forms = [form, form];
    this.book = book;
    this.now = now;
  }

  /** Something that counts was added since information was requested (R9, R19). */
  get answered(): boolean {
    return this.isAnsweredInWords || this.poe.some(({ since = 0 }) => since > this.requestedIn);
  }

  /** A PoE that counts was added since the rejection (R9, R26). */
  get newPoe(): boolean {
    return this.poe.some(({ since = 0 }) => since > this.rejectedIn);
  }

  /** One more version. */
  grow(): void {
    this.version += 1;
    this.forms[this.version] = this.form;
  }

  start(name: ClockName, at: number): void {
    this.clocks.set(name, started(name, this.book, at));
  }

  alter(name: ClockName, how: (clock: ModelClock, at: number) => ModelClock): void {
    const clock = this.clocks.get(name);
    if (clock) this.clocks.set(name, how(clock, this.now));
  }

  /** Every instant at which a clock is still to do something, the earliest first. */
  pending(): readonly number[] {
    const all = [...this.clocks.values()]
      .filter(({ state }) => state === 'running')
      .flatMap((clock) => [...clock.reminders.map(({ at }) => at), nextOf(clock) ?? Infinity]);
    return all.sort((one, other) => one - other);
  }

  /** Time passes: what is due by then happens, in its order, each at its own time (R44). */
  pass(until: number): void {
    for (let next = this.pending()[0]; next !== undefined && next <= until; next = this.pending()[0]) {
      for (const clock of [...this.clocks.values()]) this.#fire(clock, next);
    }
    this.now = until;
  }

  /** The last one of a side who could act is lost (R45). */
  lose(side: Against, reason: Loss): void {
    if (this.#lost(side)) return;
    // Which of two changes of one instant came first, the journals do not say.
    if (this.barred.at(-1)?.from === this.now) this.pass(this.now + 1);
    this.away[side].push({ from: this.now, reason });
    this.heedSides();
  }

  /** A side has somebody again. */
  regain(side: Against): void {
    const lost = this.#lost(side);
    if (!lost) return;
    // The absence takes time, also after what was done while it lasted: the journal has one value for each instant.
    this.pass(this.now + 1);
    lost.until = this.now;
  }

  /** Why no consent of the customer counts now. */
  get bar(): Bar | undefined {
    const last = this.barred.at(-1);
    return last?.until === undefined ? last?.reason : undefined;
  }

  /** From now on no consent counts, for another reason than before; or it counts again. */
  setBar(bar: Bar | undefined): void {
    const last = this.barred.at(-1);
    if (last && last.until === undefined) {
      // As with an absence, the journal has one value for each instant.
      this.pass(this.now + 1);
      last.until = this.now;
    }
    if (bar === undefined) return;
    if (this.away.customer.at(-1)?.from === this.now) this.pass(this.now + 1);
    this.barred.push({ from: this.now, reason: bar });
    this.heedSides();
  }

  #lost(side: Against): Away | undefined {
    const last = this.away[side].at(-1);
    return last?.until === undefined ? last : undefined;
  }

  /**
   * A clock never runs against a side of which no one can act, nor towards a consent that would not count (R5, R45).
   * Of two obstacles the reason is the absence, unless it only begins now and the other was there before.
   */
  heedSides(): void {
    for (const [name, side] of Object.entries(DECIDES_AGAINST) as [keyof typeof DECIDES_AGAINST, Against][]) {
      const clock = this.clocks.get(name);
      if (clock?.state !== 'running') continue;
      const lost = this.#lost(side);
      const absence = lost && WAITS_FOR[side][lost.reason];
      const bar = name === 'consent' ? this.bar : undefined;
      const wasBarred = (this.barred.at(-1)?.from ?? this.now) < this.now;
      const waitsFor = lost?.from === this.now && wasBarred ? (bar ?? absence) : (absence ?? bar);
      if (waitsFor === undefined) continue;
      this.grow();
      this.fired.push(`${name} is stopped at ${this.now}`);
      this.clocks.set(name, stopped(clock, this.now));
      this.hold = { reason: waitsFor, since: this.now };
    }
  }

  #fire(clock: ModelClock, at: number): void {
    if (clock.state !== 'running' || this.clocks.get(clock.name) !== clock) return;
    const [reminder, ...later] = clock.reminders;
    if (reminder?.at === at) {
      this.fired.push(`${clock.name} reminds of ${String(dueOf(clock))}, ${reminder.days} before, at ${at}`);
      this.grow();
      this.clocks.set(clock.name, { ...clock, reminders: later });
      return;
    }
    if (nextOf(clock) !== at) return;
    if (termsOf(clock).end === 'escalates') {
      this.fired.push(`${clock.name} of ${String(dueOf(clock))} is late, level ${clock.level + 1}, at ${at}`);
      this.grow();
      this.clocks.set(clock.name, escalated(clock));
      return;
    }
    this.#act(clock.name, at);
  }

  #act(name: ClockName, at: number): void {
    this.grow();
    this.fired.push(`${name} acts at ${at}`);
    this.hold = undefined;
    if (name === 'partnerResponse') {
      this.reject({ at, by: 'desk', byReviewer: false, reason: 'noPartnerResponse' });
      this.happen('PartnerDidNotRespond', 'desk', 'desk');
    }
    if (name === 'disputeWindow') {
      this.clocks.delete('disputeWindow');
      this.happen('DisputeWindowClosed', 'desk', 'desk');
    }
    if (name === 'consent') this.#endConsent(at);
  }

  #endConsent(at: number): void {
    if (this.consent?.needsAgreement !== true || this.consent.agreed) {
      this.#passConsent(at);
      return;
    }
    this.reject({ at, by: 'desk', byReviewer: false, reason: 'customerDecline' });
    this.happen('ConsentNotGiven', 'desk', 'desk');
  }

  #passConsent(at: number): void {
    this.clocks.delete('consent');
    if (!this.consent || !this.approval) throw new Error('a consent that was never opened cannot pass');
    this.consent.state = 'passed';
    this.consent.passedAt = at;
    const { period } = this.consent;
    this.assessment = { period, approvedAt: this.approval.at, passedAt: at, outcomes: new Map() };
    this.happen('ConsentPassed', 'desk', 'desk');
  }

  /**
   * Rejected, for whatever reason: every clock ends, the dispute window waits for its notice (R40, R45). The customer's
   * second decline opens none (R60).
   */
  reject(rejection: ModelRejection): void {
    if (this.consent?.state === 'open')
      this.consent.state = rejection.reason === 'customerDecline' ? 'denied' : 'ended';
    this.rejection = rejection;
    this.rejectedIn = this.version;
    this.hold = undefined;
    this.clocks.clear();
    if (rejection.reason !== 'customerDecline' || this.declines === 0) this.start('disputeWindow', rejection.at);
  }

  /** Goes where the law says that the event leads, and notes what a card from before it does not show (R57). */
  happen(event: EventType, by: string, side: Side): void {
    this.stage = stageAfter(this.stage, event, this.declines);
    if (isDecline(event)) this.declines += 1;
    const kind = stepOf(event)?.outdates;
    if (kind) this.changes.push({ kind, version: this.version, by, side });
  }
}
