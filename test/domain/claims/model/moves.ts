/** What may befall a claim, as commands of fast-check: somebody presses, time passes, the policy changes. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Ask } from '../scenario.ts';
import { ASIDE, askOf, choicesOf, ONWARD, pick } from './asks.ts';
import type { Choice } from './asks.ts';
import type { Book } from './book.ts';
import { CUSTOMER_TENANT, PARTNER_TENANT } from '../personas.ts';
import type { ConsentParties, Sides } from '../../../../src/domain/claims/parties.ts';
import { perform } from './deeds.ts';
import { judge } from './judge.ts';
import type { Bar, Loss } from './law.ts';
import type { Against, ModelClaim } from './modelClaim.ts';
import { idOf, THE_DESK } from './people.ts';
import type { Role } from './people.ts';
import { same } from './realDesk.ts';
import type { RealDesk } from './realDesk.ts';
import { firingOf, viewOfClaim, viewOfModel } from './view.ts';

export type Move = fc.Command<ModelClaim, RealDesk>;

/** Which verdicts and which events came in all runs, by how often: a model that never gets anywhere proves nothing. */
export const met = new Map<string, number>();
function meet(what: string): void {
  met.set(what, (met.get(what) ?? 0) + 1);
}

/** The desk is asked, and must answer and end up as the model says. */
export function press(model: ModelClaim, desk: RealDesk, ask: Ask): void {
  const verdict = judge(model, ask);
  const done = verdict === 'happens' ? perform(model, ask) : undefined;
  const { answer, events } = desk.ask(ask, model.book, model.now, sidesOf(model));
  const told = answer.kind === 'done' ? answer.event.type : answer.kind === 'nothing' ? 'nothing' : answer.refusal.code;
  expect(told, `${ask.type} by ${idOf(ask.by)}`).to.equal(done ?? verdict);
  const fired = answer.kind === 'done' ? events.slice(0, -1) : events;
  same(fired.map((event) => firingOf(event) ?? event.type).sort(), model.fired.sort());
  for (const event of fired) meet(event.type);
  model.fired = [];
  model.heedSides();
  meet(done ?? verdict);
  agree(model, desk);
}

function tell({ type, by, ...inputs }: Ask): string {
  return `${type} by ${idOf(by)} ${JSON.stringify(inputs)}`;
}

/** What the directory says of both sides now, and what its journals say of them. */
function sidesOf({ bar, barred, away }: ModelClaim): Sides & { readonly parties: ConsentParties } {
  return {
    parties: {
      partnerTenants: bar === 'sidesOverlap' ? [PARTNER_TENANT, CUSTOMER_TENANT] : [PARTNER_TENANT],
      ...(bar !== 'customerNotEnrolled' && { customerName: 'Contoso' }),
      contact: bar === 'contactOfPartner' ? 'ofPartner' : bar === 'contactUnknown' ? 'none' : 'may',
    },
    barred: barred.map((one) => ({ ...one })),
    standing: { partner: away.partner.map((one) => ({ ...one })), customer: away.customer.map((one) => ({ ...one })) },
  };
}

/** Whoever looks at the claim now, sees what the model says. */
function agree(model: ModelClaim, desk: RealDesk): void {
  same(viewOfClaim(desk.settled(model.book, model.now, sidesOf(model)).claim), viewOfModel(model));
  meet(model.stage);
  for (const { state, level } of model.clocks.values()) meet(`${state}, level ${Math.min(level, 4)}`);
}

