/**
 * A Teams that accepts everything, and records how much, when last, and whether a card went back to an older version.
 */
import type { ConnectorClient } from 'botframework-connector';
import type { Chance } from '../../support/random.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { Json, MessageTaken } from '../checkers/observations.ts';

export interface RecordingTeams {
  clientOf(by: string): ConnectorClient;
  readonly counts: { messages: number; lastAt: number };
}

const QUICKEST_MS = 30;
const SLOWER_MS = 150;

interface Activity {
  readonly text?: string;
  readonly attachments?: readonly { readonly content?: Json }[];
}

/** `tell` hears of every message. */
export function createRecordingTeams(
  scheduler: Scheduler,
  chance: Chance,
  tell: (taken: MessageTaken) => void,
): RecordingTeams {
  const counts = { messages: 0, lastAt: 0 };
  const waited = (): Promise<void> =>
    new Promise((resolve) => {
      scheduler.after(QUICKEST_MS + chance.below(SLOWER_MS), resolve);
    });

  /** Takes effect after a while, and is acknowledged after another. */
  async function take(
    by: string,
    how: MessageTaken['how'],
    conversation: string,
    messageId: string,
    { text, attachments }: Activity,
  ): Promise<void> {
    await waited();
    counts.messages += 1;
    counts.lastAt = scheduler.now();
    const card = attachments?.[0]?.content;
    tell({
      at: scheduler.now(),
      by,
      how,
      conversation,
      messageId,
      readers: [],
      acknowledged: true,
      ...(text !== undefined && { text }),
      ...(card && { card }),
    });
    await waited();
  }

  return {
    counts,
    clientOf(by) {
      let posted = 0;
      const newId = (): string => `${by}-${(posted += 1)}`;
      const conversations = {
        async sendToConversation(conversation: string, activity: Activity) {
          const id = newId();
          await take(by, 'post', conversation, id, activity);
          return { id };
        },
        async createConversation({
          channelData,
          activity,
        }: {
          channelData: { channel: { id: string } };
          activity: Activity;
        }) {
          const id = newId();
          const conversation = `${channelData.channel.id};messageid=${id}`;
          await take(by, 'post', conversation, id, activity);
          return { id: conversation, activityId: id };
        },
        updateActivity: (conversation: string, id: string, activity: Activity) =>
          take(by, 'edit', conversation, id, activity),
      };
      return { conversations } as unknown as ConnectorClient;
    },
  };
}
