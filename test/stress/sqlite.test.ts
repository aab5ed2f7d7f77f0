import { stormTests } from './aftermath.ts';
import { groundOn } from './ground.ts';

describe('A storm over three processes on one SQLite file', () => {
  stormTests(groundOn, 200);
});
