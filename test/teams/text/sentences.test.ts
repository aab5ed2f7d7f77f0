import { expect } from 'chai';
import {
  ACTIVITIES,
  AREAS,
  PARTNER_REQUEST_REASONS,
  REJECTION_REASONS,
  REQUEST_REASONS,
} from '../../../src/domain/claims/catalogue.ts';
import { EMPTY_FIELDS, FIELD_NAMES } from '../../../src/domain/claims/fields.ts';
import { PARTNER_ROLES, STAFF_ROLES } from '../../../src/domain/claims/permission.ts';
import { CLOCK_NAMES } from '../../../src/domain/claims/policy.ts';
import type { UnreachableReason } from '../../../src/desk/ports/messenger.ts';
import {
  actionName,
  activityName,
  areaName,
  clockName,
  fieldLabel,
  fieldValue,
  partnerRequestReason,
  rejectionReason,
  requestReason,
  requestReasonExplained,
  roleName,
} from '../../../src/teams/text/labels.ts';
import { byItselfNote, nextNote, stageName, statusMeaning, unreachableNote } from '../../../src/teams/text/status.ts';
import { refusalNote } from '../../../src/teams/text/refusals.ts';
import { understand } from '../../../src/teams/intents/understand.ts';
import { approved, asked, FORM } from '../../domain/claims/scenario.ts';
import { AUDIENCES, english, expectSentence, SPEECHES, STAGES, viewOf } from '../wordingSamples.ts';

const UNREACHABLE: Readonly<Record<UnreachableReason, true>> = {
  notInstalled: true,
  blocked: true,
  disabledByAdmin: true,
  conversationLost: true,
  contactUnknown: true,
  neverWrote: true,
  noReviewChannel: true,
  nobodyEnrolled: true,
  noMember: true,
  sidesOverlap: true,
  customerNotEnrolled: true,
  contactOfPartner: true,
};

describe('What the desk says of the state of a claim (R52)', () => {
  for (const speech of SPEECHES) {
    it(`is what the status means, who acts next and what happens by itself, in ${speech.language}`, () => {
      for (const [stage, story] of Object.entries(STAGES)) {
        for (const audience of AUDIENCES) {
          const view = viewOf(story, audience);
          expect(view.stage).to.equal(stage);
          for (const said of [
            statusMeaning(view, speech),
            nextNote(view, speech),
            byItselfNote(view, speech),
            stageName(view.stage, speech),
          ])
            expectSentence(said, stage);
        }
      }
    });

    it(`has a name in ${speech.language} for everything`, () => {
      const names = [
        ...CLOCK_NAMES.map((name) => clockName(name, speech)),
        ...REJECTION_REASONS.map((reason) => rejectionReason(reason, speech)),
        ...REQUEST_REASONS.flatMap((reason) => [requestReason(reason, speech), requestReasonExplained(reason, speech)]),
        ...PARTNER_REQUEST_REASONS.map((reason) => partnerRequestReason(reason, speech)),
        ...ACTIVITIES.map((activity) => activityName(activity, speech)),
        ...AREAS.map((area) => areaName(area, speech)),
        ...[...PARTNER_ROLES, ...STAFF_ROLES].map((role) => roleName(role, speech)),
        ...FIELD_NAMES.flatMap((name) => [
          fieldLabel(name, speech),
          fieldValue(name, FORM[name], speech),
          fieldValue(name, EMPTY_FIELDS[name], speech),
        ]),
        ...Object.values(STAGES).flatMap((story) => viewOf(story).actions.map((action) => actionName(action, speech))),
        ...[...Object.keys(UNREACHABLE), 'HTTP 418'].map((reason) => unreachableNote(reason, speech)),
      ];
      names.forEach((name, index) => {
        expectSentence(name, String(index));
      });
    });
  }

  it('says until when the partner has to resubmit before the claim is rejected by itself', () => {
    expect(byItselfNote(viewOf(asked().delivered('partnerResponse'), 'review'), english)).to.equal(
      'Unless the partner resubmits by the end of Monday, 10 May 2021 (Pacific Time), the claim will be rejected automatically.',
    );
  });

  it('speaks to the partner, and not of the partner, where the partner reads and may act', () => {
    const view = viewOf(asked().delivered('partnerResponse'), 'partner');
    expect(nextNote(view, english)).to.equal('The review needs one thing from you.');
    expect(byItselfNote(view, english)).to.equal(
      'Unless you resubmit by the end of Monday, 10 May 2021 (Pacific Time), the claim will be rejected automatically.',
    );
    expect(nextNote({ ...view, actions: [] }, english)).to.equal(
      'Next: the partner adds what was requested and resubmits the claim.',
    );
  });

  it('says that it waits while a notice is not delivered (R45)', () => {
    expect(byItselfNote(viewOf(approved().undeliverable('consent')), english)).to.equal(
      'Waiting: notice not delivered. No deadline runs until it has been delivered.',
    );
    expect(nextNote(viewOf(approved().undeliverable('consent')), english)).to.equal(
      'The customer cannot answer yet: the notice has not been delivered.',
    );
    expect(byItselfNote(viewOf(approved()), english)).to.include('the deadline starts when it has arrived');
  });

  it('quotes a reason of Teams that it does not know', () => {
    expect(unreachableNote('HTTP 418', english)).to.include('(HTTP 418)');
  });

  it('names words to type that are understood', () => {
    const typed = { en: 'claims', ru: 'мои заявки', tr: 'taleplerim' } as const;
    const channel = {
      en: 'use this channel for reviews',
      ru: 'использовать этот канал для проверок',
      tr: 'bu kanalı incelemeler için kullan',
    } as const;
    for (const speech of SPEECHES) {
      expect(refusalNote({ code: 'notFound' }, undefined, speech)).to.include(typed[speech.language]);
      expect(understand(typed[speech.language], { playground: false })).to.deep.equal({ kind: 'list', name: 'claims' });
      expect(unreachableNote('noReviewChannel', speech)).to.include(channel[speech.language]);
      expect(understand(channel[speech.language], { playground: false })).to.deep.equal({
        kind: 'useChannel',
        purpose: 'review',
      });
    }
  });
});
