/** Given, when, then for claims: a claim's story is told by running commands from its beginning. */
import type { LostDecision } from '../../../src/domain/claims/events.ts';
import { recordRestore, replayDenial } from '../../../src/domain/claims/restore.ts';
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { calendarOf } from '../../../src/domain/calendar/calendar.ts';
import type { Instant } from '../../../src/domain/calendar/calendar.ts';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { ClaimId, CommentId, Fields, PoeId } from '../../../src/domain/claims/values.ts';
import type { ClockName, Policy, Programme } from '../../../src/domain/claims/policy.ts';
import { POLICIES, UnknownPolicyError } from '../../../src/domain/claims/policy.ts';
import type { ClaimCommand, CreateClaim } from '../../../src/domain/claims/commands.ts';
import type { Rules } from '../../../src/domain/claims/decision.ts';
import type { Chaining, Entry } from '../../../src/domain/claims/history.ts';
import { chainedAnew } from '../../../src/domain/claims/history.ts';
import type { ClaimEvent, EventType } from '../../../src/domain/claims/events.ts';
import type { ConsentParties, Parties, Sides } from '../../../src/domain/claims/parties.ts';
import type { Actor, Member } from '../../../src/domain/claims/permission.ts';
import { DESK } from '../../../src/domain/claims/permission.ts';
import type { Refusal, RefusalCode } from '../../../src/domain/claims/refusal.ts';
import { applyDueClocks } from '../../../src/domain/claims/dueClocks.ts';
import { handleCommand, handleCreation } from '../../../src/domain/claims/handleCommand.ts';
import type { CommandOutcome } from '../../../src/domain/claims/handleCommand.ts';
import {
  anna,
  arun,
  CONTACT_EMAIL,
  CUSTOMER_TENANT,
  dana,
  FABRIKAM,
  lena,
  MPN,
  PARTIES,
  PRESENT,
  rolf,
} from './personas.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Monday 3 May 2021, 10:00 in Redmond: where stories begin. No holiday falls before Monday 31 May. */
export const MONDAY: Instant = Date.parse('2021-05-03T10:00:00-07:00');

/** An instant in Redmond in summer: `pacific('2021-05-11')` is the beginning of that day. */
export function pacific(day: string, time = '00:00'): Instant {
  return Date.parse(`${day}T${time}:00-07:00`);
}

export const iso = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Chains with salts that are told apart, and are the same in each run. */
export function chaining(): Chaining {
  let salts = 0;
  return {
    hash: sha256,
    newSalt: () => {
      salts += 1;
      return `salt${salts}`;
    },
  };
}

/** The same history with other events, and `more` in each entry, chained as if it had always been so. */
export function rechained(
  entries: readonly Entry[],
  alter: (event: ClaimEvent) => ClaimEvent,
  more: object = {},
): readonly Entry[] {
  return chainedAnew(
    entries.map((entry) => ({ ...entry, ...more, event: alter(entry.event) })),
    chaining(),
  );
}

export const POLICY_2020 = POLICIES['2020'] as Policy;

/** A programme that starts clocks by `policy` and knows the others too. */
export function programmeOf(policy: Policy, others: readonly Policy[] = []): Programme {
  const all = [policy, ...others];
  return {
    policy,
    policyOf: (version) => {
      const found = all.find((one) => one.version === version);
      if (!found) throw new UnknownPolicyError(`no policy ${version}`);
      return found;
    },
    calendarOf: (one) => calendarOf(one.calendar, one.zone),
    zones: all.map(({ zone }) => zone),
  };
}

export const RULES: Rules = { programme: programmeOf(POLICY_2020), catalogue: CATALOGUE };
export const ID = 'CPOR-7F3K9Q' as ClaimId;

/**
 * The command at an instant. Both sides are as they should be where it says nothing of them; not every command asks.
 */
export function commandAt(ask: Ask, at: Instant): ClaimCommand {
  return { parties: PARTIES, ...ask, at } as ClaimCommand;
}