/** The same in an order that a number makes. */
function mixed<One>(all: readonly One[], n: number): readonly One[] {
  const place = (index: number): number => ((index + 1) * (2 * n + 1)) % 61;
  return all
    .map((one, index) => ({ one, at: place(index) }))
    .sort((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

/** The first list that holds anything. */
function firstOf<One, Found>(all: readonly One[], find: (one: One) => readonly Found[]): readonly Found[] {
  for (const one of all) {
    const found = find(one);
    if (found.length > 0) return found;
  }
  return [];
}

/** Somebody asks for something, allowed or not. */
export class Press implements Move {
  readonly #choice: Choice;
  #told = '';

  constructor(choice: Choice) {
    this.#choice = choice;
  }

  check(): boolean {
    return true;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    const ask = askOf(this.#choice, model);
    this.#told = tell(ask);
    press(model, desk, ask);
  }

  /** Each run has its own, so that a failure tells what was pressed in that run. */
  [fc.cloneMethod](): Press {
    return new Press(this.#choice);
  }

  toString(): string {
    return this.#told || JSON.stringify(this.#choice);
  }
}

export interface Step {
  readonly n: number;
  readonly which: number;
  readonly behind: number | undefined;
  /** Somebody else presses instead. */
  readonly instead: Role | undefined;
}

/**
 * What must happen is pressed, if on a fresh card and by the right person: it is rare among all that may be said about
 * a claim.
 */
export class Go implements Move {
  readonly #step: Step;
  #told = 'nothing could happen';

  constructor(step: Step) {
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    const { n, which, behind, instead } = this.#step;
    // Three of four times what carries the claim on, if anything does.
    const wanted =
      which % 4 > 0 ? [...mixed(ONWARD, which), ...mixed(ASIDE, which)] : mixed([...ONWARD, ...ASIDE], which);
    const able = firstOf(wanted, (type) =>
      choicesOf(type, n, model).filter((choice) => judge(model, askOf(choice, model)) === 'happens'),
    );
    if (able.length === 0) return;
    const choice = pick(able, which);
    const ask = askOf({ ...choice, behind, role: instead ?? choice.role }, model);
    this.#told = tell(ask);
    press(model, desk, ask);
  }

  [fc.cloneMethod](): Go {
    return new Go(this.#step);
  }

  toString(): string {
    return this.#told;
  }
}

/** Time passes: so long, or to a moment before, at or after the next that a clock does. Nobody wakes the desk. */
export class Wait implements Move {
  readonly #until: (model: ModelClaim) => number;
  #told = '';

  constructor(until: (model: ModelClaim) => number) {
    this.#until = until;
  }

  check(): boolean {
    return true;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    const until = Math.max(model.now, this.#until(model));
    model.pass(until);
    this.#told = `until ${new Date(until).toISOString()}`;
    agree(model, desk);
  }

  [fc.cloneMethod](): Wait {
    return new Wait(this.#until);
  }

  toString(): string {
    return this.#told || 'wait';
  }
}

/** The last one of a side is lost, or somebody comes back. The desk is not asked, and finds it in the journal. */
export class Lose implements Move {
  readonly #side: Against;
  readonly #reason: Loss | undefined;

  constructor(side: Against, reason: Loss | undefined) {
    this.#side = side;
    this.#reason = reason;
  }

  check(): boolean {
    return true;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    if (this.#reason) model.lose(this.#side, this.#reason);
    else model.regain(this.#side);
    agree(model, desk);
  }

  toString(): string {
    return this.#reason ? `no ${this.#side}: ${this.#reason}` : `a ${this.#side} again`;
  }
}

/**
 * The directory changes so that a consent would not count, or counts again (R5). The desk is not asked, and finds it in
 * the journal.
 */
export class Barring implements Move {
  readonly #bar: Bar | undefined;

  constructor(bar: Bar | undefined) {
    this.#bar = bar;
  }

  check(model: Readonly<ModelClaim>): boolean {
    return model.bar !== this.#bar;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    model.setBar(this.#bar);
    agree(model, desk);
  }

  toString(): string {
    return `consent barred: ${this.#bar ?? 'no'}`;
  }
}

/** The operator gives the desk another policy, after a sweep. Clocks that run keep theirs (R42). */
export class Change implements Move {
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  check(model: Readonly<ModelClaim>): boolean {
    return model.book !== this.#book;
  }

  run(model: ModelClaim, desk: RealDesk): void {
    press(model, desk, { type: 'Wake', by: THE_DESK.actor });
    model.book = this.#book;
    agree(model, desk);
  }

  toString(): string {
    return `policy ${this.#book.version}`;
  }
}
