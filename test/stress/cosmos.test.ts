import { startAzurite } from '../support/azurite.ts';
import { startCosmosEmulator } from '../support/cosmosEmulator.ts';
import { stormTests } from './aftermath.ts';
import type { Ground } from './ground.ts';
import { groundOn } from './ground.ts';

/** Cosmos DB and Blob Storage by their emulators. */
async function onAzure(): Promise<Ground> {
  const [cosmos, azurite] = await Promise.all([startCosmosEmulator(), startAzurite()]);
  const ground = await groundOn({
    COSMOS_ENDPOINT: cosmos.endpoint,
    COSMOS_KEY: cosmos.key,
    COSMOS_DATABASE: 'storm',
    COSMOS_PARTITIONS: '4',
    BLOB_ENDPOINT: azurite.endpoint,
    BLOB_KEY: azurite.key,
  });
  return {
    ...ground,
    async stop() {
      await ground.stop();
      await Promise.all([cosmos.close(), azurite.close()]);
    },
  };
}

describe('A storm over three processes on Cosmos DB and Blob Storage', () => {
  stormTests(onAzure, 200);
});
