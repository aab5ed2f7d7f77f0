import { anchorsContract } from '../contract/anchors.ts';
import { memoryAnchors } from './memoryAnchors.ts';

describe('Anchors in memory', () => {
  anchorsContract(async () => memoryAnchors());
});
