/** The signer of tests: one key, since 1970. */
import { createSigner } from '../../src/runtime/signer.ts';

export const SIGNING_SEED = Buffer.alloc(32, 7).toString('base64');
export const SIGNER = createSigner([{ seed: SIGNING_SEED, from: 0 }]);
