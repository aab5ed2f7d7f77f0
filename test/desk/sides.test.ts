import { expect } from 'chai';
import { dueOf } from '../../src/domain/claims/clock.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { SendResult } from '../../src/desk/ports/messenger.ts';
import { SIDE_CHANGE } from '../../src/desk/directory/sideChanges.ts';
import { DAY, HOUR, MINUTE } from '../domain/claims/scenario.ts';
import type { DeskWorld, Name } from './world.ts';
import { chatOf, MPN, openWorld, REVIEWS, TENANTS, WHO } from './world.ts';

const BLOCKED: SendResult = { kind: 'unreachable', reason: 'blocked' };
/** No other member of the partner, and no other contact of the customer, has a chat. */
const ALONE = { silent: ['boris', 'emil'] } as const;

const idsOf = (name: Name) => {
  const [tenantId = '', objectId = ''] = WHO[name].split('/');
  return { tenantId, objectId, name };
};
const contact = (name: Name, email: string) => ({ ...idsOf(name), email });
const DANA = contact('dana', 'dana@contoso.com');
const member = (name: Name, roles: readonly string[] = ['incentivesAdmin']) => ({
  ...idsOf(name),
  organisation: `partner:${TENANTS.fabrikam}`,
  roles,
});
const stateOf = async (world: DeskWorld, id: ClaimId, clock: 'consent' | 'partnerResponse'): Promise<unknown> =>
  (await world.claim(id)).clocks[clock]?.state;
const told = (world: DeskWorld, name: Name): readonly string[] => world.messenger.said(chatOf(name));

