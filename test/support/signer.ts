/** The signer of tests: one key, since 1970. */
import { createSigner } from '../../src/runtime/signer.ts';

export const SIGNER = createSigner([{ seed: Buffer.alloc(32, 7).toString('base64'), from: 0 }]);
