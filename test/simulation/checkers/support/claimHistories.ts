/** Whole histories of claims, played without faults on the desk of the tests. */
import { DAY, HOUR } from '../../../domain/claims/scenario.ts';
import { WHO } from '../../../desk/world.ts';
import type { ObservedDesk } from './observedDesk.ts';

/** Lets a number of days go by, with a sweep after each step. */
export async function pass({ world, sweep }: ObservedDesk, days: number, step = 6 * HOUR): Promise<void> {
  for (let left = days * DAY; left > 0; left -= step) {
    world.clock.turn(Math.min(step, left));
    await sweep();
  }
}

export const CLAIM_HISTORIES = {
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
  'a claim that is approved, passes, is assessed and denied too late': async (history) => {
    const { world } = history;
    const id = await world.approved();
    await pass(history, 10);
    await world.must('asif', id, { type: 'ReportAssessment', eligible: true, programme: 'OSU' });
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Late.' });
    await world.must('emil', id, { type: 'DenyConsent', reason: 'Late too.' });
    await world.must('anna', id, { type: 'RequestRejection', reason: 'other', comment: 'No more.' });
    await pass(history, 35);
  },
  'a claim that is rejected, disputed, overturned, denied, disputed and upheld': async (history) => {
    const { world } = history;
    const id = await world.disputed();
    await world.must('lena', id, { type: 'FollowClaim' });
    await world.must('arun', id, { type: 'MuteClaim' });
    await pass(history, 2);
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'It is.' });
    await pass(history, 3);
    await world.must('dana', id, { type: 'DenyConsent', reason: '' });
    await pass(history, 1);
    await world.prove(id, 'more');
    await world.must('anna', id, { type: 'OpenDispute', justification: '' });
    await pass(history, 20);
    await world.must('rita', id, { type: 'UpholdRejection', comment: 'No.' });
    await pass(history, 5);
  },
  'a claim that is passed, withdrawn, overturned and passed again': async (history) => {
    const { world } = history;
    const id = await world.approved();
    await pass(history, 9);
    await world.must('anna', id, { type: 'RequestRejection', reason: 'incorrectMpn', comment: '' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'Sorry.' });
    await world.must('rita', id, { type: 'OverturnRejection', comment: 'Well.' });
    await pass(history, 9);
  },
  'a claim that is denied, overturned, objected to, agreed to, passed and assessed': async (history) => {
    const { world } = history;
    const id = await world.approved();
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Not us.' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'You are.' });
    await world.must('rita', id, { type: 'OverturnRejection', comment: 'They are.' });
    await pass(history, 2);
    await world.must('dana', id, { type: 'RecordObjection', text: 'We do not agree.' });
    await pass(history, 9);
    await world.must('dana', id, { type: 'WithdrawObjection' });
    await pass(history, 1);
    await world.must('emil', id, { type: 'AgreeConsent' });
    await pass(history, 10);
    await world.must('asif', id, { type: 'ReportAssessment', eligible: true, programme: 'OSU' });
    await world.must('asif', id, { type: 'ReportAssessment', eligible: false, programme: 'OSA', number: '7' });
    await world.must('asif', id, { type: 'ReportAssessment', eligible: false, programme: 'OSU', reason: 'A mistake.' });
    await pass(history, 1);
  },
  'a claim that its customer declines twice, the second time by silence': async (history) => {
    const { world } = history;
    const id = await world.approved();
    await world.must('dana', id, { type: 'DenyConsent', reason: 'Not us.' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'You are.' });
    await world.must('rita', id, { type: 'OverturnRejection', comment: 'They are.' });
    await pass(history, 12);
  },
  'a claim whose partner does not answer': async (history) => {
    await history.world.asked();
    await pass(history, 60);
  },
  'a claim whose reviewers are late at everything, and that goes to and fro': async (history) => {
    const { world } = history;
    const id = await world.submitted();
    await pass(history, 12);
    await world.must('arun', id, { type: 'StartReview' });
    await pass(history, 2);
    await world.must('arun', id, { type: 'RequestInformation', reasons: ['missingProducts'], comment: 'Which?' });
    await pass(history, 2);
    await world.must('anna', id, { type: 'AddComment', text: 'These.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await pass(history, 11);
    await world.must('rita', id, { type: 'StartReview' });
    await world.must('rolf', id, { type: 'ReassignClaim', to: WHO.arun });
    await pass(history, 1);
    await world.must('lena', id, { type: 'ReassignClaim', to: WHO.rita });
    await pass(history, 7);
    await world.must('rita', id, { type: 'RequestInformation', reasons: ['missingAllPoe'], comment: 'All.' });
    await pass(history, 3);
    await world.must('anna', id, { type: 'AddComment', text: 'Here.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await pass(history, 5);
  },
  'a claim that answers its request in time': async (history) => {
    const { world } = history;
    const id = await world.asked();
    await pass(history, 2);
    await world.must('anna', id, { type: 'AddComment', text: 'Here.' });
    await world.must('anna', id, { type: 'ResubmitClaim' });
    await world.must('arun', id, { type: 'StartReview' });
    await pass(history, 1);
  },
  'claims that no one looked after for three months': async (history) => {
    const { world } = history;
    await world.submitted();
    await world.approved();
    await world.asked();
    await world.disputed();
    await pass(history, 90, 90 * DAY);
    await pass(history, 1);
  },
  'a claim whose customer wrote to the desk only after weeks': async (history) => {
    const { world } = history;
    await world.approved();
    await pass(history, 20);
    await world.greet('dana');
    await pass(history, 8);
  },
} satisfies Record<string, (history: ObservedDesk) => Promise<void>>;
export type HistoryName = keyof typeof CLAIM_HISTORIES;

/** Who has never written to the desk when a history begins. */
export const SILENT: Partial<Record<HistoryName, readonly ['dana']>> = {
  'a claim whose customer wrote to the desk only after weeks': ['dana'],
};
