import { expect } from 'chai';
import type { Address, Content, SendResult } from '../../../src/desk/ports/messenger.ts';
import { MAX_SEND_MS, BEST_EFFORT_SEND_MS } from '../../../src/desk/ports/messenger.ts';
import type { Connector } from '../../../src/teams/sending/connector.ts';
import type { SlotRequest } from '../../../src/teams/sending/lane.ts';
import { createTeamsMessenger, textActivity } from '../../../src/teams/sending/messenger.ts';
import { MONDAY, RULES, submitted } from '../../domain/claims/scenario.ts';
import { cards } from '../cards/claimStories.ts';

const channel: Address = {
  kind: 'channel',
  conversationId: '19:x@thread.tacv2',
  serviceUrl: 'http://127.0.0.1:1/',
  tenantId: 't',
  botId: '28:bot',
  language: 'tr',
};
const message = { conversationId: '19:x@thread.tacv2;messageid=1', messageId: '1' };

describe("The desk's messenger", () => {
  const calls: { readonly how: string; readonly request: SlotRequest | undefined; readonly activity: unknown }[] = [];
  const answered: Promise<SendResult> = Promise.resolve({ kind: 'delivered', message });
  const connector: Connector = {
    send: (_where, _to, activity, request) => {
      calls.push({ how: 'send', request, activity });
      return answered;
    },
    startThread: (_where, activity, request) => {
      calls.push({ how: 'startThread', request, activity });
      return answered;
    },
    update: (_where, _message, activity, request) => {
      calls.push({ how: 'update', request, activity });
      return answered;
    },
  };
  const messenger = createTeamsMessenger(connector, cards, RULES);
  const { claim } = submitted();
  const card: Content = {
    kind: 'card',
    claim,
    reader: { kind: 'audience', audience: 'review' },
    now: MONDAY,
    enrolledAs: 'Contoso',
  };
  const moved: Content = { kind: 'moved', id: claim.id, to: { address: channel, message } };

  beforeEach(() => {
    calls.length = 0;
  });

  it('gives a notice the time that the lease of a delivery reckons with', async () => {
    await messenger.post(channel, card);
    await messenger.edit(channel, message, card);
    await messenger.reply(channel, message, card);
    expect(calls.map(({ how, request }) => [how, request])).to.deep.equal([
      ['startThread', { timeoutMs: MAX_SEND_MS, priority: 'notification' }],
      ['update', { timeoutMs: MAX_SEND_MS, priority: 'notification' }],
      ['send', { timeoutMs: MAX_SEND_MS, priority: 'notification' }],
    ]);
  });

  it('lets what is left of a card that moved hold up no one', async () => {
    await messenger.edit(channel, message, moved);
    await messenger.reply(channel, message, moved);
    expect(calls.map(({ request }) => request)).to.deep.equal([
      { timeoutMs: BEST_EFFORT_SEND_MS, priority: 'notification' },
      { timeoutMs: BEST_EFFORT_SEND_MS, priority: 'notification' },
    ]);
  });

  it('makes no link and no mention of what people typed in a line, and changes nothing that is seen', () => {
    for (const typed of [
      'https://evil.example/x',
      'www.evil.example',
      'evil.example',
      'a@evil.example',
      '<at>all</at>',
      'почта.рф',
      'Contoso.com Ltd',
    ]) {
      const { text = '' } = textActivity(`Fabrikam (${typed}) submitted it.`);
      expect(text.replaceAll('\u2060', '')).to.equal(`Fabrikam (${typed}) submitted it.`);
      expect(text, typed).to.not.match(/:\/\/|www\.(?!\u2060)|<\/?at|[\p{L}\p{N}][.@]\p{L}/iu);
    }
    const plain = 'CPOR-7F3K9Q: due on 26 November 2026 at 14:05 (PST). Version 2.0, A. B. Smith & Sons, 3 < 4';
    expect(textActivity(plain).text).to.equal(plain);
  });

  it('says it in the language of the place, and tells of the claim no more than its id', async () => {
    await messenger.edit(channel, message, moved);
    const said = JSON.stringify(calls[0]?.activity);
    expect(said)
      .to.contain(`${claim.id} numaralı`)
      .and.to.contain('/l/message/')
      .and.not.to.contain(claim.fields.customerName);
  });
});
