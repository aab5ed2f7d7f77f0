import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { ClockName } from '../../src/domain/claims/policy.ts';
import { dueOf } from '../../src/domain/claims/clock.ts';
import { asked, disputed, submitted, underReview } from './support/filing.ts';
import { startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

/** A business day in May 2021, as instants: the ends of the days after an end of a day, weekends left out. */
const nextEnd = (end: number): number => {
  let next = end + 24 * 3_600_000;
  while ([0, 6].includes(new Date(next - 1 - 7 * 3_600_000).getUTCDay())) next += 24 * 3_600_000;
  return next;
};

describe("acceptance: Microsoft's own lateness (R43)", () => {
  let scenario: Scenario;

  beforeEach(async () => {
    scenario = await startScenario();
  });
  afterEach(async () => {
    await scenario.check();
    await scenario.stop();
  });

  type Told = 'review' | 'arun' | 'rita' | 'lena' | 'olga';

  /** Who reads a new line about the claim while the clock is turned. */
  async function toldBy(id: ClaimId, turn: () => Promise<void>): Promise<readonly Told[]> {
    const thread = (await scenario.home(id, 'review')).conversationId;
    const rooms: Readonly<Record<Told, string>> = {
      review: thread,
      arun: scenario.arun.chat,
      rita: scenario.rita.chat,
      lena: scenario.lena.chat,
      olga: scenario.olga.chat,
    };
    const heard = (room: string): number =>
      scenario.connector.messages(room).filter((message) => message.text !== undefined || message.card !== undefined)
        .length;
    const before = new Map(Object.values(rooms).map((room) => [room, heard(room)]));
    await turn();
    return (Object.keys(rooms) as Told[]).filter((who) => heard(rooms[who]) > (before.get(rooms[who]) ?? 0));
  }

  const STORIES: readonly {
    readonly clock: ClockName;
    readonly reach: () => Promise<ClaimId>;
    readonly reminded: readonly Told[];
    readonly first: readonly Told[];
  }[] = [
    { clock: 'reviewStart', reach: () => submitted(scenario), reminded: ['review'], first: ['review'] },
    { clock: 'reviewDecision', reach: () => underReview(scenario), reminded: ['arun'], first: ['review', 'arun'] },
    {
      clock: 'disputeDecision',
      reach: () => disputed(scenario),
      reminded: ['review', 'arun'],
      first: ['review', 'arun'],
    },
  ];

  for (const { clock, reach, reminded, first } of STORIES) {
    it(`${clock}: a reminder, level 1 to assignee and thread, 2 to the leads, 3 to the owner, then both each business day`, async () => {
      const id = await reach();
      const running = (await scenario.claim(id)).clocks[clock];
      const due = dueOf(running) ?? 0;
      const reminder = running?.reminders[0] ?? 0;
      expect(await toldBy(id, () => scenario.turnTo(reminder - 1))).to.deep.equal([]);
      expect(await toldBy(id, () => scenario.turn(1)), 'reminder').to.deep.equal(reminded);
      expect(await toldBy(id, () => scenario.turnTo(due - 1))).to.deep.equal([]);
      expect(await toldBy(id, () => scenario.turn(1)), 'level 1').to.deep.equal(first);
      let end = nextEnd(due);
      expect(await toldBy(id, () => scenario.turnTo(end - 1))).to.deep.equal([]);
      expect(await toldBy(id, () => scenario.turn(1)), 'level 2').to.deep.equal(['lena']);
      end = nextEnd(end);
      expect(await toldBy(id, () => scenario.turnTo(end)), 'level 3').to.include('olga');
      end = nextEnd(end);
      expect(await toldBy(id, () => scenario.turnTo(end)), 'and again').to.include.members(['lena', 'olga']);
      const levels = (await scenario.record(id)).body.entries.flatMap(({ event }) =>
        event.type === 'ClockEscalated' && event.clock === clock ? [event.level] : [],
      );
      expect(levels).to.deep.equal([1, 2, 3, 4]);
      expect((await scenario.claim(id)).status, 'lateness decides nothing').to.equal(
        { reviewStart: 'Submitted', reviewDecision: 'UnderReview', disputeDecision: 'Rejected' }[
          clock as 'reviewStart'
        ],
      );
    });
  }

  it('overallDecision: paused while the partner has to act, then the leads are reminded and each level escalates once', async () => {
    const id = await asked(scenario);
    await scenario.anna.press(await scenario.home(id, 'partner'), 'comment', { comment: 'From May.' });
    await scenario.anna.press(await scenario.home(id, 'partner'), 'resubmit');
    await scenario.arun.press(await scenario.home(id, 'review'), 'start');
    const running = (await scenario.claim(id)).clocks.overallDecision;
    const due = dueOf(running) ?? 0;
    expect(running?.reminders).to.have.lengthOf(1);
    expect(await toldBy(id, () => scenario.turnTo(running?.reminders[0] ?? 0)), 'reminder').to.include('lena');
    await scenario.turnTo(due);
    await scenario.turnTo(nextEnd(due));
    await scenario.turnTo(nextEnd(nextEnd(due)));
    const levels = (await scenario.record(id)).body.entries.flatMap(({ event }) =>
      event.type === 'ClockEscalated' && event.clock === 'overallDecision' ? [event.level] : [],
    );
    expect(levels).to.deep.equal([1, 2, 3]);
  });

  it('after a long downtime everything that was due fires once, and each is told the newest only', async () => {
    const id = await underReview(scenario);
    const due = dueOf((await scenario.claim(id)).clocks.reviewDecision) ?? 0;
    const before = (await scenario.lines(id, 'review')).length;
    await scenario.turnTo(nextEnd(nextEnd(nextEnd(due))));
    await Promise.all([scenario.desk.desk.sweep(), scenario.desk.desk.sweep()]);
    const levels = (await scenario.record(id)).body.entries.flatMap(({ event }) =>
      event.type === 'ClockEscalated' && event.clock === 'reviewDecision' ? [event.level] : [],
    );
    expect(levels).to.deep.equal([1, 2, 3, 4]);
    expect((await scenario.lines(id, 'review')).length - before).to.equal(1);
    expect(
      scenario.said(scenario.lena.chat).filter((text) => text.includes(id) && text.includes('decision')).length,
    ).to.be.at.least(1);
  });

  it('a decision ends the escalation, and what waits to be told of it is not told any more', async () => {
    const id = await underReview(scenario);
    const due = dueOf((await scenario.claim(id)).clocks.reviewDecision) ?? 0;
    await scenario.turnTo(due);
    await scenario.arun.press(await scenario.home(id, 'review'), 'approve');
    expect(await toldBy(id, () => scenario.turnTo(nextEnd(nextEnd(due))))).to.not.include.members(['olga']);
    expect(await scenario.count(id, 'ClockEscalated')).to.equal(1);
  });
});
