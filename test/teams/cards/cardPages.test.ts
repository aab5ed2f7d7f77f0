import type { HelpOptions } from '../../../src/teams/cards/cardOptions.ts';
import { expect } from 'chai';
import type { ClaimEvent, EventType } from '../../../src/domain/claims/events.ts';
import type { Entry } from '../../../src/domain/claims/history.ts';
import { append } from '../../../src/domain/claims/history.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { OrganisationId, PersonId } from '../../../src/domain/claims/values.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { ShownList } from '../../../src/teams/cards/listCard.ts';
import { createEnrolment } from '../../../src/desk/directory/enrolment.ts';
import type { Organisation, Person } from '../../../src/desk/directory/people.ts';
import type { Language } from '../../../src/locales/say.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import type { EnrolmentKind } from '../../../src/desk/directory/operators.ts';
import { inputsOf } from '../../../src/teams/cards/inputIds.ts';
import { fieldsOf } from '../../../src/teams/cards/verbs.ts';
import { understand } from '../../../src/teams/intents/understand.ts';
import {
  anna,
  arun,
  CUSTOMER_TENANT,
  dana,
  ELSEWHERE,
  lena,
  MPN,
  PARTNER_TENANT,
  SECOND_MPN,
} from '../../domain/claims/personas.ts';
import {
  approved,
  comment,
  DAY,
  disputed,
  draft,
  ID,
  MONDAY,
  submitted,
  underReview,
  chaining,
} from '../../domain/claims/scenario.ts';
import { inputsOn, objectionsTo, partsOf, partsOfType, wordsOn } from './cardReader.ts';
import { cards, english, STORIES, viewOf, ZONE } from './claimStories.ts';

const HOSTILE = '**b** [l](https://evil.example) ${id} {{DATE(2026-01-01,SHORT)}}';
const LARGEST = 40 * 1024;
const EVERYBODY = { partner: true, reviewer: true, customer: true, operator: true, playground: true } as const;
const NOBODY = { partner: false, reviewer: false, customer: false, operator: false, playground: false } as const;
const FORMS: readonly EnrolmentKind[] = ['partner', 'member', 'staff', 'customer', 'contact'];

const person = (name: string): Person => ({
  id: `${PARTNER_TENANT}/${ELSEWHERE}` as PersonId,
  tenantId: PARTNER_TENANT,
  objectId: ELSEWHERE,
  name,
  email: '',
  staff: [],
  memberships: [],
  contactOf: [],
});
const fabrikam: Organisation = {
  id: `partner:${PARTNER_TENANT}` as OrganisationId,
  kind: 'partner',
  name: HOSTILE,
  tenantId: PARTNER_TENANT,
  mpnIds: [MPN],
};
const contoso: Organisation = {
  ...fabrikam,
  id: `customer:${CUSTOMER_TENANT}` as OrganisationId,
  kind: 'customer',
  name: 'Contoso',
};

function entriesOf(events: readonly ClaimEvent[]): readonly Entry[] {
  return append([], events, { recordedAt: MONDAY }, chaining());
}

const listed = (
  claims: readonly Claim[],
  more = false,
  audience: 'review' | 'customer' = 'review',
  now = MONDAY,
): ShownList => ({
  views: claims.map((claim) => viewClaim(claim, { kind: 'audience', audience }, now)),
  more,
});

