/**
 * The operator's forms: organisations, people and their roles (R4). The names of the inputs are those that the desk
 * reads.
 */
import { MAX_NAME } from '../../domain/claims/fields.ts';
import type { PartnerRole, StaffRole } from '../../domain/claims/permission.ts';
import { PARTNER_ROLES, STAFF_ROLES } from '../../domain/claims/permission.ts';
import type { FormField } from '../../desk/directory/enrolment.ts';
import type { Organisation, Person } from '../../desk/directory/people.ts';
import type { SentenceKey } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { FormSpec } from './buttons.ts';
import { button, formButton, formElement } from './buttons.ts';
import type { EnrolmentKind, EnrolmentUnconfirmed } from '../../desk/directory/operators.ts';
import type { EnrolMenuOptions, EnrolOptions } from './cardOptions.ts';
import type { InputSpec } from './inputs.ts';
import { severalTyped, typed } from './inputs.ts';
import { truncateWithEllipsis } from './escape.ts';
import { noteElement, page, sectionElements } from './page.ts';
import { line, run, section } from './elements.ts';
import type { Speech } from '../text/format.ts';
import { clockName, formLabel, idPart, roleName } from '../text/labels.ts';
import type { Card, Fill } from './templates.ts';
import type { Inputs, Verb } from './verbs.ts';

const FORMS: Readonly<
  Record<EnrolmentKind, { readonly verb: Verb; readonly title: SentenceKey; readonly explanation: SentenceKey }>
> = {
  partner: { verb: 'enrolPartner', title: 'enrol.partner', explanation: 'enrol.partnerTells' },
  member: { verb: 'enrolMember', title: 'enrol.member', explanation: 'enrol.memberTells' },
  staff: { verb: 'enrolStaff', title: 'enrol.staff', explanation: 'enrol.staffTells' },
  customer: { verb: 'enrolCustomer', title: 'enrol.customer', explanation: 'enrol.customerTells' },
  contact: { verb: 'enrolContact', title: 'enrol.contact', explanation: 'enrol.contactTells' },
};
const GUID_LENGTH = 36;
const MAX_EMAIL = 254;
const MAX_LIST_LENGTH = 500;
const MAX_TITLE = 30;
/** More would not fit on a card. */
const MAX_ORGANISATIONS = 100;
const MAX_PEOPLE = 20;
const MAX_CLOCKS = 20;
const A_GUID = '00000000-0000-0000-0000-000000000000';

/** One enrolment form, open. */
export function enrolCard(fill: Fill, what: EnrolmentKind, options: EnrolOptions): Card {
  const { language, note } = options;
  const form = formOf(what, options);
  return page(
    fill,
    {
      title: form.title,
      body: [
        ...(note ? [noteElement(fill, note)] : []),
        formElement(fill, form, language, { titled: true, shared: false }),
      ],
      actions: [button(fill, form.send)],
    },
    options,
  );
}

/** What the form would stop, and the button that sends it again as it was, confirmed (R45). */
export function confirmEnrolmentCard(
  fill: Fill,
  what: EnrolmentKind,
  form: Inputs,
  { organisations, clocks, confirmation }: EnrolmentUnconfirmed,
  options: Speech,
): Card {
  const { language } = options;
  const title = say(language, 'enrol.stops');
  const left = clocks.length - MAX_CLOCKS;
  const lines = [
    ...organisations.map((one) => line(run(organisationTitle(one), 'bold'))),
    line(run(say(language, 'enrol.stopsTells'))),
    ...clocks.slice(0, MAX_CLOCKS).map(({ claim, clock }) => line(run(`• ${claim}: ${clockName(clock, options)}`))),
    ...(left > 0 ? [line(run(say(language, 'card.andMore', { count: left })))] : []),
  ];
  const filled = Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const data = { ...Object.fromEntries(filled), confirmation, verb: FORMS[what].verb };
  return page(
    fill,
    {
      title,
      body: [fill('title', { title }), ...sectionElements(fill, [section('', { style: 'warning', lines })])],
      actions: [button(fill, { title: say(language, 'button.stopClocks'), data, style: 'destructive' })],
    },
    options,
  );
}

/** All five forms, each behind its button. */
export function enrolMenuCard(fill: Fill, options: EnrolMenuOptions): Card {
  const { language } = options;
  const title = say(language, 'enrol.title');
  return page(
    fill,
    {
      title,
      body: [
        fill('title', { title }),
        ...sectionElements(fill, [section('', { lines: [line(run(say(language, 'enrol.tells')))] })]),
      ],
      actions: (Object.keys(FORMS) as EnrolmentKind[]).map((what) => formButton(fill, formOf(what, options), language)),
    },
    options,
  );
}

