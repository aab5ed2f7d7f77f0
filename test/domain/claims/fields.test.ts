import { expect } from 'chai';
import fc from 'fast-check';
import { CATALOGUE } from '../../../src/domain/claims/catalogue.ts';
import type { Fields } from '../../../src/domain/claims/values.ts';
import { FIELD_NAMES, missingIn, normalise, problemsOf, sameValue } from '../../../src/domain/claims/fields.ts';
import { handleCreation } from '../../../src/domain/claims/handleCommand.ts';
import { cleanLine, cleanText, compactText } from '../../../src/domain/claims/text.ts';
import { anna, FABRIKAM, FOREIGN_MPN, MPN } from './personas.ts';
import { created, draft, FORM, ID, MONDAY, poe, refuses, RULES, thenHappened } from './scenario.ts';

const GUID = 'aaaaaaaa-0000-4000-8000-000000000001';

/** What is wrong with a form in which one value is another; values of any type, as a client may send them. */
function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  const given = normalise(values);
  const own = { mpnIds: [MPN], tenantIds: [] };
  return problemsOf(given, { ...FORM, ...given }, CATALOGUE, own, values as Partial<Fields>).map(
    ({ field, problem }) => `${field}: ${problem}`,
  );
}

describe('the fields of a claim (R7)', () => {
  it('take domains and addresses of every script, and keep them as typed', () => {
    const given = {
      customerDomain: ' Почта.рф ',
      customerContactEmail: 'Юра@почта.рф',
      partnerContactEmail: '用户@例え。テスト',
    };
    expect(problems({ ...FORM, ...given })).to.deep.equal([]);
    expect(normalise(given)).to.deep.equal({ ...given, customerDomain: 'почта.рф' });
  });

  it('are all taken when they are right', () => {
    expect(problems({ ...FORM })).to.deep.equal([]);
    expect(missingIn(FORM, CATALOGUE)).to.deep.equal([]);
  });

  const wrong: readonly (readonly [what: string, values: Readonly<Record<string, unknown>>, problem: string])[] = [
    ['an MPN id with letters', { mpnId: '12345a' }, 'mpnId: notAnMpnId'],
    ['an MPN id of three digits', { mpnId: '123' }, 'mpnId: notAnMpnId'],
    ['an MPN id of eleven digits', { mpnId: '12345678901' }, 'mpnId: notAnMpnId'],
    ['an MPN id in Arabic digits', { mpnId: '١٢٣٤٥٦٧' }, 'mpnId: notAnMpnId'],
    ['an MPN id of another organisation', { mpnId: FOREIGN_MPN }, 'mpnId: notYourMpnId'],
    ['a tenant id that is no GUID', { customerTenantId: 'contoso' }, 'customerTenantId: notATenantId'],
    ['a tenant id in braces', { customerTenantId: `{${GUID}}` }, 'customerTenantId: notATenantId'],
    ['a tenant id with one digit too few', { customerTenantId: GUID.slice(1) }, 'customerTenantId: notATenantId'],
    ['a domain without a dot', { customerDomain: 'contoso' }, 'customerDomain: notADomain'],
    ['a domain with a path', { customerDomain: 'contoso.com/path' }, 'customerDomain: notADomain'],
    ['a domain with a scheme', { customerDomain: 'https://contoso.com' }, 'customerDomain: notADomain'],
    ['an IP address', { customerDomain: '10.0.0.1' }, 'customerDomain: notADomain'],
    ['a domain that begins with a hyphen', { customerDomain: '-contoso.com' }, 'customerDomain: notADomain'],
    ['a domain of 254 letters', { customerDomain: `${'abcdefghi.'.repeat(25)}comx` }, 'customerDomain: notADomain'],
    ['an e-mail without a domain', { customerContactEmail: 'dana@' }, 'customerContactEmail: notAnEmail'],
    ['two e-mails', { partnerContactEmail: 'a@contoso.com,b@contoso.com' }, 'partnerContactEmail: notAnEmail'],
    ['an e-mail with a name', { partnerContactEmail: 'Dana <a@contoso.com>' }, 'partnerContactEmail: notAnEmail'],
    [
      'an e-mail that is too long',
      { partnerContactEmail: `a@${'abcdefghi.'.repeat(26)}com` },
      'partnerContactEmail: notAnEmail',
    ],
    ['an area outside the catalogue', { area: 'azure', activity: '', products: [] }, 'area: notAnArea'],
    ['an activity outside the catalogue', { activity: 'resale' }, 'activity: notAnActivity'],
    ['a product outside the catalogue', { products: ['d365-sales', 'clippy'] }, 'products: notAProduct'],
    ['a product of another area', { products: ['d365-sales', 'teams'] }, 'products: productNotOfArea'],
    ['a subscription id that is no GUID', { subscriptionIds: [GUID, 'x'] }, 'subscriptionIds: notASubscriptionId'],
    [
      '51 subscription ids',
      {
        subscriptionIds: Array.from(
          { length: 51 },
          (_, index) => `${GUID.slice(0, -2)}${String(index).padStart(2, '0')}`,
        ),
      },
      'subscriptionIds: tooMany',
    ],
    ['a name of 121 letters', { customerName: 'x'.repeat(121) }, 'customerName: tooLong'],
    ['a title of 121 letters', { customerContactTitle: 'x'.repeat(121) }, 'customerContactTitle: tooLong'],
    ['a name with an address', { customerName: 'Contoso, see www.contoso.com' }, 'customerName: holdsAddress'],
    ['a contact with a link', { customerContactName: '[Dana](https://x.y)' }, 'customerContactName: holdsAddress'],
    ['a title that mentions', { customerContactTitle: '<at>Anna</at>' }, 'customerContactTitle: holdsAddress'],
    ['an e-mail for a name', { partnerContactName: 'anna@fabrikam.com' }, 'partnerContactName: holdsAddress'],
    ['a name of two lines', { customerName: 'Contoso\nYour consent is recorded' }, 'customerName: notReadable'],
    ['a name turned round', { customerName: 'Contoso\u202e dtL' }, 'customerName: notReadable'],
    ['a name with a hidden letter', { partnerContactName: 'An\u200bna' }, 'partnerContactName: notReadable'],
    ['a name of nothing visible', { customerName: '\u200b' }, 'customerName: notReadable'],
    ['a number', { customerName: 5 }, 'customerName: notText'],
    ['null', { partnerContactName: null }, 'partnerContactName: notText'],
    ['an object', { mpnId: { $ne: '' } }, 'mpnId: notText'],
    ['a list where a text belongs', { mpnId: [MPN] }, 'mpnId: notText'],
    ['a text where a list belongs', { products: 'd365-sales' }, 'products: notText'],
    ['a list of numbers', { subscriptionIds: [1] }, 'subscriptionIds: notText'],
  ];
  for (const [what, values, problem] of wrong) {
    it(`refuse ${what}, at creation and in an edit`, () => {
      expect(problems(values)).to.deep.equal([problem]);
      const fields = values as Partial<Fields>;
      const made = handleCreation(
        { type: 'CreateClaim', by: anna, at: MONDAY, id: ID, organisation: FABRIKAM, fields: { ...FORM, ...fields } },
        RULES,
      );
      expect(made).to.have.nested.property('refusal.code', 'fieldsInvalid');
      const refusal = refuses(draft(), { type: 'EditFields', by: anna, fields }, 'fieldsInvalid');
      expect(refusal.problems.map((one) => `${one.field}: ${one.problem}`)).to.include(problem);
    });
  }

  it('name every problem at once', () => {
    expect(problems({ mpnId: 'x', customerDomain: 'y', products: ['z'] })).to.deep.equal([
      'mpnId: notAnMpnId',
      'customerDomain: notADomain',
      'products: notAProduct',
    ]);
  });

  it('are kept in one spelling: trimmed, ids and domains in lower case, lists without repetition', () => {
    const tidy = normalise({
      mpnId: ` ${MPN} `,
      customerName: '  Contoso   Ltd\n',
      customerDomain: 'CONTOSO.com',
      customerTenantId: GUID.toUpperCase(),
      subscriptionIds: [GUID.toUpperCase(), ` ${GUID}`, ''],
      products: ['d365-sales', 'd365-sales'],
    });
    expect(tidy).to.deep.equal({
      mpnId: MPN,
      customerName: 'Contoso Ltd',
      customerDomain: 'contoso.com',
      customerTenantId: GUID,
      subscriptionIds: [GUID],
      products: ['d365-sales'],
    });
  });

  it('keep no field that the form does not have', () => {
    expect(
      normalise({ status: 'Approved', __proto__: { mpnId: '1' } } as unknown as Partial<Fields>),
    ).to.not.have.property('status');
  });

  it('compare lists without regard to their order', () => {
    expect(sameValue(['a', 'b'], ['b', 'a'])).to.be.true;
    expect(sameValue(['a', 'b'], ['a'])).to.be.false;
    expect(sameValue('', [])).to.be.false;
  });

  for (const field of FIELD_NAMES.filter((name) => name !== 'mpnId')) {
    it(`${field} is needed for a submission`, () => {
      const empty = field === 'products' || field === 'subscriptionIds' ? [] : '';
      const story = created({ ...FORM, [field]: empty }).given(poe('proof'));
      expect(refuses(story, { type: 'SubmitClaim', by: anna }, 'fieldsMissing').fields).to.deep.equal([field]);
    });
  }
});

