/** Draws what a user does next with a claim: mostly what is due, now and then what is not theirs or not allowed yet. */
import type { Claim } from '../../../src/domain/claims/claim.ts';
import { stageOf } from '../../../src/domain/claims/claim.ts';
import type { Chance } from '../../support/random.ts';
import { PERSONAS, MPN } from '../world/personas.ts';
import type { PersonaName } from '../world/personas.ts';
import type { Asked, Doing } from './script.ts';

export interface NextAction {
  readonly by: PersonaName;
  readonly does: Doing;
}
type Way = readonly [weight: number, by: readonly PersonaName[], asked: Asked | 'prove'];

const NAMES = Object.keys(PERSONAS) as readonly PersonaName[];
const PARTNERS: readonly PersonaName[] = ['anna', 'boris'];
const REVIEWERS: readonly PersonaName[] = ['arun', 'rita', 'lena'];

/** The next action; `word` is a text that occurs nowhere else. */
export function drawNextAction(claim: Claim, word: string, chance: Chance): NextAction {
  const comment = `Because of ${word}`;
  const partners: readonly PersonaName[] = claim.partner.name === 'Tailspin' ? ['tomas', 'petra'] : PARTNERS;
  const assignee = NAMES.find((name) => PERSONAS[name].id === claim.assignee?.id) ?? 'lena';
  const contacts: readonly PersonaName[] =
    claim.fields.customerTenantId === PERSONAS.nora.tenantId
      ? ['nora', 'nora', 'dana']
      : ['dana', 'dana', 'emil', 'carl'];
  const withdraw: Way = [
    1.5,
    partners,
    { type: 'RequestRejection', reason: chance.pick(['incorrectMpn', 'noLongerWorking', 'other']), comment },
  ];
  const say: Way = [4, [...partners, ...REVIEWERS], { type: 'AddComment', text: comment }];
  const edit: Way = [4, partners, { type: 'EditFields', fields: { partnerContactName: `Contact ${word}` } }];
  const redirect: Way = [
    2,
    partners,
    {
      type: 'EditFields',
      fields: { customerContactEmail: chance.pick([PERSONAS.dana.email, PERSONAS.nora.email, 'nobody@contoso.com']) },
    },
  ];
  const reassign: Way = [
    4,
    [assignee, 'rolf', 'lena'],
    { type: 'ReassignClaim', to: chance.pick(['arun', 'rita', 'fred', 'lena', 'anna']) },
  ];
  const watch: Way = [3, [...partners, ...REVIEWERS], { type: chance.happens(0.6) ? 'FollowClaim' : 'MuteClaim' }];
  const uphold: Way = [25, [assignee, ...REVIEWERS], { type: 'UpholdRejection', comment }];
  const overturn: Way = [35, [assignee, ...REVIEWERS], { type: 'OverturnRejection', comment }];
  const dispute: Way = [25, partners, { type: 'OpenDispute', justification: chance.happens(0.8) ? comment : '' }];
  const deny: Way = [7, contacts, { type: 'DenyConsent', reason: comment }];
  const agree: Way = [4, contacts, { type: 'AgreeConsent' }];
  const object: Way = [4, contacts, { type: 'RecordObjection', text: comment }];
  const takeBack: Way = [8, contacts, { type: 'WithdrawObjection' }];
  const assess: Way = [
    claim.assessment?.outcomes.length ? 1 : 15,
    ['asif'],
    { type: 'ReportAssessment', eligible: chance.happens(0.6), programme: 'OSU' },
  ];
  const submit: Way = [60, partners, { type: 'SubmitClaim' }];
  const start: Way = [60, REVIEWERS, { type: 'StartReview' }];
  const request: Way = [35, [assignee], { type: 'RequestInformation', reasons: ['missingOrOldDates'], comment }];
  const approve: Way = [28, [assignee, 'lena'], { type: 'ApproveClaim' }];
  const reject: Way = [
    22,
    [assignee],
    { type: 'RejectClaim', reason: chance.pick(['insufficientPoe', 'missingProducts']), comment },
  ];
  const resubmit: Way = [
    claim.status === 'PartnerActionRequired' && claim.request.answered ? 60 : 8,
    partners,
    { type: 'ResubmitClaim' },
  ];
  const prove: Way = [12, partners, 'prove'];
  const all: readonly Way[] = [
    withdraw,
    say,
    edit,
    redirect,
    reassign,
    watch,
    uphold,
    overturn,
    dispute,
    deny,
    agree,
    object,
    takeBack,
    assess,
    submit,
    start,
    request,
    approve,
    reject,
    resubmit,
    prove,
  ];

  function ways(): readonly Way[] {
    switch (stageOf(claim)) {
      case 'Editing':
        return [submit, edit, redirect, watch];
      case 'Submitted':
        return [start, edit, redirect, reassign, withdraw, say, watch, prove];
      case 'UnderReview':
        return [request, approve, reject, reassign, withdraw, say, watch];
      case 'PartnerActionRequired':
        return [resubmit, [30, partners, edit[2]], prove, redirect, withdraw, say];
      case 'ConsentOpen':
        return [deny, agree, object, takeBack, withdraw, say, watch];
      case 'ConsentPassed':
        return [assess, deny, withdraw, say];
      case 'Disputable':
        return [dispute, prove, say];
      case 'Disputed':
        return [uphold, overturn, reassign, say];
      default:
        return [say, dispute, watch];
    }
  }

  const [, by, asked] = chance.happens(0.12) ? chance.pick(all) : weighed(ways(), chance);
  const who = chance.happens(0.05) ? chance.pick(NAMES) : chance.pick(by);
  return { by: who, does: asked === 'prove' ? { kind: 'prove', text: `proof ${word}` } : { kind: 'press', asked } };
}

function weighed(ways: readonly Way[], chance: Chance): Way {
  let lot = chance.next() * ways.reduce((sum, [weight]) => sum + weight, 0);
  return ways.find(([weight]) => (lot -= weight) < 0) ?? chance.pick(ways);
}

/** The form of a new claim. */
export function drawFiling(number: number, chance: Chance): NextAction {
  const by = chance.pick(['anna', 'boris', 'tomas'] as const);
  const contact = chance.pick([PERSONAS.dana, PERSONAS.dana, PERSONAS.nora]);
  const mpnId = by === 'tomas' ? MPN.tailspin : chance.pick([MPN.fabrikam, MPN.fabrikamSecond]);
  return {
    by,
    does: {
      kind: 'file',
      form: String(number),
      fields: {
        mpnId,
        customerName: `Customer ${number}`,
        customerDomain: 'contoso.com',
        customerTenantId: contact.tenantId,
        customerContactName: 'Contact',
        customerContactTitle: 'CIO',
        customerContactEmail: contact.email,
        partnerContactName: 'Partner',
        partnerContactEmail: 'partner@example.com',
        area: 'businessApplications',
        activity: 'usage',
        products: ['d365-sales'] as never,
        subscriptionIds: [`aaaaaaaa-0000-4000-8000-00000000000${number % 10}`],
      },
    },
  };
}
