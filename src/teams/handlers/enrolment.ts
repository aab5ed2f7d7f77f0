/** The operator's forms: shown and answered (R4). */
import type { Member } from '../../domain/claims/permission.ts';
import type { Desk } from '../../desk/desk.ts';
import type { EnrolmentResult } from '../../desk/directory/enrolment.ts';
import { isGone } from '../../desk/directory/enrolment.ts';
import { say } from '../../locales/say.ts';
import type { Card } from '../cards/templates.ts';
import type { Cards } from '../cards/cards.ts';
import type { EnrolForm } from '../cards/cardOptions.ts';
import type { Speech } from '../text/format.ts';
import { formProblem } from '../text/labels.ts';
import type { Inputs } from '../cards/verbs.ts';

const VERBS: Readonly<Record<string, EnrolForm>> = {
  enrolPartner: 'partner',
  enrolMember: 'member',
  enrolStaff: 'staff',
  enrolCustomer: 'customer',
  enrolContact: 'contact',
};
const RECENT = 20;

export function enrolVerb(verb: string): EnrolForm | undefined {
  return Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
}

export function isOperator(member: Member): boolean {
  return member.staff.includes('operator');
}

/** The form to enrol something, or the menu of all forms. Only for operators. */
export async function enrolForm(
  desk: Desk,
  cards: Cards,
  what: EnrolForm | undefined,
  member: Member,
  speech: Speech,
  again: { filled?: Inputs; note?: { tone: 'attention'; text: string } } = {},
): Promise<Card> {
  if (!isOperator(member))
    return cards.message(say(speech.language, 'answer.operatorOnly'), { ...speech, tone: 'attention' });
  const people = await desk.people.lastSeen(RECENT);
  const organisations = [
    ...(await desk.people.organisations('partner')),
    ...(await desk.people.organisations('customer')),
  ];
  return what
    ? cards.enrol(what, { ...speech, people, organisations, ...again })
    : cards.enrolMenu({ ...speech, people, organisations });
}

/** Takes a form that was filled in; what is wrong with it is said on the form itself. An empty form is shown, not taken. */
export async function enrolAnswer(
  desk: Desk,
  cards: Cards,
  what: EnrolForm,
  inputs: Inputs,
  member: Member,
  speech: Speech,
): Promise<Card> {
  if (!isOperator(member) || Object.keys(inputs).length === 0) return enrolForm(desk, cards, what, member, speech);
  const enrolled: EnrolmentResult = await desk.enrol[what]({ ...inputs });
  if (!enrolled.ok)
    return enrolForm(desk, cards, what, member, speech, {
      filled: inputs,
      note: { tone: 'attention', text: problemsOf(enrolled, speech) },
    });
  const { name } = 'person' in enrolled ? enrolled.person : enrolled.organisation;
  return cards.message(say(speech.language, isGone(inputs) ? 'answer.unenrolled' : 'answer.enrolled', { name }), {
    ...speech,
    tone: 'good',
  });
}

/** What is wrong with a form, in words. */
function problemsOf({ problems }: Extract<EnrolmentResult, { ok: false }>, speech: Speech): string {
  return problems.map(({ field, problem }) => formProblem(problem, field, speech)).join(' ');
}
