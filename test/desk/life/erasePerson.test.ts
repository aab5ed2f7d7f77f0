import { expect } from 'chai';
import { erasePerson, planErasure } from '../../../src/desk/life/erasePerson.ts';
import type { Erasure } from '../../../src/desk/life/erasePerson.ts';
import { exportClaim } from '../../../src/desk/life/exportClaim.ts';
import { releaseHold, setHold } from '../../../src/desk/life/holds.ts';
import { claimDocument, foldEntries, readClaim } from '../../../src/desk/records/claimRecord.ts';
import { scanAll } from '../../../src/desk/records/scanAll.ts';
import { firstBrokenEntry } from '../../../src/domain/claims/history.ts';
import { createHistoryKeys } from '../../../src/runtime/historyKeys.ts';
import type { ClaimId, Fields } from '../../../src/domain/claims/values.ts';
import { FORM, rechained } from '../../domain/claims/scenario.ts';
import type { DeskWorld, Name } from '../world.ts';
import { HISTORY_KEY, openWorld, TENANTS, WHO } from '../world.ts';

const DAY = 86_400_000;
const KINDS = ['claim', 'person', 'organisation', 'channel', 'legalHold', 'announcement', 'intent', 'operatorAct'];

/** A desk on which people have full names. */
async function openNamed(): Promise<DeskWorld> {
  const world = await openWorld();
  for (const [name, full] of [
    ['anna', 'Anna Ahlberg'],
    ['boris', 'Boris Blau'],
    ['arun', 'Arun Ash'],
    ['dana', 'Dana Diaz'],
  ] as const)
    await world.people.alter(WHO[name], (person) => ({ ...person, name: full }));
  return world;
}

