/**
 * Files of which the desk asked for which claim they are. Only where Teams keeps them is stored, with whom they are of,
 * and for an hour: nothing of a file is fetched before its claim is known, and what no one chooses leaves nothing.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId, PersonId } from '../../domain/claims/values.ts';
import type { NewDocument } from '../ports/documents.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import { MAX_INTENT_MS } from './fileIntents.ts';

/** The kind of the documents. */
const WAITING = 'waitingFiles';
const ID = /^[\w-]{1,64}$/;

/** A file where Teams keeps it. The address lets anyone in who has it, so it leaves the desk for Teams alone. */
export interface WaitingFile {
  readonly name: string;
  readonly url: string;
}

interface WaitingBody {
  readonly schema: number;
  readonly person: PersonId;
  readonly files: readonly WaitingFile[];
  readonly until: Instant;
  /** The claim that was chosen; it is not changed by another press. */
  readonly claim?: ClaimId;
}

/** What came of a choice. `gone`: there are no such files, they are another's, or it is too late. */
export type Chosen =
  | { readonly kind: 'gone' }
  | { readonly kind: 'otherClaim'; readonly claim: ClaimId }
  | { readonly kind: 'chosen'; readonly files: readonly WaitingFile[] };

/** Files that wait for their claim to be chosen. */
export interface WaitingFiles {
  /** Keeps files for a choice; answers the id by which it is made. */
  keep(person: PersonId, files: readonly WaitingFile[]): Promise<string>;
  /** The files for the claim that their sender chose: the first choice counts, and may be made again. */
  choose(person: PersonId, id: string, claim: ClaimId): Promise<Chosen>;
}

export function createWaitingFiles({
  documents,
  clock,
  random,
}: Pick<World, 'documents' | 'clock' | 'random'>): WaitingFiles {
  const documentOf = (id: string, body: WaitingBody): NewDocument<WaitingBody> => ({
    kind: WAITING,
    id,
    body,
    keys: [],
    keepMs: MAX_INTENT_MS,
  });

  async function choose(person: PersonId, id: string, claim: ClaimId): Promise<Chosen> {
    const stored = ID.test(id) ? await documents.read<WaitingBody>(WAITING, id) : undefined;
    if (!stored) return { kind: 'gone' };
    const body = requireKnownSchema(WAITING, id, stored.body);
    if (body.person !== person || clock.now() >= body.until) return { kind: 'gone' };
    if (body.claim !== undefined && body.claim !== claim) return { kind: 'otherClaim', claim: body.claim };
    if (body.claim === claim) return { kind: 'chosen', files: body.files };
    const written = await documents.replace(documentOf(id, { ...body, claim }), stored.etag);
    return written === 'changed' ? choose(person, id, claim) : { kind: 'chosen', files: body.files };
  }

  return {
    async keep(person, files) {
      const id = random.randomId();
      const until = clock.now() + MAX_INTENT_MS;
      await documents.create(documentOf(id, { schema: schemaOf(WAITING), person, files, until }));
      return id;
    },
    choose,
  };
}
