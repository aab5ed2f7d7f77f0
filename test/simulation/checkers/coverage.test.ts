import { expect } from 'chai';
import { VERBS } from '../../../src/teams/cards/verbs.ts';
import { coverageReport, createCoverage } from './coverage.ts';
import { STAGES } from '../../domain/claims/model/law.ts';
import { isRefused, REFUSALS, ROLES } from './support/refusals.ts';
import { CLAIM_VERBS, COMMAND_OF } from './support/verbs.ts';
import type { Json } from './observations.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { answerOf, cardOf, createScenario } from './support/checkerScenario.ts';
import { TRANSITIONS } from './support/transitions.ts';

type CoverageScenario = Scenario<ReturnType<typeof createCoverage>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): CoverageScenario {
  const scenario = createScenario(createCoverage);
  scenario[name]();
  return scenario;
}

/** What was refused in a scenario. */
function refused({ checker }: CoverageScenario): readonly string[] {
  return Object.keys(checker.counts().refusals);
}

/** A card with a note in a colour. */
function noted(style: string): Json {
  const box = { type: 'Container', items: [] };
  return answerOf({
    ...cardOf(1),
    body: [
      { ...box, style },
      { ...box, style: 'default' },
    ],
  });
}

function pressed(
  scenario: CoverageScenario,
  who: Parameters<CoverageScenario['presses']>[0],
  verb: string,
  style = 'attention',
): void {
  scenario.answers(scenario.presses(who, verb), { body: noted(style) });
}

