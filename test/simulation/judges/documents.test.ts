import { expect } from 'chai';
import { DAY, HOUR, programmeOf } from '../../claims/scenario.ts';
import { WHO } from '../../desk/world.ts';
import { SIMULATED_POLICIES } from '../programme.ts';
import { DOCUMENT_JUDGES } from './documents.ts';
import type { Watched } from './watched.ts';
import { watched } from './watched.ts';

/** So many days go by, swept each hour or so, or not at all until their end. */
async function pass({ world, sweep }: Watched, days: number, step = 6 * HOUR): Promise<void> {
  for (let left = days * DAY; left > 0; left -= step) {
    world.clock.turn(Math.min(step, left));
    await sweep();
  }
}

/** Whole lives of claims, on the desk of the tests. */
const LIVES: Readonly<Record<string, (life: Watched) => Promise<void>>> = {
  'a draft that is worked on and discarded': async ({ world }) => {
    const id = await world.file();
    await world.prove(id);
    const [poe] = (await world.claim(id)).poe;
    if (!poe) throw new Error('there is no PoE');
    await world.must('anna', id, { type: 'RemovePoe', id: poe.id });
    await world.must('boris', id, { type: 'FollowClaim' });
    await world.must('anna', id, { type: 'EditFields', fields: { customerName: 'Contoso Ltd.' } });
    await world.must('anna', id, { type: 'DiscardDraft' });
  },
  'a claim that is approved, passes, is assessed and denied too late': async (life) => {
    const { world } = life;
    const id = await world.approved();
    await pass(life, 10);
    await world.must('asif', id, { type: 'ReportAssessment', eligible: true, programme: 'OSU' });
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Late.' });
    await world.must('emil', id, { type: 'DenyConsent', reason: 'Late too.' });
    await world.must('anna', id, { type: 'RequestRejection', reason: 'other', comment: 'No more.' });
    await pass(life, 35);
  },
  'a claim that is rejected, disputed, overturned, denied, disputed and upheld': async (life) => {
    const { world } = life;
    const id = await world.disputed();
    await world.must('lena', id, { type: 'FollowClaim' });
    await pass(life, 2);
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'It is.' });
    await pass(life, 3);
    await world.must('dana', id, { type: 'DenyConsent', reason: '' });
    await pass(life, 1);
    await world.prove(id, 'more');
    await world.must('anna', id, { type: 'OpenDispute', justification: '' });
    await pass(life, 20);
    await world.must('rita', id, { type: 'UpholdRejection', comment: 'No.' });
    await pass(life, 5);
  },
  'a claim that is passed, withdrawn, overturned and passed again': async (life) => {
    const { world } = life;
    const id = await world.approved();
    await pass(life, 9);
    await world.must('anna', id, { type: 'RequestRejection', reason: 'incorrectMpn', comment: '' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'Sorry.' });
    await world.must('rita', id, { type: 'OverturnRejection', comment: 'Well.' });
    await pass(life, 9);
  },
  'a claim whose partner does not answer': async (life) => {
    await life.world.asked();
    await pass(life, 60);
  },
  'a claim whose reviewers are late at everything, and that goes to and fro': async (life) => {
    const { world } = life;
    const id = await world.submitted();
    await pass(life, 12);
    await world.must('arun', id, { type: 'StartReview' });
    await pass(life, 2);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingProducts'], comment: 'Which?' });
    await pass(life, 2);
    await world.must('anna', id, { type: 'AddComment', text: 'These.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await pass(life, 20);
    await world.must('rita', id, { type: 'StartReview' });
    await world.must('rolf', id, { type: 'ReassignClaim', to: WHO.arun });
    await pass(life, 1);
    await world.must('lena', id, { type: 'ReassignClaim', to: WHO.rita });
    await pass(life, 20);
    await world.must('rita', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'All.' });
    await pass(life, 3);
    await world.must('anna', id, { type: 'AddComment', text: 'Here.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await pass(life, 5);
  },
  'a claim that nobody looked after for three months': async (life) => {
    const { world } = life;
    await world.submitted();
    await world.approved();
    await world.asked();
    await world.disputed();
    await pass(life, 90, 90 * DAY);
    await pass(life, 1);
  },
  'a claim whose customer could not be reached for weeks': async (life) => {
    const { world } = life;
    await world.approved();
    await pass(life, 20);
    await world.greet('dana');
    await pass(life, 8);
  },
};

describe('The judges of documents', () => {
  for (const [title, live] of Object.entries(LIVES)) {
    it(`find nothing wrong with ${title}`, async () => {
      const life = await watched(DOCUMENT_JUDGES, title.includes('could not be reached') ? { silent: ['dana'] } : {});
      await live(life);
      await life.sweep();
      expect(life.end()).to.deep.equal([]);
    }).timeout(30_000);
  }

  it('find nothing wrong with clocks of two policies beside each other (R42)', async () => {
    const life = await watched(DOCUMENT_JUDGES);
    const { world } = life;
    const { shorter, '2020': old } = SIMULATED_POLICIES;
    if (!shorter || !old) throw new Error('there are not two policies');
    const id = await world.asked();
    const late = world.another({ rules: { ...world.world.rules, programme: programmeOf(shorter, [old]) } });
    const press = async (name: 'anna' | 'arun' | 'dana', request: Parameters<typeof late.press>[2]): Promise<void> => {
      expect((await late.press(WHO[name], id, request)).kind).to.equal('done');
      await late.idle();
    };
    world.clock.turn(2 * DAY);
    await press('anna', { type: 'AddComment', text: 'Here.' });
    await press('anna', { type: 'ResubmitClaim' });
    for (let day = 0; day < 16; day += 1) {
      world.clock.turn(DAY);
      await late.sweep();
      await late.idle();
    }
    await press('arun', { type: 'StartReview' });
    await press('arun', { type: 'ApproveClaim' });
    for (let day = 0; day < 8; day += 1) {
      world.clock.turn(DAY);
      await late.sweep();
      await late.idle();
    }
    expect(life.end()).to.deep.equal([]);
  });
});