describe('the catalogue (R8)', () => {
  const m365 = { ...FORM, area: 'microsoft365', activity: 'usage', products: ['teams'], subscriptionIds: [] } as const;

  it('allows all three activities of Business Applications, and of Microsoft 365 Usage only', () => {
    for (const activity of ['preSales', 'usage', 'revenueAssociation'] as const)
      expect(problems({ ...FORM, activity }), activity).to.deep.equal([]);
    expect(problems(m365)).to.deep.equal([]);
    for (const activity of ['preSales', 'revenueAssociation'] as const)
      expect(problems({ ...m365, activity }), activity).to.deep.equal(['activity: activityNotOfArea']);
  });

  it('needs subscription ids for Usage and Revenue association of Business Applications only', () => {
    for (const activity of ['usage', 'revenueAssociation'] as const)
      expect(missingIn({ ...FORM, activity, subscriptionIds: [] }, CATALOGUE)).to.deep.equal(['subscriptionIds']);
    expect(missingIn({ ...FORM, activity: 'preSales', subscriptionIds: [] }, CATALOGUE)).to.deep.equal([]);
    expect(missingIn(m365, CATALOGUE)).to.deep.equal([]);
  });

  it('is asked again about activity and products when a draft changes its area', () => {
    const refusal = refuses(
      draft({ ...FORM, activity: 'preSales' }),
      { type: 'EditFields', by: anna, fields: { area: 'microsoft365' } },
      'fieldsInvalid',
    );
    expect(refusal.problems).to.deep.equal([
      { field: 'activity', problem: 'activityNotOfArea' },
      { field: 'products', problem: 'productNotOfArea' },
    ]);
    thenHappened(
      draft().when({ type: 'EditFields', by: anna, fields: { area: 'microsoft365', products: ['teams'] } }),
      'FieldsEdited',
    );
  });

  it('is data: another catalogue changes what is allowed', () => {
    const wider = {
      ...CATALOGUE,
      areas: CATALOGUE.areas.map((area) => ({
        ...area,
        activities: ['preSales', 'usage', 'revenueAssociation'] as const,
      })),
    };
    expect(
      problemsOf({ activity: 'preSales' }, { ...m365, activity: 'preSales' }, wider, { mpnIds: [MPN], tenantIds: [] }),
    ).to.deep.equal([]);
  });
});