describe('A clock on which no one is left to act (R45)', () => {
  it('goes back to waiting at once when the operator takes the last contact away; who is enrolled next is told, and it starts anew', async () => {
    const world = await openWorld(ALONE);
    const id = await world.approved();
    world.clock.turn(DAY);
    await world.enrol('contact', { ...DANA, gone: 'yes' });
    await world.desk.idle();
    const waiting = await world.claim(id);
    expect(waiting.clocks.consent?.state).to.equal('awaitingDelivery');
    expect(waiting.hold).to.deep.equal({ reason: 'contactUnknown', since: world.clock.now() });
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockSuspended');
    expect(world.messenger.said(REVIEWS), 'the reviewers read it once').to.not.include('reply NoticeUndeliverable');
    await world.pass(400 * DAY);
    expect(await stateOf(world, id, 'consent')).to.equal('awaitingDelivery');
    await world.enrol('contact', contact('emil', 'emil@example.com'));
    await world.greet('emil');
    await world.desk.idle();
    expect(told(world, 'emil')[0]).to.equal('post');
    expect(dueOf((await world.claim(id)).clocks.consent)).to.be.greaterThan(world.clock.now() + 7 * DAY);
  });

  it('does so also where the last contact uninstalls the app, or has blocked it, which the next message finds', async () => {
    for (const vanish of [
      (world: DeskWorld) => world.desk.leave(WHO.dana),
      async (world: DeskWorld) => {
        world.messenger.answers(BLOCKED, (to) => to === chatOf('dana'));
        await world.pass(6 * DAY);
      },
    ]) {
      const world = await openWorld(ALONE);
      const id = await world.approved();
      world.clock.turn(HOUR);
      await vanish(world);
      await world.pass(2 * MINUTE);
      expect(await stateOf(world, id, 'consent')).to.equal('awaitingDelivery');
      await world.pass(60 * DAY);
      expect((await world.claim(id)).status).to.equal('Approved');
      expect((await world.claim(id)).consent?.state).to.equal('open');
      world.messenger.works();
      await world.greet('dana');
      await world.desk.idle();
      expect(await stateOf(world, id, 'consent')).to.equal('running');
    }
  });

  it('does so where the operator takes the last role of the partner away, and keeps waiting while only readers are left', async () => {
    const world = await openWorld(ALONE);
    const id = await world.asked();
    await world.enrol('member', member('boris', []));
    expect(await stateOf(world, id, 'partnerResponse'), 'another has a role').to.equal('running');
    world.clock.turn(HOUR);
    await world.enrol('member', member('anna', []));
    await world.desk.idle();
    expect((await world.claim(id)).hold?.reason).to.equal('noMember');
    await world.pass(60 * DAY);
    expect((await world.claim(id)).status).to.equal('PartnerActionRequired');
    await world.enrol('member', member('boris'));
    await world.greet('boris');
    await world.desk.idle();
    expect(told(world, 'boris'), 'the one who has a role now is told').to.include('post');
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('running');
  });

  it('is judged by the journal: who was away for a minute is asked anew, though no sweep ran and they are back', async () => {
    const world = await openWorld(ALONE);
    const id = await world.approved();
    world.clock.turn(DAY);
    await world.people.alter(WHO.dana, (known) => ({ ...known, contactOf: [] }));
    world.clock.turn(MINUTE);
    await world.people.alter(WHO.dana, (known) => ({ ...known, contactOf: [TENANTS.contoso] }));
    await world.pass(30 * DAY);
    expect((await world.types(id)).slice(-2)).to.deep.equal(['ClockSuspended', 'NoticeDelivered']);
    expect(await stateOf(world, id, 'consent')).to.equal('running');
  });

  it("is not stopped by a partner's own leaving or blocking after the delivery", async () => {
    const world = await openWorld(ALONE);
    const id = await world.asked();
    world.messenger.forget();
    await world.desk.leave(WHO.anna);
    await world.desk.idle();
    expect(world.messenger.said(REVIEWS).filter((said) => said === 'reply NoticeUndeliverable')).to.have.length(1);
    expect((await world.claim(id)).hold, 'the clock runs on').to.equal(undefined);
    await world.desk.leave(WHO.anna);
    await world.pass(30 * DAY);
    expect((await world.claim(id)).status).to.equal('Rejected');
    const lost = (await world.record(id)).body.entries.filter(({ event }) => 'runsOn' in event);
    expect(lost).to.have.length(1);
  });

  it('is looked at by the next sweep where the process died after the change', async () => {
    const world = await openWorld(ALONE);
    const id = await world.approved();
    world.documents.afterWrite = ({ kind, body }) => {
      if (kind === 'person' && (body as { contactOf?: unknown[] }).contactOf?.length === 0)
        throw new Error('the process is dead');
    };
    await world.enrol('contact', { ...DANA, gone: 'yes' }).catch(() => undefined);
    world.documents.afterWrite = () => undefined;
    expect(await stateOf(world, id, 'consent')).to.equal('running');
    await world.pass(2 * MINUTE);
    expect(await stateOf(world, id, 'consent')).to.equal('awaitingDelivery');
    const due = await world.documents.find({ kind: SIDE_CHANGE, name: 'due', value: '', limit: 10 });
    expect(due.documents).to.deep.equal([]);
  });
});

