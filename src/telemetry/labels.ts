/** The allowed values of labels. Any other value becomes `other`, so that the number of time series is bounded. */

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

/** The type of an activity, or the name of an invoke. `unread`: rejected before or while its body was read. */
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
  'noMember',
  'sidesOverlap',
  'customerNotEnrolled',
  'contactOfPartner',
  'noAnswer',
  'noConnection',
  'busy',
  'token',
  'none',
  ...STATUSES,
]);
const OPERATIONS: ReadonlySet<string> = new Set(['create', 'read', 'replace', 'find', 'scan']);
const OUTCOMES: ReadonlySet<string> = new Set(['answered', 'refused', 'malformed', 'failed', 'shed']);

const oneOf =
  (allowed: ReadonlySet<string>) =>
  (value: string): string =>
    allowed.has(value) ? value : OTHER;

export const kindLabel = oneOf(KINDS);
export const outcomeLabel = oneOf(OUTCOMES);
export const operationLabel = oneOf(OPERATIONS);

/** A reason may be followed by an error code of Teams; only its first word is counted. */
export function reasonLabel(reason: string | undefined): string {
  return oneOf(REASONS)((reason ?? 'none').split(' ', 1)[0] ?? '');
}
