/** The steps that most walks begin with, each by real presses on real cards. */
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { claimIdsIn } from '../../src/domain/claims/claimId.ts';
import { pdf } from '../files/samples.ts';
import { CAST, CUSTOMER_TENANT, MPN } from './cast.ts';
import type { Json, ShownCard } from './shownCard.ts';
import { linksOf, textOf } from './shownCard.ts';
import type { Filled, PressedCard, Visitor } from './visitor.ts';
import type { Walk } from './walk.ts';

/** What of a walk the steps need. */
export type Scene = Pick<Walk, 'anna' | 'arun' | 'idle' | 'claim' | 'home'>;

/** What the form of a new claim asks for. */
export const NEW_CLAIM: Filled = { mpnId: MPN, kind: 'businessApplications/usage', customerName: 'Contoso' };
/** The rest, on the card of the draft. */
export const DETAILS: Filled = {
  customerDomain: 'contoso.com',
  customerTenantId: CUSTOMER_TENANT,
  customerContactName: CAST.dana.name,
  customerContactTitle: 'CIO',
  customerContactEmail: CAST.dana.email,
  partnerContactName: CAST.anna.name,
  partnerContactEmail: CAST.anna.email,
  products: 'd365-sales,power-bi',
  subscriptionIds: 'aaaaaaaa-0000-4000-8000-000000000001',
};

export function claimIn(card: Json): ClaimId {
  const [claim] = claimIdsIn(textOf(card));
  if (!claim) throw new Error(`no claim id on the card:\n${textOf(card)}`);
  return claim;
}

let files = 0;

/** A PDF that no other is the same as. */
export function newPdf(): Buffer {
  files += 1;
  return pdf(`/Info(${files})`);
}

/** The upload page of a card's link, used as a browser uses it: opened, the files put, and finished. */
export async function uploadThrough(
  walk: Scene,
  card: ShownCard,
  files: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const link = linksOf(card.card).find((one) => one.includes('/poe/'));
  if (!link) throw new Error(`no upload link on the card:\n${textOf(card.card)}`);
  const page = await fetch(link);
  expect(page.status).to.equal(200);
  expect(await page.text()).to.contain('<html');
  for (const [name, bytes] of Object.entries(files)) {
    const put = await fetch(`${link}/files?name=${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { 'x-requested-with': 'desk' },
      body: new Uint8Array(bytes),
    });
    expect(put.status, await put.text()).to.equal(201);
  }
  const end = await fetch(`${link}/finish`, { method: 'POST', headers: { 'x-requested-with': 'desk' } });
  expect(end.status).to.equal(200);
  await walk.idle();
}

/** A complete draft with one PoE; answers the card that offered the upload page. */
export async function drafted(
  walk: Scene,
  { by = walk.anna, details = {}, claim = {} }: { by?: Visitor; details?: Filled; claim?: Filled } = {},
): Promise<PressedCard> {
  const form = await by.ask('new claim');
  const created = await by.press(form, 'create', { ...NEW_CLAIM, ...claim });
  const edited = await by.press(created, 'edit', { ...DETAILS, ...details });
  const offered = await by.press(edited, 'addPoe');
  await uploadThrough(walk, offered, { 'statement of work.pdf': newPdf() });
  return offered;
}

export async function submitted(walk: Scene, options: Parameters<typeof drafted>[1] = {}): Promise<ClaimId> {
  const card = await drafted(walk, options);
  const sent = await (options.by ?? walk.anna).press(card, 'submit');
  const id = claimIn(sent.card);
  expect((await walk.claim(id)).status, textOf(sent.card)).to.equal('Submitted');
  return id;
}

export async function underReview(walk: Scene, by: Visitor = walk.arun): Promise<ClaimId> {
  const id = await submitted(walk);
  await by.press(await walk.home(id, 'review'), 'start');
  expect((await walk.claim(id)).status).to.equal('UnderReview');
  return id;
}

export async function asked(walk: Scene): Promise<ClaimId> {
  const id = await underReview(walk);
  await walk.arun.press(await walk.home(id, 'review'), 'request', {
    reasons: 'missingOrOldDates',
    comment: 'Which year is it from?',
  });
  expect((await walk.claim(id)).status).to.equal('PartnerActionRequired');
  return id;
}

export async function approved(walk: Scene): Promise<ClaimId> {
  const id = await underReview(walk);
  await walk.arun.press(await walk.home(id, 'review'), 'approve');
  expect((await walk.claim(id)).status).to.equal('Approved');
  return id;
}

export async function rejected(walk: Scene, reason = 'insufficientPoe'): Promise<ClaimId> {
  const id = await underReview(walk);
  await walk.arun.press(await walk.home(id, 'review'), 'reject', { reason, comment: 'It shows too little.' });
  expect((await walk.claim(id)).status).to.equal('Rejected');
  return id;
}

export async function disputed(walk: Scene): Promise<ClaimId> {
  const id = await rejected(walk);
  await walk.anna.press(await walk.home(id, 'partner'), 'dispute', { justification: 'It is all on page two.' });
  expect(await walk.claim(id)).to.have.nested.property('dispute.state', 'open');
  return id;
}
