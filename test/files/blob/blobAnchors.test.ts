import { expect } from 'chai';
import type { SignedAnchor } from '../../../src/desk/ports/anchors.ts';
import type { ClaimId } from '../../../src/domain/claims/values.ts';
import { openBlobAnchors } from '../../../src/files/blob/blobAnchors.ts';
import { createServiceClient } from '../../../src/files/blob/client.ts';
import { randomBytes } from '../../../src/runtime/random.ts';
import { anchorsContract } from '../../contract/anchors.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';

const ANCHOR: SignedAnchor = {
  claim: 'CPOR-7F3K9Q' as ClaimId,
  version: 5,
  hash: 'a'.repeat(64),
  event: 'ClaimApproved',
  at: 1_620_000_000_000,
  by: 'desk',
};

describe('Anchors in Blob Storage', () => {
  let azurite: Azurite;
  let count = 0;
  before(async () => {
    azurite = await startAzurite();
  });
  after(() => azurite.close());
  const open = (container = `anchors-${(count += 1)}`) =>
    openBlobAnchors({ endpoint: azurite.endpoint, key: azurite.key, container, ids: { randomBytes } });

  anchorsContract(() => open());

  it('are one blob each, however often they are appended, which is never written again', async () => {
    const anchors = await open('once');
    await anchors.append(ANCHOR);
    const container = createServiceClient({ endpoint: azurite.endpoint, key: azurite.key }).getContainerClient('once');
    const etags = async () => {
      const found: string[] = [];
      for await (const { name, properties } of container.listBlobsFlat()) found.push(`${name} ${properties.etag}`);
      return found;
    };
    const first = await etags();
    expect(first).to.have.length(1);
    await anchors.append(ANCHOR);
    await (await open('once')).append(ANCHOR);
    expect(await etags()).to.deep.equal(first);
  });

  it('keep two histories of one version apart', async () => {
    const anchors = await open();
    const other = { ...ANCHOR, hash: 'b'.repeat(64) };
    await anchors.append(ANCHOR);
    await anchors.append(other);
    const found = (await anchors.newest(5)).map(({ text }) => JSON.parse(text) as SignedAnchor);
    expect(found).to.have.deep.members([ANCHOR, other]);
  });

  it('say so where Storage does not answer', async () => {
    const anchors = await openBlobAnchors({
      endpoint: azurite.endpoint,
      key: azurite.key,
      container: 'gone',
      ids: { randomBytes },
    });
    await createServiceClient({ endpoint: azurite.endpoint, key: azurite.key }).deleteContainer('gone');
    const error = await anchors.append(ANCHOR).catch((fault: unknown) => fault);
    expect(error).to.be.instanceOf(Error).with.property('code', 'files.noContainer');
  });
});
