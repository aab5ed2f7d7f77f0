/**
 * Which command about a claim a sentence gives. What counts is which words it has, not their order: the words of the
 * command, of politeness, and for the claim. With any other word it gives none: a negation, a question, a report, what
 * will be done, a name or a word that the desk does not know. So what is not understood as a whole changes nothing.
 */
import type { Language } from '../../locales/say.ts';
import type { Act, CardVerb } from './intent.ts';
import type { Item, Sentence } from './sentence.ts';
import { COURTESY, has } from './sentence.ts';
import type { Tag } from './vocabulary.ts';

/** A command about a claim, in the language of its words. */
export interface Order {
  readonly verb: Act | CardVerb;
  readonly language: Language;
}

interface Rule {
  readonly verb: Act | CardVerb;
  /** One word of each of these, in any order. */
  readonly all: readonly Tag[];
  /** Words that may be there too. */
  readonly also?: readonly Tag[];
  /** How many words the desk need not know: names and reasons, where nothing is done by the command alone. */
  readonly others?: number;
}

/** Words that change nothing about a command. */
const BESIDE: ReadonlySet<Tag> = new Set<Tag>([...COURTESY, 'own', 'claim', 'now']);

/** Words that may stand among names and reasons. */
const REASONS: ReadonlySet<Tag> = new Set<Tag>([
  'ready',
  'files',
  'information',
  'new',
  'partner',
  'all',
  'claims',
  'review',
  'edit',
]);

const MAX_MENDED = 1;
const MAX_OTHERS = 4;

const RULES: readonly Rule[] = [
  { verb: 'resubmit', all: ['submit', 'again'], also: ['review'] },
  { verb: 'resubmit', all: ['resubmit'], also: ['again', 'review'] },
  { verb: 'submit', all: ['submit'], also: ['review'] },
  { verb: 'withdraw', all: ['withdraw'], also: ['do'] },
  { verb: 'withdraw', all: ['take', 'back'] },
  { verb: 'dispute', all: ['dispute'], also: ['rejection', 'do', 'submit', 'create', 'agreed'] },
  { verb: 'dispute', all: ['deny', 'rejection'] },
  { verb: 'dispute', all: ['neg', 'consent', 'rejection'] },
  { verb: 'mute', all: ['mute'], also: ['notices', 'do', 'take', 'follow'] },
  { verb: 'mute', all: ['notices', 'off'] },
  { verb: 'mute', all: ['stop', 'notices'] },
  { verb: 'mute', all: ['stop', 'notify'] },
  { verb: 'mute', all: ['stop', 'follow'] },
  { verb: 'follow', all: ['follow'], also: ['do', 'notices', 'take'] },
  { verb: 'follow', all: ['notices', 'receive'] },
  { verb: 'follow', all: ['notify', 'self'] },
  { verb: 'follow', all: ['notices', 'on'] },
  { verb: 'deny', all: ['deny'], also: ['consent', 'partner', 'no'] },
  { verb: 'deny', all: ['neg', 'consent'], also: ['partner', 'no', 'do', 'third', 'will'] },
  { verb: 'deny', all: ['neg', 'partner'], also: ['no', 'third', 'be'] },
  { verb: 'deny', all: ['no', 'consent'], also: ['do'] },
  { verb: 'agree', all: ['consent'], also: ['partner', 'agreed', 'do', 'chat'] },
  { verb: 'approve', all: ['approve'], others: MAX_OTHERS },
  { verb: 'reject', all: ['reject'], also: ['do', 'rejection'], others: MAX_OTHERS },
  { verb: 'request', all: ['request', 'information'], also: ['new', 'add'], others: MAX_OTHERS },
  { verb: 'reassign', all: ['assign'], also: ['review'], others: MAX_OTHERS },
  { verb: 'addPoe', all: ['upload'], also: ['files', 'new'], others: MAX_OTHERS },
  { verb: 'addPoe', all: ['add', 'files'], also: ['new'], others: MAX_OTHERS },
  { verb: 'start', all: ['start'], also: ['review', 'do'] },
  { verb: 'edit', all: ['edit'], also: ['do', 'new', 'information'] },
  { verb: 'discard', all: ['discard'] },
  { verb: 'uphold', all: ['uphold', 'rejection'] },
  { verb: 'overturn', all: ['overturn', 'rejection'] },
];

/** The command of a sentence; undefined where it gives none. `isNamed`: it has the id of a claim. */
export function orderOf({ items, isQuestion }: Sentence, isNamed = false): Order | undefined {
  if (isQuestion) return undefined;
  const asked = withoutReasons(items);
  for (const rule of RULES) {
    const language = matched(rule, asked, isNamed);
    if (language) return { verb: rule.verb, language };
  }
  return undefined;
}

function matched({ all, also = [], others = 0 }: Rule, items: readonly Item[], isNamed: boolean): Language | undefined {
  const allowed = new Set<Tag>([...BESIDE, ...all, ...also]);
  const strange = items.filter(({ tags }) => ![...tags].some((tag) => allowed.has(tag)));
  if (strange.length > (isNamed ? others : 0) || !strange.every(({ tags }) => isReason(tags))) return undefined;
  const core = all.map((tag) => items.find((item) => item.tags.has(tag)));
  if (core.some((item) => item === undefined) || new Set(core).size < core.length) return undefined;
  if (items.reduce((sum, item) => sum + item.mended, 0) > MAX_MENDED) return undefined;
  return core[0]?.language;
}

/** Whether an extra word is one that the desk does not know, or that says no more than why. */
function isReason(tags: ReadonlySet<Tag>): boolean {
  return [...tags].every((tag) => REASONS.has(tag));
}

/** Without the clauses that only say why: "we answered", "все добавили", "eksikleri tamamladık". */
function withoutReasons(items: readonly Item[]): readonly Item[] {
  const isReady = (clause: number): boolean => {
    const own = items.filter((item) => item.clause === clause);
    return (
      own.every(({ tags }) =>
        ['ready', 'self', 'fill', 'own', 'claim', 'polite'].some((tag) => tags.has(tag as Tag)),
      ) && has(own, 'ready')
    );
  };
  const kept = items.filter(({ clause }) => !isReady(clause));
  return kept.length > 0 ? kept : items;
}

/**
 * Whether a message objects, whatever else it says: a customer must not lose a no because of the reasons beside it
 * (R60). A question, a condition, and a no to a no do not object.
 */
export function objects({ items }: Sentence): boolean {
  const clauses = Map.groupBy(
    items.filter(({ isAsked }) => !isAsked),
    ({ clause }) => clause,
  );
  return [...clauses.values()].some(isObjection);
}

function isObjection(clause: readonly Item[]): boolean {
  if (has(clause, 'ask', 'cond', 'rejection', 'submit', 'withdraw', 'approve')) return false;
  const isNegated = has(clause, 'neg');
  if (has(clause, 'deny')) return !isNegated;
  return isNegated && (has(clause, 'consent') || (has(clause, 'partner') && has(clause, 'own', 'self', 'wish')));
}
