/** The partner's rules: create, edit, prove, submit, resubmit, withdraw (R10–R15, R19, R22). */
import type { Catalogue } from './catalogue.ts';
import { PARTNER_REQUEST_REASONS } from './catalogue.ts';
import type { Claim, PartnerActionRequired } from './claim.ts';
import { hasProof } from './claim.ts';
import type { FieldName, Fields, OrganisationId } from './values.ts';
import { isWithdrawn } from './values.ts';
import type {
  AddPoe,
  CreateClaim,
  DiscardDraft,
  EditFields,
  RecordScan,
  RemovePoe,
  RequestRejection,
  ResubmitClaim,
  SubmitClaim,
} from './commands.ts';
import type { Decision, Rules } from './decision.ts';
import { happened, NOTHING, optionalComment, refuse, shownVersion, stamp } from './decision.ts';
import type { FieldChange, FieldValue } from './events.ts';
import {
  EDITABLE_AFTER_SUBMISSION,
  EMPTY_FIELDS,
  FIELD_NAMES,
  missingIn,
  normalise,
  problemsOf,
  sameValue,
} from './fields.ts';
import type { Own } from './fields.ts';
import type { Actor } from './permission.ts';
import { membershipIn } from './permission.ts';
import type { Policy } from './policy.ts';
import type { EditConflict, Refusal } from './refusal.ts';

/** Create a draft for an MPN id of one's own organisation; the other fields may wait until it is submitted (R10). */
export function createClaim(command: CreateClaim, { catalogue }: Rules): Decision {
  const { by, id, at } = command;
  const membership = by.kind === 'person' ? membershipIn(by, command.organisation) : undefined;
  if (by.kind !== 'person' || !membership) return refuse({ code: 'partnerOnly' });
  if (membership.roles.length === 0) return refuse({ code: 'partnerRoleNeeded' });
  const values = normalise(command.fields);
  if (!values.mpnId) return refuse({ code: 'fieldsMissing', fields: ['mpnId'] });
  const fields: Fields = { ...EMPTY_FIELDS, ...values };
  const problems = problemsOf(values, fields, catalogue, ownOf(by, membership.organisation), command.fields);
  if (problems.length > 0) return refuse({ code: 'fieldsInvalid', problems });
  return happened({
    type: 'ClaimCreated',
    at,
    by: { side: 'partner', id: by.id, name: by.name },
    id,
    fields,
    filedBy: { id: by.id, name: by.name },
    partner: { id: membership.organisation, name: membership.organisationName },
  });
}

/**
 * Edit fields. Only what differs from the form as it was shown counts; a field that another person changed
 * meanwhile is not overwritten but asked about (R11, R57). Refuses fields that are fixed since submission.
 */
export function editFields(command: EditFields, claim: Claim, { catalogue }: Rules): Decision {
  const values = normalise(command.fields);
  const shown = command.seenFields ?? claim.fields;
  const edited = FIELD_NAMES.filter(
    (name) => values[name] !== undefined && !sameOrWrongType(values[name], shown[name]),
  );
  const all: Fields = { ...claim.fields, ...pick(values, edited) };
  const problems = problemsOf(
    { ...pick(values, edited), ...dependents(all, edited) },
    all,
    catalogue,
    ownOf(command.by, claim.partner.id),
    command.fields,
  );
  if (problems.length > 0) return refuse({ code: 'fieldsInvalid', problems });
  const fixed =
    claim.status === 'Editing' ? undefined : edited.find((name) => !EDITABLE_AFTER_SUBMISSION.includes(name));
  if (fixed) return refuse({ code: 'fieldFixed', field: fixed });
  if (claim.status !== 'Editing') {
    const emptied = missingIn(all, catalogue).filter((name) => edited.includes(name));
    if (emptied.length > 0) return refuse({ code: 'fieldsMissing', fields: emptied });
  }
  const conflicts = conflictsOf(command, claim, all, edited);
  if (conflicts.length > 0) return refuse({ code: 'editConflict', conflicts });
  const changed = edited.filter((name) => !sameValue(all[name], claim.fields[name]));
  if (changed.length === 0) return refuse({ code: 'nothingChanged' });
  const changes: Partial<Record<FieldName, FieldChange>> = {};
  for (const name of changed) changes[name] = { from: claim.fields[name], to: all[name] };
  return happened({ type: 'FieldsEdited', ...stamp(command, claim), changes });
}

