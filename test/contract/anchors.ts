/** What every store of anchors promises, alone and with the desk's signatures on it. */
import { expect } from 'chai';
import type { Anchors, AnchorStore, SignedAnchor } from '../../src/desk/ports/anchors.ts';
import { signedAnchors } from '../../src/desk/records/signedAnchors.ts';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import { SIGNER } from '../support/signer.ts';

const anchor = (version: number): SignedAnchor => ({
  claim: 'CPOR-7F3K9Q' as ClaimId,
  version,
  hash: String(version).padStart(64, '0'),
  event: 'ClaimApproved',
  at: 1_620_000_000_000 + version,
  by: 'desk',
  period: 1,
  signature: { algorithm: 'Ed25519', keyId: 'abcdefabcdef', value: `${'A'.repeat(86)}==` },
});
const anchorIn = ({ text }: { readonly text: string }): SignedAnchor => JSON.parse(text) as SignedAnchor;
const signed = (store: AnchorStore): Anchors => signedAnchors(store, { signer: SIGNER, clock: { now: () => 0 } });

async function allOf(anchors: AnchorStore): Promise<readonly SignedAnchor[]> {
  const all: SignedAnchor[] = [];
  for await (const one of anchors.all()) all.push(anchorIn(one));
  return all.sort((one, other) => one.version - other.version);
}

/** `open` gives a new, empty store of anchors at each call. */
export function anchorsContract(open: () => Promise<AnchorStore>): void {
  it('holds nothing at first', async () => {
    const anchors = await open();
    expect(await allOf(anchors)).to.deep.equal([]);
    expect(await anchors.newest(10)).to.deep.equal([]);
  });

  it('keeps what was appended, to the letter', async () => {
    const anchors = await open();
    const { period: _, signature: __, ...bare } = anchor(2);
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
    const newest = (await anchors.newest(5)).map((one) => anchorIn(one).version).sort((one, other) => one - other);
    expect(newest).to.deep.equal([8, 9, 10, 11, 12]);
    expect(await anchors.newest(100)).to.have.lengthOf(12);
  });

  it('says of each where it is, once', async () => {
    const anchors = await open();
    for (let version = 1; version <= 3; version += 1) await anchors.append(anchor(version));
    const places = (await anchors.newest(5)).map(({ where }) => where);
    expect(new Set(places).size).to.equal(3);
  });

  it('has what the desk signed as it was, and knows it for its own', async () => {
    const store = await open();
    const { signature: _, ...own } = anchor(1);
    await signed(store).append(own);
    const [found, ...more] = await signed(store).newest(10);
    expect(more).to.deep.equal([]);
    expect(found).to.deep.include({ kind: 'anchor', anchor: own, proof: 'signed' });
    for await (const one of signed(store).all()) expect(one).to.deep.equal(found);
  });

  it('has what another wrote there, and knows that the desk did not', async () => {
    const store = await open();
    const { signature: _, ...bare } = anchor(2);
    await store.append(bare);
    await store.append(anchor(1));
    const proofs = (await signed(store).newest(10)).map((one) => one.kind === 'anchor' && one.proof);
    expect(proofs).to.have.members(['unsigned', 'unknownKey']);
  });
}