describe('When the person whom a notice was for is gone (R45)', () => {
  it('another member with a role is told in place of who filed the claim', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.enrol('member', { ...member('anna'), gone: 'yes' });
    world.messenger.forget();
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'Which?' });
    expect(told(world, 'boris')[0]).to.equal('post');
    expect(told(world, 'anna')).to.not.include('post');
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('running');
  });

  it('another contact is told, also while the clock runs on for the others', async () => {
    const world = await openWorld();
    const id = await world.approved();
    expect(told(world, 'emil')).to.deep.equal([]);
    await world.enrol('contact', { ...DANA, gone: 'yes' });
    await world.desk.idle();
    expect(told(world, 'emil')).to.deep.equal(['post']);
    expect(await stateOf(world, id, 'consent')).to.equal('running');
    expect(await world.outbox(id)).to.deep.equal([]);
  });

  it('another contact is told the first notice too, whether it is known that the one named has gone or is found then', async () => {
    const world = await openWorld();
    for (const isKnown of [true, false]) {
      world.messenger.works();
      await world.greet('dana');
      const id = await world.underReview();
      if (isKnown) await world.desk.leave(WHO.dana);
      else world.messenger.answers(BLOCKED, (conversation) => conversation === chatOf('dana'));
      world.messenger.forget();
      await world.must('arun', id, { type: 'ApproveClaim' });
      await world.pass(60_000);
      expect(told(world, 'emil'), String(isKnown)).to.include('post');
      expect(await stateOf(world, id, 'consent')).to.equal('running');
      expect((await world.claim(id)).hold).to.equal(undefined);
    }
  });

  it('the first notice still waits for the contact whom the claim names', async () => {
    const world = await openWorld({ silent: ['dana'] });
    const id = await world.approved();
    expect((await world.claim(id)).hold?.reason).to.equal('neverWrote');
    expect(told(world, 'emil')).to.deep.equal([]);
  });
});

describe('Taking away the last who could act (R45)', () => {
  it('is asked about first, and names the clocks that it would stop; nothing is changed until it is confirmed', async () => {
    const world = await openWorld(ALONE);
    const id = await world.approved();
    const form = { ...DANA, gone: 'yes' };
    const writes = world.documents.writes;
    const asked = await world.desk.enrol(WHO.ops, 'contact', form);
    if (asked === 'notAllowed' || !('confirmation' in asked)) throw new Error('it was not asked about');
    expect(asked.clocks).to.deep.equal([{ claim: id, clock: 'consent' }]);
    expect(world.documents.writes).to.equal(writes);
    const { confirmation } = asked;
    for (const [operator, what] of [
      [WHO.otto, { ...form, confirmation }],
      [WHO.ops, { ...form, confirmation: `${confirmation}x` }],
      [WHO.ops, { ...form, name: 'Another', confirmation }],
    ] as const)
      expect(await world.desk.enrol(operator, 'contact', what)).to.have.property('confirmation');
    expect(await stateOf(world, id, 'consent')).to.equal('running');
    expect(await world.desk.enrol(WHO.ops, 'contact', { ...form, confirmation })).to.have.property('ok', true);
    await world.desk.idle();
    expect(await stateOf(world, id, 'consent')).to.equal('awaitingDelivery');
  });

  it('is asked about anew where more has begun to run since', async () => {
    const world = await openWorld(ALONE);
    await world.approved();
    const form = { ...DANA, gone: 'yes' };
    const asked = await world.desk.enrol(WHO.ops, 'contact', form);
    if (asked === 'notAllowed' || !('confirmation' in asked)) throw new Error('it was not asked about');
    await world.approved();
    const again = await world.desk.enrol(WHO.ops, 'contact', { ...form, confirmation: asked.confirmation });
    expect(again).to.have.property('clocks').with.length(2);
  });

  it('is not asked about while another can act, or where nothing runs', async () => {
    const world = await openWorld();
    await world.approved();
    expect(await world.desk.enrol(WHO.ops, 'contact', { ...DANA, gone: 'yes' })).to.have.property('ok', true);
    const idle = await openWorld(ALONE);
    expect(await idle.desk.enrol(WHO.ops, 'contact', { ...DANA, gone: 'yes' })).to.have.property('ok', true);
  });

  it('is refused in a directory file, with what it would stop, unless the row says so itself', async () => {
    const world = await openWorld(ALONE);
    const id = await world.asked();
    const row = { ...idsOf('anna'), organisationTenantId: TENANTS.fabrikam, gone: true };
    const others = [{ ...idsOf('boris'), organisationTenantId: TENANTS.fabrikam, roles: [] }];
    const refused = await world.desk
      .importDirectory({ members: [...others, row] })
      .catch((error: unknown) => String(error));
    expect(refused).to.include('members[0]').and.to.include(`partnerResponse of ${id}`).and.to.include('stopsClocks');
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('running');
    expect((await world.people.find(WHO.anna))?.memberships).to.have.length(1);
    await world.desk.importDirectory({
      members: [...others.map((one) => ({ ...one, stopsClocks: true })), { ...row, stopsClocks: true }],
    });
    await world.desk.idle();
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('awaitingDelivery');
    await world.desk.importDirectory({ members: [...others, row] });
  });
});

