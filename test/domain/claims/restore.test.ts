import { expect } from 'chai';
import type { LostDecision } from '../../../src/domain/claims/events.ts';
import { anna, arun, dana } from './personas.ts';
import type { Story } from './scenario.ts';
import { approved, asked, DAY, passed, rejected, underReview } from './scenario.ts';

const lost = (type: string, at: number, by: LostDecision['by'] = dana.id, version = 20): LostDecision => ({
  type,
  at,
  by,
  version,
});
const typesFrom = (before: Story, after: Story): readonly string[] =>
  after.events.slice(before.events.length).map(({ type }) => type);

describe('a claim of which an older state was restored', () => {
  it('stops each clock that would decide against someone, however long ago it was due, and its new notice starts it', () => {
    for (const [story, clock, acts] of [
      [approved().delivered('consent'), 'consent', 'ConsentPassed'],
      [asked().delivered('partnerResponse'), 'partnerResponse', 'PartnerDidNotRespond'],
      [rejected().delivered('disputeWindow'), 'disputeWindow', 'DisputeWindowClosed'],
    ] as const) {
      const late = story.after(90 * DAY);
      expect(typesFrom(story, late.settled()), 'without a restore').to.include(acts);
      const after = late.restored([lost('ClaimResubmitted', story.now, anna.id)]);
      expect(typesFrom(story, after), clock).to.deep.equal(['StateRestored']);
      expect(after.claim.clocks[clock]?.state).to.equal('awaitingDelivery');
      expect(typesFrom(after, after.after(90 * DAY).settled())).to.deep.equal([]);
      expect(
        typesFrom(
          after,
          after
            .delivered(clock)
            .after(90 * DAY)
            .settled(),
        ),
      ).to.include(acts);
    }
  });

  it('leaves the clocks of the reviewers alone', () => {
    const story = asked();
    expect(story.restored([lost('ClaimResubmitted', story.now, anna.id)]).claim.clocks.overallDecision).to.deep.equal(
      story.claim.clocks.overallDecision,
    );
  });

  it('lets no consent pass by silence where the customer had said no', () => {
    for (const said of ['ConsentDenied', 'ConsentNotGiven', 'ObjectionRecorded']) {
      const after = approved()
        .delivered('consent')
        .restored([lost(said, approved().now)])
        .delivered('consent');
      expect(typesFrom(after, after.after(90 * DAY).settled()), said)
        .to.include('ConsentNotGiven')
        .and.not.include('ConsentPassed');
    }
    const other = approved()
      .delivered('consent')
      .restored([lost('ConsentAgreed', approved().now)])
      .delivered('consent');
    expect(typesFrom(other, other.after(90 * DAY).settled())).to.include('ConsentPassed');
  });

  it('counts no agreement that the lost answer revoked, and each that came after it (R59, R60)', () => {
    for (const said of ['ConsentDenied', 'ConsentNotGiven', 'ObjectionRecorded']) {
      const agreed = approved().delivered('consent').when({ type: 'AgreeConsent', by: dana });
      const revoked = agreed.restored([lost(said, agreed.now), lost('DisputeOpened', agreed.now + DAY, anna.id, 21)]);
      expect(revoked.claim.consent, said).not.to.have.property('agreed');
      expect(
        typesFrom(
          revoked,
          revoked
            .delivered('consent')
            .after(90 * DAY)
            .settled(),
        ),
        said,
      )
        .to.include('ConsentNotGiven')
        .and.not.include('ConsentPassed');
      const again = revoked.delivered('consent').when({ type: 'AgreeConsent', by: dana });
      expect(typesFrom(again, again.after(90 * DAY).settled()), said).to.include('ConsentPassed');
      const newer = agreed.restored([lost(said, agreed.now - 1)]).delivered('consent');
      expect(typesFrom(newer, newer.after(90 * DAY).settled()), `${said}, agreed since`).to.include('ConsentPassed');
    }
  });

  it('lets none pass either where the approval was lost with the denial, and the claim is approved anew', () => {
    const after = underReview()
      .restored([lost('ClaimApproved', underReview().now, arun.id), lost('ConsentDenied', underReview().now + DAY)])
      .when({ type: 'ApproveClaim', by: arun })
      .delivered('consent');
    expect(after.claim.consent?.needsAgreement).to.equal(true);
    expect(typesFrom(after, after.after(90 * DAY).settled()))
      .to.include('ConsentNotGiven')
      .and.not.include('ConsentPassed');
  });

  it('records each lost decision once', () => {
    const once = approved().restored([lost('ConsentDenied', 5)]);
    expect(typesFrom(once, once.restored([lost('ConsentDenied', 5)]))).to.deep.equal([]);
    const more = once.restored([lost('ConsentDenied', 5), lost('DisputeOpened', 7, anna.id, 21)]);
    expect(more.events.at(-1)).to.deep.include({ lost: [lost('DisputeOpened', 7, anna.id, 21)] });
  });

  it('makes every card from before it outdated (R57)', () => {
    const after = approved().delivered('consent');
    const seen = after.claim.version;
    const refused = after
      .restored([lost('ConsentAgreed', after.now)])
      .when({ type: 'DenyConsent', by: dana, reason: '', seen });
    expect(refused.outcome?.answer).to.deep.include({ kind: 'refused' });
  });

  describe('takes a lost denial again', () => {
    it('as of when it was given, in the name of its customer, and without words', () => {
      const told = approved().delivered('consent');
      const deniedAt = told.now + DAY;
      const after = told
        .after(60 * DAY)
        .restored([lost('ConsentDenied', deniedAt)])
        .replayed();
      expect(after.events.at(-1)).to.deep.include({
        type: 'ConsentDenied',
        at: deniedAt,
        by: { side: 'customer', id: dana.id, name: '' },
        reason: '',
      });
      expect(after.claim).to.deep.include({ status: 'Rejected' });
      expect(typesFrom(after, after.replayed()), 'once').to.deep.equal([]);
    });

    it('and not where the customer has agreed since, whatever else is lost later', () => {
      const denied = approved()
        .delivered('consent')
        .restored([lost('ConsentDenied', approved().now)]);
      expect(typesFrom(denied, denied.replayed())).to.deep.equal(['ConsentDenied']);
      const agreed = denied
        .when({ type: 'AgreeConsent', by: dana })
        .restored([lost('CommentAdded', denied.now, arun.id, 22)]);
      expect(typesFrom(agreed, agreed.replayed())).to.deep.equal([]);
    });

    it('only where one was lost, of the consent that is open', () => {
      const told = approved().delivered('consent');
      expect(typesFrom(told, told.replayed())).to.deep.equal([]);
      const agreed = told.restored([lost('ConsentAgreed', told.now)]);
      expect(typesFrom(agreed, agreed.replayed())).to.deep.equal([]);
      const earlier = told.restored([lost('ConsentDenied', told.now - 400 * DAY)]);
      expect(typesFrom(earlier, earlier.replayed()), 'of a period before').to.deep.equal([]);
      const unsigned = told.restored([{ ...lost('ConsentDenied', told.now), unsigned: true }]);
      expect(typesFrom(unsigned, unsigned.replayed()), 'by an anchor that the desk did not sign').to.deep.equal([]);
      const over = passed().restored([lost('ConsentDenied', passed().now)]);
      expect(typesFrom(over, over.replayed()), 'passed').to.deep.equal([]);
    });
  });
});
