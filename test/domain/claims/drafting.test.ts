import { expect } from 'chai';
import type { CreateClaim } from '../../../src/domain/claims/commands.ts';
import type { PoeId } from '../../../src/domain/claims/values.ts';
import { handleCreation } from '../../../src/domain/claims/handleCommand.ts';
import { dueOf } from '../../../src/domain/claims/clock.ts';
import { anna, arun, boris, FABRIKAM, memberOf, MPN, rita, SECOND_MPN, TAILSPIN } from './personas.ts';
import {
  approved,
  asked,
  comment,
  created,
  draft,
  FORM,
  HOUR,
  ID,
  iso,
  MONDAY,
  pacific,
  poe,
  refuses,
  RULES,
  submitted,
  thenHappened,
  thenNothing,
  underReview,
} from './scenario.ts';
import type { Ask, Story } from './scenario.ts';

const edit = (fields: Partial<typeof FORM>, by = anna): Ask => ({ type: 'EditFields', by, fields });
const resubmit: Ask = { type: 'ResubmitClaim', by: anna };

describe('create (R10)', () => {
  const create = (facts: Partial<CreateClaim> = {}): ReturnType<typeof handleCreation> =>
    handleCreation(
      { type: 'CreateClaim', by: anna, at: MONDAY, id: ID, organisation: FABRIKAM, fields: { mpnId: MPN }, ...facts },
      RULES,
    );

  it('needs an MPN id of the own organisation and nothing more', () => {
    expect(create()).to.deep.include({
      event: {
        type: 'ClaimCreated',
        at: MONDAY,
        by: { side: 'partner', id: anna.id, name: 'Anna' },
        id: ID,
        filedBy: { id: anna.id, name: 'Anna' },
        partner: { id: FABRIKAM, name: 'Fabrikam' },
        fields: { ...created({ mpnId: MPN }).claim.fields },
      },
    });
    expect(create()).to.have.nested.property('claim.version', 1);
    expect(create({ fields: {} })).to.deep.equal({ refusal: { code: 'fieldsMissing', fields: ['mpnId'] } });
    expect(create({ fields: { mpnId: '  ' } })).to.deep.equal({
      refusal: { code: 'fieldsMissing', fields: ['mpnId'] },
    });
  });

  it('takes any MPN id of the organisation, and none for an organisation of others', () => {
    expect(create({ fields: { mpnId: SECOND_MPN } })).to.have.nested.property('claim.fields.mpnId', SECOND_MPN);
    expect(create({ organisation: TAILSPIN })).to.deep.equal({ refusal: { code: 'partnerOnly' } });
  });
});

describe('edit fields (R11)', () => {
  it('records the old and the new value of what changed, and of nothing else', () => {
    const event = thenHappened(
      draft().when(edit({ customerName: 'Contoso GmbH', customerDomain: FORM.customerDomain })),
      'FieldsEdited',
    );
    expect(event).to.deep.include({ changes: { customerName: { from: 'Contoso', to: 'Contoso GmbH' } } });
  });

  it('is refused when nothing changed, also when only the order of a list did', () => {
    refuses(draft(), edit({ customerName: ' Contoso ' }), 'nothingChanged');
    refuses(
      draft({ ...FORM, products: ['d365-sales', 'power-bi'] }),
      edit({ products: ['power-bi', 'd365-sales'] }),
      'nothingChanged',
    );
    refuses(draft(), edit({}), 'nothingChanged');
  });

  for (const [where, story] of [
    ['Submitted', submitted],
    ['Partner action required', asked],
  ] as const) {
    it(`changes contacts, products and the MPN id when ${where}, and restarts no clock`, () => {
      const before = story();
      const after = before
        .after(HOUR)
        .when(edit({ mpnId: SECOND_MPN, products: ['power-bi'], customerContactEmail: 'eve@contoso.com' }));
      thenHappened(after, 'FieldsEdited');
      expect(after.claim.clocks).to.deep.equal(before.claim.clocks);
      expect(after.claim.status).to.equal(before.claim.status);
    });

    it(`refuses what is fixed once it is submitted when ${where}`, () => {
      for (const fields of [
        { customerName: 'Other' },
        { customerDomain: 'other.com' },
        { customerTenantId: 'aaaaaaaa-0000-4000-8000-000000000009' },
        { activity: 'preSales' },
        { subscriptionIds: [] },
      ] as const) {
        expect(refuses(story(), edit(fields), 'fieldFixed').field).to.equal(Object.keys(fields)[0]);
      }
    });

    it(`refuses to empty a required field when ${where}`, () => {
      expect(refuses(story(), edit({ partnerContactName: '', products: [] }), 'fieldsMissing').fields).to.deep.equal([
        'partnerContactName',
        'products',
      ]);
    });
  }

  it('may empty a field of a draft', () => {
    expect(draft().given(edit({ customerName: '' })).claim.fields.customerName).to.equal('');
  });
});

