/** The list of the checkers of stored documents and of the instances' work. */
import type { CreateChecker } from './observations.ts';
import { createChainChecker } from './chain.ts';
import { createClocksChecker } from './clocks.ts';
import { createConsentChecker } from './consent.ts';
import { createDamageChecker } from './stored/damage.ts';
import { createDoorChecker } from './machine/door.ts';
import { createDuesChecker } from './dues.ts';
import { createFilesChecker } from './files.ts';
import { createLawChecker } from './law.ts';
import { createLogsChecker } from './logs.ts';
import { createNoticesChecker } from './notices.ts';
import { createPairingChecker } from './stored/pairing.ts';
import { createRestoredChecker } from './stored/restored.ts';
import { createStopsChecker } from './stops.ts';
import { createSchemasChecker } from './schemas.ts';
import { createSidesChecker } from './sides.ts';
import { createSweepsChecker } from './sweeps.ts';
import { createThrottledLogChecker } from './machine/throttledLog.ts';

export const DOCUMENT_CHECKERS: readonly CreateChecker[] = [
  createLawChecker,
  createChainChecker,
  createConsentChecker,
  createClocksChecker,
  createDuesChecker,
  createNoticesChecker,
  createSweepsChecker,
  createFilesChecker,
  createSchemasChecker,
  createLogsChecker,
  createThrottledLogChecker,
  createDoorChecker,
  createStopsChecker,
  createSidesChecker,
  createDamageChecker,
  createPairingChecker,
  createRestoredChecker,
];
