import { expect } from 'chai';
import { PERSONAS } from '../world/personas.ts';
import type { PersonaName } from '../world/personas.ts';
import { createRightsChecker } from './rights.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { MINUTE, createScenario } from './support/checkerScenario.ts';

type RightsScenario = Scenario<ReturnType<typeof createRightsChecker>>;

/** A scenario that is as it should be so far. */
function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): RightsScenario {
  const scenario = createScenario(createRightsChecker);
  scenario[name]();
  expect(scenario.problems).to.deep.equal([]);
  return scenario;
}

const disputed = (): RightsScenario => {
  const scenario = begun('rejected');
  scenario.does('anna', 'dispute', 'DisputeOpened');
  return scenario;
};
const passed = (): RightsScenario => {
  const scenario = begun('approved');
  scenario.happens('ConsentPassed', 'desk');
  return scenario;
};

describe('The checker of rights', () => {
  const RIGHT: readonly (readonly [string, () => RightsScenario, PersonaName, string, string])[] = [
    ['a colleague of the filer edits (R11)', () => begun('created'), 'boris', 'edit', 'FieldsEdited'],
    ['any reviewer starts (R16)', () => begun('submitted'), 'rita', 'start', 'ReviewStarted'],
    ['the assignee approves (R20)', () => begun('underReview'), 'arun', 'approve', 'ClaimApproved'],
    ['a lead rejects (R21)', () => begun('underReview'), 'rolf', 'reject', 'ClaimRejected'],
    ['the contact that the claim names denies (R3, R24)', () => begun('approved'), 'dana', 'deny', 'ConsentDenied'],
    [
      'another contact that the customer enrolled denies (R3)',
      () => begun('approved'),
      'emil',
      'deny',
      'ConsentDenied',
    ],
    ['an enrolled contact agrees (R59)', () => begun('approved'), 'emil', 'agree', 'ConsentAgreed'],
    ['another reviewer than the rejecter overturns (R28)', disputed, 'rita', 'overturn', 'DisputeOverturned'],
    ['the assessor reports (R53)', passed, 'asif', 'assess', 'AssessmentReported'],
    ['a member without a role follows (R47)', () => begun('created'), 'nikita', 'follow', 'ClaimFollowed'],
  ];
  for (const [what, open, who, verb, type] of RIGHT) {
    it(`says nothing when ${what}`, () => {
      const scenario = open();
      scenario.does(who, verb, type, { assignee: { id: PERSONAS[who].id }, personId: PERSONAS[who].id });
      expect(scenario.problems).to.deep.equal([]);
    });
  }

  const WRONG: readonly (readonly [string, () => RightsScenario, PersonaName, string, string, string])[] = [
    ['a member without a role edits', () => begun('created'), 'nikita', 'edit', 'FieldsEdited', 'R11'],
    ['another partner submits', () => begun('created'), 'tomas', 'submit', 'ClaimSubmitted', 'R15'],
    [
      "a reviewer at home in the partner's tenant starts",
      () => begun('submitted'),
      'fred',
      'start',
      'ReviewStarted',
      'R16',
    ],
    ['a reviewer who is not assigned approves', () => begun('underReview'), 'rita', 'approve', 'ClaimApproved', 'R20'],
    ['the partner approves its own claim', () => begun('underReview'), 'anna', 'approve', 'ClaimApproved', 'R20'],
    [
      "a user of the customer who is no one's contact denies",
      () => begun('approved'),
      'carl',
      'deny',
      'ConsentDenied',
      'R24',
    ],
    ['a contact of another customer denies', () => begun('approved'), 'nora', 'deny', 'ConsentDenied', 'R24'],
    ['who rejected it upholds', disputed, 'arun', 'uphold', 'DisputeUpheld', 'R27'],
    ['a lead reports the assessment', passed, 'lena', 'assess', 'AssessmentReported', 'R53'],
    ['the partner agrees to its own claim', () => begun('approved'), 'anna', 'agree', 'ConsentAgreed', 'R59'],
    ['a reviewer objects for the customer', () => begun('approved'), 'rita', 'deny', 'ObjectionRecorded', 'R60'],
    ['a reviewer reports the assessment', passed, 'rita', 'assess', 'AssessmentReported', 'R53'],
    ['the owner comments', () => begun('submitted'), 'olga', 'comment', 'CommentAdded', 'R33'],
    ['a reviewer follows a draft', () => begun('created'), 'arun', 'follow', 'ClaimFollowed', 'R47'],
  ];
  for (const [what, open, who, verb, type, rule] of WRONG) {
    it(`finds that ${what} (${rule})`, () => {
      const scenario = open();
      scenario.does(who, verb, type, { assignee: { id: PERSONAS[who].id }, personId: PERSONAS[who].id });
      expect(scenario.problems).to.have.length(1);
      expect(scenario.problems[0]).to.contain(`${PERSONAS[who].id} may not, by ${rule}`);
    });
  }

  it('finds that a user creates a claim of another organisation (R10)', () => {
    const scenario = createScenario(createRightsChecker);
    scenario.presses('tomas', 'create');
    scenario.happens('ClaimCreated', 'tomas', { partner: { id: `partner:${PERSONAS.anna.tenantId}` } });
    expect(scenario.problems).to.have.length(1);
  });

  it('goes by all that they could do between the read and the write, and by no other time', () => {
    const withdrawn = begun('underReview');
    withdrawn.presses('arun', 'approve');
    withdrawn.has('arun', { staff: [] });
    withdrawn.happens('ClaimApproved', 'arun', {}, { readBefore: MINUTE });
    expect(withdrawn.problems).to.deep.equal([]);
    const known = begun('underReview');
    known.has('arun', { staff: [] });
    known.passes(5 * MINUTE);
    known.presses('arun', 'approve');
    known.happens('ClaimApproved', 'arun', {}, { readBefore: 60 * MINUTE });
    expect(
      known.problems,
      'the version was known for an hour, the rights were gone when it was pressed',
    ).to.have.length(1);
    const late = begun('underReview');
    late.has('arun', { staff: [] });
    late.passes(MINUTE);
    late.does('arun', 'approve', 'ClaimApproved');
    expect(late.problems).to.have.length(1);
  });

  it('lets a replica know a change of rights some seconds later', () => {
    for (const [since, count] of [
      [2_000, 0],
      [7_000, 1],
    ] as const) {
      const scenario = begun('underReview');
      scenario.has('arun', { staff: [] });
      scenario.passes(since);
      scenario.presses('arun', 'approve');
      scenario.happens('ClaimApproved', 'arun');
      expect(scenario.problems).to.have.length(count);
    }
  });

  it('finds an assignee who may not be one (R17, R5)', () => {
    for (const [to, count] of [
      ['rita', 0],
      ['lena', 0],
      ['fred', 1],
      ['anna', 1],
      ['olga', 1],
    ] as const) {
      const scenario = begun('underReview');
      scenario.does('arun', 'reassign', 'ClaimReassigned', { to: { id: PERSONAS[to].id, name: to } });
      expect(scenario.problems, to).to.have.length(count);
    }
  });

  it('finds the rejecter as the assignee of the dispute (R17, R5)', () => {
    const scenario = disputed();
    scenario.does('lena', 'reassign', 'ClaimReassigned', { to: { id: PERSONAS.arun.id, name: 'Arun' } });
    expect(scenario.problems).to.have.length(1);
  });

  it("finds that another user's comment was edited (R33)", () => {
    for (const [who, count] of [
      ['anna', 0],
      ['boris', 1],
    ] as const) {
      const scenario = begun('submitted');
      scenario.does('anna', 'comment', 'CommentAdded', { commentId: 'c1', text: 'I say w1x' });
      scenario.says(who, 'I mean w2x');
      scenario.happens('CommentEdited', who, { commentId: 'c1', from: 'I say w1x', to: 'I mean w2x' });
      expect(scenario.problems, who).to.have.length(count);
    }
  });

  it('finds that a user acts who did not ask, or asked another instance', () => {
    const silent = begun('submitted');
    silent.happens('CommentAdded', 'boris', { commentId: 'c1' });
    expect(silent.problems).to.have.length(1);
    const elsewhere = begun('submitted');
    elsewhere.presses('boris', 'comment', { by: 'desk2#1' });
    elsewhere.happens('CommentAdded', 'boris', { commentId: 'c1' });
    expect(elsewhere.problems).to.have.length(1);
  });

  it('takes a file of a user who asked any instance: it comes by a link', () => {
    const scenario = begun('created');
    scenario.presses('boris', 'addPoe', { by: 'desk2#1' });
    scenario.happens('PoeAdded', 'boris', { poe: { name: 'proof-1.pdf' } });
    expect(scenario.problems).to.deep.equal([]);
  });

  it("finds what the desk did under a user's name, and what a user did under the desk's", () => {
    const desks = begun('approved');
    desks.happens('ConsentPassed', 'anna', {}, { side: 'partner' });
    expect(desks.problems).to.have.length(1);
    const persons = begun('underReview');
    persons.happens('ClaimApproved', 'desk', {}, { side: 'desk' });
    expect(persons.problems).to.not.be.empty;
  });

  it('finds the wrong side in the history (R55)', () => {
    const scenario = begun('approved');
    scenario.presses('dana', 'deny');
    scenario.happens('ConsentDenied', 'dana', {}, { side: 'review' });
    expect(scenario.problems).to.have.length(1);
    expect(scenario.problems[0]).to.contain('side "review"');
  });

  it('finds an event that no one knows, but not in an uncheckable claim', () => {
    const scenario = begun('submitted');
    scenario.happens('ClaimForgotten', 'anna');
    expect(scenario.problems).to.have.length(1);
    scenario.uncheckable();
    scenario.happens('ClaimForgotten', 'anna');
    expect(scenario.problems).to.have.length(1);
  });
});
