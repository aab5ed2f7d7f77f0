/** What users fill in, which buttons they prefer, and what they type. */
import type { Chance } from '../../support/random.ts';
import type { Json, ShownButton } from '../../acceptance/support/shownCard.ts';
import { PERSONAS, MPN, TENANTS } from './personas.ts';
import type { SimulatedPersona } from './personas.ts';

/** The weight with which a button of a card is pressed, relative to the others. */
export const BUTTON_WEIGHTS: Readonly<Record<string, number>> = {
  submit: 40,
  start: 20,
  resubmit: 20,
  approve: 10,
  request: 7,
  reject: 6,
  overturn: 5,
  uphold: 4,
  deny: 1,
  agree: 1.5,
  notMeant: 4,
  dispute: 9,
  comment: 1.5,
  edit: 1.5,
  reassign: 1,
  withdraw: 0.4,
  assess: 6,
  addPoe: 1.5,
  removePoe: 0.5,
  discard: 0.3,
  documents: 0.3,
  history: 0.6,
  readings: 0.5,
  show: 0.3,
};
/** Every verb of the cards that asks something of a claim. */
export const CLAIM_VERBS = [
  'edit',
  'addPoe',
  'removePoe',
  'discard',
  'submit',
  'start',
  'reassign',
  'request',
  'resubmit',
  'approve',
  'reject',
  'withdraw',
  'deny',
  'agree',
  'notMeant',
  'dispute',
  'uphold',
  'overturn',
  'comment',
  'assess',
  'follow',
  'mute',
  'documents',
  'history',
  'readings',
  'show',
] as const;

export interface Words {
  /** A text of its own, by which a claim's words are known wherever they turn up. */
  word(): string;
  fileName(): string;
}

export function createWords(): Words {
  let words = 0;
  let names = 0;
  return {
    word: () => {
      words += 1;
      return `w${words}x`;
    },
    fileName: () => {
      names += 1;
      return `proof-${names}.pdf`;
    },
  };
}

/** The form of a new claim, complete, on one of two customers. */
export function newClaim(by: SimulatedPersona, number: number, chance: Chance): Json {
  const isTailspin = by.tenantId === TENANTS.tailspin;
  const mpnId = chance.pick(
    isTailspin ? [MPN.tailspin, MPN.tailspin, MPN.moving] : [MPN.fabrikam, MPN.fabrikamSecond, MPN.moving],
  );
  const contact = chance.pick([PERSONAS.dana, PERSONAS.dana, PERSONAS.nora]);
  // R5: now and then the customer's tenant is the partner's own.
  const isOwn = chance.happens(0.04);
  const [kind, products] = chance.pick([
    ['businessApplications/usage', 'd365-sales,power-bi'],
    ['businessApplications/preSales', 'd365-sales'],
    ['microsoft365/usage', ''],
  ] as const);
  return {
    form: `form-${number}`,
    mpnId,
    kind,
    products,
    customerName: `Contoso ${number}`,
    customerDomain: 'contoso.com',
    customerTenantId: isOwn ? by.tenantId : contact.tenantId,
    customerContactName: contact.name,
    customerContactTitle: 'CIO',
    customerContactEmail: contact.email,
    partnerContactName: by.name,
    partnerContactEmail: by.email,
    subscriptionIds: 'aaaaaaaa-0000-4000-8000-000000000001',
  };
}

/** A button's form filled in: each input with something that fits it, now and then with nothing. */
export function filled({ data, inputs }: ShownButton, words: Words, chance: Chance): Json {
  const sent: Record<string, unknown> = { ...data };
  for (const input of inputs) {
    const id = String(input['id']);
    const name = id.split('.').at(-1) ?? id;
    const kept = typeof input['value'] === 'string' ? input['value'] : '';
    sent[id] = valueFor(name, kept, choicesOf(input), words, chance);
  }
  return sent;
}

function choicesOf(input: Json): readonly string[] {
  const { choices } = input;
  return Array.isArray(choices) ? choices.map((choice: Json) => String(choice['value'])) : [];
}

function valueFor(name: string, kept: string, choices: readonly string[], words: Words, chance: Chance): string {
  if (chance.happens(0.06)) return '';
  if (name === 'comment' || name === 'justification' || (name === 'reason' && choices.length === 0))
    return `Because of ${words.word()}`;
  if (choices.length > 0 && (kept === '' || chance.happens(0.2))) return chance.pick(choices);
  if (kept !== '' && chance.happens(0.7)) return kept;
  switch (name) {
    case 'partnerContactName':
      return `Boris ${chance.below(100)}`;
    case 'customerContactEmail':
      return chance.pick([PERSONAS.dana.email, PERSONAS.dana.email, PERSONAS.emil.email, 'nobody@contoso.com']);
    case 'customerContactTitle':
      return `CIO ${chance.below(9)}`;
    case 'programme':
      return chance.pick(['OSU', 'OSU', 'OSA', 'osu']);
    case 'number':
      return chance.happens(0.5) ? `N-${chance.below(9)}` : '';
    default:
      return kept;
  }
}

/** The inputs of a forged press, whatever its verb asks for. `poe`: the id of a proof of that claim. */
export function anyInputs(verb: string, words: Words, chance: Chance, poe: string): Json {
  const comment = `Because of ${words.word()}`;
  const text = (name: string, value: string): Json => ({ [`${verb}.${name}`]: value, [name]: value });
  return {
    ...text('comment', comment),
    ...text('justification', comment),
    ...text(
      'reason',
      chance.pick([
        'insufficientPoe',
        'missingProducts',
        'noLongerWorking',
        'partnerRequest',
        'customerDecline',
        comment,
      ]),
    ),
    ...text('reasons', 'missingOrOldDates'),
    ...text('to', chance.pick([PERSONAS.arun, PERSONAS.rita, PERSONAS.petra, PERSONAS.anna, PERSONAS.fred]).id),
    ...text('eligible', 'yes'),
    ...text('programme', 'OSA'),
    ...text('partnerContactName', `Boris ${chance.below(100)}`),
    ...text('poe', poe),
  };
}

/** What a user asks in words. */
/** What a customer answers to a notice in words: no, yes, or that it was not meant as a no (R59, R60). */
export function answering(claim: string | undefined, chance: Chance): string {
  if (!claim || chance.happens(0.3)) return chance.pick(['No.', 'нет', 'we object', 'We agree']);
  return `${chance.pick(['deny', 'we do not agree with', 'мы против', 'agree', 'not meant as a no'])} ${claim}`;
}

export function saying(claim: string | undefined, words: Words, chance: Chance): string {
  const about = [
    'status',
    'history',
    'follow',
    'mute',
    'comment',
    'withdraw',
    'dispute',
    'resubmit',
    'deny',
    'статус',
    'durum',
    'what about',
  ];
  if (!claim || chance.happens(0.3))
    return chance.pick([
      'my claims',
      'queue',
      'overdue',
      'mine',
      'status',
      'help',
      'мои заявки',
      'new claim',
      'how is the weather',
      'use channel for reviews',
      'enrol staff',
      'history Anna Ahlberg',
      'history Fabrikam',
      'history reviews',
    ]);
  const word = chance.pick(about);
  return word === 'comment' ? `comment ${claim} I mean ${words.word()}` : `${word} ${claim}`;
}
