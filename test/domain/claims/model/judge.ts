/** What must come of a command: that it happens, that there is nothing to do, or the reason why not (R32). */
import type { RefusalCode } from '../../../../src/domain/claims/refusal.ts';
import type { FieldName, Fields } from '../../../../src/domain/claims/values.ts';
import type { Ask } from '../scenario.ts';
import { isValid, sameEntry } from './form.ts';
import { denialOf, LAW, REVIEWER_NOT_REJECTER } from './law.ts';
import type { ModelClaim, ModelOutcome } from './modelClaim.ts';
import { ADDITIONS_FOR_EACH_POE, missingField } from './needs.ts';
import { idOf, known } from './people.ts';
import type { Person } from './people.ts';
import { missed, progressOf, relationTo, shownBy } from './relation.ts';

export type Verdict = 'happens' | 'nothing' | RefusalCode;

const AGAIN = 150_000;
type Of<Type extends Ask['type']> = Extract<Ask, { type: Type }>;

/** What the law denies before the card's age, and then what the command itself needs. */
export function judge(claim: ModelClaim, ask: Ask): Verdict {
  const person = known(ask.by);
  const denied = denialOf(ask.type, relationTo(claim, person), { stage: claim.stage, ...progressOf(claim) });
  if (denied) return denied;
  if (LAW[ask.type].decides && missed(claim, person, ask.seen).length > 0) return 'stale';
  return needsOf(claim, ask, person);
}

function needsOf(claim: ModelClaim, ask: Ask, person: Person): Verdict {
  const me = idOf(ask.by);
  switch (ask.type) {
    case 'EditFields':
      return edit(claim, ask, person);
    case 'AddPoe':
      return poe(claim, ask);
    case 'RemovePoe':
      return claim.poe.some(({ id }) => id === ask.id) ? 'happens' : 'poeUnknown';
    case 'SubmitClaim':
      return complete(claim, person);
    case 'ReassignClaim':
      return reassign(claim, ask);
    case 'RequestInformation':
      return ask.reasons.length === 0 ? 'reasonNeeded' : worded(ask.comment);
    case 'ResubmitClaim':
      if (claim.answered) return complete(claim, person);
      return claim.poe.some(({ scan, at }) => scan === 'waiting' && at >= claim.requestedAt)
        ? 'poeWaits'
        : 'nothingAdded';
    case 'RejectClaim':
      return worded(ask.comment);
    case 'RequestRejection':
      return ask.reason === 'other' ? worded(ask.comment) : 'happens';
    case 'DenyConsent':
      return claim.stage === 'ConsentOpen' ? 'happens' : lateDenial(claim, me);
    case 'AgreeConsent':
      if (claim.bar === 'sidesOverlap') return 'consentOfPartner';
      return claim.consent?.agreed && claim.consent.objections.length === 0 ? 'nothing' : 'happens';
    case 'RecordObjection':
      if (isBlank(ask.text)) return 'commentNeeded';
      return claim.consent?.objections.some(({ by }) => by === me) ? 'nothing' : 'happens';
    case 'WithdrawObjection':
      return takeBack(claim, me);
    case 'OpenDispute':
      return isBlank(ask.justification) && !claim.newPoe ? 'justificationNeeded' : 'happens';
    case 'UpholdRejection':
      return worded(ask.comment);
    case 'OverturnRejection':
      return unapprovable(claim, ask) ?? worded(ask.comment);
    case 'AddComment':
      return comment(claim, ask, me);
    case 'EditComment':
    case 'DeleteComment':
      return alterComment(claim, ask, me);
    case 'ReportAssessment':
      return report(claim, ask);
    case 'FollowClaim':
      return claim.followers.includes(me) ? 'nothing' : 'happens';
    case 'MuteClaim':
      return claim.muted.includes(me) ? 'nothing' : 'happens';
    case 'RecordDelivery':
      return delivery(claim, ask);
    case 'RecordScan':
      return scan(claim, ask);
    case 'Wake':
      return 'nothing';
    case 'ApproveClaim':
      return unapprovable(claim, ask) ?? 'happens';
    case 'DiscardDraft':
    case 'StartReview':
      return 'happens';
  }
}

