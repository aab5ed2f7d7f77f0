import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClaimsIdentity } from 'botframework-connector';
import { expect } from 'chai';
import type { Meters } from '../../../src/desk/ports/metrics.ts';
import type { SendResult } from '../../../src/desk/ports/messenger.ts';
import { silentMeters } from '../../../src/desk/ports/metrics.ts';
import type { DeliveryOptions } from '../../../src/teams/sending/delivery.ts';
import { REPLY, createConnector } from '../../../src/teams/sending/connector.ts';
import { CLOUDS } from '../../../src/teams/auth/clouds.ts';
import type { ChannelAuthenticator } from '../../../src/teams/auth/authenticator.ts';
import { createUnauthenticatedLocal } from '../../../src/teams/auth/authenticator.ts';
import { createRateLimiter } from '../../../src/teams/sending/rateLimiter.ts';
import { systemTimer } from '../../../src/teams/sending/timer.ts';
import { createTokenAuthenticator } from '../../../src/teams/auth/tokenAuthenticator.ts';
import type { Connector as Teams, Rule } from '../../acceptance/support/connector.ts';
import { startConnector } from '../../acceptance/support/connector.ts';
import { leaping } from '../virtualTime.ts';

const CHAT = 'a:1chat';
const CHANNEL = '19:x@thread.tacv2';
const line = { type: 'message', text: 'A line.' } as const;
/** Longer than any answer takes that comes; and as long as is waited for one that does not. */
const PATIENT_MS = 20_000;
const HASTY_MS = 1_000;

