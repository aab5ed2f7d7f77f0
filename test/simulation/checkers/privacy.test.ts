import { expect } from 'chai';
import type { PersonaName } from '../world/personas.ts';
import { PERSONAS, MPN, organisationId } from '../world/personas.ts';
import { createPrivacyChecker } from './privacy.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { answerOf, cardOf, CLAIM, MINUTE, createScenario } from './support/checkerScenario.ts';

type PrivacyScenario = Scenario<ReturnType<typeof createPrivacyChecker>>;

/** A claim with words of all kinds in it. */
function begun(name: 'created' | 'submitted' | 'underReview' | 'approved'): PrivacyScenario {
  const scenario = createScenario(createPrivacyChecker);
  scenario[name]();
  scenario.happens('PoeAdded', 'anna', { poe: { name: 'proof-3.pdf' } });
  if (name !== 'created') scenario.happens('CommentAdded', 'anna', { commentId: 'c1', text: 'I say w1x' });
  return scenario;
}

/** Who of some people may not read a card of the claim. */
function kept(scenario: PrivacyScenario, text = ''): readonly string[] {
  const people: readonly PersonaName[] = [
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
    const before = scenario.problems.length;
    scenario.shows({ card: cardOf(1, ['show'], text) }, { to, messageId: to });
    return scenario.problems.length > before;
  });
}

