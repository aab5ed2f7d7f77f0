import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { expect } from 'chai';
import { openBlobFiles } from '../../../src/files/blob/blobFiles.ts';
import type { BlobFiles, BlobFilesOptions } from '../../../src/files/blob/blobFiles.ts';
import { createServiceClient } from '../../../src/files/blob/client.ts';
import { inspectFile } from '../../../src/files/inspection/inspect.ts';
import { randomBytes, randomId } from '../../../src/runtime/random.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';
import { bytesOf, counting, describeFiles, keys, put, sha256, streamOf, textAt } from '../../contract/files.ts';
import { office } from '../samples.ts';

const { BLOB_ENDPOINT: endpoint, BLOB_KEY: key } = process.env;
if (endpoint !== undefined && key !== undefined) {
  describeFiles('The account at BLOB_ENDPOINT', async () => {
    const names = [
      `desk-test-${Buffer.from(randomBytes(8)).toString('hex')}-f`,
      `desk-test-${Buffer.from(randomBytes(8)).toString('hex')}-a`,
    ] as const;
    const files = await openBlobFiles({
      endpoint,
      key,
      container: names[0],
      assessments: names[1],
      ids: { randomId, randomBytes },
    });
    const service = createServiceClient({ endpoint, key });
    return { files, close: async () => void (await Promise.all(names.map((name) => service.deleteContainer(name)))) };
  });
}

describe('Files in Blob Storage', () => {
  let azurite: Azurite;
  let service: BlobServiceClient;
  before(async () => {
    azurite = await startAzurite();
    service = new BlobServiceClient(azurite.endpoint, new StorageSharedKeyCredential(azurite.account, azurite.key));
  });
  after(() => azurite.close());

  let number = 0;
  let options: BlobFilesOptions;
  beforeEach(() => {
    number += 1;
    options = {
      endpoint: azurite.endpoint,
      key: azurite.key,
      container: `files-${number}`,
      assessments: `assessments-${number}`,
      ids: { randomId, randomBytes },
    };
  });
  const open = (): Promise<BlobFiles> => openBlobFiles(options);

  describeFiles('Blob Storage', async () => ({ files: await open(), close: async () => undefined }));

  it('are looked into where they lie', async () => {
    const files = await open();
    await files.put(
      'poe/one',
      streamOf(await office('docx', { 'word/media/image1.bmp': Buffer.from(randomBytes(600_000)) })),
    );
    expect(await inspectFile(files, 'poe/one', 'proof.docx')).to.deep.equal({ ok: true, kind: 'docx' });
  });

  it('lie in two containers that only the account can read, the hand-overs in one of their own (R53)', async () => {
    const files = await open();
    await put(files, 'poe/one', '1');
    await put(files, 'assessments/one.json', '{}');
    expect(await blobsIn(options.container)).to.deep.equal(['poe/one']);
    expect(await blobsIn(options.assessments)).to.deep.equal(['assessments/one.json']);
    for (const name of [options.container, options.assessments]) {
      expect((await service.getContainerClient(name).getProperties()).blobPublicAccess).to.be.undefined;
      expect(
        (await fetch(`${azurite.endpoint}/${name}/${name === options.container ? 'poe/one' : 'assessments/one.json'}`))
          .status,
      ).to.not.equal(200);
    }
  });

  it('are seen by every process on the same containers, and each may open them', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    await put(one, 'poe/one', 'first');
    expect(await put(other, 'poe/one', 'second')).to.equal('exists');
    expect(await textAt(other, 'poe/one')).to.equal('first');
  });

  it('are listed with the time at which Storage wrote them, page by page', async () => {
    const files = await openBlobFiles({ ...options, pageSize: 2 });
    for (const key of ['poe/1', 'poe/2', 'poe/3', 'poe/4', 'poe/5']) await put(files, key, key);
    expect(await keys(files, 'poe/')).to.deep.equal(['poe/1', 'poe/2', 'poe/3', 'poe/4', 'poe/5']);
    const { lastModified } = await service.getContainerClient(options.container).getBlobClient('poe/1').getProperties();
    for await (const listed of files.list('poe/1'))
      expect(listed).to.deep.equal({ key: 'poe/1', writtenAt: lastModified?.getTime() });
  });

  it('of a broken upload are no blob, not even an empty one', async () => {
    const files = await open();
    const broken = new Error('the line went dead');
    await files
      .put(
        'poe/one',
        (async function* () {
          yield counting(3 * 1024 * 1024);
          throw broken;
        })(),
      )
      .catch(() => undefined);
    expect(await blobsIn(options.container)).to.deep.equal([]);
  });

  it('are never mixed from two blobs: a reading fails where the file is replaced under it', async () => {
    const files = await open();
    const bytes = counting(3 * 1024 * 1024);
    await files.put('poe/one', streamOf(bytes));
    const opened = (await files.open('poe/one'))?.bytes ?? expect.fail('there is none');
    let read = 0;
    const reading = (async () => {
      for await (const piece of opened) {
        read += piece.byteLength;
        await files.remove('poe/one');
        await files.put('poe/one', streamOf(Buffer.alloc(bytes.length)));
      }
    })();
    expect(await reading.catch((error: unknown) => error)).to.have.property('code', 'files.changed');
    expect(read).to.equal(1024 * 1024);
  });

  it('that are removed while they are read fail to be read to the end', async () => {
    const files = await open();
    await files.put('poe/one', streamOf(counting(2 * 1024 * 1024)));
    const file = await files.open('poe/one');
    await files.remove('poe/one');
    expect(await bytesOf(file?.bytes).catch((error: unknown) => error))
      .to.have.property('code')
      .that.is.oneOf(['files.missing', 'files.changed']);
  });

  it('take a key that was removed again, with blocks that a broken upload left', async () => {
    const files = await open();
    const block = Buffer.from('left behind');
    await service
      .getContainerClient(options.container)
      .getBlockBlobClient('poe/one')
      .stageBlock(Buffer.from(`${randomId()}-000000`).toString('base64'), block, block.length);
    const bytes = counting(2 * 1024 * 1024);
    expect(await files.put('poe/one', streamOf(bytes))).to.include({ size: bytes.length });
    expect(sha256(await bytesOf((await files.open('poe/one'))?.bytes))).to.equal(sha256(bytes));
  });

  it('refuse a container that anybody can read', async () => {
    await service.getContainerClient(options.container).create({ access: 'blob' });
    expect(await open().catch((error: unknown) => error)).to.have.property('code', 'files.public');
  });

  it('say that they are ready, and that a container is gone', async () => {
    const files = await open();
    await files.ready();
    await service.getContainerClient(options.assessments).delete();
    expect(await files.ready().catch((error: unknown) => error))
      .to.have.property('code')
      .that.is.oneOf(['files.noContainer', 'files.missing']);
    await service.getContainerClient(options.container).delete();
    expect(await files.open('poe/one').catch((error: unknown) => error)).to.have.property('code', 'files.noContainer');
  });

  async function blobsIn(container: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of service.getContainerClient(container).listBlobsFlat()) names.push(name);
    return names;
  }
});
