/** Journals of rights and reading logs, as cards for those to whom they are open (R55). */
import type { Desk } from '../../desk/desk.ts';
import { JOURNALED_KINDS } from '../../desk/directory/people.ts';
import type { JournalAsked } from '../../desk/queries/journals.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { say } from '../../locales/say.ts';
import { textOf } from '../activity.ts';
import type { Cards } from '../cards/cards.ts';
import type { Card } from '../cards/templates.ts';
import type { Inputs } from '../cards/verbs.ts';
import type { Caller } from './caller.ts';

/** The journal of whom a name means; or why it is not for this person. */
export async function journalByName(desk: Desk, cards: Cards, name: string, caller: Caller): Promise<Card> {
  return journalOf(desk, cards, { name }, name, caller);
}

/** The journal that was chosen on a card, or another page of it. */
export async function journalChosen(desk: Desk, cards: Cards, inputs: Inputs, caller: Caller): Promise<Card> {
  const chosen = textOf(inputs['of']);
  const kind = JOURNALED_KINDS.find((one) => chosen.startsWith(`${one} `));
  const asked = kind ? { kind, id: chosen.slice(kind.length + 1) } : { name: '' };
  return journalOf(desk, cards, asked, '', caller, pageIn(inputs));
}

async function journalOf(
  desk: Desk,
  cards: Cards,
  asked: JournalAsked,
  name: string,
  { person, speech }: Caller,
  page?: number,
): Promise<Card> {
  const found = await desk.journal(person.id, asked);
  if (!found) return cards.message(say(speech.language, 'answer.journalNotYours'), { ...speech, tone: 'attention' });
  return cards.journal(name, found, { ...speech, ...(page !== undefined && { page }) });
}

/** Who opened the documents of a claim, for an operator who does not see the claim; undefined for anyone else. */
export async function hiddenReadings(
  desk: Desk,
  cards: Cards,
  claim: ClaimId,
  { person, speech }: Caller,
): Promise<Card | undefined> {
  const found = await desk.readings(person.id, claim);
  return found && cards.readings(found, speech);
}

/** Who opened the documents of a claim; or that it is not for this person. */
export async function readingsAnswer(
  desk: Desk,
  cards: Cards,
  claim: ClaimId,
  inputs: Inputs,
  { person, speech }: Caller,
): Promise<Card> {
  const found = await desk.readings(person.id, claim);
  if (!found) return cards.message(say(speech.language, 'answer.readingsNotYours'), { ...speech, tone: 'attention' });
  const page = pageIn(inputs);
  return cards.readings(found, { ...speech, ...(page !== undefined && { page }) });
}

function pageIn(inputs: Inputs): number | undefined {
  const asked = inputs['page'];
  const page = typeof asked === 'number' || typeof asked === 'string' ? Number(asked) : 0;
  return Number.isSafeInteger(page) && page > 0 ? page : undefined;
}
