import { expect } from 'chai';
import { isCustomerContact, mayRead, partyOf } from '../../../src/domain/claims/permission.ts';
import {
  anna,
  carla,
  CUSTOMER_TENANT,
  dana,
  emil,
  fatma,
  lena,
  nele,
  nikita,
  person,
  petra,
  rita,
  rolf,
  tomas,
} from './personas.ts';
import { ROLES } from './matrix.ts';
import type { Role } from './matrix.ts';
import {
  approved,
  asked,
  comment,
  disputed,
  draft,
  passed,
  refuses,
  rejected,
  submitted,
  thenHappened,
  underReview,
} from './scenario.ts';
import type { Story } from './scenario.ts';

const readersOf = (story: Story): readonly string[] =>
  (Object.keys(ROLES) as Role[]).filter((role) => role !== 'desk' && mayRead(ROLES[role], story.claim));

const PARTNER = [
  'incentivesAdmin',
  'billingAdmin',
  'globalAdmin',
  'memberWithoutRole',
  'reviewerInPartner',
  'contactInPartner',
];
const VENDOR = ['reviewer', 'assignee', 'lead', 'rejecter', 'reviewerFromPartnerTenant', 'reviewerOfCustomer', 'owner'];
const CUSTOMER = ['namedContact', 'enrolledContact'];

describe('who sees a claim (R6)', () => {
  it('a draft: its partner alone', () => {
    expect(readersOf(draft())).to.have.members(PARTNER);
    expect(readersOf(draft().given({ type: 'DiscardDraft', by: anna }))).to.have.members(PARTNER);
  });

  for (const [where, story] of Object.entries({
    Submitted: submitted,
    'Under review': underReview,
    'Partner action required': asked,
    Rejected: rejected,
    'in a dispute': disputed,
  })) {
    it(`${where}: the reviewers too, and not yet the customer`, () => {
      expect(readersOf(story())).to.have.members([...PARTNER, ...VENDOR]);
    });
  }

  it('once approved: the contacts of the customer, also after it was rejected later', () => {
    expect(readersOf(approved())).to.have.members([...PARTNER, ...VENDOR, ...CUSTOMER]);
    expect(readersOf(approved().given({ type: 'DenyConsent', by: dana, reason: '' }))).to.have.members([
      ...PARTNER,
      ...VENDOR,
      ...CUSTOMER,
    ]);
  });

  it('once handed over: the assessor', () => {
    expect(readersOf(passed())).to.have.members([...PARTNER, ...VENDOR, ...CUSTOMER, 'assessor']);
  });

  it('hears the same answer as of a claim that does not exist', () => {
    for (const by of [tomas, fatma])
      expect(refuses(approved(), { type: 'ApproveClaim', by }, 'notFound')).to.deep.equal({ code: 'notFound' });
    expect(refuses(underReview(), { type: 'DenyConsent', by: dana, reason: '' }, 'notFound')).to.deep.equal({
      code: 'notFound',
    });
  });

  it('is not opened by an empty tenant or an empty address', () => {
    const nowhere = draft({ mpnId: '1234567' }).claim;
    expect(isCustomerContact(person('Ghost', { tenantId: '', email: '', contactOf: [''] }), nowhere)).to.be.false;
    expect(isCustomerContact(person('Ghost', { tenantId: CUSTOMER_TENANT, email: '' }), nowhere)).to.be.false;
  });

  it('goes by who is enrolled as a contact, whatever address the partner names', () => {
    const story = submitted()
      .given({ type: 'EditFields', by: anna, fields: { customerContactEmail: 'eve@contoso.com' } })
      .given({ type: 'StartReview', by: lena })
      .given({ type: 'ApproveClaim', by: lena });
    expect(mayRead(dana, story.claim)).to.be.true;
    expect(mayRead(emil, story.claim)).to.be.true;
    expect(mayRead(nele, approved().claim)).to.be.false;
    expect(mayRead(person('Eve', { tenantId: CUSTOMER_TENANT, email: 'EVE@contoso.com' }), story.claim)).to.be.false;
  });
});

describe('someone with several roles (R5)', () => {
  it('acts as a partner on the own claims, and decides nothing on them', () => {
    expect(thenHappened(underReview().when(comment(petra, 'Hello.')), 'CommentAdded').by.side).to.equal('partner');
    refuses(submitted(), { type: 'StartReview', by: petra }, 'ownOrganisation');
  });

  it('decides nothing on a claim on the own tenant', () => {
    refuses(submitted(), { type: 'StartReview', by: carla }, 'ownOrganisation');
    refuses(submitted(), { type: 'StartReview', by: { ...rita, contactOf: [CUSTOMER_TENANT] } }, 'ownOrganisation');
    refuses(
      underReview(),
      { type: 'ApproveClaim', by: { ...rolf, homeOrganisations: anna.homeOrganisations } },
      'ownOrganisation',
    );
  });

  it('has one side on each claim', () => {
    expect(
      [anna, nikita, petra, rita, dana, emil].map((member) => partyOf(member, approved().claim).side),
    ).to.deep.equal(['partner', 'partner', 'partner', 'review', 'customer', 'customer']);
    expect(partyOf({ kind: 'desk' }, approved().claim)).to.deep.equal({ side: 'desk', id: 'desk', name: '' });
  });
});
