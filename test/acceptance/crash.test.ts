import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { CrashScenario, Moment } from './support/crashScenario.ts';
import { startCrashScenario } from './support/crashScenario.ts';
import { claimIn, drafted, newPdf, underReview } from './support/filing.ts';
import { jsonIn, keysIn } from './support/backend.ts';
import { linksOf, textOf } from './support/shownCard.ts';
import { DAY } from './support/scenario.ts';
import { createLinkBrowser, putFile } from '../support/linkBrowser.ts';

describe('acceptance: the process is killed (kill -9)', () => {
  let scenario: CrashScenario;

  before(async () => {
    scenario = await startCrashScenario();
  });
  after(() => scenario.stop());
  afterEach(() => scenario.historiesHold());

  /** How often each message about a claim is in Teams: cards by their conversation, lines by their words. */
  function told(id: ClaimId): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const conversation of scenario.connector.conversations()) {
      for (const message of scenario.connector.messages(conversation)) {
        const isCard = message.card !== undefined && textOf(message.card).startsWith(id);
        const name = isCard
          ? `card in ${conversation.split(';')[0] ?? ''}`
          : message.text?.includes(id)
            ? `${conversation.split(';')[0] ?? ''}: ${message.text}`
            : undefined;
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    return counts;
  }

  const approve = async (id: ClaimId): Promise<void> => {
    const press = scenario.arun.pressOn(await scenario.home(id, 'review'), 'approve');
    await scenario.post(press).catch(() => undefined);
  };
  /** The same messages for every claim: the id taken out. */
  const generally = (counts: ReadonlyMap<string, number>, id: ClaimId): ReadonlyMap<string, number> =>
    new Map([...counts].map(([name, count]) => [name.replaceAll(id, 'CPOR'), count]));

  describe('between the commit of an approval and the delivery of its notices', () => {
    let expected: ReadonlyMap<string, number>;
    let messages: number;

    before(async () => {
      const id = await underReview(scenario);
      const before = scenario.connector.calls.length;
      await approve(id);
      await scenario.idle();
      messages = scenario.connector.calls.length - before;
      expected = generally(told(id), id);
      expect(messages).to.be.within(5, 10);
    });

    const moments: readonly (readonly [Moment, string, most: number, nths: readonly number[]])[] = [
      ['lost', 'before Teams has it: nothing is repeated', 0, [1, 4]],
      ['unanswered', 'that Teams has taken and not acknowledged: at most that one is repeated', 1, [1, 2, 3, 4, 5]],
      ['answered', 'right after its acknowledgement: at most that one is repeated', 1, [1, 3, 5]],
    ];
    for (const [moment, how, most, nths] of moments) {
      for (const nth of nths) {
        it(`with message ${nth}, ${how}, and none is missing`, async () => {
          const id = await underReview(scenario);
          const died = scenario.killAt(nth, moment);
          await approve(id);
          await died;
          await scenario.restart();
          await scenario.idle();
          expect(await scenario.count(id, 'ClaimApproved')).to.equal(1);
          expect(await scenario.count(id, 'NoticeDelivered')).to.equal(1);
          const counts = generally(told(id), id);
          expect([...counts.keys()].sort()).to.deep.equal([...expected.keys()].sort());
          const repeated = [...counts].reduce((sum, [name, count]) => sum + count - (expected.get(name) ?? 0), 0);
          expect(repeated, JSON.stringify([...counts])).to.be.within(0, most);
          for (const home of ['partner', 'review', 'customer'])
            expect(textOf((await scenario.home(id, home)).card), home).to.contain(
              home === 'customer' ? 'Waiting for you' : 'Approved',
            );
        });
      }
    }
  });

  it('right after a press was answered: what was answered is so, and the press delivered again does nothing', async () => {
    const id = await underReview(scenario);
    const press = scenario.arun.pressOn(await scenario.home(id, 'review'), 'approve');
    const release = scenario.connector.rule({ hang: true });
    const first = await scenario.post(press);
    await scenario.kill();
    release();
    await scenario.restart();
    await scenario.idle();
    const again = await scenario.post(press);
    expect([first.status, again.status]).to.deep.equal([200, 200]);
    expect(await scenario.count(id, 'ClaimApproved')).to.equal(1);
  });

  it('when the thread of a claim was begun and Teams has not said so: it is begun again, once, and the second one lives', async () => {
    const card = await drafted(scenario);
    const id = claimIn(card.card);
    const died = scenario.killAt(1, 'unanswered', (call) => call.path === '/v3/conversations');
    await scenario.post(scenario.anna.pressOn(card, 'submit')).catch(() => undefined);
    await died;
    await scenario.restart();
    await scenario.idle();
    const threads = scenario.connector
      .conversations()
      .filter((thread) =>
        scenario.connector
          .messages(thread)
          .some((message) => message.card && thread.startsWith('19:') && textOf(message.card).includes(` · ${id}`)),
      );
    expect(threads).to.have.lengthOf(2);
    expect((await scenario.home(id, 'review')).conversationId).to.equal(threads[1]);
    await scenario.arun.press(await scenario.home(id, 'review'), 'start');
    expect(textOf((await scenario.home(id, 'review')).card)).to.contain('Under review');
    expect(await scenario.events(id)).to.deep.equal([
      'ClaimCreated',
      'FieldsEdited',
      'PoeAdded',
      'ClaimSubmitted',
      'ReviewStarted',
    ]);
  });

  it('twice during a sweep over many due claims: each consent passes once, is handed over once, and everyone is told', async () => {
    const ids: ClaimId[] = [];
    for (let number = 0; number < 12; number += 1) {
      const id = await underReview(scenario);
      await approve(id);
      await scenario.idle();
      ids.push(id);
    }
    await scenario.kill();
    let died = scenario.killAt(6, 'unanswered');
    await scenario.restart(9 * DAY);
    await died;
    died = scenario.killAt(15, 'answered');
    await scenario.restart();
    await died;
    await scenario.restart();
    await scenario.idle();
    for (const id of ids) {
      expect(await scenario.count(id, 'ConsentPassed'), id).to.equal(1);
      const record = await jsonIn(scenario.storage, `assessments/${id}-1.json`);
      expect(record).to.deep.equal((await scenario.claim(id)).assessment?.record);
      const repeats = [...told(id)].filter(([name]) => !name.startsWith('card in')).map(([, count]) => count - 1);
      expect(
        repeats.reduce((sum, count) => sum + count, 0),
        'one claim, one message in flight: at most one repeated for each of two kills',
      ).to.be.below(3);
      for (const home of ['partner', 'review', 'customer'])
        expect((await scenario.lines(id, home)).length, home).to.be.greaterThan(0);
      expect(textOf((await scenario.home(id, 'partner')).card)).to.match(/assessment/i);
    }
  });

  it('with half of an upload sent: no half file stays, the claim has no trace of it, and the file sent again is taken', async () => {
    const card = await drafted(scenario);
    const id = claimIn(card.card);
    const offered = await scenario.anna.press(await scenario.home(id, 'partner'), 'addPoe');
    const link = String(linksOf(offered.card).find((one) => one.includes('/poe/')));
    const bytes = Buffer.concat([newPdf(), Buffer.alloc(6_000_000)]);
    const before = await scenario.record(id);
    const browser = createLinkBrowser();
    await browser.enter(link);
    const headers = { 'x-requested-with': 'desk', 'x-file-name': 'half.pdf', cookie: browser.cookies(link) };
    const put = request(`${link}/files`, {
      method: 'PUT',
      headers: { ...headers, 'content-length': bytes.length },
    });
    put.on('error', () => undefined);
    put.write(bytes.subarray(0, bytes.length / 2));
    const whole = await keysIn(scenario.storage, 'poe/');
    while ((await scenario.backend.halfWritten()) < bytes.length / 4) await pause(5);
    await scenario.kill();
    await scenario.restart();
    expect(await keysIn(scenario.storage, 'poe/')).to.deep.equal(whole);
    expect(await scenario.record(id)).to.deep.equal(before);
    // The session holds for the process that comes after.
    const again = await putFile(browser, link.replace(/:\d+\//, `:${scenario.port()}/`), 'half.pdf', bytes);
    expect(again.status, await again.text()).to.equal(201);
    expect((await scenario.claim(id)).poe).to.have.lengthOf(2);
  });
});
