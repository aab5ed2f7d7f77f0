import { expect } from 'chai';
import { ACTIVITIES, AREAS, PARTNER_REQUEST_REASONS, REJECTION_REASONS, REQUEST_REASONS } from '../../src/claims/catalogue.ts';
import type { Stage } from '../../src/claims/claim.ts';
import { EMPTY_FIELDS, FIELD_NAMES, problemsOf } from '../../src/claims/fields.ts';
import { CATALOGUE } from '../../src/claims/catalogue.ts';
import { PARTNER_ROLES, STAFF_ROLES } from '../../src/claims/permission.ts';
import { CLOCK_NAMES } from '../../src/claims/policy.ts';
import type { RefusalCode } from '../../src/claims/refusal.ts';
import type { UnreachableReason } from '../../src/desk/ports.ts';
import type { ClaimView } from '../../src/desk/view.ts';
import { viewClaim } from '../../src/desk/view.ts';
import { LANGUAGES } from '../../src/locales/say.ts';
import { formatDay, formatDue, formatSize, formatTime } from '../../src/teams/format.ts';
import {
  activityName, actionName, areaName, byItselfNote, changeNote, clockName, doneNote, fieldLabel, fieldProblem, fieldValue, formProblem, lineOf, MOST_LISTED, nextNote,
  partnerRequestReason, refusalNote, rejectionReason, requestReason, requestReasonExplained, roleName, stageName, statusMeaning, unreachableNote,
} from '../../src/teams/sentences.ts';
import { understand } from '../../src/teams/words.ts';
import { anna, arun, dana } from '../claims/cast.ts';
import { approved, asked, comment, created, disputed, draft, FORM, pacific, passed, rejected, type Story, submitted, underReview } from '../claims/scenario.ts';
import { entryOf, EVENT_TYPES, FIELD_PROBLEMS, FORM_PROBLEMS, REFUSALS, TOLD, TYPES } from './told.ts';

const PACIFIC = 'America/Los_Angeles';
const SPEECHES = LANGUAGES.map((language) => ({ language, zone: PACIFIC }));
const english = { language: 'en', zone: PACIFIC } as const;
const russian = { language: 'ru', zone: PACIFIC } as const;
const turkish = { language: 'tr', zone: PACIFIC } as const;
const AUDIENCES = ['partner', 'review', 'customer'] as const;
const UNREACHABLE: Readonly<Record<UnreachableReason, true>> = {
  notInstalled: true, blocked: true, disabledByAdmin: true, conversationLost: true, contactUnknown: true, neverWrote: true, noReviewChannel: true, nobodyEnrolled: true,
};
const STAGES: Readonly<Record<Stage, Story>> = {
  Editing: created(), Discarded: draft().given({ type: 'DiscardDraft', by: anna }), Submitted: submitted(), UnderReview: underReview(), PartnerActionRequired: asked(),
  ConsentOpen: approved(), ConsentPassed: passed(), Disputable: rejected(), Disputed: disputed(),
  Upheld: disputed().given({ type: 'UpholdRejection', by: arun, comment: 'No.' }), WindowClosed: rejected().delivered('disputeWindow').after(60 * 86_400_000).settled(),
};

