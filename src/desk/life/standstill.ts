/**
 * The desk stands still while its store is in an older state than its anchors show: it answers questions, but decides,
 * sends and removes nothing until an operator has looked. Who went on would let deadlines end against people whose
 * answers are lost.
 */
import { DeskError } from '../../domain/deskError.ts';
import type { Instant } from '../../domain/calendar/calendar.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import type { Documents, NewDocument } from '../ports/documents.ts';
import type { UploadDesk } from '../ports/proof.ts';
import type { World } from '../ports/world.ts';
import { isOfNewerVersion, requireKnownSchema, schemaOf } from '../records/schemaVersion.ts';
import type { Operator } from './operatorActs.ts';

/** Nothing is written while the desk stands still. */
export class StandstillError extends DeskError<'desk.standstill'> {
  constructor(options?: ErrorOptions) {
    super(
      'desk.standstill',
      'the desk stands still: an older state was restored, and no operator has confirmed it',
      options,
    );
  }
}

/** How a standstill ended: the older state was accepted, or what can be taken again was. */
export type StandstillEnd = 'confirmed' | 'replayed';

/** The mark of a standstill. Of several in a row the newest is kept. */
export interface StandstillMark {
  readonly schema: number;
  readonly since: Instant;
  /** How many claims lack decisions, and how many decisions. */
  readonly claims: number;
  readonly decisions: number;
  /** Claims that are lost altogether, and that was accepted. */
  readonly accepted?: readonly ClaimId[];
  /** Anchors that the desk did not sign, and that an operator judged to be none of its own; see `headName`. */
  readonly unsigned?: readonly string[];
  readonly ended?: { readonly at: Instant; readonly by: Operator; readonly how: StandstillEnd };
}

/** The kind of the document. */
export const STANDSTILL = 'standstill';
const ID = 'desk';

/**
 * What only reads and what a standstill itself needs is let through; of these kinds nothing is written. Announcements
 * are kept until the desk goes on: what they tell of happens once.
 */
const HELD: ReadonlySet<string> = new Set(['claim', 'fileIntent']);

/** Whether the desk stands still, as this instance saw it last. */
export interface Standstill {
  isOn(): boolean;
  /**
   * Whether a newer version of the desk marked it, in a way that this one cannot read. It stands still to be safe, and
   * leaves the mark to that version.
   */
  isOfNewerVersion(): boolean;
  /** Looks again, and answers. */
  look(): Promise<boolean>;
}

/** Begins at rest: {@link Standstill.look} is to be called at the start, and by each sweep. */
export function createStandstill({ documents, meters }: Pick<World, 'documents' | 'meters'>): Standstill {
  let isOn = false;
  let isNewer = false;
  return {
    isOn: () => isOn,
    isOfNewerVersion: () => isNewer,
    async look() {
      try {
        isOn = lasts(await readStandstill(documents));
        isNewer = false;
      } catch (error) {
        if (!isOfNewerVersion(error)) throw error;
        isOn = true;
        isNewer = true;
      }
      meters.standingStill(isOn);
      return isOn;
    },
  };
}

/** The same documents, of which claims and what files are stored for are not written during a standstill. */
export function heldDocuments(documents: Documents, standstill: Pick<Standstill, 'isOn'>): Documents {
  const refuse = ({ kind }: NewDocument<unknown>): void => {
    if (standstill.isOn() && HELD.has(kind)) throw new StandstillError();
  };
  return {
    read: (kind, id) => documents.read(kind, id),
    find: (find) => documents.find(find),
    scan: (scan) => documents.scan(scan),
    async create(document) {
      refuse(document);
      return documents.create(document);
    },
    async replace(document, etag) {
      refuse(document);
      return documents.replace(document, etag);
    },
  };
}

/** The same uploads, which take nothing during a standstill and say so. */
export function heldUploads(uploads: UploadDesk, standstill: Pick<Standstill, 'isOn'>): UploadDesk {
  const held = { ok: false, problem: 'standstill' } as const;
  return {
    show: async (link, visitor) => (standstill.isOn() ? held : uploads.show(link, visitor)),
    enter: async (link, visitor) => (standstill.isOn() ? held : uploads.enter(link, visitor)),
    open: async (use) => (standstill.isOn() ? held : uploads.open(use)),
    take: async (use, name, bytes, announced) => (standstill.isOn() ? held : uploads.take(use, name, bytes, announced)),
    finish: async (use) => (standstill.isOn() ? held : uploads.finish(use)),
  };
}

/** The mark of the newest standstill; undefined where there never was one. */
export async function readStandstill(documents: Documents): Promise<StandstillMark | undefined> {
  const stored = await documents.read<StandstillMark>(STANDSTILL, ID);
  return stored && requireKnownSchema(STANDSTILL, stored.id, stored.body);
}

/** Whether a standstill goes on, by its mark. */
export function lasts(mark: StandstillMark | undefined): mark is StandstillMark {
  return mark !== undefined && mark.ended === undefined;
}

/** Marks that the desk stands still, for all instances; a standstill that lasts keeps its beginning. */
export async function beginStandstill(
  { documents, clock }: Pick<World, 'documents' | 'clock'>,
  found: Pick<StandstillMark, 'claims' | 'decisions'>,
): Promise<void> {
  await alterMark(documents, (mark) => ({
    ...found,
    ...(mark?.accepted && { accepted: mark.accepted }),
    ...(mark?.unsigned && { unsigned: mark.unsigned }),
    schema: schemaOf(STANDSTILL),
    since: lasts(mark) ? mark.since : clock.now(),
  }));
}

/**
 * Marks the end; each instance goes on with its next sweep. `absent`: claims that stay lost altogether; `unsigned`:
 * anchors that the desk did not sign, and that are judged to be none of its own.
 */
export async function endStandstill(
  { documents, clock }: Pick<World, 'documents' | 'clock'>,
  by: Operator,
  how: StandstillEnd,
  absent: readonly ClaimId[],
  unsigned: readonly string[] = [],
): Promise<void> {
  await alterMark(
    documents,
    (mark) =>
      mark && {
        ...mark,
        accepted: [...new Set([...(mark.accepted ?? []), ...absent])],
        unsigned: [...new Set([...(mark.unsigned ?? []), ...unsigned])],
        ended: { at: clock.now(), by, how },
      },
  );
}

/** Throws UnknownSchemaError for the mark of a newer version, which is left as it is. */
async function alterMark(
  documents: Documents,
  alter: (mark: StandstillMark | undefined) => StandstillMark | undefined,
): Promise<void> {
  for (;;) {
    const stored = await documents.read<StandstillMark>(STANDSTILL, ID);
    const body = alter(stored && requireKnownSchema(STANDSTILL, stored.id, stored.body));
    if (!body) return;
    const document = { kind: STANDSTILL, id: ID, body, keys: [] };
    const written = stored ? await documents.replace(document, stored.etag) : await documents.create(document);
    if (written !== 'exists' && written !== 'changed') return;
  }
}
