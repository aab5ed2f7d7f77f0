/** Links that open a message in Teams. */
import type { Address, PostedMessage } from '../../desk/ports/messenger.ts';

/** The web client of each cloud, by the end of the host that its bots send to. */
const CLIENTS: readonly (readonly [string, string])[] = [
  ['.gov.teams.microsoft.us', 'https://gov.teams.microsoft.us'],
  ['.dod.teams.microsoft.us', 'https://dod.teams.microsoft.us'],
];

/**
 * Opens a message of a channel: `…/l/message/<channel>/<message>?tenantId=…&parentMessageId=<first message of the
 * thread>`. Teams documents the team's group id as well, which a bot does not receive with every message; the link
 * shows nothing to a person who may not see the channel. Undefined for a personal chat: Teams has no such link to a
 * chat with a bot.
 */
export function messageLink(
  { kind, serviceUrl, tenantId }: Address,
  { conversationId, messageId }: PostedMessage,
): string | undefined {
  if (kind === 'personal') return undefined;
  const [channel = '', root = messageId] = conversationId.split(';messageid=');
  const host = URL.parse(serviceUrl)?.hostname ?? '';
  const client = CLIENTS.find(([end]) => host.endsWith(end))?.[1] ?? 'https://teams.microsoft.com';
  const query = new URLSearchParams({ tenantId, parentMessageId: root });
  return `${client}/l/message/${encodeURIComponent(channel)}/${encodeURIComponent(messageId)}?${query.toString()}`;
}
