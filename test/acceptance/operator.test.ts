/** What an operator does on the command line while the desk runs. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { submitted } from './filing.ts';
import { operate, operateJson } from './operator.ts';
import { CUSTOMER_TENANT, PERSONAS } from './personas.ts';
import type { Scenario } from './scenario.ts';
import { startScenario } from './scenario.ts';

const DANA = `${CUSTOMER_TENANT}/${PERSONAS.dana.objectId}`;

describe("the operator's command line beside a running desk", function () {
  this.timeout(60_000);
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());

  it('says that all is well, or what is not', async () => {
    const { code, out } = await operate(scenario.env, 'doctor');
    expect(out).to.include('well     channel: review is set');
    expect(out).to.match(/\nNo problem\.$/);
    expect(code).to.equal(0);
    const found = (await operateJson(scenario.env, 'doctor')) as { findings: readonly { what: string }[] };
    expect(found.findings.map(({ what }) => what)).to.include.members(['store', 'files', 'mail', 'due', 'channel']);
  });

  it('sets a legal hold once, when two operators do so at the same time, and journals what each did', async () => {
    const runs = await Promise.all(
      ['one', 'two'].map((name) => operate(scenario.env, 'hold', DANA, '--reason', 'case 7', '--by', name)),
    );
    expect(runs.map(({ code }) => code).sort()).to.deep.equal([0, 1]);
    expect((await operate(scenario.env, 'release', 'dana@contoso.com')).code).to.equal(0);
    const { code, out } = await operate(scenario.env, 'release', 'Dana  DIAZ');
    expect({ code, out }).to.deep.equal({ code: 1, out: `No legal hold is on ${DANA}.` });
    const doctor = await operate(scenario.env, 'doctor');
    expect(doctor.out).to.include('well     journal of operators: 4 acts, unbroken');
  });

  it('lists no lost notices where none are', async () => {
    const id = await submitted(scenario);
    expect(await operateJson(scenario.env, 'dead', id)).to.deep.equal({ notices: [] });
    expect((await operate(scenario.env, 'dead', '--retry')).out).to.equal(
      '0 notices of 0 claims will be tried again by the running desk.',
    );
  });

  const misuses: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
    [['nothing'], /^there is no command "nothing"; there are doctor/],
    [['hold', 'CPOR-ZZZZZZ', '--reason', 'x'], /^There is no claim "CPOR-ZZZZZZ"\.$/],
    [['hold', 'Nemo', '--reason', 'x'], /^No person is called "Nemo"\. Give an id/],
    [['hold', 'Nemo'], /--reason is missing: say why/],
    [['release', '%_*'], /^No person is called/],
    [['release', "' OR 1=1 --"], /^No person is called/],
    [['dead', 'garbage'], /the claim "garbage": give the id of a claim/],
    [['dead', '--retry=1'], /--retry takes no value/],
  ];
  for (const [args, sentence] of misuses)
    it(`answers ${JSON.stringify(args)} in a sentence, and ends with 2`, async () => {
      const { code, out, problems } = await operate(scenario.env, ...args);
      expect(problems).to.match(sentence);
      expect(problems).not.to.match(/\n +at /);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
    });

  it('makes no desk of a folder in which there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nothing-'));
    try {
      const { code, problems } = await operate({ DATA_DIR: folder }, 'doctor');
      expect(code).to.equal(2);
      expect(problems).to.include('where no desk has been started yet');
      expect(await readdir(folder)).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