/** Names are chosen by those who have them. The part of the id tells apart who took the name of another (R4). */
export function personTitle({ id, name, email }: Pick<Person, 'id' | 'name' | 'email'>): string {
  const named = [name, email].filter((one) => one !== '').join(' · ');
  return [truncateWithEllipsis(named, MAX_TITLE), idPart(id)].filter((one) => one !== '').join(' · ');
}

/** An organisation with a part of its tenant's id. */
export function organisationTitle({ name, tenantId }: Pick<Organisation, 'name' | 'tenantId'>): string {
  return `${truncateWithEllipsis(name, MAX_TITLE)} · ${tenantId.slice(0, 8)}…`;
}

function formOf(what: EnrolmentKind, options: EnrolOptions): FormSpec {
  const { language } = options;
  const { verb, title, explanation } = FORMS[what];
  return {
    title: say(language, title),
    lines: [line(run(say(language, explanation)))],
    inputs: inputsOfForm(what, options),
    send: { title: say(language, 'button.enrol'), data: { verb }, style: 'positive' },
  };
}

function inputsOfForm(what: EnrolmentKind, options: EnrolOptions): readonly InputSpec[] {
  const { organisations, filled = {} } = options;
  const text = (name: FormField, most: number, required: boolean, placeholder = ''): InputSpec => ({
    kind: 'text',
    name,
    label: formLabel(name, options),
    value: typed(filled, name),
    maxLength: most,
    required,
    placeholder,
    email: name === 'email',
  });
  const roles = (known: readonly (PartnerRole | StaffRole)[]): InputSpec => ({
    kind: 'choice',
    name: 'roles',
    label: formLabel('roles', options),
    choices: known.map((role) => ({ title: roleName(role, options), value: role })),
    chosen: severalTyped(filled, 'roles'),
    several: true,
    expanded: true,
  });
  switch (what) {
    case 'partner':
      return [
        text('name', MAX_NAME, true),
        text('tenantId', GUID_LENGTH, true, A_GUID),
        text('mpnIds', MAX_LIST_LENGTH, true, '1234567, 7654321'),
        gone('enrol.goneOrganisationYes'),
      ];
    case 'customer':
      return [
        text('name', MAX_NAME, true),
        text('tenantId', GUID_LENGTH, true, A_GUID),
        gone('enrol.goneOrganisationYes'),
      ];
    case 'member':
      return [
        ...who(),
        organisationInput(organisations.filter((one) => one.kind === 'partner')),
        roles(PARTNER_ROLES),
        gone('enrol.goneYes'),
      ];
    case 'staff':
      return [...who(), roles(STAFF_ROLES)];
    case 'contact':
      return [...who(true), gone('enrol.goneYes')];
  }

  /** Takes the enrolment away again. */
  function gone(yes: 'enrol.goneYes' | 'enrol.goneOrganisationYes'): InputSpec {
    const choices = [{ title: say(options.language, yes), value: 'yes' }];
    return {
      kind: 'choice',
      name: 'gone',
      label: say(options.language, 'enrol.gone'),
      choices,
      chosen: severalTyped(filled, 'gone'),
      several: true,
      expanded: true,
    };
  }

  /** A person who wrote to the bot, or the ids of one who has not yet. */
  function who(emailNeeded = false): readonly InputSpec[] {
    const people = options.people.slice(0, MAX_PEOPLE).map((person) => ({
      title: personTitle(person),
      value: person.id,
    }));
    const chosen: InputSpec = {
      kind: 'choice',
      name: 'person',
      label: say(options.language, 'enrol.person'),
      choices: people,
      chosen: [typed(filled, 'person')],
    };
    return [
      ...(people.length > 0 ? [chosen] : []),
      text('tenantId', GUID_LENGTH, false, A_GUID),
      text('objectId', GUID_LENGTH, false, A_GUID),
      text('name', MAX_NAME, false),
      text('email', MAX_EMAIL, emailNeeded),
    ];
  }

  function organisationInput(all: readonly Organisation[]): InputSpec {
    return {
      kind: 'choice',
      name: 'organisation',
      label: formLabel('organisation', options),
      choices: all.slice(0, MAX_ORGANISATIONS).map((one) => ({ title: organisationTitle(one), value: one.id })),
      chosen: [typed(filled, 'organisation')],
      required: true,
    };
  }
}
