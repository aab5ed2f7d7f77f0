import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { HappeningType } from '../../../../src/domain/claims/events.ts';
import type { Stage } from '../../../../src/domain/claims/claim.ts';
import { EVENT_TYPES, LAW, STAGES, stageAfter, stepOf } from './law.ts';

const ALL_EVENTS: Readonly<Record<HappeningType, true>> = {
  ClaimCreated: true,
  FieldsEdited: true,
  PoeAdded: true,
  PoeRemoved: true,
  PoeScanned: true,
  DraftDiscarded: true,
  ClaimSubmitted: true,
  ReviewStarted: true,
  ClaimReassigned: true,
  InformationRequested: true,
  ClaimResubmitted: true,
  ClaimApproved: true,
  ClaimRejected: true,
  RejectionRequested: true,
  PartnerDidNotRespond: true,
  ConsentDenied: true,
  ConsentAgreed: true,
  ConsentNotGiven: true,
  ObjectionRecorded: true,
  ObjectionWithdrawn: true,
  LateDenialRecorded: true,
  ConsentPassed: true,
  AssessmentReported: true,
  AssessmentCorrected: true,
  DisputeOpened: true,
  DisputeUpheld: true,
  DisputeOverturned: true,
  DisputeWindowClosed: true,
  CommentAdded: true,
  CommentEdited: true,
  CommentDeleted: true,
  ClockReminded: true,
  ClockEscalated: true,
  NoticeDelivered: true,
  NoticeUndeliverable: true,
  ClockSuspended: true,
  StateRestored: true,
  ClaimFollowed: true,
  ClaimMuted: true,
};
const ALL_STAGES: Readonly<Record<Stage, true>> = {
  Editing: true,
  Discarded: true,
  Submitted: true,
  UnderReview: true,
  PartnerActionRequired: true,
  ConsentOpen: true,
  ConsentPassed: true,
  Disputable: true,
  Disputed: true,
  Upheld: true,
  WindowClosed: true,
  FinallyDeclined: true,
};

describe('The law of the claim', () => {
  it('knows every stage and every event, each event once', () => {
    expect(STAGES).to.have.members(Object.keys(ALL_STAGES));
    expect(EVENT_TYPES).to.have.members(Object.keys(ALL_EVENTS));
    const outcomes = Object.values(LAW).flatMap((row) => row.outcomes.map(({ type }) => type));
    expect(new Set(outcomes).size).to.equal(outcomes.length);
  });

  it('cites a rule for every command and every event', () => {
    for (const [command, { rule }] of Object.entries(LAW)) expect(rule, command).to.match(/^R\d+/);
    for (const type of EVENT_TYPES) expect(stepOf(type)?.rule, type).to.match(/^R\d+/);
  });

  it('lets a claim come from its creation to every stage, and from each only by a step that begins there', () => {
    const reached = new Set<Stage | 'nothing'>(['nothing']);
    for (const at of reached)
      for (const type of EVENT_TYPES) if (stepOf(type)?.from.includes(at)) reached.add(stageAfter(at, type));
    expect([...reached]).to.have.members(['nothing', ...STAGES]);
  });

  it('is told apart by its outcomes: each of them happens in stages in which its command may be given', () => {
    for (const [command, { from, outcomes }] of Object.entries(LAW))
      for (const outcome of outcomes) expect(from, command).to.include.members([...(outcome.from ?? from)]);
  });

  it('takes nothing but types from the product', () => {
    for (const name of [
      'law.ts',
      'needs.ts',
      'relation.ts',
      'judge.ts',
      'deeds.ts',
      'modelClaim.ts',
      'modelClock.ts',
    ]) {
      const source = readFileSync(new URL(name, import.meta.url), 'utf8');
      const taken = source.split('\n').filter((line) => /from '.*\/src\//.test(line));
      expect(
        taken.filter((line) => !line.startsWith('import type ')),
        name,
      ).to.deep.equal([]);
    }
  });
});
