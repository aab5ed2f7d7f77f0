/** The judges of who acts and who sees. */
import type { OpenJudge } from './observations.ts';
import { openAnswers } from './answers.ts';
import { openDocumentsRead } from './documentsRead.ts';
import { openHeeded } from './timelyReaction.ts';
import { openPrivacy } from './privacy.ts';
import { openRights } from './rights.ts';
import { openShown } from './shown.ts';

export const PEOPLE_JUDGES: readonly OpenJudge[] = [
  openRights,
  openPrivacy,
  openAnswers,
  openShown,
  openHeeded,
  openDocumentsRead,
];
