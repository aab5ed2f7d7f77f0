/** One action on the desk, and everything that has to be true after it. */
import type { ClaimId, PersonId } from '../../src/domain/claims/values.ts';
import { LANGUAGES } from '../../src/locales/say.ts';
import { RULES } from '../domain/claims/scenario.ts';
import { PERSONAS } from '../acceptance/support/personas.ts';
import { SECRET } from './claimsOfAct.ts';
import type { DeskUnderFuzz } from './deskUnderFuzz.ts';
import { idOf } from './deskUnderFuzz.ts';
import { isRecord } from './json.ts';
import { unpolluted } from './pollution.ts';
import { readableCard, readableMessage } from './readable.ts';
import { promise } from './target.ts';
import type { Taken } from './target.ts';
import { onlyBy, onlyLawful, onlyVisited } from './unchanged.ts';

export interface Action {
  /** `tenantId/objectId` of the person who acts, as the directory would have to know them. */
  readonly by?: string;
  /** Acts; returns the cards that are shown to this person alone. */
  readonly act: () => Promise<readonly unknown[]>;
}

/**
 * Acts, waits for what follows, and checks the desk's promises. `accepted` is what the desk did, had done already, or
 * answered in words.
 */
export async function checkAction(fuzzed: DeskUnderFuzz, { by, act }: Action): Promise<Taken> {
  const { desk, documents, spoken, errors, verdicts } = fuzzed;
  fuzzed.forget();
  const shown = await act();
  await desk.idle();
  const [error] = errors;
  if (error !== undefined) throw faultOf(error);
  for (const { activity } of spoken) readableMessage(activity);
  for (const card of shown) readableCard(card);
  const isDone = verdicts.includes('done');
  if (!isDone) onlyVisited(documents.writes);
  onlyBy(by, documents.writes);
  onlyLawful(documents.writes);
  await keptFromStrangers(fuzzed, by, shown);
  unpolluted();
  if (isDone) await shownToAll(fuzzed);
  return isDone || verdicts.includes('known') || (verdicts.length === 0 && spoken.length > 0) ? 'accepted' : 'refused';
}

/** A fault that the desk caught and logged. */
function faultOf(logged: unknown): Error {
  const { sentence, error } = isRecord(logged) ? logged : {};
  return new Error(`the log has a fault: ${String(sentence)}`, { cause: error });
}

/** A person whom the desk does not know sees no claim (R6). */
async function keptFromStrangers(
  { desk }: DeskUnderFuzz,
  by: string | undefined,
  shown: readonly unknown[],
): Promise<void> {
  if (!JSON.stringify(shown).includes(SECRET)) return;
  const member = by === undefined ? undefined : await desk.member(by as PersonId);
  const isSomebody =
    member !== undefined &&
    (member.staff.length > 0 || member.memberships.length > 0 || member.contactOf.length > 0 || member.email !== '');
  promise(isSomebody, 'someone who is no one to the desk was shown a claim', by);
}

/** What was changed is shown to the partner, the reviewers and the customer, in one language after the other. */
async function shownToAll({ desk, documents, cards, now }: DeskUnderFuzz): Promise<void> {
  const changed = new Set(documents.writes.filter(({ kind }) => kind === 'claim').map(({ id }) => id as ClaimId));
  for (const claim of changed) {
    for (const [at, person] of [PERSONAS.anna, PERSONAS.lena, PERSONAS.dana].entries()) {
      const language = LANGUAGES[(at + documents.writes.length) % LANGUAGES.length] ?? 'en';
      const speech = { language, zone: RULES.programme.policy.zone };
      const found = await desk.history(idOf(person) as PersonId, claim);
      if (!found) continue;
      readableCard(cards.claim(found.view, { ...speech, now: now(), place: 'personal' }));
      readableCard(cards.history(found.view, found.entries, speech));
    }
  }
}
