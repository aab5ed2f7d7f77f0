/** What every store of anchors promises. */
import { expect } from 'chai';
import type { Anchor, Anchors } from '../../src/desk/ports/anchors.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';

const anchor = (version: number): Anchor => ({
  claim: 'CPOR-7F3K9Q' as ClaimId,
  version,
  hash: String(version).padStart(64, '0'),
  event: 'ClaimApproved',
  at: 1_620_000_000_000 + version,
  by: 'desk',
  period: 1,
});
async function allOf(anchors: Anchors): Promise<readonly Anchor[]> {
  const all: Anchor[] = [];
  for await (const one of anchors.all()) all.push(one);
  return all.sort((one, other) => one.version - other.version);
}

/** `open` gives a new, empty store of anchors at each call. */
export function anchorsContract(open: () => Promise<Anchors>): void {
  it('holds nothing at first', async () => {
    const anchors = await open();
    expect(await allOf(anchors)).to.deep.equal([]);
    expect(await anchors.newest(10)).to.deep.equal([]);
  });

  it('keeps what was appended, to the letter', async () => {
    const anchors = await open();
    const { period: _, ...bare } = anchor(2);
    await anchors.append(anchor(1));
    await anchors.append(bare);
    expect(await allOf(anchors)).to.deep.equal([anchor(1), bare]);
  });

  it('takes the same anchor again', async () => {
    const anchors = await open();
    await anchors.append(anchor(1));
    await anchors.append(anchor(1));
    expect(new Set((await allOf(anchors)).map(({ version }) => version))).to.deep.equal(new Set([1]));
  });

  it('answers the newest, and no more than were asked for', async () => {
    const anchors = await open();
    for (let version = 1; version <= 12; version += 1) await anchors.append(anchor(version));
    const newest = (await anchors.newest(5)).map(({ version }) => version).sort((one, other) => one - other);
    expect(newest).to.deep.equal([8, 9, 10, 11, 12]);
    expect(await anchors.newest(100)).to.have.lengthOf(12);
  });
}
