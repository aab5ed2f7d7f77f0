/** The desk's messenger, spoken in cards and lines to Teams. */
import type { Content, Messenger } from '../desk/ports.ts';
import type { ClaimView } from '../desk/view.ts';
import { viewClaim } from '../desk/view.ts';
import type { Rules } from '../claims/decision.ts';
import type { Address } from '../desk/ports.ts';
import type { Card, Cards, Speech } from './cards.ts';
import type { Connector, Outgoing } from './connector.ts';
import { happenedNote, lineOf, stageName } from './sentences.ts';

export function teamsMessenger(connector: Connector, cards: Cards, rules: Rules): Messenger {
  const { zone } = rules.programme.policy;

  function activityOf(to: Address, content: Content): Outgoing {
    const { claim, reader, now } = content;
    const speech = { language: to.language, zone };
    const view = viewClaim(claim, reader, now);
    if (content.kind === 'line') return textActivity(lineOf(content.entry, claim, view.side, speech));
    const latest = latestChange(view, speech);
    const card = cards.claim(view, { ...speech, now, place: to.kind, ...(latest && { note: { tone: 'plain', text: latest } }) });
    return { ...cardActivity(card), summary: `${claim.id}: ${stageName(view.stage, speech)}` };
  }

  return {
    post: (to, content) => (to.kind === 'channel' ? connector.startThread(to, activityOf(to, content)) : connector.send(to, to.conversationId, activityOf(to, content))),
    edit: (to, message, content) => connector.update(to, message, activityOf(to, content)),
    reply: (to, message, content) => connector.send(to, message.conversationId, activityOf(to, content)),
  };
}

/** What happened last, on top of the card that follows: whoever pressed sees that it was done. Customers read of the consent alone (R56). */
function latestChange({ claim, side }: ClaimView, speech: Speech): string | undefined {
  const latest = side === 'customer' ? undefined : claim.changes.at(-1);
  return latest && happenedNote(latest.event, latest.by, latest.at, speech);
}

export function cardActivity(card: Card): Outgoing {
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}

/** A line of plain text: nothing in it is markup, and nothing in it mentions anybody. */
export function textActivity(text: string): Outgoing {
  return { type: 'message', text: text.replaceAll('<at', '<\u2060at'), textFormat: 'plain' };
}