function expectSound(card: Card): void {
  expect(objectionsTo(card)).to.deep.equal([]);
  expect(Buffer.byteLength(JSON.stringify(card))).to.be.lessThan(LARGEST);
  expect(JSON.stringify(card)).not.to.match(/\$\{|\{\{|undefined|NaN|null/);
  const ids = inputsOn(card).map((input) => input['id']);
  expect(new Set(ids).size).to.equal(ids.length);
  for (const part of partsOf(card)) {
    const holds = Object.values(part).some((value) => typeof value === 'string' && value.includes('evil'));
    if (holds && part['type'] !== 'TextRun' && part['type'] !== 'Input.Text')
      expect(part).to.have.all.keys('title', 'value');
  }
}

describe('Every other card', () => {
  const made = (language: Language): readonly Card[] => {
    const speech = { language, zone: ZONE };
    const story = disputed().given(comment(anna, HOSTILE));
    const chosen = { people: [person(HOSTILE), person('')], organisations: [fabrikam, contoso] };
    return [
      cards.newClaim({ ...speech, form: 'f', mpnIds: [MPN, SECOND_MPN], filled: { customerName: HOSTILE } }),
      cards.list(
        'queue',
        listed([story.claim, { ...draft().claim, fields: { ...draft().claim.fields, customerName: HOSTILE } }], true),
        { ...speech, now: MONDAY },
      ),
      ...(['claims', 'queue', 'mine', 'overdue'] as const).map((name) =>
        cards.list(name, listed([]), { ...speech, now: MONDAY }),
      ),
      cards.history(viewOf(story, lena), entriesOf(story.events), speech),
      cards.help({ ...speech, ...EVERYBODY }),
      cards.help({ ...speech, ...NOBODY }),
      cards.welcome({ ...speech, ...NOBODY, known: false, name: HOSTILE, tenantId: ELSEWHERE, objectId: ELSEWHERE }),
      cards.welcome({ ...speech, ...EVERYBODY, known: true, name: '', tenantId: ELSEWHERE, objectId: ELSEWHERE }),
      ...FORMS.map((what) =>
        cards.enrol(what, {
          ...speech,
          ...chosen,
          filled: { name: HOSTILE },
          note: { tone: 'attention', text: HOSTILE },
        }),
      ),
      cards.enrolMenu({ ...speech, ...chosen }),
      cards.enrolMenu({ ...speech, people: [], organisations: [] }),
      cards.commentOffer(
        HOSTILE,
        [{ ...story.claim, fields: { ...story.claim.fields, customerName: HOSTILE } }],
        speech,
      ),
      cards.language(speech),
      cards.moved(ID, { ...speech, to: 'nowhere' }),
      cards.moved(ID, { ...speech, to: 'elsewhere' }),
      cards.moved(ID, { ...speech, to: 'elsewhere', link: 'https://teams.microsoft.com/l/message/19%3Ax/1' }),
      ...(['good', 'attention', 'plain'] as const).map((tone) => cards.message(HOSTILE, { ...speech, tone })),
    ];
  };

  for (const language of LANGUAGES) {
    it(`is sound, small and literal in ${language}`, () => {
      for (const card of made(language)) expectSound(card);
    });
  }
});

describe('What is left of a card that is elsewhere now', () => {
  const link = 'https://teams.microsoft.com/l/message/19%3Ax%40thread.tacv2/17?tenantId=t';

  it('leads there, where there is a way', () => {
    const card = cards.moved(ID, { ...english, to: 'elsewhere', link });
    expect(wordsOn(card)).to.contain(ID).and.to.contain('has moved, and only the new one');
    expect(partsOfType(card, 'Action.OpenUrl').map(({ url }) => url)).to.deep.equal([link]);
  });

  it('names the claim and nothing else where it is not shown any more (R6)', () => {
    const card = cards.moved(ID, { ...english, to: 'nowhere' });
    expect(wordsOn(card)).to.contain(`Claim ${ID} is no longer shown here.`);
    expect(card['actions']).to.deep.equal([]);
  });
});

describe('The form of a new claim', () => {
  const card = cards.newClaim({
    ...english,
    form: 'form-1',
    mpnIds: [MPN, SECOND_MPN],
    filled: { partnerContactName: 'Anna', partnerContactEmail: 'anna@fabrikam.com' },
  });

  it('R8: offers only pairs of area and activity that the catalogue allows', () => {
    const kind = inputsOn(card).find((input) => input['id'] === 'kind');
    const values = (kind?.['choices'] as readonly Card[]).map((choice) => choice['value']);
    expect(values).to.deep.equal([
      'businessApplications/preSales',
      'businessApplications/usage',
      'businessApplications/revenueAssociation',
      'microsoft365/usage',
    ]);
    expect(fieldsOf({ kind: values[0] })).to.deep.equal({ area: 'businessApplications', activity: 'preSales' });
  });

  it('has the partner’s contact filled in, and chooses the only MPN id there is', () => {
    expect(inputsOn(card).find((input) => input['id'] === 'partnerContactEmail')).to.include({
      value: 'anna@fabrikam.com',
      style: 'Email',
    });
    expect(inputsOn(cards.newClaim({ ...english, form: 'f', mpnIds: [MPN] }))[0]).to.include({
      id: 'mpnId',
      value: MPN,
    });
    expect(inputsOn(card)[0]).to.include({ value: '' });
  });

  it('names itself with its press', () => {
    expect(partsOfType(card, 'Action.Execute')[0]).to.deep.include({
      verb: 'create',
      data: { verb: 'create', form: 'form-1' },
    });
  });
});

describe('The lists', () => {
  it('show each claim with its status, what is due first, and a button', () => {
    const card = cards.list('queue', listed([submitted().claim, disputed().claim]), { ...english, now: MONDAY });
    expect(wordsOn(card))
      .to.include('CPOR-7F3K9Q')
      .and.to.include('Review start: the end of Monday, 10 May 2021 (Pacific Time)')
      .and.to.include('Rejected, dispute open')
      .and.not.to.include('Overdue');
    expect(partsOfType(card, 'Action.Execute').map((press) => press['data'])).to.deep.include({
      verb: 'show',
      claim: ID,
      version: submitted().claim.version,
    });
  });

  it('mark what is overdue', () => {
    expect(
      wordsOn(
        cards.list('overdue', listed([submitted().claim], false, 'review', MONDAY + 9 * DAY), {
          ...english,
          now: MONDAY + 9 * DAY,
        }),
      ),
    ).to.include('Overdue');
  });

  it('tell a customer of no clock but the consent (R6)', () => {
    const words = wordsOn(
      cards.list('claims', listed([disputed().claim, approved().claim], false, 'customer'), {
        ...english,
        now: MONDAY,
      }),
    );
    expect(words).not.to.include('dispute:');
    expect(words).to.match(/consent/i);
  });

  it('say when there is nothing, and when there is more', () => {
    expect(wordsOn(cards.list('queue', listed([]), { ...english, now: 0 }))).to.include('The queue is empty.');
    expect(
      wordsOn(cards.list('queue', listed([submitted().claim, draft().claim], true), { ...english, now: 0 })),
    ).to.include('Only the first 2 claims are shown.');
  });
});

describe('The card of the history', () => {
  const EVENTS: readonly EventType[] = [
    'ClaimCreated',
    'PoeAdded',
    'ClaimSubmitted',
    'ReviewStarted',
    'ClaimRejected',
    'DisputeOpened',
    'DisputeUpheld',
  ];

  it('R55: says when, who with their side, and what, oldest first', () => {
    const story = STORIES['a claim whose rejection was upheld'];
    const events = story?.events ?? [];
    expect(events.map((event) => event.type)).to.deep.equal(EVENTS);
    const words = wordsOn(cards.history(viewOf(disputed(), lena), entriesOf(events), english));
    expect(words).to.match(
      /Anna\n \npartner\n \n· 3 May 2021 at 10:00 \(PDT\)\nDraft created[^]*Submitted[^]*Rejected: Insufficient proof of execution\nToo thin\.[^]*Lena\n \nreviewer[^]*Rejection upheld\nNothing new\./,
    );
  });

  it('R55: shows the old and the new value of edits', () => {
    const story = draft().given({
      type: 'EditFields',
      by: anna,
      fields: { customerName: 'Contoso Ltd', products: ['power-bi'] },
    });
    const words = wordsOn(cards.history(viewOf(story, anna), entriesOf(story.events), english));
    expect(words).to.include('Contoso → Contoso Ltd').and.to.include('Dynamics 365 Sales → Power BI');
  });

  it('shows the whole of a comment', () => {
    const text = 'Щ'.repeat(4000);
    const story = underReview().given(comment(anna, text));
    expect(wordsOn(cards.history(viewOf(story, lena), entriesOf(story.events), english))).to.include(text);
  });

  it('shows the beginning of the last entry’s hash', () => {
    const entries = entriesOf(draft().events);
    const words = wordsOn(cards.history(viewOf(draft(), anna), entries, english));
    expect(words).to.include(`2 entries; fingerprint of the last one: ${entries.at(-1)?.hash.slice(0, 12) ?? '-'}`);
  });

  describe('when it is long', () => {
    const story = Array.from({ length: 40 }, (_, index) => `${'Щ'.repeat(1500)} number ${index};`).reduce(
      (before, text) => before.given(comment(anna, text)),
      underReview(),
    );
    const entries = entriesOf(story.events);
    const view = viewOf(story, lena);
    const pageOf = (page: number): Card => cards.history(view, entries, { language: 'ru', zone: ZONE, page });
    const turns = (card: Card): readonly unknown[] =>
      partsOfType(card, 'Action.Execute').map((press) => (press['data'] as Card)['page']);

    it('begins with the newest page, which leads to older ones', () => {
      const newest = cards.history(view, entries, { language: 'ru', zone: ZONE });
      expect(newest).to.deep.equal(pageOf(0));
      expect(wordsOn(newest)).to.include('number 39;').and.not.to.include('number 2;');
      expect(turns(newest)).to.deep.equal([1, undefined, undefined]);
      expect(turns(pageOf(1))).to.deep.equal([2, 0, undefined, undefined]);
    });

    it('shows every entry on exactly one page, each page below 40 KB', () => {
      const pages = Array.from({ length: 10 }, (_, page) => pageOf(page)).filter(
        (card, page, all) => page === 0 || wordsOn(card) !== wordsOn(all[page - 1]),
      );
      for (const card of pages) expect(Buffer.byteLength(JSON.stringify(card))).to.be.lessThan(LARGEST);
      for (let index = 0; index < 40; index += 1)
        expect(
          pages.filter((card) => wordsOn(card).includes(`number ${index};`)),
          `${index}`,
        ).to.have.length(1);
    });

    it('answers a page that does not exist with the nearest', () => {
      expect(pageOf(999)).to.deep.equal(pageOf(998));
      expect(pageOf(-5)).to.deep.equal(pageOf(0));
    });
  });

  it('takes an edit of two longest texts', () => {
    const story = underReview()
      .given(comment(anna, 'Щ'.repeat(4000), 'message'))
      .given({ type: 'EditComment', by: anna, message: 'message', text: 'Ж'.repeat(4000) });
    expectSound(cards.history(viewOf(story, lena), entriesOf(story.events), english));
  });

  it('has words for everything that can happen', () => {
    for (const story of Object.values(STORIES))
      for (const language of LANGUAGES)
        expectSound(cards.history(viewOf(story, anna), entriesOf(story.events), { language, zone: ZONE }));
  });
});

describe('Help', () => {
  const words = (roles: Partial<HelpOptions>, language: Language = 'en'): string =>
    wordsOn(cards.help({ language, zone: ZONE, ...NOBODY, ...roles }));

  it('tells each what concerns them', () => {
    expect(words({ partner: true }))
      .to.include('new claim')
      .and.not.to.include('queue')
      .and.not.to.include('time +3bd');
    expect(words({ reviewer: true }))
      .to.include('queue')
      .and.not.to.include('new claim');
    expect(words({ customer: true })).to.include('Deny consent');
    expect(words({ operator: true })).to.include('use this channel for reviews');
    const proof = { kinds: ['pdf', 'docx'], maxBytes: 1_000 };
    expect(words({ partner: true, proof })).to.include('PDF or DOCX, up to 1,000 bytes each');
    expect(words({ customer: true, proof })).to.not.include('DOCX');
    expect(words({ playground: true })).to.include('time +3bd');
  });

  it('gives only examples that are understood, in every language', () => {
    for (const language of LANGUAGES) {
      const card = cards.help({ language, zone: ZONE, ...EVERYBODY });
      const examples = partsOfType(card, 'ColumnSet').map((set) =>
        String(partsOfType((set['columns'] as readonly Card[])[0], 'TextRun')[0]?.['text']),
      );
      expect(examples).to.have.length.greaterThan(18);
      for (const example of examples)
        expect(understand(example, { playground: true }).kind, `${language}: ${example}`).not.to.be.oneOf([
          'unknown',
          'needsClaim',
          'badMpn',
        ]);
    }
  });
});

describe('The welcome', () => {
  it('gives someone unknown the ids that the operator needs', () => {
    const words = wordsOn(
      cards.welcome({
        ...english,
        ...NOBODY,
        known: false,
        name: 'Stefan',
        tenantId: ELSEWHERE,
        objectId: PARTNER_TENANT,
      }),
    );
    expect(words)
      .to.include('Hello, Stefan.')
      .and.to.include('You are not enrolled yet.')
      .and.to.include(ELSEWHERE)
      .and.to.include(PARTNER_TENANT);
  });

  it('shows who is enrolled no ids', () => {
    const words = wordsOn(
      cards.welcome({
        ...english,
        ...NOBODY,
        partner: true,
        known: true,
        name: 'Anna',
        tenantId: ELSEWHERE,
        objectId: PARTNER_TENANT,
      }),
    );
    expect(words).to.include('You are enrolled.').and.not.to.include(ELSEWHERE);
  });
});

describe('The forms of enrolment', () => {
  const chosen = { people: [person('Anna'), person('Boris')], organisations: [fabrikam, contoso] };
  const READ = {
    partner: ['name', 'tenantId', 'mpnIds', 'gone'],
    member: ['person', 'tenantId', 'objectId', 'name', 'email', 'organisation', 'roles', 'gone'],
    staff: ['person', 'tenantId', 'objectId', 'name', 'email', 'roles'],
    customer: ['name', 'tenantId', 'gone'],
    contact: ['person', 'tenantId', 'objectId', 'name', 'email', 'gone'],
  } as const;

  for (const what of FORMS) {
    it(`ask for what the enrolment of a ${what} reads`, () => {
      const card = cards.enrol(what, { ...english, ...chosen });
      expect(inputsOn(card).map((input) => input['id'])).to.deep.equal(READ[what]);
      expect(partsOfType(card, 'Action.Execute')[0]?.['data']).to.deep.equal({
        verb: `enrol${what.charAt(0).toUpperCase()}${what.slice(1)}`,
      });
    });
  }

  it('offer a member the partners only', () => {
    const organisation = inputsOn(cards.enrol('member', { ...english, ...chosen })).find(
      (input) => input['id'] === 'organisation',
    );
    expect((organisation?.['choices'] as readonly Card[]).map((choice) => choice['value'])).to.deep.equal([
      fabrikam.id,
    ]);
  });

  it('keep what was typed', () => {
    const card = cards.enrol('staff', {
      ...english,
      ...chosen,
      filled: { name: 'Rita', roles: 'reviewer,lead', tenantId: 'x' },
    });
    expect(Object.fromEntries(inputsOn(card).map((input) => [input['id'], input['value']]))).to.include({
      name: 'Rita',
      roles: 'reviewer,lead',
      tenantId: 'x',
    });
  });

  it('stand together on the menu, and are read by their plain names again', () => {
    const card = cards.enrolMenu({ ...english, ...chosen });
    expect(partsOfType(card, 'Action.ShowCard')).to.have.length(FORMS.length);
    const sent = Object.fromEntries(
      inputsOn(partsOfType(card, 'Action.ShowCard')[1]).map((input) => [String(input['id']), 'typed']),
    );
    expect(Object.keys(inputsOf('enrolMember', sent))).to.deep.equal(READ.member);
  });

  it('stay small with many people and organisations', () => {
    const many = {
      people: Array.from({ length: 50 }, () => person('Щ'.repeat(120))),
      organisations: Array.from({ length: 500 }, () => ({ ...fabrikam, name: 'Щ'.repeat(120) })),
    };
    for (const language of LANGUAGES) expectSound(cards.enrolMenu({ language, zone: ZONE, ...many }));
  });

  it('say roles as enrolment knows them', async () => {
    const roles = inputsOn(cards.enrol('staff', { ...english, ...chosen })).find((input) => input['id'] === 'roles');
    const all = (roles?.['choices'] as readonly Card[]).map((choice) => choice['value']).join(',');
    const refused = await createEnrolment({} as never, 'desk').staff({
      tenantId: 'x',
      objectId: 'x',
      name: 'Rita',
      roles: all,
    });
    expect(refused.ok ? [] : refused.problems.map(({ problem }) => problem)).not.to.include('unknownRole');
  });
});

describe('The offer to add a comment', () => {
  it('holds the text and the claims, and chooses the only one there is', () => {
    const card = cards.commentOffer('It is in file two', [underReview().claim], english);
    expect(inputsOn(card).map((input) => [input['id'], input['value']])).to.deep.equal([
      ['text', 'It is in file two'],
      ['claim', ID],
    ]);
    expect(partsOfType(card, 'Action.Execute')[0]?.['data']).to.deep.equal({ verb: 'commentOn' });
    expect(
      inputsOn(
        cards.commentOffer(
          'x',
          [underReview().claim, { ...approved().claim, id: 'CPOR-000000' as typeof ID }],
          english,
        ),
      )[1],
    ).to.include({ value: '' });
  });
});

describe('The choice of the language', () => {
  it('names each language in itself', () => {
    const presses = partsOfType(cards.language(english), 'Action.Execute');
    expect(presses.map((press) => press['title'])).to.deep.equal(['English', 'Русский', 'Türkçe']);
    expect(presses.map((press) => press['data'])).to.deep.equal(
      LANGUAGES.map((language) => ({ verb: 'language', language })),
    );
  });
});

describe('The ids of inputs', () => {
  it('lose the verb of their own form, and no other', () => {
    expect(inputsOf('reject', { 'reject.comment': 'a', 'request.comment': 'b', reason: 'c' })).to.deep.equal({
      comment: 'a',
      'request.comment': 'b',
      reason: 'c',
    });
  });

  it('leave inputs with plain names as they are', () => {
    expect(inputsOf('commentOn', { text: 'a', claim: 'b' })).to.deep.equal({ text: 'a', claim: 'b' });
  });
});

describe('Who reads the history of a claim', () => {
  it('R56: a customer is shown the entries that they are given', () => {
    const story = approved();
    const entries = entriesOf(story.events).filter((entry) => entry.event.type === 'ClaimApproved');
    const words = wordsOn(cards.history(viewOf(story, dana), entries, english));
    expect(words).to.include('Approved').and.to.include(arun.name).and.not.to.include('proof.pdf');
  });
});
