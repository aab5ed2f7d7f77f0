/** A person is erased on the command line while the desk runs: searched for byte by byte, in everything it keeps. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Erasure } from '../../src/desk/life/erasePerson.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { ON_AZURE } from './support/backend.ts';
import { filesWith } from './support/erasedBytes.ts';
import { rejected, submitted } from './support/filing.ts';
import { operate, operateJson } from './support/operator.ts';
import { PERSONAS } from './support/personas.ts';
import type { Scenario } from './support/scenario.ts';
import { startScenario } from './support/scenario.ts';

const DAY = 86_400_000;
const { anna } = PERSONAS;
const ANNA = `${anna.tenantId}/${anna.objectId}`;
/** What is looked for: names, addresses, words, and the name of a file. */
const WORDS = [anna.name, anna.email, 'Ahlberg', 'a phrase of her own', 'It is all on page two', 'statement of work'];

describe('erasing a person beside a running desk', function () {
  this.timeout(120_000);
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
    // It names her, and is in the folder that is searched. An operator takes her out of it.
    await rm(join(scenario.dataDir, 'directory.json'));
  });
  after(() => scenario.stop());

  it('is refused with reason and date while a clock needs them, also with --yes', async () => {
    const id = await submitted(scenario);
    const { code, out } = await operate(scenario.env, 'erase-person', ANNA, '--yes');
    expect(code).to.equal(1);
    expect(out).to.match(new RegExp(`${id}: the clock reviewStart runs until 20\\d\\d-.*Z; they filed the claim`));
    expect((await scenario.directory.personOf((await scenario.claim(id)).filedBy.id)).name).to.equal(anna.name);
    await scenario.anna.press(await scenario.home(id, 'partner'), 'withdraw', {
      reason: 'incorrectMpn',
      comment: 'a phrase of her own',
    });
    await scenario.turn(31 * DAY);
  });

  it('asks before it destroys, and does nothing without an answer', async () => {
    const { code, problems } = await operate(scenario.env, 'erase-person', ANNA);
    expect(code).to.equal(2);
    expect(problems).to.include('Nothing was changed; give --yes');
  });

  it('leaves nothing of them in database, write-ahead log, files and a new export; histories hold', async () => {
    const id = await rejected(scenario);
    await scenario.turn(31 * DAY);
    if (!ON_AZURE) expect(await filesWith(scenario.dataDir, [anna.name])).not.to.deep.equal([]);
    const plan = (await operateJson(scenario.env, 'erase-person', anna.email, '--plan')) as Erasure;
    expect(plan.obstacles).to.deep.equal([]);
    expect(plan.claims.map((claim) => claim.id)).to.include(id);

    const erased = await operate(scenario.env, 'erase-person', ANNA, '--yes', '--by', 'Otto');
    expect(erased.problems).not.to.match(/"error"|Ahlberg/);
    expect(erased.out).to.include('What was said in Teams');
    expect(erased.out).not.to.include('Left:');
    expect(erased.code).to.equal(0);

    await scenario.desk.desk.sweep();
    await scenario.idle();
    if (!ON_AZURE) expect(await filesWith(scenario.dataDir, WORDS)).to.deep.equal([]);
    const exported = await operate(scenario.env, 'export-claim', id);
    for (const word of WORDS) expect(exported.out).not.to.include(word);
    expect((await scenario.claim(id)).filedBy).to.deep.equal({ id: ANNA, name: '' });
    expect(
      (await operatorActs(scenario.storage.documents)).map(({ what, outcome }) => `${what} ${outcome}`),
    ).to.include.members(['erasePerson refused', 'erasePerson begun', 'erasePerson done']);
    await scenario.check();
  });

  it('changes nothing when two operators do it again at once', async () => {
    const runs = await Promise.all([1, 2].map(() => operate(scenario.env, 'erase-person', ANNA, '--yes')));
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0]);
    await scenario.check();
  });
});
