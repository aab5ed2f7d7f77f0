/** The outcome of the assessment, reported back by the assessor (R53). */
import type { Claim } from './claim.ts';
import type { ReportAssessment } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, NOTHING, refuse, stamp } from './decision.ts';
import { MAX_NAME } from './fields.ts';
import { cleanLine } from './text.ts';

/** Eligible or not, and for which programme (OSU, OSA); once for each hand-over. */
export function reportAssessment(command: ReportAssessment, claim: Claim): Decision {
  const programme = typeof command.programme === 'string' ? cleanLine(command.programme) : '';
  if (programme === '') return refuse({ code: 'programmeNeeded' });
  if (programme.length > MAX_NAME) return refuse({ code: 'textTooLong', most: MAX_NAME });
  const outcome = claim.assessment?.outcome;
  if (outcome)
    return outcome.eligible === command.eligible && outcome.programme === programme
      ? NOTHING
      : refuse({ code: 'alreadyReported' });
  return happened({ type: 'AssessmentReported', ...stamp(command, claim), eligible: command.eligible, programme });
}
