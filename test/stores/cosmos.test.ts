import { CosmosClient } from '@azure/cosmos';
import { randomUUID } from 'node:crypto';
import { randomId } from '../../src/ids.ts';
import { type CosmosOptions, openCosmos } from '../../src/stores/cosmos.ts';
import { describeDocuments } from '../contract/documents.ts';
import { type CosmosEmulator, startCosmosEmulator } from '../cosmosEmulator.ts';

describe('On the emulator', () => {
  let emulator: CosmosEmulator;
  before(async () => {
    emulator = await startCosmosEmulator();
  });
  after(() => emulator.close());

  describeDocuments('the Cosmos DB store', async () => {
    const documents = await openCosmos({ endpoint: emulator.endpoint, key: emulator.key, database: randomUUID(), container: 'desk', partitions: 4, newId: randomId, pause: () => Promise.resolve() });
    return { documents, close: async () => documents.close() };
  });
});
