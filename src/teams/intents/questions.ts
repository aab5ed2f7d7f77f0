/**
 * What a sentence without a claim asks for: a list, how one's own claims stand, help, a form; or nothing, where it only
 * greets or thanks. Unlike an order it may be a question, and unlike talk it has no word that the desk does not know.
 */
import type { Language } from '../../locales/say.ts';
import { LANGUAGES } from '../../locales/say.ts';
import type { Enrolled, Intent } from './intent.ts';
import { ENROLLED, LANGUAGE_NAMES } from './lexicon.ts';
import type { Sentence } from './sentence.ts';
import { areAll, COURTESY, has } from './sentence.ts';
import { fold } from './tokens.ts';
import type { Tag } from './vocabulary.ts';

interface Rule {
  readonly intent: Intent;
  /** One word of each of these. */
  readonly all: readonly Tag[];
  readonly also?: readonly Tag[];
  /** None of these. */
  readonly not?: readonly Tag[];
}

const BESIDE: readonly Tag[] = [...COURTESY, 'now', 'ask', 'be', 'show', 'have'];
const OF_CLAIMS: readonly Tag[] = ['own', 'all', 'open'];

const list = (name: 'claims' | 'queue' | 'mine' | 'overdue'): Intent => ({ kind: 'list', name });

const RULES: readonly Rule[] = [
  {
    intent: { kind: 'newClaim' },
    all: ['new', 'claim'],
    also: ['create', 'submit', 'partner', 'can'],
    not: ['own', 'status', 'news'],
  },
  { intent: { kind: 'newClaim' }, all: ['create', 'claim'], also: ['can', 'partner', 'submit'], not: ['own'] },
  { intent: list('overdue'), all: ['overdue'], also: ['claims', 'claim', 'review', ...OF_CLAIMS] },
  { intent: list('mine'), all: ['assigned'], also: ['claims', 'review', 'waits', 'queue', ...OF_CLAIMS] },
  { intent: list('mine'), all: ['queue', 'own'], also: ['review', 'claims', 'open'] },
  {
    intent: list('mine'),
    all: ['review', 'own'],
    also: ['queue', 'claims', 'open', 'waits'],
    not: ['status'],
  },
  { intent: list('queue'), all: ['queue'], also: ['claims', 'review', 'all', 'open', 'waits'] },
  { intent: list('queue'), all: ['waits', 'review'], also: ['claims', 'all', 'open'] },
  { intent: list('queue'), all: ['pends'], also: ['claims', 'review', 'all', 'open', 'waits', 'told'], not: ['own'] },
  {
    intent: { kind: 'status' },
    all: ['status'],
    also: ['claim', 'claims', 'news', 'happened', 'told', 'review', ...OF_CLAIMS],
  },
  { intent: { kind: 'status' }, all: ['news'], also: ['new', 'claim', 'claims', 'happened', 'told', ...OF_CLAIMS] },
  { intent: list('claims'), all: ['claims'], also: [...OF_CLAIMS, 'pends', 'told'], not: ['happened'] },
  { intent: { kind: 'status' }, all: ['happened', 'claim'], also: ['told', ...OF_CLAIMS] },
  { intent: { kind: 'status' }, all: ['claim', 'own'], also: ['told', 'happened', 'review', 'waits', 'who', 'open'] },
  { intent: { kind: 'help' }, all: ['help'], also: ['can', 'do', 'own', 'waits', 'claims', 'claim'] },
  { intent: { kind: 'help' }, all: ['can', 'ask'], also: ['waits', 'all', 'do'] },
];

/** What a sentence asks for; undefined where it is none of these. */
export function questionOf(sentence: Sentence): Intent | undefined {
  const { items } = sentence;
  const found = RULES.find(
    ({ all, also = [], not = [] }) =>
      all.every((tag) => has(items, tag)) && !has(items, ...not) && areAll(items, [...BESIDE, ...all, ...also]),
  );
  return found?.intent ?? languageOf(sentence) ?? enrolmentOf(sentence);
}

/** Whether a sentence asks for the history of a claim: "who changed it", "neler oldu". */
export function historyOf({ items }: Sentence): boolean {
  return has(items, 'history') || (has(items, 'happened') && has(items, 'ask', 'who'));
}

/** A question about one's own claim, in whatever words: "why does my claim take so long?" */
export function asksForOwn({ items, isQuestion }: Sentence): boolean {
  return has(items, 'own') && has(items, 'claim', 'claims') && (isQuestion || has(items, 'ask'));
}

/** A greeting is answered with help; thanks, "ok" and their like with as much. */
export function talkOf({ items }: Sentence): Intent | undefined {
  if (!areAll(items, ['greet', 'thanks', 'chat', 'fill', 'polite', 'self', 'own']) || items.length === 0)
    return undefined;
  if (items[0]?.tags.has('greet')) return { kind: 'help' };
  if (has(items, 'thanks')) return { kind: 'talk', what: 'thanks' };
  return areAll(items, ['chat', 'greet']) ? { kind: 'talk', what: 'ok' } : undefined;
}

const tongues = new Map(
  LANGUAGES.flatMap((one) => LANGUAGE_NAMES[one].map((name): readonly [string, Language] => [fold(name), one])),
);

function languageOf({ items, isQuestion }: Sentence): Intent | undefined {
  const named = items.filter(({ tags }) => tags.has('tongue'));
  const [language] = named.map(({ read }) => tongues.get(read));
  const beside: readonly Tag[] = ['fill', 'polite', 'greet', 'wish', 'self', 'own', 'this', 'now', 'thanks'];
  const isAll = areAll(items, [...beside, 'language', 'switch', 'tongue']);
  return language && named.length === 1 && isAll && !isQuestion ? { kind: 'language', language } : undefined;
}

const enrolled = new Map(
  Object.entries(ENROLLED).flatMap(([what, names]) =>
    names.map((name): readonly [string, Enrolled] => [fold(name), what as Enrolled]),
  ),
);

/** An order to enrol, with one of the names of what can be enrolled and nothing else. */
function enrolmentOf({ items, isQuestion }: Sentence): Intent | undefined {
  const beside: readonly Tag[] = ['enrol', 'polite', 'greet', 'wish', 'self', 'new', 'own', 'thanks', 'now'];
  if (!has(items, 'enrol') || isQuestion) return undefined;
  const rest = items.filter((item) => !areAll([item], beside)).map(({ read }) => read);
  const names = [rest, rest.filter((word) => !['a', 'an', 'the', 'bir'].includes(word))].map((some) => some.join(' '));
  const what = names.map((name) => enrolled.get(name)).find((one) => one !== undefined);
  return what && { kind: 'enrol', what };
}