/** `tenants` are those of the partner's side, where they were read; the writer's own is always one of them. */
function ownOf(by: Actor, organisation: OrganisationId, tenants: readonly string[] = []): Own {
  return by.kind === 'person'
    ? { mpnIds: membershipIn(by, organisation)?.mpnIds ?? [], tenantIds: [by.tenantId, ...tenants] }
    : { mpnIds: [], tenantIds: tenants };
}

/** A value of the wrong type is no edit to compare; `problemsOf` refuses it. */
function sameOrWrongType(value: FieldValue | undefined, shown: FieldValue): boolean {
  if (value === undefined) return true;
  if (typeof value !== typeof shown || Array.isArray(value) !== Array.isArray(shown)) return false;
  if (typeof value !== 'string' && !value.every((item) => typeof item === 'string')) return false;
  return sameValue(value, shown);
}

function pick(values: Partial<Fields>, names: readonly FieldName[]): Partial<Fields> {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** A change of the area makes activity and products count again. */
function dependents(all: Fields, edited: readonly FieldName[]): Partial<Fields> {
  return edited.includes('area') ? { activity: all.activity, products: all.products } : {};
}

function conflictsOf(
  command: EditFields,
  claim: Claim,
  all: Fields,
  edited: readonly FieldName[],
): readonly EditConflict[] {
  const { seen, by } = command;
  if (seen === undefined || by.kind !== 'person') return [];
  return edited.flatMap((field) => {
    const edit = claim.fieldEdits[field];
    if (
      !edit ||
      edit.version <= shownVersion(claim, seen) ||
      edit.by.id === by.id ||
      sameValue(all[field], claim.fields[field])
    )
      return [];
    return [{ field, theirs: claim.fields[field], yours: all[field], by: edit.by, at: edit.at }];
  });
}

/** How often PoE may be added to a draft, for each that it may hold: removing one makes room only so often (R9). */
const ADDED_PER_POE = 3;

/** How many more PoE a claim takes, and the refusal of one more than that (R9). */
export function poeLeft(
  { status, poe, poeAdded }: Pick<Claim, 'status' | 'poe' | 'poeAdded'>,
  { maxPoe }: Pick<Policy, 'maxPoe'>,
): { readonly left: number; readonly refusal: Extract<Refusal, { code: 'poeTooMany' | 'poeAddedTooOften' }> } {
  const room = Math.max(0, maxPoe - poe.length);
  const mostAdded = ADDED_PER_POE * maxPoe;
  const additions = status === 'Editing' ? Math.max(0, mostAdded - poeAdded) : room;
  return additions < room
    ? { left: additions, refusal: { code: 'poeAddedTooOften', most: mostAdded } }
    : { left: room, refusal: { code: 'poeTooMany', most: maxPoe } };
}

/** Add a PoE that the intake has accepted (R12); after a rejection it is gathered for the dispute (R26). */
export function addPoe(command: AddPoe, claim: Claim, { programme }: Rules): Decision {
  const { id, name, kind, size, sha256, marks, scan } = command;
  if (claim.poe.some((poe) => poe.id === id)) return NOTHING;
  if (claim.infected.includes(sha256)) return refuse({ code: 'poeInfected' });
  // What was too large for its scan may come again: its scanner may take larger files by now.
  const same = claim.poe.find((poe) => poe.sha256 === sha256 && !isWithdrawn(poe));
  if (same) return refuse({ code: 'poeDuplicate', name: same.name });
  const { left, refusal } = poeLeft(claim, programme.policy);
  if (left === 0) return refuse(refusal);
  const by = stamp(command, claim);
  const poe = {
    id,
    name,
    kind,
    size,
    sha256,
    ...(marks && { marks }),
    ...(scan && { scan }),
    addedAt: by.at,
    by: by.by,
  };
  return happened({ type: 'PoeAdded', ...by, poe });
}

/** Remove a PoE from a draft; later additions only add (R13). */
export function removePoe(command: RemovePoe, claim: Claim): Decision {
  const poe = claim.poe.find((candidate) => candidate.id === command.id);
  if (!poe) return refuse({ code: 'poeUnknown' });
  return happened({ type: 'PoeRemoved', ...stamp(command, claim), poeId: poe.id, name: poe.name });
}

/**
 * What came of a file's scan, in whatever state the claim is: what a file waits for, that any is bad, or that an
 * operator lets one be opened that no scan was ever asked for. A file that was withdrawn stays so (R9).
 */
export function recordScan(command: RecordScan, claim: Claim): Decision {
  const { verdict, threat } = command;
  const poe = claim.poe.find((candidate) => candidate.id === command.poe);
  if (!poe || isWithdrawn(poe)) return NOTHING;
  const isExpected = poe.scan === 'waiting' || (poe.scan === undefined && verdict === 'unscanned');
  if (verdict !== 'malicious' && !isExpected) return NOTHING;
  const found = { poeId: poe.id, name: poe.name, verdict, ...(threat !== undefined && { threat }) };
  return happened({ type: 'PoeScanned', ...stamp(command, claim), ...found });
}

/** Discard a draft: gone from every list, its history kept (R14). */
export function discardDraft(command: DiscardDraft, claim: Claim): Decision {
  return happened({ type: 'DraftDiscarded', ...stamp(command, claim) });
}

/** Submit a draft that is complete (R15, R7, R9). */
export function submitClaim(command: SubmitClaim, claim: Claim, { catalogue }: Rules): Decision {
  return incompleteness(command, claim, catalogue) ?? happened({ type: 'ClaimSubmitted', ...stamp(command, claim) });
}

/**
 * What keeps a claim from being submitted. Its MPN id may have gone to another organisation since it was filled in
 * (R10), and the customer may be of a tenant of the partner's side (R5).
 */
function incompleteness(
  { by, parties }: SubmitClaim | ResubmitClaim,
  claim: Claim,
  catalogue: Catalogue,
): Decision | undefined {
  const fields = missingIn(claim.fields, catalogue);
  if (fields.length > 0) return refuse({ code: 'fieldsMissing', fields });
  const { mpnId, customerTenantId } = claim.fields;
  const own = ownOf(by, claim.partner.id, parties.partnerTenants);
  const problems = problemsOf({ mpnId, customerTenantId }, claim.fields, catalogue, own);
  if (problems.length > 0) return refuse({ code: 'fieldsInvalid', problems });
  return proofMissing(claim);
}

/** At least one PoE that counts; where some only wait for their scan, that is what is said (R9, R15). */
function proofMissing(claim: Claim): Decision | undefined {
  if (hasProof(claim)) return undefined;
  const names = claim.poe.filter(({ scan }) => scan === 'waiting').map(({ name }) => name);
  return refuse(names.length > 0 ? { code: 'poeWaits', names } : { code: 'poeMissing' });
}

/** Resubmit once a field, a PoE or a comment was added since the request (R19). */
export function resubmitClaim(command: ResubmitClaim, claim: PartnerActionRequired, { catalogue }: Rules): Decision {
  if (!claim.request.answered) return isWaiting(claim) ?? refuse({ code: 'nothingAdded' });
  return incompleteness(command, claim, catalogue) ?? happened({ type: 'ClaimResubmitted', ...stamp(command, claim) });
}

/** Proof was added since the request, and waits for its scan (R9, R19). */
function isWaiting({ poe, request }: PartnerActionRequired): Decision | undefined {
  const names = poe.filter(({ scan, addedAt }) => scan === 'waiting' && addedAt >= request.at).map(({ name }) => name);
  return names.length > 0 ? refuse({ code: 'poeWaits', names }) : undefined;
}

/** Ask for the rejection of the own claim, for one of four reasons; "other" needs a comment (R22). */
export function requestRejection(command: RequestRejection, claim: Claim): Decision {
  const reason = PARTNER_REQUEST_REASONS.find((candidate) => candidate === command.reason);
  if (!reason) return refuse({ code: 'reasonNeeded' });
  const comment = optionalComment(command.comment);
  if ('refusal' in comment) return refuse(comment.refusal);
  if (reason === 'other' && comment.text === '') return refuse({ code: 'commentNeeded' });
  return happened({ type: 'RejectionRequested', ...stamp(command, claim), reason, comment: comment.text });
}
