/**
 * The events of which the head is anchored, stated a second time (R55): what decides a claim, binds someone, or answers
 * a clock that would decide against them.
 */
export const ANCHORED: ReadonlySet<string> = new Set([
  'ClaimSubmitted',
  'InformationRequested',
  'ClaimResubmitted',
  'ClaimApproved',
  'ClaimRejected',
  'RejectionRequested',
  'PartnerDidNotRespond',
  'ConsentDenied',
  'ConsentAgreed',
  'ConsentNotGiven',
  'ConsentPassed',
  'ObjectionRecorded',
  'LateDenialRecorded',
  'AssessmentReported',
  'AssessmentCorrected',
  'DisputeOpened',
  'DisputeUpheld',
  'DisputeOverturned',
  'DisputeWindowClosed',
]);
