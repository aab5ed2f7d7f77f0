import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { approved, claimIn, submitted, underReview } from './support/filing.ts';
import { CUSTOMER_TENANT, VENDOR_TENANT } from './support/personas.ts';
import type { Activity } from './support/activities.ts';
import type { Json, ShownCard } from './support/shownCard.ts';
import { buttonOf, textOf } from './support/shownCard.ts';
import { ON_AZURE } from './support/backend.ts';
import { startScenario } from './support/scenario.ts';
import type { Answered, Scenario } from './support/scenario.ts';

const BIDI = '\u202Egnitfihs\u202C\u2066x\u2069\u200F';
const MARKUP = '**bold** [link](https://evil.example) ![x](https://evil.example/x.png) # head';
const NASTY: Readonly<Record<string, string>> = {
  markdown: MARKUP,
  expression: "${customerName} ${json('x')} {{DATE(2020-01-01T00:00:00Z, SHORT)}} {{x}}",
  mention: '<at>CPOR Claims Desk</at> <at id="0">everyone</at>',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>&nbsp;&lt;b&gt;',
  bidi: BIDI,
  controls: '\u0000\u0007\u001b[31m\u007f',
  surrogate: '\ud800 lone \udc00',
  zalgo: 'e' + '\u0301'.repeat(500),
};

