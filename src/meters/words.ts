/** The words that labels are made of. Whatever comes from outside and is none of them is `other`: the number of series stays small. */

const OTHER = 'other';
const STATUSES: readonly string[] = ['400', '401', '403', '404', '408', '409', '410', '412', '413', '415', '425', '429', '500', '502', '503', '504'].map((status) => `http${status}`);

const TYPES: ReadonlySet<string> = new Set(['message', 'messageUpdate', 'messageDelete', 'messageReaction', 'conversationUpdate', 'installationUpdate', 'event', 'typing']);
const INVOKES: ReadonlySet<string> = new Set([
  'adaptiveCard/action', 'fileConsent/invoke', 'task/fetch', 'task/submit', 'composeExtension/query', 'composeExtension/queryLink',
  'composeExtension/fetchTask', 'composeExtension/submitAction', 'composeExtension/selectItem', 'signin/verifyState', 'signin/tokenExchange', 'message/submitAction',
]);
const REASONS: ReadonlySet<string> = new Set([
  'notInstalled', 'blocked', 'disabledByAdmin', 'conversationLost', 'contactUnknown', 'neverWrote', 'noReviewChannel', 'nobodyEnrolled',
  'noAnswer', 'noConnection', 'tooMany', 'none', ...STATUSES,
]);
const OPERATIONS: ReadonlySet<string> = new Set(['create', 'read', 'replace', 'find']);
/** `unread`: nobody knows what it was, because it was refused before or while it was read. */
const KINDS: ReadonlySet<string> = new Set([...TYPES, ...INVOKES, 'invoke', 'unread']);
const OUTCOMES: ReadonlySet<string> = new Set(['answered', 'refused', 'failed', 'shed']);

/** What an activity is measured as: its type, of an invoke its name. */
export function kindOf({ type, name }: { readonly type?: unknown; readonly name?: unknown }): string {
  if (type === 'invoke') return typeof name === 'string' && INVOKES.has(name) ? name : 'invoke';
  return typeof type === 'string' && TYPES.has(type) ? type : OTHER;
}

const among = (words: ReadonlySet<string>) => (word: string): string => (words.has(word) ? word : OTHER);

export const kindWord = among(KINDS);
export const outcomeWord = among(OUTCOMES);
export const operationWord = among(OPERATIONS);

/** A reason may go on with a code that Teams gave; its first word is what is counted. */
export function reasonWord(reason: string | undefined): string {
  return among(REASONS)((reason ?? 'none').split(' ', 1)[0] ?? '');
}