/** A claim of Anna's that was rejected and can be disputed no more, with words of everyone in it. */
async function finalClaim(world: DeskWorld, fields: Partial<Fields> = {}): Promise<ClaimId> {
  const id = await world.underReview(fields);
  await world.must('anna', id, { type: 'AddComment', text: 'Our own words.' });
  await world.must('arun', id, { type: 'AddComment', text: 'As Anna Ahlberg told us.' });
  await world.must('arun', id, { type: 'AddComment', text: 'Nothing about anyone.' });
  await world.must('arun', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
  await world.pass(31 * DAY);
  expect((await world.claim(id)).clocks).to.deep.equal({});
  return id;
}

async function erase(world: DeskWorld, name: Name): Promise<Erasure> {
  const erased = await erasePerson(world.world, world.people, await world.people.personOf(WHO[name]));
  if (!('left' in erased)) throw new Error(JSON.stringify(erased.obstacles));
  return erased;
}

/** Everything that is stored, as text. */
async function stored(world: DeskWorld): Promise<string> {
  const texts: string[] = [...world.files.kept.keys()];
  for (const kind of KINDS)
    for await (const { id, body } of scanAll(world.documents, kind)) texts.push(id, JSON.stringify(body));
  return texts.join('\n');
}

describe('erasing a person', () => {
  it('leaves none of their names, addresses and words, and histories that hold', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    expect(await stored(world))
      .to.include('Anna Ahlberg')
      .and.to.include('Our own words.');
    const erased = await erase(world, 'anna');
    expect(erased.left).to.deep.equal([]);
    expect(erased.claims.map((claim) => [claim.id, claim.mentions])).to.deep.equal([[id, 1]]);
    const text = await stored(world);
    for (const word of ['Anna', 'anna@', 'Our own words.', 'proof.pdf', 'As '])
      expect(text, word).not.to.match(new RegExp(`"[^"]*${word}`));
    expect(text).to.include('Nothing about anyone.').and.to.include('Too thin.').and.to.include('Arun Ash');
    const record = await readClaim(world.world, id);
    expect(firstBrokenEntry(record?.body.entries ?? [], (one) => world.world.digest.sha256(one))).to.equal(undefined);
    expect(record?.body.entries.at(-1)?.event.type).to.equal('WordsErased');
    expect(JSON.stringify(await exportClaim(world.world, id))).not.to.include('Ahlberg');
  });

  it('knows a press again whose words were erased, and does nothing a second time (R58)', async () => {
    const world = await openNamed();
    const form = { customerContactEmail: 'dana@contoso.com', mpnId: '1234567', customerTenantId: TENANTS.contoso };
    const created = await world.desk.createClaim(WHO.anna, 'the form', { ...FORM, ...form });
    const id = created.kind === 'refused' ? expect.fail(created.refusal.code) : created.view.claim.id;
    await world.prove(id);
    await world.must('anna', id, { type: 'SubmitClaim' });
    const comment = { type: 'AddComment', text: 'Dana Diaz of dana@contoso.com wrote to us.' } as const;
    const presses = [
      ['arun', { kind: 'message', key: 'message 7' }],
      ['boris', { kind: 'card', version: (await world.claim(id)).version }],
    ] as const;
    for (const [name, on] of presses) expect((await world.press(name, id, comment, on)).kind).to.equal('done');
    await world.must('arun', id, { type: 'StartReview' });
    await world.must('arun', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
    await world.pass(31 * DAY);
    await erase(world, 'dana');
    await erase(world, 'anna');
    const before = (await world.record(id)).body.entries;
    expect(JSON.stringify(before)).not.to.include('wrote to us');
    const claims = await world.documents.scan({ kind: 'claim', limit: 10 });

    const rotated = world.another({
      historyKeys: createHistoryKeys(['a newer key of histories than this', HISTORY_KEY]),
    });
    for (const desk of [world.desk, rotated])
      for (const [name, on] of presses) {
        const again = await desk.execute(WHO[name], id, comment, on);
        expect(again.kind === 'repeated' && again.entry.event.type).to.equal('CommentAdded');
      }
    await world.desk.createClaim(WHO.anna, 'the form', { ...FORM, ...form });
    expect((await world.documents.scan({ kind: 'claim', limit: 10 })).documents).to.have.length(
      claims.documents.length,
    );
    expect((await world.record(id)).body.entries).to.deep.equal(before);
    // What is kept says nothing of the words, and stays here.
    const { erasedPresses } = (await world.record(id)).body;
    expect(erasedPresses?.length).to.be.greaterThan(2);
    const other = (await world.press('arun', id, { ...comment, text: 'Another.' }, presses[0][1])).kind;
    expect(other).to.equal('refused');
    expect(JSON.stringify(await exportClaim(world.world, id))).not.to.include(erasedPresses?.[0]?.mac);
  });

  it('takes their rights, address key and chat, and the files that they sent', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    expect(world.files.keys(`poe/${id}`)).to.have.length(1);
    const { files } = await erase(world, 'anna');
    expect(files.map(({ claim }) => claim)).to.deep.equal([id]);
    expect(world.files.keys(`poe/${id}`)).to.deep.equal([]);
    const anna = await world.people.personOf(WHO.anna);
    expect(anna).to.deep.include({ name: '', email: '', memberships: [], staff: [], contactOf: [] });
    expect(anna).not.to.have.any.keys('chat', 'language', 'seenAt');
    expect(await world.people.byEmail(WHO.anna.split('/')[0] ?? '', 'anna@example.com')).to.equal(undefined);
    // By whom they belonged to clocks are still judged.
    const ever = await world.people.everOf('ofPartner', `partner:${WHO.anna.split('/')[0]}`);
    expect(ever.map((person) => person.id)).to.include(WHO.anna);
  });

  it('sends the cards again that can be edited, and gives up no notice', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    const before = world.messenger.sendings.length;
    await erase(world, 'anna');
    await world.sweep();
    const sent = world.messenger.sendings.slice(before);
    expect(sent.map(({ how, to }) => `${how} ${to.conversationId}`)).to.include('edit 19:reviews@thread.tacv2');
    expect(sent.every(({ how }) => how === 'edit')).to.equal(true);
    expect(sent.some(({ to }) => to.conversationId === 'chat-anna')).to.equal(false);
    expect((await world.outbox(id)).length).to.equal(0);
    expect((await world.record(id)).body.told.at(-1)?.outcome).to.equal('delivered');
  });

  it('finds them where only a claim names them, as the contact with this address, and what waited for it', async () => {
    const world = await openNamed();
    const fields = { customerContactName: 'Zoe Zimmer', customerContactEmail: 'Zoe@contoso.com' };
    const id = await world.file(fields);
    const zoe = { ...(await world.people.personOf(WHO.stefan)), name: 'Zoe Zimmer', email: 'zoe@contoso.com' };
    const erased = await erasePerson(world.world, world.people, zoe);
    expect(erased).to.have.property('left').that.deep.equals([]);
    const { claim } = await world.record(id);
    expect(claim.fields.customerContactName + claim.fields.customerContactEmail).to.equal('');
    expect(claim.fields.partnerContactName).to.equal('Anna Ahlberg');
  });

  it('leaves a namesake as they are, and does not take their names for what is left', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    await world.people.alter(WHO.arun, (person) => ({ ...person, name: 'Anna Ahlberg', email: 'ash@vendor.example' }));
    const other = await world.underReview();
    await world.must('arun', other, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
    await world.pass(31 * DAY);
    expect((await erase(world, 'anna')).left).to.deep.equal([]);
    expect((await world.record(other)).claim.assignee).to.deep.equal({ id: WHO.arun, name: 'Anna Ahlberg' });
    expect((await world.people.personOf(WHO.arun)).name).to.equal('Anna Ahlberg');
    expect((await world.record(id)).claim.filedBy.name).to.equal('');
  });

  it('does nothing the second time', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    await erase(world, 'anna');
    const before = await world.bytes(id);
    expect((await erase(world, 'anna')).claims).to.deep.equal([]);
    expect(await world.bytes(id)).to.equal(before);
  });

  it('goes on after a crash where it was', async () => {
    const world = await openNamed();
    const ids = [await finalClaim(world), await finalClaim(world)];
    let writes = 0;
    world.documents.beforeWrite = ({ kind }) => {
      if (kind === 'claim' && (writes += 1) === 2) throw new Error('killed');
    };
    const killed = await erase(world, 'anna').then(
      () => 'erased',
      (error: Error) => error.message,
    );
    expect(killed).to.equal('killed');
    world.documents.beforeWrite = () => undefined;
    await erase(world, 'anna');
    expect(await stored(world)).not.to.include('Ahlberg');
    for (const id of ids) expect((await world.record(id)).body.entries.at(-1)?.event.type).to.equal('WordsErased');
  });

  it('takes what they write meanwhile, and writes over no one', async () => {
    const world = await openNamed();
    await finalClaim(world);
    const draft = await world.file({}, 'boris');
    // Every claim has been gone through when the directory forgets her.
    world.documents.beforeWrite = async ({ kind }) => {
      if (kind !== 'person') return;
      world.documents.beforeWrite = () => undefined;
      await world.prove(draft, 'late', 'anna');
    };
    await erase(world, 'anna');
    expect(await stored(world)).not.to.include('Ahlberg');
    expect((await world.types(draft)).slice(-2)).to.deep.equal(['PoeAdded', 'WordsErased']);
  });

  const needed: readonly (readonly [
    what: string,
    who: Name,
    make: (world: DeskWorld) => Promise<ClaimId>,
    need: string,
  ])[] = [
    ['the filer, while a review runs', 'anna', (world) => world.underReview(), 'filer'],
    ['the assignee, while a review runs', 'arun', (world) => world.underReview(), 'assignee'],
    [
      'the contact, while consent is open',
      'dana',
      (world) => world.approved({ customerContactEmail: 'dana@contoso.com' }),
      'contact',
    ],
  ];
  for (const [what, who, make, need] of needed)
    it(`is refused for ${what}, with the date, and changes nothing`, async () => {
      const world = await openNamed();
      const id = await make(world);
      const before = await stored(world);
      const refused = await erasePerson(world.world, world.people, await world.people.personOf(WHO[who]));
      expect(refused).not.to.have.property('left');
      const [obstacle] = refused.obstacles;
      expect(obstacle).to.deep.include({ kind: 'clock', claim: id, need });
      expect(obstacle).to.have.property('until').that.is.greaterThan(world.clock.now());
      expect(await stored(world)).to.equal(before);
    });

  it('is refused under a legal hold on them or on a claim that names them, until it is released', async () => {
    for (const hold of [
      () => ({ kind: 'person', id: WHO.anna }) as const,
      (id: ClaimId) => ({ kind: 'claim', id }) as const,
    ]) {
      const world = await openNamed();
      const id = await finalClaim(world);
      await setHold(world.world, hold(id), 'case 7 of Anna Ahlberg', { user: 'root' });
      const plan = await planErasure(world.world, world.people, await world.people.personOf(WHO.anna));
      expect(plan.obstacles.map(({ kind }) => kind)).to.deep.equal(['hold']);
      await releaseHold(world.world, hold(id), { user: 'root' });
      await erase(world, 'anna');
      expect(await stored(world)).not.to.include('Ahlberg');
    }
  });

  it('is refused where a hand-over, which cannot be changed, names them, and changes nothing', async () => {
    const world = await openNamed();
    const id = await world.approved();
    await world.pass(10 * DAY);
    expect((await world.types(id)).at(-1)).to.equal('ConsentPassed');
    expect(
      (await planErasure(world.world, world.people, await world.people.personOf(WHO.anna))).obstacles,
    ).to.deep.equal([]);
    // The form takes GUIDs alone; what an earlier version or another program handed over may be anything.
    const { body, etag } = await world.record(id);
    const entries = rechained(body.entries, (event) =>
      event.type === 'ConsentPassed'
        ? { ...event, record: { ...event.record, subscriptionIds: ['that of Anna  AHLBERG'] } }
        : event,
    );
    await world.documents.replace(claimDocument(world.world, foldEntries(entries), { ...body, entries }), etag);
    const before = await stored(world);
    const refused = await erasePerson(world.world, world.people, await world.people.personOf(WHO.anna));
    expect(refused.obstacles).to.deep.equal([{ kind: 'record', claim: id }]);
    expect(refused).not.to.have.property('left');
    expect(await stored(world)).to.equal(before);
  });

  it('keeps files that others sent to claims which name them, and lists these for the operator', async () => {
    const world = await openNamed();
    const id = await finalClaim(world, { customerContactEmail: 'dana@contoso.com', customerContactName: 'Dana Diaz' });
    const other = await finalClaim(world, {
      customerContactEmail: 'else@contoso.com',
      customerContactName: 'Erik Else',
    });
    const keys = world.files.keys('poe/');
    const erased = await erase(world, 'dana');
    expect(erased.files).to.deep.equal([]);
    expect(erased.filesToCheck.map(({ claim }) => claim)).to.deep.equal([id]);
    expect(keys).to.include(`poe/${id}/${erased.filesToCheck[0]?.poe}`);
    expect(world.files.keys('poe/'), 'every file stays').to.deep.equal(keys);
    // Of her own files none is left to be looked into, also where the claim names her as its contact.
    expect((await erase(world, 'anna')).files.map(({ claim }) => claim)).to.have.members([id, other]);
    expect(world.files.keys('poe/')).to.deep.equal([]);
  });

  it('is refused while a claim cannot be read', async () => {
    const world = await openNamed();
    const id = await finalClaim(world);
    await world.breakBody(id);
    const plan = await planErasure(world.world, world.people, await world.people.personOf(WHO.boris));
    expect(plan.obstacles).to.deep.equal([{ kind: 'unread', claim: id }]);
  });

  it('says what is left, such as the name of an organisation', async () => {
    const world = await openNamed();
    await world.enrol('customer', { name: 'Boris Blau Ltd', tenantId: '66666666-6666-4666-8666-666666666666' });
    expect((await erase(world, 'boris')).left).to.deep.equal([
      { kind: 'organisation', id: 'customer:66666666-6666-4666-8666-666666666666' },
    ]);
  });
});
