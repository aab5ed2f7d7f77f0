import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openConnector } from '../../src/teams/connector.ts';
import { loopbackDoor } from '../../src/teams/door.ts';
import type { Connector as Teams, Rule } from '../walks/connector.ts';
import { startConnector } from '../walks/connector.ts';

const CHAT = 'a:1chat';

describe('sending to Teams: one try, and its outcome', () => {
  let teams: Teams;
  const connector = openConnector(loopbackDoor(), 200);
  const where = () => ({ serviceUrl: teams.url, tenantId: 'tenant', botId: '28:bot', conversationId: CHAT });
  const line = { type: 'message', text: 'A line.' } as const;

  beforeEach(async () => {
    teams = await startConnector();
  });
  afterEach(() => teams.close());

  it('delivers a message, a thread and an edit, and says where they are', async () => {
    const sent = await connector.send(where(), CHAT, line);
    if (sent.kind !== 'delivered') throw new Error(JSON.stringify(sent));
    expect(teams.messages(CHAT)).to.deep.equal([{ id: sent.message.messageId, text: 'A line.', edits: 0 }]);
    expect(await connector.update(where(), sent.message, { ...line, text: 'Edited.' })).to.deep.equal(sent);
    expect(teams.messages(CHAT)[0]?.text).to.equal('Edited.');
    const thread = await connector.startThread({ ...where(), conversationId: '19:x@thread.tacv2' }, line);
    if (thread.kind !== 'delivered') throw new Error(JSON.stringify(thread));
    expect(thread.message.conversationId).to.equal(`19:x@thread.tacv2;messageid=${thread.message.messageId}`);
    expect(teams.messages(thread.message.conversationId)).to.have.lengthOf(1);
  });

  const outcomes: readonly (readonly [Rule, object])[] = [
    [{ status: 429, headers: { 'retry-after': '7' } }, { kind: 'tryLater', reason: 'http429', afterMs: 7_000 }],
    [{ status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }, { kind: 'tryLater', reason: 'http429' }],
    [{ status: 412 }, { kind: 'tryLater', reason: 'http412' }],
    [{ status: 500 }, { kind: 'tryLater', reason: 'http500' }],
    [{ status: 503 }, { kind: 'tryLater', reason: 'http503' }],
    [{ reset: true }, { kind: 'tryLater', reason: 'noConnection' }],
    [{ hang: true }, { kind: 'tryLater', reason: 'noAnswer' }],
    [{ status: 403, code: 'BotNotInConversationRoster' }, { kind: 'unreachable', reason: 'notInstalled' }],
    [{ status: 403, code: 'ConversationBlockedByUser' }, { kind: 'unreachable', reason: 'blocked' }],
    [{ status: 403, code: 'BotDisabledByAdmin' }, { kind: 'unreachable', reason: 'disabledByAdmin' }],
    [{ status: 403, code: 'SomethingNew' }, { kind: 'unreachable', reason: 'notInstalled' }],
    [{ status: 404 }, { kind: 'unreachable', reason: 'conversationLost' }],
    [{ status: 413, code: 'MessageSizeTooBig' }, { kind: 'dead', reason: 'http413 MessageSizeTooBig' }],
  ];
  for (const [rule, outcome] of outcomes) {
    it(`${JSON.stringify(rule)} is ${JSON.stringify(outcome)}, after one try`, async () => {
      teams.rule(rule);
      expect(await connector.send(where(), CHAT, line)).to.deep.equal(outcome);
      expect(teams.calls).to.have.lengthOf(1);
    });
  }

  it('an edit of a message that is not there any more finds it gone', async () => {
    expect(await connector.update(where(), { conversationId: CHAT, messageId: '1:none' }, line)).to.deep.equal({ kind: 'gone' });
  });

  it('nobody there to connect to is a reason to come again', async () => {
    expect(await connector.send({ ...where(), serviceUrl: 'http://127.0.0.1:1/' }, CHAT, line)).to.deep.equal({ kind: 'tryLater', reason: 'noConnection' });
  });

  it('a call that takes too long is broken off, so that a silent service keeps no connection', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const broken = new Promise<void>((resolve) => silent.on('request', (_request, response) => response.once('close', resolve)));
    const { port } = silent.address() as AddressInfo;
    expect(await connector.send({ ...where(), serviceUrl: `http://127.0.0.1:${port}/` }, CHAT, line)).to.deep.equal({ kind: 'tryLater', reason: 'noAnswer' });
    await broken;
    silent.closeAllConnections();
    silent.close();
  });
});
