import { memoryDocuments } from './memoryDocuments.ts';
import { describeDocuments } from '../contract/documents.ts';

describeDocuments('The store in memory', async () => ({ documents: memoryDocuments(), close: async () => undefined }));
