/** A refusal in words: the reason, the state of the claim, who may act, and what the user can do instead (R32). */
import { EDITABLE_AFTER_SUBMISSION } from '../../domain/claims/fields.ts';
import type { EditConflict, Refusal } from '../../domain/claims/refusal.ts';
import type { ClaimView } from '../../desk/queries/view.ts';
import type { SentenceArguments } from '../../locales/say.ts';
import { say } from '../../locales/say.ts';
import type { Speech } from './format.ts';
import { formatList, formatTime } from './format.ts';
import { changeNote } from './outcomes.ts';
import { actionName, fieldLabel, fieldLabels, fieldProblem, fieldValue, partyName, wordOrErased } from './labels.ts';
import { nextNote, stageName } from './status.ts';

/**
 * Why the desk refused a request. `view` is the claim as the user sees it now; undefined where they see none. How the
 * claim got into the wrong stage is left to `changeNote`; for a stale card the changes are the reason, so they are
 * named (R57).
 */
export function refusalNote(refusal: Refusal, view: ClaimView | undefined, speech: Speech): string {
  const because = (facts: SentenceArguments = {}): string => say(speech.language, `refusal.${refusal.code}`, facts);
  switch (refusal.code) {
    case 'wrongStage':
      return sentences(
        because({ status: stageName(refusal.stage, speech) }),
        view && nextNote(view, speech),
        insteadNote(view, speech),
      );
    case 'stale':
      return sentences(changeNote(refusal.changes, speech), because());
    case 'partnerRoleNeeded':
    case 'partnerOnly':
    case 'reviewerOnly':
    case 'customerContactOnly':
    case 'partnerCannotAgree':
    case 'assessorOnly':
    case 'ownOrganisation':
    case 'ownRejection':
    case 'dutiesSeparate':
    case 'operatorDecidesNot':
      return sentences(because(), stateNote(view, speech), insteadNote(view, speech));
    case 'assigneeOrLeadOnly':
      return sentences(
        refusal.assignee
          ? because({ who: wordOrErased(refusal.assignee.name, speech) })
          : say(speech.language, 'refusal.leadOnly'),
        stateNote(view, speech),
        insteadNote(view, speech),
      );
    case 'editConflict':
      return sentences(
        because(),
        ...refusal.conflicts.map((conflict) => conflictNote(conflict, speech)),
        say(speech.language, 'refusal.editAgain'),
      );
    case 'fieldsMissing':
      return because({ fields: fieldLabels(refusal.fields, speech), count: refusal.fields.length });
    case 'fieldsInvalid':
      return sentences(because(), ...refusal.problems.map((problem) => fieldProblem(problem, speech)));
    case 'fieldFixed':
      return because({
        field: fieldLabel(refusal.field, speech),
        fields: fieldLabels(EDITABLE_AFTER_SUBMISSION, speech),
      });
    case 'poeTooMany':
    case 'poeAddedTooOften':
    case 'textTooLong':
    case 'commentsTooMany':
    case 'outcomesTooMany':
      return because({ most: refusal.most });
    case 'poeWaits':
      return because({
        names: formatList(
          refusal.names.map((name) => wordOrErased(name, speech)),
          speech.language,
        ),
      });
    case 'poeDuplicate':
      return because({ name: wordOrErased(refusal.name, speech) });
    case 'objectionNotYours':
      return because({ who: partyName(refusal.by, speech) });
    case 'correctionNeedsReason':
      return because({ programme: refusal.programme, eligible: refusal.eligible ? 'yes' : 'no' });
    case 'alreadyAssigned':
      return because({ who: wordOrErased(refusal.assignee.name, speech) });
    case 'notFound':
    case 'sidesOverlap':
    case 'consentOfPartner':
    case 'claimFull':
    case 'nothingChanged':
    case 'poeMissing':
    case 'poeWithdrawn':
    case 'poeInfected':
    case 'poeUnknown':
    case 'commentNeeded':
    case 'reasonNeeded':
    case 'programmeNeeded':
    case 'nothingAdded':
    case 'justificationNeeded':
    case 'notAReviewer':
    case 'commentUnknown':
    case 'commentNotYours':
    case 'alreadyDenied':
      return because();
    default:
      return refusal satisfies never;
  }
}

function sentences(...all: readonly (string | undefined)[]): string {
  return all.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}

function stateNote(view: ClaimView | undefined, speech: Speech): string | undefined {
  return (
    view &&
    `${say(speech.language, 'refusal.state', { status: stageName(view.stage, speech) })} ${nextNote(view, speech)}`
  );
}

/** What the user can do instead. */
function insteadNote(view: ClaimView | undefined, speech: Speech): string | undefined {
  if (!view) return undefined;
  if (view.actions.length === 0) return say(speech.language, 'refusal.nothingForYou');
  const actions = formatList(
    view.actions.map((action) => actionName(action, speech)),
    speech.language,
    'disjunction',
  );
  return say(speech.language, 'refusal.instead', { actions });
}

function conflictNote({ field, theirs, yours, by, at }: EditConflict, speech: Speech): string {
  return say(speech.language, 'refusal.conflict', {
    field: fieldLabel(field, speech),
    theirs: fieldValue(field, theirs, speech),
    yours: fieldValue(field, yours, speech),
    who: partyName(by, speech),
    when: formatTime(at, speech.zone, speech.language),
  });
}
