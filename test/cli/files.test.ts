import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import { pair } from '../../src/cli/commands/pair.ts';
import { quarantine } from '../../src/cli/commands/quarantine.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { DAY } from '../domain/claims/scenario.ts';
import { bytesOf } from '../desk/filesFake.ts';
import { openWorld } from '../desk/world.ts';
import { contextOf } from './commandContext.ts';

/** A desk that has worked, and the command line on it. */
async function working({ config = readConfig({}), answer = true }: { config?: Config; answer?: boolean } = {}) {
  const world = await openWorld();
  const id = await world.submitted();
  await world.desk.poe.clean();
  const shown: { readonly text: string; readonly value: unknown }[] = [];
  const asked: string[] = [];
  const context = contextOf(world, {
    config,
    operator: { user: 'root', name: 'Otto' },
    show: (text, value) => void shown.push({ text, value }),
    confirm: async (question) => {
      asked.push(question);
      return answer;
    },
  });
  const acts = async () =>
    (await operatorActs(world.documents)).map(({ what, outcome, detail }) => [what, outcome, detail]);
  return { world, id, context, shown, asked, acts };
}

describe('desk pair', () => {
  it('says that database and files belong together', async () => {
    const { context, shown, asked, acts } = await working();
    expect(await pair.run(context, { adopt: true })).to.equal('done');
    expect(shown).to.deep.equal([{ text: 'Database and files belong together.', value: { paired: true } }]);
    expect([asked, await acts()]).to.deep.equal([[], []]);
  });

  it('says why they do not, which setting to check, and the way out, and changes nothing', async () => {
    const { world, context, shown, acts } = await working();
    await world.files.remove('pair');
    expect(await pair.run(context, { adopt: false })).to.equal('failed');
    expect(shown[0]?.text).to.equal(
      'The database belongs to files, and they are not these: these are new, or were emptied.\n' +
        'Check DATA_DIR.\nIf they are right: npm run desk -- pair --adopt',
    );
    expect(await world.desk.poe.pair.isPaired()).to.equal(false);
    expect(await acts()).to.deep.equal([]);
  });

  it('names the settings of Azure where the desk is there', async () => {
    const config = readConfig({
      COSMOS_ENDPOINT: 'https://claims.documents.azure.com',
      BLOB_ENDPOINT: 'https://files.blob.core.windows.net',
      LINK_KEY: 'k'.repeat(32),
      HISTORY_KEYS: 'h'.repeat(32),
      SIGNING_KEYS: `${'A'.repeat(43)}=@2020-01-31`,
    });
    const { world, context, shown } = await working({ config });
    await world.files.remove('pair');
    await pair.run(context, { adopt: false });
    expect(shown[0]?.text).to.contain(
      'COSMOS_ENDPOINT, COSMOS_DATABASE, COSMOS_CONTAINER, BLOB_ENDPOINT, BLOB_CONTAINER',
    );
  });

  it('asks before it makes them belong together, and is journaled', async () => {
    const { world, context, asked, acts } = await working();
    await world.files.remove('pair');
    const files = [...world.files.keys('poe/')];
    expect(await pair.run(context, { adopt: true })).to.equal('done');
    expect(asked).to.have.length(1);
    expect(await world.desk.poe.pair.isPaired()).to.equal(true);
    expect(world.files.keys('poe/')).to.deep.equal(files);
    expect(await acts()).to.deep.equal([
      ['adoptPair', 'begun', 'filesUnmarked'],
      ['adoptPair', 'done', 'filesUnmarked'],
    ]);
  });

  it('changes nothing where the answer is no', async () => {
    const { world, context, shown, acts } = await working({ answer: false });
    await world.files.remove('pair');
    expect(await pair.run(context, { adopt: true })).to.equal('failed');
    expect(shown[0]?.text).to.equal('Nothing was changed.');
    expect(await world.desk.poe.pair.isPaired()).to.equal(false);
    expect(await acts()).to.deep.equal([['adoptPair', 'declined', 'filesUnmarked']]);
  });
});

describe('desk quarantine', () => {
  it('lists the files that no claim refers to, and why', async () => {
    const { world, id, context, shown } = await working();
    expect(await quarantine.run(context, {})).to.equal('done');
    await world.files.put('poe/CPOR-000000/lost', bytesOf('left'));
    await world.files.put(`poe/${id}/stray`, bytesOf('left'));
    world.clock.turn(DAY);
    await world.desk.poe.clean();
    const foundAt = world.clock.now();
    expect(await quarantine.run(context, {})).to.equal('failed');
    expect((shown[1]?.value as { files: unknown[] }).files).to.have.deep.members([
      { key: 'poe/CPOR-000000/lost', reason: 'claimMissing', foundAt },
      { key: `poe/${id}/stray`, reason: 'noIntent', foundAt },
    ]);
    expect(shown[1]?.text).to.contain('poe/CPOR-000000/lost: there is no such claim in the database, found at 20');
  });
});
