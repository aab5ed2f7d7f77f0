import { expect } from 'chai';
import { createAnswersChecker } from './answers.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { answerOf, cardOf, CLAIM, MINUTE, createScenario } from './support/checkerScenario.ts';

type AnswersScenario = Scenario<ReturnType<typeof createAnswersChecker>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): AnswersScenario {
  const scenario = createScenario(createAnswersChecker);
  scenario[name]();
  expect(scenario.problems).to.deep.equal([]);
  return scenario;
}

describe('The checker of answers', () => {
  describe('every press is answered with a card', () => {
    it('says nothing of a card', () => {
      const scenario = begun('submitted');
      scenario.answers(scenario.presses('arun', 'show'), { body: answerOf(cardOf(2)) });
      expect(scenario.problems).to.deep.equal([]);
    });

    for (const [what, body] of [
      ['nothing', undefined],
      [
        'an error',
        {
          statusCode: 500,
          type: 'application/vnd.microsoft.error',
          value: { code: 'InternalServerError', message: 'no' },
        },
      ],
      ['another status', { ...answerOf(cardOf(2)), statusCode: 202 }],
      ['a text', { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: 'no' }],
      ['a card of no type', { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: {} }],
    ] as const) {
      it(`finds ${what} in the place of a card`, () => {
        const scenario = begun('submitted');
        scenario.answers(scenario.presses('arun', 'show'), { body });
        expect(scenario.problems).to.have.length(1);
      });
    }

    it("finds a fault of the desk's own, of a press and of a message, and none that the simulation put there", () => {
      const scenario = begun('submitted');
      scenario.answers(scenario.presses('arun', 'show'), { fault: new TypeError('x is undefined') });
      scenario.answers(scenario.says('arun', 'my claims'), { fault: new TypeError('x is undefined') });
      expect(scenario.problems).to.have.length(2);
      scenario.answers(scenario.presses('arun', 'show'), {
        fault: new Error('the store failed', { cause: new Error('simulated: no connection') }),
      });
      scenario.answers(scenario.says('arun', 'my claims'), {
        fault: Object.assign(new Error('schema 9'), { code: 'document.unknownSchema' }),
      });
      expect(scenario.problems).to.have.length(2);
    });
  });

  describe('a press counts once (R58)', () => {
    it('finds two entries of one press, though it was delivered twice', () => {
      const scenario = begun('submitted');
      const first = scenario.presses('anna', 'comment');
      scenario.happens('CommentAdded', 'anna', { commentId: 'c1' });
      expect(scenario.problems).to.deep.equal([]);
      scenario.presses('anna', 'comment', { again: first, by: 'desk2#1', version: 2 });
      scenario.happens('CommentAdded', 'anna', { commentId: 'c2' });
      expect(scenario.problems).to.have.length(1);
    });

    it('says nothing of two presses that are two', () => {
      const scenario = begun('submitted');
      scenario.does('anna', 'comment', 'CommentAdded', { commentId: 'c1' });
      scenario.does('anna', 'comment', 'CommentAdded', { commentId: 'c2' });
      expect(scenario.problems).to.deep.equal([]);
    });

    it("counts what was said in words: with the claim's id, or in a thread", () => {
      const scenario = begun('submitted');
      scenario.says('anna', `comment ${CLAIM} I say w1x`);
      scenario.happens('CommentAdded', 'anna', { commentId: 'c1' });
      scenario.says('arun', 'I say w2x', { channel: 'review' });
      scenario.happens('CommentAdded', 'arun', { commentId: 'c2' });
      expect(scenario.problems).to.deep.equal([]);
      scenario.happens('CommentAdded', 'arun', { commentId: 'c3' });
      expect(scenario.problems).to.have.length(1);
    });

    it('tells a late denial in words from a pressed denial of a later period (R51, R60)', () => {
      const denials = (first: 'says' | 'presses'): readonly string[] => {
        const scenario = begun('approved');
        if (first === 'says') scenario.says('dana', `deny ${CLAIM}`);
        else scenario.presses('dana', 'deny');
        scenario.happens('LateDenialRecorded', 'dana', { reason: '' }, { side: 'customer' });
        if (first === 'says') scenario.presses('dana', 'deny');
        scenario.happens('ConsentDenied', 'dana', { reason: '' }, { side: 'customer' });
        return scenario.problems.filter((problem) => problem.includes('times "deny"'));
      };
      expect(denials('says')).to.deep.equal([]);
      expect(denials('presses'), 'one press for both').to.have.length(1);
    });

    it('finds the same name of a press twice in a claim', () => {
      const scenario = begun('submitted');
      for (const commentId of ['c1', 'c2']) {
        scenario.presses('anna', 'comment');
        scenario.happens('CommentAdded', 'anna', { commentId }, { press: 'abc' });
      }
      expect(scenario.problems).to.have.length(1);
      expect(scenario.problems[0]).to.contain('taken in version 3 already');
    });
  });

  describe('a press delivered again gets the same answer (R58)', () => {
    /** A press, its redelivery, and what each was answered with. */
    function twice(
      first: object,
      second: object,
      between: (scenario: AnswersScenario) => void = () => undefined,
    ): readonly string[] {
      const scenario = begun('submitted');
      const press = scenario.presses('arun', 'show');
      scenario.answers(press, { body: first });
      between(scenario);
      scenario.answers(scenario.presses('arun', 'show', { again: press }), { body: second });
      return scenario.problems;
    }
    const good = answerOf(cardOf(2, ['start'], 'Submitted'));

    it('says nothing of the same', () => {
      expect(twice(good, good)).to.deep.equal([]);
    });

    it('finds another text, and no card of the claim', () => {
      expect(twice(good, answerOf(cardOf(2, ['start'], 'Approved')))).to.have.length(1);
      expect(twice(good, answerOf({ type: 'AdaptiveCard', body: [] }))).to.have.length(1);
    });

    it('takes another text after the claim, the rights or the language changed', () => {
      const other = answerOf(cardOf(2, ['start'], 'Отправлено'));
      expect(twice(good, other, (scenario) => scenario.has('arun', { staff: ['reviewer', 'lead'] }))).to.deep.equal([]);
      expect(
        twice(good, other, (scenario) => {
          scenario.presses('arun', 'language');
        }),
      ).to.deep.equal([]);
      expect(
        twice(good, answerOf(cardOf(3, [], 'Under review')), (scenario) => {
          scenario.does('rita', 'start', 'ReviewStarted');
        }),
      ).to.deep.equal([]);
    });

    it('takes another answer where the rights changed while the first was on its way, and finds it where they did not', () => {
      const other = answerOf({ type: 'AdaptiveCard', body: [] });
      const answeredOtherwise = (between: (scenario: AnswersScenario) => void): readonly string[] => {
        const scenario = begun('submitted');
        const press = scenario.presses('arun', 'show');
        between(scenario);
        scenario.answers(press, { body: good });
        scenario.answers(scenario.presses('arun', 'show', { again: press }), { body: other });
        return scenario.problems;
      };
      expect(answeredOtherwise((scenario) => scenario.has('arun', { staff: [] }))).to.deep.equal([]);
      expect(answeredOtherwise((scenario) => scenario.has('rita', { staff: [] }))).to.have.length(1);
    });

    it('takes another answer where the rights changed a moment before the first, which a replica may not know', () => {
      const other = answerOf({ type: 'AdaptiveCard', body: [] });
      const answeredOtherwise = (since: number): readonly string[] => {
        const scenario = begun('submitted');
        scenario.has('arun', { staff: ['reviewer', 'lead'] });
        scenario.passes(since);
        const press = scenario.presses('arun', 'show');
        scenario.answers(press, { body: good });
        scenario.answers(scenario.presses('arun', 'show', { again: press }), { body: other });
        return scenario.problems;
      };
      expect(answeredOtherwise(3_000)).to.deep.equal([]);
      expect(answeredOtherwise(6_000)).to.have.length(1);
    });

    it('takes another text once a file has waited for its scan for an hour, and no other time, nor after the scan', () => {
      const told = (waited: number, ...more: readonly string[]): number => {
        const scenario = begun('submitted');
        scenario.happens('PoeAdded', 'anna', { poe: { id: 'p1', sha256: '1', scan: 'waiting' } });
        for (const type of more) scenario.happens(type, 'desk', { poeId: 'p1', verdict: 'clean' });
        scenario.passes(waited - 3_000);
        const press = scenario.presses('arun', 'show');
        const version = scenario.version();
        scenario.answers(press, { body: answerOf(cardOf(version, ['start'], 'waits')) });
        scenario.passes(6_000);
        scenario.answers(scenario.presses('arun', 'show', { again: press }), {
          body: answerOf(cardOf(version, ['start'], 'late')),
        });
        return scenario.problems.length;
      };
      expect(told(60 * MINUTE)).to.equal(0);
      expect(told(50 * MINUTE)).to.equal(1);
      expect(told(70 * MINUTE)).to.equal(1);
      expect(told(60 * MINUTE, 'PoeScanned')).to.equal(1);
    });

    it('takes another text once a day has begun, and finds it a moment later', () => {
      const overdue = answerOf(cardOf(2, ['start'], 'Overdue'));
      expect(twice(good, overdue, (scenario) => scenario.passes(24 * 60 * MINUTE))).to.deep.equal([]);
      expect(twice(good, overdue, (scenario) => scenario.passes(5_000))).to.have.length(1);
    });

    it('compares no choices of people, and no links', () => {
      const offering = (name: string): object =>
        answerOf({
          ...cardOf(2),
          body: [
            { type: 'Input.ChoiceSet', id: 'to', choices: [{ title: name, value: name }] },
            { type: 'Action.OpenUrl', url: name },
          ],
        });
      expect(twice(offering('Rita'), offering('Lena'))).to.deep.equal([]);
    });

    it('expects nothing while the instance had a fault', () => {
      const scenario = begun('submitted');
      const press = scenario.presses('arun', 'show');
      scenario.answers(press, { body: good });
      scenario.answers(scenario.presses('arun', 'show', { again: press }), {
        body: answerOf({ type: 'AdaptiveCard', body: [] }),
        disturbed: true,
      });
      expect(scenario.problems).to.deep.equal([]);
    });
  });

  describe('a decision counts for what its maker saw (R57)', () => {
    /** Arun approves on the card of version 3, after something happened. */
    function approvedAfter(happen: (scenario: AnswersScenario) => void): readonly string[] {
      const scenario = begun('underReview');
      happen(scenario);
      scenario.presses('arun', 'approve', { version: 3 });
      scenario.happens('ClaimApproved', 'arun');
      return scenario.problems;
    }
    const comment = (scenario: AnswersScenario, who: 'anna' | 'rita' | 'arun', side: string): void => {
      scenario.presses(who, 'comment');
      scenario.happens('CommentAdded', who, { commentId: 'c1' }, { side });
    };

    it('says nothing when nothing changed, or nothing that counts', () => {
      expect(approvedAfter(() => undefined)).to.deep.equal([]);
      expect(
        approvedAfter((scenario) => {
          comment(scenario, 'rita', 'review');
        }),
      ).to.deep.equal([]);
      expect(
        approvedAfter((scenario) => {
          scenario.happens('ClockReminded', 'desk');
        }),
      ).to.deep.equal([]);
      expect(
        approvedAfter((scenario) => {
          scenario.does('rita', 'follow', 'ClaimFollowed');
        }),
      ).to.deep.equal([]);
    });

    for (const [what, happen] of [
      [
        "the other side's comment",
        (scenario: AnswersScenario) => {
          comment(scenario, 'anna', 'partner');
        },
      ],
      [
        'a file',
        (scenario: AnswersScenario) => {
          scenario.happens('PoeAdded', 'anna');
        },
      ],
      [
        'a field',
        (scenario: AnswersScenario) => {
          scenario.does('anna', 'edit', 'FieldsEdited');
        },
      ],
      [
        'the status',
        (scenario: AnswersScenario) => {
          scenario.happens('DisputeWindowClosed', 'desk');
        },
      ],
    ] as const) {
      it(`finds a decision on a card from before ${what}`, () => {
        expect(approvedAfter(happen)).to.have.length(1);
      });
    }

    it('believes no version that is still to come', () => {
      const scenario = begun('underReview');
      scenario.presses('arun', 'approve', { version: 99 });
      scenario.happens('ClaimApproved', 'arun');
      expect(scenario.problems).to.have.length(1);
    });

    it('finds a decision that no one pressed at that instance', () => {
      const scenario = begun('underReview');
      scenario.presses('arun', 'approve', { by: 'desk2#1' });
      scenario.happens('ClaimApproved', 'arun');
      expect(scenario.problems).to.have.length(1);
    });

    it('lets the customer deny on any card since the last change of the status', () => {
      const scenario = begun('approved');
      scenario.happens('PoeAdded', 'anna');
      scenario.presses('dana', 'deny', { version: 4 });
      scenario.happens('ConsentDenied', 'dana');
      expect(scenario.problems).to.deep.equal([]);
    });
  });
});
