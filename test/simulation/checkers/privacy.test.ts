import { expect } from 'chai';
import type { CastName } from '../world/personas.ts';
import { CAST, MPN } from '../world/personas.ts';
import { openPrivacy } from './privacy.ts';
import type { Scene } from './support/checkerScenario.ts';
import { answerOf, cardOf, CLAIM, MINUTE, openScene } from './support/checkerScenario.ts';

type PrivacyScene = Scene<ReturnType<typeof openPrivacy>>;

/** A claim with words of all kinds in it. */
function begun(name: 'created' | 'submitted' | 'underReview' | 'approved'): PrivacyScene {
  const scene = openScene(openPrivacy);
  scene[name]();
  scene.happens('PoeAdded', 'anna', { poe: { name: 'proof-3.pdf' } });
  if (name !== 'created') scene.happens('CommentAdded', 'anna', { commentId: 'c1', text: 'I say w1x' });
  return scene;
}

/** Who of some people may not read a card of the claim. */
function kept(scene: PrivacyScene, text = ''): readonly string[] {
  const people: readonly CastName[] = [
    'anna',
    'nikita',
    'tomas',
    'petra',
    'fred',
    'olga',
    'asif',
    'otto',
    'dana',
    'emil',
    'carl',
    'nora',
    'stefan',
  ];
  return people.filter((to) => {
    const before = scene.wrongs.length;
    scene.shows({ card: cardOf(1, ['show'], text) }, { to, messageId: to });
    return scene.wrongs.length > before;
  });
}

