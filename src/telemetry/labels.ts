/** The words that labels are made of. Whatever comes from outside and is none of them is `other`: the number of series stays small. */

const OTHER = 'other';
const STATUSES: readonly string[] = [
  '400',
  '401',
  '403',
  '404',
  '408',
  '409',
  '410',
  '412',
  '413',
  '415',
  '425',
  '429',
  '500',
  '502',
  '503',
  '504',
].map((status) => `http${status}`);

/** Of an activity its type, of an invoke its name. `unread`: it was refused before or while it was read. */
const KINDS: ReadonlySet<string> = new Set([
  'message',
  'messageUpdate',
  'messageDelete',
  'messageReaction',
  'conversationUpdate',
  'installationUpdate',
  'event',
  'typing',
  'invoke',
  'unread',
  'adaptiveCard/action',
  'fileConsent/invoke',
  'task/fetch',
  'task/submit',
  'composeExtension/query',
  'composeExtension/queryLink',
  'composeExtension/fetchTask',
  'composeExtension/submitAction',
  'composeExtension/selectItem',
  'signin/verifyState',
  'signin/tokenExchange',
  'message/submitAction',
]);
const REASONS: ReadonlySet<string> = new Set([
  'notInstalled',
  'blocked',
  'disabledByAdmin',
  'conversationLost',
  'contactUnknown',
  'neverWrote',
  'noReviewChannel',
  'nobodyEnrolled',
  'noAnswer',
  'noConnection',
  'busy',
  'token',
  'none',
  ...STATUSES,
]);
const OPERATIONS: ReadonlySet<string> = new Set(['create', 'read', 'replace', 'find']);
const OUTCOMES: ReadonlySet<string> = new Set(['answered', 'refused', 'malformed', 'failed', 'shed']);

const among =
  (words: ReadonlySet<string>) =>
  (word: string): string =>
    words.has(word) ? word : OTHER;

export const kindWord = among(KINDS);
export const outcomeWord = among(OUTCOMES);
export const operationWord = among(OPERATIONS);

/** A reason may go on with a code that Teams gave; its first word is what is counted. */
export function reasonWord(reason: string | undefined): string {
  return among(REASONS)((reason ?? 'none').split(' ', 1)[0] ?? '');
}
