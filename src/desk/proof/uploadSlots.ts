/**
 * The places of a claim that files on their way have taken: reserved before the first byte comes, by all instances
 * together, so that no one sends for nothing what the claim takes no more. Each is released however its file ends; what
 * a crash leaves expires.
 */
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId, PoeId } from '../../domain/claims/values.ts';
import type { NewDocument, StoredDocument } from '../ports/documents.ts';
import type { FileProblem, LinkProblem } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import { MAX_UPLOAD_MS } from './pace.ts';
import type { UploadSource } from './uploadGate.ts';
import { MAX_PER_SOURCE } from './uploadGate.ts';

/** What reserving places needs of the outside. */
export type UploadSlotPorts = Pick<World, 'clock' | 'documents' | 'log' | 'pause' | 'random'>;

/** The kind of the documents; each has the id of its claim. */
export const UPLOAD_SLOTS = 'uploadSlots';
/** After the file has come it is looked into, and added. */
const SLOT_MS = MAX_UPLOAD_MS + 5 * 60_000;
const MAX_TRIES = 25;

interface Slot {
  /** The id that the file will have. */
  readonly poe: PoeId;
  readonly source: UploadSource;
  readonly until: Instant;
}

interface SlotsBody {
  readonly schema: number;
  readonly slots: readonly Slot[];
}

type Refused = LinkProblem | FileProblem;

/** The claim as it is now, with how many more files it takes. */
export interface ClaimRoom {
  readonly claim: Pick<Claim, 'poe'>;
  readonly left: number;
}

export interface UploadSlots {
  /**
   * Reserves a place for a file. `placesTaken`: files on their way may take all that are left. `tooManyAtOnce`: as many
   * come by the same link or chat, at whichever instance. Where `look` answers a refusal, that is the answer.
   */
  reserve(
    id: ClaimId,
    poe: PoeId,
    source: UploadSource,
    look: () => Promise<ClaimRoom | Refused>,
  ): Promise<Refused | 'reserved'>;
  /** Never throws: what stays reserved expires. */
  release(id: ClaimId, poe: PoeId): Promise<void>;
}

export function createUploadSlots({ clock, documents, log, pause, random }: UploadSlotPorts): UploadSlots {
  async function write(id: ClaimId, stored: StoredDocument<SlotsBody> | undefined, slots: readonly Slot[]) {
    const body = { schema: schemaOf(UPLOAD_SLOTS), slots };
    const document: NewDocument<SlotsBody> = { kind: UPLOAD_SLOTS, id, body, keys: [], keepMs: SLOT_MS };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    return written !== 'exists' && written !== 'changed';
  }

  /** Runs `change` on the slots that have not expired until it is written; undefined where it has nothing to write. */
  async function alter<Answer>(
    id: ClaimId,
    change: (slots: readonly Slot[]) => Promise<{ readonly slots?: readonly Slot[]; readonly answer: Answer }>,
  ): Promise<Answer | 'contended'> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const stored = await documents.read<SlotsBody>(UPLOAD_SLOTS, id);
      const known = stored ? requireKnownSchema(UPLOAD_SLOTS, id, stored.body).slots : [];
      const now = clock.now();
      // A slot from further ahead than one can be was written by a clock that was wrong.
      const { slots, answer } = await change(known.filter(({ until }) => until > now && until <= now + 2 * SLOT_MS));
      if (!slots || (await write(id, stored, slots))) return answer;
      await pause((tries * (random.randomBytes(1)[0] ?? 0)) / 64);
    }
    return 'contended';
  }

  return {
    async reserve(id, poe, source, look) {
      const reserved = await alter<Refused | 'reserved'>(id, async (slots) => {
        // Read after the slots: what was added meanwhile is in the claim, and counts once.
        const room = await look();
        if (typeof room === 'string') return { answer: room };
        const open = slots.filter((slot) => !room.claim.poe.some((added) => added.id === slot.poe));
        if (open.filter((slot) => slot.source === source).length >= MAX_PER_SOURCE) return { answer: 'tooManyAtOnce' };
        if (open.length >= room.left) return { answer: 'placesTaken' };
        return { slots: [...open, { poe, source, until: clock.now() + SLOT_MS }], answer: 'reserved' };
      });
      return reserved === 'contended' ? 'placesTaken' : reserved;
    },
    async release(id, poe) {
      try {
        await alter(id, async (slots) => {
          const others = slots.filter((slot) => slot.poe !== poe);
          return { ...(others.length < slots.length && { slots: others }), answer: 'released' as const };
        });
      } catch (error) {
        log.warn({ claim: id, error }, 'Could not release the place of an upload; it expires');
      }
    },
  };
}
