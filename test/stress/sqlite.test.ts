import { stressTests } from './stressTests.ts';
import { openBackend } from './backend.ts';

describe('Stress: three processes on one SQLite file', () => {
  stressTests(openBackend, 40);
});
