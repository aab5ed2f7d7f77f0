import { expect } from 'chai';
import type { CastName } from '../world/personas.ts';
import type { Json } from './observations.ts';
import { openHeeded } from './timelyReaction.ts';
import type { Scene } from './support/checkerScenario.ts';
import { CLAIM, MINUTE, openScene } from './support/checkerScenario.ts';

type HeededScene = Scene<ReturnType<typeof openHeeded>>;
type Begun = 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected';

const THREAD = {
  conversationId: '19:reviews@thread.tacv2;messageid=1',
  place: '19:reviews@thread.tacv2',
  messageId: '1',
};

/** A claim so far on its way, which everybody knows of by now. */
function begun(name: Begun, more: (scene: HeededScene) => void = () => undefined): HeededScene {
  const scene = openScene(openHeeded);
  scene[name]();
  more(scene);
  scene.passes(MINUTE);
  return scene;
}

/** The form filled in, and so many files. */
function completed(scene: HeededScene, files = 1): void {
  const missing = {
    customerDomain: 'contoso.com',
    customerContactName: 'Dana',
    customerContactTitle: 'CIO',
    partnerContactName: 'Anna',
    partnerContactEmail: 'a@b.c',
    area: 'microsoft365',
    activity: 'usage',
    products: ['teams'],
  };
  scene.happens('FieldsEdited', 'anna', {
    changes: Object.fromEntries(Object.entries(missing).map(([name, to]) => [name, { from: '', to }])),
  });
  for (let file = 1; file <= files; file += 1)
    scene.happens('PoeAdded', 'anna', { poe: { id: `p${file}`, sha256: `${file}` } });
}

const asked = (scene: HeededScene): void => {
  scene.happens('InformationRequested', 'arun');
};
const disputed = (scene: HeededScene): void => {
  scene.happens('DisputeOpened', 'anna');
};
const passed = (scene: HeededScene): void => {
  scene.happens('ConsentPassed', 'desk');
};
const threaded = (scene: HeededScene): void => {
  scene.keeps({ homes: { review: THREAD } });
};