describe('edits from an old card (R57)', () => {
  const byBoris = (): Story => submitted().given(edit({ partnerContactName: 'Boris Bauer' }, boris));
  const old = (fields: Partial<typeof FORM>): Ask => ({
    type: 'EditFields',
    by: anna,
    fields: { ...FORM, ...fields },
    seenFields: FORM,
    seen: submitted().claim.version,
  });

  it('of another field than a colleague changed are taken, and leave theirs as it is', () => {
    const after = byBoris().when(old({ customerContactTitle: 'CFO' }));
    expect(thenHappened(after, 'FieldsEdited')).to.have.property('changes').that.has.all.keys('customerContactTitle');
    expect(after.claim.fields.partnerContactName).to.equal('Boris Bauer');
  });

  it('of the same field show both values, by whom and when, and change nothing', () => {
    const refusal = refuses(byBoris(), old({ partnerContactName: 'Anna A.' }), 'editConflict');
    expect(refusal.conflicts).to.deep.equal([
      {
        field: 'partnerContactName',
        theirs: 'Boris Bauer',
        yours: 'Anna A.',
        by: { side: 'partner', id: boris.id, name: 'Boris' },
        at: MONDAY,
      },
    ]);
  });

  it('to the value that the colleague gave already change nothing', () => {
    refuses(byBoris(), old({ partnerContactName: 'Boris Bauer' }), 'nothingChanged');
  });

  it("of what oneself changed meanwhile are taken: one's own edit is no conflict", () => {
    const mine = submitted().given(edit({ partnerContactName: 'A. A.' }));
    thenHappened(mine.when(old({ partnerContactName: 'Anna Again' })), 'FieldsEdited');
  });

  it('without a card are compared with the claim as it is', () => {
    thenHappened(byBoris().when(edit({ partnerContactName: 'Anna A.' })), 'FieldsEdited');
  });

  it('are taken after the conflict was seen', () => {
    const story = byBoris();
    const ask: Ask = {
      type: 'EditFields',
      by: anna,
      fields: { partnerContactName: 'Anna A.' },
      seenFields: story.claim.fields,
      seen: story.claim.version,
    };
    thenHappened(story.when(ask), 'FieldsEdited');
  });
});

describe('proof of execution (R9, R12, R13)', () => {
  it('is kept with its name, kind, size, digest, and who added it when', () => {
    const story = created().given(poe('proof', boris));
    expect(story.claim.poe).to.have.length(1);
    expect(story.claim.poe[0]).to.deep.include({
      id: 'proof',
      name: 'proof.pdf',
      kind: 'pdf',
      size: 1000,
      addedAt: MONDAY,
      by: { side: 'partner', id: boris.id, name: 'Boris' },
    });
  });

  it('is taken once: the same upload again is nothing new, the same content under another id is refused', () => {
    thenNothing(draft().when(poe('proof')));
    expect(refuses(draft(), poe('again', anna, 'proof'), 'poeDuplicate').name).to.equal('proof.pdf');
  });

  it('is refused beyond twenty files', () => {
    let story = created();
    for (let count = 1; count <= 20; count += 1) story = story.given(poe(`p${count}`));
    expect(refuses(story, poe('p21'), 'poeTooMany').most).to.equal(20);
  });

  it('is refused to a draft after sixty additions, those that were removed included; then it can be submitted (R9)', () => {
    let story = created();
    for (let count = 1; count <= 59; count += 1)
      story = story.given(poe(`p${count}`)).given({ type: 'RemovePoe', by: anna, id: `p${count}` as PoeId });
    story = story.given(poe('p60'));
    expect(refuses(story, poe('p61'), 'poeAddedTooOften').most).to.equal(60);
    const submission = story.given({ type: 'SubmitClaim', by: anna });
    thenHappened(submission.when(poe('p61')), 'PoeAdded');
  });

  it('may be removed from a draft, and only what is there', () => {
    const after = draft().when({ type: 'RemovePoe', by: boris, id: 'proof' as PoeId });
    expect(thenHappened(after, 'PoeRemoved')).to.deep.include({ poeId: 'proof', name: 'proof.pdf' });
    expect(after.claim.poe).to.deep.equal([]);
    refuses(draft(), { type: 'RemovePoe', by: anna, id: 'other' as PoeId }, 'poeUnknown');
  });

  it('is only ever added once the claim is submitted', () => {
    for (const story of [submitted(), asked()]) {
      refuses(story, { type: 'RemovePoe', by: anna, id: 'proof' as PoeId }, 'wrongStage');
      thenHappened(story.when(poe('more')), 'PoeAdded');
    }
    refuses(underReview(), poe('more'), 'wrongStage');
    refuses(approved(), poe('more'), 'wrongStage');
  });
});

