/** The list of the checkers of who acts and who sees what. */
import { createArrivalsChecker } from './arrivals.ts';
import type { CreateChecker } from './observations.ts';
import { createAnswersChecker } from './answers.ts';
import { createDocumentsReadChecker } from './documentsRead.ts';
import { createTimelyReactionChecker } from './timelyReaction.ts';
import { createBarsChecker } from './stored/bars.ts';
import { createPrivacyChecker } from './privacy.ts';
import { createRightsChecker } from './rights.ts';
import { createShownChecker } from './shown.ts';

export const USER_CHECKERS: readonly CreateChecker[] = [
  createRightsChecker,
  createPrivacyChecker,
  createBarsChecker,
  createAnswersChecker,
  createShownChecker,
  createTimelyReactionChecker,
  createDocumentsReadChecker,
  createArrivalsChecker,
];
