import { expect } from 'chai';
import fc from 'fast-check';
import type { Priority, SlotRequest } from '../../../src/teams/sending/lane.ts';
import { createRateLimiter } from '../../../src/teams/sending/rateLimiter.ts';
import type { RateLimit } from '../../../src/teams/sending/rateLimits.ts';
import { CONVERSATION_LIMITS } from '../../../src/teams/sending/rateLimits.ts';
import { timeline } from '../virtualTime.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const LONG: SlotRequest = { timeoutMs: 2 * HOUR, priority: 'notification' };

const notification = (timeoutMs: number): SlotRequest => ({ timeoutMs, priority: 'notification' });
const reply = (timeoutMs: number): SlotRequest => ({ timeoutMs, priority: 'reply' });

/** Who asked, when, and what came of it. */
interface Asked {
  readonly number: number;
  readonly to: string;
  readonly tenant: string;
  readonly priority: Priority;
  readonly askedAt: number;
  readonly timeoutMs: number;
  passedAt?: number;
  sentAwayAt?: number;
  awayMs?: number;
}

/** A limiter on a turned clock, and everything that was asked of it. */
function start(perSecond = 30) {
  const time = timeline();
  const limiter = createRateLimiter({ perSecond, clock: time.clock, timer: time.timer });
  const all: Asked[] = [];
  return {
    time,
    limiter,
    all,
    ask(to: string, { timeoutMs, priority }: SlotRequest = LONG, tenant = 'tenant'): Asked {
      const asked: Asked = { number: all.length, to, tenant, priority, askedAt: time.clock.now(), timeoutMs };
      all.push(asked);
      void limiter.acquire({ tenantId: tenant, conversationId: to }, { timeoutMs, priority }).then((awayMs) => {
        if (awayMs === undefined) asked.passedAt = time.clock.now();
        else Object.assign(asked, { sentAwayAt: time.clock.now(), awayMs });
      });
      return asked;
    },
    /** Those who passed, in their order. */
    passed: (isMeant: (asked: Asked) => boolean = () => true): readonly Asked[] =>
      all.filter((asked) => asked.passedAt !== undefined && isMeant(asked)),
  };
}

function timesOf(asked: readonly Asked[]): readonly number[] {
  return asked.flatMap(({ passedAt }) => (passedAt === undefined ? [] : [passedAt])).sort((one, other) => one - other);
}

/** The limit that these instants break, with the stretch where they do. */
function broken(times: readonly number[], limits: readonly RateLimit[]): string | undefined {
  for (const { maxCalls, windowMs } of limits) {
    const at = times.findIndex((time, index) => index >= maxCalls && time - (times[index - maxCalls] ?? 0) < windowMs);
    if (at >= 0) return `${maxCalls + 1} in ${windowMs} ms, until ${times[at]}`;
  }
  return undefined;
}

