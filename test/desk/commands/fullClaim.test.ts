import { expect } from 'chai';
import { MPN, openWorld } from '../world.ts';

const LONG = '字'.repeat(3_990);

describe('A claim whose history is as long as a database can keep', () => {
  it('takes nothing more that only fills it, and is decided as before', async () => {
    const world = await openWorld();
    const id = await world.underReview();
    let said = 0;
    await world.must('anna', id, { type: 'AddComment', text: 'Too early.', message: 'message-1' });
    let answer = await world.press('anna', id, { type: 'AddComment', text: LONG });
    while (answer.kind === 'done') {
      said += 1;
      answer = await world.press('anna', id, { type: 'AddComment', text: `${said} ${LONG}` });
    }
    expect(answer).to.include({ kind: 'refused' }).with.nested.property('refusal.code', 'claimFull');
    expect(said, 'about a megabyte').to.be.within(75, 90);
    for (const filling of [
      { type: 'EditFields', fields: { mpnId: MPN.fabrikamSecond } },
      { type: 'FollowClaim' },
      { type: 'MuteClaim' },
    ] as const) {
      expect(await world.press('anna', id, filling)).to.have.nested.property('refusal.code', 'claimFull');
    }
    await world.must('anna', id, { type: 'DeleteComment', message: 'message-1' });
    await world.must('arun', id, { type: 'RejectClaim', reason: 'insufficientPoe', comment: 'Not enough.' });
    expect((await world.claim(id)).status).to.equal('Rejected');
    expect(Buffer.byteLength(JSON.stringify((await world.record(id)).body))).to.be.below(1_200_000);
  });
});
