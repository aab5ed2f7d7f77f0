import { expect } from 'chai';
import { exportClaim, exportedBytes } from '../../../src/desk/life/exportClaim.ts';
import { exportPerson } from '../../../src/desk/life/exportPerson.ts';
import { findPersons } from '../../../src/desk/life/findPerson.ts';
import { setHold } from '../../../src/desk/life/holds.ts';
import { recordAct } from '../../../src/desk/life/operatorActs.ts';
import { poeKey } from '../../../src/desk/proof/poeFiles.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { openWorld, WHO } from '../world.ts';

describe('the export of a claim', () => {
  it('has the whole history, and says which files are there', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id, 'one');
    await world.prove(id, 'two');
    const { claim } = await world.record(id);
    const [one, two] = claim.poe;
    if (!one || !two) throw new Error('no files');
    await world.files.remove(poeKey(id, one.id));
    const exported = await exportClaim(world.world, id);
    expect(exported?.entries).to.deep.equal((await world.record(id)).body.entries);
    expect(exported?.files.map(({ file, state }) => [file, state])).to.deep.equal([
      [`${one.id}.pdf`, 'removed'],
      [`${two.id}.pdf`, 'stored'],
    ]);
    const pieces: Uint8Array[] = [];
    for await (const piece of (await exportedBytes(world.world, id, two)) ?? []) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).to.equal('two');
    expect(await exportedBytes(world.world, id, one)).to.equal(undefined);
    expect(await exportClaim(world.world, 'CPOR-000000' as ClaimId)).to.equal(undefined);
  });
});

describe('the export of a person', () => {
  it('has what they filed, did, wrote and sent, where others name them, and where their messages are', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.must('anna', id, { type: 'AddComment', text: 'From Anna.' });
    await world.must('arun', id, { type: 'AddComment', text: 'From Arun.' });
    const other = await world.file({}, 'boris');
    const anna = await world.people.personOf(WHO.anna);
    await setHold(world.world, { kind: 'person', id: WHO.anna }, 'case 7', { user: 'root' });
    await recordAct(world.world, { user: 'root' }, { what: 'hold', about: WHO.anna, outcome: 'done' });
    const exported = await exportPerson(world.world, anna);
    expect(exported.directory).to.deep.include({ id: WHO.anna, name: 'Anna', email: 'anna@example.com' });
    expect(exported.hold?.reason).to.equal('case 7');
    expect(exported.operatorActs.map(({ what }) => what)).to.deep.equal(['hold']);
    expect(exported.unread).to.deep.equal([]);
    expect(exported.claims.map((claim) => claim.id)).to.deep.equal([id]);
    const [claim] = exported.claims;
    expect(claim?.as).to.include('filer');
    expect(claim?.acts.map(({ event }) => event.type)).to.deep.equal([
      'ClaimCreated',
      'PoeAdded',
      'ClaimSubmitted',
      'CommentAdded',
    ]);
    expect(claim?.files.map(({ state }) => state)).to.deep.equal(['stored']);
    expect(claim?.messages).to.deep.equal([{ conversationId: 'chat-anna', messageId: claim?.messages[0]?.messageId }]);
    expect(JSON.stringify(exported)).not.to.include('From Arun.');
    expect(JSON.stringify(exported)).not.to.include(other);
  });

  it('says which claims it could not search', async () => {
    const world = await openWorld();
    const id = await world.submitted();
    await world.breakBody(id);
    expect((await exportPerson(world.world, await world.people.personOf(WHO.anna))).unread).to.deep.equal([id]);
  });
});

describe('who is meant', () => {
  it('is found by id in any case, by address and by full name', async () => {
    const world = await openWorld();
    for (const text of [WHO.dana.toUpperCase(), ' DANA@contoso.com ', 'dana'])
      expect((await findPersons(world.world, text)).map(({ id }) => id)).to.deep.equal([WHO.dana]);
  });

  it('is someone whom only an id knows, or no one', async () => {
    const world = await openWorld();
    const id = WHO.stefan.replace('31', '32');
    expect((await findPersons(world.world, id)).map((person) => person.id)).to.deep.equal([id]);
    for (const text of ['', ' ', '%', `${WHO.dana}/x`, 'a/b', 'dan', '__proto__'])
      expect(await findPersons(world.world, text)).to.deep.equal([]);
  });

  it('is more than one where two have the same name', async () => {
    const world = await openWorld();
    await world.people.alter(WHO.emil, (emil) => ({ ...emil, name: 'Dana' }));
    expect(await findPersons(world.world, 'Dana')).to.have.length(2);
  });
});
