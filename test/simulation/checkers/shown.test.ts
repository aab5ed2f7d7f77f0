import { expect } from 'chai';
import { STALE_MS } from '../world/storeClient.ts';
import { personalChat } from '../../acceptance/activities.ts';
import { CAST } from '../world/personas.ts';
import type { Scene } from './support/checkerScenario.ts';
import { answerOf, cardOf, openScene } from './support/checkerScenario.ts';
import { openShown } from './shown.ts';

type ShownScene = Scene<ReturnType<typeof openShown>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): ShownScene {
  const scene = openScene(openShown);
  scene[name]();
  return scene;
}

/** The claim's card lies in Anna's chat, as the partner's. */
function atHome(scene: ShownScene, version: number, verbs: readonly string[]): void {
  scene.shows({ card: cardOf(version, verbs) }, { messageId: 'home' });
  scene.keeps({ homes: { partner: { conversationId: personalChat(CAST.anna), messageId: 'home' } } });
}

describe('The judge of what is shown', () => {
  it('says nothing of a card that shows what is stored', () => {
    const scene = begun('submitted');
    scene.shows({ card: cardOf(2, ['start', 'comment', 'show', 'history']) });
    scene.answers(scene.presses('arun', 'show'), { body: answerOf(cardOf(2, ['start'])) });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('finds a version that is not stored, in a message and in an answer', () => {
    const scene = begun('submitted');
    scene.shows({ card: cardOf(3) });
    scene.answers(scene.presses('arun', 'show'), { body: answerOf(cardOf(3)) });
    expect(scene.wrongs).to.have.length(2);
  });

  it('finds a claim that there is none of', () => {
    const scene = begun('submitted');
    scene.shows({ card: cardOf(1, ['show'], '', 'CPOR-000001') });
    expect(scene.wrongs).to.have.length(1);
  });

  it('finds an answer older than what everybody knew when it was asked', () => {
    const scene = begun('underReview');
    scene.passes(STALE_MS);
    const press = scene.presses('arun', 'show');
    scene.answers(press, { body: answerOf(cardOf(2, ['show'])) });
    expect(scene.wrongs).to.have.length(1);
  });

  it('takes an answer from a late reader of what was stored just before', () => {
    const scene = begun('underReview');
    const press = scene.presses('arun', 'show');
    scene.answers(press, { body: answerOf(cardOf(2, ['start'])) });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('takes an answer that is older than what was stored only since', () => {
    const scene = begun('submitted');
    const press = scene.presses('arun', 'show');
    scene.happens('ReviewStarted', 'rita');
    scene.answers(press, { body: answerOf(cardOf(2, ['start'])) });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('finds a message that goes back', () => {
    const scene = begun('underReview');
    scene.shows({ card: cardOf(3) });
    scene.shows({ card: cardOf(2) }, { how: 'edit' });
    expect(scene.wrongs).to.have.length(1);
    scene.shows({ card: cardOf(2) }, { messageId: 'another' });
    expect(scene.wrongs, 'another message').to.have.length(1);
  });

  it('finds a button that led nowhere in that version, and goes by the stage of that version', () => {
    const scene = begun('underReview');
    scene.shows({ card: cardOf(2, ['start']) });
    expect(scene.wrongs, 'an old card').to.deep.equal([]);
    scene.shows({ card: cardOf(2, ['approve']) });
    scene.shows({ card: cardOf(3, ['start']) });
    scene.shows({ card: cardOf(3, ['frobnicate']) });
    expect(scene.wrongs).to.have.length(3);
  });

  it('looks into forms and fallbacks', () => {
    const scene = begun('submitted');
    scene.shows({
      card: {
        type: 'AdaptiveCard',
        actions: [
          { type: 'Action.ShowCard', card: cardOf(2, ['approve']), fallback: cardOf(2, ['reject'])['actions'] },
        ],
      },
    });
    expect(scene.wrongs).to.have.length(2);
  });

  it('leaves a claim alone that is odd', () => {
    const scene = begun('submitted');
    scene.odd();
    scene.shows({ card: cardOf(9, ['approve']) });
    expect(scene.wrongs).to.deep.equal([]);
  });

  describe('at the end', () => {
    it("says nothing of a home that shows the newest, with its side's buttons", () => {
      const scene = begun('underReview');
      atHome(scene, 3, ['withdraw', 'comment', 'history']);
      scene.ends();
      expect(scene.wrongs).to.deep.equal([]);
    });

    it('finds a home that shows what was before', () => {
      const scene = begun('underReview');
      atHome(scene, 2, ['withdraw']);
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
      expect(scene.wrongs[0]).to.contain('version 3 concerns it');
    });

    it('finds a home with a button of another side, or of another stage', () => {
      const scene = begun('approved');
      atHome(scene, 4, ['deny', 'withdraw']);
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
      expect(scene.wrongs[0]).to.contain('"deny"');
    });

    it('finds a home that is nowhere', () => {
      const scene = begun('underReview');
      scene.keeps({ homes: { partner: { conversationId: personalChat(CAST.anna), messageId: 'home' } } });
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
    });

    it('waits for what is still on its way to the home', () => {
      const scene = begun('underReview');
      atHome(scene, 2, []);
      scene.keeps({ outbox: [{ audience: 'partner' }] });
      scene.ends();
      expect(scene.wrongs).to.deep.equal([]);
    });

    it('knows what Teams would not take', () => {
      const scene = begun('underReview');
      atHome(scene, 2, []);
      scene.keeps({ told: [{ id: '3:partner', outcome: 'delivered' }] });
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
      scene.keeps({ told: [{ id: '3:partner', outcome: 'dead' }] });
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
    });

    it('asks for no new card for what does not concern its side', () => {
      const scene = begun('submitted');
      atHome(scene, 2, ['comment']);
      scene.happens('ClaimMuted', 'nikita');
      scene.happens('CommentAdded', 'anna', { commentId: 'c1', text: 'I say w1x' });
      scene.ends();
      expect(scene.wrongs).to.deep.equal([]);
      scene.happens('CommentAdded', 'arun', { commentId: 'c2', text: 'I say w2x' }, { side: 'review' });
      scene.ends();
      expect(scene.wrongs).to.have.length(1);
    });
  });
});