/** The field that an edit changes, as the form was shown to its writer; an edit of the tests changes one at most. */
export function changeOf(
  claim: ModelClaim,
  { fields, seenFields }: Of<'EditFields'>,
): readonly [FieldName, Fields[FieldName]] | undefined {
  const shown = seenFields ?? claim.form;
  const entries = Object.entries(fields) as [FieldName, Fields[FieldName]][];
  return entries.find(([name, value]) => !sameEntry(value, shown[name]));
}

/** R11, R57: what is wrong, fixed by now, emptied, changed by somebody else meanwhile, or the same as before. */
function edit(claim: ModelClaim, ask: Of<'EditFields'>, person: Person): Verdict {
  const change = changeOf(claim, ask);
  if (!change) return 'nothingChanged';
  const [name, value] = change;
  if (!isValid(name, value, person)) return 'fieldsInvalid';
  if (claim.stage !== 'Editing' && name === 'customerName') return 'fieldFixed';
  if (claim.stage !== 'Editing' && value.length === 0) return 'fieldsMissing';
  if (sameEntry(value, claim.form[name])) return 'nothingChanged';
  const last = claim.edited.get(name);
  const isNews =
    last !== undefined && ask.seen !== undefined && last.by !== idOf(ask.by) && last.version > shownBy(claim, ask.seen);
  return isNews ? 'editConflict' : 'happens';
}

function poe(claim: ModelClaim, ask: Of<'AddPoe'>): Verdict {
  if (claim.poe.some(({ id }) => id === ask.id)) return 'nothing';
  if (claim.infected.has(ask.sha256)) return 'poeInfected';
  if (claim.poe.some(({ content, scan: known }) => content === ask.sha256 && !isGone(known))) return 'poeDuplicate';
  if (claim.poe.length >= claim.book.maxPoe) return 'poeTooMany';
  const isWornOut = claim.stage === 'Editing' && claim.additions >= ADDITIONS_FOR_EACH_POE * claim.book.maxPoe;
  return isWornOut ? 'poeAddedTooOften' : 'happens';
}

/** R7, R9, R10, R15. */
function complete(claim: ModelClaim, person: Person): Verdict {
  if (missingField({ ...claim.form }) !== undefined) return 'fieldsMissing';
  // R5: the customer is of another tenant than the partner and its members, the one who submits among them.
  const isOwnTenant = claim.bar === 'sidesOverlap' || person.customer !== undefined;
  if (!isValid('mpnId', claim.form.mpnId, person) || isOwnTenant) return 'fieldsInvalid';
  if (claim.poe.some(({ since }) => since !== undefined)) return 'happens';
  return claim.poe.some((one) => one.scan === 'waiting') ? 'poeWaits' : 'poeMissing';
}

/** R5, R9, R20, R28: what is approved is none of the partner's own, and has a proof that counts. */
function unapprovable({ bar, poe: all }: ModelClaim, { type }: Ask): RefusalCode | undefined {
  if (bar === 'sidesOverlap') return 'sidesOverlap';
  return LAW[type].needsProof && !all.some(({ since }) => since !== undefined) ? 'poeWithdrawn' : undefined;
}

/** R9: what is withdrawn for good. */
function isGone(known: ModelClaim['poe'][number]['scan']): boolean {
  return known === 'malicious' || known === 'tooLarge';
}

/** R9: what waited is clean, too large, or counts unscanned, as what was never scanned; or any is bad. */
function scan(claim: ModelClaim, { poe: id, verdict }: Of<'RecordScan'>): Verdict {
  const known = claim.poe.find((one) => one.id === id)?.scan;
  if (!claim.poe.some((one) => one.id === id) || isGone(known)) return 'nothing';
  if (known === undefined) return verdict === 'malicious' || verdict === 'unscanned' ? 'happens' : 'nothing';
  return verdict === 'malicious' || known === 'waiting' ? 'happens' : 'nothing';
}

