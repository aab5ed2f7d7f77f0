/** Azurite keeps index tags; that Defender writes them is played by the test. */
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { expect } from 'chai';
import type { Scanner } from '../../../src/desk/ports/scanner.ts';
import { createBlobScanner } from '../../../src/files/blob/blobScanner.ts';
import { randomBytes } from '../../../src/runtime/random.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';

const RESULT = 'Malware Scanning scan result';

describe('The scan of Microsoft Defender for Storage, by the index tags of blobs', () => {
  let azurite: Azurite;
  let scanner: Scanner;
  let service: BlobServiceClient;
  before(async () => {
    azurite = await startAzurite();
    const account = new URL(azurite.endpoint).pathname.split('/')[1] ?? '';
    service = new BlobServiceClient(azurite.endpoint, new StorageSharedKeyCredential(account, azurite.key));
    await service.getContainerClient('scanned').create();
    scanner = createBlobScanner({
      endpoint: azurite.endpoint,
      key: azurite.key,
      container: 'scanned',
      ids: { randomBytes },
    });
  });
  after(() => azurite.close());

  async function tagged(key: string, tags: Record<string, string>): Promise<string> {
    const blob = service.getContainerClient('scanned').getBlockBlobClient(key);
    await blob.upload('x', 1);
    await blob.setTags(tags);
    return key;
  }

  const cases: readonly (readonly [what: string, tags: Record<string, string>, answer: object])[] = [
    ['no threats', { [RESULT]: 'No threats found' }, { kind: 'clean' }],
    ['a threat', { [RESULT]: 'Malicious' }, { kind: 'malicious' }],
    ['nothing yet', {}, { kind: 'unknown', problem: 'pending' }],
    ['nothing, with other tags', { other: 'No threats found' }, { kind: 'unknown', problem: 'pending' }],
    ['that it failed', { [RESULT]: 'Error' }, { kind: 'unknown', problem: 'garbled' }],
    ['that it did not scan', { [RESULT]: 'Not scanned' }, { kind: 'unknown', problem: 'garbled' }],
    ['something in other letters', { [RESULT]: 'no threats found' }, { kind: 'unknown', problem: 'garbled' }],
  ];
  for (const [what, tags, answer] of cases)
    it(`says ${what}`, async () => {
      expect(await scanner.look(await tagged(`poe/CPOR-AAAAAA/${what.replace(/\W/g, '-')}`, tags))).to.deep.equal(
        answer,
      );
    });

  it('says something else when the tag changes: a file can be found bad later', async () => {
    const key = await tagged('poe/CPOR-AAAAAA/later', { [RESULT]: 'No threats found' });
    expect(await scanner.look(key)).to.deep.equal({ kind: 'clean' });
    await tagged('poe/CPOR-AAAAAA/later', { [RESULT]: 'Malicious' });
    expect(await scanner.look(key)).to.deep.equal({ kind: 'malicious' });
  });

  it('makes nothing clean that is not there, or where Storage does not answer or refuses', async () => {
    expect(await scanner.look('poe/CPOR-AAAAAA/none')).to.deep.equal({ kind: 'unknown', problem: 'missing' });
    expect(await scanner.ready()).to.equal(true);
    const key = Buffer.alloc(64, 1).toString('base64');
    const stranger = createBlobScanner({ endpoint: azurite.endpoint, key, container: 'scanned', ids: { randomBytes } });
    expect(await stranger.look('poe/CPOR-AAAAAA/later')).to.deep.equal({ kind: 'unknown', problem: 'unreachable' });
    expect(await stranger.ready()).to.equal(false);
  });
});