describe('The checker of privacy', () => {
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
    const scenario = begun('approved');
    scenario.happens('ConsentPassed', 'desk');
    expect(kept(scenario)).to.deep.equal(['tomas', 'otto', 'carl', 'nora', 'stefan']);
  });

  it('keeps comments and the names of files from customers (R56)', () => {
    for (const text of ['Anna: I say w1x', 'proof-3.pdf, 1 MB'])
      expect(kept(begun('approved'), text), text)
        .to.include.members(['dana', 'emil'])
        .and.not.include('nikita');
  });

  it('shows customers their own reason, and their own name', () => {
    const scenario = begun('approved');
    scenario.happens('ConsentDenied', 'dana', { reason: 'Because of w9x' });
    scenario.shows({ text: 'Denied for Contoso 7: Because of w9x' }, { to: 'emil' });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('finds a word of a claim also where the claim is not named', () => {
    for (const text of ['I say w1x', 'Contoso 7 is a customer', 'proof-3.pdf']) {
      const scenario = begun('submitted');
      scenario.shows({ text }, { to: 'tomas' });
      expect(scenario.problems, text).to.have.length(1);
    }
  });

  it('takes the name of another customer for no word of this claim', () => {
    const scenario = begun('submitted');
    scenario.shows({ text: 'Contoso 77 and Microsoft 365, w11x' }, { to: 'tomas' });
    expect(scenario.problems).to.deep.equal([]);
  });

  it('goes by the contact whom the claim names now', () => {
    const scenario = begun('approved');
    scenario.has('dana', { staff: [] });
    scenario.happens('FieldsEdited', 'anna', {
      changes: { customerContactEmail: { from: PERSONAS.dana.email, to: 'nobody@contoso.com' } },
    });
    scenario.shows({ card: cardOf(5) }, { to: 'dana' });
    expect(scenario.problems, 'on its way').to.deep.equal([]);
    scenario.passes(11 * MINUTE);
    scenario.shows({ card: cardOf(5) }, { to: 'dana' });
    expect(scenario.problems).to.have.length(1);
  });

  it('lets a message pass that was on its way while the right was withdrawn, and none that came after', () => {
    const scenario = begun('submitted');
    scenario.has('anna', { staff: [] });
    scenario.passes(5 * MINUTE);
    scenario.shows({ card: cardOf(4) }, { how: 'edit' });
    expect(scenario.problems).to.deep.equal([]);
    scenario.passes(6 * MINUTE);
    scenario.shows({ card: cardOf(4) }, { how: 'edit' });
    expect(scenario.problems).to.have.length(1);
  });

  describe('in channels', () => {
    it('lets the review channel read what was submitted, and no draft', () => {
      for (const [name, count] of [
        ['submitted', 0],
        ['created', 1],
      ] as const) {
        const scenario = begun(name);
        scenario.channel('review');
        scenario.shows({ card: cardOf(1) }, { channel: 'review' });
        expect(scenario.problems.length > 0 ? 1 : 0, name).to.equal(count);
      }
    });

    it("lets a partner's channel read the claims of its MPN id, and no others", () => {
      const own = begun('submitted');
      own.channel('fabrikam');
      own.shows({ card: cardOf(1) }, { channel: 'fabrikam' });
      expect(own.problems).to.deep.equal([]);
      const foreign = begun('submitted');
      foreign.channel('tailspin');
      foreign.shows({ card: cardOf(1) }, { channel: 'tailspin' });
      expect(foreign.problems, 'Tomas may not, Petra is a reviewer').to.have.length(1);
    });

    it('finds what is brought to a channel that is a home no more', () => {
      const scenario = begun('submitted');
      scenario.channel('review');
      scenario.channel('tailspin', 'review');
      scenario.shows({ card: cardOf(1) }, { channel: 'review' });
      expect(scenario.problems, 'on its way').to.deep.equal([]);
      scenario.passes(11 * MINUTE);
      scenario.shows({ card: cardOf(1) }, { channel: 'review' });
      expect(scenario.problems).to.not.be.empty;
    });

    it('finds a claim of the new holder of an MPN id in the channel of the former one', () => {
      const moved = (isSetAnew: boolean): readonly string[] => {
        const scenario = createScenario(createPrivacyChecker);
        scenario.created({ mpnId: MPN.moving });
        scenario.writes('organisation', organisationId('tailspin'), { mpnIds: [MPN.moving] });
        scenario.channel('tailspin', `mpn:${MPN.moving}`);
        scenario.writes('organisation', organisationId('fabrikam'), { mpnIds: [MPN.moving] });
        if (isSetAnew) scenario.channel('tailspin', `mpn:${MPN.moving}`);
        scenario.shows({ card: cardOf(1) }, { channel: 'tailspin' });
        return scenario.problems;
      };
      expect(moved(false)).to.not.be.empty;
      expect(moved(true), 'set for the new holder').to.deep.equal([]);
    });

    it("knows the channel of an MPN id by the claim's own", () => {
      const scenario = createScenario(createPrivacyChecker);
      scenario.created({ mpnId: MPN.fabrikamSecond });
      scenario.channel('tailspin', `mpn:${MPN.fabrikamSecond}`);
      scenario.shows({ card: cardOf(1) }, { channel: 'tailspin' });
      expect(scenario.problems).to.deep.equal([]);
    });
  });

  describe('in answers', () => {
    it('finds a claim in the answer to who may not see it', () => {
      const scenario = begun('submitted');
      scenario.answers(scenario.presses('tomas', 'show'), { body: answerOf(cardOf(3)) });
      expect(scenario.problems).to.not.be.empty;
    });

    it('takes an answer that only repeats the id that was pressed for none', () => {
      const scenario = begun('submitted');
      const text = `I cannot find a claim ${CLAIM} that you have access to. Check the number, or write “claims” to see your list.`;
      const say = (shown: string): object =>
        answerOf({ type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: shown }] });
      scenario.answers(scenario.presses('tomas', 'show'), { body: say(text) });
      expect(scenario.problems).to.deep.equal([]);
      scenario.answers(scenario.presses('tomas', 'show'), { body: say(`${text} It is Contoso 7's.`) });
      expect(scenario.problems, 'it says more').to.have.length(1);
      scenario.answers(scenario.presses('tomas', 'show'), { body: say(`Claim ${CLAIM} was approved.`) });
      expect(scenario.problems, 'it says something else').to.have.length(2);
    });

    it('finds an id that no one there has named', () => {
      const scenario = begun('submitted');
      const text = `I cannot find a claim ${CLAIM} that you have access to. Check the number.`;
      scenario.shows({ text }, { to: 'tomas' });
      expect(scenario.problems).to.have.length(1);
      scenario.says('stefan', 'what about cpor 7f3k9q?');
      scenario.shows({ text }, { to: 'stefan' });
      expect(scenario.problems).to.have.length(1);
    });

    it('lets everyone read again what they typed themselves', () => {
      const scenario = begun('submitted');
      scenario.says('tomas', 'I say w1x');
      scenario.shows({ text: 'Is this a comment: I say w1x?' }, { to: 'tomas' });
      expect(scenario.problems).to.deep.equal([]);
    });
  });

  it('judges a claim whose row was put back also by the row, and no other claim', () => {
    const scenario = begun('underReview');
    scenario.putBack('ClaimApproved');
    expect(kept(scenario)).to.include('dana');
    scenario.uncheckable();
    expect(kept(scenario)).not.to.include('dana');
    expect(kept(scenario)).to.include('tomas');
  });

  it('lets what is left of a card that moved name the claim to those who had it, and say nothing of it', () => {
    const scenario = begun('submitted');
    scenario.shows({ card: cardOf(3) });
    scenario.has('anna', { staff: [] });
    scenario.passes(11 * MINUTE);
    const left = (text: string): object => ({
      type: 'AdaptiveCard',
      fallbackText: 'Claims desk',
      body: [{ type: 'TextBlock', text }],
    });
    scenario.shows({ card: { ...left(`Claim ${CLAIM} is no longer shown here.`) } }, { how: 'edit' });
    expect(scenario.problems).to.deep.equal([]);
    scenario.shows({ card: { ...left(`Claim ${CLAIM} of Contoso 7 is no longer shown here.`) } }, { how: 'edit' });
    expect(scenario.problems).to.have.length(2);
  });
});
