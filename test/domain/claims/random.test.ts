import { expect } from 'chai';
import fc from 'fast-check';
import * as cast from './personas.ts';
import {
  CATALOGUE,
  PARTNER_REQUEST_REASONS,
  REQUEST_REASONS,
  REVIEWER_REASONS,
} from '../../../src/domain/claims/catalogue.ts';
import type { Claim, Stage } from '../../../src/domain/claims/claim.ts';
import type { CommentId, Fields, PoeId } from '../../../src/domain/claims/values.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import { refusalFor } from '../../../src/domain/claims/decide.ts';
import { fold } from '../../../src/domain/claims/evolve.ts';
import { missingIn, problemsOf } from '../../../src/domain/claims/fields.ts';
import { append, firstBrokenEntry } from '../../../src/domain/claims/history.ts';
import { noticesOf } from '../../../src/domain/claims/notices.ts';
import type { Actor } from '../../../src/domain/claims/permission.ts';
import { CLOCK_NAMES } from '../../../src/domain/claims/policy.ts';
import type { ClockName } from '../../../src/domain/claims/policy.ts';
import { ROLES } from './matrix.ts';
import {
  approved,
  asked,
  comment,
  DAY,
  disputed,
  draft,
  FORM,
  frozen,
  HOUR,
  MINUTE,
  poe,
  sha256,
  underReview,
  chaining,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

// ---- Random commands, by random people, at random times.

interface Step {
  /** Which of the commands that may be given now, or of all. */
  readonly choice: number;
  readonly allowed: boolean;
  readonly later: number;
  /** How many versions ago the card was shown; absent for no card. */
  readonly behind: number | undefined;
  readonly variant: number;
}

const steps = fc.array(
  fc.record<Step>({
    choice: fc.nat(100_000),
    allowed: fc.boolean().chain((coin) => (coin ? fc.constant(true) : fc.boolean())),
    later: fc.oneof(
      fc.constant(0),
      fc.nat(120).map((count) => count * MINUTE),
      fc.nat(72).map((count) => count * HOUR),
      fc.nat(14).map((count) => count * DAY),
      fc.nat(45).map((count) => count * DAY),
    ),
    behind: fc.option(fc.nat(4), { nil: undefined }),
    variant: fc.nat(1000),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

/** Not all begin as a draft, so that the late stages are come by as well. */
const beginnings = fc.constantFrom(
  draft,
  draft,
  underReview,
  disputed,
  () => asked().delivered('partnerResponse'),
  () => approved().delivered('consent'),
);

const EDITS: readonly Partial<Fields>[] = [
  { partnerContactName: 'Somebody' },
  { partnerContactName: 'Somebody else' },
  { products: ['power-bi'] },
  { products: ['teams'] },
  { products: [] },
  { mpnId: cast.SECOND_MPN },
  { mpnId: cast.FOREIGN_MPN },
  { area: 'microsoft365' },
  { area: 'microsoft365', products: ['teams', 'intune'] },
  { area: '' },
  { activity: 'preSales' },
  { subscriptionIds: [] },
  { customerName: '' },
  { ...FORM },
  { customerContactEmail: 'eve@contoso.com' },
  { customerContactEmail: 'nonsense' },
];
const TARGETS = [cast.rita, cast.arun, cast.hana, cast.petra, cast.stefan];
const CLOCKS: readonly ClockName[] = ['partnerResponse', 'consent', 'disputeWindow'];

function pick<Value>(values: readonly Value[], at: number): Value {
  const value = values[at % values.length];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
}

/** Every command that there is, by one person; `n` varies the inputs, good and bad ones. */
function asks(by: Actor, n: number): readonly Ask[] {
  const text = pick(['A word.', 'Another.', '', ' '], n);
  const good = pick(['A word.', 'Another.'], n);
  return [
    { type: 'EditFields', by, fields: pick(EDITS, n) },
    poe(`p${n % 30}`, by),
    { type: 'AddPoe', by, id: `q${n}` as PoeId, name: 'q.pdf', kind: 'pdf', size: 1, sha256: sha256('proof') },
    { type: 'RemovePoe', by, id: `p${n % 30}` as PoeId },
    { type: 'DiscardDraft', by },
    { type: 'SubmitClaim', by },
    { type: 'StartReview', by },
    { type: 'ReassignClaim', by, to: pick(TARGETS, n) },
    { type: 'RequestInformation', by, reasons: [pick(REQUEST_REASONS, n)], comment: good },
    { type: 'ResubmitClaim', by },
    { type: 'ApproveClaim', by, comment: text },
    { type: 'RejectClaim', by, reason: pick(REVIEWER_REASONS, n), comment: text },
    { type: 'RequestRejection', by, reason: pick(PARTNER_REQUEST_REASONS, n), comment: text },
    { type: 'DenyConsent', by, reason: text },
    { type: 'AgreeConsent', by },
    { type: 'RecordObjection', by, text: good },
    { type: 'WithdrawObjection', by },
    { type: 'OpenDispute', by, justification: text },
    { type: 'UpholdRejection', by, comment: text },
    { type: 'OverturnRejection', by, comment: good },
    comment(by, text, n % 2 === 0 ? `m${n % 7}` : undefined),
    { type: 'AddComment', by, id: `d${n}` as CommentId, text },
    { type: 'EditComment', by, message: `m${n % 7}`, text },
    { type: 'DeleteComment', by, message: `m${n % 7}` },
    { type: 'ReportAssessment', by, eligible: n % 2 === 0, programme: pick(['OSU', 'OSA', ''], n), reason: text },
    { type: 'FollowClaim', by },
    { type: 'MuteClaim', by },
    {
      type: 'RecordDelivery',
      by,
      clock: pick(CLOCKS, n),
      outcome: n % 3 === 0 ? { kind: 'undeliverable', reason: good } : { kind: 'delivered' },
    },
    { type: 'Wake', by },
  ];
}

const ASIDE: readonly Ask['type'][] = ['FollowClaim', 'MuteClaim', 'Wake', 'EditComment', 'DeleteComment'];

function chosen(step: Step, claim: Claim): Ask {
  const all = Object.values(ROLES).flatMap((by) => asks(by, step.variant));
  // What makes a claim go on is rare among all that may be said about it: every kind of command is as likely as the
  // others.
  const moves = all.filter((ask) => !ASIDE.includes(ask.type) && refusalFor(ask.type, ask.by, claim) === undefined);
  const kinds = [...new Set(moves.map((ask) => ask.type))];
  const kind = kinds.length > 0 && step.allowed ? pick(kinds, step.choice) : undefined;
  const ask = pick(kind === undefined ? all : moves.filter((move) => move.type === kind), step.choice + step.variant);
  return step.behind === undefined ? ask : { ...ask, seen: Math.max(1, claim.version - step.behind) };
}

// ---- What holds of every claim, whatever was done to it.

/** Which clocks there are, stage by stage (R35–R41). */
const CLOCKS_OF: Readonly<Record<Stage, readonly ClockName[]>> = {
  Editing: [],
  Discarded: [],
  Submitted: ['overallDecision', 'reviewStart'],
  UnderReview: ['overallDecision', 'reviewDecision'],
  PartnerActionRequired: ['overallDecision', 'partnerResponse'],
  ConsentOpen: ['consent'],
  ConsentPassed: [],
  Disputable: ['disputeWindow'],
  Disputed: ['disputeDecision'],
  Upheld: [],
  WindowClosed: [],
  FinallyDeclined: [],
};
const MOST_EVENTS = 25;
const MAX_ROUNDS = 10;
const STATUSES = ['Editing', 'Submitted', 'UnderReview', 'PartnerActionRequired', 'Approved', 'Rejected', 'Discarded'];

function holdsOf({ claim, now }: Story): void {
  const stage = stageOf(claim);
  expect(STATUSES).to.include(claim.status);
  expect(Object.keys(claim.clocks)).to.have.members(CLOCKS_OF[stage]);
  expect(claim.clocks.overallDecision?.state === 'paused').to.equal(stage === 'PartnerActionRequired');
  for (const name of CLOCK_NAMES) {
    const clock = claim.clocks[name];
    if (!clock) continue;
    if (clock.state === 'running') expect(clock.nextAt, name).to.be.greaterThan(now);
    else expect(clock, name).not.to.have.property('nextAt');
    for (const reminder of clock.reminders) expect(reminder).to.be.greaterThan(now);
  }
  if (claim.hold) expect(Object.values(claim.clocks).map((clock) => clock.state)).to.include('awaitingDelivery');
  if (claim.submittedAt !== undefined) {
    expect(missingIn(claim.fields, CATALOGUE)).to.deep.equal([]);
    expect(claim.poe.length).to.be.within(1, 20);
  }
  expect(
    problemsOf(claim.fields, claim.fields, CATALOGUE, { mpnIds: [cast.MPN, cast.SECOND_MPN], tenantIds: [] }),
  ).to.deep.equal([]);
  expect(new Set(claim.poe.map((one) => one.sha256)).size).to.equal(claim.poe.length);
}

function holdsOfAll({ events, claim }: Story): void {
  expect(fold(events)).to.deep.equal(claim);
  const read = JSON.parse(JSON.stringify(events)) as typeof events;
  expect(read).to.deep.equal(events);
  expect(fold(read)).to.deep.equal(claim);
  const periods = events.flatMap((event) => (event.type === 'ConsentPassed' ? [event.record.period] : []));
  expect(new Set(periods).size).to.equal(periods.length);
  expect(firstBrokenEntry(append([], events, { recordedAt: 0 }, chaining()), sha256)).to.equal(undefined);
  let approved = false;
  let earlier = -Infinity;
  const ids = new Set<string>();
  events.forEach((event, index) => {
    expect(event.at).to.be.at.least(earlier);
    earlier = event.at;
    approved ||= event.type === 'ClaimApproved' || event.type === 'DisputeOverturned';
    for (const { id, audience } of noticesOf(event, fold(events.slice(0, index + 1)))) {
      expect(ids.has(id), id).to.be.false;
      ids.add(id);
      if (audience === 'customer') expect(approved, event.type).to.be.true;
    }
  });
}

describe('a claim to which anything is done by anybody at any time', () => {
  const reached = new Map<Stage, number>();
  const happenedTo = new Set<string>();

  const hasSeenMost = (): boolean => reached.size === Object.keys(CLOCKS_OF).length && happenedTo.size >= MOST_EVENTS;
  const assertRules = (): void =>
    fc.assert(
      fc.property(beginnings, steps, (beginning, sequence) => {
        let story = beginning();
        for (const step of sequence) {
          frozen(story.claim);
          const before = story.after(step.later);
          const settled = before.settled();
          story = before.when(chosen(step, settled.claim));
          const answer = story.outcome?.answer;
          expect(story.claim.version).to.equal(story.events.length);
          expect(story.events.length - settled.events.length).to.equal(answer?.kind === 'done' ? 1 : 0);
          expect(story.events.slice(0, settled.events.length)).to.deep.equal(settled.events);
          if (answer?.kind !== 'done') expect(story.claim).to.deep.equal(settled.claim);
          holdsOf(story);
          reached.set(stageOf(story.claim), (reached.get(stageOf(story.claim)) ?? 0) + 1);
        }
        holdsOfAll(story);
        for (const event of story.events) happenedTo.add(event.type);
      }),
      { numRuns: 300, unbiased: true },
    );

  it('keeps its rules', () => {
    // One round sees most as a rule; what is rare may need another.
    for (let round = 0; round < MAX_ROUNDS && !hasSeenMost(); round += 1) assertRules();
  });

  it('came by every stage, and almost every event, in these runs', () => {
    expect([...reached.keys()]).to.have.members(Object.keys(CLOCKS_OF));
    expect(happenedTo.size).to.be.at.least(MOST_EVENTS);
  });
});
