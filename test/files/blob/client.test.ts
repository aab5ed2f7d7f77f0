import type { StoragePipelineOptions } from '@azure/storage-blob';
import { expect } from 'chai';
import { openBlobFiles } from '../../../src/files/blob/blobFiles.ts';
import { createServiceClient } from '../../../src/files/blob/client.ts';
import { FilesError } from '../../../src/files/filesError.ts';
import { randomBytes, randomId } from '../../../src/runtime/random.ts';

const key = Buffer.from('a key').toString('base64');
type HttpClient = NonNullable<StoragePipelineOptions['httpClient']>;

describe('The address of Blob Storage', () => {
  const named: readonly [endpoint: string, account: string][] = [
    ['https://claimsdesk.blob.core.windows.net', 'claimsdesk'],
    ['https://claimsdesk.blob.core.windows.net/', 'claimsdesk'],
    ['https://claimsdesk.blob.core.usgovcloudapi.net', 'claimsdesk'],
    ['https://claimsdesk.z12.blob.storage.azure.net', 'claimsdesk'],
    ['http://127.0.0.1:10000/devstoreaccount1', 'devstoreaccount1'],
    ['http://localhost:10000/devstoreaccount1/', 'devstoreaccount1'],
    ['http://[::1]:10000/devstoreaccount1', 'devstoreaccount1'],
  ];
  for (const [endpoint, account] of named) {
    it(`${endpoint} names the account`, () => {
      expect(createServiceClient({ endpoint, key }).credential).to.have.property('accountName', account);
    });
  }

  const refused: readonly [why: string, endpoint: string][] = [
    ['travels in the clear', 'http://claimsdesk.blob.core.windows.net'],
    ['travels in the clear', 'http://10.0.0.5:10000/devstoreaccount1'],
    ['only looks like this machine', 'http://127.0.0.1.example.com/devstoreaccount1'],
    ['is none', 'claimsdesk'],
    ['is of another protocol', 'ftp://claimsdesk.blob.core.windows.net'],
    ['brings a signature with it', 'https://claimsdesk.blob.core.windows.net/?sv=2024&sig=secret'],
    ['names no account, and there is a key', 'https://files.example.com'],
    ['names no account, and there is a key', 'http://127.0.0.1:10000'],
  ];
  for (const [why, endpoint] of refused) {
    it(`is refused where it ${why}: ${endpoint}`, () => {
      const fault = faultOf(() => createServiceClient({ endpoint, key }));
      expect(fault).to.be.instanceOf(FilesError).with.property('code', 'files.badEndpoint');
      expect(String(fault))
        .to.match(/BLOB_(ENDPOINT|KEY)/)
        .and.not.include('secret');
    });
  }

  it('is refused where no one is there to go there as', () => {
    expect(
      String(faultOf(() => createServiceClient({ endpoint: 'https://claimsdesk.blob.core.windows.net' }))),
    ).to.include('BLOB_KEY');
  });

  it('is gone to with the tokens of an identity where there is no key', async () => {
    const scopes: unknown[] = [];
    const tokens: (string | undefined)[] = [];
    const httpClient: HttpClient = {
      sendRequest: async (request) => {
        tokens.push(request.headers.get('authorization'));
        return { request, status: 200, headers: request.headers.clone() };
      },
    };
    const credential = {
      async getToken(scope: string | string[]) {
        scopes.push(scope);
        return { token: 'of-the-identity', expiresOnTimestamp: 4_000_000_000_000 };
      },
    };
    await openBlobFiles({
      endpoint: 'https://claimsdesk.blob.core.windows.net',
      credential,
      httpClient,
      container: 'one',
      assessments: 'two',
      ids: { randomId, randomBytes },
    });
    expect(tokens).to.deep.equal(['Bearer of-the-identity', 'Bearer of-the-identity']);
    expect(scopes.flat()).to.include('https://storage.azure.com/.default');
  });
});

function faultOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return expect.fail('it was not refused');
}
