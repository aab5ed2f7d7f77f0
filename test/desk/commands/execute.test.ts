import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { Idempotency } from '../../../src/desk/commands/request.ts';
import { openWorld, WHO } from '../world.ts';

const COMMENT = { type: 'AddComment', text: 'Hello' } as const;

describe('The same request twice (R58)', () => {
  for (const [kind, idempotency, second] of [
    ['on the same card', { kind: 'card', version: 3 }, 'repeated'],
    ['in the same message', { kind: 'message', key: 'msg-1' }, 'repeated'],
    ['without a name', { kind: 'none' }, 'done'],
  ] as const satisfies readonly (readonly [string, Idempotency, string])[]) {
    it(`${kind} is ${second === 'done' ? 'done twice' : 'done once'}`, async () => {
      const world = await openWorld();
      const id = await world.underReview();
      expect((await world.press('anna', id, COMMENT, idempotency)).kind).to.equal('done');
      expect((await world.press('anna', id, COMMENT, idempotency)).kind).to.equal(second);
      expect((await world.claim(id)).comments).to.have.length(second === 'done' ? 2 : 1);
    });
  }

  it('is done again on another card and in another message', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const names: readonly Idempotency[] = [
      { kind: 'card', version: 2 },
      { kind: 'card', version: 3 },
      { kind: 'message', key: 'msg-2' },
      { kind: 'message', key: 'msg-3' },
    ];
    for (const name of names) expect((await world.press('anna', id, COMMENT, name)).kind).to.equal('done');
  });
});

/** What 0.1.0 stores with an entry: a request must be known again after an upgrade, by versions side by side too. */
describe('The name under which a request is stored (R58)', () => {
  const ANNA = '11111111-1111-4111-8111-111111111111/00000000-0000-4000-8000-000000000001';

  for (const [kind, idempotency, text, hash] of [
    [
      'a card',
      { kind: 'card', version: 3 },
      `["${ANNA}",{"text":"Hello","type":"AddComment"},3,null]`,
      '773d16564c25f9032be76d8e57f51752d5360163bcd818fbdb0ea218eff48315',
    ],
    [
      'a message',
      { kind: 'message', key: 'msg-1' },
      `["${ANNA}",{"text":"Hello","type":"AddComment"},null,"msg-1"]`,
      '4537139366924629ef1f3526ac72834796efd41c3198034080b16fbe935bc8a0',
    ],
  ] as const satisfies readonly (readonly [string, Idempotency, string, string])[]) {
    it(`is the one of version 0.1.0, on ${kind}`, async () => {
      expect(WHO.anna).to.equal(ANNA);
      expect(createHash('sha256').update(text).digest('hex')).to.equal(hash);
      const world = await openWorld();
      const id = await world.underReview();
      await world.press('anna', id, COMMENT, idempotency);
      expect((await world.record(id)).body.entries.at(-1)?.press).to.equal(hash);
    });
  }

  it('is none where repeating it changes nothing', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.press('anna', id, COMMENT);
    expect((await world.record(id)).body.entries.at(-1)?.press).to.equal(undefined);
  });
});

describe('A refused edit (R57)', () => {
  it('is answered with the form as its card showed it, beside the claim as it is now', async () => {
    const world = await openWorld();
    const id = await world.file();
    const { version, fields } = await world.claim(id);
    const edit = (customerContactTitle: string) => ({ type: 'EditFields', fields: { customerContactTitle } }) as const;
    expect((await world.press('anna', id, edit('Head of sales'), { kind: 'card', version })).kind).to.equal('done');
    const refused = await world.press('boris', id, edit('Head of IT'), { kind: 'card', version });
    if (refused.kind !== 'refused') throw new Error(`not ${refused.kind}`);
    expect(refused.shown).to.deep.equal(fields);
    expect(refused.view.claim.fields).to.deep.equal({ ...fields, customerContactTitle: 'Head of sales' });
  });

  it('has no other form where its card showed the newest fields', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    const { version } = await world.claim(id);
    const edit = { type: 'EditFields', fields: { customerContactTitle: 'Head of IT' } } as const;
    const refused = await world.press('anna', id, edit, { kind: 'card', version });
    expect(refused.kind).to.equal('refused');
    expect(refused).to.not.have.property('shown');
  });
});
