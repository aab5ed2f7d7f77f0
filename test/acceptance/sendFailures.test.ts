import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { submitted, underReview } from './support/filing.ts';
import type { ShownCard } from './support/shownCard.ts';
import { textOf } from './support/shownCard.ts';
import { answeredCard } from './support/user.ts';
import { DAY, HOUR, MINUTE, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

describe('acceptance: a connector in trouble', () => {
  let scenario: Scenario;

  before(async () => {
    scenario = await startScenario({ env: { SEND_TIMEOUT_MS: '1500' } });
  });
  after(() => scenario.stop());
  afterEach(() => scenario.check());

  /** A press while the connector is in trouble: answered all the same, with what the connector has heard nothing of. */
  async function start(id: ClaimId): Promise<ShownCard> {
    const on = await scenario.home(id, 'review');
    const press = scenario.arun.pressOn(on, 'start');
    return answeredCard(on, await scenario.post(press), press);
  }

  async function linesOfBoth(id: ClaimId): Promise<readonly number[]> {
    return [(await scenario.lines(id, 'partner')).length, (await scenario.lines(id, 'review')).length];
  }

  const temporary: readonly {
    readonly how: string;
    readonly rule: Parameters<Scenario['connector']['rule']>[0];
    readonly after: number;
  }[] = [
    {
      how: 'throttles, and says when to retry',
      rule: { status: 429, headers: { 'retry-after': '120' } },
      after: 3 * MINUTE,
    },
    { how: 'throttles without saying when', rule: { status: 429 }, after: MINUTE },
    { how: 'is out of order', rule: { status: 503 }, after: MINUTE },
    { how: 'fails', rule: { status: 500 }, after: MINUTE },
    { how: 'never answers', rule: { hang: true }, after: MINUTE },
    { how: 'hangs up', rule: { reset: true }, after: MINUTE },
  ];

  for (const { how, rule, after } of temporary) {
    it(`that ${how}: the press is answered all the same, and the notices go out later, each once`, async () => {
      const id = await submitted(scenario);
      const [partner = 0, review = 0] = await linesOfBoth(id);
      const release = scenario.connector.rule(rule);
      const card = await start(id);
      expect(textOf(card.card)).to.contain('Under review');
      await scenario.idle();
      expect(await linesOfBoth(id)).to.deep.equal([partner, review]);
      release();
      await scenario.turn(after);
      expect(await linesOfBoth(id)).to.deep.equal([partner + 1, review + 1]);
      expect(textOf((await scenario.home(id, 'partner')).card)).to.contain('Under review');
      expect((await scenario.record(id)).body.outbox).to.deep.equal([]);
      await scenario.turn(HOUR);
      expect(await linesOfBoth(id)).to.deep.equal([partner + 1, review + 1]);
    });
  }

  it('that is silent holds no press up, however patient the desk is with it', async () => {
    const patient = await startScenario({ env: { SEND_TIMEOUT_MS: '45000' } });
    try {
      const id = await submitted(patient);
      let speak: () => void = () => undefined;
      patient.connector.rule({
        delay: new Promise<void>((resolve) => {
          speak = resolve;
        }),
      });
      const on = await patient.home(id, 'review');
      const press = patient.arun.pressOn(on, 'start');
      expect(textOf(answeredCard(on, await patient.post(press), press).card)).to.contain('Under review');
      expect(await patient.count(id, 'ReviewStarted')).to.equal(1);
      expect((await patient.record(id)).body.outbox, 'no one has heard of it yet').to.have.length.above(0);
      speak();
      await patient.idle();
      expect((await patient.record(id)).body.outbox).to.deep.equal([]);
    } finally {
      await patient.stop();
    }
  });

  it('that throttles is not asked again before the time it named', async () => {
    const id = await submitted(scenario);
    const release = scenario.connector.rule({ status: 429, headers: { 'retry-after': '600' } });
    await start(id);
    await scenario.idle();
    const asked = scenario.connector.calls.length;
    await scenario.turn(9 * MINUTE);
    expect(scenario.connector.calls.length).to.equal(asked);
    release();
    await scenario.turn(2 * MINUTE);
    expect((await scenario.record(id)).body.outbox).to.deep.equal([]);
  });

  it('a press while the connector hangs is answered also when the thread has not been posted yet, and the thread comes later', async () => {
    const release = scenario.connector.rule({ match: (call) => call.path === '/v3/conversations', hang: true });
    const id = await submitted(scenario);
    expect((await scenario.record(id)).body.homes['review']).to.equal(undefined);
    release();
    await scenario.turn(MINUTE);
    expect(textOf((await scenario.home(id, 'review')).card)).to.contain(id);
  });

  describe('that refuses for good', () => {
    for (const [code, reason] of [
      ['BotNotInConversationRoster', 'notInstalled'],
      ['ConversationBlockedByUser', 'blocked'],
      ['BotDisabledByAdmin', 'disabledByAdmin'],
      ['SomethingNew', 'notInstalled'],
    ] as const) {
      it(`${code}: the press counts, the person is remembered as not reachable (${reason}) and told again when they write`, async () => {
        const id = await underReview(scenario);
        // Else the partner's other member would be told in her place (R45).
        const release = scenario.connector.rule({
          match: (call) => call.conversationId === scenario.anna.chat || call.conversationId === scenario.boris.chat,
          status: 403,
          code,
        });
        await scenario.post(
          scenario.arun.pressOn(await scenario.home(id, 'review'), 'reject', {
            reason: 'missingProducts',
            comment: 'Which?',
          }),
        );
        await scenario.idle();
        expect((await scenario.claim(id)).hold?.reason).to.equal(reason);
        const knocks = (): number =>
          scenario.connector.calls.filter((call) => call.conversationId === scenario.anna.chat).length;
        const before = knocks();
        await scenario.turn(2 * HOUR);
        expect(knocks(), 'no call is made while the limit lasts').to.equal(before);
        release();
        await scenario.anna.say('status');
        await scenario.idle();
        expect((await scenario.claim(id)).hold).to.equal(undefined);
        expect((await scenario.lines(id, 'partner')).at(-1)).to.contain('Which?');
      });
    }

    it('a card that someone deleted is posted anew', async () => {
      const id = await submitted(scenario);
      const old = await scenario.home(id, 'partner');
      await fetch(
        `${scenario.connector.url}v3/conversations/${encodeURIComponent(old.conversationId)}/activities/` +
          `${encodeURIComponent(old.messageId)}`,
        { method: 'DELETE' },
      );
      await start(id);
      await scenario.idle();
      const now = await scenario.home(id, 'partner');
      expect(now.messageId).not.to.equal(old.messageId);
      expect(textOf(now.card)).to.contain('Under review');
    });

    it('a review channel that was lost is told when it has a purpose again, and no claim waits for ever', async () => {
      const id = await submitted(scenario);
      const release = scenario.connector.rule({
        match: (call) => call.conversationId?.startsWith('19:reviews') === true,
        status: 403,
        code: 'BotNotInConversationRoster',
      });
      await start(id);
      await scenario.idle();
      release();
      await scenario.arun.say('hello');
      await scenario.otto.mention(
        { team: '19:team@thread.tacv2', channel: '19:reviews@thread.tacv2' },
        'use this channel for reviews',
      );
      await scenario.arun.press(await scenario.arun.ask(`status ${id}`), 'approve');
      await scenario.idle();
      expect(textOf((await scenario.home(id, 'review')).card)).to.contain('Approved');
    });
  });

  it('that is down for a week: everything is told in the end, the newest of each kind, and no deadline ran against anybody', async () => {
    const id = await underReview(scenario);
    const release = scenario.connector.rule({ status: 502 });
    const card = await scenario.home(id, 'review');
    await scenario.post(scenario.arun.pressOn(card, 'request', { reasons: 'missingProducts', comment: 'Which?' }));
    await scenario.idle();
    for (let day = 0; day < 7; day += 1) await scenario.turn(DAY);
    expect((await scenario.claim(id)).clocks.partnerResponse?.state).to.equal('awaitingDelivery');
    release();
    await scenario.turn(HOUR);
    const clock = (await scenario.claim(id)).clocks.partnerResponse;
    expect(clock?.state).to.equal('running');
    expect(dueOf(clock) ?? 0).to.be.greaterThan(scenario.clock.now());
    expect((await scenario.lines(id, 'partner')).filter((line) => line.includes('Which?'))).to.have.lengthOf(1);
  });
});
