/** The steps that most acceptance tests begin with, each by real presses on real cards. */
import { expect } from 'chai';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { claimIdsIn } from '../../../src/domain/claims/claimId.ts';
import { pdf } from '../../files/samples.ts';
import { createLinkBrowser, putFile } from '../../support/linkBrowser.ts';
import { PERSONAS, CUSTOMER_TENANT, MPN } from './personas.ts';
import type { Json, ShownCard } from './shownCard.ts';
import { linksOf, textOf } from './shownCard.ts';
import type { Filled, PressedCard, User } from './user.ts';
import type { Scenario } from './scenario.ts';

/** The part of a scenario that these steps need. */
export type FilingScenario = Pick<Scenario, 'anna' | 'arun' | 'idle' | 'claim' | 'home'>;

/** What the form of a new claim asks for. */
export const NEW_CLAIM: Filled = { mpnId: MPN, kind: 'businessApplications/usage', customerName: 'Contoso' };
/** The rest, on the card of the draft. */
export const DETAILS: Filled = {
  customerDomain: 'contoso.com',
  customerTenantId: CUSTOMER_TENANT,
  customerContactName: PERSONAS.dana.name,
  customerContactTitle: 'CIO',
  customerContactEmail: PERSONAS.dana.email,
  partnerContactName: PERSONAS.anna.name,
  partnerContactEmail: PERSONAS.anna.email,
  products: 'd365-sales,power-bi',
  subscriptionIds: 'aaaaaaaa-0000-4000-8000-000000000001',
};

export function claimIn(card: Json): ClaimId {
  const [claim] = claimIdsIn(textOf(card));
  if (!claim) throw new Error(`no claim id on the card:\n${textOf(card)}`);
  return claim;
}

let files = 0;

/** A PDF that differs from every other. */
export function newPdf(): Buffer {
  files += 1;
  return pdf(`/Info(${files})`);
}

/** The upload page of a card's link, as a browser uses it: exchanged by its button, the files put, and finished. */
export async function uploadThrough(
  scenario: FilingScenario,
  card: ShownCard,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const link = linksOf(card.card).find((one) => one.includes('/poe/'));
  if (!link) throw new Error(`no upload link on the card:\n${textOf(card.card)}`);
  const browser = createLinkBrowser();
  expect((await browser.enter(link)).status).to.equal(303);
  const page = await browser.send(link);
  expect(page.status).to.equal(200);
  expect(await page.text()).to.contain('id="upload"');
  for (const [name, bytes] of Object.entries(files)) {
    const put = await putFile(browser, link, name, bytes);
    expect(put.status, await put.text()).to.equal(201);
  }
  const end = await browser.send(`${link}/finish`, { method: 'POST', headers: { 'x-requested-with': 'desk' } });
  expect(end.status).to.equal(200);
  await scenario.idle();
}

/** A complete draft with one PoE; answers the card that offered the upload page. */
export async function drafted(
  scenario: FilingScenario,
  { by = scenario.anna, details = {}, claim = {} }: { by?: User; details?: Filled; claim?: Filled } = {},
): Promise<PressedCard> {
  const form = await by.ask('new claim');
  const created = await by.press(form, 'create', { ...NEW_CLAIM, ...claim });
  const edited = await by.press(created, 'edit', { ...DETAILS, ...details });
  const offered = await by.press(edited, 'addPoe');
  await uploadThrough(scenario, offered, { 'statement of work.pdf': newPdf() });
  return offered;
}

export async function submitted(
  scenario: FilingScenario,
  options: Parameters<typeof drafted>[1] = {},
): Promise<ClaimId> {
  const card = await drafted(scenario, options);
  const sent = await (options.by ?? scenario.anna).press(card, 'submit');
  const id = claimIn(sent.card);
  expect((await scenario.claim(id)).status, textOf(sent.card)).to.equal('Submitted');
  return id;
}

export async function underReview(scenario: FilingScenario, by: User = scenario.arun): Promise<ClaimId> {
  const id = await submitted(scenario);
  await by.press(await scenario.home(id, 'review'), 'start');
  expect((await scenario.claim(id)).status).to.equal('UnderReview');
  return id;
}

export async function asked(scenario: FilingScenario): Promise<ClaimId> {
  const id = await underReview(scenario);
  await scenario.arun.press(await scenario.home(id, 'review'), 'request', {
    reasons: 'missingOrOldDates',
    comment: 'Which year is it from?',
  });
  expect((await scenario.claim(id)).status).to.equal('PartnerActionRequired');
  return id;
}

export async function approved(scenario: FilingScenario): Promise<ClaimId> {
  const id = await underReview(scenario);
  await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
  expect((await scenario.claim(id)).status).to.equal('Approved');
  return id;
}

export async function rejected(scenario: FilingScenario, reason = 'insufficientPoe'): Promise<ClaimId> {
  const id = await underReview(scenario);
  await scenario.arun.press(await scenario.home(id, 'review'), 'reject', { reason, comment: 'It shows too little.' });
  expect((await scenario.claim(id)).status).to.equal('Rejected');
  return id;
}

export async function disputed(scenario: FilingScenario): Promise<ClaimId> {
  const id = await rejected(scenario);
  await scenario.anna.press(await scenario.home(id, 'partner'), 'dispute', { justification: 'It is all on page two.' });
  expect(await scenario.claim(id)).to.have.nested.property('dispute.state', 'open');
  return id;
}