function expectSentence(text: string, about: string): void {
  expect(text, about).not.to.equal('');
  expect(text, about).not.to.match(/[{}]|undefined|NaN|\[object| {2}| [.,;]|^\s|\s$/);
}

function viewOf({ claim, now }: Story, audience: 'partner' | 'review' | 'customer' = 'partner'): ClaimView {
  return viewClaim(claim, { kind: 'audience', audience }, now);
}

/** The line about the last thing that happened in a story. */
function lastLine(story: Story, audience: (typeof AUDIENCES)[number], speech: Parameters<typeof lineOf>[3] = english): string {
  return lineOf(entryOf(lastOf(story)), story.claim, audience, speech);
}

function lastOf(story: Story) {
  const last = story.events.at(-1);
  if (!last) throw new Error('nothing happened');
  return last;
}

describe('What the desk says in Teams', () => {
  describe('of events', () => {
    it('has an example of every event', () => {
      expect([...TYPES].sort()).to.deep.equal(Object.keys(EVENT_TYPES).sort());
    });

    for (const speech of SPEECHES) {
      it(`is one line for every event and audience in ${speech.language}, that names the claim`, () => {
        for (const { event, claim } of TOLD) {
          for (const audience of AUDIENCES) {
            const line = lineOf(entryOf(event), claim, audience, speech);
            expectSentence(line, `${event.type} ${audience}`);
            expect(line).to.include('CPOR-7F3K9Q').and.not.include('\n');
          }
        }
      });

      it(`answers who did it, and somebody else, in ${speech.language}`, () => {
        for (const { event, claim } of TOLD) {
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
      expect(doneNote(entry, story.claim, arun.id, english)).to.match(/^You approved this claim on 3 May 2021 at 10:00 \(PDT\)\./);
      expect(doneNote(entry, story.claim, anna.id, english)).to.equal('Approved by Arun on 3 May 2021 at 10:00 (PDT).');
    });

    it('leaves what people typed as it is', () => {
      const typed = '**bold** ${x} {{DATE()}} {y, plural, other {#}} <at>Bob</at> [a](b) \'q\' "q" #1\nsecond line';
      const story = asked().given(comment(anna, typed));
      for (const speech of SPEECHES) expect(lastLine(story, 'review', speech)).to.include(typed);
      const hostile = created({ ...FORM, customerName: '{0} *Con* <b>' });
      for (const speech of SPEECHES) expect(lastLine(hostile, 'partner', speech)).to.include('({0} *Con* <b>)');
      const rejectedStory = underReview().given({ type: 'RejectClaim', by: arun, reason: 'missingProducts', comment: typed });
      for (const speech of SPEECHES) expect(lastLine(rejectedStory, 'partner', speech)).to.include(typed);
    });

    it('tells the partner on approval what approved does and does not mean (R48)', () => {
      expect(lastLine(approved(), 'partner')).to.equal(
        'CPOR-7F3K9Q (Contoso): Arun approved the claim. Approved means that you are associated with the customer. It does not mean that the claim is approved for '
        + 'incentive earnings or payout: it goes to incentive assessment when the consent period has passed. The consent period starts when the customer has received the notice.');
      expect(lastLine(approved(), 'review')).not.to.include('payout');
    });

    it('tells the partner the reason of a rejection, the comment, and until when it can be disputed (R49)', () => {
      const story = rejected();
      const entry = entryOf(lastOf(story));
      expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', english)).to.equal(
        'CPOR-7F3K9Q (Contoso): Rolf rejected the claim. Reason: Insufficient proof of execution. You can dispute this until the end of '
        + 'Wednesday, 2 June 2021 (Pacific Time) with “Dispute” on the card. Comment: “Too thin.”');
      expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', russian)).to.equal(
        'CPOR-7F3K9Q (Contoso): рецензент (Rolf) отклонил заявку. Причина: Недостаточное подтверждение выполнения. Вы можете оспорить это до конца дня '
        + '2 июня 2021 г. (среда), Тихоокеанское время: нажмите «Оспорить» на карточке. Комментарий: «Too thin.»');
      expect(lineOf(entry, story.delivered('disputeWindow').claim, 'partner', turkish)).to.equal(
        'CPOR-7F3K9Q (Contoso): Rolf talebi reddetti. Neden: Yetersiz yürütme kanıtı. Buna 2 Haziran 2021 Çarşamba günü sonuna kadar '
        + '(Kuzey Amerika Pasifik Saati) karttaki “İtiraz et” düğmesiyle itiraz edebilirsiniz. Yorum: “Too thin.”');
    });

    it('tells the customer who claims what, what will be seen, that nothing need be done, and until when to deny (R50)', () => {
      const story = approved();
      expect(lineOf(entryOf(lastOf(story)), story.delivered('consent').claim, 'customer', english)).to.equal(
        'CPOR-7F3K9Q: Fabrikam (MPN ID 1234567) claims to be the partner of your organization Contoso for Dynamics 365 Sales, activity Usage, and the reviewers have '
        + 'approved this. The partner will see how your organization uses these products. If you agree, you need do nothing: the association then stands. '
        + 'If not, you can deny it until the end of Monday, 10 May 2021 (Pacific Time) with “Deny consent” on the card.');
    });

    it('gives no date of a clock that something else started', () => {
      const again = disputed().given({ type: 'OverturnRejection', by: arun, comment: 'Right.' }).after(86_400_000).delivered('consent');
      const first = { ...lastOf(approved()), at: pacific('2021-04-01') };
      const { clocks: _, ...bare } = first;
      expect(lineOf(entryOf(bare), again.claim, 'review', english)).not.to.include('2021');
    });

    it('tells the partner who only comments that the clock runs on (R33)', () => {
      const story = asked().delivered('partnerResponse').given(comment(anna, 'It is 2021.'));
      expect(lastLine(story, 'partner')).to.equal(
        'CPOR-7F3K9Q (Contoso): comment by Anna: “It is 2021.” This alone does not stop the deadline: press “Resubmit” by the end of Monday, 10 May 2021 (Pacific Time).');
      expect(lastLine(story, 'review')).to.equal('CPOR-7F3K9Q (Contoso): comment by Anna: “It is 2021.”');
      expect(doneNote(entryOf(lastOf(story)), story.claim, anna.id, english)).to.include('does not stop the deadline: press “Resubmit”');
      const theirs = asked().given(comment(arun, 'Any year.'));
      expect(lastLine(theirs, 'partner')).not.to.include('Resubmit');
    });

    it('says at each level of an escalation who was told, and who is next (R43)', () => {
      const lines = TOLD.filter(({ event, claim }) => event.type === 'ClockEscalated' && event.clock === 'reviewDecision' && claim.status === 'UnderReview')
        .map(({ event, claim }) => lineOf(entryOf(event), claim, 'review', english));
      expect(lines[0]).to.include('was due by the end of Monday, 10 May 2021 (Pacific Time)').and.include('level 1: told to the assignee');
      expect(lines[1]).to.include('level 2: told to the leads');
      expect(lines[2]).to.include('level 3: told to the programme owner');
      expect(lines[3]).to.include('each business day until it is decided');
    });

    it('says which notice was not delivered, why, and what the reviewers can do (R45)', () => {
      expect(lastLine(approved().undeliverable('consent', 'contactUnknown'), 'review')).to.equal(
        'CPOR-7F3K9Q (Contoso): could not be delivered: the consent notice to the customer. The customer contact of the claim is not enrolled with that e-mail address. '
        + 'Ask the operator to enrol them; the notice then goes out by itself. The deadline starts only when the notice is delivered.');
    });

    it('tells customer and reviewers of a late denial that it changes no status (R51)', () => {
      const story = passed().given({ type: 'DenyConsent', by: dana, reason: 'Too late?' });
      expect(lastLine(story, 'review')).to.include('changes no status').and.include('Too late?');
      expect(lastLine(story, 'customer')).to.include('came after the consent period');
    });

    it('shows the customer nothing of what partner and reviewers write (R6, R56)', () => {
      for (const { event, claim } of TOLD) {
        const line = lineOf(entryOf(event), claim, 'customer', english);
        for (const written of ['It is 20', 'It is all', 'Too thin', 'We parted', 'Which year', 'It stands', 'It falls']) expect(line).not.to.include(written);
      }
    });
  });

  describe('of refusals', () => {
    for (const speech of SPEECHES) {
      it(`gives a reason for every refusal in ${speech.language}, with the claim at hand and without`, () => {
        for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
          for (const view of [undefined, ...Object.values(STAGES).map((story) => viewOf(story))]) expectSentence(refusalNote(REFUSALS[code], view, speech), code);
        }
      });

      it(`says how to mend every field in ${speech.language}`, () => {
        for (const problem of Object.keys(FIELD_PROBLEMS) as (keyof typeof FIELD_PROBLEMS)[]) {
          const field = FIELD_PROBLEMS[problem];
          const said = fieldProblem({ field, problem }, speech);
          expectSentence(said, problem);
          expect(said).to.include(fieldLabel(field, speech)).and.match(/for example|such as|например|вида|[öÖ]rneğin|biçiminde/);
        }
        for (const problem of Object.keys(FORM_PROBLEMS) as (keyof typeof FORM_PROBLEMS)[]) expectSentence(formProblem(problem, FORM_PROBLEMS[problem], speech), problem);
      });
    }

    it('names state, who may act, and what can be done instead (R32)', () => {
      const story = approved();
      expect(refusalNote({ code: 'wrongStage', stage: 'ConsentOpen', changes: [] }, viewOf(story), english)).to.equal(
        'This cannot be done now. Status: Approved, the customer may still deny consent. The customer may deny consent; if the customer does nothing, the association '
        + 'stands. What you can do now: add a comment or withdraw the claim.');
      expect(refusalNote({ code: 'reviewerOnly' }, viewOf(submitted()), english)).to.match(/^Only reviewers can do this\. Status: Submitted\. A reviewer starts the review\. What you can do now: /);
    });

    it('says what changed since the card, by whom and when (R57)', () => {
      const bob = { side: 'review', id: arun.id, name: 'Bob' } as const;
      const at = pacific('2021-05-04', '09:30');
      const changes = [
        { kind: 'poe', event: 'PoeAdded', version: 7, by: { side: 'partner', id: anna.id, name: 'Anna' }, at }, { kind: 'status', event: 'ClaimApproved', version: 8, by: bob, at },
      ] as const;
      expect(changeNote(changes, english)).to.equal(
        'Since you last saw this claim: Proof of execution added by Anna on 4 May 2021 at 09:30 (PDT). Approved by Bob on 4 May 2021 at 09:30 (PDT).');
      expect(changeNote([], english)).to.equal('');
      expect(refusalNote({ code: 'stale', changes }, viewOf(approved()), english)).to.include('Approved by Bob').and.include('press again');
    });

    it('shows both values of a field that somebody else changed (R57)', () => {
      const said = refusalNote(REFUSALS.editConflict, undefined, english);
      expect(said).to.include('Anna wrote “Power BI, Power Apps”').and.include('you wrote “(empty)”');
      expect(said).to.include('Partner contact name: Anna wrote “Kim” on 3 May 2021 at 10:00 (PDT), you wrote “Lee”.');
    });

    it('counts missing fields by the rules of each language', () => {
      const missing = (count: number): string => refusalNote({ code: 'fieldsMissing', fields: FIELD_NAMES.slice(0, count) }, undefined, russian);
      expect(missing(1)).to.match(/^Осталось 1 незаполненное поле: Идентификатор MPN\./);
      expect(missing(3)).to.match(/^Осталось 3 незаполненных поля:/);
      expect(missing(5)).to.match(/^Осталось 5 незаполненных полей:/);
    });

    it('names as many values as the form really takes', () => {
      const ids = Array.from({ length: MOST_LISTED + 1 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
      expect(problemsOf({ subscriptionIds: ids }, EMPTY_FIELDS, CATALOGUE, [])).to.deep.equal([{ field: 'subscriptionIds', problem: 'tooMany' }]);
      expect(problemsOf({ subscriptionIds: ids.slice(1) }, EMPTY_FIELDS, CATALOGUE, [])).to.deep.equal([]);
    });
  });

  describe('of where a claim stands (R52)', () => {
    for (const speech of SPEECHES) {
      it(`is what the status means, who acts next and what happens by itself, in ${speech.language}`, () => {
        for (const [stage, story] of Object.entries(STAGES)) {
          for (const audience of AUDIENCES) {
            const view = viewOf(story, audience);
            expect(view.stage).to.equal(stage);
            for (const said of [statusMeaning(view, speech), nextNote(view, speech), byItselfNote(view, speech), stageName(view.stage, speech)]) expectSentence(said, stage);
          }
        }
      });

      it(`has a name in ${speech.language} for everything`, () => {
        const names = [
          ...CLOCK_NAMES.map((name) => clockName(name, speech)), ...REJECTION_REASONS.map((reason) => rejectionReason(reason, speech)),
          ...REQUEST_REASONS.flatMap((reason) => [requestReason(reason, speech), requestReasonExplained(reason, speech)]),
          ...PARTNER_REQUEST_REASONS.map((reason) => partnerRequestReason(reason, speech)), ...ACTIVITIES.map((activity) => activityName(activity, speech)),
          ...AREAS.map((area) => areaName(area, speech)), ...[...PARTNER_ROLES, ...STAFF_ROLES].map((role) => roleName(role, speech)),
          ...FIELD_NAMES.flatMap((name) => [fieldLabel(name, speech), fieldValue(name, FORM[name], speech), fieldValue(name, EMPTY_FIELDS[name], speech)]),
          ...Object.values(STAGES).flatMap((story) => viewOf(story).actions.map((action) => actionName(action, speech))),
          ...[...Object.keys(UNREACHABLE), 'HTTP 418'].map((reason) => unreachableNote(reason, speech)),
        ];
        names.forEach((name, index) => { expectSentence(name, String(index)); });
      });
    }

    it('says until when the partner has to resubmit before the claim is rejected by itself', () => {
      expect(byItselfNote(viewOf(asked().delivered('partnerResponse')), english)).to.equal(
        'Unless the partner resubmits by the end of Monday, 10 May 2021 (Pacific Time), the claim is rejected automatically.');
    });

    it('says that it waits while a notice is not delivered (R45)', () => {
      expect(byItselfNote(viewOf(approved().undeliverable('consent')), english)).to.equal('Waiting: notice not delivered. Until it is, no deadline runs.');
      expect(byItselfNote(viewOf(approved()), english)).to.include('the deadline starts when it is delivered');
    });

    it('quotes a reason of Teams that it does not know', () => {
      expect(unreachableNote('HTTP 418', english)).to.include('(HTTP 418)');
    });

    it('names words to type that are understood', () => {
      const typed = { en: 'claims', ru: 'мои заявки', tr: 'taleplerim' } as const;
      const channel = { en: 'use this channel for reviews', ru: 'использовать этот канал для рецензий', tr: 'bu kanalı incelemeler için kullan' } as const;
      for (const speech of SPEECHES) {
        expect(refusalNote({ code: 'notFound' }, undefined, speech)).to.include(typed[speech.language]);
        expect(understand(typed[speech.language], { playground: false })).to.deep.equal({ kind: 'list', name: 'claims' });
        expect(unreachableNote('noReviewChannel', speech)).to.include(channel[speech.language]);
        expect(understand(channel[speech.language], { playground: false })).to.deep.equal({ kind: 'useChannel', purpose: 'review' });
      }
    });
  });

  describe('of dates and sizes', () => {
    const due = pacific('2021-05-11');

    it('shows a deadline as the end of the day before its instant, with the zone', () => {
      expect(formatDue(due, PACIFIC, 'en')).to.equal('the end of Monday, 10 May 2021 (Pacific Time)');
      expect(formatDue(due, PACIFIC, 'ru')).to.equal('конец дня 10 мая 2021 г. (понедельник), Тихоокеанское время');
      expect(formatDue(due, PACIFIC, 'tr')).to.equal('10 Mayıs 2021 Pazartesi günü sonu (Kuzey Amerika Pasifik Saati)');
      expect(formatDue(Date.UTC(2021, 4, 11), 'UTC', 'en')).to.equal('the end of Monday, 10 May 2021 (Coordinated Universal Time)');
    });

    it('shows a moment by the clock of the zone that it is told', () => {
      expect(formatDay(due, PACIFIC, 'en')).to.equal('Tuesday, 11 May 2021');
      expect(formatTime(due, PACIFIC, 'en')).to.equal('11 May 2021 at 00:00 (PDT)');
      expect(formatTime(due, 'Europe/Istanbul', 'tr')).to.equal('11 Mayıs 2021 10:00 (GMT+3)');
      expect(formatTime(due, 'Asia/Tokyo', 'ru')).to.equal('11 мая 2021 г. в 16:00 (GMT+9)');
    });

    it('counts sizes in steps of 1024', () => {
      expect(formatSize(900, 'en')).to.equal('900 bytes');
      expect(formatSize(831_488, 'en')).to.equal('812 kB');
      expect(formatSize(1024 * 1024 * 2.5, 'tr')).to.match(/^2,5\sMB$/);
      expect(formatSize(1024 * 1024 * 25, 'ru')).to.match(/^25\sМБ$/);
    });
  });
});
