/** The rules of the desk behind the model's questions: a claim, its whole history, and what falls due over it. */
import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import { CATALOGUE } from '../../../../src/domain/claims/catalogue.ts';
import type { Claim } from '../../../../src/domain/claims/claim.ts';
import type { Fields } from '../../../../src/domain/claims/values.ts';
import type { CreateClaim } from '../../../../src/domain/claims/commands.ts';
import type { Rules } from '../../../../src/domain/claims/decision.ts';
import type { ClaimEvent } from '../../../../src/domain/claims/events.ts';
import { evolve, fold } from '../../../../src/domain/claims/evolve.ts';
import type { ConsentParties, Sides } from '../../../../src/domain/claims/parties.ts';
import type { Policy } from '../../../../src/domain/claims/policy.ts';
import { POLICIES } from '../../../../src/domain/claims/policy.ts';
import type { Happenings } from '../../../../src/domain/claims/dueClocks.ts';
import { applyDueClocks } from '../../../../src/domain/claims/dueClocks.ts';
import { handleCommand, handleCreation } from '../../../../src/domain/claims/handleCommand.ts';
import type { CommandOutcome } from '../../../../src/domain/claims/handleCommand.ts';
import { FABRIKAM } from '../personas.ts';
import { commandAt, frozen, ID, programmeOf } from '../scenario.ts';
import type { Ask } from '../scenario.ts';
import { BOOK_2020, HASTY, policyOf } from './book.ts';
import type { Book } from './book.ts';
import { personOf } from './people.ts';
import type { Role } from './people.ts';

/** The desk's own 2020, and the model's hasty one. */
const SHIPPED = POLICIES['2020'];
if (!SHIPPED) throw new Error('the desk has no policy 2020');
const RULES: Readonly<Record<string, Rules>> = {
  [BOOK_2020.version]: rulesOf(SHIPPED, policyOf(HASTY)),
  [HASTY.version]: rulesOf(policyOf(HASTY), SHIPPED),
};

function rulesOf(policy: Policy, other: Policy): Rules {
  return { programme: programmeOf(policy, [other]), catalogue: CATALOGUE };
}

function rulesUnder({ version }: Book): Rules {
  const rules = RULES[version];
  if (!rules) throw new Error(`there is no policy ${version}`);
  return rules;
}

/** Somebody asks for a new claim: the refusal, or the desk that holds it. */
export function create(role: Role, fields: Partial<Fields>, book: Book, at: number): RealDesk | string {
  const { actor: by } = personOf(role);
  // Only a person can be enrolled anywhere; the rules refuse the desk itself, too.
  const command: CreateClaim = { type: 'CreateClaim', by, at, id: ID, organisation: FABRIKAM, fields };
  const made = handleCreation(command, rulesUnder(book));
  return 'refusal' in made ? made.refusal.code : new RealDesk(made.claim, made.event);
}

export class RealDesk {
  claim: Claim;
  readonly events: ClaimEvent[];
  #folded: Claim;

  constructor(claim: Claim, first: ClaimEvent) {
    this.claim = frozen(claim);
    this.events = [first];
    this.#folded = evolve(undefined, first);
  }

  /** The claim as it stands by now; nothing is kept of it. */
  settled(book: Book, now: number, sides: Sides): Happenings {
    return applyDueClocks(this.claim, now, rulesUnder(book).programme, sides);
  }

  /**
   * Somebody asks. The claim must come out as its events say, one version for each; a refusal leaves what was due and
   * no more.
   */
  ask(ask: Ask, book: Book, now: number, sides: Sides & { readonly parties: ConsentParties }): CommandOutcome {
    const before = this.settled(book, now, sides);
    const { parties } = sides;
    const outcome = handleCommand(this.claim, commandAt({ ...ask, parties } as Ask, now), rulesUnder(book), sides);
    expect(outcome.claim.version - this.claim.version).to.equal(outcome.events.length);
    expect(outcome.events.length - before.events.length).to.equal(outcome.answer.kind === 'done' ? 1 : 0);
    if (outcome.answer.kind !== 'done') same(outcome, { ...before, answer: outcome.answer });
    for (const event of outcome.events) this.#folded = evolve(this.#folded, event);
    same(this.#folded, outcome.claim);
    this.claim = frozen(outcome.claim);
    this.events.push(...outcome.events);
    expect(this.claim.version).to.equal(this.events.length);
    return outcome;
  }

  /** The history, read back from where it was written down, tells the same claim. */
  reread(): void {
    same(fold(JSON.parse(JSON.stringify(this.events)) as readonly ClaimEvent[]), this.claim);
  }
}

/** Deeply equal; what differs is told member by member, by its path. */
export function same(real: object, expected: object): void {
  if (!isDeepStrictEqual(real, expected)) expect.fail(differences(real, expected, '').join('\n'));
}

function differences(real: unknown, expected: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(real, expected)) return [];
  if (!isObject(real) || !isObject(expected))
    return [`${path}: the desk has ${String(JSON.stringify(real))}, the model ${String(JSON.stringify(expected))}`];
  const members = new Set([...Object.keys(real), ...Object.keys(expected)]);
  return [...members].flatMap((name) => differences(real[name], expected[name], `${path}.${name}`));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
