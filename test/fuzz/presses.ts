/**
 * Presses as the cards send them: each verb with the inputs of its form, by a person who may press it, most of the
 * time.
 */
import { PARTNER_REQUEST_REASONS, REQUEST_REASONS, REVIEWER_REASONS } from '../../src/domain/claims/catalogue.ts';
import type { CommandType } from '../../src/domain/claims/commands.ts';
import { OTHER_VERBS, VERBS } from '../../src/teams/cards/verbs.ts';
import type { Verb } from '../../src/teams/cards/verbs.ts';
import type { Chance } from '../support/random.ts';
import type { PersonaName } from '../acceptance/support/personas.ts';
import {
  PERSONAS,
  CUSTOMER_TENANT,
  MPN,
  OTHER_MPN,
  PARTNER_TENANT,
  SECOND_MPN,
} from '../acceptance/support/personas.ts';
import { LAW } from '../domain/claims/model/law.ts';
import type { ClaimsOfAct, StageName } from './claimsOfAct.ts';
import { RELATIONS, STAGE_OF } from './claimsOfAct.ts';
import type { DeskUnderFuzz, Somebody } from './deskUnderFuzz.ts';
import { idOf, PEOPLE } from './deskUnderFuzz.ts';
import { hostileText } from './hostile.ts';
import { isRecord } from './json.ts';
import type { Json } from './json.ts';

export interface PressMade {
  readonly by: Somebody;
  readonly verb: Verb;
  readonly data: Json;
}

const ALL_VERBS: readonly Verb[] = [...Object.values(VERBS), ...OTHER_VERBS];

interface Usual {
  readonly stages: readonly StageName[];
  readonly by: readonly Somebody[];
}

const CAST_NAMES = Object.keys(PERSONAS) as readonly PersonaName[];
const STAGE_NAMES = Object.keys(STAGE_OF) as readonly (keyof typeof STAGE_OF)[];

/** In which stages the model of the law takes a command, and who may give it. */
function lawful(command: CommandType): Usual {
  const { from, who } = LAW[command];
  return {
    stages: STAGE_NAMES.filter((name) => from.includes(STAGE_OF[name])),
    by: CAST_NAMES.filter((name) => who.denial(RELATIONS[name]) === undefined).map((name) => PERSONAS[name]),
  };
}

const operating: Usual = { stages: ['editing'], by: [PERSONAS.otto] };
/** From which stage a verb is pressed, and by whom. */
const USUAL: Readonly<Partial<Record<Verb, Usual>>> = {
  ...Object.fromEntries(
    (Object.entries(VERBS) as [keyof typeof VERBS, Verb][]).map(([command, verb]) => [verb, lawful(command)]),
  ),
  // Nothing is to be removed where there is no PoE.
  removePoe: { ...lawful('RemovePoe'), stages: ['complete'] },
  create: { stages: ['editing'], by: [PERSONAS.anna] },
  enrolPartner: operating,
  enrolMember: operating,
  enrolStaff: operating,
  enrolCustomer: operating,
  enrolContact: operating,
};

/** A press that would be accepted, most of the time. */
export function pressMade(
  chance: Chance,
  fuzzed: DeskUnderFuzz,
  claims: ClaimsOfAct,
  verbs: readonly Verb[] = ALL_VERBS,
): PressMade {
  const verb = chance.pick(verbs);
  const usual = chance.happens(0.85) ? USUAL[verb] : undefined;
  const claim = claims[chance.pick(usual?.stages ?? (Object.keys(claims) as StageName[]))];
  const by = chance.pick(usual?.by ?? PEOPLE);
  const inputs = inputsMade(chance, verb, fuzzed, claim, claims);
  const isPrefixed = chance.happens(0.6);
  return {
    by,
    verb,
    data: {
      verb,
      claim,
      version: versionMade(chance, fuzzed, claim),
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [
          isPrefixed && name !== 'form' ? `${verb}.${name}` : name,
          value,
        ]),
      ),
    },
  };
}

/** The claim's current version; sometimes an older one, or one that never existed. */
function versionMade(chance: Chance, fuzzed: DeskUnderFuzz, claim: string): unknown {
  const body = fuzzed.documents.peek('claim', claim);
  const entries: unknown = isRecord(body) ? body['entries'] : [];
  const version = Array.isArray(entries) ? entries.length : 1;
  return chance.happens(0.9)
    ? version
    : chance.pick<unknown>([
        version - 1,
        1,
        0,
        -1,
        0.5,
        version + 1,
        1e308,
        String(version),
        '1',
        null,
        2 ** 53,
        [version],
      ]);
}

