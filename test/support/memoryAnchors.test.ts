import { anchorsContract } from '../contract/anchors.ts';
import { memoryAnchorStore } from './memoryAnchors.ts';

describe('Anchors in memory', () => {
  anchorsContract(async () => memoryAnchorStore());
});
