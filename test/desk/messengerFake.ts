/** A fake Teams that records what it was sent and answers as it is told. */
import type { Address, Content, Messenger, PostedMessage, SendResult } from '../../src/desk/ports/messenger.ts';

/** One call of the messenger, and what it answered. */
export interface Sending {
  readonly how: 'post' | 'edit' | 'reply';
  readonly to: Address;
  readonly message?: PostedMessage;
  readonly content: Content;
  readonly sent?: SendResult;
}

/** What a conversation shows: the newest content of each message. */
export interface Shown {
  readonly messageId: string;
  content: Content;
}

export class MessengerFake implements Messenger {
  readonly sendings: Sending[] = [];
  /** Chats and threads by conversation id. */
  readonly conversations = new Map<string, Shown[]>();
  /** Answers instead of Teams where it returns something; may throw, hang, or look on. */
  before: (sending: Sending) => SendResult | Promise<SendResult | undefined> | undefined = () => undefined;
  /** Runs when Teams has the message and the desk does not know it yet. */
  after: (sending: Sending) => void | Promise<void> = () => undefined;

  /** Teams answers so, wherever `isMeant`; elsewhere as ever. */
  answers(sent: SendResult, isMeant: (conversationId: string) => boolean = () => true): void {
    this.before = ({ to }) => (isMeant(to.conversationId) ? sent : undefined);
  }

  /** Teams is well again. */
  works(): void {
    this.before = () => undefined;
    this.after = () => undefined;
  }

  post(to: Address, content: Content): Promise<SendResult> {
    return this.#send({ how: 'post', to, content });
  }

  edit(to: Address, message: PostedMessage, content: Content): Promise<SendResult> {
    return this.#send({ how: 'edit', to, message, content });
  }

  reply(to: Address, message: PostedMessage, content: Content): Promise<SendResult> {
    return this.#send({ how: 'reply', to, message, content });
  }

  /**
   * What reached a chat, or a channel with all its threads: `post`, `edit` or `reply`, and the event that a line tells
   * of or that the card moved.
   */
  said(conversationId: string): readonly string[] {
    return this.sendings
      .filter(({ to, sent }) => to.conversationId === conversationId && sent?.kind === 'delivered')
      .map(({ how, content }) =>
        content.kind === 'line'
          ? `${how} ${content.entry.event.type}`
          : content.kind === 'moved'
            ? `${how} moved`
            : content.kind === 'announcement'
              ? `${how} ${content.what.kind}`
              : how,
      );
  }

  /** Forgets the calls; what the conversations show stays. */
  forget(): void {
    this.sendings.length = 0;
  }

  async #send(sending: Sending): Promise<SendResult> {
    const at = this.sendings.push(sending) - 1;
    const answered = await this.before(sending);
    const sent = answered ?? this.#take(sending);
    this.sendings[at] = { ...sending, sent };
    if (sent.kind === 'delivered') await this.after(sending);
    return sent;
  }

  #take({ how, to, message, content }: Sending): SendResult {
    if (how === 'edit') {
      const shown =
        message && this.conversations.get(message.conversationId)?.find((one) => one.messageId === message.messageId);
      if (!message || !shown) return { kind: 'gone' };
      shown.content = content;
      return { kind: 'delivered', message };
    }
    const messageId = `m${this.sendings.length}`;
    const thread =
      to.kind === 'channel' && how === 'post'
        ? `${to.conversationId};messageid=${messageId}`
        : (message?.conversationId ?? to.conversationId);
    const shown = this.conversations.get(thread) ?? [];
    this.conversations.set(thread, [...shown, { messageId, content }]);
    return { kind: 'delivered', message: { conversationId: thread, messageId } };
  }
}