/** A form with nothing missing. */
export const FORM: Fields = {
  mpnId: MPN,
  customerName: 'Contoso',
  customerDomain: 'contoso.com',
  customerTenantId: CUSTOMER_TENANT,
  customerContactName: 'Dana Diaz',
  customerContactTitle: 'CIO',
  customerContactEmail: CONTACT_EMAIL,
  partnerContactName: 'Anna Ahlberg',
  partnerContactEmail: 'anna@fabrikam.com',
  area: 'businessApplications',
  activity: 'usage',
  products: ['d365-sales'],
  subscriptionIds: ['aaaaaaaa-0000-4000-8000-000000000001'],
};

type WithoutTime<Command> = Command extends { parties: Parties }
  ? Omit<Command, 'at' | 'parties'> & { readonly parties?: ConsentParties }
  : Command extends unknown
    ? Omit<Command, 'at'>
    : never;
/** A command whose time the story gives, and whose parties, where nothing is said of them. */
export type Ask = WithoutTime<ClaimCommand>;

export class Story {
  readonly events: readonly ClaimEvent[];
  readonly claim: Claim;
  readonly now: Instant;
  readonly rules: Rules;
  readonly sides: Sides;
  /** What came of the last command; a story that no one has asked anything yet has none. */
  readonly outcome: CommandOutcome | undefined;

  constructor(
    events: readonly ClaimEvent[],
    claim: Claim,
    now: Instant,
    rules: Rules,
    sides: Sides = { barred: [], standing: PRESENT },
    outcome?: CommandOutcome,
  ) {
    this.events = events;
    this.claim = claim;
    this.now = now;
    this.rules = rules;
    this.sides = sides;
    this.outcome = outcome;
  }

  /** The same story at a later instant; nothing has fired yet. */
  at(now: Instant): Story {
    return new Story(this.events, this.claim, now, this.rules, this.sides);
  }

  after(ms: number): Story {
    return this.at(this.now + ms);
  }

  /** The same story under other rules from now on. */
  under(rules: Rules): Story {
    return new Story(this.events, this.claim, this.now, rules, this.sides);
  }

  /** The same story, where the directory says otherwise of both sides from now on. */
  where(sides: Partial<Sides>): Story {
    return new Story(this.events, this.claim, this.now, this.rules, { ...this.sides, ...sides });
  }

  /** Someone asks; what comes of it is for the test to say. */
  when(ask: Ask): Story {
    const outcome = handleCommand(this.claim, commandAt(ask, this.now), this.rules, this.sides);
    return new Story([...this.events, ...outcome.events], outcome.claim, this.now, this.rules, this.sides, outcome);
  }

  /** Someone asks, and it must happen: the step of a story that is not itself the test. */
  given(ask: Ask): Story {
    const next = this.when(ask);
    if (next.outcome?.answer.kind !== 'done') throw new Error(`${ask.type}: ${JSON.stringify(next.outcome?.answer)}`);
    return next;
  }

  /** What fell due until now. */
  settled(): Story {
    const { events, claim } = applyDueClocks(this.claim, this.now, this.rules.programme, this.sides);
    return new Story([...this.events, ...events], claim, this.now, this.rules, this.sides);
  }

  /** An older state of the claim, this one, was restored; it lacks these decisions. */
  restored(lost: readonly LostDecision[]): Story {
    const { events, claim } = recordRestore(this.claim, lost, this.now, this.rules.programme);
    return new Story([...this.events, ...events], claim, this.now, this.rules, this.sides);
  }

  /** The operator has a lost denial taken again. */
  replayed(): Story {
    const { events, claim } = replayDenial(this.claim, this.rules.programme);
    return new Story([...this.events, ...events], claim, this.now, this.rules, this.sides);
  }

  /** The notice that starts the clock arrives. */
  delivered(clock: ClockName): Story {
    return this.given({ type: 'RecordDelivery', by: DESK, clock, outcome: { kind: 'delivered' } });
  }

  undeliverable(clock: ClockName, reason = 'blocked'): Story {
    return this.given({ type: 'RecordDelivery', by: DESK, clock, outcome: { kind: 'undeliverable', reason } });
  }
}

export function created(fields: Partial<Fields> = FORM, by: Member = anna, rules: Rules = RULES): Story {
  const command: CreateClaim = { type: 'CreateClaim', by, at: MONDAY, id: ID, organisation: FABRIKAM, fields };
  const made = handleCreation(command, rules);
  if ('refusal' in made) throw new Error(JSON.stringify(made.refusal));
  return new Story([made.event], made.claim, MONDAY, rules);
}

