/** A claim at every stage, and the people who view it. */
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { Member } from '../../../src/domain/claims/permission.ts';
import type { ClaimView } from '../../../src/desk/queries/view.ts';
import type { Reader } from '../../../src/desk/ports/reader.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import type { ClaimCardOptions } from '../../../src/teams/cards/cardOptions.ts';
import { createCards } from '../../../src/teams/cards/cards.ts';
import { mayRead } from '../../../src/domain/claims/permission.ts';
import { anna, arun, asif, dana, hana, lena, MPN, nikita, SECOND_MPN } from '../../domain/claims/personas.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import {
  approved,
  asked,
  comment,
  created,
  DAY,
  disputed,
  draft,
  finallyDeclined,
  overturnedDenial,
  passed,
  rejected,
  RULES,
  submitted,
  underReview,
} from '../../domain/claims/scenario.ts';

export const cards = createCards(new URL('../../../cards/', import.meta.url));
export const ZONE = 'America/Los_Angeles';
export const english = { language: 'en', zone: ZONE, programme: RULES.programme } as const;

export const STORIES: Readonly<Record<string, Story>> = {
  'a draft with next to nothing in it': created({ mpnId: MPN }),
  'a draft that is complete': draft(),
  'a discarded draft': draft().given({ type: 'DiscardDraft', by: anna }),
  'a submitted claim': submitted(),
  'a submitted claim that is overdue': submitted()
    .after(9 * DAY)
    .settled(),
  'a claim under review': underReview().given(comment(anna, 'We sent it.')).given(comment(arun, 'Thank you.')),
  'a claim whose partner has to act': asked().delivered('partnerResponse'),
  'a claim that waits for an undelivered request': asked().undeliverable('partnerResponse'),
  'an approved claim': approved().delivered('consent'),
  'an approved claim whose consent has passed': passed(),
  'a claim that was assessed': passed().given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU' }),
  'a rejected claim': rejected().delivered('disputeWindow'),
  'a withdrawn claim': submitted().given({
    type: 'RequestRejection',
    by: anna,
    reason: 'other',
    comment: 'A mistake.',
  }),
  'a claim that its customer denied': approved()
    .delivered('consent')
    .given({ type: 'DenyConsent', by: dana, reason: 'We do not know them.' }),
  'a claim that its customer agreed to': approved().delivered('consent').given({ type: 'AgreeConsent', by: dana }),
  'a claim whose customer agreed and then denied': approved()
    .delivered('consent')
    .given({ type: 'AgreeConsent', by: dana })
    .given({ type: 'DenyConsent', by: dana, reason: 'We thought again.' }),
  'a claim that its customer objected to': approved()
    .delivered('consent')
    .given({ type: 'RecordObjection', by: dana, text: 'We do not agree.' }),
  'a claim whose customer has to agree': overturnedDenial().delivered('consent'),
  'a claim whose customer declined twice': finallyDeclined(),
  'a claim that was assessed for two programmes': passed()
    .given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSU', number: 'OSU-2021-17' })
    .given({ type: 'ReportAssessment', by: asif, eligible: true, programme: 'OSA' })
    .given({ type: 'ReportAssessment', by: asif, eligible: false, programme: 'OSA', reason: 'No seats in May.' }),
  'a disputed claim': disputed(),
  'a claim approved after its dispute': disputed()
    .given({ type: 'OverturnRejection', by: lena, comment: 'Convincing.' })
    .delivered('consent'),
  'a claim whose rejection was upheld': disputed().given({
    type: 'UpholdRejection',
    by: lena,
    comment: 'Nothing new.',
  }),
  'a rejection that no one disputed': rejected()
    .delivered('disputeWindow')
    .after(40 * DAY)
    .settled(),
};

const PEOPLE: readonly Member[] = [anna, nikita, arun, lena, hana, asif, dana];
const AUDIENCES = ['partner', 'review', 'customer'] as const;

export function readersOf(claim: Claim): readonly Reader[] {
  const seen = AUDIENCES.filter(
    (audience) =>
      (audience === 'customer' ? claim.approval : audience === 'review' ? claim.submittedAt : true) !== undefined,
  );
  return [
    ...PEOPLE.filter((member) => mayRead(member, claim)).map((member) => ({ kind: 'person', member }) as const),
    ...seen.map((audience) => ({ kind: 'audience', audience }) as const),
  ];
}

export function viewOf(story: Story, member: Member): ClaimView {
  return viewClaim(story.claim, { kind: 'person', member }, story.now);
}

export function cardOf(story: Story, member: Member, options: Partial<ClaimCardOptions> = {}): Card {
  return cards.claim(viewOf(story, member), { ...english, now: story.now, place: 'personal', ...CHOICES, ...options });
}

/** What a card that answers one person is given to choose from. */
export const CHOICES: Pick<ClaimCardOptions, 'mpnIds' | 'reviewers'> = {
  mpnIds: [MPN, SECOND_MPN],
  reviewers: [{ id: hana.id, name: hana.name }],
};

/** The claim with a text in each of its fields that a person types. */
export const withTyped = (claim: Claim, typed: string): Claim => ({
  ...claim,
  partner: { ...claim.partner, name: typed },
  filedBy: { ...claim.filedBy, name: typed },
  fields: {
    ...claim.fields,
    customerName: typed,
    customerContactName: typed,
    customerContactTitle: typed,
    partnerContactName: typed,
  },
  poe: claim.poe.map((poe) => ({ ...poe, name: typed })),
  comments: claim.comments.map((one) => ({ ...one, text: typed, by: { ...one.by, name: typed } })),
  ...(claim.assignee && { assignee: { ...claim.assignee, name: typed } }),
  ...(claim.status === 'PartnerActionRequired' && { request: { ...claim.request, comment: typed } }),
  ...(claim.status === 'Rejected' && {
    rejection: { ...claim.rejection, comment: typed, by: { ...claim.rejection.by, name: typed } },
  }),
  ...(claim.status === 'Rejected' &&
    claim.dispute.state === 'open' && { dispute: { ...claim.dispute, justification: typed } }),
});

/** Each story for each of its readers in each language. */
export function* everyCard(): Generator<{ readonly title: string; readonly view: ClaimView; readonly card: Card }> {
  for (const [title, story] of Object.entries(STORIES)) {
    for (const reader of readersOf(story.claim)) {
      const view = viewClaim(story.claim, reader, story.now);
      for (const language of LANGUAGES) {
        const place = reader.kind === 'person' ? 'personal' : 'channel';
        const card = cards.claim(view, {
          language,
          zone: ZONE,
          programme: RULES.programme,
          now: story.now,
          place,
          ...(reader.kind === 'person' && CHOICES),
        });
        yield {
          title: `${title}, for ${reader.kind === 'person' ? reader.member.name : reader.audience}, in ${language}`,
          view,
          card,
        };
      }
    }
  }
}