describe('The judge of what is heeded', () => {
  const ALLOWED: readonly (readonly [string, string, Json, () => HeededScene, CastName, string])[] = [
    ['start (R16)', 'start', {}, () => begun('submitted'), 'arun', 'ReviewStarted'],
    ['approve (R20)', 'approve', {}, () => begun('underReview'), 'arun', 'ClaimApproved'],
    [
      "a lead's reject (R21)",
      'reject',
      { 'reject.reason': 'poeUnavailable', 'reject.comment': 'no' },
      () => begun('underReview'),
      'lena',
      'ClaimRejected',
    ],
    [
      'request (R18)',
      'request',
      { 'request.reasons': 'missingProducts', 'request.comment': 'which?' },
      () => begun('underReview'),
      'arun',
      'InformationRequested',
    ],
    [
      'withdraw (R22)',
      'withdraw',
      { 'withdraw.reason': 'incorrectMpn' },
      () => begun('underReview'),
      'boris',
      'RejectionRequested',
    ],
    ['deny in time (R24)', 'deny', {}, () => begun('approved'), 'dana', 'ConsentDenied'],
    ['deny too late (R51)', 'deny', {}, () => begun('approved', passed), 'dana', 'LateDenialRecorded'],
    [
      'dispute (R26)',
      'dispute',
      { 'dispute.justification': 'it is ours' },
      () => begun('rejected'),
      'anna',
      'DisputeOpened',
    ],
    ['uphold (R27)', 'uphold', { 'uphold.comment': 'no' }, () => begun('rejected', disputed), 'rita', 'DisputeUpheld'],
    [
      'overturn (R28)',
      'overturn',
      { 'overturn.comment': 'yes' },
      () => begun('rejected', disputed),
      'lena',
      'DisputeOverturned',
    ],
    ['comment (R33)', 'comment', { 'comment.comment': 'w1x' }, () => begun('approved'), 'anna', 'CommentAdded'],
    [
      'assess (R53)',
      'assess',
      { 'assess.eligible': 'no', 'assess.programme': 'OSU' },
      () => begun('approved', passed),
      'asif',
      'AssessmentReported',
    ],
  ];
  for (const [what, verb, inputs, open, who, type] of ALLOWED) {
    it(`finds that ${what} was answered and nothing came of it, and says nothing where it did`, () => {
      const dropped = open();
      dropped.answers(dropped.presses(who, verb, { inputs }));
      expect(dropped.wrongs).to.have.length(1);
      expect(dropped.wrongs[0]).to.contain(`no ${type} came of it`);
      const heeded = open();
      const press = heeded.presses(who, verb, { inputs });
      heeded.happens(type, who, { text: 'w1x' });
      heeded.answers(press);
      expect(heeded.wrongs).to.deep.equal([]);
    });
  }

  it('finds a complete draft that is not submitted (R15), and says nothing of one without a file', () => {
    for (const files of [1, 0]) {
      const scene = begun('created', (one) => {
        completed(one, files);
      });
      scene.answers(scene.presses('anna', 'submit'));
      expect(scene.wrongs).to.have.length(files);
    }
  });

  it('finds a resubmission that is dropped only once something was added (R19)', () => {
    const nothing = begun('submitted', (scene) => {
      completed(scene);
      asked(scene);
    });
    nothing.answers(nothing.presses('anna', 'resubmit'));
    expect(nothing.wrongs).to.deep.equal([]);
    const something = begun('submitted', (scene) => {
      completed(scene);
      asked(scene);
      scene.happens('CommentAdded', 'anna', { commentId: 'c1' });
    });
    something.answers(something.presses('anna', 'resubmit'));
    expect(something.wrongs).to.have.length(1);
  });

  describe('a reply in the thread of a claim is a comment (R33)', () => {
    it('finds one that is dropped, and says nothing of one that is taken', () => {
      const scene = begun('submitted', threaded);
      scene.answers(scene.says('arun', 'I say w1x', { channel: 'review' }));
      expect(scene.wrongs).to.have.length(1);
      const said = scene.says('arun', 'I say w2x', { channel: 'review' });
      scene.happens('CommentAdded', 'arun', { commentId: 'c1', text: 'I say w2x' }, { side: 'review' });
      scene.answers(said);
      expect(scene.wrongs).to.have.length(1);
    });

    it('takes no other comment for it', () => {
      const scene = begun('submitted', threaded);
      const said = scene.says('arun', 'I say w2x', { channel: 'review' });
      scene.happens('CommentAdded', 'arun', { commentId: 'c1', text: 'I say w1x' }, { side: 'review' });
      scene.answers(said);
      expect(scene.wrongs).to.have.length(1);
    });

    it('asks nothing for who may not comment, in another thread, or while another instance has the message in hand', () => {
      const scene = begun('submitted', threaded);
      scene.answers(scene.says('olga', 'I say w1x', { channel: 'review' }));
      scene.answers(scene.says('anna', 'I say w2x', { channel: 'fabrikam' }));
      const said = scene.says('arun', 'I say w3x', { channel: 'review' });
      scene.says('arun', 'I say w3x', { channel: 'review', again: said, by: 'desk2#1' });
      scene.answers(said);
      expect(scene.wrongs).to.deep.equal([]);
    });
  });

  describe('it asks nothing', () => {
    const SILENT: readonly (readonly [string, () => HeededScene, (scene: HeededScene) => void])[] = [
      [
        'of who may not',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('rita', 'approve'));
        },
      ],
      [
        'where the claim is elsewhere',
        () => begun('approved'),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve'));
        },
      ],
      [
        'of the rejecter in the dispute (R27)',
        () => begun('rejected', disputed),
        (scene) => {
          scene.answers(scene.presses('arun', 'uphold', { inputs: { comment: 'no' } }));
        },
      ],
      [
        'of an incomplete form',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('arun', 'reject', { inputs: { reason: 'poeUnavailable', comment: ' ' } }));
        },
      ],
      [
        'of a stale card (R57)',
        () =>
          begun('underReview', (scene) => {
            scene.happens('PoeAdded', 'anna');
          }),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve', { version: 3 }));
        },
      ],
      [
        'of a card that is still to come',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve', { version: 99 }));
        },
      ],
      [
        'of a redelivery',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve', { again: 1 }));
        },
      ],
      [
        'of a press that failed',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve'), { fault: new Error('simulated') });
        },
      ],
      [
        'of one that was disturbed',
        () => begun('underReview'),
        (scene) => {
          scene.answers(scene.presses('arun', 'approve'), { disturbed: true });
        },
      ],
      [
        'where somebody was faster',
        () => begun('approved'),
        (scene) => {
          const press = scene.presses('dana', 'deny');
          scene.happens('RejectionRequested', 'anna');
          scene.answers(press);
        },
      ],
      [
        'where their rights changed on the way',
        () => begun('underReview'),
        (scene) => {
          const press = scene.presses('arun', 'approve');
          scene.has('arun', { staff: [] });
          scene.answers(press);
        },
      ],
      [
        'where a day began on the way',
        () => begun('approved'),
        (scene) => {
          const press = scene.presses('dana', 'deny');
          scene.passes(24 * 60 * MINUTE);
          scene.answers(press);
        },
      ],
      [
        'of a claim that is odd',
        () => begun('approved'),
        (scene) => {
          scene.odd();
          scene.answers(scene.presses('dana', 'deny'));
        },
      ],
      [
        'of a second late denial, or of one that the policy refuses (R51)',
        () => begun('approved', passed),
        (scene) => {
          scene.policies('shorter');
          scene.answers(scene.presses('dana', 'deny'));
          scene.policies('2020');
          scene.happens('LateDenialRecorded', 'dana');
          scene.passes(MINUTE);
          scene.answers(scene.presses('dana', 'deny'));
        },
      ],
    ];
    for (const [what, open, act] of SILENT) {
      it(what, () => {
        const scene = open();
        act(scene);
        expect(scene.wrongs).to.deep.equal([]);
      });
    }

    it('of what was written a moment ago, which is not known everywhere', () => {
      const scene = openScene(openHeeded);
      scene.approved();
      scene.answers(scene.presses('dana', 'deny'));
      expect(scene.wrongs).to.deep.equal([]);
    });
  });

  it('goes on asking where only the desk did something beside it', () => {
    const scene = begun('approved');
    const press = scene.presses('dana', 'deny');
    scene.happens('NoticeDelivered', 'desk');
    scene.answers(press);
    expect(scene.wrongs).to.have.length(1);
    expect(scene.wrongs[0]).to.contain(CLAIM);
  });
});
