import { expect } from 'chai';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { openBlobFiles } from '../../../src/files/blob/blobFiles.ts';
import type { BlobFiles, BlobFilesOptions } from '../../../src/files/blob/blobFiles.ts';
import { randomBytes, randomId } from '../../../src/runtime/random.ts';
import { startAzurite } from '../../support/azurite.ts';
import type { Azurite } from '../../support/azurite.ts';
import { bytesOf, counting, faultOf, filePromises, keys, put, sha256, streamOf, textAt } from '../../contract/files.ts';
import { startProxy } from '../faultyProxy.ts';
import type { Asked, FaultyProxy, Mischief } from '../faultyProxy.ts';

const MIB = 1024 * 1024;
const isCommit = ({ path }: Asked): boolean => path.includes('comp=blocklist');
const isStaging = ({ path }: Asked): boolean => path.includes('comp=block&');
const isDownload = ({ method, path }: Asked): boolean => method === 'GET' && !path.includes('?');
const isOfContainer = ({ path }: Asked): boolean => path.includes('restype=container') && !path.includes('comp=list');

describe('Files in a Blob Storage that misbehaves', () => {
  let azurite: Azurite;
  let proxy: FaultyProxy;
  let files: BlobFiles;
  let options: BlobFilesOptions;
  let number = 0;
  before(async () => {
    azurite = await startAzurite();
    proxy = await startProxy(azurite);
  });
  after(async () => {
    await proxy.close();
    await azurite.close();
  });
  beforeEach(async () => {
    number += 1;
    options = {
      endpoint: proxy.endpoint,
      key: azurite.key,
      container: `files-${number}`,
      assessments: `assessments-${number}`,
      ids: { randomId, randomBytes },
      retryPolicy: { requestTimeoutMs: 5_000, maxAttempts: 4, firstBackOffMs: 1 },
    };
    files = await openBlobFiles(options);
  });
  afterEach(() => {
    proxy.mischief = () => undefined;
  });

  /** Does so to the first `times` requests of a kind. */
  function once(mischief: Mischief, isMeant: (asked: Asked) => boolean, times = 1): void {
    let left = times;
    proxy.mischief = (asked) => (isMeant(asked) && left-- > 0 ? mischief : undefined);
  }

  function always(mischief: Mischief, isMeant: (asked: Asked) => boolean = () => true): void {
    once(mischief, isMeant, Infinity);
  }

  const service = (): BlobServiceClient =>
    new BlobServiceClient(azurite.endpoint, new StorageSharedKeyCredential(azurite.account, azurite.key));
  const askedFor = (isMeant: (asked: Asked) => boolean): number => proxy.asked.filter(isMeant).length;

  it('were put where only the answer to the commit was lost, and it is not called taken', async () => {
    once('losesAnswer', isCommit);
    expect(await put(files, 'poe/one', 'proof')).to.deep.equal({ size: 5, sha256: sha256(Buffer.from('proof')) });
    expect(await textAt(files, 'poe/one')).to.equal('proof');
  });

  it('were put where every answer to the commit was lost', async () => {
    always('losesAnswer', isCommit);
    expect(await put(files, 'poe/one', 'proof')).to.include({ size: 5 });
  });

  it('are taken where another was first, and the answer to our commit was lost', async () => {
    await put(files, 'poe/one', 'first');
    once('losesAnswer', isCommit);
    expect(await put(files, 'poe/one', 'second')).to.equal('exists');
    expect(await textAt(files, 'poe/one')).to.equal('first');
  });

  it('are taken where a retention policy refuses already the first block', async () => {
    await put(files, 'assessments/one.json', 'first');
    always({ answer: 409, code: 'BlobImmutableDueToPolicy' }, isStaging);
    expect(await put(files, 'assessments/one.json', 'second')).to.equal('exists');
  });

  it('are put and read though each call is refused as busy, or breaks, a few times', async () => {
    const bytes = counting(2 * MIB + 3);
    for (const [index, mischief] of (
      [{ answer: 503 }, { answer: 500, code: 'OperationTimedOut' }, { answer: 429 }, 'losesAnswer'] as const
    ).entries()) {
      const seen = new Map<string, number>();
      proxy.mischief = ({ method, path, headers }) => {
        const name = `${method} ${path} ${String(headers['x-ms-range'])}`;
        seen.set(name, (seen.get(name) ?? 0) + 1);
        return (seen.get(name) ?? 0) <= 2 ? mischief : undefined;
      };
      const key = `poe/${index}`;
      expect(await files.put(key, streamOf(bytes)), key).to.deep.equal({ size: bytes.length, sha256: sha256(bytes) });
      expect(sha256(await bytesOf((await files.open(key))?.bytes)), key).to.equal(sha256(bytes));
      expect(await keys(files, key)).to.deep.equal([key]);
      await files.remove(key);
      expect(await files.open(key), key).to.be.undefined;
    }
  });

  for (const [mischief, what] of [
    ['breaksOff', 'breaks off in the middle'],
    ['stopsTalking', 'stops in the middle'],
    ['cutsShort', 'is short of bytes'],
  ] as const) {
    it(`are read whole though the answer ${what}`, async () => {
      const bytes = counting(2 * MIB + 3);
      await files.put('poe/one', streamOf(bytes));
      const impatient = await openBlobFiles({
        ...options,
        retryPolicy: { ...options.retryPolicy, requestTimeoutMs: 2_000 },
      });
      once(mischief, isDownload, 2);
      expect(sha256(await bytesOf((await impatient.open('poe/one'))?.bytes))).to.equal(sha256(bytes));
    });
  }

  it('wait no longer than they may for a Storage that says nothing, and try no more often', async () => {
    const impatient = await openBlobFiles({
      ...options,
      retryPolicy: { requestTimeoutMs: 500, maxAttempts: 3, firstBackOffMs: 1 },
    });
    always('neverAnswers');
    const before = proxy.asked.length;
    expect(await faultOf(impatient.open('poe/one')))
      .to.include({ code: 'files.unreachable', name: 'FilesError' })
      .and.have.property('cause')
      .that.is.instanceOf(Error);
    expect(proxy.asked.length - before).to.equal(3);
    expect(await faultOf(impatient.ready())).to.have.property('code', 'files.unreachable');
    expect(proxy.asked.length - before).to.equal(4);
  });

  it('say the address when no one is there as they are opened', async () => {
    always('neverAnswers');
    const fault = await faultOf(
      openBlobFiles({ ...options, retryPolicy: { requestTimeoutMs: 500, maxAttempts: 1, firstBackOffMs: 1 } }),
    );
    expect(fault).to.have.property('code', 'files.unreachable');
    expect(fault)
      .to.have.property('message')
      .that.includes(`BLOB_ENDPOINT is "${options.endpoint}". Blob Storage gave no answer`);
  });

  it('say that Storage is busy when it stays so, after as many tries as allowed', async () => {
    always({ answer: 503 }, isStaging);
    const before = askedFor(isStaging);
    expect(await faultOf(put(files, 'poe/one', 'x'))).to.have.property('code', 'files.busy');
    expect(askedFor(isStaging) - before).to.equal(4);
    proxy.mischief = () => undefined;
    expect(await keys(files, '')).to.deep.equal([]);
  });

  it('say that they may not, and ask only once', async () => {
    always({ answer: 403, code: 'AuthorizationPermissionMismatch' });
    const before = proxy.asked.length;
    for (const refused of [files.open('poe/one'), files.remove('poe/one'), keys(files, 'poe/'), files.ready()]) {
      expect(await faultOf(refused)).to.have.property('code', 'files.forbidden');
    }
    expect(proxy.asked.length - before).to.equal(4);
  });

  it('say that a retention policy keeps a file', async () => {
    await put(files, 'poe/one', 'x');
    always({ answer: 409, code: 'BlobImmutableDueToPolicy' }, ({ method }) => method === 'DELETE');
    expect(await faultOf(files.remove('poe/one'))).to.have.property('code', 'files.kept');
  });

  it("keep the account's key out of what they say", async () => {
    always({ answer: 403, code: 'AuthenticationFailed' });
    const fault = await faultOf(files.open('poe/one'));
    expect(JSON.stringify(fault) + String(fault) + JSON.stringify((fault as Error).cause))
      .to.not.include(azurite.key)
      .and.not.match(/SharedKey /);
  });

  it('are opened by an identity that may not make containers, where they are there', async () => {
    always(
      { answer: 403, code: 'AuthorizationPermissionMismatch' },
      (asked) => asked.method === 'PUT' && isOfContainer(asked),
    );
    await openBlobFiles(options);
    expect(await faultOf(openBlobFiles({ ...options, container: 'missing' }))).to.include({
      code: 'files.noContainer',
    });
  });

  it('are opened where another process makes the containers at the same moment', async () => {
    const own = { ...options, container: `race-${number}` };
    let made: Promise<unknown> | undefined;
    // Azurite has heard of the container before our own making reaches it.
    proxy.mischief = (asked) => {
      if (asked.method === 'PUT' && isOfContainer(asked)) made ??= service().getContainerClient(own.container).create();
      return asked.method === 'PUT' && isOfContainer(asked) && made
        ? { answer: 409, code: 'ContainerAlreadyExists' }
        : undefined;
    };
    const raced = await openBlobFiles(own);
    await made;
    expect(await put(raced, 'poe/one', 'x')).to.include({ size: 1 });
  });

  describe('and whose If-None-Match is taken out on the way', () => {
    for (const sentence of [/^are never overwritten/, /several blocks are never overwritten/, /handed over/]) {
      it(`breaks the promise that files ${sentence.source}, so the promise is worth something`, async () => {
        const promise =
          filePromises.find((candidate) => sentence.test(candidate.sentence)) ??
          expect.fail('there is no such promise');
        const commits = askedFor(isCommit);
        always('dropsIfNoneMatch', isCommit);
        expect(await faultOf(promise.show(files))).to.have.property('name', 'AssertionError');
        expect(askedFor(isCommit)).to.be.above(commits);
      });
    }

    it('keeps the other promises, so that nothing else was broken by it', async () => {
      always('dropsIfNoneMatch', isCommit);
      await filePromises.find(({ sentence }) => sentence.startsWith('are read as they were put'))?.show(files);
      expect(await service().getContainerClient(options.container).getBlobClient('poe/CPOR-7F3K9Q/01J').exists()).to.be
        .true;
    });
  });
});
