/** What a user asked for with an activity, read from the activity itself. */
import type { ActivityAsked } from '../observations.ts';
import { isObject, member, numberAt, textAt } from './looseJson.ts';

export interface Pressed {
  readonly verb: string;
  readonly claim?: string;
  readonly version?: number;
}

/** The press, sent as an invoke or, by an old client, as a message; undefined for any other activity. */
export function pressIn({ press, activity }: Pick<ActivityAsked, 'press' | 'activity'>): Pressed | undefined {
  if (press) return press;
  const value = member(activity, 'value');
  const action = member(value, 'action');
  const data = isObject(action) ? member(action, 'data') : value;
  const verb = textAt(action, 'verb') || textAt(data, 'verb');
  if (verb === '') return undefined;
  const claim = textAt(data, 'claim') || textAt(data, 'commentOn.claim');
  const version = numberAt(data, 'version');
  return { verb, ...(claim !== '' && { claim }), ...(version !== undefined && { version }) };
}

export function isInvoke({ activity }: Pick<ActivityAsked, 'activity'>): boolean {
  return activity['type'] === 'invoke';
}

/** The conversation in which something was asked, without the message that its thread began with. */
export function placeOf({ activity }: Pick<ActivityAsked, 'activity'>): string {
  return roomOf(textAt(member(activity, 'conversation'), 'id'));
}

/** A thread's channel; a chat is its own. */
export function roomOf(conversation: string): string {
  return conversation.split(';')[0] ?? conversation;
}
