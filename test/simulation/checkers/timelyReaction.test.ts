import { expect } from 'chai';
import type { PersonaName } from '../world/personas.ts';
import type { Json } from './observations.ts';
import { PLANTED } from './observations.ts';
import { createTimelyReactionChecker } from './timelyReaction.ts';
import type { Scenario } from './support/checkerScenario.ts';
import { CLAIM, MINUTE, createScenario } from './support/checkerScenario.ts';

type TimelyReactionScenario = Scenario<ReturnType<typeof createTimelyReactionChecker>>;
type Begun = 'created' | 'submitted' | 'underReview' | 'approved' | 'rejected';

const THREAD = {
  conversationId: '19:reviews@thread.tacv2;messageid=1',
  place: '19:reviews@thread.tacv2',
  messageId: '1',
};

/** A claim so far on its way, which everyone knows of by now. */
function begun(name: Begun, ...more: readonly ((scenario: TimelyReactionScenario) => void)[]): TimelyReactionScenario {
  const scenario = createScenario(createTimelyReactionChecker);
  scenario[name]();
  for (const add of more) add(scenario);
  scenario.passes(MINUTE);
  return scenario;
}

/** The form filled in, with a number of files. */
function completed(scenario: TimelyReactionScenario, files = 1): void {
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
  scenario.happens('FieldsEdited', 'anna', {
    changes: Object.fromEntries(Object.entries(missing).map(([name, to]) => [name, { from: '', to }])),
  });
  for (let file = 1; file <= files; file += 1)
    scenario.happens('PoeAdded', 'anna', { poe: { id: `p${file}`, sha256: `${file}` } });
}

const asked = (scenario: TimelyReactionScenario): void => {
  scenario.happens('InformationRequested', 'arun');
};
const disputed = (scenario: TimelyReactionScenario): void => {
  scenario.happens('DisputeOpened', 'anna');
};
const passed = (scenario: TimelyReactionScenario): void => {
  scenario.happens('ConsentPassed', 'desk');
};
const proven = (scenario: TimelyReactionScenario): void => {
  scenario.happens('PoeAdded', 'anna', { poe: { id: 'p1', sha256: '1' } });
};
const threaded = (scenario: TimelyReactionScenario): void => {
  scenario.keeps({ homes: { review: THREAD } });
};