describe("people's text", () => {
  it('loses control characters and those that turn text round', () => {
    expect(cleanText('a\u0000b\u0007c\u202eexe.pdf\u2066\u2069\u200f\u061c')).to.equal('abcexe.pdf');
    expect(cleanLine('Contoso\u202e Ltd\u200b')).to.equal('Contoso Ltd');
  });

  it('has no broken surrogates, and keeps whole ones', () => {
    expect(cleanText('a\ud800b')).to.equal('a\ufffdb');
    expect(cleanText('\udc00')).to.equal('\ufffd');
    expect(cleanText('😀')).to.equal('😀');
  });

  it('keeps its lines, indents and empty lines, and is trimmed around them', () => {
    expect(cleanText(' a\r\nb\rc\n\n\n\nd ')).to.equal(' a\nb\nc\n\n\n\nd');
    expect(cleanText('\n \n\t\n    if (x) {\n\t  y();\n    }\n \n')).to.equal('    if (x) {\n\t  y();\n    }');
    expect(cleanText(' \n\t ')).to.equal('');
    expect(compactText('\n  a\n \n\t\n\n  b ')).to.equal('a\n\n  b');
    expect(cleanLine(' a\r\n\tb ')).to.equal('a b');
  });

  it('keeps other scripts as they were typed', () => {
    for (const text of ['Заявка № 5', 'Şirket İstanbul', '申請', 'مطالبة']) expect(cleanText(text)).to.equal(text);
  });

  it('comes out the same when it is cleaned again', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        'a',
        'e',
        '\u0301',
        '\u200b',
        '\r',
        '\n',
        ' ',
        '\t',
        '\ud800',
        '\udc00',
        '\u202e',
        '\ufeff',
        '\u0000',
        '\u2028',
        'é',
      ),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        expect(cleanText(cleanText(text))).to.equal(cleanText(text));
        expect(cleanLine(cleanLine(text))).to.equal(cleanLine(text));
        expect(cleanText(text).isWellFormed()).to.be.true;
      }),
      { numRuns: 1000 },
    );
  });
});
