import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { CrashWalk, Moment } from './crashWalk.ts';
import { startCrashWalk } from './crashWalk.ts';
import { claimIn, drafted, newPdf, underReview } from './filing.ts';
import { jsonIn, keysIn } from './ground.ts';
import { linksOf, textOf } from './shownCard.ts';
import { DAY } from './walk.ts';

describe('a walk: the process is killed (kill -9)', () => {
  let walk: CrashWalk;

  before(async () => {
    walk = await startCrashWalk();
  });
  after(() => walk.stop());
  afterEach(() => walk.historiesHold());

  /** How often each message about a claim stands in Teams: cards by their conversation, lines by their words. */
  function told(id: ClaimId): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const conversation of walk.connector.conversations()) {
      for (const message of walk.connector.messages(conversation)) {
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
    const press = walk.arun.pressOn(await walk.home(id, 'review'), 'approve');
    await walk.post(press).catch(() => undefined);
  };
  /** The same messages for every claim: the id taken out. */
  const generally = (counts: ReadonlyMap<string, number>, id: ClaimId): ReadonlyMap<string, number> =>
    new Map([...counts].map(([name, count]) => [name.replaceAll(id, 'CPOR'), count]));

  describe('between the commit of an approval and the delivery of its notices', () => {
    let expected: ReadonlyMap<string, number>;
    let messages: number;

    before(async () => {
      const id = await underReview(walk);
      const before = walk.connector.calls.length;
      await approve(id);
      await walk.idle();
      messages = walk.connector.calls.length - before;
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
          const id = await underReview(walk);
          const died = walk.killAt(nth, moment);
          await approve(id);
          await died;
          await walk.restart();
          await walk.idle();
          expect(await walk.count(id, 'ClaimApproved')).to.equal(1);
          expect(await walk.count(id, 'NoticeDelivered')).to.equal(1);
          const counts = generally(told(id), id);
          expect([...counts.keys()].sort()).to.deep.equal([...expected.keys()].sort());
          const repeated = [...counts].reduce((sum, [name, count]) => sum + count - (expected.get(name) ?? 0), 0);
          expect(repeated, JSON.stringify([...counts])).to.be.within(0, most);
          for (const home of ['partner', 'review', 'customer'])
            expect(textOf((await walk.home(id, home)).card), home).to.contain('Approved');
        });
      }
    }
  });

  it('right after a press was answered: what was answered is so, and the press delivered again does nothing', async () => {
    const id = await underReview(walk);
    const press = walk.arun.pressOn(await walk.home(id, 'review'), 'approve');
    const release = walk.connector.rule({ hang: true });
    const first = await walk.post(press);
    await walk.kill();
    release();
    await walk.restart();
    await walk.idle();
    const again = await walk.post(press);
    expect([first.status, again.status]).to.deep.equal([200, 200]);
    expect(await walk.count(id, 'ClaimApproved')).to.equal(1);
  });

  it('when the thread of a claim was begun and Teams has not said so: it is begun again, once, and the second is the one that lives', async () => {
    const card = await drafted(walk);
    const id = claimIn(card.card);
    const died = walk.killAt(1, 'unanswered', (call) => call.path === '/v3/conversations');
    await walk.post(walk.anna.pressOn(card, 'submit')).catch(() => undefined);
    await died;
    await walk.restart();
    await walk.idle();
    const threads = walk.connector
      .conversations()
      .filter((thread) =>
        walk.connector
          .messages(thread)
          .some((message) => message.card && thread.startsWith('19:') && textOf(message.card).startsWith(id)),
      );
    expect(threads).to.have.lengthOf(2);
    expect((await walk.home(id, 'review')).conversationId).to.equal(threads[1]);
    await walk.arun.press(await walk.home(id, 'review'), 'start');
    expect(textOf((await walk.home(id, 'review')).card)).to.contain('Under review');
    expect(await walk.events(id)).to.deep.equal([
      'ClaimCreated',
      'FieldsEdited',
      'PoeAdded',
      'ClaimSubmitted',
      'ReviewStarted',
    ]);
  });

  it('twice during a sweep over many claims that are due: each consent passes once, is handed over once, and everybody is told', async () => {
    const ids: ClaimId[] = [];
    for (let number = 0; number < 12; number += 1) {
      const id = await underReview(walk);
      await approve(id);
      await walk.idle();
      ids.push(id);
    }
    await walk.kill();
    let died = walk.killAt(6, 'unanswered');
    await walk.restart(9 * DAY);
    await died;
    died = walk.killAt(15, 'answered');
    await walk.restart();
    await died;
    await walk.restart();
    await walk.idle();
    for (const id of ids) {
      expect(await walk.count(id, 'ConsentPassed'), id).to.equal(1);
      const record = await jsonIn(walk.storage, `assessments/${id}-1.json`);
      expect(record).to.deep.equal((await walk.claim(id)).assessment?.record);
      const repeats = [...told(id)].filter(([name]) => !name.startsWith('card in')).map(([, count]) => count - 1);
      expect(
        repeats.reduce((sum, count) => sum + count, 0),
        'one claim, one message in hand: at most one repeated for each of two kills',
      ).to.be.below(3);
      for (const home of ['partner', 'review', 'customer'])
        expect((await walk.lines(id, home)).length, home).to.be.greaterThan(0);
      expect(textOf((await walk.home(id, 'partner')).card)).to.match(/assessment/i);
    }
  });

  it('with half of an upload sent: no half file stays, the claim has no trace of it, and the file sent again is taken', async () => {
    const card = await drafted(walk);
    const id = claimIn(card.card);
    const offered = await walk.anna.press(await walk.home(id, 'partner'), 'addPoe');
    const link = String(linksOf(offered.card).find((one) => one.includes('/poe/')));
    const bytes = Buffer.concat([newPdf(), Buffer.alloc(6_000_000)]);
    const before = await walk.record(id);
    const put = request(`${link}/files?name=half.pdf`, {
      method: 'PUT',
      headers: { 'x-requested-with': 'desk', 'content-length': bytes.length },
    });
    put.on('error', () => undefined);
    put.write(bytes.subarray(0, bytes.length / 2));
    const whole = await keysIn(walk.storage, 'poe/');
    while ((await walk.ground.halfWritten()) < bytes.length / 4) await pause(5);
    await walk.kill();
    await walk.restart();
    expect(await keysIn(walk.storage, 'poe/')).to.deep.equal(whole);
    expect(await walk.record(id)).to.deep.equal(before);
    const again = await fetch(link.replace(/:\d+\//, `:${walk.port()}/`) + '/files?name=half.pdf', {
      method: 'PUT',
      headers: { 'x-requested-with': 'desk' },
      body: new Uint8Array(bytes),
    });
    expect(again.status, await again.text()).to.equal(201);
    expect((await walk.claim(id)).poe).to.have.lengthOf(2);
  });
});