describe('The limiter in front of Teams', () => {
  /** Asks in a few conversations of two tenants, with pauses, patience, and Teams asking to be spared now and then. */
  const step = fc.record({
    to: fc.constantFrom('a', 'b', 'c', 'd'),
    tenant: fc.constantFrom('one', 'two'),
    priority: fc.constantFrom<Priority>('reply', 'notification'),
    burst: fc.integer({ min: 1, max: 25 }),
    timeoutMs: fc.constantFrom(500, 5 * SECOND, 45 * SECOND, 10 * MINUTE),
    thenMs: fc.constantFrom(0, 1, 90, 400, 999, 1_000, 4_000, 31_000),
    holdMs: fc.constantFrom(0, 0, 0, 700, 20_000),
  });

  it('never lets more through than Teams allows, in any stretch, for any conversation or tenant; and loses no one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { time, limiter, all, ask, passed } = start(12);
        for (const { to, tenant, priority, burst, timeoutMs, thenMs, holdMs } of steps) {
          if (holdMs > 0) limiter.hold({ tenantId: tenant, conversationId: to }, holdMs);
          for (let count = 0; count < burst; count += 1) ask(to, { timeoutMs, priority }, tenant);
          await time.pass(thenMs);
        }
        await time.pass(2 * HOUR);
        for (const tenant of ['one', 'two']) {
          expect(
            broken(timesOf(passed((asked) => asked.tenant === tenant)), [{ maxCalls: 12, windowMs: SECOND }]),
          ).to.equal(undefined);
          for (const to of ['a', 'b', 'c', 'd'])
            expect(
              broken(timesOf(passed((asked) => asked.tenant === tenant && asked.to === to)), CONVERSATION_LIMITS),
              to,
            ).to.equal(undefined);
        }
        for (const { askedAt, timeoutMs, passedAt, sentAwayAt, awayMs = 0 } of all) {
          expect([passedAt, sentAwayAt].filter((at) => at !== undefined)).to.have.length(1);
          expect((passedAt ?? sentAwayAt ?? Number.POSITIVE_INFINITY) - askedAt, 'within its timeout').to.be.at.most(
            timeoutMs,
          );
          if (sentAwayAt !== undefined) expect(awayMs).to.be.at.least(SECOND);
        }
        expect(limiter.size().waiting).to.equal(0);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps in each conversation the order in which they came, those who answer a person before the others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const { time, ask, passed } = start(12);
        for (const { to, tenant, priority, burst, thenMs } of steps) {
          for (let count = 0; count < burst; count += 1) ask(to, { ...LONG, priority }, tenant);
          await time.pass(thenMs);
        }
        await time.pass(2 * HOUR);
        for (const tenant of ['one', 'two'])
          for (const to of ['a', 'b', 'c', 'd'])
            for (const priority of ['reply', 'notification']) {
              const line = passed((asked) => asked.tenant === tenant && asked.to === to && asked.priority === priority);
              const order = [...line].sort(
                (one, other) => (one.passedAt ?? 0) - (other.passedAt ?? 0) || one.number - other.number,
              );
              expect(order.map(({ number }) => number)).to.deep.equal(line.map(({ number }) => number));
            }
      }),
      { numRuns: 20 },
    );
  });

  /** How many of a flood in one conversation have passed, by the time. */
  async function flood(priority: Priority): Promise<Record<number, number>> {
    const { time, ask, passed } = start();
    for (let count = 0; count < 90; count += 1) ask('flood', { ...LONG, priority });
    const seen: Record<number, number> = {};
    for (const at of [0, 1_000, 1_999, 29_999, 30_000]) {
      await time.pass(at - time.clock.now());
      seen[at] = passed().length;
    }
    return seen;
  }

  it('reaches what Teams allows: of answers in one conversation 7 go at once, 8 in two seconds, 60 in thirty', async () => {
    expect(await flood('reply')).to.deep.equal({ 0: 7, 1000: 8, 1999: 8, 29_999: 60, 30_000: 67 });
  });

  it('leaves a part of that to answers: of what is told in one conversation 5 go at once, 6 in two seconds, 50 in thirty', async () => {
    expect(await flood('notification')).to.deep.equal({ 0: 5, 1000: 6, 1999: 6, 29_999: 50, 30_000: 55 });
  });

  it('answers a person at once in a conversation that is flooded with what happened', async () => {
    const { time, ask } = start();
    for (let count = 0; count < 90; count += 1) ask('flood');
    for (const at of [0, 3_500, 7_500, 29_000]) {
      await time.pass(at - time.clock.now());
      const answer = ask('flood', reply(6 * SECOND));
      await time.pass(0);
      expect(answer.passedAt, `asked at ${at}`).to.equal(at);
    }
  });

  it('lets 1700 notices through to one conversation in an hour, and not one more', async () => {
    const { time, ask, passed } = start();
    for (let minute = 0; minute < 60; minute += 1) {
      for (let count = 0; count < 60; count += 1) ask('flood', notification(29 * SECOND));
      await time.pass(MINUTE);
    }
    const times = timesOf(passed());
    expect(broken(times, CONVERSATION_LIMITS)).to.equal(undefined);
    expect(times.filter((at) => at < HOUR).length).to.be.within(1_650, 1_700);
  });

  it('a flood in one conversation holds up none of the others', async () => {
    const { time, ask } = start(10);
    for (let count = 0; count < 90; count += 1) ask('flood');
    await time.pass(5 * SECOND);
    const others = Array.from({ length: 9 }, (_, index) => ask(`other ${index}`));
    await time.pass(0);
    expect(others.map(({ passedAt }) => passedAt)).to.deep.equal(others.map(() => 5 * SECOND));
  });

  it("conversations that wait for the tenant's turn get it one after the other, also those with much to say", async () => {
    const { time, ask, passed } = start(3);
    for (const to of ['x', 'a', 'b', 'c', 'd', 'e', 'f']) for (let count = 0; count < 3; count += 1) ask(to);
    await time.pass(MINUTE);
    const order = [...passed(({ to }) => to !== 'x')]
      .sort((one, other) => (one.passedAt ?? 0) - (other.passedAt ?? 0))
      .map(({ to }) => to);
    for (let round = 0; round < 3; round += 1)
      expect(new Set(order.slice(round * 6, round * 6 + 6)).size, `round ${round}: ${order.join('')}`).to.equal(6);
  });

  it('one tenant takes nothing from another', async () => {
    const { time, ask } = start(2);
    for (let count = 0; count < 50; count += 1) ask(`conversation ${count}`, LONG, 'loud');
    const quiet = ask('conversation', LONG, 'quiet');
    await time.pass(0);
    expect(quiet.passedAt).to.equal(0);
  });

  it('an answer to a person goes before a message that tells of what happened', async () => {
    const { time, ask } = start(5);
    for (let count = 0; count < 60; count += 1) ask(`conversation ${count % 20}`);
    const answer = ask('conversation 3', reply(5 * SECOND));
    await time.pass(SECOND);
    expect(answer.passedAt).to.equal(SECOND);
  });

  it('sends away at once who would wait in vain, and says when to retry', async () => {
    const { time, ask } = start();
    for (let count = 0; count < 50; count += 1) ask('flood');
    const late = ask('flood', notification(10 * SECOND));
    await time.pass(0);
    expect([late.sentAwayAt, late.awayMs]).to.deep.equal([0, 30 * SECOND]);
  });

  it('sends away who has waited to the end of their patience', async () => {
    const { time, limiter, ask } = start(1);
    for (let count = 0; count < 40; count += 1) ask(`conversation ${count}`);
    const late = ask('late', notification(5 * SECOND));
    await time.pass(10 * SECOND);
    expect(late.passedAt).to.equal(undefined);
    expect(late.sentAwayAt).to.equal(5 * SECOND);
    await time.pass(MINUTE);
    expect(limiter.size().waiting).to.equal(0);
  });

  describe('when Teams turned a call away', () => {
    it('lets no one through to that conversation before the time that Teams named, and all the others', async () => {
      const { time, limiter, ask } = start();
      limiter.hold({ tenantId: 'tenant', conversationId: 'held' }, 20 * SECOND);
      const [held, other] = [ask('held'), ask('other')];
      await time.pass(MINUTE);
      expect([held.passedAt, other.passedAt]).to.deep.equal([20 * SECOND, 0]);
    });

    it('sends away who waits there and cannot wait for so long', async () => {
      const { time, limiter, ask } = start();
      for (let count = 0; count < 8; count += 1) ask('held');
      const waiting = ask('held', notification(5 * SECOND));
      limiter.hold({ tenantId: 'tenant', conversationId: 'held' }, 10 * MINUTE);
      await time.pass(0);
      expect([waiting.sentAwayAt, waiting.awayMs]).to.deep.equal([0, 10 * MINUTE]);
    });

    it('spares the whole tenant, for half a minute at most, when it turns away three conversations at once', async () => {
      const { time, limiter, ask } = start();
      for (const conversationId of ['a', 'b']) limiter.hold({ tenantId: 'tenant', conversationId }, 2 * MINUTE);
      const before = ask('other');
      await time.pass(0);
      limiter.hold({ tenantId: 'tenant', conversationId: 'c' }, 2 * MINUTE);
      const [after, elsewhere] = [ask('other'), ask('other', LONG, 'another tenant')];
      await time.pass(MINUTE);
      expect([before.passedAt, after.passedAt, elsewhere.passedAt]).to.deep.equal([0, 30 * SECOND, 0]);
    });
  });

  describe('memory', () => {
    it('forgets a conversation an hour after it was used last', async () => {
      const { time, limiter, ask } = start(1_000);
      for (let count = 0; count < 500; count += 1) ask(`conversation ${count}`);
      await time.pass(HOUR - 1);
      ask('another');
      expect(limiter.size().lanes).to.equal(501);
      await time.pass(1);
      ask('another');
      await time.pass(0);
      expect(limiter.size()).to.deep.equal({ lanes: 1, waiting: 0 });
    });

    it('forgets a tenant that is silent', async () => {
      const { time, limiter, ask } = start();
      for (let count = 0; count < 100; count += 1) ask('conversation', LONG, `tenant ${count}`);
      await time.pass(HOUR);
      ask('conversation', LONG, 'another');
      expect(limiter.size().lanes).to.equal(1);
    });

    it('remembers 50,000 conversations of a tenant at most', async () => {
      const { time, limiter, ask } = start(100_000);
      for (let count = 0; count < 50_500; count += 1) ask(`conversation ${count}`);
      await time.pass(0);
      expect(limiter.size().lanes).to.be.within(50_000, 50_001);
    });

    it('lets 100 wait for a conversation and 2000 for a tenant, and sends the others away at once', async () => {
      const { time, limiter, all, ask } = start(1);
      for (let count = 0; count < 200; count += 1) ask('flood');
      await time.pass(0);
      expect(limiter.size().waiting).to.equal(100);
      for (let count = 0; count < 3_000; count += 1) ask(`conversation ${count}`);
      await time.pass(0);
      expect(limiter.size().waiting).to.equal(2_000);
      expect(all.filter(({ sentAwayAt }) => sentAwayAt === 0)).to.have.length(3_200 - 2_000 - 1);
    });
  });
});
