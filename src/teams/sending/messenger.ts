/** The desk's messenger: sends cards and lines of text to Teams. */
import type { Content, Messenger, Address } from '../../desk/ports/messenger.ts';
import { MAX_SEND_MS, BEST_EFFORT_SEND_MS } from '../../desk/ports/messenger.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import { viewClaim } from '../../desk/queries/view.ts';
import { compactText } from '../../domain/claims/text.ts';
import type { Rules } from '../../domain/claims/decision.ts';
import type { Card } from '../cards/templates.ts';
import type { Cards } from '../cards/cards.ts';
import type { Speech } from '../text/format.ts';
import type { Connector, OutboundActivity } from './connector.ts';
import { messageLink } from './deepLink.ts';
import type { SlotRequest } from './lane.ts';
import { happenedNote } from '../text/outcomes.ts';
import { announcementText } from '../text/announcements.ts';
import { lineOf } from '../text/notifications.ts';
import { stageName } from '../text/status.ts';

export function createTeamsMessenger(connector: Connector, cards: Cards, rules: Rules): Messenger {
  const { programme } = rules;
  const { zone } = programme.policy;

  function activityOf(to: Address, content: Content): OutboundActivity {
    const speech = { language: to.language, zone, programme };
    if (content.kind === 'moved') return cardActivity(movedCardOf(content, speech));
    if (content.kind === 'announcement') return textActivity(announcementText(content.what, speech));
    const { claim, reader, now } = content;
    const view = viewClaim(claim, reader, now, content.kind === 'card' ? { enrolledAs: content.enrolledAs } : {});
    if (content.kind === 'line') return textActivity(lineOf(content.entry, claim, view.side, speech));
    const latest = latestChange(view, speech);
    const card = cards.claim(view, {
      ...speech,
      now,
      place: to.kind,
      ...(latest && { note: { tone: 'plain', text: latest } }),
    });
    return { ...cardActivity(card), summary: `${claim.id}: ${stageName(view.stage, speech)}` };
  }

  function movedCardOf({ id, to }: Extract<Content, { kind: 'moved' }>, speech: Speech): Card {
    const link = to && messageLink(to.address, to.message);
    return cards.moved(id, { ...speech, to: to ? 'elsewhere' : 'nowhere', ...(link !== undefined && { link }) });
  }

  return {
    post: (to, content) =>
      to.kind === 'channel'
        ? connector.startThread(to, activityOf(to, content), slotFor(content))
        : connector.send(to, to.conversationId, activityOf(to, content), slotFor(content)),
    edit: (to, message, content) => connector.update(to, message, activityOf(to, content), slotFor(content)),
    reply: (to, message, content) =>
      connector.send(to, message.conversationId, activityOf(to, content), slotFor(content)),
  };
}

/** What remains of a card that has moved delays no other message. */
function slotFor({ kind }: Content): SlotRequest {
  return { timeoutMs: kind === 'moved' ? BEST_EFFORT_SEND_MS : MAX_SEND_MS, priority: 'notification' };
}

/**
 * The latest change, shown on top of the card: the user who pressed sees that it was done. Customers read of the
 * consent alone (R56).
 */
function latestChange({ claim, side }: ClaimView, speech: Speech): string | undefined {
  const latest = side === 'customer' ? undefined : claim.changes.at(-1);
  return latest && happenedNote(latest.event, latest.by, latest.at, speech);
}

export function cardActivity(card: Card): OutboundActivity {
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}

/**
 * What clients make links or mentions of, also in plain text. A joiner, which no one sees, keeps them from it. On
 * cards, whose runs are never links, people can still copy an address as it was typed.
 */
const LINKED = /<(?=\/?at)|:(?=\/\/)|(?<=[\p{L}\p{N}])[.@](?=[\p{L}\p{N}][\p{L}\p{N}-])/giu;

/** A line of plain text: nothing in it is markup, a link, mentions a person, or turns the text round. */
export function textActivity(text: string): OutboundActivity {
  return { type: 'message', text: compactText(text).replace(LINKED, '$&\u2060'), textFormat: 'plain' };
}