describe('sending to Teams', () => {
  let teams: Teams;
  let time: ReturnType<typeof leaping>;
  /** What the meters were told. */
  let counted: string[];
  let pauses: number[];

  beforeEach(async () => {
    teams = await startConnector();
    time = leaping();
    counted = [];
    pauses = [];
  });
  afterEach(() => teams.close());

  const where = () => ({ serviceUrl: teams.url, tenantId: 'tenant', botId: '28:bot', conversationId: CHAT });

  /** Time leaps over every wait; chance is in the middle. */
  function open(parts: Partial<DeliveryOptions> = {}, door: ChannelAuthenticator = createUnauthenticatedLocal()) {
    const meters: Meters = {
      ...silentMeters,
      delivery: (outcome, reason) =>
        void counted.push(['delivery', outcome, ...(reason === undefined ? [] : [reason])].join(' ')),
      retry: (reason) => void counted.push(`retry ${reason}`),
    };
    const pause = (ms: number): Promise<void> => {
      pauses.push(ms);
      return new Promise((resolve) => {
        time.timer(ms, resolve);
      });
    };
    return createConnector(door, {
      limiter: createRateLimiter({ perSecond: 30, ...time }),
      clock: time.clock,
      meters,
      timeoutMs: PATIENT_MS,
      chance: () => 0.5,
      pause,
      timer: systemTimer,
      ...parts,
    });
  }

  describe('what becomes of a message', () => {
    it('delivers a message, a thread and an edit, and says where they are', async () => {
      const connector = open();
      const sent = await connector.send(where(), CHAT, line);
      if (sent.kind !== 'delivered') throw new Error(JSON.stringify(sent));
      expect(teams.messages(CHAT)).to.deep.equal([{ id: sent.message.messageId, text: 'A line.', edits: 0 }]);
      expect(await connector.update(where(), sent.message, { ...line, text: 'Edited.' })).to.deep.equal(sent);
      expect(teams.messages(CHAT)[0]?.text).to.equal('Edited.');
      const thread = await connector.startThread({ ...where(), conversationId: CHANNEL }, line);
      if (thread.kind !== 'delivered') throw new Error(JSON.stringify(thread));
      expect(thread.message.conversationId).to.equal(`${CHANNEL};messageid=${thread.message.messageId}`);
      expect(teams.messages(thread.message.conversationId)).to.have.lengthOf(1);
      expect(counted).to.deep.equal(['delivery delivered', 'delivery delivered', 'delivery delivered']);
    });

    const DAY_LATER = { date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': 'Thu, 22 Oct 2026 07:28:00 GMT' };
    const SOON = { date: 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry-after': 'Wed, 21 Oct 2026 07:28:20 GMT' };
    const outcomes: readonly (readonly [rule: Rule, outcome: SendResult, tries: number])[] = [
      [{ status: 429 }, { kind: 'tryLater', reason: 'http429' }, 3],
      [{ status: 429, headers: { 'retry-after': '7' } }, { kind: 'tryLater', reason: 'http429', afterMs: 7_000 }, 3],
      [
        { status: 429, headers: { 'retry-after': '600' } },
        { kind: 'tryLater', reason: 'http429', afterMs: 600_000 },
        1,
      ],
      [
        { status: 429, headers: { 'retry-after': '999999' } },
        { kind: 'tryLater', reason: 'http429', afterMs: 3_600_000 },
        1,
      ],
      [{ status: 429, headers: SOON }, { kind: 'tryLater', reason: 'http429', afterMs: 20_000 }, 1],
      [{ status: 429, headers: DAY_LATER }, { kind: 'tryLater', reason: 'http429', afterMs: 3_600_000 }, 1],
      [{ status: 429, headers: { 'retry-after': 'soon' } }, { kind: 'tryLater', reason: 'http429' }, 3],
      [{ status: 412 }, { kind: 'tryLater', reason: 'http412' }, 3],
      [{ status: 502 }, { kind: 'tryLater', reason: 'http502' }, 3],
      [{ status: 503, headers: { 'retry-after': '2' } }, { kind: 'tryLater', reason: 'http503', afterMs: 2_000 }, 3],
      [{ status: 504 }, { kind: 'tryLater', reason: 'http504' }, 3],
      [{ status: 500 }, { kind: 'tryLater', reason: 'http500' }, 1],
      [{ status: 507 }, { kind: 'tryLater', reason: 'http507' }, 1],
      [{ status: 408 }, { kind: 'tryLater', reason: 'http408' }, 1],
      [{ status: 409 }, { kind: 'tryLater', reason: 'http409' }, 1],
      [{ status: 401, code: 'BotNotRegistered' }, { kind: 'tryLater', reason: 'http401' }, 1],
      [{ reset: true }, { kind: 'tryLater', reason: 'noConnection' }, 1],
      [{ hang: true }, { kind: 'tryLater', reason: 'noAnswer' }, 1],
      [{ status: 403, code: 'BotNotInConversationRoster' }, { kind: 'unreachable', reason: 'notInstalled' }, 1],
      [{ status: 403, code: 'ForbiddenOperationException' }, { kind: 'unreachable', reason: 'notInstalled' }, 1],
      [{ status: 403, code: 'ConversationBlockedByUser' }, { kind: 'unreachable', reason: 'blocked' }, 1],
      [{ status: 403, code: 'MessageWritesBlocked' }, { kind: 'unreachable', reason: 'blocked' }, 1],
      [{ status: 403, code: 'NotEnoughPermissions' }, { kind: 'unreachable', reason: 'blocked' }, 1],
      [{ status: 403, code: 'BotDisabledByAdmin' }, { kind: 'unreachable', reason: 'disabledByAdmin' }, 1],
      [{ status: 403, code: 'InvalidBotApiHost' }, { kind: 'unreachable', reason: 'conversationLost' }, 1],
      [{ status: 403, code: 'SomethingNew' }, { kind: 'unreachable', reason: 'notInstalled' }, 1],
      [{ status: 404, code: 'ConversationNotFound' }, { kind: 'unreachable', reason: 'conversationLost' }, 1],
      [{ status: 410 }, { kind: 'unreachable', reason: 'conversationLost' }, 1],
      [{ status: 400, code: 'BadSyntax' }, { kind: 'dead', reason: 'http400 BadSyntax' }, 1],
      [{ status: 405, code: 'MethodNotAllowed' }, { kind: 'dead', reason: 'http405 MethodNotAllowed' }, 1],
      [{ status: 413, code: 'MessageSizeTooBig' }, { kind: 'dead', reason: 'http413 MessageSizeTooBig' }, 1],
    ];
    for (const [rule, outcome, tries] of outcomes) {
      it(`${JSON.stringify(rule)} is ${JSON.stringify(outcome)}, after ${tries === 1 ? 'one try' : `${tries} tries`}`, async () => {
        teams.rule(rule);
        expect(await open('hang' in rule ? { timeoutMs: HASTY_MS } : {}).send(where(), CHAT, line)).to.deep.equal(
          outcome,
        );
        expect(teams.calls).to.have.lengthOf(tries);
        const reason = 'reason' in outcome ? ` ${outcome.reason.split(' ')[0] ?? ''}` : '';
        expect(counted).to.deep.equal([
          ...Array.from({ length: tries - 1 }, () => `retry${reason}`),
          `delivery ${outcome.kind}${reason}`,
        ]);
      });
    }

    it('an edit of a message that is not there any more finds it gone', async () => {
      expect(await open().update(where(), { conversationId: CHAT, messageId: '1:none' }, line)).to.deep.equal({
        kind: 'gone',
      });
    });

    it('no one there to connect to is tried again at once, and then a reason to retry', async () => {
      expect(await open().send({ ...where(), serviceUrl: 'http://127.0.0.1:1/' }, CHAT, line)).to.deep.equal({
        kind: 'tryLater',
        reason: 'noConnection',
      });
      expect(counted).to.deep.equal(['retry noConnection', 'retry noConnection', 'delivery tryLater noConnection']);
    });

    it('a token that cannot be had is a reason to retry, whatever status that had', async () => {
      const door = createUnauthenticatedLocal();
      const factory = door.authentication.createConnectorFactory(new ClaimsIdentity([], 'anonymous'));
      door.authentication.createConnectorFactory = () => factory;
      factory.create = () =>
        Promise.reject(Object.assign(new Error('invalid_client'), { statusCode: 400, code: 'invalid_client' }));
      expect(await open({}, door).send(where(), CHAT, line)).to.deep.equal({
        kind: 'tryLater',
        reason: 'noConnection',
      });
    });

    it('a call that takes too long is broken off, so that a silent service keeps no connection', async () => {
      const silent = createServer();
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const broken = new Promise<void>((resolve) =>
        silent.on('request', (_request, response) => response.once('close', resolve)),
      );
      const { port } = silent.address() as AddressInfo;
      expect(
        await open({ timeoutMs: HASTY_MS }).send({ ...where(), serviceUrl: `http://127.0.0.1:${port}/` }, CHAT, line),
      ).to.deep.equal({ kind: 'tryLater', reason: 'noAnswer' });
      await broken;
      silent.closeAllConnections();
      silent.close();
    });
  });

  describe('trying again', () => {
    it('delivers with the second try, once', async () => {
      teams.rule({ status: 503, times: 1 });
      expect((await open().send(where(), CHAT, line)).kind).to.equal('delivered');
      expect(teams.messages(CHAT)).to.have.lengthOf(1);
      expect(counted).to.deep.equal(['retry http503', 'delivery delivered']);
    });

    it('pauses longer each time, half more or less by chance', async () => {
      for (const [chance, expected] of [
        [0, [500, 1_000]],
        [0.5, [1_000, 2_000]],
        [0.999, [1_499, 2_998]],
      ] as const) {
        pauses = [];
        const release = teams.rule({ status: 502 });
        await open({ chance: () => chance }).send(where(), CHAT, line);
        expect(pauses, String(chance)).to.deep.equal(expected);
        release();
      }
    });

    it('pauses as long as Teams asked for, if that is not too long', async () => {
      teams.rule({ status: 503, headers: { 'retry-after': '9' }, times: 1 });
      expect((await open().send(where(), CHAT, line)).kind).to.equal('delivered');
      expect(pauses).to.deep.equal([9_000]);
    });

    it('sends a new message no second time that was not answered in time, even if the first arrives', async () => {
      teams.rule({ hang: true, takesEffect: true });
      expect(await open({ timeoutMs: HASTY_MS }).send(where(), CHAT, line)).to.deep.equal({
        kind: 'tryLater',
        reason: 'noAnswer',
      });
      expect(teams.messages(CHAT)).to.have.lengthOf(1);
      expect(teams.calls).to.have.lengthOf(1);
    });

    it('ends within the time that the message has, whatever Teams says', async () => {
      teams.rule({ status: 429, headers: { 'retry-after': '5' } });
      const from = time.clock.now();
      expect(await open().send(where(), CHAT, line, REPLY)).to.deep.equal({
        kind: 'tryLater',
        reason: 'http429',
        afterMs: 5_000,
      });
      expect(time.clock.now() - from).to.be.at.most(REPLY.timeoutMs);
      expect(teams.calls).to.have.lengthOf(2);
    });

    it('gives an answer to a person no more than its time to be taken', async () => {
      teams.rule({ hang: true });
      const connector = open({ timeoutMs: 60_000 });
      expect(await connector.send(where(), CHAT, line, { timeoutMs: 150, priority: 'reply' })).to.deep.equal({
        kind: 'tryLater',
        reason: 'noAnswer',
      });
    });

    it('two answers in a row end before Teams gives a turn up', () => {
      expect(2 * REPLY.timeoutMs).to.be.below(15_000);
    });

    it('lets no one else write to a conversation that Teams asked to spare, and others write to others', async () => {
      const connector = open();
      teams.rule({ status: 429, headers: { 'retry-after': '600' }, times: 1 });
      await connector.send(where(), CHAT, line);
      expect(await connector.send(where(), CHAT, line)).to.deep.equal({
        kind: 'tryLater',
        reason: 'busy',
        afterMs: 600_000,
      });
      expect((await connector.send({ ...where(), conversationId: 'a:other' }, 'a:other', line)).kind).to.equal(
        'delivered',
      );
      expect(teams.calls).to.have.lengthOf(2);
      expect(counted).to.include('delivery tryLater busy');
    });
  });

  describe('a token that Teams refuses', () => {
    let asked: number;
    const renewToken = (): Promise<void> => {
      asked += 1;
      return Promise.resolve();
    };
    beforeEach(() => {
      asked = 0;
    });

    it('is replaced by a fresh one, and the message tried again', async () => {
      teams.rule({ status: 401, times: 1 });
      expect((await open({}, { ...createUnauthenticatedLocal(), renewToken }).send(where(), CHAT, line)).kind).to.equal(
        'delivered',
      );
      expect([asked, teams.calls.length, pauses]).to.deep.equal([1, 2, [0]]);
    });

    it('is replaced once a minute at most, however many messages are refused', async () => {
      const connector = open({}, { ...createUnauthenticatedLocal(), renewToken });
      teams.rule({ status: 401 });
      for (let message = 0; message < 5; message += 1)
        expect(await connector.send(where(), CHAT, line)).to.deep.equal({ kind: 'tryLater', reason: 'http401' });
      expect([asked, teams.calls.length]).to.deep.equal([1, 6]);
      await time.leap(60_000);
      await connector.send(where(), CHAT, line);
      expect(asked).to.equal(2);
    });

    it('of a registered bot gives way to one that was not kept', async () => {
      let bearer = 'kept';
      const renew = async (): Promise<string> => (bearer = 'fresh');
      const token = Object.assign(async () => bearer, { renew });
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const door = createTokenAuthenticator({
        appId: 'app',
        tenants: ['tenant'],
        cloud: { ...CLOUDS.public, loopback: true },
        clock: time.clock,
        log,
        token,
      });
      teams.rule({ match: ({ headers }) => headers.authorization !== 'Bearer fresh', status: 401 });
      expect((await open({}, door).send(where(), CHAT, line)).kind).to.equal('delivered');
      expect(teams.calls.map(({ headers }) => headers.authorization)).to.deep.equal(['Bearer kept', 'Bearer fresh']);
    });

    it('of a bot that is not registered is not worth another', async () => {
      teams.rule({ status: 401, code: 'BotNotRegistered' });
      await open({}, { ...createUnauthenticatedLocal(), renewToken }).send(where(), CHAT, line);
      expect(asked).to.equal(0);
    });

    it('that cannot be replaced is a reason to retry', async () => {
      teams.rule({ status: 401 });
      const later: SendResult = { kind: 'tryLater', reason: 'http401' };
      expect(
        await open(
          {},
          { ...createUnauthenticatedLocal(), renewToken: () => Promise.reject(new Error('no token to be had')) },
        ).send(where(), CHAT, line),
      ).to.deep.equal(later);
      expect(await open().send(where(), CHAT, line)).to.deep.equal(later);
      expect(teams.calls).to.have.lengthOf(2);
    });
  });

  it('sends nothing, and asks for no client, for a service not served; the next message from there brings the right address', async () => {
    const { authentication, ...door } = createUnauthenticatedLocal();
    authentication.createConnectorFactory = () => {
      throw new Error('a token would have been sent');
    };
    const connector = open({}, { ...door, authentication, mayServe: (url) => url !== teams.url });
    const lost: SendResult = { kind: 'unreachable', reason: 'conversationLost' };
    expect(await connector.send(where(), CHAT, line)).to.deep.equal(lost);
    expect(await connector.startThread(where(), line)).to.deep.equal(lost);
    expect(await connector.update(where(), { conversationId: CHAT, messageId: '1:x' }, line)).to.deep.equal(lost);
    expect(teams.calls).to.deep.equal([]);
  });
});
