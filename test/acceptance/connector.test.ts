import { expect } from 'chai';
import fc from 'fast-check';
import { readIncoming } from '../../src/teams/activity.ts';
import { attachedFiles } from '../../src/teams/files/attachments.ts';
import type { Activities, Activity, Channel } from './support/activities.ts';
import { activitiesOf, BOT, persona, personalChat, threadOf } from './support/activities.ts';
import type { Connector } from './support/connector.ts';
import { startConnector } from './support/connector.ts';

const CHANNEL = '19:reviews@thread.tacv2';
const CHAT = 'a:1chat';
const CARD = 'application/vnd.microsoft.card.adaptive';

describe('the recording connector', () => {
  let connector: Connector;

  beforeEach(async () => {
    connector = await startConnector();
  });

  afterEach(() => connector.close());

  function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, connector.url), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  }

  async function made(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly id: string; readonly activityId?: string }> {
    const response = await call(method, path, body);
    expect(response.ok, `${method} ${path} ${response.status}`).to.be.true;
    return (await response.json()) as { readonly id: string; readonly activityId?: string };
  }

  const activities = (conversationId: string, ...more: readonly string[]): string =>
    ['/v3/conversations', encodeURIComponent(conversationId), 'activities', ...more.map(encodeURIComponent)].join('/');

  it('starts a thread of its own for each new conversation in a channel', async () => {
    const first = await made('POST', '/v3/conversations', {
      channelData: { channel: { id: CHANNEL } },
      activity: { type: 'message', text: 'one' },
    });
    const second = await made('POST', '/v3/conversations', {
      channelData: { channel: { id: CHANNEL } },
      activity: { type: 'message', text: 'two' },
    });
    expect(first.id)
      .to.equal(`${CHANNEL};messageid=${String(first.activityId)}`)
      .and.not.equal(second.id);
    expect(first.activityId).to.match(/^[0-9]+$/);
    expect(connector.conversations()).to.deep.equal([first.id, second.id]);
    expect(connector.messages(first.id)).to.deep.equal([{ id: first.activityId, text: 'one', edits: 0 }]);
  });

  it('starts a thread for what is sent to a channel without one', async () => {
    const { id } = await made('POST', activities(CHANNEL), { text: 'one' });
    expect(connector.messages(`${CHANNEL};messageid=${id}`)).to.have.lengthOf(1);
  });

  it('gives a person the same chat each time, and refuses one of no tenant', async () => {
    const parameters = { members: [{ id: '29:anna' }], tenantId: 'tenant', bot: { id: '28:bot' } };
    const first = await made('POST', '/v3/conversations', parameters);
    expect(await made('POST', '/v3/conversations', parameters)).to.deep.equal(first);
    expect((await call('POST', '/v3/conversations', { members: [{ id: '29:anna' }] })).status).to.equal(400);
  });

  it('shows a conversation as people see it: posts, replies, edits, and nothing that was deleted', async () => {
    const root = await made('POST', activities(CHAT), {
      attachments: [{ contentType: CARD, content: { version: 1 } }],
    });
    const reply = await made('POST', activities(CHAT, root.id), { text: 'a line' });
    const gone = await made('POST', activities(CHAT), { text: 'gone' });
    expect(
      await made('PUT', activities(CHAT, root.id), { attachments: [{ contentType: CARD, content: { version: 2 } }] }),
    ).to.deep.equal({ id: root.id });
    expect((await call('DELETE', activities(CHAT, gone.id))).status).to.equal(200);
    expect(connector.messages(CHAT)).to.deep.equal([
      { id: root.id, card: { version: 2 }, edits: 1 },
      { id: reply.id, text: 'a line', replyTo: root.id, edits: 0 },
    ]);
    expect(root.id).to.match(/^1:/);
  });

  it('knows no message that was never sent', async () => {
    const response = await call('PUT', activities(CHAT, '1:none'), { text: 'x' });
    expect(response.status).to.equal(404);
    expect(await response.json()).to.have.nested.property('error.code', 'ActivityNotFoundInConversation');
  });

  it('keeps every call with its decoded parts, in their order', async () => {
    const thread = `${CHANNEL};messageid=1`;
    await call('POST', activities(thread), { text: 'x' });
    await call('PUT', activities(thread, '1:a/b'), { text: 'y' });
    expect(
      connector.calls.map(({ order, method, path, conversationId, activityId, body }) => ({
        order,
        method,
        path,
        conversationId,
        activityId,
        body,
      })),
    ).to.deep.equal([
      {
        order: 1,
        method: 'POST',
        path: `/v3/conversations/${thread}/activities`,
        conversationId: thread,
        activityId: undefined,
        body: { text: 'x' },
      },
      {
        order: 2,
        method: 'PUT',
        path: `/v3/conversations/${thread}/activities/1:a/b`,
        conversationId: thread,
        activityId: '1:a/b',
        body: { text: 'y' },
      },
    ]);
  });

  it('has no one in its rosters', async () => {
    const members = `/v3/conversations/${encodeURIComponent(CHAT)}/`;
    expect(await (await call('GET', `${members}members`)).json()).to.deep.equal([]);
    expect(await (await call('GET', `${members}pagedmembers?pageSize=10`)).json()).to.deep.equal({ members: [] });
  });

  it('answers what it does not speak with 404 or 405', async () => {
    expect((await call('GET', '/v4/else')).status).to.equal(404);
    expect((await call('GET', '/v3/conversations')).status).to.equal(405);
    expect((await call('PATCH', activities(CHAT, '1:x'), {})).status).to.equal(405);
  });

  it('refuses by rule, a number of times, with a code and headers, and posts nothing', async () => {
    connector.rule({
      match: ({ conversationId }) => conversationId === CHAT,
      status: 429,
      code: 'Throttled',
      headers: { 'retry-after': '7' },
      times: 1,
    });
    await made('POST', activities('a:1other'), { text: 'x' });
    const refused = await call('POST', activities(CHAT), { text: 'x' });
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).to.deep.equal([
      429,
      '7',
      { error: { code: 'Throttled', message: 'the connector refuses: Throttled' } },
    ]);
    expect(connector.messages(CHAT)).to.deep.equal([]);
    await made('POST', activities(CHAT), { text: 'x' });
    expect(connector.messages(CHAT)).to.have.lengthOf(1);
  });

  it('takes a rule back', async () => {
    const takeBack = connector.rule({ status: 503 });
    expect((await call('POST', activities(CHAT), {})).status).to.equal(503);
    takeBack();
    expect((await call('POST', activities(CHAT), {})).status).to.equal(201);
  });

  it('breaks the connection by rule, before or after what was asked has happened', async () => {
    const broken = (): Promise<unknown> =>
      call('POST', activities(CHAT), { text: 'x' }).then(
        () => 'answered',
        () => 'broken',
      );
    connector.rule({ reset: true, times: 1 });
    expect([await broken(), connector.messages(CHAT).length]).to.deep.equal(['broken', 0]);
    connector.rule({ reset: true, takesEffect: true, times: 1 });
    expect([await broken(), connector.messages(CHAT).length]).to.deep.equal(['broken', 1]);
  });

  it('never answers by rule, and closes all the same', async () => {
    connector.rule({ hang: true });
    const leave = new AbortController();
    const asking = fetch(new URL(activities(CHAT), connector.url), {
      method: 'POST',
      body: '{}',
      signal: leave.signal,
    }).then(
      () => 'answered',
      () => 'left',
    );
    await connector.seen(({ conversationId }) => conversationId === CHAT);
    leave.abort();
    expect(await asking).to.equal('left');
  });

  it('waits with an answer until it is let go', async () => {
    const gate = Promise.withResolvers<undefined>();
    connector.rule({ delay: gate.promise, times: 1 });
    const slow = made('POST', activities(CHAT), { text: 'slow' });
    await connector.seen(() => true);
    await made('POST', activities(CHAT), { text: 'fast' });
    gate.resolve(undefined);
    await slow;
    expect(connector.messages(CHAT).map(({ text }) => text)).to.deep.equal(['fast', 'slow']);
  });

  it('tells of each call before it takes effect and after its answer', async () => {
    const told: unknown[] = [];
    const done = Promise.withResolvers<undefined>();
    const stop = connector.onCall(({ order }, moment) => {
      told.push([order, moment, connector.messages(CHAT).length]);
      if (moment === 'after') done.resolve(undefined);
    });
    await made('POST', activities(CHAT), { text: 'x' });
    await done.promise;
    stop();
    await made('POST', activities(CHAT), { text: 'x' });
    expect(told).to.deep.equal([
      [1, 'before', 0],
      [1, 'after', 1],
    ]);
  });

  it('survives whatever is sent to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        const response = await fetch(new URL(activities(CHAT), connector.url), { method: 'POST', body });
        expect(response.status).to.equal(201);
      }),
      { numRuns: 30 },
    );
    expect((await call('POST', '/v3/conversations/%ff/activities', {})).status).to.equal(201);
  });
});