describe('acceptance: hostile activities', () => {
  let scenario: Scenario;
  let claims: { readonly submitted: ClaimId; readonly underReview: ClaimId; readonly approved: ClaimId };
  let calls: number;

  before(async () => {
    scenario = await startScenario();
    claims = {
      submitted: await submitted(scenario),
      underReview: await underReview(scenario),
      approved: await approved(scenario),
    };
  });
  after(() => scenario.stop());

  let documentsBefore: readonly unknown[];
  beforeEach(async () => {
    documentsBefore = await documents();
    calls = scenario.connector.calls.length;
  });
  /** Nothing of what is sent here may change a claim, end in a fault, or send the desk to another service. */
  afterEach(async () => {
    await scenario.check();
    for (const call of scenario.connector.calls.slice(calls)) expect(call.path).to.match(/^\/v3\/conversations/);
  });

  const documents = async (): Promise<readonly unknown[]> => (await scenario.claims()).map(({ body }) => body);

  async function unchanged(): Promise<void> {
    await scenario.idle();
    expect(await documents()).to.deep.equal(documentsBefore);
  }

  function isCalm(answer: Answered, activity: Json | string): void {
    const told = typeof activity === 'string' ? activity.slice(0, 200) : JSON.stringify(activity).slice(0, 400);
    // What was not let in is told no more than that; where nothing is signed, everyone is.
    expect(answer.status, told).to.be.oneOf(ON_AZURE ? [200, 400, 401, 403, 413] : [200, 400, 403, 413]);
    if (
      !ON_AZURE &&
      typeof activity !== 'string' &&
      activity['type'] === 'invoke' &&
      isTalkedTo(activity['serviceUrl'])
    )
      expect(answer.status, told).to.equal(200);
    expect(answer.text, told).not.to.match(/\n\s+at |Error:|node:internal|\/work\/|\.ts:/);
  }
  const isTalkedTo = (serviceUrl: unknown): boolean =>
    typeof serviceUrl !== 'string' ||
    !URL.canParse(serviceUrl) ||
    new URL(serviceUrl).origin === new URL(scenario.connector.url).origin;

  async function sent(activity: Json): Promise<Answered> {
    const answer = await scenario.post(activity);
    await scenario.idle();
    isCalm(answer, activity);
    return answer;
  }

  const message = (text: string): Activity => scenario.activities.message(scenario.anna.persona, text);
  const press = (data: unknown, verb: unknown = 'show'): Activity => {
    const activity = scenario.activities.press(scenario.anna.persona, { verb: 'show' }, { replyTo: '1:0000000001' });
    return { ...activity, value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' } };
  };

  for (const body of [
    '{}',
    '[]',
    '',
    'null',
    '1',
    '"x"',
    '{',
    '[{}]',
    '{"type":1}',
    '{"type":null}',
    '{"type":"message"}',
    '{"type":"invoke"}',
    '{"type":{}}',
    `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    '\uFEFF{}',
    '{"type":"message","__proto__":{"from":1}}',
  ]) {
    it(`the body ${JSON.stringify(body.slice(0, 40))} is refused and changes nothing`, async () => {
      const answer = await scenario.postText(body);
      isCalm(answer, body);
      await unchanged();
      expect(scenario.connector.calls).to.have.lengthOf(calls);
    });
  }

  const WRONG: readonly unknown[] = [
    undefined,
    null,
    '',
    'text',
    0,
    1.5,
    true,
    [],
    {},
    [[]],
    { id: null },
    { id: '' },
    { id: {} },
    { id: 'x'.repeat(100_000) },
    { __proto__: null, constructor: 'x' },
    '\ud800',
  ];
  for (const field of [
    'from',
    'recipient',
    'conversation',
    'channelData',
    'value',
    'serviceUrl',
    'id',
    'text',
    'name',
    'entities',
    'attachments',
    'locale',
    'replyToId',
    'channelId',
    'membersAdded',
    'timestamp',
    'localTimestamp',
    'action',
  ]) {
    it(`"${field}" missing, empty or of the wrong type, in every kind of activity`, async () => {
      const kinds = [
        message('status'),
        press({ verb: 'show', claim: claims.submitted, version: 1 }),
        scenario.activities.installed(scenario.anna.persona),
        scenario.activities.joined(scenario.anna.persona, 'bot'),
        scenario.activities.edited(scenario.anna.persona, 'x', { id: '5' }),
        scenario.activities.deleted(scenario.anna.persona, { id: '5' }),
      ];
      for (const kind of kinds)
        for (const [index, wrong] of WRONG.entries())
          await sent({ ...kind, id: `${String(kind['id'])}${index}`, [field]: wrong });
      await unchanged();
    });
  }

  it('no tenant, two tenants that differ, no object id: no one is who they say, and the claim is not shown', async () => {
    const base = message(`status ${claims.submitted}`);
    const { from, conversation, channelData } = base as Record<'from' | 'conversation' | 'channelData', Json>;
    const forged: readonly Json[] = [
      { ...base, from: { ...from, aadObjectId: undefined } },
      { ...base, from: { ...from, aadObjectId: 5 } },
      { ...base, from: { ...from, aadObjectId: '../../x' } },
      { ...base, conversation: { ...conversation, tenantId: VENDOR_TENANT } },
      { ...base, channelData: { ...channelData, tenant: { id: VENDOR_TENANT } } },
      { ...base, channelData: {}, conversation: { ...conversation, tenantId: undefined } },
      { ...base, channelData: { tenant: { id: { toString: 'x' } } }, conversation: { ...conversation, tenantId: '' } },
    ];
    for (const [index, activity] of forged.entries()) {
      const seen = scenario.connector.calls.length;
      // Under one id all but the first would be taken for the first, delivered again.
      await sent({ ...activity, id: `forged-${index}` });
      expect(JSON.stringify(scenario.connector.calls.slice(seen).map((call) => call.body))).not.to.contain('Contoso');
    }
    await unchanged();
  });

  for (const serviceUrl of [
    'https://evil.example/',
    'http://evil.example',
    ...(ON_AZURE ? ['https://evil.trafficmanager.net/emea/'] : ['https://smba.trafficmanager.net/emea/']),
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://[::ffff:8.8.8.8]/',
    'http://2130706433.evil.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ftp://127.0.0.1/',
    'http://evil.example@127.0.0.1.nip.io/',
    '//evil.example',
  ]) {
    it(`the service ${serviceUrl} is not spoken to, and no chat is moved there`, async () => {
      const chat = async (): Promise<unknown> => (await scenario.directory.find(scenario.anna.id))?.chat;
      const known = await chat();
      for (const activity of [
        message('help'),
        scenario.activities.installed(scenario.anna.persona),
        press({ verb: 'show', claim: claims.submitted }),
      ]) {
        const answer = await sent({ ...activity, serviceUrl });
        expect([400, 401, 403].includes(answer.status) || answer.body['statusCode'] === 400, answer.text).to.equal(
          true,
        );
      }
      expect(await chat()).to.deep.equal(known);
      expect(scenario.connector.calls).to.have.lengthOf(calls);
      await unchanged();
    });
  }

  for (const type of [
    '',
    'Message',
    'typing',
    'event',
    'messageReaction',
    'handoff',
    'trace',
    'endOfConversation',
    'suggestion',
    'command',
    '__proto__',
    'constructor',
    'x'.repeat(10_000),
  ]) {
    it(`an activity of the type ${JSON.stringify(type.slice(0, 20))} is let pass without an answer`, async () => {
      await sent({ ...message(`submit ${claims.submitted}`), type });
      expect(scenario.connector.calls).to.have.lengthOf(calls);
      await unchanged();
    });
  }

  for (const name of [
    '',
    'task/fetch',
    'composeExtension/query',
    'signin/verifyState',
    'fileConsent/invoke',
    'adaptiveCard/Action',
    '__proto__',
    'x'.repeat(10_000),
    undefined,
  ]) {
    it(`an invoke of the name ${JSON.stringify(name?.slice(0, 20))} is answered with 200 and words in the reader's language`, async () => {
      const answer = await sent({ ...press({ verb: 'show', claim: claims.submitted }), name, locale: 'ru-RU' });
      expect(answer.status).to.equal(200);
      expect(answer.body['statusCode']).to.equal(400);
      expect(answer.text).to.match(/[а-я]{4}/);
      await unchanged();
    });
  }

  it('every verb, known and unknown, with data that is none, is answered with a card and changes nothing', async () => {
    const verbs: readonly unknown[] = [
      'submit',
      'start',
      'approve',
      'reject',
      'edit',
      'deny',
      'create',
      'commentOn',
      'fileFor',
      'language',
      'enrolPartner',
      'history',
      'documents',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'x'.repeat(50_000),
      '',
      null,
      5,
      {},
      [],
    ];
    const data: readonly unknown[] = [
      undefined,
      null,
      'x',
      5,
      [],
      {},
      { claim: claims.submitted },
      { claim: claims.submitted, version: '1' },
      { claim: [claims.submitted], version: 1 },
      { claim: { toString: 'x' }, version: 1 },
      { claim: 'CPOR-', version: 1 },
      { claim: `${claims.submitted}\u0000`, version: 1 },
      { claim: '../claim', version: 1 },
      { verb: 'submit', claim: 5 },
      { page: Number.MAX_VALUE, claim: claims.submitted },
      { page: -1, claim: claims.submitted },
    ];
    for (const verb of verbs) {
      for (const one of data) {
        const answer = await sent({
          ...press(one, verb),
          from: { id: scenario.tomas.persona.teamsId, name: 'Tomas', aadObjectId: scenario.tomas.objectId },
          conversation: { id: scenario.tomas.chat, conversationType: 'personal', tenantId: scenario.tomas.tenantId },
          channelData: { tenant: { id: scenario.tomas.tenantId } },
        });
        expect(answer.body['statusCode'], answer.text).to.be.oneOf([200, 400]);
        expect(answer.text).not.to.contain('Contoso');
      }
    }
    await unchanged();
  });

  it("who presses is who is signed in, whatever the card's data says", async () => {
    const forged = {
      from: { aadObjectId: scenario.arun.objectId, id: scenario.arun.persona.teamsId },
      aadObjectId: scenario.arun.objectId,
      tenantId: VENDOR_TENANT,
      actor: scenario.arun.id,
      by: { kind: 'person', id: scenario.arun.id, staff: ['lead'] },
      role: 'lead',
      roles: ['lead'],
      staff: ['lead'],
      side: 'review',
      person: scenario.arun.id,
      member: { staff: ['lead'] },
      operator: true,
      seen: 99,
      at: 0,
      type: 'ApproveClaim',
    };
    const { version } = await scenario.claim(claims.underReview);
    for (const verb of ['approve', 'reject', 'request', 'reassign', 'uphold', 'assess']) {
      const answer = await sent(
        press(
          {
            verb,
            claim: claims.underReview,
            version,
            comment: 'Mine.',
            reason: 'missingProducts',
            reasons: 'missingProducts',
            to: scenario.rita.id,
            eligible: 'yes',
            programme: 'OSU',
            ...forged,
          },
          verb,
        ),
      );
      expect(answer.body['statusCode']).to.equal(200);
    }
    await sent(
      press(
        {
          verb: 'deny',
          claim: claims.approved,
          version: (await scenario.claim(claims.approved)).version,
          ...forged,
          tenant: CUSTOMER_TENANT,
        },
        'deny',
      ),
    );
    for (const verb of ['enrolStaff', 'enrolMember', 'enrolPartner'])
      await sent(press({ verb, ...forged, name: 'Anna', objectId: scenario.anna.objectId, roles: 'lead' }, verb));
    await unchanged();
    expect((await scenario.directory.find(scenario.anna.id))?.staff).to.deep.equal([]);
  });

  it('the verb on the action counts, not another in its data, and a submitted message says its own', async () => {
    const { version } = await scenario.claim(claims.submitted);
    await sent(press({ verb: 'withdraw', claim: claims.submitted, version, reason: 'incorrectMpn' }, 'show'));
    await unchanged();
  });

  describe('a text of a million letters', () => {
    for (const [what, text] of Object.entries({
      letters: 'a'.repeat(950_000),
      spaces: ' '.repeat(950_000),
      tags: '<at>'.repeat(230_000),
      entities: '&nbsp;'.repeat(150_000),
      ids: 'CPOR-7F3K9Q '.repeat(75_000),
      open: '<'.repeat(950_000),
      digits: '1'.repeat(950_000),
      newlines: '\n'.repeat(470_000),
      ats: '@'.repeat(950_000),
    })) {
      it(`of ${what}, in a message and in every input, is answered`, async () => {
        await sent(message(text));
        await sent(
          press(
            {
              verb: 'comment',
              claim: claims.submitted,
              version: (await scenario.claim(claims.submitted)).version,
              comment: text.trim() === '' ? text : `${text}x`,
            },
            'comment',
          ),
        );
        await sent(message(`comment ${claims.submitted} ${text}`));
        const { comments } = await scenario.claim(claims.submitted);
        expect(Math.max(0, ...comments.map((comment) => comment.text.length))).to.be.below(10_000);
      });
    }

    it('larger than an activity may be, it is refused before it is read', async () => {
      const answer = await scenario.postText(JSON.stringify(message('a'.repeat(5_000_000))));
      expect(answer.status).to.equal(413);
      await unchanged();
    });
  });

  describe('what people type', () => {
    for (const [kind, text] of Object.entries(NASTY)) {
      it(`${kind}: kept as a comment, shown as it was typed, and read as nothing else by anybody's client`, async () => {
        const id = await underReview(scenario);
        const on = await scenario.home(id, 'partner');
        await scenario.anna.press(on, 'comment', { comment: `before ${text} after` });
        expect(await scenario.count(id, 'CommentAdded')).to.equal(1);
        for (const home of ['partner', 'review']) isHarmless((await scenario.home(id, home)).card);
        for (const line of await scenario.lines(id, 'review')) expect(line).not.to.match(/<at[ >]/);
        isHarmless((await scenario.arun.ask(`history ${id}`)).card);
        expect(textOf((await scenario.home(id, 'review')).card))
          .to.contain('before')
          .and.to.contain('after');
      });

      it(`${kind}: in a name and in every field, accepted harmless or refused with a reason`, async () => {
        const form = await scenario.anna.ask('new claim');
        const created = await scenario.anna.press(form, 'create', {
          mpnId: '1234567',
          kind: 'microsoft365/usage',
          customerName: text.slice(0, 100),
        });
        isHarmless(created.card);
        const filed = (created.card['body'] as Json[]).length > 0 && /CPOR-\w{6}/.test(textOf(created.card));
        if (!filed) return;
        const id = claimIn(created.card);
        for (const name of [
          'customerDomain',
          'customerTenantId',
          'customerContactName',
          'customerContactTitle',
          'customerContactEmail',
          'partnerContactName',
          'subscriptionIds',
          'products',
          'kind',
          'mpnId',
        ]) {
          const { version } = await scenario.claim(id);
          const answer = await sent(press({ verb: 'edit', claim: id, version, [`edit.${name}`]: text }, 'edit'));
          expect(answer.body['statusCode']).to.equal(200);
          isHarmless(answer.body['value'] as Json);
        }
        const { fields } = await scenario.claim(id);
        expect(fields).to.include({
          customerDomain: '',
          customerTenantId: '',
          customerContactEmail: '',
          mpnId: '1234567',
          area: 'microsoft365',
        });
      });
    }

    it('said in a channel or in a chat, it reaches no one as markup', async () => {
      const channel = { team: '19:team@thread.tacv2', channel: '19:hostile@thread.tacv2' };
      for (const text of Object.values(NASTY)) {
        const heard = [
          ...(await scenario.anna.say(text)),
          ...(await scenario.anna.mention(channel, text)),
          ...(await scenario.anna.mention(channel, `use this channel for ${text}`)),
          ...(await scenario.otto.mention(channel, `enrol ${text}`)),
        ];
        expect(heard.length).to.be.greaterThan(2);
        for (const shown of heard) {
          if (shown.card) isHarmless(shown.card);
          else expect(shown.text).not.to.match(TYPED);
        }
      }
    });

    it('a name of someone in Teams is text like any other', async () => {
      const trickster = { ...scenario.stefan.persona, name: `${MARKUP} \${x} <at>all</at>` };
      await scenario.post(scenario.activities.message(trickster, 'help'));
      await scenario.post(scenario.activities.joined(trickster, 'bot'));
      await scenario.idle();
      for (const shown of scenario.connector.messages(scenario.stefan.chat)) if (shown.card) isHarmless(shown.card);
      const form = await scenario.otto.ask('enrol staff');
      expect(JSON.stringify(form.card)).not.to.contain('${x}');
    });
  });

  it('fields of the wrong type, too long, empty, or with ids that are none are refused with a reason for each (R7)', async () => {
    const draft = await scenario.anna.press(await scenario.anna.ask('new claim'), 'create', {
      mpnId: '1234567',
      kind: 'businessApplications/usage',
      customerName: 'Typed',
    });
    const id = claimIn(draft.card);
    const wrong: Readonly<Record<string, readonly unknown[]>> = {
      mpnId: ['5550001', '12', '1234567x', '١٢٣٤٥٦٧', '', 5, null, ['1234567'], {}],
      customerDomain: ['contoso', 'https://contoso.com', 'a b.com', '-.com', 'x'.repeat(300), 7],
      customerTenantId: ['contoso', '22222222-2222-4222-8222', 5],
      customerContactEmail: [
        'dana',
        'dana@',
        '@contoso.com',
        'a b@contoso.com',
        'a@b@c.com',
        `${'x'.repeat(300)}@contoso.com`,
        [],
      ],
      kind: ['microsoft365/preSales', 'x/y', '/x', 5, null, {}],
      products: ['exchange-online', 'nonsense', 5, [5], [{}], {}],
      subscriptionIds: [
        'not an id',
        '2021-02-31',
        Array.from({ length: 60 }, (_, index) => `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`).join(
          ',',
        ),
      ],
      customerName: ['x'.repeat(121)],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const before = await scenario.claim(id);
        const answer = await sent(
          press({ verb: 'edit', claim: id, version: before.version, [`edit.${name}`]: value }, 'edit'),
        );
        expect(answer.body['statusCode']).to.equal(200);
        expect((await scenario.claim(id)).fields, `${name} ${JSON.stringify(value)}`).to.deep.equal({
          ...before.fields,
          ...(value === '' && { [name]: '' }),
        });
        isHarmless(answer.body['value'] as Json);
      }
    }
  });

  it('a refusal is told in the language of the user who pressed', async () => {
    const on: ShownCard = await scenario.home(claims.submitted, 'partner');
    const data = buttonOf(on.card, 'withdraw').data;
    const words: Readonly<Record<string, RegExp>> = { 'ru-RU': /[а-я]{4}/, 'tr-TR': /[ığşçöü]/ };
    for (const [locale, pattern] of Object.entries(words)) {
      const answer = await sent({ ...press({ ...data, reason: 'nonsense' }, 'withdraw'), locale });
      expect(textOf(answer.body['value'] as Json)).to.match(pattern);
    }
    await unchanged();
  });
});

const TYPED = /\*\*bold\*\*|\[link\]\(|<at[ >]|<script|\{\{/;

/** In elements that read markup there is nothing that people typed; nowhere is there an expression left to evaluate. */
function isHarmless(card: Json): void {
  const visit = (element: unknown): void => {
    if (Array.isArray(element)) return element.forEach(visit);
    if (element === null || typeof element !== 'object') return;
    const one = element as Json;
    const type = String(one['type']);
    if (['TextBlock', 'FactSet', 'Badge'].includes(type))
      expect(JSON.stringify({ ...one, items: undefined }), type).not.to.match(TYPED);
    if (type.startsWith('Action.')) expect(String(one['title'])).not.to.match(TYPED);
    if (type === 'Action.OpenUrl') expect(String(one['url'])).to.match(/^http:\/\/127\.0\.0\.1/);
    Object.values(one).forEach(visit);
  };
  visit(card);
  const text = JSON.stringify(card);
  expect(text).not.to.match(/\$\{/);
  expect(text).not.to.match(/\{\{/);
  expect(text.length * 2, 'a card of at most 40 KB in UTF-8, far from 100 KB in UTF-16').to.be.below(100_000);
  expect(text.isWellFormed()).to.equal(true);
}
