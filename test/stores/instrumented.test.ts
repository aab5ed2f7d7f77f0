import { expect } from 'chai';
import { silentMeters } from '../../src/desk/ports/metrics.ts';
import { ClockError } from '../../src/stores/cosmos/clockCheck.ts';
import { memoryDocuments } from '../support/memoryDocuments.ts';
import { instrumentDocuments } from '../../src/stores/instrumented.ts';
import { create, document, faultOf, KIND, page, replace } from '../contract/storePromise.ts';
import { describeDocuments } from '../contract/documents.ts';

describeDocuments('A store that is measured', async () => ({
  documents: instrumentDocuments(memoryDocuments(), silentMeters, () => 0),
  close: async () => undefined,
}));

describe('What is measured of a store', () => {
  it('is each call by its name, what came of it and the seconds it took', async () => {
    const told: unknown[] = [];
    let now = 5_000;
    const inner = memoryDocuments();
    const slow: typeof inner = {
      ...inner,
      create: async (created) => {
        now += 250;
        return inner.create(created);
      },
      find: () => {
        now += 1_500;
        return Promise.reject(new Error('the disk is full'));
      },
    };
    const documents = instrumentDocuments(slow, { ...silentMeters, store: (...call) => told.push(call) }, () => now);
    const etag = await create(documents, document('a'));
    await documents.create(document('a'));
    await replace(documents, document('a'), etag);
    await documents.replace(document('a'), etag);
    await documents.read(KIND, 'b');
    expect(await faultOf(page(documents, { name: 'due', value: '' }))).to.be.instanceOf(Error);
    expect(told).to.deep.equal([
      ['create', 'done', 0.25],
      ['create', 'conflict', 0.25],
      ['replace', 'done', 0],
      ['replace', 'conflict', 0],
      ['read', 'done', 0],
      ['find', 'fault', 1.5],
    ]);
  });

  it('is also how often the store and the machine did not agree on the time', async () => {
    let clockFaults = 0;
    const skewed = { ...memoryDocuments(), read: () => Promise.reject(new ClockError(31_000)) };
    const documents = instrumentDocuments(skewed, { ...silentMeters, clockFault: () => (clockFaults += 1) }, () => 0);
    expect(await faultOf(documents.read(KIND, 'a'))).to.be.instanceOf(ClockError);
    await create(documents, document('a'));
    expect(clockFaults).to.equal(1);
  });
});
