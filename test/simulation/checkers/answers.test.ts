import { expect } from 'chai';
import { openAnswers } from './answers.ts';
import type { Scene } from './support/checkerScenario.ts';
import { answerOf, cardOf, CLAIM, MINUTE, openScene } from './support/checkerScenario.ts';

type AnswersScene = Scene<ReturnType<typeof openAnswers>>;

function begun(name: 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected'): AnswersScene {
  const scene = openScene(openAnswers);
  scene[name]();
  expect(scene.wrongs).to.deep.equal([]);
  return scene;
}

describe('The judge of answers', () => {
  describe('every press is answered with a card', () => {
    it('says nothing of a card', () => {
      const scene = begun('submitted');
      scene.answers(scene.presses('arun', 'show'), { body: answerOf(cardOf(2)) });
      expect(scene.wrongs).to.deep.equal([]);
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
        const scene = begun('submitted');
        scene.answers(scene.presses('arun', 'show'), { body });
        expect(scene.wrongs).to.have.length(1);
      });
    }

    it("finds a fault of the desk's own, of a press and of a message, and none that the simulation put there", () => {
      const scene = begun('submitted');
      scene.answers(scene.presses('arun', 'show'), { fault: new TypeError('x is undefined') });
      scene.answers(scene.says('arun', 'my claims'), { fault: new TypeError('x is undefined') });
      expect(scene.wrongs).to.have.length(2);
      scene.answers(scene.presses('arun', 'show'), {
        fault: new Error('the store failed', { cause: new Error('simulated: no connection') }),
      });
      scene.answers(scene.says('arun', 'my claims'), {
        fault: Object.assign(new Error('schema 9'), { code: 'unknown-schema' }),
      });
      expect(scene.wrongs).to.have.length(2);
    });
  });

  describe('a press counts once (R58)', () => {
    it('finds two entries of one press, though it was delivered twice', () => {
      const scene = begun('submitted');
      const first = scene.presses('anna', 'comment');
      scene.happens('CommentAdded', 'anna', { commentId: 'c1' });
      expect(scene.wrongs).to.deep.equal([]);
      scene.presses('anna', 'comment', { again: first, by: 'desk2#1', version: 2 });
      scene.happens('CommentAdded', 'anna', { commentId: 'c2' });
      expect(scene.wrongs).to.have.length(1);
    });

    it('says nothing of two presses that are two', () => {
      const scene = begun('submitted');
      scene.does('anna', 'comment', 'CommentAdded', { commentId: 'c1' });
      scene.does('anna', 'comment', 'CommentAdded', { commentId: 'c2' });
      expect(scene.wrongs).to.deep.equal([]);
    });

    it("counts what was said in words: with the claim's id, or in a thread", () => {
      const scene = begun('submitted');
      scene.says('anna', `comment ${CLAIM} I say w1x`);
      scene.happens('CommentAdded', 'anna', { commentId: 'c1' });
      scene.says('arun', 'I say w2x', { channel: 'review' });
      scene.happens('CommentAdded', 'arun', { commentId: 'c2' });
      expect(scene.wrongs).to.deep.equal([]);
      scene.happens('CommentAdded', 'arun', { commentId: 'c3' });
      expect(scene.wrongs).to.have.length(1);
    });

    it('finds the same name of a press twice in a claim', () => {
      const scene = begun('submitted');
      for (const commentId of ['c1', 'c2']) {
        scene.presses('anna', 'comment');
        scene.happens('CommentAdded', 'anna', { commentId }, { press: 'abc' });
      }
      expect(scene.wrongs).to.have.length(1);
      expect(scene.wrongs[0]).to.contain('taken in version 3 already');
    });
  });

  describe('a press delivered again gets the same answer (R58)', () => {
    /** A press, its redelivery, and what each was answered with. */
    function twice(
      first: object,
      second: object,
      between: (scene: AnswersScene) => void = () => undefined,
    ): readonly string[] {
      const scene = begun('submitted');
      const press = scene.presses('arun', 'show');
      scene.answers(press, { body: first });
      between(scene);
      scene.answers(scene.presses('arun', 'show', { again: press }), { body: second });
      return scene.wrongs;
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
      expect(twice(good, other, (scene) => scene.has('arun', { staff: ['reviewer', 'lead'] }))).to.deep.equal([]);
      expect(
        twice(good, other, (scene) => {
          scene.presses('arun', 'language');
        }),
      ).to.deep.equal([]);
      expect(
        twice(good, answerOf(cardOf(3, [], 'Under review')), (scene) => {
          scene.does('rita', 'start', 'ReviewStarted');
        }),
      ).to.deep.equal([]);
    });

    it('takes another answer where the rights changed while the first was on its way, and finds it where they did not', () => {
      const other = answerOf({ type: 'AdaptiveCard', body: [] });
      const answeredOtherwise = (between: (scene: AnswersScene) => void): readonly string[] => {
        const scene = begun('submitted');
        const press = scene.presses('arun', 'show');
        between(scene);
        scene.answers(press, { body: good });
        scene.answers(scene.presses('arun', 'show', { again: press }), { body: other });
        return scene.wrongs;
      };
      expect(answeredOtherwise((scene) => scene.has('arun', { staff: [] }))).to.deep.equal([]);
      expect(answeredOtherwise((scene) => scene.has('rita', { staff: [] }))).to.have.length(1);
    });

    it('takes another text once a day has begun, and finds it a moment later', () => {
      const overdue = answerOf(cardOf(2, ['start'], 'Overdue'));
      expect(twice(good, overdue, (scene) => scene.passes(24 * 60 * MINUTE))).to.deep.equal([]);
      expect(twice(good, overdue, (scene) => scene.passes(5_000))).to.have.length(1);
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
      const scene = begun('submitted');
      const press = scene.presses('arun', 'show');
      scene.answers(press, { body: good });
      scene.answers(scene.presses('arun', 'show', { again: press }), {
        body: answerOf({ type: 'AdaptiveCard', body: [] }),
        disturbed: true,
      });
      expect(scene.wrongs).to.deep.equal([]);
    });
  });

  describe('a decision counts for what its maker saw (R57)', () => {
    /** Arun approves on the card of version 3, after something happened. */
    function approvedAfter(happen: (scene: AnswersScene) => void): readonly string[] {
      const scene = begun('underReview');
      happen(scene);
      scene.presses('arun', 'approve', { version: 3 });
      scene.happens('ClaimApproved', 'arun');
      return scene.wrongs;
    }
    const comment = (scene: AnswersScene, who: 'anna' | 'rita' | 'arun', side: string): void => {
      scene.presses(who, 'comment');
      scene.happens('CommentAdded', who, { commentId: 'c1' }, { side });
    };

    it('says nothing when nothing changed, or nothing that counts', () => {
      expect(approvedAfter(() => undefined)).to.deep.equal([]);
      expect(
        approvedAfter((scene) => {
          comment(scene, 'rita', 'review');
        }),
      ).to.deep.equal([]);
      expect(
        approvedAfter((scene) => {
          scene.happens('ClockReminded', 'desk');
        }),
      ).to.deep.equal([]);
      expect(
        approvedAfter((scene) => {
          scene.does('rita', 'follow', 'ClaimFollowed');
        }),
      ).to.deep.equal([]);
    });

    for (const [what, happen] of [
      [
        "the other side's comment",
        (scene: AnswersScene) => {
          comment(scene, 'anna', 'partner');
        },
      ],
      [
        'a file',
        (scene: AnswersScene) => {
          scene.happens('PoeAdded', 'anna');
        },
      ],
      [
        'a field',
        (scene: AnswersScene) => {
          scene.does('anna', 'edit', 'FieldsEdited');
        },
      ],
      [
        'the status',
        (scene: AnswersScene) => {
          scene.happens('DisputeWindowClosed', 'desk');
        },
      ],
    ] as const) {
      it(`finds a decision on a card from before ${what}`, () => {
        expect(approvedAfter(happen)).to.have.length(1);
      });
    }

    it('believes no version that is still to come', () => {
      const scene = begun('underReview');
      scene.presses('arun', 'approve', { version: 99 });
      scene.happens('ClaimApproved', 'arun');
      expect(scene.wrongs).to.have.length(1);
    });

    it('finds a decision that nobody pressed at that instance', () => {
      const scene = begun('underReview');
      scene.presses('arun', 'approve', { by: 'desk2#1' });
      scene.happens('ClaimApproved', 'arun');
      expect(scene.wrongs).to.have.length(1);
    });

    it('lets the customer deny on any card since the last change of the status', () => {
      const scene = begun('approved');
      scene.happens('PoeAdded', 'anna');
      scene.presses('dana', 'deny', { version: 4 });
      scene.happens('ConsentDenied', 'dana');
      expect(scene.wrongs).to.deep.equal([]);
    });
  });
});