describe('the activities of the acceptance tests', () => {
  const anna = persona('Anna', '11111111-1111-4111-8111-111111111111', 'aaaaaaaa-1111-4111-8111-111111111111', 'ru-RU');
  const channel: Channel = { team: '19:team@thread.tacv2', channel: CHANNEL, thread: '170' };
  let make: Activities;

  beforeEach(() => {
    make = activitiesOf('http://127.0.0.1:1/');
  });

  function read(activity: Activity) {
    const incoming = readIncoming(activity);
    if ('wrong' in incoming) throw new Error(incoming.wrong);
    return incoming;
  }

  it('are read by the desk as coming from that person, in that place', () => {
    const said = read(make.message(anna, 'статус'));
    expect(said).to.deep.include({
      type: 'message',
      text: 'статус',
      chat: 'personal',
      conversationId: personalChat(anna),
      mentionsBot: false,
      locale: 'ru',
    });
    expect(said.from).to.deep.include({ teamsId: anna.teamsId, name: 'Anna' });
    expect(said.from.person).to.equal(`${anna.tenantId}/${anna.objectId}`);
    expect(said.place).to.deep.equal({
      conversationId: personalChat(anna),
      serviceUrl: 'http://127.0.0.1:1/',
      tenantId: anna.tenantId,
      botId: BOT.id,
    });
  });

  it('mention the bot in a channel, and carry the thread', () => {
    const said = read(make.message(anna, 'help', { in: channel }));
    expect(said).to.deep.include({
      text: '<at>CPOR Claims Desk</at> help',
      chat: 'channel',
      conversationId: threadOf(channel),
      mentionsBot: true,
      botMention: '<at>CPOR Claims Desk</at>',
    });
    expect(said.place.conversationId).to.equal(CHANNEL);
    expect(read(make.message(anna, 'as discussed', { in: channel, mention: false }))).to.deep.include({
      text: 'as discussed',
      mentionsBot: false,
    });
  });

  it('begin a thread of their own where none is given', () => {
    const said = make.message(anna, 'help', { in: { team: channel.team, channel: CHANNEL } });
    expect(read(said).conversationId).to.equal(`${CHANNEL};messageid=${String(said['id'])}`);
  });

  it('press buttons in both ways', () => {
    const button = {
      verb: 'approve',
      data: { verb: 'approve', claim: 'CPOR-7F3K9Q', version: 3 },
      inputs: { comment: 'fine' },
    };
    const all = { ...button.data, ...button.inputs };
    const pressed = make.press(anna, button, { in: channel, replyTo: '170' });
    expect(pressed).to.deep.include({ type: 'invoke', name: 'adaptiveCard/action' });
    expect(read(pressed)).to.deep.include({ type: 'cardAction', verb: 'approve', data: all, replyToId: '170' });
    expect(read(make.submit(anna, button, { replyTo: '1:a' }))).to.deep.include({
      type: 'cardSubmitted',
      replyToId: '1:a',
      data: all,
    });
  });

  it('tell of installations and members', () => {
    expect(read(make.installed(anna))).to.deep.include({ type: 'botAdded', how: 'installed' });
    expect(read(make.removed(anna, { in: channel }))).to.deep.include({ type: 'botRemoved' });
    expect(read(make.joined(anna, 'bot'))).to.deep.include({ type: 'botAdded', how: 'member' });
    const left = make.left(anna, 'bot', { in: channel });
    expect(left['channelData']).to.deep.include({ eventType: 'teamMemberRemoved' });
    expect(read(left)).to.deep.include({ type: 'botRemoved' });
    expect(read(make.joined(anna, anna))).to.deep.include({ type: 'other' });
  });

  it('tell of messages that were edited, deleted and restored', () => {
    const edited = make.edited(anna, 'new words', { in: channel, id: '171' });
    expect(edited['channelData']).to.deep.include({ eventType: 'editMessage' });
    expect(read(edited)).to.deep.include({ type: 'messageEdited', id: '171', text: 'new words' });
    const deleted = make.deleted(anna, { in: channel, id: '171' });
    expect(deleted['channelData']).to.deep.include({ eventType: 'softDeleteMessage' });
    expect(read(deleted)).to.deep.include({ type: 'messageDeleted', id: '171' });
    const restored = make.restored(anna, 'new words', { in: channel, id: '171' });
    expect(restored['channelData']).to.deep.include({ eventType: 'undeleteMessage' });
    expect(read(restored)).to.deep.include({ type: 'messageEdited', text: 'new words' });
  });

  it('hand over a file', () => {
    const sent = read(make.file(anna, { name: 'order.pdf', downloadUrl: 'http://127.0.0.1:1/order.pdf' }));
    expect(attachedFiles(sent.type === 'message' ? sent.attachments : [])).to.deep.equal([
      { name: 'order.pdf', url: 'http://127.0.0.1:1/order.pdf' },
    ]);
  });

  it('have ids of their own unless one is given', () => {
    const ids = [make.message(anna, 'a'), make.message(anna, 'a'), make.message(anna, 'a', { id: 'same' })].map(
      ({ id }) => id,
    );
    expect(new Set(ids).size).to.equal(3);
    expect(ids[2]).to.equal('same');
  });
});