describe('The coverage of the rules', () => {
  it('counts each transition, and names those that are missing', () => {
    const { checker } = begun('underReview');
    const { transitions, missing } = checker.report();
    expect(transitions).to.deep.equal({
      'nothing → ClaimCreated → Editing': 1,
      'Editing → ClaimSubmitted → Submitted': 1,
      'Submitted → ReviewStarted → UnderReview': 1,
    });
    expect(missing)
      .to.have.length(TRANSITIONS.length - 3)
      .and.to.include('UnderReview → ClaimApproved → ConsentOpen');
  });

  it('counts a refusal by the stage, the command and the role', () => {
    const scenario = begun('underReview');
    pressed(scenario, 'anna', 'approve');
    pressed(scenario, 'nikita', 'withdraw');
    pressed(scenario, 'tomas', 'comment');
    pressed(scenario, 'rita', 'approve');
    pressed(scenario, 'fred', 'reject');
    pressed(scenario, 'petra', 'approve');
    pressed(scenario, 'arun', 'start');
    pressed(scenario, 'rolf', 'uphold');
    pressed(scenario, 'dana', 'deny');
    pressed(scenario, 'carl', 'deny');
    pressed(scenario, 'asif', 'assess');
    pressed(scenario, 'olga', 'request');
    pressed(scenario, 'otto', 'approve');
    pressed(scenario, 'stefan', 'follow');
    expect(refused(scenario)).to.deep.equal([
      'UnderReview · approve · partnerWithRole',
      'UnderReview · withdraw · partnerWithoutRole',
      'UnderReview · comment · otherPartner',
      'UnderReview · approve · reviewer',
      'UnderReview · reject · ownOrganisationReviewer',
      'UnderReview · start · assignee',
      'UnderReview · uphold · lead',
      'UnderReview · deny · customerContact',
      'UnderReview · deny · otherCustomer',
      'UnderReview · assess · assessor',
      'UnderReview · request · owner',
      'UnderReview · approve · operator',
      'UnderReview · follow · stranger',
    ]);
    expect(
      scenario.checker.counts().refusals['UnderReview · approve · reviewer'],
      'Rita, and Petra, who is none of this partner',
    ).to.equal(2);
  });

  it('knows who rejected the claim from other reviewers', () => {
    const scenario = begun('rejected');
    scenario.does('anna', 'dispute', 'DisputeOpened');
    pressed(scenario, 'arun', 'uphold');
    pressed(scenario, 'rita', 'uphold');
    expect(refused(scenario)).to.deep.equal(['Disputed · uphold · rejecter']);
  });

  it('counts nothing that was taken, that may be taken, or that was not answered', () => {
    const scenario = begun('submitted');
    const press = scenario.presses('arun', 'start');
    scenario.happens('ReviewStarted', 'arun');
    scenario.answers(press, { body: noted('good') });
    pressed(scenario, 'anna', 'withdraw');
    scenario.presses('anna', 'approve');
    scenario.answers(scenario.presses('anna', 'approve'), { fault: new Error('simulated') });
    expect(refused(scenario)).to.deep.equal([]);
  });

  it('counts no addition that was answered with a link to bring the file by', () => {
    const scenario = begun('underReview');
    pressed(scenario, 'tomas', 'addPoe');
    scenario.answers(scenario.presses('nikita', 'addPoe'), {
      body: answerOf({
        actions: [{ type: 'Action.OpenUrl', title: 'Add files', url: 'https://desk.example/poe/x.y' }],
      }),
    });
    expect(refused(scenario)).to.deep.equal(['UnderReview · addPoe · otherPartner']);
  });

  it('finds a refusal that is not told as one (R32)', () => {
    for (const style of ['good', 'emphasis', 'default', '']) {
      const scenario = begun('underReview');
      scenario.passes(10_000);
      pressed(scenario, 'anna', 'approve', style);
      expect(scenario.problems.join(), style).to.match(
        style === 'good'
          ? /says that it was done, and they never did it/
          : /the rules refuse it to partnerWithRole in UnderReview/,
      );
      expect(refused(scenario)).to.deep.equal([]);
    }
  });

  it('finds nothing wrong where the claim may have been another when the answer was made', () => {
    const scenario = begun('underReview');
    scenario.passes(10_000);
    const press = scenario.presses('arun', 'reassign');
    scenario.happens('InformationRequested', 'lena');
    scenario.answers(press, { body: noted('default') });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('finds nothing wrong where a user is told again of what they did (R58)', () => {
    const scenario = begun('underReview');
    pressed(scenario, 'arun', 'start', 'good');
    expect(scenario.problems).to.deep.equal([]);
    pressed(scenario, 'rita', 'start', 'good');
    expect(scenario.problems).to.have.length(1);
  });

  it('neither counts nor checks a press without the version that was seen, which is no command (R57)', () => {
    const scenario = begun('underReview');
    scenario.answers(scenario.presses('anna', 'approve', { isVersioned: false }), { body: noted('default') });
    expect([scenario.problems, refused(scenario)]).to.deep.equal([[], []]);
  });

  it('adds up what several runs saw', () => {
    const one = begun('submitted');
    pressed(one, 'anna', 'approve');
    const other = begun('created');
    pressed(other, 'anna', 'approve');
    one.checker.merge(JSON.parse(JSON.stringify(other.checker.counts())) as ReturnType<typeof other.checker.counts>);
    const { transitions, refusals } = one.checker.report();
    expect(transitions['nothing → ClaimCreated → Editing']).to.equal(2);
    expect(refusals.seen).to.equal(2);
    expect(refusals.possible).to.equal(REFUSALS.length);
    expect(refusals.missing).to.have.length(REFUSALS.length - 2);
    expect(coverageReport(one.checker.counts())).to.deep.equal(one.checker.report());
  });

  describe('its table of refusals', () => {
    it('has every command that a card can give', () => {
      expect(Object.fromEntries(Object.entries(COMMAND_OF).map(([verb, command]) => [command, verb]))).to.deep.equal(
        VERBS,
      );
    });

    it('lets every command happen in some stage, to some role', () => {
      for (const command of CLAIM_VERBS)
        expect(
          STAGES.some((stage) => ROLES.some((role) => !isRefused(command, stage, role))),
          command,
        ).to.equal(true);
    });

    it('refuses everything of a discarded draft, and everything to a stranger', () => {
      for (const command of CLAIM_VERBS) {
        for (const role of ROLES) expect(isRefused(command, 'Discarded', role), `${command} ${role}`).to.equal(true);
        expect(
          REFUSALS.filter((key) => key.endsWith(`· ${command} · stranger`)),
          command,
        ).to.have.length(12);
      }
    });
  });
});