describe('An organisation that is ended (R4, R45)', () => {
  const fabrikam = { name: 'Fabrikam', tenantId: TENANTS.fabrikam, mpnIds: [MPN.fabrikam, MPN.fabrikamSecond] };
  const contoso = { name: 'Contoso', tenantId: TENANTS.contoso };

  it('takes its people and MPN ids with it, after asking what of it may stop; enrolled again it begins anew', async () => {
    const world = await openWorld();
    const id = await world.asked();
    const ask = await world.desk.enrol(WHO.ops, 'partner', { ...fabrikam, gone: 'yes' });
    expect(ask).to.deep.include({ ok: false, clocks: [{ claim: id, clock: 'partnerResponse' }] });
    expect(ask, 'and the card names it').to.have.nested.property('organisations[0].name', 'Fabrikam');
    expect(await world.people.organisation(`partner:${TENANTS.fabrikam}`)).to.include({ name: 'Fabrikam' });
    world.messenger.forget();
    await world.enrol('partner', { ...fabrikam, gone: 'yes' });
    await world.desk.idle();
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('awaitingDelivery');
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockSuspended');
    expect(await world.people.organisation(`partner:${TENANTS.fabrikam}`)).to.equal(undefined);
    expect(await world.people.holdersOfMpn(MPN.fabrikam)).to.deep.equal([]);
    expect((await world.desk.enrolmentChoices(WHO.ops))?.organisations.map(({ name }) => name)).to.not.include(
      'Fabrikam',
    );
    for (const name of ['anna', 'boris', 'nikita'] as const)
      expect((await world.desk.member(WHO[name])).memberships, name).to.deep.equal([]);
    expect(await world.desk.look(WHO.anna, id)).to.equal(undefined);
    const journal = await world.desk.journal(WHO.ops, { kind: 'organisation', id: `partner:${TENANTS.fabrikam}` });
    expect(journal).to.have.nested.property('subject.name', 'Fabrikam');
    await world.pass(60 * DAY);
    expect((await world.claim(id)).status).to.equal('PartnerActionRequired');

    const tailspin = { name: 'Tailspin', tenantId: TENANTS.tailspin, mpnIds: [MPN.tailspin, MPN.fabrikamSecond] };
    expect(await world.enrol('partner', tailspin), 'its MPN ids are free').to.include({ ok: true });
    await world.enrol('partner', { ...fabrikam, mpnIds: [MPN.fabrikam] });
    expect((await world.desk.member(WHO.anna)).memberships, 'no one comes back by themselves').to.deep.equal([]);
    await world.enrol('member', { ...member('boris'), roles: ['globalAdmin'] });
    await world.desk.idle();
    expect(await stateOf(world, id, 'partnerResponse')).to.equal('running');
    expect(told(world, 'boris')).to.include('post');
  });

  it('of the customer leaves no one who could consent, and no consent passes', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.enrol('customer', { ...contoso, gone: 'yes' });
    await world.desk.idle();
    await world.pass(60 * DAY);
    expect((await world.claim(id)).consent?.state).to.equal('open');
    for (const type of ['AgreeConsent', 'DenyConsent'] as const)
      expect(await world.press('dana', id, { type } as never), type).to.include({ kind: 'notFound' });
    expect(await world.enrol('contact', DANA)).to.have.nested.property('problems[0].problem', 'unknownOrganisation');
    await world.enrol('customer', contoso);
    await world.enrol('contact', DANA);
    await world.desk.idle();
    expect(await stateOf(world, id, 'consent')).to.equal('running');
  });

  it('is a row of the file that says what it stops, and may stay in the file', async () => {
    const world = await openWorld();
    const id = await world.approved();
    const row = { ...contoso, gone: true };
    const refused = await world.desk.importDirectory({ customers: [row] }).catch((error: unknown) => String(error));
    expect(refused).to.contain(`customers[0] takes away the last who can act, which would stop consent of ${id}`);
    expect(await stateOf(world, id, 'consent')).to.equal('running');
    const file = { customers: [{ ...row, stopsClocks: true }], contacts: [{ ...DANA, gone: true, stopsClocks: true }] };
    for (const _ of ['the first time', 'again']) await world.desk.importDirectory(file);
    expect(await stateOf(world, id, 'consent')).to.equal('awaitingDelivery');
    const both = await world.desk
      .importDirectory({ customers: [row, contoso] })
      .catch((error: unknown) => String(error));
    expect(both).to.contain('contradict each other: gone');
  });

  it('has to have been enrolled', async () => {
    const world = await openWorld();
    const unknown = { tenantId: '77777777-7777-4777-8777-777777777777', gone: 'yes' };
    for (const kind of ['partner', 'customer'] as const)
      expect(await world.enrol(kind, unknown)).to.deep.equal({
        ok: false,
        problems: [{ field: 'tenantId', problem: 'unknownOrganisation' }],
      });
    expect(await world.desk.enrol(WHO.anna, 'partner', { ...fabrikam, gone: 'yes' })).to.equal('notAllowed');
  });
});

