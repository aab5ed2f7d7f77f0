import { startAzurite } from '../support/azurite.ts';
import { startCosmosEmulator } from '../support/cosmosEmulator.ts';
import { stressTests } from './stressTests.ts';
import type { Backend } from './backend.ts';
import { openBackend } from './backend.ts';

/** The emulators of Cosmos DB and Blob Storage. */
async function onAzure(): Promise<Backend> {
  const [cosmos, azurite] = await Promise.all([startCosmosEmulator(), startAzurite()]);
  const backend = await openBackend({
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: 'stress',
    COSMOS_PARTITIONS: '4',
    BLOB_ENDPOINT: azurite.endpoint,
    BLOB_KEY: azurite.key,
  });
  return {
    ...backend,
    async stop() {
      await backend.stop();
      await Promise.all([cosmos.close(), azurite.close()]);
    },
  };
}

describe('Stress: three processes on Cosmos DB and Blob Storage', () => {
  stressTests(onAzure, 40);
});
