/** The outcomes of the assessment, one for each programme, reported and corrected by the assessor (R53). */
import type { AssessmentOutcome, Claim } from './claim.ts';
import type { ReportAssessment } from './commands.ts';
import type { Decision } from './decision.ts';
import { happened, NOTHING, optionalComment, refuse, stamp } from './decision.ts';
import { MAX_NAME } from './fields.ts';
import { cleanLine } from './text.ts';

/** For how many programmes a claim can have an outcome: a claim's document has to stay small. */
export const MAX_OUTCOMES = 20;

/** Programmes are typed by hand: OSU and osu are the same. */
export function isSameProgramme(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * Eligible or not, for one programme (OSU, OSA), with the claim's number there if it has one. Another outcome for a
 * programme that has one is a correction, which takes a reason; a number left empty stays what it was.
 */
export function reportAssessment(command: ReportAssessment, claim: Claim): Decision {
  const programme = lineOf(command.programme);
  if (programme === '') return refuse({ code: 'programmeNeeded' });
  const typed = lineOf(command.number);
  if (programme.length > MAX_NAME || typed.length > MAX_NAME) return refuse({ code: 'textTooLong', most: MAX_NAME });
  const outcomes = claim.assessment?.outcomes ?? [];
  const known = outcomes.find((outcome) => isSameProgramme(outcome.programme, programme));
  const { eligible } = command;
  if (known) return correct(command, claim, known, typed);
  if (outcomes.length >= MAX_OUTCOMES) return refuse({ code: 'outcomesTooMany', most: MAX_OUTCOMES });
  return happened({
    type: 'AssessmentReported',
    ...stamp(command, claim),
    eligible,
    programme,
    ...(typed !== '' && { number: typed }),
  });
}

function correct(command: ReportAssessment, claim: Claim, known: AssessmentOutcome, typed: string): Decision {
  const { eligible } = command;
  const number = typed === '' ? known.number : typed;
  if (eligible === known.eligible && number === known.number) return NOTHING;
  const reason = optionalComment(command.reason);
  if ('refusal' in reason) return refuse(reason.refusal);
  const { programme } = known;
  if (reason.text === '') return refuse({ code: 'correctionNeedsReason', programme, eligible: known.eligible });
  return happened({
    type: 'AssessmentCorrected',
    ...stamp(command, claim),
    eligible,
    programme,
    ...(number !== undefined && { number }),
    reason: reason.text,
    from: { eligible: known.eligible, ...(known.number !== undefined && { number: known.number }) },
  });
}

function lineOf(text: unknown): string {
  return typeof text === 'string' ? cleanLine(text) : '';
}
