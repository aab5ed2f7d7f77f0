/** The virus scan through the real door: a clamd on a socket, uploads by link, messages in Teams (R9, R15, R19). */
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { Behaviour } from '../files/scan/clamdServer.ts';
import { startClamdServer } from '../files/scan/clamdServer.ts';
import { createLinkBrowser, putFile, readDocument } from '../support/linkBrowser.ts';
import { DETAILS, NEW_CLAIM, claimIn, newPdf } from './support/filing.ts';
import type { Scenario } from './support/scenario.ts';
import { DAY, MINUTE, startScenario } from './support/scenario.ts';
import type { ShownCard } from './support/shownCard.ts';
import { linksOf, textOf } from './support/shownCard.ts';

const says = (text: string): Behaviour => ({ kind: 'answer', text: `${text}\0` });
const CLEAN = says('stream: OK');
const BAD = says('stream: Eicar-Signature FOUND');
const TOO_LARGE = says('INSTREAM size limit exceeded. ERROR');
const DOWN: Behaviour = { kind: 'cuts', after: 1 };
/** Without what keeps Teams from making a link of a name. */
const plain = (text: string): string => text.replaceAll('\u2060', '');

describe('acceptance: files are scanned by clamd', () => {
  let clamd: Awaited<ReturnType<typeof startClamdServer>>;
  let scenario: Scenario;

  before(async () => {
    clamd = await startClamdServer();
    const { host, port } = clamd.address as { readonly host: string; readonly port: number };
    scenario = await startScenario({ env: { MALWARE_SCAN: 'clamd', CLAMD_ADDRESS: `${host}:${port}` } });
  });
  after(async () => {
    await scenario.stop();
    await clamd.close();
  });
  afterEach(() => scenario.check());

  async function draft(): Promise<ShownCard> {
    const created = await scenario.anna.press(await scenario.anna.ask('new claim'), 'create', NEW_CLAIM);
    return scenario.anna.press(created, 'edit', DETAILS);
  }

  /** What the upload page answers for one file, while clamd does as it is told. */
  async function upload(card: ShownCard, name: string, behaviour: Behaviour) {
    clamd.behave(behaviour);
    const offered = await scenario.anna.press(card, 'addPoe');
    const link = linksOf(offered.card).find((one) => one.includes('/poe/')) ?? '';
    const browser = createLinkBrowser();
    await browser.enter(link);
    const put = await putFile(browser, link, name, newPdf());
    await scenario.idle();
    return { status: put.status, text: await put.text() };
  }

  const partnerHeard = async (id: ClaimId): Promise<string> => plain((await scenario.lines(id, 'partner')).join('\n'));
  const scansOf = async (id: ClaimId) => (await scenario.claim(id)).poe.map(({ scan }) => scan);

  it('a file waits where no result came, counts for nothing, and its submitter is told when it does', async () => {
    const card = await draft();
    const id = claimIn(card.card);
    const taken = await upload(card, 'statement of work.pdf', DOWN);
    expect(taken).to.have.property('status', 201);
    expect(taken.text).to.contain('once its virus scan is over');
    expect(textOf((await scenario.anna.ask(id)).card)).to.contain('virus scan under way, does not count yet');
    const refused = await scenario.anna.press(card, 'submit');
    expect(textOf(refused.card)).to.contain('The virus scan is still under way for statement of work.pdf');

    clamd.behave(CLEAN);
    await scenario.turn(MINUTE);
    expect(await scansOf(id)).to.deep.equal(['clean']);
    expect(clamd.files.at(-1)?.subarray(0, 5).toString()).to.equal('%PDF-');
    expect(await partnerHeard(id)).to.contain(
      'the virus scan of “statement of work.pdf” found nothing. The file counts as proof of execution now.',
    );
    const sent = await scenario.anna.press(await scenario.anna.ask(id), 'submit');
    expect((await scenario.claim(id)).status, textOf(sent.card)).to.equal('Submitted');
    const documents = await scenario.arun.press(await scenario.home(id, 'review'), 'documents');
    const opened = await readDocument(linksOf(documents.card)[0] ?? '');
    expect(opened.status).to.equal(200);
    await opened.arrayBuffer();
  });

  it('a file in which a virus is found is not taken, and nothing of it is kept', async () => {
    const card = await draft();
    const refused = await upload(card, 'invoice.pdf', BAD);
    expect(refused).to.have.property('status', 422);
    expect(refused.text).to.contain('A virus was found in this file').and.to.contain('Have your device checked');
    expect((await scenario.claim(claimIn(card.card))).poe).to.deep.equal([]);
  });

  it('a file that is too large for clamd is refused with the way out, also where clamd was down when it came', async () => {
    const card = await draft();
    const id = claimIn(card.card);
    const refused = await upload(card, 'film.pdf', TOO_LARGE);
    expect(refused).to.have.property('status', 413);
    expect(refused.text).to.contain('too large for the virus scan').and.to.contain('in smaller parts');
    expect(await upload(card, 'later.pdf', DOWN)).to.have.property('status', 201);
    clamd.behave(TOO_LARGE);
    await scenario.turn(MINUTE);
    expect(await scansOf(id)).to.deep.equal(['tooLarge']);
    expect(await partnerHeard(id))
      .to.contain('“later.pdf” is too large for the virus scan')
      .and.to.contain('smaller copy');
  });

  it('a file that is found bad later is withdrawn from every view; its entry stays, and both sides are told', async () => {
    const card = await draft();
    const id = claimIn(card.card);
    await upload(card, 'plan.pdf', CLEAN);
    await scenario.anna.press(card, 'submit');
    clamd.behave(BAD);
    scenario.clock.turn(DAY);
    const documents = await scenario.arun.press(await scenario.home(id, 'review'), 'documents');
    const opened = await readDocument(linksOf(documents.card)[0] ?? '');
    expect(opened.status).to.equal(410);
    expect(await opened.text()).to.contain('A virus was found in this file');
    await scenario.turn(MINUTE);
    expect(await partnerHeard(id)).to.contain('a virus was found in “plan.pdf”');
    expect(plain((await scenario.lines(id, 'review')).join('\n'))).to.contain('a virus was found in “plan.pdf”');
    for (const user of [scenario.anna, scenario.arun])
      expect(textOf((await user.ask(id)).card), user.name).not.to.contain('plan.pdf');
    expect(await scenario.events(id)).to.include.members(['PoeAdded', 'PoeScanned']);
  });
});
