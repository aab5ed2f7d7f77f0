import { expect } from 'chai';
import type { Person } from '../../../src/desk/directory/people.ts';
import { unknownPerson } from '../../../src/desk/directory/people.ts';
import { identityOf, mentions, withNames } from '../../../src/desk/life/identity.ts';
import { learnNames, tracesIn } from '../../../src/desk/life/traces.ts';
import type { DeskWorld } from '../world.ts';
import { openWorld, WHO } from '../world.ts';

const DANA: Person = { ...unknownPerson(WHO.dana), name: 'Dana Diaz', email: 'dana@contoso.com' };

async function found(world: DeskWorld, id: Parameters<DeskWorld['record']>[0], person: Person) {
  const { body } = await world.record(id);
  return tracesIn(body.entries, learnNames(body.entries, identityOf(person))).map(
    ({ version, path, kind }) => `${version} ${path} ${kind}`,
  );
}

describe('the traces of a person in a claim', () => {
  it('are their name wherever they act or are assigned, and what they wrote', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    await world.must('arun', id, { type: 'AddComment', text: 'Looks fine.' });
    const arun = await world.people.personOf(WHO.arun);
    expect(await found(world, id, arun)).to.deep.equal([
      '4 by.name name',
      '4 assignee.name name',
      '5 by.name name',
      '5 text word',
    ]);
  });

  it('are the names of files that they sent, and their name on them', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.prove(id);
    const anna = await world.people.personOf(WHO.anna);
    expect(await found(world, id, anna)).to.include.members([
      '1 by.name name',
      '1 filedBy.name name',
      '2 poe.name word',
      '2 poe.by.name name',
    ]);
  });

  it('are the fields that name them as a contact, however they were spelled, and only while they did', async () => {
    const world = await openWorld();
    const id = await world.file({
      customerContactName: 'D. Diaz',
      customerContactTitle: 'CIO',
      customerContactEmail: 'Dana@Contoso.com',
    });
    await world.must('anna', id, {
      type: 'EditFields',
      fields: {
        customerContactName: 'Emil Egg',
        customerContactTitle: 'CFO',
        customerContactEmail: 'emil@contoso.com',
      },
    });
    expect(await found(world, id, DANA)).to.deep.equal([
      '1 fields.customerContactName contact',
      '1 fields.customerContactTitle contact',
      '1 fields.customerContactEmail contact',
      '2 changes.customerContactName.from contact',
      '2 changes.customerContactTitle.from contact',
      '2 changes.customerContactEmail.from contact',
    ]);
  });

  it("are others' words with their full name or address in them, and no one else's", async () => {
    const world = await openWorld();
    const id = await world.underReview({ customerContactName: 'Someone', customerContactEmail: 'else@contoso.com' });
    for (const text of [
      'Ask DANA  diaz!',
      'to dana@contoso.com, please',
      'Dana agrees',
      'Dana Diazepam',
      'xdana@contoso.com',
    ])
      await world.must('arun', id, { type: 'AddComment', text });
    expect(await found(world, id, DANA)).to.deep.equal(['5 text mention', '6 text mention']);
  });

  it('are not looked for by an empty name', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    expect(await found(world, id, unknownPerson(WHO.stefan))).to.deep.equal([]);
  });
});

describe('a mention', () => {
  const identity = withNames(identityOf(DANA), { names: ['Al', 'İpek Ağaoğlu'] });
  const cases: readonly (readonly [text: string, isMention: boolean])[] = [
    ['dana diaz', true],
    ['(Dana Diaz)', true],
    ['Dana\nDiaz', true],
    ['Dana Diaz2', false],
    ['𝒜Dana Diaz', false],
    ['Al said so', false],
    ['İPEK AĞAOĞLU', true],
    ['', false],
  ];
  for (const [text, isMention] of cases)
    it(`${isMention ? 'is' : 'is not'} in ${JSON.stringify(text)}`, () => {
      expect(mentions(identity, text)).to.equal(isMention);
    });
});
