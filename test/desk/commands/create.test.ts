import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { CLAIM, claimDocument } from '../../../src/desk/records/claimRecord.ts';
import { DAY, FORM, rechained } from '../../domain/claims/scenario.ts';
import type { DeskWorld } from '../world.ts';
import { chatOf, MPN, openWorld, place, TENANTS, WHO } from '../world.ts';

async function claimsOf(world: DeskWorld): Promise<readonly string[]> {
  const page = await world.documents.find({
    kind: CLAIM,
    name: 'partner',
    value: `partner:${TENANTS.fabrikam}`,
    limit: 100,
  });
  return page.documents.map(({ id }) => id);
}

describe('Filing a draft (R10)', () => {
  it('makes one claim of a form that is sent twice, and answers with it', async () => {
    const world = await openWorld();
    const first = await world.desk.createClaim(WHO.anna, 'form', FORM);
    const again = await world.desk.createClaim(WHO.anna, 'form', { ...FORM, customerName: 'Otherwise' });
    expect([first.kind, again.kind]).to.deep.equal(['done', 'repeated']);
    expect(again.kind === 'repeated' && again.entry).to.deep.equal(first.kind === 'done' && first.entry);
    expect(await claimsOf(world)).to.have.length(1);
  });

  it('makes one claim of a form that is sent twice at once', async () => {
    const world = await openWorld();
    const created = await Promise.all([
      world.desk.createClaim(WHO.anna, 'form', FORM),
      world.desk.createClaim(WHO.anna, 'form', FORM),
      world.another().createClaim(WHO.anna, 'form', FORM),
    ]);
    expect(created.map(({ kind }) => kind).sort()).to.deep.equal(['done', 'repeated', 'repeated']);
    expect(await claimsOf(world)).to.have.length(1);
  });

  it('makes one claim when the first answer was lost after the write', async () => {
    const world = await openWorld();
    world.documents.afterWrite = ({ kind }) => {
      if (kind !== CLAIM) return;
      world.documents.afterWrite = () => undefined;
      throw new Error('timed out');
    };
    expect(await world.desk.createClaim(WHO.anna, 'form', FORM).catch((error: unknown) => error)).to.be.instanceOf(
      Error,
    );
    expect((await world.desk.createClaim(WHO.anna, 'form', FORM)).kind).to.equal('repeated');
    expect(await claimsOf(world)).to.have.length(1);
  });

  it('takes the next id where another claim has the first, also when that one came at the same instant', async () => {
    const world = await openWorld();
    const probe = await (await openWorld()).desk.createClaim(WHO.anna, 'form', FORM);
    if (probe.kind === 'refused') throw new Error('the form is good');
    const { id } = probe.view.claim;
    world.documents.beforeWrite = async (document) => {
      if (document.id !== id) return;
      world.documents.beforeWrite = () => undefined;
      const other = await world.file({}, 'boris');
      const { claim, body } = await world.record(other);
      const entries = rechained(body.entries, (event) => (event.type === 'ClaimCreated' ? { ...event, id } : event));
      await world.documents.inner.create({
        ...claimDocument(world.world, { ...claim, id }, { ...body, entries }),
        keys: [],
      });
    };
    const created = await world.desk.createClaim(WHO.anna, 'form', FORM);
    expect(created.kind).to.equal('done');
    expect(created.kind === 'done' && created.view.claim.id)
      .to.match(/^CPOR-/)
      .and.not.to.equal(id);
  });

  it('is nothing to do with the form of someone else, though its name is the same', async () => {
    const world = await openWorld();
    const annas = await world.desk.createClaim(WHO.anna, 'form', FORM);
    const boriss = await world.desk.createClaim(WHO.boris, 'form', FORM);
    expect([annas.kind, boriss.kind]).to.deep.equal(['done', 'done']);
    expect(await claimsOf(world)).to.have.length(2);
  });

  for (const [behaviour, name, fields, code] of [
    ['someone without an organisation', 'stefan', FORM, 'partnerOnly'],
    ['a reviewer', 'arun', FORM, 'partnerOnly'],
    ['a member without one of the three roles', 'nikita', FORM, 'partnerRoleNeeded'],
    ['the MPN id of another organisation', 'anna', { ...FORM, mpnId: MPN.tailspin }, 'fieldsInvalid'],
    ['no MPN id', 'anna', { ...FORM, mpnId: '' }, 'fieldsMissing'],
  ] as const) {
    it(`is refused to ${behaviour}, and writes nothing`, async () => {
      const world = await openWorld();
      const before = world.documents.writes;
      const created = await world.desk.createClaim(WHO[name], 'form', fields);
      expect(created.kind === 'refused' && created.refusal.code).to.equal(code);
      expect(world.documents.writes).to.equal(before);
    });
  }

  it('shows nothing of the claim to its filer once they have left the organisation (R6)', async () => {
    const world = await openWorld();
    await world.desk.createClaim(WHO.anna, 'form', FORM);
    await world.people.alter(WHO.anna, (person) => ({ ...person, memberships: [] }));
    const again = await world.desk.createClaim(WHO.anna, 'form', FORM);
    expect(again.kind === 'refused' && again.refusal.code).to.equal('partnerOnly');
  });

  it('shows a claim that was filed before as it is by now (R44)', async () => {
    const world = await openWorld();
    const created = await world.desk.createClaim(WHO.anna, 'form', FORM);
    const id = created.kind === 'refused' ? ('' as ClaimId) : created.view.claim.id;
    await world.prove(id);
    await world.must('anna', id, { type: 'SubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'ApproveClaim' });
    world.clock.turn(60 * DAY);
    const again = await world.desk.createClaim(WHO.anna, 'form', FORM);
    expect(again.kind === 'repeated' && again.view.stage).to.equal('ConsentPassed');
  });
});

describe('The card on which the form stood', () => {
  const shown = { conversationId: chatOf('anna'), messageId: 'form-card', personal: true };

  it("becomes the claim's card in the filer's chat, and is edited from then on", async () => {
    const world = await openWorld();
    const created = await world.desk.createClaim(WHO.anna, 'form', FORM, shown);
    await world.desk.idle();
    const id = created.kind === 'refused' ? ('' as ClaimId) : created.view.claim.id;
    expect((await world.record(id)).body.homes['partner']).to.deep.equal({
      conversationId: chatOf('anna'),
      messageId: 'form-card',
      place: chatOf('anna'),
    });
    expect(
      world.messenger.sendings
        .filter(({ to }) => to.conversationId === chatOf('anna'))
        .map(({ how, message }) => [how, message?.messageId]),
    ).to.deep.equal([['edit', 'form-card']]);
  });

  it('is no home where it stood in a channel; where the MPN id has a channel, it is one as long as the claim is a draft', async () => {
    const world = await openWorld();
    await world.desk.useChannel(
      WHO.ops,
      `mpn:${MPN.fabrikamSecond}`,
      place('19:fabrikam@thread.tacv2', TENANTS.fabrikam),
    );
    const homesOf = async (created: Awaited<ReturnType<typeof world.desk.createClaim>>): Promise<readonly string[]> => {
      if (created.kind === 'refused') throw new Error(created.refusal.code);
      return Object.values((await world.record(created.view.claim.id)).body.homes).map((home) => home.place);
    };
    expect(
      await homesOf(await world.desk.createClaim(WHO.anna, 'one', { ...FORM, mpnId: MPN.fabrikamSecond }, shown)),
    ).to.deep.equal([chatOf('anna')]);
    expect(
      await homesOf(await world.desk.createClaim(WHO.anna, 'two', FORM, { ...shown, personal: false })),
    ).to.deep.equal([]);
  });
});
