/** The operator's forms: shown and answered (R4). */
import type { Desk } from '../../desk/desk.ts';
import type { EnrolmentRefused } from '../../desk/directory/enrolment.ts';
import { isGone } from '../../desk/directory/enrolment.ts';
import type { EnrolmentKind } from '../../desk/directory/operators.ts';
import { say } from '../../locales/say.ts';
import type { EnrolOptions } from '../cards/cardOptions.ts';
import type { Cards } from '../cards/cards.ts';
import { organisationTitle, personTitle } from '../cards/enrolCard.ts';
import type { Card } from '../cards/templates.ts';
import type { Inputs } from '../cards/verbs.ts';
import type { Speech } from '../text/format.ts';
import { formProblem } from '../text/labels.ts';
import type { Caller } from './caller.ts';

const VERBS: Readonly<Record<string, EnrolmentKind>> = {
  enrolPartner: 'partner',
  enrolMember: 'member',
  enrolStaff: 'staff',
  enrolCustomer: 'customer',
  enrolContact: 'contact',
};

/** What a verb enrols; undefined for any other verb. */
export function enrolVerb(verb: string): EnrolmentKind | undefined {
  return Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
}

/** The form to enrol something, or the menu of all forms. Only for operators. */
export async function enrolForm(
  desk: Desk,
  cards: Cards,
  what: EnrolmentKind | undefined,
  { person, speech }: Caller,
  again: Pick<EnrolOptions, 'filled' | 'note'> = {},
): Promise<Card> {
  const choices = await desk.enrolmentChoices(person.id);
  if (!choices) return operatorOnly(cards, speech);
  return what ? cards.enrol(what, { ...speech, ...choices, ...again }) : cards.enrolMenu({ ...speech, ...choices });
}

/** Enrols from a filled-in form; problems are shown on the form itself. A press without inputs only shows the form. */
export async function enrolAnswer(
  desk: Desk,
  cards: Cards,
  what: EnrolmentKind,
  inputs: Inputs,
  caller: Caller,
): Promise<Card> {
  const { person, speech } = caller;
  if (Object.keys(inputs).length === 0) return enrolForm(desk, cards, what, caller);
  const enrolled = await desk.enrol(person.id, what, { ...inputs });
  if (enrolled === 'notAllowed') return operatorOnly(cards, speech);
  if (!enrolled.ok && 'confirmation' in enrolled) return cards.confirmEnrolment(what, inputs, enrolled, speech);
  if (!enrolled.ok) {
    const note = { tone: 'attention', text: problemsOf(enrolled, speech) } as const;
    return enrolForm(desk, cards, what, caller, { filled: inputs, note });
  }
  const name = 'person' in enrolled ? personTitle(enrolled.person) : organisationTitle(enrolled.organisation);
  const text = say(speech.language, isGone(inputs) ? 'answer.unenrolled' : 'answer.enrolled', { name });
  return cards.message(text, { ...speech, tone: 'good' });
}

function operatorOnly(cards: Cards, speech: Speech): Card {
  return cards.message(say(speech.language, 'answer.operatorOnly'), { ...speech, tone: 'attention' });
}

/** What is wrong with a form, in words. */
function problemsOf({ problems }: EnrolmentRefused, speech: Speech): string {
  return problems.map(({ field, problem }) => formProblem(problem, field, speech)).join(' ');
}
