/** Everything that is stored of one claim, machine-readable: for its parties, an auditor or a court. */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { Entry } from '../../domain/claims/history.ts';
import type { ClaimId, Poe } from '../../domain/claims/values.ts';
import { countsAsProof } from '../../domain/claims/values.ts';
import { poeKey } from '../proof/poeFiles.ts';
import type { FileBytes } from '../ports/files.ts';
import type { World } from '../ports/world.ts';
import type { ClaimPorts } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import type { FinishedNotice } from '../records/outboxEntry.ts';

/** A file of proof that the history names: where its bytes are, if they are. */
export interface ExportedFile extends Poe {
  /** The name of the file beside the export: the id and the kind, never a person's text. */
  readonly file: string;
  /**
   * A file that was removed from a draft, or at the end of its time, is named by the history alone. One that waits for
   * its virus scan, or was found bad, is withheld (R9).
   */
  readonly state: 'stored' | 'removed' | 'withheld';
}

/** The export. Instants are milliseconds since 1970. */
export interface ClaimExport {
  readonly format: 'cpor-claim';
  readonly formatVersion: 1;
  readonly exportedAt: Instant;
  readonly id: ClaimId;
  /** The claim as its history says. */
  readonly claim: Claim;
  /** The history, oldest first; each entry carries the hash of the one before. */
  readonly entries: readonly Entry[];
  /** What became of the notices; the newest are kept. */
  readonly notices: readonly FinishedNotice[];
  readonly files: readonly ExportedFile[];
}

/** Exports a claim; undefined where there is none. Throws for one whose history is broken, or of a newer version. */
export async function exportClaim(
  ports: ClaimPorts & Pick<World, 'files' | 'clock'>,
  id: ClaimId,
): Promise<ClaimExport | undefined> {
  const record = await readClaim(ports, id);
  if (!record) return undefined;
  const { claim, body } = record;
  const files: ExportedFile[] = [];
  for (const { event } of body.entries) {
    if (event.type !== 'PoeAdded') continue;
    const { poe } = event;
    const stored = await ports.files.open(poeKey(id, poe.id));
    const isWithheld = claim.poe.some((one) => one.id === poe.id && !countsAsProof(one));
    const state = isWithheld ? 'withheld' : stored ? 'stored' : 'removed';
    files.push({ ...poe, file: `${poe.id}.${poe.kind}`, state });
  }
  return {
    format: 'cpor-claim',
    formatVersion: 1,
    exportedAt: ports.clock.now(),
    id,
    claim,
    entries: body.entries,
    notices: body.told,
    files,
  };
}

/** The bytes of an exported file; undefined where they are gone. */
export async function exportedBytes(
  { files }: Pick<World, 'files'>,
  id: ClaimId,
  { id: poe }: Pick<ExportedFile, 'id'>,
): Promise<FileBytes | undefined> {
  return (await files.open(poeKey(id, poe)))?.bytes;
}
