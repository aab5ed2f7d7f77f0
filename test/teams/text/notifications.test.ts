import { expect } from 'chai';
import { doneNote } from '../../../src/teams/text/outcomes.ts';
import { lineOf } from '../../../src/teams/text/notifications.ts';
import { anna, arun, dana } from '../../domain/claims/personas.ts';
import {
  approved,
  asked,
  comment,
  created,
  disputed,
  FORM,
  pacific,
  passed,
  rejected,
  underReview,
} from '../../domain/claims/scenario.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import {
  AUDIENCES,
  english,
  entryOf,
  EVENT_TYPES,
  expectSentence,
  lastOf,
  russian,
  SPEECHES,
  EVENT_SAMPLES,
  turkish,
  TYPES,
} from '../wordingSamples.ts';

/** The line about the last thing that happened in a story. */
function lastLine(
  story: Story,
  audience: (typeof AUDIENCES)[number],
  speech: Parameters<typeof lineOf>[3] = english,
): string {
  return lineOf(entryOf(lastOf(story)), story.claim, audience, speech);
}

describe('What the desk says of events', () => {
  it('has an example of every event', () => {
    expect([...TYPES].sort()).to.deep.equal(Object.keys(EVENT_TYPES).sort());
  });

  for (const speech of SPEECHES) {
    it(`is one line for every event and audience in ${speech.language}, that names the claim`, () => {
      for (const { event, claim } of EVENT_SAMPLES) {
        for (const audience of AUDIENCES) {
          const line = lineOf(entryOf(event), claim, audience, speech);
          expectSentence(line, `${event.type} ${audience}`);
          expect(line).to.include('CPOR-7F3K9Q').and.not.include('\n');
        }
      }
    });

    it(`answers who did it, and someone else, in ${speech.language}`, () => {
      for (const { event, claim } of EVENT_SAMPLES) {
        const entry = entryOf(event);
        const own = doneNote(entry, claim, event.by.id as typeof anna.id, speech);
        const other = doneNote(entry, claim, 'x/stranger' as typeof anna.id, speech);
        expectSentence(own, event.type);
        expectSentence(other, event.type);
        if (event.by.side !== 'desk') expect(other).to.include(event.by.name).and.not.equal(own);
      }
    });
  }

  it('answers a repeated press with the same words, however far the claim has come (R58)', () => {
    const story = underReview().given({ type: 'ApproveClaim', by: arun });
    const later = story.delivered('consent').given({ type: 'DenyConsent', by: dana, reason: '' });
    const entry = entryOf(lastOf(story));
    expect(doneNote(entry, later.claim, arun.id, english)).to.equal(doneNote(entry, story.claim, arun.id, english));
    expect(doneNote(entry, story.claim, arun.id, english)).to.match(
      /^You approved this claim on 3 May 2021 at 10:00 \(PDT\)\./,
    );
    expect(doneNote(entry, story.claim, anna.id, english)).to.equal('Approved by Arun on 3 May 2021 at 10:00 (PDT).');
  });

  it('leaves what people typed as it is', () => {
    const typed = '**bold** ${x} {{DATE()}} {y, plural, other {#}} <at>Bob</at> [a](b) \'q\' "q" #1\nsecond line';
    const story = asked().given(comment(anna, typed));
    for (const speech of SPEECHES) expect(lastLine(story, 'review', speech)).to.include(typed);
    const hostile = created({ ...FORM, customerName: '{0} *Con* #1' });
    for (const speech of SPEECHES) expect(lastLine(hostile, 'partner', speech)).to.include('({0} *Con* #1)');
    const rejectedStory = underReview().given({
      type: 'RejectClaim',
      by: arun,
      reason: 'missingProducts',
      comment: typed,
    });
    for (const speech of SPEECHES) expect(lastLine(rejectedStory, 'partner', speech)).to.include(typed);
  });

  it('says in each reminder how much time is left, so that two of them are not the same (R38, R40)', () => {
    const reminders = (
      story: Story,
      audience: 'partner' | 'customer',
      speech: Parameters<typeof lineOf>[3],
    ): readonly string[] =>
      story.events
        .filter((event) => event.type === 'ClockReminded')
        .map((event) => lineOf(entryOf(event), story.claim, audience, speech));
    const late = asked().delivered('partnerResponse').at(pacific('2021-05-10')).settled();
    const days = ' by the end of Monday, 10 May 2021 (Pacific Time), or the claim will be rejected automatically.';
    expect(reminders(late, 'partner', english)).to.deep.equal([
      `Reminder, CPOR-7F3K9Q (Contoso): 2 business days are left. Please add what was requested and resubmit${days}`,
      `Reminder, CPOR-7F3K9Q (Contoso): 1 business day is left. Please add what was requested and resubmit${days}`,
    ]);
    expect(reminders(late, 'partner', russian).map((line) => /: (.*?)\. /.exec(line)?.[1])).to.deep.equal([
      'осталось 2 рабочих дня',
      'остался 1 рабочий день',
    ]);
    expect(reminders(late, 'partner', turkish).map((line) => /: (.*?)\. /.exec(line)?.[1])).to.deep.equal([
      '2 iş günü kaldı',
      '1 iş günü kaldı',
    ]);
    const window = rejected().delivered('disputeWindow').at(pacific('2021-06-02')).settled();
    expect(reminders(window, 'partner', russian).map((line) => /: (.*?)\. /.exec(line)?.[1])).to.deep.equal([
      'осталось 7 дней',
      'остался 1 день',
    ]);
    expect(
      reminders(approved().delivered('consent').at(pacific('2021-05-10')).settled(), 'customer', english).join(),
    ).to.contain('2 days are left. You can deny');
  });

  it('tells the partner on approval what approved does and does not mean (R48)', () => {
    expect(lastLine(approved(), 'partner')).to.equal(
      'CPOR-7F3K9Q (Contoso): Arun approved the claim. Approved means that you are associated with the ' +
        'customer. It does not mean that the claim is approved for ' +
        'incentive earnings or payout. The claim goes to incentive assessment when the consent period has passed. ' +
        'The consent period starts when the customer receives the notice.',
    );
    expect(lastLine(approved(), 'review')).not.to.include('payout');
  });

  it('tells the partner the reason of a rejection, the comment, and until when it can be disputed (R49)', () => {
    const story = rejected();
    const entry = entryOf(lastOf(story));
    expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', english)).to.equal(
      'CPOR-7F3K9Q (Contoso): Rolf rejected the claim. Reason: Insufficient proof of execution. You can dispute this until the end of ' +
        'Wednesday, 2 June 2021 (Pacific Time): select “Dispute” on the card. Comment: “Too thin.”',
    );
    expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', russian)).to.equal(
      'CPOR-7F3K9Q (Contoso): рецензент (Rolf) отклонил заявку. Причина: Недостаточное подтверждение ' +
        'выполнения. Вы можете оспорить это до конца дня ' +
        '2 июня 2021 г., среда (Тихоокеанское время): нажмите «Оспорить» на карточке. Комментарий: «Too thin.»',
    );
    expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', turkish)).to.equal(
      'CPOR-7F3K9Q (Contoso): Rolf talebi reddetti. Neden: Yetersiz yürütme kanıtı. Buna 2 Haziran 2021 Çarşamba günü sonuna kadar ' +
        '(Kuzey Amerika Pasifik Saati) karttaki “İtiraz et” düğmesiyle itiraz edebilirsiniz. Yorum: “Too thin.”',
    );
  });

  it('tells the customer who claims what, what will be seen, that nothing need be done, and until when to deny (R50)', () => {
    const story = approved();
    expect(lineOf(entryOf(lastOf(story)), story.delivered('consent').claim, 'customer', english)).to.equal(
      'CPOR-7F3K9Q: Fabrikam (MPN ID 1234567) claims to be partner of record for your organization Contoso for ' +
        'Dynamics 365 Sales (activity: Usage). The reviewers have approved this claim. The partner will see reports on ' +
        'how your organization uses these products and, in its own earnings report, your tenant and subscription IDs ' +
        'with amounts and payment status. If you agree, select “Agree” on the card or do nothing. If you do nothing, ' +
        'the association stands. If you do not agree, select “Deny consent” on the card by the end of Monday, 10 May ' +
        '2021 (Pacific Time).',
    );
  });

  it('gives no date of a clock that something else started', () => {
    const again = disputed()
      .given({ type: 'OverturnRejection', by: arun, comment: 'Right.' })
      .after(86_400_000)
      .delivered('consent');
    const first = { ...lastOf(approved()), at: pacific('2021-04-01') };
    const { clocks: _, ...bare } = first;
    expect(lineOf(entryOf(bare), again.claim, 'review', english)).not.to.include('2021');
  });

  it('tells the partner who only comments that the clock runs on (R33)', () => {
    const story = asked().delivered('partnerResponse').given(comment(anna, 'It is 2021.'));
    expect(lastLine(story, 'partner')).to.equal(
      'CPOR-7F3K9Q (Contoso): comment by Anna: “It is 2021.” This alone does not stop the deadline. Select ' +
        '“Resubmit” by the end of Monday, 10 May 2021 (Pacific Time).',
    );
    expect(lastLine(story, 'review')).to.equal('CPOR-7F3K9Q (Contoso): comment by Anna: “It is 2021.”');
    expect(doneNote(entryOf(lastOf(story)), story.claim, anna.id, english)).to.include('“Resubmit”');
    const theirs = asked().given(comment(arun, 'Any year.'));
    expect(lastLine(theirs, 'partner')).not.to.include('Resubmit');
  });

  it('says at each level of an escalation who was told, and who is next (R43)', () => {
    const lines = EVENT_SAMPLES.filter(
      ({ event, claim }) =>
        event.type === 'ClockEscalated' && event.clock === 'reviewDecision' && claim.status === 'UnderReview',
    ).map(({ event, claim }) => lineOf(entryOf(event), claim, 'review', english));
    expect(lines[0])
      .to.include('was due by the end of Monday, 10 May 2021 (Pacific Time)')
      .and.include('level 1: the assignee and the review thread have been notified');
    expect(lines[1]).to.include('level 2: the leads have been notified');
    expect(lines[2]).to.include('level 3: the programme owner has been notified');
    expect(lines[3]).to.include('every business day');
  });

  it('says which notice was not delivered, why, and what the reviewers can do (R45)', () => {
    expect(lastLine(approved().undeliverable('consent', 'contactUnknown'), 'review')).to.equal(
      'CPOR-7F3K9Q (Contoso): the consent notice to the customer could not be delivered. The customer ' +
        'contact of the claim is not enrolled with that e-mail address. ' +
        'Ask the operator to enrol them; the notice will then be sent automatically. The deadline starts only when the notice is delivered.',
    );
  });

  it('tells customer and reviewers of a late denial that it changes no status (R51)', () => {
    const story = passed().given({ type: 'DenyConsent', by: dana, reason: 'Too late?' });
    expect(lastLine(story, 'review')).to.include('does not change the status').and.include('Too late?');
    expect(lastLine(story, 'customer')).to.include('after the consent period had ended');
  });

  it('shows the customer nothing of what partner and reviewers write (R6, R56)', () => {
    for (const { event, claim } of EVENT_SAMPLES) {
      const line = lineOf(entryOf(event), claim, 'customer', english);
      for (const written of ['It is 20', 'It is all', 'Too thin', 'We parted', 'Which year', 'It stands', 'It falls'])
        expect(line).not.to.include(written);
    }
  });
});
