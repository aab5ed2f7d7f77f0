import { expect } from 'chai';
import type { Address } from '../../../src/desk/ports/messenger.ts';
import { messageLink } from '../../../src/teams/sending/deepLink.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const CHANNEL = '19:abc@thread.tacv2';
const channel: Address = {
  kind: 'channel',
  conversationId: CHANNEL,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  tenantId: TENANT,
  botId: '28:bot',
  language: 'en',
};
const message = { conversationId: `${CHANNEL};messageid=1648741500652`, messageId: '1648741500999' };

describe('A link to a message in Teams', () => {
  it('names the channel, the message, the tenant and the first message of the thread', () => {
    expect(messageLink(channel, message)).to.equal(
      `https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1648741500999?tenantId=${TENANT}&parentMessageId=1648741500652`,
    );
  });

  it('of a conversation without a thread takes the message for its first', () => {
    expect(messageLink(channel, { conversationId: CHANNEL, messageId: '17' }))
      .to.contain('/17?')
      .and.to.contain('parentMessageId=17');
  });

  for (const [service, client] of [
    ['https://smba.infra.gcc.teams.microsoft.com/teams/', 'https://teams.microsoft.com/'],
    ['https://smba.infra.gov.teams.microsoft.us/teams/', 'https://gov.teams.microsoft.us/'],
    ['https://smba.infra.dod.teams.microsoft.us/teams/', 'https://dod.teams.microsoft.us/'],
    ['http://127.0.0.1:3978/', 'https://teams.microsoft.com/'],
  ] as const) {
    it(`leads those whose bots talk to ${service} to ${client}`, () => {
      expect(messageLink({ ...channel, serviceUrl: service }, message)).to.match(new RegExp(`^${client}l/message/`));
    });
  }

  it('is not to be had for a personal chat', () => {
    expect(
      messageLink(
        { ...channel, kind: 'personal', conversationId: 'a:1chat' },
        { conversationId: 'a:1chat', messageId: '1:a' },
      ),
    ).to.equal(undefined);
  });

  it('holds nothing that a hostile id could break out with', () => {
    const link = messageLink(channel, { conversationId: '19:x/../?a=b#c;messageid=1&evil=2', messageId: '"><script>' });
    expect(link).to.match(/^https:\/\/teams\.microsoft\.com\/l\/message\/[\w%.-]+\/[\w%.-]+\?[\w%.&=-]+$/);
  });
});
