import { memoryDocuments } from '../../src/stores/memoryDocuments.ts';
import { describeDocuments } from '../contract/documents.ts';

describeDocuments('The store in memory', async () => ({ documents: memoryDocuments(), close: async () => undefined }));
