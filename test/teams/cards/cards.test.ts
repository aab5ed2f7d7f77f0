import { expect } from 'chai';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import type { ClaimId, CommentId, Fields, Poe, PoeId, PoeMark } from '../../../src/domain/claims/values.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import { viewClaim } from '../../../src/desk/queries/view.ts';
import type { Language } from '../../../src/locales/say.ts';
import { LANGUAGES } from '../../../src/locales/say.ts';
import type { Member } from '../../../src/domain/claims/permission.ts';
import type { Card } from '../../../src/teams/cards/templates.ts';
import { VERBS } from '../../../src/teams/cards/verbs.ts';
import { anna, arun, dana, lena, MPN, rolf } from '../../domain/claims/personas.ts';
import type { Story } from '../../domain/claims/scenario.ts';
import {
  approved,
  asked,
  comment,
  created,
  disputed,
  draft,
  FORM,
  pacific,
  passed,
  rejected,
  submitted,
  underReview,
} from '../../domain/claims/scenario.ts';
import { inputsOn, objectionsTo, partsOf, partsOfType, verbsOf, wordsOn } from './cardReader.ts';
import { cardOf, cards, CHOICES, english, everyCard, STORIES, viewOf, withTyped, ZONE } from './claimStories.ts';

/** What is said of links on a card. */
const TERMS = { name: 'Anna Ahlberg', until: Date.UTC(2026, 10, 26, 22, 5), sessionMinutes: 60 };
const LARGEST = 40 * 1024;
const sizeOf = (card: Card): number => Buffer.byteLength(JSON.stringify(card));

