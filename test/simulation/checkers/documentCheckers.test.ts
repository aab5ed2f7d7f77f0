import { expect } from 'chai';
import { chanceOf } from '../../support/random.ts';
import { DAY, HOUR, MINUTE, programmeOf } from '../../domain/claims/scenario.ts';
import { WHO } from '../../desk/world.ts';
import { SIMULATED_POLICIES } from '../world/policies.ts';
import { DOCUMENT_CHECKERS } from './documentCheckers.ts';
import type { HistoryName } from './support/claimHistories.ts';
import { CLAIM_HISTORIES, SILENT } from './support/claimHistories.ts';
import { observeDesk } from './support/observedDesk.ts';

describe('The document checkers', () => {
  for (const [title, live] of Object.entries(CLAIM_HISTORIES)) {
    it(`find nothing wrong with ${title}`, async () => {
      const history = await observeDesk(DOCUMENT_CHECKERS, { silent: SILENT[title as HistoryName] ?? [] });
      await live(history);
      await history.sweep();
      expect(history.end()).to.deep.equal([]);
    });
  }

  it('find nothing wrong with clocks of two policies beside each other (R42)', async () => {
    const history = await observeDesk(DOCUMENT_CHECKERS);
    const { world } = history;
    const { shorter, '2020': old } = SIMULATED_POLICIES;
    if (!shorter || !old) throw new Error('there are not two policies');
    const id = await world.asked();
    const late = world.another({ rules: { ...world.world.rules, programme: programmeOf(shorter, [old]) } });
    const press = async (name: 'anna' | 'arun', request: Parameters<typeof late.execute>[2]): Promise<void> => {
      expect((await late.execute(WHO[name], id, request, { kind: 'none' })).kind).to.equal('done');
      await late.idle();
    };
    const days = async (count: number): Promise<void> => {
      for (let day = 0; day < count; day += 1) {
        world.clock.turn(DAY);
        await late.sweep();
        await late.idle();
      }
    };
    await days(2);
    await press('anna', { type: 'AddComment', text: 'Here.' });
    await press('anna', { type: 'ResubmitClaim' });
    await days(16);
    await press('arun', { type: 'StartReview' });
    await press('arun', { type: 'ApproveClaim' });
    await days(8);
    expect(history.end()).to.deep.equal([]);
  });

  it('find nothing wrong in all conditions: Teams busy, away or gone, faults, and processes that die', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const chance = chanceOf(seed);
      const history = await observeDesk(DOCUMENT_CHECKERS);
      const { world } = history;
      world.messenger.before = () => {
        const day = chance.weighed({ well: 10, busy: 2, away: 1, gone: 1, fault: 1, death: 1 });
        if (day === 'fault') throw new Error('no such template');
        if (day === 'death')
          world.documents.beforeWrite = () => {
            throw new Error('the process is dead');
          };
        if (day === 'busy') return { kind: 'tryLater', reason: 'busy' };
        if (day === 'gone') return { kind: 'gone' };
        return day === 'away' ? { kind: 'unreachable', reason: 'blocked' } : undefined;
      };
      const inNewProcess = async (work: () => Promise<unknown>): Promise<void> => {
        await work().catch(() => undefined);
        await world.desk.idle();
        world.documents.beforeWrite = () => undefined;
      };
      const id = await world.file();
      world.documents.beforeWrite = () => undefined;
      await inNewProcess(() => world.prove(id));
      for (const [name, request] of [
        ['anna', { type: 'SubmitClaim' }],
        ['lena', { type: 'FollowClaim' }],
        ['arun', { type: 'StartReview' }],
        ['anna', { type: 'AddComment', text: 'Look.' }],
        ['arun', { type: 'ApproveClaim' }],
        ['dana', { type: 'DenyConsent', reason: 'No.' }],
        ['anna', { type: 'OpenDispute', justification: 'Yes.' }],
      ] as const) {
        await inNewProcess(() => world.press(name, id, request));
        for (let step = 0; step < 4; step += 1)
          await inNewProcess(() => world.pass(chance.below(9) * HOUR + 3 * MINUTE));
        for (const one of ['anna', 'dana', 'lena'] as const)
          if (chance.happens(0.4)) await inNewProcess(() => world.greet(one));
      }
      world.messenger.before = () => undefined;
      for (const one of ['anna', 'dana', 'lena', 'rolf', 'arun', 'asif', 'olga'] as const)
        await inNewProcess(() => world.greet(one));
      await inNewProcess(() =>
        world.desk.useChannel(WHO.ops, 'review', {
          conversationId: '19:reviews@thread.tacv2',
          serviceUrl: 'https://smba.example/emea/',
          tenantId: WHO.arun.split('/')[0] ?? '',
          botId: '28:desk',
        }),
      );
      for (let step = 0; step < 6; step += 1) await inNewProcess(() => world.pass(HOUR));
      expect(history.end(), `seed ${seed}`).to.deep.equal([]);
    }
  });
});
