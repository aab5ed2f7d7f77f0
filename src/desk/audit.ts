/** Writes into the security log who asked the desk for something to which they have no right. Changes no answer. */
import type { Refusal, RefusalCode } from '../domain/claims/refusal.ts';
import type { ClaimId, PersonId } from '../domain/claims/values.ts';
import type { Executor } from './commands/execute.ts';
import type { Channels } from './directory/channels.ts';
import type { OperatorDesk } from './directory/operators.ts';
import type { ClaimQueries } from './queries/claims.ts';
import type { JournalAsked, JournalFound } from './queries/journals.ts';
import type { SecurityLog } from './ports/securityLog.ts';

/**
 * Which refusals are for lack of a right. Any other says what is wrong with the request, or with the state of the
 * claim.
 */
const OF_RIGHTS: Readonly<Record<RefusalCode, boolean>> = {
  notFound: true,
  partnerRoleNeeded: true,
  partnerOnly: true,
  reviewerOnly: true,
  customerContactOnly: true,
  partnerCannotAgree: true,
  objectionNotYours: true,
  assessorOnly: true,
  assigneeOrLeadOnly: true,
  ownOrganisation: true,
  ownRejection: true,
  dutiesSeparate: true,
  operatorDecidesNot: true,
  sidesOverlap: true,
  consentOfPartner: true,
  commentNotYours: true,
  wrongStage: false,
  stale: false,
  editConflict: false,
  fieldsMissing: false,
  fieldsInvalid: false,
  fieldFixed: false,
  nothingChanged: false,
  poeMissing: false,
  poeWaits: false,
  poeWithdrawn: false,
  poeUnknown: false,
  poeTooMany: false,
  poeAddedTooOften: false,
  poeDuplicate: false,
  poeInfected: false,
  commentNeeded: false,
  textTooLong: false,
  commentsTooMany: false,
  claimFull: false,
  reasonNeeded: false,
  programmeNeeded: false,
  nothingAdded: false,
  justificationNeeded: false,
  notAReviewer: false,
  alreadyAssigned: false,
  commentUnknown: false,
  alreadyDenied: false,
  correctionNeedsReason: false,
  outcomesTooMany: false,
};

/**
 * What is wrong with a field because of who the person is: an MPN id of another partner, or their own tenant for the
 * customer.
 */
const FIELDS_OF_RIGHTS: ReadonlySet<string> = new Set(['notYourMpnId', 'ownTenant']);

/** The right that was missing; undefined for a refusal that is for something else. */
function missingRight(refusal: Refusal): string | undefined {
  if (OF_RIGHTS[refusal.code]) return refusal.code;
  return refusal.code === 'fieldsInvalid'
    ? refusal.problems.find(({ problem }) => FIELDS_OF_RIGHTS.has(problem))?.problem
    : undefined;
}

/** The use cases that can refuse for lack of a right. */
type Audited = Executor &
  Pick<ClaimQueries, 'look' | 'history' | 'list'> &
  Pick<OperatorDesk, 'enrol' | 'enrolmentChoices'> & {
    useChannel: Channels['use'];
    readings(person: PersonId, claim: ClaimId): Promise<object | undefined>;
    journal(person: PersonId, asked: JournalAsked): Promise<JournalFound | undefined>;
  };

/** The desk, with each refusal for lack of a right recorded by its code and ids. */
export function auditedDesk<Desk extends Audited>(desk: Desk, securityLog: SecurityLog): Desk {
  function refused(person: PersonId, asked: string, code: string, claim?: ClaimId): void {
    securityLog.record({ what: 'refused', person, asked, code, ...(claim !== undefined && { claim }) });
  }

  return {
    ...desk,
    async execute(person, claim, request, idempotency) {
      const result = await desk.execute(person, claim, request, idempotency);
      if (result.kind === 'notFound') refused(person, request.type, result.kind, claim);
      const missing = result.kind === 'refused' ? missingRight(result.refusal) : undefined;
      if (missing !== undefined) refused(person, request.type, missing, claim);
      return result;
    },
    async createClaim(person, form, fields, card) {
      const result = await desk.createClaim(person, form, fields, card);
      const missing = result.kind === 'refused' ? missingRight(result.refusal) : undefined;
      if (missing !== undefined) refused(person, 'CreateClaim', missing);
      return result;
    },
    async look(person, claim) {
      const seen = await desk.look(person, claim);
      if (!seen) refused(person, 'look', 'notFound', claim);
      return seen;
    },
    async history(person, claim) {
      const found = await desk.history(person, claim);
      if (!found) refused(person, 'history', 'notFound', claim);
      return found;
    },
    async list(person, name, limit) {
      const found = await desk.list(person, name, limit);
      // A person without claims asks for their own as the first thing that they do.
      if (!found && name !== 'claims') refused(person, `list.${name}`, 'notAllowed');
      return found;
    },
    async enrol(operator, what, form) {
      const result = await desk.enrol(operator, what, form);
      if (result === 'notAllowed') refused(operator, `enrol.${what}`, result);
      return result;
    },
    async enrolmentChoices(operator) {
      const choices = await desk.enrolmentChoices(operator);
      if (!choices) refused(operator, 'enrol', 'notAllowed');
      return choices;
    },
    async useChannel(person, purpose, place, language) {
      const used = await desk.useChannel(person, purpose, place, language);
      if (used === 'notAllowed' || used === 'taken') refused(person, 'useChannel', used);
      return used;
    },
    async readings(person, claim) {
      const readings = await desk.readings(person, claim);
      if (!readings) refused(person, 'readings', 'notAllowed', claim);
      return readings;
    },
    async journal(person, name) {
      const found = await desk.journal(person, name);
      if (!found) refused(person, 'journal', 'notAllowed');
      return found;
    },
  };
}
