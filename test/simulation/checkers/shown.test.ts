import { expect } from 'chai';
import { STALE_MS } from '../world/storeClient.ts';
import { personalChat } from '../../acceptance/support/activities.ts';
import { PERSONAS } from '../world/personas.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { answerOf, cardOf, createScenario } from './support/checkerScenario.ts';
import { createShownChecker } from './shown.ts';

type ShownScenario = Scenario<ReturnType<typeof createShownChecker>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): ShownScenario {
  const scenario = createScenario(createShownChecker);
  scenario[name]();
  return scenario;
}

/** The claim's card is in Anna's chat, as the partner's. */
function atHome(scenario: ShownScenario, version: number, verbs: readonly string[]): void {
  scenario.shows({ card: cardOf(version, verbs) }, { messageId: 'home' });
  scenario.keeps({ homes: { partner: { conversationId: personalChat(PERSONAS.anna), messageId: 'home' } } });
}

describe('The checker of what is shown', () => {
  it('says nothing of a card that shows what is stored', () => {
    const scenario = begun('submitted');
    scenario.shows({ card: cardOf(2, ['start', 'comment', 'show', 'history']) });
    scenario.answers(scenario.presses('arun', 'show'), { body: answerOf(cardOf(2, ['start'])) });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('finds a version that is not stored, in a message and in an answer', () => {
    const scenario = begun('submitted');
    scenario.shows({ card: cardOf(3) });
    scenario.answers(scenario.presses('arun', 'show'), { body: answerOf(cardOf(3)) });
    expect(scenario.problems).to.have.length(2);
  });

  it('finds a claim that there is none of', () => {
    const scenario = begun('submitted');
    scenario.shows({ card: cardOf(1, ['show'], '', 'CPOR-000001') });
    expect(scenario.problems).to.have.length(1);
  });

  it('finds an answer older than what everyone knew when it was asked', () => {
    const scenario = begun('underReview');
    scenario.passes(STALE_MS);
    const press = scenario.presses('arun', 'show');
    scenario.answers(press, { body: answerOf(cardOf(2, ['show'])) });
    expect(scenario.problems).to.have.length(1);
  });

  it('takes an answer from a late reader of what was stored just before', () => {
    const scenario = begun('underReview');
    const press = scenario.presses('arun', 'show');
    scenario.answers(press, { body: answerOf(cardOf(2, ['start'])) });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('takes an answer that is older than what was stored only since', () => {
    const scenario = begun('submitted');
    const press = scenario.presses('arun', 'show');
    scenario.happens('ReviewStarted', 'rita');
    scenario.answers(press, { body: answerOf(cardOf(2, ['start'])) });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('finds a message that goes back', () => {
    const scenario = begun('underReview');
    scenario.shows({ card: cardOf(3) });
    scenario.shows({ card: cardOf(2) }, { how: 'edit' });
    expect(scenario.problems).to.have.length(1);
    scenario.shows({ card: cardOf(2) }, { messageId: 'another' });
    expect(scenario.problems, 'another message').to.have.length(1);
  });

  it('finds a button that led nowhere in that version, and goes by the stage of that version', () => {
    const scenario = begun('underReview');
    scenario.shows({ card: cardOf(2, ['start']) });
    expect(scenario.problems, 'an old card').to.deep.equal([]);
    scenario.shows({ card: cardOf(2, ['approve']) });
    scenario.shows({ card: cardOf(3, ['start']) });
    scenario.shows({ card: cardOf(3, ['frobnicate']) });
    expect(scenario.problems).to.have.length(3);
  });

  it('looks into forms and fallbacks', () => {
    const scenario = begun('submitted');
    scenario.shows({
      card: {
        type: 'AdaptiveCard',
        actions: [
          { type: 'Action.ShowCard', card: cardOf(2, ['approve']), fallback: cardOf(2, ['reject'])['actions'] },
        ],
      },
    });
    expect(scenario.problems).to.have.length(2);
  });

  it('leaves an uncheckable claim alone', () => {
    const scenario = begun('submitted');
    scenario.uncheckable();
    scenario.shows({ card: cardOf(9, ['approve']) });
    expect(scenario.problems).to.deep.equal([]);
  });

  describe('at the end', () => {
    it("says nothing of a home that shows the newest, with its side's buttons", () => {
      const scenario = begun('underReview');
      atHome(scenario, 3, ['withdraw', 'comment', 'history']);
      scenario.ends();
      expect(scenario.problems).to.deep.equal([]);
    });

    it('finds a home of a partner that offers who opened the documents (R55)', () => {
      const scenario = begun('underReview');
      atHome(scenario, 3, ['withdraw', 'readings']);
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
      expect(scenario.problems[0]).to.contain('"readings"');
    });

    it('finds a home that shows what was before', () => {
      const scenario = begun('underReview');
      atHome(scenario, 2, ['withdraw']);
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
      expect(scenario.problems[0]).to.contain('version 3 concerns it');
    });

    it('finds a home with a button of another side, or of another stage', () => {
      const scenario = begun('approved');
      atHome(scenario, 4, ['deny', 'withdraw']);
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
      expect(scenario.problems[0]).to.contain('"deny"');
    });

    it('finds a home that is nowhere', () => {
      const scenario = begun('underReview');
      scenario.keeps({ homes: { partner: { conversationId: personalChat(PERSONAS.anna), messageId: 'home' } } });
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
    });

    it('waits for what is still on its way to the home', () => {
      const scenario = begun('underReview');
      atHome(scenario, 2, []);
      scenario.keeps({ outbox: [{ audience: 'partner' }] });
      scenario.ends();
      expect(scenario.problems).to.deep.equal([]);
    });

    it('knows what Teams would not take', () => {
      const scenario = begun('underReview');
      atHome(scenario, 2, []);
      scenario.keeps({ told: [{ id: '3:partner', outcome: 'delivered' }] });
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
      scenario.keeps({ told: [{ id: '3:partner', outcome: 'dead' }] });
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
    });

    it('asks for no new card for what does not concern its side', () => {
      const scenario = begun('submitted');
      atHome(scenario, 2, ['comment']);
      scenario.happens('ClaimMuted', 'nikita');
      scenario.happens('CommentAdded', 'anna', { commentId: 'c1', text: 'I say w1x' });
      scenario.ends();
      expect(scenario.problems).to.deep.equal([]);
      scenario.happens('CommentAdded', 'arun', { commentId: 'c2', text: 'I say w2x' }, { side: 'review' });
      scenario.ends();
      expect(scenario.problems).to.have.length(1);
    });
  });
});
