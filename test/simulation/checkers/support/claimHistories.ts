/** Whole lives of claims on the desk of the tests, as they should be. */
import { DAY, HOUR } from '../../../domain/claims/scenario.ts';
import { WHO } from '../../../desk/world.ts';
import type { Watched } from './observedDesk.ts';

/** So many days go by, swept as often. */
export async function pass({ world, sweep }: Watched, days: number, step = 6 * HOUR): Promise<void> {
  for (let left = days * DAY; left > 0; left -= step) {
    world.clock.turn(Math.min(step, left));
    await sweep();
  }
}

export const LIVES = {
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
    await world.must('arun', id, { type: 'MuteClaim' });
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
    await pass(life, 11);
    await world.must('rita', id, { type: 'StartReview' });
    await world.must('rolf', id, { type: 'ReassignClaim', to: WHO.arun });
    await pass(life, 1);
    await world.must('lena', id, { type: 'ReassignClaim', to: WHO.rita });
    await pass(life, 7);
    await world.must('rita', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'All.' });
    await pass(life, 3);
    await world.must('anna', id, { type: 'AddComment', text: 'Here.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await pass(life, 5);
  },
  'a claim that answers its request in time': async (life) => {
    const { world } = life;
    const id = await world.asked();
    await pass(life, 2);
    await world.must('anna', id, { type: 'AddComment', text: 'Here.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await pass(life, 1);
  },
  'claims that nobody looked after for three months': async (life) => {
    const { world } = life;
    await world.submitted();
    await world.approved();
    await world.asked();
    await world.disputed();
    await pass(life, 90, 90 * DAY);
    await pass(life, 1);
  },
  'a claim whose customer wrote to the desk only after weeks': async (life) => {
    const { world } = life;
    await world.approved();
    await pass(life, 20);
    await world.greet('dana');
    await pass(life, 8);
  },
} satisfies Record<string, (life: Watched) => Promise<void>>;
export type LifeName = keyof typeof LIVES;

/** Who has never written to the desk when a life begins. */
export const SILENT: Partial<Record<LifeName, readonly ['dana']>> = {
  'a claim whose customer wrote to the desk only after weeks': ['dana'],
};
