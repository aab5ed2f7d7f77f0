/** Work on all claims of the store: each is read as it is, and none stops the others. */
import type { ClaimId } from '../../domain/claims/values.ts';
import type { World } from '../ports/world.ts';
import { sealedRecord } from '../records/appendEvents.ts';
import type { ClaimBody, ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { asRecord, CLAIM, claimDocument, readClaim } from '../records/claimRecord.ts';
import { scanAll } from '../records/scanAll.ts';
import { isOfNewerVersion } from '../records/schemaVersion.ts';

/** A claim as a scan found it; `newer`: a newer version of the desk wrote it; `unreadable`: its document is damaged. */
export type ScannedClaim =
  | { readonly kind: 'read'; readonly id: ClaimId; readonly record: ClaimRecord }
  | { readonly kind: 'newer' | 'unreadable'; readonly id: ClaimId };

/** Every claim, drafts and discarded ones included. */
export async function* scanClaims({ documents }: Pick<World, 'documents'>): AsyncGenerator<ScannedClaim, void, void> {
  for await (const { id, body, etag } of scanAll<ClaimBody>(documents, CLAIM)) {
    try {
      yield { kind: 'read', id: id as ClaimId, record: asRecord(id, body, etag) };
    } catch (error) {
      yield { kind: isOfNewerVersion(error) ? 'newer' : 'unreadable', id: id as ClaimId };
    }
  }
}

/** What altering a claim needs of the outside. */
export type AlterPorts = ClaimPorts & Pick<World, 'clock' | 'random'>;

/**
 * Read, alter, replace if unchanged; again when another writer was faster. `alter` answers undefined where nothing is
 * to be written. Answers the claim as it is then; undefined where there is none.
 */
export async function alterClaim(
  ports: AlterPorts,
  id: ClaimId,
  alter: (record: ClaimRecord) => Pick<ClaimRecord, 'claim' | 'body'> | undefined,
): Promise<ClaimRecord | undefined> {
  for (;;) {
    const stored = await readClaim(ports, id);
    const record = stored && sealedRecord(ports, stored);
    const altered = record && alter(record);
    if (!altered) return stored;
    const written = await ports.documents.replace(claimDocument(ports, altered.claim, altered.body), record.etag);
    if (written !== 'changed') return { ...altered, etag: written.etag };
  }
}
