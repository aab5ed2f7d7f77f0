import { expect } from 'chai';
import { VERBS } from '../../../src/teams/cards/verbs.ts';
import { coverageReport, openCoverage } from './coverage.ts';
import { STAGES } from './support/knownClaims.ts';
import { COMMAND_NAMES, isRefused, REFUSALS, ROLES } from './support/refusals.ts';
import type { Json } from './observations.ts';
import type { Scene } from './support/checkerScenario.ts';
import { answerOf, cardOf, openScene } from './support/checkerScenario.ts';
import { TRANSITIONS } from './support/transitions.ts';

type CoverageScene = Scene<ReturnType<typeof openCoverage>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): CoverageScene {
  const scene = openScene(openCoverage);
  scene[name]();
  return scene;
}

/** What was refused in a scene. */
function refused({ judge }: CoverageScene): readonly string[] {
  return Object.keys(judge.counts().refusals);
}

/** A card whose head is green, with a note in a colour. */
function noted(style: string): Json {
  const box = { type: 'Container', items: [] };
  return answerOf({
    ...cardOf(1),
    body: [
      { ...box, style: 'good', bleed: true },
      { ...box, style },
      { ...box, style: 'default' },
    ],
  });
}

function pressed(
  scene: CoverageScene,
  who: Parameters<CoverageScene['presses']>[0],
  verb: string,
  style = 'attention',
): void {
  scene.answers(scene.presses(who, verb), { body: noted(style) });
}

describe('The coverage of the rules', () => {
  it('counts each transition, and names those that are missing', () => {
    const { judge } = begun('underReview');
    const { transitions, missing } = judge.report();
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
    const scene = begun('underReview');
    pressed(scene, 'anna', 'approve');
    pressed(scene, 'nikita', 'withdraw');
    pressed(scene, 'tomas', 'comment');
    pressed(scene, 'rita', 'approve');
    pressed(scene, 'fred', 'reject');
    pressed(scene, 'petra', 'approve');
    pressed(scene, 'arun', 'start');
    pressed(scene, 'rolf', 'uphold');
    pressed(scene, 'dana', 'deny');
    pressed(scene, 'carl', 'deny');
    pressed(scene, 'asif', 'assess');
    pressed(scene, 'olga', 'request');
    pressed(scene, 'otto', 'approve');
    pressed(scene, 'stefan', 'follow');
    expect(refused(scene)).to.deep.equal([
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
      scene.judge.counts().refusals['UnderReview · approve · reviewer'],
      'Rita, and Petra, who is none of this partner',
    ).to.equal(2);
  });

  it('knows who rejected the claim from other reviewers', () => {
    const scene = begun('rejected');
    scene.does('anna', 'dispute', 'DisputeOpened');
    pressed(scene, 'arun', 'uphold');
    pressed(scene, 'rita', 'uphold');
    expect(refused(scene)).to.deep.equal(['Disputed · uphold · rejecter']);
  });

  it('counts nothing that was taken, that may be taken, or that was not answered', () => {
    const scene = begun('submitted');
    const press = scene.presses('arun', 'start');
    scene.happens('ReviewStarted', 'arun');
    scene.answers(press, { body: noted('good') });
    pressed(scene, 'anna', 'withdraw');
    scene.presses('anna', 'approve');
    scene.answers(scene.presses('anna', 'approve'), { fault: new Error('simulated') });
    expect(refused(scene)).to.deep.equal([]);
  });

  it('counts no addition that was answered with a link to bring the file by', () => {
    const scene = begun('underReview');
    pressed(scene, 'tomas', 'addPoe');
    scene.answers(scene.presses('nikita', 'addPoe'), {
      body: answerOf({
        actions: [{ type: 'Action.OpenUrl', title: 'Add files', url: 'https://desk.example/poe/x.y' }],
      }),
    });
    expect(refused(scene)).to.deep.equal(['UnderReview · addPoe · otherPartner']);
  });

  it('finds a refusal that is not told as one (R32)', () => {
    for (const style of ['good', 'emphasis', 'default', '']) {
      const scene = begun('underReview');
      scene.passes(10_000);
      pressed(scene, 'anna', 'approve', style);
      expect(scene.wrongs.join(), style).to.match(
        style === 'good'
          ? /says that it was done, and they never did it/
          : /the rules refuse it to partnerWithRole in UnderReview/,
      );
      expect(refused(scene)).to.deep.equal([]);
    }
  });

  it('finds nothing wrong where the claim may have been another when the answer was made', () => {
    const scene = begun('underReview');
    scene.passes(10_000);
    const press = scene.presses('arun', 'reassign');
    scene.happens('InformationRequested', 'lena');
    scene.answers(press, { body: noted('default') });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('finds nothing wrong where somebody is told again of what they did (R58)', () => {
    const scene = begun('underReview');
    pressed(scene, 'arun', 'start', 'good');
    expect(scene.wrongs).to.deep.equal([]);
    pressed(scene, 'rita', 'start', 'good');
    expect(scene.wrongs).to.have.length(1);
  });

  it('neither counts nor judges a press without the version that was seen, which is no command (R57)', () => {
    const scene = begun('underReview');
    scene.answers(scene.presses('anna', 'approve', { isVersioned: false }), { body: noted('default') });
    expect([scene.wrongs, refused(scene)]).to.deep.equal([[], []]);
  });

  it('adds up what several runs saw', () => {
    const one = begun('submitted');
    pressed(one, 'anna', 'approve');
    const other = begun('created');
    pressed(other, 'anna', 'approve');
    one.judge.merge(JSON.parse(JSON.stringify(other.judge.counts())) as ReturnType<typeof other.judge.counts>);
    const { transitions, refusals } = one.judge.report();
    expect(transitions['nothing → ClaimCreated → Editing']).to.equal(2);
    expect(refusals.seen).to.equal(2);
    expect(refusals.possible).to.equal(REFUSALS.length);
    expect(refusals.missing).to.have.length(REFUSALS.length - 2);
    expect(coverageReport(one.judge.counts())).to.deep.equal(one.judge.report());
  });

  describe('its table of refusals', () => {
    it('has every command that a card can give', () => {
      expect([...COMMAND_NAMES].sort()).to.deep.equal(Object.values(VERBS).sort());
    });

    it('lets every command happen somewhere, to somebody', () => {
      for (const command of COMMAND_NAMES)
        expect(
          STAGES.some((stage) => ROLES.some((role) => !isRefused(command, stage, role))),
          command,
        ).to.equal(true);
    });

    it('refuses everything of a discarded draft, and everything to a stranger', () => {
      for (const command of COMMAND_NAMES) {
        for (const role of ROLES) expect(isRefused(command, 'Discarded', role), `${command} ${role}`).to.equal(true);
        expect(
          REFUSALS.filter((key) => key.endsWith(`· ${command} · stranger`)),
          command,
        ).to.have.length(11);
      }
    });
  });
});
