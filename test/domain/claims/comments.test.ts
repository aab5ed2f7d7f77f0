import { expect } from 'chai';
import { MAX_COMMENT, MAX_COMMENTS } from '../../../src/domain/claims/text.ts';
import type { Member } from '../../../src/domain/claims/permission.ts';
import { anna, boris, lena, nikita, rita, rolf } from './personas.ts';
import {
  asked,
  comment,
  disputed,
  draft,
  HOUR,
  passed,
  refuses,
  rejected,
  submitted,
  thenHappened,
  thenNothing,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const edited = (by: Member, text: string, message = 'm1'): Ask => ({ type: 'EditComment', by, message, text });
const deleted = (by: Member, message = 'm1'): Ask => ({ type: 'DeleteComment', by, message });
const talked = (): Story => underReview().given(comment(anna, 'First.', 'm1'));

describe('comments (R33)', () => {
  it('come from either side and are kept in their order', () => {
    const { comments } = underReview().given(comment(anna, 'One.')).given(comment(rita, 'Two.')).claim;
    expect(comments.map((one) => [one.by.side, one.text])).to.deep.equal([
      ['partner', 'One.'],
      ['review', 'Two.'],
    ]);
  });

  it('come from Submitted until the claim is final', () => {
    for (const story of [submitted(), underReview(), asked(), passed(), rejected(), disputed()])
      thenHappened(story.when(comment(anna, 'A word.')), 'CommentAdded');
    refuses(draft(), comment(anna, 'A word.'), 'wrongStage');
    refuses(
      disputed().given({ type: 'UpholdRejection', by: rita, comment: 'No.' }),
      comment(anna, 'A word.'),
      'wrongStage',
    );
  });

  it('stop no clock', () => {
    const before = asked().delivered('partnerResponse').after(HOUR);
    const after = before.given(comment(anna, 'Working on it.'));
    expect(after.claim.clocks).to.deep.equal(before.claim.clocks);
    expect(after.claim.status).to.equal('PartnerActionRequired');
  });

  it('need a text of at most 4000 letters', () => {
    refuses(submitted(), comment(anna, ' \u200b '), 'commentNeeded');
    refuses(submitted(), comment(anna, 'x'.repeat(MAX_COMMENT + 1)), 'textTooLong');
    thenHappened(submitted().when(comment(anna, 'x'.repeat(MAX_COMMENT))), 'CommentAdded');
  });

  it('are at most five hundred on one claim', () => {
    let story = submitted();
    for (let count = 0; count < MAX_COMMENTS; count += 1) story = story.given(comment(anna, `Comment ${count}`));
    expect(refuses(story, comment(boris, 'One more.'), 'commentsTooMany').most).to.equal(500);
  });

  it('are not taken from a member without a role', () => {
    refuses(submitted(), comment(nikita, 'A word.'), 'partnerRoleNeeded');
  });

  it('are taken once from a message that is delivered again under another id', () => {
    const first = submitted()
      .given(comment(anna, 'See page 2.', 'm1'))
      .after(30_000);
    thenNothing(first.when(comment(anna, 'See page 2.', 'm2')));
    thenHappened(first.when(comment(boris, 'See page 2.', 'm2')), 'CommentAdded');
    thenHappened(first.when(comment(anna, 'See page 3.', 'm2')), 'CommentAdded');
    thenNothing(first.after(119_999).when(comment(anna, 'See page 2.', 'm2')));
    thenHappened(first.after(120_000).when(comment(anna, 'See page 2.', 'm2')), 'CommentAdded');
  });

  it('are taken once from the same message', () => {
    thenNothing(talked().when(comment(anna, 'First, again.', 'm1')));
  });
});

describe('an edit or a deletion of the message (R33)', () => {
  it('is recorded, the old text kept in the history', () => {
    const after = talked().after(HOUR).when(edited(anna, 'Second.'));
    expect(thenHappened(after, 'CommentEdited')).to.deep.include({ from: 'First.', to: 'Second.' });
    expect(after.claim.comments[0]).to.deep.include({ text: 'Second.', editedAt: after.now, message: 'm1' });
    expect(after.claim.comments).to.have.length(1);
  });

  it('of deletion keeps the comment and says when', () => {
    const after = talked().after(HOUR).when(deleted(anna));
    expect(thenHappened(after, 'CommentDeleted')).to.have.property('text', 'First.');
    expect(after.claim.comments[0]).to.deep.include({ text: 'First.', deletedAt: after.now });
    thenNothing(after.when(deleted(anna)));
  });

  it('that takes a deletion back shows the comment again', () => {
    const after = talked().given(deleted(anna)).when(edited(anna, 'First.'));
    thenHappened(after, 'CommentEdited');
    expect(after.claim.comments[0]).not.to.have.property('deletedAt');
  });

  it('comes from its writer only, and from a message that was taken', () => {
    refuses(talked(), edited(boris, 'Mine.'), 'commentNotYours');
    refuses(talked(), deleted(rita), 'commentNotYours');
    refuses(talked(), edited(anna, 'Second.', 'm2'), 'commentUnknown');
    refuses(talked(), deleted(anna, 'm2'), 'commentUnknown');
  });

  it('without a change is nothing', () => {
    thenNothing(talked().when(edited(anna, ' First. ')));
    refuses(talked(), edited(anna, ''), 'commentNeeded');
  });

  it('is recorded when the claim is final, too', () => {
    const final = talked()
      .given({ type: 'RejectClaim', by: rolf, reason: 'poeUnavailable', comment: 'No.' })
      .given({ type: 'OpenDispute', by: anna, justification: 'Yes.' })
      .given({ type: 'UpholdRejection', by: lena, comment: 'No.' });
    thenHappened(final.when(edited(anna, 'Second.')), 'CommentEdited');
  });

  it('does not answer a request (R19)', () => {
    const story = talked()
      .given({ type: 'RequestInformation', by: lena, reasons: ['missingAllPoe'], comment: 'Please.' })
      .given(edited(anna, 'Second.'));
    refuses(story, { type: 'ResubmitClaim', by: anna }, 'nothingAdded');
  });
});