describe('The judge of privacy', () => {
  it("lets only the partner's people see a draft (R6)", () => {
    expect(kept(begun('created'))).to.deep.equal([
      'tomas',
      'petra',
      'fred',
      'olga',
      'asif',
      'otto',
      'dana',
      'emil',
      'carl',
      'nora',
      'stefan',
    ]);
  });

  it('lets reviewers and the owner see what was submitted (R6)', () => {
    expect(kept(begun('submitted'))).to.deep.equal(['tomas', 'asif', 'otto', 'dana', 'emil', 'carl', 'nora', 'stefan']);
  });

  it("lets the customer's contacts see what was approved (R3, R6)", () => {
    expect(kept(begun('approved'))).to.deep.equal(['tomas', 'asif', 'otto', 'carl', 'nora', 'stefan']);
  });

  it('lets the assessor see what was handed over (R53)', () => {
    const scene = begun('approved');
    scene.happens('ConsentPassed', 'desk');
    expect(kept(scene)).to.deep.equal(['tomas', 'otto', 'carl', 'nora', 'stefan']);
  });

  it('keeps comments and the names of files from customers (R56)', () => {
    for (const text of ['Anna: I say w1x', 'proof-3.pdf, 1 MB'])
      expect(kept(begun('approved'), text), text)
        .to.include.members(['dana', 'emil'])
        .and.not.include('nikita');
  });

  it('shows customers their own reason, and their own name', () => {
    const scene = begun('approved');
    scene.happens('ConsentDenied', 'dana', { reason: 'Because of w9x' });
    scene.shows({ text: 'Denied for Contoso 7: Because of w9x' }, { to: 'emil' });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('finds a word of a claim also where the claim is not named', () => {
    for (const text of ['I say w1x', 'Contoso 7 is a customer', 'proof-3.pdf']) {
      const scene = begun('submitted');
      scene.shows({ text }, { to: 'tomas' });
      expect(scene.wrongs, text).to.have.length(1);
    }
  });

  it('takes the name of another customer for no word of this claim', () => {
    const scene = begun('submitted');
    scene.shows({ text: 'Contoso 77 and Microsoft 365, w11x' }, { to: 'tomas' });
    expect(scene.wrongs).to.deep.equal([]);
  });

  it('goes by the contact whom the claim names now', () => {
    const scene = begun('approved');
    scene.has('dana', { staff: [] });
    scene.happens('FieldsEdited', 'anna', {
      changes: { customerContactEmail: { from: CAST.dana.email, to: 'nobody@contoso.com' } },
    });
    scene.shows({ card: cardOf(5) }, { to: 'dana' });
    expect(scene.wrongs, 'on its way').to.deep.equal([]);
    scene.passes(11 * MINUTE);
    scene.shows({ card: cardOf(5) }, { to: 'dana' });
    expect(scene.wrongs).to.have.length(1);
  });

  it('lets a message pass that was on its way while the right was withdrawn, and none that came after', () => {
    const scene = begun('submitted');
    scene.has('anna', { staff: [] });
    scene.passes(5 * MINUTE);
    scene.shows({ card: cardOf(4) }, { how: 'edit' });
    expect(scene.wrongs).to.deep.equal([]);
    scene.passes(6 * MINUTE);
    scene.shows({ card: cardOf(4) }, { how: 'edit' });
    expect(scene.wrongs).to.have.length(1);
  });

  describe('in channels', () => {
    it('lets the review channel read what was submitted, and no draft', () => {
      for (const [name, count] of [
        ['submitted', 0],
        ['created', 1],
      ] as const) {
        const scene = begun(name);
        scene.channel('review');
        scene.shows({ card: cardOf(1) }, { channel: 'review' });
        expect(scene.wrongs.length > 0 ? 1 : 0, name).to.equal(count);
      }
    });

    it("lets a partner's channel read the claims of its MPN id, and no others", () => {
      const own = begun('submitted');
      own.channel('fabrikam');
      own.shows({ card: cardOf(1) }, { channel: 'fabrikam' });
      expect(own.wrongs).to.deep.equal([]);
      const foreign = begun('submitted');
      foreign.channel('tailspin');
      foreign.shows({ card: cardOf(1) }, { channel: 'tailspin' });
      expect(foreign.wrongs, 'Tomas may not, Petra is a reviewer').to.have.length(1);
    });

    it('finds what is brought to a channel that is a home no more', () => {
      const scene = begun('submitted');
      scene.channel('review');
      scene.channel('tailspin', 'review');
      scene.shows({ card: cardOf(1) }, { channel: 'review' });
      expect(scene.wrongs, 'on its way').to.deep.equal([]);
      scene.passes(11 * MINUTE);
      scene.shows({ card: cardOf(1) }, { channel: 'review' });
      expect(scene.wrongs).to.not.be.empty;
    });

    it("knows the channel of an MPN id by the claim's own", () => {
      const scene = openScene(openPrivacy);
      scene.created({ mpnId: MPN.fabrikamSecond });
      scene.channel('tailspin', `mpn:${MPN.fabrikamSecond}`);
      scene.shows({ card: cardOf(1) }, { channel: 'tailspin' });
      expect(scene.wrongs).to.deep.equal([]);
    });
  });

  describe('in answers', () => {
    it('finds a claim in the answer to who may not see it', () => {
      const scene = begun('submitted');
      scene.answers(scene.presses('tomas', 'show'), { body: answerOf(cardOf(3)) });
      expect(scene.wrongs).to.not.be.empty;
    });

    it('takes an answer that only repeats the id that was pressed for none', () => {
      const scene = begun('submitted');
      const text = `I know no claim ${CLAIM} that you may see. Check the id, or write “claims” for your list.`;
      const say = (shown: string): object =>
        answerOf({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: shown }] });
      scene.answers(scene.presses('tomas', 'show'), { body: say(text) });
      expect(scene.wrongs).to.deep.equal([]);
      scene.answers(scene.presses('tomas', 'show'), { body: say(`${text} It is Contoso 7's.`) });
      expect(scene.wrongs, 'it says more').to.have.length(1);
      scene.answers(scene.presses('tomas', 'show'), { body: say(`Claim ${CLAIM} was approved.`) });
      expect(scene.wrongs, 'it says something else').to.have.length(2);
    });

    it('finds an id that nobody there has named', () => {
      const scene = begun('submitted');
      const text = `I know no claim ${CLAIM} that you may see. Check the id.`;
      scene.shows({ text }, { to: 'tomas' });
      expect(scene.wrongs).to.have.length(1);
      scene.says('stefan', 'what about cpor 7f3k9q?');
      scene.shows({ text }, { to: 'stefan' });
      expect(scene.wrongs).to.have.length(1);
    });

    it('lets everybody read again what they typed themselves', () => {
      const scene = begun('submitted');
      scene.says('tomas', 'I say w1x');
      scene.shows({ text: 'Is this a comment: I say w1x?' }, { to: 'tomas' });
      expect(scene.wrongs).to.deep.equal([]);
    });
  });

  it('lets what is left of a card that moved name the claim to those who had it, and say nothing of it', () => {
    const scene = begun('submitted');
    scene.shows({ card: cardOf(3) });
    scene.has('anna', { staff: [] });
    scene.passes(11 * MINUTE);
    const left = (text: string): object => ({
      type: 'AdaptiveCard',
      fallbackText: 'Claims desk',
      body: [{ type: 'TextBlock', text }],
    });
    scene.shows({ card: { ...left(`Claim ${CLAIM} is no longer shown here.`) } }, { how: 'edit' });
    expect(scene.wrongs).to.deep.equal([]);
    scene.shows({ card: { ...left(`Claim ${CLAIM} of Contoso 7 is no longer shown here.`) } }, { how: 'edit' });
    expect(scene.wrongs).to.have.length(2);
  });
});
