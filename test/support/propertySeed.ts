/**
 * The seed of every property test, loaded before the tests: each run plays the same cases, so that a failure belongs to
 * what was changed. `PROPERTY_SEED` takes others.
 */
import fc from 'fast-check';
import { wholeFrom } from './numbers.ts';

const USUAL_SEED = 20_210_503;
/** The seeds that fast-check takes are 32 bits wide. */
const MAX_SEED = 2 ** 31 - 1;

fc.configureGlobal({ seed: wholeFrom(process.env, 'PROPERTY_SEED', USUAL_SEED, { min: 0, max: MAX_SEED }) });
