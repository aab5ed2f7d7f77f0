/** What an operator does on the command line while the desk runs. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ClaimExport } from '../../src/desk/life/exportClaim.ts';
import type { PersonExport } from '../../src/desk/life/exportPerson.ts';
import type { OperatorAct } from '../../src/desk/life/operatorActs.ts';
import { operatorActs } from '../../src/desk/life/operatorActs.ts';
import { submitted } from './support/filing.ts';
import { operate, operateJson } from './support/operator.ts';
import { CUSTOMER_TENANT, PERSONAS } from './support/personas.ts';
import type { Scenario } from './support/scenario.ts';
import { startScenario } from './support/scenario.ts';

const DANA = `${CUSTOMER_TENANT}/${PERSONAS.dana.objectId}`;

async function operatorActsOf({ storage }: Scenario, about: string): Promise<readonly OperatorAct[]> {
  return (await operatorActs(storage.documents)).filter((act) => act.about === about);
}

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
    expect(out).to.match(/\nNo problem, \d+ notes?\.$/);
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

  it('exports a claim with its files into a new folder, and writes over nothing', async () => {
    const id = await submitted(scenario);
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    try {
      expect(await operate(scenario.env, 'export-claim', id, '--files', folder)).to.deep.include({ code: 0 });
      const names = await readdir(folder);
      const exported = JSON.parse(await readFile(join(folder, 'claim.json'), 'utf8')) as ClaimExport;
      expect(exported).to.deep.include({ format: 'cpor-claim', id });
      expect(exported.entries.at(-1)?.event.type).to.equal('ClaimSubmitted');
      const [file] = exported.files;
      expect(names.sort()).to.deep.equal(['claim.json', file?.file].sort());
      const bytes = await readFile(join(folder, file?.file ?? ''));
      expect(createHash('sha256').update(bytes).digest('hex')).to.equal(file?.sha256);
      const again = await operate(scenario.env, 'export-claim', id, '--files', folder);
      expect(again.code).to.equal(2);
      expect(again.problems).to.include('The folder is not empty');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('exports a person by name, and journals that', async () => {
    const id = await submitted(scenario);
    const exported = (await operateJson(scenario.env, 'export-person', 'Anna Ahlberg', '--by', 'Otto')) as PersonExport;
    expect(exported.claims.map((claim) => claim.id)).to.include(id);
    expect(exported.directory?.email).to.equal('anna@fabrikam.com');
    const [act] = await operatorActsOf(scenario, exported.id);
    expect(act).to.deep.include({ what: 'exportPerson', outcome: 'done' });
    expect(act?.by.name).to.equal('Otto');
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
