import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Locator } from 'playwright-core';
import type { SentenceArguments, SentenceKey } from '../../src/locales/say.ts';
import { say } from '../../src/locales/say.ts';
import type { PersonaKey } from '../../src/playground/personas.ts';
import { customerOfTheStory, MPN_IDS } from '../../src/playground/personas.ts';
import type { Playground } from '../../src/playground/playground.ts';
import { startPlayground } from '../../src/playground/playground.ts';
import { pdf, png } from '../files/samples.ts';
import { startChromium } from './chromium.ts';
import type { TeamsPage } from './teamsPage.ts';
import { choose, fill, openTeamsPage, picture, press, tick } from './teamsPage.ts';

const en = (key: SentenceKey, values?: SentenceArguments): string => say('en', key, values);
const CLAIM_ID = /CPOR-[0-9A-Z]{6}/;
const CUSTOMER = customerOfTheStory();

/** A line about a claim that says this. */
const told = (claim: string, what: string): RegExp => new RegExp(`${claim}.*${what}`);

/**
 * The life of two claims, played by four people at once on the simulator's real pages. Each step continues where the
 * last one ended.
 */
describe('The desk in the local Teams', function () {
  this.bail(true);
  let browser: Browser | undefined;
  let folder: string | undefined;
  let playground: Playground | undefined;
  const people: Partial<Record<PersonaKey, TeamsPage>> = {};
  const page = (key: PersonaKey): TeamsPage => {
    const found = people[key];
    if (!found) throw new Error(`The page of the ${key} is not open.`);
    return found;
  };
  let claim = '';
  let second = '';

  before(async function () {
    browser = await startChromium(this);
    folder = await mkdtemp(join(tmpdir(), 'cpor-playground-'));
    playground = await startPlayground({ folder, anyPorts: true });
    for (const { persona, url } of playground.windows) people[persona.key] = await openTeamsPage(browser, url);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const [key, one] of Object.entries(people)) await one.shot(`failed-${key}`);
  });
  after(async () => {
    await browser?.close();
    await playground?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  /** A draft with the first form, completed with the second; answers its id and its card. */
  async function draft(customerName: string): Promise<{ readonly id: string; readonly card: Locator }> {
    const petra = page('partner');
    await petra.say('new claim');
    const form = petra.card(en('form.newClaimTells'));
    await choose(form, en('field.mpnId'), MPN_IDS[0]);
    await choose(form, en('form.kind'), /Microsoft 365/);
    await fill(form, { [en('field.customerName')]: customerName });
    await press(form, en('button.create'));
    const made = petra.card(en('card.missing', { count: 7 })).filter({ hasText: customerName });
    await made.waitFor();
    const id = CLAIM_ID.exec(await made.innerText())?.[0] ?? '';
    const card = petra.home(id);
    await press(card, en('button.edit'));
    await fill(card, {
      [en('field.customerDomain')]: CUSTOMER.domain,
      [en('field.customerTenantId')]: CUSTOMER.tenantId,
      [en('field.customerContactName')]: CUSTOMER.contact,
      [en('field.customerContactTitle')]: CUSTOMER.title,
      [en('field.customerContactEmail')]: CUSTOMER.email,
    });
    await tick(card, 'Microsoft Teams');
    return { id, card };
  }

  it('keeps what the security log says of them beside the log, out of the terminal', async () => {
    expect(await readFile(join(folder ?? '', 'desk.log'), 'utf8')).to.contain('"log":"security"');
  });

  it('welcomes everyone by what they can do', async () => {
    for (const key of ['partner', 'reviewer', 'lead', 'customer'] as const) {
      await page(key).card(/./).waitFor();
      await page(key).shot(`welcome-${key}`);
    }
  });

  it('files a claim from the form, and says what is still missing', async () => {
    const petra = page('partner');
    const { id, card } = await draft(CUSTOMER.name);
    claim = id;
    await petra.shot('edit-form');
    await press(card, en('button.save'));
    await card.getByText(en('card.missing', { count: 1 })).waitFor();
    await petra.shot('draft-without-poe');
  });

  it('takes proof of execution on the upload page, and refuses what is none', async () => {
    const petra = page('partner');
    const card = petra.home(claim);
    await press(card, en('button.addPoe'));
    const upload = await petra.follow(
      card.getByRole('link', { name: en('button.upload') }).or(card.getByRole('button', { name: en('button.upload') })),
    );
    await picture(upload, 'upload-link');
    await upload.getByRole('button', { name: en('entry.button.upload') }).click();
    await upload.setInputFiles('#files', [
      { name: 'acceptance letter.pdf', mimeType: 'application/pdf', buffer: pdf() },
      { name: 'screenshot.png', mimeType: 'image/png', buffer: png() },
      { name: 'really a picture.pdf', mimeType: 'application/pdf', buffer: png() },
    ]);
    await upload.locator('.file[data-state="added"]').nth(1).waitFor();
    await upload.locator('.file[data-state="refused"]').waitFor();
    await picture(upload, 'upload-page');
    await upload.getByRole('button', { name: 'Done' }).click();
    await upload.getByRole('heading', { name: en('upload.finished') }).waitFor();
    await picture(upload, 'upload-finished');
    await upload.close();
    await card.getByText('acceptance letter.pdf').waitFor();
    await card.getByText(en('card.complete')).waitFor();
    await petra.shot('draft-complete');
  });

  it('submits it, and a reviewer starts the review in the thread of the review channel', async () => {
    const [petra, rafael] = [page('partner'), page('reviewer')];
    await press(petra.home(claim), en('button.submit'));
    await petra.line(told(claim, 'Petra Novak submitted')).waitFor();
    await petra.shot('submitted');
    await rafael.go(/Claim reviews/);
    await rafael.card(claim).waitFor();
    await rafael.shot('review-thread');
    await press(rafael.card(claim), en('button.start'));
    await rafael
      .card(claim)
      .getByRole('button', { name: en('button.approve') })
      .waitFor();
    await rafael.shot('review-started');
    await petra.home(claim).getByText(en('status.UnderReview')).first().waitFor();
    await petra.shot('under-review-partner');
  });

  it('asks for more information with reasons and a comment', async () => {
    const [petra, rafael] = [page('partner'), page('reviewer')];
    const card = rafael.card(claim);
    await press(card, en('button.request'));
    await rafael.shot('request-form');
    await tick(card, en('reason.request.missingCustomerAcknowledgement'));
    await fill(card, { [en('form.commentToPartner')]: 'Please add the letter that the customer signed.' });
    await press(card, en('button.requestNow'));
    await card.getByText(en('status.PartnerActionRequired')).first().waitFor();
    await rafael.shot('information-requested');
    await petra.home(claim).getByText(en('status.PartnerActionRequired')).first().waitFor();
    await petra.line(/Please add the letter/).waitFor();
    await petra.shot('information-requested-partner');
  });

  it('takes a reply in the thread of the review channel as a comment', async () => {
    const [petra, rafael] = [page('partner'), page('reviewer')];
    await rafael.reply(claim, 'A scan of the signed page is enough.');
    await petra.line(/comment by Rafael Ortiz: “A scan of the signed page is enough.”/).waitFor();
    for (const card of [petra.home(claim), rafael.card(claim)]) {
      await card.getByText('A scan of the signed page is enough.').first().waitFor();
      await card.getByText(`${en('details.show')} ▾`).click();
      await card.getByText(en('card.comments', { count: 1 })).waitFor();
      await card.getByText(`${en('details.hide')} ▴`).click();
    }
    await rafael.shot('thread-reply');
  });

  it('offers a sentence in the personal chat as a comment, and takes another from the form', async () => {
    const petra = page('partner');
    await petra.say('The signed letter is page 2 of the acceptance letter.');
    const offer = petra.card(en('form.commentOffer'));
    await offer.waitFor();
    await petra.shot('comment-offer');
    await press(offer, en('button.commentNow'));
    await petra
      .card(/is page 2/)
      .filter({ hasText: claim })
      .waitFor();
    await petra.shot('comment-added');
    const card = petra.home(claim);
    await press(card, en('button.comment'));
    await fill(card, { [en('form.commentText')]: 'It was signed on 3 November.' });
    await press(card, en('button.commentNow'));
    await card.getByText('It was signed on 3 November.').first().waitFor();
    await petra.shot('comment-form');
  });

  it('resubmits, and the reviewer approves', async () => {
    const [petra, rafael, chris] = [page('partner'), page('reviewer'), page('customer')];
    await press(petra.home(claim), en('button.resubmit'));
    await petra.line(told(claim, 'Petra Novak resubmitted')).waitFor();
    await petra.shot('resubmitted');
    await press(rafael.card(claim), en('button.start'));
    await rafael
      .card(claim)
      .getByRole('button', { name: en('button.approve') })
      .waitFor();
    await rafael.shot('second-review');
    await press(rafael.card(claim), en('button.approve'));
    await rafael.card(claim).getByText(en('status.Approved')).first().waitFor();
    await rafael.shot('approved-reviewer');
    await petra.line(/associated with the customer/).waitFor();
    await petra.shot('approved-partner');
    await chris.home(claim).waitFor();
    await chris.shot('consent-asked');
  });

  it('lets the customer deny, after a confirmation', async () => {
    const [chris, petra] = [page('customer'), page('partner')];
    const card = chris.home(claim);
    await press(card, en('button.deny'));
    await card.getByRole('button', { name: en('button.denyNow') }).waitFor();
    await chris.shot('deny-confirmation');
    await fill(card, { [en('form.reasonOptional')]: 'We changed our plans.' });
    await press(card, en('button.denyNow'));
    await chris.line(/denied consent/).waitFor();
    await chris.shot('denied');
    await petra.line(/denied consent/).waitFor();
    await petra.shot('denied-partner');
  });

  it('takes the dispute of the partner, and a lead overturns the rejection', async () => {
    const [petra, leyla, chris] = [page('partner'), page('lead'), page('customer')];
    const card = petra.home(claim);
    await press(card, en('button.dispute'));
    await fill(card, { [en('form.justification')]: 'The customer renewed its order yesterday.' });
    await petra.shot('dispute-form');
    await press(card, en('button.disputeNow'));
    await petra.line(told(claim, 'Petra Novak disputed')).waitFor();
    await petra.shot('disputed');
    await leyla.say('queue');
    await leyla.card(claim).waitFor();
    await leyla.shot('queue');
    await press(leyla.card(claim), en('button.show'));
    await press(leyla.card(claim), en('button.overturn'));
    await fill(leyla.card(claim), { [en('form.commentToPartner')]: 'The renewed order shows that the work goes on.' });
    await leyla.shot('overturn-form');
    await press(leyla.card(claim), en('button.overturnNow'));
    await leyla
      .card(claim)
      .getByText(/You overturned the rejection/)
      .waitFor();
    await leyla.shot('overturned');
    await petra.line(/overturned the rejection after the dispute/).waitFor();
    await petra.shot('overturned-partner');
    await chris.line(/after a dispute/i).waitFor();
    await chris.shot('consent-asked-again');
  });

  it('sends it for assessment when the consent period has passed by itself, and shows the outcome', async () => {
    const [petra, leyla] = [page('partner'), page('lead')];
    // After a denial silence is no consent (R60).
    const card = page('customer').card(claim);
    await press(card, en('button.agree'));
    await press(card, en('button.agreeNow'));
    await petra.line(/agreed/).waitFor();
    await petra.say('time +7d');
    await petra.line(/It is now/).waitFor();
    await petra.line(/sent for incentive assessment/).waitFor();
    await petra.shot('sent-for-assessment');
    await leyla.card(en('button.assess')).waitFor();
    await leyla.shot('assessment-asked');
    await leyla.say('queue');
    await leyla
      .card(claim)
      .getByRole('button', { name: en('button.show') })
      .waitFor();
    await press(leyla.card(claim), en('button.show'));
    await press(leyla.card(claim), en('button.assess'));
    await tick(leyla.card(claim), /Yes$/);
    await fill(leyla.card(claim), { [en('form.programme')]: 'OSU' });
    await leyla.shot('assessment-form');
    await press(leyla.card(claim), en('button.assessNow'));
    await leyla
      .card(claim)
      .getByText(/You reported the assessment result/)
      .waitFor();
    await petra.line(/eligible for incentives/).waitFor();
    await petra.shot('eligible');
  });

  it('rejects by itself what was not answered in time', async () => {
    const [petra, rafael] = [page('partner'), page('reviewer')];
    const { id, card } = await draft('Adventure Works Cycles');
    second = id;
    await press(card, en('button.save'));
    // The edit that tells of the change replaces what a press is answered with, if it comes later.
    await card.getByText(/Fields changed by/).waitFor();
    await press(card, en('button.addPoe'));
    const upload = await petra.follow(
      card.getByRole('link', { name: en('button.upload') }).or(card.getByRole('button', { name: en('button.upload') })),
    );
    await upload.getByRole('button', { name: en('entry.button.upload') }).click();
    await upload.setInputFiles('#files', [{ name: 'letter.pdf', mimeType: 'application/pdf', buffer: pdf('2') }]);
    await upload.locator('.file[data-state="added"]').waitFor();
    await upload.getByRole('button', { name: 'Done' }).click();
    await upload.close();
    await petra.say(`submit ${second}`);
    await petra.line(told(second, 'Petra Novak submitted')).waitFor();
    await rafael.go(/Personal Chat/);
    await rafael.say('queue');
    await rafael
      .card(second)
      .getByRole('button', { name: en('button.show') })
      .last()
      .waitFor();
    await rafael.shot('queue-reviewer');
    await press(rafael.card(second), en('button.show'));
    await press(rafael.card(second), en('button.start'));
    await press(rafael.card(second), en('button.request'));
    await tick(rafael.card(second), en('reason.request.missingAllPoe'));
    await fill(rafael.card(second), { [en('form.commentToPartner')]: 'The letter is empty.' });
    await press(rafael.card(second), en('button.requestNow'));
    await rafael
      .card(second)
      .getByText(/You requested information/)
      .waitFor();
    await petra.line(/The letter is empty/).waitFor();
    await petra.say('time +5bd');
    await petra.line(/rejected automatically/).waitFor();
    await petra.shot('rejected-by-itself');
    await rafael.go(/Claim reviews/);
    await rafael.line(told(second, 'rejected automatically')).waitFor();
    await rafael.shot('rejected-by-itself-reviewer');
  });

  it('tells the status in three languages, however it is asked', async () => {
    const petra = page('partner');
    await petra.say(`what about ${claim.toLowerCase()}?`);
    await petra.card(claim).getByText(en('status.Approved')).first().waitFor();
    await petra.shot('status-english');
    await petra.say('language');
    await press(petra.card(en('form.language')), 'Русский');
    await petra.card(say('ru', 'answer.languageSet')).waitFor();
    await petra.say(`что с заявкой ${claim}?`);
    await petra.card(claim).getByText(say('ru', 'status.Approved')).first().waitFor();
    await petra.shot('status-russian');
    await petra.say('dil türkçe');
    await petra.card(say('tr', 'answer.languageSet')).waitFor();
    await petra.say(`${second} durumu nedir`);
    await petra.card(second).getByText(say('tr', 'status.Rejected')).first().waitFor();
    await petra.shot('status-turkish');
  });

  it('shows the history and the help in the language chosen, and no one what is none of theirs', async () => {
    const [petra, chris] = [page('partner'), page('customer')];
    await petra.say(`geçmiş ${claim}`);
    await petra.card(say('tr', 'history.title', { claim })).waitFor();
    await petra.shot('history-turkish');
    await petra.say('yardım');
    await petra.card(say('tr', 'help.title')).waitFor();
    await petra.shot('help-turkish');
    await petra.say('language english');
    await petra.card(en('answer.languageSet')).waitFor();
    await petra.say(`history ${claim}`);
    await petra.card(en('history.title', { claim })).waitFor();
    await petra.shot('history-english');
    await petra.say('help');
    await petra.card(en('help.title')).waitFor();
    await petra.shot('help-english');
    await chris.say(`status ${second}`);
    await chris.card(en('answer.notFound', { claim: second })).waitFor();
    await chris.shot('not-found');
  });
});