describe('The customer on the side of the partner (R3, R5)', () => {
  const guest = { ...member('stefan'), tenantId: TENANTS.contoso, name: 'Guest' };

  it('keeps the claim from being submitted and approved, by whom of its members the tenant is', async () => {
    const world = await openWorld();
    const draft = await world.file();
    await world.prove(draft);
    const under = await world.underReview();
    await world.enrol('member', guest);
    expect(await world.press('anna', draft, { type: 'SubmitClaim' })).to.have.nested.property(
      'refusal.problems[0].problem',
      'ownTenant',
    );
    expect(await world.press('arun', under, { type: 'ApproveClaim' })).to.have.nested.property(
      'refusal.code',
      'sidesOverlap',
    );
    await world.enrol('member', { ...guest, gone: 'yes' });
    await world.must('anna', draft, { type: 'SubmitClaim' });
    await world.must('arun', under, { type: 'ApproveClaim' });
  });

  it('puts a consent that runs back to waiting, with the reason, and lets it go on when that is set right', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.enrol('member', guest);
    await world.desk.idle();
    expect((await world.claim(id)).hold?.reason).to.equal('sidesOverlap');
    await world.pass(60 * DAY);
    expect((await world.claim(id)).consent?.state).to.equal('open');
    const agreed = await world.press('dana', id, { type: 'AgreeConsent' });
    expect(agreed).to.have.nested.property('refusal.code', 'consentOfPartner');
    await world.enrol('member', { ...guest, gone: 'yes' });
    await world.desk.idle();
    expect(await stateOf(world, id, 'consent')).to.equal('running');
  });

  it('is judged by the journal: what was set right before anyone looked, and what came after the end', async () => {
    const world = await openWorld();
    const id = await world.approved();
    const overlaps = (is: boolean) =>
      world.people.alter(WHO.emil, (known) => ({
        ...known,
        memberships: is ? [{ organisation: `partner:${TENANTS.fabrikam}` as never, roles: [] }] : [],
      }));
    world.clock.turn(DAY);
    const barredAt = world.clock.now();
    await overlaps(true);
    world.clock.turn(60_000);
    await overlaps(false);
    await world.pass(20 * DAY);
    await world.pass(8 * DAY);
    const events = (await world.record(id)).body.entries.map(({ event }) => event);
    const suspended = events.flatMap((event) => (event.type === 'ClockSuspended' ? [event] : []));
    expect(suspended.map(({ at, reason }) => [at, reason])).to.deep.equal([[barredAt, 'sidesOverlap']]);
    expect((await world.claim(id)).consent?.state, 'after a period of its own').to.equal('passed');

    const late = await world.approved();
    world.clock.turn(9 * DAY);
    await overlaps(true);
    await world.sweep();
    expect((await world.claim(late)).consent?.state, 'before the change').to.equal('passed');
  });

  it('sends no consent notice to a contact who is a member of the partner, who may deny all the same', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.people.alter(WHO.dana, (known) => ({
      ...known,
      memberships: [{ organisation: `partner:${TENANTS.tailspin}` as never, roles: ['globalAdmin'] }],
    }));
    await world.must('arun', id, { type: 'ApproveClaim' });
    expect(await stateOf(world, id, 'consent'), 'of another partner').to.equal('running');
    const next = await world.underReview();
    await world.people.alter(WHO.dana, (known) => ({
      ...known,
      tenantId: TENANTS.contoso,
      memberships: [{ organisation: `partner:${TENANTS.fabrikam}` as never, roles: [] }],
    }));
    expect(await world.press('arun', next, { type: 'ApproveClaim' })).to.have.nested.property(
      'refusal.code',
      'sidesOverlap',
    );
  });

  it('shows reviewers and partner the name under which the tenant is enrolled, and the customer nothing of it', async () => {
    const world = await openWorld();
    const id = await world.approved({ customerName: 'Contoso of Anna' });
    for (const [name, shown] of [
      ['arun', 'Contoso'],
      ['anna', 'Contoso'],
      ['dana', undefined],
    ] as const)
      expect((await world.desk.look(WHO[name], id))?.view.enrolledAs, name).to.equal(shown);
    const unknown = await world.submitted({ customerTenantId: '77777777-7777-4777-8777-777777777777' });
    const view = (await world.desk.look(WHO.arun, unknown))?.view;
    expect(view).to.have.property('enrolledAs', undefined);
  });
});

