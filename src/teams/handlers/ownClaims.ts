/** Which of the claims of the person who writes a sentence means, where it names none by its whole id. */
import type { Desk } from '../../desk/desk.ts';
import type { PersonId } from '../../domain/claims/values.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { wordsOf } from '../intents/tokens.ts';

const MAX_KNOWN = 100;
const MIN_STEM = 4;
const MAX_ENDING = 3;

/** A person's claims, of which at most 100 are looked through. */
export interface OwnClaims {
  /**
   * Those that a part of an id or a customer's name can mean. Undefined where the person has more claims than are
   * looked through: then no name is sure.
   */
  meant(
    person: PersonId,
    by: { readonly part: string } | { readonly name: string },
  ): Promise<readonly ClaimView[] | undefined>;
  /** Those whose consent the person can still deny as a customer (R24). */
  openConsents(person: PersonId): Promise<readonly ClaimView[]>;
  /** The first of their claims, what is due first before what is not; `more` where there are others. */
  urgentFirst(
    person: PersonId,
    limit: number,
  ): Promise<{ readonly views: readonly ClaimView[]; readonly more: boolean } | undefined>;
}

/** Every question is one list of the desk. */
export function createOwnClaims(desk: Pick<Desk, 'list'>): OwnClaims {
  return {
    async meant(person, by) {
      const found = await desk.list(person, 'claims', MAX_KNOWN);
      if (found?.more) return undefined;
      const views = found?.views ?? [];
      if ('part' in by) return views.filter(({ claim }) => claim.id.slice('CPOR-'.length).includes(by.part));
      const name = wordsOf(by.name).map(({ word }) => word);
      return views.filter(({ claim }) => isNamed(name, claim.fields.customerName));
    },

    async openConsents(person) {
      const found = await desk.list(person, 'claims', MAX_KNOWN);
      return (found?.views ?? []).filter(({ side, stage }) => side === 'customer' && stage === 'ConsentOpen');
    },

    async urgentFirst(person, limit) {
      const found = await desk.list(person, 'claims', MAX_KNOWN);
      if (!found) return undefined;
      const sorted = [...found.views].sort((one, other) => dueOf(one) - dueOf(other));
      return { views: sorted.slice(0, limit), more: found.more || sorted.length > limit };
    },
  };
}

/** When the first of its running clocks is due, in milliseconds; what is not due comes last. */
function dueOf({ clocks }: ClaimView): number {
  const due = clocks.flatMap(({ state, dueAt }) => (state === 'running' && dueAt !== undefined ? [dueAt] : []));
  return Math.min(...due, Number.MAX_SAFE_INTEGER);
}

/** Whether all words of a name are in that of a customer, in their order; they may have endings ("Fabrikam'ın"). */
function isNamed(name: readonly string[], customer: string): boolean {
  const words = wordsOf(customer).map(({ word }) => word);
  if (name.length === 0) return false;
  return words.some((_, start) => isRun(name, words.slice(start)));
}

function isRun(name: readonly string[], words: readonly string[]): boolean {
  let at = 0;
  for (const word of name) {
    const own = words[at];
    if (own !== undefined && isForm(word, own)) at += 1;
    else if (at === 0 || word.length > MAX_ENDING) return false;
  }
  return at > 0;
}

function isForm(word: string, own: string): boolean {
  if (word === own) return true;
  const stem = own.length > MIN_STEM ? own.slice(0, -1) : own;
  return own.length >= MIN_STEM && word.startsWith(stem) && word.length <= own.length + MAX_ENDING;
}
