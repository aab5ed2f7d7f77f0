/** Creates a claim: a form becomes a draft, once (R10). */
import { DeskError } from '../../domain/deskError.ts';
import type { ClaimId, Fields } from '../../domain/claims/values.ts';
import { claimIdFrom } from '../../domain/claims/claimId.ts';
import type { Entry } from '../../domain/claims/history.ts';
import { canonical } from '../../domain/claims/history.ts';
import type { Member } from '../../domain/claims/permission.ts';
import type { Refusal } from '../../domain/claims/refusal.ts';
import { handleCreation } from '../../domain/claims/handleCommand.ts';
import type { ClaimBody, ClaimRecord } from '../records/claimRecord.ts';
import { CLAIM, claimDocument, readClaim } from '../records/claimRecord.ts';
import { entryOfPress } from '../records/presses.ts';
import { schemaOf } from '../records/schemaVersion.ts';
import { appendEvents } from '../records/appendEvents.ts';
import { lastEntry } from './handle.ts';
import type { PostedMessage } from '../ports/messenger.ts';
import type { HandlePorts } from './handle.ts';

const ID_TRIES = 50;

/** Every claim id that was tried for a form is another claim's. */
export class NoFreeIdError extends DeskError<'claim.noFreeId'> {
  constructor(message: string, options?: ErrorOptions) {
    super('claim.noFreeId', message, options);
  }
}

/** The card that showed the form, and whether in a personal chat. */
export type ShownForm = PostedMessage & { readonly personal: boolean };

/** What came of a form. `repeated`: it was sent before, and this is its claim as stored now. */
export type DraftResult =
  | { readonly kind: 'done' | 'repeated'; readonly record: ClaimRecord; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Makes a draft of a form. `form` names the form that was filled in, so that a form sent twice, even at the same time,
 * makes one claim; the claim's id is derived from it and from the desk's secret. The card that showed the form becomes
 * the claim's card where it is in a personal chat.
 */
export async function createDraft(
  ports: HandlePorts,
  member: Member,
  form: string,
  fields: Partial<Fields>,
  shown?: ShownForm,
): Promise<DraftResult> {
  const press = ports.digest.sha256(canonical([member.id, 'CreateClaim', form]));
  for (let attempt = 0; attempt < ID_TRIES; attempt += 1) {
    const id = claimIdFrom(hexBytes(ports.digest.sha256(ports.digest.sign(`${member.id}\n${form}\n${attempt}`))));
    if (!(await readClaim(ports, id))) {
      const drafted = draft(ports, member, id, press, fields, shown);
      if ('refusal' in drafted) return { kind: 'refused', refusal: drafted.refusal };
      const written = await ports.documents.create(claimDocument(ports, drafted.claim, drafted.body));
      if (written !== 'exists')
        return { kind: 'done', record: { ...drafted, etag: written.etag }, entry: lastEntry(drafted.body) };
    }
    // The id is taken: by this very form, sent twice, or by another claim by chance.
    const record = await readClaim(ports, id);
    const entry = record && entryOfPress(ports, record.body, press);
    if (record && entry?.version === 1) return { kind: 'repeated', record, entry };
  }
  throw new NoFreeIdError(`no free claim id was found in ${ID_TRIES} tries`);
}

/** The document of a new draft, for the organisation that has its MPN id. */
function draft(
  ports: HandlePorts,
  member: Member,
  id: ClaimId,
  press: string,
  fields: Partial<Fields>,
  shown: ShownForm | undefined,
): Pick<ClaimRecord, 'claim' | 'body'> | { readonly refusal: Refusal } {
  // A form may hold anything in a field; what is no text is left for the rules to refuse.
  const mpnId = typeof fields.mpnId === 'string' ? fields.mpnId.trim() : '';
  const organisation = (member.memberships.find((one) => one.mpnIds.includes(mpnId)) ?? member.memberships[0])
    ?.organisation;
  if (!organisation) return { refusal: { code: 'partnerOnly' } };
  const made = handleCreation(
    { type: 'CreateClaim', by: member, at: ports.clock.now(), id, organisation, fields },
    ports.rules,
  );
  if ('refusal' in made) return made;
  const atHome = shown?.personal === true;
  const empty: ClaimBody = {
    schema: schemaOf(CLAIM),
    entries: [],
    outbox: [],
    told: [],
    homes: atHome
      ? { partner: { conversationId: shown.conversationId, messageId: shown.messageId, place: shown.conversationId } }
      : {},
  };
  return { claim: made.claim, body: appendEvents(ports, empty, made, press) };
}

function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