function inputsMade(chance: Chance, verb: Verb, fuzzed: DeskUnderFuzz, claim: string, claims: ClaimsOfAct): Json {
  const comment = textMade(chance, 'The period does not match.');
  switch (verb) {
    case 'edit':
      return someOf(chance, fieldsMade(chance));
    case 'create':
      return {
        form: textMade(chance, `form-${chance.below(1_000)}`),
        ...(chance.happens(0.3) ? fieldsMade(chance) : newClaimMade(chance)),
      };
    case 'removePoe':
      return { poe: poeOf(fuzzed, claim) };
    case 'reassign':
      return { to: chance.happens(0.2) ? '' : idOf(chance.pick(PEOPLE)) };
    case 'request':
      return {
        reasons: chance.happens(0.8)
          ? REQUEST_REASONS.filter(() => chance.happens(0.4)).join(',')
          : hostileText(chance),
        comment,
      };
    case 'reject':
      return { reason: chance.pick<string>([...REVIEWER_REASONS, 'partnerRequest']), comment };
    case 'withdraw':
      return { reason: chance.pick<string>([...PARTNER_REQUEST_REASONS, 'x']), comment };
    case 'approve':
    case 'uphold':
    case 'overturn':
    case 'comment':
      return { comment };
    case 'deny':
      return { reason: comment };
    case 'dispute':
      return { justification: comment };
    case 'assess':
      return {
        eligible: chance.pick(['yes', 'no', '']),
        programme: chance.happens(0.5) ? 'OSU' : textMade(chance, 'OSA'),
        number: textMade(chance, 'OSU-17'),
        reason: textMade(chance, 'A mistake.'),
      };
    case 'history':
      return { page: chance.pick<unknown>([1, '2', 0, -1, 1e308, 'x', 1.5]) };
    case 'commentOn':
      return { text: comment, claim: chance.pick(Object.values(claims)) };
    case 'fileFor':
      return { files: textMade(chance, 'none'), claim: chance.pick(Object.values(claims)) };
    case 'language':
      return { language: chance.pick(['en', 'ru', 'tr', 'de', '']) };
    case 'enrolPartner':
      return {
        name: textMade(chance, 'Northwind'),
        tenantId: tenantMade(chance),
        mpnIds: chance.pick(['6660001', '6660001, 6660002', MPN, OTHER_MPN, 'x', '']),
      };
    case 'enrolCustomer':
      return { name: textMade(chance, 'Contoso'), tenantId: tenantMade(chance) };
    case 'enrolMember':
      return {
        ...whoMade(chance),
        organisation: chance.pick([
          `partner:${PARTNER_TENANT}`,
          'partner:x',
          '__proto__',
          `customer:${CUSTOMER_TENANT}`,
        ]),
        roles: chance.pick(['incentivesAdmin', 'billingAdmin,globalAdmin', '', 'lead']),
        ...gone(chance),
      };
    case 'enrolStaff':
      return {
        ...whoMade(chance),
        roles: chance.pick(['reviewer', 'reviewer,lead', 'operator', '', 'king', '__proto__']),
      };
    case 'enrolContact':
      return { ...whoMade(chance), tenantId: chance.pick([CUSTOMER_TENANT, tenantMade(chance)]), ...gone(chance) };
    default:
      return {};
  }
}

/** A new person or a known one, with a name that may be anything. */
function whoMade(chance: Chance): Json {
  const { tenantId, objectId } = chance.pick(PEOPLE);
  const typed = {
    tenantId,
    objectId: chance.happens(0.5) ? objectId : `aaaaaaaa-0000-4000-8000-0000000009${10 + chance.below(80)}`,
    name: textMade(chance, 'Zoe Zimt'),
    email: chance.pick(['zoe@contoso.com', 'zoe', '', 'dana@contoso.com']),
  };
  return chance.happens(0.3) ? { person: `${tenantId}/${objectId}`, email: typed.email } : typed;
}

function gone(chance: Chance): Json {
  return chance.happens(0.15) ? { gone: chance.pick<unknown>(['yes', true, 'no', 1]) } : {};
}

function tenantMade(chance: Chance): string {
  return chance.happens(0.7)
    ? `66666666-6666-4666-8666-66666666666${chance.below(10)}`
    : chance.pick([
        CUSTOMER_TENANT,
        PARTNER_TENANT,
        'x',
        '__proto__',
        `${CUSTOMER_TENANT} `,
        CUSTOMER_TENANT.toUpperCase(),
      ]);
}

function newClaimMade(chance: Chance): Json {
  return {
    mpnId: chance.pick([MPN, MPN, MPN, SECOND_MPN, OTHER_MPN, 'x']),
    kind: chance.pick(['businessApplications/usage', 'microsoft365/usage', 'microsoft365/preSales', 'x/y', '/']),
    customerName: textMade(chance, 'Wingtip'),
  };
}

/** The fields of a claim as its form sends them. */
export function fieldsMade(chance: Chance): Json {
  return {
    ...newClaimMade(chance),
    customerDomain: textMade(chance, 'wingtip.example'),
    customerTenantId: chance.pick([CUSTOMER_TENANT, PARTNER_TENANT, 'x', CUSTOMER_TENANT.toUpperCase()]),
    customerContactName: textMade(chance, 'Dana Diaz'),
    customerContactTitle: textMade(chance, 'CIO'),
    customerContactEmail: textMade(chance, 'dana@contoso.com'),
    partnerContactName: textMade(chance, 'Anna Ahlberg'),
    partnerContactEmail: textMade(chance, 'anna@fabrikam.com'),
    products: chance.pick(['d365-sales', 'd365-sales,power-bi', 'exchange-online', 'x', ',', '']),
    subscriptionIds: chance.pick([
      'aaaaaaaa-0000-4000-8000-000000000001',
      'AAAAAAAA-0000-4000-8000-000000000002, x',
      '',
      'aaaaaaaa-0000-4000-8000-000000000001;'.repeat(60),
    ]),
  };
}

/** The correct value, or anything. */
export function textMade(chance: Chance, usual: string): string {
  return chance.happens(0.55) ? usual : chance.happens(0.5) ? `${usual} ${hostileText(chance)}` : hostileText(chance);
}

function someOf(chance: Chance, all: Json): Json {
  const share = chance.pick([0.1, 0.3, 1]);
  return Object.fromEntries(Object.entries(all).filter(() => chance.happens(share)));
}

function poeOf(fuzzed: DeskUnderFuzz, claim: string): string {
  return fuzzed.files.keys(`poe/${claim}/`)[0]?.split('/')[2] ?? 'none';
}
