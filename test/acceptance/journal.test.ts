import { expect } from 'chai';
import { MPN, PARTNER_TENANT, PERSONAS, VENDOR_TENANT } from './support/personas.ts';
import { claimIn, submitted } from './support/filing.ts';
import { linksOf, textOf, verbsOf } from './support/shownCard.ts';
import { readDocument } from '../support/linkBrowser.ts';
import { startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

const RITA = { of: `person ${VENDOR_TENANT}/${PERSONAS.rita.objectId}` };

describe('acceptance: the history of rights (R55)', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  it('is read by an operator, by name: who gave which right, when, from what to what', async () => {
    const { card } = await scenario.otto.ask('history Anna');
    const words = textOf(card);
    expect(words)
      .to.contain('History of Anna')
      .and.contain(`${PARTNER_TENANT.slice(0, 8)}…/…`);
    expect(words)
      .to.contain('The directory file')
      .and.match(/Member of: none → .+ \(Incentives admin\)/);
    expect(words).to.contain('Personal chat: none → can be reached');
    expect(textOf((await scenario.otto.ask('history Dana')).card)).to.contain('Contact of: none → Contoso (');
  });

  it('offers a choice where several match, and opens the one that is chosen', async () => {
    const choice = await scenario.otto.ask(`history ${PARTNER_TENANT}`);
    expect(textOf(choice.card)).to.contain('Name: none →');
    const several = await scenario.otto.ask('history ta');
    expect(textOf(several.card)).to.match(/match/);
    expect(textOf(several.card), 'names are read in full')
      .to.contain('Rita')
      .and.match(/\((partner|customer) · /);
    expect((several.card['actions'] as readonly unknown[] | undefined) ?? []).to.deep.equal([]);
    const chosen = await scenario.otto.press(several, 'journal', {}, RITA);
    expect(textOf(chosen.card)).to.contain('History of Rita').and.contain('Staff roles: none → Reviewer');
  });

  it('is found by MPN id, and says what it cannot find', async () => {
    expect(textOf((await scenario.otto.ask(`history ${MPN}`)).card)).to.contain(MPN);
    expect(textOf((await scenario.otto.ask('history Nobody At All')).card)).to.contain('“Nobody At All”');
  });

  it('is refused to everyone else, who reads how to open the history of a claim', async () => {
    for (const who of [scenario.anna, scenario.rita, scenario.dana]) {
      const { card } = await who.ask('history Anna');
      expect(textOf(card))
        .to.match(/Only operators and programme owners/)
        .and.match(/history CPOR/);
      expect(verbsOf(card)).to.deep.equal([]);
    }
    const stolen = await scenario.otto.ask('history ta');
    expect(textOf((await scenario.anna.press(stolen, 'journal', {}, RITA)).card)).to.match(/Only operators/);
  });

  it('shows reviewers who opened the documents of a claim, and no partner', async () => {
    const id = await submitted(scenario);
    const history = await scenario.rita.ask(`history ${id}`);
    expect(verbsOf(history.card)).to.include('readings');
    expect(textOf((await scenario.rita.press(history, 'readings')).card)).to.contain('No one has opened a document');
    const own = await scenario.anna.ask(`history ${id}`);
    expect(claimIn(own.card)).to.equal(id);
    expect(verbsOf(own.card)).to.not.include('readings');
    expect(textOf((await scenario.anna.press(history, 'readings')).card)).to.match(/own people/);
  });

  it('shows an operator who sees no claim who opened its documents, and nothing of the claim', async () => {
    const id = await submitted(scenario);
    const [document] = linksOf((await scenario.rita.press(await scenario.home(id, 'review'), 'documents')).card);
    await (await readDocument(document ?? '')).arrayBuffer();
    const log = textOf((await scenario.otto.ask(`history ${id}`)).card);
    expect(log).to.contain(scenario.rita.name).and.to.contain('Who opened documents');
    expect(log).to.not.match(/statement of work|Contoso|Fabrikam/);
    expect(textOf((await scenario.tomas.ask(`history ${id}`)).card)).to.not.contain('Who opened');
  });
});