function reassign(claim: ModelClaim, ask: Of<'ReassignClaim'>): Verdict {
  const to = known(ask.to);
  if (!to.reviewer) return 'notAReviewer';
  return (
    REVIEWER_NOT_REJECTER.denial(relationTo(claim, to)) ??
    (claim.assignee === idOf(ask.to) ? 'alreadyAssigned' : 'happens')
  );
}

/** R51. */
function lateDenial(claim: ModelClaim, me: string): Verdict {
  if (claim.book.lateDenial === 'refuse') return 'wrongStage';
  return claim.consent?.late.includes(me) ? 'alreadyDenied' : 'happens';
}

/** A message is taken once; the same words of the same person within a minute are the same message, delivered again. */
function comment(claim: ModelClaim, ask: Of<'AddComment'>, me: string): Verdict {
  if (isBlank(ask.text)) return 'commentNeeded';
  const { message } = ask;
  if (message === undefined) return 'happens';
  const again = claim.comments.some(
    (said) =>
      said.message === message ||
      (said.message !== undefined &&
        !said.deleted &&
        said.by === me &&
        said.text === ask.text &&
        claim.now - said.at < AGAIN),
  );
  return again ? 'nothing' : 'happens';
}

function alterComment(claim: ModelClaim, ask: Of<'EditComment' | 'DeleteComment'>, me: string): Verdict {
  const said = claim.comments.find(({ message }) => message === ask.message);
  if (!said) return 'commentUnknown';
  if (said.by !== me) return 'commentNotYours';
  if (ask.type === 'DeleteComment') return said.deleted ? 'nothing' : 'happens';
  if (isBlank(ask.text)) return 'commentNeeded';
  return !said.deleted && said.text === ask.text ? 'nothing' : 'happens';
}

/** R60: who wrote it takes it back, and no one else. */
function takeBack({ consent }: ModelClaim, me: string): Verdict {
  const objections = consent?.objections ?? [];
  if (objections.some(({ by }) => by === me)) return 'happens';
  return objections.length > 0 ? 'objectionNotYours' : 'nothing';
}

/** What is known of a programme, whatever its case. */
export function outcomeFor(claim: ModelClaim, programme: string): ModelOutcome | undefined {
  return claim.assessment?.outcomes.get(programme.toUpperCase());
}

/** R53: one for each programme; another one for the same corrects it, and takes a reason. */
function report(claim: ModelClaim, ask: Of<'ReportAssessment'>): Verdict {
  if (isBlank(ask.programme)) return 'programmeNeeded';
  const told = outcomeFor(claim, ask.programme);
  if (!told) return 'happens';
  const isSame = told.eligible === ask.eligible && (isBlank(ask.number ?? '') || told.number === ask.number?.trim());
  if (isSame) return 'nothing';
  return isBlank(ask.reason ?? '') ? 'correctionNeedsReason' : 'happens';
}

/** R45: only a clock that waits can begin to run; that it cannot be reached is news once for each reason. */
function delivery(claim: ModelClaim, ask: Of<'RecordDelivery'>): Verdict {
  if (isLostPartner(claim, ask)) return 'happens';
  if (claim.clocks.get(ask.clock)?.state !== 'awaitingDelivery') return 'nothing';
  const obstacle = obstacleTo(claim, ask);
  return obstacle !== undefined && claim.hold?.reason === obstacle ? 'nothing' : 'happens';
}

/** R45: that a partner can be told nothing more stops no clock that runs, and is told once while it runs. */
export function isLostPartner(claim: ModelClaim, { clock, outcome }: Of<'RecordDelivery'>): boolean {
  const isTheirs = clock === 'partnerResponse' || clock === 'disputeWindow';
  const isRunning = claim.clocks.get(clock)?.state === 'running';
  return outcome.kind === 'undeliverable' && isTheirs && isRunning && !claim.isPartnerLost;
}

/** What keeps the notice from starting its clock: it did not arrive, or it reached who may not consent (R5, R45). */
export function obstacleTo({ bar }: ModelClaim, { clock, outcome }: Of<'RecordDelivery'>): string | undefined {
  if (outcome.kind === 'undeliverable') return outcome.reason;
  return clock === 'consent' ? bar : undefined;
}

function worded(text: string): Verdict {
  return isBlank(text) ? 'commentNeeded' : 'happens';
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
