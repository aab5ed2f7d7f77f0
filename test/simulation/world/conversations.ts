/**
 * The conversations of the simulated Teams as users see them: who reads where, which messages are there now, and what
 * they showed before.
 */
import { personalChat, threadOf } from '../../acceptance/support/activities.ts';
import { PERSONAS, CHANNELS, ALL_PERSONAS } from './personas.ts';
import type { Json } from '../checkers/observations.ts';

/** A message of the bot's. */
export interface Posted {
  readonly conversation: string;
  readonly id: string;
  readonly text?: string;
  readonly card?: Json;
  /** What this message showed before, the newest last: a user who has not looked since still sees one of these. */
  readonly older: readonly Json[];
}

interface ConversationState {
  /** `tenantId/objectId` of all who read there. */
  readonly readers: readonly string[];
  /** Whether the bot is installed there. */
  open: boolean;
}

const MAX_OLDER = 3;
const MAX_MESSAGES = 40;

export type Conversations = ReturnType<typeof createConversations>;

export function createConversations() {
  /** By chat or channel. */
  const conversations = new Map<string, ConversationState>();
  const messages = new Map<string, Map<string, Posted>>();
  let last = 0;
  for (const person of ALL_PERSONAS) conversations.set(personalChat(person), { readers: [person.id], open: false });
  for (const { channel, members } of Object.values(CHANNELS))
    conversations.set(channel, { readers: members.map((name) => PERSONAS[name].id), open: true });

  const stateOf = (conversation: string): ConversationState | undefined =>
    conversations.get(conversation.split(';')[0] ?? '');

  return {
    isOpen: (conversation: string): boolean => stateOf(conversation)?.open === true,
    setOpen(conversation: string, open: boolean): void {
      const conversationState = stateOf(conversation);
      if (conversationState) conversationState.open = open;
    },
    exists: (conversation: string): boolean => stateOf(conversation) !== undefined,
    readers: (conversation: string): readonly string[] => stateOf(conversation)?.readers ?? [],

    /** A new message; in a channel without a thread it begins one. Returns it with its place. */
    post(where: string, content: Pick<Posted, 'text' | 'card'>): Posted {
      last += 1;
      const isChannel = where.includes('@thread.tacv2');
      const id = isChannel ? String(1_790_000_000_000 + last) : `1:${last.toString(36).padStart(10, '0')}`;
      const conversation =
        isChannel && !where.includes(';') ? threadOf({ team: '', channel: where, thread: id }) : where;
      const here = messages.get(conversation) ?? new Map<string, Posted>();
      messages.set(conversation, here);
      const posted: Posted = { ...content, conversation, id, older: [] };
      here.set(id, posted);
      const oldest = here.keys().next().value;
      // A thread begins with its card, and is never so long.
      if (here.size > MAX_MESSAGES && !isChannel && oldest !== undefined) here.delete(oldest);
      return posted;
    },
    /** Undefined where the message is no more. */
    edit(conversation: string, id: string, content: Pick<Posted, 'text' | 'card'>): Posted | undefined {
      const known = messages.get(conversation)?.get(id);
      if (!known) return undefined;
      const older = known.card ? [...known.older, known.card].slice(-MAX_OLDER) : known.older;
      const edited: Posted = { ...content, conversation, id, older };
      messages.get(conversation)?.set(id, edited);
      return edited;
    },
    remove(conversation: string, id: string): void {
      messages.get(conversation)?.delete(id);
    },
    message: (conversation: string, id: string): Posted | undefined => messages.get(conversation)?.get(id),
    /** All messages with cards that a user can see now. */
    cardsFor(person: string): readonly Posted[] {
      const seen: Posted[] = [];
      for (const [conversation, here] of messages) {
        if (!stateOf(conversation)?.readers.includes(person)) continue;
        for (const message of here.values()) if (message.card) seen.push(message);
      }
      return seen;
    },
    all: (): readonly Posted[] => [...messages.values()].flatMap((here) => [...here.values()]),
  };
}
