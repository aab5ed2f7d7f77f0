/** The judges of what is written to the store, and of how instances go about it. */
import type { OpenJudge } from './observations.ts';
import { openChain } from './chain.ts';
import { openClocks } from './clocks.ts';
import { openConsent } from './consent.ts';
import { openDues } from './dues.ts';
import { openFiles } from './files.ts';
import { openLaw } from './law.ts';
import { openLogs } from './logs.ts';
import { openNotices } from './notices.ts';
import { openStops } from './stops.ts';
import { openSchemas } from './schemas.ts';
import { openSweeps } from './sweeps.ts';

export const DOCUMENT_JUDGES: readonly OpenJudge[] = [
  openLaw,
  openChain,
  openConsent,
  openClocks,
  openDues,
  openNotices,
  openSweeps,
  openFiles,
  openSchemas,
  openLogs,
  openStops,
];
