/** Where the state and the files lie on Azure, and as whom the desk goes there. */
import { ConfigError, read, readGuid, readNumber, readUrl } from './environment.ts';
import type { Environment } from './environment.ts';

export interface AzureConfig {
  readonly cosmos: {
    readonly endpoint: string;
    /** The account's key; absent: the identity of the machine. */
    readonly key?: string;
    readonly database: string;
    readonly container: string;
    /** How many logical partitions the documents of a kind are spread over; fixed for the life of a container. */
    readonly partitions: number;
  };
  readonly blob: {
    readonly endpoint: string;
    readonly key?: string;
    readonly container: string;
    /** The container of the hand-overs for assessment, which may be under a retention policy of its own. */
    readonly assessments: string;
  };
  /** Which of several identities of the machine is meant. */
  readonly clientId?: string;
}

/** State and files on Azure; undefined where neither is set, and then both are on this machine. */
export function readAzure(env: Environment): AzureConfig | undefined {
  const cosmos = readEndpoint(env, 'COSMOS_ENDPOINT');
  const cosmosKey = read(env, 'COSMOS_KEY');
  const database = readName(
    env,
    'COSMOS_DATABASE',
    'claims',
    /^[^/\\?#\s]{1,200}$/,
    'up to 200 characters without spaces, /, \\, ? and #',
  );
  const container = readName(
    env,
    'COSMOS_CONTAINER',
    'desk',
    /^[^/\\?#\s]{1,200}$/,
    'up to 200 characters without spaces, /, \\, ? and #',
  );
  const partitions = readNumber(env, 'COSMOS_PARTITIONS', 16, 1, 256);
  const blob = readEndpoint(env, 'BLOB_ENDPOINT');
  const blobKey = read(env, 'BLOB_KEY');
  const files = readBlobContainer(env, 'BLOB_CONTAINER', 'desk-files');
  const assessments = readBlobContainer(env, 'BLOB_ASSESSMENTS', 'desk-assessments');
  const clientId = readGuid(env, 'AZURE_CLIENT_ID', 'the client id of the managed identity');
  if (assessments === files)
    throw new ConfigError(
      'not-a-name',
      'BLOB_ASSESSMENTS',
      `is "${assessments}", as BLOB_CONTAINER is. Give a container of its own: what is handed over for assessment is never removed.`,
    );
  if (cosmos === undefined && cosmosKey !== undefined) throw halfOnAzure('COSMOS_ENDPOINT', 'COSMOS_KEY');
  if (blob === undefined && blobKey !== undefined) throw halfOnAzure('BLOB_ENDPOINT', 'BLOB_KEY');
  if (cosmos === undefined && blob === undefined) return undefined;
  if (cosmos === undefined) throw halfOnAzure('COSMOS_ENDPOINT', 'BLOB_ENDPOINT');
  if (blob === undefined) throw halfOnAzure('BLOB_ENDPOINT', 'COSMOS_ENDPOINT');
  return {
    cosmos: { endpoint: cosmos, database, container, partitions, ...(cosmosKey !== undefined && { key: cosmosKey }) },
    blob: { endpoint: blob, container: files, assessments, ...(blobKey !== undefined && { key: blobKey }) },
    ...(clientId !== undefined && { clientId }),
  };
}

/** Files on one machine and claims that every instance reads would lose each other. */
function halfOnAzure(missing: string, given: string): ConfigError {
  return new ConfigError(
    'missing',
    missing,
    `is not set, but ${given} is. Give both, so that every instance finds claims and files, or leave both out to keep everything on this machine.`,
  );
}

/** Https; http only on this machine, where an emulator may be. */
function readEndpoint(env: Environment, variable: string): string | undefined {
  const url = readUrl(env, variable, 'or leave it out to keep everything on this machine');
  if (url === undefined || url.protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
    return url?.href.replace(/\/+$/, '');
  throw new ConfigError(
    'not-a-url',
    variable,
    `is "${url.href}". Give an https:// address: claims and keys do not travel in the clear.`,
  );
}

function readBlobContainer(env: Environment, variable: string, fallback: string): string {
  return readName(
    env,
    variable,
    fallback,
    /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    '3 to 63 small letters, digits and single hyphens',
  );
}

function readName(env: Environment, variable: string, fallback: string, pattern: RegExp, rule: string): string {
  const value = read(env, variable) ?? fallback;
  if (pattern.test(value)) return value;
  throw new ConfigError('not-a-name', variable, `is "${value}". Give ${rule}, or leave it out for ${fallback}.`);
}