describe('discard (R14)', () => {
  it('ends a draft and keeps its history', () => {
    const story = draft().given({ type: 'DiscardDraft', by: boris });
    expect(story.claim.status).to.equal('Discarded');
    expect(story.events.map((event) => event.type)).to.deep.equal(['ClaimCreated', 'PoeAdded', 'DraftDiscarded']);
    refuses(story, edit({ customerName: 'X' }), 'wrongStage');
  });
});

describe('submit (R15)', () => {
  it('starts the review-start and the overall clock', () => {
    const { claim } = submitted();
    expect(claim).to.include({ status: 'Submitted', submittedAt: MONDAY });
    expect(Object.keys(claim.clocks)).to.have.members(['reviewStart', 'overallDecision']);
  });

  it('names every field that is missing', () => {
    const story = created({ mpnId: MPN }).given(poe('proof'));
    expect(refuses(story, { type: 'SubmitClaim', by: anna }, 'fieldsMissing').fields).to.have.length(11);
  });

  it('needs a PoE', () => {
    refuses(created(), { type: 'SubmitClaim', by: anna }, 'poeMissing');
  });
});

describe('an MPN id that has gone to another organisation since it was filled in (R10)', () => {
  const left = { ...anna, memberships: [memberOf(FABRIKAM, [SECOND_MPN], ['incentivesAdmin'])] };
  const problems = [{ field: 'mpnId', problem: 'notYourMpnId' }];

  it('is not submitted, nor resubmitted', () => {
    expect(refuses(draft(), { type: 'SubmitClaim', by: left }, 'fieldsInvalid').problems).to.deep.equal(problems);
    expect(refuses(asked().given(poe('more')), { ...resubmit, by: left }, 'fieldsInvalid').problems).to.deep.equal(
      problems,
    );
  });

  it('is changed for another of the own, and then the claim is submitted', () => {
    thenHappened(
      draft()
        .given(edit({ mpnId: SECOND_MPN }, left))
        .when({ type: 'SubmitClaim', by: left }),
      'ClaimSubmitted',
    );
  });
});

describe("the customer's tenant (R3)", () => {
  const problems = [{ field: 'customerTenantId', problem: 'ownTenant' }];

  it('is not the one of who fills in the form: no one asks their own organisation for consent', () => {
    expect(refuses(created(), edit({ customerTenantId: anna.tenantId }), 'fieldsInvalid').problems).to.deep.equal(
      problems,
    );
  });

  it('is not the one of who submits', () => {
    expect(
      refuses(draft(), { type: 'SubmitClaim', by: { ...anna, tenantId: FORM.customerTenantId } }, 'fieldsInvalid')
        .problems,
    ).to.deep.equal(problems);
  });
});

describe('resubmit (R19)', () => {
  it('is refused when nothing was added since the request', () => {
    refuses(asked(), resubmit, 'nothingAdded');
  });

  const additions: readonly (readonly [string, Ask])[] = [
    ['a field', edit({ partnerContactName: 'New' })],
    ['a PoE', poe('more')],
    ['a comment', comment(boris, 'See page 2.')],
  ];
  for (const [what, ask] of additions) {
    it(`is taken when ${what} was added, and keeps the assignee`, () => {
      const after = asked().given(ask).when(resubmit);
      thenHappened(after, 'ClaimResubmitted');
      expect(after.claim).to.deep.include({ status: 'Submitted', assignee: { id: arun.id, name: 'Arun' } });
    });
  }

  it("is not opened by a reviewer's comment, nor by what was added before the request", () => {
    refuses(asked().given(comment(rita, 'Hurry.')), resubmit, 'nothingAdded');
    const early = submitted()
      .given(comment(anna, 'Early.'))
      .given(poe('early'))
      .given({ type: 'StartReview', by: arun })
      .given({ type: 'RequestInformation', by: arun, reasons: ['missingProducts'], comment: 'Which?' });
    refuses(early, resubmit, 'nothingAdded');
  });

  it('asks anew with each request', () => {
    const again = asked()
      .given(poe('more'))
      .given(resubmit)
      .given({ type: 'StartReview', by: arun })
      .given({ type: 'RequestInformation', by: arun, reasons: ['missingAllPoe'], comment: 'Still.' });
    refuses(again, resubmit, 'nothingAdded');
  });

  it('leaves the first submission where it was', () => {
    const story = asked().after(HOUR).given(poe('more')).given(resubmit);
    expect(story.claim.submittedAt).to.equal(MONDAY);
    expect(iso(dueOf(story.claim.clocks.reviewStart))).to.equal(iso(pacific('2021-05-11')));
  });
});
