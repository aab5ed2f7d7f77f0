/**
 * The claims that every act begins with: one in each stage, and one of another partner; every persona has written to
 * the desk.
 */
import type { Stage } from '../../src/domain/claims/claim.ts';
import type { ClaimId, Fields, PersonId } from '../../src/domain/claims/values.ts';
import type { Request } from '../../src/desk/commands/request.ts';
import type { Relation } from '../domain/claims/model/law.ts';
import { STRANGER } from '../domain/claims/model/law.ts';
import { bytesOf } from '../desk/filesFake.ts';
import { pdf } from '../files/samples.ts';
import type { PersonaName } from '../acceptance/support/personas.ts';
import { PERSONAS, CUSTOMER_TENANT, MPN, OTHER_MPN, VENDOR_TENANT } from '../acceptance/support/personas.ts';
import type { DeskUnderFuzz, Somebody } from './deskUnderFuzz.ts';
import { idOf, PEOPLE, SERVICE } from './deskUnderFuzz.ts';
import { BOT, personalChat } from '../acceptance/support/activities.ts';

/** The customer's name in all claims of one partner. No one types it, so an answer that contains it shows a claim. */
export const SECRET = 'Quarrystone Holdings';
export const REVIEWS = '19:reviews@thread.tacv2';
export const PARTNERS = '19:fabrikam@thread.tacv2';
const WEEK_MS = 7 * 86_400_000;

const FORM: Fields = {
  mpnId: MPN,
  customerName: SECRET,
  customerDomain: 'contoso.com',
  customerTenantId: CUSTOMER_TENANT,
  customerContactName: PERSONAS.dana.name,
  customerContactTitle: 'CIO',
  customerContactEmail: PERSONAS.dana.email,
  partnerContactName: PERSONAS.anna.name,
  partnerContactEmail: PERSONAS.anna.email,
  area: 'businessApplications',
  activity: 'usage',
  products: ['d365-sales'],
  subscriptionIds: ['aaaaaaaa-0000-4000-8000-000000000001'],
};

export type StageName =
  | 'editing'
  | 'complete'
  | 'submitted'
  | 'underReview'
  | 'asked'
  | 'approved'
  | 'passed'
  | 'rejected'
  | 'disputed'
  | 'foreign';
export type ClaimsOfAct = Readonly<Record<StageName, ClaimId>>;
/** The stage of each of Fabrikam's claims, as the law calls it. */
export const STAGE_OF: Readonly<Record<Exclude<StageName, 'foreign'>, Stage>> = {
  editing: 'Editing',
  complete: 'Editing',
  submitted: 'Submitted',
  underReview: 'UnderReview',
  asked: 'PartnerActionRequired',
  approved: 'ConsentOpen',
  passed: 'ConsentPassed',
  rejected: 'Disputable',
  disputed: 'Disputed',
};
/** The personas' parts in these claims: Arun started the reviews, Rita gave the rejection that is disputed. */
export const RELATIONS: Readonly<Record<PersonaName, Relation>> = {
  anna: { ...STRANGER, partner: 'acts', ofParty: true },
  boris: { ...STRANGER, partner: 'acts', ofParty: true },
  nikita: { ...STRANGER, partner: 'reads', ofParty: true },
  tomas: STRANGER,
  arun: { ...STRANGER, reviewer: true, assignee: true },
  rita: { ...STRANGER, reviewer: true, rejecter: true },
  lena: { ...STRANGER, reviewer: true, lead: true },
  olga: { ...STRANGER, owner: true },
  asif: { ...STRANGER, assessor: true },
  otto: { ...STRANGER, operator: true },
  dana: { ...STRANGER, contact: true, ofParty: true },
  stefan: STRANGER,
};

/** Creates them by commands, and saves the desk's state. */
export async function claimsOfAct({ desk, turn, seal }: DeskUnderFuzz): Promise<ClaimsOfAct> {
  let forms = 0;
  for (const person of PEOPLE)
    await desk.greet({ id: id(person), name: person.name, chat: place(personalChat(person), person.tenantId) });
  await desk.useChannel(id(PERSONAS.otto), 'review', place(REVIEWS));
  await desk.useChannel(id(PERSONAS.otto), `mpn:${OTHER_MPN}`, place(PARTNERS));

  const filed = async (by: Somebody = PERSONAS.anna, fields: Partial<Fields> = {}): Promise<ClaimId> => {
    forms += 1;
    const created = await desk.createClaim(id(by), `form-${forms}`, { ...FORM, ...fields });
    if (created.kind === 'refused') throw new Error(JSON.stringify(created.refusal));
    await desk.idle();
    return created.view.claim.id;
  };
  const must = async (by: Somebody, claim: ClaimId, ...requests: readonly Request[]): Promise<void> => {
    for (const request of requests) {
      const pressed = await desk.execute(id(by), claim, request, { kind: 'none' });
      if (pressed.kind !== 'done') throw new Error(`${request.type}: ${JSON.stringify(pressed)}`);
      await desk.idle();
    }
  };
  const complete = async (by?: Somebody, fields?: Partial<Fields>): Promise<ClaimId> => {
    const claim = await filed(by, fields);
    const taken = await desk.poe.takeFile(id(by ?? PERSONAS.anna), claim, 'proof.pdf', bytesOf(pdf(`/Info(${forms})`)));
    if (!taken.ok) throw new Error(taken.problem);
    await desk.idle();
    return claim;
  };
  const submitted = async (by: Somebody = PERSONAS.anna, fields?: Partial<Fields>): Promise<ClaimId> => {
    const claim = await complete(by, fields);
    await must(by, claim, { type: 'SubmitClaim' });
    return claim;
  };
  const decided = async (...requests: readonly Request[]): Promise<ClaimId> => {
    const claim = await submitted();
    await must(PERSONAS.arun, claim, { type: 'StartReview' }, ...requests);
    return claim;
  };
  const rejection: Request = { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Too thin.' };

  const passed = await decided({ type: 'ApproveClaim' });
  turn(2 * WEEK_MS);
  await desk.sweep();
  await desk.idle();
  const disputed = await submitted();
  await must(PERSONAS.rita, disputed, { type: 'StartReview' }, rejection);
  await must(PERSONAS.anna, disputed, { type: 'OpenDispute', justification: 'It is all in there.' });
  const talked = await submitted();
  await must(PERSONAS.anna, talked, {
    type: 'AddComment',
    text: 'When do you look at it?',
    message: `${personalChat(PERSONAS.anna)}/17`,
  });
  const claims: ClaimsOfAct = {
    editing: await filed(PERSONAS.anna, { customerTenantId: '', products: [] }),
    complete: await complete(),
    submitted: talked,
    underReview: await decided(),
    asked: await decided({ type: 'RequestInformation', reasons: ['missingOrOldDates'], comment: 'Which year?' }),
    approved: await decided({ type: 'ApproveClaim' }),
    passed,
    rejected: await decided(rejection),
    disputed,
    foreign: await submitted(PERSONAS.tomas, {
      mpnId: OTHER_MPN,
      customerName: 'Graphic Design Institute',
      partnerContactEmail: PERSONAS.tomas.email,
    }),
  };
  await desk.sweep();
  await desk.idle();
  seal();
  return claims;
}

function id(person: Somebody): PersonId {
  return idOf(person) as PersonId;
}

function place(conversationId: string, tenantId: string = VENDOR_TENANT) {
  return { conversationId, serviceUrl: SERVICE, tenantId, botId: BOT.id };
}
