import { expect } from 'chai';
import { claimIdFrom } from '../../../src/domain/claims/claimId.ts';
import { partitionOf, partitionsOf } from '../../../src/stores/cosmos/partition.ts';

describe('The partition of a document', () => {
  it('is the same for ever: documents that are stored are looked for where they were put', () => {
    expect(partitionOf('claim', 'CPOR-7F3K9Q', 16)).to.equal('claim-13');
    expect(
      partitionOf('heard', '11111111-1111-4111-8111-111111111111/22222222-2222-4222-8222-222222222222', 16),
    ).to.equal('heard-14');
    expect(partitionOf('claim', '', 16)).to.equal('claim-2');
  });

  it("is one of those of its kind, and of no other kind's", () => {
    expect(partitionsOf('claim', 3)).to.deep.equal(['claim-0', 'claim-1', 'claim-2']);
    for (let number = 0; number < 100; number += 1) {
      expect(partitionsOf('claim', 7)).to.include(partitionOf('claim', `id${number}`, 7));
    }
    // A kind that ends like a partition keeps its documents apart all the same.
    expect(partitionsOf('claim-1', 3)).not.to.include.members(partitionsOf('claim', 30));
  });

  it('is the only one of its kind for people, organisations and channels, so that they are found with one request', () => {
    for (const kind of ['person', 'organisation', 'channel']) {
      expect(partitionsOf(kind, 16)).to.deep.equal([`${kind}-0`]);
      expect(partitionOf(kind, 'any/id', 16)).to.equal(`${kind}-0`);
    }
  });

  it('spreads claims evenly: of 16,000, no partition of 16 holds a tenth more or less than its share', () => {
    const counts = new Map<string, number>();
    for (let number = 0; number < 16_000; number += 1) {
      const bytes = new Uint8Array([number, number >> 5, number >> 10, 7, 7, 7].map((byte) => byte % 32));
      const pk = partitionOf('claim', claimIdFrom(bytes), 16);
      counts.set(pk, (counts.get(pk) ?? 0) + 1);
    }
    expect([...counts.keys()]).to.have.members(partitionsOf('claim', 16));
    for (const [pk, count] of counts) expect(count, pk).to.be.within(900, 1_100);
  });
});