describe('The card of a claim', () => {
  const all = [...everyCard()];

  it('is made for every stage', () => {
    const stages = new Set(Object.values(STORIES).map((story) => stageOf(story.claim)));
    expect(stages.size).to.equal(12);
    expect(all.length).to.be.greaterThan(200);
  });

  it('is one that the renderer takes without an objection', () => {
    for (const { title, card } of all) expect(objectionsTo(card), title).to.deep.equal([]);
  });

  it('has nothing left over that was not filled in', () => {
    for (const { title, card } of all) {
      expect(JSON.stringify(card), title).not.to.match(/\$\{|undefined|NaN|\[object|"text":""|null/);
    }
  });

  it('has exactly the buttons of the view, the next step first, then documents and history', () => {
    for (const { title, view, card } of all) {
      const expected = [
        ...view.actions.map((type) => VERBS[type as keyof typeof VERBS]),
        ...(view.poe.length > 0 ? ['documents'] : []),
        'history',
      ];
      expect(verbsOf(card), title).to.have.members(expected);
      expect(verbsOf(card).slice(view.actions.length), title).to.deep.equal(expected.slice(view.actions.length));
    }
    const first = (story: Story): readonly unknown[] => verbsOf(cardOf(story, anna)).slice(0, 3);
    expect(first(created({ mpnId: MPN }))).to.deep.equal(['edit', 'addPoe', 'submit']);
    expect(first(created(FORM))).to.deep.equal(['addPoe', 'edit', 'submit']);
    expect(first(draft())).to.deep.equal(['submit', 'edit', 'addPoe']);
    expect(first(asked())).to.deep.equal(['addPoe', 'comment', 'resubmit']);
    expect(first(asked().given(comment(anna, 'It is from 2021.')))[0]).to.equal('resubmit');
  });

  it('lets the next step stand out: on a draft and on a request, what is missing before sending it', () => {
    const standsOut = (story: Story): readonly unknown[] =>
      (cardOf(story, anna)['actions'] as readonly Card[])
        .filter((action) => action['style'] === 'positive')
        .map((action) => action['title']);
    expect(standsOut(created({ mpnId: MPN }))).to.deep.equal(['Edit']);
    expect(standsOut(created(FORM))).to.deep.equal(['Add proof of execution']);
    expect(standsOut(draft())).to.deep.equal(['Submit']);
    expect(standsOut(asked())).to.deep.equal([]);
    expect(standsOut(asked().given(comment(anna, 'It is from 2021.')))).to.deep.equal(['Resubmit']);
  });

  it('shows three buttons, and the rest behind the dots', () => {
    for (const { title, card } of all) {
      const modes = (card['actions'] as readonly Card[]).map((action) => action['mode']);
      expect(modes, title).to.deep.equal(modes.map((_, index) => (index < 3 ? 'primary' : 'secondary')));
    }
  });

  it('says the verb, the claim and the version with every press, also on clients that know no Action.Execute', () => {
    for (const { title, view, card } of all) {
      for (const press of partsOfType(card, 'Action.Execute')) {
        expect(press['data'], title).to.deep.equal({
          verb: press['verb'],
          claim: view.claim.id,
          version: view.claim.version,
        });
        expect(press['fallback'], title).to.deep.include({
          type: 'Action.Submit',
          title: press['title'],
          data: press['data'],
        });
      }
    }
  });

  it('asks for no refresh, and is of version 1.5', () => {
    for (const { card } of all) expect(card).to.include({ version: '1.5' }).and.not.to.have.property('refresh');
  });

  // Clients for phones show nothing at all of a card on which two inputs have the same id.
  it('gives each of its inputs an id of its own', () => {
    for (const { title, card } of all) {
      const ids = inputsOn(card).map((input) => input['id']);
      expect(new Set(ids).size, title).to.equal(ids.length);
    }
  });

  it('labels every input, and says what to do where one must be filled in', () => {
    for (const { title, card } of all) {
      for (const input of inputsOn(card)) {
        expect(input['label'], title).to.match(/\p{L}/u);
        if (input['isRequired'] === true) expect(input['errorMessage'], title).to.match(/\p{L}/u);
      }
    }
  });

  it('stays below 40 KB', () => {
    for (const { title, card } of all) expect(sizeOf(card), title).to.be.lessThan(LARGEST);
  });

  it('has no status beyond the six: a discarded draft shows none', () => {
    const card = cardOf(STORIES['a discarded draft'] as Story, anna);
    expect(partsOfType(card, 'Badge')).to.deep.equal([]);
    expect(partsOfType(cardOf(draft(), anna), 'Badge')[0]).to.deep.include({ text: 'Editing' });
  });
});

describe('What the card of a claim says', () => {
  it('R7: the fields of the claim', () => {
    const words = wordsOn(cardOf(submitted(), lena));
    for (const part of [
      'CPOR-7F3K9Q',
      'Fabrikam',
      'MPN 1234567',
      'Contoso',
      'contoso.com',
      'Dana Diaz · CIO · dana@contoso.com',
      'Business Applications · Usage',
      'Dynamics 365 Sales',
      'aaaaaaaa-0000-4000-8000-000000000001',
    ]) {
      expect(words).to.include(part);
    }
  });

  it('names the assignee to reviewers only', () => {
    expect(wordsOn(cardOf(underReview(), lena))).to.include('Assigned to');
    expect(wordsOn(cardOf(underReview(), anna))).not.to.include('Assigned to');
  });

  it('R15: what is missing in a draft', () => {
    expect(wordsOn(cardOf(created({ mpnId: MPN }), anna)))
      .to.match(/Still missing \(\d+\)\nCustomer organization · /)
      .and.to.include('Proof of execution: at least one file');
    expect(wordsOn(cardOf(draft(), anna))).to.include('Nothing is missing.');
  });

  it('R30, R33: what the reviewers need, explained, and that a comment alone stops no clock', () => {
    const words = wordsOn(cardOf(asked().delivered('partnerResponse'), anna));
    expect(words)
      .to.include('Missing or old dates.')
      .and.to.include('Dates on the PoE are missing or old')
      .and.to.include('Which year?');
    expect(words).to.include('A comment alone does not stop the deadline.');
    expect(wordsOn(cardOf(asked().given(comment(anna, '2021')), anna))).to.include(
      'Something has been added since the request.',
    );
  });

  it('R48: to the partner, that approved is not approved for earnings or payout', () => {
    expect(wordsOn(cardOf(approved(), anna))).to.include(
      'It does not mean that the claim is approved for incentive earnings or payout',
    );
    expect(wordsOn(cardOf(approved(), lena))).not.to.include('earnings or payout');
  });

  it('R49: to the partner, the reason, the comment and until when it can be disputed', () => {
    const words = wordsOn(cardOf(rejected().delivered('disputeWindow'), anna));
    expect(words)
      .to.include('Insufficient proof of execution')
      .and.to.include('Too thin.')
      .and.to.include('By Wed 2 Jun')
      .and.to.include('the end of Wednesday, 2 June 2021 (Pacific Time)');
  });

  it('R50: to the customer, who claims what, what the partner will see, that doing nothing lets it stand, and until when it can be denied', () => {
    const card = cardOf(approved().delivered('consent'), dana);
    const words = wordsOn(card);
    expect(words)
      .to.include('Fabrikam states that it works with Contoso')
      .and.to.include('What Fabrikam will see')
      .and.to.include('or do nothing. If you do nothing, the association stands');
    expect(words).to.include('by the end of Monday, 10 May 2021 (Pacific Time)');
    expect(verbsOf(card)).to.deep.equal(['agree', 'deny', 'history']);
  });

  it('shows the customer neither documents nor comments nor the names of reviewers', () => {
    const story = underReview()
      .given(comment(anna, 'between us'))
      .given({ type: 'ApproveClaim', by: arun })
      .delivered('consent');
    const words = wordsOn(cardOf(story, dana));
    for (const hidden of ['proof.pdf', 'between us', 'Arun', 'anna@example.com']) expect(words).not.to.include(hidden);
  });

  it('shows the customer no reason of a rejection that is not theirs', () => {
    const story = STORIES['a claim approved after its dispute']?.given({
      type: 'RequestRejection',
      by: anna,
      reason: 'other',
      comment: 'inner affairs',
    });
    expect(wordsOn(cardOf(story as Story, dana))).not.to.include('inner affairs');
  });

  it('R52: the running clocks with their due dates, and which are overdue', () => {
    expect(wordsOn(cardOf(submitted(), lena)))
      .to.include('Review start')
      .and.to.include('the end of Monday, 10 May 2021 (Pacific Time)')
      .and.not.to.include('Overdue');
    expect(wordsOn(cardOf(STORIES['a submitted claim that is overdue'] as Story, lena))).to.include('Overdue');
  });

  it('R45: to the reviewers, why a notice was not delivered and what to do; to the partner, that nothing runs', () => {
    const story = asked().undeliverable('partnerResponse');
    expect(wordsOn(cardOf(story, lena)))
      .to.include('Waiting: notice not delivered')
      .and.to.include('has blocked the app');
    expect(wordsOn(cardOf(story, anna)))
      .to.include('No deadline runs until the notice has been delivered.')
      .and.not.to.include('has blocked the app');
  });

  it('R51: late denials, to the reviewers only', () => {
    const story = passed().given({ type: 'DenyConsent', by: dana, reason: 'too late for us' });
    expect(wordsOn(cardOf(story, lena))).to.include('too late for us');
    expect(wordsOn(cardOf(story, anna))).not.to.include('too late for us');
  });

  const told = (title: string, member: Member): string => wordsOn(cardOf(STORIES[title] as Story, member));

  it('R50, R60: to a customer who denied before, that silence is no consent, and to all what it leads to', () => {
    const title = 'a claim whose customer has to agree';
    expect(told(title, dana))
      .to.include('silence is no consent')
      .and.to.include('It stands only if you agree.')
      .and.not.to.include('If you do nothing, the association stands');
    for (const member of [anna, lena])
      expect(told(title, member))
        .to.include('the claim will be rejected automatically, this time for good')
        .and.not.to.include('sent for incentive assessment automatically');
    expect(told('a claim whose customer declined twice', anna)).to.include('cannot be disputed');
  });

  it('R59: who agreed and when, also where a denial revoked it', () => {
    for (const member of [anna, lena]) {
      expect(told('a claim that its customer agreed to', member)).to.include('The customer agreed: Dana');
      expect(told('a claim whose customer agreed and then denied', member)).to.include('the denial revokes that');
    }
    expect(told('a claim that its customer agreed to', dana)).to.include('you can still deny consent');
  });

  it('R60: the words that hold the period, to all, and to the customer how to make clear what was meant', () => {
    const title = 'a claim that its customer objected to';
    for (const member of [anna, lena])
      expect(told(title, member)).to.include('Waiting: the customer has objected').and.to.include('We do not agree.');
    expect(told(title, dana)).to.include('I understood this as a no').and.to.include('We do not agree.');
    expect(verbsOf(cardOf(STORIES[title] as Story, dana))).to.deep.equal(['agree', 'deny', 'notMeant', 'history']);
    expect(verbsOf(cardOf(STORIES[title] as Story, anna))).not.to.include('notMeant');
  });

  it('R53: the outcomes of each programme, with its number, and why one was corrected', () => {
    const words = told('a claim that was assessed for two programmes', anna);
    expect(words)
      .to.include('Eligible for OSU')
      .and.to.include('Claim number at the programme: OSU-2021-17')
      .and.to.include('Not eligible for OSA')
      .and.to.include('Corrected: No seats in May.');
  });

  it('R53: the outcome of the assessment beside the status', () => {
    expect(wordsOn(cardOf(STORIES['a claim that was assessed'] as Story, anna))).to.include('Eligible for OSU');
  });

  it('the last three comments and how many there are', () => {
    const story = ['first remark', 'second remark', 'third remark', 'fourth remark'].reduce(
      (before, text) => before.given(comment(anna, text)),
      underReview(),
    );
    const words = wordsOn(cardOf(story, lena));
    expect(words)
      .to.include('Comments (4)')
      .and.to.include('fourth remark')
      .and.to.include('second remark')
      .and.to.include('Select “History” to read everything.')
      .and.not.to.include('first remark');
  });

  it('that a reply in a channel becomes a comment, where it does', () => {
    expect(wordsOn(cardOf(underReview(), lena, { place: 'channel' }))).to.include(
      'To comment on the claim, mention me in a reply in this thread.',
    );
    expect(wordsOn(cardOf(underReview(), lena))).not.to.include('mention me in a reply');
  });

  it('what came of the press, on top', () => {
    const body = cardOf(submitted(), anna, { note: { tone: 'good', text: 'You submitted it.' } })[
      'body'
    ] as readonly Card[];
    expect(wordsOn(body[1])).to.equal('You submitted it.');
  });
});

describe('The forms on the card of a claim', () => {
  const formOf = (card: Card, verb: string): Card => {
    const found = (card['actions'] as readonly Card[]).find(
      (action) => action['type'] === 'Action.ShowCard' && verbsOf(action['card'] as Card)[0] === verb,
    );
    if (!found) throw new Error(`no form ${verb}`);
    return found['card'] as Card;
  };
  const valuesOn = (card: Card): Card =>
    Object.fromEntries(inputsOn(card).map((input) => [String(input['id']), input['value']] as const));
  const idsOn = (card: Card): readonly unknown[] => inputsOn(card).map((input) => input['id']);

  it('stand behind a button that states the consequence and holds the final one, for what cannot be taken back', () => {
    for (const [story, reader, verb] of [
      [draft(), anna, 'discard'],
      [submitted(), anna, 'withdraw'],
      [underReview(), lena, 'reject'],
      [approved(), dana, 'deny'],
    ] as const) {
      const form = formOf(cardOf(story, reader), verb);
      expect(partsOfType(form, 'TextRun').length, verb).to.be.greaterThan(0);
      expect(partsOfType(form, 'Action.Execute')[0], verb).to.include({ style: 'destructive' });
    }
  });

  it('R18: ask for the reasons and a comment', () => {
    const form = formOf(cardOf(underReview(), lena), 'request');
    expect(idsOn(form)).to.deep.equal(['request.reasons', 'request.comment']);
    expect(inputsOn(form)[0]).to.include({ isMultiSelect: true, isRequired: true });
    expect(inputsOn(form)[0]?.['choices']).to.have.length(5);
  });

  it('R31: offer a reviewer the four reasons to reject', () => {
    const [reason] = inputsOn(formOf(cardOf(underReview(), lena), 'reject'));
    expect((reason?.['choices'] as readonly Card[]).map((choice) => choice['value'])).to.deep.equal([
      'insufficientPoe',
      'missingCustomerConsent',
      'missingProducts',
      'poeUnavailable',
    ]);
  });

  it('R11: edit every field of a draft, later only those that may change', () => {
    expect(idsOn(formOf(cardOf(draft(), anna), 'edit'))).to.deep.equal(
      [
        'mpnId',
        'customerName',
        'customerDomain',
        'customerTenantId',
        'customerContactName',
        'customerContactTitle',
        'customerContactEmail',
        'partnerContactName',
        'partnerContactEmail',
        'kind',
        'products',
        'subscriptionIds',
      ].map((name) => `edit.${name}`),
    );
    expect(idsOn(formOf(cardOf(submitted(), anna), 'edit'))).to.deep.equal(
      [
        'mpnId',
        'customerContactName',
        'customerContactTitle',
        'customerContactEmail',
        'partnerContactName',
        'partnerContactEmail',
        'products',
      ].map((name) => `edit.${name}`),
    );
  });

  it('are filled with what the claim holds', () => {
    const held = valuesOn(formOf(cardOf(draft(), anna), 'edit'));
    expect(held).to.include({
      'edit.mpnId': MPN,
      'edit.kind': 'businessApplications/usage',
      'edit.products': 'd365-sales',
      'edit.customerName': 'Contoso',
    });
  });

  it('offer the products of the claim’s area', () => {
    const [products] = inputsOn(
      formOf(cardOf(draft({ ...FORM, area: 'microsoft365', products: ['teams'] }), anna), 'edit'),
    ).filter((input) => input['id'] === 'edit.products');
    expect((products?.['choices'] as readonly Card[]).map((choice) => choice['value']))
      .to.include('teams')
      .and.not.to.include('power-bi');
  });

  it('offer the MPN ids to choose from, or a text input where they are not known', () => {
    expect(inputsOn(formOf(cardOf(draft(), anna), 'edit'))[0]).to.include({ type: 'Input.ChoiceSet' });
    const shared = cards.claim(viewOf(draft(), anna), { ...english, now: 0, place: 'channel' });
    expect(inputsOn(formOf(shared, 'edit'))[0]).to.include({ type: 'Input.Text' });
  });

  it("R17: name whom to reassign to on one person's card; on a shared one the press asks for the form", () => {
    expect(inputsOn(formOf(cardOf(underReview(), lena), 'reassign'))).to.have.length(1);
    const shared = cards.claim(viewOf(underReview(), lena), { ...english, now: 0, place: 'channel' });
    expect(partsOfType(shared, 'Action.Execute').map((press) => press['verb'])).to.include('reassign');
    expect(idsOn(shared)).not.to.include('reassign.to');
    expect(
      verbsOf(cards.claim(viewOf(underReview(), lena), { ...english, now: 0, place: 'channel', reviewers: [] })),
    ).not.to.include('reassign');
  });

  it('R13: name the files that can be removed', () => {
    const [poe] = inputsOn(formOf(cardOf(draft(), anna), 'removePoe'));
    expect(poe?.['choices']).to.deep.equal([{ title: 'proof.pdf (1,000 bytes)', value: 'proof' }]);
  });

  it('stand open by themselves when asked to, without any other form', () => {
    const card = cardOf(rejected(), anna, { open: 'dispute' });
    expect(idsOn(card)).to.deep.equal(['justification']);
    expect(partsOfType(card, 'Action.ShowCard')).to.deep.equal([]);
    expect(partsOfType(card, 'Action.Execute').map((press) => press['verb'])).to.deep.equal(['dispute', 'show']);
    expect(objectionsTo(card)).to.deep.equal([]);
  });

  it('do not stand open where the view does not allow them, or where there is no form', () => {
    expect(cardOf(submitted(), anna, { open: 'dispute' })).to.deep.equal(cardOf(submitted(), anna));
    expect(cardOf(underReview(), lena, { open: 'approve' })).to.deep.equal(cardOf(underReview(), lena));
  });

  it('R57: keep what was typed, and show beside it what is saved', () => {
    for (const filled of [
      { customerName: 'Contoso Ltd', products: 'power-bi' },
      { 'edit.customerName': 'Contoso Ltd', 'edit.products': 'power-bi' },
    ]) {
      const card = cardOf(draft(), anna, { open: 'edit', filled });
      const held = valuesOn(card);
      expect(held).to.include({ customerName: 'Contoso Ltd', products: 'power-bi', customerDomain: 'contoso.com' });
      expect(wordsOn(card)).to.match(/Currently saved:\n \nContoso\n/);
    }
  });

  it('keep a long text whole', () => {
    const text = 'Ж'.repeat(4000);
    const card = cardOf(underReview(), lena, { open: 'reject', filled: { comment: text, reason: 'poeUnavailable' } });
    expect(inputsOn(card).map((input) => input['value'])).to.deep.equal(['poeUnavailable', text]);
    expect(sizeOf(card)).to.be.lessThan(LARGEST);
  });

  it('take only texts for what was typed', () => {
    const card = cardOf(underReview(), lena, {
      open: 'reject',
      filled: { comment: { $when: true }, reason: 7, __proto__: { comment: 'x' } },
    });
    expect(inputsOn(card).map((input) => input['value'])).to.deep.equal(['', '']);
  });

  it('lead to the upload page by a link, where there is one', () => {
    const card = cardOf(submitted(), anna, { uploadLink: { ...TERMS, url: 'https://desk.example/upload/1' } });
    expect(partsOfType(card, 'Action.OpenUrl')).to.have.length(1);
    expect(partsOfType(card, 'Action.OpenUrl')[0]).to.include({
      url: 'https://desk.example/upload/1',
      style: 'positive',
    });
    expect(verbsOf(card)).not.to.include('addPoe');
  });

  it('show documents as links on a card that answers one person', () => {
    const card = cardOf(submitted(), anna, {
      documents: {
        ...TERMS,
        files: [{ name: '*proof*.pdf', kind: 'pdf', size: 2048, link: 'https://desk.example/d/1' }],
      },
    });
    const [row] = partsOfType(card, 'ColumnSet').filter((part) => part['selectAction'] !== undefined);
    expect(row?.['selectAction']).to.include({ type: 'Action.OpenUrl', url: 'https://desk.example/d/1' });
    expect(wordsOn(row)).to.contain('*proof*.pdf');
    expect(objectionsTo(card)).to.deep.equal([]);
  });

  it('tell reviewers, and no one else, how a document is marked (R9)', () => {
    const marks: readonly PoeMark[] = ['ownerRestricted', 'formScripts'];
    const { claim, now } = submitted();
    const marked: Claim = { ...claim, poe: claim.poe.map((one) => ({ ...one, marks })) };
    const documents = {
      ...TERMS,
      files: [{ name: 'proof.pdf', kind: 'pdf' as const, size: 2048, marks, link: 'https://desk.example/d/1' }],
    };
    const wordsFor = (member: Member, language: Language, list: boolean): string =>
      wordsOn(
        cards.claim(viewClaim(marked, { kind: 'person', member }, now), {
          ...english,
          language,
          now,
          place: 'personal',
          ...(list && { documents }),
        }),
      );
    for (const [language, words] of [
      ['en', 'restricted by its owner and holds form scripts'],
      ['ru', 'ограничен владельцем и содержит скрипты формы'],
      ['tr', 'sahibi tarafından kısıtlanmış ve form betikleri içeriyor'],
    ] as const)
      for (const list of [false, true]) {
        expect(wordsFor(rolf, language, list)).to.include(words);
        expect(wordsFor(anna, language, list)).not.to.include(words);
      }
  });

  it('leave out a mark that a newer version of the desk has set', () => {
    const { claim, now } = submitted();
    const ofNewer = { ...claim, poe: claim.poe.map((one) => ({ ...one, marks: ['invented' as PoeMark] })) };
    const view = viewClaim(ofNewer, { kind: 'person', member: rolf }, now);
    const words = wordsOn(cards.claim(view, { ...english, now, place: 'personal' }));
    expect(words).to.include('proof.pdf').and.not.to.include('invented');
  });
});

describe('What people typed, on the card of a claim', () => {
  const HOSTILE =
    '**b** [l](https://evil.example) ${id} {{DATE(2026-01-01,SHORT)}} <at>all</at> <script>x</script> \u202Eevil\u202C `c`';
  const SEEN =
    '**b** [l](https://evil.example) $\u2060{id} {\u2060{DATE(2026-01-01,SHORT)}} <at>all</at> <script>x</script> evil `c`';
  /** Where clients read text as it is: runs, what an input holds, the choices of a compact list. */
  const PLAIN = ['TextRun', 'Input.Text'];

  it('is shown only where no client reads it as markup, and literally', () => {
    for (const [title, story] of Object.entries(STORIES)) {
      for (const member of [anna, lena, dana]) {
        const card = cards.claim(viewClaim(withTyped(story.claim, HOSTILE), { kind: 'person', member }, story.now), {
          ...english,
          now: story.now,
          place: 'personal',
          ...CHOICES,
          reviewers: [{ id: lena.id, name: HOSTILE }],
        });
        for (const part of partsOf(card)) {
          const holds = Object.entries(part).some(([, value]) => typeof value === 'string' && value.includes('evil'));
          if (!holds || PLAIN.includes(String(part['type']))) continue;
          expect(part, title).to.have.all.keys('title', 'value');
        }
        expect(JSON.stringify(card), title).not.to.match(/\$\{|\{\{|\u202e/i);
        for (const set of partsOfType(card, 'Input.ChoiceSet'))
          if (JSON.stringify(set).includes('evil')) expect(set['style'], title).to.equal('compact');
        if (member === lena) expect(wordsOn(card), title).to.include(SEEN.slice(0, 60));
      }
    }
  });

  it('is saved as it was typed when the form comes back: the joiners are taken out again', () => {
    const story = draft({ ...FORM, customerName: 'A ${b} {{c}}' });
    const [name] = inputsOn(cardOf(story, anna)).filter((input) => input['id'] === 'edit.customerName');
    expect(name?.['value']).to.include('\u2060');
    const after = story.when({ type: 'EditFields', by: anna, fields: { customerName: String(name?.['value']) } });
    expect(after.outcome?.answer).to.deep.equal({ kind: 'refused', refusal: { code: 'nothingChanged' } });
  });
});

describe('The size of a claim’s card', () => {
  it('stays below 40 KB with a link to each of the most documents that a claim may be let have', () => {
    const documents = Array.from({ length: 40 }, (_, index) => ({
      name: `${'n'.repeat(110)}${index}.pdf`,
      size: 24_500_000,
      kind: 'pdf' as const,
      link: `https://desk.example.com/poe-file/${'a'.repeat(330)}`,
    }));
    const story = underReview();
    const claim: Claim = {
      ...story.claim,
      poe: documents.map(
        ({ name }, index): Poe => ({ ...(story.claim.poe[0] as Poe), id: `poe${index}` as PoeId, name }),
      ),
    };
    const view = viewClaim(claim, { kind: 'person', member: arun }, story.now);
    for (const language of LANGUAGES) {
      const card = cards.claim(view, {
        ...english,
        language,
        now: story.now,
        place: 'personal',
        ...CHOICES,
        documents: { ...TERMS, files: documents },
      });
      expect(sizeOf(card), language).to.be.below(LARGEST);
      expect(JSON.stringify(card).split('/poe-file/')).to.have.lengthOf(41);
    }
  });

  const LONG = 'Щ'.repeat(120);
  const TEXT = 'Щ'.repeat(4000);
  const party = { side: 'partner', id: anna.id, name: LONG } as const;
  const fields: Fields = {
    ...FORM,
    customerName: LONG,
    customerContactName: LONG,
    customerContactTitle: LONG,
    partnerContactName: LONG,
    customerContactEmail: `${'e'.repeat(64)}@${'d'.repeat(60)}.com`,
    products: [
      'd365-sales',
      'd365-customer-service',
      'd365-field-service',
      'd365-marketing',
      'd365-finance',
      'd365-supply-chain',
      'power-bi',
    ],
    subscriptionIds: Array.from(
      { length: 50 },
      (_, index) => `aaaaaaaa-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`,
    ),
  };
  const files: readonly Poe[] = Array.from({ length: 20 }, (_, index) => ({
    id: `poe-${index}-0123456789abcdef` as PoeId,
    name: `${'Щ'.repeat(116)}.pdf`,
    kind: 'pdf',
    size: 25_000_000,
    sha256: 'a'.repeat(64),
    addedAt: pacific('2021-05-03'),
    by: party,
  }));
  const full = (claim: Claim): Claim => ({
    ...claim,
    id: 'CPOR-7F3K9Q' as ClaimId,
    partner: { ...claim.partner, name: LONG },
    filedBy: { id: anna.id, name: LONG },
    fields,
    poe: files,
    comments:
      claim.status === 'Editing'
        ? []
        : Array.from({ length: 30 }, (_, index) => ({
            id: `c${index}` as CommentId,
            by: party,
            at: claim.createdAt,
            text: TEXT,
          })),
    ...(claim.status === 'PartnerActionRequired' && {
      request: {
        ...claim.request,
        reasons: [
          'missingAllPoe',
          'missingCustomerAcknowledgement',
          'missingOrOldDates',
          'missingPartnerSolution',
          'missingProducts',
        ],
        comment: TEXT,
      },
    }),
    ...(claim.status === 'Rejected' && { rejection: { ...claim.rejection, comment: TEXT } }),
    ...(claim.status === 'Rejected' &&
      claim.dispute.state === 'open' && { dispute: { ...claim.dispute, justification: TEXT } }),
  });

  it('stays below 40 KB with the longest that a claim can hold, in every language', () => {
    for (const [title, story] of Object.entries(STORIES)) {
      for (const member of [anna, lena, dana]) {
        for (const language of LANGUAGES) {
          const view = viewClaim(full(story.claim), { kind: 'person', member }, story.now);
          const reviewers = Array.from({ length: 20 }, () => ({ id: lena.id, name: LONG }));
          const card = cards.claim(view, {
            language,
            zone: ZONE,
            now: story.now,
            place: 'personal',
            mpnIds: [MPN],
            reviewers,
            note: { tone: 'attention', text: LONG },
          });
          expect(sizeOf(card), `${title} ${member.name} ${language}`).to.be.lessThan(LARGEST);
          expect(objectionsTo(card)).to.deep.equal([]);
        }
      }
    }
  });

  it('cuts long texts with …, and says where to read them', () => {
    const card = cards.claim(viewClaim(full(underReview().claim), { kind: 'person', member: lena }, 0), {
      ...english,
      now: 0,
      place: 'personal',
    });
    expect(wordsOn(card))
      .to.match(/Щ…/)
      .and.to.include('Select “History” to read everything.')
      .and.to.match(/and \d+ more/);
  });

  it('keeps all links to documents', () => {
    const documents = files.map(({ name, size }, index) => ({
      name,
      size,
      kind: 'pdf' as const,
      link: `https://desk.example/documents/${'s'.repeat(200)}/${index}`,
    }));
    const card = cards.claim(viewClaim(full(underReview().claim), { kind: 'person', member: lena }, 0), {
      language: 'ru',
      zone: ZONE,
      now: 0,
      place: 'personal',
      documents: { ...TERMS, files: documents },
    });
    expect(partsOfType(card, 'Action.OpenUrl')).to.have.length(20);
    expect(sizeOf(card)).to.be.lessThan(LARGEST);
  });

  it('cuts no letter in two', () => {
    const claim = full(disputed().claim);
    const faces = cards.claim(
      viewClaim(
        { ...claim, fields: { ...claim.fields, customerName: '🙂'.repeat(60) } },
        { kind: 'person', member: rolf },
        0,
      ),
      { ...english, now: 0, place: 'personal' },
    );
    expect(JSON.stringify(faces)).not.to.match(/\\ud[89a-f]/i);
  });
});