describe('The checker of timely reactions', () => {
  const ALLOWED: readonly (readonly [string, string, Json, () => TimelyReactionScenario, PersonaName, string])[] = [
    ['start (R16)', 'start', {}, () => begun('submitted'), 'arun', 'ReviewStarted'],
    ['approve (R20)', 'approve', {}, () => begun('underReview', proven), 'arun', 'ClaimApproved'],
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
      () => begun('rejected', proven, disputed),
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
      expect(dropped.problems).to.have.length(1);
      expect(dropped.problems[0]).to.contain(`no ${type} came of it`);
      const heeded = open();
      const press = heeded.presses(who, verb, { inputs });
      heeded.happens(type, who, { text: 'w1x' });
      heeded.answers(press);
      expect(heeded.problems).to.deep.equal([]);
    });
  }

  it('finds a complete draft that is not submitted (R15), and says nothing of one without a file', () => {
    for (const files of [1, 0]) {
      const scenario = begun('created', (one) => {
        completed(one, files);
      });
      scenario.answers(scenario.presses('anna', 'submit'));
      expect(scenario.problems).to.have.length(files);
    }
  });

  it('finds a resubmission that is dropped only once something was added (R19)', () => {
    const nothing = begun('submitted', (scenario) => {
      completed(scenario);
      asked(scenario);
    });
    nothing.answers(nothing.presses('anna', 'resubmit'));
    expect(nothing.problems).to.deep.equal([]);
    const something = begun('submitted', (scenario) => {
      completed(scenario);
      asked(scenario);
      scenario.happens('CommentAdded', 'anna', { commentId: 'c1' });
    });
    something.answers(something.presses('anna', 'resubmit'));
    expect(something.problems).to.have.length(1);
  });

  describe('a reply in the thread of a claim is a comment (R33)', () => {
    it('finds one that is dropped, and says nothing of one that is taken', () => {
      const scenario = begun('submitted', threaded);
      scenario.answers(scenario.says('arun', 'I say w1x', { channel: 'review' }));
      expect(scenario.problems).to.have.length(1);
      const said = scenario.says('arun', 'I say w2x', { channel: 'review' });
      scenario.happens('CommentAdded', 'arun', { commentId: 'c1', text: 'I say w2x' }, { side: 'review' });
      scenario.answers(said);
      expect(scenario.problems).to.have.length(1);
    });

    it('asks for none while the key is damaged by which the thread is found, and again once the desk has written it', () => {
      const scenario = begun('submitted', threaded);
      const dropped = (): number => {
        scenario.passes(MINUTE);
        scenario.answers(scenario.says('arun', 'I say w1x', { channel: 'review' }));
        return scenario.problems.length;
      };
      const keys = [{ name: 'thread', value: THREAD.conversationId }];
      scenario.keeps({}, CLAIM, { by: PLANTED, keys: [{ name: 'wake', value: '' }] });
      expect(dropped()).to.equal(0);
      scenario.keeps({});
      expect(dropped(), 'written by the desk, with or without a key').to.equal(1);
      scenario.keeps({}, CLAIM, { by: PLANTED });
      scenario.keeps({}, CLAIM, { by: PLANTED, keys });
      expect(dropped(), 'put back').to.equal(2);
    });

    it('takes no other comment for it', () => {
      const scenario = begun('submitted', threaded);
      const said = scenario.says('arun', 'I say w2x', { channel: 'review' });
      scenario.happens('CommentAdded', 'arun', { commentId: 'c1', text: 'I say w1x' }, { side: 'review' });
      scenario.answers(said);
      expect(scenario.problems).to.have.length(1);
    });

    it('asks nothing for who may not comment, in another thread, or while another instance has the message in flight', () => {
      const scenario = begun('submitted', threaded);
      scenario.answers(scenario.says('olga', 'I say w1x', { channel: 'review' }));
      scenario.answers(scenario.says('anna', 'I say w2x', { channel: 'fabrikam' }));
      const said = scenario.says('arun', 'I say w3x', { channel: 'review' });
      scenario.says('arun', 'I say w3x', { channel: 'review', again: said, by: 'desk2#1' });
      scenario.answers(said);
      expect(scenario.problems).to.deep.equal([]);
    });
  });

  describe('it asks nothing', () => {
    const SILENT: readonly (readonly [
      string,
      () => TimelyReactionScenario,
      (scenario: TimelyReactionScenario) => void,
    ])[] = [
      [
        'of who may not',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('rita', 'approve'));
        },
      ],
      [
        'where the claim is elsewhere',
        () => begun('approved'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve'));
        },
      ],
      [
        'of the rejecter in the dispute (R27)',
        () => begun('rejected', disputed),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'uphold', { inputs: { comment: 'no' } }));
        },
      ],
      [
        'of an incomplete form',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'reject', { inputs: { reason: 'poeUnavailable', comment: ' ' } }));
        },
      ],
      [
        'of a stale card (R57)',
        () =>
          begun('underReview', (scenario) => {
            scenario.happens('PoeAdded', 'anna');
          }),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve', { version: 3 }));
        },
      ],
      [
        'of a card that is still to come',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve', { version: 99 }));
        },
      ],
      [
        'of a redelivery',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve', { again: 1 }));
        },
      ],
      [
        'of a press that failed',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve'), { fault: new Error('simulated') });
        },
      ],
      [
        'of one that was disturbed',
        () => begun('underReview'),
        (scenario) => {
          scenario.answers(scenario.presses('arun', 'approve'), { disturbed: true });
        },
      ],
      [
        'where a user was faster',
        () => begun('approved'),
        (scenario) => {
          const press = scenario.presses('dana', 'deny');
          scenario.happens('RejectionRequested', 'anna');
          scenario.answers(press);
        },
      ],
      [
        'where their rights changed on the way',
        () => begun('underReview'),
        (scenario) => {
          const press = scenario.presses('arun', 'approve');
          scenario.has('arun', { staff: [] });
          scenario.answers(press);
        },
      ],
      [
        'where their rights changed a moment before, which a replica may not know',
        () => begun('underReview', proven),
        (scenario) => {
          scenario.has('arun', { staff: ['reviewer', 'lead'] });
          scenario.answers(scenario.presses('arun', 'approve'));
        },
      ],
      [
        'where a day began on the way',
        () => begun('approved'),
        (scenario) => {
          const press = scenario.presses('dana', 'deny');
          scenario.passes(24 * 60 * MINUTE);
          scenario.answers(press);
        },
      ],
      [
        'of an uncheckable claim',
        () => begun('approved'),
        (scenario) => {
          scenario.uncheckable();
          scenario.answers(scenario.presses('dana', 'deny'));
        },
      ],
      [
        'of a second late denial, or of one that the policy refuses (R51)',
        () => begun('approved', passed),
        (scenario) => {
          scenario.policies('shorter');
          scenario.answers(scenario.presses('dana', 'deny'));
          scenario.policies('2020');
          scenario.happens('LateDenialRecorded', 'dana');
          scenario.passes(MINUTE);
          scenario.answers(scenario.presses('dana', 'deny'));
        },
      ],
    ];
    for (const [what, open, act] of SILENT) {
      it(what, () => {
        const scenario = open();
        act(scenario);
        expect(scenario.problems).to.deep.equal([]);
      });
    }

    it('of what was written a moment ago, which is not known everywhere', () => {
      const scenario = createScenario(createTimelyReactionChecker);
      scenario.approved();
      scenario.answers(scenario.presses('dana', 'deny'));
      expect(scenario.problems).to.deep.equal([]);
    });
  });

  it('goes on asking where only the desk did something beside it', () => {
    const scenario = begun('approved');
    const press = scenario.presses('dana', 'deny');
    scenario.happens('NoticeDelivered', 'desk');
    scenario.answers(press);
    expect(scenario.problems).to.have.length(1);
    expect(scenario.problems[0]).to.contain(CLAIM);
  });
});
