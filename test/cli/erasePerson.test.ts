import { expect } from 'chai';
import { erasePersonCommand } from '../../src/cli/commands/erasePerson.ts';
import { setHold } from '../../src/desk/life/holds.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { DAY } from '../domain/claims/scenario.ts';
import type { DeskWorld, Name } from '../desk/world.ts';
import { openWorld, WHO } from '../desk/world.ts';
import { contextOf } from './commandContext.ts';

const CONTACT = { customerContactEmail: 'dana@contoso.com', customerContactName: 'Dana Diaz' };
const DATE = '20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ';

/** What the command says of a person of this desk, and what is journaled. */
async function erasing(world: DeskWorld, name: Name, options: { readonly plan?: boolean } = {}) {
  const shown: string[] = [];
  const context = contextOf(world, { show: (text) => void shown.push(text), confirm: () => Promise.resolve(true) });
  const outcome = await erasePersonCommand.run(context, { person: WHO[name], plan: options.plan ?? false });
  const acts = (await operatorActs(world.documents)).map((act) => [act.outcome, act.detail]);
  return { outcome, text: shown.join('\n'), acts };
}

describe('desk erase-person', () => {
  it('names each clock that needs the person, with its date and what they are to it, and how it goes on', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    for (const [name, need] of [
      ['anna', 'they filed the claim'],
      ['arun', 'they are assigned to it; reassign it'],
    ] as const) {
      const { outcome, text } = await erasing(world, name);
      expect(outcome).to.equal('failed');
      expect(text).to.match(
        new RegExp(`^${WHO[name]} is not erased:\\n- ${id}: the clock \\w+ runs until ${DATE}; ${need}`),
      );
    }
    const open = await world.approved(CONTACT);
    const { text, acts } = await erasing(world, 'dana');
    // No notice has reached her, so that nothing is due yet.
    expect(text).to.include(`- ${open}: the clock consent runs`).and.to.include('; they are the contact that it names');
    expect(acts).to.deep.equal(Array.from({ length: 3 }, () => ['refused', 'clock']));
  });

  it('names the legal hold that keeps the person or a claim of theirs, since when and why', async () => {
    const world = await openWorld();
    const id = await world.file();
    await setHold(world.world, { kind: 'claim', id }, 'case 7', { user: 'root' });
    await setHold(world.world, { kind: 'person', id: WHO.anna }, 'case 8', { user: 'root' });
    const { text, outcome, acts } = await erasing(world, 'anna');
    expect(outcome).to.equal('failed');
    expect(text).to.match(new RegExp(`- a legal hold is on the person since ${DATE}: case 8$`, 'm'));
    expect(text).to.match(new RegExp(`- a legal hold is on ${id} since ${DATE}: case 7$`, 'm'));
    expect(acts).to.deep.equal([['refused', 'hold']]);
  });

  it('names claims that cannot be read', async () => {
    const world = await openWorld();
    const id = await world.file();
    await world.breakBody(id);
    const { text } = await erasing(world, 'boris');
    expect(text).to.include(
      `- ${id} cannot be read, so that no one knows whom it names; \`doctor\` and \`verify\` say more`,
    );
  });

  it('lists files that others sent to claims which name the person, before and after', async () => {
    const world = await openWorld();
    const id = await world.underReview(CONTACT);
    await world.must('arun', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' });
    await world.pass(31 * DAY);
    const plan = await erasing(world, 'dana', { plan: true });
    expect(plan).to.include({ outcome: 'done' });
    expect(plan.text).to.match(new RegExp(`- kept, look into it: the file \\S+ of ${id}, sent by another`));
    expect(plan.acts).to.deep.equal([]);
    const { text, outcome } = await erasing(world, 'dana');
    expect(outcome).to.equal('done');
    expect(text).to.match(new RegExp(`^Look into it: the file \\S+ of ${id}, sent by another\\.$`, 'm'));
    expect(text).to.include('What was said in Teams in lines of its own stays there: delete it there.');
    expect(text).to.include('Earlier exports and backups have what they had.');
  });
});
