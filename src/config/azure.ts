/** Where the state and the files are stored on Azure, and as whom the desk goes there. */
import type { z } from 'zod';
import { isLoopbackHost } from '../shared/loopback.ts';
import { quoted } from './environment.ts';
import { guid, nameOf, text, url, wholeNumber } from './settings.ts';
import type { Given } from './settings.ts';

const COSMOS_NAME = /^[^/\\?#\s]{1,200}$/;
const COSMOS_RULE = 'up to 200 characters without spaces, /, \\, ? and #';
const BLOB_NAME = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const BLOB_RULE = '3 to 63 small letters, digits and single hyphens';

/** Https; http only on this machine, where an emulator may be. */
function endpoint(): z.ZodType<string, string> {
  return url('or leave it out to keep everything on this machine', ({ href, protocol, hostname }) =>
    protocol === 'https:' || isLoopbackHost(hostname)
      ? undefined
      : {
          kind: 'not-a-url',
          sentence: `is ${quoted(href)}. Give an https:// address: claims and keys do not travel in the clear.`,
        },
  );
}

export const AZURE_SETTINGS = {
  COSMOS_ENDPOINT: endpoint().optional(),
  COSMOS_KEY: text().optional(),
  COSMOS_DATABASE: nameOf(COSMOS_NAME, COSMOS_RULE, 'claims'),
  COSMOS_CONTAINER: nameOf(COSMOS_NAME, COSMOS_RULE, 'desk'),
  COSMOS_PARTITIONS: wholeNumber(16, 1, 256),
  BLOB_ENDPOINT: endpoint().optional(),
  BLOB_KEY: text().optional(),
  BLOB_CONTAINER: nameOf(BLOB_NAME, BLOB_RULE, 'desk-files'),
  BLOB_ASSESSMENTS: nameOf(BLOB_NAME, BLOB_RULE, 'desk-assessments'),
  BLOB_ANCHORS: nameOf(BLOB_NAME, BLOB_RULE, 'desk-anchors'),
  AZURE_CLIENT_ID: guid('the client id of the managed identity').optional(),
};

export type AzureSettings = z.output<z.ZodObject<typeof AZURE_SETTINGS>>;

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
    /** The container of the anchors (R55), which is to be under a retention policy of its own. */
    readonly anchors: string;
  };
  /** Which of several identities of the machine is meant. */
  readonly clientId?: string;
}

/** Refuses settings that would keep claims and files apart, or two kinds of files together. */
export function checkAzure(given: Given<AzureSettings>): void {
  const assessments = given.value('BLOB_ASSESSMENTS');
  if (assessments !== undefined && assessments === given.value('BLOB_CONTAINER'))
    given.refuse(
      'BLOB_ASSESSMENTS',
      'not-a-name',
      `is ${quoted(assessments)}, as BLOB_CONTAINER is. Give a container of its own: what is handed over for assessment is never removed.`,
    );
  const anchors = given.value('BLOB_ANCHORS');
  const other = (['BLOB_CONTAINER', 'BLOB_ASSESSMENTS'] as const).find((variable) => given.value(variable) === anchors);
  if (anchors !== undefined && other !== undefined)
    given.refuse(
      'BLOB_ANCHORS',
      'not-a-name',
      `is ${quoted(anchors)}, as ${other} is. Give a container of its own: anchors are never changed or removed.`,
    );
  refuseHalf(given, 'COSMOS_ENDPOINT', ['COSMOS_KEY', 'BLOB_ENDPOINT']);
  refuseHalf(given, 'BLOB_ENDPOINT', ['BLOB_KEY', 'COSMOS_ENDPOINT']);
}

/** Files on one machine and claims that every instance reads would lose each other. */
function refuseHalf(
  given: Given<AzureSettings>,
  missing: keyof AzureSettings,
  because: readonly (keyof AzureSettings)[],
): void {
  const other = because.find((variable) => given.has(variable));
  if (given.has(missing) || other === undefined) return;
  given.refuse(
    missing,
    'missing',
    `is not set, but ${other} is. Give both, so that every instance finds claims and files, or leave both ` +
      'out to keep everything on this machine.',
  );
}

/**
 * State and files on Azure, by settings that {@link checkAzure} has passed; undefined where both are kept on this
 * machine.
 */
export function azureOf(settings: AzureSettings): AzureConfig | undefined {
  const { COSMOS_ENDPOINT: cosmos, COSMOS_KEY: cosmosKey, BLOB_ENDPOINT: blob, BLOB_KEY: blobKey } = settings;
  if (cosmos === undefined || blob === undefined) return undefined;
  return {
    cosmos: {
      endpoint: cosmos,
      database: settings.COSMOS_DATABASE,
      container: settings.COSMOS_CONTAINER,
      partitions: settings.COSMOS_PARTITIONS,
      ...(cosmosKey !== undefined && { key: cosmosKey }),
    },
    blob: {
      endpoint: blob,
      container: settings.BLOB_CONTAINER,
      assessments: settings.BLOB_ASSESSMENTS,
      anchors: settings.BLOB_ANCHORS,
      ...(blobKey !== undefined && { key: blobKey }),
    },
    ...(settings.AZURE_CLIENT_ID !== undefined && { clientId: settings.AZURE_CLIENT_ID }),
  };
}