describe('No one is told to act who may not (R5, R43)', () => {
  const late = async (world: DeskWorld): Promise<void> => {
    world.messenger.forget();
    for (let day = 0; day < 13; day += 1) await world.pass(DAY);
  };

  it('passes over a lead who belongs to the partner, and tells the other leads', async () => {
    const world = await openWorld();
    await world.enrol('member', member('lena', []));
    await world.submitted();
    await late(world);
    expect(told(world, 'lena')).to.deep.equal([]);
    expect(told(world, 'rolf')).to.not.deep.equal([]);
  });

  it('tells the reviewers who may decide where no lead may', async () => {
    const world = await openWorld();
    for (const lead of ['lena', 'rolf'] as const) await world.enrol('member', member(lead, []));
    await world.submitted();
    await late(world);
    expect([...told(world, 'lena'), ...told(world, 'rolf')]).to.deep.equal([]);
    expect(told(world, 'rita')).to.not.deep.equal([]);
  });

  it('tells the leads and the review thread instead of an assignee who is no reviewer any more', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.enrol('staff', { ...idsOf('arun'), roles: [] });
    world.messenger.forget();
    await world.pass(6 * DAY + 20 * HOUR);
    expect((await world.types(id)).at(-1)).to.equal('ClockReminded');
    expect(told(world, 'arun')).to.deep.equal([]);
    expect(told(world, 'rolf')).to.not.deep.equal([]);
    expect(world.messenger.said(REVIEWS)).to.include('reply ClockReminded');
    expect(await world.outbox(id)).to.deep.equal([]);
  });
});

it('A claim of an MPN id without a channel keeps its filer while they can be reached', async () => {
  const world = await openWorld();
  await world.submitted({ mpnId: MPN.fabrikamSecond });
  expect(told(world, 'boris')).to.deep.equal([]);
});
