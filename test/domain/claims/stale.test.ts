import { expect } from 'chai';
import type { CommandType } from '../../../src/domain/claims/commands.ts';
import { anna, arun, asif, boris, dana, hana, lena, rita } from './personas.ts';
import {
  approved,
  asked,
  comment,
  disputed,
  draft,
  HOUR,
  MONDAY,
  passed,
  poe,
  refuses,
  rejected,
  submitted,
  thenHappened,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const edit = (by = boris): Ask => ({ type: 'EditFields', by, fields: { partnerContactName: 'Boris Bauer' } });
const approve: Ask = { type: 'ApproveClaim', by: arun };
const resubmit: Ask = { type: 'ResubmitClaim', by: anna };
const request: Ask = { type: 'RequestInformation', by: arun, reasons: ['missingAllPoe'], comment: 'Please.' };
const deny: Ask = { type: 'DenyConsent', by: dana, reason: '' };

interface Verb {
  readonly ask: Ask;
  /** Where the card was shown. */
  readonly story: () => Story;
  /** Changes that make the card old, and those that do not. */
  readonly stale: Readonly<Record<string, Ask>>;
  readonly fresh: Readonly<Record<string, Ask>>;
}

const partnersWord = { 'a comment of the partner': comment(boris, 'A word.') };
const reviewersWord = { 'a comment of another reviewer': comment(rita, 'A word.') };
const forPartner = { 'a comment of a reviewer': comment(rita, 'A word.') };
const ownSide = { "a colleague's comment": comment(boris, 'A word.'), 'an own PoE': poe('own') };

const VERBS: Readonly<Record<string, Verb>> = {
  'start review': {
    ask: { type: 'StartReview', by: arun },
    story: submitted,
    stale: { ...partnersWord, 'an edit': edit(), 'a PoE': poe('more') },
    fresh: { ...reviewersWord, 'an assignment': { type: 'ReassignClaim', by: lena, to: hana } },
  },
  request: { ask: request, story: underReview, stale: partnersWord, fresh: reviewersWord },
  approve: { ask: approve, story: underReview, stale: partnersWord, fresh: reviewersWord },
  reject: {
    ask: { type: 'RejectClaim', by: arun, reason: 'missingProducts', comment: 'No.' },
    story: underReview,
    stale: partnersWord,
    fresh: reviewersWord,
  },
  resubmit: {
    ask: resubmit,
    story: () => asked().given(poe('answer')),
    stale: { ...forPartner, "a colleague's edit": edit(), "a colleague's PoE": poe('more', boris) },
    fresh: { ...ownSide, 'an own edit': edit(anna) },
  },
  withdraw: {
    ask: { type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' },
    story: submitted,
    stale: { ...forPartner, "a colleague's edit": edit(), "a colleague's PoE": poe('more', boris) },
    fresh: ownSide,
  },
  deny: { ask: deny, story: approved, stale: {}, fresh: { ...partnersWord, ...reviewersWord } },
  dispute: {
    ask: { type: 'OpenDispute', by: anna, justification: 'Yes.' },
    story: rejected,
    stale: { ...forPartner, "a colleague's PoE": poe('more', boris) },
    fresh: ownSide,
  },
  uphold: {
    ask: { type: 'UpholdRejection', by: rita, comment: 'No.' },
    story: disputed,
    stale: partnersWord,
    fresh: { 'a comment of another reviewer': comment(lena, 'A word.') },
  },
  overturn: {
    ask: { type: 'OverturnRejection', by: rita, comment: 'Yes.' },
    story: disputed,
    stale: partnersWord,
    fresh: { 'a comment of another reviewer': comment(lena, 'A word.') },
  },
};

describe('a decision counts for what its maker saw (R57)', () => {
  it('is tested for every verb that the rule names', () => {
    const verbs: readonly CommandType[] = Object.values(VERBS).map(({ ask }) => ask.type);
    expect(verbs).to.have.members([
      'StartReview',
      'RequestInformation',
      'ApproveClaim',
      'RejectClaim',
      'ResubmitClaim',
      'RequestRejection',
      'DenyConsent',
      'OpenDispute',
      'UpholdRejection',
      'OverturnRejection',
    ]);
  });

  for (const [name, { ask, story, stale, fresh }] of Object.entries(VERBS)) {
    const pressed = (change: Ask): { readonly changed: Story; readonly press: Ask } => {
      const shown = story();
      return { changed: shown.after(HOUR).given(change), press: { ...ask, seen: shown.claim.version } };
    };

    it(`${name} on the current card is taken`, () => {
      thenHappened(
        story().when({ ...ask, seen: story().claim.version }),
        story().when(ask).events.at(-1)?.type ?? 'ClaimCreated',
      );
    });

    for (const [what, change] of Object.entries(stale)) {
      it(`${name} decides nothing after ${what}, and says what changed and by whom`, () => {
        const { changed, press } = pressed(change);
        const { changes } = refuses(changed, press, 'stale');
        expect(changes).to.have.length(1);
        expect(changes[0]).to.deep.include({
          version: changed.claim.version,
          event: changed.events.at(-1)?.type,
          at: MONDAY + HOUR,
        });
        expect(changes[0]?.by.id).to.equal(change.by.kind === 'person' ? change.by.id : 'desk');
      });

      it(`${name} is taken once the change was seen: after ${what}`, () => {
        const { changed } = pressed(change);
        expect(changed.when({ ...ask, seen: changed.claim.version }).outcome?.answer.kind).to.equal('done');
      });
    }

    for (const [what, change] of Object.entries(fresh)) {
      it(`${name} is taken after ${what}`, () => {
        const { changed, press } = pressed(change);
        expect(changed.when(press).outcome?.answer.kind).to.equal('done');
      });
    }
  }

  it('decides nothing when the status came and went meanwhile', () => {
    const shown = underReview();
    const again = shown.given(request).given(poe('more')).given(resubmit).given({ type: 'StartReview', by: arun });
    const { changes } = refuses(again, { ...approve, seen: shown.claim.version }, 'stale');
    expect(changes.map((change) => change.event)).to.deep.equal(['PoeAdded', 'ReviewStarted']);
  });

  it('decides nothing for a customer whose consent period is another one by now', () => {
    const shown = approved();
    const second = shown
      .given({ type: 'RequestRejection', by: anna, reason: 'incorrectMpn', comment: '' })
      .given({ type: 'OpenDispute', by: anna, justification: 'Sorry.' })
      .given({ type: 'OverturnRejection', by: lena, comment: 'Fine.' });
    refuses(second, { ...deny, seen: shown.claim.version }, 'stale');
    thenHappened(second.when({ ...deny, seen: second.claim.version }), 'ConsentDenied');
  });

  it('counts a comment that was edited or deleted, too', () => {
    const shown = underReview().given(comment(anna, 'First.', 'm1'));
    refuses(
      shown.given({ type: 'EditComment', by: anna, message: 'm1', text: 'Second.' }),
      { ...approve, seen: shown.claim.version },
      'stale',
    );
    refuses(
      shown.given({ type: 'DeleteComment', by: anna, message: 'm1' }),
      { ...approve, seen: shown.claim.version },
      'stale',
    );
  });

  it('decides nothing on a card of a version still to come, and tells the customer of no comments', () => {
    const story = underReview().given(comment(anna, 'A word.'));
    expect(
      refuses(story, { ...approve, seen: story.claim.version + 1 }, 'stale').changes.map((change) => change.kind),
    ).to.deep.equal(['poe', 'status', 'comment']);
    const talked = approved().given(comment(anna, 'A word.'));
    expect(refuses(talked, { ...deny, seen: 999 }, 'stale').changes.map((change) => change.event)).to.deep.equal([
      'ClaimApproved',
    ]);
  });

  it('overwrites no field of a colleague on a card of a version still to come: both values are shown', () => {
    const story = draft().given(edit());
    const { conflicts } = refuses(
      story,
      { type: 'EditFields', by: anna, fields: { partnerContactName: 'Anna Adler' }, seen: story.claim.version + 1 },
      'editConflict',
    );
    expect(conflicts.map(({ theirs, yours }) => [theirs, yours])).to.deep.equal([['Boris Bauer', 'Anna Adler']]);
  });

  it('is not troubled by what no card shows as a change: following, reminders, deliveries', () => {
    const shown = underReview();
    const later = shown
      .given({ type: 'FollowClaim', by: rita })
      .after(9 * 24 * HOUR)
      .settled();
    expect(later.when({ ...approve, seen: shown.claim.version }).outcome?.answer.kind).to.equal('done');
  });
});

describe('what is taken from an old card too (R57)', () => {
  const old: readonly (readonly [string, Story, Ask])[] = [
    ['a comment', asked().given(poe('more', boris)), comment(anna, 'A word.')],
    ['a PoE', asked().given(edit()), poe('more')],
    [
      'an edit of another field',
      asked().given(edit()),
      { type: 'EditFields', by: anna, fields: { customerContactTitle: 'CFO' } },
    ],
    ['a submission', draft().given(edit()), { type: 'SubmitClaim', by: anna }],
    ['a handing on', underReview().given(comment(anna, 'A word.')), { type: 'ReassignClaim', by: arun, to: hana }],
    [
      'the outcome of the assessment',
      passed().given(comment(anna, 'A word.')),
      { type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU' },
    ],
  ];
  for (const [what, story, ask] of old) {
    it(`is ${what}`, () => {
      expect(story.when({ ...ask, seen: 1 }).outcome?.answer.kind).to.equal('done');
    });
  }
});

describe('who presses what a colleague has just done (R58)', () => {
  it('reads who did it and when', () => {
    const shown = underReview();
    const { stage, changes } = refuses(
      shown.after(HOUR).given({ type: 'ApproveClaim', by: lena }),
      { ...approve, seen: shown.claim.version },
      'wrongStage',
    );
    expect(stage).to.equal('ConsentOpen');
    expect(changes).to.deep.equal([
      {
        kind: 'status',
        event: 'ClaimApproved',
        version: shown.claim.version + 1,
        by: { side: 'review', id: lena.id, name: 'Lena' },
        at: MONDAY + HOUR,
      },
    ]);
  });

  it('reads of the reviewer who started before', () => {
    const shown = submitted();
    const { changes } = refuses(
      shown.given({ type: 'StartReview', by: rita }),
      { type: 'StartReview', by: arun, seen: shown.claim.version },
      'wrongStage',
    );
    expect(changes.map((change) => [change.event, change.by.name])).to.deep.equal([['ReviewStarted', 'Rita']]);
  });
});
