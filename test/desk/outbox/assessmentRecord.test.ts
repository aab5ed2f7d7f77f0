import { expect } from 'chai';
import { DAY, FORM, HOUR, MINUTE } from '../../domain/claims/scenario.ts';
import { chatOf, openWorld, TENANTS, WHO } from '../world.ts';

const DANA = chatOf('dana');

describe('The hand-over (R53)', () => {
  const KEY = /^assessments\/CPOR-.{6}-1\.json$/;

  it('is written once for each consent period, also when its write is tried again', async () => {
    const world = await openWorld();
    const id = await world.approved();
    let broken = 2;
    world.files.before = (key) => {
      if (!KEY.test(key) || broken === 0) return;
      broken -= 1;
      throw new Error('disk full');
    };
    await world.pass(9 * DAY);
    expect(world.files.keys('assessments/')).to.deep.equal([]);
    expect(world.messenger.said(DANA), 'the others are told meanwhile').to.include('reply ConsentPassed');
    await world.pass(MINUTE);
    await world.pass(MINUTE);
    expect(world.files.keys('assessments/')).to.deep.equal([`assessments/${id}-1.json`]);
    expect(world.messenger.said(chatOf('asif'))).to.deep.equal(['post']);
    const written = JSON.parse(world.files.kept.get(`assessments/${id}-1.json`)?.bytes.toString() ?? '') as Record<
      string,
      unknown
    >;
    expect(written).to.include({ claimId: id, mpnId: FORM.mpnId, period: 1 });
  });

  it('is written without an assessor in Teams, and while the disk is full it is never given up', async () => {
    const world = await openWorld();
    await world.enrol('staff', {
      tenantId: TENANTS.vendor,
      objectId: WHO.asif.split('/')[1],
      name: 'Asif',
      roles: [],
    });
    const id = await world.approved();
    world.files.before = (key) => {
      if (KEY.test(key)) throw new Error('disk full');
    };
    for (let day = 0; day < 10; day += 1) for (let step = 0; step < 80; step += 1) await world.pass(20 * MINUTE);
    world.files.before = () => undefined;
    await world.pass(HOUR);
    expect(world.files.keys('assessments/')).to.deep.equal([`assessments/${id}-1.json`]);
  });

  it('is written again for the period after a rejection that was overturned', async () => {
    const world = await openWorld();
    const id = await world.approved();
    await world.pass(9 * DAY);
    await world.must('anna', id, { type: 'RequestRejection', reason: 'noLongerWorking', comment: 'We part.' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'We do not.' });
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'Fine.' });
    await world.pass(9 * DAY);
    expect(world.files.keys('assessments/')).to.deep.equal([`assessments/${id}-1.json`, `assessments/${id}-2.json`]);
  });

  it('of a consent that passed is written though the claim is rejected by then', async () => {
    const world = await openWorld();
    const id = await world.approved();
    world.files.before = (key) => {
      if (KEY.test(key)) throw new Error('disk full');
    };
    await world.pass(9 * DAY);
    await world.must('anna', id, { type: 'RequestRejection', reason: 'noLongerWorking', comment: 'We part.' });
    world.files.before = () => undefined;
    await world.pass(HOUR);
    expect(world.files.keys('assessments/')).to.deep.equal([`assessments/${id}-1.json`]);
  });

  it('of a consent that passed is written though the claim was withdrawn since', async () => {
    const world = await openWorld();
    const id = await world.approved();
    world.files.before = (key) => {
      if (KEY.test(key)) throw new Error('disk full');
    };
    await world.pass(9 * DAY);
    await world.must('anna', id, { type: 'RequestRejection', reason: 'noLongerWorking', comment: 'We part.' });
    await world.must('anna', id, { type: 'OpenDispute', justification: 'We do not.' });
    await world.must('lena', id, { type: 'OverturnRejection', comment: 'Fine.' });
    world.files.before = () => undefined;
    await world.pass(HOUR);
    expect(world.files.keys('assessments/')).to.deep.equal([`assessments/${id}-1.json`]);
  });
});