export const poe = (id: string, by: Actor = anna, content = id): Ask => ({
  type: 'AddPoe',
  by,
  id: id as PoeId,
  name: `${id}.pdf`,
  kind: 'pdf',
  size: 1000,
  sha256: sha256(content),
});
/** A PoE whose virus scan is to come (R9). */
export const waitingPoe = (id: string, by: Actor = anna): Ask => ({
  type: 'AddPoe',
  by,
  id: id as PoeId,
  name: `${id}.pdf`,
  kind: 'pdf',
  size: 1000,
  sha256: sha256(id),
  scan: 'waiting',
});
export const comment = (by: Actor, text: string, message?: string): Ask => ({
  type: 'AddComment',
  by,
  id: `c-${text}` as CommentId,
  text,
  ...(message !== undefined && { message }),
});

export const draft = (fields: Partial<Fields> = FORM): Story => created(fields).given(poe('proof'));
export const submitted = (fields: Partial<Fields> = FORM): Story =>
  draft(fields).given({ type: 'SubmitClaim', by: anna });
export const underReview = (): Story => submitted().given({ type: 'StartReview', by: arun });
export const asked = (): Story =>
  underReview().given({ type: 'RequestInformation', by: arun, reasons: ['missingOrOldDates'], comment: 'Which year?' });
export const approved = (): Story => underReview().given({ type: 'ApproveClaim', by: arun });
export const passed = (): Story =>
  approved()
    .delivered('consent')
    .after(30 * DAY)
    .settled();
/** Denied by Dana, disputed, and overturned: silence is no consent any more (R60). */
export const overturnedDenial = (): Story =>
  approved()
    .delivered('consent')
    .given({ type: 'DenyConsent', by: dana, reason: 'Not us.' })
    .given({ type: 'OpenDispute', by: anna, justification: 'You are.' })
    .given({ type: 'OverturnRejection', by: lena, comment: 'They are.' });
/** Silent in the period that needed an agreement: declined for the second time, and finally. */
export const finallyDeclined = (): Story =>
  overturnedDenial()
    .delivered('consent')
    .after(30 * DAY)
    .settled();
/** Rejected by the lead Rolf, the assignee is Arun. */
export const rejected = (): Story =>
  underReview().given({ type: 'RejectClaim', by: rolf, reason: 'insufficientPoe', comment: 'Too thin.' });
export const disputed = (): Story =>
  rejected().given({ type: 'OpenDispute', by: anna, justification: 'It is all in there.' });

/** Asserts that the last command gave exactly these events, in the order in which they fell due. */
export function thenHappened(story: Story, ...types: readonly EventType[]): ClaimEvent {
  expect(story.outcome?.answer.kind, JSON.stringify(story.outcome?.answer)).to.equal('done');
  expect(story.outcome?.events.map((event) => event.type)).to.deep.equal(types);
  const last = story.outcome?.events.at(-1);
  if (!last) throw new Error('nothing happened');
  return last;
}

/** Asserts that the last command was refused for this reason, and nothing changed. */
export function thenRefused<Code extends RefusalCode>(
  before: Story,
  after: Story,
  code: Code,
): Extract<Refusal, { code: Code }> {
  const answer = after.outcome?.answer;
  if (answer?.kind !== 'refused') throw new Error(`expected ${code}, but: ${JSON.stringify(answer)}`);
  expect(answer.refusal.code, JSON.stringify(answer.refusal)).to.equal(code);
  const settledBefore = before.settled();
  expect(after.claim).to.deep.equal(settledBefore.claim);
  expect(after.events).to.deep.equal(settledBefore.events);
  return answer.refusal as Extract<Refusal, { code: Code }>;
}

/** Asserts that a command is refused for this reason and changes nothing. */
export function refuses<Code extends RefusalCode>(
  story: Story,
  ask: Ask,
  code: Code,
): Extract<Refusal, { code: Code }> {
  return thenRefused(story, story.when(ask), code);
}

/** Asserts that the last command did nothing and was not refused. */
export function thenNothing(story: Story): void {
  expect(story.outcome?.answer).to.deep.equal({ kind: 'nothing' });
}

/** Freezes a value and all that it holds. */
export function frozen<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}
